"""What executors found in all buckets, put together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Found:
    """What executors found.

    Attributes:
        triples: How many statements the buckets have.
        counts: How many focus nodes, by shape.
        parts: The parts that are not judged there, each with its nodes and numbers.
        open: Nodes that nothing in a bucket describes, each with the parts that name them.
        steps: How many parts a step backwards leads out of, by predicate.
        tokens: What is in use, with one part that uses it.
        failed: Shapes that could not be applied somewhere, and why.
        named: Nodes that are named from a bucket, by which predicate, where results may go for it.
    """

    triples: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    parts: list[dict[str, Any]] = field(default_factory=list)
    open: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    steps: Counter[str] = field(default_factory=Counter)
    tokens: dict[str, tuple[str, int]] = field(default_factory=dict)
    named: set[tuple[str, str]] = field(default_factory=set)
    failed: dict[str, str] = field(default_factory=dict)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add what was found in one bucket."""
        first = len(self.parts)
        self.parts += row["parts"]
        self.triples += row.get("triples", 0)
        self.counts.update(row.get("counts", {}))
        self.steps.update(row.get("steps", {}))
        self.failed.update(row.get("failed", {}))
        for node, part in row.get("open", {}).items():
            self.open[node].add(part)
        for token, (said, part) in sorted(row.get("tokens", {}).items()):
            known = self.tokens.get(token)
            if known is None or said < known[0]:
                self.tokens[token] = (said, first + part)
        self.named.update((name, node) for name, node in row.get("named", ()))
