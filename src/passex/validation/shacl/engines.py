"""Validate inputs with one engine or the other."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Thread
from typing import Final, Literal, TypeAlias, TypeVar

from ...errors import PassexError
from ..inputs import Inputs
from ..results import Result
from . import fast
from .delegation import reason_to_delegate
from .model import Defect, Node, Shape, Shapes
from .order import in_order
from .reader import read_shapes

EngineName: TypeAlias = Literal["fast", "pyshacl"]
_T = TypeVar("_T")
#: From so many triples on, the store works longer than Python, which does one thing at a time.
_LARGE: Final = 20_000


class TimeoutError(PassexError):
    """A validation that took longer than it was given."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation against shapes found.

    Attributes:
        results: The results, in an order that is the same for both engines.
        focus_counts: How many focus nodes each shape has by its own targets, for every shape with
            targets that is not switched off and was applied. 0 means that nothing matched.
        shapes: The shapes, with what is wrong with the shapes graph in `Shapes.defects`.
        delegated: The shapes that pySHACL validated in place of the fast engine, and why.
        skipped: The shapes with targets that were not applied because they, or shapes they rest
            on, are ill-formed.
    """

    results: tuple[Result, ...]
    focus_counts: dict[Node, int]
    shapes: Shapes
    delegated: dict[Node, str]
    skipped: tuple[Node, ...]

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What is wrong with the shapes graph."""
        return self.shapes.defects


def validate(
    inputs: Inputs,
    engine: EngineName = "fast",
    timeout: float | None = None,
    jobs: int | None = None,
    shapes: Shapes | None = None,
) -> Outcome:
    """Validate the data of some inputs against their shapes, without inference.

    Ill-formed shapes, and those that rest on one, are not applied.

    Args:
        inputs: The inputs.
        engine: ``fast``, which hands to pySHACL what it does not know itself, or ``pyshacl``.
        timeout: The seconds after which to give up. What runs then is left to run, in a thread
            that does not keep the process alive.
        jobs: How many shapes the fast engine applies at a time; None for as many as there are
            processors where the graph is large.
        shapes: The shapes, if they have been read already.

    Returns:
        The outcome.

    Raises:
        TimeoutError: The time was not enough.
        EngineError: pySHACL cannot work with a shape.

    Example:
        >>> from passex.validation.inputs import load
        >>> inputs, _ = load(["graph/actors.ttl"], ["ontology/shapes.ttl"], ["ontology/naval.ttl"])
        >>> outcome = validate(inputs)
        >>> len(outcome.focus_counts) > 100, outcome.delegated
        (True, {})
    """
    read = shapes or read_shapes(inputs.shapes_graph)
    return _within(timeout, lambda: _validate(inputs, read, engine, jobs))


def _validate(inputs: Inputs, shapes: Shapes, engine: EngineName, jobs: int | None) -> Outcome:
    quick = fast.Engine(inputs.graph, shapes)
    applied = [s for s in shapes.shapes.values() if s.targets and not s.deactivated]
    # A target of SHACL Advanced Features is pySHACL's business alone.
    applied += [
        s for s in shapes.shapes.values() if s.foreign and not s.targets and not s.deactivated
    ]
    try:
        focus = {shape.node: quick.focus(shape) for shape in applied}
        delegated = {}
        why = reason_to_delegate(inputs, shapes)
        for shape in applied:
            if engine == "fast" and (reason := why(shape)):
                delegated[shape.node] = reason
        own = [s for s in applied if engine == "fast" and s.node not in delegated]
        results: list[Result] = []
        at_a_time = jobs or (_processors() if len(inputs.graph) >= _LARGE else 1)
        for found in _each(lambda s: list(quick.validate(s)), own, at_a_time):
            results += found
        theirs = [s for s in applied if s not in own]
        if theirs:
            from . import reference

            slow = reference.Engine(reference.to_graph(inputs.graph), inputs.shapes_graph, shapes)
            for shape in theirs:
                results += slow.validate(shape)
        counts = {s.node: quick.count(focus[s.node]) for s in applied if s.targets}
    finally:
        quick.close()
    skipped = tuple(sorted(shapes.ill_formed, key=str))
    return Outcome(in_order(results), counts, shapes, delegated, skipped)


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _each(work: Callable[[Shape], _T], shapes: Iterable[Shape], jobs: int) -> Iterable[_T]:
    if jobs <= 1:
        return map(work, shapes)
    from concurrent.futures import ThreadPoolExecutor

    def alone(shape: Shape) -> _T:
        try:
            return work(shape)
        except BaseException as error:
            # Solutions of the store may be dropped only by the thread that asked for them.
            traceback.clear_frames(error.__traceback__)
            raise

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(alone, shapes))


def _within(timeout: float | None, work: Callable[[], _T]) -> _T:
    """Do some work in a thread of its own, and leave it there if it takes too long."""
    if timeout is None:
        return work()
    done: list[_T] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise TimeoutError(
            f"the validation took longer than {timeout:g} seconds",
            "give it more with --timeout, or look for a constraint that never ends",
        )
    if failed:
        raise failed[0]
    return done[0]
