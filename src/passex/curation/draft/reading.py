"""Reading: all that the body of an article mentions, each place once, in the text's order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from . import bodies, counts, dates, exercise_names, people, places, ships
from .lexicon import Lexicon
from .mentions import Actor, Mention, longest
from .naming import Iris

#: Of these classes an actor of the lexicon is read by its own module.
_READ_ELSEWHERE: Final = ("Ship", "Person", "Place", "Series")


def read(
    text: str, lexicon: Lexicon, iris: Iris, today: date | None, english: bool
) -> list[Mention]:
    """Find what a text mentions.

    Args:
        today: The day of the article; None where it isn't known.
        english: Whether the text is English; of another, only names are read.
    """
    known = [*lexicon.find(text)]
    actors: list[Actor] = bodies.find(text, known, iris, lexicon.bodies) if english else known
    named = ships.find(text, actors, iris)
    taken = [(ship.start, ship.end) for ship in named]
    if not english:
        return [*longest([*named, *_actors(actors, taken)])]
    drills = exercise_names.names(text, [*actors, *named], iris, lexicon.drills)
    # A ship has a commanding officer, as a navy has a chief.
    aboard = [
        Actor(s.start, s.end, s.text, "", s.iri, s.label, "Ship", known=s.known) for s in named
    ]
    starts = {actor.start for actor in actors}
    posts = [*actors, *(ship for ship in aboard if ship.start not in starts)]
    persons = people.find(text, sorted(posts, key=lambda actor: actor.start), drills, iris)
    taken += [(mention.start, mention.end) for mention in (*persons, *drills)]
    times = dates.find(text, today)
    others = [*actors, *named, *persons, *drills, *times]
    spots = places.find(text, actors, [(other.start, other.end) for other in others], iris)
    taken += [(spot.start, spot.end) for spot in spots]
    numbers = [
        *_apart(counts.find(text, actors, drills), [(time.start, time.end) for time in times])
    ]
    # A number stands beside the actors in it: two Chilean ships are Chile's.
    found: list[Mention] = [*named, *persons, *drills, *spots, *_actors(actors, taken)]
    return sorted([*longest(found), *times, *numbers], key=lambda m: (m.start, m.end))


def _actors(actors: Iterable[Actor], taken: Iterable[tuple[int, int]]) -> Iterator[Actor]:
    kept = (actor for actor in actors if actor.of not in _READ_ELSEWHERE)
    return (actor for actor in _apart(kept, taken) if isinstance(actor, Actor))


def _apart(mentions: Iterable[Mention], taken: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    """Give the mentions that share no place with what is taken, by one walk over both."""
    spans = sorted(taken)
    at = 0
    for mention in sorted(mentions, key=lambda m: m.start):
        while at < len(spans) and spans[at][1] <= mention.start:
            at += 1
        if at == len(spans) or spans[at][0] >= mention.end:
            yield mention
