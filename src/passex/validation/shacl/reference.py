"""The reference engine: pySHACL, on the same triples with the same names of blank nodes.

The shapes are validated one by one with pySHACL's own classes, and the results are taken as it
makes them, before they become a graph: what is shown is what pySHACL found.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

import pyoxigraph as ox
from pyshacl import helper
from pyshacl.constraints.core import string_based_constraints, value_range_constraints
from pyshacl.constraints.core.property_pair_constraints import (
    LessThanConstraintComponent,
    LessThanOrEqualsConstraintComponent,
)
from pyshacl.constraints.core.value_constraints import DatatypeConstraintComponent
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from pyshacl.validator import Validator
from rdflib import SH, Dataset, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result as Answer
from rdflib.term import Node as RdflibNode

from ...errors import PassexError
from ...graph.terms import local_name
from .. import values
from ..literals import written
from ..results import Result, Term
from . import regex
from .limits import Bounded, Matcher, PatternError
from .model import Node, Shape, Shapes
from .queries import DeclaredComponent, components, declared
from .query_rules import uncommented
from .rdflib_terms import convert, from_rdflib
from .shapes_graph import Triples, read_path
from .sparql_constraint import fill

_LOGGER: Final = logging.getLogger("passex.pyshacl")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False
#: The graph in which a constraint finds the shapes: what ``$shapesGraph`` stands for.
_SHAPES_GRAPH: Final = URIRef("urn:passex:shapes")
_NAMES_IT: Final = re.compile(r"[$?]shapesGraph\b")


class EngineError(PassexError):
    """Shapes that pySHACL cannot work with."""


class _Prepared(Graph):
    """A graph that parses each query once: pySHACL asks the same one for each focus node."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Answer:
        if isinstance(query_object, str):
            if query_object not in self._known:
                text = uncommented(query_object)
                known = prepareQuery(text, initNs=dict(self.namespaces()))
                traverse(known.algebra, visitPre=_refuse_calls)
                self._known[query_object] = known
            query_object = self._known[query_object]
        return super().query(query_object, *args, **kwargs)


def _refuse_calls(part: object) -> None:
    """Refuse a part of a query for which rdflib would call a server: raise ValueError."""
    keywords = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}
    if isinstance(part, CompValue) and part.name in keywords:
        raise ValueError(f"a constraint cannot have {keywords[part.name]}")


class _PreparedDataset(_Prepared, Dataset):
    """The same for a data set."""


def data_graph(store: ox.Store, shapes: ox.Store) -> Graph:
    """Convert the data, with the shapes in a graph beside them if some query looks into it."""
    asked = (ox.NamedNode(str(iri)) for iri in (SH.select, SH.ask))
    texts = (quad.object for iri in asked for quad in shapes.quads_for_pattern(None, iri, None))
    if not any(isinstance(text, ox.Literal) and _NAMES_IT.search(text.value) for text in texts):
        return to_graph(store)
    dataset = _PreparedDataset()
    to_graph(store, into=dataset.default_graph)
    to_graph(shapes, into=dataset.graph(_SHAPES_GRAPH))
    return dataset


def to_graph(store: ox.Store, skipped: Collection[Node] = (), into: Graph | None = None) -> Graph:
    """Convert a store, without some subjects, to a graph of rdflib, each term as it was written.

    What rdflib cannot hold is left out: see `left_out`.
    """
    graph = _Prepared(bind_namespaces="none") if into is None else into
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if quad.subject not in skipped:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                continue
            value = convert(written(quad.object))
            graph.add((convert(quad.subject), convert(quad.predicate), value))
    return graph


def left_out(store: ox.Store) -> int:
    """Count the triples that pySHACL does not see as they are: RDF 1.2, which rdflib isn't."""
    rows = store.query("SELECT ?o { ?s ?p ?o FILTER(isTRIPLE(?o) || hasLANGDIR(?o)) }")
    assert isinstance(rows, ox.QuerySolutions)
    return sum(1 for _ in rows)


def _compare(one: Literal, other: Literal) -> int:
    """Compare two literals for pySHACL; `TypeError` where they cannot be compared."""
    left, right = from_rdflib(one), from_rdflib(other)
    assert isinstance(left, ox.Literal)
    assert isinstance(right, ox.Literal)
    order = values.compare(left, right)
    if order is None:
        raise TypeError
    return order


def _pairs(or_equal: bool) -> Any:
    """Make the method by which pySHACL compares the values of two properties."""

    def compare(self: Any, own: Any, others: Any, graph: Any, focus: Any) -> Any:
        reports = [
            self.make_v_result(graph, focus, value_node=value)
            for value in own
            for other in others
            if not values.is_before(from_rdflib(value), from_rdflib(other), or_equal)
        ]
        return bool(reports), reports

    return compare


