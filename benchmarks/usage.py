"""What processes on this machine take: processor time, and memory, with all that they begin.

Of memory that several processes share, each is counted with its part (PSS), so that a sum counts
nothing twice. Linux alone tells it: https://docs.kernel.org/filesystems/proc.html.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import Final

#: So many seconds lie between two looks at the memory, and so many times as long as a look takes:
#: it walks through all pages of a process.
_INTERVAL: Final = 0.5
_REST: Final = 50
_TICKS: Final = os.sysconf("SC_CLK_TCK")


class Peak:
    """The most memory that processes take at once, with all that they begin, until it is left.

    Args:
        processes: Their numbers.

    Attributes:
        bytes: As many, at any look.
    """

    def __init__(self, processes: Collection[int]) -> None:
        self._processes = processes
        self._done = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self.bytes = 0

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            begin = time.thread_time()
            self.bytes = max(self.bytes, sum(map(_memory, _with_children(self._processes))))
            if self._done.wait(max(_INTERVAL, _REST * (time.thread_time() - begin))):
                return


def seconds(processes: Collection[int]) -> float:
    """Tell the processor time of processes that run, with all that they began."""
    return sum(map(_time, _with_children(processes)))


def _with_children(processes: Collection[int]) -> Iterator[int]:
    for number in processes:
        yield number
        with suppress(OSError):  # it may end meanwhile, as below
            for thread in Path(f"/proc/{number}/task").iterdir():
                yield from _with_children([*map(int, (thread / "children").read_text().split())])


def _time(number: int) -> float:
    """Tell the time of a process, and of its children that ended."""
    with suppress(OSError):
        fields = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0


def _memory(number: int) -> int:
    with suppress(OSError):
        for line in Path(f"/proc/{number}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0
