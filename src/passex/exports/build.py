"""Pictures, and triples, of what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Final

from ..errors import QueryError
from ..graph import as_of, names
from ..graph.store import Store
from ..graph.terms import NR, THINGS
from ..network import activities, chains, projection, twomode
from ..network.activities import Activity
from ..network.model import Network
from ..network.policy import Policy
from ..text.wording import day
from . import knowledge, ontology, rdf
from .annotations import Quotes
from .assembly import Assembly
from .model import Event, Picture
from .page import ReportPage
from .rdf import Triples

#: What can be drawn and written.
WHAT: Final = ("network", "two-mode", "graph", "meetings", "ontology")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be drawn or written.

    Attributes:
        what: One of `WHAT`.
        policy: What counts, in networks; in meetings, only its years.
        measure: The measure of `passex.network.measures` that sizes show.
        weight: ``newman`` or ``count``: what edges weigh.
        around: With ``graph``, the names of nodes around which; without any, everything.
        hops: How many steps from these.
        derived: Whether what the rules derived is shown too, where only facts would be.
    """

    what: str = "network"
    policy: Policy = field(default_factory=Policy)
    measure: str = "strength"
    weight: str = "newman"
    around: tuple[str, ...] = ()
    hops: int = 1
    derived: bool = False

    def __post_init__(self) -> None:
        if self.what not in WHAT:
            raise QueryError(f"'{self.what}' is nothing to export", f"use one of {', '.join(WHAT)}")


def picture(store: Store, choice: Choice) -> Picture:
    """Draw what was chosen, of a store with its derived triples.

    Raises:
        QueryError: A domain that is not in the graph, or options that do not fit each other.
        UnknownNameError: Nothing has a name that was given.
        AmbiguousNameError: More than one node has it.
    """
    if choice.what == "network":
        built = projection.build(store, choice.policy)
        return network(store, built, choice.measure, choice.weight)
    if choice.what == "ontology":
        return ontology.diagram(store)
    if choice.what == "two-mode":
        drawn = two_mode(store, choice)
    elif choice.what == "meetings":
        drawn = meetings(store, choice)
    else:
        around = [names.resolve(store, name, *THINGS) for name in choice.around]
        drawn = knowledge.graph(store, around, choice.hops, choice.measure, choice.derived)
    cut = as_of.read(store.engine)
    return drawn if cut is None else replace(drawn, notes=(cut.note, *drawn.notes))


def source(
    store: Store, choice: Choice, of: str, tell: Callable[[str], None] = lambda _: None
) -> Picture | ReportPage | Quotes | Triples:
    """Make what a format is made of (`passex.exports.Format.of`) of what was chosen.

    To `tell` goes what is being done. Raises as `picture` does.
    """
    if of == "page":
        return ReportPage(store, choice.policy, choice.measure, choice.weight, tell)
    if of == "triples":
        return select(store, choice)
    return quotes(store, choice) if of == "quotes" else picture(store, choice)


def select(store: Store, choice: Choice) -> Triples:
    """Take the triples behind what was chosen; raises as `picture` does.

    They are, of the whole graph, its facts; of anything else that is drawn, what the facts say of
    its nodes and events, with claims and evidence; or the ontology.
    """
    if choice.what == "ontology":
        return rdf.ontology()
    if choice.what == "graph" and not choice.around:
        return rdf.whole(store, choice.derived)
    return rdf.of_picture(store, picture(store, choice), choice.derived)


def quotes(store: Store, choice: Choice) -> Quotes:
    """Take the quotes behind what was chosen; raises as `picture` does.

    They are, of the whole graph, all; of anything else that is drawn, those that say something
    about its nodes and events.
    """
    if choice.what == "graph" and not choice.around:
        return Quotes(store)
    return Quotes(store, picture(store, choice).iris)


def network(
    store: Store, built: Network, measure: str = "strength", weight: str = "newman"
) -> Picture:
    """Draw who trains with whom: a network that was built from a store.

    Plans weigh what exercises do, where the policy includes them.

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


def two_mode(store: Store, choice: Choice) -> Picture:
    """Draw actors and the exercises and plans that they are in, with edges from the actors.

    By Newman's weight, an actor's part in an exercise of n parties weighs 1/(n-1), and 1 where it
    is alone.

    Raises:
        QueryError: Ties of several exercises are asked for, a domain that is not in the graph, or a
            measure or a weight that does not exist.
    """
    policy, newman = choice.policy, choice.weight == "newman"
    assembly = Assembly(store, choice.measure, choice.weight)
    if policy.min_events > 1:
        raise QueryError(
            "the two-mode network has no ties of several exercises",
            "leave --min-events out, or use --what network",
        )
    every = activities.read(store)
    projection.check_domain(policy, every.values())
    members = twomode.read(store, policy.level)
    parties = {
        iri: {members.members[member]: count for member, count in members.parties(*own).items()}
        for iri, own in zip(members.events, enumerate(members.groups()), strict=True)
    }
    inferred = chains.inferred(store, policy.level)
    actors = names.nodes(store, NR.Actor)
    nodes: dict[str, names.Node] = {}
    for iri, activity in sorted(every.items()):
        parts = parties.get(iri, {})
        if not parts or not policy.admits(activity):
            continue
        event = assembly.add_event(activity, parts)
        nodes[iri] = names.Node(event.label, iri, event.kind)
        for actor in sorted(parts):
            strength = 1 / max(parts[actor] - 1, 1) if newman else 1.0
            nodes[actor] = actors[actor]
            basis = "inferred" if (iri, actor) in inferred else "stated"
            assembly.add_edge((actor, iri), "takesPartIn", [event], basis, strength)
    return assembly.picture("two-mode", f"Who takes part in what: {policy}", nodes.values())


def meetings(store: Store, choice: Choice) -> Picture:
    """Draw who met whom: persons, states and others, as the articles say.

    Raises:
        QueryError: A measure that does not exist.
    """
    policy = choice.policy
    period = policy.period
    assembly = Assembly(store, choice.measure)
    actors, dates = names.nodes(store, NR.Actor), activities.bounds(store)
    together: dict[tuple[str, str], list[Event]] = {}
    for iri, meeting in sorted(names.nodes(store, NR.Meeting).items()):
        bounds = dates.get(iri, (None, None))
        earliest, latest = (day(bound) for bound in bounds)
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
    words = str(Policy(since=policy.since, until=policy.until)).split("; ")[3:]
    title = "Who met whom" + (f": {words[0]}" if words else "")
    met = {iri for pair in together for iri in pair}
    return assembly.picture("meetings", title, [actors[iri] for iri in met])
