"""The description of the API (https://spec.openapis.org/oas/v3.1.0), made from what there is."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from .. import __version__
from ..graph.terms import LEVELS
from ..query import formats
from ..questions import catalogue
from . import inquiries, protocol, resources, results
from .exchange import HTML, JSON

Json = dict[str, Any]

_ERRORS: Final[Json] = {
    "400": {"description": "The request is malformed."},
    "406": {"description": "There is no representation that the client accepts."},
    "503": {"description": "A limit was reached, or the server is busy (then with Retry-After)."},
}
_IRI: Final[Json] = {"type": "string", "format": "iri"}
_IRIS: Final[Json] = {"type": "array", "items": _IRI}
_CHOICES: Final[dict[str, list[str]]] = {
    "level": list(LEVELS),
    "weight": ["newman", "count"],
    "communities": ["true", "false"],
}


def _parameter(name: str, schema: Json, text: str, required: bool, place: str = "query") -> Json:
    return {
        "name": name,
        "in": place,
        "required": required,
        "schema": schema,
        "description": text,
    }


def _content(types: list[str]) -> Json:
    return {one.partition(";")[0]: {} for one in types}


def _read(name: str, summary: str, parameters: list[Json], types: list[str]) -> Json:
    responses = {
        "200": {"description": "The answer.", "content": _content(types)},
        "304": {"description": "The client has it already (If-None-Match)."},
        **_ERRORS,
    }
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters,
            "responses": responses,
        }
    }


def _changes(name: str, summary: str, content: Json | None = None) -> Json:
    found: Json = {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": "Done."},
            "201": {"description": "Done; the graph is new."},
            "204": {"description": "Done."},
            "400": _ERRORS["400"],
            "507": {"description": "The disk is full: nothing was changed."},
        },
    }
    if content:
        found["requestBody"] = {"required": True, "content": content}
    return found


def _sparql(writable: bool) -> Json:
    types = [
        *(form.media_type for form in formats.SOLUTIONS.values()),
        *(form.media_type for form in results.SOLUTIONS.values()),
        *(form.media_type for form in formats.GRAPHS.values()),
    ]
    dataset = [
        _parameter("default-graph-uri", _IRIS, "A graph of the default graph.", False),
        _parameter("named-graph-uri", _IRIS, "A named graph.", False),
    ]
    query = _parameter(
        "query", {"type": "string"}, "The query; without it, the service description.", False
    )
    path = _read("query", "Answer a SPARQL 1.1 query.", [query, *dataset], types)
    texts = [protocol.QUERY, *([protocol.UPDATE] if writable else [])]
    content: Json = {one: {"schema": {"type": "string"}} for one in texts}
    names = ["query", *(["update"] if writable else [])]
    fields = {one: {"type": "string"} for one in names}
    content[protocol.FORM] = {"schema": {"type": "object", "properties": fields}}
    responses = {**path["get"]["responses"]}
    responses.pop("304")
    if writable:
        responses |= _changes("", "")["responses"] | responses
    path["post"] = {
        "operationId": "queryByPost",
        "summary": "Answer a query" + (", or carry out an update." if writable else "."),
        "parameters": dataset,
        "requestBody": {"required": True, "content": content},
        "responses": responses,
    }
    return path


def _graphs(writable: bool, parameters: list[Json], suffix: str) -> Json:
    types = [form.media_type for form in formats.GRAPHS.values()]
    summary = "Give a graph (Graph Store Protocol)."
    path = _read(f"graph{suffix}", summary, parameters, types)
    path["get"]["responses"]["404"] = {"description": "There is no such graph."}
    if writable:
        body = _content(types)
        replace, add = "Put a graph in the place of one.", "Add to a graph, or make a new one."
        path["put"] = _changes(f"putGraph{suffix}", replace, body)
        path["post"] = _changes(f"postGraph{suffix}", add, body)
        path["delete"] = _changes(f"deleteGraph{suffix}", "Remove a graph.")
        for method in ("put", "post", "delete"):
            path[method]["parameters"] = parameters
    return path


def _question(question: catalogue.Question) -> Json:
    parameters = []
    for each in question.parameters:
        schema: Json = {"type": "string"}
        if each.type == "xsd:integer":
            schema = {"type": "integer"}
        elif each.type == "xsd:date":
            schema = {"type": "string", "format": "date"}
        if each.default is not None:
            schema["default"] = int(each.default) if each.type == "xsd:integer" else each.default
        parameters.append(_parameter(each.name, schema, each.summary, each.default is None))
    types = list(resources.RESOURCES["ask"].writers)
    return _read(f"ask-{question.name}", question.summary, parameters, types)


def _network() -> Json:
    parameters = []
    for name, default in inquiries.NETWORK.items():
        schema: Json = {"type": "string"}
        if name == "min-events":
            schema = {"type": "integer", "minimum": 1, "default": 1}
        elif default:
            schema["default"] = default
        if name in _CHOICES:
            schema["enum"] = _CHOICES[name]
        parameters.append(_parameter(name, schema, f"As of passex network --{name}.", False))
    types = list(resources.RESOURCES["network"].writers)
    return _read("network", "Who trains with whom.", parameters, types)


@lru_cache(maxsize=8)
def document(writable: bool, address: str) -> bytes:
    """Describe the API.

    Args:
        writable: Whether the graph can be changed.
        address: The address of the server.

    Returns:
        An OpenAPI 3.1 document, as JSON.
    """
    text: Json = {"type": "string"}
    json_alone = [JSON]
    all_of_it = list(resources.RESOURCES["why"].writers)
    node = "A label, a prefixed name or an IRI."
    a = "An actor, by any of its names; without 'b', any node."
    two = [_parameter("a", text, a, True), _parameter("b", text, "Another actor.", False)]
    indirect = [
        _parameter("graph", _IRI, "The IRI of a graph.", False),
        _parameter("default", text, "The default graph.", False) | {"allowEmptyValue": True},
    ]
    direct = [_parameter("name", text, "The graph is called by its address.", True, "path")]
    paths: Json = {
        "/sparql": _sparql(writable),
        "/graphs": _graphs(writable, indirect, ""),
        "/graphs/{name}": _graphs(writable, direct, "ByAddress"),
    }
    for question in catalogue.questions().values():
        paths[f"/ask/{question.name}"] = _question(question)
    paths["/why"] = _read("why", "The evidence behind a tie, or behind a node.", two, all_of_it)
    paths["/network"] = _network()
    paths["/entity/{name}"] = _read(
        "entity",
        "Everything known about a node.",
        [_parameter("name", text, "A local or prefixed name.", True, "path")],
        all_of_it,
    )
    paths["/show"] = _read(
        "show",
        "Everything known about a node, by any of its names.",
        [_parameter("name", text, node, True)],
        all_of_it,
    )
    form = {"type": "string", "enum": list(resources.FORMATS)}
    for path in paths:
        if path.startswith(("/ask/", "/why", "/entity", "/show", "/network")):
            described = paths[path]["get"]
            choice = "The format; it goes before the Accept header."
            described["parameters"].append(_parameter("format", form, choice, False))
            if path != "/network":
                described["responses"]["404"] = {"description": "No node has that name."}
    typed = _parameter("q", text, "What was typed so far.", True)
    kinds = _parameter("kinds", text, "Classes, with spaces between them.", False)
    complete = "Names that begin with what was typed."
    paths["/complete"] = _read("complete", complete, [typed, kinds], json_alone)
    paths["/terms"] = _read("terms", "Prefixes and terms of the ontology.", [], json_alone)
    paths["/"] = _read("editor", "The page with the SPARQL editor.", [], [HTML])
    paths["/editor.json"] = _read("setup", "What that page has to know.", [], json_alone)
    paths["/ask"] = _read("questions", "The page of the named questions.", [], [HTML])
    file = [_parameter("name", text, "The name of a file.", True, "path")]
    styles = ["text/css", "text/javascript", "image/svg+xml"]
    paths["/static/{name}"] = _read("static", "What the pages load.", file, styles)
    paths["/openapi.json"] = _read("openapi", "This description.", [], json_alone)
    paths["/health"] = _read("health", "Whether the server answers.", [], json_alone)
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Passex",
            "version": __version__,
            "description": "A knowledge graph of naval relations, with the evidence for it.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": address}],
        "paths": paths,
    }
    return (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()
