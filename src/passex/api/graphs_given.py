"""Graphs that a person gives in Python: paths, texts, bytes, streams, and graphs of libraries."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph as ox

from ..errors import InputError, QueryError
from ..graph.sources import Source
from ..text.places import Place

if TYPE_CHECKING:
    import rdflib

#: A path, a URL, a text of Turtle, bytes, an open file; or a graph of rdflib or of pyoxigraph.
Graph: TypeAlias = (
    "str | os.PathLike[str] | bytes | IO[str] | IO[bytes] | rdflib.Graph | ox.Store | ox.Dataset"
)
#: What no path looks like: several lines, or what RDF begins or ends with beside a space; or in the
#: brackets of JSON-LD or of an IRI.
_TEXT: Final = re.compile(
    r"\s*[@<{\[#].*\s.*|.*\s.*[.}\]]\s*|\s*(?:[{\[].*[}\]]|<.*>.*)\s*", re.DOTALL
)


def flattened(given: Iterable[Any]) -> Iterator[Any]:
    """Go through graphs that are given one by one, or several in a list, tuple or set."""
    for one in given:
        if isinstance(one, list | tuple | set | frozenset):
            yield from flattened(one)
        else:
            yield one


def source(graph: Any, form: str | None = None) -> str | os.PathLike[str] | Source:
    """Make of a graph what `passex.graph.sources.sources` takes: a path, or a source.

    Args:
        graph: A `Graph`. A text is Turtle if it has several lines, or looks as Turtle does and is
            no file; a path else.
        form: The format of a text, of bytes, or of a file whose name tells none; Turtle without it.

    Raises:
        InputError: A file that cannot be read.
        QueryError: It is no graph, or there is no such format.

    Example:
        >>> source("graph"), source("<urn:a> <urn:b> 1 .").path.name
        ('graph', 'text')
    """
    if isinstance(graph, str):
        return Source(Path("text"), form, _encoded(graph)) if is_text(graph) else graph
    if isinstance(graph, os.PathLike):
        return Path(graph)
    if isinstance(graph, bytes | bytearray | memoryview):
        return Source(Path("bytes"), form, bytes(graph))
    if callable(getattr(graph, "read", None)):
        return _read(graph, form)
    if isinstance(graph, ox.Store | ox.Dataset):
        return Source(Path("pyoxigraph"), "nquads", _quads(graph))
    if callable(getattr(graph, "serialize", None)) and hasattr(graph, "quads"):
        return Source(Path("rdflib"), "nquads", _serialized(graph, "nquads"))
    if callable(getattr(graph, "serialize", None)) and hasattr(graph, "triples"):
        return Source(Path("rdflib"), "nt", _serialized(graph, "nt"))
    raise QueryError(
        f"{type(graph).__name__} is no graph",
        "give a path, a text, bytes, an open file, or a graph of rdflib or pyoxigraph",
    )


def is_text(given: str) -> bool:
    r"""Tell a text of RDF from a path.

    Example:
        >>> is_text("<urn:a> <urn:b> 1 ."), is_text("my facts.ttl"), is_text("a\nb")
        (True, False, True)
    """
    if "\n" in given or "\r" in given:
        return True
    return _TEXT.fullmatch(given) is not None and not os.path.lexists(given)


def _encoded(text: str) -> bytes:
    # What is no character is for the reader to complain of.
    return text.encode(errors="surrogatepass")


def _read(stream: Any, form: str | None) -> Source:
    name = getattr(stream, "name", None)
    path = Path(name) if isinstance(name, str) and name else Path("stream")
    try:
        content = stream.read()
    except (OSError, ValueError) as error:
        raise InputError(
            f"cannot be read ({error})", "give an open file", Place(path.as_posix())
        ) from error
    if isinstance(content, str):
        content = _encoded(content)
    if not isinstance(content, bytes):
        raise QueryError(f"{type(stream).__name__} is no stream of text or bytes", "open a file")
    return Source(path, form, content)


def _quads(graph: ox.Store | ox.Dataset) -> bytes:
    return ox.serialize(graph, format=ox.RdfFormat.N_QUADS) or b""


def _serialized(graph: Any, form: str) -> bytes:
    try:
        return graph.serialize(format=form, encoding="utf-8")  # type: ignore[no-any-return]
    except Exception as error:
        # Of whatever class: rdflib holds terms that no format has.
        raise InputError(
            f"rdflib cannot write its graph ({error})", "correct it there", Place("rdflib")
        ) from error
