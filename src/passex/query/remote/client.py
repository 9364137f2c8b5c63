"""HTTP to a SPARQL 1.1 endpoint: requests, redirects, answers read as they come."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import closing
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox

from ...errors import EndpointError
from ...graph.version import __version__
from ...text.wording import say
from . import failures
from .access import Login, address, graph_iri, origin, shown
from .body import ENCODINGS, Body
from .results import SOLUTIONS, Answer

#: In seconds, without PASSEX_TIMEOUT: how long nothing may come.
SECONDS: Final = 60.0
_REDIRECTS: Final = 5
#: In bytes: a longer query is sent by POST.
_SHORT: Final = 1500
_GRAPH: Final = "default-graph-uri"

Opened = TypeVar("Opened", bound="Client")


class Client:
    """An endpoint.

    Attributes:
        where: Its URL without query, for messages.
        graph: The graph that the URL names by ``default-graph-uri``.
        server: What the server calls itself, once it has answered.

    Args:
        url: The URL. Parameters in it go with every query.
        timeout: Seconds in which something has to come; without it PASSEX_TIMEOUT, or 60.
        others: Further URLs that the user names, and that the credentials are for too.

    Raises:
        EndpointError: No URL of HTTP, or one with credentials in it; from the methods, no answer,
            or one that is an error or not whole.
    """

    def __init__(self, url: str, timeout: float | None = None, others: tuple[str, ...] = ()):
        self.url = address(url)
        self.where = shown(self.url)
        graphs = self.url.params.get_list(_GRAPH)
        if len(graphs) > 1:
            raise self.failure(f"{len(graphs)} graphs in the URL", "name one")
        self.graph = graph_iri(graphs[0]) if graphs else None
        self.url = self.url.copy_remove_param(_GRAPH)
        self.seconds = _seconds() if timeout is None else timeout
        self.server = ""
        self._login = Login({origin(self.url), *(origin(address(other)) for other in others)})
        limits = httpx.Timeout(self.seconds, connect=min(self.seconds, 10))
        headers = {"User-Agent": f"passex/{__version__}", "Accept-Encoding": ENCODINGS}
        self._http = httpx.Client(timeout=limits, headers=headers, follow_redirects=False)

    def __enter__(self: Opened) -> Opened:
        """Give the client itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close its connections."""
        self._http.close()

    def failure(self, message: str, hint: str) -> EndpointError:
        """Make an error of this endpoint."""
        return failures.failure(self.where, message, hint)

    def ask(self, sparql: str, accept: str = SOLUTIONS, graph: str | None = None) -> Answer:
        """Send a query, as the SPARQL 1.1 Protocol has it.

        Args:
            sparql: The query, in full: no prefix is declared for it.
            accept: The media types that are understood.
            graph: The IRI of the default graph; what the server has as one without it.

        Returns:
            The answer, with its body unread.
        """
        sent = {"query": sparql} if graph is None else {"query": sparql, _GRAPH: graph}
        url = self.url.copy_merge_params(sent)
        headers = {"Accept": accept}
        if len(str(url)) <= _SHORT:
            response = self._send("GET", url, b"", headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            response = self._send("POST", self.url, urlencode(sent).encode(), headers, safe=True)
        return Answer(response, self.where, self.seconds)

    def select(
        self, sparql: str, *names: str, graph: str | None = None, cut: bool = False
    ) -> Generator[tuple[Any, ...], None, None]:
        """Ask a SELECT query of one's own.

        Args:
            sparql: The query, in full.
            names: Its variables. Each has to be bound in every solution.
            graph: As of `ask`.
            cut: Whether it is no error if the server gives no more rows than it likes.

        Yields:
            The terms of each solution, in the order of the names, as they come.
        """
        with self.ask(sparql, graph=graph) as answer, answer.reading():
            solutions: ox.QuerySolutions | ox.QueryBoolean | None = None
            try:
                solutions = answer.solutions()
                if isinstance(solutions, ox.QueryBoolean):
                    raise KeyError(names)
                for solution in solutions:
                    terms = tuple(solution[name] for name in names)
                    if None in terms:
                        raise KeyError(names)
                    yield terms
            except KeyError:
                raise self.failure(
                    "answers another query than the one that was sent",
                    "see what stands between here and the server",
                ) from None
            finally:
                # An error keeps what stands here, and another thread may be the one to clear that
                # away; the engine's object has to end in the thread in which it began.
                del solutions
            if answer.most is not None and not cut:
                raise self.failure(
                    f"gives {say(answer.most, 'row')} and no more",
                    "raise the server's limit of rows",
                )

    def write(self, method: str, url: str, content: bytes, kind: str) -> None:
        """Change what the server holds.

        Args:
            url: Where: the endpoint for updates, or the graph store with the graph's name.
            kind: The media type of the content.
        """
        headers = {"Content-Type": kind, "Accept": "*/*"}
        with closing(self._send(method, address(url), content, headers)) as response:
            Body(response, self.where, self.seconds).drain()

    def _send(
        self,
        method: str,
        url: httpx.URL,
        content: bytes,
        headers: dict[str, str],
        safe: bool = False,
    ) -> httpx.Response:
        """Send a request, and give the answer with its body unread.

        Redirects are not httpx's to follow: it would make a GET of a query that is sent by POST.

        Args:
            safe: Whether a POST only asks: then it may be sent again whereto any redirect leads.
        """
        where = shown(url)
        for _ in range(_REDIRECTS):
            response = self._attempt(method, url, content, headers)
            self.server = response.headers.get("server", "") or self.server
            if not response.has_redirect_location:
                break
            response.close()
            try:
                new = url.join(response.headers["location"]).copy_with(username=None, password=None)
            except httpx.InvalidURL:
                message, hint = "redirects to what is no URL", "see the server's settings"
                raise failures.failure(where, message, hint) from None
            if new.scheme not in ("http", "https") or (url.scheme, new.scheme) == ("https", "http"):
                message = f"redirects to {shown(new)}, and {new.scheme} is not followed"
                raise failures.failure(where, message, "give the URL of the endpoint itself")
            if method not in ("GET", "POST" if safe else "") and response.status_code < 307:
                raise failures.failure(where, f"moved to {shown(new)}", "give that URL")
            url = new
        else:
            raise failures.failure(where, f"more than {_REDIRECTS} redirects", "check the URL")
        if response.is_success:
            return response
        try:
            body = Body(response, where, self.seconds).read(failures.HEAD)
        except EndpointError:
            body = b""
        response.close()
        sent = "authorization" in response.request.headers
        raise failures.status(shown(url), response, body, sent)

    def _attempt(
        self, method: str, url: httpx.URL, content: bytes, headers: dict[str, str]
    ) -> httpx.Response:
        request = self._http.build_request(method, url, content=content or None, headers=headers)
        try:
            response = self._http.send(request, auth=self._login.first(url), stream=True)
            challenge = response.headers.get("www-authenticate", "")
            if response.status_code == 401 and (auth := self._login.answer(url, challenge)):
                response.close()
                response = self._http.send(request, auth=auth, stream=True)
        except (httpx.HTTPError, OSError, ValueError) as error:
            raise failures.connection(shown(url), error, self.seconds) from error
        return response


def _seconds() -> float:
    given = os.environ.get("PASSEX_TIMEOUT") or SECONDS
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 1e6:
        raise EndpointError(f"PASSEX_TIMEOUT is '{given}'", "give a number of seconds")
    return seconds
