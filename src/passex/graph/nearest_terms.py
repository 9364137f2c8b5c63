"""Terms that somebody may have meant by one that isn't declared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from ..text import nearest
from .terms import PREFIXES, SH, namespace, shorten

#: In angle brackets, or bare, as the messages of shapes have it.
_IRI: Final = re.compile(r"<([^<>\s\"{}|^`\\]+)>|(?<![\w<\"])(https?://[^\s<>\"'`,;()]*[\w/])")
_LOCAL: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*")


def suggest(term: str, declared: Iterable[str]) -> list[str]:
    """Find the declared terms that come nearest to a misspelt one.

    Args:
        term: The IRI that is not declared.

    Returns:
        At most three of them, the nearest first: those with the same local name in another
        namespace or in another case, then those of the same namespace that are spelled alike, then
        those of any.

    Example:
        >>> suggest("http://e/hasParticpant", ["http://e/hasParticipant", "http://e/hasPlace"])
        ['http://e/hasParticipant']
    """
    space = namespace(term)
    local = term[len(space) :]
    alike, ends = _index(frozenset(declared))
    near = list(alike.get(_fold(local), ()))
    # A misspelling keeps one of its ends and its length, more or less: comparing is slow.
    names: dict[str, list[str]] = {}
    for iri in dict.fromkeys(iri for end in _ends(local) for iri in ends.get(end, ())):
        name = local_part(iri)
        if abs(len(name) - len(local)) <= 4:
            names.setdefault(name, []).append(iri)
    for close in nearest.nearest(local, names, cutoff=0.7):
        near += [iri for iri in names[close] if iri.startswith(space)] or names[close]
    # Nearly the same name elsewhere is noise where there is one here.
    here = [iri for iri in near if iri.startswith(space) or _fold(local_part(iri)) == _fold(local)]
    return [iri for iri in dict.fromkeys(here or near) if iri != term][:3]


def is_slip(term: str, other: str) -> bool:
    """Tell whether a single small letter is wrong in a term: one too many, too few, or swapped.

    Args:
        term: The IRI that may be misspelt.
        other: The IRI that may have been meant.

    Example:
        >>> is_slip("http://e/Shpi", "http://e/Ship"), is_slip("http://e/Ship2", "http://e/Ship")
        (True, False)
    """
    if term == other or abs(len(term) - len(other)) > 1:
        return False
    while term and other and term[0] == other[0]:
        term, other = term[1:], other[1:]
    while term and other and term[-1] == other[-1]:
        term, other = term[:-1], other[:-1]
    few = max(len(term), len(other)) == 1 or (len(term) == 2 and term == other[::-1])
    return few and (term + other).isalpha() and (term + other).islower()


@lru_cache(maxsize=8)
def _index(declared: frozenset[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The terms by their folded local names, and by their ends."""
    alike: dict[str, list[str]] = {}
    ends: dict[str, list[str]] = {}
    for iri in sorted(declared):
        name = local_part(iri)
        alike.setdefault(_fold(name), []).append(iri)
        for end in _ends(name):
            ends.setdefault(end, []).append(iri)
    return alike, ends


def _ends(name: str) -> tuple[str, str]:
    return "^" + name[:1].casefold(), name[-1:].casefold() + "$"


def did_you_mean(term: str, declared: Iterable[str]) -> str:
    """Write a hint with the terms that come nearest.

    Args:
        term: The IRI that is not declared.

    Returns:
        A question, or an empty text where nothing comes near.

    Example:
        >>> did_you_mean("https://w3id.org/passex/ontology#Shipp", ["https://w3id.org/passex/ontology#Ship"])
        'did you mean nr:Ship?'
    """
    return nearest.did_you_mean(short(iri) for iri in suggest(term, declared))


def short(iri: str) -> str:
    """Write an IRI for a person: with a known prefix, ``sh:`` among them, or in angle brackets.

    Returns:
        The prefixed name, or the IRI in angle brackets.

    Example:
        >>> short("http://www.w3.org/ns/shacl#path")
        'sh:path'
    """
    if iri.startswith(SH.iri) and SH.iri not in PREFIXES.values():
        return "sh:" + iri[len(SH.iri) :]
    return shorten(iri)


def shortened(text: str, known: Mapping[str, str]) -> str:
    """Write the IRIs of a text with prefixes.

    Args:
        text: A text with IRIs in angle brackets.
        known: Namespaces by prefix.

    Returns:
        The text, with prefixed names where a prefix fits.

    Example:
        >>> shortened("<http://e/Ship> is no <http://e/a/Class>", {"e": "http://e/"})
        'e:Ship is no <http://e/a/Class>'
    """

    def short(match: re.Match[str]) -> str:
        iri = match[1] or match[2]
        for prefix, space in known.items():
            if iri.startswith(space) and _LOCAL.fullmatch(iri, len(space)):
                return f"{prefix}:{iri[len(space) :]}"
        return match[0]

    return _IRI.sub(short, text)


def local_part(iri: str) -> str:
    """Give the local name of a term.

    Returns:
        What follows its namespace.

    Example:
        >>> local_part("http://www.w3.org/ns/shacl#path")
        'path'
    """
    return iri[len(namespace(iri)) :]


def _fold(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "")
