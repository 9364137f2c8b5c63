"""Judging of a bucket on an executor: which of its parts are in order, whatever else there is.

A *part* is an exercise with all that hangs together with it in the bucket. Of a part that is in
order nothing comes back but what was counted. All others come back by name: those with a problem,
and those of which it cannot be told here, since something beyond the bucket has to be seen.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from ..graph.standard_terms import meant, unknown
from ..graph.terms import namespace
from ..validation.inputs import Inputs
from ..validation.rules import consistency
from ..validation.shacl import validate
from ..validation.shacl.walks import FOCUS
from .bucket import Bucket, Part, other_end, told
from .bucket import counts as counted
from .ground import ODD, TYPE, Ground, Node, Opened, opened, parsed
from .lines import CONTINGENT, goes_by
from .surroundings import surroundings

if TYPE_CHECKING:
    import pyarrow

    Work = Callable[["pyarrow.Table"], "pyarrow.Table"]

#: The columns of `judging`.
FOUND: Final = "found binary"
#: Of parts that a step backwards leads out of, no more a predicate are validated with others.
MOST: Final = 2000


def judging(ground: Ground) -> Work:
    """Make what judges a bucket, on an executor: one row of `FOUND`."""

    def work(bucket: pyarrow.Table) -> pyarrow.Table:
        return _row(judged(ground, bucket.column("line").to_pylist()))

    return work


def taking(
    ground: Ground, wanted: frozenset[str], naming: frozenset[tuple[str, str]] = frozenset()
) -> Work:
    """Make what names the parts of a bucket that have some nodes: one row of `FOUND`.

    Args:
        naming: Or that name some nodes, by a predicate each.
    """

    def work(bucket: pyarrow.Table) -> pyarrow.Table:
        view, whole = _split(ground, bucket.column("line").to_pylist())
        parts = [
            part
            for part in whole.parts
            if any(str(key) in wanted for key in part.keys)
            or any((q.predicate.value, str(other_end(q))) in naming for q in part.quads)
        ]
        return _row({"parts": [told(view, part) for part in parts]})

    return work


def _row(found: dict[str, Any]) -> pyarrow.Table:
    import pyarrow

    packed = zlib.compress(json.dumps(found).encode("utf-8", "surrogatepass"))
    return pyarrow.table({"found": pyarrow.array([packed], pyarrow.binary())})


def unpacked(row: bytes) -> dict[str, Any]:
    """Read a row of `FOUND`."""
    found: dict[str, Any] = json.loads(zlib.decompress(row).decode("utf-8", "surrogatepass"))
    return found


def _split(ground: Ground, lines: Iterable[str]) -> tuple[Opened, Bucket]:
    view = opened(ground)
    quads = parsed("\n".join(lines), view.keeper)
    if view.both:
        quads = [quad for quad in quads if str(goes_by(quad)) not in view.both]
    return view, Bucket(quads, view.both)


def judged(ground: Ground, lines: Iterable[str]) -> dict[str, Any]:
    """Judge a bucket.

    Returns:
        ``triples`` and ``counts`` of all of it, the latter of focus nodes by shape; ``parts``
        that are not judged by it alone; ``open``, nodes that something here names and nothing
        describes, each with a node of the part that does; ``steps``, how many parts a step
        backwards leads out of, by predicate; ``tokens``, what else is in use, each with a part;
        ``named``, what steps backwards may lead from into the bucket, with the predicate, where a
        result would go for that.
    """
    view, bucket = _split(ground, lines)
    found = _Judgement(view, bucket)
    found.look()
    found.apply()
    return found.told()


class _Judgement:
    def __init__(self, view: Opened, bucket: Bucket) -> None:
        self._view = view
        self._bucket = bucket
        self._counts: Counter[str] = Counter()
        for part in bucket.parts:
            self._counts.update(counted(view, part))
        self._open: dict[str, Part] = {}
        self._steps: Counter[str] = Counter()
        self._tokens: dict[str, tuple[str, Part]] = {}
        self._named: set[tuple[str, str]] = set()
        self._failed: dict[str, str] = {}
        self._shapes_of: dict[Node, frozenset[str]] = {}

    def look(self) -> None:
        """Look through the statements for what makes a part depend on others."""
        view = self._view
        spaces = view.scope.ontology.namespaces
        for part in self._bucket.parts:
            leading: set[str] = set()
            if any(key in view.nodes or str(key) in view.named for key in part.keys):
                part.reasons.add("named elsewhere")
            for quad in part.quads:
                subject, predicate, value = quad.subject, quad.predicate.value, quad.object
                if isinstance(value, ox.Triple) or isinstance(subject, ox.Triple):
                    part.reasons.add("a statement about a statement")
                    continue
                blank = isinstance(subject, ox.BlankNode) or isinstance(value, ox.BlankNode)
                if blank or predicate in ODD or namespace(str(subject)[1:-1]) in spaces:
                    part.reasons.add("a node that is of its file, or of a vocabulary")
                self._term(part, quad)
                if value in self._bucket.by_key and predicate != CONTINGENT:
                    continue
                if predicate in view.wanted:
                    leading |= self._backwards(part, quad)
                if isinstance(value, ox.NamedNode) and not view.is_described(value):
                    self._open.setdefault(value.value, part)
            for name in leading:
                self._steps[name] += 1
                if self._steps[name] <= MOST:
                    part.reasons.add(f"^{name}")

    def _term(self, part: Part, quad: ox.Quad) -> None:
        """Note which classes and properties are in use, each with one part that uses it."""
        view, ontology = self._view, self._view.scope.ontology
        names = [quad.predicate.value]
        value = quad.object
        if quad.predicate == TYPE and isinstance(value, ox.NamedNode):
            names.append(value.value)
            if value.value in view.things:
                part.reasons.add("a thing that must not be called like another")
        elif (
            isinstance(value, ox.NamedNode)
            and ontology.owns(value.value)
            and value not in self._bucket.by_key
            and not view.is_described(value)
        ):
            part.reasons.add("a term that nothing declares")
        for place, name in enumerate(names):
            if (ontology.owns(name) and name not in ontology.declared) or unknown(name):
                part.reasons.add("a term that nothing declares")
            self._token(
                f"{'a' if place else 'by'} <{name}>", quad, part, bool(meant(namespace(name)))
            )
        if (
            quad.predicate.value in view.linking
            and value not in self._bucket.by_key
            and not view.is_named(quad.predicate, value)
        ):
            self._token(f"{quad.predicate} {value}", quad, part, False)
        if quad.predicate.value == CONTINGENT:
            self._token(f"{quad.subject} {quad.predicate}", quad, part, False)

    def _token(self, token: str, quad: ox.Quad, part: Part, least: bool) -> None:
        """Keep a part for what is in use; of what is wrong, the one that is to be named."""
        known = self._tokens.get(token)
        if known is None or (least and str(quad) < known[0]):
            self._tokens[token] = (str(quad) if least else "", part)

    def _backwards(self, part: Part, quad: ox.Quad) -> set[str]:
        """Tell which step backwards may lead from a value into this part, from elsewhere."""
        view, name = self._view, quad.predicate.value
        steps = view.wanted[name]
        if any(step.needs for step, _ in steps) and name != CONTINGENT:
            has = {q.predicate.value for q in part.quads if q.subject == quad.subject}
            steps = [(step, shape) for step, shape in steps if has.issuperset(step.needs)]
        value = other_end(quad)
        if not isinstance(value, ox.Literal | ox.Triple):
            looking = self._looking(value)
            steps = [(s, shape) for s, shape in steps if s.after != FOCUS or shape in looking]
        if all(step.denied for step, _ in steps):
            if steps:
                self._named.add((name, str(value)))
            return set()
        return {name}

    def _looking(self, value: Node) -> frozenset[str]:
        """Name the shapes that have a node, which is shared, as a focus node."""
        if value not in self._shapes_of:
            stores = (self._view.shared, self._view.inputs.graph)
            quads = [q for s in stores for q in s.quads_for_pattern(value, None, None)]  # type: ignore[arg-type]
            types = frozenset(str(q.object) for q in quads if q.predicate == TYPE)
            of = frozenset(q.predicate.value for q in quads)
            names = self._view.matching(types, of, frozenset(self._view.linking))
            self._shapes_of[value] = frozenset(names)
        return self._shapes_of[value]

    def apply(self) -> None:
        """Apply the shapes, and what else is told of single nodes."""
        view, bucket = self._view, self._bucket
        graph = ox.Store()
        graph.extend(view.base)
        graph.extend(bucket.quads)
        graph.extend(surroundings(view, bucket))
        inputs: Inputs = replace(
            view.inputs, graph=graph, triples=len(bucket.quads), marked=view.keeper.marked
        )
        outcome = validate(inputs, jobs=1, shapes=view.looking(self._counts))
        for result in outcome.results:
            for node in (result.focus, result.value):
                if node in bucket.by_key:
                    bucket.by_key[node].reasons.add("a problem")
        self._failed = {str(defect.node): defect.message for defect in outcome.failed}
        # To ask for nodes of two classes takes long, and there are seldom any.
        kinds = Counter(quad.subject for quad in bucket.quads if quad.predicate == TYPE)
        if kinds and max(kinds.values()) > 1:
            for finding in consistency.run(replace(view.scope, inputs=inputs)):
                if finding.subject in bucket.by_key:
                    bucket.by_key[finding.subject].reasons.add("a problem")

    def told(self) -> dict[str, Any]:
        """Put it into what is sent back."""
        numbers: dict[int, int] = {}
        parts: list[Part] = []

        def number(part: Part) -> int:
            if id(part) not in numbers:
                numbers[id(part)] = len(parts)
                parts.append(part)
            return numbers[id(part)]

        for part in self._bucket.parts:
            if part.reasons:
                number(part)
        tokens = {token: (said, number(part)) for token, (said, part) in self._tokens.items()}
        opens = {name: str(part.keys[0]) for name, part in self._open.items()}
        return {
            "triples": len(self._bucket.quads),
            "counts": self._counts,
            "parts": [told(self._view, part) for part in parts],
            "open": opens,
            "steps": self._steps,
            "tokens": tokens,
            "named": sorted(self._named),
            "failed": self._failed,
        }
