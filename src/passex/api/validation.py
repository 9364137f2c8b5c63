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
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError
from ..reports import Options, write
from ..reports.text import lines, summary
from ..validation.messages import full_rule
from ..validation.request import Request
from ..validation.results import EngineName, Problem, Report, Severity
from ..validation.run import validate as run

if TYPE_CHECKING:
    import rdflib

#: A file, a folder or a URL; or a graph of rdflib or of pyoxigraph.
Graph: TypeAlias = "str | os.PathLike[str] | rdflib.Graph | ox.Store"
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
        QueryError: A level is given for a rule that does not exist.
        TimeoutError: It took too long.
        EngineError: pySHACL cannot work with a shape.

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
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="passex-")))
        given = [
            tuple(_path(one, folder) for one in _several(graphs))
            for graphs in (data, shapes, ontology)
        ]
        request = Request(
            paths=given[0],
            shapes=given[1],
            ontology=given[2],
            texts=None if texts is None else os.fspath(texts),
            engine=engine,
            timeout=timeout,
            jobs=jobs,
            levels={
                full_rule(rule): None if level is None else Severity(level)
                for rule, level in (levels or {}).items()
            },
            check_ontology=check_ontology,
            imports=imports,
        )
        done = run(request)
    problems = tuple(
        replace(one, place=None) if one.place and Path(one.place.file).parent == folder else one
        for one in done.report.problems
    )
    report = replace(done.report, problems=problems)
    return ValidationReport(report, Severity(fail_on), not done.unreadable)


def _several(graphs: Graph | Iterable[Graph]) -> Iterable[Any]:
    """Give one graph or several as several; a graph of rdflib can itself be gone through."""
    single = isinstance(graphs, str | os.PathLike | ox.Store) or hasattr(graphs, "serialize")
    return (graphs,) if single else graphs  # type: ignore[return-value]


def _path(graph: Any, folder: Path) -> str:
    """Give the path of a graph, which is written down if it isn't a file."""
    if isinstance(graph, str | os.PathLike):
        return os.fspath(graph)
    path = folder / f"{len(list(folder.iterdir()))}.nt"
    if isinstance(graph, ox.Store):
        with path.open("wb") as file:
            quads = (ox.Triple(q.subject, q.predicate, q.object) for q in graph)
            ox.serialize(quads, file, ox.RdfFormat.N_TRIPLES)
    elif hasattr(graph, "serialize"):
        graph.serialize(path, format="nt", encoding="utf-8")
    else:
        raise QueryError(
            f"{type(graph).__name__} is no graph", "give a path, or a graph of rdflib or pyoxigraph"
        )
    return str(path)
