"""Pushing of a graph to a server: all of it, or nothing.

Batches go into graphs of their own beside the target. When what the server then holds was read back
and compared, one SPARQL update moves them to their places; so whoever asks meanwhile, or after a
push that was killed, finds the graph that was there before. A push that fails removes what it has
put there, and two that run at once have graphs of their own, named by what they send. A server
without a graph store is sent updates alone. One without updates gets each graph in one request:
each is replaced whole, one after the other, the note of what is there last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Final

import httpx
import pyoxigraph as ox

from ...errors import EndpointError
from ...graph import cache_keys
from ...graph.store import Store
from ...graph.terms import GRAPH
from . import fetching, layout
from .access import address, graph_iri
from .client import Client
from .fetching import Progress
from .layout import Note, digest, skolemized

#: In triples.
BATCH: Final = 20_000
#: In characters: of a longer triple, the beginning is shown.
_LONG: Final = 300
#: So many digits of a digest tell what two pushes send.
_TOLD_APART: Final = 12
_N_TRIPLES: Final = "application/n-triples"
_UPDATE: Final = "application/sparql-update"
#: By what a server calls itself and the end of the endpoint's path: what comes in its place for
#: graphs and for updates.
_KNOWN: Final = (
    ("oxigraph", "/query", "/store", "/update"),
    ("virtuoso", "/sparql", "/sparql-graph-crud-auth", "/sparql-auth"),
    ("virtuoso", "/sparql-auth", "/sparql-graph-crud-auth", "/sparql-auth"),
    ("fuseki", "/query", "/data", "/update"),
    ("fuseki", "/sparql", "/data", "/update"),
    # ``passex serve`` does not say what it is.
    ("", "/sparql", "/graphs", "/sparql"),
)


@dataclass(frozen=True, slots=True)
class Services:
    """Where a server has its graph store (SPARQL 1.1) and takes updates: both, or one of them."""

    graphs: str | None
    update: str | None

    def graph(self, iri: str) -> str:
        """Give the address of a graph in the graph store.

        Example:
            >>> Services("http://a/store", None).graph("urn:g")
            'http://a/store?graph=urn%3Ag'
        """
        assert self.graphs is not None
        return str(httpx.URL(self.graphs).copy_merge_params({"graph": iri}))


def push(
    store: Store,
    url: str,
    graph: str | None = None,
    graphs: str | None = None,
    update: str | None = None,
    progress: Progress = lambda sent: None,
) -> tuple[Note, bool]:
    """Put a graph, with its derived triples, on a server.

    Args:
        url: The URL of the endpoint.
        graph: The IRI of the graph there; `GRAPH` without it.
        graphs: The address of the server's graph store, where Passex does not know it.
        update: Its address for updates.
        progress: Is told how many triples were sent.

    Returns:
        What is noted of the graph there now, and whether it had to be sent: the same graph is not
        sent again.

    Raises:
        EndpointError: The server cannot be reached or refuses.
    """
    with Client(url, others=tuple(filter(None, (graphs, update)))) as client:
        if graph is not None and client.graph is not None:
            raise client.failure("two graphs are named, in the URL and by --graph", "name one")
        target = graph_iri(graph) if graph else client.graph or GRAPH
        before = layout.read_note(client, target)
        services = find_services(client, graphs, update)
        parts = _parts(store, target)
        note = Note(
            digest(chain.from_iterable(parts.values())),
            *(len(parts[target]), len(store.files), store.ignored),
            cache_keys.own_key(),
        )
        if before == note and all(
            fetching.count(client, name) == len(part) for name, part in parts.items()
        ):
            return note, False
        _Sender(client, services, progress).send(parts, target, note)
        there = layout.read_note(client, target)
        if there != note or fetching.count(client, target) != note.triples:
            raise client.failure(
                f"said that it was done, but <{target}> is not there as it was sent",
                "see the server's log, and push again",
            )
        return note, True


def find_services(client: Client, graphs: str | None = None, update: str | None = None) -> Services:
    """Find the addresses of a server that has answered already, so that its name is known.

    Args:
        graphs: The address of the graph store, where the user gives it.
        update: The address for updates, likewise.

    Raises:
        EndpointError: No graph store is known for this kind of server.
    """
    if graphs is not None:
        return Services(str(address(graphs)), update and str(address(update)))
    path = client.url.path
    for name, end, store, updates in _KNOWN:
        named = name in client.server.lower() if name else not client.server
        if named and path.endswith(end):
            base = path.removesuffix(end)
            bare = client.url.copy_with(query=None, fragment=None)
            return Services(
                str(bare.copy_with(path=base + store)),
                update or str(bare.copy_with(path=base + updates)),
            )
    if update is not None:
        return Services(None, str(address(update)))
    called = f" ({client.server.strip()})" if client.server else ""
    raise client.failure(
        f"no graph store is known for this server{called}",
        "give its address with --graph-store, or the one for updates with --update, or both",
    )


def _parts(store: Store, target: str) -> dict[str, list[ox.Triple]]:
    """Give what goes to the server, by the graph that it is there, in an order that stays."""
    kept = layout.kept(target)
    parts: dict[object, list[ox.Triple]] = {graph: [] for graph in kept.values()}
    for quad in skolemized(store.engine, *kept.values()):
        parts[quad.graph_name].append(quad.triple)
    return {name: sorted(parts[graph], key=str) for name, graph in kept.items()}


class _Sender:
    def __init__(self, client: Client, services: Services, progress: Progress) -> None:
        self._client = client
        self._services = services
        self._done = 0
        self._progress = progress

    def send(self, parts: Mapping[str, list[ox.Triple]], target: str, note: Note) -> None:
        """Replace all graphs, the note last: without it nobody takes the graph for whole."""
        noted = layout.note_graph(target)
        if self._services.update is None:
            self.put(noted, [], 1)
            for name, part in parts.items():
                self.put(name, part, len(part) or 1)
            self.compare(parts)
        else:
            place = f"{target}/loading/{note.digest[:_TOLD_APART]}"
            aside = {name: f"{place}/{number}" for number, name in enumerate(parts)}
            try:
                for name, part in parts.items():
                    self.put(aside[name], part, BATCH)
                self.compare({aside[name]: part for name, part in parts.items()})
                moves = [f"MOVE <{source}> TO <{name}>" for name, source in aside.items()]
                self.update([f"DROP SILENT GRAPH <{noted}>", *moves])
            except Exception:
                # What was wrong is said, whether or not this can be done.
                with suppress(EndpointError):
                    self.update([f"DROP SILENT GRAPH <{source}>" for source in aside.values()])
                raise
        self.write("PUT", noted, note.ntriples(target))

    def update(self, steps: Sequence[str]) -> None:
        """Send one update of some steps."""
        assert self._services.update is not None
        self._client.write("POST", self._services.update, " ;\n".join(steps).encode(), _UPDATE)

    def write(self, method: str, name: str, triples: str) -> None:
        """Add triples to a graph, or with PUT replace it."""
        if self._services.graphs is not None:
            where = self._services.graph(name)
            self._client.write(method, where, triples.encode(), _N_TRIPLES)
            return
        first = [f"DROP SILENT GRAPH <{name}>"] if method == "PUT" else []
        self.update([*first, f"INSERT DATA {{ GRAPH <{name}> {{\n{triples}}} }}"])

    def put(self, name: str, part: list[ox.Triple], size: int) -> None:
        """Replace a graph: the first batch replaces it, the others are added."""
        method = "PUT"
        for batch in fetching.batched(part, size) if part else ([],):
            self.write(method, name, "".join(f"{triple} .\n" for triple in batch))
            method = "POST"
            self._done += len(batch)
            self._progress(self._done)

    def compare(self, parts: Mapping[str, list[ox.Triple]]) -> None:
        """Read back what was sent: servers rewrite literals, and lose triples."""
        for name, part in parts.items():
            there = fetching.triples(self._client, name)
            lost = next((t for t in part if ox.Quad(*t) not in there), None)
            if lost is not None or len(there) != len(part):
                line = str(lost) if len(str(lost)) <= _LONG else f"{str(lost)[: _LONG - 1]}…"
                what = f"without {line}" if lost else "with triples that were not sent"
                hint = "the server rewrites literals, or another push runs"
                raise self._client.failure(f"gives the graph back {what}", hint)
