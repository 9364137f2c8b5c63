"""Whether ontology and data can all be true together, as HermiT sees it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from typing import Any, Final

import pyoxigraph as ox

from ..problems import Rule, Severity
from .model import Check, Finding, Scope
from .suggest import short

RULES: Final = (
    Rule(
        "inconsistent",
        "contradiction",
        "Data and ontology can all be true together in OWL 2 DL, as the reasoner HermiT finds. "
        "Datatypes that it does not know, such as xsd:date, are left out.",
        "From a contradiction everything follows: no inference is worth anything any more.",
        Severity.VIOLATION,
    ),
    Rule(
        "unsatisfiable-class",
        "class that can have no instance",
        "Each class can have an instance. After ROBOT's reason.",
        "Its axioms contradict each other, so that the first instance is a contradiction.",
        Severity.VIOLATION,
    ),
    Rule(
        "reasoner-absent",
        "reasoner not run",
        "Where consistency is to be checked, Java and owlready2 (which brings HermiT) are there.",
        "A check that did not run is no pass.",
        Severity.INFO,
    ),
)


def _run(scope: Scope) -> Iterator[Finding]:
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


CHECK: Final = Check("consistency", RULES, _run)
