"""Cures: what is to be written instead, as terms and then as edits of the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import pyoxigraph as ox

from ..text.edits import Edit
from ..text.places import Place

#: What a cure mends: where quotes and zones stand, with hash and length of their text; a language
#: tag; a prefix that is not declared; another slip in Turtle; a status or a date that a newer
#: article gives.
Kind: TypeAlias = Literal["text", "language", "prefix", "syntax", "newest"]
Value: TypeAlias = ox.NamedNode | ox.Literal


@dataclass(frozen=True, slots=True)
class Replacement:
    """One edit of a file, with the place that it changes."""

    place: Place
    edit: Edit


@dataclass(frozen=True, slots=True)
class Cure:
    """What mends a problem for certain, as edits of files.

    Attributes:
        kind: What it mends.
        replacements: The edits, file by file, in the order of the text. They belong together: one
            without the others would break what it mends.
    """

    kind: Kind
    replacements: tuple[Replacement, ...]


@dataclass(frozen=True, slots=True)
class Restatement:
    """What mends a problem for certain, as terms, wherever the files write them.

    Attributes:
        kind: What it mends.
        values: Triples as the files have them, each with the value that takes the place of its own.
        names: The IRIs of quotes and zones, each with the one that takes its place.
        added: Triples that are to be said beside the class of their node.
    """

    kind: Kind
    values: tuple[tuple[ox.NamedNode, str, Value, Value], ...]
    names: tuple[tuple[str, str], ...] = ()
    added: tuple[tuple[ox.NamedNode, str, Value], ...] = ()
