"""Check whether ontology and data can all be true together."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from itertools import product
from typing import Any, Final

import pyoxigraph as ox

from ...errors import EXTRA
from ...graph.hierarchy import superclasses
from ...graph.nearest_terms import short
from ...graph.terms import PREFIXES, RDF
from .model import Finding, Scope

_APART: Final = """
SELECT ?a ?b {
  {
    ?a owl:disjointWith ?b
  } UNION {
    ?classes (owl:members|owl:disjointUnionOf)/rdf:rest* ?list .
    ?list rdf:first ?a ; rdf:rest+/rdf:first ?b
  }
  FILTER (isIRI(?a) && isIRI(?b))
}
"""


def run(scope: Scope) -> Iterator[Finding]:
    """Look for what cannot be true together."""
    yield from _disjoint(scope)
    if not scope.reason:
        return
    import shutil

    for name, there, hint in (
        ("owlready2", find_spec("owlready2"), EXTRA.format("owl")),
        ("Java", shutil.which("java"), "install a Java runtime"),
    ):
        if there is None:
            message = f"Consistency was not checked: {name} is not installed."
            yield Finding("reasoner-absent", message, hint)
            return
    import owlready2

    try:
        unsatisfiable = _reason(owlready2, scope.inputs.graph)
    except owlready2.OwlReadyInconsistentOntologyError:
        yield Finding(
            "inconsistent", "Data and ontology contradict each other.",
            "look for nodes of two disjoint classes, and for values outside a range",
        )  # fmt: skip
        return
    except owlready2.OwlReadyJavaError as error:
        reason = str(error).strip().splitlines()[-1][:200] if str(error).strip() else "no reason"
        message = f"Consistency was not checked: HermiT stopped ({reason})."
        yield Finding("reasoner-absent", message, "see whether the ontology is in OWL 2 DL")
        return
    for iri in unsatisfiable:
        yield Finding(
            "unsatisfiable-class", f"The class {short(iri)} can have no instance.",
            "look for disjoint classes above it", subject=ox.NamedNode(iri), where="ontology",
        )  # fmt: skip


def _disjoint(scope: Scope) -> Iterator[Finding]:
    graph, apart = scope.inputs.graph, _apart(scope.ontology.graph)
    if not apart:
        return
    rows = graph.query(
        f"SELECT ?n ?a ?b {{ ?n <{RDF.type}> ?a . ?n <{RDF.type}> ?b "
        "FILTER(isIRI(?a) && isIRI(?b) && STR(?a) < STR(?b)) } ORDER BY ?n ?a ?b"
    )
    assert isinstance(rows, ox.QuerySolutions)
    above = cache(lambda iri: superclasses(graph, iri))
    for row in rows:
        one, other = row["a"].value, row["b"].value
        for high, low in product(above(one), above(other)):
            if (high, low) in apart:
                what = " and ".join(
                    short(iri) + (f" (below {short(top)})" if top != iri else "")
                    for iri, top in ((one, high), (other, low))
                )
                hint = f"this node is {what}: take one out, or make two nodes"
                message = f"{short(one)} and {short(other)} exclude each other."
                yield Finding("disjoint-classes", message, hint, None, row["n"], RDF.type, row["b"])
                break


def _apart(ontology: ox.Store) -> set[tuple[str, str]]:
    """The pairs of classes that are declared disjoint, in both orders."""
    rows = ontology.query(_APART, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    pairs = {(row["a"].value, row["b"].value) for row in rows}
    return pairs | {(b, a) for a, b in pairs}


def _reason(owlready2: Any, graph: ox.Store) -> list[str]:
    triples = io.BytesIO()
    graph.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    triples.seek(0)
    world = owlready2.World()
    ontology = world.get_ontology("urn:passex:validation#").load(fileobj=triples, only_local=True)
    with ontology:
        owlready2.sync_reasoner(
            world, infer_property_values=False, debug=0, ignore_unsupported_datatypes=True
        )
    nothing = owlready2.Nothing.iri
    return sorted(c.iri for c in world.inconsistent_classes() if c.iri != nothing)
