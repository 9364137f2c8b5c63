"""The reference engine: pySHACL, on the same triples with the same names of blank nodes.

The shapes are validated one by one with pySHACL's own classes, and the results are taken as it
makes them, before they become a graph: what is shown is what pySHACL found.
"""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, Final

import pyoxigraph as ox
import pyshacl
from pyshacl import helper
from pyshacl.constraints.core import string_based_constraints
from pyshacl.graph_abstraction import DataGraph
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.monkey import rdflib_bool_patch, rdflib_bool_unpatch
from pyshacl.validator import Validator
from rdflib import SH, Graph
from rdflib.term import Node as RdflibNode

from ...errors import PassexError
from ...graph.terms import local_name
from ..results import Result, Term
from .limits import Bounded, Matcher, PatternError
from .model import Node, Shape, Shapes
from .queries import DeclaredComponent, components, declared
from .rdflib_graphs import NAMES_IT, SHAPES_GRAPH, to_graph
from .rdflib_terms import convert, from_rdflib
from .shapes_graph import Triples, read_path
from .sparql_constraint import fill

_LOGGER: Final = logging.getLogger("passex.pyshacl")
_LOGGER.addHandler(logging.NullHandler())
_LOGGER.propagate = False


class EngineError(PassexError):
    """Shapes that pySHACL cannot work with."""


class _QueryHelper(SPARQLQueryHelper):
    """What pySHACL binds before it asks, with the one variable that it does not know."""

    # Where it finds ``$shapesGraph`` by this, it gives up.
    bind_sg_regex = re.compile("(?!)")

    def pre_bind_variables(self, *args: Any, **kwargs: Any) -> tuple[dict[str, RdflibNode], str]:
        bindings, text = super().pre_bind_variables(*args, **kwargs)  # type: ignore[no-untyped-call]
        if NAMES_IT.search(text):
            bindings["shapesGraph"] = SHAPES_GRAPH
        return bindings, text


class Engine:
    """Validates with pySHACL.

    Args:
        graph: Data and ontology: see `data_graph`.
        shapes_store: The shapes graph.
        shapes: The shapes that were read from it.
    """

    def __init__(self, graph: Graph, shapes_store: ox.Store, shapes: Shapes) -> None:
        self._triples = Triples(shapes_store)
        self._components = {node.value: c for node, c in components(self._triples).items()}
        self._shapes = shapes
        options = {"advanced": False, "logger": _LOGGER, "inplace": True}
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
        self._validator = Validator(data, shacl_graph=shapes_graph, options=options)
        self._graph = data
        self._matcher = Matcher()
        self._executor = self._validator.make_executor()

    def validate(self, shape: Shape) -> Iterator[Result]:
        """Validate the focus nodes of a shape's own targets.

        Raises:
            EngineError: pySHACL cannot work with the shape.
        """
        graph = self._validator.shacl_graph
        try:
            found = {str(other.node): other for other in graph.shapes}
            own = found.get(shape.node.value)
            if own is None:
                return
            with warnings.catch_warnings(), self._bounded_patterns():
                warnings.simplefilter("ignore")
                _, reports = own.validate(self._executor, self._graph)
        except PatternError:
            raise
        except Exception as error:
            # Besides its own errors, those of rdflib and Python come out of pySHACL.
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            hint = "correct the shape, or use the fast engine"
            raise EngineError(f"pySHACL cannot use {shape.node}: {reason}", hint) from error
        for _, node, triples in reports:
            yield self._result(node, triples)

    def close(self) -> None:
        """End what was started."""
        self._matcher.close()

    @contextmanager
    def _bounded_patterns(self) -> Iterator[None]:
        """Let pySHACL match regular expressions where they can be stopped."""

        def compiled(pattern: str, flags: int = 0) -> Bounded:
            return Bounded(re.compile(pattern, flags), self._matcher)

        module: Any = string_based_constraints
        module.re = SimpleNamespace(compile=compiled, I=re.I, M=re.M)
        try:
            yield
        finally:
            module.re = re

    def _result(self, node: RdflibNode, triples: Iterable[tuple[Any, Any, Any]]) -> Result:
        table: dict[RdflibNode, dict[str, list[RdflibNode]]] = {}
        for subject, predicate, value in triples:
            # A pair is a node and the graph that it comes from.
            term = value[1] if isinstance(value, tuple) else value
            table.setdefault(subject, {}).setdefault(str(predicate), []).append(term)
        return self._read(node, table)

    def _read(
        self, node: RdflibNode, table: dict[RdflibNode, dict[str, list[RdflibNode]]]
    ) -> Result:
        said = table[node]

        def one(name: str) -> RdflibNode | None:
            values = said.get(str(SH[name]), [])
            return values[0] if values else None

        shape = self._shapes.shapes[_node(one("sourceShape"))]
        component = str(one("sourceConstraintComponent"))
        path, value, constraint = one("resultPath"), one("value"), one("sourceConstraint")
        source = None if constraint is None else _node(constraint)
        focus = _term(one("focusNode"))
        value_node = None if value is None else from_rdflib(value)
        messages = set[ox.Literal]()
        if component in self._components:
            messages.update(shape.messages)
            messages.update(self._filled(shape, self._components[component], focus, value_node))
        elif shape.messages or (source and self._triples.values(source, str(SH.message))):
            # Without any message in the shape pySHACL makes up one of its own.
            terms = map(from_rdflib, said.get(str(SH.resultMessage), []))
            messages.update(term for term in terms if isinstance(term, ox.Literal))
        return Result(
            focus=focus,
            path=None if path is None else read_path(self._triples, from_rdflib(path)),
            value=value_node,
            shape=shape.node,
            component=component,
            severity=str(one("resultSeverity")),
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


def version() -> str:
    """Name the version of pySHACL."""
    return str(pyshacl.__version__)


def _term(node: RdflibNode | None) -> Term:
    assert node is not None
    return from_rdflib(node)


def _node(node: RdflibNode | None) -> Node:
    term = _term(node)
    assert isinstance(term, ox.NamedNode | ox.BlankNode)
    return term
