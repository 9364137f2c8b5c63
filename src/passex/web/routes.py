"""The table of what has an address: the router and the description of the API are made from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from starlette.responses import Response

from ..errors import QueryError
from ..network.policy import BASIS, OPTIONS, Option
from ..questions import catalogue
from . import graphstore, inquiries, resources, sparql
from .addresses import (
    CHANGED,
    STRING,
    Address,
    Handler,
    Json,
    content,
    describe,
    operation,
    parameter,
    reads,
)
from .answering import Answers, static
from .errors import HTTPError
from .negotiation import GRAPHS, HTML, JSON, SOLUTIONS
from .pages import forms, questions
from .request import Request

_IRI: Final[Json] = {"type": "string", "format": "iri"}
_IRIS: Final[Json] = {"type": "array", "items": _IRI}
_FORMAT: Final = parameter(
    "format",
    "The format; it goes before the Accept header.",
    schema={"type": "string", "enum": list(resources.FORMATS)},
)
#: That of what comes as RDF, too, or alone.
_FORMAT_OF_RDF: Final = {
    **_FORMAT,
    "schema": {"type": "string", "enum": [*resources.FORMATS, *resources.RDF]},
}

_PAGE: Final = parameter(
    inquiries.PAGE,
    "Which part of a long answer an HTML page shows; the other formats have all.",
    schema={"type": "integer", "minimum": 1, "default": 1},
)


def _fixed(write: Callable[[], str | bytes], media_type: str) -> Handler:
    async def answer(request: Request, answers: Answers) -> Response:
        return Response(write(), headers={"content-type": media_type})

    return answer


async def _description(request: Request, answers: Answers) -> Response:
    body = document(answers.source.writable, request.origin)
    return Response(body, headers={"content-type": JSON})


async def _questions(request: Request, answers: Answers) -> Response:
    typed = dict(sparql.fields(request.query)).get("q", "")
    return Response(questions.questions_page(typed), headers={"content-type": HTML})


async def _health(request: Request, answers: Answers) -> Response:
    alive = answers.pool.alive
    state = answers.source.state
    status = "starting" if not alive else "degraded" if "trouble" in state else "ok"
    body = json.dumps({"status": status, "workers": alive, **state}, ensure_ascii=False) + "\n"
    headers = {"content-type": JSON, "cache-control": "no-store"}
    return Response(body, 200 if alive else 503, headers)


def _resource(name: str, path: str = "") -> Handler:
    """Make the handler of a resource of `resources`, asked for by the parameters of an address.

    Args:
        path: The path whose endings, such as ``.ttl``, say the format, too.
    """

    async def answer(request: Request, answers: Answers) -> Response:
        request.scope["passex.json"] = True  # its errors are, to who does not mind
        parameters: dict[str, str] = {}
        for key, value in sparql.fields(request.query):
            if key in parameters:
                raise HTTPError(400, f"the parameter '{key[:100]}' is given twice", "give it once")
            parameters[key] = value
        start, ending = _ending(request.path_params) if path else ({}, None)
        parameters |= start if path else request.path_params
        form = parameters.pop("format", None) or ending
        media_type = resources.negotiated(name, request.header(b"accept"), form)
        if media_type is None:
            _check_question(parameters)
            offered = ", ".join(resources.RESOURCES[name].writers)
            raise HTTPError(406, "there is no such format of this", f"it comes as {offered}")
        vary = "Accept, Accept-Encoding"
        asked = "blank" if media_type == HTML and forms.is_blank(name, parameters) else name
        headers = {}
        if path:
            headers["link"] = resources.links(name, path + quote(start.get("name", ""), safe=":"))
        question = {
            "op": "resource",
            "resource": asked,
            "parameters": parameters,
            "type": media_type,
            "gzip": request.takes_gzip,
        }
        return answers.answer(request, question, vary, headers=headers)

    return answer


def _check_question(given: Mapping[str, str]) -> None:
    """Refuse a question that doesn't exist, before it is said that no format of it will do."""
    if "question" in given:
        try:
            catalogue.find(given["question"])
        except QueryError as error:
            raise HTTPError.of(error) from None


