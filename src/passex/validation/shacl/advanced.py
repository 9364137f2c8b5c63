"""SHACL Advanced Features in a shapes graph: what pySHACL applies, and what no engine here does.

What no engine applies is named, and kept from pySHACL, which passes over some of it in silence and
gives up at the rest.

Source: SHACL Advanced Features, W3C Working Group Note 2017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pyoxigraph as ox

from ...graph.terms import RDF, RDFS, SH, XSD
from ...query.tree import variables
from ..results import Severity, Term
from .model import Defect, Node, Statement
from .queries import into_graph, parsed
from .query_rules import remote
from .shapes_graph import Triples, is_text, is_true, nodes

_IN_JAVASCRIPT: Final = "is in JavaScript, which no engine here runs"
_INFER: Final = "infer what it asks for beforehand, and give the result as data"
#: The one regime of entailment that is applied: rules of the shapes.
_RULES: Final = SH["Rules"]


@dataclass(frozen=True, slots=True)
class Advanced:
    """What a shapes graph has of the Advanced Features.

    Attributes:
        functions: The IRIs of the functions in SPARQL that can be called.
        ruled: The shapes whose rules are applied.
        defects: What is not applied, and why.
        left_out: The statements that say so, which pySHACL is not to see.
    """

    functions: frozenset[str]
    ruled: frozenset[Node]
    defects: tuple[Defect, ...]
    left_out: frozenset[Statement]


def read_advanced(triples: Triples) -> Advanced:
    """Read functions, targets, rules, and what is asked for besides."""
    defects: list[Defect] = []
    left_out: set[Statement] = set()
    named = triples.of_type(SH.SPARQLFunction)
    declared = frozenset(node.value for node in named)
    good = set(declared)
    for node in named:
        if wrong := list(_of_function(triples, node, declared)):
            # Alone it does no harm: what calls it is not applied, and says so.
            defects += (replace(defect, severity=Severity.INFO) for defect in wrong)
            good.discard(node.value)
            left_out |= {(node, iri, v) for iri, vs in triples.of(node).items() for v in vs}
    functions = frozenset(good)
    ruled: set[Node] = set()
    for node in triples.having(SH.entailment, SH.js, SH.target, SH.rule):
        said = triples.of(node)
        for regime in said.get(SH.entailment, ()):
            if regime.value != _RULES:
                message = f"the shapes ask for the entailment {regime}, and nothing is inferred"
                defects.append(_unsupported(node, SH.entailment, message, regime, _INFER))
        if any(map(is_true, said.get(SH.deactivated, ()))):
            continue
        defects += (
            _unsupported(node, SH.js, f"the constraint {_IN_JAVASCRIPT}", value)
            for value in triples.values(node, SH.js)
        )
        for name, check in ((SH.target, _target), (SH.rule, _rule)):
            for value in triples.values(node, name):
                if wrong := list(check(triples, node, value, functions)):
                    defects += wrong
                    left_out.add((node, name, value))
                elif name == SH.rule:
                    ruled.add(node)
    return Advanced(functions, frozenset(ruled), tuple(defects), frozenset(left_out))


def _unsupported(
    node: Node, term: str, message: str, value: Term | None = None, hint: str = ""
) -> Defect:
    return Defect("shacl-unsupported", node, term, message, value, hint)


def _texts(
    triples: Triples, node: Node, name: str, form: str, functions: frozenset[str]
) -> Iterator[Defect]:
    """Check the queries of a node."""
    for literal in triples.values(node, SH[name]):
        if not is_text(literal, XSD.string):
            message = f"a value of sh:{name} is a string"
            yield Defect("shacl-ill-formed", node, SH[name], message, literal)
            continue
        assert isinstance(literal, ox.Literal)
        tree, refused = parsed(triples, node, literal.value, functions)
        if refused:
            yield refused.defect(node, SH[name], literal)
        elif tree.form != form:
            message = f"the query of sh:{name} is {'an' if form == 'ASK' else 'a'} {form} query"
            yield Defect("shacl-ill-formed", node, SH[name], message, literal)
        elif found := remote(tree):
            message = f"a query of shapes cannot have {found}"
            yield Defect("shacl-ill-formed", node, SH[name], message, literal)
        elif refused := into_graph(tree):
            yield refused.defect(node, SH[name], literal)


def _of_function(triples: Triples, node: Node, declared: frozenset[str]) -> Iterator[Defect]:
    number = len(triples.values(node, SH.select)) + len(triples.values(node, SH.ask))
    if number != 1:
        message = "a function in SPARQL has one query, of sh:select or of sh:ask"
        yield Defect("shacl-ill-formed", node, "", message)
    for parameter in triples.values(node, SH.parameter):
        paths = triples.values(parameter, SH.path)
        if len(paths) != 1 or not isinstance(paths[0], ox.NamedNode):
            message = "a parameter has exactly one sh:path, an IRI"
            yield Defect("shacl-ill-formed", node, SH.parameter, message, parameter)
    yield from _texts(triples, node, "select", "SELECT", declared)
    yield from _texts(triples, node, "ask", "ASK", declared)


def _target(
    triples: Triples, shape: Node, target: Term, functions: frozenset[str]
) -> Iterator[Defect]:
    """Check a target: by a query, or of a declared type."""

    def unknown(message: str) -> Defect:
        return _unsupported(shape, SH.target, message, target)

    if isinstance(target, ox.Literal):
        yield unknown("a value of sh:target is a target, and no literal")
        return
    kinds, said = triples.types(target), triples.of(target)
    declared = [
        kind
        for kind in triples.values(target, RDF.type)
        if SH.SPARQLTargetType in triples.types(kind)
    ]
    if SH.select in said or SH.SPARQLTarget in kinds:
        yield from _query_of_nodes(triples, target, functions)
    elif SH.jsFunctionName in said or SH.JSTarget in kinds:
        yield unknown(f"the target {_IN_JAVASCRIPT}")
    elif not declared:
        if any(SH.JSTargetType in triples.types(kind) for kind in triples.values(target, RDF.type)):
            yield unknown(f"the target {_IN_JAVASCRIPT}")
        else:
            yield unknown("nothing says which nodes this target selects")
    for kind in nodes(declared):
        if SH.Target not in {value.value for value in triples.values(kind, RDFS.subClassOf)}:
            yield unknown(f"its type {kind} is no subclass of sh:Target")
        yield from _query_of_nodes(triples, kind, functions)
        for parameter in triples.values(kind, SH.parameter):
            optional = any(map(is_true, triples.values(parameter, SH.optional)))
            for path in triples.values(parameter, SH.path):
                if not optional and path.value not in said:
                    yield unknown(f"the target has no value for its parameter {path}")


def _query_of_nodes(triples: Triples, node: Node, functions: frozenset[str]) -> Iterator[Defect]:
    texts = triples.values(node, SH.select)
    if len(texts) != 1:
        yield Defect("shacl-ill-formed", node, SH.select, "a target in SPARQL has one sh:select")
        return
    wrong = list(_texts(triples, node, "select", "SELECT", functions))
    yield from wrong
    if wrong or not isinstance(texts[0], ox.Literal):
        return
    tree, _ = parsed(triples, node, texts[0].value, functions)
    clause = tree.query.node("SelectClause") if tree.query else None
    if clause is None or not ("this" in variables(clause) or clause.tokens("sign")):
        message = "the query of a target selects ?this"
        yield Defect("shacl-ill-formed", node, SH.select, message, texts[0])


def _rule(triples: Triples, shape: Node, rule: Term, functions: frozenset[str]) -> Iterator[Defect]:
    """Check a rule of a shape: a triple, or a CONSTRUCT query."""
    kinds = triples.types(rule) & {SH.TripleRule, SH.SPARQLRule, SH.JSRule}
    if isinstance(rule, ox.Literal) or not kinds:
        message = "the rule is no sh:TripleRule and no sh:SPARQLRule, so it infers nothing"
        yield _unsupported(shape, SH.rule, message, rule)
        return
    if len(kinds) > 1:
        message = "a rule is of one kind"
        yield Defect("shacl-ill-formed", shape, SH.rule, message, rule)
    elif SH.JSRule in kinds:
        yield _unsupported(shape, SH.rule, f"the rule {_IN_JAVASCRIPT}", rule)
    elif SH.TripleRule in kinds:
        for name in ("subject", "predicate", "object"):
            if len(triples.values(rule, SH[name])) != 1:
                message = f"a sh:TripleRule has one sh:{name}"
                yield Defect("shacl-ill-formed", rule, SH[name], message)
    else:
        if not triples.values(rule, SH.construct):
            message = "a sh:SPARQLRule has a query in sh:construct"
            yield Defect("shacl-ill-formed", rule, "", message)
        yield from _texts(triples, rule, "construct", "CONSTRUCT", functions)
