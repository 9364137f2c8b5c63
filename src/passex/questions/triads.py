"""Open triads: two actors that train with a third and not with each other.

There are as many as pairs of partners, of each actor: millions, in a graph of a million triples.
The query of ``queries/open-triads.rq`` says what they are, and makes a table of all of them. Here
they are counted without being made, and made in the order of their strength, as far as they are
wanted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import combinations, groupby, islice, product
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..graph import hierarchy
from ..graph.store import Store, Term
from ..graph.terms import LEVELS, NR, RDF
from .found import Found, pairs, solved

#: The partners of each actor at a level, each with the number of exercises that both were in.
Near: TypeAlias = Mapping[str, Mapping[str, int]]

COLUMNS: Final = ("actor", "through", "other", "level", "exercises")
_NOBODY: Final[Mapping[str, int]] = {}


#: As in the query: of which one had ended before the other was there.
_NEVER_TOGETHER: Final = """
PREFIX nr: <https://w3id.org/passex/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?actor ?other WHERE {
  ?actor a nr:Actor ; org:subOrganizationOf?/nr:latest ?end .
  ?other a nr:Actor ; org:subOrganizationOf?/nr:earliest ?start .
  FILTER (?end < ?start)
}"""


@dataclass(frozen=True, slots=True)
class Triads:
    """The open triads of a graph.

    Attributes:
        near: By level, the lowest first, who trains with whom there.
        tied: By actor, with whom it makes no open triad, since they train with each other, or
            never were there at one time.
        formations: By actor, the formations that it belongs to, or is.
        within: By formation, who belongs to it, and the formation.
    """

    near: Mapping[str, Near]
    tied: Mapping[str, Set[str]]
    formations: Mapping[str, Collection[str]]
    within: Mapping[str, Set[str]]

    def __len__(self) -> int:
        """Count them: the partners of each partner's partner, without those tied to it."""
        ends = 0
        for number, near in enumerate(self.near.values()):
            lower = [*self.near.values()][:number]
            for through, partners in near.items():
                others = partners.keys()
                counted = [keys for one in lower if (keys := one.get(through, _NOBODY).keys())]
                for actor in partners:
                    left = others - self.tied[actor]
                    left.discard(actor)
                    for formation in self.formations.get(actor, ()):
                        left -= self.within[formation]
                    for keys in counted:
                        if actor in keys:
                            left -= keys  # counted at that level
                    ends += len(left)
        return ends // 2  # of each triad, both ends were counted

    def rows(self, most: int | None = None) -> list[tuple[Term, ...]]:
        """Give them as rows of `COLUMNS`: the strongest first, then by the IRIs of their actors.

        A triad is as strong as the weaker of its two ties.

        Args:
            most: How many at the most; all of them without it.
        """
        node = {iri: ox.NamedNode(iri) for iri in self.tied}
        level = {name: ox.Literal(name) for name in self.near}
        number = {n: ox.Literal(n) for n in self._strengths()}
        return [
            (node[actor], node[through], node[other], level[at], number[strength])
            for strength, through, actor, other, at in islice(self._strongest(), most)
        ]

    def _strengths(self) -> set[int]:
        partners = (own for near in self.near.values() for own in near.values())
        return {number for own in partners for number in own.values()}

    def _strongest(self) -> Iterator[tuple[int, str, str, str, str]]:
        """Make them one after the other, and those of one strength and third actor at once."""
        ties = [
            (-strength, through, level, partner)
            for level, near in self.near.items()
            for through, partners in near.items()
            for partner, strength in partners.items()
        ]
        # Of a pair of partners, the triad is as strong as the tie that comes second here.
        before: dict[tuple[str, str], list[str]] = {}
        for (strength, through), group in groupby(sorted(ties), key=lambda tie: tie[:2]):
            found = []
            for level, each in groupby(group, key=lambda tie: tie[2]):
                new = [partner for *_, partner in each]
                earlier = before.setdefault((level, through), [])
                for both in (*combinations(new, 2), *product(new, earlier)):
                    actor, other = sorted(both)
                    if self._open(actor, other):
                        found.append((actor, other, level))
                earlier += new
            for actor, other, level in sorted(found):
                lowest = self._level(-strength, level, through, actor, other)
                if lowest:
                    yield -strength, through, actor, other, lowest

    def _open(self, actor: str, other: str) -> bool:
        own, others = self.formations.get(actor, ()), self.formations.get(other, ())
        return other not in self.tied[actor] and set(own).isdisjoint(others)

    def _level(self, strength: int, at: str, through: str, actor: str, other: str) -> str:
        """Give the lowest level of a triad; none where it is stronger at another level."""
        lowest = ""
        for level, near in self.near.items():
            partners = near.get(through, _NOBODY)
            least = min(partners.get(actor, 0), partners.get(other, 0))
            # Of levels at which it is as strong, the lowest gives it.
            if least > strength or (least == strength and level != at and not lowest):
                return ""
            if least:
                lowest = lowest or level
        return lowest


def answer(store: Store, most: int | None = None) -> Found:
    """Answer the question of ``open-triads``, with as many rows as are wanted."""
    triads = read(store)
    rows = triads.rows(most)
    return Found(COLUMNS, rows, len(rows) if most is None else len(triads))


def read(store: Store) -> Triads:
    """Read what the open triads of a graph are made of.

    Args:
        store: A store with its derived triples.

    Example:
        >>> from passex import load
        >>> triads = read(load().store)
        >>> len(triads) == len(triads.rows())
        True
    """
    # By the one direction that closes a triad: facts that go round in circles have ties of one.
    tied: dict[str, set[str]] = {}
    trained: dict[str, set[str]] = {}
    for actor, partner in pairs(store, NR.trainedWith):
        trained.setdefault(actor, set()).add(partner)
        own, others = tied.setdefault(actor, set()), tied.setdefault(partner, set())
        if actor < partner:
            own.add(partner)
            others.add(actor)
    for actor, other in solved(store, _NEVER_TOGETHER):
        if actor in tied and other in tied:
            tied[actor].add(other)
            tied[other].add(actor)
    exercises = set(store.subjects(RDF.type, NR.Exercise))
    near = {level: _near(store, term, exercises, trained) for level, term in LEVELS.items()}
    of: dict[str, list[str]] = {}
    within: dict[str, set[str]] = {}
    for formation in store.subjects(RDF.type, NR.Formation):
        below = hierarchy.subclasses(store.engine, formation, by=NR.belongsTo)
        within[formation] = tied.keys() & below
        for actor in within[formation]:
            of.setdefault(actor, []).append(formation)
    return Triads(near, tied, of, within)


def _near(store: Store, term: str, exercises: Set[str], trained: Mapping[str, Set[str]]) -> Near:
    members: dict[str, list[str]] = {}
    for event, actor in pairs(store, term):
        if event in exercises:
            members.setdefault(event, []).append(actor)
    counts: Counter[tuple[str, str]] = Counter()
    for group in members.values():
        counts.update(combinations(sorted(group), 2))
    near: dict[str, dict[str, int]] = {}
    for (actor, partner), number in counts.items():
        if partner in trained.get(actor, ()):
            near.setdefault(partner, {})[actor] = number
        if actor in trained.get(partner, ()):
            near.setdefault(actor, {})[partner] = number
    return near
