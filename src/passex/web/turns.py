"""Requests that wait for their turn: the product's own questions first, and clients in turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
_Waiting: TypeAlias = "OrderedDict[str, deque[asyncio.Future[Item]]]"


@dataclass(slots=True)
class Turns(Generic[Item]):
    """A queue in which each client has its own line, so that one that asks much delays itself.

    What is said to be ours, such as a named question, goes before SPARQL of whoever it is.
    """

    _ours: _Waiting[Item] = field(default_factory=OrderedDict)
    _others: _Waiting[Item] = field(default_factory=OrderedDict)
    _joined: int = 0  # and not taken yet, whether or not they still wait

    def __iter__(self) -> Iterator[asyncio.Future[Item]]:
        """Go through the requests that wait."""
        for lane in (self._ours, self._others):
            for line in lane.values():
                yield from (turn for turn in line if not turn.done())

    def __bool__(self) -> bool:
        """Tell whether any request waits."""
        return self._joined > 0 and next(iter(self), None) is not None

    def full(self, most: int) -> bool:
        """Tell whether as many wait as may; to count them takes longer the more there are."""
        return self._joined >= most and sum(1 for _ in self) >= most

    def wait(self, client: str, ours: bool = False) -> asyncio.Future[Item]:
        """Join the line of a client."""
        turn: asyncio.Future[Item] = asyncio.get_running_loop().create_future()
        lane = self._ours if ours else self._others
        lane.setdefault(client, deque()).append(turn)
        self._joined += 1
        return turn

    def next(self) -> asyncio.Future[Item] | None:
        """Take the request whose turn it is; None where nobody waits."""
        for lane in (self._ours, self._others):
            while lane:
                client, line = lane.popitem(last=False)
                turn = line.popleft()
                self._joined -= 1
                if line:
                    lane[client] = line
                if not turn.done():
                    return turn
        return None
