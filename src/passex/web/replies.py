"""What a process answers, as it comes: `Answer`, and the `Rest` of a long one."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .errors import Aborted, HTTPError

#: How much of an answer waits here for a client that reads slowly; the rest waits in the worker.
AHEAD: Final = 1 << 17


class Rest:
    """What follows the first part of an answer, as far as it has come; it is read once.

    Args:
        hold: Told whether more is to wait in the process.
    """

    def __init__(self, hold: Callable[[bool], None]) -> None:
        self._parts: deque[bytes] = deque()
        self._size = 0
        self._hold = hold
        self._ended = False
        self._broken = ""
        self._more: asyncio.Future[None] | None = None

    def add(self, part: bytes) -> None:
        """Take a part."""
        self._parts.append(part)
        self._size += len(part)
        if self._size > AHEAD:
            self._hold(True)
        self._wake()

    def end(self, broken: str = "") -> None:
        """Take note that there is no more, and why where it broke off."""
        if not self._ended:
            self._ended, self._broken = True, broken
            self._hold(False)
            self._wake()

    def _wake(self) -> None:
        if self._more is not None and not self._more.done():
            self._more.set_result(None)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Read the parts; raises `Aborted` where they broke off."""
        while True:
            while self._parts:
                part = self._parts.popleft()
                self._size -= len(part)
                if self._size <= AHEAD and not self._ended:
                    self._hold(False)
                yield part
            if self._broken:
                raise Aborted(self._broken)
            if self._ended:
                return
            self._more = asyncio.get_running_loop().create_future()
            await self._more


@dataclass(slots=True)
class Answer:
    """An answer, or the beginning of one: its head, as `frames` has it, and its body.

    Attributes:
        rest: What follows; None where the body is whole.
        graph: The graph that was read for it, where that is known.
    """

    head: Mapping[str, Any]
    body: bytes
    rest: Rest | None = None
    graph: str = ""

    @property
    def error(self) -> HTTPError | None:
        """The error that it is; None also for one that is written as the client wants it."""
        if self.head["status"] < 400 or "type" in self.head:
            return None
        message, hint = json.loads(self.body)
        return HTTPError(self.head["status"], message, hint, self.head["headers"])
