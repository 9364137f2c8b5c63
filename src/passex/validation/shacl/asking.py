"""Constraints in SPARQL: asked for all focus nodes at once, and their solutions as results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.terms import SH
from ..literals import written
from ..results import Result, Term
from . import templates
from .alone import Alone, alone
from .focus import Focus
from .model import Query, Shape
from .nesting import for_all

if TYPE_CHECKING:
    from .fast import Engine, Found


def ask(engine: Engine, shape: Shape, focus: Focus, query: Query, found: Found) -> None:
    """Check a constraint in SPARQL."""
    asked = _all_first(engine, focus, query.text)
    if asked is None:
        asked = for_all(query.text, focus.text())
    assert asked is not None, "delegation takes what cannot be asked at once"
    answer = engine.answer(asked)
    names = [variable.value for variable in answer.variables]
    seen = set()
    for row in answer:
        bound = {name: row[name] for name in names if row[name] is not None}
        node: Term = bound["this"]
        key = tuple(row[name] for name in names)
        if key in seen:
            continue
        seen.add(key)
        bound = {name: written(term) for name, term in bound.items()}
        value = bound.get("value") or (None if shape.path else written(node))
        path = bound.get("path") or shape.path
        assert path is None or not isinstance(path, ox.BlankNode | ox.Literal)
        result = Result(
            focus=written(node),
            path=path,
            value=value,
            shape=shape.node,
            component=SH.SPARQLConstraintComponent,
            severity=shape.severity,
            messages=templates.fill(query.messages, shape.messages, bound, value),
            constraint=query.node,
        )
        found.setdefault(node, []).append(result)


def _all_first(engine: Engine, focus: Focus, text: str) -> str | None:
    """Write a constraint so that its solutions are found first, and only then, whose they are.

    Returns:
        The query; None where it is likely to be quicker, or has to be, to begin with each focus
        node.
    """
    number = engine.many(focus)
    form = alone(text) if number else None
    if form is None:
        return None
    body, behind = form.body, focus.of_these()
    if form.predicate is None:
        if behind == "" or not (narrowed := _narrowed(engine, form, number)):
            return None
        body = f"{narrowed} LATERAL {{ {body} }}"
    elif form.predicate in focus.implied:
        behind = ""
    elif behind == "" or not engine.few(number, form.lead, form.prologue):
        return None
    for part in form.absent:
        pattern = part.pattern
        if part.top is not None:
            pattern = engine.classes.instances([part.top], part.variable)
            if not pattern:
                continue  # nothing is an instance: the condition holds
        few = engine.few(number, pattern, form.prologue)
        body += f" MINUS {{ {pattern} }}" if few else f" {part.text}"
    return f"{form.head} {{ {{ {body} }} {behind} }} {form.tail}"


def _narrowed(engine: Engine, form: Alone, number: int) -> str:
    """Write the predicates that a constraint on any predicate is about, if that makes it less."""
    if not form.conditions:
        return ""
    listed = f"VALUES {form.verb} {{ {' '.join(engine.predicates())} }}"
    rows = engine.answer(
        f"{form.prologue}SELECT DISTINCT {form.verb} {{ {listed} {form.conditions} }}"
    )
    listed = f"VALUES {form.verb} {{ {' '.join(str(row[0]) for row in rows)} }}"
    pattern = f"{listed} LATERAL {{ ?s {form.verb} ?o }}"
    return listed if engine.few(number, pattern, form.prologue) else ""
