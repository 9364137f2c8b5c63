"""The quotes that speak best for ties: one for each exercise or plan behind each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...evidence.best_quotes import EventQuotes
from ...graph.store import Store
from ...network.steps import Known
from .claims import Stock


def choose(
    store: Store,
    levels: dict[str, Any],
    events: Sequence[str],
    actors: Sequence[str],
    stock: Stock,
    known: Known,
) -> list[tuple[int, int, int]]:
    """Choose a quote for each event of the ties at each level, and add its number to that event.

    Args:
        levels: What `passex.exports.page.levels` gives; where there is no quote, None is added.
        events: The IRIs of the events, by their numbers.
        actors: Those of the actors.
        stock: The claims of the page.
        known: What `passex.network.steps.known` has read.

    Returns:
        The quotes by their numbers: a claim, the place among its evidence, and how well it speaks.
    """
    on: dict[int, list[tuple[str, tuple[str, str], list[Any]]]] = {}
    for level, shown in levels.items():
        for a, b, occasions in shown["ties"]:
            for occasion in occasions:
                on.setdefault(occasion[0], []).append((level, (actors[a], actors[b]), occasion))
    numbers: dict[tuple[int, int, int], int] = {}
    for event, occasions in on.items():
        quotes = EventQuotes(store, events[event], known, stock.told)
        for level, ends, occasion in occasions:
            number = None
            if best := quotes.best(ends, level):
                places = [place for place in best.claim.evidence if place.article]
                quote = stock.find(best.claim.iri), places.index(best.anchor), best.worth
                number = numbers.setdefault(quote, len(numbers))
            occasion.append(number)
    return [*numbers]
