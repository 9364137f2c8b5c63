"""The Python interface: a graph as one object, loaded from files."""

from __future__ import annotations

import os
import warnings
from datetime import date

from ..graph.opening import open_store
from .knowledge import KnowledgeGraph


def load(
    *data: str | os.PathLike[str],
    cached: bool = True,
    format: str | None = None,
    as_of: str | date | None = None,
) -> KnowledgeGraph:
    """Load a graph and derive its relations, or take both from the cache.

    Args:
        data: Files, folders, the word ``bundled``, or ``-`` for standard input; without any, the
            bundled graph.
        cached: Whether the cache is read and written (see `passex.graph.cache`). One that cannot be
            written is a warning.
        format: What a file is in whose extension names no format, or a stream: ``turtle`` (which
            is what a stream is without it), ``trig``, ``nt``, ``nquads``, ``rdfxml`` or ``jsonld``.
        as_of: A day, such as ``2026-02-01``: only what the articles up to then tell is in the
            graph, as `KnowledgeGraph.as_of` says.

    Returns:
        The graph. A large one from the cache cannot be written to through `Store.engine`.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format, no such day, or no article up to it.
        VocabularyError: The facts use none of our ontology's classes.

    Example:
        >>> load()  # doctest: +ELLIPSIS
        <KnowledgeGraph: ... triples, ... files>
        >>> load(as_of="2018-12-31").as_of.note
        'As of 2018-12-31: 2 of 3 articles.'
    """
    return KnowledgeGraph(open_store(data, cached, warnings.warn, format, as_of=as_of))
