"""Patience with a cluster: it may be busy for long, and isn't waited for if nobody works.

Apache Spark keeps a job whose executors are all gone until others come, which may be never.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Timer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: For so many seconds nobody has to work on a job until it is given up.
LONGEST: Final = 600.0


class Waiting:
    """Gives jobs up on which nobody works.

    Attributes:
        over: Whether one was given up.
    """

    def __init__(self) -> None:
        self._give_up: Callable[[], object] = list
        self._timer: Timer | None = None
        self.over = False

    def watch(self, session: SparkSession) -> None:
        """Hear how the jobs of a session go on."""
        self._give_up = session.interruptAll
        session.registerProgressHandler(self.progress)  # type: ignore[arg-type]

    def progress(
        self, stages: object, inflight_tasks: int, operation_id: str | None, done: bool
    ) -> None:
        """Hear how a job goes on, as a progress handler of ``pyspark`` does.

        Args:
            inflight_tasks: How many of its parts are worked on.
            done: Whether it is at its end.
        """
        if done or inflight_tasks:
            self.end()
        elif self._timer is None:
            self._timer = Timer(LONGEST, self._end_it)
            self._timer.daemon = True
            self._timer.start()

    def end(self) -> None:
        """Wait no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _end_it(self) -> None:
        self.over = True
        self._give_up()
