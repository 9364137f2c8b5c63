"""Files of every kind, for each command: endings, compression, folders, formats, URLs."""

from __future__ import annotations

import bz2
import gzip
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import zstandard
from processes import passex

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
TURTLE = (
    "<https://w3id.org/passex/id/x> a <https://w3id.org/passex/ontology#Place> ;\n"
    '    <https://example.org/n> "one" .\n'
)
XML = (
    f'<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="https://example.org/">\n'
    '<rdf:Description rdf:about="https://w3id.org/passex/id/x">\n'
    '<rdf:type rdf:resource="https://w3id.org/passex/ontology#Place"/>\n<e:n>one</e:n>\n'
    "</rdf:Description></rdf:RDF>\n"
)
JSON = (
    '{"@id": "https://w3id.org/passex/id/x", "@type": "https://w3id.org/passex/ontology#Place",'
    ' "https://example.org/n": "one"}\n'
)
LINES = (
    f"<https://w3id.org/passex/id/x> <{RDF}type> <https://w3id.org/passex/ontology#Place> .\n"
    '<https://w3id.org/passex/id/x> <https://example.org/n> "one" .\n'
)
TEXTS = {
    "ttl": TURTLE, "turtle": TURTLE, "n3": TURTLE, "trig": TURTLE, "nt": LINES, "nq": LINES,
    "rdf": XML, "owl": XML, "xml": XML, "json": JSON, "jsonld": JSON,
}  # fmt: skip
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
<http://e/S> a sh:NodeShape ; sh:targetSubjectsOf <https://example.org/n> ;
    sh:property [ sh:path <https://example.org/n> ; sh:maxLength 2 ] .
"""
LENGTH = '"one"` is longer than 2 characters'


def asked(folder: Path, *data: str) -> str:
    given = [word for path in data for word in ("--data", path)]
    code, out, err = passex(folder, "query", *given, "--no-cache", "ASK { id:x a nr:Place }")
    assert (code, err) == (0, "")
    return out


def packed(text: str, how: str) -> bytes:
    data = text.encode()
    packers: dict[str, Callable[[bytes], bytes]] = {
        ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": zstandard.compress,
    }  # fmt: skip
    pack = packers.get(how, bytes)
    # In two frames, as `cat` makes them.
    half = len(data) // 2
    return pack(data[:half]) + pack(data[half:])


@pytest.mark.parametrize("how", ["", ".gz", ".bz2", ".zst"])
@pytest.mark.parametrize("ending", TEXTS)
def test_each_ending_is_read_by_name(ending: str, how: str, tmp_path: Path) -> None:
    name = f"a.{ending}{how}"
    (tmp_path / name).write_bytes(packed(TEXTS[ending], how))
    (tmp_path / "s.ttl").write_text(SHAPES)
    code, out, err = passex(tmp_path, "validate", name, "--shapes", "s.ttl")
    assert (code, err) == (1, "")
    assert out.startswith(name)
    assert LENGTH in out


@pytest.mark.parametrize("name", ["a.owl", "a.json.gz", "a.ttl.bz2", "a.n3.zst"])
def test_so_do_other_commands_and_folders(name: str, tmp_path: Path) -> None:
    ending = name.split(".")[1]
    how = "." + name.split(".")[2] if name.count(".") > 1 else ""
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / name).write_bytes(packed(TEXTS[ending], how))
    # What shares an ending with RDF and is none is passed over in a folder.
    (tmp_path / "d" / "package.json").write_text('{"name": "x", "version": "1"}')
    (tmp_path / "d" / "pom.xml").write_text("<project><a></project>")
    (tmp_path / "d" / "all.tar.gz").write_bytes(gzip.compress(b"x"))
    assert asked(tmp_path, f"d/{name}") == "true\n"
    assert asked(tmp_path, "d") == "true\n"


def test_a_stream_may_be_compressed(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "passex", "query", "--data", "-", "ASK { id:x a nr:Place }"],
        cwd=tmp_path, input=gzip.compress(TURTLE.encode()), capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, b"true\n", b"")


def test_a_format_for_each_of_data_shapes_and_ontology(tmp_path: Path) -> None:
    for name, text in (("d.txt", XML), ("s.txt", SHAPES), ("o.txt", LINES)):
        (tmp_path / name).write_text(text)
    code, out, err = passex(
        tmp_path, "validate", "d.txt", "--input-format", "rdfxml", "--shapes", "s.txt",
        "--shapes-format", "turtle", "--ontology", "o.txt", "--ontology-format", "nt",
    )  # fmt: skip
    assert (code, err) == (1, "")
    assert LENGTH in out


@pytest.mark.parametrize("name", ["a.ttl.gz", "a.ttl.bz2", "a.ttl.zst"])
def test_what_is_cut_short_is_said(name: str, tmp_path: Path) -> None:
    whole = packed(TURTLE * 99, "." + name.split(".")[2])
    (tmp_path / name).write_bytes(whole[: len(whole) - 9])
    code, out, err = passex(tmp_path, "query", "--data", name, "ASK {}")
    said = f"passex: {name}: cannot be unpacked: it is damaged or cut short; compress it again\n"
    assert (code, out, err) == (2, "", said)


Answer = Callable[[BaseHTTPRequestHandler], None]


@pytest.fixture
def server() -> Iterator[str]:
    """A server of files, which says what is asked of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            pages = {
                "/facts": (200, "application/rdf+xml", XML),
                "/facts.ttl": (200, "text/plain", TURTLE),
                "/moved": (302, "", "/facts"),
                "/local": (302, "", "file:///etc/passwd"),
            }
            code, kind, text = pages.get(self.path, (404, "", ""))
            self.send_response(code)
            self.send_header("Content-Type" if code == 200 else "Location", kind or text)
            self.end_headers()
            if code == 200:
                self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{httpd.server_address[1]}"
        httpd.shutdown()


@pytest.mark.parametrize("page", ["/facts", "/facts.ttl", "/moved"])
def test_a_url_on_the_command_line_is_fetched(page: str, server: str, tmp_path: Path) -> None:
    assert asked(tmp_path, server + page) == "true\n"
    (tmp_path / "s.ttl").write_text(SHAPES)
    code, out, err = passex(tmp_path, "validate", server + page, "--shapes", "s.ttl")
    assert (code, err) == (1, "")
    assert out.startswith(f"{server}{page}")
    assert LENGTH in out


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/nowhere", "the server says 404 Not Found; check the URL"),
        ("/local", "the server says 302 Found"),
    ],
)
def test_a_url_that_cannot_be_had(page: str, said: str, server: str, tmp_path: Path) -> None:
    code, out, err = passex(tmp_path, "query", "--data", server + page, "ASK {}")
    assert (code, out) == (2, "")
    assert err.startswith(f"passex: {server}{page}: {said}")
    assert err.count("\n") == 1


