"""Who trains with whom: the network of ties that a policy gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..names import Node
from ..rows import Named, Table, Tabular
from ..wording import say
from .drawable import Drawable
from .happenings import Happening
from .policy import Policy

if TYPE_CHECKING:
    from ..exports.html import Briefing
    from ..exports.model import Picture
    from ..exports.triples import Triples
    from ..store import Store
    from .tiesgraph import TiesGraph


@dataclass(frozen=True, slots=True)
class Occasion:
    """An exercise or plan that ties two actors.

    Attributes:
        happening: The exercise or plan.
        parties: How many parties it has at the level of the network.
        inferred: Whether one of the two is in it by inference alone: as the navy of a state that is
            named, or because only inferring claims say that it took part.
        sources: The articles with evidence for it, by label.
    """

    happening: Happening
    parties: int
    inferred: bool
    sources: tuple[Named, ...]

    @property
    def weight(self) -> float:
        """Newman's weight of one pair in it: 1/(n-1) for n parties."""
        return 1 / (self.parties - 1)


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors that trained with each other, or plan to.

    What was held and what is only planned are never added up.

    Attributes:
        source: The actor whose label comes first.
        target: The other actor.
        occasions: The exercises and plans behind it, the earliest first.
    """

    source: Node
    target: Node
    occasions: tuple[Occasion, ...]

    @property
    def count(self) -> int:
        """How many exercises, held or under way, tie them."""
        return sum(not occasion.happening.planned for occasion in self.occasions)

    @property
    def planned(self) -> int:
        """How many plans tie them."""
        return len(self.occasions) - self.count

    @property
    def weight(self) -> float:
        """The sum of Newman's weights over the exercises."""
        return sum((o.weight for o in self.occasions if not o.happening.planned), 0.0)

    @property
    def planned_weight(self) -> float:
        """The sum of Newman's weights over the plans."""
        return sum((o.weight for o in self.occasions if o.happening.planned), 0.0)

    @property
    def basis(self) -> str:
        """``inferred`` if every occasion is, else ``stated``."""
        return "inferred" if all(o.inferred for o in self.occasions) else "stated"

    @property
    def sources(self) -> tuple[Named, ...]:
        """All articles behind it, by label."""
        return tuple(sorted({source for o in self.occasions for source in o.sources}))


@dataclass(frozen=True, slots=True)
class Network(Tabular, Drawable):
    """Ties, and what has to be said about them.

    Attributes:
        policy: What counts.
        ties: Those with most exercises first, then those with most plans, then by label.
        notes: What the ties do not show, in sentences.
        store: The graph that it was built from, for the evidence in what is exported.
        alone: Actors that are part of it without a tie.
    """

    policy: Policy
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]
    store: Store | None = field(default=None, repr=False, compare=False)
    alone: tuple[Node, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        """Say the policy and the number of ties, in a line."""
        return f"<Network: {self.policy}; {say(len(self.ties), 'tie')}>"

    def table(self) -> Table:
        """Give a row a tie."""
        from . import listings

        return listings.ties(self)

    def picture(self, measure: str = "strength", weight: str = "newman") -> Picture:
        """Give it as nodes and edges; see `passex.network.drawable.Drawable.picture`."""
        from ..exports import build

        return build.network(self._graph, self, measure, weight)

    def _source(self, of: str, measure: str, weight: str) -> Picture | Briefing | Triples:
        if of == "page":
            from ..exports.html import Briefing

            return Briefing(self._graph, self.policy, measure, weight)
        drawn = self.picture(measure, weight)
        if of == "triples":
            from ..exports import triples

            return triples.behind(self._graph, drawn)
        return drawn

    @property
    def _graph(self) -> Store:
        if self.store is None:
            raise QueryError("a network without its graph has no evidence", "build it by kg.ties")
        return self.store

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The actors that have ties, and those `alone`, by label."""
        tied = {node for tie in self.ties for node in (tie.source, tie.target)}
        return tuple(sorted(tied.union(self.alone)))

    def to_networkx(self) -> TiesGraph:
        """Give the network to networkx.

        Returns:
            A graph whose nodes are IRIs with ``label``, ``kind`` and ``iri``, and whose edges have
            ``events`` and ``plans`` (IRIs), ``count``, ``planned``, ``weight``,
            ``planned_weight``, ``basis``, ``status`` and ``sources`` (the labels of the
            articles). The graph's own ``policy`` and ``notes`` say what it shows.
        """
        from . import tiesgraph

        return tiesgraph.of(self)
