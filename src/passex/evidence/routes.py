"""Routes by which an actor comes to be in an exercise: by its own name, or through others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph.names import Node, labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import ORG, WORKINGS
from ..network.chains import Step, steps
from .claims import NO_TEXTS, Claim, read


@dataclass(frozen=True, slots=True)
class Route:
    """How an actor comes to be in an exercise: the strongest chain of steps from the words to it.

    Attributes:
        participant: The participant that the text names.
        links: The affiliations from the participant up to the actor, in order; in their place a
            service, where the gazetteer says whose it is.
        inferred: Whether the actor is the navy of a state that is named.
        basis: ``stated``, or ``inferred`` where the weakest step is.
        claims: The claims on these steps, and no others.
    """

    participant: Named
    links: tuple[Named, ...]
    inferred: bool
    basis: str
    claims: tuple[Claim, ...]


def routes(
    store: Store,
    event: str,
    actor: Node,
    levels: Iterable[str],
    texts: Mapping[str, str] = NO_TEXTS,
) -> tuple[Route, ...]:
    """Find by which steps an actor is in an event at some levels; mostly they are the same."""
    chains = dict.fromkeys(steps(store, event, actor.iri, level) for level in levels)
    return tuple(_route(store, chain, texts) for chain in chains if chain)


def _route(store: Store, chain: Sequence[Step], texts: Mapping[str, str]) -> Route:
    first, *rest = chain
    label = labels(store, [first.value]) | link_labels(store, (step.subject for step in rest))
    return Route(
        participant=Named(label[first.value], first.value),
        links=tuple(Named(label[step.subject], step.subject) for step in rest),
        inferred=any(step.kind == "navy" for step in rest),
        basis="stated" if all(step.basis == "stated" for step in chain) else "inferred",
        claims=tuple(read(store, claim, texts) for step in chain for claim in step.claims),
    )


def link_labels(store: Store, links: Iterable[str]) -> dict[str, str]:
    """Label the steps of routes: affiliations, and services whose state the gazetteer gives."""
    wholes = {link: store.objects(link, ORG.subOrganizationOf) for link in links}
    label = labels(store, {*wholes, *(iri for own in wholes.values() for iri in own)})
    return {
        link: f"{label[link]} is of {label[own[0]]}, by the gazetteer" if own else label[link]
        for link, own in wholes.items()
    }


def all_routes(store: Store) -> dict[tuple[str, str], list[tuple[str, list[str], bool]]]:
    """Walk from all participants to all actors that they carry, in one go, the shortest first.

    By event and actor there is the label of each participant other than the actor, the affiliations
    from it up to the actor, and whether the actor is the navy of a state that is named.
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
        SELECT ?event ?participation ?participant ?state ?actor ?affiliation {{ GRAPH <{WORKINGS}> {{
            ?event w:participation ?participation . ?participation w:of ?participant ;
                nr:infersService ?actor ; w:navyBy ?affiliation ; w:carries ?state .
            ?actor w:by ?affiliation . ?affiliation w:to ?state
        }} }}"""
    )
    for event, participation, participant, state, actor, affiliation in rows:
        up = _walk(steps.get(str(participation), {}), str(participant), str(state)) or ()
        of = by_pair.setdefault((str(event), str(actor)), {})
        of.setdefault(str(participant), ([*up, str(affiliation)], True))
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
