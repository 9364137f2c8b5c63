"""The ontology's own diagram: its classes, what is a subclass of what, and what relates them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from ..graph import names
from ..graph.store import Store
from ..graph.terms import BLANK, DERIVED, NR, OWL, RDF, RDFS, SKOS, local_name, shorten
from .model import Edge, Field, Picture, Value, Vertex

NODE_FIELDS: Final = (
    Field("degree", "integer", "number of edges"),
    Field("definition", "text", "its definition"),
    Field("properties", "list", "properties of its nodes that have texts, numbers or dates"),
    Field("instances", "integer", "number of nodes of the graph in just this class"),
)
EDGE_FIELDS: Final = (
    Field("definition", "text", "the property's definition"),
    Field("derived", "boolean", "whether only the rules write it"),
)
_DEFINITION: Final = SKOS.definition
#: Where a property says nothing of its domain or its range.
_ANYTHING: Final = OWL.Thing


def diagram(store: Store) -> Picture:
    """Draw the ontology.

    Args:
        store: The graph, with the ontology.

    Returns:
        The picture: an edge a subclass, and an edge from domain to range an object property.
    """
    classes = [iri for iri in store.subjects(RDF.type, OWL.Class) if _named(iri)]
    edges = []
    for iri in classes:
        for above in store.objects(iri, RDFS.subClassOf):
            if _named(above):
                edges.append(_edge(store, iri, above, RDFS.subClassOf, "is a"))
    properties = store.subjects(RDF.type, OWL.ObjectProperty)
    called = names.labels(store, [*properties, *classes])
    anywhere = []
    for name in properties:
        sources, targets = _ends(store, name, "domain"), _ends(store, name, "range")
        if sources == targets == [_ANYTHING]:
            anywhere.append(called[name])
            continue
        for source in sources:
            for target in targets:
                edges.append(_edge(store, source, target, name, called[name]))
    degree: dict[str, int] = dict.fromkeys(classes, 0)
    for edge in edges:
        for end in {edge.source, edge.target}:
            degree[end] = degree.get(end, 0) + 1
    called[_ANYTHING] = "anything"
    own = _literal_properties(store)
    vertices = []
    for iri, count in degree.items():
        values: tuple[Value, ...] = (
            count,
            _first(store.objects(iri, _DEFINITION)),
            tuple(own.get(iri, ())),
            len(store.subjects(RDF.type, iri)),
        )
        kind = "Class" if iri.startswith(NR.iri) else "ReusedClass"
        vertices.append(Vertex(iri, called.get(iri) or iri, kind, values, float(count)))
    vertices.sort(key=lambda vertex: (vertex.label, vertex.iri))
    rank = {vertex.iri: number for number, vertex in enumerate(vertices)}
    edges.sort(key=lambda e: (rank[e.source], rank[e.target], e.label, e.iri))
    return Picture(
        *("ontology", "The ontology: classes, subclasses and properties", True, "degree"),
        *(NODE_FIELDS, EDGE_FIELDS, tuple(vertices), tuple(edges)),
        notes=_note(anywhere),
    )


def _note(properties: list[str]) -> tuple[str, ...]:
    if not properties:
        return ()
    verb = "has" if len(properties) == 1 else "have"
    said = f"{', '.join(sorted(properties))} {verb} neither domain nor range, and no edge."
    return (said[0].upper() + said[1:],)


def _named(iri: str) -> bool:
    return not iri.startswith(("_:", BLANK))


def _ends(store: Store, name: str, side: str) -> list[str]:
    """The classes that a property goes from or to: each of a union, or anything."""
    rows = store.rows(
        f"""# The classes of one side of a property.
        SELECT DISTINCT ?class {{
            {{ <{name}> rdfs:{side} ?class }}
            UNION {{ <{name}> rdfs:{side}/owl:unionOf/rdf:rest*/rdf:first ?class }}
            FILTER(isIRI(?class))
        }}"""
    )
    return sorted(str(iri) for (iri,) in rows) or [_ANYTHING]


def _literal_properties(store: Store) -> dict[str, Iterable[str]]:
    found: dict[str, list[str]] = {}
    for name in store.subjects(RDF.type, OWL.DatatypeProperty):
        for source in _ends(store, name, "domain"):
            found.setdefault(source, []).append(shorten(name))
    return {iri: sorted(listed) for iri, listed in found.items()}


def _edge(store: Store, source: str, target: str, name: str, label: str) -> Edge:
    values = (_first(store.objects(name, _DEFINITION)), name in DERIVED)
    line = "dashed" if name in DERIVED else "solid"
    return Edge(source, target, label, local_name(name), name, values, line=line)


def _first(values: list[str]) -> str | None:
    return values[0] if values else None
