"""A whole validation: files, shapes and checks in, one report out."""

from __future__ import annotations

from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from ..graph.sources import Source
from .inputs import Failure, Inputs, load
from .request import Request, sources

if TYPE_CHECKING:
    from .examine import Validation
    from .shacl.limits import Limit


def validate(request: Request, limit: Limit | None = None) -> Validation:
    """Validate a graph.

    Args:
        request: What is to be validated, and against what.
        limit: The time for all of it, if it has begun to run.

    Returns:
        The report, and what it rests on.

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
    Thread(target=_prepare, daemon=True).start()

    def read() -> tuple[Inputs, tuple[Failure, ...]]:
        data, shapes, ontology = (
            [Source(path, request.form) for path in paths] for paths in files.of_rdf
        )
        return load(data, shapes, ontology, files.texts)

    if limit is None and request.timeout is not None:
        from .shacl.limits import Limit

        limit = Limit(request.timeout)
    inputs, failures = read() if limit is None else limit.apart(read)
    from .examine import examine

    return examine(request, files, inputs, failures, limit)


def _prepare() -> None:
    """Import what is needed next, and then what is needed if there is a problem."""
    for name in (".examine", ".locate", ".hints"):
        import_module(name, __package__)
