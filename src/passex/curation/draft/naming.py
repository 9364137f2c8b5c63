"""Names as a text has them: words that begin with a capital letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ...graph.folding import fold
from ...graph.terms import ID

#: Capital letters of Latin alphabets; of those from U+0100 on, large and small take turns.
CAPITAL: Final = r"[A-Z\u00C0-\u00D6\u00D8-\u00DE\u0100-\u017F\u0218-\u021B\u1E00-\u1EFF]"
WORD: Final = rf"{CAPITAL}[\w\u0300-\u036f]*(?:['\u2019](?!s\b)[\w]+)*(?:-\w+)*"
_PARTICLE: Final = (
    r"(?:de|del|della|di|da|do|dos|du|des|la|le|las|los|van|von|der|den|al|el|bin|ibn|y|e)"
)
#: A name of a few words, with what may stand within: Ville de Québec, Elbridge A Colby.
NAME: Final = (
    rf"{WORD}(?:[ \u00a0](?:{_PARTICLE}[ \u00a0]){{0,2}}(?:{CAPITAL}\.[ \u00a0])?{WORD}){{0,3}}"
)
_FIRST: Final = re.compile(r"\w+")


def surname(name: str) -> str:
    """Give the word by which somebody is called for short: the first, before a name of two parts.

    Example:
        >>> surname("Rui Costa"), surname("Ahn Gyu-back"), surname("Carsten Fjord-Larsen")
        ('Costa', 'Ahn', 'Fjord-Larsen')
    """
    words = name.split()
    second = words[-1].partition("-")[2]
    # Of Korean names the second part is small; of double surnames both are large.
    return words[0] if len(words) == 2 and second[:1].islower() else words[-1]


def occurrences(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Find names in a text, the longest at each place, in time that doesn't grow with their number.

    Example:
        >>> list(occurrences("Iron Gull and Iron", ["Iron", "Iron Gull"]))
        [(0, 9, 'Iron Gull'), (14, 18, 'Iron')]
    """
    by_word: dict[str, list[str]] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        if first := _FIRST.match(name):
            by_word.setdefault(first[0], []).append(name)
    end = 0
    for match in _FIRST.finditer(text) if by_word else ():
        start = match.start()
        if start < end or text[start - 1 : start] == "-" or match[0] not in by_word:
            continue
        for name in by_word[match[0]]:
            end_of = start + len(name)
            if text.startswith(name, start) and not re.match(r"[\w-]", text[end_of : end_of + 1]):
                yield start, end_of, name
                end = end_of
                break


#: What many claims name has a short IRI.
_SHORTENED: Final = (
    "post",
    "tenure",
    "affiliation",
    "Exercise",
    "ExercisePlan",
    "Event",
    "Meeting",
    "Visit",
    "Plan",
)
_MOST: Final = 30


def _cut(wanted: str) -> str:
    """Cut a long name behind a word; what it ends with, such as a year, stays."""
    if len(wanted) <= _MOST:
        return wanted
    end = re.search(r"(?:-\d\d)?(?:-plan)?\Z", wanted)
    assert end is not None
    start = wanted[: _MOST - len(end[0])].rpartition("-")[0] or wanted[: _MOST - len(end[0])]
    return re.sub("(?:-(?:of|the|and))+$", "", start) + end[0]


class Iris:
    """IRIs for what has no node yet: readable, and none that is taken.

    Args:
        taken: The IRIs that have a node, with its label.
        suffix: What tells apart what would have one IRI, such as the year.
    """

    def __init__(self, taken: Mapping[str, str], suffix: str) -> None:
        self._taken, self._suffix = taken, suffix
        self._by_label = {fold(label): iri for iri, label in taken.items()}
        self._given: dict[tuple[str, str], str] = {}
        self._used: set[str] = set()

    def mint(self, kind: str, label: str, wanted: str) -> str:
        """Give a thing its IRI: always the same one for one kind and label."""
        key = (kind, fold(label) or label)
        if key not in self._given:
            base = (_cut(wanted) if kind in _SHORTENED else wanted) or kind
            tried, number = ID[base], 1
            # A node of that name is this one: whatever else it is called.
            same = fold(self._taken.get(tried, "")) in (
                fold(label),
                fold(label.removeprefix("waters ")),
            )
            while (tried in self._taken and not same) or tried in self._used:
                same = False
                tried = ID[f"{base}-{self._suffix}" + (f"-{number}" if number > 1 else "")]
                number += 1
            self._used.add(tried)
            self._given[key] = tried
        return self._given[key]

    def called(self, *labels: str) -> str:
        """Give the IRI of what has one of some labels already; empty where nothing has."""
        found = (self._by_label.get(fold(label), "") for label in labels)
        return next(filter(None, found), "")

    def beginning(self, stem: str, body: str) -> tuple[str, str] | None:
        """Find the one thing that is called by a word with a beginning, and a body: Aldrian Navy.

        Returns:
            Its IRI and its label.
        """
        first, last = fold(stem), fold(body)
        found = {
            iri: self._taken[iri]
            for label, iri in self._by_label.items()
            if label.startswith(first)
            and label.endswith(f" {last}")
            and " " not in label.removesuffix(f" {last}")
        }
        return next(iter(found.items())) if len(found) == 1 else None

    def knows(self, iri: str) -> bool:
        """Tell whether something has that IRI already."""
        return iri in self._taken
