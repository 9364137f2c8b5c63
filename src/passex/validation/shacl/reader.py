"""The shapes of a shapes graph, read and checked against the syntax rules of SHACL.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, appendix A.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from ...graph.terms import OWL, RDF, RDFS, SH
from ..inputs import Document
from ..results import Path, Term
from . import declared, queries
from .advanced import Advanced, read_advanced
from .model import (
    Constraint,
    Defect,
    Node,
    Query,
    Shape,
    Shapes,
    Targets,
    reachable,
    resting_on,
    reverses_a_sequence,
)
from .query_memo import QueryMemo
from .shapes_graph import Triples, is_true, nodes, read_path
from .syntax_rules import OTHER_PARAMETERS, syntax_defects, unportable, without_effect

_TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
#: Parameters of which each value makes a constraint of its own.
_SINGLE: Final = (
    *("class", "datatype", "nodeKind", "minCount", "maxCount", "uniqueLang"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive", "minLength", "maxLength"),
    *("equals", "disjoint", "lessThan", "lessThanOrEquals", "hasValue"),
    *("node", "property", "not"),
)
_LISTS: Final = ("in", "languageIn", "and", "or", "xone")
#: What pySHACL knows and the fast engine does not.
_FOREIGN: Final = ("target", "expression")


def read_shapes(store: ox.Store, documents: Iterable[Document] = ()) -> Shapes:
    """Read all shapes of a shapes graph, as `inputs.load` keeps it, and what is wrong with them.

    The prefixes that its files declare count where a query has no others.
    """
    return shapes_of(Triples(store, documents))


def shapes_of(triples: Triples) -> Shapes:
    """Read all shapes of a table of the shapes graph, and what is wrong with them."""
    advanced = read_advanced(triples)
    defects = [*advanced.defects, *without_effect(triples), *unportable(triples)]
    defects += queries.borrowing(triples)
    components = declared.components(triples, advanced.functions)
    texts = SH.select, SH.ask
    asked = (triples.values(node, iri) for iri in texts for node in triples.having(iri))
    memo = QueryMemo(value.value for values in asked for value in values)
    found: dict[Node, Shape] = {}
    broken: set[Node] = set()
    nodes_of_shapes = sorted(_shape_nodes(triples, components), key=str)
    defects += declared.never_applied(triples, nodes_of_shapes, components)
    for node in nodes_of_shapes:
        own = list(syntax_defects(triples, node))
        if not own:
            found[node], own = _shape(triples, node, components, advanced, memo)
        if own:
            found.pop(node, None)
            broken.add(node)
        defects += own
    memo.save()
    missing = {node for shape in found.values() for node in shape.references() if node not in found}
    broken |= resting_on(found, broken | missing)
    loops = {node for node in found if node in reachable(found, node)}
    recursive = resting_on(found, loops) & found.keys()
    message = "the shape rests on itself; SHACL leaves open what that means"
    defects += [Defect("shacl-recursion", node, "", message) for node in sorted(loops, key=str)]
    return Shapes(
        {node: shape for node, shape in found.items() if node not in broken},
        tuple(defects),
        frozenset(broken),
        frozenset(recursive),
        advanced.ruled - broken,
        advanced.functions,
        advanced.left_out,
    )


def _shape_nodes(triples: Triples, components: dict[Node, declared.DeclaredComponent]) -> set[Node]:
    """Find the nodes that are shapes, whatever says so."""
    signs = {SH[name] for name in (*_TARGETS, *_SINGLE, *_LISTS, *OTHER_PARAMETERS)}
    signs |= {iri for component in components.values() for iri in component.mandatory}
    parameters = {v for s in triples.subjects() for v in triples.values(s, SH.parameter)}
    found: set[Node] = set()
    for subject in triples.subjects():
        said, kinds = triples.of(subject), triples.types(subject)
        # sh:node, sh:nodes and others also occur in node expressions, rules and functions.
        other = SH.select in said or SH.ask in said or SH.SPARQLConstraint in kinds
        seems_one = said.keys() & signs and subject not in parameters and not other
        if seems_one or kinds & {SH.NodeShape, SH.PropertyShape}:
            found.add(subject)
        for name in ("node", "property", "not", "qualifiedValueShape"):
            found |= set(nodes(said.get(SH[name], ())))
        for name in ("and", "or", "xone"):
            for head in said.get(SH[name], ()):
                found |= set(nodes(triples.items(head) or ()))
    return found


def _shape(
    triples: Triples,
    node: Node,
    components: dict[Node, declared.DeclaredComponent],
    advanced: Advanced,
    memo: QueryMemo,
) -> tuple[Shape, list[Defect]]:
    """Read a shape that is well-formed, apart from its path and its queries."""
    defects = []
    path: Path | None = None
    foreign = [
        f"sh:{name}"
        for name in _FOREIGN
        if any((node, SH[name], v) not in advanced.left_out for v in triples.values(node, SH[name]))
    ]
    paths = triples.values(node, SH.path)
    if paths:
        try:
            path = read_path(triples, paths[0])
        except ValueError as error:
            defects.append(Defect("shacl-ill-formed", node, SH.path, str(error), paths[0]))
    if path is not None and reverses_a_sequence(path):
        foreign.append("an inverse of a sequence path")
    asked: list[Query] = []
    for component in declared.used(triples, node, components):
        unclear = [*component.defects, *declared.several(triples, node, component)]
        defects += unclear
        if not unclear:
            validations = declared.read_validations
            own = validations(triples, node, component, path, advanced.functions, memo)
            if own is None:
                foreign.append(f"the constraint component {component.node}")
            asked += own or ()
    for constraint in nodes(triples.values(node, SH.sparql)):
        query, wrong = queries.read_query(triples, constraint, path, advanced.functions, memo)
        defects += wrong
        if query:
            asked.append(query)
    severity = triples.values(node, SH.severity)
    shape = Shape(
        node=node,
        path=path,
        targets=_targets(triples, node),
        severity=severity[0].value if severity else SH.Violation,
        messages=queries.messages(triples, node),
        constraints=tuple(_constraints(triples, node)),
        queries=tuple(asked),
        deactivated=any(map(is_true, triples.values(node, SH.deactivated))),
        foreign=tuple(foreign),
    )
    return shape, defects


def _targets(triples: Triples, node: Node) -> Targets:
    classes = list(nodes(triples.values(node, SH.targetClass)))
    if _is_class(triples, node):
        classes.append(node)
    predicates = (
        tuple(v for v in triples.values(node, iri) if isinstance(v, ox.NamedNode))
        for iri in (SH.targetSubjectsOf, SH.targetObjectsOf)
    )
    targets = tuple(triples.values(node, SH.targetNode))
    return Targets(tuple(dict.fromkeys(classes)), targets, *predicates)


def _is_class(triples: Triples, node: Node) -> bool:
    kinds = triples.values(node, RDF.type)
    for kind in kinds:  # which grows
        kinds += [v for v in triples.values(kind, RDFS.subClassOf) if v not in kinds]
    return not {RDFS.Class, OWL.Class}.isdisjoint(kind.value for kind in kinds)


def _constraints(triples: Triples, node: Node) -> Iterable[Constraint]:
    for name in (*_SINGLE, *_LISTS):
        for value in triples.values(node, SH[name]):
            members = triples.items(value) if name in _LISTS else None
            yield Constraint(name, value, tuple(members or ()))
    flags = "".join(value.value for value in triples.values(node, SH.flags))
    for value in triples.values(node, SH.pattern):
        yield Constraint("pattern", value, flags=flags)
    for value in triples.values(node, SH.closed):
        yield Constraint("closed", value, tuple(_allowed(triples, node)))
    if not triples.values(node, SH.path):
        return  # SHACL knows qualified counts on property shapes only; elsewhere they say nothing
    least, most = (
        next((int(count.value) for count in triples.values(node, iri)), None)
        for iri in (SH.qualifiedMinCount, SH.qualifiedMaxCount)
    )
    for value in triples.values(node, SH.qualifiedValueShape):
        siblings = tuple(_siblings(triples, node, value))
        yield Constraint("qualifiedValueShape", value, least=least, most=most, siblings=siblings)


def _allowed(triples: Triples, node: Node) -> Iterable[Term]:
    for head in triples.values(node, SH.ignoredProperties):
        yield from triples.items(head) or ()
    for shape in triples.values(node, SH.property):
        yield from (v for v in triples.values(shape, SH.path) if isinstance(v, ox.NamedNode))


def _siblings(triples: Triples, node: Node, own: Term) -> Iterable[Node]:
    if not any(map(is_true, triples.values(node, SH.qualifiedValueShapesDisjoint))):
        return
    families = (triples.values(parent, SH.property) for parent in triples.subjects())
    siblings = (sibling for family in families if node in family for sibling in family)
    shapes = (v for s in siblings for v in triples.values(s, SH.qualifiedValueShape))
    yield from dict.fromkeys(shape for shape in nodes(shapes) if shape != own)
