"""Putting a graph on a server: all of it, or nothing.

Batches go into graphs of their own beside the target. When what the server then holds was read back
and compared, one SPARQL update moves them to their places; so whoever asks meanwhile, or after a
push that was killed, finds the graph that was there before. A server without updates gets each
graph in one request: each is replaced whole, one after the other, the note of what is there last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ...errors import EndpointError
from ...graph import cache_keys
from ...graph.store import Store
from ...graph.terms import GRAPH, WORKINGS
from . import fetching, layout, services
from .addresses import iri
from .client import Client
from .fetching import Progress
from .layout import Note
from .wholeness import Digest, named

#: In triples.
BATCH: Final = 20_000
_N_TRIPLES: Final = "application/n-triples"
_UPDATE: Final = "application/sparql-update"


def push(
    store: Store,
    url: str,
    graph: str | None = None,
    graphs: str | None = None,
    update: str | None = None,
    timeout: float | None = None,
    progress: Progress = lambda sent: None,
) -> tuple[Note, bool]:
    """Put a graph on a server.

    Args:
        store: A store with its derived triples.
        url: The URL of the endpoint.
        graph: The IRI of the graph there; `GRAPH` without it.
        graphs: The address of the server's graph store, where Passex does not know it.
        update: Its address for updates.
        timeout: Seconds in which something has to come.
        progress: Is told how many triples were sent.

    Returns:
        What is noted of the graph there now, and whether it had to be sent: the same graph is not
        sent again.

    Raises:
        EndpointError: The server cannot be reached or refuses.
    """
    with Client(url, timeout, tuple(filter(None, (graphs, update)))) as client:
        if graph is not None and client.graph is not None:
            raise EndpointError(
                f"{client.where}: two graphs are named, in the URL and by --graph", "name one"
            )
        target = iri(graph) if graph else client.graph or GRAPH
        before = layout.read(client, target)
        places = services.find(client, graphs, update)
        return _push(store, client, places, target, before, progress)


def _push(
    store: Store,
    client: Client,
    places: services.Services,
    target: str,
    before: Note | None,
    progress: Progress,
) -> tuple[Note, bool]:
    parts = {
        target: sorted(named(store.engine, ox.DefaultGraph()), key=str),
        layout.workings(target): sorted(named(store.engine, ox.NamedNode(WORKINGS)), key=str),
    }
    said = Note(
        _digest(triple for part in parts.values() for triple in part),
        len(parts[target]),
        len(store.files),
        store.ignored,
        cache_keys.own_key(),
    )
    if before == said and all(
        fetching.count(client, name) == len(part) for name, part in parts.items()
    ):
        return said, False
    sender = _Sender(client, places, progress)
    if places.update is None:
        # Without the note nobody takes the graph for whole.
        sender.drop(layout.note(target))
        for name, part in parts.items():
            sender.put(name, part, len(part) or 1)
        sender.compare(parts)
    else:
        aside = {name: f"{target}/loading/{number}" for number, name in enumerate(parts)}
        for name, part in parts.items():
            sender.put(aside[name], part, BATCH)
        sender.compare({aside[name]: part for name, part in parts.items()})
        moves = (f"MOVE <{source}> TO <{name}>" for name, source in aside.items())
        steps = [f"DROP SILENT GRAPH <{layout.note(target)}>", *moves]
        client.write("POST", places.update, " ;\n".join(steps).encode(), _UPDATE)
    note = layout.written(target, said).encode()
    client.write("PUT", places.graph(layout.note(target)), note, _N_TRIPLES)
    if layout.read(client, target) != said or fetching.count(client, target) != said.triples:
        raise EndpointError(
            f"{client.where}: said that it was done, but <{target}> is not there as it was sent",
            "see the server's log, and push again",
        )
    return said, True


class _Sender:
    def __init__(self, client: Client, places: services.Services, progress: Progress) -> None:
        self._client = client
        self._places = places
        self._done = 0
        self._progress = progress

    def put(self, name: str, part: list[ox.Triple], size: int) -> None:
        """Replace a graph: the first batch replaces it, the others are added."""
        method = "PUT"
        for batch in _batches(part, size):
            body = "".join(f"{triple} .\n" for triple in batch).encode()
            self._client.write(method, self._places.graph(name), body, _N_TRIPLES)
            method = "POST"
            self._done += len(batch)
            self._progress(self._done)

    def drop(self, name: str) -> None:
        """Empty a graph, which may not be there."""
        self._client.write("PUT", self._places.graph(name), b"", _N_TRIPLES)

    def compare(self, parts: Mapping[str, Collection[ox.Triple]]) -> None:
        """Read back what was sent: servers rewrite literals, and lose triples."""
        for name, part in parts.items():
            found = fetching.triples(self._client, name)
            lost = next((t for t in part if ox.Quad(*t) not in found), None)
            if lost is not None or len(found) != len(part):
                what = f"without {_shortly(lost)}" if lost else "with triples that were not sent"
                raise EndpointError(
                    f"{self._client.where}: gives the graph back {what}",
                    "the server rewrites literals, or another push runs",
                )


def _shortly(triple: ox.Triple) -> str:
    line = str(triple)
    return line if len(line) <= 300 else f"{line[:299]}…"


def _digest(triples: Iterator[ox.Triple]) -> str:
    digest = Digest()
    for triple in triples:
        digest.add(triple)
    return str(digest)


def _batches(part: list[ox.Triple], size: int) -> Iterator[list[ox.Triple]]:
    source = iter(part)
    while batch := list(islice(source, size)):
        yield batch
    if not part:
        yield []
