"""The evidence behind a tie."""

from __future__ import annotations

from collections.abc import Mapping

from ..errors import QueryError
from ..graph.names import Node, labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import LEVELS, NR, WORKINGS, local_name
from ..network import activities
from ..network.activities import Activity
from ..network.ties import pairs
from ..network.twomode import memberships
from .claims import NO_TEXTS, claims_about
from .reasons import NodeClaims, Reasons, TieEvidence
from .routes import routes

_DATE_BASIS = {
    "date-from-text": "from the text",
    "date-from-calendar": "from the text and the calendar",
    "date-from-background": "from outside knowledge",
}


def claims_of(store: Store, node: Node, texts: Mapping[str, str] = NO_TEXTS) -> NodeClaims:
    """Collect the claims about one node of any class."""
    return NodeClaims(node, claims_about(store, node.iri, texts))


def why(store: Store, a: Node, b: Node, texts: Mapping[str, str] = NO_TEXTS) -> Reasons:
    """Collect what ties two actors, in every domain and at every level.

    Args:
        store: A store with its derived triples.
        a: An actor.
        b: Another actor.
        texts: The articles' texts by the article's IRI, for those that are at hand.

    Returns:
        The evidence. None at all is an answer too: the levels of each actor are part of it.

    Raises:
        QueryError: Both are the same actor.
    """
    if a.iri == b.iri:
        raise QueryError(f"both names mean {a.label}", "give two different actors")
    every = activities.read(store)
    tied: dict[str, list[str]] = {}
    for level, term in LEVELS.items():
        common = set(store.subjects(term, a.iri)) & set(store.subjects(term, b.iri)) & every.keys()
        if not common:
            continue
        for event, members in memberships(store, level, sorted(common)).items():
            if event in common and tuple(sorted((a.iri, b.iri))) in pairs(members)[0]:
                tied.setdefault(event, []).append(level)
    behind = [_evidence(store, every[event], tuple(tied[event]), a, b, texts) for event in tied]
    behind.sort(key=lambda e: (e.happening.planned, e.happening.when, e.happening.label))
    levels_a, levels_b = (_levels(store, node, set(every)) for node in (a, b))
    apart = not behind and not set(levels_a) & set(levels_b)
    instead = _instead(store, a, b, levels_a, levels_b) if apart else ()
    return Reasons(a, b, tuple(behind), levels_a, levels_b, instead)


def _levels(store: Store, node: Node, every: set[str]) -> dict[str, int]:
    counts = {
        level: len(every.intersection(store.subjects(term, node.iri)))
        for level, term in LEVELS.items()
    }
    return {level: count for level, count in counts.items() if count}


def _evidence(
    store: Store,
    activity: Activity,
    levels: tuple[str, ...],
    a: Node,
    b: Node,
    texts: Mapping[str, str],
) -> TieEvidence:
    named = labels(store, store.objects(activity.iri, NR.hasParticipant))
    return TieEvidence(
        happening=activity,
        levels=levels,
        dates=say_dates_of(store, activity),
        participants=tuple(sorted(Named(label, iri) for iri, label in named.items())),
        routes_a=routes(store, activity.iri, a, texts),
        routes_b=routes(store, activity.iri, b, texts),
        claims=claims_about(store, activity.iri, texts),
    )


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
