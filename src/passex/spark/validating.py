"""Validation of a graph on a cluster: parts that are in order are judged there, the rest here.

Buckets are judged by executors, each with what all share. What comes back are the parts with a
problem, and those that have to be seen with others; these and what is shared are then validated
here, as any files are, so that problems are said in the same words and at the same places.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from ..errors import InputError, QueryError
from ..graph import dataset
from ..graph.sources import Source
from ..graph.terms import NR, NRS
from ..validation import run
from ..validation.inputs import load
from ..validation.reporting import Validation
from ..validation.request import Request, sources
from ..validation.shacl import read_shapes
from ..validation.shacl.looking import walk
from ..validation.shacl.walks import Back, named
from . import judging, locations, session
from .called import Files
from .found import Found
from .ground import File, Ground, packed
from .grouping import Grouping
from .installed import checked
from .lines import goes_by
from .sharing import sent

#: By these, one event or plan leads to another.
_LINKING: Final = (NR.realisedBy, NR.follows, NR.produced, NR.hasSetting, NR.concerns)
#: So many exercises are judged together: to ask each shape takes its time, whatever there is.
SIZE: Final = 1000
_TWICE: Final = f"<{NRS.OneThingTwice}>"
_HERE: Final = "validate with them on one machine, without --engine spark"


def validate(url: str, data: Sequence[str], request: Request) -> Validation:
    """Validate a graph on a cluster.

    Args:
        url: Of Spark Connect, such as ``sc://localhost:15002``.
        data: As `locations.find` takes it.
        request: Shapes, ontology and levels; it names no data.

    Returns:
        What `validation.run.validate` gives for the same files, but for what is of no use beyond
        the report: the inputs are those that were looked at here, and edits of cures count from
        the beginning of these.

    Raises:
        InputError: A file of shapes or of the ontology cannot be read.
        QueryError: The shapes have rules.
        PassexError: As `session.connect`, `locations.find` and `Grouping` say, and as
            `validation.run.validate` does.
    """
    with session.connect(url) as spark:
        urls = locations.find(spark, data)
        judges = _Judges.read(request, len(urls))
        with (
            Grouping(spark, urls, linking=_LINKING, derived=True, size=SIZE) as grouping,
            tempfile.TemporaryDirectory(prefix="passex-") as folder,
        ):
            files = Files(spark, urls, data, Path(folder))
            return _Run(grouping, files, request, judges).validate()


@dataclass(frozen=True)
class _Judges:
    """The shapes, the ontology, and what the shapes look at.

    Attributes:
        shapes: The files of shapes.
        ontology: The files of the ontology.
        steps: The steps backwards of shapes, each with the shape.
        unapplied: The shapes of which it cannot be told what they look at, and why.
    """

    shapes: tuple[File, ...]
    ontology: tuple[File, ...]
    steps: frozenset[tuple[Back, str]]
    unapplied: Mapping[str, str]

    @classmethod
    def read(cls, request: Request, number: int) -> _Judges:
        """Read them, for so many files of data."""
        found = sources(replace(request, paths=(dataset.BUNDLED,)))
        shapes, ontology = (
            tuple(_file(path, form) for path in paths)
            for paths, form in (
                (found.shapes, request.shapes_form),
                (found.ontology, request.ontology_form),
            )
        )
        none = [Source(Path("data.nt"), "nt", b"")] * number
        inputs, failures = load(none, [f.source() for f in shapes], [f.source() for f in ontology])
        for failure in failures:
            error = failure.error
            raise InputError(error.message, error.hint, failure.place)
        read = read_shapes(inputs.shapes_graph, inputs.shapes)
        if read.ruled:
            message = "shapes with rules, which may take from anywhere what they infer"
            raise QueryError(f"{message}, are not for a graph on a cluster", _HERE)
        steps: set[tuple[Back, str]] = set()
        unapplied: dict[str, str] = {}
        for node, shape in read.shapes.items():
            if shape.deactivated or not (shape.targets or shape.foreign):
                continue
            walked = walk(read.shapes, shape)
            # That is told by classes: see `Opened.things`.
            if str(node) == _TWICE and request.ours:
                continue
            if walked.reason:
                unapplied[str(node)] = f"It {walked.reason}."
            elif NR.inContingent in walked.counted:
                unapplied[str(node)] = "It counts the contingents that an actor is in."
            else:
                steps |= {(step, str(node)) for step in walked.back}
        return cls(shapes, ontology, frozenset(steps), unapplied)


def _file(path: Path, form: str | None) -> File:
    source = Source(path, form)
    with source.open() as opened:
        return File(source.name, form or "turtle", opened.read())


class _Run:
    def __init__(self, grouping: Grouping, files: Files, request: Request, judges: _Judges) -> None:
        self._grouping = grouping
        self._files = files
        self._request = request
        self._unapplied = {**judges.unapplied}
        said, _ = grouping.shared()
        self._lines = [line for line in said.to_pylist() if line]
        self._quads = list(ox.parse("\n".join(self._lines), ox.RdfFormat.N_TRIPLES))
        objects = {str(q.object) for q in self._quads if isinstance(q.object, ox.NamedNode)}
        near = grouping.within(objects).keys() | grouping.in_several()
        both = near & {str(goes_by(quad)) for quad in self._quads}
        shared = sent(packed(self._lines), len(self._lines))
        self._ground = Ground(
            len(files.paths), judges.shapes, judges.ontology, shared,
            frozenset(near - both), frozenset(both), judges.steps, frozenset(self._unapplied),
            request.ours,
        )  # fmt: skip

    def validate(self) -> Validation:
        """Judge the buckets there, and validate here what is shared, with the other parts."""
        found = Found()
        for row in self._each(judging.judging(self._ground)):
            found.add(row)
        for shape, reason in found.failed.items():
            self._unapplied[shape] = f"{reason}."
        over = {name for name, number in found.steps.items() if number > judging.MOST}
        for step, shape in self._ground.steps:
            if step.predicate in over:
                what, number = named([step]), found.steps[step.predicate]
                self._unapplied[shape] = (
                    f"It looks back along {what} at {number:,} exercises and events."
                )
        chosen = self._chosen(found, {f"^{name}" for name in over})
        shared = {str(goes_by(quad)) for quad in self._quads}
        while True:
            own = {node for number in chosen for node in found.parts[number]["keys"]}
            contents = self._files.extracts(shared | own)
            request = replace(self._request, paths=tuple(map(str, self._files.paths)))
            done = run.validate(request, contents=contents, unapplied=self._unapplied)
            more = self._missing(found, done) - chosen
            if not more:
                return self._counted(done, found, chosen)
            chosen |= more

    def _each(
        self, work: judging.Work, buckets: Iterable[int] | None = None
    ) -> Iterator[dict[str, Any]]:
        frame = self._grouping.buckets(every=True)
        if buckets is not None:
            frame = frame.filter(frame["bucket"].isin(*buckets))
        rows = frame.groupBy("bucket").applyInArrow(checked(work), judging.FOUND).toArrow()
        for row in rows.column("found"):
            yield judging.unpacked(row.as_py())

    def _chosen(self, found: Found, over: set[str]) -> set[int]:
        """Choose the parts that are validated here."""
        chosen = {number for number, part in enumerate(found.parts) if {*part["reasons"]} - over}
        chosen |= {part for _, part in found.tokens.values()}
        # What one bucket names, and another one has.
        within = self._grouping.within(f"<{node}>" for node in found.open)
        nodes = {*within}.union(*(found.open[node[1:-1]] for node in within))
        return chosen | self._taken(found, nodes)

    def _taken(self, found: Found, nodes: set[str]) -> set[int]:
        """Fetch the parts that have some nodes."""
        known = {node: number for number, part in enumerate(found.parts) for node in part["keys"]}
        rest = self._grouping.within(nodes)
        buckets = {one for several in rest.values() for one in several}
        taken = {known[node] for node in nodes & known.keys()}
        if not buckets:
            return taken
        return taken | self._added(found, judging.taking(self._ground, frozenset(nodes)), buckets)

    def _added(
        self, found: Found, work: judging.Work, buckets: Iterable[int] | None = None
    ) -> set[int]:
        """Add the parts that some work names, but for those that are there."""
        have = {frozenset(part["keys"]): number for number, part in enumerate(found.parts)}
        added: set[int] = set()
        for row in self._each(work, buckets):
            for part in row["parts"]:
                keys = frozenset(part["keys"])
                if keys not in have:
                    have[keys] = len(found.parts)
                    found.parts.append(part)
                added.add(have[keys])
        return added

    def _missing(self, found: Found, done: Validation) -> set[int]:
        """Find the parts that may take a result away, since something of them leads to its node."""
        if done.outcome is None:
            return set()
        focus = {str(result.focus) for result in done.outcome.results}
        naming = {(name, node) for name, node in found.named if node in focus}
        found.named -= naming
        if not naming:
            return set()
        return self._added(found, judging.taking(self._ground, frozenset(), frozenset(naming)))

    def _counted(self, done: Validation, found: Found, chosen: Iterable[int]) -> Validation:
        """Count what was looked at in all, and call files of the cluster as it does."""
        report, counts, triples = done.report, found.counts.copy(), found.triples
        for number in chosen:
            counts.subtract(found.parts[number]["counts"])
            triples -= found.parts[number]["triples"]
        applied = {str(node) for node in done.outcome.focus_counts} if done.outcome else set()
        focus = sum(number for shape, number in counts.items() if shape in applied)
        report = replace(
            report,
            triples=report.triples + triples,
            focus_nodes=report.focus_nodes + focus,
            problems=tuple(map(self._files.called, report.problems)),
        )
        return replace(done, report=report)
