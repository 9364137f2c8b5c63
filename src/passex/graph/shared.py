"""What the parts of a graph share: which class is below which, and what belongs to what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from .reach import DEFAULT, Node
from .terms import RDFS

#: So many actors are kept in mind.
_KEPT: Final = 10_000


@dataclass(frozen=True, slots=True)
class Actor:
    """What rules have to see of an actor.

    Attributes:
        facts: What is said of it, of its affiliations, and in the claims about these, by node.
        kinds: Of which kinds it is.
        whole: To what it belongs, and what stands for it, if it is a state.
    """

    facts: dict[Node, list[ox.Quad]]
    kinds: list[Node]
    whole: list[Node]


class Shared:
    """What was found of all that, for one part after the other.

    Attributes:
        quads: What is said of classes.
        actors: What was found of actors, of which most are met again and again.
    """

    def __init__(self, engine: ox.Store) -> None:
        self.actors: dict[Node, Actor] = {}
        below = ox.NamedNode(RDFS.subClassOf)
        self.quads = list(engine.quads_for_pattern(None, below, None, DEFAULT))
        self._direct: dict[str, list[str]] = {}
        for quad in self.quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._direct.setdefault(quad.subject.value, []).append(quad.object.value)

    def above(self, classes: Iterable[Node]) -> set[str]:
        """List classes with those above them."""
        todo = [str(kind)[1:-1] for kind in classes]
        found: set[str] = set()
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo += self._direct.get(name, ())
        return found

    def keep(self, node: Node, actor: Actor) -> None:
        """Keep what was found of an actor."""
        if len(self.actors) >= _KEPT:
            self.actors.clear()
        self.actors[node] = actor
