"""Network of the ties that a policy gives, as plain data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from ..graph.labelling import Node
from ..graph.rows import Cell, Named, Table, Tabular
from ..graph.terms import XSD
from ..text.wording import FIRST, barred, say, span
from .activities import Activity
from .policy import STATUSES, Policy
from .ties import weigh

if TYPE_CHECKING:
    import networkx

    Graph = TypeVar("Graph", bound=networkx.Graph[str])

#: The columns of what is behind a tie.
_BEHIND: Final = ("events", "planned_events")
#: So many exercises and plans behind the ties of a network are one list to read.
_GLANCE: Final = 100


@dataclass(frozen=True, slots=True)
class SharedActivity:
    """An exercise or plan that ties two actors.

    Attributes:
        activity: The exercise or plan.
        parties: How many parties it has at the level of the network.
        inferred: Whether one of the two is in it by inference alone: as the navy of a state that is
            named, or because only inferring claims say that it took part.
        sources: The articles behind it, by label: those that name both, or what stands for them,
            as `behind.Behind` has it.
        needed: Those of them without which one of the two would not be named.
    """

    activity: Activity
    parties: int
    inferred: bool
    sources: tuple[Named, ...]
    needed: frozenset[Named] = frozenset()


def newman(occasions: Iterable[SharedActivity]) -> float:
    """Add up Newman's weights of one pair: 1/(n-1) for each exercise or plan of n parties."""
    return weigh(Counter(occasion.parties for occasion in occasions))


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors that trained with each other, or plan to.

    What was held and what is only planned are never added up.

    Attributes:
        source: The actor whose label comes first.
        target: The other actor.
        occasions: The exercises and plans behind it, the earliest first.
        p: In a backbone, how likely a tie at least as strong is by chance; else None.
    """

    source: Node
    target: Node
    occasions: tuple[SharedActivity, ...]
    p: float | None = None

    @property
    def count(self) -> int:
        """How many exercises, held or under way, tie them."""
        return sum(not occasion.activity.planned for occasion in self.occasions)

    @property
    def planned(self) -> int:
        """How many plans tie them."""
        return len(self.occasions) - self.count

    @property
    def weight(self) -> float:
        """The sum of Newman's weights over the exercises."""
        return newman(o for o in self.occasions if not o.activity.planned)

    @property
    def planned_weight(self) -> float:
        """The sum of Newman's weights over the plans."""
        return newman(o for o in self.occasions if o.activity.planned)

    @property
    def basis(self) -> str:
        """``inferred`` if every occasion is, else ``stated``."""
        return "inferred" if all(o.inferred for o in self.occasions) else "stated"

    @property
    def strands(self) -> tuple[tuple[str, tuple[SharedActivity, ...]], ...]:
        """What is behind it by status, held first: each is drawn and counted by itself."""
        by_status = (
            (status, tuple(o for o in self.occasions if o.activity.status == status))
            for status in STATUSES
        )
        return tuple((status, occasions) for status, occasions in by_status if occasions)

    @property
    def sources(self) -> tuple[Named, ...]:
        """All articles behind it, by label."""
        return tuple(sorted({source for o in self.occasions for source in o.sources}))


