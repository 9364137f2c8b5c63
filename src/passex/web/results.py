"""Formats of solutions that the engine does not write: JSON lines and Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Final, TypeAlias

import pyoxigraph as ox

from ..graph.store import Term
from ..graph.tables import escaped
from ..query import lines
from ..query.prefixes import KNOWN, short

Solutions: TypeAlias = ox.QuerySolutions | ox.QueryBoolean


@dataclass(frozen=True, slots=True)
class Results:
    """A format of solutions and booleans.

    Attributes:
        media_type: Its media type, with a charset where it is text that needs one.
        aliases: Further media types that a client may ask for it by.
        write: Writes while the solutions are found.
    """

    media_type: str
    aliases: tuple[str, ...]
    write: Callable[[Solutions, IO[bytes]], None]


def _markdown(found: Solutions, output: IO[bytes]) -> None:
    if isinstance(found, ox.QueryBoolean):
        output.write(b"true\n" if found else b"false\n")
        return
    names = [variable.value for variable in found.variables]
    for row in (names, ["---"] * len(names)):
        output.write(_line(row))
    for solution in found:
        output.write(_line(["" if term is None else escaped(_text(term)) for term in solution]))


def _line(cells: list[str]) -> bytes:
    return f"| {' | '.join(cells)} |\n".encode()


def _text(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value, KNOWN)
    return term.value if isinstance(term, ox.Literal) else str(term)


#: The formats by name; a client that takes anything gets one of the engine's.
SOLUTIONS: Final[dict[str, Results]] = {
    "jsonl": Results("application/jsonl", ("application/x-ndjson",), lines.write),
    "markdown": Results("text/markdown; charset=utf-8", (), _markdown),
}
