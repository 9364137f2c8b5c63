"""JSON results with further members, as QLever and Comunica send them, however they are cut."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest

from passex.query.remote.json_results import JsonResults

ROWS = [
    {"s": {"type": "uri", "value": "urn:x"}, "o": {"type": "literal", "value": 'a ]}} "b\\'}},
    {"s": {"type": "bnode", "value": "b"}, "o": {"type": "literal", "value": "é"}},
]
HEAD = {"vars": ["s", "o"]}
BINDINGS = {"bindings": ROWS}
TEXTS = {
    "plain": {"head": HEAD, "results": BINDINGS},
    "QLever": {"head": HEAD, "results": BINDINGS, "meta": {"ms": [1, {"a": "]"}]}},
    "Comunica": {"head": HEAD, "results": BINDINGS, "metadata": {"httpRequests": 0}},
    "first": {"metadata": {"a": [1]}, "head": HEAD, "results": BINDINGS},
    "within": {"head": HEAD, "results": {**BINDINGS, "distinct": True, "ordered": [False]}},
    "before": {"head": {**HEAD, "link": ["x"]}, "results": {"distinct": True, **BINDINGS}},
    "head last": {"results": BINDINGS, "head": HEAD},
    "named alike": {"head": HEAD, "meta": {"bindings": []}, "results": BINDINGS, "results2": {}},
}


class Slow(io.BytesIO):
    """A file that gives a few bytes at a time."""

    def __init__(self, text: bytes, size: int) -> None:
        super().__init__(text)
        self.size = size

    def read(self, size: int | None = -1) -> bytes:
        return super().read(self.size)


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("name", TEXTS)
def test_rows_are_read(name: str, size: int) -> None:
    text = json.dumps(TEXTS[name], ensure_ascii=False).encode()
    file = JsonResults(Slow(text, size))
    found = ox.parse_query_results(file, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]
    assert isinstance(found, ox.QuerySolutions)
    assert [(row["s"], row["o"]) for row in found] == [
        (ox.NamedNode("urn:x"), ox.Literal('a ]}} "b\\')),
        (ox.BlankNode("b"), ox.Literal("é")),
    ]


def test_a_truth_value_has_further_members_too() -> None:
    file = JsonResults(io.BytesIO(b'{"head": {}, "boolean": true, "meta": {"a": []}}'))
    assert ox.parse_query_results(file, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["plain", "QLever", "within"])
def test_what_is_cut_stays_cut(name: str) -> None:
    text = json.dumps(TEXTS[name]).encode()
    for end in range(len(text) - 1):
        file = JsonResults(Slow(text[:end], 11))
        with pytest.raises(SyntaxError):
            list(ox.parse_query_results(file, ox.QueryResultsFormat.JSON))  # type: ignore[arg-type]
