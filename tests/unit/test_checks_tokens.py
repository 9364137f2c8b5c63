"""Words and their places, whatever the text."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.graph import dataset
from passex.graph.parsing import UnparsableError
from passex.graph.sources import Source
from passex.query.lexer import tokens
from passex.query.prefixes import named
from passex.text.places import Place, offset, place
from passex.validation.inputs import Failure
from passex.validation.rules.syntax import explain

_PUNCTUATION = [" ", "\n", "\r", ".", ";", ",", "[", "]", "(", ")", "\\", "<", ">", "#", "^^"]
_QUOTES = ['"', "'", '"""', "@en"]
_WORDS = ["ex:a", "<http://e/x>", "a", "_:b", "?x", "1.5", "\U0001d4b3", "@prefix", "ex:"]
PIECES = st.sampled_from([*_PUNCTUATION, *_QUOTES, *_WORDS])
SAID = (
    "The prefix x: has not been declared",
    "A dot is expected at the end of statements",
    ". is not a valid RDF object",
    "",
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
def test_words_stand_where_they_say_and_nothing_else_is_left_out(text: str) -> None:
    rest, end = "", 0
    for word in tokens(text):
        if word.kind == "open":
            return
        assert text[word.start : word.end] == word.text
        assert word.start >= end
        rest += text[end : word.start]
        end = word.end
    for line in (rest + text[end:]).splitlines():
        assert not line.strip() or "#" in line


@given(TEXTS, st.integers(0, 99))
def test_a_place_leads_back_to_its_code_point(text: str, at: int) -> None:
    at = min(at, len(text))
    where = place("f", text, at, at)
    assert offset(text, where.line, where.column) == at


@given(TEXTS, st.integers(0, 9), st.integers(0, 99))
def test_any_failure_is_explained(
    tmp_path_factory: pytest.TempPathFactory, text: str, line: int, column: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.ttl"
    path.write_bytes(text.encode())
    for said in SAID:
        form, where = ox.RdfFormat.TURTLE, Place("any.ttl", line, column)
        error = UnparsableError(form, said, where)
        found = explain(Failure("any.ttl", Source(path), form, error))
        assert found.message.endswith((".", "?"))
        assert isinstance(found.where, Place)


def test_the_names_of_a_real_query() -> None:
    text = (dataset.root() / "queries" / "partners.rq").read_text(encoding="utf-8")
    names = {iri.rpartition("#")[2] for iri, _, _ in named(text, {})}
    assert {"involvesUnit", "Exercise", "lastReportedIn", "earliest"} <= names
    assert all(text[start:end].partition(":")[2] for _, start, end in named(text, {}))
