"""Comparisons of two graphs, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from .changes import (
    ClaimChange,
    NearName,
    NodeChange,
    PlanChange,
    TieChange,
    Unchecked,
    ValueChange,
)
from .triples import TripleChanges


@dataclass(frozen=True, slots=True)
class Source:
    """What one of the two graphs was read from.

    Attributes:
        name: What a person calls it.
        files: How many files it has.
        commit: The full name of the commit that it is from; empty for files that are here.
    """

    name: str
    files: int
    commit: str = ""


#: The parts of a comparison, in order.
PARTS: Final = ("ties", "plans", "nodes", "values", "claims", "near", "unchecked")


@dataclass(frozen=True)
class Comparison:
    """What is different in two graphs.

    It is true where anything differs.

    Attributes:
        old: The old graph.
        new: The new graph.
        policy: What counts as a tie, in words.
        ties: The ties that have changed: gained ones, then lost ones, then others, by label.
        plans: The plans that have changed, by label.
        nodes: What only one of the two has: by group, new ones first, by label.
        values: What has changed on nodes that both have, by label.
        claims: The claims that are new, are gone, or have changed who makes them.
        near: New names that come near to others.
        unchecked: New evidence without a text to compare it with.
        triples: The triples that only one of them has.
        plain: Whether only these were compared: because no more was asked for, or because one of
            the two has nothing of the Passex ontology, as a note then says.
        notes: What has to be said about it, in sentences.
    """

    old: Source
    new: Source
    policy: str = ""
    ties: tuple[TieChange, ...] = ()
    plans: tuple[PlanChange, ...] = ()
    nodes: tuple[NodeChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    near: tuple[NearName, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    triples: TripleChanges = field(default_factory=TripleChanges)
    plain: bool = False
    notes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything differs, be it a triple."""
        return bool(self.triples) or self.is_seen

    @cached_property
    def is_seen(self) -> bool:
        """Whether anything differs that a reader of the graph would see."""
        return any(getattr(self, part) for part in PARTS)