def test_a_url_in_a_file_is_not_fetched(server: str, tmp_path: Path) -> None:
    imports = f"<http://e/o> <http://www.w3.org/2002/07/owl#imports> <{server}/facts.ttl> .\n"
    (tmp_path / "a.ttl").write_text(TURTLE + imports)
    (tmp_path / "s.ttl").write_text(SHAPES)
    code, out, err = passex(tmp_path, "validate", "a.ttl", "--shapes", "s.ttl", "--imports")
    assert (code, err) == (1, "")
    assert f"info[import-not-read] What is imported was not read: <{server}/facts.ttl>." in out


def test_a_file_of_another_vocabulary_can_be_queried(tmp_path: Path) -> None:
    (tmp_path / "people.ttl").write_text(
        "@prefix ex: <http://example.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .\n"
        'ex:a a foaf:Person ; foaf:name "Alice" . ex:b a foaf:Person ; foaf:name "Bob" .\n'
    )
    query = "SELECT ?n { ?p foaf:name ?n } ORDER BY ?n"
    code, out, err = passex(tmp_path, "query", "--data", "people.ttl", query, "--format", "csv")
    assert (code, out) == (0, "n\nAlice\nBob\n")
    assert err.startswith("passex: people.ttl: no node of a class of the Passex ontology; ")
    assert err.endswith("taken as they are, without ontology and rules\n")
    code, out, err = passex(
        tmp_path, "query", "--data", "people.ttl", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    )
    assert (code, out) == (0, "n\n4\n")
    # There is no network in it.
    assert passex(tmp_path, "network", "--data", "people.ttl")[0] == 2
