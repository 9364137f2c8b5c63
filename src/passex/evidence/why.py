"""Evidence behind a tie, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from ..errors import QueryError
from ..graph.claimed import place
from ..graph.labelling import Node, labels
from ..graph.rows import Cell, Named, Table, Tabular
from ..graph.store import Store
from ..graph.terms import LEVELS, NAMED, NR, NRC, WORKINGS, W, local_name
from ..network import activities, twomode
from ..network.activities import Activity
from ..network.policy import Policy
from ..network.record import check_domain
from ..network.steps import workings
from ..text.wording import say
from .claims import COLUMNS, NO_TEXTS, NODES, Claim, claim_rows
from .obstacles import Obstacle, obstacles
from .routes import Route, behind

#: So many exercises and plans are given, the latest, unless all are asked for.
LATEST: Final = 20
_DATE_BASIS = {
    "date-from-text": "from the text",
    "date-from-calendar": "from the text and the calendar",
    "date-from-background": "from outside knowledge",
}


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """An exercise or plan that ties two actors.

    Attributes:
        happening: The exercise or plan; so it is called in JSON.
        levels: The levels at which it ties them.
        dates: Its dates, with the words of the text and what gave them.
        participants: Who took part, or is to, as named, sorted by label.
        routes_a: How the first actor comes to be in it.
        routes_b: How the second does.
        basis: How it ties them: ``stated``, or ``inferred`` if the weakest of all steps is.
        status_from: The tables whose row alone says its status, without a word for it.
        accounts: The nodes that are said to be the same exercise, and count in it.
    """

    happening: Activity
    levels: tuple[str, ...]
    dates: str
    participants: tuple[Named, ...]
    routes_a: tuple[Route, ...]
    routes_b: tuple[Route, ...]
    basis: str
    status_from: tuple[Named, ...] = ()
    accounts: tuple[Named, ...] = ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims behind the routes, each once."""
        ways = (*self.routes_a, *self.routes_b)
        return tuple({claim.iri: claim for way in ways for claim in way.claims}.values())

    @property
    def at(self) -> str:
        """The levels in words: ``state level``, or ``unit level and as named``."""
        levels = [level for level in self.levels if level != NAMED]
        parts = [f"{' and '.join(levels)} level"] if levels else []
        return " and ".join([*parts, *(["as named"] if NAMED in self.levels else [])])


@dataclass(frozen=True, slots=True)
class Reasons(Tabular):
    """All that ties two actors, or why nothing does.

    Attributes:
        a: The first actor.
        b: The second actor.
        occasions: The exercises and plans that tie them, in every domain and at every level, or
            the latest `LATEST` of them, the earliest first.
        exercises: How many exercises tie them, with those that are not given.
        plans: How many plans do.
        levels_a: In how many exercises and plans the first actor appears, by level.
        levels_b: The same for the second actor.
        instead: Level and two actors that stand near the two there, where the two themselves are
            never at one level.
        why_not: Why the network of the policy has no tie of the two; empty where it has one.
    """

    a: Node
    b: Node
    occasions: tuple[TieEvidence, ...]
    exercises: int
    plans: int
    levels_a: dict[str, int]
    levels_b: dict[str, int]
    instead: tuple[tuple[str, str, str], ...]
    why_not: tuple[Obstacle, ...]

    def __repr__(self) -> str:
        return f"<Reasons: {self}>"

    def __str__(self) -> str:
        return f"{self.a.label} and {self.b.label}: {self.tally}"

    @property
    def tally(self) -> str:
        """How many exercises and plans tie the two, such as ``3 exercises, 1 plan``."""
        return f"{say(self.exercises, 'exercise')}, {say(self.plans, 'plan')}"

    @property
    def rest(self) -> str:
        """What is said of those that are not given; an empty text if all are."""
        left = self.exercises + self.plans - len(self.occasions)
        return f"These are the latest {len(self.occasions)}; there are {left} more." if left else ""

    @property
    def against(self) -> list[str]:
        """Why the network has no tie, in sentences: the first 20, and how many more there are."""
        sentences = [reason.sentence for reason in self.why_not]
        more = len(sentences) - LATEST
        return [*sentences[:LATEST], *([f"And {say(more, 'reason')} more."] if more > 0 else [])]

    def table(self) -> Table:
        """Give a row a claim and place.

        Of each exercise and plan come, with the actor, the participant and the affiliations, the
        claims on the steps by which that actor is in it; where there are none, a row with no claim.
        ``tie`` is the basis on which it ties the two: that of the weakest step.
        """
        return Table(
            (
                *("event", "status", "domains", "levels", "dates", "participants", "tie"),
                *("actor", "through", "affiliations", "inferred", *COLUMNS),
            ),
            tuple(row for reason in self.occasions for row in _rows(self, reason)),
            nodes=NODES | {"event", "participants", "actor", "through", "affiliations"},
            caption=str(self),
            notes=(*filter(None, [self.rest]), *self.against),
            empty="No exercise in this graph, held, under way or planned, relates them.",
        )


