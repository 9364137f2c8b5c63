"""Constraints in SPARQL: asked for all focus nodes at once, and their solutions as results.

Those of declared components too: a SELECT as any other, an ASK of all values of all focus nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from ...graph.lexical import written
from ...text.wording import cut
from ..results import Result, Term
from .detached import Detached, detached
from .evaluation import Component, EngineError, Violation
from .focus import Focus
from .model import Query


class SparqlConstraints(Component):
    """``sh:sparql``, and the constraints of declared components."""

    def violations(self, focus: Focus) -> Iterator[Violation]:
        """Ask each query; a solution counts once."""
        for query in self._shape.queries:
            answer = self._evaluation.answer(self._text(focus, query))
            names = [variable.value for variable in answer.variables]
            seen = set()
            for row in answer:
                if (key := tuple(row)) not in seen:
                    seen.add(key)
                    terms = zip(names, key, strict=True)
                    bound = {name: written(term) for name, term in terms if term is not None}
                    yield row["this"], self._solution(query, {**dict(query.given), **bound})

    def _text(self, focus: Focus, query: Query) -> str:
        """Write a constraint for all focus nodes."""
        assert query.around is not None, "delegation takes what cannot be asked at once"
        if not query.of_values:
            return self._solutions_first(focus, query) or focus.text().join(query.around)
        before, after = query.around
        body, membership = self._evaluation.values(focus, self._shape.path)
        if self._shape.path is None:
            body += " BIND(?this AS ?value)"
        return f"{before} {body} {after} {membership} }}"

    def _solution(self, query: Query, bound: dict[str, Term]) -> Result:
        shape = self._shape
        if failure := failure_of(bound):
            raise failure
        value = bound.get("value") or (None if shape.path else bound["this"])
        path = bound.get("path")
        path = path if isinstance(path, ox.NamedNode) else None
        _, result = self.result(bound["this"], query.component, value, path)
        messages = fill((query.messages, shape.messages), bound, value)
        return replace(
            result, messages=messages, constraint=None if query.is_declared else query.node
        )

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


def failure_of(bound: Mapping[str, Term]) -> EngineError | None:
    """Give the failure that a solution of a constraint stands for, if it does.

    Source: SHACL, section 5.3.
    """
    failure = bound.get("failure")
    if not isinstance(failure, ox.Literal) or failure.value not in ("true", "1"):
        return None
    message = f"the query says, by ?failure, that it could not check {bound.get('this', 'a node')}"
    return EngineError(message, "see for what it does so; until then its shape is not applied")


def fill(
    sources: Iterable[tuple[ox.Literal, ...]], bound: Mapping[str, Term], value: Term | None
) -> tuple[ox.Literal, ...]:
    """Put the solution of a constraint into the messages of the first source that has some.

    The solution's own ``?message`` comes before them all. Each comes once, in its language, sorted.
    Of a long value its beginning is put in: the result has it whole.

    Source: SHACL, section 5.3.2.

    Example:
        >>> own, of_shape = (ox.Literal("{?value} is odd", language="en"),), (ox.Literal("so"),)
        >>> fill((own, of_shape), {}, ox.Literal("3"))[0]
        <Literal value=3 is odd language=en>
    """
    given = bound.get("message")
    if isinstance(given, ox.Literal):
        return (given,)
    terms = bound if value is None else {**bound, "value": value}

    def filled(message: ox.Literal) -> ox.Literal:
        text = message.value
        for name, term in terms.items():
            shown = cut(getattr(term, "value", f"<<( {term} )>>"))
            for sign in "?$":
                text = text.replace(f"{{{sign}{name}}}", shown)
        return ox.Literal(text, language=message.language)

    said: Iterable[ox.Literal] = next(filter(None, sources), ())
    return tuple(sorted(set(map(filled, said)), key=str))
