"""The ontology's own diagrams: its classes, what is a subclass of what, and what relates them."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import Annotated, Final, NamedTuple

from ..errors import QueryError
from ..graph import labelling, statistics
from ..graph.store import Store
from ..graph.terms import (
    BLANK,
    DERIVED,
    NR,
    ORG,
    OWL,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    W,
    local_name,
    shorten,
)
from . import ontology_ends
from .model import UNRANKED, Edge, Picture, Texts, Vertex, fields
from .ontology_ends import ANYTHING


class ClassAttributes(NamedTuple):
    """Attributes of the nodes of the diagram."""

    degree: Annotated[int, "number of edges"]
    definition: Annotated[str | None, "its definition"]
    properties: Annotated[Texts, "properties of its nodes that have texts, numbers or dates"]
    instances: Annotated[int, "number of nodes of the graph in just this class"]


class PropertyAttributes(NamedTuple):
    """Attributes of the edges of the diagram."""

    definition: Annotated[str | None, "the property's definition"]
    derived: Annotated[bool, "whether only the rules write it"]
    given: Annotated[bool, "whether OWL says its domain and range; else shapes and facts do"]


#: The parts of the ontology, each with the classes that it begins with.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "events": (
        *(NR.Event, NR.Plan, NR.Series, NR.Contingent, NR.Agreement, NR.Relation, NR.Tension),
        NR.Place,
    ),
    "actors": (NR.Actor, ORG.Membership, ORG.Post),
    "evidence": (NR.Claim, NR.Quote, NR.Zone, SCHEMA.NewsArticle),
}
_TOPS: Final = frozenset(chain.from_iterable(PARTS.values()))
_TITLES: Final = {
    "": "classes, subclasses and properties",
    "events": "events and plans",
    "actors": "actors, and what they belong to",
    "evidence": "claims and their evidence",
}


def diagram(store: Store, part: str = "") -> Picture:
    """Draw the ontology: an edge a subclass, and one from domain to range an object property.

    Args:
        part: One of `PARTS`, with the classes below those and what their properties lead to; empty
            for all.

    Raises:
        QueryError: There is no such part.
    """
    if part and part not in PARTS:
        raise QueryError(f"'{part}' is no part of the ontology", f"use one of {', '.join(PARTS)}")
    classes = [iri for iri in store.subjects(RDF.type, OWL.Class) if _named(iri)]
    edges = []
    for iri in classes:
        higher = filter(_named, store.objects(iri, RDFS.subClassOf))
        edges += [_edge(store, iri, other, RDFS.subClassOf, "is a") for other in higher]
    # Those of claims are annotation properties, since values may be dates.
    own = store.subjects(RDF.type, OWL.AnnotationProperty)
    properties = store.subjects(RDF.type, OWL.ObjectProperty)
    properties = [*properties, *(name for name in own if name.startswith(NR.iri))]
    called = labelling.labels(store, [*properties, *classes])
    anywhere: list[str] = []
    above = {e.source: e.target for e in edges if e.target.startswith(NR.iri) or e.target in _TOPS}
    for name, ends in ontology_ends.of(store, properties, classes, above).items():
        if name.startswith(W.iri):
            continue
        if ends.pairs == ((ANYTHING, ANYTHING),):
            anywhere.append(called[name])
            continue
        edges += [_edge(store, *pair, name, called[name], ends.given) for pair in ends.pairs]
    edges = _part(edges, above, part) if part else edges
    drawn = {end for edge in edges for end in (edge.source, edge.target)}
    degree = Counter(dict.fromkeys(drawn if part else classes, 0))
    for edge in edges:
        degree.update({edge.source, edge.target})
    called[ANYTHING] = "anything"
    texts: dict[str, list[str]] = {}
    for name in store.subjects(RDF.type, OWL.DatatypeProperty):
        for source in ontology_ends.given(store, name, "domain"):
            texts.setdefault(source, []).append(shorten(name))
    vertices = []
    number = statistics.instances(store)
    for iri, count in degree.items():
        ours = iri.startswith(NR.iri)
        attributes = ClassAttributes(
            degree=count,
            definition=_definition(store, iri),
            properties=tuple(sorted(texts.get(iri, ()))),
            instances=number.get(iri, 0) if ours else len(store.subjects(RDF.type, iri)),
        )
        kind = "Class" if ours else "ReusedClass"
        vertices.append(Vertex(iri, called.get(iri) or iri, kind, attributes, float(count)))
    return Picture(
        what="ontology",
        title=f"The ontology: {_TITLES[part]}",
        directed=True,
        measure="degree",
        node_fields=fields(ClassAttributes),
        edge_fields=fields(PropertyAttributes),
        nodes=tuple(vertices),
        edges=tuple(edges),
        notes=() if part else _notes(anywhere),
        unranked=UNRANKED,
    ).arranged()


def _notes(anywhere: list[str]) -> tuple[str, ...]:
    verb = "has" if len(anywhere) == 1 else "have"
    note = f"{', '.join(sorted(anywhere))} {verb} neither domain nor range, and no edge."
    return (note[0].upper() + note[1:],) if anywhere else ()


def _named(iri: str) -> bool:
    return not iri.startswith(("_:", BLANK))


def _part(edges: list[Edge], above: dict[str, str], part: str) -> list[Edge]:
    """Keep the edges from the classes of a part."""

    def top(iri: str) -> str:
        while iri in above and iri not in _TOPS:
            iri = above[iri]
        return iri

    return [edge for edge in edges if top(edge.source) in PARTS[part]]


def _edge(
    store: Store, source: str, target: str, name: str, label: str, given: bool = True
) -> Edge:
    derived = name in DERIVED
    return Edge(
        source=source,
        target=target,
        label=label,
        kind=local_name(name),
        iri=name,
        attributes=PropertyAttributes(_definition(store, name), derived, given),
        hollow=derived,
    )


def _definition(store: Store, iri: str) -> str | None:
    return next(iter(store.objects(iri, SKOS.definition)), None)
