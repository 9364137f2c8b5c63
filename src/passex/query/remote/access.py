"""Addresses of endpoints, IRIs of graphs, and credentials that go to nobody else.

`httpx.NetRCAuth` sends unasked, and knows neither ``NETRC`` nor digests: so whose credentials go
where is decided here, and httpx writes them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Final, TypeAlias

import httpx
import pyoxigraph as ox

from ...errors import EndpointError

#: Scheme, host and port.
Origin: TypeAlias = tuple[str, str, int]
#: Puts credentials into a request.
Signed: TypeAlias = Callable[[httpx.Request], httpx.Request]

_PORTS: Final = {"http": 80, "https": 443}
_EXAMPLE: Final = "give one as http://localhost:7878/query"


def address(text: str) -> httpx.URL:
    """Read the URL of an endpoint, as a person gives it.

    Raises:
        EndpointError: No URL of HTTP, or one with credentials in it.
    """
    try:
        url = httpx.URL(text)
    except (httpx.InvalidURL, ValueError):
        raise EndpointError("that is no URL", _EXAMPLE) from None
    if url.userinfo:
        raise EndpointError(
            f"{shown(url)}: credentials in the URL would end up in logs",
            "set PASSEX_USER and PASSEX_PASSWORD instead",
        )
    if url.scheme not in _PORTS or not url.host:
        # Whatever it is, a password or a key may stand in it.
        plain = text.partition("?")[0].rpartition("@")[2]
        raise EndpointError(f"'{plain}' is no URL of an endpoint", _EXAMPLE)
    return url


def shown(url: httpx.URL) -> str:
    """Write a URL without what may be secret in it."""
    return str(url.copy_with(username=None, password=None, query=None, fragment=None))


def graph_iri(text: str) -> str:
    """Check the IRI of a graph, before it goes into a query.

    Raises:
        EndpointError: It is none.
    """
    try:
        return ox.NamedNode(text).value
    except ValueError:
        raise EndpointError(f"'{text}' is no IRI of a graph", "give an absolute IRI") from None


def origin(url: httpx.URL) -> Origin:
    """Give what a URL's credentials belong to.

    Example:
        >>> origin(httpx.URL("https://example.org/sparql"))
        ('https', 'example.org', 443)
    """
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme, 0)


class Login:
    """The credentials of the environment and of netrc, and the servers that asked for them.

    Args:
        own: The origins that the user named; the variables of the environment are for these alone.

    Raises:
        EndpointError: A name without a password in the environment.
    """

    def __init__(self, own: set[Origin]) -> None:
        self._own = own
        self._answers: dict[Origin, httpx.Auth] = {}
        self._token = os.environ.get("PASSEX_TOKEN")
        self._user = os.environ.get("PASSEX_USER")
        self._password = os.environ.get("PASSEX_PASSWORD")
        if self._user and self._password is None:
            raise EndpointError("PASSEX_USER is set without PASSEX_PASSWORD", "set both")

    def first(self, url: httpx.URL) -> Signed | httpx.Auth | None:
        """Give what is sent unasked: a token, or what this server asked for before."""
        if self._token and origin(url) in self._own:
            return self._signed
        return self._answers.get(origin(url))

    def _signed(self, request: httpx.Request) -> httpx.Request:
        request.headers["Authorization"] = f"Bearer {self._token}"  # RFC 6750
        return request

    def answer(self, url: httpx.URL, challenge: str) -> httpx.Auth | None:
        """Answer the header ``WWW-Authenticate`` of a server.

        Returns:
            What to send; None where there is nothing for this server, or it was sent already.
        """
        place = origin(url)
        if place in self._answers or (pair := self._pair(url)) is None:
            return None
        digest = challenge.lstrip().lower().startswith("digest")
        self._answers[place] = httpx.DigestAuth(*pair) if digest else httpx.BasicAuth(*pair)
        return self._answers[place]

    def _pair(self, url: httpx.URL) -> tuple[str, str] | None:
        if self._user and self._password is not None and origin(url) in self._own:
            return self._user, self._password
        import netrc

        try:
            entry = netrc.netrc(os.environ.get("NETRC") or None).authenticators(url.host)
        except (OSError, netrc.NetrcParseError):
            return None  # without the file, or one that is right, nobody has credentials there
        return (entry[0], entry[2] or "") if entry else None
