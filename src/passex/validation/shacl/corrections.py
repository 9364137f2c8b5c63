"""What pySHACL does otherwise than by itself, so that it goes by the Recommendation.

How it compares values, what its constraints in SPARQL give, what its rules add.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox
from pyshacl.constraints.core.other_constraints import HasValueConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraint_components import AskConstraintValidator
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper
from pyshacl.shape import Shape
from rdflib import SH, BNode, Literal, URIRef
from rdflib.term import Node as RdflibNode

from .. import ordering
from .query_rules import uncommented
from .rdflib_graphs import NAMES_IT, SHAPES_GRAPH
from .rdflib_terms import convert, from_rdflib
from .sparql_constraint import failure_of, fill

#: How pySHACL finds the declared components of a shape.
_CUSTOM: Final[Any] = Shape.find_custom_constraints
#: How it looks for one value of ``sh:hasValue``.
_LACKING: Final[Any] = HasValueConstraintComponent._evaluate_has_value
#: What a result says of its constraint's parameter; in no report.
PARAMETER: Final = URIRef("urn:passex:parameter")


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


def has_length(self: Any, least: Any, graph: Any, values: Any) -> Any:
    """Do what pySHACL does for ``sh:minLength``, which with 0 refuses blank nodes too."""
    reports = [
        self.make_v_result(graph, focus, value_node=value)
        for focus, own in values.items()
        for value in own
        if isinstance(value, BNode) or len(str(value)) < int(least)
    ]
    return bool(reports), reports


def in_language(self: Any, head: Any, graph: Any, values: Any) -> Any:
    """Do what pySHACL does for ``sh:languageIn``, with ranges of any number of subtags."""
    ranges = [str(member).lower() for member in self.shape.sg.graph.items(head)]

    def holds(value: Any) -> bool:
        tag = (getattr(value, "language", None) or "").lower()
        return any(tag and (r == "*" or f"{tag}-".startswith(f"{r}-")) for r in ranges)

    reports = [
        self.make_v_result(graph, focus, value_node=value)
        for focus, own in values.items()
        for value in own
        if not holds(value)
    ]
    return bool(reports), reports


def constraints(self: Any, _: Any, graph: Any, values: Any, __: Any) -> Any:
    """Ask the queries of ``sh:sparql`` for each focus node, in place of pySHACL."""
    reports = []
    for query in self.sparql_constraints:
        said = list(query.unbound_messages or ()), list(self.shape.message)
        for focus in () if query.deactivated else values:
            for row in _rows(query, graph, focus, {}):
                reports.append(_report(self, graph, focus, row, said, source_constraint=query.node))
    return not reports, reports


def components(self: Any, _: Any, graph: Any, values: Any, __: Any) -> Any:
    """Ask the validator of a declared component, in place of pySHACL.

    A SELECT is asked once for a focus node, be there values or not; an ASK for each value, which is
    the result's value. Each value of a parameter that is alone makes a constraint of its own.
    """
    query = self.query_helper
    own = self.shape.sg.graph.objects(self.constraint.node, SH.message)
    # What the shape says is for all of its results, and nearer than what the component says.
    said = list(self.shape.message), self.validator.messages, list(own)
    given = [query.param_bind_map]
    if len(query.parameters) == 1:
        (parameter,) = query.parameters
        terms = set(self.shape.objects(parameter.path()))
        given = [{parameter.localname: term} for term in sorted(terms, key=str)]
    ask = isinstance(self.validator, AskConstraintValidator)
    reports: list[Any] = []
    for focus, own_values in values.items():
        for bound in given:
            rows: list[dict[str, Any]] = []
            if ask:
                for value in own_values:
                    row = {**bound, "this": focus, "value": value}
                    rows += [row] * (not _ask(query, graph, focus, row))
            else:
                rows += ({**bound, **row} for row in _rows(query, graph, focus, bound))
            component = {"constraint_component": self.constraint.node}
            reports += (_report(self, graph, focus, row, said, **component) for row in rows)
    return not reports, reports


def lacking(self: Any, graph: Any, wanted: Any, values: Any) -> Any:
    """Do what pySHACL does for one value of ``sh:hasValue``, and say with each result which."""
    wrong, reports = _LACKING(self, graph, wanted, values)
    return wrong, [(text, node, [*kept, (node, PARAMETER, wanted)]) for text, node, kept in reports]


def applicable(self: Any) -> set[Any]:
    """Find the declared components of a shape that have a validator for it: others are ignored."""
    return {
        component
        for component in _CUSTOM(self)
        if component.validators
        or (component.property_validators if self.is_property_shape else component.node_validators)
    }


def _asked(query: Any, graph: Any, focus: Any, bound: Mapping[str, Any]) -> Any:
    before, text = query.pre_bind_variables(focus, extravars=bound)
    bindings = {**before, "this": focus, **bound}
    return graph.query(query.apply_prefixes(text), initBindings=bindings)


def _ask(query: Any, graph: Any, focus: Any, bound: Mapping[str, Any]) -> bool:
    return bool(_asked(query, graph, focus, bound).askAnswer)


def _rows(query: Any, graph: Any, focus: Any, bound: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the solutions of a query for a focus node, each once."""
    rows = (row.asdict() for row in _asked(query, graph, focus, bound))
    for solution in dict.fromkeys(frozenset(row.items()) for row in rows):
        yield {"this": focus, **dict(solution)}


def _report(
    self: Any, graph: Any, focus: Any, row: Mapping[str, Any], said: Iterable[Any], **more: Any
) -> Any:
    """Make a result of a solution, with the messages that `fill` gives."""
    bound = {name: from_rdflib(term) for name, term in row.items()}
    if failure := failure_of(bound):
        raise failure
    value, path = row.get("value"), row.get("path")
    if value is None and not self.shape.is_property_shape:
        value = focus
    path = path if isinstance(path, URIRef) else None
    text, node, triples = self.make_v_result(
        graph, row["this"], value_node=value, result_path=path, **more
    )
    sources: Any = (tuple(map(from_rdflib, source)) for source in said)
    messages = fill(sources, bound, None if value is None else from_rdflib(value))
    kept = [triple for triple in triples if triple[1] != SH.resultMessage]
    return text, node, kept + [(node, SH.resultMessage, convert(m)) for m in messages]


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

    def __init__(self, shape: Any, node: Any, text: str | None, *args: Any, **kwargs: Any) -> None:
        """Leave the comments of a query out, in which pySHACL looks for ``$PATH`` too.

        A rule's query, and a function's, come later.
        """
        text = text and uncommented(text)
        super().__init__(shape, node, text, *args, **kwargs)  # type: ignore[no-untyped-call]

    def pre_bind_variables(self, *args: Any, **kwargs: Any) -> tuple[dict[str, RdflibNode], str]:
        """Bind what it does, and ``$shapesGraph`` where a query names it."""
        bindings, text = super().pre_bind_variables(*args, **kwargs)  # type: ignore[no-untyped-call]
        if NAMES_IT.search(text):
            bindings["shapesGraph"] = SHAPES_GRAPH
        return bindings, text
