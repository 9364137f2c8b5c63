"""Addresses of the server, and their description (https://spec.openapis.org/oas/v3.1.0).

An `Address` is what the server routes by and what the description is written from, so that the two
cannot disagree. The table of them is in `routes`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from starlette.responses import Response

from .. import __version__
from .answering import Answers
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
class Parameter:
    """A parameter of an operation, as OpenAPI describes it."""

    name: str
    description: str
    required: bool = False
    schema: Json = field(default_factory=lambda: STRING)
    place: str = "query"
    more: Mapping[str, Any] | None = None

    @property
    def described(self) -> Json:
        """The OpenAPI Parameter Object."""
        return {
            "name": self.name,
            "in": self.place,
            "required": self.required,
            "schema": self.schema,
            "description": self.description,
            **(self.more or {}),
        }


@dataclass(frozen=True, slots=True)
class Operation:
    """What a method does at an address.

    Attributes:
        name: Its name (``operationId``).
        summary: What it does, in a sentence.
        responses: What it answers, by status.
        parameters: Its parameters.
        content: What its body can be, by media type; empty where it has none.
        changes: Whether it can do nothing but change the graph.
    """

    name: str
    summary: str
    responses: Mapping[str, Any]
    parameters: tuple[Parameter, ...] = ()
    content: Mapping[str, Any] | None = None
    changes: bool = False

    @property
    def described(self) -> Json:
        """The OpenAPI Operation Object."""
        parameters = [one.described for one in self.parameters]
        body = {"required": True, "content": self.content}
        return {
            "operationId": self.name,
            "summary": self.summary,
            **({"parameters": parameters} if parameters or not self.content else {}),
            **({"requestBody": body} if self.content else {}),
            "responses": self.responses,
        }


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the server, or all addresses below one.

    Attributes:
        path: The path; ``{name}`` stands for the rest of it.
        handler: Answers its requests.
        operations: What its methods do, by the method; GET does what HEAD does.
        each: Gives the operation of GET for each value of the path's ``{name}``, where these are
            known. Then each is described, in the place of the address itself.
    """

    path: str
    handler: Handler
    operations: Mapping[str, Operation]
    each: Callable[[], Mapping[str, Operation]] | None = None

    def methods(self, changes: bool = True) -> list[str]:
        """List the methods, without OPTIONS and with or without those that change the graph."""
        names = [name for name, one in self.operations.items() if changes or not one.changes]
        return [one for name in names for one in ([name, "HEAD"] if name == "GET" else [name])]

    @property
    def described(self) -> dict[str, Json]:
        """The OpenAPI Path Item Objects, by path."""
        if self.each is not None:
            start = self.path.partition("{")[0]
            return {start + value: {"get": one.described} for value, one in self.each().items()}
        return {self.path: {name.lower(): one.described for name, one in self.operations.items()}}


def content(types: Iterable[str]) -> Json:
    """Describe a body of any of some media types."""
    return {bare(one): {} for one in types}


def reads(types: Iterable[str], **others: str) -> Json:
    """Describe the responses of what reads.

    Args:
        types: The media types of the answer.
        others: Further responses by their status, such as ``_404``.
    """
    return {
        "200": {"description": "The answer.", "content": content(types)},
        "304": {"description": "The client has it already (If-None-Match)."},
        **_ERRORS,
        **{status.strip("_"): {"description": text} for status, text in others.items()},
    }


def document(addresses: Iterable[Address], server: str) -> bytes:
    """Describe the API.

    Args:
        addresses: What has an address.
        server: The address of the server.

    Returns:
        An OpenAPI 3.1 document, as JSON.
    """
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Passex",
            "version": __version__,
            "description": "A knowledge graph of naval relations, with the evidence for it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "paths": {path: item for one in addresses for path, item in one.described.items()},
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
