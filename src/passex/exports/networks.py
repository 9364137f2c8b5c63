"""Pictures of networks: who trains with whom, who takes part in what, and who met whom."""

from __future__ import annotations

from itertools import combinations

from ..errors import QueryError
from ..graph import names
from ..graph.store import Store
from ..graph.terms import NR
from ..network import activities, periods, projection, ties, twomode
from ..network.activities import Activity
from ..network.model import Network
from ..network.policy import Policy
from .assembly import Assembly
from .model import Event, Picture


def network(
    store: Store, built: Network, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw who trains with whom.

    Args:
        store: The graph from which the network was built.
        built: The network.
        measure: The measure of `passex.network.measures` that sizes show.
        weight: ``newman`` or ``count``: what edges weigh. Plans weigh what exercises do, where the
            policy includes them.

    Raises:
        QueryError: A measure or a weight that does not exist.
    """
    assembly = Assembly(store, measure, weight)
    shared: dict[str, Activity] = {}
    members: dict[str, set[str]] = {}
    for tie in built.ties:
        ends = (tie.source.iri, tie.target.iri)
        events = [occasion.activity for occasion in tie.occasions]
        for event in events:
            shared[event.iri] = event
            members.setdefault(event.iri, set()).update(ends)
        kind = "trainedWith" if tie.count else "plansToTrainWith"
        newman = tie.weight + tie.planned_weight
        strength = newman if weight == "newman" else float(len(events))
        assembly.add_edge(ends, kind, events, tie.basis, strength)
    for iri, activity in shared.items():
        assembly.add_event(activity, members[iri])
    title = f"Who trains with whom: {built.policy}"
    return assembly.picture("network", title, built.nodes, built.notes)


def two_mode(
    store: Store, policy: Policy, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw actors and the exercises and plans that they are in, with edges from the actors.

    Args:
        store: A store with its derived triples.
        policy: What counts.
        measure: The measure that sizes show.
        weight: ``newman``: an actor's part in an exercise of n parties weighs 1/(n-1), and 1 where
            it is alone; ``count``: it weighs 1.

    Raises:
        QueryError: Ties of several exercises are asked for, a domain that is not in the graph, or a
            measure or a weight that does not exist.
    """
    assembly = Assembly(store, measure, weight)
    if policy.min_events > 1:
        raise QueryError(
            "the two-mode network has no ties of several exercises",
            "leave --min-events out, or use --what network",
        )
    every = activities.read(store)
    projection.check_domain(policy, every.values())
    members = twomode.memberships(store, policy.level)
    inferred = activities.inferences(store, policy.level)
    actors = names.nodes(store, NR.Actor)
    nodes: dict[str, names.Node] = {}
    for iri, activity in sorted(every.items()):
        parts = members.get(iri, {})
        if not parts or not policy.admits(activity):
            continue
        _, parties = ties.pairs(parts)
        event = assembly.add_event(activity, parts)
        nodes[iri] = names.Node(event.label, iri, event.kind)
        strength = 1 / max(parties - 1, 1) if weight == "newman" else 1.0
        for actor in sorted(parts):
            nodes[actor] = actors[actor]
            basis = "inferred" if (iri, actor) in inferred else "stated"
            assembly.add_edge((actor, iri), "takesPartIn", [event], basis, strength)
    return assembly.picture("two-mode", f"Who takes part in what: {policy}", nodes.values())


def meetings(
    store: Store,
    since: str | int | None = None,
    until: str | int | None = None,
    measure: str = "strength",
) -> Picture:
    """Draw who met whom: persons, states and others, as the articles say.

    Args:
        store: The graph.
        since: As in a policy.
        until: As in a policy.
        measure: The measure that sizes show.

    Raises:
        QueryError: No year or day, a period that ends before it begins, or no measure.
    """
    period = periods.period(since, until)
    assembly = Assembly(store, measure)
    actors, dates = names.nodes(store, NR.Actor), activities.bounds(store)
    together: dict[tuple[str, str], list[Event]] = {}
    for iri, meeting in sorted(names.nodes(store, NR.Meeting).items()):
        bounds = dates.get(iri, (None, None))
        earliest, latest = (periods.day(bound) for bound in bounds)
        if not period.may_hold(earliest, latest):
            continue
        present = sorted(set(store.objects(iri, NR.hasParticipant)) & actors.keys())
        when = activities.say_dates(*bounds)
        event = assembly.index.event(meeting, "held", when, (earliest, latest), present)
        assembly.events.append(event)
        for pair in combinations(present, 2):
            together.setdefault(pair, []).append(event)
    for pair, shared in together.items():
        assembly.add_edge(pair, "Meeting", shared, "stated", float(len(shared)))
    words = str(Policy(since=since, until=until)).split("; ")[3:]
    title = "Who met whom" + (f": {words[0]}" if words else "")
    met = {iri for pair in together for iri in pair}
    return assembly.picture("meetings", title, [actors[iri] for iri in met])