def _ending(given: Mapping[str, str]) -> tuple[dict[str, str], str | None]:
    """Take the ending that says a format off the last part of an address."""
    rest = dict(given)
    if (ending := rest.pop("ending", None)) is not None:
        form = resources.ENDINGS.get(f".{ending.lower()}")
        if form is None:
            raise HTTPError(404, f"no format has the ending .{ending[:20]}")
        return rest, form
    for name, value in given.items():
        start, dot, last = value.rpartition(".")
        if dot and (form := resources.ENDINGS.get(f".{last.lower()}")):
            rest[name] = start
            return rest, form
    return rest, None


def _sparql(writable: bool) -> Address:
    types = [form.media_type for form in (*SOLUTIONS.values(), *GRAPHS.values())]
    dataset = [
        parameter("default-graph-uri", "A graph of the default graph.", schema=_IRIS),
        parameter("named-graph-uri", "A named graph.", schema=_IRIS),
    ]
    query = parameter("query", "The query; without it, the service description.")
    form_of = parameter(
        "format",
        "The format; it goes before the Accept header.",
        schema={"type": "string", "enum": [*SOLUTIONS, *GRAPHS]},
    )
    dataset.append(form_of)
    names = ["query", "update"] if writable else ["query"]
    form = {"type": "object", "properties": dict.fromkeys(names, STRING)}
    texts = {f"application/sparql-{name}": {"schema": STRING} for name in names}
    answered = {status: one for status, one in reads(types).items() if status != "304"}
    post = operation(
        "queryByPost",
        "Answer a query" + (", or carry out an update." if writable else "."),
        {**answered, **(CHANGED if writable else {}), **answered},
        dataset,
        {**texts, sparql.FORM: {"schema": form}},
    )
    get = operation("query", "Answer a SPARQL 1.1 query.", reads(types), [query, *dataset])
    return Address("/sparql", sparql.endpoint, {"GET": get, "POST": post})


def _graphs(writable: bool, path: str, suffix: str, *given: Json) -> Address:
    types = [form.media_type for form in GRAPHS.values()]
    body = content(types)

    def change(name: str, summary: str, body: Json | None = None) -> Json:
        return operation(name + suffix, summary, CHANGED, given, body)

    responses = reads(types, "There is no such graph.")
    summary = "Give a graph (Graph Store Protocol)."
    operations = {"GET": operation(f"graph{suffix}", summary, responses, given)}
    if writable:
        operations |= {
            "PUT": change("putGraph", "Put a graph in the place of one.", body),
            "POST": change("postGraph", "Add to a graph, or make a new one.", body),
            "DELETE": change("deleteGraph", "Remove a graph."),
        }
    return Address(path, graphstore.endpoint, operations)


def _get(
    path: str, handler: Handler, name: str, summary: str, types: list[str], *given: Json
) -> Address:
    """Make an address that is only read."""
    return Address(path, handler, {"GET": operation(name, summary, reads(types), given)})


def _inquiry(
    path: str, name: str, summary: str, *given: Json, missing: str = "No node has that name."
) -> Address:
    """Make the address of a resource that comes in all formats."""
    types = resources.RESOURCES[name].writers
    form = _FORMAT_OF_RDF if set(resources.RDF.values()) & set(types) else _FORMAT
    pictures = resources.PICTURES
    if set(pictures.values()) & set(types):
        form = {**form, "schema": {"type": "string", "enum": [*resources.FORMATS, *pictures]}}
    described = operation(name, summary, reads(types, missing), [*given, form, _PAGE])
    handler = _resource(name, path.partition("{")[0] if name == "entity" else "")
    return Address(path, handler, {"GET": described})


def _document(path: str, name: str, summary: str) -> list[Address]:
    """Make the addresses of a document of RDF: its own, and one for each ending."""
    types = resources.RESOURCES[name].writers
    responses = reads(types)
    own = operation(name, summary, responses, [_FORMAT_OF_RDF])
    ending = parameter("ending", "The format: ttl, nt, trig, jsonld, rdf, nq.", True, place="path")
    each = operation(f"{name}ByEnding", summary, responses, [ending])
    handler = _resource(name, path)
    return [
        Address(path, handler, {"GET": own}),
        Address(f"{path}.{{ending}}", handler, {"GET": each}),
    ]


