"""What is said of Turtle that does not parse, and where the mistake is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.text.places import Place
from passex.validation.rules import syntax

from .checks_harness import scope

ENDS = "The statement does not end here, but another begins."
CASES = [
    ("ex:a exx:b ex:c .", (6, 11), "The prefix exx: is not declared.", "did you mean ex:?"),
    (
        'ex:a ex:b "x"^^xsd:date .',
        (16, 24),
        "The prefix xsd: is not declared.",
        "add '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .' at the top",
    ),
    ('ex:a ex:b "\U0001d4b3é", exx:c .', (17, 22), "The prefix exx: is not declared.", None),
    ("ex:a ex:b ex:c\nex:d ex:e ex:f .", (11, 15), ENDS, None),
    ("ex:a ex:b ex:c\r\nex:d ex:e ex:f .", (11, 15), ENDS, None),
    (
        "ex:a ex:b ex:c ;\nex:d ex:e ex:f .",
        (16, 17),
        "The statement goes on after ';', but the next line begins another.",
        "end it with '.' instead of ';'",
    ),
    ("ex:a ex:b ex:c", (11, 15), "The last statement does not end.", "end it with ' .'"),
    (
        'ex:a ex:b "abc\n ex:c .\nex:d ex:e "f" .',
        (11, 12),
        "The text that begins here is never closed.",
        'close it with ", or write """ at both ends of a text of several lines',
    ),
    (
        'ex:a ex:b """abc\n ex:c .\n\n',
        (11, 14),
        "The text that begins here is never closed.",
        'close it with """',
    ),
    ("ex:a ex:b [ ex:c ex:d .", (11, 12), "This '[' is never closed.", "close it with ']'"),
    ("ex:a ex:b ( ex:c ex:d .", (11, 12), "This '(' is never closed.", "close it with ')'"),
    ("ex:a ex:b .", (6, 10), "A value is missing after the property.", "write a value"),
    ("ex:a ex:b ex:c ,\n .", (16, 17), "A value is missing after the comma.", "write a value"),
    (
        "ex:a ex:b True .",
        (11, 15),
        "True is neither a name with a prefix nor a text.",
        "write true",
    ),
    (
        "ex:a ex:b 2017-01-01 .",
        (11, 21),
        "The date 2017-01-01 has no quotation marks.",
        'write "2017-01-01"^^xsd:date',
    ),
    (
        "ex:a ex:b <rel> .",
        (11, 16),
        "A relative IRI, and the file declares no base.",
        "write the whole IRI, or declare @base",
    ),
    ("ex:a ex:b \u201cx\u201d .", (11, 12), "A curled quotation mark.", None),
    ('ex:a "b" ex:c .', (6, 9), '"b" is not a valid predicate.', ""),
]


@pytest.mark.parametrize(("body", "columns", "message", "hint"), CASES)
def test_turtle(
    body: str, columns: tuple[int, int], message: str, hint: str | None, tmp_path: Path
) -> None:
    text = f"@prefix ex: <http://e/> .\n{body}"
    [finding] = syntax.run(scope(tmp_path, {"data.ttl": text}))
    source = body.splitlines()[0]
    assert finding.message == message
    assert finding.where == Place("data.ttl", 2, columns[0], 2, columns[1], source)
    assert hint is None or finding.hint == hint


def test_a_byte_order_mark_moves_no_column(tmp_path: Path) -> None:
    text = "\ufeff@prefix ex: <http://e/> .\nex:a ex:b .\n"
    [finding] = syntax.run(scope(tmp_path, {"data.ttl": text}))
    assert finding.rule == "turtle-syntax"


@pytest.mark.parametrize("text", ["{", "\x00\x01", '"' * 99, "<" * 999, "[" * 9999, "a." * 9999])
def test_anything_gets_an_answer(text: str, tmp_path: Path) -> None:
    found = list(syntax.run(scope(tmp_path, {"data.ttl": f"#\n@prefix ex: {text}"})))
    assert [finding.rule for finding in found] == ["turtle-syntax"]
