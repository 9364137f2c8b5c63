"""Pictures, and triples, of what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import combinations
from typing import Final

from ..errors import QueryError
from ..graph import as_of, labelling, names
from ..graph.store import Store
from ..graph.terms import NR, THINGS
from ..network import activities, communities, notes, projection, record
from ..network.activities import Activity
from ..network.model import Network, newman
from ..network.policy import Policy
from ..network.record import read
from ..text.wording import day, say_dates
from . import added, knowledge, ontology, sketch, triples
from .annotations import Quotes
from .assembly import Assembly
from .briefing import Briefing
from .model import UNRANKED, Event, Picture
from .page import ReportPage
from .triples import Triples

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
        part: Of the ontology, one of `ontology.PARTS`; empty for all.
    """

    what: str = "network"
    policy: Policy = field(default_factory=Policy)
    measure: str = "strength"
    weight: str = "newman"
    around: tuple[str, ...] = ()
    hops: int = 1
    derived: bool = False
    part: str = ""

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
        built = projection.build(store, choice.policy, choice.weight)
        return network(store, built, choice.measure, choice.weight)
    if choice.what == "ontology":
        return ontology.diagram(store, choice.part)
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
) -> Picture | ReportPage | Briefing | Quotes | Triples:
    """Make what a format is made of (`passex.exports.Format.of`) of what was chosen.

    To `tell` goes what is being done. Raises as `picture` does.
    """
    check(of, choice.what)
    if of == "page":
        return ReportPage(store, choice.policy, choice.measure, choice.weight, tell)
    if of == "briefing":
        whole = record.every(store, choice.policy)
        counted = whole.admitting(choice.policy)
        built = projection.build(store, choice.policy, choice.weight, counted)
        return Briefing(store, built, network(store, built, choice.measure, choice.weight), whole)
    if of == "triples":
        return select(store, choice)
    return quotes(store, choice) if of == "quotes" else picture(store, choice)


def check(of: str, what: str) -> None:
    """Refuse formats (`passex.exports.Format.of`) that do not show what is chosen.

    Raises:
        QueryError: A page or a briefing of something else than the network, or places or quotes of
            the ontology.
    """
    if of in ("page", "briefing") and what != "network":
        raise QueryError(
            f"the {of} shows the network, whatever --what says",
            "leave --what and --around out, or export another format",
        )
    missing = {"map": "places", "quotes": "quotes"}.get(of)
    if missing and what == "ontology":
        raise QueryError(
            f"the ontology has no {missing}", "export another format, or another --what"
        )


