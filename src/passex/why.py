"""The evidence behind a tie."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from .claims import Claim, claims_about
from .errors import QueryError
from .happenings import Happening, happenings
from .names import Node, labels
from .projection import memberships, pairs
from .store import Store
from .vocabulary import LEVELS, NR, WORKINGS, local_name

_DATE_BASIS = {
    "date-from-text": "from the text",
    "date-from-calendar": "from the text and the calendar",
    "date-from-background": "from outside knowledge",
}


@dataclass(frozen=True, slots=True)
class Route:
    """How an actor comes to be in an exercise.

    Attributes:
        participant: Label of the participant that the text names.
        links: Labels of the affiliations from the participant up to the actor, in order.
        inferred: Whether the actor is the navy of a state that is named.
        claims: The claims about these affiliations.
    """

    participant: str
    links: tuple[str, ...]
    inferred: bool
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """An exercise or plan that ties two actors.

    Attributes:
        happening: The exercise or plan.
        levels: The levels at which it ties them.
        dates: Its dates, with the words of the text and what gave them.
        participants: Labels of the participants as named, sorted.
        routes_a: How the first actor comes to be in it.
        routes_b: How the second does.
        claims: The claims about it.
    """

    happening: Happening
    levels: tuple[str, ...]
    dates: str
    participants: tuple[str, ...]
    routes_a: tuple[Route, ...]
    routes_b: tuple[Route, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """All that ties two actors, or why nothing does.

    Attributes:
        a: The first actor.
        b: The second actor.
        occasions: The exercises and plans, the earliest first.
        levels_a: In how many exercises and plans the first actor appears, by level.
        levels_b: The same for the second actor.
        instead: Level and two actors that stand near the two there, where the two themselves are
            never at one level.
    """

    a: Node
    b: Node
    occasions: tuple[Reason, ...]
    levels_a: dict[str, int]
    levels_b: dict[str, int]
    instead: tuple[tuple[str, str, str], ...]


def why(store: Store, a: Node, b: Node) -> Reasons:
    """Collect what ties two actors, in every domain and at every level.

    Args:
        store: A store with its derived triples.
        a: An actor.
        b: Another actor.

    Returns:
        The reasons. None at all is an answer too: what level each is found at is part of it.

    Raises:
        QueryError: Both are the same actor.
    """
    if a.iri == b.iri:
        raise QueryError(f"both names mean {a.label}", "give two different actors")
    known = happenings(store)
    tied: dict[str, list[str]] = {}
    for level, term in LEVELS.items():
        common = set(store.subjects(term, a.iri)) & set(store.subjects(term, b.iri)) & set(known)
        if not common:
            continue
        for event, members in memberships(store, level, sorted(common)).items():
            if event in common and tuple(sorted((a.iri, b.iri))) in pairs(members)[0]:
                tied.setdefault(event, []).append(level)
    reasons = [_reason(store, known[event], tuple(tied[event]), a, b) for event in tied]
    reasons.sort(key=lambda r: (r.happening.planned, r.happening.when, r.happening.label))
    levels_a, levels_b = (_levels(store, node, set(known)) for node in (a, b))
    apart = not reasons and not set(levels_a) & set(levels_b)
    instead = _instead(store, a, b, levels_a, levels_b) if apart else ()
    return Reasons(a, b, tuple(reasons), levels_a, levels_b, instead)


def _levels(store: Store, node: Node, known: set[str]) -> dict[str, int]:
    counts = {
        level: len(known.intersection(store.subjects(term, node.iri)))
        for level, term in LEVELS.items()
    }
    return {level: count for level, count in counts.items() if count}


def _reason(
    store: Store, happening: Happening, levels: tuple[str, ...], a: Node, b: Node
) -> Reason:
    named = store.objects(happening.iri, NR + "hasParticipant")
    return Reason(
        happening=happening,
        levels=levels,
        dates=_dates(store, happening),
        participants=tuple(sorted(labels(store, named).values())),
        routes_a=_routes(store, happening.iri, a),
        routes_b=_routes(store, happening.iri, b),
        claims=claims_about(store, happening.iri),
    )


def _dates(store: Store, happening: Happening) -> str:
    start, end, words, basis = (
        store.objects(happening.iri, NR + name)
        for name in ("earliest", "latest", "dateWords", "dateBasis")
    )
    details = []
    if start and end and start != end:
        details.append(f"{start[0]} to {end[0]}")
        details = [text for text in details if text != happening.when]
    details += [f"'{text}'" for text in words]
    details += [_DATE_BASIS.get(local_name(term), local_name(term)) for term in basis]
    return happening.when + (f" ({'; '.join(details)})" if details else "")


def _routes(store: Store, event: str, actor: Node) -> tuple[Route, ...]:
    """Walk from each participant that carries the actor up to it, as the rules did."""
    if event.startswith("_:") or actor.iri.startswith("_:"):
        return ()  # a query has no name for a blank node
    rows = list(
        store.rows(
            f"""SELECT ?participant ?affiliation ?member ?whole ?inferred {{
                GRAPH <{WORKINGS}> {{
                    <{event}> w:participation ?participation .
                    ?participation w:of ?participant .
                    {{ ?participation w:carries <{actor.iri}> ; w:through ?affiliation .
                       ?affiliation w:to ?whole . ?member w:by ?affiliation .
                       FILTER EXISTS {{ ?participation w:carries ?member }} }}
                    UNION
                    {{ ?participation nr:infersService <{actor.iri}> ; w:navyBy ?affiliation .
                       <{actor.iri}> w:by ?affiliation . BIND(true AS ?inferred) }}
                }}
            }}"""
        )
    )
    links: dict[str, dict[str, list[tuple[str, str]]]] = {}
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for participant, affiliation, member, whole, inferred in rows:
        if inferred:
            found[str(participant)] = ((str(affiliation),), True)
        else:
            steps = links.setdefault(str(participant), {})
            steps.setdefault(str(member), []).append((str(affiliation), str(whole)))
    if actor.iri in store.objects(event, NR + "hasParticipant"):
        found[actor.iri] = ((), False)
    for participant, steps in links.items():
        path = _walk(steps, participant, actor.iri)
        if path is not None and participant not in found:
            found[participant] = (path, False)
    called = labels(store, [*found, *(link for path, _ in found.values() for link in path)])
    routes = (
        Route(
            called[participant],
            tuple(called[link] for link in path),
            inferred,
            tuple(claim for link in path for claim in claims_about(store, link)),
        )
        for participant, (path, inferred) in found.items()
    )
    return tuple(sorted(routes, key=lambda route: (len(route.links), route.participant)))


def _walk(steps: dict[str, list[tuple[str, str]]], start: str, goal: str) -> tuple[str, ...] | None:
    queue: deque[tuple[str, tuple[str, ...]]] = deque([(start, ())])
    seen = {start}
    while queue:
        here, path = queue.popleft()
        if here == goal:
            return path
        for affiliation, whole in sorted(steps.get(here, ())):
            if whole not in seen:
                seen.add(whole)
                queue.append((whole, (*path, affiliation)))
    return None


def _instead(
    store: Store, a: Node, b: Node, levels_a: dict[str, int], levels_b: dict[str, int]
) -> tuple[tuple[str, str, str], ...]:
    found = []
    for level in LEVELS:
        if level in levels_a:
            found += [(level, a.label, name) for name in _near(store, b, level)]
        if level in levels_b:
            found += [(level, name, b.label) for name in _near(store, a, level)]
    return tuple(dict.fromkeys(pair for pair in found if pair[1] != pair[2]))


def _near(store: Store, node: Node, level: str) -> list[str]:
    rows = store.rows(
        f"""SELECT DISTINCT ?other {{
            GRAPH <{WORKINGS}> {{
                {{ <{node.iri}> (w:by/w:to)+ ?other }} UNION {{ ?other (w:by/w:to)+ <{node.iri}> }}
            }}
            FILTER(?other != <{node.iri}>)
            FILTER EXISTS {{ ?event <{LEVELS[level]}> ?other }}
        }}"""
    )
    return sorted(labels(store, (str(row[0]) for row in rows)).values())[:3]
