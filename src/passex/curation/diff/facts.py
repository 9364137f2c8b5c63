"""Facts that one of two graphs has otherwise than the other, by node, with what proves them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from ...evidence.claims import Claim, claims_about
from ...graph.rows import Named
from ...graph.store import Store, Term, text
from ...graph.terms import NR, expand
from .changes import Value
from .nodes import GROUPS, Inventory
from .values import Labels, facts_of


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a graph gives a property of a node.

    Attributes:
        value: The value.
        stands: Whether it stands on the node, and isn't only claimed.
        claims: The claims on it: those that are on this property and give this value.
    """

    value: Value
    stands: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class FactChange:
    """What has changed of a property of a node.

    Attributes:
        property: The property.
        old: What the old graph alone has: values, or values with other claims.
        new: What the new graph alone has.
    """

    property: Named
    old: tuple[Given, ...]
    new: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What has changed of a node.

    Attributes:
        node: The node.
        group: One of `passex.curation.diff.nodes.GROUPS`, such as ``exercise``.
        change: ``new``, ``gone``, or ``changed`` where both graphs have it.
        facts: Its properties of which something has changed, by label.
    """

    node: Named
    group: str
    change: str
    facts: tuple[FactChange, ...]


#: What a graph gives a node, by property and value, with the claims on it.
_Facts = dict[tuple[str, Term], list[Claim]]


def changes(
    old: Store, new: Store, before: Inventory, after: Inventory, touched: Collection[str]
) -> tuple[NodeFacts, ...]:
    """Compare the facts of the nodes that somebody would name, and the claims on these.

    Args:
        before: The nodes of the old graph.
        after: Those of the new one.
        touched: The nodes, claims and quotes of which only one graph has some triple.
    """
    nodes = {*touched, *_claimed(old, touched), *_claimed(new, touched)}
    order = list(GROUPS)
    found = []
    for iri in nodes & (before.nodes.keys() | after.nodes.keys()):
        known = [side for side in (before, after) if iri in side.nodes]
        change = "changed" if len(known) == 2 else "gone" if known == [before] else "new"
        facts = tuple(_of_node(old, new, iri))
        if facts:
            node = Named(known[-1].nodes[iri].label, iri)
            found.append(NodeFacts(node, known[-1].group[iri], change, facts))
    return tuple(sorted(found, key=lambda one: (order.index(one.group), one.node)))


def _claimed(store: Store, touched: Iterable[str]) -> Iterator[str]:
    """Name the nodes that touched claims are about, and those on touched quotes."""
    for iri in touched:
        yield from store.objects(iri, NR.about)
        for claim in store.subjects(NR.hasEvidence, iri):
            yield from store.objects(claim, NR.about)


def _of_node(old: Store, new: Store, iri: str) -> Iterator[FactChange]:
    ours, theirs = _facts(old, iri), _facts(new, iri)
    here, there = ({*_standing(store, iri)} for store in (old, new))
    differing = [
        key
        for key in ours.keys() | theirs.keys()
        if (key in ours, key in here) != (key in theirs, key in there)
        or _proofs(ours[key]) != _proofs(theirs[key])
    ]
    if not differing:
        return
    label = Labels(old, new, {iri, *(name for name, _ in differing)}, (t for _, t in differing))

    def given(key: tuple[str, Term], facts: _Facts, standing: set[tuple[str, Term]]) -> Given:
        (value,), _ = label.values([key[1]], [])
        return Given(value, key in standing, tuple(facts[key]))

    for name in sorted({name for name, _ in differing}, key=lambda name: (label.of(name), name)):
        keys = sorted((key for key in differing if key[0] == name), key=str)
        was = [given(key, ours, here) for key in keys if key in ours]
        now = [given(key, theirs, there) for key in keys if key in theirs]
        yield FactChange(label.of(name), tuple(was), tuple(now))


def _standing(store: Store, iri: str) -> Iterator[tuple[str, Term]]:
    for name, values in facts_of(store, iri).items():
        yield from ((name, value) for value in values)


def _facts(store: Store, iri: str) -> _Facts:
    """Collect what stands on a node and what is claimed of it."""
    facts: _Facts = {key: [] for key in _standing(store, iri)}
    standing = {(name, text(value)): (name, value) for name, value in facts}
    for claim in claims_about(store, iri):
        names = [str(expand(name)) for name in claim.on_properties]
        # A number is nothing without what it counts.
        for value in [claim.quantity] if names == [NR.hasQuantity] else claim.values:
            said = value if isinstance(value, str) else value.iri
            keys = [standing[name, said] for name in names if (name, said) in standing]
            # Of several properties it is not said which takes what, where neither stands there.
            if not keys and len(names) == 1:
                term = ox.Literal(said) if isinstance(value, str) else ox.NamedNode(said)
                keys = [(names[0], term)]
            for key in keys:
                facts.setdefault(key, []).append(claim)
    return facts


def _proofs(claims: Iterable[Claim]) -> list[str]:
    """Say what claims rest on and who makes them, whatever they are called."""
    return sorted(
        repr(
            (
                [(place.article, place.start, place.end, place.exact) for place in claim.evidence],
                *(claim.attributed_to, claim.reported_via, claim.certainty, claim.basis),
                *(claim.source, claim.quantity),
            )
        )
        for claim in claims
    )