@dataclass(frozen=True, slots=True)
class Network(Tabular):
    """Ties, and what has to be said about them.

    Attributes:
        policy: What counts.
        ties: Those with most exercises first, then those with most plans, then by label.
        notes: What the ties do not show, in sentences.
        alone: Actors that are part of it without a tie.
    """

    policy: Policy
    ties: tuple[Tie, ...]
    notes: tuple[str, ...]
    alone: tuple[Node, ...] = field(default=(), repr=False)

    def __repr__(self) -> str:
        return f"<Network: {self.policy}; {say(len(self.ties), 'tie')}>"

    def table(self) -> Table:
        """Give a row a tie; of a backbone, with the probability of the tie by chance.

        Its days are the first and the last on which its exercises are possible; its plans, if it
        has no exercise.

        Example:
            >>> from passex import Policy, load, tables
            >>> found = load().ties(Policy(level="state")).table()
            >>> tables.csv(found).splitlines()[1].split(",")[4:9]
            ['2', '1.5', '0', '0.0', 'stated']
        """
        least, things = self.policy.min_events, self.policy.things
        none = f"No tie is of at least {least} {things} at this level."
        chance = self.policy.backbone is not None
        pair = "stated pair" if self.policy.basis == "stated" else "pair"
        return Table(
            (
                *("source", "target", "exercises", "weight", "plans", "plan_weight", "basis"),
                *("first", "last", "sources", "events", "planned_events"),
                *(["p"] if chance else []),
            ),
            tuple((*_row(tie), *([tie.p] if chance else [])) for tie in self.ties),
            nodes=frozenset({"source", "target", "sources", "events", "planned_events"}),
            caption=f"Who trains with whom: {self.policy}",
            notes=self.notes,
            empty=f"No tie is in the backbone at alpha {self.policy.alpha:g}."
            if chance
            else none
            if least > 1
            else f"No exercise or plan that counts has a {pair} at this level.",
        )

    def beginning(self, rest: str, events: bool = False) -> tuple[Table, str]:
        """Give the strongest ties, and the exercises behind them only where these are few.

        Args:
            rest: How to get all.
            events: Whether the exercises and plans behind each tie are given all the same.
        """
        table, more = super(Network, self).beginning(rest)
        if events or not self.is_long:
            return table, more
        kept = [n for n, name in enumerate(table.columns) if name not in _BEHIND]
        rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
        return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows), more

    @property
    def is_long(self) -> bool:
        """Whether it has more ties, or exercises behind them, than one reads at a glance."""
        behind = sum(len(tie.occasions) for tie in self.ties)
        return len(self.ties) > FIRST or behind > _GLANCE

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The actors that have ties, and those `alone`, by label."""
        tied = {node for tie in self.ties for node in (tie.source, tie.target)}
        return tuple(sorted(tied.union(self.alone)))

    def to_networkx(self) -> networkx.Graph[str]:
        """Give the network to networkx.

        Returns:
            A graph whose nodes are IRIs with ``label``, ``kind`` and ``iri``, and whose edges have
            ``events`` and ``plans`` (IRIs), ``count``, ``planned``, ``weight``,
            ``planned_weight``, ``basis``, ``status`` and ``sources`` (the labels of the
            articles); in a backbone, ``p``, how likely a tie as strong is by chance. The graph's
            own ``policy`` and ``notes``, a line each, say what it shows. What are several is one
            text (`passex.text.wording.barred`), so that networkx can write all of it.
        """
        import networkx

        return filled(networkx.Graph(), self)


def say_chance(p: float) -> str:
    """Say a probability as shortly as it can be computed.

    Example:
        >>> say_chance(0.24406), say_chance(0.0)
        ('0.24', '<1e-12')
    """
    return f"{p:.2g}" if p >= 1e-12 else "<1e-12"


def filled(graph: Graph, network: Network) -> Graph:
    """Put a network into an empty graph of networkx, as `Network.to_networkx` describes it."""
    graph.graph.update(policy=str(network.policy), notes="\n".join(network.notes))
    for node in network.nodes:
        graph.add_node(node.iri, **attributes(node))
    for tie in network.ties:
        graph.add_edge(tie.source.iri, tie.target.iri, **attributes(tie))
    return graph


def attributes(thing: Node | Tie) -> dict[str, object]:
    """Give the attributes that an actor or a tie has in a graph of networkx."""
    if isinstance(thing, Node):
        return {"label": thing.label, "kind": thing.kind, "iri": thing.iri}
    happened = [o.activity for o in thing.occasions]
    statuses = {h.status for h in happened}
    return {
        "events": barred(h.iri for h in happened if not h.planned),
        "plans": barred(h.iri for h in happened if h.planned),
        "count": thing.count,
        "planned": thing.planned,
        "weight": thing.weight,
        "planned_weight": thing.planned_weight,
        "basis": thing.basis,
        "status": barred(status for status in STATUSES if status in statuses),
        "sources": barred(source.label for source in thing.sources),
        **({} if thing.p is None else {"p": thing.p}),
    }


def _day(text: str | None) -> ox.Literal | None:
    return None if text is None else ox.Literal(text, datatype=ox.NamedNode(XSD.date))


def _row(tie: Tie) -> tuple[Cell, ...]:
    events = [o.activity for o in tie.occasions if not o.activity.planned]
    plans = [o.activity for o in tie.occasions if o.activity.planned]
    dated = events or plans
    return (
        *(tie.source, tie.target, tie.count, tie.weight, tie.planned, tie.planned_weight),
        tie.basis,
        *map(_day, span((h.earliest, h.latest) for h in dated)),
        tie.sources,
        tuple(Named(h.label, h.iri) for h in events),
        tuple(Named(h.label, h.iri) for h in plans),
    )
