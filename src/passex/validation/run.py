"""Run a whole validation: files, shapes and checks in, one report out."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from ..graph.sources import Source
from .inputs import load
from .request import Request, sources

if TYPE_CHECKING:
    from .examine import Validation
    from .problems import Problem


def validate(request: Request) -> Validation:
    """Validate a graph.

    Args:
        request: What is to be validated, and against what.

    Returns:
        The report, and what it rests on.

    Raises:
        InputError: A file is not there, or its extension names no format.
        QueryError: A level is given for a rule that does not exist.
        TimeoutError: The shapes took longer than the request allows.

    Example:
        >>> {problem.severity.value for problem in validate(Request()).report.problems}
        {'info'}
    """
    files = sources(request)
    data, shapes, ontology = (
        [Source(path, request.form) for path in paths] for paths in files.of_rdf
    )
    # To import what comes next takes as long as to load a small graph, which leaves a processor
    # free for it.
    Thread(target=_prepare, daemon=True).start()
    inputs, failures = load(data, shapes, ontology, files.texts)
    from .examine import examine

    return examine(request, files, inputs, failures)


def _prepare() -> None:
    """Import what is needed next, and then what is needed if there is a problem."""
    for name in (".examine", ".locate", ".hints"):
        import_module(name, __package__)


def validate_endpoint(url: str, request: Request) -> Validation:
    """Validate the facts on a SPARQL server, which are fetched.

    Args:
        url: The URL of the endpoint, as `passex.connect` takes it.
        request: What else is asked; it names no files of data.

    Returns:
        What `validate` returns; problems of the data have no place.

    Raises:
        EndpointError: The server cannot be reached, refuses, or does not give the whole graph.
        QueryError: The request names files of data too.
        InputError: As `validate`.
    """
    import tempfile

    from ..errors import QueryError
    from ..graph.terms import GRAPH
    from ..query import remote
    from ..query.remote.client import Client

    if request.paths:
        raise QueryError("both PATHS and --endpoint say where the data are", "give one of them")
    with Client(url) as client:
        graph = client.graph
        if graph is None and remote.layout.read(client, GRAPH) is not None:
            graph = GRAPH
        lines = remote.facts(client, graph)
    with tempfile.TemporaryDirectory(prefix="passex-") as folder:
        path = Path(folder, "graph.nt")
        path.write_text("".join(lines), encoding="utf-8")
        done = validate(replace(request, paths=(str(path),)))

    def placeless(problem: Problem) -> Problem:
        there = problem.place is not None and problem.place.file == path.as_posix()
        return replace(problem, place=None) if there else problem

    problems = tuple(map(placeless, done.report.problems))
    return replace(done, report=replace(done.report, problems=problems))