def select(store: Store, choice: Choice) -> Triples:
    """Take the triples behind what was chosen; raises as `picture` does.

    They are, of the whole graph, its facts; of anything else that is drawn, what the facts say of
    its nodes and events, with claims and evidence; or the ontology.
    """
    if choice.what == "ontology":
        return triples.ontology()
    if choice.what == "graph" and not choice.around:
        return triples.whole(store, choice.derived)
    return triples.of_picture(store, picture(store, choice), choice.derived)


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

    Plans weigh what exercises do, where the policy includes them. The ties of a backbone have the
    attribute ``p``.

    Raises:
        QueryError: A measure or a weight that does not exist.
    """
    assembly = Assembly(store, measure, weight)
    shared: dict[str, Activity] = {}
    members: dict[str, set[str]] = {}
    for tie in built.ties:
        for event in (occasion.activity for occasion in tie.occasions):
            shared[event.iri] = event
            members.setdefault(event.iri, set()).update((tie.source.iri, tie.target.iri))
    behind = {iri: assembly.behind(built.policy.level, iri, own) for iri, own in members.items()}
    for tie in built.ties:
        ends = (tie.source.iri, tie.target.iri)
        for _, own in tie.strands:
            events = [occasion.activity for occasion in own]
            strength = newman(own) if weight == "newman" else float(len(own))
            claims = (claim for e in events for claim in behind[e.iri](*ends))
            articles = {source.label for occasion in own for source in occasion.sources}
            basis = "inferred" if all(occasion.inferred for occasion in own) else "stated"
            kind = "plansToTrainWith" if events[0].planned else "trainedWith"
            assembly.add_edge(ends, kind, events, basis, strength, claims, articles)
    for iri, activity in shared.items():
        assembly.add_event(activity, members[iri])
    title = f"Who trains with whom: {built.policy}"
    picture = assembly.picture(
        *("network", title, built.nodes, built.notes),
        *(sketch.unranked(built), partial(communities.of_level, store, built.policy.level)),
    )
    chances = {
        (min(ends), max(ends)): {"p": tie.p}
        for tie in built.ties
        if tie.p is not None and (ends := (tie.source.iri, tie.target.iri))
    }
    about = "how likely a tie at least as strong is by chance"
    return added.extend(picture, {}, chances, about) if chances else picture


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
    if policy.min_events > 1 or policy.backbone is not None:
        ties, option = (
            ("backbone", "--backbone")
            if policy.backbone is not None
            else ("ties of several exercises", "--min-events")
        )
        raise QueryError(
            f"the two-mode network has no {ties}", f"leave {option} out, or use --what network"
        )
    record = read(store, policy)
    members, actors, inferred = record.members, record.actors, record.inferred
    parties = {
        iri: {members.members[member]: count for member, count in members.parties(*own).items()}
        for iri, own in zip(members.events, enumerate(members.groups()), strict=True)
    }
    nodes: dict[str, labelling.Node] = {}
    weak = 0
    for iri, activity in sorted(record.counted.items()):
        parts = parties.get(iri, {})
        if policy.basis == "stated":
            weak += sum((iri, actor) in inferred for actor in parts)
            parts = {actor: n for actor, n in parts.items() if (iri, actor) not in inferred}
        if not parts:
            continue
        event = assembly.add_event(activity, parts)
        steps = assembly.steps(policy.level, iri, parts)
        nodes[iri] = labelling.Node(event.label, iri, event.kind)
        for actor in sorted(parts):
            strength = 1 / max(parts[actor] - 1, 1) if newman else 1.0
            nodes[actor] = actors[actor]
            basis = "inferred" if (iri, actor) in inferred else "stated"
            told = [phase.get(actor, ()) for phase in record.naming.get(iri, {}).values()]
            articles = [article.label for each in told for article in each]
            edge, claims = (actor, iri), steps[actor]
            assembly.add_edge(edge, "takesPartIn", [event], basis, strength, claims, articles)
    who = notes.of_ties(record, policy, parties, nodes, "participant")
    if weak:
        are = "participation is left out, since it is" if weak == 1 else ""
        are = are or "participations are left out, since they are"
        who = [f"{weak} {are} inferred.", *who]
    title = f"Who takes part in what: {policy}"
    return assembly.picture("two-mode", title, nodes.values(), tuple(who), UNRANKED)


def meetings(store: Store, choice: Choice) -> Picture:
    """Draw who met whom: persons, states and others, as the articles say.

    Raises:
        QueryError: A measure that does not exist.
    """
    policy = choice.policy
    period = policy.period
    assembly = Assembly(store, choice.measure)
    actors, dates = labelling.nodes(store, NR.Actor), activities.bounds(store)
    together: dict[tuple[str, str], list[Event]] = {}
    undated: list[str] = []
    for iri, meeting in sorted(labelling.nodes(store, NR.Meeting).items()):
        bounds = dates.get(iri, (None, None))
        earliest, latest = (day(bound) for bound in bounds)
        if not period.may_hold(earliest, latest):
            if earliest is latest is None:
                undated.append(meeting.label)
            continue
        present = sorted(set(store.objects(iri, NR.hasParticipant)) & actors.keys())
        when = say_dates(*bounds)
        event = assembly.index.event(meeting, "held", when, (earliest, latest), present)
        assembly.events.append(event)
        for pair in combinations(present, 2):
            together.setdefault(pair, []).append(event)
    for pair, shared in together.items():
        behind = (
            claim
            for event in shared
            for claim in event.claims
            if NR.hasParticipant in store.objects(claim, NR.onProperty)
            and not set(pair).isdisjoint(store.objects(claim, NR.hasValue))
        )
        assembly.add_edge(pair, "Meeting", shared, "stated", float(len(shared)), behind)
    words = str(Policy(since=policy.since, until=policy.until)).split("; ")[3:]
    title = "Who met whom" + (f": {words[0]}" if words else "")
    met = {iri for pair in together for iri in pair}
    dated = [(event.label, event.earliest, event.latest) for event in assembly.events]
    said = [
        *notes.uncertain(dated, period, "meeting"),
        *notes.not_counted("without dates", undated),
    ]
    nodes = [actors[iri] for iri in met]
    return assembly.picture("meetings", title, nodes, tuple(said), UNRANKED)
