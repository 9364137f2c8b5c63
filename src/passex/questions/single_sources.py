"""Ties of training that rest on one article only.

The query of ``queries/single-source-ties.rq`` says which they are, and the engine takes half a
minute for those of a graph of a million triples: it joins each pair of an exercise with each
article. Here the articles that name an actor are read once an exercise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, product
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..graph.store import Store, node, text
from ..graph.terms import LEVELS, NR, RDF, WORKINGS, W
from .found import Found, pairs

#: The IRIs of two actors, sorted.
Ends: TypeAlias = tuple[str, str]

COLUMNS: Final = ("actor", "partner", "level", "source")
_WORKINGS: Final = ox.NamedNode(WORKINGS)
_NOBODY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Participations:
    """Who took part in what, by the IRIs of participations.

    Attributes:
        of: By exercise, those in it.
        within: By what names the participants, an exercise or a phase, those in it.
        articles: The articles in which each is named.
        stands: By level, the lowest first, whom each stands for there.
        carried: Whom those carry themselves that others count with, and stand for these, too.
        parties: By exercise and level at which members are told apart by their parties, these, and
            the contingents of each; of the whole, and of each of its phases.
    """

    of: Mapping[str, list[str]]
    within: Mapping[str, list[str]]
    articles: Mapping[str, Set[str]]
    stands: Mapping[str, Mapping[str, Set[str]]]
    carried: Mapping[str, Set[str]]
    parties: Mapping[tuple[str, str], Mapping[str, Mapping[str, Set[str]]]]


def answer(store: Store, most: int | None = None) -> Found:
    """Answer the question of ``single-source-ties``.

    Args:
        store: A store with its derived triples.
        most: How many rows are wanted at the most; all without it.

    Example:
        >>> from passex import load
        >>> found = answer(load().store, 2)
        >>> len(found.rows), found.number > 2
        (2, True)
    """
    # Of each pair of actors: the article, and the lowest level; nothing where there are several.
    sources: dict[Ends, tuple[str, str] | None] = {}
    parts = _read(store)
    exercises = set(store.subjects(RDF.type, NR.Exercise))
    for level in LEVELS:
        for phase, tied in _pairs(parts, exercises, level):
            _add(sources, level, _named(parts, phase, level), tied)
    alone = sorted((pair, found) for pair, found in sources.items() if found)
    rows = [
        (ox.NamedNode(a), ox.NamedNode(b), ox.Literal(level), ox.NamedNode(article))
        for (a, b), (article, level) in alone[:most]
    ]
    return Found(COLUMNS, rows, len(alone))


def _add(
    sources: dict[Ends, tuple[str, str] | None],
    level: str,
    named: Mapping[str, Set[str]],
    tied: Iterable[Ends],
) -> None:
    """Add what is behind the ties of one exercise, or one phase, at a level.

    Args:
        named: By actor, the articles that name it there, or what stands for it.
        tied: The pairs that train with each other there.
    """
    for pair in tied:
        one, other = named.get(pair[0], _NOBODY), named.get(pair[1], _NOBODY)
        # Those that name both; where none does, those that name one of the two.
        behind = one if one == other else (one & other or one | other)
        if not behind:
            continue
        [article, *others] = behind
        if pair not in sources:
            sources[pair] = None if others else (article, level)
        elif (known := sources[pair]) and (others or known[0] != article):
            sources[pair] = None


def _pairs(
    parts: _Participations, exercises: Set[str], level: str
) -> Iterator[tuple[str, Iterable[Ends]]]:
    """Pair the members of each exercise, or of each of its phases, at a level."""
    stands = parts.stands[level]
    for exercise, own in parts.of.items():
        if exercise in exercises and (exercise, level) not in parts.parties:
            # Nearly everywhere each member is a party of its own.
            members = _NOBODY.union(*(stands.get(part, _NOBODY) for part in own))
            yield exercise, combinations(sorted(members), 2)
    for (exercise, at), phases in parts.parties.items():
        if at == level and exercise in exercises:
            for phase, parties in phases.items():
                own = parts.of.get(exercise, [])
                yield phase, _apart(stands, parties, [one for one in own if one in parties])


def _apart(
    stands: Mapping[str, Set[str]], parties: Mapping[str, Set[str]], own: Iterable[str]
) -> set[Ends]:
    """Pair the members of an exercise as its parties tie them: not within one contingent.

    Args:
        parties: Those of the exercise or of a phase, with their contingents.
        own: Those that are in the exercise: all, but where facts go round in circles.
    """
    found = set()
    for left, right in product(own, parties):
        if left != right and parties[left].isdisjoint(parties[right]):
            one, other = stands.get(left, _NOBODY), stands.get(right, _NOBODY)
            # A ship isn't paired with her squadron.
            found |= {(a, b) for a in one - other for b in other - one if a < b}
    return found


def _named(parts: _Participations, phase: str, level: str) -> Mapping[str, Set[str]]:
    """List the articles that name each member of an exercise, or what stands for it."""
    stands = parts.stands[level]
    named: dict[str, Set[str]] = {}
    for part in parts.within.get(phase, ()):
        if articles := parts.articles.get(part):
            members = stands.get(part, _NOBODY)
            if part in parts.carried:
                members = members & parts.carried[part]
            for member in members:
                named[member] = named[member] | articles if member in named else articles
    return named


def _read(store: Store) -> _Participations:
    carried = {
        whole: {*_objects(store, whole, W.carries), *_objects(store, whole, NR.infersService)}
        for whole in {whole for _, whole in pairs(store, W.countsWith, workings=True)}
    }
    levels = {term: level for level, term in LEVELS.items()}
    doubled = [
        (exercise, levels[term]) for exercise, term in pairs(store, W.doubles, workings=True)
    ]
    parties = {exercise: _parties(store, exercise) for exercise in {of for of, _ in doubled}}
    return _Participations(
        _by_value(store, W["in"]),
        _by_value(store, W.phase),
        _values(store, W.namedIn),
        {level: _values(store, term) for level, term in LEVELS.items()},
        carried,
        {(exercise, level): parties[exercise] for exercise, level in doubled},
    )


def _parties(store: Store, exercise: str) -> dict[str, dict[str, Set[str]]]:
    phases = {
        phase: _objects(store, phase, W.party)
        for part in _subjects(store, W["in"], exercise)
        for phase in _subjects(store, W.party, part)
    }
    return {
        phase: {part: set(_objects(store, part, W.contingent)) for part in own}
        for phase, own in phases.items()
    }


def _by_value(store: Store, term: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part, value in pairs(store, term, workings=True):
        found.setdefault(value, []).append(part)
    return found


def _values(store: Store, term: str) -> dict[str, Set[str]]:
    found: dict[str, Set[str]] = {}
    # The same set for all that have one and the same value.
    alone: dict[str, frozenset[str]] = {}
    for part, value in pairs(store, term, workings=True):
        if (one := alone.get(value)) is None:
            one = alone[value] = frozenset((value,))
        found[part] = found[part] | one if part in found else one
    return found


def _subjects(store: Store, term: str, value: str) -> list[str]:
    found = store.engine.quads_for_pattern(None, ox.NamedNode(term), node(value), _WORKINGS)
    return [text(quad.subject) for quad in found]


def _objects(store: Store, part: str, term: str) -> list[str]:
    found = store.engine.quads_for_pattern(node(part), ox.NamedNode(term), None, _WORKINGS)
    return [text(quad.object) for quad in found]
