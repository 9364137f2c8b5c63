"""JSON as bytes: by orjson where it is installed, by Python's own module where not.

Both give the same bytes. What they would write in different ways is left to Python's.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Any, Final, cast

from . import columns
from .model import Edge, Field, Vertex

_HALVES: Final = re.compile("[\ud800-\udfff]")
_values: Final = attrgetter("values")


def dumps(value: object, numbers: Sequence[float] = ()) -> bytes:
    r"""Write a value as JSON without spaces.

    Args:
        value: Objects, lists, texts, truth values, None and numbers.
        numbers: The floating-point numbers that are in it.

    Returns:
        The JSON. Half of a surrogate pair, which UTF-8 cannot hold, is escaped.

    Example:
        >>> dumps({"label": "é\ud800", "weight": 1e-7}, [1e-7])
        b'{"label":"\xc3\xa9\\ud800","weight":1e-07}'
    """
    orjson = _orjson()
    # Outside these, one writes 1e-07 where the other writes 1e-7.
    if orjson is not None and _alike(numbers):
        try:
            return bytes(orjson.dumps(value))
        except TypeError:
            pass
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", text).encode()


def _alike(numbers: Sequence[float]) -> bool:
    if not numbers or (min(numbers) >= 1e-4 and max(numbers) < 1e16):
        return True
    return all(not number or 1e-4 <= number < 1e16 for number in numbers)


@cache
def _orjson() -> Any:
    try:
        import orjson
    except ModuleNotFoundError:
        return None
    return orjson


def rows(
    things: Sequence[Vertex] | Sequence[Edge],
    said: Mapping[str, str],
    fields: Sequence[Field],
    more: Mapping[str, Sequence[str | float]],
    inside: str = "",
) -> Iterator[bytes]:
    """Write nodes or edges as objects with commas between them.

    Args:
        things: The nodes or edges.
        said: What each has, by its name in JSON: the name of an attribute of the class.
        fields: The attributes of the picture; those that a node or an edge lacks are left out.
        more: What else each has, by its name: one for each thing.
        inside: The name of an object in each object, which has all that; empty for none.

    Yields:
        The objects of some of them.
    """
    weighed = "weight" in said
    measured = [n for n, field in enumerate(fields) if field.type == "number"]

    def lacking(part: Sequence[object]) -> bool:
        """Tell whether any of them lacks an attribute: by columns, in loops that run in C."""
        held = zip(fields, zip(*map(_values, part), strict=True), strict=True)
        return any(
            not all(column) if field.type == "list" else None in set(column)
            for field, column in held
        )

    make = _maker(tuple(said.items()), tuple(more), tuple(field.name for field in fields))
    for start, part in columns.parts(things):
        extra = [column[start : start + len(part)] for column in more.values()]
        objects = make(part, extra)
        if lacking(part):
            objects = [_given(held) for held in objects]
        numbers = [row[n] for row in map(_values, part) for n in measured] if measured else []
        numbers = [number for number in numbers if number is not None]
        numbers += map(attrgetter("weight"), part) if weighed else ()
        numbers += (value for column in extra for value in column if isinstance(value, float))
        found = [{inside: held} for held in objects] if inside else objects
        if start:
            yield b","
        yield dumps(found, numbers)[1:-1]


def _maker(
    said: tuple[tuple[str, str], ...], more: tuple[str, ...], fields: tuple[str, ...]
) -> Callable[..., list[dict[str, Any]]]:
    """Make a function of what it is to do, as collections.namedtuple does: 5 times as fast."""
    pairs = [f"{name!r}: thing.{attribute}" for name, attribute in said]
    pairs += [f"{name!r}: more{n}" for n, name in enumerate(more)]
    pairs += [f"{name!r}: value{n}" for n, name in enumerate(fields)]
    things = "thing in part"
    if more:
        things = f"thing, {', '.join(f'more{n}' for n in range(len(more)))} in zip(part, *more)"
    values = "".join(f"value{n}, " for n in range(len(fields)))
    made: Any = eval(
        f"lambda part, more: [{{{', '.join(pairs)}}} for {things} for [{values}] in [thing.values]]"
    )
    return cast("Callable[..., list[dict[str, Any]]]", made)


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and value != ()}