class _QueryHelper(SPARQLQueryHelper):
    """What pySHACL binds before it asks, with the one variable that it does not know."""

    # Where it finds ``$shapesGraph`` by this, it gives up.
    bind_sg_regex = re.compile("(?!)")

    def pre_bind_variables(self, *args: Any, **kwargs: Any) -> tuple[dict[str, RdflibNode], str]:
        bindings, text = super().pre_bind_variables(*args, **kwargs)  # type: ignore[no-untyped-call]
        if _NAMES_IT.search(text):
            bindings["shapesGraph"] = _SHAPES_GRAPH
        return bindings, text


class Engine:
    """Validates the data and ontology of `data_graph` with pySHACL, one shape at a time."""

    def __init__(self, graph: Graph, shapes_store: ox.Store, shapes: Shapes) -> None:
        self._triples = Triples(shapes_store)
        self._components = {node.value: c for node, c in components(self._triples).items()}
        self._shapes = shapes
        setattr(helper, "SPARQLQueryHelperCls", _QueryHelper)  # noqa: B010
        data = DataGraph.from_rdflib(graph)
        rdflib_bool_patch()  # type: ignore[no-untyped-call]
        try:
            shapes_graph = to_graph(shapes_store, shapes.ill_formed)
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
        options = {"advanced": False, "logger": _LOGGER, "inplace": True}
        self._validator = Validator(data, shacl_graph=shapes_graph, options=options)
        self._graph = data
        self._matcher = Matcher()
        self._executor = self._validator.make_executor()

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets; EngineError if pySHACL cannot."""
        try:
            found = {str(other.node): other for other in self._validator.shacl_graph.shapes}
            own = found.get(shape.node.value)
            if own is None:
                return
            with warnings.catch_warnings(), self._by_the_standards():
                warnings.simplefilter("ignore")
                _, reports = own.validate(self._executor, self._graph)
        except PatternError:
            raise
        except Exception as error:
            # Besides its own errors, those of rdflib and Python come out of pySHACL.
            reason = (str(error) or type(error).__name__).splitlines()[0]
            hint = "correct the shape, or use the fast engine"
            raise EngineError(f"pySHACL cannot use {shape.node}: {reason}", hint) from error
        for _, node, triples in reports:
            table: dict[RdflibNode, dict[str, list[RdflibNode]]] = {}
            for subject, predicate, value in triples:
                # A pair is a node and the graph that it comes from.
                term = value[1] if isinstance(value, tuple) else value
                table.setdefault(subject, {}).setdefault(str(predicate), []).append(term)
            yield self._read(node, table)

    def close(self) -> None:
        """End what was started."""
        self._matcher.close()

    @contextmanager
    def _by_the_standards(self) -> Iterator[None]:
        """Let pySHACL compare values as `values` does, and match where that can be stopped."""

        def compiled(pattern: str, flags: int = 0) -> Bounded:
            return Bounded(re.compile(pattern, flags), self._matcher)

        changes: tuple[tuple[Any, str, object], ...] = (
            (string_based_constraints, "re", SimpleNamespace(compile=compiled, I=re.I, M=re.M)),
            (value_range_constraints, "compare_literal", _compare),
            # Whether a literal is ill-typed tells all: see `convert`.
            (DatatypeConstraintComponent, "_assert_actual_datatype", lambda *_: True),
            (LessThanConstraintComponent, "_compare_lt", _pairs(or_equal=False)),
            (LessThanOrEqualsConstraintComponent, "_compare_ltoe", _pairs(or_equal=True)),
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
        messages = set[ox.Literal]()
        if component in self._components:
            messages.update(shape.messages)
            messages.update(self._filled(shape, self._components[component], focus, value))
        elif shape.messages or (source and self._triples.values(source, str(SH.message))):
            # Without any message in the shape pySHACL makes up one of its own.
            terms = map(from_rdflib, said.get(str(SH.resultMessage), []))
            messages.update(term for term in terms if isinstance(term, ox.Literal))
        return Result(
            focus=focus,
            path=None if path is None else read_path(self._triples, path),
            value=value,
            shape=shape.node,
            component=component,
            severity=one("resultSeverity").value,
            messages=tuple(sorted(messages, key=str)),
            constraint=source,
            details=tuple(self._read(detail, table) for detail in said.get(str(SH.detail), [])),
        )

    def _filled(
        self, shape: Shape, component: DeclaredComponent, focus: Term, value: Term | None
    ) -> tuple[ox.Literal, ...]:
        """Fill in what a validator says: pySHACL adds what it said of the values before."""
        bound = {"this": focus}
        for parameter in (*component.mandatory, *component.optional):
            for term in self._triples.values(shape.node, parameter)[:1]:
                bound[local_name(parameter)] = term
        said = component.node_messages if shape.path is None else component.property_messages
        return fill(said, (), bound, value)
