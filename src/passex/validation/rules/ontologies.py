"""An ontology as its files write it: which terms it declares, and which namespaces are its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ...graph.hierarchy import subclasses, superclasses
from ...graph.reading import Reader
from ...graph.sources import Source
from ...graph.standard_terms import TERMS, WELL_KNOWN
from ...graph.terms import DCTERMS, LABELLING, OWL, PREFIXES, RDF, RDFS, SKOS, VANN, namespace

CLASS_TYPES: Final = frozenset({OWL.Class, RDFS.Class, RDFS.Datatype})
_KINDS: Final = """Object Datatype Annotation Ontology Functional InverseFunctional Transitive
    Symmetric Asymmetric Reflexive Irreflexive"""
PROPERTY_TYPES: Final = frozenset(
    {RDF.Property, *(f"{OWL}{kind}Property" for kind in _KINDS.split())}
)
#: Properties that define a term.
_DEFINITIONS: Final = (
    SKOS.definition,
    RDFS.comment,
    DCTERMS.description,
    "http://purl.org/dc/elements/1.1/description",
    "http://purl.obolibrary.org/obo/IAO_0000115",
)


@dataclass(frozen=True)
class Ontology:
    """The triples of an ontology's files."""

    graph: ox.Store

    @classmethod
    def read(cls, files: Iterable[Source]) -> Ontology:
        """Read an ontology from its files, which have been read before without an error."""
        reader = Reader(ox.Store())
        reader.read(*files)
        return cls(reader.engine)

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The IRIs of the ontologies that the files are."""
        return tuple(sorted(typed(self.graph, OWL.Ontology)))

    @cached_property
    def classes(self) -> frozenset[str]:
        """The IRIs that are declared as classes or datatypes."""
        return typed(self.graph, *CLASS_TYPES)

    @cached_property
    def properties(self) -> frozenset[str]:
        """The IRIs that are declared as properties."""
        return typed(self.graph, *PROPERTY_TYPES)

    @cached_property
    def concepts(self) -> frozenset[str]:
        """The IRIs that are declared as concepts of SKOS."""
        return typed(self.graph, SKOS.Concept)

    @cached_property
    def declared(self) -> frozenset[str]:
        """All IRIs that are declared as something."""
        others = typed(self.graph, SKOS.ConceptScheme, OWL.NamedIndividual)
        return self.classes | self.properties | self.concepts | others

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """The namespaces that are the ontology's own.

        Those are: what the header names (``vann:preferredNamespaceUri``, or the ontology's IRI);
        and any other namespace in which a term is declared and described, or merely declared
        where no header claims a namespace. A term with an ``rdfs:isDefinedBy`` that leads elsewhere
        is reused, and well-known namespaces are nobody's: unless there is nothing else, as in the
        files of such a vocabulary itself.
        """
        used = {namespace(iri) for iri in self.declared}
        claimed = {space for space in used if self._claims(space)}
        own = set(claimed)
        for iri in self.declared:
            space = namespace(iri)
            if space in WELL_KNOWN or self.reused(iri):
                continue
            if not claimed or any(self.values(iri, name) for name in LABELLING + _DEFINITIONS):
                own.add(space)
        return frozenset(own or self._most_described())

    @cached_property
    def own(self) -> frozenset[str]:
        """The declared classes, properties and concepts in the ontology's own namespaces."""
        terms = self.classes | self.properties | self.concepts
        return frozenset(iri for iri in terms if self.owns(iri))

    def owns(self, iri: str) -> bool:
        """Say whether an IRI lies in a namespace of the ontology, and isn't it or a header."""
        space = namespace(iri)
        return space in self.namespaces and iri != space and iri not in self.headers

    def reused(self, iri: str) -> bool:
        """Say whether a declared term is another ontology's, as its ``rdfs:isDefinedBy`` has it."""
        owners = [v.value for v in self.values(iri, RDFS.isDefinedBy)]
        return bool(owners) and not any(owner in self.headers for owner in owners)

    def values(
        self, subject: str, predicate: str
    ) -> list[ox.NamedNode | ox.BlankNode | ox.Literal]:
        """Look up the values of a property, in the order of their text."""
        quads = self.graph.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None)
        found = [quad.object for quad in quads if not isinstance(quad.object, ox.Triple)]
        return sorted(found, key=str)

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Go through what a property relates: subject and object, where both are IRIs."""
        for quad in self.graph.quads_for_pattern(None, ox.NamedNode(predicate), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                yield quad.subject.value, quad.object.value

    def _most_described(self) -> list[str]:
        counts = Counter(
            namespace(iri)
            for iri in self.declared
            if not self.reused(iri) and any(self.values(iri, name) for name in _DEFINITIONS)
        )
        return [space for space, _ in counts.most_common(1)]

    def _claims(self, space: str) -> bool:
        return any(
            space in (header, header + "#", header + "/")
            or space in [value.value for value in self.values(header, VANN.preferredNamespaceUri)]
            for header in self.headers
        )


def typed(graph: ox.Store, *types: str) -> frozenset[str]:
    """Find the instances of classes and of the classes below them, metaclasses for instance."""
    kind = ox.NamedNode(RDF.type)
    return frozenset(
        quad.subject.value
        for name in subclasses(graph, *types)
        for quad in graph.quads_for_pattern(None, kind, ox.NamedNode(name))
        if isinstance(quad.subject, ox.NamedNode)
    )


def iris(graph: ox.Store, pattern: str) -> list[str]:
    """List the IRIs that a graph pattern binds to ``?t``, in alphabetical order."""
    rows = graph.query(f"SELECT DISTINCT ?t {{ {pattern} FILTER(isIRI(?t)) }}", prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    return sorted(row["t"].value for row in rows)


def is_class(node: ox.NamedNode, graph: ox.Store) -> bool:
    """Tell whether a graph says that something is a class, by a class of classes or one below."""
    types = [quad.object for quad in graph.quads_for_pattern(node, ox.NamedNode(RDF.type), None)]
    names = [term.value for term in types if isinstance(term, ox.NamedNode)]
    return not CLASS_TYPES.isdisjoint(superclasses(graph, *names))


def declared_class(iri: str, *graphs: ox.Store) -> bool:
    """Say whether a class is of a closed vocabulary, or declared in a graph, if by its place."""
    if iri in TERMS.get(namespace(iri), ()):
        return True
    node, link = ox.NamedNode(iri), ox.NamedNode(RDFS.subClassOf)
    for graph in graphs:
        if is_class(node, graph):
            return True
        for pattern in ((node, link, None), (None, link, node)):
            if next(graph.quads_for_pattern(*pattern), None) is not None:
                return True
    return False
