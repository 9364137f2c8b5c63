"""`passex validate` on files of strangers: it runs none of their queries but to apply a shape."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hostile import hostile, send
from processes import passex

PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://e/> .\n"
VALIDATOR = """ex:V a sh:SPARQLAskValidator ; sh:ask "%s" .
ex:Comp a sh:ConstraintComponent ; sh:parameter [ sh:path ex:flag ] ; sh:validator ex:V .
ex:S a sh:NodeShape ; sh:targetClass ex:C ; ex:flag true ."""
CONSTRAINT = 'ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [ sh:select "%s" ] .'
RULE = """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI ;
    sh:rule [ a sh:SPARQLRule ; sh:construct "%s" ] ."""
#: The half of a query that begins in the declaration of a prefix.
SPLIT = """ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:sparql [
    sh:prefixes ex:P ; sh:select "$this a ?c }" ] .
ex:P sh:declare [ sh:prefix "p" ; sh:namespace "urn:p> SELECT $this { %s #" ] ."""
#: A product of all triples, whose rows are looked at only when they are whole.
ENDLESS = " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(9))
ENDLESS += f" FILTER(CONCAT({', '.join(f'STR(?s{i})' for i in range(9))}) = 'x')"


def run(folder: Path, *arguments: str, stdin: int | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "passex", "validate", *arguments],
        cwd=folder,
        stdin=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def listener() -> Iterator[str]:
    """A server of this machine which nobody may call."""
    with hostile(lambda handler, _: send(handler, status=404)) as server:
        yield server.url
        assert server.asked == []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    nodes = "".join(f"ex:n{number} a ex:C ." for number in range(100))
    (tmp_path / "data.ttl").write_text(PREFIXES + nodes)
    return tmp_path


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    "shapes",
    [
        VALIDATOR % "ASK { %s }",
        VALIDATOR % "ASK { %s",
        VALIDATOR % "SELECT (COUNT(*) AS ?n) { %s }",
        VALIDATOR % "CONSTRUCT { $this a $this } WHERE { %s } ORDER BY ?x",
        CONSTRAINT % "ASK { %s }",
        CONSTRAINT % "SELECT $this { $this a ?c . %s }",
        CONSTRAINT % "SELECT $this { $this a 1%s }",
        CONSTRAINT % "SELECT $this { $this a ?c # \\r %s \\n }",
        CONSTRAINT % "SELECT $this { $this a ?c FILTER(?c != '\\\\u0027) %s #') }",
        SPLIT,
    ],
)
def test_no_server_is_called(folder: Path, listener: str, shapes: str, engine: str) -> None:
    text = shapes % f"SERVICE SILENT <{listener}> {{ ?x ?y ?z }}"
    (folder / "shapes.ttl").write_text(PREFIXES + text)
    options = ("--shapes", "shapes.ttl", "--engine", engine)
    code, out, err = passex(folder, "validate", "data.ttl", *options)
    if "u0027" not in text:
        assert (code, err) == (1, "")
        assert "violation[shacl-" in out
    elif engine == "fast":
        # To this engine the whole is a string.
        assert (code, err) == (1, "")
        assert "100 violations" in out
    else:
        assert (code, err) == (2, "")
        assert "violation[shacl-unsupported] pySHACL cannot apply ex:S: " in out


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_no_graph_is_fetched(folder: Path, listener: str, engine: str) -> None:
    query = f"SELECT $this FROM <{listener}> {{ $this a ?c . GRAPH $shapesGraph {{}} }}"
    (folder / "shapes.ttl").write_text(PREFIXES + CONSTRAINT % query)
    options = ("--shapes", "shapes.ttl", "--engine", engine)
    code, out, err = passex(folder, "validate", "data.ttl", *options)
    assert (code, err) == (1, "")
    assert "a SPARQL constraint cannot have FROM" in out


@pytest.mark.parametrize("form", ["ASK", "SELECT (COUNT(*) AS ?n)", "SELECT ?x"])
def test_a_question_is_not_asked(folder: Path, listener: str, form: str) -> None:
    query = f"{form} {{ SERVICE <{listener}> {{ ?x ?y ?z }} }}"
    (folder / "q.rq").write_text(f"#+ summary: Which?\n{query}")
    _, out, err = passex(folder, "validate", "data.ttl", "q.rq")
    assert err == ""
    assert ("The query is not a SELECT query." in out) == (form == "ASK")


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    "shapes",
    [
        VALIDATOR % f"ASK {{ {ENDLESS} }}",
        CONSTRAINT % f"SELECT $this {{ $this a ?c . {ENDLESS} }}",
        RULE % f"CONSTRUCT {{ $this a ?c }} WHERE {{ $this a ?c . {ENDLESS} }}",
    ],
)
def test_a_query_without_end_is_ended(folder: Path, shapes: str, engine: str) -> None:
    (folder / "shapes.ttl").write_text(PREFIXES + shapes)
    options = ("--shapes", "shapes.ttl", "--engine", engine, "--timeout", "2")
    code, out, err = run(folder, "data.ttl", *options)
    assert (code, out) == (2, ""), err
    where = "shapes.ttl:4:1" if "ASK" in shapes else "shapes.ttl:2:1"
    assert err.startswith(f"passex: {where}: the validation took longer than 2 seconds;")


def test_a_stream_without_end_is_ended(folder: Path) -> None:
    reader, writer = os.pipe()
    code, out, err = run(folder, "-", "--timeout", "1", stdin=reader)
    os.close(reader)
    os.close(writer)
    assert (code, out) == (2, "")
    assert err.startswith("passex: the validation took longer than 1 second;")
