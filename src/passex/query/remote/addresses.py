"""What people give as the address of an endpoint or the name of a graph."""

from __future__ import annotations

import httpx
import pyoxigraph as ox

from ...errors import EndpointError


def address(url: str) -> httpx.URL:
    """Read the URL of an endpoint.

    Args:
        url: What a person gives.

    Returns:
        The URL.

    Raises:
        EndpointError: No URL of HTTP, or one with credentials in it.
    """
    try:
        read = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise EndpointError("that is no URL", "give one as http://localhost:7878/query") from None
    if read.userinfo:
        raise EndpointError(
            f"{shown(read)}: credentials in the URL would end up in logs",
            "set PASSEX_USER and PASSEX_PASSWORD instead",
        )
    if read.scheme not in ("http", "https") or not read.host:
        # Whatever it is, a password or a key may stand in it.
        plain = url.partition("?")[0].rpartition("@")[2]
        raise EndpointError(
            f"'{plain}' is no URL of an endpoint", "give one as http://localhost:7878/query"
        )
    return read


def shown(url: httpx.URL) -> str:
    """Write a URL without what may be secret in it."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))


def iri(text: str) -> str:
    """Check the IRI of a graph, before it goes into a query.

    Args:
        text: What a person gives.

    Returns:
        The IRI.

    Raises:
        EndpointError: It is none.
    """
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise EndpointError(f"'{text}' is no IRI of a graph", "give an absolute IRI") from None
