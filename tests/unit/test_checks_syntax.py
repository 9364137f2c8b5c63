"""What is said of Turtle that does not parse, and where the mistake is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.text.places import Place
from passex.validation.inputs import load
from passex.validation.rules import syntax

from .checks_harness import scope

ENDS = "The statement does not end here, but another begins."
GOES_ON = "The statement ends at this '.', but the next line goes on with it."
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
    (
        "ex:a ex:b http://e.org/x .",
        (11, 25),
        "An IRI stands in angle brackets.",
        "write <http://e.org/x>",
    ),
    (
        "https://e/a?b=c,d ex:b 5.",
        (1, 18),
        "An IRI stands in angle brackets.",
        "write <https://e/a?b=c,d>",
    ),
    ("ex:a http://e/p#q 5 .", (6, 18), "An IRI stands in angle brackets.", "write <http://e/p#q>"),
    ("ex:a ex:b urn:x:y .", (11, 18), "An IRI stands in angle brackets.", "write <urn:x:y>"),
    ("ex:a ex:b http:x .", (11, 17), "The prefix http: is not declared.", None),
    ('ex:a ex:b "c"@en- .', (14, 18), "The tag of a language ends with '-'.", "write @en"),
    ('ex:a ex:b "c"@en-US-, 5 .', (14, 21), "The tag of a language ends with '-'.", "write @en-US"),
    ("ex:a ex:b 12kg .", (11, 15), "12kg isn't a number.", 'write 12, or "12kg" for a text'),
    ("ex:a ex:b 0x10 ; ex:c 5 .", (11, 15), "0x10 isn't a number.", "write 16"),
    ("ex:a ex:b 1_000 .", (11, 16), "1_000 isn't a number.", "write 1000"),
    (
        "ex:a/b a ex:c .",
        (5, 6),
        "A name cannot hold '/' as it is.",
        "write ex:a\\/b, or <http://e/a/b>",
    ),
    (
        "ex:c ex:d ex:o'brien ; ex:e ex:f .",
        (15, 16),
        "A name cannot hold ''' as it is.",
        "write ex:o\\'brien, or <http://e/o'brien>",
    ),
    ("ex:a\u00a0a ex:b .", (5, 6), "A no-break space (U+00A0).", "write a plain space"),
    ("ex:a a\u200b ex:b .", (7, 8), "A zero width space (U+200B).", "take it out"),
    ("ex:a ex:b <http://e/c d> .", (11, 25), "An IRI cannot hold ' '.", "write %20 for it"),
    (
        "_:a:b a ex:c .",
        (1, 6),
        "The label of a blank node cannot hold ':'.",
        "write _:a_b",
    ),
    (
        'ex:a ex:b "c"@en^^ex:d .',
        (14, 23),
        "A text with a language has no other datatype.",
        "leave out @en, or ^^ and what follows it",
    ),
    ("// no\nex:a ex:b 1 .", (1, 3), "'//' begins no comment.", "write #"),
    ("  -- no\nex:a ex:b 1 .", (3, 5), "'--' begins no comment.", "write #"),
    ("/* no */ ex:a ex:b 1 .", (1, 3), "'/*' begins no comment.", "write #"),
    (
        'ex:a ex:b "c"@en_GB .',
        (14, 20),
        "The tag of a language cannot hold '_'.",
        "write @en-GB",
    ),
    (
        'ex:a ex:b "c:\\data" .',
        (14, 16),
        "A text cannot hold '\\d' as it is.",
        "write \\\\d for a backslash",
    ),
    (
        "PREFIX f: <http://f/> .\nf:a f:b 1 .",
        (23, 24),
        "PREFIX ends without '.'.",
        "take it out, or write @prefix",
    ),
    (
        "@prefix f: http://f/ .",
        (12, 21),
        "The IRI of a namespace stands in angle brackets.",
        "write <http://f/>",
    ),
    ("PREFIX f <http://f/>\nf:a f:b 1 .", (8, 9), "The prefix f has no ':'.", "write f:"),
    ("base <http://f/> .", (18, 19), "BASE ends without '.'.", "take it out, or write @base"),
    (
        "ex:g { ex:a ex:b 1 }",
        (6, 7),
        "A '{' cannot stand here.",
        "in TriG, whose files end in .trig, a graph stands in braces; Turtle has none",
    ),
    ("ex:a%2 a ex:b .", (5, 6), "Behind '%' stand two hexadecimal digits.", "write \\% for it"),
    (
        "<<( ex:a ex:b ex:c )>> ex:d 1 .",
        (1, 4),
        "<<( … )>> can only be a value.",
        "write << … >> for what stands for a triple",
    ),
    ("ex:a A ex:b .", (6, 7), "A isn't a property.", "write a"),
    (
        "ex:a#b a ex:c .",
        (5, 6),
        "What stands behind '#' is a comment.",
        "write ex:a\\#b, or <http://e/a#b>",
    ),
    ("ex:a ex:b 1 .\n  ex:c 2 .", (13, 14), GOES_ON, "write ';' instead"),
    ("ex:a ex:b 1 .\n  ex:c ex:d ; ex:e 2 .", (13, 14), GOES_ON, "write ';' instead"),
    ("ex:a ex:b 1 .\n  a ex:c .", (13, 14), GOES_ON, "write ';' instead"),
    (
        "ex:a ex:b 1 ;\n\nex:c a ex:d .",
        (13, 14),
        "The statement goes on after ';', but the next line begins another.",
        "end it with '.' instead of ';'",
    ),
    (
        "<<<<<<< HEAD\nex:a ex:b 1 .\n=======\nex:a ex:b 2 .\n>>>>>>> other",
        (1, 13),
        "A merge conflict that was not settled.",
        "settle it, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>",
    ),
]
WHOLE = [
    ("<!DOCTYPE html>\n<html></html>", (1, 16), "This is a page of HTML."),
    ('<?xml version="1.0"?>\n<a/>', (1, 22), "This is XML."),
    ('{"@id": "http://e/a"}', (1, 8), "This is JSON."),
    (
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        (1, 43),
        "This is a pointer of Git LFS, and not the file that it stands for.",
    ),
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


@pytest.mark.parametrize(("text", "columns", "message"), WHOLE)
def test_files_that_are_no_turtle(
    text: str, columns: tuple[int, int], message: str, tmp_path: Path
) -> None:
    (tmp_path / "data.ttl").write_text(text)
    _, [failure] = load([tmp_path / "data.ttl"], [])
    found = syntax.explain(failure)
    assert isinstance(found.where, Place)
    assert (found.message, found.hint != "") == (message, True)
    assert (found.where.line, found.where.column, found.where.end_column) == (1, *columns)


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        ("<http://e/a> <http://e/b c> <http://e/d> .\n", (14, 28), "An IRI cannot hold ' '."),
        (
            '<http://e/a> <http://e/b> "abc .\n',
            (27, 33),
            "The text that begins here is never closed.",
        ),
    ],
)
def test_lines(text: str, columns: tuple[int, int], message: str, tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text(text)
    _, [failure] = load([tmp_path / "a.nt"], [])
    found = syntax.explain(failure)
    assert isinstance(found.where, Place)
    assert (found.message, found.where.column, found.where.end_column) == (message, *columns)


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        ("ex:a é .".encode("utf-16"), 1, 1, "UTF-16, not UTF-8."),
        ("ex:a é .".encode("utf-16-be"), 1, 1, "UTF-16BE, not UTF-8."),
        ("ex:a é .".encode("utf-32"), 1, 1, "UTF-32, not UTF-8."),
        (b"a\nb \xc3\xa9 \xfc\nc\n", 2, 5, "not UTF-8 (byte 0xfc at offset 7)."),
        (b"a\nb\n" + b"x" * 7 + b"\xc3", 3, 8, "not UTF-8 (byte 0xc3 at offset 11)."),
        (b"\xef\xbb\xbfa \xfc", 1, 3, "not UTF-8 (byte 0xfc at offset 5)."),
        (b"# \xc3\xa9" * 700_000 + b"\n\xfc", 2, 1, "not UTF-8 (byte 0xfc at offset 2800001)."),
    ],
)  # fmt: skip
def test_other_encodings(data: bytes, line: int, column: int, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_bytes(data)
    _, [failure] = load([tmp_path / "a.ttl"], [])
    found = syntax.explain(failure)
    assert isinstance(found.where, Place)
    assert (found.message, found.where.line, found.where.column) == (message, line, column)
    assert found.where.end_column == column + 1


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("<e:a rdf:about='http://e/a'>\n <e:b>x</e:c>\n</e:a>", 3, 10),
        ("<e:a rdf:about='http://e/a'/>\n  <e:a rdf:about='http://e/a b'/>", 3, 3),
        ("<e:a rdf:about='http://e/a'/>\n  <e:a rdf:ID='1z'/>", 3, 3),
    ],
)
def test_xml(text: str, line: int, column: int, tmp_path: Path) -> None:
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
    (tmp_path / "a.rdf").write_text(f"<rdf:RDF {rdf}>\n{text}\n</rdf:RDF>")
    _, [failure] = load([tmp_path / "a.rdf"], [])
    found = syntax.explain(failure)
    assert isinstance(found.where, Place)
    assert (found.where.line, found.where.column) == (line, column)
