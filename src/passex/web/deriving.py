"""Changes of a store, and the derivation of what follows from them when it is needed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Final

import pyoxigraph as ox

from ..graph import background, folding, rules
from ..graph.reach import LIMIT, Reach, limit
from ..graph.renewing import renew
from ..graph.store import Store
from ..graph.terms import DERIVED, FILLED, INTERNAL
from .frames import limit_memory

#: The bytes that a triple may take while the rules run.
_TRIPLE: Final = 1 << 11
#: More triples than this are added past the engine's log, which is quicker for many.
_MANY: Final = 100_000
_DEFAULT: Final = ox.DefaultGraph()
_DERIVED: Final = frozenset(DERIVED)
_FILLED: Final = ox.NamedNode(FILLED)


class Pending:
    """Changes since the last derivation.

    Attributes:
        reach: What these changes reach.
        derived: How many nodes the last derivation was of, where that was not everything.
        most: How many nodes a change may reach.
        sound: Whether no change has failed in the engine or on the disk.
    """

    def __init__(self) -> None:
        self.reach = Reach("the server began")
        self.derived = 0
        self.most = LIMIT
        self.sound = True

    @property
    def done(self) -> bool:
        """Whether it is sure that all is derived."""
        return self.sound and not self.reach and not self.reach.everything

    def trust(self, most: int) -> None:
        """Take it that all is derived.

        Args:
            most: How many nodes a change may reach.
        """
        self.most = most
        self.reach = Reach(most=most)

    def write(
        self, engine: ox.Store, changed: list[ox.Quad] | None, change: Callable[[], None]
    ) -> None:
        """Make a change, and follow what it reaches.

        Args:
            changed: What is going to be removed and added, or None where that is not known.
            change: Makes the change.
        """
        if changed is not None:
            self.reach.follow(engine, changed)
        try:
            change()
        except SyntaxError:  # then nothing was changed
            raise
        except BaseException:
            self.sound = False
            raise
        if changed is None:
            self.reach.everything = "what the change would write could not be told before"
        else:
            self.reach.follow(engine, changed)

    def derive(self, engine: ox.Store, memory: int) -> str:
        """Derive again what the changes reach. Where that is all, memory grows with the graph.

        Args:
            memory: The bytes that the process may take else; 0 for no limit.

        Returns:
            Why everything was derived again; empty where it was not.
        """
        # Until it is done, it is to be done again.
        reach, self.reach = self.reach, Reach("the derivation before was broken off")
        if reach:
            renew(engine, reach)
        if reach.everything:
            limit_memory(memory and memory + _TRIPLE * len(engine))
            try:
                self.most = limit(_renew(engine))
            finally:
                limit_memory(memory)
        self.derived = len(reach.nodes) + len(reach.exercises)
        self.reach = Reach(most=self.most)
        return reach.everything


def _renew(engine: ox.Store) -> int:
    """Replace what the rules derive, and the index of names; if broken off, it is to be done again.

    Returns:
        How many facts there are.

    Before that, what the facts name of the gazetteer is added. The rules run on a copy in memory:
    on the disk, the same takes many times as long. What was asserted of derived properties goes
    with what was derived, as when files are loaded.
    """
    copy = ox.Store()
    # Nothing is taken out of the copy: what was deleted there, the engine still walks through.
    copy.bulk_extend(
        quad
        for quad in engine.quads_for_pattern(None, None, None, _DEFAULT)
        if quad.predicate.value not in _DERIVED
        and ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) not in engine
    )
    forget = [f"DELETE WHERE {{ ?s <{name}> ?o }}" for name in DERIVED]
    missing = list(background.missing(copy))
    copy.extend(missing)
    facts = len(copy)
    rules.derive(Store(copy))
    folding.index(copy)
    forget.append(rules.FORGET)
    forget += [f"DROP SILENT GRAPH <{name}>" for name in INTERNAL]
    engine.update(" ; ".join(forget))
    derived = (copy.quads_for_pattern(None, ox.NamedNode(n), None, _DEFAULT) for n in DERIVED)
    workings = (copy.quads_for_pattern(None, None, None, ox.NamedNode(n)) for n in INTERNAL)
    marked = copy.quads_for_pattern(None, None, None, _FILLED)
    filled = (ox.Quad(quad.subject, quad.predicate, quad.object) for quad in marked)
    add = engine.bulk_extend if len(copy) > _MANY else engine.extend
    add(chain(missing, filled, *derived, *workings))
    return facts
