"""Networks of a graph, for Python: who trains with whom, who takes part in what, who met whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..network import division
from ..network.policy import DEFAULT, EVERY, MEASURE, WEIGHT, WEIGHTS, Policy, statuses
from . import given
from .held import Held

if TYPE_CHECKING:
    import networkx

    from ..network.communities import Communities
    from ..network.model import Network
    from ..network.ranking import Ranking
    from ..network.series import Series
    from .exportable import SourcedNetwork
    from .graphs import TiesGraph


class Networks(Held):
    """The networks of a graph."""

    def ties(self, policy: Policy | None = None, weight: str = WEIGHT.default) -> SourcedNetwork:
        """Build the network of a policy: who trains with whom.

        Args:
            policy: What counts; without one, as `passex network` without options has it.
            weight: ``newman`` or ``count``: what the disparity filter takes as strength.

        Returns:
            The ties, with the policy and the notes on what they do not show; to be exported as
            what `network` gives.

        Raises:
            QueryError: The graph has exercises or plans in other domains only.

        Example:
            >>> from passex import Policy, load
            >>> load().ties(Policy(level="state"))
            <Network: state level; exercises held and under way; naval domain; 3 ties>
        """
        from ..network import projection
        from .exportable import SourcedNetwork

        built = projection.build(self._ours, given.policy(policy), weight)
        return SourcedNetwork(built.policy, built.ties, built.notes, built.alone, self.store)

    def network(
        self,
        level: str = DEFAULT.level,
        include: str | Iterable[str] = DEFAULT.include,
        domain: str = DEFAULT.domain,
        since: str | int | None = DEFAULT.since,
        until: str | int | None = DEFAULT.until,
        min_events: int = DEFAULT.min_events,
        basis: str = DEFAULT.basis,
        backbone: str | None = DEFAULT.backbone,
        alpha: float = DEFAULT.alpha,
        weight: str = WEIGHT.default,
    ) -> TiesGraph:
        """Give who trains with whom to networkx.

        Args:
            level: ``unit``, ``service``, ``state`` or ``organisation``; or ``named``, for actors as
                the articles name them, whatever they are.
            include: Which of ``held``, ``under-way`` and ``planned`` count: ``"planned"``, or
                ``"held,planned"``, or a list.
            domain: A domain, such as ``naval``, or ``all``.
            since: A year, a month or a day, such as ``2017`` or ``2017-05-01``, before which
                nothing counts. With this or ``until``, what has no dates does not count.
            until: A year, a month or a day after which nothing counts.
            min_events: How many exercises a tie needs; plans count where they are included.
            basis: ``stated`` for what ties two by steps that are all stated; or ``any``.
            backbone: ``disparity`` or ``sdsm`` for the ties alone that chance does not explain,
                each with its probability ``p``; see `passex.network.backbone`.
            alpha: The significance level of the backbone.
            weight: ``newman`` or ``count``: what the disparity filter takes as strength.

        Returns:
            The graph of `ties`, as `passex.network.model.Network.to_networkx` describes it: a
            networkx.Graph that can be written in every format of `passex export`, as by
            ``export("gexf")`` and ``save("network.html")``.

        Raises:
            QueryError: Something that `Policy` refuses, a weight that does not exist, or a domain
                that the graph has not.

        Example:
            >>> from passex import load
            >>> japan = "https://w3id.org/passex/id/japan"
            >>> korea = "https://w3id.org/passex/id/south-korea"
            >>> load().network(level="state").edges[japan, korea]["weight"]
            1.5
        """
        from ..network import measures, projection
        from . import graphs

        measures.check(weight=weight)
        policy = Policy(
            *(level, statuses(include), domain, since, until),
            *(min_events, basis, backbone, alpha),
        )
        return graphs.of(self._ours, projection.build(self._ours, policy, weight))

    def two_mode(
        self,
        level: str = DEFAULT.level,
        include: str | Iterable[str] = DEFAULT.include,
        domain: str = DEFAULT.domain,
        since: str | int | None = DEFAULT.since,
        until: str | int | None = DEFAULT.until,
        basis: str = DEFAULT.basis,
        weight: str = WEIGHT.default,
    ) -> networkx.Graph[str]:
        """Give who takes part in what to networkx: actors, and exercises and plans.

        Args:
            level: As in `network`, and so are the others.
            weight: ``newman`` for 1/(n-1) in an exercise of n parties, or ``count`` for 1.

        Returns:
            A bipartite graph by IRI: nodes have ``bipartite`` (0 for actors, 1 for exercises and
            plans) and, as edges do, the attributes of `passex export --what two-mode`. Its own
            ``title`` and ``notes`` say what it shows.

        Raises:
            QueryError: As `network` does.

        Example:
            >>> from networkx import bipartite
            >>> from passex import load
            >>> graph = load().two_mode(level="state")
            >>> bipartite.is_bipartite(graph), len(graph)
            (True, 7)
        """
        from ..exports import build
        from . import graphs

        policy = Policy(level, statuses(include), domain, since, until, basis=basis)
        choice = build.Choice("two-mode", policy, weight=weight)
        return graphs.of_picture(build.picture(self._ours, choice))

    def meetings(
        self, since: str | int | None = DEFAULT.since, until: str | int | None = DEFAULT.until
    ) -> networkx.Graph[str]:
        """Give who met whom to networkx: persons, states and others, as the articles say.

        Args:
            since: A year or a day before which nothing counts, as in `network`.
            until: A year or a day after which nothing counts.

        Returns:
            A graph by IRI with the attributes of `passex export --what meetings`; the ``weight`` of
            an edge is the number of meetings. Its own ``title`` and ``notes`` say what it shows.

        Raises:
            QueryError: No year or day, or a period that ends before it begins.

        Example:
            >>> from passex import load
            >>> met = load().meetings()
            >>> len(met), met.size(), max(n for _, _, n in met.edges(data="weight"))
            (9, 5, 2.0)
        """
        from ..exports import build
        from . import graphs

        choice = build.Choice("meetings", Policy(since=since, until=until))
        return graphs.of_picture(build.picture(self._ours, choice))

    def rank(
        self,
        network: Network | TiesGraph,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
    ) -> Ranking:
        """Rank the actors of a network, and say how much the ranking can bear.

        Args:
            network: What `ties` or `network` gives.
            measure: A measure of `passex.network.measures`, which its ``centralities`` have beside
                the usual ones; ``all`` for every measure, and a ranking by strength.
            weight: ``newman`` or ``count``.

        Returns:
            The ranking; without places if there are too few exercises, as its warnings say. Its
            ``centralities`` are there all the same: they describe this network, and no more.

        Raises:
            QueryError: A measure or a weight that does not exist.

        Example:
            >>> from passex import load
            >>> kg = load()
            >>> kg.rank(kg.ties()).warnings[0]
            'No ranking: 4 of the 10 exercises that it would take to rank 5 actors.'
            >>> print(kg.rank(kg.ties()).centralities)
            5 actors, 5 ties, density 0.500
        """
        from ..network import measures, ranking

        measures.check(MEASURE.default if measure == EVERY else measure, weight)
        return ranking.rank(self._ours, _plain(network), measure, WEIGHTS[weight])

    def communities(
        self,
        network: Network | TiesGraph,
        weight: str = WEIGHT.default,
        method: str = division.DEFAULT.method,
        resolution: float = division.DEFAULT.resolution,
        seed: int = division.DEFAULT.seed,
    ) -> Communities:
        """Divide the actors of a network into groups.

        Args:
            network: What `ties` or `network` gives.
            weight: ``newman`` or ``count``.
            method: ``greedy``, ``louvain`` or ``leiden``, which needs the extra ``leiden``.
            resolution: More than 1 for smaller groups, less for larger ones.
            seed: Where the chance of Louvain and Leiden begins.

        Returns:
            The groups; none if there are too few exercises, as the warnings say.

        Raises:
            PassexError: A weight or a method that does not exist, a resolution or a seed that is
                none, or a method that is not installed.
        """
        from ..network import communities, measures

        measures.check(weight=weight)
        by = division.Division(method, resolution, seed)
        return communities.divide(_plain(network), WEIGHTS[weight], by=by)

    def series(
        self,
        policy: Policy | None = None,
        measure: str = MEASURE.default,
        weight: str = WEIGHT.default,
    ) -> Series:
        """Measure the actors of each year's network.

        Args:
            policy: What counts; without one, as `passex network` without options has it.
            measure: A measure of `passex.network.measures`.
            weight: ``newman`` or ``count``.

        Returns:
            A row a year and actor; its ``years`` have the networks.

        Raises:
            QueryError: A measure or a weight that does not exist, or a domain that the graph has
                not.

        Example:
            >>> from passex import load
            >>> load().series().records()[0]
            {'year': '2017', 'actor': 'Japan Maritime Self-Defense Force', 'strength': '2.0', \
'exercises': '2', 'plans': '0', 'uncertain': '0'}
        """
        from ..network import series

        return series.by_year(self._ours, given.policy(policy), measure, weight)


def _plain(network: object) -> Network:
    """Give the network of a graph of networkx that was made of one, as it now is."""
    from ..network.model import Network
    from .graphs import TiesGraph

    if isinstance(network, TiesGraph):
        return network.left()
    if not isinstance(network, Network):
        raise QueryError(
            f"{type(network).__name__} is no network", "give what kg.ties or kg.network gives"
        )
    return network
