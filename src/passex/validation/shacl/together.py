"""Constraints on all values of a focus node together: how many, which, and beside which others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ...graph.terms import RDFS, XSD
from ..literals import written
from ..results import Path
from . import checks, paths
from .focus import Focus
from .model import Constraint, Shape
from .terms import TYPE, is_true

if TYPE_CHECKING:
    from .fast import Engine, Found

_TYPE: Final = ox.NamedNode(TYPE)
_RESOURCE: Final = ox.NamedNode(RDFS.Resource)


def counts(
    engine: Engine,
    shape: Shape,
    focus: Focus,
    by_name: Mapping[str, list[Constraint]],
    found: Found,
) -> None:
    """Check ``sh:minCount`` and ``sh:maxCount``."""
    bounds = {
        name: int(by_name[name][0].value.value)
        for name in ("minCount", "maxCount")
        if name in by_name
    }
    least, most = bounds.get("minCount", 0), bounds.get("maxCount")
    path = shape.path
    if path is None or not bounds or (least == 0 and most is None):
        return
    nullable = paths.nullable(path)
    if least == 1 and most is None:
        if not nullable:
            for row in engine.select(_none(engine, focus, path)):
                engine.add(found, shape, row["this"], "MinCountConstraintComponent")
        return
    distinct = "DISTINCT " if nullable or paths.repeats(path) else ""
    number = f"COUNT({distinct}?value)"
    wrong = [f"{number} < {least}"] if least else []
    wrong += [f"{number} > {most}"] if most is not None else []
    body, behind = engine.values(focus, path)
    if least and not nullable:
        if behind or path in focus.implied:
            for row in engine.select(_none(engine, focus, path)):
                engine.add(found, shape, row["this"], "MinCountConstraintComponent")
        else:
            body = f"{focus.text()} OPTIONAL {{ ?this {paths.sparql(path)} ?value }}"
    for row in engine.select(
        f"SELECT ?this ?n {{ {{ SELECT ?this ({number} AS ?n) {{ {body} }} "
        f"GROUP BY ?this HAVING({' || '.join(wrong)}) }} {behind} }}"
    ):
        few = int(row["n"].value) < least
        name = "Min" if few else "Max"
        engine.add(found, shape, row["this"], f"{name}CountConstraintComponent")
        if few and most is not None and int(row["n"].value) > most:
            engine.add(found, shape, row["this"], "MaxCountConstraintComponent")


def _none(engine: Engine, focus: Focus, path: Path) -> str:
    """Ask for the focus nodes without any value."""
    values = f"?this {paths.sparql(path)} ?value"
    number = engine.many(focus)
    if number and engine.few(number, values):
        return f"SELECT ?this {{ {focus.text()} MINUS {{ {values} }} }}"
    return f"SELECT ?this {{ {focus.text()} FILTER NOT EXISTS {{ {values} }} }}"


def equals(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:equals`` or ``sh:disjoint``."""
    variable = "?value" if shape.path else "?this"
    other = f"?this {constraint.value} {variable}"
    body = focus.values(shape.path)
    if constraint.name == "disjoint":
        queries = [f"{{ {body} }} {other} ."]
        component = "DisjointConstraintComponent"
    else:
        component = "EqualsConstraintComponent"
        queries = [f"{{ {body} }} FILTER NOT EXISTS {{ {other} }}"]
        own = f"{focus.text()} ?this {constraint.value} ?value ."
        if shape.path is None:
            queries.append(f"{own} FILTER(!sameTerm(?this, ?value))")
        else:
            same = " || sameTerm(?this, ?value)" if paths.nullable(shape.path) else ""
            reached = f"EXISTS {{ ?this {paths.sparql(shape.path)} ?value }}"
            queries.append(f"{own} FILTER(!({reached}{same}))")
    for i, query in enumerate(queries):
        value = "value" if shape.path or i else "this"
        names = "?this" if value == "this" else "?this ?value"
        for row in engine.select(f"SELECT DISTINCT {names} {{ {query} }}"):
            engine.add(found, shape, row["this"], component, row[value])


def less_than(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:lessThan`` or ``sh:lessThanOrEquals``."""
    or_equal = constraint.name == "lessThanOrEquals"
    sign = "<=" if or_equal else "<"
    number = f"<{XSD}integer>, <{XSD}decimal>"
    alike = (
        f"((DATATYPE(?value) IN ({number}) && DATATYPE(?other) IN ({number})) || "
        f"(DATATYPE(?value) = DATATYPE(?other) && STRLEN(STR(?value)) = 10 "
        f"&& STRLEN(STR(?other)) = 10 && DATATYPE(?value) = <{XSD}date>))"
    )
    component = f"{constraint.name[0].upper()}{constraint.name[1:]}ConstraintComponent"
    body, behind = engine.values(focus, shape.path)
    for row in engine.select(
        f"SELECT DISTINCT ?this ?value ?other {{ {{ {{ {body} }} ?this {constraint.value} ?other . "
        f"FILTER(!COALESCE({alike} && ?value {sign} ?other, false)) }} {behind} }}"
    ):
        from . import rdflib_terms

        if not rdflib_terms.is_before(written(row["value"]), written(row["other"]), or_equal):
            engine.add(found, shape, row["this"], component, row["value"])


def unique_language(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:uniqueLang``."""
    if not is_true(constraint.value):
        return
    for row in engine.select(
        f"SELECT ?this ?tag {{ {{ SELECT DISTINCT ?this ?value {{ {focus.values(shape.path)} "
        '}} BIND(LCASE(LANG(?value)) AS ?tag) FILTER(?tag != "") } '
        "GROUP BY ?this ?tag HAVING(COUNT(*) > 1)"
    ):
        engine.add(found, shape, row["this"], "UniqueLangConstraintComponent")


def has_value(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:hasValue``."""
    wanted = constraint.value
    same = checks.same_as_one("?this", [wanted], engine.keeper)
    if isinstance(wanted, ox.BlankNode):
        holds = "false"
    elif shape.path is None:
        holds = same
    else:
        stored = engine.keeper.stored(wanted) if isinstance(wanted, ox.Literal) else wanted
        holds = f"EXISTS {{ ?this {paths.sparql(shape.path)} {stored} }}"
        if paths.nullable(shape.path):
            holds += f" || {same}"
    for row in engine.select(f"SELECT ?this {{ {focus.text()} FILTER(!({holds})) }}"):
        engine.add(found, shape, row["this"], "HasValueConstraintComponent")


def closed(
    engine: Engine, shape: Shape, focus: Focus, constraint: Constraint, found: Found
) -> None:
    """Check ``sh:closed``."""
    if not is_true(constraint.value):
        return
    variable = "?value" if shape.path else "?this"
    allowed = ", ".join(sorted(str(term) for term in constraint.members))
    kept = f"FILTER(?p NOT IN ({allowed}))" if allowed else ""
    names = "?this ?value ?p ?o" if shape.path else "?this ?p ?o"
    for row in engine.select(
        f"SELECT DISTINCT {names} {{ {{ {focus.values(shape.path)} }} {variable} ?p ?o . {kept} }}"
    ):
        if (row["p"], row["o"]) == (_TYPE, _RESOURCE):
            continue
        name = "ClosedConstraintComponent"
        engine.add(found, shape, row["this"], name, row["o"], path=row["p"])
