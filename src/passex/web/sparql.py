"""The endpoint ``/sparql``."""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.responses import Response

from . import guard, protocol
from .answering import Answers
from .errors import HTTPError
from .negotiation import ANSWER_TYPES, GRAPH_TYPES, acceptable, prefers_page
from .request import Request

_VARY: Final = "Accept, Accept-Encoding"
#: A text of as many characters is read beside other requests, and is nobody's to ask for again.
_LONG: Final = 1 << 17


async def endpoint(request: Request, answers: Answers) -> Response:
    """Answer a request to the endpoint.

    Raises:
        HTTPError: There is no answer.
    """
    limits = answers.limits
    body = b""
    if request.method == "POST":
        body = await request.read(limits.body, limits.seconds)
    sent = request.method, request.query, request.header(b"content-type"), body
    if len(body) < _LONG:
        operation = protocol.read(*sent)
    else:
        operation = await asyncio.get_running_loop().run_in_executor(None, protocol.read, *sent)
    base = f"{request.origin}/sparql"
    if operation.kind == "update":
        change = {
            "op": "update",
            "text": operation.text,
            "default": operation.default,
            "named": operation.named,
            "base": base,
            "load": answers.load,
            "service": answers.service,
        }
        return Response(status_code=await answers.change(request, change))
    accept = request.header(b"accept")
    solutions, graphs = acceptable(accept)
    if operation.kind == "description":
        if prefers_page(accept):
            return Response(status_code=303, headers={"location": "/", "vary": _VARY})
        if graphs is None:
            raise HTTPError(406, f"the service description comes as {GRAPH_TYPES}")
        about = {
            "endpoint": request.origin + request.raw_path,
            "writable": answers.source.writable,
            "service": answers.service,
        }
        question = {"op": "describe", "graphs": graphs, "description": about}
        return answers.answer(request, {**question, "gzip": request.takes_gzip}, _VARY)
    if solutions is None and graphs is None:
        raise HTTPError(406, f"answers come as {ANSWER_TYPES}")
    text = operation.text
    lasting = not answers.service and len(text) < _LONG and not guard.varies(text)
    query = {
        "op": "query",
        "text": text,
        "default": operation.default,
        "named": operation.named,
        "solutions": solutions,
        "graphs": graphs,
        "base": base,
        "service": answers.service,
        "gzip": request.takes_gzip,
    }
    return answers.answer(request, query, _VARY, lasting)
