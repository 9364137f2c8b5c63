"""Files that have nothing of the ontology, beside which others fill the counts of a report."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from ...graph.hierarchy import subclasses
from ...graph.normalise import foreign_terms, listed
from ...graph.parsing import parse
from ...graph.terms import RDF, SH
from ...text.places import Place
from ...text.wording import say
from ..inputs import Document
from .model import Finding, Scope
from .namespaces import nearly_of
from .targets import Targets


def run(scope: Scope, targets: Targets) -> Iterator[Finding]:
    """Say of each such file how many of its nodes shapes look at, if only for a common property."""
    inputs, spaces = scope.inputs, scope.ontology.namespaces
    if not spaces or any(SH.target == name for pairs in targets.values() for name, _ in pairs):
        return  # what a query looks at is not known here
    by: dict[str, set[str]] = {}
    for pairs in targets.values():
        for name, value in pairs:
            by.setdefault(name, set()).add(value.value)
    known = set(subclasses(inputs.graph, *by.get(SH.targetClass, ())))
    for document in inputs.data:
        used = foreign_terms(inputs.graph, document.source, known)
        if not used or not spaces.isdisjoint(used):
            continue
        checked, nodes = _looked_at(document, by)
        right = next(filter(None, (nearly_of(space, spaces) for space in used)), "")
        yield Finding(
            "file-not-checked",
            f"Shapes look at {checked} of {say(nodes, 'node')} of this file, which has no node of "
            f"a class that they are for; the vocabulary there: {listed(used)}.",
            f"write <{right}>" if right else "give shapes that are for it, with --shapes",
            where=Place(document.name),
        )


def _looked_at(document: Document, by: dict[str, set[str]]) -> tuple[int, int]:
    """Count the nodes of a file at which shapes look for something else than that they exist."""
    subjects, found = set[object](), set[object]()
    for quad in parse(document.source):
        subjects.add(quad.subject)
        if quad.predicate.value in by.get(SH.targetSubjectsOf, set()) - {RDF.type}:
            found.add(quad.subject)
        if quad.predicate.value in by.get(SH.targetObjectsOf, ()):
            found.add(quad.object)
    nodes = by.get(SH.targetNode, ())
    found |= {node for node in subjects if isinstance(node, ox.NamedNode) and node.value in nodes}
    return len(found & subjects), len(subjects)
