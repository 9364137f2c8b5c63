"""What pySHACL does otherwise than by itself: how it compares values, what its rules add."""

from __future__ import annotations

import re
from typing import Any

import pyoxigraph as ox
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from rdflib import Literal
from rdflib.term import Node as RdflibNode

from .. import ordering
from .rdflib_graphs import NAMES_IT, SHAPES_GRAPH
from .rdflib_terms import from_rdflib


def compare(one: Literal, other: Literal) -> int:
    """Compare two literals for pySHACL; `TypeError` where they cannot be compared."""
    left, right = from_rdflib(one), from_rdflib(other)
    assert isinstance(left, ox.Literal)
    assert isinstance(right, ox.Literal)
    order = ordering.compare(left, right)
    if order is None:
        raise TypeError
    return order


def pairs(or_equal: bool) -> Any:
    """Make the method by which pySHACL compares the values of two properties."""

    def compared(self: Any, own: Any, others: Any, graph: Any, focus: Any) -> Any:
        reports = [
            self.make_v_result(graph, focus, value_node=value)
            for value in own
            for other in others
            if not ordering.is_before(from_rdflib(value), from_rdflib(other), or_equal)
        ]
        return bool(reports), reports

    return compared


class WatchedRule:
    """A rule of pySHACL, of which is noted what it adds to the triples that are known."""

    def __init__(self, rule: Any, known: set[Any], by_rule: list[tuple[Any, set[Any]]]) -> None:
        self.order = rule.order
        self.deactivated = rule.deactivated
        self._rule = rule
        self._known = known
        self._by_rule = by_rule

    def apply(self, graph: Any, **options: Any) -> int:
        """Apply it, and give how often it added something."""
        number: int = self._rule.apply(graph, **options)
        if number:
            new = set(graph.triples((None, None, None))) - self._known
            self._known |= new
            self._by_rule.append((from_rdflib(self._rule.node), new))
        return number


class QueryHelper(SPARQLQueryHelper):
    """What pySHACL binds before it asks, with the one variable that it does not know."""

    # Where it finds ``$shapesGraph`` by this, it gives up.
    bind_sg_regex = re.compile("(?!)")

    def pre_bind_variables(self, *args: Any, **kwargs: Any) -> tuple[dict[str, RdflibNode], str]:
        """Bind what it does, and ``$shapesGraph`` where a query names it."""
        bindings, text = super().pre_bind_variables(*args, **kwargs)  # type: ignore[no-untyped-call]
        if NAMES_IT.search(text):
            bindings["shapesGraph"] = SHAPES_GRAPH
        return bindings, text
