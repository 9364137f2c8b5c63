"""Reasons for a tie, with their evidence, and the claims about one node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..graph.names import Node, describe
from ..graph.rows import Cell, Named, Table, Tabular
from ..network.activities import Activity
from ..text.wording import say
from . import proofs
from .claims import Claim
from .routes import Route


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """An exercise or plan that ties two actors.

    Attributes:
        happening: The exercise or plan; so it is called in JSON.
        levels: The levels at which it ties them.
        dates: Its dates, with the words of the text and what gave them.
        participants: The participants as named, sorted by label.
        routes_a: How the first actor comes to be in it.
        routes_b: How the second does.
        claims: The claims about it.
    """

    happening: Activity
    levels: tuple[str, ...]
    dates: str
    participants: tuple[Named, ...]
    routes_a: tuple[Route, ...]
    routes_b: tuple[Route, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Reasons(Tabular):
    """All that ties two actors, or why nothing does.

    Attributes:
        a: The first actor.
        b: The second actor.
        occasions: The exercises and plans, the earliest first.
        levels_a: In how many exercises and plans the first actor appears, by level.
        levels_b: The same for the second actor.
        instead: Level and two actors that stand near the two there, where the two themselves are
            never at one level.
    """

    a: Node
    b: Node
    occasions: tuple[TieEvidence, ...]
    levels_a: dict[str, int]
    levels_b: dict[str, int]
    instead: tuple[tuple[str, str, str], ...]

    def __repr__(self) -> str:
        """Say the two actors and what ties them, in a line."""
        return f"<Reasons: {self}>"

    def __str__(self) -> str:
        """Say the two actors and how many exercises and plans tie them."""
        return f"{self.a.label} and {self.b.label}: {self.tally}"

    @property
    def tally(self) -> str:
        """How many exercises and plans tie the two, such as ``3 exercises, 1 plan``."""
        plans = sum(reason.happening.planned for reason in self.occasions)
        return f"{say(len(self.occasions) - plans, 'exercise')}, {say(plans, 'plan')}"

    def table(self) -> Table:
        """Give a row a claim and place.

        Returns:
            The rows: of each exercise and plan first the claims about it, then, with the actor, the
            participant and the affiliations, the claims behind each route by which an actor is in
            it. What no claim is about has a row with no claim.
        """
        return Table(
            (
                *("event", "status", "domains", "levels", "dates", "participants"),
                *("actor", "through", "affiliations", "inferred", *proofs.COLUMNS),
            ),
            tuple(row for reason in self.occasions for row in _rows(self, reason)),
            nodes=proofs.NODES | {"event", "participants", "actor", "through", "affiliations"},
            caption=str(self),
            empty="No exercise in this graph, held, under way or planned, relates them.",
        )


@dataclass(frozen=True, slots=True)
class NodeClaims(Tabular):
    """The claims about one node.

    Attributes:
        node: The node.
        claims: Its claims.
    """

    node: Node
    claims: tuple[Claim, ...]

    def __repr__(self) -> str:
        """Say the node and the number of claims, in a line."""
        return f"<NodeClaims: {self}>"

    def __str__(self) -> str:
        """Say the node and the number of claims."""
        return f"{describe(self.node)}: {say(len(self.claims), 'claim')}"

    def table(self) -> Table:
        """Give a row a claim and place; none where there are no claims."""
        return Table(
            proofs.COLUMNS,
            tuple(proofs.rows(self.claims)) if self.claims else (),
            nodes=proofs.NODES,
            caption=str(self),
            empty="No claim in this graph is about it.",
        )


def _rows(found: Reasons, reason: TieEvidence) -> Iterator[tuple[Cell, ...]]:
    activity = reason.happening
    event: tuple[Cell, ...] = (
        Named(activity.label, activity.iri),
        activity.status,
        tuple(sorted(activity.domains)),
        reason.levels,
        reason.dates,
        reason.participants,
    )
    for row in proofs.rows(reason.claims):
        yield (*event, None, None, None, None, *row)
    for actor, routes in ((found.a, reason.routes_a), (found.b, reason.routes_b)):
        for route in routes:
            way: tuple[Cell, ...] = (actor, route.participant, route.links, route.inferred)
            for row in proofs.rows(route.claims):
                yield (*event, *way, *row)
