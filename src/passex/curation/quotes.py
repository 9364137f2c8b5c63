"""Quotes as lines of Turtle, for the file of an article."""

from __future__ import annotations

from ..text.turtle.tokens import escape


def quote_line(text: str, start: int, end: int) -> str:
    r"""Write the evidence line of a place in an article's text.

    The line belongs into a file whose ``@base`` is the article's IRI. Its position is a fragment as
    RFC 5147 has it, in code points, start inclusive, end exclusive.

    Args:
        text: The whole text, as `passex.evidence.texts.read_text` gives it.
        start: The first code point of the quote.
        end: The code point after its last.

    Example:
        >>> print(quote_line("Two navies met.\n", 0, 10))
        <#char=0,10> oa:exact "Two navies" .
    """
    return f'<#char={start},{end}> oa:exact "{escape(text[start:end])}" .'
