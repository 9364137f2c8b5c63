from __future__ import annotations

import csv
import io
import json

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex import tables
from passex.catalogue import Answer, Question

JAPAN = ox.NamedNode("https://w3id.org/passex/id/japan")
INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
QUESTION = Question("q", "Q?", (), "SELECT")
ANSWER = Answer(
    QUESTION,
    {},
    ("who", "times", "words"),
    (
        (JAPAN, ox.Literal("2", datatype=INTEGER), ox.Literal('say "a|b"\tc')),
        (None, None, None),
    ),
    {JAPAN.value: "Japan"},
)

EXPECTED = {
    "csv": (
        "who,who_iri,times,words\r\n"
        'Japan,https://w3id.org/passex/id/japan,2,"say ""a|b""\tc"\r\n'
        ",,,\r\n"
    ),
    "tsv": (
        "who\twho_iri\ttimes\twords\n"
        'Japan\thttps://w3id.org/passex/id/japan\t2\tsay "a|b" c\n'
        "\t\t\t\n"
    ),
    "jsonl": (
        '{"who": {"label": "Japan", "iri": "https://w3id.org/passex/id/japan"}, '
        '"times": 2, "words": "say \\"a|b\\"\\tc"}\n'
        '{"who": null, "times": null, "words": null}\n'
    ),
    "markdown": (
        '| who | times | words |\n| --- | --- | --- |\n| Japan | 2 | say "a\\|b" c |\n|  |  |  |\n'
    ),
}


@pytest.mark.parametrize("form", sorted(EXPECTED))
def test_exact_text(form: str) -> None:
    assert tables.FORMATS[form](ANSWER) == EXPECTED[form]


def test_json_is_the_lines_as_an_array() -> None:
    lines = [json.loads(line) for line in tables.jsonl(ANSWER).splitlines()]
    assert json.loads(tables.json(ANSWER)) == lines


def test_no_rows() -> None:
    none = Answer(QUESTION, {}, ("who", "times"), (), {})
    assert tables.csv(none) == "who,times\r\n"
    assert tables.json(none) == "[]\n"
    assert tables.jsonl(none) == ""


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_survives_csv_and_json(cells: list[str]) -> None:
    columns = tuple(f"c{i}" for i in range(len(cells)))
    answer = Answer(QUESTION, {}, columns, (tuple(map(ox.Literal, cells)),), {})
    written = tables.csv(answer)
    assert list(csv.reader(io.StringIO(written, newline=""))) == [list(columns), cells]
    assert list(json.loads(tables.jsonl(answer)).values()) == cells
    assert tables.markdown(answer).count("\n") == 3
    assert tables.tsv(answer).count("\n") == 2
