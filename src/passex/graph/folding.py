"""Names as they are compared, and the index of them that a graph carries with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from itertools import product
from typing import Final

import pyoxigraph as ox

from .terms import DCTERMS, NAMES, NAMING, PREFIXES, W

#: Letters that Unicode does not take apart into a base letter and a mark.
_PLAIN: Final = str.maketrans(
    dict(zip("øłđð\N{LATIN SMALL LETTER DOTLESS I}", "olddi", strict=True))
    | {"þ": "th", "æ": "ae", "œ": "oe"}
)
_JOINED: Final = dict.fromkeys(
    map(ord, ".'\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`")
)
_QUOTES: Final = dict.fromkeys(map(ord, "'\N{RIGHT SINGLE QUOTATION MARK}"))
_APART: Final = re.compile(r"[\W_]+")
_NOT_LATIN: Final = re.compile("[^a-z0-9]+")
#: Formations and fleets have numbers, in words or in digits: SNMG1, the Seventh Fleet.
_NUMBERS: Final = "one two three four five six seven eight nine ten"
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth"
_DIGITS: Final = "1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th"
_WORDS: Final = (
    {"st": "saint"}
    | {word: str(number) for number, word in enumerate(_NUMBERS.split(), 1)}
    | dict(zip(_ORDINALS.split(), _DIGITS.split(), strict=True))
)
_AND: Final = re.compile(r"(?<=[^\W_])\s*&\s*(?=[^\W_])")
_NUMBER: Final = re.compile(r"(?<=[^\W\d_])(?=\d)")
_BRACKET: Final = re.compile(r"\s*\([^()]*\)")
#: An abbreviation that follows what it stands for: passing exercise (PASSEX).
_SHORTENED: Final = re.compile(r"\(([A-Z][A-Z0-9-]+)\)\s*$")
#: What stands before the name of a ship: JS, HMCS, HNoMS.
_PREFIX: Final = re.compile(r"[A-Z][A-Za-z]{0,4}[A-Z]\s+(?=\S)")
_FOLDED: Final = ox.NamedNode(W.folded)
_SHORT: Final = ox.NamedNode(W.short)
_INDEX: Final = ox.NamedNode(NAMES)


def fold(text: str) -> str:
    """Reduce a name to what counts when names are compared.

    Returns:
        The text without case, accents, punctuation, double spaces and a leading "the"; with "and"
        for "&", "saint" for "St.", and numbers in digits, apart from letters before them.

    Example:
        >>> fold("The  Self-Defense Force of U.S. Québec")
        'self defense force of us quebec'
        >>> fold("St. Kitts & Nevis"), fold("SNMG1") == fold("SNMG-One")
        ('saint kitts and nevis', True)
    """
    if text.isascii():  # most names are, and need no taking apart
        text = text.lower()
    else:
        # Twice: folding case may leave marks behind, and taking letters apart may leave case.
        for _ in range(2):
            text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in text.translate(_PLAIN) if not unicodedata.combining(c))
    text = _NUMBER.sub(" ", _AND.sub(" and ", text.translate(_JOINED)))
    words = _APART.sub(" ", text).split()
    while len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(_WORDS.get(word, word) for word in words)


def slug(label: str) -> str:
    """Make the readable end of an IRI of a label, of Latin letters, digits and hyphens.

    Returns:
        At most 60 characters, and none where no Latin letter and no digit is in the label: two
        labels may have the same.

    Example:
        >>> slug("HMCS Ville de Québec"), slug("東京")
        ('hmcs-ville-de-quebec', '')
    """
    text = unicodedata.normalize("NFKD", label.casefold().translate(_PLAIN))
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(_QUOTES)
    return _NOT_LATIN.sub("-", text).strip("-")[:60].strip("-")


def slug_of_its_own(name: str) -> str:
    """Make the end of an IRI that no other name has, unless both are compared as one (`fold`).

    Example:
        >>> slug_of_its_own("St. Kitts & Nevis"), slug_of_its_own("東京"), slug_of_its_own("?!")
        ('saint-kitts-and-nevis', '東京', 'x')
    """
    return fold(name).replace(" ", "-") or "x"


def bare(name: str) -> str:
    """Take the remarks in brackets off a name.

    Example:
        >>> bare("Burkina Faso (Upper Volta)")
        'Burkina Faso'
    """
    return _BRACKET.sub("", name).strip()


def index(engine: ox.Store, nodes: Collection[object] | None = None) -> None:
    """Write the folded names of all nodes into the graph `NAMES`.

    Ships are there without their prefix as well, nodes by their identifiers, such as the hull
    number of a ship, and what has something in brackets at its end without it, and by it if it is
    an abbreviation: to be looked at where nothing has a name in full.

    Args:
        engine: A store with its facts and what rules derive.
        nodes: The nodes; by default, all.
    """

    def named(term: str) -> Iterator[tuple[ox.NamedNode | ox.BlankNode | ox.Triple, str]]:
        for quad in engine.quads_for_pattern(None, ox.NamedNode(term), None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.Literal) and (nodes is None or quad.subject in nodes):
                yield quad.subject, quad.object.value

    names = [(node, _FOLDED, name) for term in NAMING for node, name in named(term)]
    ships = engine.query(
        "SELECT ?ship ?name { ?ship a/rdfs:subClassOf* nr:Ship ; rdfs:label ?name }",
        prefixes=PREFIXES,
    )
    assert isinstance(ships, ox.QuerySolutions)
    for ship, name in ships:
        prefix = _PREFIX.match(name.value)
        if prefix and (nodes is None or ship in nodes):
            names.append((ship, _SHORT, name.value[prefix.end() :]))
    names += [(node, _SHORT, name) for node, name in named(DCTERMS.identifier)]
    names += [(node, _SHORT, short) for node, _, name in names for short in _shorter(name)]
    engine.bulk_extend(
        [ox.Quad(node, term, ox.Literal(fold(name)), _INDEX) for node, term, name in names]
    )


def _shorter(name: str) -> Iterator[str]:
    """Take a name apart that ends in brackets: what is before them, and an abbreviation in them."""
    if name.endswith(")"):
        yield bare(name)
        if abbreviation := _SHORTENED.search(name):
            yield abbreviation[1]


def called(engine: ox.Store, name: str) -> Iterator[list[str]]:
    """Look up who has a name.

    Args:
        engine: A store with its facts. Where they have no index yet, it gets one.
        name: The name, as a person types it.

    Yields:
        The nodes' IRIs, blank nodes with ``_:`` before them: of those with that name, then of those
        with what is left of it without brackets, then of those that are called so in short.
    """
    if not engine.contains_named_graph(_INDEX):
        index(engine)
    spellings = dict.fromkeys((fold(name), fold(bare(name))))
    for term, folded in product((_FOLDED, _SHORT), filter(None, spellings)):
        nodes = {
            q.subject for q in engine.quads_for_pattern(None, term, ox.Literal(folded), _INDEX)
        }
        yield [node.value if isinstance(node, ox.NamedNode) else str(node) for node in nodes]
