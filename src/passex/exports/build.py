"""Pictures and triples of what is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from ..errors import QueryError
from ..graph import names
from ..graph.store import Store
from ..graph.terms import THINGS
from ..network import projection
from ..network.policy import Policy
from . import knowledge, networks, ontology, triples
from .model import Picture
from .triples import Triples

#: What can be drawn and written.
WHAT: Final = ("network", "two-mode", "graph", "meetings", "ontology")


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be drawn or written.

    Attributes:
        what: One of `WHAT`.
        policy: What counts, in networks; in meetings, only its years.
        measure: The measure of `passex.network.measures` that sizes show.
        weight: ``newman`` or ``count``.
        around: With ``graph``, the names of nodes around which; without any, everything.
        hops: How many steps from these.
        derived: Whether what the rules derived is shown too, where only facts would be.

    Raises:
        QueryError: There is nothing like that to draw.
    """

    what: str = "network"
    policy: Policy = field(default_factory=Policy)
    measure: str = "strength"
    weight: str = "newman"
    around: tuple[str, ...] = ()
    hops: int = 1
    derived: bool = False

    def __post_init__(self) -> None:
        """Refuse what is not there to be drawn."""
        if self.what not in WHAT:
            raise QueryError(f"'{self.what}' is nothing to export", f"use one of {', '.join(WHAT)}")


def picture(store: Store, choice: Choice) -> Picture:
    """Draw what was chosen, of a store with its derived triples.

    Raises:
        QueryError: A domain that is not in the graph, or options that do not fit each other.
        UnknownNameError: Nothing has a name that was given.
        AmbiguousNameError: More than one node has it.
    """
    policy, measure, weight = choice.policy, choice.measure, choice.weight
    if choice.what == "network":
        return networks.network(store, projection.build(store, policy), measure, weight)
    if choice.what == "two-mode":
        return networks.two_mode(store, policy, measure, weight)
    if choice.what == "meetings":
        return networks.meetings(store, policy.since, policy.until, measure)
    if choice.what == "ontology":
        return ontology.diagram(store)
    around = [names.resolve(store, name, *THINGS) for name in choice.around]
    return knowledge.graph(store, around, choice.hops, measure, choice.derived)


def select(store: Store, choice: Choice) -> Triples:
    """Take the triples behind what was chosen; raises as `picture` does.

    They are, of the whole graph, its facts; of anything else that is drawn, what the facts say of
    its nodes and events, with claims and evidence; or the ontology.
    """
    if choice.what == "ontology":
        return triples.ontology()
    if choice.what == "graph" and not choice.around:
        return triples.whole(store, choice.derived)
    return triples.of_picture(store, picture(store, choice), choice.derived)
