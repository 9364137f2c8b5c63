"""Nodes that the data name and files beside them describe: these have to be validated together."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...errors import InputError
from ...graph import dataset
from ...graph.nearest_terms import short
from ...graph.reading import parse
from ...graph.sources import Source
from ..inputs import Inputs
from .model import Finding, Scope

#: So many files, and so many bytes of them, are looked into at most.
_FILES: Final = 100
_BYTES: Final = 20_000_000


def run(scope: Scope) -> Iterator[Finding]:
    """Find out whether files beside the data describe what these name.

    Looked into are the folders of the data, those above them and the graph that comes along. There
    is one finding at most, which names the files.
    """
    unknown = _undescribed(scope.inputs.graph)
    subjects: dict[Path, frozenset[object]] = {}
    for path in _beside(scope.inputs) if unknown else ():
        with contextlib.suppress(InputError, OSError):
            subjects[path] = unknown.intersection(q.subject for q in parse(Source(path)))
    elsewhere = set[object]().union(*subjects.values())
    if not elsewhere:
        return
    files: list[Path] = []
    left = set(elsewhere)
    while left:
        best = max(subjects, key=lambda path: len(subjects[path] & left))
        files.append(best)
        left -= subjects[best]
    first = min((quad for quad in scope.inputs.graph if quad.object in elsewhere), key=str)
    assert isinstance(first.object, ox.NamedNode)
    name = short(first.object.value)
    message = f"Another file describes {name}, so the shapes cannot judge."
    if len(elsewhere) > 1:
        number = len(elsewhere)
        message = f"Other files describe {name} and {number - 1} more, so the shapes cannot judge."
    own = " ".join(document.name for document in scope.inputs.data)
    hint = f"validate the files together: passex validate {own} {' '.join(_names(files))}"
    yield Finding.of(first, "described-elsewhere", message, hint)


def _undescribed(graph: ox.Store) -> frozenset[object]:
    """List the IRIs that are values and of which nothing is said."""
    rows = graph.query(
        "SELECT DISTINCT ?o { ?s ?p ?o FILTER(isIRI(?o)) FILTER NOT EXISTS { ?o ?q ?r } }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    return frozenset(row["o"] for row in rows)


def _beside(inputs: Inputs) -> Iterator[Path]:
    """List the files of RDF near the data, and those that come along, without the data."""
    own = [document.source.path.resolve() for document in inputs.data]
    folders = dict.fromkeys(above for path in own for above in (path.parent, path.parent.parent))
    near = (path for folder in folders for path in sorted(folder.glob("*")) if path.is_file())
    listed = dict.fromkeys((*near, *dataset.data_files()))
    wanted = (path for path in listed if dataset.ending(path) and path.resolve() not in own)
    read = 0
    for path in islice(wanted, _FILES):
        read += path.stat().st_size
        if read > _BYTES:
            return
        yield path


def _names(files: list[Path]) -> list[str]:
    """Name files from the current folder; those that come along elsewhere by the word for them."""
    here, graph = Path.cwd(), dataset.root() / "graph"
    return list(
        dict.fromkeys(
            path.relative_to(here).as_posix()
            if path.is_relative_to(here)
            else dataset.BUNDLED
            if path.is_relative_to(graph)
            else path.as_posix()
            for path in files
        )
    )
