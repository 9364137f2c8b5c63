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
    """Collect the claims about one node.

    Args:
        store: A store.
        node: A node of any class.
        texts: The articles' texts by the article's IRI, for those that are at hand.

    Returns:
        The claims.
    """
    return NodeClaims(node, claims_about(store, node.iri, texts))


def why(store: Store, a: Node, b: Node, texts: Mapping[str, str] = NO_TEXTS) -> Reasons:
    """Collect what ties two actors, in every domain and at every level.

    Args:
        store: A store with its derived triples.
        a: An actor.
        b: Another actor.
        texts: The articles' texts by the article's IRI, for those that are at hand.

    Returns:
        The reasons. None at all is an answer too: what level each is found at is part of it.

    Raises:
        QueryError: Both are the same actor.
    """
    if a.iri == b.iri:
        raise QueryError(f"both names mean {a.label}", "give two different actors")
    known = activities.read(store)
    tied: dict[str, list[str]] = {}
    for level, term in LEVELS.items():
        common = set(store.subjects(term, a.iri)) & set(store.subjects(term, b.iri)) & set(known)
        if not common:
            continue
        for event, members in memberships(store, level, sorted(common)).items():
            if event in common and tuple(sorted((a.iri, b.iri))) in pairs(members)[0]:
                tied.setdefault(event, []).append(level)
    reasons = [_reason(store, known[event], tuple(tied[event]), a, b, texts) for event in tied]
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
    store: Store,
    happening: Activity,
    levels: tuple[str, ...],
    a: Node,
    b: Node,
    texts: Mapping[str, str],
) -> TieEvidence:
    named = labels(store, store.objects(happening.iri, NR.hasParticipant))
    return TieEvidence(
        happening=happening,
        levels=levels,
        dates=say_dates_of(store, happening),
        participants=tuple(sorted(Named(label, iri) for iri, label in named.items())),
        routes_a=routes(store, happening.iri, a, texts),
        routes_b=routes(store, happening.iri, b, texts),
        claims=claims_about(store, happening.iri, texts),
    )


def say_dates_of(store: Store, happening: Activity) -> str:
    """Say the dates of an exercise or plan, with the words of the text and what gave them."""
    start, end, words, basis = (
        store.objects(happening.iri, NR[name])
        for name in ("earliest", "latest", "dateWords", "dateBasis")
    )
    details = []
    if start and end and start != end:
        details.append(f"{start[0]} to {end[0]}")
        details = [text for text in details if text != happening.when]
    details += [f"'{text}'" for text in words]
    details += [_DATE_BASIS.get(local_name(term), local_name(term)) for term in basis]
    return happening.when + (f" ({'; '.join(details)})" if details else "")


def _instead(
    store: Store, a: Node, b: Node, levels_a: dict[str, int], levels_b: dict[str, int]
) -> tuple[tuple[str, str, str], ...]:
    near_a, near_b = _near(store, a), _near(store, b)
    found = []
    for level in LEVELS:
        if level in levels_a:
            found += [(level, a.label, name) for name in near_b.get(level, [])]
        if level in levels_b:
            found += [(level, name, b.label) for name in near_a.get(level, [])]
    return tuple(dict.fromkeys(pair for pair in found if pair[1] != pair[2]))


def near_query(actor: str) -> str:
    """Write the query for the actors that one belongs to or is made up of, at every level.

    Args:
        actor: The actor's IRI.

    Returns:
        The query, for a store with the rules' intermediate results.
    """
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
    called = labels(store, (other for _, other in rows))
    return {
        level: sorted(called[other] for at, other in rows if at == term)[:3]
        for level, term in LEVELS.items()
    }
