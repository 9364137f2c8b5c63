"""The reference engine: pySHACL, on the same triples with the same names of blank nodes.

The shapes are validated one by one with pySHACL's own classes, and the results are taken as it
makes them, before they become a graph: what is shown is what pySHACL found.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from types import SimpleNamespace
from typing import Any, Final

import pyoxigraph as ox
from pyshacl import helper
from pyshacl.constraints.core import string_based_constraints, value_range_constraints
from pyshacl.constraints.core.other_constraints import (
    ClosedConstraintComponent,
    HasValueConstraintComponent,
)
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.constraints.core.string_based_constraints import (
    LanguageInConstraintComponent,
    MinLengthConstraintComponent,
)
from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraint_components import (
    BoundShapeValidatorComponent,
)
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from pyshacl.functions import apply_functions, gather_functions, unapply_functions
from pyshacl.graph_abstraction import DataGraph
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from pyshacl.rules import apply_rules, gather_rules
from pyshacl.shape import Shape as PyshaclShape
from pyshacl.target import apply_target_types, gather_target_types
from pyshacl.validator import Validator
from rdflib import RDF, SH, Graph, Literal
from rdflib.plugins.sparql import evaluate
from rdflib.term import Node as RdflibNode

from ..inputs import Document, Inputs
from ..results import Result, Term
from . import corrections, regex
from .corrections import QueryHelper, WatchedRule, compare, has_length, in_language, pairs
from .declared import components
from .evaluation import EngineError
from .limits import Bounded, Matcher, PatternError
from .model import Node, Shape, Shapes, Statement
from .queries import declared
from .rdflib_graphs import data_graph, left_join, to_graph
from .rdflib_terms import convert, from_rdflib
from .shapes_graph import Triples, read_path
from .syntax_rules import COMPANIONS

_LOGGER: Final = logging.getLogger("passex.pyshacl")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False


def engine(inputs: Inputs, shapes: Shapes) -> Engine:
    """Make an engine for some inputs."""
    graph = data_graph(inputs.graph, inputs.shapes_graph)
    return Engine(graph, inputs.shapes_graph, shapes, inputs.shapes)


def _stray(triples: Triples) -> Iterator[Statement]:
    """Find the parameters without effect, at some of which pySHACL gives up."""
    for name, companion in COMPANIONS.items():
        for node in triples.having(str(SH[name])):
            if str(SH[companion]) not in triples.of(node):
                for value in triples.values(node, str(SH[name])):
                    yield node, str(SH[name]), value


def _table(triples: Iterable[Any]) -> dict[RdflibNode, dict[str, list[RdflibNode]]]:
    """Sort the triples of a report by subject and predicate."""
    table: dict[RdflibNode, dict[str, list[RdflibNode]]] = {}
    for subject, predicate, value in triples:
        # A pair is a node and the graph that it comes from.
        term = value[1] if isinstance(value, tuple) else value
        table.setdefault(subject, {}).setdefault(str(predicate), []).append(term)
    return table


class Engine:
    """Validates the data and ontology of a `data_graph` with pySHACL, one shape at a time."""

    def __init__(
        self,
        graph: Graph,
        shapes_store: ox.Store,
        shapes: Shapes,
        documents: Iterable[Document] = (),
    ) -> None:
        self._triples = Triples(shapes_store, documents)
        self._components = {node.value: c for node, c in components(self._triples).items()}
        self._shapes = shapes
        setattr(helper, "SPARQLQueryHelperCls", QueryHelper)  # noqa: B010
        for prefix, namespace in self._triples.prefixes.items():
            graph.bind(prefix, namespace, override=True)
        data = DataGraph.from_rdflib(graph)
        rdflib_bool_patch()  # type: ignore[no-untyped-call]
        try:
            left_out = {*shapes.left_out, *_stray(self._triples)}
            shapes_graph = to_graph(shapes_store, shapes.ill_formed, left_out=left_out)
        finally:
            rdflib_bool_unpatch()  # type: ignore[no-untyped-call]
        # pySHACL does not look for prefixes in what an ontology imports.
        for source in {value for _, _, value in shapes_graph.triples((None, SH.prefixes, None))}:
            for declaration in declared(self._triples, from_rdflib(source)):
                shapes_graph.add((source, SH.declare, convert(declaration)))
        # Nor does it know the regular expressions of XPath.
        for node, _, pattern in list(shapes_graph.triples((None, SH.pattern, None))):
            flags = str(shapes_graph.value(node, SH.flags) or "")
            shapes_graph.remove((node, SH.pattern, pattern))
            shapes_graph.add((node, SH.pattern, Literal(regex.to_python(str(pattern), flags))))
        # What it takes for a class is of one, or of a direct subclass.
        for shape in shapes.shapes.values():
            if shape.node in shape.targets.classes:
                shapes_graph.add((convert(shape.node), SH.targetClass, convert(shape.node)))
        # It finds no condition of a rule that does not say what it is.
        for node in {value for _, _, value in shapes_graph.triples((None, SH.condition, None))}:
            if (node, RDF.first, None) not in shapes_graph:
                shapes_graph.add((node, RDF.type, SH.NodeShape))
        options = {"advanced": True, "logger": _LOGGER, "inplace": True}
        self._validator = Validator(data, shacl_graph=shapes_graph, options=options)
        self._graph = data
        self._matcher = Matcher()
        self._executor = self._validator.make_executor()
        self._functions: Sequence[Any] | None = None

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets; EngineError if pySHACL cannot."""
        with self._working(f"pySHACL cannot apply {shape.node}"):
            own = self._all().get(shape.node.value)
            if own is None:
                return
            _, reports = own.validate(self._executor, self._graph)
            # A target whose query binds no node gives a focus node that no term is.
            found = [self._read(node, _table(triples)) for _, node, triples in reports]
        yield from found

    def count(self, shape: Shape) -> int:
        """Count the focus nodes of a shape's own targets; EngineError if pySHACL cannot."""
        with self._working(f"pySHACL cannot apply {shape.node}"):
            own = self._all().get(shape.node.value)
            return 0 if own is None else len(own.focus_nodes(self._graph))

    def infer(self) -> dict[ox.Triple, Node]:
        """Apply the rules of the shapes: what they infer, and the rule that was the first to.

        EngineError if pySHACL cannot.
        """
        with self._working("pySHACL cannot apply the rules of the shapes"):
            self._all()
            ruled: list[Any] = [convert(node) for node in self._shapes.ruled]
            rules = gather_rules(self._executor, self._validator.shacl_graph, from_shapes=ruled)
            known = set(self._graph.triples((None, None, None)))
            by_rule: list[tuple[Any, set[Any]]] = []
            watched = {
                shape: [WatchedRule(rule, known, by_rule) for rule in own]
                for shape, own in rules.items()
            }
            apply_rules(self._executor, watched, self._graph)
        found: dict[ox.Triple, Node] = {}
        for rule, triples in by_rule:
            for triple in triples:
                subject, predicate, value = map(from_rdflib, triple)
                # An expression may give what no triple can have there.
                if isinstance(predicate, ox.NamedNode) and not isinstance(subject, ox.Literal):
                    found[ox.Triple(subject, predicate, value)] = rule
        return found

    def _all(self) -> dict[str, Any]:
        """Give the shapes of pySHACL by node, with what the Advanced Features need at hand."""
        graph = self._validator.shacl_graph
        found = {str(shape.node): shape for shape in graph.shapes}
        if self._functions is None:
            self._functions = gather_functions(self._executor, graph)
            apply_functions(self._executor, self._functions, self._graph)
            apply_target_types(gather_target_types(graph))
            # Without need it would be slower.
            if {str(SH.target), str(SH.expression)} & set(map(str, graph.graph.predicates())):
                for shape in found.values():
                    shape.set_advanced(True)
        return found

    def close(self) -> None:
        """End what was started, and make known functions unknown again."""
        self._matcher.close()
        unapply_functions(self._functions or (), self._graph)

    @contextmanager
    def _working(self, trouble: str) -> Iterator[None]:
        """Let pySHACL work in silence; an EngineError says what the trouble was."""
        try:
            with (
                warnings.catch_warnings(),
                self._by_the_standards(),
                redirect_stdout(io.StringIO()),
            ):
                warnings.simplefilter("ignore")
                yield
        except (PatternError, EngineError):
            raise
        except Exception as error:
            # Besides its own errors, those of rdflib and Python come out of pySHACL.
            # Without the place that a parser gives: it is one in a query with more lines.
            said = (str(error) or type(error).__name__).splitlines()[0]
            reason = said.partition("  (at char ")[0]
            if isinstance(error, AttributeError | StopIteration):
                # It calls its own filter of nodes wrongly, and knows no later expressions.
                reason = "it does not know the expression, such as sh:filterShape"
            hint = "write it in another way: until then it checks nothing"
            raise EngineError(f"{trouble}: {reason}", hint) from error

    @contextmanager
    def _by_the_standards(self) -> Iterator[None]:
        """Let pySHACL compare values as `values` does, and match where that can be stopped.

        rdflib is made to see the filter of an OPTIONAL whole.
        """

        def compiled(pattern: str, flags: int = 0) -> Bounded:
            return Bounded(re.compile(pattern, flags), self._matcher)

        changes: tuple[tuple[Any, str, object], ...] = (
            (string_based_constraints, "re", SimpleNamespace(compile=compiled, I=re.I, M=re.M)),
            (value_range_constraints, "compare_literal", compare),
            # Whether a literal is ill-typed tells all: see `convert`.
            (DatatypeConstraintComponent, "_assert_actual_datatype", lambda *_: True),
            (MinLengthConstraintComponent, "_evaluate_string_rule", has_length),
            (LanguageInConstraintComponent, "_evaluate_string_rule", in_language),
            (ClosedConstraintComponent, "ALWAYS_IGNORE", frozenset()),
            (HasValueConstraintComponent, "_evaluate_has_value", corrections.lacking),
            (SPARQLBasedConstraint, "evaluate", corrections.constraints),
            (BoundShapeValidatorComponent, "evaluate", corrections.components),
            (PyshaclShape, "find_custom_constraints", corrections.applicable),
            (LessThanConstraintComponent, "_compare_lt", pairs(or_equal=False)),
            (LessThanOrEqualsConstraintComponent, "_compare_ltoe", pairs(or_equal=True)),
            (evaluate, "evalLeftJoin", left_join),
        )
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in changes]
        for owner, name, value in changes:
            setattr(owner, name, value)
        try:
            yield
        finally:
            for owner, name, value in before:
                setattr(owner, name, value)

    def _read(
        self, node: RdflibNode, table: dict[RdflibNode, dict[str, list[RdflibNode]]]
    ) -> Result:
        said = table[node]

        def one(name: str) -> Any:
            """Give the one term of a property; None for none."""
            values = said.get(str(SH[name]))
            return from_rdflib(values[0]) if values else None

        shape, focus = self._shapes.shapes[one("sourceShape")], one("focusNode")
        component, path, value = (
            one("sourceConstraintComponent").value,
            one("resultPath"),
            one("value"),
        )
        source = one("sourceConstraint")
        messages: set[Term] = set()
        ours = component in self._components or component == str(SH.SPARQLConstraintComponent)
        if ours or shape.messages or (source and self._triples.values(source, str(SH.message))):
            # Without any message in the shape pySHACL makes up one of its own.
            messages.update(map(from_rdflib, said.get(str(SH.resultMessage), [])))
        return Result(
            focus=focus,
            path=None if path is None else read_path(self._triples, path),
            value=value,
            shape=shape.node,
            component=component,
            severity=one("resultSeverity").value,
            messages=tuple(sorted((m for m in messages if isinstance(m, ox.Literal)), key=str)),
            constraint=source,
            details=tuple(self._read(detail, table) for detail in said.get(str(SH.detail), [])),
            parameters=tuple(map(from_rdflib, said.get(str(corrections.PARAMETER), []))),
        )
