"""Derivation of a large graph in batches: part by part, on all cores, in bounded memory.

The facts lie on the disk. Each process takes a batch at a time (see `batching`) and derives what
follows from it; what the batches give is united in the end, again on the disk (see `uniting`). So
time grows as the graph does, and memory as a batch and the list of the nodes do.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ..errors import CacheError
from .batching import derived, groups, read_term, split
from .neighbours import Node
from .pooled import results
from .shared import Shared
from .uniting import unite

#: So many nodes are taken at a time, with their claims and the evidence for these.
SIZE: Final = 2000
#: More processes need more memory.
MOST: Final = 4
_DONE: Final = "done\n"


def derive(engine: ox.Store, scratch: Path, processes: int | None = None, size: int = SIZE) -> None:
    """Derive all that the rules derive of a graph on the disk, and index its names.

    Args:
        engine: The graph, with its facts and nothing that rules derive; it is changed.
        scratch: An empty folder for what lies on the disk meanwhile.
        processes: How many derive at a time; by default as many as there are cores.
        size: How many nodes begin a batch.

    Raises:
        CacheError: The disk is full, or a process cannot be started or was ended.
    """
    number = min(MOST, os.cpu_count() or 1) if processes is None else processes
    try:
        _derive(engine, scratch, number, size)
    except OSError as error:
        raise _error(str(error).partition("\n")[0]) from error


def _derive(engine: ox.Store, scratch: Path, number: int, size: int) -> None:
    facts = scratch / "facts"
    engine.optimize()  # to look up what is said of a node takes two thirds of the time
    engine.backup(str(facts))
    # All of it first: what unites has the memory of the processes, which have ended, and is quicker
    # where nothing else is to be done.
    paths = [*_derived(facts, scratch, split(_groups(facts, scratch, number), size), number)]
    # It shares files with the graph, whose times change with it.
    shutil.rmtree(facts)
    unite(engine, paths)


def _groups(facts: Path, scratch: Path, processes: int) -> Iterator[list[Node]]:
    """List the groups of nodes: by a process of its own, with which the memory for that goes."""
    path = scratch / "groups"
    if processes < 2:
        list_groups(facts, path)
    else:
        listing = _Process(facts)
        try:
            listing.work(path, [])
        finally:
            listing.kill()
            listing.close()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield [read_term(text) for text in json.loads(line)]
    path.unlink()


def list_groups(facts: Path, path: Path) -> None:
    """Write the groups of nodes of a graph to a file: a line of JSON each.

    Args:
        facts: The folder of its store, which nobody writes.
        path: The file.
    """
    with path.open("w", encoding="utf-8") as file:
        for group in groups(ox.Store.read_only(str(facts))):
            file.write(json.dumps([str(node) for node in group]) + "\n")


def _derived(
    facts: Path, scratch: Path, batches: Iterable[list[Node]], processes: int
) -> Iterator[Path]:
    """Derive what follows from each batch, each into a file of N-Quads."""
    numbered = ((scratch / f"{number}.nq", batch) for number, batch in enumerate(batches))
    if processes < 2:
        work = worker(facts)
        for path, batch in numbered:
            work(path, batch)
            yield path
        return
    yield from _by_processes(facts, numbered, processes)


def worker(facts: Path) -> Callable[[Path, list[Node]], None]:
    """Open a graph to derive batches of it.

    Args:
        facts: The folder of its store, which nobody writes.

    Returns:
        What derives a batch, and writes the result to a file of N-Quads.
    """
    engine = ox.Store.read_only(str(facts))
    shared = Shared(engine, many=True)

    def work(path: Path, batch: list[Node]) -> None:
        ox.serialize(derived(engine, shared, batch), path, ox.RdfFormat.N_QUADS)

    return work


def _by_processes(
    facts: Path, numbered: Iterable[tuple[Path, list[Node]]], processes: int
) -> Iterator[Path]:
    """Derive batches in processes of their own, a few more at a time than there are of these."""
    from concurrent.futures import ThreadPoolExecutor
    from queue import SimpleQueue

    idle: SimpleQueue[_Process] = SimpleQueue()
    running = [_Process(facts) for _ in range(processes)]
    for process in running:
        idle.put(process)

    def work(path: Path, batch: list[Node]) -> Path:
        process = idle.get()
        try:
            process.work(path, batch)
        finally:
            idle.put(process)
        return path

    pool = ThreadPoolExecutor(processes)
    try:
        yield from results(pool, work, numbered, 2 * processes + 1)
    finally:
        for process in running:
            process.kill()
        pool.shutdown(cancel_futures=True)
        for process in running:
            process.close()


class _Process:
    """A process that derives batches."""

    def __init__(self, facts: Path) -> None:
        import subprocess

        command = [sys.executable, "-m", __name__, str(facts)]
        # One heap, not one for each of the engine's threads, which would take more memory.
        environment = {**os.environ, "PYTHONSAFEPATH": "1", "MALLOC_ARENA_MAX": "1"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            # Ctrl-C is for who began all of this, and ends it: then no more is asked of this one.
            start_new_session=True,
        )

    def work(self, path: Path, batch: list[Node]) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        task = json.dumps([str(path), [str(node) for node in batch]])
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(task.encode() + b"\n")
            self._process.stdin.flush()
        answer = self._process.stdout.readline().decode()
        if answer != _DONE:
            raise _error(answer.strip() or "a process was ended")

    def kill(self) -> None:
        """End it, also in the midst of a batch."""
        self._process.kill()

    def close(self) -> None:
        """Forget it, once nobody waits for its answer."""
        self._process.communicate()


def _error(reason: object) -> CacheError:
    return CacheError(
        f"the graph is too large for memory, and on the disk it cannot be derived: {reason}",
        "make room in the folder of the cache, or give --no-cache to try in memory",
    )


def main() -> None:
    """Derive the batches that are asked for, and list the groups for none, until no more are."""
    # A batch is many objects that all stay until it is done: to look through them finds nothing.
    gc.disable()
    facts, work = Path(sys.argv[1]), None
    for line in sys.stdin:
        path, batch = json.loads(line)
        try:
            if batch:
                work = work or worker(facts)
                work(Path(path), [read_term(text) for text in batch])
            else:
                list_groups(facts, Path(path))
        except (OSError, RuntimeError, MemoryError) as error:  # of the disk, or of the engine
            print(str(error).partition("\n")[0] or type(error).__name__, flush=True)
        else:
            print(end=_DONE, flush=True)


if __name__ == "__main__":
    main()
