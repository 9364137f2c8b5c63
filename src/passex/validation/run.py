"""Run a whole validation: files, shapes and checks in, one report out."""

from __future__ import annotations

import os.path
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ..graph.sources import Source
from .inputs import Failure, Inputs, load
from .request import Request, sources

if TYPE_CHECKING:
    from .reporting import Validation
    from .shacl.limits import Limit


#: To load so many bytes takes longer than all imports.
_LARGE: Final = 1 << 21


def validate(
    request: Request,
    limit: Limit | None = None,
    contents: Mapping[Path, bytes] = MappingProxyType({}),
    unapplied: Mapping[str, str] = MappingProxyType({}),
) -> Validation:
    """Validate a graph: give the report, and what it rests on.

    The limit is the time for all of it, if that has begun to run; the contents are those of files
    of data, by their resolved paths, where they are to be others than they are; what is unapplied
    is as of `examine.examine`.

    Raises:
        InputError: A file is not there, or its extension names no format.
        QueryError: A level is given for a rule that does not exist.
        TimeoutError: It took longer than the request allows.

    Example:
        >>> {problem.severity.value for problem in validate(Request()).report.problems}
        {'info'}
    """
    files = sources(request)
    # To import what comes next takes as long as to load a small graph, which leaves a processor
    # free for it.
    Thread(target=_prepare, args=[files.data], daemon=True).start()

    def read() -> tuple[Inputs, tuple[Failure, ...]]:
        forms = (request.form, request.shapes_form, request.ontology_form)
        data, shapes, ontology = (
            [Source(path, form, contents.get(Path(os.path.realpath(path)))) for path in paths]
            for paths, form in zip(files.of_rdf, forms, strict=True)
        )
        return load(data, shapes, ontology, files.texts, request.imports)

    if limit is None and request.timeout is not None:
        from .shacl.limits import Limit

        limit = Limit(request.timeout)
    inputs, failures = read() if limit is None else limit.apart(read)
    from .examine import examine

    return examine(request, files, inputs, failures, limit, unapplied)


def _prepare(data: Iterable[Path]) -> None:
    """Import what is needed next, and where there is time what is needed if there is a problem."""
    import_module(".examine", __package__)
    with suppress(OSError):
        if sum(path.stat().st_size for path in data) > _LARGE:
            import_module(".locate", __package__)
            import_module(".hints", __package__)


def validate_endpoint(url: str, request: Request) -> Validation:
    """Validate the facts on a SPARQL server, which are fetched: problems of them have no place.

    Raises:
        EndpointError: The server cannot be reached, refuses, or does not give the whole graph.
        QueryError: The request names files of data too.
        InputError, TimeoutError: As `validate`.
    """
    import tempfile

    from ..errors import QueryError
    from .shacl.limits import Limit

    if request.paths:
        raise QueryError("both PATHS and --endpoint say where the data are", "give one of them")
    limit = Limit(request.timeout)
    lines = limit.apart(lambda: _facts(url))
    with tempfile.TemporaryDirectory(prefix="passex-") as folder:
        path = Path(folder, "graph.nt")
        path.write_text("".join(lines), encoding="utf-8")
        done = validate(replace(request, paths=(str(path),)), limit)

    problems = tuple(
        replace(one, place=None) if one.place and one.place.file == path.as_posix() else one
        for one in done.report.problems
    )
    return replace(done, report=replace(done.report, problems=problems))


def _facts(url: str) -> list[str]:
    """Fetch the facts, as lines of N-Triples."""
    from ..graph.terms import GRAPH
    from ..query.remote import facts, layout
    from ..query.remote.client import Client

    with Client(url) as client:
        graph = client.graph
        if graph is None and layout.read_note(client, GRAPH) is not None:
            graph = GRAPH
        return facts.fetch(client, graph)
