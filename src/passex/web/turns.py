"""Requests that wait for their turn: the product's own questions first, and clients in turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
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

    def __len__(self) -> int:
        """Count the requests that wait."""
        lanes = (self._ours, self._others)
        return sum(not turn.done() for one in lanes for line in one.values() for turn in line)

    def wait(self, client: str, ours: bool = False) -> asyncio.Future[Item]:
        """Join the line of a client."""
        turn: asyncio.Future[Item] = asyncio.get_running_loop().create_future()
        lane = self._ours if ours else self._others
        lane.setdefault(client, deque()).append(turn)
        return turn

    def next(self) -> asyncio.Future[Item] | None:
        """Take the request whose turn it is; None where nobody waits."""
        for lane in (self._ours, self._others):
            while lane:
                client, line = lane.popitem(last=False)
                turn = line.popleft()
                if line:
                    lane[client] = line
                if not turn.done():
                    return turn
        return None
