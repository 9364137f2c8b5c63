"""The graph that a server answers from: one that stays as it is, or a store that changes.

What the rules derive is derived again when it is needed: before a query, or an update that reads,
is the first after a change. A query waits for that, but no longer than `PATIENCE`: if it takes
more, or cannot be done, what was read before the change answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from ..text.wording import say
from . import children
from .errors import HTTPError
from .process import Process
from .replies import Answer
from .settings import ACCESS, Limits

_MODULE: Final = "passex.web.writer"
#: The folder within a store's that holds what readers read.
SNAPSHOTS: Final = "passex-snapshots"
#: The file within it that holds room on the disk.
RESERVE: Final = "passex-reserve"
#: How many seconds the rules may take.
_DERIVING: Final = 600.0
#: What an update has in it that reads, and so may read what the rules derive.
_READS: Final = re.compile(r"\b(?:where|copy|move|add)\b", re.IGNORECASE)
#: How long queries wait for what follows from a change, in seconds.
PATIENCE: Final = 2.0
#: What takes longer is told in the log, in milliseconds.
_LONG: Final = 1000
#: How long what has failed is not tried again while there is a copy to read, in seconds.
_PAUSE: Final = 1.0
#: So many bytes of the disk are kept for the day when it is full: it takes some to remove anything.
_RESERVE: Final = 1 << 20
_log: Final = logging.getLogger(ACCESS)


class Source:
    """A graph that stays as it is.

    Args:
        path: A file of N-Quads, or the folder of a store that nobody writes.
        version: Names its content; changes whenever the graph does.
    """

    writable = False

    def __init__(self, path: str, version: str) -> None:
        self.path = path
        self.version = version

    async def fresh(self) -> None:
        """Wait until `path` has what a query is to read."""

    def version_of(self, path: str) -> str:
        """Name the content of what was read at a path."""
        return self.version

    def behind(self, path: str) -> int:
        """Give how many changes what was read at a path does not have."""
        return 0

    @property
    def state(self) -> dict[str, object]:
        """What there is to know of it for who watches the server."""
        return {}

    async def change(self, request: Mapping[str, object]) -> Answer:
        """Change the graph, or refuse to."""
        raise HTTPError(403, "this server is read-only")


class Changing(Source):
    """A store on disk with one writer. Queries read copies, made when they are needed.

    Args:
        in_use: Gives the copies that queries read at this moment.
    """

    writable = True

    def __init__(self, folder: Path, limits: Limits, in_use: Callable[[], set[str]]) -> None:
        self._run = uuid.uuid4().hex[:12]
        super().__init__("", f"{self._run}-0")
        self._folder = folder
        self._limits = limits
        self._in_use = in_use
        self._copies = folder / SNAPSHOTS
        self._writer: Process | None = None
        self._turn = asyncio.Lock()
        self._changes = self._acknowledged = 0
        self._derived = self._copied = -1  # after which change
        self._waiting = 0
        self._refreshing: asyncio.Task[None] | None = None
        self._since = 0.0
        self._again = 0.0  # when to try once more what has failed
        self._trouble = ""

    async def start(self) -> None:
        """Open the store and make the first copy; raises `HTTPError` where that is not possible."""
        # Another server may have it: nothing of the folder is touched before the lock is ours.
        await self._open()
        shutil.rmtree(self._copies, ignore_errors=True)
        self._copies.mkdir()
        await self._refresh()
        self._keep_reserve()

    async def close(self) -> None:
        """Close the store."""
        if self._refreshing is not None:
            self._refreshing.cancel()
        if self._writer is not None:
            async with self._turn:
                await self._writer.close(self._limits.seconds)
            shutil.rmtree(self._copies, ignore_errors=True)

    async def fresh(self) -> None:
        """Wait for a copy with every change that was acknowledged, unless it takes long or fails.

        A change without an answer, such as one that ran into its time, is not waited for: its
        client was told that either state may be found.
        """
        there = os.path.isdir(self.path)
        if there and self._copied == self._changes:
            return
        now = time.monotonic()
        if self._refreshing is None or self._refreshing.done():
            if there and now < self._again:
                return
            self._since = now
            self._refreshing = asyncio.ensure_future(self._refresh())
            self._refreshing.add_done_callback(_seen)
        if there and (self._again or self._copied >= self._acknowledged):
            return
        await asyncio.wait({self._refreshing}, timeout=max(self._since + PATIENCE - now, 0))
        if not os.path.isdir(self.path):
            await self._refreshing

    def version_of(self, path: str) -> str:
        """Name the content of what was read at a path: each copy is called by its change."""
        return f"{self._run}-{os.path.basename(path)}"

    def behind(self, path: str) -> int:
        """Give how many changes what was read at a path does not have."""
        # Where it is not known what was read, it was the newest copy at best.
        return self._changes - int(os.path.basename(path) or self._copied)

    @property
    def state(self) -> dict[str, object]:
        """How many changes queries do not see yet, and what is wrong."""
        behind: dict[str, object] = {"behind": self._changes - self._copied}
        return {**behind, "trouble": self._trouble} if self._trouble else behind

    async def _refresh(self) -> None:
        """Make a copy that has every change that was acknowledged, with what follows from it."""
        try:
            async with self._turn:
                await self._copy()
        except HTTPError as error:
            self._trouble = str(error)
            self._again = time.monotonic() + _PAUSE
            raise
        self._trouble = ""
        self._again = 0.0

    async def _copy(self) -> None:
        changes = self._changes
        target = self._copies / str(changes)
        if self._copied == changes and target.is_dir():
            return
        shutil.rmtree(target, ignore_errors=True)  # of an attempt that failed
        await self._derive()
        self._copies.mkdir(exist_ok=True)
        answer = await self._ask({"op": "snapshot", "target": str(target)})
        if answer.error is not None:
            raise HTTPError(503, f"the state of the store cannot be read: {answer.error}")
        self.path, self._copied = str(target), changes
        keep = {self.path, *self._in_use()}
        for copy in self._copies.iterdir():
            if str(copy) not in keep:
                shutil.rmtree(copy, ignore_errors=True)

    def _keep_reserve(self) -> None:
        """Keep some of the disk for the day when it is full."""
        reserve = self._folder / RESERVE
        with contextlib.suppress(OSError):
            if not reserve.exists() and shutil.disk_usage(self._folder).free > 4 * _RESERVE:
                reserve.write_bytes(bytes(_RESERVE))

    async def change(self, request: Mapping[str, object]) -> Answer:
        """Change the store, by a request such as `passex.web.writer` takes.

        Raises:
            HTTPError: The time is used up, or the writer ended; then it is not known whether the
                change was made, but it was made as a whole or not at all.
        """
        if self._waiting >= self._limits.waiting:
            raise HTTPError.busy()
        self._waiting += 1
        try:
            async with self._turn:
                if _READS.search(str(request.get("text", ""))):
                    await self._derive()
                await self._opened(
                    request["op"] == "delete"
                )  # where that fails, nothing was changed
                # Also where it ends without an answer: either state may be found.
                changed, done = True, False
                try:
                    answer = await self._ask(request)
                    if answer.head["status"] == 507 and request["op"] == "delete":
                        (self._folder / RESERVE).unlink(missing_ok=True)  # to remove takes room
                        answer = await self._ask(request)
                    # What was refused changed nothing, nor did what had no place on the disk.
                    done = answer.head["status"] < 400
                    changed = done or answer.head["status"] == 500
                    return answer
                finally:
                    if request.get("name") is not None and self._derived == self._changes:
                        # The rules read and write the default graph alone.
                        self._derived += changed
                    self._changes += changed
                    if done:
                        self._acknowledged = self._changes
                        self._again = 0.0
                    self.version = f"{self._run}-{self._changes}"
                    if changed:
                        self._keep_reserve()
        finally:
            self._waiting -= 1

    async def _derive(self) -> None:
        """Derive what the rules derive, unless nothing has changed since."""
        if self._derived == self._changes:
            return
        request = {"op": "derive", "memory": self._limits.memory}
        begin = time.monotonic()
        answer = await self._ask(request, max(_DERIVING, self._limits.seconds))
        if answer.error is not None:
            raise HTTPError(503, f"the rules cannot be applied: {answer.error}")
        milliseconds = round((time.monotonic() - begin) * 1000, 3)
        if reason := answer.head.get("everything"):
            entry = {"derived": "everything", "why": reason, "ms": milliseconds}
            _log.info(json.dumps(entry))
        elif milliseconds > _LONG:
            entry = {"derived": answer.head["nodes"], "ms": milliseconds}
            _log.info(json.dumps(entry))
        self._derived = self._changes

    async def _ask(self, request: Mapping[str, object], seconds: float = 0) -> Answer:
        writer = await self._opened()
        seconds = seconds or self._limits.seconds
        why = f"it took longer than {say(seconds, 'second', 'g')}, the limit of this server"
        expiry = asyncio.get_running_loop().call_later(seconds, writer.kill, why)
        common = {"limit": self._limits.body, "gzip": False, "head": False, "seconds": seconds}
        try:
            answer = await writer.ask({**common, **request})
        finally:
            expiry.cancel()
        if answer.head["status"] >= 500:
            # After an error in writing, the engine takes no more changes until it is opened anew.
            await writer.close()
            self._writer = None
        return answer

    async def _opened(self, spare: bool = False) -> Process:
        """Give the writer, which may have to be started again.

        Args:
            spare: Whether the room that was kept may be taken for it.
        """
        if self._writer is not None and self._writer.running:
            return self._writer
        try:
            return await self._open()
        except HTTPError:
            # Opening takes room, too.
            reserve = self._folder / RESERVE
            if not spare or not reserve.exists():
                raise
            reserve.unlink()
            return await self._open()

    async def _open(self) -> Process:
        setup = {"folder": str(self._folder), "memory": self._limits.memory}
        self._writer = await children.start(_MODULE, setup)
        return self._writer


def _seen(task: asyncio.Task[None]) -> None:
    """Take note of how a task ended, so that nobody complains that it was not."""
    if not task.cancelled():
        task.exception()
