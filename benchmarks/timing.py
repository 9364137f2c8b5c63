"""What the measuring processes share: how a task is timed, and how it reports."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Mapping
from typing import Final

#: A short task is repeated in its process until this much time has gone by.
LONG_ENOUGH: Final = 0.2

Result = dict[str, float]


def once(task: Callable[[], object]) -> float:
    """Time a task.

    Args:
        task: What to run.

    Returns:
        Seconds.
    """
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def timed(task: Callable[[], object]) -> float:
    """Time a task, the best of several runs if it is short.

    Args:
        task: What to run.

    Returns:
        Seconds. The least of all: whatever else the machine does only adds to it.
    """
    times = [once(task)]
    while sum(times) < LONG_ENOUGH:
        times.append(once(task))
    return min(times)


def report(tasks: Mapping[str, Callable[[list[str]], Result]]) -> None:
    """Run the task that the command line names, and print what it found as JSON.

    Args:
        tasks: The tasks by name; each is given the rest of the command line.
    """
    result = tasks[sys.argv[1]](sys.argv[2:])
    # Kilobytes on Linux, bytes on macOS.
    unit = 1024 if sys.platform == "darwin" else 1
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    json.dump(result, sys.stdout)
