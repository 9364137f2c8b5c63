"""Attributes that a person added to nodes and edges, as fields of a picture."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Any, Final, TypeAlias

from .model import Field, Picture, Value

#: Attributes by their names, as `networkx` keeps them.
Given: TypeAlias = Mapping[Any, object]

#: Names by which some format calls what every node or edge has, or which mean something there.
_TAKEN: Final = frozenset(
    {
        *("id", "iri", "label", "name", "kind", "size", "colour", "parent"),
        *("source", "target", "source_label", "target_label", "key", "interaction"),
        *("line", "weight"),
    }
)
_LETTERS: Final = re.compile(r"\W+", re.ASCII)
#: Integers up to the one are integers in every format, and up to the other exact as doubles.
_INTEGER: Final = 2**31 - 1
_EXACT: Final = 2**53


def extend(
    picture: Picture, nodes: Mapping[str, Given], edges: Mapping[tuple[str, str], Given]
) -> Picture:
    """Give the nodes and edges of a picture further attributes.

    Numbers, truth values, days, texts, and lists of these as lists of texts keep their types; what
    is of several types, or of others, becomes text. What is None, no number (NaN) or without end is
    left out.

    Args:
        edges: The attributes of edges, by the sorted IRIs of both ends.

    Returns:
        The picture with a field for each attribute, by name. A name gets letters and underscores
        only, and ``added_`` before it where it is one that every node or edge has.
    """
    of_nodes, node_rows = _columns(
        picture.node_fields, [nodes.get(node.iri, {}) for node in picture.nodes]
    )
    of_edges, edge_rows = _columns(
        picture.edge_fields,
        [edges.get((min(e.source, e.target), max(e.source, e.target)), {}) for e in picture.edges],
    )
    return replace(
        picture,
        node_fields=(*picture.node_fields, *of_nodes),
        edge_fields=(*picture.edge_fields, *of_edges),
        nodes=tuple(
            replace(node, attributes=(*node.attributes, *more))
            for node, more in zip(picture.nodes, node_rows, strict=True)
        ),
        edges=tuple(
            replace(edge, attributes=(*edge.attributes, *more))
            for edge, more in zip(picture.edges, edge_rows, strict=True)
        ),
    )


def _columns(
    fields: Sequence[Field], given: Sequence[Given]
) -> tuple[list[Field], Iterable[tuple[Value, ...]]]:
    """Make a field and a column of each attribute; the columns come as rows."""
    taken = {*_TAKEN, *(field.name for field in fields)}
    made, columns = [], []
    for key in sorted({key for attributes in given for key in attributes}, key=str):
        kind, column = _typed([_plain(attributes.get(key)) for attributes in given])
        name = _name(key, taken)
        taken.add(name)
        made.append(Field(name, kind, "added in Python", added=True))
        columns.append(column)
    return made, zip(*columns, strict=True) if columns else [()] * len(given)


def _name(key: Hashable, taken: set[str]) -> str:
    name = _LETTERS.sub("_", str(key))
    if name in taken or not name[:1].isalpha():
        name = f"added_{name}"
    base, number = name, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return name


def _plain(value: Any) -> Any:
    """Take Python's own values out of those of NumPy; None is what is left out."""
    if not isinstance(value, str) and callable(getattr(value, "tolist", None)):
        value = value.tolist()
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, set | frozenset):
        return tuple(sorted(map(str, value)))
    if isinstance(value, list | tuple):
        return tuple(map(str, value))
    if isinstance(value, date):  # a time of day has no place in the formats' dates
        return value if type(value) is date else value.isoformat()
    return value if isinstance(value, bool | int | float | None) else str(value)


def _typed(values: Sequence[Any]) -> tuple[str, list[Value]]:
    """Find the type of a column, and write its values in that."""
    kinds = {_kind(value) for value in values if value is not None}
    several = "number" if kinds == {"integer", "number"} else "text"
    kind = kinds.pop() if len(kinds) == 1 else several
    write: Any = {"number": float, "text": _said, "date": date.isoformat}.get(kind)
    return kind, [value if value is None or write is None else write(value) for value in values]


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        size = abs(value)
        return "integer" if size <= _INTEGER else "number" if size <= _EXACT else "text"
    return {float: "number", tuple: "list", date: "date"}.get(type(value), "text")


def _said(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
