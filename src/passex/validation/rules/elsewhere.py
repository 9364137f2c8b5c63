"""Nodes that the data name and files beside them describe: these have to be validated together."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...errors import InputError
from ...graph import dataset
from ...graph.nearest_terms import short
from ...graph.parsing import parse
from ...graph.sources import Source
from ...graph.terms import RDF, SCHEMA
from ..inputs import Inputs
from .model import Finding, Scope

_TYPE: Final = ox.NamedNode(RDF.type)
_ARTICLE: Final = ox.NamedNode(SCHEMA.NewsArticle)
#: So many files, and so many bytes of them, are looked into at most.
_FILES: Final = 100
_BYTES: Final = 20_000_000


def described(inputs: Inputs) -> dict[Path, frozenset[object]]:
    """Find the files beside the data that describe what these name, and what each describes.

    Looked into are the folders of the data; for what is left then those above them, and at last the
    graph that comes along. What has to stand in a file of the data (the quotes and claims of an
    article that is there) isn't looked for, and another version of such a file isn't looked at.
    """
    left, mute = _undescribed(inputs.graph)
    found = dict[Path, frozenset[object]]()
    typed = _typed(inputs.graph.quads_for_pattern(None, _TYPE, None))
    for paths in _rounds(inputs):
        if not left:
            break
        for path in paths:
            with contextlib.suppress(InputError, OSError):
                quads = list(parse(Source(path)))
                own = _typed(quads)
                again = own & typed
                version = _ARTICLE in {kind for _, kind in again} or 2 * len(again) > len(own)
                subjects = {node for node, _ in own} | mute.intersection(q.subject for q in quads)
                if (told := left & subjects) and not version:
                    found[path] = told
        left = left.difference(*found.values())
    return found


def run(scope: Scope) -> Iterator[Finding]:
    """Find out whether files beside the data describe what these name."""
    if subjects := described(scope.inputs):
        yield finding(scope.inputs, subjects)


def finding(inputs: Inputs, subjects: Mapping[Path, frozenset[object]]) -> Finding:
    """Name the files that describe what the data name, as few as have it all.

    Args:
        inputs: The data.
        subjects: What `described` gave, and that is something.
    """
    elsewhere = set[object]().union(*subjects.values())
    files: list[Path] = []
    left = set(elsewhere)
    while left:
        best = max(subjects, key=lambda path: len(subjects[path] & left))
        files.append(best)
        left -= subjects[best]
    named = (q for q in inputs.graph if q.object in elsewhere or q.subject in elsewhere)
    first = min(named, key=lambda quad: (quad.object not in elsewhere, str(quad)))
    node = first.object if first.object in elsewhere else first.subject
    assert isinstance(node, ox.NamedNode)
    name = short(node.value)
    message = f"Another file describes {name}, so the shapes cannot judge it."
    if len(elsewhere) > 1:
        number = len(elsewhere) - 1
        message = f"Other files describe {name} and {number} more, so the shapes cannot judge them."
    own = " ".join(document.name for document in inputs.data)
    hint = f"validate the files together: passex validate {own} {' '.join(_names(files))}"
    return Finding.of(first, "described-elsewhere", message, hint)


def _undescribed(graph: ox.Store) -> tuple[frozenset[object], frozenset[object]]:
    """List the IRIs that have no class here, and may have one elsewhere; and the mute among them.

    Of a mute one nothing is said. Of another a later article says what is new of it.
    """
    rows = graph.query(
        "SELECT DISTINCT ?o (EXISTS { ?o ?q ?r } AS ?told) { "
        "{ ?s ?p ?o } UNION { ?o ?p ?s } FILTER(isIRI(?o)) FILTER NOT EXISTS { ?o a ?class } }"
    )
    assert isinstance(rows, ox.QuerySolutions)
    articles = {q.subject for q in graph.quads_for_pattern(None, _TYPE, _ARTICLE)}
    own = {node.value for node in articles if isinstance(node, ox.NamedNode)}
    found = {
        row["o"]: row["told"].value == "true"
        for row in rows
        if row["o"].value.partition("#")[0] not in own
    }
    return frozenset(found), frozenset(node for node, told in found.items() if not told)


def _typed(quads: Iterable[ox.Quad]) -> set[tuple[object, object]]:
    """List the nodes that have a class, each with it."""
    return {(quad.subject, quad.object) for quad in quads if quad.predicate == _TYPE}


def _rounds(inputs: Inputs) -> Iterator[Iterator[Path]]:
    """List files of RDF: beside the data, in the folders above, and those that come along."""
    own = {document.source.path.resolve() for document in inputs.data}
    beside = dict.fromkeys(path.parent for path in own)
    # What is no file, such as a text, lies in a folder of its own among files of anybody.
    anybody = Path(tempfile.gettempdir()).resolve()
    above = dict.fromkeys(folder.parent for folder in beside if folder.parent != anybody)
    seen, size = set(own), 0

    def new(paths: Iterable[Path]) -> Iterator[Path]:
        nonlocal size
        for path in paths:
            if not dataset.ending(path) or not path.is_file() or path.resolve() in seen:
                continue
            seen.add(path.resolve())
            size += path.stat().st_size
            if len(seen) - len(own) > _FILES or size > _BYTES:
                return
            yield path

    for folders in (beside, above):
        yield new(path for folder in folders for path in sorted(folder.glob("*")))
    yield new(dataset.data_files())


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
