"""The two-mode network of exercises and actors as numbers, and its projection onto the actors."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec

import pyoxigraph as ox

from ..graph.store import Store, text
from ..graph.store import node as term_of
from ..graph.terms import LEVELS, NAMED, NR, RDF, WORKINGS, W
from .measures import MANY
from .steps import workings
from .ties import Phase, Ties, TwoMode


def read(store: Store, level: str, events: Collection[str] | None = None) -> TwoMode:
    """Read who took part in what at a level, and as which party; in all events, or in some."""
    event_places: dict[str, int] = {}
    member_places: dict[str, int] = {}
    event_of, as_read = array("q"), array("q")
    for event, member in _named(store, events) if level == NAMED else _at(store, level, events):
        event_of.append(event_places.setdefault(event, len(event_places)))
        as_read.append(member_places.setdefault(member, len(member_places)))
    members = tuple(sorted(member_places))
    number = {name: place for place, name in enumerate(members)}
    sorted_place = [number[name] for name in member_places]
    member_of = array("q", map(sorted_place.__getitem__, as_read))
    two = TwoMode(tuple(event_places), members, event_of, member_of, {})
    two.shared.update(_shared(store, level, two, event_places, number, events))
    return two


def _at(store: Store, level: str, events: Collection[str] | None) -> Iterator[tuple[str, str]]:
    term = ox.NamedNode(LEVELS[level])
    for subject in [None] if events is None else [term_of(iri) for iri in events]:
        # The engine's own look-up: half the time of a query.
        for quad in store.engine.quads_for_pattern(subject, term, None, ox.DefaultGraph()):
            yield text(quad.subject), text(quad.object)


def _named(store: Store, events: Collection[str] | None) -> Iterable[tuple[str, str]]:
    """Read whom the articles name, each once an event, in however many of its phases."""
    graph, inside = ox.NamedNode(WORKINGS), ox.NamedNode(W["in"])
    pairs: dict[tuple[str, str], None] = {}
    for whole in [None] if events is None else [term_of(iri) for iri in events]:
        for quad in store.engine.quads_for_pattern(None, inside, whole, graph):
            for actor in workings(store, text(quad.subject), W.of):
                if NR.Actor in store.objects(actor, RDF.type):
                    pairs[text(quad.object), actor] = None
    return pairs


def _shared(
    store: Store,
    level: str,
    two: TwoMode,
    events: dict[str, int],
    members: dict[str, int],
    asked: Collection[str] | None,
) -> Iterator[tuple[int, tuple[Phase, ...]]]:
    """Read where members have to be told apart by their parties; by exercise, the whole first."""
    if level == NAMED:
        # Who counts with another is a member of its own beside it, and in phases and contingents
        # parties are told apart at every level.
        where = f"""{{ SELECT DISTINCT ?event {{
                {{ ?event w:doubles <{LEVELS["unit"]}> }}
                UNION {{ ?other w:countsWith ?with . ?with w:in ?event }}
            }} }}
            ?party w:in ?event . ?named w:countsWith? ?party ; w:of ?member ."""
    else:
        term = LEVELS[level]
        where = f"?event w:doubles <{term}> . ?party w:in ?event ; <{term}> ?member ."
    # A blank node has no name in a query.
    if asked is not None and not any(iri.startswith("_:") for iri in asked):
        where = f"VALUES ?event {{ {' '.join(f'<{iri}>' for iri in asked)} }} {where}"
    rows = store.rows(
        f"""# Where members have to be told apart: as which parties they took part, in which phases.
        SELECT ?event ?phase ?member ?party ?contingent {{ GRAPH <{WORKINGS}> {{
            {where}
            ?phase w:party ?party
            OPTIONAL {{ ?party w:contingent ?contingent }}
        }} }}"""
    )
    parties: dict[int, dict[str, dict[int, set[str]]]] = {}
    within: dict[int, dict[str, set[str]]] = {}
    for event, phase, member, party, contingent in rows:
        if event in events and member in members:
            number = events[event]
            phases = parties.setdefault(number, {event: {}})
            phases.setdefault(str(phase), {}).setdefault(members[member], set()).add(str(party))
            if contingent:
                within.setdefault(number, {}).setdefault(str(party), set()).add(contingent)
    groups = two.groups() if parties else []
    for number, phases in parties.items():
        # Who is a member through no party is one of its own.
        for place in set(groups[number]).difference(*phases.values()):
            phases[two.events[number]][place] = {two.members[place]}
        contingents = {party: frozenset(own) for party, own in within.get(number, {}).items()}
        yield (
            number,
            tuple(
                Phase({m: frozenset(own) for m, own in each.items()}, contingents, iri)
                for iri, each in phases.items()
            ),
        )


def project(two: TwoMode, newman: bool = True) -> Ties:
    """Project the network onto the actors, without the exercises behind each tie.

    `projection.build` tells what is behind a tie; this is for networks of which only the
    figures are wanted.

    With `newman`, an exercise of n parties adds 1/(n-1) to a tie, else 1. With many memberships
    SciPy computes the ties, if it is there.

    Example:
        >>> from passex import load
        >>> two = read(load().store, "state")
        >>> two.members[0], project(two, newman=False).strengths[0]
        ('https://w3id.org/passex/id/japan', 2.0)
    """
    if len(two.event_of) >= MANY and find_spec("scipy"):
        from . import compiled

        return compiled.project(two, newman)
    strength: dict[tuple[int, int], float] = {}
    for event, group in enumerate(two.groups()):
        for pair, parties in two.pairs(event, group).items():
            share = 1 / (parties - 1) if newman else 1.0
            strength[pair] = strength.get(pair, 0.0) + share
    ends = sorted(strength)
    sources, targets = [a for a, _ in ends], [b for _, b in ends]
    return Ties(two.members, sources, targets, [strength[pair] for pair in ends])
