"""A network as text for other programs: one row or object a tie."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox

from . import tables
from .answers import Answer
from .catalogue import Question

if TYPE_CHECKING:
    from .communities import Communities
    from .names import Node
    from .network import Network, Tie
    from .ranking import Ranking

#: The fields of a tie, in order.
COLUMNS = (
    *("source", "source_iri", "target", "target_iri", "exercises", "weight", "plans"),
    *("plan_weight", "basis", "first", "last", "sources", "events", "planned_events"),
)


def record(tie: Tie) -> dict[str, object]:
    """Describe a tie by plain values.

    Args:
        tie: A tie.

    Returns:
        The `COLUMNS`: the two actors, the figures, the basis, the first and the last day on which
        its exercises are possible (its plans, if it has no exercise; None where no day is given),
        the labels of the articles, and the IRIs of the exercises and of the plans.
    """
    events = [o.happening for o in tie.occasions if not o.happening.planned]
    plans = [o.happening for o in tie.occasions if o.happening.planned]
    dated = events or plans
    values = (
        *(tie.source.label, tie.source.iri, tie.target.label, tie.target.iri),
        *(tie.count, tie.weight, tie.planned, tie.planned_weight, tie.basis),
        min((h.earliest for h in dated if h.earliest), default=None),
        max((h.latest for h in dated if h.latest), default=None),
        *(list(tie.sources), [h.iri for h in events], [h.iri for h in plans]),
    )
    return dict(zip(COLUMNS, values, strict=True))


def rows(network: Network, form: str) -> str:
    """Write the ties alone, one a row.

    Args:
        network: The network.
        form: ``csv``, ``tsv``, ``markdown`` or ``jsonl``.

    Returns:
        The text. In ``jsonl`` lists are lists; elsewhere labels are joined by ``; `` and IRIs by a
        space, and what is missing is empty.

    Example:
        >>> from passex import load, projection
        >>> from passex.network import Policy
        >>> network = projection.build(load().store, Policy(level="state"))
        >>> rows(network, "csv").splitlines()[1].split(",")[4:9]
        ['2', '1.5', '0', '0.0', 'stated']
    """
    records = [record(tie) for tie in network.ties]
    if form == "jsonl":
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records)
    cells = tuple(tuple(_cell(name, one[name]) for name in COLUMNS) for one in records)
    # An answer whose cells are all texts is written as it stands.
    return tables.FORMATS[form](Answer(Question("network", "", (), ""), {}, COLUMNS, cells, {}))


def document(
    network: Network, ranking: Ranking, weight: str, groups: Communities | None = None
) -> str:
    """Write a network with all that is said about it, as a JSON object.

    Args:
        network: The network.
        ranking: Its ranking.
        weight: What the ranking and the groups take as weights: ``newman`` or ``count``.
        groups: Its groups, if they were asked for.

    Returns:
        An object with ``policy`` (in words, and its fields), ``notes``, ``ranking``,
        ``communities`` if they were asked for, and ``ties`` (a `record` each).
    """
    policy = network.policy
    found: dict[str, object] = {
        "policy": {
            "words": str(policy),
            "level": policy.level,
            "include": list(policy.include),
            "domain": policy.domain,
            "since": policy.since,
            "until": policy.until,
            "min_events": policy.min_events,
        },
        "notes": list(network.notes),
        "ranking": {
            "measure": ranking.measure,
            "weight": weight,
            "events": ranking.events,
            "articles": ranking.articles,
            "warnings": list(ranking.warnings),
            "places": [
                {
                    "place": place.place,
                    **_actor(place.node),
                    "score": place.score,
                    "best": place.best,
                    "worst": place.worst,
                    "articles": place.articles,
                }
                for place in ranking.places
            ],
        },
    }
    if groups is not None:
        found["communities"] = {
            "weight": weight,
            "modularity": groups.modularity,
            "warnings": list(groups.warnings),
            "groups": [[_actor(node) for node in group] for group in groups.groups],
        }
    found["ties"] = [record(tie) for tie in network.ties]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _actor(node: Node) -> dict[str, str]:
    return {"label": node.label, "iri": node.iri}


def _cell(name: str, value: object) -> ox.Literal | None:
    if value is None:
        return None
    if isinstance(value, list):
        return ox.Literal(("; " if name == "sources" else " ").join(value))
    return ox.Literal(str(value))
