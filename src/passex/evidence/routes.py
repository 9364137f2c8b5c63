"""Routes by which an actor comes to be in an exercise: by its own name, or through others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..graph.labelling import Node, labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import NR, ORG, W
from ..network.chains import Chains, Way
from ..network.steps import Step, workings
from ..text.wording import say_bounds
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
    chains = Chains(store, event)
    found = dict.fromkeys(chains.to(actor.iri, level) for level in levels)
    return tuple(_route(store, chain, texts) for chain in found if chain)


def behind(
    store: Store,
    event: str,
    ends: tuple[Node, Node],
    levels: Sequence[str],
    texts: Mapping[str, str] = NO_TEXTS,
) -> tuple[tuple[tuple[Route, ...], tuple[Route, ...]], str]:
    """Find by which steps two actors come to be tied in an event at some levels.

    Returns:
        The routes to each of the two: the strongest by which they are tied, and behind these those
        by each account of an exercise that several sources tell of; and the basis of the tie.
    """
    chains = Chains(store, event)
    one, other = (end.iri for end in ends)
    ways = [chains.between(one, other, level) for level in levels]
    firm = all(step.basis == "stated" for both in ways for way in both for step in way)
    others = workings(store, event, W.toldWith)
    sides: tuple[list[Way], ...] = ([a for a, _ in ways], [b for _, b in ways])
    # What every source tells is shown, and weakens nothing.
    for level in levels if others else ():
        for account in (event, *others):
            for parties in chains.facing(one, other, level):
                for end, party, found in zip((one, other), parties, sides, strict=True):
                    found.append(chains.to(end, level, account, party))
    a, b = (
        tuple(dict.fromkeys(_route(store, way, texts) for way in dict.fromkeys(found) if way))
        for found in sides
    )
    return (a, b), "stated" if firm else "inferred"


def _route(store: Store, chain: Sequence[Step], texts: Mapping[str, str]) -> Route:
    first, *rest = chain
    # A service may be both: what is named, and the link that the gazetteer gives.
    named = labels(store, [first.value])
    label = link_labels(store, (step.subject for step in rest))
    return Route(
        participant=Named(named[first.value], first.value),
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


def time_of_belonging(store: Store, member: str, whole: str) -> str:
    """Say when an actor belonged to another, where all affiliations that say so are for a time.

    Returns:
        Words such as ``until 2019-06-30 at the latest``; empty where it may be so at any time.
    """
    links = [link for link in workings(store, member, W.by) if whole in workings(store, link, W.to)]
    times = []
    for link in links:
        first, last = (store.objects(link, end) for end in (NR.earliest, NR.latest))
        times.append(say_bounds(min(first, default=None), max(last, default=None)))
    # What the gazetteer says of a service has no affiliation, and no days but the service's own.
    return "; ".join(sorted(set(times))) if all(times) and member not in links else ""
