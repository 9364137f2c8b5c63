"""Requests that wait for their turn: the product's own questions first, and clients in turn."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item", bound=Hashable)
_Lines: TypeAlias = "OrderedDict[str, deque[Item]]"


@dataclass(slots=True)
class Turns(Generic[Item]):
    """A queue in which each client has its own line, so that one that asks much delays itself.

    What is said to be ours, such as a named question, goes before SPARQL of whoever it is.

    Attributes:
        waiting: Those that wait; the lines also have those that have left.

    Example:
        >>> turns = Turns[str]()
        >>> for name, client in [("first", "a"), ("second", "a"), ("other", "b")]:
        ...     turns.join(name, client)
        >>> turns.next(), turns.next(), turns.waiting
        ('first', 'other', {'second'})
    """

    waiting: set[Item] = field(default_factory=set)
    _again: deque[Item] = field(default_factory=deque)
    _ours: _Lines[Item] = field(default_factory=OrderedDict)
    _others: _Lines[Item] = field(default_factory=OrderedDict)

    def join(self, item: Item, client: str, ours: bool = False) -> None:
        """Join the line of a client."""
        (self._ours if ours else self._others).setdefault(client, deque()).append(item)
        self.waiting.add(item)

    def join_again(self, item: Item) -> None:
        """Go before all others: one that had its turn, for nothing."""
        self._again.append(item)
        self.waiting.add(item)

    def leave(self, item: Item) -> None:
        """Wait no longer, for one that may be waiting."""
        self.waiting.discard(item)

    def next(self) -> Item | None:
        """Take the one whose turn it is; None where nobody waits."""
        while self._again:
            if (item := self._again.popleft()) in self.waiting:
                return self._taken(item)
        for lines in (self._ours, self._others):
            while lines:
                client, line = lines.popitem(last=False)
                item = line.popleft()
                if line:
                    lines[client] = line
                if item in self.waiting:
                    return self._taken(item)
        return None

    def _taken(self, item: Item) -> Item:
        self.waiting.remove(item)
        return item
