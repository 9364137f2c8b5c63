"""A network, its ranking and its groups as rows, and all of it as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from .. import tables
from ..rows import Cell, Named, Table

if TYPE_CHECKING:
    from .communities import Communities
    from .model import Network, Tie
    from .ranking import Ranking


def ties(network: Network) -> Table:
    """Give the ties: a row each.

    Args:
        network: The network.

    Returns:
        The two actors, the figures, the basis, the first and the last day on which its exercises
        are possible (its plans, if it has no exercise; nothing where no day is given), the
        articles, the exercises and the plans.

    Example:
        >>> from passex import Policy, load
        >>> found = ties(load().ties(Policy(level="state")))
        >>> tables.csv(found).splitlines()[1].split(",")[4:9]
        ['2', '1.5', '0', '0.0', 'stated']
    """
    least, things = network.policy.min_events, network.policy.things
    none = f"No tie is of at least {least} {things} at this level."
    return Table(
        (
            *("source", "target", "exercises", "weight", "plans", "plan_weight", "basis"),
            *("first", "last", "sources", "events", "planned_events"),
        ),
        tuple(map(_tie, network.ties)),
        nodes=frozenset({"source", "target", "sources", "events", "planned_events"}),
        caption=f"Who trains with whom: {network.policy}",
        notes=network.notes,
        empty=none if least > 1 else "No exercise or plan that counts has a pair at this level.",
    )


def _tie(tie: Tie) -> tuple[Cell, ...]:
    events = [o.happening for o in tie.occasions if not o.happening.planned]
    plans = [o.happening for o in tie.occasions if o.happening.planned]
    dated = events or plans
    return (
        *(tie.source, tie.target, tie.count, tie.weight, tie.planned, tie.planned_weight),
        tie.basis,
        min((h.earliest for h in dated if h.earliest), default=None),
        max((h.latest for h in dated if h.latest), default=None),
        tie.sources,
        tuple(Named(h.label, h.iri) for h in events),
        tuple(Named(h.label, h.iri) for h in plans),
    )


def ranking(found: Ranking) -> Table:
    """Give the places: a row an actor.

    Args:
        found: The ranking.

    Returns:
        The place, the actor, the score, the best and the worst place when one article is left out
        (no worst where the actor has no ties without some article), and the number of articles in
        which the actor occurs.
    """
    return Table(
        ("place", "actor", "score", "best", "worst", "articles"),
        tuple((p.place, p.node, p.score, p.best, p.worst, p.articles) for p in found.places),
        nodes=frozenset({"actor"}),
        caption=f"Actors by {found.measure}",
        notes=found.warnings,
        empty="Nobody is ranked.",
    )


def groups(found: Communities) -> Table:
    """Give the groups: a row an actor.

    Args:
        found: The groups.

    Returns:
        The number of the group, and the actor.
    """
    modularity = "" if found.modularity is None else f", of modularity {found.modularity:.3f}"
    return Table(
        ("group", "actor"),
        tuple((n, node) for n, group in enumerate(found.groups, 1) for node in group),
        nodes=frozenset({"actor"}),
        caption=f"Groups{modularity}",
        notes=found.warnings,
        empty="Nothing is divided.",
    )


def document(
    network: Network, ranks: Ranking, weight: str, parts: Communities | None = None
) -> str:
    """Write a network with all that is said about it, as a JSON object.

    Args:
        network: The network.
        ranks: Its ranking.
        weight: What the ranking and the groups take as weights: ``newman`` or ``count``.
        parts: Its groups, if they were asked for.

    Returns:
        An object with ``policy`` (in words, and its fields), ``notes``, ``ranking``,
        ``communities`` if they were asked for, and ``ties``; what has rows as objects, as in JSON
        lines.
    """
    policy = network.policy
    found: dict[str, object] = {
        "policy": {"words": str(policy), **asdict(policy)},
        "notes": network.notes,
        "ranking": {
            "measure": ranks.measure,
            "weight": weight,
            "events": ranks.events,
            "articles": ranks.articles,
            "warnings": ranks.warnings,
            "places": list(tables.objects(ranks.table())),
        },
    }
    if parts is not None:
        found["communities"] = {
            "weight": weight,
            "modularity": parts.modularity,
            "warnings": parts.warnings,
            "groups": list(tables.objects(parts.table())),
        }
    found["ties"] = list(tables.objects(network.table()))
    return tables.dump(found)
