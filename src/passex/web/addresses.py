"""Addresses of the server, their routes and their description (OpenAPI 3.1).

A route and its description (https://spec.openapis.org/oas/v3.1.0) are both made of an `Address`, so
that the two cannot disagree. The table of them is in `routes`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from ..graph.version import __version__
from .answering import Answers
from .errors import HTTPError
from .negotiation import bare
from .request import Request

Json: TypeAlias = dict[str, Any]
Handler: TypeAlias = Callable[[Request, Answers], Awaitable[Response]]

STRING: Final[Json] = {"type": "string"}
_ERRORS: Final[Json] = {
    "400": {"description": "The request is malformed."},
    "406": {"description": "There is no representation that the client accepts."},
    "503": {"description": "A limit was reached, or the server is busy (then with Retry-After)."},
}
#: The responses to a change.
CHANGED: Final[Json] = {
    "200": {"description": "Done."},
    "201": {"description": "Done; the graph is new."},
    "204": {"description": "Done."},
    "400": _ERRORS["400"],
    "507": {"description": "The disk is full: nothing was changed."},
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the server, or all addresses below one.

    Attributes:
        path: The path; ``{name}`` stands for the rest of it.
        handler: Answers its requests.
        operations: What its methods do, as OpenAPI's Operation Objects, by the method.
        each: Gives the operation of GET for each value of the path's ``{name}``, where these are
            known. Then each is described, in the place of the address itself.
    """

    path: str
    handler: Handler
    operations: Mapping[str, Json]
    each: Callable[[], Mapping[str, Json]] | None = None

    def methods(self, changes: bool = True) -> list[str]:
        """List the methods, without OPTIONS, and with or without those that only change."""
        names = [
            name
            for name, operation in self.operations.items()
            if changes or "content" in operation["responses"]["200"]
        ]
        return [one for name in names for one in ([name, "HEAD"] if name == "GET" else [name])]

    def described(self) -> Json:
        """Give OpenAPI's Path Item Objects by path."""
        if self.each is not None:
            start = self.path.partition("{")[0]
            return {start + value: {"get": one} for value, one in self.each().items()}
        return {self.path: {name.lower(): one for name, one in self.operations.items()}}


class Route(BaseRoute):
    """An address with all its methods, OPTIONS among them.

    Starlette's own routes answer no OPTIONS, name the methods in any order, and cost as much as a
    kept answer by the time that a dozen regular expressions have not matched.
    """

    def __init__(self, address: Address, answers: Answers, shared: bool) -> None:
        self._start, brace, rest = address.path.partition("{")
        self._rest = rest.rstrip("}") if brace else None
        self._handler = address.handler
        self._answers = answers
        self._methods = frozenset(address.methods())
        self._options = {"allow": ", ".join([*address.methods(), "OPTIONS"])}
        if shared:
            self._options |= {
                "access-control-allow-methods": ", ".join(address.methods(changes=False)),
                "access-control-allow-headers": "Accept, Content-Type, If-None-Match",
                "access-control-max-age": "600",
            }

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether the path is this address, or below it, and what the rest of it is."""
        path: str = scope["path"]
        if self._rest is None:
            return (Match.FULL if path == self._start else Match.NONE), {}
        if not path.startswith(self._start) or path == self._start:
            return Match.NONE, {}
        return Match.FULL, {"path_params": {self._rest: path[len(self._start) :]}}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; raises `HTTPError` where it has no answer."""
        method = scope["method"]
        if method == "OPTIONS":
            response = Response(status_code=204, headers=self._options)
        elif method not in self._methods:
            allow = {"Allow": self._options["allow"]}
            raise HTTPError(405, f"{method} is no method here", headers=allow)
        else:
            response = await self._handler(Request(scope, receive), self._answers)
        await response(scope, receive, send)


def parameter(
    name: str,
    description: str,
    required: bool = False,
    schema: Json = STRING,
    place: str = "query",
    **more: object,
) -> Json:
    """Write a Parameter Object."""
    described = {"name": name, "in": place, "required": required, "schema": schema}
    return {**described, "description": description, **more}


def operation(
    name: str,
    summary: str,
    responses: Json,
    parameters: Iterable[Json] = (),
    body: Json | None = None,
) -> Json:
    """Write an Operation Object; `body` is what its request can be, by media type."""
    described: Json = {"operationId": name, "summary": summary, "parameters": list(parameters)}
    if body:
        described["requestBody"] = {"required": True, "content": body}
    return {**described, "responses": responses}


def content(types: Iterable[str]) -> Json:
    """Describe a body of any of some media types."""
    return {bare(one): {} for one in types}


def reads(types: Iterable[str], missing: str = "") -> Json:
    """Describe the responses of what reads, by its media types and what its 404 means."""
    return {
        "200": {"description": "The answer.", "content": content(types)},
        "304": {"description": "The client has it already (If-None-Match)."},
        **_ERRORS,
        **({"404": {"description": missing}} if missing else {}),
    }


def describe(addresses: Iterable[Address], server: str) -> bytes:
    """Write an OpenAPI 3.1 document, as JSON, for a server at an address."""
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Passex",
            "version": __version__,
            "description": "A knowledge graph of naval relations, with the evidence for it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": {path: item for one in addresses for path, item in one.described().items()},
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
