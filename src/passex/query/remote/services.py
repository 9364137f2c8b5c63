"""Where a server takes updates and graphs: each kind has its own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import httpx

from ...errors import EndpointError
from .addresses import address
from .client import Client


@dataclass(frozen=True, slots=True)
class Services:
    """The addresses of a server.

    Attributes:
        graphs: Where it speaks the SPARQL 1.1 Graph Store HTTP Protocol.
        update: Where it takes SPARQL 1.1 Update; None where it does not.
    """

    graphs: str
    update: str | None

    def graph(self, iri: str) -> str:
        """Give the address of a graph.

        Example:
            >>> Services("http://a/store", None).graph("urn:g")
            'http://a/store?graph=urn%3Ag'
        """
        return str(httpx.URL(self.graphs).copy_merge_params({"graph": iri}))


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


def find(client: Client, graphs: str | None = None, update: str | None = None) -> Services:
    """Find the addresses of a server.

    Args:
        client: The endpoint; it has answered already, so that the server's name is known.
        graphs: The address of the graph store, where the user gives it.
        update: The address for updates, where the user gives it.

    Returns:
        The addresses.

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
    raise EndpointError(
        f"{client.where}: no graph store is known for this server"
        f"{f' ({client.server.strip()})' if client.server else ''}",
        "give its address with --graph-store, and the one for updates with --update",
    )
