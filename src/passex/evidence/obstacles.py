"""Obstacles: why no exercise or plan ties two actors under a policy, each in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import nextafter

from ..graph.gazetteer import ALWAYS
from ..graph.labelling import Node, labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NR, ORG, RDF, W, local_name
from ..network import absent, projection
from ..network.activities import Activity
from ..network.chains import Chains
from ..network.model import say_chance
from ..network.policy import BACKBONES, DEFAULT, Policy
from ..network.steps import workings
from ..text.wording import day, say_dates
from .routes import time_of_belonging
from .sides import KINDS, ROLES, Side


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A reason why something doesn't tie two actors.

    Attributes:
        kind: ``apart`` (nothing names both), ``lifetime`` (one had ended before the other was
            there), ``part`` (one belongs to the other), ``planned``,
            ``status``, ``domain``, ``period``, ``level``, ``basis`` (not all steps are stated),
            ``number`` (too few for the policy), ``backbone`` (chance explains the tie),
            ``role``, ``contingent``, ``phases``, ``party`` (both are in it as one),
            ``formation`` (of no single service), ``time`` (no member then), ``below`` or ``claim``
            (somebody says that one takes part, and the exercise or plan doesn't have it).
        event: The exercise or plan; None where the reason is no single one.
        sentence: The reason in words.
    """

    kind: str
    event: Named | None
    sentence: str


def obstacles(
    store: Store,
    a: Node,
    b: Node,
    every: Mapping[str, Activity],
    tied: Mapping[str, Sequence[str]],
    policy: Policy | None = None,
) -> tuple[Obstacle, ...]:
    """Say why two actors aren't tied in the network of a policy; nothing where they are.

    Args:
        every: The exercises and plans that can count.
        tied: Those of them that tie the two, with the levels.
        policy: What counts; without one what counts by default, at any level.
    """
    levels = [policy.level] if policy else list(LEVELS)
    policy = policy or DEFAULT
    counted = {iri for iri in tied if policy.admits(every[iri])}
    for level in levels:
        at = {iri for iri in counted if level in tied[iri]}
        if policy.basis == "stated":
            at = {iri for iri in at if _stated(store, iri, level, a, b)}
        # As in the network, what is to come in an exercise that counts adds nothing to it.
        at -= {iri for iri in at if every[iri].part_of in at}
        if len(at) >= policy.min_events:
            return _by_chance(store, a, b, policy)
    both = _Both(store, (Side(store, a), Side(store, b)), every, tied, policy, levels)
    if b.iri in both.ends[0].near or a.iri in both.ends[1].near:
        low, high = (a, b) if b.iri in both.ends[0].above else (b, a)
        time = time_of_belonging(store, low.iri, high.iri)
        whose = high.label + (f" ({time})" if time else "")
        own = f"{low.label} belongs to {whose}: nobody trains with what it is part of."
        return (Obstacle("part", None, own), *both.tied_but_not_counted())
    never = _never_together(store, a, b)
    found = (*never, *both.all(), *both.only_claimed())
    if len(found) > len(never):
        return found
    named = "both"
    if bare := [end for end in both.ends if not end.named]:
        named = " or ".join(end.node.label for end in bare)
    claimed = tuple(both.claimed_of(bare))
    but = ", but by a claim alone" if claimed else ""
    none = f"No exercise or plan in this graph names {named}{but}."
    return (*never, Obstacle("apart", None, none), *claimed)


def _never_together(store: Store, *ends: Node) -> tuple[Obstacle, ...]:
    """Say when two actors were there, where one had ended before the other began."""
    days = [_lifetime(store, end.iri) for end in ends]
    last, first = min(last or ALWAYS[1] for _, last in days), max(first or "" for first, _ in days)
    if last >= first:
        return ()
    when = "; ".join(f"{end.label} {say_dates(*own)}" for end, own in zip(ends, days, strict=True))
    return (Obstacle("lifetime", None, f"The two never existed at the same time: {when}."),)


def _lifetime(store: Store, actor: str) -> tuple[str | None, str | None]:
    """Find the first and the last day of an actor, or of the state whose service it is."""
    of = (actor, *store.objects(actor, ORG.subOrganizationOf))
    first, last = (
        [found for iri in of for text in store.objects(iri, NR[end]) if (found := day(text))]
        for end in ("earliest", "latest")
    )
    return max(first, default=None), min(last, default=None)


def _stated(store: Store, event: str, level: str, *ends: Node) -> bool:
    """Tell whether every step to two actors that an event ties is stated."""
    one, other = (end.iri for end in ends)
    ways = Chains(store, event).between(one, other, level)
    return all(step.basis == "stated" for way in ways for step in way)


