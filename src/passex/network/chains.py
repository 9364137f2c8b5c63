"""Chains of steps from words to an actor in an exercise: as strong as the weakest step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, NR, NRC, ORG, RDFS, WORKINGS, W
from . import twomode
from .steps import Known, Step, members, workings
from .ties import Phase

_GAZETTEER: Final = "https://w3id.org/passex/gazetteer"
#: Whatever the party.
_ANY: Final = ""
#: The strongest first.
_BASES: Final = (NRC.stated, NRC.inferred, NRC.background)
_INFERRED: Final = f"""# Who is in an event, or stands behind a party of it, by inference alone.
SELECT ?event ?actor {{ GRAPH <{WORKINGS}> {{ ?event w:infers ?actor }} }}"""
_NAMED_WEAKLY: Final = f"""# Who is named in an event by inference alone, whatever else leads there.
SELECT DISTINCT ?event ?actor {{ GRAPH <{WORKINGS}> {{
    {{
        ?participation w:doubtfulBy ?actor ; w:of ?actor ; w:in ?event .
        FILTER NOT EXISTS {{
            ?event w:participation ?other . ?other w:of ?actor .
            FILTER NOT EXISTS {{ ?other w:doubtfulBy ?actor }}
        }}
    }} UNION {{
        ?participation w:doubtfulBy ?actor ; w:of ?actor ; w:countsWith? ?event .
        ?phase w:party ?event .
        FILTER NOT EXISTS {{
            ?other w:countsWith? ?event ; w:of ?actor .
            FILTER NOT EXISTS {{ ?other w:doubtfulBy ?actor }}
        }}
    }}
}} }}"""


#: Steps from words to an actor.
Way: TypeAlias = tuple[Step, ...]


class Chains:
    """The chains of steps by which actors are in an exercise or plan.

    Args:
        store: A store with its derived triples.
        event: The IRI of an exercise or plan that counts: the whole, where it has phases.
        known: What was read before, of which events have much in common.

    Attributes:
        event: The same IRI.

    Example:
        >>> from passex import load
        >>> base = "https://w3id.org/passex/id/"
        >>> chains = Chains(load().store, base + "passex-2018-08")
        >>> for step in chains.to(base + "japan", "state"):
        ...     print(step.kind, step.basis, step.value.removeprefix(base))
        participation stated jmsdf-training-squadron
        affiliation stated jmsdf
        gazetteer stated japan
    """

    def __init__(self, store: Store, event: str, known: Known | None = None) -> None:
        self._store, self.event = store, event
        self._parts = tuple(_parts(store, event, known or Known()))
        self._members: dict[str, frozenset[str]] = {}
        self._phases: dict[str, tuple[Mapping[str, int], tuple[Phase, ...]]] = {}

    def to(self, member: str, level: str, account: str = "", party: str = _ANY) -> Way:
        """Find the strongest chain to an actor, by its IRI, at one of `policy.AT`.

        With an account of the exercise, by its IRI, only what is told of that counts; with a party,
        only that and what counts with it.

        First comes the participation of whoever is named, then each affiliation that is climbed
        from there to the actor. A chain is stated if every step is; of several chains the strongest
        is given, of those the shortest, then the first by the participant's IRI, and that of the
        whole before that of a phase. There is none where the actor isn't in the event at that
        level. To who is named, one step is all.
        """
        chains: list[Way] = []
        parts = [
            part
            for part in self._parts
            if account in ("", part.phase) and (party == _ANY or party in part.sides)
        ]
        if level == NAMED:
            chains = [(part.named,) for part in parts if part.actor == member]
        elif member in self._at(level):
            for part in parts:
                if member in part.carried:
                    chains.append(part.stated.get(member) or part.every.get(member, ()))
                elif level == "service" and member in part.inferred:
                    chains.append(part.navy(member))
        return min(filter(None, chains), key=self._rank, default=())

    def between(self, one: str, other: str, level: str) -> tuple[Way, Way]:
        """Find the strongest chains to two actors that are tied at a level, by their IRIs.

        Where members are told apart by their parties, in phases and contingents, those are chains
        through two parties that face each other.
        """
        ways = (
            (self.to(one, level, party=left), self.to(other, level, party=right))
            for left, right in self.facing(one, other, level)
        )
        return min(ways, key=lambda both: (any(map(_weak, both)), *map(self._rank, both)))

    def facing(self, one: str, other: str, level: str) -> list[tuple[str, str]]:
        """List by which parties two actors are tied at a level: any, where each has its own."""
        members, phases = self._told_apart(level)
        found = [
            pair
            for phase in phases
            if one in members and other in members
            for pair in phase.facing(members[one], members[other])
        ]
        # Who is a member through no party is one of its own.
        either = [tuple(end if end in self._parties else _ANY for end in pair) for pair in found]
        return sorted({(left, right) for left, right in either}) or [(_ANY, _ANY)]

    def tells_apart(self, level: str) -> bool:
        """Tell whether the members of a level are told apart by their parties."""
        return bool(self._told_apart(level)[1])

    @cached_property
    def _parties(self) -> frozenset[str]:
        return frozenset(part.iri for part in self._parts)

    @cached_property
    def _doubles(self) -> frozenset[str]:
        """The levels at which it tells parties apart: looked up once, and for few there are any."""
        return frozenset(workings(self._store, self.event, W.doubles))

    def _told_apart(self, level: str) -> tuple[Mapping[str, int], tuple[Phase, ...]]:
        if level not in self._phases:
            beside = level == NAMED and any(len(part.sides) > 1 for part in self._parts)
            if beside or LEVELS.get(level, LEVELS["unit"]) in self._doubles:
                two = twomode.read(self._store, level, [self.event])
                numbers = {iri: number for number, iri in enumerate(two.members)}
                self._phases[level] = numbers, two.shared.get(0, ())
            else:
                self._phases[level] = {}, ()
        return self._phases[level]

    def _at(self, level: str) -> frozenset[str]:
        """Give all that are in the event at a level: of many members each is asked for."""
        if level not in self._members:
            self._members[level] = frozenset(self._store.objects(self.event, LEVELS[level]))
        return self._members[level]

    def _rank(self, way: Way) -> tuple[object, ...]:
        if not way:
            return (True,)
        first = way[0]
        return _weak(way), len(way), first.value, first.subject != self.event, first.subject


def inferred(store: Store, level: str) -> set[tuple[str, str]]:
    """Read who is in events by inference alone, as pairs of event and actor.

    Those are they to whom no chain of steps leads that are all stated. Where members are told apart
    by their parties, pairs of party and actor say the same of each.
    """
    query = _NAMED_WEAKLY if level == NAMED else _INFERRED
    return {(str(event), str(actor)) for event, actor in store.rows(query)}


def _weak(chain: Way) -> bool:
    return any(step.basis != "stated" for step in chain)


@dataclass(frozen=True)
class _Part:
    """A participation, with what leads up from it.

    Attributes:
        iri: The participation.
        phase: In what the participant is named: the exercise, a phase or an account of it.
        actor: The participant.
        known: What `Chains` was given.
    """

    store: Store
    iri: str
    phase: str
    actor: str
    known: Known

    @cached_property
    def carried(self) -> set[str]:
        return set(workings(self.store, self.iri, W.carries))

    @cached_property
    def sides(self) -> frozenset[str]:
        """The parties by which it counts: itself, or those that it counts with."""
        return frozenset((self.iri, *workings(self.store, self.iri, W.countsWith)))

    @cached_property
    def inferred(self) -> set[str]:
        return set(workings(self.store, self.iri, NR.infersService))

    @cached_property
    def named(self) -> Step:
        """The step from the words to the participant."""
        claims = _claims(self.known, self.store, self.phase, (NR.hasParticipant,), {self.actor})
        return _step("participation", self.phase, self.actor, claims)

    @cached_property
    def links(self) -> Mapping[str, list[Step]]:
        """The steps up from each member that it carries."""
        links: dict[str, list[Step]] = {}
        for link in workings(self.store, self.iri, W.through):
            for whole in self._shared(link, W.to):
                for member in self._shared(link, ""):
                    if member in self.carried:
                        links.setdefault(member, []).append(self._step(link, member, whole))
        return links

    @cached_property
    def stated(self) -> Mapping[str, Way]:
        """The shortest chains of steps that are all stated, by whom they lead to."""
        return self._ways(stated=True)

    @cached_property
    def every(self) -> Mapping[str, Way]:
        """The shortest chains of any steps."""
        return self._ways(stated=False)

    def navy(self, goal: str) -> Way:
        """Give the chain to the navy of a state that is named, or whose formation is."""
        by = set(self._shared(goal, W.by))
        link = min(link for link in workings(self.store, self.iri, W.navyBy) if link in by)
        state = min(whole for whole in self._shared(link, W.to) if whole in self.carried)
        claims = self._step(link, goal, state).claims
        way = self.stated.get(state) or self.every.get(state, ())
        return *way, Step("navy", link, goal, "inferred", claims)

    def _step(self, link: str, member: str, whole: str) -> Step:
        """Give the step by which an affiliation leads from a member, made once for all events."""
        key = (link, member, whole)
        if key not in self.known.links:
            self.known.links[key] = _link(self.known, self.store, *key)
        return self.known.links[key]

    def _shared(self, iri: str, term: str) -> list[str]:
        """Look up, once for all events, what many events share; without a term, the members."""
        key = (iri, term)
        if key not in self.known.looked_up:
            values = workings(self.store, iri, term) if term else members(self.store, iri)
            self.known.looked_up[key] = values
        return self.known.looked_up[key]

    def _ways(self, stated: bool) -> dict[str, Way]:
        """Find the shortest chains to all whom it carries, breadth first."""
        if stated and self.named.basis != "stated":
            return {}
        ways: dict[str, Way] = {self.actor: (self.named,)}
        waiting = [self.actor]
        for here in waiting:  # grows while it is gone through
            for step in self.links.get(here, ()):
                if step.value not in ways and not (stated and step.basis != "stated"):
                    ways[step.value] = (*ways[here], step)
                    waiting.append(step.value)
        return ways


def _parts(store: Store, event: str, known: Known) -> Iterator[_Part]:
    for iri in workings(store, event, W.participation):
        # Claims are about the account of the exercise by which somebody takes part.
        (phase,) = workings(store, iri, W.told) or workings(store, iri, W.phase)
        (actor,) = workings(store, iri, W.of)
        yield _Part(store, iri, phase, actor, known)


def _link(known: Known, store: Store, link: str, member: str, whole: str) -> Step:
    """Make the step of an affiliation, or of a service whose state the gazetteer gives."""
    claims = []
    if link != member:
        claims = _claims(known, store, link, (ORG.member, ORG.organization), {member, whole})
    of = whole in store.objects(member, ORG.subOrganizationOf)
    if of and _GAZETTEER in store.objects(member, RDFS.isDefinedBy):
        bases = {NRC.stated} & {basis for basis, _ in claims}
        kind = "affiliation" if bases else "gazetteer"
        return Step(kind, link, whole, "stated", tuple(iri for _, iri in claims))
    return _step("affiliation", link, whole, claims)


def _step(kind: str, subject: str, value: str, claims: list[tuple[str, str]]) -> Step:
    weak = claims and claims[0][0] != NRC.stated
    basis = "inferred" if weak else "stated"
    return Step(kind, subject, value, basis, tuple(iri for _, iri in claims))


def _claims(
    known: Known, store: Store, about: str, terms: tuple[str, ...], values: set[str]
) -> list[tuple[str, str]]:
    """Give the claims on a step, with their basis, the strongest first."""
    found = [
        (basis, claim)
        for claim, basis, on, given in known.of(store, about)
        if not on.isdisjoint(terms) and not (given and values.isdisjoint(given))
    ]
    return sorted(found, key=lambda each: (_BASES.index(each[0]), each[1]))
