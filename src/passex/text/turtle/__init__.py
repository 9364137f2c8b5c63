"""Turtle, N-Triples, TriG and N-Quads, read with the place of each term.

Source: RDF 1.1 Turtle, TriG, N-Triples and N-Quads, W3C Recommendations 2014.
"""

from __future__ import annotations

from .lines import Lines, Span, utf16_column
from .reader import Reader, read
from .scanner import Term, Token, TurtleError
from .search import Search
from .spellings import NeedsFullParseError
from .statement_terms import Triple

__all__ = [
    "Lines",
    "NeedsFullParseError",
    "Reader",
    "Search",
    "Span",
    "Term",
    "Token",
    "Triple",
    "TurtleError",
    "read",
    "utf16_column",
]
