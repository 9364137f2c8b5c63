"""Comparisons of two graphs, as plain data."""

from __future__ import annotations

from collections.abc import Callable
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
from .facts import NodeFacts
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
        work_out: Gives `facts`.
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
    work_out: Callable[[], tuple[NodeFacts, ...]] = field(default=tuple, repr=False, compare=False)

    def __bool__(self) -> bool:
        """Whether anything differs, be it a triple."""
        return bool(self.triples) or self.is_seen

    @cached_property
    def facts(self) -> tuple[NodeFacts, ...]:
        """What has changed of each node, with its claims: read when it is first asked for.

        Example:
            >>> import passex
            >>> ship = "<urn:a> a <https://w3id.org/passex/ontology#Ship> ; "
            >>> label = "<http://www.w3.org/2000/01/rdf-schema#label>"
            >>> found = passex.diff(f"{ship} {label} 'Alert' .", f"{ship} {label} 'Arrow' .")
            >>> [(node.change, [fact.new[0].value for fact in node.facts]) for node in found.facts]
            [('changed', ['Arrow'])]
        """
        return self.work_out()

    @cached_property
    def is_seen(self) -> bool:
        """Whether anything differs that a reader of the graph would see."""
        return any(getattr(self, part) for part in PARTS)
