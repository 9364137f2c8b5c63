"""Constraints in SPARQL: asked for all focus nodes at once, and their solutions as results."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from ...graph.lexical import written
from ...graph.terms import SH
from ..results import Result, Term
from .detached import Detached, detached
from .evaluation import Component, Violation
from .focus import Focus
from .model import Query


class SparqlConstraints(Component):
    """``sh:sparql``."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Ask each query; a solution counts once."""
        for query in self._shape.queries:
            assert query.around is not None, "delegation takes what cannot be asked at once"
            text = self._solutions_first(focus, query) or focus.text().join(query.around)
            answer = self._evaluation.answer(text)
            names = [variable.value for variable in answer.variables]
            seen = set()
            for row in answer:
                if (key := tuple(row)) not in seen:
                    seen.add(key)
                    terms = zip(names, key, strict=True)
                    bound = {name: written(term) for name, term in terms if term is not None}
                    yield row["this"], self._solution(query, bound)

    def _solution(self, query: Query, bound: dict[str, Term]) -> Result:
        shape = self._shape
        value = bound.get("value") or (None if shape.path else bound["this"])
        path = bound.get("path")
        assert path is None or isinstance(path, ox.NamedNode)
        _, result = self.result(bound["this"], SH.SPARQLConstraintComponent, value, path)
        messages = fill(query.messages, shape.messages, bound, value)
        return replace(result, messages=messages, constraint=query.node)

    def _solutions_first(self, focus: Focus, query: Query) -> str | None:
        """Write a constraint so that its solutions are found first, and only then, whose they are.

        None where it is likely to be quicker, or has to be, to begin with each focus node.
        """
        number = self._evaluation.many(focus)
        form = detached(query.tree) if number else None
        if form is None:
            return None
        body, membership = form.body, focus.membership()
        if form.predicate is None:
            if membership == "" or not (narrowed := self._narrowed(form, number)):
                return None
            body = f"{narrowed} LATERAL {{ {body} }}"
        elif form.predicate in focus.implied:
            membership = ""
        elif membership == "" or not self._evaluation.few(number, form.lead, form.prologue):
            return None
        for part in form.absent:
            pattern = part.pattern
            if part.top is not None:
                pattern = self._evaluation.classes.instances([part.top], part.variable)
                if not pattern:
                    continue  # nothing is an instance: the condition holds
            few = self._evaluation.few(number, pattern, form.prologue)
            body += f" MINUS {{ {pattern} }}" if few else f" {part.text}"
        return f"{form.head} {{ {{ {body} }} {membership} }} {form.tail}"

    def _narrowed(self, form: Detached, number: int) -> str:
        """Write the predicates that a constraint on any predicate is about, if that narrows it."""
        if not form.conditions:
            return ""
        listed = f"VALUES {form.verb} {{ {' '.join(self._evaluation.predicates)} }}"
        rows = self._evaluation.answer(
            f"{form.prologue}SELECT DISTINCT {form.verb} {{ {listed} {form.conditions} }}"
        )
        listed = f"VALUES {form.verb} {{ {' '.join(str(row[0]) for row in rows)} }}"
        pattern = f"{listed} LATERAL {{ ?s {form.verb} ?o }}"
        return listed if self._evaluation.few(number, pattern, form.prologue) else ""


def fill(
    own: Iterable[ox.Literal],
    of_shape: Iterable[ox.Literal],
    bound: Mapping[str, Term],
    value: Term | None,
) -> tuple[ox.Literal, ...]:
    """Put the solution of a constraint into its messages and those of its shape, as pySHACL does.

    Each comes once, without a language, sorted.

    Example:
        >>> fill([ox.Literal("{?value} is odd", language="en")], [], {}, ox.Literal("3"))[0].value
        '3 is odd'
    """
    terms = bound if value is None else {**bound, "value": value}
    texts = set()
    for message in (*own, *of_shape):
        text = message.value
        for name, term in terms.items():
            for sign in "?$":
                text = text.replace(f"{{{sign}{name}}}", term.value)
        texts.add(text)
    return tuple(ox.Literal(text) for text in sorted(texts))
