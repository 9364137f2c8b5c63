"""Concepts, classes and properties that the compared files themselves declare.

The installed ontology is mixed into both graphs, so that these say nothing of what the files have:
the triples do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.rows import Named
from ...graph.store import Store, Term
from ...graph.terms import NR, NRC, OWL, RDF, SKOS, local_name
from .changes import NodeChange, ValueChange
from .triples import TripleChanges
from .values import Labels, newest_labels

#: What terms of ours are, by their classes.
_GROUPS: Final = {
    SKOS.Concept: "concept",
    SKOS.ConceptScheme: "concept scheme",
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
}
_Facts: TypeAlias = dict[str, dict[str, set[Term]]]


def is_term(iri: str) -> bool:
    """Tell whether an IRI is a concept's, or that of a class or a property of ours."""
    return iri.startswith((NR.iri, NRC.iri))


class Declared:
    """What the files say of our terms, in one graph alone.

    Args:
        old: The old graph, for labels.
        new: The new graph, likewise.
        found: The triples that differ.
    """

    def __init__(self, old: Store, new: Store, found: TripleChanges) -> None:
        self._stores = old, new
        self._sides = _facts(found.removed), _facts(found.added)

    def nodes(self) -> tuple[NodeChange, ...]:
        """List the terms that only one graph has, new ones first."""
        changes = []
        gone, come = ({iri for iri in side if RDF.type in side[iri]} for side in self._sides)
        label = newest_labels(*self._stores, gone ^ come)
        order = list(dict.fromkeys(_GROUPS.values()))
        for iri in gone ^ come:
            types = self._sides[iri in come][iri][RDF.type]
            kinds = [kind for kind in _GROUPS if ox.NamedNode(kind) in types]
            if kinds:
                node = Named(label[iri], iri)
                group = _GROUPS[kinds[0]]
                changes.append(NodeChange(node, local_name(kinds[0]), group, iri in come))
        return tuple(sorted(changes, key=lambda c: (order.index(c.group), not c.new, c.node)))

    def values(self) -> tuple[ValueChange, ...]:
        """List what has changed of terms that both graphs have."""
        was, now = self._sides
        own = {change.node.iri for change in self.nodes()}
        pairs = [
            (iri, name, was.get(iri, {}).get(name, set()), now.get(iri, {}).get(name, set()))
            for iri in sorted((was.keys() | now.keys()) - own)
            for name in sorted(was.get(iri, {}).keys() | now.get(iri, {}).keys())
        ]
        values = [value for *_, ours, theirs in pairs for value in (*ours, *theirs)]
        terms = {term for iri, name, *_ in pairs for term in (iri, name)}
        label = Labels(*self._stores, terms, values)
        return tuple(
            ValueChange(label.of(iri), label.of(name), *label.values(ours, theirs))
            for iri, name, ours, theirs in pairs
        )


def _facts(lines: Iterable[str]) -> _Facts:
    facts: _Facts = {}
    own = (line for line in lines if is_term(line[1:]))
    for quad in ox.parse("\n".join(own), ox.RdfFormat.N_QUADS, lenient=True):
        if isinstance(quad.subject, ox.NamedNode):
            of_node = facts.setdefault(quad.subject.value, {})
            of_node.setdefault(quad.predicate.value, set()).add(quad.object)
    return facts