def _rows(found: Reasons, reason: TieEvidence) -> Iterator[tuple[Cell, ...]]:
    activity = reason.happening
    event: tuple[Cell, ...] = (
        *(Named(activity.label, activity.iri), activity.status, tuple(sorted(activity.domains))),
        *(reason.levels, reason.dates, reason.participants, reason.basis),
    )
    for actor, ways in ((found.a, reason.routes_a), (found.b, reason.routes_b)):
        for route in ways:
            way: tuple[Cell, ...] = (actor, route.participant, route.links, route.inferred)
            for row in claim_rows(route.claims):
                yield (*event, *way, *row)


def why(
    store: Store,
    a: Node,
    b: Node,
    texts: Mapping[str, str] = NO_TEXTS,
    policy: Policy | None = None,
    everything: bool = False,
    planned: bool | None = None,
) -> Reasons:
    """Collect what ties two actors, in every domain and at every level, or why nothing does.

    Args:
        policy: The network for which is said why it has no tie of the two; without one, what counts
            by default, at any level.
        everything: Whether all exercises and plans are given, and not only the latest `LATEST`.
        planned: Whether only plans are collected, or only exercises; without it, both.

    Raises:
        QueryError: Both are the same actor; nothing is in the domain of the policy.
    """
    if a.iri == b.iri:
        raise QueryError(f"both names mean {a.label}", "give two different actors")
    every = activities.read(store)
    if policy is not None:
        check_domain(policy, activities.domains(every.values()))
    named = policy is not None and policy.level == NAMED
    tied = _tied(store, a.iri, b.iri, every, (*LEVELS, NAMED) if named else tuple(LEVELS))
    if planned is not None:
        tied = {iri: levels for iri, levels in tied.items() if every[iri].planned is planned}
    latest = sorted(tied, key=lambda iri: (every[iri].latest or every[iri].earliest or "", iri))
    given = latest if everything else latest[-LATEST:]
    occasions = [_evidence(store, every[event], tied[event], a, b, texts) for event in given]
    occasions.sort(key=lambda e: (e.happening.planned, e.happening.when, e.happening.label))
    levels_a, levels_b = (_levels(store, node, every.keys()) for node in (a, b))
    apart = not occasions and not set(levels_a) & set(levels_b)
    instead = _instead(store, a, b, levels_a, levels_b) if apart else ()
    plans = sum(every[event].planned for event in tied)
    against = obstacles(store, a, b, every, tied, policy)
    counts = (len(tied) - plans, plans)
    return Reasons(a, b, tuple(occasions), *counts, levels_a, levels_b, instead, against)


def _tied(
    store: Store, a: str, b: str, every: Mapping[str, Activity], levels: Sequence[str]
) -> dict[str, list[str]]:
    """Find which exercises and plans tie two actors, and at which levels."""
    tied: dict[str, list[str]] = {}
    for level in levels:
        # Who is named is involved.
        term = NR.involves if level == NAMED else LEVELS[level]
        common = set(store.subjects(term, a)) & set(store.subjects(term, b)) & every.keys()
        if not common:
            continue
        two = twomode.read(store, level, sorted(common))
        ends = tuple(n for n, iri in enumerate(two.members) if iri in (a, b))
        for number, group in enumerate(two.groups()):
            if ends in two.pairs(number, group):
                tied.setdefault(two.events[number], []).append(level)
    return tied


