"""The ontology's lists as words to look for in a text: kinds of ships, ranks, what is counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from ...graph import dataset
from ...graph.folding import bare
from ...graph.terms import NRC, SKOS

#: Words that the lists have in another form, by the concept's local name.
_MORE: Final = {
    "quantity": {
        "people": "personnel troops servicemen servicewomen soldiers crew-members crewmen persons",
        "ships": "vessels ship vessel naval-vessels naval-ships surface-ships",
        "states": "countries nations country nation state member-states",
        "exercises": "exercise drill drills manoeuvres maneuvers",
        "kilometres": "kilometers km kilometre kilometer",
        "metres": "meters",
        "nautical-miles": "nautical-mile",
        "navies": "naval-forces navy",
        "days": "day",
        "hours": "hour",
        "weeks": "week",
        "months": "month",
        "sailors": "sailor seamen",
        "missiles": "missile",
        "torpedoes": "torpedo",
        "mines": "mine",
        "boats": "boat",
        "visits": "port-visits port-calls port-call",
    },
    "aircraft-kind": {
        "aircraft": "planes plane warplanes",
        "fighter-aircraft": "fighters fighter jets-fighter",
        "maritime-patrol-aircraft": "patrol-aircraft patrol-plane",
    },
    "ship-kind": {
        "minehunter": "mine-hunter",
        "minesweeper": "mine-sweeper",
        "aircraft-carrier": "carrier",
        "patrol-boat": "patrol-craft",
        "patrol-vessel": "patrol-ship",
        "cadet-training-vessel": "cadet-training-ship",
        "training-ship": "training-vessel",
        "ocean-tug": "tug tugboat",
        "survey-ship": "survey-vessel research-vessel",
        "warship": "naval-vessel naval-ship",
        "guided-missile-destroyer": "missile-destroyer",
        "guided-missile-frigate": "missile-frigate",
    },
    "rank": {
        "admiral": "adm",
        "vice-admiral": "vice-adm vadm",
        "rear-admiral": "rear-adm radm rear-admiral-lower-half",
        "commodore": "cdre commo",
        "commander": "cmdr cdr comdr",
        "lieutenant-commander": "lt-cmdr lt-cdr",
        "general": "gen",
        "lieutenant-general": "lt-gen",
        "major-general": "maj-gen",
        "brigadier": "brig-gen brig",
        "colonel": "col",
        "lieutenant-colonel": "lt-col",
        "captain-of-a-navy": "captain capt",
        "captain-of-an-army": "captain capt",
        "lieutenant-of-a-navy": "lieutenant lt",
        "ensign": "ens",
    },
}  # fmt: skip
#: Concepts that stand for others in their list, or are too broad to be a word of a text.
_BROAD: Final = frozenset(
    ("naval-rank", "army-rank", "air-force-rank", "flag-rank", "exercises-lumped-together", "money")
)
_PLURALS: Final = ((r"man$", "men"), (r"(ch|sh|x|s)$", r"\1es"), (r"([^aeiou])y$", r"\1ies"))


@cache
def words_of(scheme: str) -> Mapping[str, tuple[str, ...]]:
    """Give the words for the concepts of a list, in small letters, with the concepts' IRIs.

    Args:
        scheme: What follows ``nrc:scheme-``, such as ``ship-kind``.

    Example:
        >>> words_of("ship-kind")["frigates"]
        ('https://w3id.org/passex/concept/frigate',)
    """
    found: dict[str, dict[str, None]] = {}
    for name, labels in _labels().get(scheme, {}).items():
        if name in _BROAD:
            continue
        more = _MORE.get(scheme, {}).get(name, "").split()
        listed = [bare(label).lower() for label in labels]
        for word in (*listed, *(text.replace("-", " ") for text in more), name.replace("-", " ")):
            for form in (word, _plural(word)):
                found.setdefault(_american(form), {})[NRC[name]] = None
                found.setdefault(form, {})[NRC[name]] = None
    return MappingProxyType({word: tuple(concepts) for word, concepts in found.items()})


def pattern_of(words: Iterable[str]) -> str:
    """Write words as a pattern that finds the longest of them, with hyphens or spaces.

    Example:
        >>> re.match(pattern_of(["patrol", "patrol boat"]), "patrol-boat")[0]
        'patrol-boat'
    """
    longest = sorted(words, key=lambda word: (-len(word), word))
    return (
        "(?:"
        + "|".join(re.escape(w).replace("\\ ", "[ -]").replace(r"\-", "[ -]") for w in longest)
        + ")"
    )


def plain(text: str) -> str:
    """Reduce words of a text to what `words_of` has: small letters, single spaces.

    Example:
        >>> plain("Guided-Missile  Destroyer"), plain("sub-lieutenant")
        ('guided missile destroyer', 'sub lieutenant')
    """
    return " ".join(text.lower().replace("-", " ").replace(".", "").split())


def concept(scheme: str, text: str) -> tuple[str, ...]:
    """Look up the concepts of a list that words of a text may mean.

    Example:
        >>> [iri.rpartition("/")[2] for iri in concept("rank", "Lt. Cmdr.")]
        ['lieutenant-commander']
    """
    return _plain_words(scheme).get(plain(text), ())


def label(scheme: str, iri: str) -> str:
    """Give the label of a concept, without its remark.

    Example:
        >>> label("exercise-kind", "https://w3id.org/passex/concept/passing-exercise")
        'passing exercise'
    """
    return bare(_labels()[scheme][iri.removeprefix(NRC.iri)][0])


def short(scheme: str, iri: str) -> str:
    """Give the shortest word for a concept: its abbreviation, if it has one.

    Example:
        >>> names = ("anti-submarine-exercise", "cyber-exercise", "passing-exercise")
        >>> [short("exercise-kind", f"https://w3id.org/passex/concept/{name}") for name in names]
        ['aswex', 'cyber', 'passex']
    """
    name = iri.removeprefix(NRC.iri)
    capitals = re.search(r"\b[A-Z]{3,}\b", " ".join(_labels()[scheme][name]))
    return capitals[0].lower() if capitals else name.removesuffix("-exercise")


@cache
def of_the_sea() -> frozenset[str]:
    """Give the kinds of exercises that are held at sea, as the ontology relates them.

    Example:
        >>> "https://w3id.org/passex/concept/passing-exercise" in of_the_sea()
        True
    """
    related = ox.NamedNode(SKOS.related), ox.NamedNode(NRC.naval)
    return frozenset(
        str(triple.subject).strip("<>")
        for triple in _concepts()
        if (triple.predicate, triple.object) == related
    )


@cache
def _plain_words(scheme: str) -> dict[str, tuple[str, ...]]:
    return {plain(word): concepts for word, concepts in words_of(scheme).items()}


@cache
def _concepts() -> tuple[ox.Triple, ...]:
    """Read the lists."""
    [path] = [path for path in dataset.ontology_files() if path.name == "concepts.ttl"]
    return tuple(quad.triple for quad in ox.parse(path=str(path)))


@cache
def _labels() -> dict[str, dict[str, list[str]]]:
    """Read the labels of the concepts by list and local name."""
    schemes: dict[str, str] = {}
    labels: dict[str, list[str]] = {}
    names = (SKOS.prefLabel, SKOS.altLabel)
    for triple in _concepts():
        subject = str(triple.subject).strip("<>").removeprefix(NRC.iri)
        if triple.predicate.value == SKOS.inScheme and isinstance(triple.object, ox.NamedNode):
            schemes[subject] = triple.object.value.removeprefix(NRC["scheme-"])
        elif triple.predicate.value in names and isinstance(triple.object, ox.Literal):
            labels.setdefault(subject, []).append(triple.object.value)
    found: dict[str, dict[str, list[str]]] = {}
    for name, scheme in schemes.items():
        found.setdefault(scheme, {})[name] = labels.get(name, [])
    return found


def _plural(word: str) -> str:
    if word.endswith(("craft", "s", "people", "personnel")):
        return word
    for ending, plural in _PLURALS:
        if re.search(ending, word):
            return re.sub(ending, plural, word)
    return f"{word}s"


def _american(word: str) -> str:
    return word.replace("defence", "defense").replace("manoeuv", "maneuv").replace("metre", "meter")
