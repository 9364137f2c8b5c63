"""Validate inputs with one engine or the other."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

import pyoxigraph as ox

from ...graph.lexical import Keeper, marked_predicates
from ...graph.terms import SH
from ...query.threads import release
from ..inputs import Inputs
from ..results import EngineName, Path, Result, path_text
from . import fast
from .evaluation import EngineError
from .limits import Limit
from .model import Defect, Node, Shape, Shapes, depth, nullable, reachable
from .reader import read_shapes
from .stored_forms import reads_values

_T = TypeVar("_T")
#: From so many triples on, the store works longer than Python, which does one thing at a time.
LARGE: Final = 20_000
#: So many shapes lie within one another at most: each takes some of Python's stack, and its query
#: has in it those of all above it.
DEEPEST: Final = 100


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
        failed: Where pySHACL gave up, so that what it was to do was not done.
        unseen: How many triples pySHACL did not see as they are.
        inferred: The triples that rules of the shapes inferred, each with its rule.
    """

    results: tuple[Result, ...]
    focus_counts: dict[Node, int]
    shapes: Shapes
    delegated: dict[Node, str]
    skipped: tuple[Node, ...]
    failed: tuple[Defect, ...] = ()
    unseen: int = 0
    inferred: Mapping[ox.Triple, Node] = field(default_factory=dict)


def validate(
    inputs: Inputs,
    engine: EngineName = "fast",
    timeout: float | Limit | None = None,
    jobs: int | None = None,
    shapes: Shapes | None = None,
) -> Outcome:
    """Validate the data of some inputs against their shapes, without inference.

    Ill-formed shapes, and those that rest on one, are not applied. What rules of the shapes infer
    goes into the graph first.

    Args:
        engine: ``fast``, which hands to pySHACL what it does not know itself, or ``pyshacl``.
        timeout: The seconds after which to give up, or a limit that has begun: see `limits`.
        jobs: How many shapes the fast engine applies at a time; None for as many as there are
            processors where the graph is large.
        shapes: The shapes, if they have been read already.

    Raises:
        TimeoutError: The time was not enough.

    Example:
        >>> from passex.validation.inputs import load
        >>> inputs, _ = load(["graph/actors.ttl"], ["ontology/shapes.ttl"], ["ontology/naval.ttl"])
        >>> outcome = validate(inputs)
        >>> len(outcome.focus_counts) > 100, outcome.delegated
        (True, {})
    """
    limit = timeout if isinstance(timeout, Limit) else Limit(timeout)
    read = shapes or limit.apart(lambda: read_shapes(inputs.shapes_graph, inputs.shapes))
    failed: tuple[Defect, ...] = ()
    inferred: Mapping[ox.Triple, Node] = {}
    if read.ruled:
        inferred, failed = limit.here(lambda: _inferred(inputs, read, limit))
    outcome, theirs = limit.apart(lambda: _quick(inputs, read, engine, jobs, limit))
    outcome = replace(outcome, failed=(*failed, *outcome.failed), inferred=inferred)
    if theirs:
        outcome = limit.here(lambda: _slow(inputs, outcome, theirs, limit))
    if theirs or read.ruled:
        from .rdflib_graphs import left_out

        outcome = replace(outcome, unseen=left_out(inputs.graph))
    return outcome


def _inferred(
    inputs: Inputs, shapes: Shapes, limit: Limit
) -> tuple[Mapping[ox.Triple, Node], tuple[Defect, ...]]:
    """Put what the rules of the shapes infer into the graph; say why not if it cannot be.

    Literals that the store would rewrite are marked in it.
    """
    from . import reference

    engine = reference.engine(inputs, shapes)
    node = min(shapes.ruled, key=str)
    try:
        with limit.at(node):
            found = engine.infer()
    except EngineError as error:
        return {}, (Defect("shacl-unsupported", node, SH.rule, error.message, hint=error.hint),)
    finally:
        engine.close()
    keeper = Keeper()
    inputs.graph.extend(
        ox.Quad(
            triple.subject,
            triple.predicate,
            keeper.stored(value) if isinstance(value := triple.object, ox.Literal) else value,
        )
        for triple in found
    )
    return found, ()


