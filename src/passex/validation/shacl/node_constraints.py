"""Constraints on all values of a focus node together: how many, which, and beside which others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import written
from ...graph.terms import XSD
from .. import ordering
from ..results import Compound, Path, Term
from .evaluation import Component, Violation
from .focus import Focus
from .model import component, in_sparql, nullable, repeats
from .shapes_graph import is_true

_MIN: Final = component("minCount")
_MAX: Final = component("maxCount")


class Counts(Component):
    """``sh:minCount`` and ``sh:maxCount``, together in one query."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Count values; where only presence is asked for, look for nodes without any."""
        bounds = {c.name: int(c.value.value) for c in self.constraints("minCount", "maxCount")}
        least, most = bounds.get("minCount", 0), bounds.get("maxCount")
        path = self._shape.path
        if path is None or (least == 0 and most is None):
            return
        # Where a path leads from every node to itself, no node is without a value.
        reaches_itself = nullable(path)
        if least == 1 and most is None:
            if not reaches_itself:
                yield from self._without_value(focus)
            return
        distinct = "DISTINCT " if reaches_itself or repeats(path) else ""
        number = f"COUNT({distinct}?value)"
        wrong = [f"{number} < {least}"] if least else []
        wrong += [f"{number} > {most}"] if most is not None else []
        body, membership = self._evaluation.values(focus, path)
        if least and not reaches_itself:
            if membership or focus.leads(path):
                # The query below begins with the values: it cannot see where there are none.
                yield from self._without_value(focus)
            else:
                body = f"{focus.text()} OPTIONAL {{ ?this {in_sparql(path)} ?value }}"
        for row in self._evaluation.select(
            f"SELECT ?this ?n {{ {{ SELECT ?this ({number} AS ?n) {{ {body} }} "
            f"GROUP BY ?this HAVING({' || '.join(wrong)}) }} {membership} }}"
        ):
            count = int(row["n"].value)
            if count < least:
                yield self.result(row["this"], _MIN)
            if most is not None and count > most:
                yield self.result(row["this"], _MAX)

    def _without_value(self, focus: Focus) -> Iterator[Violation]:
        path = self._shape.path
        assert path is not None
        if path == focus.common:
            return
        values = f"?this {in_sparql(path)} ?value"
        number = self._evaluation.many(focus)
        few = number and self._evaluation.few(number, values)
        absent = f"MINUS {{ {values} }}" if few else f"FILTER NOT {_exists(path)}"
        for row in self._evaluation.select(f"SELECT ?this {{ {focus.text()} {absent} }}"):
            yield self.result(row["this"], _MIN)


def _exists(path: Path) -> str:
    """Write that ``?this`` has a value by a path, a step of a sequence in an `EXISTS` of its own.

    So `rewriting.nested` would have it, which has to parse the query.
    """
    steps: tuple[Path, ...] = (path,)
    if isinstance(path, Compound) and path.kind == "sequence":
        steps = path.parts
    ends = ["?this", *(f"?_step{i}" for i in range(1, len(steps))), "?value"]
    text = ""
    for start, step, end in reversed([*zip(ends, steps, ends[1:], strict=False)]):
        text = f"EXISTS {{ {start} {in_sparql(step)} {end}{text and f' FILTER {text}'} }}"
    return text


class Equality(Component):
    """``sh:equals`` and ``sh:disjoint``."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Look for what one of the two properties has, and the other lacks or has too."""
        path = self._shape.path
        value = "value" if path else "this"
        for constraint in self.constraints("equals", "disjoint"):
            body = f"{{ {focus.values(path)} }}"
            other = f"?this {constraint.value} ?{value}"
            if constraint.name == "disjoint":
                queries = [(value, f"{body} {other} .")]
            else:
                # Values that the other property lacks, and its values that are not reached.
                same = "sameTerm(?this, ?value)"
                if path is not None:
                    reached = f"EXISTS {{ ?this {in_sparql(path)} ?value }}"
                    same = f"{reached} || {same}" if nullable(path) else reached
                theirs = f"{focus.text()} ?this {constraint.value} ?value . FILTER(!({same}))"
                own = f"{body} FILTER NOT EXISTS {{ {other} }}"
                queries = [(value, own), ("value", theirs)]
            for name, query in queries:
                names = "?this" if name == "this" else "?this ?value"
                for row in self._evaluation.select(f"SELECT DISTINCT {names} {{ {query} }}"):
                    yield self.result(row["this"], component(constraint.name), row[name])


