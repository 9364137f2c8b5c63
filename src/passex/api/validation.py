"""Validation from Python: the problems of a graph with their places, as `passex validate` has them.

Example:
    >>> import passex
    >>> report = passex.validate("graph")
    >>> report.conforms
    True
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

from ..errors import QueryError
from ..graph.sources import Source
from ..reports import Options, write
from ..reports.text import lines, summary
from ..validation.messages import full_rule
from ..validation.request import Request
from ..validation.results import EngineName, Problem, Report, Severity
from ..validation.run import validate as run
from . import given
from .graphs_given import Graph, flattened, source

Level: TypeAlias = Literal["info", "warning", "violation"]


@dataclass(frozen=True, repr=False)
class ValidationReport:
    """What a validation found.

    Attributes:
        report: The report, with the rules that were applied, the W3C results and the counts.
        fail_on: The mildest severity that is not conforming.
        checked: Whether the shapes were applied; they aren't where a file cannot be read.

    Example:
        >>> import passex
        >>> report = passex.validate("docs/examples/misspelt.ttl")
        >>> [(problem.place.line, problem.path) for problem in report.problems][0]
        (5, 'rdf:type')
    """

    report: Report
    fail_on: Severity = Severity.VIOLATION
    checked: bool = True

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems, sorted by file, line and column."""
        return self.report.problems

    @property
    def failing(self) -> tuple[Problem, ...]:
        """The problems that are as grave as `fail_on`."""
        return tuple(problem for problem in self.problems if problem.severity >= self.fail_on)

    @property
    def conforms(self) -> bool:
        """Whether all was checked and no problem is as grave as `fail_on`."""
        return self.checked and not self.failing

    def __repr__(self) -> str:
        """Write one line: the first problem that fails, if one does, with its place.

        This is what pytest shows of it in ``assert report.conforms, report``.
        """
        if not self.failing:
            return f"<ValidationReport: {summary(self.report)}>"
        more = f" (and {len(self.failing) - 1} more)" * (len(self.failing) > 1)
        return f"<ValidationReport: {next(lines(self.failing[0]))}{more}>"

    def __iter__(self) -> Iterator[Problem]:
        """Go through the problems."""
        return iter(self.problems)

    def write(self, form: str = "text") -> str:
        """Write the report.

        Args:
            form: One of `passex.reports.FORMATS`, such as ``sarif`` or ``turtle``.

        Raises:
            QueryError: There is no such form.
        """
        from ..reports import FORMATS

        if form not in FORMATS:
            raise QueryError(f"'{form}' is no report", f"give one of {', '.join(FORMATS)}")
        return "".join(
            write(form, self.report, Options(Path.cwd().as_posix(), False, self.fail_on))
        )

    def __str__(self) -> str:
        """Write the report for people, as the command prints it."""
        return self.write()


def validate(
    data: Graph | Iterable[Graph] = (),
    shapes: Graph | Iterable[Graph] = (),
    ontology: Graph | Iterable[Graph] = (),
    *,
    texts: str | os.PathLike[str] | None = None,
    fail_on: Level = "violation",
    levels: Mapping[str, Level | None] | None = None,
    engine: EngineName = "fast",
    timeout: float | None = None,
    jobs: int | None = None,
    check_ontology: bool = False,
    imports: bool = False,
) -> ValidationReport:
    """Validate a graph against shapes, as ``passex validate`` does.

    Args:
        data: What is checked; nothing means the graph that comes along.
        shapes: The shapes; nothing means the ones that come along.
        ontology: The ontology, which is mixed into the data.
        texts: The folder of the articles' texts, if evidence is to be checked.
        fail_on: The mildest severity with which the data do not conform.
        levels: Rules or groups of rules with another severity; None switches them off.
        engine: ``fast``, or ``pyshacl`` for pySHACL alone.
        timeout: The seconds that it may take; None for as long as it takes.
        jobs: How many shapes are applied at a time; None for as many as there are processors.
        check_ontology: Whether the ontology is judged too.
        imports: Whether files that ``owl:imports`` names are read.

    Returns:
        The report. Problems in a graph that isn't a file have no place.

    Raises:
        InputError: Something is not there, or has no format that is known.
        QueryError: There is no such engine, or a level is given for a rule that does not exist.
        TimeoutError: It took too long.

    Example:
        >>> import rdflib
        >>> shapes = rdflib.Graph().parse(format="turtle", data='''
        ...     @prefix sh: <http://www.w3.org/ns/shacl#> .
        ...     <urn:S> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property [
        ...         sh:path <urn:p> ; sh:minCount 1 ] .''')
        >>> data = rdflib.Graph().parse(format="turtle", data="<urn:b> <urn:p> 1 .")
        >>> print(*(problem.message for problem in validate(data, shapes)))
        less than 1 value for `<urn:p>`
    """
    severity = _severity(fail_on)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passex-")))
        files = [
            tuple(_path(one, folder) for one in flattened((graphs,)))
            for graphs in (data, shapes, ontology)
        ]
        request = Request(
            paths=files[0],
            shapes=files[1],
            ontology=files[2],
            texts=None if texts is None else os.fspath(given.path(texts)),
            engine=cast("EngineName", given.one_of(engine, get_args(EngineName), "engine")),
            timeout=None if timeout is None else given.seconds(timeout),
            jobs=None if jobs is None else given.number(jobs, "number of jobs", 1),
            levels=_levels(levels or {}),
            check_ontology=check_ontology,
            imports=imports,
        )
        done = run(request)
    problems = tuple(
        replace(one, place=None) if one.place and Path(one.place.file).parent == folder else one
        for one in done.report.problems
    )
    report = replace(done.report, problems=problems)
    return ValidationReport(report, severity, not done.unreadable)


def _severity(level: object) -> Severity:
    """Read a severity; a QueryError says which ones there are."""
    known = [one.value for one in Severity]
    if level not in known:
        raise QueryError(f"'{level}' is no severity", f"use one of {', '.join(map(str, known))}")
    return Severity(level)


def _levels(levels: object) -> dict[str, Severity | None]:
    if not isinstance(levels, Mapping):
        raise QueryError(f"'{levels}' gives rules no levels", "give a dictionary")
    return {
        full_rule(given.text(rule, "a rule", "give its name")): None
        if level is None
        else _severity(level)
        for rule, level in levels.items()
    }


def _path(graph: Graph, folder: Path) -> str:
    """Give the path of a graph, which is written down if it isn't a file."""
    found = source(graph)
    if not isinstance(found, Source):
        return os.fspath(found)
    path = folder / f"{len(list(folder.iterdir()))}{found.extension}"
    with found.open() as file:
        path.write_bytes(file.read())
    return str(path)
