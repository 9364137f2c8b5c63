"""The ontology's own diagram: its classes, what is a subclass of what, and what relates them."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Annotated, Final, NamedTuple

from ..graph import names, statistics
from ..graph.store import Store
from ..graph.terms import BLANK, DERIVED, NR, OWL, RDF, RDFS, SKOS, local_name, shorten
from .model import Edge, Picture, Texts, Vertex, fields


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


#: Where a property says nothing of its domain or its range.
_ANYTHING: Final = OWL.Thing


def diagram(store: Store) -> Picture:
    """Draw the ontology: an edge a subclass, and one from domain to range an object property."""
    classes = [iri for iri in store.subjects(RDF.type, OWL.Class) if _named(iri)]
    edges = []
    for iri in classes:
        above = filter(_named, store.objects(iri, RDFS.subClassOf))
        edges += [_edge(store, iri, other, RDFS.subClassOf, "is a") for other in above]
    properties = store.subjects(RDF.type, OWL.ObjectProperty)
    called = names.labels(store, [*properties, *classes])
    anywhere = []
    for name in properties:
        sources, targets = _ends(store, name, "domain"), _ends(store, name, "range")
        if sources == targets == [_ANYTHING]:
            anywhere.append(called[name])
            continue
        edges += [_edge(store, *ends, name, called[name]) for ends in product(sources, targets)]
    degree = Counter(dict.fromkeys(classes, 0))
    for edge in edges:
        degree.update({edge.source, edge.target})
    called[_ANYTHING] = "anything"
    own: dict[str, list[str]] = {}
    for name in store.subjects(RDF.type, OWL.DatatypeProperty):
        for source in _ends(store, name, "domain"):
            own.setdefault(source, []).append(shorten(name))
    vertices = []
    number = statistics.instances(store)
    for iri, count in degree.items():
        ours = iri.startswith(NR.iri)
        attributes = ClassAttributes(
            degree=count,
            definition=_definition(store, iri),
            properties=tuple(sorted(own.get(iri, ()))),
            instances=number.get(iri, 0) if ours else len(store.subjects(RDF.type, iri)),
        )
        kind = "Class" if ours else "ReusedClass"
        vertices.append(Vertex(iri, called.get(iri) or iri, kind, attributes, float(count)))
    return Picture(
        what="ontology",
        title="The ontology: classes, subclasses and properties",
        directed=True,
        measure="degree",
        node_fields=fields(ClassAttributes),
        edge_fields=fields(PropertyAttributes),
        nodes=tuple(vertices),
        edges=tuple(edges),
        notes=_notes(anywhere),
    ).arranged()


def _notes(anywhere: list[str]) -> tuple[str, ...]:
    verb = "has" if len(anywhere) == 1 else "have"
    note = f"{', '.join(sorted(anywhere))} {verb} neither domain nor range, and no edge."
    return (note[0].upper() + note[1:],) if anywhere else ()


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


def _edge(store: Store, source: str, target: str, name: str, label: str) -> Edge:
    derived = name in DERIVED
    return Edge(
        source=source,
        target=target,
        label=label,
        kind=local_name(name),
        iri=name,
        attributes=PropertyAttributes(definition=_definition(store, name), derived=derived),
        line="dashed" if derived else "solid",
    )


def _definition(store: Store, iri: str) -> str | None:
    return next(iter(store.objects(iri, SKOS.definition)), None)
