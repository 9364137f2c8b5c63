"""The Python interface: a graph as one object, loaded from files."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date

from ..errors import InputError
from ..graph.opening import open_store
from ..graph.store import Store
from . import given
from .graphs_given import Graph, flattened, source
from .knowledge import KnowledgeGraph


def load(
    *data: Graph | Iterable[Graph],
    cached: bool = True,
    format: str | None = None,
    as_of: str | date | None = None,
) -> KnowledgeGraph:
    """Load a graph and derive its relations, or take both from the cache.

    Facts that use none of our ontology's classes are taken as they are, with a warning: SPARQL,
    `KnowledgeGraph.export` and `show` answer as of any RDF, and what needs our ontology and rules,
    such as `KnowledgeGraph.network`, is a VocabularyError.

    Args:
        data: Files, folders, URLs, the word ``bundled``, or ``-`` for standard input; texts, bytes
            and open files; graphs of rdflib and stores of pyoxigraph. Lists of them are several;
            without any, it is the bundled graph. A text is told from a path by looking like RDF.
        cached: Whether the cache is read and written (see `passex.graph.cache`). One that cannot be
            written is a warning.
        format: What a file is in whose extension names no format, a stream, a text or bytes:
            ``turtle`` (which these are without it), ``trig``, ``nt``, ``nquads``, ``rdfxml`` or
            ``jsonld``.
        as_of: A day, such as ``2026-02-01``: only what the articles up to then tell is in the
            graph, as `KnowledgeGraph.as_of` says.

    Returns:
        The graph. A large one from the cache cannot be written to through `Store.engine`.

    Raises:
        InputError: Something is not there, cannot be read, or holds no triples.
        QueryError: There is no such format or day, no article up to it, or something is no graph.
        VocabularyError: There is a day, and the facts use none of our ontology's classes.

    Example:
        >>> load()  # doctest: +ELLIPSIS
        <KnowledgeGraph: ... triples, ... files>
        >>> load(as_of="2018-12-31").as_of.note
        'As of 2018-12-31: 2 of 3 articles.'
        >>> ship = "<urn:a> a <https://w3id.org/passex/ontology#Ship> ."
        >>> load(ship).ask_query("ASK { <urn:a> a nr:Actor }")
        True
    """
    form = given.form(format)
    sources = [source(graph, form) for graph in flattened(data)]
    if data and not sources:
        raise InputError("an empty list", "give files, or nothing for the bundled graph")
    loaded = open_store(
        sources, bool(cached), _warn, form, plain=True, as_of=as_of, keep=_keep_columns
    )
    return KnowledgeGraph(loaded)


def _keep_columns(store: Store) -> None:
    if store.key:
        from ..network import columns  # of use to large graphs alone

        columns.keep(store)


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=4)
