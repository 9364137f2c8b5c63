"""Constraints on single values, asked in one query for all focus nodes and their values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..literals import written
from ..results import Term
from . import checks, conformance, paths
from .checks import Check
from .focus import Focus
from .model import Constraint, Shape

if TYPE_CHECKING:
    from .fast import Engine, Found

_NESTED: Final = ("and", "or", "xone", "not", "node")


def single_values(
    engine: Engine,
    shape: Shape,
    focus: Focus,
    by_name: Mapping[str, list[Constraint]],
    found: Found,
) -> None:
    """Check all constraints on single values."""
    variable = "?value" if shape.path else "?this"
    asked: list[Check] = []
    details: dict[int, Found] = {}
    for name in checks.COMPONENTS:
        asked += [checks.check(engine, one, variable) for one in by_name.get(name, ())]
    for name in _NESTED:
        for constraint in by_name.get(name, ()):
            check, beneath = conformance.check(engine, shape, focus, constraint, variable)
            details[len(asked)] = beneath
            asked.append(check)
    asked_for = [(i, check) for i, check in enumerate(asked) if check.passes != "true"]
    if not asked_for:
        return
    seen = set()
    path = shape.path
    repeats = path is not None and (paths.repeats(path) or paths.nullable(path))
    for row in engine.select(_query(engine, shape, focus, asked_for)):
        pair: tuple[Term, Term] = (row["this"], row[variable[1:]])
        if repeats:
            if pair in seen:
                continue
            seen.add(pair)
        for i, check in asked_for:
            if row[f"c{i}"].value == "true":
                continue
            if check.decide and check.decide(written(pair[1])):
                continue
            nested = details[i].get(pair[1], ()) if i in details else ()
            engine.add(found, shape, pair[0], check.component, pair[1], details=nested)


def _query(engine: Engine, shape: Shape, focus: Focus, asked: list[tuple[int, Check]]) -> str:
    body, behind = engine.values(focus, shape.path)
    place, only = asked[0]
    number = engine.many(focus)
    if len(asked) == 1 and only.pattern and number and engine.few(number, only.pattern):
        # To put all values apart at once is quicker than to look each up.
        failing = f"MINUS {{ {only.pattern} }} BIND(false AS ?c{place})"
    else:
        binds = (f"BIND(COALESCE({check.passes}, false) AS ?c{i})" for i, check in asked)
        failing = f"{' '.join(binds)} FILTER({' || '.join(f'!?c{i}' for i, _ in asked)})"
    names = " ".join(f"?c{i}" for i, _ in asked)
    value = "?value" if shape.path else ""
    return f"SELECT ?this {value} {names} {{ {{ {{ {body} }} {failing} }} {behind} }}"
