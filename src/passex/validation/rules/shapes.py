"""Shapes that are no good, and passes that mean nothing: shapes or data that look at nothing."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.hierarchy import subclasses
from ...graph.nearest_terms import did_you_mean, is_slip, short, suggest
from ...graph.standard_terms import TERMS, unknown
from ...graph.terms import RDF, SH, XSD, namespace
from ...text import nearest
from ...text.places import Place
from ..inputs import unread_imports
from ..results import Severity
from ..shacl.model import Defect
from ..shacl.vocabulary import NOT_APPLIED, OF_DASH
from .model import Finding, Kind, Scope
from .ontologies import CLASS_TYPES, declared_class

Node: TypeAlias = ox.NamedNode | ox.BlankNode
#: Shapes, each with its targets: the property that gives it, and the value.
_Targets: TypeAlias = dict[Node, list[tuple[str, ox.NamedNode]]]

_TYPE: Final = ox.NamedNode(RDF.type)
_DEACTIVATED: Final = ox.NamedNode(SH.deactivated)
_TARGET_WHERE: Final = ox.NamedNode(SH.targetWhere)
_TRUE: Final = ox.Literal("true", datatype=ox.NamedNode(XSD.boolean))
#: After these a term of SHACL is used; elsewhere shapes may speak about it.
_USES: Final = (RDF.type, SH.severity, SH.closed, SH.nodeKind)
_DASH_HINT: Final = "give DASH's own file with --shapes too, which declares it in SPARQL"
_TARGETS: Final = tuple(
    SH[name]
    for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
)
_CHECK: Final = "check its target for a misspelling, or take the shape out"
#: What to do about a defect, by its rule.
_HINTS: Final = {
    "shacl-ill-formed": "correct it: neither this shape nor what rests on it was applied",
    "shacl-sparql-syntax": "correct the query: neither its shape nor what rests on it was applied",
    "shacl-unsupported": "write it in another way: until then it checks nothing",
    "shacl-without-effect": "add the one that is missing, or take this one out",
    "prefix-undeclared": "",
    "shacl-recursion": "say it without the loop; here pySHACL decides, which may stop too early",
}


def run(scope: Scope) -> Iterator[Finding]:
    """Find what isn't SHACL, isn't SPARQL, or is of terms that nothing declares."""
    yield from map(of_defect, scope.shapes.defects)
    yield from _unknown_terms(scope.inputs.shapes_graph)
    yield from _undeclared_classes(scope)


def of_defect(defect: Defect) -> Finding:
    """Make a finding of something in the shapes that is wrong, or that no engine applies."""
    return Finding(
        defect.rule,
        defect.message,
        defect.hint or _HINTS[defect.rule],
        defect.severity,
        subject=defect.node,
        predicate=defect.term or None,
        value=defect.value,
        where="shapes",
    )


def _unknown_terms(shapes: ox.Store) -> Iterator[Finding]:

    def declared(parameter: ox.NamedNode) -> bool:
        path = ox.NamedNode(SH.path)
        return next(shapes.quads_for_pattern(None, path, parameter), None) is not None

    def of_quad(quad: ox.Quad) -> Iterator[Finding]:
        if isinstance(quad.object, ox.Triple) and _annotates(shapes, quad.subject):
            message = (
                "The shapes annotate a statement: that is of SHACL 1.2, and has no effect here."
            )
            hint = _HINTS["shacl-unsupported"]
            yield replace(
                Finding.of(quad, "shacl-unsupported", message, hint, "shapes"), value=None
            )
        if quad.predicate.value in OF_DASH and not declared(quad.predicate):
            message = (
                f"{short(quad.predicate.value)} is of DASH, which these shapes do not include."
            )
            yield replace(
                Finding.of(quad, "shacl-unsupported", message, _DASH_HINT, "shapes"), value=None
            )
        for term, value in ((quad.predicate, None), (quad.object, quad.object)):
            if not isinstance(term, ox.NamedNode) or namespace(term.value) != SH.iri:
                continue
            severity = None
            if term.value in NOT_APPLIED and (value is None or quad.predicate.value in _USES):
                said, severity = NOT_APPLIED[term.value]
                rule, message = "shacl-unsupported", f"{short(term.value)} {said}."
                grave = severity is Severity.VIOLATION
                hint = _HINTS["shacl-unsupported"] if grave else ""
            elif unknown(term.value):
                rule, hint = "unknown-shacl-term", did_you_mean(term.value, TERMS[SH.iri])
                message = f"SHACL defines no {short(term.value)}, so engines pass over it."
            else:
                continue
            finding = Finding.of(quad, rule, message, hint, "shapes", severity)
            yield replace(finding, value=value)

    found = {quad: findings for quad in shapes if (findings := list(of_quad(quad)))}
    for quad in sorted(found, key=str):
        yield from found[quad]


def _annotates(shapes: ox.Store, reifier: ox.NamedNode | ox.BlankNode | ox.Triple) -> bool:
    """Tell whether what stands for a statement has properties of SHACL."""
    quads = shapes.quads_for_pattern(reifier, None, None)
    return any(namespace(quad.predicate.value) == SH.iri for quad in quads)


def _undeclared_classes(scope: Scope) -> Iterator[Finding]:
    shapes = scope.inputs.shapes_graph
    for name in ("targetClass", "class"):
        for quad in sorted(shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None), key=str):
            value = quad.object
            if not isinstance(value, ox.NamedNode) or not _undeclared(scope, value):
                continue
            hint = _near(scope, SH.targetClass, value.value)
            # Shapes of a profile ask for classes of vocabularies that no data have to use.
            if hint or _is_mistake(scope, value.value):
                what = short(value.value)
                message = f"Neither ontology nor shapes nor data declare the class {what}."
                yield Finding.of(quad, "target-class-undeclared", message, hint, "shapes")


def _undeclared(scope: Scope, name: ox.NamedNode) -> bool:
    """Tell whether a class that a shape names is neither declared nor in use.

    Outside the namespaces of the ontology an instance in the data is as good as a declaration.
    """
    inputs = scope.inputs
    if declared_class(name.value, inputs.graph, inputs.shapes_graph):
        return False
    used = next(inputs.graph.quads_for_pattern(None, _TYPE, name), None)
    return scope.ontology.owns(name.value) or used is None


def vacuous(scope: Scope) -> Iterator[Finding]:
    """Find passes that mean nothing: no data, no shapes, or shapes that look at nothing."""
    inputs, shapes = scope.inputs, scope.inputs.shapes_graph
    targets = _targets(shapes)
    # A file that could not be read has its own problem.
    if not scope.failures and not inputs.triples:
        yield Finding(
            "no-data",
            "The data hold no triples, so nothing was checked.",
            "give files that hold facts",
            where=Place(inputs.data[0].name) if inputs.data else "data",
        )
    if not scope.failures and not targets:
        off = any(_targets(shapes, switched_off=True))
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
    yield from _imports(scope)
    orphans = _orphans(shapes, targets)
    if inputs.triples:
        quiet = yield from _matches_nothing(scope, targets, len(orphans))
        if quiet:
            return
    yield from _never_applied(scope, orphans)


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


def _targets(shapes: ox.Store, switched_off: bool = False) -> _Targets:
    """The shapes that have targets, active or not, each with its targets that are IRIs."""
    found: _Targets = {}
    for name in _TARGETS:
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(name), None):
            assert not isinstance(quad.subject, ox.Triple)
            pairs = found.setdefault(quad.subject, [])
            if isinstance(quad.object, ox.NamedNode):
                pairs.append((name, quad.object))
    for shape in _shapes(shapes):
        if isinstance(shape, ox.NamedNode) and any(
            ox.Quad(shape, _TYPE, ox.NamedNode(name)) in shapes for name in CLASS_TYPES
        ):
            found.setdefault(shape, []).append((SH.targetClass, shape))
    return {
        shape: sorted(found[shape], key=str)
        for shape in sorted(found, key=str)
        if (ox.Quad(shape, _DEACTIVATED, _TRUE) in shapes) == switched_off
    }


def _shapes(graph: ox.Store) -> Iterator[Node]:
    for kind in ("NodeShape", "PropertyShape"):
        for quad in graph.quads_for_pattern(None, _TYPE, ox.NamedNode(SH[kind])):
            assert not isinstance(quad.subject, ox.Triple)
            yield quad.subject


def _matches_nothing(
    scope: Scope, targets: _Targets, orphans: int
) -> Generator[Finding, None, _Targets]:
    """Find the shapes that look at nothing: mistakes one by one, and in one line what is no fault.

    A profile is made for many data sets, of which one has something for some of its shapes. Those
    that are said in one line, with the number of shapes without a target, are returned.
    """
    idle = {shape: pairs for shape, pairs in targets.items() if _is_idle(scope, pairs)}
    quiet: _Targets = {}
    for shape, pairs in idle.items():
        declared = all(_declared(scope, name, value) for name, value in pairs)
        near = "" if declared else next(filter(None, (_near(scope, *pair) for pair in pairs)), "")
        # One mistake, one problem: an undeclared class is why its target matches nothing.
        if any(
            name == SH.targetClass
            and _undeclared(scope, kind)
            and (near or _is_mistake(scope, kind.value))
            for name, kind in pairs
        ):
            continue
        if declared or (scope.complete and not near):
            quiet[shape] = pairs
        else:
            yield _idle(shape, pairs, near or _CHECK, None)
    nothing = scope.complete and len(idle) == len(targets)
    if scope.complete and len(quiet) > 1:
        yield _summary(quiet, len(targets), orphans, nothing)
        return quiet
    if scope.complete or scope.reviewed:
        for shape, pairs in quiet.items():
            yield _idle(shape, pairs, _CHECK, None if nothing else Severity.INFO)
    return {}


def _is_idle(scope: Scope, pairs: list[tuple[str, ox.NamedNode]]) -> bool:
    # What a sh:target selects only the engine knows; a sh:targetNode is always looked at.
    apart = (SH.target, SH.targetNode)
    return bool(pairs) and not any(name in apart or _matches(scope, name, v) for name, v in pairs)


def _idle(
    shape: Node, pairs: list[tuple[str, ox.NamedNode]], hint: str, severity: Severity | None
) -> Finding:
    what = ", ".join(f"{short(name)} {short(value.value)}" for name, value in pairs[:3])
    more = f" and {len(pairs) - 3} more" if len(pairs) > 3 else ""
    message = f"No node is a target of this shape ({what}{more}), so it was never applied."
    link = ox.Quad(shape, ox.NamedNode(pairs[0][0]), pairs[0][1])
    return Finding.of(link, "target-matches-nothing", message, hint, "shapes", severity)


def _summary(quiet: _Targets, number: int, orphans: int, nothing: bool) -> Finding:
    """Say of many shapes that they look at nothing, at the first of them."""
    shape, [pair, *_] = next(iter(quiet.items()))
    values = list(dict.fromkeys(value.value for pairs in quiet.values() for _, value in pairs))
    named = ", ".join(map(short, values[:3])) + (
        f" and {len(values) - 3} more" if len(values) > 3 else ""
    )
    message = f"The data have nothing for {len(quiet)} of {number} shapes with targets: {named}"
    message += f"; {orphans} more have no target." if orphans else "."
    hint = "nothing was checked: are these the shapes for these data?" if nothing else ""
    return Finding.of(
        ox.Quad(shape, ox.NamedNode(pair[0]), pair[1]), "target-matches-nothing", message, hint,
        "shapes", None if nothing else Severity.INFO,
    )  # fmt: skip


def _near(scope: Scope, target: str, value: ox.NamedNode | str) -> str:
    """Ask whether a term in use was meant by one that a shape names, if that comes near it.

    Profiles name many terms that are alike: what the shapes name too was meant only where a
    single letter makes the difference.
    """
    iri = value if isinstance(value, str) else value.value
    if target in (SH.target, SH.targetNode):
        return ""
    if target == SH.targetClass:
        used = scope.ontology.classes | scope.used_classes
    else:
        used = scope.ontology.properties | scope.used_properties
    named = scope.named_by_shapes
    if not scope.complete or _is_mistake(scope, iri):
        return did_you_mean(iri, used)
    near = [name for name in suggest(iri, used - named) if _akin(name) == _akin(iri)]
    near += sorted(name for name in used & named if is_slip(iri, name))
    return nearest.did_you_mean(map(short, near[:3]))


def _is_mistake(scope: Scope, iri: str) -> bool:
    """Tell whether who has the say of a namespace does not know an undeclared class of it."""
    say = scope.reviewed or not scope.complete
    return (say and scope.ontology.owns(iri)) or unknown(iri)


def _akin(iri: str) -> str:
    """Give the namespace of a term without what is easily mistaken in it."""
    return namespace(iri).lower().replace("https:", "http:").rstrip("#/")


def _declared(scope: Scope, target: str, value: ox.NamedNode) -> bool:
    if target == SH.targetClass:
        return declared_class(value.value, scope.inputs.graph, scope.inputs.shapes_graph)
    return value.value in scope.ontology.properties | TERMS.get(namespace(value.value), frozenset())


def _matches(scope: Scope, target: str, value: ox.NamedNode) -> bool:
    graph = scope.inputs.graph
    if target != SH.targetClass:
        return next(graph.quads_for_pattern(None, value, None), None) is not None
    return any(
        next(graph.quads_for_pattern(None, _TYPE, ox.NamedNode(kind)), None) is not None
        for kind in subclasses(graph, value.value)
    )


def _orphans(shapes: ox.Store, targets: _Targets) -> list[Node]:
    """List the active shapes without a target to which no other refers."""
    # A target of SHACL 1.2 is a problem of its own.
    later = {quad.subject for quad in shapes.quads_for_pattern(None, _TARGET_WHERE, None)}
    return [
        shape
        for shape in sorted(set(_shapes(shapes)) - targets.keys() - later, key=str)
        if ox.Quad(shape, _DEACTIVATED, _TRUE) not in shapes
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
