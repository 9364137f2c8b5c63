"""Pictures of networks: who trains with whom, in what, and who met whom."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..graph import names
from ..graph.store import Store
from ..graph.terms import NR
from ..network import happenings, measures, periods, projection
from ..network.model import Network
from ..network.policy import Policy
from . import proof
from .assembly import assemble, edge_of, event_of, kinds_of
from .model import Event, Picture

if TYPE_CHECKING:
    pass


def network(
    store: Store, found: Network, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw who trains with whom.

    Args:
        store: The graph from which the network was built.
        found: The network.
        measure: The measure of `passex.network.measures` that sizes show.
        weight: ``newman`` or ``count``: what edges weigh. Plans weigh what exercises do, where the
            policy includes them.

    Returns:
        The picture.

    Raises:
        QueryError: A measure or a weight that does not exist.
    """
    measures.check(measure, weight)
    behind = proof.read(store)
    edges = []
    happened: dict[str, happenings.Happening] = {}
    for tie in found.ties:
        events = [o.happening for o in tie.occasions]
        happened.update((event.iri, event) for event in events)
        planned = tie.count == 0
        strength = tie.weight + tie.planned_weight if weight == "newman" else len(events)
        edges.append(
            edge_of(
                (tie.source.iri, tie.target.iri),
                "plansToTrainWith" if planned else "trainedWith",
                [event_of(event, "", (), behind) for event in events],
                tie.basis,
                float(strength),
                behind,
            )
        )
    members: dict[str, set[str]] = {}
    for edge in edges:
        for iri in edge.events:
            members.setdefault(iri, set()).update((edge.source, edge.target))
    kinds = kinds_of(store)
    shown = [
        event_of(event, kinds.get(iri, "Exercise"), members[iri], behind)
        for iri, event in happened.items()
    ]
    return assemble(
        store,
        "network",
        f"Who trains with whom: {found.policy}",
        {node.iri: node for node in found.nodes},
        edges,
        shown,
        behind,
        measure,
        found.notes,
    )


def two_mode(
    store: Store, policy: Policy, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw actors and the exercises and plans that they are in.

    Args:
        store: A store with its derived triples.
        policy: What counts.
        measure: The measure that sizes show.
        weight: ``newman``: an actor's part in an exercise of n parties weighs 1/(n-1), and 1 where
            it is alone; ``count``: it weighs 1.

    Returns:
        The picture, with edges from actors to what they are in.

    Raises:
        QueryError: Ties of several exercises are asked for, a domain that is not in the graph, or a
            measure or a weight that does not exist.
    """
    measures.check(measure, weight)
    if policy.min_events > 1:
        raise QueryError(
            "the two-mode network has no ties of several exercises",
            "leave --min-events out, or use --what network",
        )
    known = happenings.happenings(store)
    projection.check_domain(policy, known.values())
    counted = {iri: event for iri, event in known.items() if policy.admits(event)}
    members = projection.memberships(store, policy.level)
    guessed = projection.inferences(store, policy.level)
    actors = names.nodes(store, NR.Actor)
    kinds = kinds_of(store)
    behind = proof.read(store)
    shown: dict[str, names.Node] = {}
    edges, events = [], []
    for iri in sorted(counted):
        parts = members.get(iri, {})
        if not parts:
            continue
        _, parties = projection.pairs(parts)
        event = event_of(counted[iri], kinds.get(iri, "Exercise"), parts, behind)
        events.append(event)
        shown[iri] = names.Node(event.label, iri, event.kind)
        strength = 1 / max(parties - 1, 1) if weight == "newman" else 1.0
        for actor in sorted(parts):
            shown[actor] = actors[actor]
            basis = "inferred" if (iri, actor) in guessed else "stated"
            edges.append(edge_of((actor, iri), "takesPartIn", [event], basis, strength, behind))
    return assemble(
        store,
        "two-mode",
        f"Who takes part in what: {policy}",
        shown,
        edges,
        events,
        behind,
        measure,
        (),
    )


def meetings(
    store: Store,
    since: str | int | None = None,
    until: str | int | None = None,
    measure: str = "strength",
) -> Picture:
    """Draw who met whom.

    Args:
        store: The graph.
        since: As in a policy.
        until: As in a policy.
        measure: The measure that sizes show.

    Returns:
        The picture. Its nodes are what the articles say met: persons, states, others.

    Raises:
        QueryError: No year or day, or a period that ends before it begins.
    """
    asked = periods.period(since, until)
    met = names.nodes(store, NR.Meeting)
    actors = names.nodes(store, NR.Actor)
    dates = happenings.bounds(store)
    behind = proof.read(store)
    together: dict[tuple[str, str], list[Event]] = {}
    events = []
    for iri in sorted(met):
        bounds = dates.get(iri, (None, None))
        earliest, latest = (periods.day(bound) for bound in bounds)
        if not asked.may_hold(earliest, latest):
            continue
        present = sorted(set(store.objects(iri, NR.hasParticipant)) & actors.keys())
        events.append(
            Event(
                iri,
                met[iri].label,
                met[iri].kind,
                "held",
                happenings.say_dates(*bounds),
                earliest,
                latest,
                tuple(present),
                behind.articles.get(iri, ()),
                behind.claims.get(iri, ()),
            )
        )
        for pair in combinations(present, 2):
            together.setdefault(pair, []).append(events[-1])
    edges = [
        edge_of(pair, "Meeting", found, "stated", float(len(found)), behind)
        for pair, found in together.items()
    ]
    words = str(Policy(since=since, until=until)).split("; ")[3:]
    title = "Who met whom" + (f": {words[0]}" if words else "")
    shown = {iri: actors[iri] for pair in together for iri in pair}
    return assemble(store, "meetings", title, shown, edges, events, behind, measure, ())
