"""Quotes that speak best for ties and plans: one for each, where there is room for no more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from ..graph.store import Store
from ..network.chains import Chains
from ..network.steps import Known
from .claims import Anchor, Claim, claims_about, read

#: Nothing speaks better than what has all that `_worth` counts, and names everybody.
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
    """

    anchor: Anchor
    claim: Claim

    @property
    def where(self) -> str:
        """Where it stands and whose words it is; whatever weakens it is said.

        Example:
            >>> from passex import load
            >>> base = "https://w3id.org/passex/id/"
            >>> quote = best(load().store, [base + "passex-2018-08"], [base + "snmg1"], "service")
            >>> quote.where.split(" · ")[0]
            'Article on the passing exercise, 2018'
        """
        place, claim = self.anchor, self.claim
        at = f"row {place.start}" if place.zone == "row" else ""
        if not at and place.start >= 0:
            at = f"characters {place.start}\N{EN DASH}{place.end}"
        others = [by.label for by in claim.attributed_to if by.iri != place.article]
        said = [
            place.label,
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

    What places all of them there comes before what places one, who takes part before to whom it
    belongs, the body before weaker zones, what is certain and stated before the rest, and the first
    event of the first twenty before the others. Without such a quote it is one of the claims about
    these.

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
    given = [*islice(events, _EVENTS)]
    found = _first_best(_quotes(store, given, actors, level, known or Known()))
    if found is None:
        claims = (claim for event in given for claim in claims_about(store, event))
        found = _first_best((_worth(*one), BestQuote(one[1], one[0])) for one in _places(claims))
    return found


def _first_best(quotes: Iterable[tuple[int, BestQuote]]) -> BestQuote | None:
    """Give the first of those that are worth most, and look no further than the best there is."""
    most, found = -1, None
    for worth, quote in quotes:
        if worth > most:
            most, found = worth, quote
        if most == _BEST:
            break
    return found


def _quotes(
    store: Store, events: Iterable[str], actors: Collection[str], level: str, known: Known
) -> Iterator[tuple[int, BestQuote]]:
    for event in events:
        chains = Chains(store, event, known)
        on = [
            {claim for step in chains.to(actor, level) for claim in step.claims}
            for actor in sorted(actors)
        ]
        for iri in sorted(set().union(*on)):
            everybody = 8 if all(iri in claims for claims in on) else 0
            for claim, place in _places([read(store, iri)]):
                yield everybody + _worth(claim, place), BestQuote(place, claim)


def _places(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Anchor]]:
    """Give the quotes of claims; what has no article is no quote."""
    for claim in claims:
        for place in claim.evidence:
            if place.article and place.exact:
                yield claim, place


def _worth(claim: Claim, place: Anchor) -> int:
    return (
        4 * ("nr:hasParticipant" in claim.on_properties)
        + 2 * (place.zone in _FULL)
        + (claim.certainty == "certain")
        + (claim.basis == "stated")
    )