def _quick(
    inputs: Inputs, shapes: Shapes, engine: EngineName, jobs: int | None, limit: Limit
) -> tuple[Outcome, list[Shape]]:
    """Do what the fast engine does, and give the shapes that it leaves to pySHACL."""
    quick = fast.Engine(inputs.graph, shapes)
    active = [s for s in shapes.shapes.values() if not s.deactivated]
    # A target of SHACL Advanced Features is pySHACL's business alone.
    applied = [s for s in active if s.targets] + [s for s in active if s.foreign and not s.targets]
    try:
        too_deep = [s for s in applied if depth(shapes.shapes, s.node) > DEEPEST]
        applied = [s for s in applied if s not in too_deep]
        delegated = _delegated(inputs, shapes, applied) if engine == "fast" else {}
        own = [s for s in applied if engine == "fast" and s.node not in delegated]
        results: list[Result] = []
        failed = list(map(_too_deep, too_deep))
        at_a_time = jobs or (_processors() if inputs.triples >= LARGE else 1)

        def apply(shape: Shape) -> list[Result]:
            with limit.at(shape.node):
                try:
                    return list(quick.validate(shape))
                except EngineError as error:
                    failed.append(_failure(shape, error))
                    return []

        for found in _each(apply, own, at_a_time):
            results += found
        counts = {s.node: quick.count(quick.focus(s)) for s in applied if s.targets}
    finally:
        quick.close()
    skipped = tuple(sorted(shapes.ill_formed, key=str))
    failed.sort(key=lambda defect: str(defect.node))  # of threads any may come first
    outcome = Outcome(in_order(results), counts, shapes, delegated, skipped, tuple(failed))
    return outcome, [s for s in applied if s not in own]


def _failure(shape: Shape, error: EngineError) -> Defect:
    return Defect("shacl-unsupported", shape.node, "", error.message, hint=error.hint)


def _too_deep(shape: Shape) -> Defect:
    message = f"more than {DEEPEST} shapes lie within one another here, so it was not applied"
    hint = "give shapes that lie so deep targets of their own"
    return Defect("shacl-unsupported", shape.node, "", message, hint=hint)


def _delegated(inputs: Inputs, shapes: Shapes, applied: Iterable[Shape]) -> dict[Node, str]:
    """Tell which shapes are not the fast engine's, and why."""
    rewritten: set[str] = set()
    # What rules infer may be marked as well.
    if (inputs.marked or shapes.ruled) and any(shape.queries for shape in shapes.shapes.values()):
        rewritten = {predicate.value for predicate in marked_predicates(inputs.graph)}

    def reason(node: Node) -> str:
        shape = shapes.shapes[node]
        if node in shapes.recursive:
            return "it rests on itself"
        if shape.foreign:
            return shape.foreign[0]
        for query in shape.queries:
            if query.calls:
                return "a query that calls a function of the shapes"
            if query.around is None:
                return "a query that has to be asked for each focus node"
            held = ("this", *(["value"] if _may_end_in(shape.path, rewritten) else ()))
            if rewritten and reads_values(query.tree, rewritten, held):
                return "a query over literals that the store would rewrite"
        return ""

    found = {}
    for shape in applied:
        # The shapes that it rests on are evaluated by the same engine.
        together = dict.fromkeys((shape.node, *reachable(shapes.shapes, shape.node)))
        if why := next(filter(None, map(reason, together)), ""):
            found[shape.node] = why
    return found


def _may_end_in(path: Path | None, predicates: Collection[str]) -> bool:
    """Tell whether a path may lead to a value of some predicates: a no is certain."""
    if path is None or isinstance(path, ox.NamedNode):
        return path is not None and path.value in predicates
    return nullable(path) or any(_may_end_in(part, predicates) for part in path.parts)


def _slow(inputs: Inputs, outcome: Outcome, theirs: Iterable[Shape], limit: Limit) -> Outcome:
    """Do what is pySHACL's; where it gives up, say so and go on with the next shape."""
    from . import reference

    engine = reference.engine(inputs, outcome.shapes)
    results, counts, failed = [*outcome.results], {**outcome.focus_counts}, [*outcome.failed]
    try:
        for shape in theirs:
            try:
                with limit.at(shape.node):
                    results += engine.validate(shape)
                    if "sh:target" in shape.foreign:
                        counts[shape.node] = engine.count(shape)
            except EngineError as error:
                failed.append(_failure(shape, error))
    finally:
        engine.close()
    return replace(outcome, results=in_order(results), focus_counts=counts, failed=tuple(failed))


def _processors() -> int:
    """Count the processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _each(work: Callable[[Shape], _T], shapes: Iterable[Shape], jobs: int) -> Iterable[_T]:
    if jobs <= 1:
        return map(work, shapes)
    from concurrent.futures import ThreadPoolExecutor

    def in_its_thread(shape: Shape) -> _T:
        try:
            return work(shape)
        except BaseException as error:
            release(error)
            raise

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(in_its_thread, shapes))


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results by all that they say, and the details within each; equal ones stay two."""
    within = (replace(r, details=in_order(r.details)) if r.details else r for r in results)
    return tuple(sorted(within, key=_key))


def _key(result: Result) -> tuple[object, ...]:
    return (
        str(result.focus),
        path_text(result.path, str) if result.path else "",
        result.component,
        str(result.shape),
        str(result.value or ""),
        str(result.constraint or ""),
        result.severity,
        tuple(map(str, (*result.messages, *result.parameters))),
        tuple(_key(detail) for detail in result.details),
    )
