from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping
from types import SimpleNamespace
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from passex.network.policy import OPTIONS
from passex.questions.catalogue import questions
from passex.web import routes
from passex.web.app import Application


@pytest.mark.parametrize("writable", [True, False])
def test_it_is_openapi(writable: bool) -> None:
    document = json.loads(routes.document(writable, "http://localhost:8000"))
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": "http://localhost:8000"}]


def test_it_has_every_route_and_question() -> None:
    paths = json.loads(routes.document(False, "http://localhost"))["paths"]
    for address in routes.addresses(False):
        start = address.path.partition("{")[0]
        assert any(path == start or path.startswith(start) for path in paths), address.path
    for name, question in questions().items():
        described = paths[f"/ask/{name}"]["get"]
        assert described["summary"] == question.summary
        assert [(p["name"], p["required"]) for p in described["parameters"]] == [
            *((p.name, p.default is None) for p in question.parameters),
            *([("basis", False)] if name == "partners" else []),
            ("format", False),
            ("page", False),
        ]
    evidence = paths["/why"]["get"]["parameters"]
    assert [(p["name"], p["required"]) for p in evidence] == [
        ("a", True),
        ("b", False),
        *((option.name, False) for option in OPTIONS),
        ("all", False),
        ("format", False),
        ("page", False),
    ]


@pytest.mark.parametrize("writable", [True, False])
def test_the_router_and_the_description_have_the_same_methods(writable: bool) -> None:
    answers: Any = SimpleNamespace(source=SimpleNamespace(writable=writable))
    app = Application(answers)
    paths = json.loads(routes.document(writable, "http://localhost"))["paths"]
    for path, item in paths.items():
        described = {method.upper() for method in item}
        allowed = set(options(app, path).split(", "))
        assert allowed == described | {"HEAD", "OPTIONS"}, path
    seen = set()
    for path in paths:
        matching = [route for route in app.router.routes if route.matches({"path": path})[0].value]
        assert len(matching) == 1, path
        seen.add(id(matching[0]))
    assert len(seen) == len(app.router.routes)


def options(app: Application, path: str) -> str:
    """Ask for the methods of an address."""
    sent: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "OPTIONS", "path": path, "headers": headers}
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 204, path
    return str(dict(sent[0]["headers"])[b"allow"].decode())


def test_changes_are_there_when_they_can_be_made() -> None:
    for writable in (True, False):
        paths = json.loads(routes.document(writable, "http://localhost"))["paths"]
        assert ("put" in paths["/graphs"]) is writable
        content = paths["/sparql"]["post"]["requestBody"]["content"]
        assert ("application/sparql-update" in content) is writable
