"""Statements of Turtle as articles' files have them: filled lines of at most 120 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ...graph.terms import shorten
from ...text.turtle.tokens import escape

#: Of a line, without the sign and the space by which a proposal is a comment.
WIDTH: Final = 118
_INDENT: Final = "    "


def name(iri: str) -> str:
    """Write the IRI of a node or a term with its prefix.

    Example:
        >>> name("https://w3id.org/passex/id/japan")
        'id:japan'
    """
    return shorten(iri)


def literal(text: str, language: str = "") -> str:
    r"""Write a text in quotation marks.

    Example:
        >>> print(literal('the "Lumen"', "en"))
        "the \"Lumen\""@en
    """
    return f'"{escape(text)}"' + (f"@{language}" if language else "")


def day(text: str) -> str:
    """Write a day."""
    return f'"{text}"^^xsd:date'


def statement(subject: str, parts: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Write what is said of a node, on as few lines as it fits.

    Args:
        subject: The node, as it is written.
        parts: Properties with their values, as they are written.

    Example:
        >>> statement("id:aurora", [("a", ["nr:Ship"]), ("rdfs:label", ['"Aurora"@en'])])
        ['id:aurora a nr:Ship ; rdfs:label "Aurora"@en .']
    """
    words: list[str] = []
    for verb, values in parts:
        words += [f"{'; ' if words else ''}{verb} {values[0]}"]
        words += [f", {value}" for value in values[1:]]
    lines, line = [], subject
    for word in words:
        joined = line + (word if word.startswith(",") else f" {word}")
        if len(joined) + 2 > WIDTH and line.strip():
            # The sign stands at the end of the line before.
            sign, rest = (word[0], word[2:]) if word[0] in ";," else ("", word)
            lines.append(line + (f" {sign}" if sign == ";" else sign))
            line = _INDENT + rest
        else:
            line = joined
    return [*lines, f"{line} ."]
