"""Attributes that a person added to nodes and edges, as fields of a picture."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, count
from math import isfinite
from typing import Any, Final, TypeAlias, TypeVar

from .model import Edge, Field, Picture, Value, Vertex

Thing = TypeVar("Thing", bound="Vertex | Edge")

#: Attributes by their names, as `networkx` keeps them.
Given: TypeAlias = Mapping[Any, object]

#: Names by which some format calls what every node or edge has, or which mean something there.
_TAKEN: Final = frozenset(
    {
        *("id", "iri", "label", "name", "kind", "size", "color", "parent", "value", "x", "y"),
        *("width", "hollow"),
        *("source", "target", "source_label", "target_label", "key", "interaction"),
        *("line", "weight"),
    }
)
_LETTERS: Final = re.compile(r"\W+", re.ASCII)
#: Integers up to the one are integers in every format, and up to the other exact as doubles.
_INTEGER: Final = 2**31 - 1
_EXACT: Final = 2**53


def extend(
    picture: Picture,
    nodes: Mapping[str, Given],
    edges: Mapping[tuple[str, str], Given],
    about: str = "",
) -> Picture:
    """Give the nodes and edges of a picture further attributes.

    Numbers, truth values, days, texts, and lists of these as lists of texts keep their types; what
    is of several types, or of others, becomes text. What is None, no number (NaN) or without end is
    left out.

    Nodes are given by IRI, edges by the sorted IRIs of both ends. The picture gets a field for each
    attribute, by name: of letters and underscores only, and with ``added_`` before it where it is
    one that every node or edge has.

    Args:
        about: What the attributes mean; without it, they were added in Python.
    """
    of_nodes = [nodes.get(node.iri, {}) for node in picture.nodes]
    ends = [(min(e.source, e.target), max(e.source, e.target)) for e in picture.edges]
    of_edges = [edges.get(pair, {}) for pair in ends]
    node_fields, vertices = _extended(picture.node_fields, picture.nodes, of_nodes, about)
    edge_fields, ties = _extended(picture.edge_fields, picture.edges, of_edges, about)
    return replace(
        picture, node_fields=node_fields, edge_fields=edge_fields, nodes=vertices, edges=ties
    )


def _extended(
    fields: tuple[Field, ...], things: Sequence[Thing], given: Sequence[Given], about: str
) -> tuple[tuple[Field, ...], tuple[Thing, ...]]:
    """Add a field for each attribute, and the attributes to nodes or edges."""
    taken = {*_TAKEN, *(field.name for field in fields)}
    made: list[Field] = []
    columns: list[list[Value]] = []
    for key in sorted({key for attributes in given for key in attributes}, key=str):
        kind, column = _typed([_plain(attributes.get(key)) for attributes in given])
        name = _name(key, taken)
        taken.add(name)
        made.append(Field(name, kind, about or "added in Python", added=not about))
        columns.append(column)
    rows: Iterable[tuple[Value, ...]] = zip(*columns, strict=True) if columns else [()] * len(given)
    extended = tuple(
        replace(thing, attributes=(*thing.attributes, *more))
        for thing, more in zip(things, rows, strict=True)
    )
    return (*fields, *made), extended


def _name(key: Hashable, taken: set[str]) -> str:
    name = _LETTERS.sub("_", str(key))
    if name in taken or not name[:1].isalpha():
        name = f"added_{name}"
    candidates = chain([name], (f"{name}_{number}" for number in count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


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
