"""Validation of a graph on a SPARQL server: its facts are fetched, and have no place in a file."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from ..errors import QueryError
from ..graph.terms import GRAPH
from ..query.remote import facts, layout
from ..query.remote.client import Client
from .examine import Validation
from .problems import Problem
from .request import Request
from .run import validate
from .shacl.limits import Limit


def validate_endpoint(url: str, request: Request) -> Validation:
    """Validate the facts on a server.

    Args:
        url: The URL of the endpoint, as `passex.connect` takes it.
        request: What else is asked; it names no files of data.

    Returns:
        What `validate` returns; problems of the data have no place.

    Raises:
        EndpointError: The server cannot be reached, refuses, or does not give the whole graph.
        QueryError: The request names files of data too.
        InputError: As `validate`.
        TimeoutError: As `validate`.
    """
    if request.paths:
        raise QueryError("both PATHS and --endpoint say where the data are", "give one of them")
    limit = Limit(request.timeout)
    lines = limit.apart(lambda: _facts(url))
    with tempfile.TemporaryDirectory(prefix="passex-") as folder:
        path = Path(folder, "graph.nt")
        path.write_text("".join(lines), encoding="utf-8")
        done = validate(replace(request, paths=(str(path),)), limit)
        problems = tuple(_placeless(problem, path.as_posix()) for problem in done.report.problems)
        return replace(done, report=replace(done.report, problems=problems))


def _facts(url: str) -> list[str]:
    """Fetch the facts, as lines of N-Triples."""
    with Client(url) as client:
        graph = client.graph
        if graph is None and layout.read_note(client, GRAPH) is not None:
            graph = GRAPH
        return facts.fetch(client, graph)


def _placeless(problem: Problem, file: str) -> Problem:
    there = problem.place is not None and problem.place.file == file
    return replace(problem, place=None) if there else problem