def _levels(store: Store, node: Node, every: Set[str]) -> dict[str, int]:
    counts = ((level, len(every & {*store.subjects(of, node.iri)})) for level, of in LEVELS.items())
    return {level: count for level, count in counts if count}


def _evidence(
    store: Store, activity: Activity, levels: list[str], a: Node, b: Node, texts: Mapping[str, str]
) -> TieEvidence:
    accounts = workings(store, activity.iri, W.toldWith)
    parts = workings(store, activity.iri, W.participation)
    named = labels(store, {actor for part in parts for actor in workings(store, part, W.of)})
    participants = tuple(sorted(Named(label, iri) for iri, label in named.items()))
    dates = say_dates_of(store, activity)
    (of_a, of_b), basis = behind(store, activity.iri, (a, b), levels, texts)
    tables = _status_from(store, activity.iri)
    same = tuple(sorted(Named(label, iri) for iri, label in labels(store, accounts).items()))
    found = (activity, tuple(levels), dates, participants, of_a, of_b, basis, tables, same)
    return TieEvidence(*found)


def _status_from(store: Store, event: str) -> tuple[Named, ...]:
    """Find the tables that hold what has this status, where no words of a source give it."""
    claims = [
        claim
        for claim in store.subjects(NR.about, event)
        if NR.hasStatus in store.objects(claim, NR.onProperty)
    ]
    quotes = [quote for claim in claims for quote in store.objects(claim, NR.hasEvidence)]
    bases = {basis for claim in claims for basis in store.objects(claim, NR.hasBasis)}
    if bases != {NRC.inferred} or not all("#row=" in quote for quote in quotes):
        return ()
    sources = {place(quote)[0] for quote in quotes}
    return tuple(sorted(Named(name, iri) for iri, name in labels(store, sources).items()))


def say_dates_of(store: Store, activity: Activity) -> str:
    """Say the dates of an exercise or plan, with the words of the text and what gave them."""
    start, end, words, basis = (
        store.objects(activity.iri, NR[name])
        for name in ("earliest", "latest", "dateWords", "dateBasis")
    )
    details = []
    if start and end and start != end and activity.when != f"{start[0]} to {end[0]}":
        details.append(f"{start[0]} to {end[0]}")
    details += [f"'{text}'" for text in words]
    details += [_DATE_BASIS.get(local_name(term), local_name(term)) for term in basis]
    return activity.when + (f" ({'; '.join(details)})" if details else "")


def _instead(
    store: Store, a: Node, b: Node, levels_a: dict[str, int], levels_b: dict[str, int]
) -> tuple[tuple[str, str, str], ...]:
    near_a, near_b = _near(store, a), _near(store, b)
    pairs = []
    for level in LEVELS:
        if level in levels_a:
            pairs += [(level, a.label, name) for name in near_b[level]]
        if level in levels_b:
            pairs += [(level, name, b.label) for name in near_a[level]]
    return tuple(dict.fromkeys(pair for pair in pairs if pair[1] != pair[2]))


def near_query(actor: str) -> str:
    """Write the query for the actors that one (an IRI) belongs to or is made up of."""
    levels = " ".join(f"<{term}>" for term in LEVELS.values())
    return f"""# Who <{actor}> belongs to, or is made up of, and appears at a level.
SELECT DISTINCT ?level ?other {{
    GRAPH <{WORKINGS}> {{
        {{ <{actor}> (w:by/w:to)+ ?other }} UNION {{ ?other (w:by/w:to)+ <{actor}> }}
    }}
    FILTER(?other != <{actor}>)
    VALUES ?level {{ {levels} }}
    FILTER EXISTS {{ ?event ?level ?other }}
}}"""


def _near(store: Store, node: Node) -> dict[str, list[str]]:
    rows = [(str(level), str(other)) for level, other in store.rows(near_query(node.iri))]
    label = labels(store, (other for _, other in rows))
    return {
        level: sorted(label[other] for at, other in rows if at == term)[:3]
        for level, term in LEVELS.items()
    }
