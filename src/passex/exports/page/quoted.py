"""The quotes that speak best for ties: one for each exercise or plan behind each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from ...evidence.best_quotes import BestQuote, EventQuotes
from ...network.chains import Chains
from .claims import Stock

#: An event behind a tie, as the page has it, and the quote for it.
Quoted: TypeAlias = tuple[list[Any], BestQuote | None]


class Choice:
    """Quotes that are chosen event by event, and numbered when all are.

    Args:
        levels: What `passex.exports.page.levels` gives.
        actors: The IRIs of the actors, by their numbers.
        stock: The claims of the page.
    """

    def __init__(self, levels: dict[str, Any], actors: Sequence[str], stock: Stock) -> None:
        self._stock = stock
        self._on: dict[int, list[tuple[str, tuple[str, str], list[Any]]]] = {}
        for level, shown in levels.items():
            for a, b, occasions in shown["ties"]:
                for occasion in occasions:
                    ends = actors[a], actors[b]
                    self._on.setdefault(occasion[0], []).append((level, ends, occasion))
        self._chosen: dict[int, list[Quoted]] = {}

    def ties(self, event: int) -> Iterator[tuple[str, tuple[str, str]]]:
        """List the ties that an event is behind, by its number: the level, and both ends."""
        return ((level, ends) for level, ends, _ in self._on[event])

    def choose(self, event: int, chains: Chains) -> None:
        """Choose the quotes of an event, by its number, for each tie that it is behind."""
        quotes = EventQuotes(chains, self._stock.told)
        self._chosen[event] = [
            (occasion, quotes.best(ends, level)) for level, ends, occasion in self._on[event]
        ]

    def numbered(self) -> list[tuple[int, int, int]]:
        """Add the number of its quote to each event behind a tie; None where there is no quote.

        Returns:
            The quotes by their numbers: a claim, the place among its evidence, and how well it
            speaks.
        """
        numbers: dict[tuple[int, int, int], int] = {}
        for event in self._on:
            for occasion, best in self._chosen[event]:
                number = None
                if best:
                    places = [place for place in best.claim.evidence if place.article]
                    quote = self._stock.find(best.claim.iri), places.index(best.anchor), best.worth
                    number = numbers.setdefault(quote, len(numbers))
                occasion.append(number)
        return [*numbers]
