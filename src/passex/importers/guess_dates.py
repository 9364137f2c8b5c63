"""A proposal of the columns of dates: those of texts, or of years, months and days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .dates import ORDERS, DateError, of_parts, of_text, only_order
from .headings import MOST, PARTS, means, quoted, words

#: So much of a column that is called so, beside which a person is asked about the rest.
_HALF: Final = 0.5
_SHORT_YEAR: Final = re.compile(r"(?:^|\D)\d{1,2}\D\d{1,2}\D\d\d$")


def dates_of(known: dict[str, list[str]]) -> Iterator[str]:
    """Write the columns of dates: texts, or else parts of dates, of which both may have one."""
    dated = list[str]()
    parts = dict[str, dict[str, str]]()
    for term in ("start", "end"):
        fitting = [name for name in known if means(name) == term]
        read = [name for name in fitting if _is_date(known[name])]
        parts[term] = {
            part: name for part in PARTS for name in fitting if _is_part(part, name, known[name])
        }
        whole = [name for name in read if name not in parts[term].values()]
        if not whole and parts[term]:
            both = {**parts["start"], **parts[term]} if "year" in parts["start"] else parts[term]
            if [*both] == ["year"]:
                yield f"{term} = {quoted(both['year'])}"
            elif "year" in both:
                named = ", ".join(f"{p} = {quoted(both[p])}" for p in PARTS if p in both)
                yield f"{term} = {{ {named} }}"
        elif whole:
            others = f"  # or {', '.join(whole[1:])}" if whole[1:] else ""
            yield f"{term} = {quoted(whole[0])}{others}"
            dated.append(whole[0])
        elif fitting:
            yield f"# {term} = {quoted(fitting[0])}  # few of its cells read as dates"
    if any(_SHORT_YEAR.search(cell) for name in dated for cell in known[name]):
        yield "century = 1950  # the first of the hundred years that two digits may mean"
    shown = {name: {*filter(None, map(only_order, known[name]))} for name in dated}
    if len(sure := {order for orders in shown.values() for order in orders}) == 1:
        (order,) = sure
        if doubtful := [n for n in dated if not shown[n] and any(map(_may_be_two, known[n]))]:
            named = next(name for name in dated if shown[name])
            yield f"date_order = {quoted(order)}  # as {named} has it; {doubtful[0]} shows none"


def _is_part(part: str, name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column has a part of dates, by its heading and what stands in it."""
    if part not in words(name) or not cells:
        return False
    fitting = 0
    for cell in cells:
        given = {"year": "2000", "month": "1" if part == "day" else "", "day": "", part: cell}
        try:
            fitting += len(cell) < 10 and bool(of_parts(**given, century=1950))
        except DateError:
            continue
    return fitting / len(cells) >= MOST


def _may_be_two(cell: str) -> bool:
    try:
        return bool(of_text(cell, ORDERS[0], 1950) != of_text(cell, ORDERS[1], 1950))
    except DateError:
        return False


def _is_date(cells: Sequence[str]) -> bool:
    read = 0
    for cell in cells:
        try:
            read += bool(of_text(cell, "month-day" if _short(cell) else "day-month", 1950))
        except DateError:
            continue
    return bool(cells) and read / len(cells) >= _HALF


def _short(cell: str) -> bool:
    parts = re.split(r"[/.-]", cell)
    return len(parts) == 3 and parts[1].isdecimal() and int(parts[1]) > 12
