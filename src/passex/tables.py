"""Answers as text: a table for people, and the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

if TYPE_CHECKING:
    from .catalogue import Answer

_NUMBERS: Final = ("integer", "decimal", "double", "float", "boolean")


def _with_iris(answer: Answer) -> Iterator[list[str]]:
    """Rows of text with a header; a column with nodes is followed by one with their IRIs."""
    nodes = [
        any(isinstance(row[i], ox.NamedNode) for row in answer.rows)
        for i in range(len(answer.columns))
    ]
    header: list[str] = []
    for name, node in zip(answer.columns, nodes, strict=True):
        header += [name, f"{name}_iri"] if node else [name]
    yield header
    for row in answer.rows:
        cells: list[str] = []
        for term, node in zip(row, nodes, strict=True):
            cells.append(answer.label(term))
            if node:
                cells.append(term.value if isinstance(term, ox.NamedNode) else "")
        yield cells


def csv(answer: Answer) -> str:
    """Write comma-separated values (RFC 4180, so lines end in CR LF).

    Args:
        answer: An answer.

    Returns:
        The text, with a header.
    """
    import csv as library
    import io

    out = io.StringIO()
    library.writer(out).writerows(_with_iris(answer))
    return out.getvalue()


def tsv(answer: Answer) -> str:
    """Write tab-separated values; tabs and line breaks in a cell become spaces.

    Args:
        answer: An answer.

    Returns:
        The text, with a header.
    """
    lines = ("\t".join(" ".join(cell.split()) for cell in row) for row in _with_iris(answer))
    return "".join(f"{line}\n" for line in lines)


def _json_value(answer: Answer, term: object) -> object:
    if isinstance(term, ox.NamedNode):
        return {"label": answer.label(term), "iri": term.value}
    if isinstance(term, ox.Literal):
        kind = term.datatype.value.rpartition("#")[2]
        if kind in _NUMBERS:
            import json

            try:
                value: object = json.loads(term.value)
            except ValueError:
                return term.value
            return value
        return term.value
    return None if term is None else str(term)


def json(answer: Answer) -> str:
    """Write a JSON array with an object a row; a node is an object with ``label`` and ``iri``.

    Args:
        answer: An answer.

    Returns:
        The text.
    """
    import json as library

    return library.dumps(_objects(answer), ensure_ascii=False, indent=2) + "\n"


def jsonl(answer: Answer) -> str:
    """Write the objects of `json`, one a line.

    Args:
        answer: An answer.

    Returns:
        The text.
    """
    import json as library

    return "".join(library.dumps(row, ensure_ascii=False) + "\n" for row in _objects(answer))


def _objects(answer: Answer) -> list[dict[str, object]]:
    return [
        {name: _json_value(answer, term) for name, term in zip(answer.columns, row, strict=True)}
        for row in answer.rows
    ]


def markdown(answer: Answer) -> str:
    """Write a table of GitHub-flavoured Markdown.

    Args:
        answer: An answer.

    Returns:
        The text.
    """
    rows = [answer.columns, ["---"] * len(answer.columns)]
    rows += [[_escaped(answer.label(term)) for term in row] for row in answer.rows]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _escaped(text: str) -> str:
    text = " ".join(text.split()).replace("\\", "\\\\")
    for character in "|*_`[]<>":
        text = text.replace(character, "\\" + character)
    return text


#: Formats for other programs, by name; the table for people is the command line's.
FORMATS: Final[dict[str, Callable[[Answer], str]]] = {
    "csv": csv,
    "tsv": tsv,
    "json": json,
    "jsonl": jsonl,
    "markdown": markdown,
}
