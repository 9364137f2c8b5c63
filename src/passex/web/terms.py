"""The terms that a query can use, with what the ontology says of them."""

from __future__ import annotations

from typing import Any, Final

import pyoxigraph as ox

from ..graph import names
from ..graph.store import Store
from ..graph.terms import OWL, PREFIXES, RDF, SKOS, expand, local_name, shorten

_KINDS: Final = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    SKOS.Concept: "concept",
}
_QUERY: Final = f"""SELECT ?term ?kind (SAMPLE(?text) AS ?definition) {{
    VALUES ?kind {{ {" ".join(f"<{kind}>" for kind in _KINDS)} }}
    ?term a ?kind OPTIONAL {{ ?term skos:definition ?text }}
}} GROUP BY ?term ?kind"""


def of(store: Store) -> dict[str, Any]:
    """List the prefixes and the terms of a graph with its ontology.

    Returns:
        ``prefixes``, and ``terms`` with ``name``, ``kind``, ``label`` and ``definition`` each.
    """
    kinds = {
        str(iri): (_KINDS[str(kind)], text or "")
        for iri, kind, text in store.rows(_QUERY)
        if not str(iri).startswith("_:")
    }
    labels = names.labels(store, kinds)
    terms = [
        {"name": shorten(iri), "kind": kind, "label": labels[iri], "definition": definition}
        for iri, (kind, definition) in kinds.items()
    ]
    return {"prefixes": PREFIXES, "terms": sorted(terms, key=lambda term: term["name"])}


def node(store: Store, name: str) -> names.Node | None:
    """Find a node of any class, a claim or a property among them, by its IRI or prefixed name.

    Returns:
        The node; None where the graph says nothing of it.
    """
    iri = expand(name.strip())
    try:
        subject = ox.NamedNode(iri or "")
    except ValueError:
        return None
    default = ox.DefaultGraph()
    if next(store.engine.quads_for_pattern(subject, None, None, default), None) is None:
        return None
    kinds = store.objects(subject.value, RDF.type)
    kind = local_name(kinds[-1]) if kinds else "Node"
    return names.Node(names.labels(store, [subject.value])[subject.value], subject.value, kind)
