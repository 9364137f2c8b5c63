"""The terms of the ontology, with what is said of them and where they are used."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from ..api.knowledge import KnowledgeGraph
from ..errors import QueryError
from ..graph import statistics
from ..graph.store import Store, ontology
from ..graph.terms import OWL, RDF, RDFS, SKOS, shorten
from ..questions import catalogue
from .inquiries import Parameters

#: What the page says of a term, by the words for it, in order.
SAID: Final = {
    "Definition": SKOS.definition,
    "Note": SKOS.scopeNote,
    "Example": SKOS.example,
    "Below": RDFS.subClassOf,
    "Part of": RDFS.subPropertyOf,
    "Of": RDFS.domain,
    "Gives": RDFS.range,
}
#: The parts of the page: what is in each is of one of these classes.
PARTS: Final = {
    "Classes": (OWL.Class,),
    "Properties": (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty),
    "Concepts": (SKOS.Concept,),
}
_SAYS: Final = f"""SELECT ?term ?property ?value {{
    VALUES ?property {{ {" ".join(f"<{one}>" for one in SAID.values())} }}
    ?term ?property ?value FILTER(!isBlank(?value))
}} ORDER BY ?term ?property ?value"""
_LABELS: Final = """SELECT ?term (SAMPLE(?text) AS ?label) {
    ?term rdfs:label|skos:prefLabel ?text
} GROUP BY ?term"""
_USED: Final = """SELECT ?term (COUNT(?s) AS ?n) { ?s ?term ?o } GROUP BY ?term"""
_CONCEPTS: Final = """SELECT ?term (COUNT(?s) AS ?n) {
    ?term a skos:Concept . ?s ?p ?term FILTER(?p != skos:broader && ?p != skos:hasTopConcept)
} GROUP BY ?term"""


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    Attributes:
        said: What is said of it, by property: texts, and the IRIs of other terms.
        used: How many nodes, statements or values of the graph are of it.
        questions: The names of the questions whose query has it.
    """

    iri: str
    label: str
    part: str
    said: dict[str, list[str]]
    used: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of the ontology, and the labels of all that it names."""

    terms: tuple[Term, ...]
    labels: dict[str, str]


def vocabulary(kg: KnowledgeGraph, given: Parameters) -> Vocabulary:
    """Collect the terms of the ontology and where they are used."""
    _none(given)
    own = ontology()
    part = {
        str(iri): name
        for name, kinds in PARTS.items()
        for kind in kinds
        for iri in own.subjects(RDF.type, kind)
        if not iri.startswith("_:")
    }
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for term, name, value in own.rows(_SAYS):
        said[str(term)][str(name)].append(str(value))
    labels = {str(term): str(label) for term, label in own.rows(_LABELS)}
    used = _used(kg.store, part)
    asked = {
        question.name: set(re.findall(r"\b[a-z]+:[\w-]+", question.query))
        for question in catalogue.questions().values()
    }
    terms = [
        Term(
            iri,
            labels.get(iri, shorten(iri)),
            name,
            said[iri],
            used.get(iri, 0),
            tuple(one for one, names in asked.items() if shorten(iri) in names),
        )
        for iri, name in part.items()
    ]
    return Vocabulary(tuple(sorted(terms, key=lambda term: (term.label.lower(), term.iri))), labels)


def described(kg: KnowledgeGraph, given: Parameters) -> Store:
    """Give the graph, to be described as a data set."""
    _none(given)
    return kg.store


def _used(store: Store, part: dict[str, str]) -> dict[str, int]:
    # Statements of the ontology about itself are no use of it.
    own = {str(term): int(str(number)) for term, number in ontology().rows(_USED)}
    found = {str(term): int(str(number)) for term, number in store.rows(_USED)}
    counted = {term: max(number - own.get(term, 0), 0) for term, number in found.items()}
    concepts = {str(term): int(str(number)) for term, number in store.rows(_CONCEPTS)}
    nodes = statistics.instances(store)
    of = {"Classes": nodes, "Properties": counted, "Concepts": concepts}
    return {iri: of[name].get(iri, 0) for iri, name in part.items()}


def _none(given: Parameters) -> None:
    for name in given:
        raise QueryError(f"'{name}' is no parameter here", "leave it out")
