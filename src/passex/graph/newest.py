"""What a node says by the claims up to a day, where later ones have changed it since.

A node has what the newest article says; what older ones said stands in their claims. So the value
that it had is found again: for its status and its dates by the newest claim of then, for a role by
the claims that give an actor the role that it had.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from .claimed import BOUNDS, Claim, Fact, Node, Value, in_body, place, values_of
from .terms import NR, NRC, OA

#: Of these a node has one value, that of the newest article that speaks of them.
ONE: Final = (NR.hasStatus, *BOUNDS)
#: What an actor is in an exercise or a plan: one of these.
_ROLES: Final = tuple(
    NR[name]
    for name in ("hasParticipant", "hasObserver", "hasInvited", "hasWithdrawn", "hasSupporter")
)
_DEFAULT: Final = ox.DefaultGraph()
_POSTPONED: Final = ox.NamedNode(NRC.postponed)
_BACKGROUND: Final = ox.NamedNode(NRC["date-from-background"])


class Change:
    """What has to be changed on a node, so that it is as of a day.

    Args:
        engine: The facts.
        node: The node.
        known: The claims about it that were made by then.
        later: Those that were made later.
        when: Gives the day of a claim.

    Attributes:
        off: The facts that it did not have then.
        on: Those that it had and has no longer.
    """

    def __init__(
        self,
        engine: ox.Store,
        node: Node,
        known: Sequence[Claim],
        later: Sequence[Claim],
        when: Callable[[Claim], str],
    ) -> None:
        self._engine, self._node, self._when = engine, node, when
        self._known, self._later = known, later
        self._now: dict[str, list[Value]] = {}
        for quad in engine.quads_for_pattern(node, None, None, _DEFAULT):
            self._now.setdefault(quad.predicate.value, []).append(quad.object)
        given = {fact for claim in known for fact in claim.facts()}
        #: What later claims alone support.
        self.off: set[Fact] = {fact for claim in later for fact in claim.facts()} - given
        self.on: set[Fact] = set()
        if any(not claim.properties.isdisjoint(ONE) for claim in later):
            self._put_back_status_and_dates()
        self._put_back_roles()
        for name in {name for _, name, _ in self.off}.difference(ONE, _ROLES):
            self._put_back(name)
        # Of parties that is said of further ones, whoever else is named.
        for name in {name for _, name, _ in self.on}.difference(_ROLES, {NR.hasParty}):
            self.off.add((node, NR.leavesOpen, ox.NamedNode(name)))

    def _giving(self, claims: Iterable[Claim], name: str) -> list[tuple[Claim, list[Value]]]:
        found = [
            (claim, [value for _, of, value in claim.facts() if of == name])
            for claim in claims
            if name in claim.properties
        ]
        return [(claim, values) for claim, values in found if values]

    def _strong(self, claim: Claim) -> bool:
        """Whether a node takes what it says: certain, stated, and in a body."""
        return claim.plain and in_body(self._engine, claim)

    def _newest(self, giving: Sequence[tuple[Claim, list[Value]]]) -> tuple[Claim, list[Value]]:
        """Choose the newest; of one day the article's own before others', then by its IRI."""
        last = max(self._when(claim) for claim, _ in giving)
        of_the_day = [one for one in giving if self._when(one[0]) == last]
        return min(of_the_day, key=lambda one: (not one[0].own, str(one[0].node)))

    def _put_back_status_and_dates(self) -> None:
        chosen: dict[str, Claim] = {}
        for name in ONE:
            values, giving = self._now.get(name, []), self._giving(self._known, name)
            strong = [one for one in giving if self._strong(one[0])]
            since = max((self._when(claim) for claim, _ in strong), default="")
            after = [value for _, given in self._giving(self._later, name) for value in given]
            # What was looked up may be more exact than any article.
            stands = [
                value
                for value in values
                if (not giving and value not in after)
                or any(
                    value in given
                    and (claim.looked_up or value not in after or self._when(claim) >= since)
                    for claim, given in giving
                )
            ]
            candidates = strong or (giving if values else [])
            if not stands and candidates:
                claim, stands = self._newest(candidates)
                if name != NR.hasStatus and self._put_off_after(self._when(claim)):
                    stands = []
                else:
                    chosen[name] = claim
            self._set(name, values, stands)
        chosen.pop(NR.hasStatus, None)
        self._take_off_words(chosen.values())

    def _set(self, name: str, values: Iterable[Value], wanted: Iterable[Value]) -> None:
        before, after = set(values), set(wanted)
        self.off = {fact for fact in self.off if fact[1] != name or fact[2] not in after}
        self.off |= {(self._node, name, value) for value in before - after}
        self.on |= {(self._node, name, value) for value in after - before}

    def _then(self, name: str) -> list[Value]:
        """Give the values of a property as far as they are found by now."""
        stayed = [v for v in self._now.get(name, []) if (self._node, name, v) not in self.off]
        return stayed + [value for _, of, value in self.on if of == name]

    def _put_off_after(self, day: str) -> bool:
        """Tell whether it was postponed after a day: the dates that it had until then are off."""
        return _POSTPONED in self._then(NR.hasStatus) and any(
            _POSTPONED in values and self._when(claim) > day
            for claim, values in self._giving(self._known, NR.hasStatus)
        )

    def _take_off_words(self, chosen: Collection[Claim]) -> None:
        """Take off the words of the dates, and what gave them, where these are not those of then.

        Those of then stand in no claim, and which of the words of its quote they are, nothing says.

        Args:
            chosen: The claims whose dates were put back.
        """
        node = self._node
        dated = any(map(self._then, BOUNDS))
        changed = any(set(self._then(name)) != {*self._now.get(name, [])} for name in BOUNDS)
        printed, after = (
            [text for claim in claims for text in self._quoted(claim)]
            for claims in (self._known, self._later)
        )
        for words in self._now.get(NR.dateWords, []):
            text = words.value if isinstance(words, ox.Literal) else ""
            new = changed or any(text in quote for quote in after)
            if not dated or (new and not any(text in quote for quote in printed)):
                self.off.add((node, NR.dateWords, words))
        looked_up = any(not claim.quotes for claim in chosen)
        for basis in self._now.get(NR.dateBasis, []):
            if not dated or (chosen and (basis == _BACKGROUND) is not looked_up):
                self.off.add((node, NR.dateBasis, basis))
        if looked_up:
            self.on.add((node, NR.dateBasis, _BACKGROUND))

    def _quoted(self, claim: Claim) -> Iterator[str]:
        """Yield the words of the quotes of a claim on dates."""
        if claim.properties.isdisjoint(BOUNDS):
            return
        for quote in sorted(claim.quotes, key=place):
            for words in values_of(self._engine, ox.NamedNode(quote), OA.exact):
                if isinstance(words, ox.Literal):
                    yield words.value

    def _put_back_roles(self) -> None:
        """Give back the role that an actor had until a later article gave it another, or none."""
        # Who has a role by later claims alone, and which roles later articles speak of.
        now = {actor for name in _ROLES for actor in self._now.get(name, [])}
        recast = {actor for _, name, actor in self.off if name in _ROLES and actor in now}
        listed = {name for claim in self._later if claim.own for name in claim.properties}
        given = [
            (self._when(claim), claim, fact)
            for claim in self._known
            for fact in claim.facts()
            if fact[1] in _ROLES
        ]
        for day, claim, fact in given:
            _, role, actor = fact
            newer = any(of[2] == actor and of[1] != role and then > day for then, _, of in given)
            lost = actor in recast or (claim.own and role in listed)
            if lost and actor not in self._now.get(role, []) and not newer and self._strong(claim):
                self.on.add(fact)

    def _put_back(self, name: str) -> None:
        """Give back the values of a property that has none by then."""
        if not self._now.get(name) or self._then(name):
            return
        strong = [one for one in self._giving(self._known, name) if self._strong(one[0])]
        last = max((self._when(claim) for claim, _ in strong), default="")
        for claim, given in strong:
            if self._when(claim) == last and len(claim.properties) == 1:
                self.on |= {(self._node, name, value) for value in given}
