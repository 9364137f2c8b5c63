"""Values that have changed on nodes that both graphs have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph as ox

from ...graph.claimed import BOUNDS
from ...graph.labelling import labels
from ...graph.rows import Named
from ...graph.store import Store, Term, text
from ...graph.terms import DERIVED, LABELLING, NR, RDF
from ...text.wording import say_dates, words
from .changes import Value, ValueChange
from .nodes import Inventory

#: How evidence hangs together, and what the rules alone write.
_NOT_VALUES: Final = frozenset({RDF.type, NR.hasEvidence, NR.hasZone, *DERIVED})
#: What goes with dates, and is not said where these have changed.
_OF_DATES: Final = (NR.dateWords, NR.dateBasis, NR.weekday)
#: What is said of a plan as a whole, as one change.
OF_PLANS: Final = (NR.hasStatus, NR.realisedBy, *BOUNDS, *_OF_DATES)
_FACTS: Final = ox.DefaultGraph()

_Facts = dict[str, set[Term]]


def changes(
    old: Store, new: Store, before: Inventory, after: Inventory, touched: Iterable[str]
) -> tuple[ValueChange, ...]:
    """Compare the values of nodes that both graphs have.

    Args:
        before: The nodes of the old graph.
        after: Those of the new one.
        touched: The nodes of which only one graph has some triple.
    """
    found, terms = dict[tuple[str, str], tuple[set[Term], set[Term]]](), set[str]()
    for iri in sorted({*touched} & before.nodes.keys() & after.nodes.keys()):
        was, now = facts_of(old, iri), facts_of(new, iri)
        skipped = set(OF_PLANS) if after.group[iri] == before.group[iri] == "plan" else set()
        if any(was.get(bound) != now.get(bound) for bound in BOUNDS):
            skipped |= {*BOUNDS, *_OF_DATES}
        for name in (was.keys() | now.keys()) - skipped:
            ours, theirs = was.get(name, set()), now.get(name, set())
            if ours != theirs:
                found[iri, name] = ours - theirs, theirs - ours
                terms |= {iri, name}
    label = Labels(old, new, terms, (t for pair in found.values() for side in pair for t in side))
    made = [
        ValueChange(Named(after.nodes[iri].label, iri), label.of(name), *label.values(was, now))
        for (iri, name), (was, now) in found.items()
    ]
    made += _dates(old, new, before, after, touched)
    made += _kinds(before, after)
    return tuple(sorted(made, key=lambda change: (change.node, change.property)))


def facts_of(store: Store, iri: str) -> _Facts:
    """Read what a node says, with what the rules fill in where a file may leave it out."""
    facts: _Facts = {}
    for quad in store.engine.quads_for_pattern(ox.NamedNode(iri), None, None, _FACTS):
        if quad.predicate.value not in _NOT_VALUES:
            facts.setdefault(quad.predicate.value, set()).add(_as_read(quad.object))
    return facts


def _as_read(term: Term) -> Term:
    """Take a text as a person reads it, who sees no line ends; its triple is another one."""
    if not isinstance(term, ox.Literal) or "\r" not in term.value:
        return term
    lines = term.value.replace("\r\n", "\n").replace("\r", "\n")
    if term.language:
        return ox.Literal(lines, language=term.language)
    return ox.Literal(lines, datatype=term.datatype)


def _dates(
    old: Store, new: Store, before: Inventory, after: Inventory, touched: Iterable[str]
) -> Iterable[ValueChange]:
    """Compare dates, which are one thing to a reader; those of plans are said of the plan."""
    for iri in sorted({*touched} & before.nodes.keys() & after.nodes.keys()):
        if after.group[iri] == before.group[iri] == "plan":
            continue
        was, now = ([store.objects(iri, bound) for bound in BOUNDS] for store in (old, new))
        if was != now:
            said = (
                (say_dates(first[0] if first else None, last[-1] if last else None),)
                for first, last in (was, now)
            )
            node = Named(after.nodes[iri].label, iri)
            yield ValueChange(node, Named("dates", NR.earliest), *said)


def _kinds(before: Inventory, after: Inventory) -> Iterable[ValueChange]:
    for iri in sorted(before.nodes.keys() & after.nodes.keys()):
        was, now = before.nodes[iri], after.nodes[iri]
        if was.kind != now.kind:
            kinds = ((words(node.kind),) for node in (was, now))
            yield ValueChange(Named(now.label, iri), Named("class", RDF.type), *kinds)


class Labels:
    """The labels of what two graphs have, those of the new one first."""

    def __init__(
        self, old: Store, new: Store, terms: Iterable[str], values: Iterable[Term]
    ) -> None:
        iris = {*terms, *(value.value for value in values if isinstance(value, ox.NamedNode))}
        self._label: Mapping[str, str] = newest_labels(old, new, iris)

    def of(self, iri: str) -> Named:
        """Name a node or a property."""
        return Named("label" if iri in LABELLING else self._label[iri], iri)

    def values(
        self, old: Iterable[Term], new: Iterable[Term]
    ) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """Say values; two that look alike are told apart by their datatypes."""
        was, now = ({self._said(term): term for term in side} for side in (old, new))
        alike = {said for said in was if said in now and isinstance(said, str)}
        sides = []
        for side in (was, now):
            texts = [str(term) if said in alike else said for said, term in side.items()]
            sides.append(tuple(sorted(texts, key=_order)))
        return sides[0], sides[1]

    def _said(self, term: Term) -> Value:
        if isinstance(term, ox.NamedNode):
            return Named(self._label[term.value], term.value)
        return text(term)


def _order(value: Value) -> tuple[str, str]:
    return (value, "") if isinstance(value, str) else (value.label, value.iri)


def newest_labels(old: Store, new: Store, iris: Iterable[str]) -> dict[str, str]:
    """Read the labels of nodes in the new graph; of what it lacks, in the old one."""
    wanted = set(iris)
    label = labels(new, wanted)
    gone = {iri for iri in wanted if not _is_there(new, iri)}
    return label | labels(old, gone)


def _is_there(store: Store, iri: str) -> bool:
    pattern = store.engine.quads_for_pattern(ox.NamedNode(iri), None, None, _FACTS)
    return next(pattern, None) is not None
