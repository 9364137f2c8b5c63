"""Citations from Python: where phrases stand in an article's text.

Example:
    >>> import passex
    >>> [citation] = passex.cite(b"The navies of Marn and Lyr met on Monday.", "navies of Marn")
    >>> print(citation.quotes[0].turtle)
    <#char=4,18> oa:exact "navies of Marn" .
"""

from __future__ import annotations

import io
import os

from ..curation.citing import Citation, CitedText
from ..evidence.texts import read_text
from . import given


def cite(article: str | os.PathLike[str] | bytes, *phrases: str) -> tuple[Citation, ...]:
    """Find where phrases stand in the text of an article, as `passex cite` does.

    Args:
        article: The file with the text, or all of its text as bytes.
        phrases: Some words of the text each, however it writes quotation marks, dashes and spaces.

    Returns:
        A citation a phrase: its places, each with its evidence line; where there are none, what is
        near.

    Raises:
        InputError: The text cannot be read, or is not UTF-8.
        QueryError: A phrase is empty or no text.

    Example:
        >>> [found] = cite(b"Two navies met. Two ships met.", "two")
        >>> found.quotes, [(quote.start, quote.exact) for quote in found.near]
        ((), [(0, 'Two'), (16, 'Two')])
    """
    if isinstance(article, bytes):
        text = read_text("-", lambda: io.BytesIO(article))
    else:
        text = read_text(given.path(article))
    cited, hint = CitedText(text), "give some words of the text"
    return tuple(cited.cite(given.text(phrase, "a phrase", hint)) for phrase in phrases)
