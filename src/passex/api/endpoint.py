"""A graph on a SPARQL 1.1 server, for Python."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..graph import labelling
from ..graph.store import Store
from ..query.endpoint import Endpoint
from ..query.remote import opening
from ..query.remote.client import Client
from . import given, queries
from .knowledge import KnowledgeGraph


def connect(url: str, cached: bool = True, timeout: float | None = None) -> KnowledgeGraph:
    """Open a graph on a SPARQL 1.1 server.

    `KnowledgeGraph.query` sends the query there, whosesoever data they are, and nothing else is
    fetched. All else reads the graph first, and gives what it gives on files.

    Args:
        url: The URL of the endpoint. With ``default-graph-uri`` in its query, that graph is read;
            else the one that ``passex push`` writes, or the default graph where it is not there.
        cached: Whether what was fetched is kept, and read from there as long as it is the same.
        timeout: Seconds in which something has to come; without it PASSEX_TIMEOUT, or 60.

    Returns:
        The graph. Its methods raise EndpointError where the server does not give what they need,
        and all but `query` VocabularyError where it has nothing of our ontology.

    Raises:
        EndpointError: The server cannot be reached, refuses, or is no endpoint.
    """
    address = given.text(url, "the URL of a server", "give that of its SPARQL endpoint")
    return _Connected(address, cached, None if timeout is None else given.seconds(timeout))


class _Connected(KnowledgeGraph):
    """A graph whose store is fetched when something needs it."""

    def __init__(self, url: str, cached: bool, timeout: float | None) -> None:
        self._url = url
        self._cached = cached
        self._timeout = timeout
        self._fetched: Store | None = None
        with Client(url, timeout) as client:
            self._where = client.where
            self._graph = Endpoint(client).graph

    def __repr__(self) -> str:
        return f"<KnowledgeGraph: {self._where}>"

    @property
    def store(self) -> Store:
        """The graph, fetched when this is read first."""
        if self._fetched is None:
            self._fetched = opening.open_store(
                self._url, self._cached, warnings.warn, self._timeout
            )
        return self._fetched

    def _asked(self) -> queries.Asked:
        return queries.Asked(self._target, self._called, self._url, self._cached)

    @contextmanager
    def _target(self) -> Iterator[Endpoint]:
        with Client(self._url, self._timeout) as client:
            yield Endpoint(client, self._graph)

    def _called(self, nodes: set[str]) -> Mapping[str, str]:
        with Client(self._url, self._timeout) as client:
            return labelling.labels(Endpoint(client, self._graph).described(nodes), nodes)
