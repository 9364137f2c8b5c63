"""Routes by which an actor comes to be in an exercise: by its own name, or through others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..graph.names import Node, labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import NR, ORG, WORKINGS
from .claims import NO_TEXTS, Claim, claims_about


@dataclass(frozen=True, slots=True)
class Route:
    """How an actor comes to be in an exercise.

    Attributes:
        participant: The participant that the text names.
        links: The affiliations from the participant up to the actor, in order; in their place a
            service, where the gazetteer says whose it is.
        inferred: Whether the actor is the navy of a state that is named.
        claims: The claims about these affiliations.
    """

    participant: Named
    links: tuple[Named, ...]
    inferred: bool
    claims: tuple[Claim, ...]


def links_query(actor: str, event: str = "?event") -> str:
    """Write the query for the steps from participants up to an actor.

    Args:
        actor: The actor's IRI.
        event: The event in the terms of SPARQL; a variable for all events.
    """
    only = "" if event.startswith("?") else f"VALUES ?event {{ {event} }}"
    return f"""# How <{actor}> comes to be in an event: the affiliations from each participant up.
SELECT ?event ?participant ?affiliation ?member ?whole ?inferred {{
    {only} GRAPH <{WORKINGS}> {{
        ?event w:participation ?participation .
        ?participation w:of ?participant .
        {{ ?participation w:carries <{actor}> ; w:through ?affiliation .
           ?affiliation w:to ?whole . ?member w:by ?affiliation .
           FILTER EXISTS {{ ?participation w:carries ?member }} }}
        UNION
        {{ ?participation nr:infersService <{actor}> ; w:navyBy ?affiliation .
           <{actor}> w:by ?affiliation . BIND(true AS ?inferred) }}
    }}
}}"""


def routes(
    store: Store, event: str, actor: Node, texts: Mapping[str, str] = NO_TEXTS
) -> tuple[Route, ...]:
    """Walk from each participant of an event that carries an actor up to it, as the rules did.

    Returns:
        The routes, the shortest first.
    """
    if event.startswith("_:") or actor.iri.startswith("_:"):
        return ()  # a query has no name for a blank node
    links: dict[str, dict[str, list[tuple[str, str]]]] = {}
    paths: dict[str, tuple[tuple[str, ...], bool]] = {}
    rows = list(store.rows(links_query(actor.iri, f"<{event}>")))
    for _, participant, affiliation, member, whole, inferred in rows:
        if inferred:
            paths[str(participant)] = ((str(affiliation),), True)
        else:
            steps = links.setdefault(str(participant), {})
            steps.setdefault(str(member), []).append((str(affiliation), str(whole)))
    if actor.iri in store.objects(event, NR.hasParticipant):
        paths[actor.iri] = ((), False)
    for participant, steps in links.items():
        path = _walk(steps, participant, actor.iri)
        if path is not None and participant not in paths:
            paths[participant] = (path, False)
    label = labels(store, paths)
    label |= link_labels(store, (link for path, _ in paths.values() for link in path))
    named = (
        Route(
            Named(label[participant], participant),
            tuple(Named(label[link], link) for link in path),
            inferred,
            tuple(
                claim
                for link in path
                if not store.objects(link, ORG.subOrganizationOf)
                for claim in claims_about(store, link, texts)
            ),
        )
        for participant, (path, inferred) in paths.items()
    )
    return tuple(sorted(named, key=lambda route: (len(route.links), route.participant)))


def link_labels(store: Store, links: Iterable[str]) -> dict[str, str]:
    """Label the steps of routes: affiliations, and services whose state the gazetteer gives."""
    wholes = {link: store.objects(link, ORG.subOrganizationOf) for link in links}
    label = labels(store, {*wholes, *(iri for own in wholes.values() for iri in own)})
    return {
        link: f"{label[link]} is of {label[own[0]]}, by the gazetteer" if own else label[link]
        for link, own in wholes.items()
    }


def all_routes(store: Store) -> dict[tuple[str, str], list[tuple[str, list[str], bool]]]:
    """Walk from all participants to all actors that they carry, in one go.

    Returns:
        By event and actor, the label of each participant that is not the actor itself, the
        affiliations from it up to the actor, and whether the actor is the navy of a state that is
        named; the shortest first.
    """
    steps: dict[str, dict[str, list[tuple[str, str]]]] = {}
    rows = store.rows(
        f"""# By which affiliations each participation goes up.
        SELECT ?participation ?affiliation ?member ?whole {{ GRAPH <{WORKINGS}> {{
            ?participation w:through ?affiliation . ?affiliation w:to ?whole .
            ?member w:by ?affiliation . ?participation w:carries ?member
        }} }}"""
    )
    for participation, affiliation, member, whole in rows:
        own = steps.setdefault(str(participation), {})
        own.setdefault(str(member), []).append((str(affiliation), str(whole)))
    by_pair: dict[tuple[str, str], dict[str, tuple[list[str], bool]]] = {}
    rows = store.rows(
        f"""# Whom each participation carries.
        SELECT ?event ?participation ?participant ?actor {{ GRAPH <{WORKINGS}> {{
            ?event w:participation ?participation .
            ?participation w:of ?participant ; w:carries ?actor
        }} }}"""
    )
    for event, participation, participant, actor in rows:
        path = _walk(steps.get(str(participation), {}), str(participant), str(actor))
        if path:
            of = by_pair.setdefault((str(event), str(actor)), {})
            of[str(participant)] = (list(path), False)
    rows = store.rows(
        f"""# Which navies are in an event because their state is named.
        SELECT ?event ?participant ?actor ?affiliation {{ GRAPH <{WORKINGS}> {{
            ?event w:participation ?participation . ?participation w:of ?participant ;
                nr:infersService ?actor ; w:navyBy ?affiliation . ?actor w:by ?affiliation
        }} }}"""
    )
    for event, participant, actor, affiliation in rows:
        of = by_pair.setdefault((str(event), str(actor)), {})
        of.setdefault(str(participant), ([str(affiliation)], True))
    label = labels(store, {participant for of in by_pair.values() for participant in of})
    return {
        pair: sorted(
            ((label[participant], *way) for participant, way in of.items()),
            key=lambda route: (len(route[1]), route[0], route[1]),
        )
        for pair, of in by_pair.items()
    }


def _walk(
    steps: Mapping[str, list[tuple[str, str]]], start: str, goal: str
) -> tuple[str, ...] | None:
    """Find the affiliations of a shortest way up; None where there is no way."""
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
