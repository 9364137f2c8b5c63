"""Comparisons of two graphs, written in several formats.

What a format writes depends on the comparison alone: no times, no machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from ...curation.diff.model import Comparison
from ...errors import QueryError

#: The formats, by the names that `passex diff --format` takes, and what each is for.
FORMATS: Final[dict[str, str]] = {
    "text": "for people",
    "markdown": "for a comment on a pull request",
    "html": "a page",
    "json": "everything, as one document",
}

_Writer = Callable[[Comparison, bool, bool], Iterator[str]]


def write(
    name: str, comparison: Comparison, whole: bool = False, triples: bool = False
) -> Iterator[str]:
    """Write a comparison.

    Args:
        name: One of `FORMATS`.
        whole: Whether all of it is written, and not the first 20 lines of each part; JSON always
            has all.
        triples: Whether it is the triples that are written, and not what they change for a reader.

    Yields:
        The lines, without their ends. In the text, names are marked with their style (see
        `passex.text.styles`).

    Raises:
        QueryError: There is no such format.

    Example:
        >>> from passex.curation.diff.model import Comparison, Source
        >>> list(write("text", Comparison(Source("a.ttl", 1), Source("b.ttl", 1))))[-1]
        'No difference.'
    """
    if name not in FORMATS:
        raise QueryError(f"'{name}' is no format", f"use one of {', '.join(FORMATS)}")
    writer: _Writer = import_module(f".{name}", __name__).lines
    return writer(comparison, whole, triples)