def _by_chance(store: Store, a: Node, b: Node, policy: Policy) -> tuple[Obstacle, ...]:
    """Say that a tie is left out of the backbone that a policy asks for, with its probability."""
    if policy.backbone is None:
        return ()
    network = projection.build(store, replace(policy, alpha=nextafter(1, 0)))
    chances = [t.p for t in network.ties if {t.source.iri, t.target.iri} == {a.iri, b.iri}]
    p = next(iter(chances), 1.0)
    if p is None or p < policy.alpha:
        return ()
    by = f"by {BACKBONES[policy.backbone]} at alpha {policy.alpha:g}"
    said = f"The tie of the two is not in the backbone {by}: its p is {say_chance(p)}."
    return (Obstacle("backbone", None, said),)


@dataclass(frozen=True)
class _Both:
    """Two actors that nothing ties that counts."""

    store: Store
    ends: tuple[Side, Side]
    every: Mapping[str, Activity]
    tied: Mapping[str, Sequence[str]]
    policy: Policy
    levels: Collection[str]

    def all(self) -> Iterator[Obstacle]:
        """Go through all that names both, the newest first."""
        a, b = self.ends
        tops = a.named.keys() & b.named.keys()
        for top in sorted(tops, key=self._newest, reverse=True):
            became = self.store.objects(top, NR.realisedBy)
            if top not in self.every and not tops.isdisjoint(became):
                continue  # what became of the plan has a reason itself
            places = sorted({place for end in self.ends for place, _, _ in end.named[top]})
            # Where a plan is a phase of an exercise, it is one for itself.
            yield from self._of(sorted({self._container(place, top) for place in places}), top)

    def only_claimed(self) -> Iterator[Obstacle]:
        """Say by whose claims alone the two are in something together, the newest first."""
        parts = [end.claimed.keys() | end.named.keys() for end in self.ends]
        for top in sorted(parts[0] & parts[1], key=self._newest, reverse=True):
            if top in self.every and all(
                end.is_in(top) or (top in end.claimed and top not in end.named) for end in self.ends
            ):
                for end in self.ends:
                    if not end.is_in(top):
                        yield self._only_claimed(end, top)

    def claimed_of(self, ends: Iterable[Side]) -> Iterator[Obstacle]:
        """Say by whose claims alone those are in anything that nothing names, the newest first."""
        for end in ends:
            for top in sorted(
                end.claimed.keys() & self.every.keys(), key=self._newest, reverse=True
            ):
                yield self._only_claimed(end, top)

    def _only_claimed(self, end: Side, top: str) -> Obstacle:
        actor, by, doubt = end.claimant(top)
        who = end.called(actor, labels(self.store, [actor])[actor])
        return self._obstacle("claim", top, f"{who} is in it by {by} alone{doubt}")

    def tied_but_not_counted(self) -> Iterator[Obstacle]:
        """Say why what ties the two doesn't count."""
        return (self._not_counted(iri) for iri in sorted(self.tied, key=self._newest, reverse=True))

    def _newest(self, iri: str) -> tuple[str, str]:
        days = (*self.store.objects(iri, NR.latest), *self.store.objects(iri, NR.earliest))
        return (days[0] if days else "", iri)

    def _container(self, place: str, top: str) -> str:
        kinds = [KINDS.intersection(self.store.objects(iri, RDF.type)) for iri in (place, top)]
        return top if kinds[0] & kinds[1] else place

    def _of(self, containers: Sequence[str], top: str) -> Iterator[Obstacle]:
        if tied := [event for event in containers if event in self.tied]:
            yield from map(self._not_counted, tied)
            return
        first, second = ([e for e in containers if end.is_in(e)] for end in self.ends)
        if both := [event for event in first if event in second]:
            yield self._both_in(both[0])
        elif first and second:
            yield self._obstacle("phases", top, "the two are in different phases only")
        else:
            names = [{actor for _, _, actor in end.named[top]} for end in self.ends]
            if len(names[0] | names[1]) > 1:  # one that is above both names neither
                for end, own in zip(self.ends, (first, second), strict=True):
                    if not own:
                        yield self._not_in(end, top)

    def _obstacle(self, kind: str, event: str, words: str) -> Obstacle:
        label = labels(self.store, [event])[event]
        return Obstacle(kind, Named(label, event), f"{label}: {words}.")

    def _not_counted(self, event: str) -> Obstacle:
        activity, policy = self.every[event], self.policy
        if activity.planned and "planned" not in policy.include:
            return self._planned(event)
        if activity.status not in policy.include:
            counts = " and ".join(status.replace("-", " ") for status in policy.include)
            state = activity.status.replace("-", " ")
            return self._obstacle("status", event, f"{state}, where only {counts} counts")
        if policy.domain not in ("all", *activity.domains):
            domains = " and ".join(sorted(activity.domains)) or "no"
            other = f"of {domains} domain, where only the {policy.domain} domain counts"
            return self._obstacle("domain", event, other)
        if not policy.period.may_hold(activity.earliest, activity.latest):
            bounds = (("since", policy.since), ("until", policy.until))
            period = " ".join(f"{word} {day}" for word, day in bounds if day is not None)
            outside = f"{activity.when}, where only what took place {period} counts"
            return self._obstacle("period", event, outside)
        at = [level for level in self.tied[event] if level in self.levels]
        if not at:
            others = " and ".join(self.tied[event])
            words = f"it ties the two at {others} level, not {self.policy.at}"
            return self._obstacle("level", event, words)
        if policy.basis == "stated" and not any(
            _stated(self.store, event, level, *(end.node for end in self.ends)) for level in at
        ):
            words = "it ties the two by inference, where only what is stated counts"
            return self._obstacle("basis", event, words)
        few = f"one of fewer than {policy.min_events} {policy.things} that a tie needs here"
        return self._obstacle("number", event, few)

    def _planned(self, plan: str) -> Obstacle:
        status = self._status(plan)
        more = f" ({status})" if status not in ("planned", "") else ""
        return self._obstacle("planned", plan, f"only planned{more}")

    def _status(self, plan: str) -> str:
        realised = labels(self.store, self.store.objects(plan, NR.realisedBy)).values()
        status = (local_name(iri) for iri in self.store.objects(plan, NR.hasStatus))
        own = [name.replace("-", " ") for name in status]
        return "; ".join([*own, *(f"realised by {label}" for label in sorted(realised))])

    def _both_in(self, event: str) -> Obstacle:
        """Say why an exercise or plan that has both ties them at no level."""
        if event not in self.every:
            return self._planned(event)
        store, names = self.store, [end.node.label for end in self.ends]
        at = [
            [level for level, of in LEVELS.items() if end.node.iri in store.objects(event, of)]
            for end in self.ends
        ]
        common = [level for level in at[0] if level in at[1]]
        if not common:
            words = [
                f"{name} is in it at {' and '.join(own) or 'no'} level"
                for name, own in zip(names, at, strict=True)
            ]
            alone = [
                f"{end.node.label} is a formation of no single service"
                for end in self.ends
                if W.Multinational in workings(store, end.node.iri, RDF.type)
            ]
            kind = "formation" if alone else "level"
            may = "".join(
                self._either(end.node.label, self._named_by(end.node.iri, event))
                for end in self.ends
            )
            return self._obstacle(kind, event, "; ".join(words + alone) + may)
        left, right = (self._parties(event, end.node.iri, common[0]) for end in self.ends)
        facing = [(x, y) for x, p in left for y, q in right if p == q and x != y]
        contingents = [
            {*workings(store, x, W.contingent)} & {*workings(store, y, W.contingent)}
            for x, y in facing
        ]
        if own := labels(store, set[str]().union(*contingents)):
            which = " and ".join(sorted(own.values()))
            return self._obstacle("contingent", event, f"the two are of one contingent ({which})")
        if facing or {x for x, _ in left} & {y for y, _ in right}:
            return self._obstacle("party", event, f"{' and '.join(names)} are one party in it")
        return self._obstacle("phases", event, "the two are in different phases only")

    def _named_by(self, actor: str, *events: str) -> set[str]:
        """Find the participations of an actor, as which it is named."""
        parts = {part for iri in events for part in workings(self.store, iri, W.participation)}
        return {part for part in parts if actor in workings(self.store, part, W.of)}

    def _either(self, label: str, parts: Collection[str], navy: str = "") -> str:
        """Say for which of its navies, among them one, a state may stand; nothing where for one."""
        navies = {iri for part in parts for iri in absent.navies_of(self.store, part)}
        if len(navies) < 2 or navy not in ("", *navies):
            return ""
        return f"; {label} may stand for {absent.either(self.store, navies)}"

    def _parties(self, event: str, actor: str, level: str) -> list[tuple[str, str]]:
        """List the parties through which an actor is in an event, with their phases."""
        return [
            (part, phase)
            for part in workings(self.store, event, W.participation)
            if actor in workings(self.store, part, LEVELS[level])
            for phase in workings(self.store, part, W.phase)
            if part in workings(self.store, phase, W.party)
        ]

    def _not_in(self, end: Side, top: str) -> Obstacle:
        """Say why an actor takes no part in what names it, or whom it belongs to or has."""
        store, name = self.store, end.node.label
        order = (*ROLES, NR.hasParticipant)
        place, role, actor = min(
            end.named[top],
            key=lambda n: (order.index(n[1]), n[2] in end.near - {end.node.iri}, n[2], n[0]),
        )
        label = labels(store, [actor])[actor]
        who = end.called(actor, label)
        if role in ROLES:
            return self._obstacle("role", top, f"{who} {ROLES[role]}{end.rival(top, actor)}")
        if actor == end.node.iri:
            state = f"only in a part of it that is {self._status(place) or 'none'}"
            return self._obstacle("planned", top, f"{label} is {state}")
        own = self._named_by(actor, place, top)
        if actor in end.above:
            may = self._either(label, own, end.node.iri)
            return self._obstacle("below", top, f"it names {label}, and not {name}{may}")
        if sails := labels(store, {f for part in own for f in workings(store, part, W.sailsFor)}):
            words = f"{label} took part for {' and '.join(sorted(sails.values()))}"
            alone = f"a formation of no single service, and not for {name}"
            return self._obstacle("formation", top, f"{words}, {alone}")
        return self._obstacle("time", top, f"{label} didn't belong to {name} at that time")
