"""Quotes that speak best for ties and plans: one for each, where there is room for no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

from ..graph.store import Store
from ..network.chains import Chains
from ..network.steps import Known
from .claims import Anchor, Claim, Claims

#: Nothing speaks better than what has all that `_worth` counts, and is on everybody.
_BEST: Final = 16
#: Of so many exercises or plans one will do.
_EVENTS: Final = 20
#: The zones that are evidence in full.
_FULL: Final = ("body", "row")


@dataclass(frozen=True, slots=True)
class BestQuote:
    """A quote, and the claim that it proves.

    Attributes:
        anchor: The quote, and where it stands.
        claim: What it says.
        worth: How well it speaks: the more, the better.
    """

    anchor: Anchor
    claim: Claim
    worth: int

    @property
    def where(self) -> str:
        """Where it stands and whose words it is; whatever weakens it is said.

        Of a row of a table that is all there is to show.

        Example:
            >>> from passex import load
            >>> base = "https://w3id.org/passex/id/"
            >>> quote = best(load().store, [base + "passex-2018-08"], [base + "snmg1"], "service")
            >>> quote.where.split(" · ")[0]
            'Article on the passing exercise, 2018'
        """
        place, claim = self.anchor, self.claim
        known = not place.is_row and place.start >= 0
        at = f"characters {place.start}\N{EN DASH}{place.end}" if known else ""
        others = [by.label for by in claim.attributed_to if by.iri != place.article]
        said = [
            place.row if place.is_row else place.label,
            "" if place.zone in _FULL else place.zone.replace("-", " "),
            at,
            f"according to {', '.join(others)}" if others and claim.basis == "stated" else "",
            "" if claim.certainty == "certain" else claim.certainty,
            "" if claim.basis == "stated" else claim.basis,
        ]
        return " · ".join(filter(None, said))


def best(
    store: Store,
    events: Iterable[str],
    actors: Collection[str],
    level: str,
    known: Known | None = None,
) -> BestQuote | None:
    """Find the one quote that speaks best for actors in exercises or plans, by their IRIs.

    It is the best that `EventQuotes` finds, and the first of these of the first twenty events.

    Args:
        store: A store with its derived triples.
        events: The exercises or plans.
        actors: Who is in them, at
        level: the level.
        known: What `passex.network.steps.known` has read, where many are asked for.

    Example:
        >>> from passex import load
        >>> base = "https://w3id.org/passex/id/"
        >>> best(load().store, [base + "passex-2018-08"], [base + "snmg1"], "service").anchor.exact
        'Standing NATO Maritime Group One (SNMG1) participated'
    """
    steps, told = known or Known(), Claims(store)
    return _first_best(
        EventQuotes(Chains(store, event, steps), told).best(actors, level)
        for event in islice(events, _EVENTS)
    )


def _first_best(quotes: Iterable[BestQuote | None]) -> BestQuote | None:
    """Give the first of those that are worth most, and look no further than the best there is."""
    found: BestQuote | None = None
    for quote in quotes:
        if quote is not None and (found is None or quote.worth > found.worth):
            found = quote
        if found is not None and found.worth == _BEST:
            break
    return found


class EventQuotes:
    """The quotes that speak for the actors in one exercise or plan.

    Args:
        chains: By which steps they are in it.
        told: The claims of the graph.
    """

    def __init__(self, chains: Chains, told: Claims) -> None:
        self._chains, self._told = chains, told
        self._on: dict[tuple[str, str], frozenset[str]] = {}
        self._quotes: dict[str, BestQuote | None] = {}
        self._best: dict[frozenset[frozenset[str]], BestQuote | None] = {}

    def best(self, actors: Collection[str], level: str) -> BestQuote | None:
        """Find the one that speaks best for actors, by their IRIs, at a level.

        What places all of them there comes before what places one, who takes part before to whom it
        belongs, the body before weaker zones, what is certain and stated before the rest. Without
        such a quote it is one of the claims about the event, which is worth less than any other.
        """
        on = frozenset(self._claims(actors, level))
        # Where all parties stand in one sentence or row, it is the same quote for each two of them.
        if on not in self._best:
            self._best[on] = self._of(on)
        return self._best[on]

    def _of(self, on: frozenset[frozenset[str]]) -> BestQuote | None:
        found = _first_best(
            replace(quote, worth=quote.worth + 8) if all(iri in claims for claims in on) else quote
            for iri in sorted(frozenset[str]().union(*on))
            if (quote := self._quote(iri))
        )
        return self._about if found is None else found

    def _claims(self, actors: Collection[str], level: str) -> Iterator[frozenset[str]]:
        """Give the claims on the steps to each: of two where these are tied."""
        if len(actors) == 2 and self._chains.tells_apart(level):
            one, other = actors
            for way in self._chains.between(one, other, level):
                yield frozenset(claim for step in way for claim in step.claims)
            return
        for actor in actors:
            if (actor, level) not in self._on:
                steps = self._chains.to(actor, level)
                self._on[actor, level] = frozenset(claim for step in steps for claim in step.claims)
            yield self._on[actor, level]

    def _quote(self, iri: str) -> BestQuote | None:
        if iri not in self._quotes:
            self._quotes[iri] = _first_best(_places(self._told.read(iri)))
        return self._quotes[iri]

    @cached_property
    def _about(self) -> BestQuote | None:
        about = self._told.about(self._chains.event)
        found = _first_best(quote for claim in about for quote in _places(claim))
        return found and replace(found, worth=found.worth - _BEST)


def _places(claim: Claim) -> Iterator[BestQuote]:
    """Give the quotes of a claim; what has no article is no quote."""
    for place in claim.evidence:
        if place.article and place.exact:
            yield BestQuote(place, claim, _worth(claim, place))


def _worth(claim: Claim, place: Anchor) -> int:
    return (
        4 * ("nr:hasParticipant" in claim.on_properties)
        + 2 * (place.zone in _FULL)
        + (claim.certainty == "certain")
        + (claim.basis == "stated")
    )
