"""Credentials: from the environment or netrc, and to nobody but whom they are for."""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import Final, TypeAlias

import httpx

from ...errors import EndpointError

#: Scheme, host and port.
Origin: TypeAlias = tuple[str, str, int]

_PORTS: Final = {"http": 80, "https": 443}


def origin(url: httpx.URL) -> Origin:
    """Give what a URL's credentials belong to.

    Example:
        >>> origin(httpx.URL("https://example.org/sparql"))
        ('https', 'example.org', 443)
    """
    return url.scheme, url.host, url.port or _PORTS.get(url.scheme, 0)


class Bearer(httpx.Auth):
    """A token, as RFC 6750 sends it."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Put the token into the request."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Login:
    """What is sent to whom.

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

    def first(self, url: httpx.URL) -> httpx.Auth | None:
        """Give what is sent unasked: a token, or what this server asked for before."""
        if self._token and origin(url) in self._own:
            return Bearer(self._token)
        return self._answers.get(origin(url))

    def answer(self, url: httpx.URL, challenge: str) -> httpx.Auth | None:
        """Answer a challenge.

        Args:
            url: Who asks.
            challenge: The header ``WWW-Authenticate``.

        Returns:
            What to send; None where there is nothing for this server, or it was sent already.
        """
        if origin(url) in self._answers:
            return None
        pair = self._pair(url)
        if pair is None:
            return None
        digest = challenge.lstrip().lower().startswith("digest")
        auth = httpx.DigestAuth(*pair) if digest else httpx.BasicAuth(*pair)
        self._answers[origin(url)] = auth
        return auth

    def _pair(self, url: httpx.URL) -> tuple[str, str] | None:
        if self._user and self._password is not None and origin(url) in self._own:
            return self._user, self._password
        import netrc

        try:
            found = netrc.netrc(os.environ.get("NETRC") or None).authenticators(url.host)
        except (OSError, netrc.NetrcParseError):
            return None  # without the file, or one that is right, nobody has credentials there
        return (found[0], found[2] or "") if found else None
