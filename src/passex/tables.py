"""Answers as text: a table for people, and the formats that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from .errors import PassexError

if TYPE_CHECKING:
    from .answers import Answer

_NUMBERS: Final = ("integer", "decimal", "double", "float", "boolean")


def _with_iris(answer: Answer) -> Iterator[list[str]]:
    """Rows of text with a header, as `_spread` has them."""
    header, rows = _spread(answer, answer.label)
    yield header
    for row in rows:
        yield ["" if cell is None else str(cell) for cell in row]


def _spread(answer: Answer, write: Callable[[Any], object]) -> tuple[list[str], list[list[object]]]:
    """Columns and rows; a column with nodes is followed by one with their IRIs, or None."""
    nodes = [
        any(isinstance(row[i], ox.NamedNode) for row in answer.rows)
        for i in range(len(answer.columns))
    ]
    header: list[str] = []
    for name, node in zip(answer.columns, nodes, strict=True):
        header += [name, f"{name}_iri"] if node else [name]
    rows = []
    for row in answer.rows:
        cells: list[object] = []
        for term, node in zip(row, nodes, strict=True):
            cells.append(write(term))
            if node:
                cells.append(term.value if isinstance(term, ox.NamedNode) else None)
        rows.append(cells)
    return header, rows


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


def html(answer: Answer) -> str:
    """Write an HTML table; the IRI of a node is its cell's title.

    Args:
        answer: An answer.

    Returns:
        The element; a paragraph that says so where there are no rows.
    """
    from html import escape

    question = escape(answer.question.summary)
    if not answer.rows:
        return f"<p>{question} Nothing in this graph answers that: not stated, or none.</p>\n"
    head = "".join(f"<th>{escape(name)}</th>" for name in answer.columns)
    lines = ["<table>", f"<caption>{question}</caption>", f"<thead><tr>{head}</tr></thead>"]
    lines.append("<tbody>")
    for row in answer.rows:
        cells = ""
        for term in row:
            title = f' title="{escape(term.value)}"' if isinstance(term, ox.NamedNode) else ""
            cells += f"<td{title}>{escape(answer.label(term))}</td>"
        lines.append(f"<tr>{cells}</tr>")
    return "\n".join([*lines, "</tbody>", "</table>", ""])


def to_pandas(answer: Answer) -> Any:
    """Give the rows as a data frame.

    Args:
        answer: An answer.

    Returns:
        A pandas.DataFrame with the columns of `csv`. Numbers and dates are Python's (int, float,
        bool, datetime.date), nodes their labels, None what is unbound; no column is converted.

    Raises:
        PassexError: pandas is not installed.
    """
    import importlib

    try:
        pandas: Any = importlib.import_module("pandas")
    except ModuleNotFoundError:
        raise PassexError("no data frame without pandas", "pip install pandas") from None
    columns, rows = _spread(answer, lambda term: _python_value(answer, term))
    return pandas.DataFrame(rows, columns=columns, dtype=object)


def _python_value(answer: Answer, term: Any) -> object:
    if isinstance(term, ox.Literal):
        import datetime

        kind = term.datatype.value.rpartition("#")[2]
        try:
            if kind == "date":
                return datetime.date.fromisoformat(term.value)
            if kind == "boolean":
                return term.value in ("true", "1")
            if kind in _NUMBERS:
                return int(term.value) if kind == "integer" else float(term.value)
        except ValueError:
            pass  # an ill-typed literal is given as it stands
    return None if term is None else answer.label(term)


def plain(value: Any) -> str:
    """Write a frozen dataclass, such as a portrait or a census, as a JSON object.

    Args:
        value: The dataclass; its fields are dataclasses, tuples, sets, dictionaries and texts.

    Returns:
        The text, with the names of the fields as keys and sets as sorted arrays.

    Example:
        >>> from .names import Node
        >>> print(plain(Node("Japan", "https://w3id.org/passex/id/japan", "State")), end="")
        {
          "label": "Japan",
          "iri": "https://w3id.org/passex/id/japan",
          "kind": "State"
        }
    """
    import json as library
    from dataclasses import asdict

    return library.dumps(asdict(value), ensure_ascii=False, indent=2, default=sorted) + "\n"


#: Formats for other programs, by name; the table for people is the command line's.
FORMATS: Final[dict[str, Callable[[Answer], str]]] = {
    "csv": csv,
    "tsv": tsv,
    "json": json,
    "jsonl": jsonl,
    "markdown": markdown,
}
