from __future__ import annotations

import hashlib
import io
import os
import threading
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import passex
from passex.errors import InputError, QueryError
from passex.graph import opening as knowledge
from passex.graph import reading, store
from passex.graph.checked import Checked, wide_encoding
from passex.graph.sources import Source
from passex.graph.terms import NR, RDF

TURTLE = b"<https://e.org/a> a <https://w3id.org/passex/ontology#State> .\n"
TRIG = b"<https://e.org/g> { " + TURTLE + b" }\n"
FOREIGN = b'<https://e.org/p> a <https://e.org/v#Person> ; <https://e.org/v#name> "P" .\n'


def states(loaded: store.Store) -> list[str]:
    return loaded.subjects(RDF.type, NR.State)


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    stream = io.BytesIO()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(stream))
    return stream


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    """A named pipe, with one state in Turtle in it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    threading.Thread(target=path.write_bytes, args=(TURTLE,), daemon=True).start()
    return path


def test_standard_input_is_turtle(stdin: io.BytesIO) -> None:
    stdin.write(TURTLE)
    stdin.seek(0)
    loaded = store.load(["-"])
    assert states(loaded) == ["https://e.org/a"]
    assert loaded.files == (Path("-"),)


def test_standard_input_in_another_format(stdin: io.BytesIO) -> None:
    stdin.write(TRIG)
    stdin.seek(0)
    assert states(passex.load("-", cached=False, format="trig").store) == ["https://e.org/a"]


def test_an_error_on_standard_input_has_its_place(stdin: io.BytesIO) -> None:
    stdin.write(TURTLE + b"?")
    stdin.seek(0)
    with pytest.raises(InputError) as error:
        store.load(["-"])
    assert str(error.value).startswith("-:2:1: not Turtle: ")


def test_standard_input_is_in_the_cache_by_content(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    for text in (TURTLE, TURTLE, TURTLE.replace(b"/a", b"/z")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        loaded = passex.load("-").store
    assert states(loaded) == ["https://e.org/z"]
    assert len(list((tmp_path / "cache").iterdir())) == 2


def test_standard_input_that_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError) as error:
        store.load(["-"])
    assert str(error.value) == "-: standard input is closed; pipe a file into it"


def test_a_terminal_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    try:
        master, slave = os.openpty()
    except OSError:  # a container without /dev/pts
        pytest.skip("there is no pseudo-terminal here")
    with open(slave, encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        with pytest.raises(InputError) as error:
            store.load(["-"])
    os.close(master)
    assert str(error.value) == (
        "-: a terminal, where no facts come from; pipe a file into the command"
    )


def test_a_named_pipe_is_read_once(fifo: Path) -> None:
    loaded = store.load([fifo])
    assert states(loaded) == ["https://e.org/a"]
    assert loaded.files == (fifo,)


def test_a_format_for_what_has_no_extension(tmp_path: Path) -> None:
    path = tmp_path / "facts"
    path.write_bytes(TRIG)
    with pytest.raises(InputError) as error:
        store.load([path])
    assert str(error.value) == (
        f"{path}: not the name of an RDF file; the extension has to be one of "
        ".ttl .nt .nq .trig .rdf .jsonld .owl .xml .json .n3 .turtle, perhaps with .gz, .bz2 or "
        ".zst behind it, or say --input-format"
    )
    assert states(store.load([path], "trig")) == ["https://e.org/a"]


def test_an_extension_counts_more_than_the_format(tmp_path: Path) -> None:
    path = tmp_path / "facts.ttl"
    path.write_bytes(TURTLE)
    assert states(store.load([path], "rdfxml")) == ["https://e.org/a"]


def test_no_such_format() -> None:
    with pytest.raises(QueryError) as error:
        passex.load("-", format="n3")
    assert str(error.value) == (
        "'n3' is no format; give one of turtle, nt, nquads, trig, rdfxml, jsonld"
    )


@given(st.binary(), st.integers(1, 9))
def test_what_is_checked_comes_through_unchanged(data: bytes, size: int) -> None:
    source = Source(Path("x.ttl"))
    checked = Checked(source, io.BytesIO(data))
    try:
        data.decode()
        right = not wide_encoding(data)
    except UnicodeDecodeError:
        right = False
    if not right:
        with pytest.raises(InputError, match=r"^x.ttl:\d+:\d+: .*not UTF-8"):
            checked.finish()
        return
    parts = []
    while part := checked.read(size):
        parts.append(part)
    checked.finish()
    assert b"".join(parts) == data.removeprefix(b"\xef\xbb\xbf")
    assert source.digest == hashlib.sha256(data).hexdigest()


def test_a_file_is_hashed_while_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + TURTLE)
    source = Source(path)
    reading.Reader(ox.Store()).read(source)
    assert source.digest == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_wholly_foreign_file_beside_good_ones(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("good.ttl", "strange.ttl", "extra.ttl", "empty.ttl")]
    extra = b'<https://e.org/a> <https://e.org/v#motto> "Ahoy" .\n'
    for path, text in zip(paths, (TURTLE, FOREIGN, extra, b"# nothing\n"), strict=True):
        path.write_bytes(text)
    assert store.load(paths).foreign == ((1, "<https://e.org/v#>"),)


def test_it_is_a_warning_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    for name, text in (("good.ttl", TURTLE), ("strange.ttl", FOREIGN)):
        (tmp_path / name).write_bytes(text)
    paths = [tmp_path / "strange.ttl", tmp_path / "good.ttl"]
    for _ in range(2):
        warnings: list[str] = []
        knowledge.open_store(paths, True, warnings.append)
        assert warnings == [
            f"{paths[0]}: no node of a class of the Passex ontology; the vocabulary there: "
            "<https://e.org/v#>"
        ]
