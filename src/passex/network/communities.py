"""Groups of actors that train among themselves more than with others, and all results in one."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from ..errors import EXTRA, PassexError
from ..graph import tables
from ..graph.labelling import Node, nodes
from ..graph.rows import Table, Tabular
from ..graph.store import Store
from ..graph.terms import NR
from ..text.wording import say
from . import activities, projection, twomode
from .division import DEFAULT, Division
from .model import Network
from .policy import STATUSES, WEIGHTS, Policy
from .ranking import ENOUGH, Ranking, combined, too_few
from .record import Record
from .ties import Ties

#: Louvain divides large networks in no time.
_LEVEL: Final = Division("louvain")

if TYPE_CHECKING:
    import networkx

    Graph = networkx.Graph[int]


@dataclass(frozen=True, slots=True)
class Communities(Tabular):
    """A division of a network into groups.

    Attributes:
        groups: The groups, the largest first; in each, the actors by label. Empty if there is too
            little to divide.
        modularity: How much more of the weight lies within the groups than chance would put there
            (0 for a single group); None without groups.
        warnings: What has to be said before anyone relies on it, in sentences.
        by: How they were found.
    """

    groups: tuple[tuple[Node, ...], ...]
    modularity: float | None
    warnings: tuple[str, ...]
    by: Division = DEFAULT

    def __repr__(self) -> str:
        return f"<Communities: {say(len(self.groups), 'group')}>"

    def __str__(self) -> str:
        modularity = "" if self.modularity is None else f", of modularity {self.modularity:.3f}"
        return f"Groups {self.by}{modularity}"

    def table(self) -> Table:
        """Give a row an actor, with the number of its group."""
        return Table(
            ("group", "actor"),
            tuple((n, node) for n, group in enumerate(self.groups, 1) for node in group),
            nodes=frozenset({"actor"}),
            caption=str(self),
            notes=self.warnings,
            empty="Nothing is divided.",
        )


def divide(
    network: Network,
    weight: str,
    enough: int = ENOUGH,
    by: Division = DEFAULT,
) -> Communities:
    """Divide the actors of a network into groups.

    Args:
        network: The network.
        weight: ``weight`` (Newman's) or ``count``.
        enough: As with a ranking, nothing is divided with fewer exercises than this.
        by: The way to divide it.

    Raises:
        PassexError: What the method needs is not installed.

    Example:
        >>> from passex import Policy, load
        >>> from passex.network import projection
        >>> network = projection.build(load().store, Policy(level="state"))
        >>> divide(network, "weight").warnings
        ('No groups: 2 of the 10 exercises that it would take to divide 3 actors.',)
    """
    actors = network.nodes
    events = {o.activity.iri for tie in network.ties for o in tie.occasions}
    if len(events) < enough or not actors:
        few = too_few("No groups", "divide", network, len(events), enough)
        return Communities((), None, (few,), by)
    ties = combined(network, weight)
    graph = _graph(ties)
    parts = parts_of(ties, by)
    import networkx

    modularity = networkx.community.modularity(
        graph, map(set, parts), weight="weight", resolution=by.resolution
    )
    groups = tuple(tuple(actors[number] for number in part) for part in parts)
    return Communities(groups, modularity, (), by)


def of_level(store: Store, level: str) -> dict[str, int]:
    """Give the number of each actor's community by all exercises and plans at a level.

    Example:
        >>> from passex import load
        >>> of_level(load().store, "state")
        {}
    """
    every, members = activities.read(store), twomode.read(store, level)
    # Which articles name whom divides nobody.
    record = Record(every, every, members, (), {}, nodes(store, NR.Actor), {})
    return of_record(record, level)


def of_record(record: Record, level: str) -> dict[str, int]:
    """Give what `of_level` does, of what was read of a level, in which all counts.

    These are what colours show, the same in every picture and on the page: an actor keeps its own
    however few of its ties are drawn. They are those of `divide`, by Louvain.

    Returns:
        The numbers by IRI, 0 for the largest. Empty where nothing is divided, or where there are
        no two communities of several actors.
    """
    network = projection.project(record, Policy(level, STATUSES, "all"))
    groups = divide(network, WEIGHTS["newman"], by=_LEVEL).groups
    if sum(len(group) > 1 for group in groups) < 2:
        return {}
    return {node.iri: number for number, group in enumerate(groups) for node in group}


def parts_of(ties: Ties, by: Division = DEFAULT) -> list[list[int]]:
    """Divide the nodes of ties, given by their places: the largest part first, each sorted.

    Raises:
        PassexError: What the method needs is not installed.

    Example:
        >>> from array import array
        >>> pair = Ties(["a", "b", "c"], array("q", [0]), array("q", [2]), array("d", [1.0]))
        >>> parts_of(pair)
        [[0, 2], [1]]
    """
    divided = _parts(_graph(ties), ties, by)
    return sorted((sorted(part) for part in divided), key=lambda part: (-len(part), part))


def _graph(ties: Ties) -> Graph:
    import networkx

    # The order in which networkx walks a set decides between equal merges. That of texts differs
    # from run to run; that of small numbers does not.
    graph: Graph = networkx.Graph()
    graph.add_nodes_from(range(len(ties.nodes)))
    graph.add_weighted_edges_from(zip(ties.sources, ties.targets, ties.strengths, strict=True))
    return graph


def _parts(graph: Graph, ties: Ties, by: Division) -> Iterable[Iterable[int]]:
    import networkx

    if by.method == "greedy":
        return networkx.community.greedy_modularity_communities(
            graph, weight="weight", resolution=by.resolution
        )
    if by.method == "louvain":
        return networkx.community.louvain_communities(
            graph, weight="weight", resolution=by.resolution, seed=by.seed
        )
    try:
        import igraph
    except ModuleNotFoundError:
        raise PassexError(
            "Leiden needs igraph, which is not installed", EXTRA.format("leiden")
        ) from None
    edges = list(zip(ties.sources, ties.targets, strict=True))
    # Its chance is one for the whole process: Python's own, unless another is set.
    igraph.set_random_number_generator(random.Random(by.seed))
    try:
        parts: Iterable[Iterable[int]] = igraph.Graph(len(ties.nodes), edges).community_leiden(
            "modularity", weights=list(ties.strengths), resolution=by.resolution, n_iterations=-1
        )
        return parts
    finally:
        igraph.set_random_number_generator(random)


def document(
    network: Network, ranking: Ranking, weight: str, parts: Communities | None = None
) -> str:
    """Write a network with all that is said about it, as a JSON object.

    It has ``policy`` (in words, and its fields), ``notes``, ``centralities``, ``ranking``,
    ``communities`` if there are ``parts``, and ``ties``; what has rows as objects, as in JSON
    lines. ``weight`` is what measures and groups take as weights: ``newman`` or ``count``.
    """
    policy, figures = network.policy, ranking.centralities
    written: dict[str, object] = {
        "policy": {"words": str(policy), **asdict(policy)},
        "notes": network.notes,
        "centralities": {
            "weight": weight,
            "density": figures.density,
            "notes": figures.notes,
            "actors": list(tables.objects(figures.table())),
        },
        "ranking": {
            "measure": ranking.measure,
            "weight": weight,
            "events": ranking.events,
            "articles": ranking.articles,
            "warnings": ranking.warnings,
            "places": list(tables.objects(ranking.table())),
        },
    }
    if parts is not None:
        written["communities"] = {
            "weight": weight,
            **parts.by.said(),
            "modularity": parts.modularity,
            "warnings": parts.warnings,
            "groups": list(tables.objects(parts.table())),
        }
    written["ties"] = list(tables.objects(network.table()))
    return tables.dump(written)
