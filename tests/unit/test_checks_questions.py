"""Questions that could not be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.text.places import Place
from passex.validation.rules import questions

from .checks_harness import scope

HEAD = "#+ summary: Which?\n"
PARAMETER = "#+ summary: Which?\n#+ params:\n#+   ship:\n#+     type: nr:Ship\n"


def found(text: str, folder: Path, **more: str) -> list[tuple[str, str, int, int]]:
    """Rule, message, line and column of what is said of a question with rows on record."""
    files = {"queries/q.rq": text, "queries/expected/q.csv": "ship\nx\n", **more}
    result = []
    for finding in questions.run(scope(folder, files)):
        assert isinstance(finding.where, Place)
        result.append((finding.rule, finding.message, finding.where.line, finding.where.column))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD + "SELECT ?ship { ?ship a nr:Ship }", []),
        (HEAD + "SELECT * { ?ship a nr:Ship }", []),
        (PARAMETER + "SELECT ?ship { ?ship a nr:Ship }", []),
        (PARAMETER + "SELECT * { ?ship a nr:Ship }", []),
        (
            HEAD + "SELECT ?ship {\n  ?ship a nr:Ship \n  ?ship nr:x ?y }",
            [("question-syntax", "Not SPARQL from 'nr:x' on.", 4, 9)],
        ),
        (
            HEAD + "SELECT ?ship { ?ship a nr:Ship",
            [("question-syntax", "The query does not end.", 2, 24)],
        ),
        (
            HEAD + "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }",
            [
                (
                    "question-syntax",
                    "A variable of the SELECT clause is neither grouped nor counted.",
                    2,
                    40,
                )
            ],
        ),
        (
            HEAD + "ASK { ?s ?p ?o }",
            [("question-syntax", "The query is not a SELECT query.", 0, 0)],
        ),
        (
            HEAD + "SELECT ?s { ?s ?p ?o\n  FILTER(nr:odd(?o)) }",
            [
                (
                    "question-syntax",
                    "The query cannot be asked: the custom function "
                    "<https://w3id.org/passex/ontology#odd> is not supported.",
                    3,
                    10,
                )
            ],
        ),
        (
            "#+ summary: Which?\n#+ colour: red\nSELECT ?s { ?s ?p ?o }",
            [
                (
                    "question-header",
                    "'colour: red' is nothing that a header says there.",
                    2,
                    1,
                )
            ],
        ),
        (
            PARAMETER + "SELECT ?ship ?s { ?s a nr:Ship }",
            [("question-parameter", "The query does not use the parameter ship.", 3, 6)],
        ),
        (
            "",
            [
                ("question-syntax", "The query does not end.", 1, 1),
                ("question-header", "No question.", 0, 0),
            ],
        ),
    ],
)
def test_questions(text: str, expected: list[tuple[str, str, int, int]], tmp_path: Path) -> None:
    assert found(text, tmp_path) == expected


@pytest.mark.parametrize(
    ("name", "text", "ok"),
    [
        ("queries/expected/q.json", '[{"ship": 1}]', True),
        ("queries/expected/q.json", "[]", False),
        ("queries/expected/q.json", "{", False),
        ("docs/questions.md", "```console\n$ passex ask q Japan\nship\nx\n```\n", True),
        ("queries/README.md", "```console\n$ passex ask q\nship\n```\n", True),
        ("docs/questions.md", "```console\n$ passex ask q\n```\n", False),
        ("docs/questions.md", "```console\n$ passex ask q-2\nship\n```\n", False),
    ],
)
def test_rows_on_record(name: str, text: str, ok: bool, tmp_path: Path) -> None:
    files = {"queries/expected/q.csv": "ship\n", name: text}
    rules = [rule for rule, *_ in found(HEAD + "SELECT ?s { ?s ?p ?o }", tmp_path, **files)]
    assert rules == ([] if ok else ["question-rows"])
