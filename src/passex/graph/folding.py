"""Names as they are compared, and the index of them that a graph carries with it."""

from __future__ import annotations

import unicodedata
from typing import Final

import pyoxigraph as ox

from .store import text as text_of
from .terms import NAMES, NAMING, W

#: Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN: Final = str.maketrans(
    dict(zip("øłđð\N{LATIN SMALL LETTER DOTLESS I}", "olddi", strict=True))
    | {"þ": "th", "æ": "ae", "œ": "oe"}
)
_JOINED: Final = frozenset(".'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`")
_FOLDED: Final = ox.NamedNode(W.folded)
_INDEX: Final = ox.NamedNode(NAMES)


def fold(text: str) -> str:
    """Reduce a name to what counts when names are compared.

    Returns:
        The text without case, accents, punctuation, double spaces and a leading "the".

    Example:
        >>> fold("The  Self-Defense Force of U.S. Québec")
        'self defense force of us quebec'
    """
    # Twice: folding case may leave marks behind, and taking letters apart may leave case.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    kept = (
        character if character.isalnum() else " "
        for character in text.translate(_PLAIN)
        if not unicodedata.combining(character) and character not in _JOINED
    )
    words = "".join(kept).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def index(engine: ox.Store) -> None:
    """Write the folded names of all nodes into the graph `NAMES`.

    Args:
        engine: A store with its facts; rules add no names.
    """
    engine.bulk_extend(
        [
            ox.Quad(quad.subject, _FOLDED, ox.Literal(fold(quad.object.value)), _INDEX)
            for term in NAMING
            for quad in engine.quads_for_pattern(None, ox.NamedNode(term), None, ox.DefaultGraph())
            if isinstance(quad.object, ox.Literal)
        ]
    )


def called(engine: ox.Store, folded: str) -> list[str]:
    """Look up who has a name.

    Args:
        engine: A store with its facts. Where they have no index yet, it gets one.

    Returns:
        The nodes' IRIs; blank nodes with ``_:`` before them.
    """
    if not engine.contains_named_graph(_INDEX):
        index(engine)
    quads = engine.quads_for_pattern(None, _FOLDED, ox.Literal(folded), _INDEX)
    return [text_of(quad.subject) for quad in quads]
