"""Constraints on the conformance of values to other shapes, which are evaluated first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..results import Term
from .checks import Check
from .focus import Focus
from .model import Constraint, Shape

if TYPE_CHECKING:
    from .fast import Engine, Found


def check(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, variable: str
) -> tuple[Check, Found]:
    """Turn a constraint on the conformance of values into a check."""
    name = constraint.name
    component = f"{name[0].upper()}{name[1:]}ConstraintComponent"
    beyond = engine.beyond(focus, shape.path)
    members = constraint.members or (constraint.value,)
    if name in ("and", "or"):
        members = tuple(dict.fromkeys(members))
    outcomes = [engine.evaluate_named(member, beyond) for member in members]
    bad = [set(outcome) for outcome in outcomes]
    if name == "not":
        return Check(component, engine.in_set(variable, bad[0])), {}
    if name == "xone":
        tally: dict[Term, int] = {}
        for terms in bad:
            for term in terms:
                tally[term] = tally.get(term, 0) + 1
        if len(bad) == 1:
            return Check(component, _outside(engine, variable, bad[0])), {}
        good = {term for term, number in tally.items() if number == len(bad) - 1}
        return Check(component, engine.in_set(variable, good)), {}
    wrong = set.intersection(*bad) if name == "or" else set.union(*bad)
    beneath = outcomes[0] if name == "node" else {}
    return Check(component, _outside(engine, variable, wrong)), beneath


def _outside(engine: Engine, variable: str, terms: set[Term]) -> str:
    return f"(!{engine.in_set(variable, terms)})" if terms else "true"


def properties(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:property``."""
    inner = engine.evaluate_named(constraint.value, engine.beyond(focus, shape.path))
    if shape.path is None:
        for term, results in inner.items():
            found.setdefault(term, []).extend(results)
    elif inner:
        rows = engine.select(
            f"SELECT DISTINCT ?this ?value {{ {{ {focus.values(shape.path)} }} "
            f"FILTER({engine.in_set('?value', set(inner))}) }}"
        )
        for row in rows:
            found.setdefault(row["this"], []).extend(inner[row["value"]])


def qualified(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:qualifiedValueShape``."""
    assert shape.path is not None
    beyond = engine.beyond(focus, shape.path)
    bad = set(engine.evaluate_named(constraint.value, beyond))
    conditions = [_outside(engine, "?value", bad)]
    for sibling in constraint.siblings:
        apart = set(engine.evaluate_named(sibling, beyond))
        conditions.append(engine.in_set("?value", apart))
    counted = " && ".join(conditions)
    for row in engine.select(
        f"SELECT ?this (COUNT(DISTINCT ?counted) AS ?n) {{ {focus.text()} "
        f"OPTIONAL {{ {{ SELECT ?this (?value AS ?counted) {{ {{ {focus.values(shape.path)} }} "
        f"FILTER({counted}) }} }} }} }} GROUP BY ?this"
    ):
        number = int(row["n"].value)
        if constraint.most is not None and number > constraint.most:
            engine.add(found, shape, row["this"], "QualifiedMaxCountConstraintComponent")
        if constraint.least is not None and number < constraint.least:
            engine.add(found, shape, row["this"], "QualifiedMinCountConstraintComponent")
