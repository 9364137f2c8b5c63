"""Check whether ontology and data can all be true together."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from functools import cache
from itertools import combinations, product
from typing import Any, Final

import pyoxigraph as ox

from ...graph.hierarchy import superclasses
from ...graph.suggest import short
from ...graph.terms import OWL, RDF
from .model import Check, Finding, Scope
from .ontologies import Ontology


def _run(scope: Scope) -> Iterator[Finding]:
    yield from _disjoint(scope)
    if not scope.reason:
        return
    missing = _missing()
    if missing:
        message = f"Consistency was not checked: {missing[0]} is not installed."
        yield Finding("reasoner-absent", message, missing[1])
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
    ontology, graph = scope.ontology, scope.inputs.graph
    apart = _apart(ontology)
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
                what = " and ".join(_with(*pair) for pair in ((one, high), (other, low)))
                hint = f"this node is {what}: take one out, or make two nodes"
                message = f"{short(one)} and {short(other)} exclude each other."
                yield Finding(
                    "disjoint-classes",
                    message,
                    hint,
                    subject=row["n"],
                    predicate=RDF.type,
                    value=row["b"],
                )
                break


def _with(iri: str, high: str) -> str:
    return short(iri) + (f" (below {short(high)})" if high != iri else "")


def _apart(ontology: Ontology) -> set[tuple[str, str]]:
    """The pairs of classes that are declared disjoint, in both orders."""
    pairs = set(ontology.pairs(OWL.disjointWith))
    for name in ("members", "disjointUnionOf"):
        for quad in ontology.graph.quads_for_pattern(None, ox.NamedNode(OWL[name]), None):
            pairs |= set(combinations(_list(ontology.graph, quad.object), 2))
    return pairs | {(b, a) for a, b in pairs}


def _list(graph: ox.Store, node: object) -> list[str]:
    first, rest = (ox.NamedNode(RDF[name]) for name in ("first", "rest"))
    found: list[str] = []
    seen = set()
    while isinstance(node, ox.NamedNode | ox.BlankNode) and node not in seen:
        seen.add(node)
        for quad in graph.quads_for_pattern(node, first, None):
            if isinstance(quad.object, ox.NamedNode):
                found.append(quad.object.value)
        following = next(graph.quads_for_pattern(node, rest, None), None)
        node = following.object if following else None
    return found


def _missing() -> tuple[str, str] | None:
    import importlib.util

    if importlib.util.find_spec("owlready2") is None:
        return "owlready2", "install it with: pip install 'passex[owl]'"
    if shutil.which("java") is None:
        return "Java", "install a Java runtime"
    return None


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


CHECK: Final = Check("consistency", _run)
