"""The claims of a page, and the steps by which actors are in events, which rest on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ...evidence.claims import Claim, Claims
from ...graph.labelling import labels
from ...graph.store import Store
from ...graph.terms import LEVELS, shorten
from ...network.chains import Chains, Way


class Numbers(dict[str, int]):
    """Numbers of things, in the order in which they were first asked for."""

    def __missing__(self, iri: str) -> int:
        self[iri] = number = len(self)
        return number


class Stock:
    """The claims of the page, each once: their places in the list are their numbers.

    Attributes:
        claims: The claims, as the page has them.
        told: The claims of the graph, each read once.
    """

    def __init__(self, store: Store, articles: Numbers) -> None:
        self._store, self._articles = store, articles
        self.told = Claims(store)
        self._numbers = Numbers()
        self._labels: dict[str, str] = {}
        self.claims: list[dict[str, Any]] = []

    def label(self, iri: str) -> str:
        """Read the label of a node, by its IRI, once."""
        if iri not in self._labels:
            self._labels |= labels(self._store, [iri])
        return self._labels[iri]

    def find(self, iri: str) -> int:
        """Give the number of a claim, by its IRI."""
        return self._numbers[iri] if iri in self._numbers else self._add(self.told.read(iri))

    def about(self, iri: str) -> list[int]:
        """Give the numbers of the claims about a node."""
        return [*map(self._add, self.told.about(iri))]

    def _add(self, claim: Claim) -> int:
        number = self._numbers[claim.iri]
        if number == len(self.claims):
            self.claims.append(_described(claim, self._articles))
        return number


def routes_of(
    chains: Chains,
    members: Mapping[str, int],
    ties: Iterable[tuple[str, tuple[str, str]]],
    links: Numbers,
    stock: Stock,
) -> Iterator[list[Any]]:
    """Say by which steps actors are in an event.

    Args:
        members: The numbers of the actors, by their IRIs.
        ties: The ties that it is behind: the level, and both ends.

    Yields:
        An actor, the label of the participant through which it is there, affiliations, whether by
        inference, and the claims on all of the steps; and if these lead to a tie with some others
        alone, as they may where members are told apart by their parties, these.
    """
    whole = [level for level in LEVELS if not chains.tells_apart(level)]
    # At each level it is the same chain, where the actor is at that level.
    everywhere = {
        (actor, way): None
        for actor in members
        for level in whole
        if (way := chains.to(actor, level))
    }
    against: dict[tuple[str, Way], set[int]] = {}
    for level, ends in ties:
        if level not in whole:
            both = chains.between(*ends, level)
            for end, other, way in zip(ends, ends[::-1], both, strict=True):
                if way and (end, way) not in everywhere:
                    against.setdefault((end, way), set()).add(members[other])
    for actor, way in sorted((*everywhere, *against), key=lambda one: members[one[0]]):
        first, *rest = way
        on = [stock.find(claim) for step in way for claim in step.claims]
        inferred = int(any(step.kind == "navy" for step in rest))
        others = [sorted(against[actor, way])] if (actor, way) in against else []
        yield [
            members[actor],
            stock.label(first.value),
            [links[step.subject] for step in rest],
            inferred,
            on,
            *others,
        ]


def _described(claim: Claim, articles: Numbers) -> dict[str, Any]:
    return {
        "name": shorten(claim.iri),
        "label": claim.label,
        "properties": list(claim.on_properties),
        "value": claim.says,
        "by": [speaker.label for speaker in claim.attributed_to],
        "via": [outlet.label for outlet in claim.reported_via],
        "certainty": claim.certainty,
        "basis": claim.basis,
        "source": claim.source,
        "evidence": [
            [articles[place.article], place.zone, place.start, place.end, place.exact]
            for place in claim.evidence
            if place.article
        ],
    }
