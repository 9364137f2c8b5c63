"""What the parts of a graph share: which class is below which, and what belongs to what."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as ox

from .neighbours import DEFAULT, Node, is_node
from .terms import RDFS

#: So many actors are kept in mind.
_KEPT: Final = 10_000
#: What fewer nodes have is looked up for these alone.
_FEW: Final = 5_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a node.

    Attributes:
        quads: All of it.
        values: By property, the nodes among its values, of the properties that lead on.
    """

    quads: list[ox.Quad]
    values: dict[str, list[Node]]

    def add(self, quad: ox.Quad, term: str = "") -> None:
        """Add a fact, with its property if that leads on."""
        self.quads.append(quad)
        if term:
            found = self.values.setdefault(term, [])
            if is_node(quad.object):
                found.append(quad.object)


@dataclass(frozen=True, slots=True)
class Actor:
    """What rules have to see of an actor.

    Attributes:
        facts: What is said of it, of its affiliations, and in the claims about these, by node.
        kinds: Of which kinds it is.
        whole: To what it belongs, and what stands for it, if it is a state.
    """

    facts: dict[Node, Facts]
    kinds: list[Node]
    whole: list[Node]


class Shared:
    """What was found of all that, for one part after the other.

    Args:
        engine: The graph.
        many: Whether parts are many: what is named at all by a property is then listed once.

    Attributes:
        quads: What is said of classes.
    """

    def __init__(self, engine: ox.Store, many: bool = False) -> None:
        self._engine = engine
        self._many = many
        self._named: dict[str, set[Node]] = {}
        self._having: dict[str, set[Node] | None] = {}
        self._actors: OrderedDict[Node, Actor] = OrderedDict()
        below = ox.NamedNode(RDFS.subClassOf)
        self.quads = list(engine.quads_for_pattern(None, below, None, DEFAULT))
        self._direct: dict[str, list[str]] = {}
        for quad in self.quads:
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                self._direct.setdefault(quad.subject.value, []).append(quad.object.value)

    def naming(self, engine: ox.Store, term: str, node: Node) -> list[ox.Quad]:
        """List the triples that have a node as the value of a property, of which there are few.

        Args:
            engine: Where the part is cut out of: the graph, or what has its triples and more.
        """
        name = ox.NamedNode(term)
        if self._many:
            named = self._named.get(term)
            if named is None:
                quads = self._engine.quads_for_pattern(None, name, None, DEFAULT)
                named = self._named[term] = {q.object for q in quads if is_node(q.object)}
            if node not in named:
                return []
        return list(engine.quads_for_pattern(None, name, node, DEFAULT))

    def saying(self, engine: ox.Store, node: Node, term: str) -> Iterable[ox.Quad]:
        """List the triples that a node has of a property.

        Args:
            engine: As above.
        """
        name = ox.NamedNode(term)
        if self._many:
            if term not in self._having:
                quads = self._engine.quads_for_pattern(None, name, None, DEFAULT)
                few = list(islice(quads, _FEW + 1))
                self._having[term] = {q.subject for q in few} if len(few) <= _FEW else None
            having = self._having[term]
            if having is not None and node not in having:
                return ()
        return engine.quads_for_pattern(node, name, None, DEFAULT)

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

    def actor(self, node: Node) -> Actor | None:
        """Give what was kept of an actor: most are met again and again."""
        actor = self._actors.get(node)
        if actor is not None:
            self._actors.move_to_end(node)
        return actor

    def keep(self, node: Node, actor: Actor) -> None:
        """Keep what was found of an actor, in the place of who was not met for longest."""
        if len(self._actors) >= _KEPT:
            self._actors.popitem(last=False)
        self._actors[node] = actor
