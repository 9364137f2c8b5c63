"""Graphs of rdflib with the triples of a store, which call no server and parse a query once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from types import MethodType
from typing import Any, Final

import pyoxigraph as ox
from rdflib import SH, Dataset, Graph, Literal, URIRef, Variable
from rdflib.plugins.sparql import evaluate, evalutils, operators, prepareQuery
from rdflib.plugins.sparql.algebra import _addVars, _traverseAgg, traverse
from rdflib.plugins.sparql.parserutils import CompValue, Expr
from rdflib.plugins.sparql.sparql import FrozenBindings, Query, QueryContext
from rdflib.query import Result as Answer

from ...graph.lexical import written
from .model import Node, Statement
from .query_rules import uncommented
from .rdflib_terms import convert

#: The graph in which a constraint finds the shapes: what ``$shapesGraph`` stands for.
SHAPES_GRAPH: Final = URIRef("urn:passex:shapes")
#: How a query names it.
NAMES_IT: Final = re.compile(r"[$?]shapesGraph\b")


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
                traverse(known.algebra, visitPre=_checked)
                self._known[query_object] = known
            query_object = self._known[query_object]
        return super().query(query_object, *args, **kwargs)


def _checked(part: object) -> None:
    """Refuse what rdflib would call a server for, or a function that it does not know: ValueError.

    To call such a function is no more than an error of its expression, which a FILTER passes over:
    nothing would be found. What evaluates an EXISTS is put right on the way.
    """
    keywords = {"ServiceGraphPattern": "SERVICE", "DatasetClause": "FROM"}
    if isinstance(part, CompValue) and part.name in keywords:
        raise ValueError(f"a constraint cannot have {keywords[part.name]}")
    called = part.iri if isinstance(part, Expr) and part.name == "Function" else None
    if called is not None and called not in operators._CUSTOM_FUNCTIONS:
        raise ValueError(f"it does not know the function <{called}>")
    if isinstance(part, Expr) and part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
        part._evalfn = MethodType(_exists, part)


def _exists(expression: Expr, row: FrozenBindings) -> Literal:
    """Evaluate an EXISTS, in place of rdflib's `Builtin_EXISTS`.

    What the row binds is put in for the variables wherever they stand: rdflib hides it from filters
    in groups within the pattern.
    """
    ctx = row.ctx.thaw(row)
    ctx.initBindings = {**(ctx.initBindings or {}), **row}
    found = next(iter(evaluate.evalPart(ctx, expression.graph)), None) is not None
    return Literal(found == (expression.name == "Builtin_EXISTS"))


class _PreparedDataset(_Prepared, Dataset):
    """The same for a data set."""


def data_graph(store: ox.Store, shapes: ox.Store) -> Graph:
    """Convert the data, with the shapes in a graph beside them if some query looks into it."""
    asked = (ox.NamedNode(str(iri)) for iri in (SH.select, SH.ask))
    texts = (quad.object for iri in asked for quad in shapes.quads_for_pattern(None, iri, None))
    if not any(isinstance(text, ox.Literal) and NAMES_IT.search(text.value) for text in texts):
        return to_graph(store)
    dataset = _PreparedDataset()
    to_graph(store, into=dataset.default_graph)
    to_graph(shapes, into=dataset.graph(SHAPES_GRAPH))
    return dataset


def to_graph(
    store: ox.Store,
    skipped: Collection[Node] = (),
    into: Graph | None = None,
    left_out: Collection[Statement] = (),
) -> Graph:
    """Convert a store to a graph of rdflib, each term as it was written.

    Some subjects are skipped, and some triples besides are left out, as is what rdflib cannot hold.
    """
    graph = _Prepared(bind_namespaces="none") if into is None else into
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            continue
        if quad.subject not in skipped:
            value = written(quad.object)
            if left_out and (quad.subject, quad.predicate.value, value) in left_out:
                continue
            graph.add((convert(quad.subject), convert(quad.predicate), convert(value)))
    return graph


def left_out(store: ox.Store) -> int:
    """Count the triples that pySHACL does not see as they are: RDF 1.2, which rdflib isn't."""
    rows = store.query("SELECT ?o { ?s ?p ?o FILTER(isTRIPLE(?o) || hasLANGDIR(?o)) }")
    assert isinstance(rows, ox.QuerySolutions)
    return sum(1 for _ in rows)


def left_join(ctx: QueryContext, join: CompValue) -> Iterator[FrozenBindings]:
    """Evaluate an OPTIONAL, in place of rdflib's `evalLeftJoin`.

    Its filter sees all variables of both sides. rdflib takes those from it that a pattern before
    has bound too, drops the rows in which the filter would then hold, and so loses solutions.
    """
    of_left = _variables(join.p1)
    both = of_left | _variables(join.p2)
    for left in evaluate.evalPart(ctx, join.p1):
        found = False
        for row in evaluate.evalPart(ctx.thaw(left), join.p2):
            if evalutils._ebv(join.expr, row.forget(ctx, _except=both)):
                found = True
                yield row.merge(left)
        # The same without what stands before the group, which is no part of it.
        own = left.remember(of_left | set(ctx.initBindings or ()))
        if not found and not any(
            evalutils._ebv(join.expr, row) for row in evaluate.evalPart(ctx.thaw(own), join.p2)
        ):
            yield left


def _variables(part: CompValue) -> set[Variable]:
    """Give the variables that a part may bind, which rdflib does not note in an EXISTS."""
    if part._vars is None:
        _traverseAgg(part, _addVars)
    found: set[Variable] = part._vars
    return found
