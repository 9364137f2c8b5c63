"""Passes that mean nothing: no data, no shapes, or shapes that look at nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.hierarchy import subclasses
from ...graph.nearest_terms import short
from ...graph.standard_terms import TERMS
from ...graph.terms import RDF, SH, namespace
from ...query.prefixes import named as iris_in
from ...text.places import Place
from ...text.wording import say
from ..inputs import unread_imports
from ..results import Severity
from ..shacl.model import Node
from ..shacl.queries import borrowed, prefixes
from .model import Finding, Kind, Scope
from .ontologies import declared_class
from .shapes import is_mistake, near, undeclared
from .shapes import run as shapes_that_are_no_good
from .targets import Target, Targets, asks, switched_off, targets_of, typed_shapes

_TYPE: Final = ox.NamedNode(RDF.type)
_TARGET_WHERE: Final = ox.NamedNode(SH.targetWhere)
_CHECK: Final = "check its target for a misspelling, or take the shape out"


def run(scope: Scope) -> Iterator[Finding]:
    """Find passes that mean nothing: no data, no shapes, or shapes that look at nothing."""
    inputs, shapes = scope.inputs, scope.inputs.shapes_graph
    targets = targets_of(shapes)
    # A file that could not be read has its own problem.
    if not scope.failures and not inputs.triples:
        yield Finding(
            "no-data",
            "The data hold no triples, so nothing was checked.",
            "give files that hold facts",
            where=Place(inputs.data[0].name) if inputs.data else "data",
        )
    if not scope.failures and not targets:
        off = any(targets_of(shapes, off=True))
        yield Finding(
            "no-shapes",
            "The shapes with a target are all switched off, so nothing was checked."
            if off
            else "The shapes hold no shape with a target, so nothing was checked.",
            "take sh:deactivated out of a shape"
            if off
            else "give a file of shapes, each with sh:targetClass or another target",
            where=Place(inputs.shapes[0].name) if inputs.shapes else "shapes",
        )
    elif not scope.failures and _ask_for_nothing(scope, targets):
        yield Finding(
            "no-shapes",
            "The shapes with a target ask for nothing, so nothing was checked.",
            "check the prefixes of what they ask for: only terms of SHACL do so",
            where=Place(inputs.shapes[0].name) if inputs.shapes else "shapes",
        )
    yield from _imports(scope)
    orphans = _orphans(shapes, targets)
    if inputs.triples:
        quiet = yield from _matches_nothing(scope, targets, len(orphans))
        if quiet:
            return
    yield from _never_applied(scope, orphans)


def _ask_for_nothing(scope: Scope, targets: Targets) -> bool:
    """Tell whether no shape asks for anything, and nothing that is wrong with them says why."""
    asked = any(asks(scope, shape, set()) for shape in targets)
    return not asked and not any(shapes_that_are_no_good(scope))


def _imports(scope: Scope) -> Iterator[Finding]:
    """Say once that something is imported which was not read."""
    unread = unread_imports(scope.inputs)
    names = sorted({short(q.object.value) for q in unread if isinstance(q.object, ox.NamedNode)})
    if not names:
        return
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    message = f"What is imported was not read: {', '.join(names[:3])}{more}."
    hint = "give its file with --ontology, or with --imports where owl:imports names a file"
    where: Kind = "data" if unread[0] in scope.inputs.graph else "shapes"
    yield Finding.of(unread[0], "import-not-read", message, hint, where)


def _matches_nothing(
    scope: Scope, targets: Targets, orphans: int
) -> Generator[Finding, None, Targets]:
    """Find the shapes that look at nothing: mistakes one by one, and in one line what is no fault.

    A profile is made for many data sets, of which one has something for some of its shapes. Those
    that are said in one line, with the number of shapes without a target, are returned.
    """
    idle = {shape: pairs for shape, pairs in targets.items() if _is_idle(scope, shape, pairs)}
    quiet: Targets = {}
    for shape, pairs in idle.items():
        declared = all(_declared(scope, name, value) for name, value in pairs)
        close = "" if declared else next(filter(None, (_meant(scope, *pair) for pair in pairs)), "")
        # One mistake, one problem: an undeclared class is why its target matches nothing.
        if any(
            name == SH.targetClass
            and isinstance(kind, ox.NamedNode)
            and undeclared(scope, kind)
            and (close or is_mistake(scope, kind.value))
            for name, kind in pairs
        ):
            continue
        if declared or (scope.complete and not close):
            quiet[shape] = pairs
        else:
            yield _idle(shape, pairs, close or _CHECK, None)
    nothing = scope.complete and len(idle) == len(targets)
    if scope.complete and len(quiet) > 1:
        yield _summary(quiet, len(targets), orphans, nothing)
        return quiet
    if scope.complete or scope.reviewed:
        for shape, pairs in quiet.items():
            yield _idle(shape, pairs, _CHECK, None if nothing else Severity.INFO)
    return {}


def _is_idle(scope: Scope, shape: Node, pairs: list[Target]) -> bool:
    if any(name == SH.target for name, _ in pairs):
        return shape in scope.idle
    # A sh:targetNode is always looked at.
    return bool(pairs) and not any(
        name == SH.targetNode or _matches(scope, name, value) for name, value in pairs
    )


def _idle(shape: Node, pairs: list[Target], hint: str, severity: Severity | None) -> Finding:
    what = ", ".join(map(_named, pairs[:3]))
    more = f" and {len(pairs) - 3} more" if len(pairs) > 3 else ""
    message = f"No node is a target of this shape ({what}{more}), so it was never applied."
    link = ox.Quad(shape, ox.NamedNode(pairs[0][0]), pairs[0][1])
    return Finding.of(link, "target-matches-nothing", message, hint, "shapes", severity)


def _summary(quiet: Targets, number: int, orphans: int, nothing: bool) -> Finding:
    """Say of many shapes that they look at nothing, at the first of them."""
    shape, [pair, *_] = next(iter(quiet.items()))
    values = list(
        dict.fromkeys(
            f"sh:target of {_written(at)}" if name == SH.target else short(value.value)
            for at, pairs in quiet.items()
            for name, value in pairs
        )
    )
    named = ", ".join(values[:3]) + (f" and {len(values) - 3} more" if len(values) > 3 else "")
    message = (
        f"The data have nothing for {len(quiet)} of {say(number, 'shape')} with targets: {named}"
    )
    message += f"; {orphans} more have no target." if orphans else "."
    hint = "nothing was checked: are these the shapes for these data?" if nothing else ""
    return Finding.of(
        ox.Quad(shape, ox.NamedNode(pair[0]), pair[1]), "target-matches-nothing", message, hint,
        "shapes", None if nothing else Severity.INFO,
    )  # fmt: skip


def _named(pair: Target) -> str:
    name, value = pair
    return f"{short(name)} {short(value.value)}" if isinstance(value, ox.NamedNode) else short(name)


def _written(shape: Node) -> str:
    return short(shape.value) if isinstance(shape, ox.NamedNode) else "a shape without a name"


def _meant(scope: Scope, target: str, value: Node) -> str:
    """Ask whether a term in use was meant by a target, if that comes near it."""
    if target == SH.target:
        return _meant_in(scope, value)
    return "" if target == SH.targetNode else near(scope, target, value.value)


def _meant_in(scope: Scope, target: Node) -> str:
    """Ask whether a term in use was meant by one that a sh:target names, in its query or apart."""
    said = scope.triples.of(target)
    terms = [
        value.value
        for name, values in said.items()
        for value in values
        if namespace(name) != SH.iri and name != RDF.type and isinstance(value, ox.NamedNode)
    ]
    for text in said.get(SH.select, ()):
        spaces = dict(prefixes(scope.triples, target)) | borrowed(scope.triples, target, text.value)
        terms += [iri for iri, _, _ in iris_in(text.value, spaces)]
    used = scope.used_classes | scope.used_properties
    unused = (iri for iri in dict.fromkeys(terms) if iri not in used)
    by = (SH.targetClass, SH.targetSubjectsOf)
    return next(filter(None, (near(scope, name, iri) for iri in unused for name in by)), "")


def _declared(scope: Scope, target: str, value: Node) -> bool:
    if target == SH.targetClass:
        return declared_class(value.value, scope.inputs.graph, scope.inputs.shapes_graph)
    return value.value in scope.ontology.properties | TERMS.get(namespace(value.value), frozenset())


def _matches(scope: Scope, target: str, value: Node) -> bool:
    graph = scope.inputs.graph
    if target != SH.targetClass:
        property_ = ox.NamedNode(value.value)
        return next(graph.quads_for_pattern(None, property_, None), None) is not None
    return any(
        next(graph.quads_for_pattern(None, _TYPE, ox.NamedNode(kind)), None) is not None
        for kind in subclasses(graph, value.value)
    )


def _orphans(shapes: ox.Store, targets: Targets) -> list[Node]:
    """List the active shapes without a target to which no other refers."""
    # A target of SHACL 1.2 is a problem of its own.
    later = {quad.subject for quad in shapes.quads_for_pattern(None, _TARGET_WHERE, None)}
    return [
        shape
        for shape in sorted(set(typed_shapes(shapes)) - targets.keys() - later, key=str)
        if not switched_off(shapes, shape)
        and not next(shapes.quads_for_pattern(None, None, shape), None)
    ]


def _never_applied(scope: Scope, orphans: list[Node]) -> Iterator[Finding]:
    rule, hint = "shape-without-target", "give it sh:targetClass or another target"
    message = "This shape has no target and no other shape refers to it, so it is never applied."
    if scope.complete and len(orphans) > 1:
        message = f"{len(orphans)} shapes have no target and no other shape refers to them."
        orphans = orphans[:1]
    for shape in orphans:
        yield Finding(rule, message, hint, subject=shape, where="shapes")