def _ask() -> Address:
    """Make the address of the named questions; each is described by itself."""

    def each() -> dict[str, Json]:
        operations = {}
        for name, question in catalogue.questions().items():
            given = [*map(_of_question, question.parameters)]
            given += [_of_network(BASIS)] if question.basis else []
            described = _inquiry("", "ask", question.summary, *given).operations["GET"]
            operations[name] = {**described, "operationId": f"ask-{name}"}
        return operations

    any_of_them = _inquiry("/ask/{question}", "ask", "Answer a named question.")
    return replace(any_of_them, each=each)


def _of_question(given: catalogue.Parameter) -> Json:
    number = given.type == "xsd:integer"
    schema: Json = {"type": "integer" if number else "string"}
    if given.type == "xsd:date":
        schema["format"] = "date"
    if given.default is not None:
        schema["default"] = int(given.default) if number else given.default
    return parameter(given.name, given.summary, given.default is None, schema)


def _of_network(option: Option) -> Json:
    number = option.form == "N"
    schema: Json = {"type": "integer", "minimum": 1} if number else {"type": "string"}
    if option.default:
        schema["default"] = int(option.default) if number else option.default
    if option.choices:
        schema["enum"] = option.choices
    return parameter(option.name, f"As of passex network --{option.name}.", schema=schema)


@lru_cache(maxsize=2)
def addresses(writable: bool) -> tuple[Address, ...]:
    """List what has an address, for a graph that can be changed or one that cannot."""

    def rest(about: str) -> Json:
        return parameter("name", about, True, place="path")

    graph = parameter("graph", "The IRI of a graph.", schema=_IRI)
    default = parameter("default", "The default graph.", allowEmptyValue=True)
    policy = map(_of_network, inquiries.NETWORK)
    a = parameter("a", "An actor, by any of its names; without 'b', any node.", True)
    b = parameter("b", "Another actor.")
    # Without any of these, a tie at any level is one.
    own = [_of_network(option._replace(default="")) for option in OPTIONS]
    every = parameter("all", "Whether to give all of it.", schema={"type": "boolean"})
    node = parameter("name", "A label, a prefixed name or an IRI.", True)
    local = rest("A local or prefixed name.")
    typed = parameter("q", "What was typed so far.", True)
    words = parameter("q", "Words; only questions with all of them are shown.")
    kinds = parameter("kinds", "Classes and lists, with spaces between them.")
    complete, terms, data = _resource("complete"), _resource("terms"), [JSON]
    setup = _fixed(forms.setup, JSON)
    home, briefing = _resource("home"), _resource("briefing")
    completed = "Names that begin with what was typed."
    styles = ["text/css", "text/javascript", "image/svg+xml", "application/json"]
    file = rest("The name of a file.")
    by_address = rest("The graph is called by its address.")
    everything = "Everything known about a node"
    return (
        _sparql(writable),
        _graphs(writable, "/graphs", "", graph, default),
        _graphs(writable, "/graphs/{name}", "ByAddress", by_address),
        _ask(),
        _inquiry("/why", "why", "The evidence behind a tie, or behind a node.", a, b, *own, every),
        _inquiry("/network", "network", "Who trains with whom.", *policy, missing=""),
        _inquiry("/entity/{name}", "entity", f"{everything}.", local),
        _inquiry("/show", "show", f"{everything}, by any of its names.", node),
        *_document("/ontology", "ontology", "The ontology, and a page of its terms."),
        *_document("/.well-known/void", "void", "The graph described as a data set (VoID)."),
        _get("/complete", complete, "complete", completed, data, typed, kinds),
        _get("/terms", terms, "terms", "Prefixes and terms of the ontology.", data),
        _get("/", home, "home", "What the graph is, with the SPARQL editor.", [HTML]),
        _get("/briefing", briefing, "briefing", "The interactive page of the network.", [HTML]),
        _get("/editor.json", setup, "setup", "What that page has to know.", data),
        _get("/ask", _questions, "questions", "The page of the named questions.", [HTML], words),
        _get("/static/{name}", static, "static", "What the pages load.", styles, file),
        _get("/openapi.json", _description, "openapi", "This description.", data),
        _get("/health", _health, "health", "Whether the server answers.", data),
    )


@lru_cache(maxsize=8)
def document(writable: bool, server: str) -> bytes:
    """Describe the API of a server at an address: an OpenAPI 3.1 document, as JSON."""
    return describe(addresses(writable), server)
