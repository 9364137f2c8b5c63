"""Passex as executors have it: looked for by each of them, before it does any work.

A cluster doesn't tell how many executors it has, and gets more as it works; so what is sent to
them looks itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from ..graph.version import __version__

_FOUND: Final = "passex on an executor: "
#: As it stands in what an engine says.
_TOLD: Final = re.compile(rf"{_FOUND}'([\w.+!-]*)'")


def checked(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Have an executor see that it has the same Passex as there is here, before it does some work.

    Args:
        work: What is given to ``mapInArrow`` or ``applyInArrow``.

    Returns:
        The same, to be given to these instead.
    """
    from pyspark import cloudpickle

    # To read this takes Passex; a function within a function is sent as it is, whatever is there.
    packed: bytes = cloudpickle.dumps(work)  # type: ignore[no-untyped-call]
    here, message = __version__, _FOUND
    read: list[Any] = []

    def look_and_work(rows: Any) -> Any:
        if not read:
            import pickle

            try:
                from passex.graph.version import __version__ as there
            except ImportError:
                there = ""
            if there != here:
                raise RuntimeError(f"{message}'{there}'")
            read.append(pickle.loads(packed))
        return read[0](rows)

    return look_and_work


def nothing(batches: Iterator[Any]) -> Iterator[Any]:
    """Do no work: what is `checked` looks for Passex, and is done."""
    return iter(())


def wrong(said: str) -> str | None:
    """Say what is wrong with the executors, if that is what an engine tells of.

    Example:
        >>> wrong("RuntimeError: passex on an executor: '9'")
        'executors of the cluster have passex 9, and here it is 0.1.0'
        >>> wrong("ZeroDivisionError: division by zero")
    """
    found = _TOLD.search(said)
    if not found:
        return None
    if found[1]:
        return f"executors of the cluster have passex {found[1]}, and here it is {__version__}"
    return "executors of the cluster have no passex"
