"""Processes that the server starts itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from typing import Final, cast

from . import copies
from .process import LastWords, Process

#: One heap, not one for each of the engine's threads: when it opens a store, it starts hundreds of
#: them, and glibc reserves 64 MiB for each heap, which count as taken.
#: The engine makes and frees many small things for each query: where glibc keeps more of them at
#: hand than the seven of a size that it does, a query takes a tenth less.
ENVIRONMENT: Final = {
    "PYTHONSAFEPATH": "1",
    "MALLOC_ARENA_MAX": "1",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=500",
}


async def start(module: str, setup: Mapping[str, object]) -> Process:
    """Start a module as a worker, and wait until it is ready.

    Raises:
        HTTPError: It ended instead.
    """
    # Not in the terminal's group: Ctrl-C is the server's to handle.
    _, child = await asyncio.get_running_loop().subprocess_exec(
        Child,
        *command(module, setup),
        start_new_session=True,
        env={**os.environ, **ENVIRONMENT},
    )
    await child.worker.ready()
    return child.worker


class Child(asyncio.SubprocessProtocol):
    """A process that the server has started itself.

    Attributes:
        worker: What it is as a worker.
    """

    def __init__(self) -> None:
        self._words = LastWords()
        self._ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.worker = Process(self, self._words)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to speak with it."""
        self._process = process = cast("asyncio.SubprocessTransport", transport)
        write, read = process.get_pipe_transport(0), process.get_pipe_transport(1)
        self.worker.speak(
            cast("asyncio.WriteTransport", write), cast("asyncio.ReadTransport", read)
        )

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Hand on what it says."""
        (self.worker if fd == 1 else self._words).data_received(data)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Hand on that it says no more."""
        if fd:
            (self.worker if fd == 1 else self._words).connection_lost(exc)

    def process_exited(self) -> None:
        """Take note that it has ended."""
        self._ended.set_result(self._process.get_returncode() or 0)

    def connection_lost(self, exc: Exception | None) -> None:
        """Close what is left of its pipes."""
        self._process.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.get_pid()

    @property
    def returncode(self) -> int | None:
        """Its exit code."""
        return self._process.get_returncode()

    async def wait(self) -> int:
        """Wait until it has ended."""
        return await asyncio.shield(self._ended)

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def make_way(self) -> None:
        """Let others go before it."""
        if sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self.pid, copies.NICE)


def command(module: str, setup: Mapping[str, object]) -> list[str]:
    """Give the command that runs a module as a process of this server's."""
    return [sys.executable, "-m", module, json.dumps({**setup, "parent": os.getpid()})]
