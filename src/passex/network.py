"""Who trains with whom: a policy, and the network of ties that it gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from . import periods, vocabulary
from .drawable import Drawable
from .errors import QueryError
from .happenings import Happening
from .names import Node
from .rows import Named, Table, Tabular
from .wording import say

if TYPE_CHECKING:
    from .exports.html import Briefing
    from .exports.model import Picture
    from .exports.triples import Triples
    from .store import Store
    from .tiesgraph import TiesGraph

STATUSES: Final = ("held", "under-way", "planned")


@dataclass(frozen=True, slots=True)
class Policy:
    """What counts as a tie.

    Attributes:
        level: ``unit``, ``service``, ``state`` or ``organisation``.
        include: Which of ``held``, ``under-way`` and ``planned`` count. ``planned`` takes in what
            is announced, agreed or drafted, as long as it has not been realised.
        domain: The local name of a domain, such as ``naval``; ``all`` for every domain.
        since: A year or a day; what must have ended before it does not count. With this or
            ``until``, neither does what has no dates.
        until: A year, to its last day, or a day; what must have begun after it does not count.
        min_events: How many exercises a tie needs; plans count where they are included.

    Raises:
        QueryError: A level or a status that does not exist, or no status at all; no year or day, or
            a period that ends before it begins; ties of no exercise.

    Example:
        >>> print(Policy(level="state"))
        state level; exercises held and under way; naval domain
        >>> print(Policy(include=("held",), since=2017, until="2018-05-01"))
        service level; exercises held; naval domain; 2017 to 2018-05-01
    """

    level: str = "service"
    include: tuple[str, ...] = ("held", "under-way")
    domain: str = "naval"
    since: str | int | None = None
    until: str | int | None = None
    min_events: int = 1

    def __post_init__(self) -> None:
        """Refuse what would silently give an empty network."""
        if self.level not in vocabulary.LEVELS:
            raise QueryError(
                f"'{self.level}' is no level", f"use one of {', '.join(vocabulary.LEVELS)}"
            )
        unknown = [status for status in self.include if status not in STATUSES]
        if unknown or not self.include:
            said = f"'{', '.join(unknown)}' is " if unknown else ""
            raise QueryError(
                f"{said}nothing to include",
                f"use one or more of {','.join(STATUSES)}",
            )
        if self.min_events < 1:
            raise QueryError(
                f"{self.min_events} is no number of exercises that a tie can need", "use 1 or more"
            )
        periods.period(self.since, self.until)

    @property
    def period(self) -> periods.Period:
        """The days that count."""
        return periods.period(self.since, self.until)

    def __str__(self) -> str:
        """Say the policy in words."""
        done = [s.replace("-", " ") for s in STATUSES[:2] if s in self.include]
        counted = [f"exercises {' and '.join(done)}"] if done else []
        counted += ["plans not yet realised"] if "planned" in self.include else []
        domain = "every domain" if self.domain == "all" else f"{self.domain} domain"
        parts = [f"{self.level} level", ", and ".join(counted), domain]
        if self.since is not None and self.until is not None:
            parts.append(f"{self.since} to {self.until}")
        elif self.since is not None or self.until is not None:
            parts.append(f"until {self.until}" if self.since is None else f"since {self.since}")
        if self.min_events > 1:
            parts.append(f"ties of at least {self.min_events} {self.things}")
        return "; ".join(parts)

    @property
    def things(self) -> str:
        """What counts, in the plural: ``exercises``, ``plans`` or ``exercises or plans``."""
        things = ["exercises"] if set(self.include) != {"planned"} else []
        return " or ".join([*things, "plans"] if "planned" in self.include else things)

    def admits(self, happening: Happening) -> bool:
        """Tell whether an exercise or plan counts."""
        return (
            happening.status in self.include
            and self.domain in ("all", *happening.domains)
            and self.period.may_hold(happening.earliest, happening.latest)
        )


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
        """Give it as nodes and edges; see `passex.drawable.Drawable.picture`."""
        from .exports import build

        return build.network(self._graph, self, measure, weight)

    def _source(self, of: str, measure: str, weight: str) -> Picture | Briefing | Triples:
        if of == "page":
            from .exports.html import Briefing

            return Briefing(self._graph, self.policy, measure, weight)
        drawn = self.picture(measure, weight)
        if of == "triples":
            from .exports import triples

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
