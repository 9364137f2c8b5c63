"""Rows as text, in the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from ..text.excerpts import visible
from .labelling import Node
from .rows import NUMBERS, Cell, Named, Table, iri


def _with_iris(table: Table) -> Iterator[list[str]]:
    """Rows of text with a header, as `Table.spread` has them."""
    header, rows = table.spread(table.label)
    yield header
    for row in rows:
        yield ["" if cell is None else str(cell) for cell in row]


def csv(table: Table) -> str:
    """Write comma-separated values (RFC 4180, so lines end in CR LF).

    Returns:
        The text, with a header.
    """
    import csv as library
    import io

    out = io.StringIO()
    library.writer(out).writerows(_with_iris(table))
    return out.getvalue()


def tsv(table: Table) -> str:
    """Write tab-separated values; tabs and line breaks in a cell become spaces.

    Returns:
        The text, with a header.
    """
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in _with_iris(table))
    return "".join(f"{line}\n" for line in lines)


def _json_value(table: Table, cell: Cell) -> object:
    if isinstance(cell, ox.NamedNode | Named | Node):
        return {"label": table.label(cell), "iri": iri(cell)}
    if isinstance(cell, tuple):
        return [_json_value(table, part) for part in cell]
    if isinstance(cell, ox.Literal):
        return _json_literal(cell)
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def _json_literal(literal: ox.Literal) -> object:
    if literal.datatype.value.rpartition("#")[2] not in NUMBERS:
        return literal.value
    import json
    from math import isfinite

    try:
        value: object = json.loads(literal.value)
    except ValueError:
        return literal.value
    # JSON has no number that is none, or has no end.
    return literal.value if isinstance(value, float) and not isfinite(value) else value


def json(table: Table) -> str:
    """Write a JSON array with an object a row; a node is an object with ``label`` and ``iri``."""
    return dump(list(objects(table)))


def jsonl(table: Table) -> str:
    """Write the objects of `json`, one a line."""
    import json as library

    return "".join(library.dumps(row, ensure_ascii=False) + "\n" for row in objects(table))


def objects(table: Table) -> Iterator[dict[str, object]]:
    """Give the rows as dictionaries of what JSON has: several values are a list.

    Yields:
        A dictionary a row, by column.
    """
    for row in table.rows:
        yield {
            name: _json_value(table, cell) for name, cell in zip(table.columns, row, strict=True)
        }


def markdown(table: Table) -> str:
    """Write a table of GitHub-flavoured Markdown, with the columns of `csv`."""
    header, *rows = _with_iris(table)
    lines = [header, ["---"] * len(header), *([escaped(cell) for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def escaped(text: str) -> str:
    r"""Write a text in a line in which Markdown finds no markup.

    Example:
        >>> print(escaped("a|b\n <c> &amp; ~~d~~"))
        a\|b \<c\> \&amp; \~\~d\~\~
    """
    text = visible(" ".join(text.split())).replace("\\", "\\\\")
    for character in "|*_`[]<>&~":
        text = text.replace(character, "\\" + character)
    return text


def plain(value: Any) -> str:
    """Write a frozen dataclass, such as a portrait or a census, as a JSON object.

    Args:
        value: The dataclass; its fields are dataclasses, tuples, sets, dictionaries and texts.

    Returns:
        The text, with the names of the fields as keys and sets as sorted arrays.

    Example:
        >>> print(plain(Named("Japan", "https://w3id.org/passex/id/japan")), end="")
        {
          "label": "Japan",
          "iri": "https://w3id.org/passex/id/japan"
        }
    """
    from dataclasses import asdict

    return dump(asdict(value))


def dump(value: object) -> str:
    """Write what JSON has, indented.

    Args:
        value: Dictionaries, lists, texts and numbers; sets become sorted arrays.
    """
    import json as library

    return library.dumps(value, ensure_ascii=False, indent=2, default=sorted) + "\n"


def headed(members: Mapping[str, object], document: str) -> str:
    """Put members before those of a JSON object that was written by `dump`.

    Example:
        >>> print(headed({"a": 1}, dump({"b": 2})), end="")
        {
          "a": 1,
          "b": 2
        }
    """
    import json as library

    return dump({**members, **library.loads(document)})


#: Formats for other programs, by name; the table for people is the command line's.
FORMATS: Final[dict[str, Callable[[Table], str]]] = {
    "csv": csv,
    "tsv": tsv,
    "json": json,
    "jsonl": jsonl,
    "markdown": markdown,
}
