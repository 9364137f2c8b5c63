"""Comparisons in JSON: `docs/diff.schema.json` has the fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from ...curation.diff.model import PARTS, Comparison
from ...graph.version import __version__

#: The version of the form, which changes when a field changes its meaning or goes away.
VERSION: Final = 1


def lines(comparison: Comparison, whole: bool, triples: bool) -> Iterator[str]:
    """Write everything as one document; what was not compared is null, and no empty list."""
    parts: dict[str, Any] = dict.fromkeys(PARTS)
    if not comparison.plain:
        parts = {name: [_record(one) for one in getattr(comparison, name)] for name in PARTS}
    found = comparison.triples
    document = {
        "version": VERSION,
        "tool": {"name": "passex", "version": __version__},
        "old": asdict(comparison.old),
        "new": asdict(comparison.new),
        "differs": bool(comparison),
        "policy": comparison.policy or None,
        **parts,
        "triples": {
            "removed": len(found.removed),
            "added": len(found.added),
            "lines": [*found.lines()] if triples or comparison.plain else None,
        },
        "notes": comparison.notes,
    }
    yield from json.dumps(document, ensure_ascii=False, indent=2).split("\n")


def _record(change: Any) -> dict[str, Any]:
    """Give a change as what JSON writes, with what has become of it where the data work it out."""
    worked_out = {
        name: getattr(change, name)
        for name in ("changes", "change", "equal")
        if hasattr(change, name)
    }
    return {**worked_out, **asdict(change)}
