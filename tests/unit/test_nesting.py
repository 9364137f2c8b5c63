"""What nests too deep for the engine is refused at its place, before it ends the process."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.errors import InputError
from passex.graph.nesting import DEEPEST, Nesting
from passex.graph.parsing import parse
from passex.graph.sources import Source
from passex.web.errors import HTTPError
from passex.web.writer import _statements

DEEP = DEEPEST + 1
JSON = '[\n "]}\\"[", {"http://e/p": ' + '{"http://e/p":' * 498 + "%s" + "}" * 499 + "]"
TERM = "<a:a> <a:p> " + "<<( <a:b> <a:c> " * DEEPEST + "%s" + " )>>" * DEEPEST + " ."


@pytest.mark.parametrize(
    ("name", "good", "bad", "place"),
    [
        ("d.jsonld", JSON % "1", JSON % "{}", f"2:{len(JSON % '') - 499 - 2}"),
        ("d.jsonld", JSON % '"[[[["', JSON % "[]", f"2:{len(JSON % '') - 499 - 2}"),
        ("d.ttl", TERM % "1", TERM % "<<( <a:b> <a:c> 1 )>>", f"1:{TERM.index('%') + 1}"),
        ("d.nt", TERM % "<a:d>", TERM % "<<( <a:b> <a:c> <a:d> )>>", f"1:{TERM.index('%') + 1}"),
    ],
)
def test_files(tmp_path: Path, name: str, good: str, bad: str, place: str) -> None:
    file = tmp_path / name
    file.write_text(good)
    assert len(list(parse(Source(file)))) == (499 if name == "d.jsonld" else 1)
    file.write_text(bad)
    with pytest.raises(InputError, match="nested more than 500 deep") as caught:
        list(parse(Source(file)))
    assert str(caught.value.place) == f"{file}:{place}"


def test_wide_and_flat_is_no_nesting() -> None:
    nesting = Nesting(".jsonld")
    assert nesting.too_deep(b"[" + b"{}," * 10_000 + b"{}]") is None


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_in_pieces(size: int) -> None:
    for text, deep in ((JSON % "1", False), (JSON % '"[[[["', False), (JSON % "{}", True)):
        nesting, data = Nesting(".json"), text.encode()
        pieces = [data[at : at + size] for at in range(0, len(data), size)]
        assert any(nesting.too_deep(piece) is not None for piece in pieces) is deep


@pytest.mark.parametrize(
    ("form", "text"), [("jsonld", JSON % "{}"), ("turtle", TERM % "<<( <a:b> <a:c> 1 )>>")]
)
def test_a_server_refuses_it(form: str, text: str) -> None:
    with pytest.raises(HTTPError, match="nested more than 500 deep"):
        _statements(text.encode(), form, "http://e/")
