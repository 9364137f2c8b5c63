"""Work of a pool of threads, of which only so much waits at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Result = TypeVar("Result")


def results(
    pool: Executor, work: Callable[..., Result], tasks: Iterable[tuple[Any, ...]], most: int
) -> Iterator[Result]:
    """Yield what some work gives for each task, as it is done.

    Args:
        pool: Does the work.
        work: Takes what a task has as its arguments.
        tasks: Each is asked for once there is room for it.
        most: So many are given to the pool before one has to be done.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> with ThreadPoolExecutor(2) as pool:
        ...     sorted(results(pool, pow, ((2, n) for n in range(4)), most=2))
        [1, 2, 4, 8]
    """
    from concurrent.futures import FIRST_COMPLETED, wait

    waiting: set[Future[Result]] = set()
    for task in tasks:
        waiting.add(pool.submit(work, *task))
        del task  # so that it isn't held until there is another
        if len(waiting) >= most:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)
    while waiting:
        done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
        yield from (future.result() for future in done)
