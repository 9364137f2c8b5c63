from __future__ import annotations

import json

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from passex.questions.catalogue import questions
from passex.web import openapi, routes


@pytest.mark.parametrize("writable", [True, False])
def test_it_is_openapi(writable: bool) -> None:
    document = json.loads(openapi.document(writable, "http://localhost:8000"))
    OpenAPIV31SpecValidator(document).validate()
    assert document["servers"] == [{"url": "http://localhost:8000"}]


def test_it_has_every_route_and_question() -> None:
    paths = json.loads(openapi.document(False, "http://localhost"))["paths"]
    for route in routes.routes(False):
        assert any(path == route.path or path.startswith(route.path) for path in paths), route.path
    for name, question in questions().items():
        described = paths[f"/ask/{name}"]["get"]
        assert described["summary"] == question.summary
        assert [(p["name"], p["required"]) for p in described["parameters"]] == [
            *((p.name, p.default is None) for p in question.parameters),
            ("format", False),
        ]
    evidence = paths["/why"]["get"]["parameters"]
    assert [(p["name"], p["required"]) for p in evidence] == [
        ("a", True),
        ("b", False),
        ("format", False),
    ]


def test_changes_are_there_when_they_can_be_made() -> None:
    for writable in (True, False):
        paths = json.loads(openapi.document(writable, "http://localhost"))["paths"]
        assert ("put" in paths["/graphs"]) is writable
        content = paths["/sparql"]["post"]["requestBody"]["content"]
        assert ("application/sparql-update" in content) is writable