class LessThan(Component):
    """``sh:lessThan`` and ``sh:lessThanOrEquals``."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Let the store compare what it surely compares as it should, and decide the rest here."""
        number = f"<{XSD}integer>, <{XSD}decimal>"
        alike = (
            f"((DATATYPE(?value) IN ({number}) && DATATYPE(?other) IN ({number})) || "
            f"(DATATYPE(?value) = DATATYPE(?other) && STRLEN(STR(?value)) = 10 "
            f"&& STRLEN(STR(?other)) = 10 && DATATYPE(?value) = <{XSD}date>))"
        )
        for constraint in self.constraints("lessThan", "lessThanOrEquals"):
            or_equal = constraint.name == "lessThanOrEquals"
            sign = "<=" if or_equal else "<"
            body, membership = self._evaluation.values(focus, self._shape.path)
            for row in self._evaluation.select(
                f"SELECT DISTINCT ?this ?value ?other {{ {{ {{ {body} }} "
                f"?this {constraint.value} ?other . "
                f"FILTER(!COALESCE({alike} && ?value {sign} ?other, false)) }} {membership} }}"
            ):
                value, other = written(row["value"]), written(row["other"])
                if not ordering.is_before(value, other, or_equal):
                    yield self.result(row["this"], component(constraint.name), row["value"])


class UniqueLanguage(Component):
    """``sh:uniqueLang``: one result for each language that has several values."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Count the values of each language."""
        for constraint in self.constraints("uniqueLang"):
            if not is_true(constraint.value):
                continue
            for row in self._evaluation.select(
                "SELECT ?this ?tag { { SELECT DISTINCT ?this ?value { "
                f"{focus.values(self._shape.path)} "
                '} } BIND(LCASE(LANG(?value)) AS ?tag) FILTER(?tag != "") } '
                "GROUP BY ?this ?tag HAVING(COUNT(*) > 1)"
            ):
                yield self.result(row["this"], component("uniqueLang"))


class HasValue(Component):
    """``sh:hasValue``."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Look for nodes that lack the value."""
        path = self._shape.path
        for constraint in self.constraints("hasValue"):
            wanted = constraint.value
            holds = self._evaluation.same_as_one("?this", [wanted])
            if path is not None and not isinstance(wanted, ox.BlankNode):
                keeper = self._evaluation.keeper
                stored = keeper.stored(wanted) if isinstance(wanted, ox.Literal) else wanted
                reached = f"EXISTS {{ ?this {in_sparql(path)} {stored} }}"
                holds = f"{reached} || {holds}" if nullable(path) else reached
            query = f"SELECT ?this {{ {focus.text()} FILTER(!({holds})) }}"
            for row in self._evaluation.select(query):
                node, result = self.result(row["this"], component("hasValue"))
                # Of several values each is a constraint of its own.
                yield node, replace(result, parameters=(wanted,))


class Closed(Component):
    """``sh:closed``, with ``sh:ignoredProperties``."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Look for triples of predicates that are not allowed."""
        path = self._shape.path
        variable = "?value" if path else "?this"
        names = "?this ?value ?p ?o" if path else "?this ?p ?o"
        for constraint in self.constraints("closed"):
            if not is_true(constraint.value):
                continue
            allowed = ", ".join(sorted(str(term) for term in constraint.members))
            others = f"FILTER(?p NOT IN ({allowed}))" if allowed else ""
            for row in self._evaluation.select(
                f"SELECT DISTINCT {names} {{ {{ {focus.values(path)} }} "
                f"{variable} ?p ?o . {others} }}"
            ):
                yield self.result(row["this"], component("closed"), row["o"], path=row["p"])


class PropertyShapes(Component):
    """``sh:property``: the results of other shapes about the values of this one."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Validate the values once, and give the results to the nodes that lead to them."""
        path = self._shape.path
        beyond = self._evaluation.beyond(focus, path)
        for constraint in self.constraints("property"):
            results = self._evaluation.conformance(constraint.value, beyond)
            if path is None or not results:
                pairs = [(node, node) for node in results]
            else:
                rows = self._evaluation.select(
                    f"SELECT DISTINCT ?this ?value {{ {{ {focus.values(path)} }} "
                    f"FILTER({self._evaluation.in_set('?value', set(results))}) }}"
                )
                pairs = [(row["this"], row["value"]) for row in rows]
            yield from ((node, result) for node, value in pairs for result in results[value])


class QualifiedCounts(Component):
    """``sh:qualifiedValueShape``, with its least and greatest count."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Count the values that conform, and to no sibling shape."""
        path = self._shape.path
        assert path is not None
        for constraint in self.constraints("qualifiedValueShape"):
            beyond = self._evaluation.beyond(focus, path)

            def failing(shape: Term, beyond: Focus = beyond) -> set[Term]:
                return set(self._evaluation.conformance(shape, beyond))

            conditions = [self._evaluation.outside("?value", failing(constraint.value))]
            siblings = (self._evaluation.in_set("?value", failing(s)) for s in constraint.siblings)
            conditions += siblings
            for row in self._evaluation.select(
                f"SELECT ?this (COUNT(DISTINCT ?counted) AS ?n) {{ {focus.text()} "
                f"OPTIONAL {{ {{ SELECT ?this (?value AS ?counted) {{ {{ {focus.values(path)} }} "
                f"FILTER({' && '.join(conditions)}) }} }} }} }} GROUP BY ?this"
            ):
                number = int(row["n"].value)
                if constraint.most is not None and number > constraint.most:
                    yield self.result(row["this"], component("qualifiedMaxCount"))
                if constraint.least is not None and number < constraint.least:
                    yield self.result(row["this"], component("qualifiedMinCount"))
