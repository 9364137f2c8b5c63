"""The table of what has an address: the router and the description of the API are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from starlette.responses import Response

from ..graph.terms import LEVELS
from ..questions import catalogue
from . import graphstore, inquiries, protocol, resources, sparql, statics
from .answering import Answers
from .errors import HTTPError
from .negotiation import GRAPHS, HTML, JSON, SOLUTIONS
from .openapi import CHANGED, STRING, Address, Handler, Json, Operation, Parameter, content, reads
from .openapi import document as described
from .pages import forms, home
from .request import Request

_IRI: Final[Json] = {"type": "string", "format": "iri"}
_IRIS: Final[Json] = {"type": "array", "items": _IRI}
_CHOICES: Final[dict[str, list[str]]] = {
    "level": list(LEVELS),
    "weight": ["newman", "count"],
    "communities": ["true", "false"],
}
_FORMAT: Final = Parameter(
    "format",
    "The format; it goes before the Accept header.",
    schema={"type": "string", "enum": list(resources.FORMATS)},
)


def _fixed(body: str | bytes, media_type: str, status: int = 200) -> Response:
    return Response(body, status, {"content-type": media_type})


async def _home(request: Request, answers: Answers) -> Response:
    return _fixed(home.home_page(), HTML)


async def _setup(request: Request, answers: Answers) -> Response:
    return _fixed(home.setup(), JSON)


async def _questions(request: Request, answers: Answers) -> Response:
    return _fixed(forms.questions_page(), HTML)


async def _description(request: Request, answers: Answers) -> Response:
    return _fixed(document(answers.source.writable, request.origin), JSON)


async def _health(request: Request, answers: Answers) -> Response:
    alive = answers.pool.alive
    body = f'{{"status": "{"ok" if alive else "starting"}", "workers": {alive}}}\n'
    headers = {"content-type": JSON, "cache-control": "no-store"}
    return Response(body, 200 if alive else 503, headers)


def _resource(name: str) -> Handler:
    """Make the handler of a resource of `resources`, asked for by the parameters of an address."""

    async def answer(request: Request, answers: Answers) -> Response:
        request.scope["passex.json"] = True  # its errors are, to who does not mind
        given = protocol.fields(request.query)
        parameters = dict(given)
        if len(parameters) < len(given):
            names = [key for key, _ in given]
            twice = next(key for key in names if names.count(key) > 1)
            raise HTTPError(400, f"the parameter '{twice[:100]}' is given twice", "give it once")
        parameters |= request.path_params
        form = parameters.pop("format", None)
        media_type = resources.negotiated(name, request.header(b"accept"), form)
        if media_type is None:
            offered = ", ".join(resources.RESOURCES[name].writers)
            message = "there is no such format of this"
            raise HTTPError(406, message, f"it comes as {offered}")
        vary = "Accept, Accept-Encoding"
        page = forms.blank(name, parameters) if media_type == HTML else None
        if page is not None:
            return Response(page, headers={"content-type": media_type, "vary": vary})
        question = {
            "op": "resource",
            "resource": name,
            "parameters": parameters,
            "type": media_type,
            "gzip": request.takes_gzip,
        }
        return answers.answer(request, question, vary)

    return answer


def _get(
    path: str, handler: Handler, name: str, summary: str, types: list[str], *given: Parameter
) -> Address:
    """Make an address that is only read."""
    return Address(path, handler, {"GET": Operation(name, summary, reads(types), given)})


def _inquiry(
    path: str, name: str, summary: str, *given: Parameter, missing: bool = True
) -> Address:
    """Make the address of a resource that comes in all formats."""
    handler = _resource(path.split("/")[1])
    operation = _asked(name, summary, given, missing)
    return Address(path, handler, {"GET": operation})


def _asked(
    name: str, summary: str, given: tuple[Parameter, ...], missing: bool = True
) -> Operation:
    types = resources.RESOURCES["why"].writers
    none = {"_404": "No node has that name."} if missing else {}
    return Operation(name, summary, reads(types, **none), (*given, _FORMAT))


def _sparql(writable: bool) -> Address:
    types = [form.media_type for form in (*SOLUTIONS.values(), *GRAPHS.values())]
    dataset = (
        Parameter("default-graph-uri", "A graph of the default graph.", schema=_IRIS),
        Parameter("named-graph-uri", "A named graph.", schema=_IRIS),
    )
    query = Parameter("query", "The query; without it, the service description.")
    names = ["query", *(["update"] if writable else [])]
    texts: Json = {
        **{f"application/sparql-{name}": {"schema": STRING} for name in names},
        protocol.FORM: {
            "schema": {"type": "object", "properties": dict.fromkeys(names, STRING)},
        },
    }
    answered = {status: one for status, one in reads(types).items() if status != "304"}
    post = Operation(
        "queryByPost",
        "Answer a query" + (", or carry out an update." if writable else "."),
        {**answered, **(CHANGED if writable else {}), **answered},
        dataset,
        texts,
    )
    get = Operation("query", "Answer a SPARQL 1.1 query.", reads(types), (query, *dataset))
    return Address("/sparql", sparql.endpoint, {"GET": get, "POST": post})


def _graphs(writable: bool, path: str, suffix: str, *given: Parameter) -> Address:
    types = [form.media_type for form in GRAPHS.values()]

    def change(name: str, summary: str, body: Mapping[str, Any] | None = None) -> Operation:
        return Operation(name + suffix, summary, CHANGED, given, body, changes=True)

    operations = {
        "GET": Operation(
            f"graph{suffix}",
            "Give a graph (Graph Store Protocol).",
            reads(types, _404="There is no such graph."),
            given,
        )
    }
    if writable:
        body = content(types)
        operations |= {
            "PUT": change("putGraph", "Put a graph in the place of one.", body),
            "POST": change("postGraph", "Add to a graph, or make a new one.", body),
            "DELETE": change("deleteGraph", "Remove a graph."),
        }
    return Address(path, graphstore.endpoint, operations)


def _each_question() -> dict[str, Operation]:
    return {
        question.name: _asked(
            f"ask-{question.name}",
            question.summary,
            tuple(map(_of_question, question.parameters)),
        )
        for question in catalogue.questions().values()
    }


def _of_question(parameter: catalogue.Parameter) -> Parameter:
    number = parameter.type == "xsd:integer"
    schema: Json = {"type": "integer" if number else "string"}
    if parameter.type == "xsd:date":
        schema["format"] = "date"
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if number else parameter.default
    return Parameter(parameter.name, parameter.summary, parameter.default is None, schema)


def _policy() -> list[Parameter]:
    parameters = []
    for name, default in inquiries.NETWORK.items():
        schema: Json = {"type": "string"}
        if name == "min-events":
            schema = {"type": "integer", "minimum": 1, "default": 1}
        elif default:
            schema["default"] = default
        if name in _CHOICES:
            schema["enum"] = _CHOICES[name]
        parameters.append(Parameter(name, f"As of passex network --{name}.", schema=schema))
    return parameters


@lru_cache(maxsize=2)
def addresses(writable: bool) -> tuple[Address, ...]:
    """List what has an address.

    Args:
        writable: Whether the graph can be changed.
    """

    def rest(about: str) -> Parameter:
        return Parameter("name", about, True, place="path")

    graph = Parameter("graph", "The IRI of a graph.", schema=_IRI)
    default = Parameter("default", "The default graph.", more={"allowEmptyValue": True})
    a = Parameter("a", "An actor, by any of its names; without 'b', any node.", True)
    node = Parameter("name", "A label, a prefixed name or an IRI.", True)
    typed = Parameter("q", "What was typed so far.", True)
    kinds = Parameter("kinds", "Classes, with spaces between them.")
    complete, terms, json = _resource("complete"), _resource("terms"), [JSON]
    styles = ["text/css", "text/javascript", "image/svg+xml"]
    question = Parameter("question", "A named question.", True, place="path")
    ask = _inquiry("/ask/{question}", "ask", "Answer a named question.", question)
    return (
        _sparql(writable),
        _graphs(writable, "/graphs", "", graph, default),
        _graphs(
            *(writable, "/graphs/{name}", "ByAddress"), rest("The graph is called by its address.")
        ),
        Address(ask.path, ask.handler, ask.operations, _each_question),
        _inquiry(
            *("/why", "why", "The evidence behind a tie, or behind a node.", a),
            Parameter("b", "Another actor."),
        ),
        _inquiry("/network", "network", "Who trains with whom.", *_policy(), missing=False),
        _inquiry(
            *("/entity/{name}", "entity", "Everything known about a node."),
            rest("A local or prefixed name."),
        ),
        _inquiry("/show", "show", "Everything known about a node, by any of its names.", node),
        _get(
            *("/complete", complete, "complete", "Names that begin with what was typed."),
            *(json, typed, kinds),
        ),
        _get("/terms", terms, "terms", "Prefixes and terms of the ontology.", json),
        _get("/", _home, "editor", "The page with the SPARQL editor.", [HTML]),
        _get("/editor.json", _setup, "setup", "What that page has to know.", json),
        _get("/ask", _questions, "questions", "The page of the named questions.", [HTML]),
        _get(
            *("/static/{name}", statics.endpoint, "static", "What the pages load.", styles),
            rest("The name of a file."),
        ),
        _get("/openapi.json", _description, "openapi", "This description.", json),
        _get("/health", _health, "health", "Whether the server answers.", json),
    )


@lru_cache(maxsize=8)
def document(writable: bool, server: str) -> bytes:
    """Describe the API.

    Args:
        writable: Whether the graph can be changed.
        server: The address of the server.

    Returns:
        An OpenAPI 3.1 document, as JSON.
    """
    return described(addresses(writable), server)
