"""Where each term of a Turtle, N-Triples, TriG or N-Quads file is written.

Source: RDF 1.1 Turtle, TriG, N-Triples and N-Quads, W3C Recommendations 2014.
"""

from __future__ import annotations

from .grammar import Triple
from .lines import Lines, Span, utf16_column
from .reader import Reader, read
from .scanner import Term, Token, TurtleError
from .search import Search
from .spellings import UnsureError

__all__ = [
    "Lines",
    "Reader",
    "Search",
    "Span",
    "Term",
    "Token",
    "Triple",
    "TurtleError",
    "UnsureError",
    "read",
    "utf16_column",
]
