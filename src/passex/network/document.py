"""A network, its ranking and its groups as one JSON object."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from ..graph import tables

if TYPE_CHECKING:
    from .communities import Communities
    from .model import Network
    from .ranking import Ranking


def write(network: Network, ranks: Ranking, weight: str, parts: Communities | None = None) -> str:
    """Write a network with all that is said about it, as a JSON object.

    Args:
        weight: What the ranking and the groups take as weights: ``newman`` or ``count``.
        parts: Its groups, if they were asked for.

    Returns:
        An object with ``policy`` (in words, and its fields), ``notes``, ``ranking``,
        ``communities`` if they were asked for, and ``ties``; what has rows as objects, as in JSON
        lines.
    """
    policy = network.policy
    document: dict[str, object] = {
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
        document["communities"] = {
            "weight": weight,
            "modularity": parts.modularity,
            "warnings": parts.warnings,
            "groups": list(tables.objects(parts.table())),
        }
    document["ties"] = list(tables.objects(network.table()))
    return tables.dump(document)
