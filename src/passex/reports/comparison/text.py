"""Comparisons for people, on a screen."""

from __future__ import annotations

from collections.abc import Iterator

from ...curation.diff.model import Comparison
from ...text.styles import mark
from . import sentences, summary


def lines(comparison: Comparison, whole: bool, triples: bool) -> Iterator[str]:
    """Write what is compared, the counts, and then a section for each kind of change."""
    if triples or comparison.plain:
        yield from comparison.triples.lines()
        return
    yield summary.heading(comparison)
    if counts := summary.counts(comparison):
        yield counts
    for section in sentences.sections(comparison, whole):
        yield ""
        yield mark(section.title, "dim")
        yield from (f"  {line}" for line in section.lines)
        if section.more:
            yield f"  {section.more}"
    if differing := summary.triples(comparison):
        yield ""
        yield f"{differing[:-1]} (--triples)."
    for note in comparison.notes:
        yield mark(f"Note: {note}", "dim")
