from __future__ import annotations

import csv
import io
import json
import sys
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex import load
from passex.errors import PassexError
from passex.graph import tables
from passex.graph.rows import Table
from passex.questions.answers import Answer
from passex.questions.catalogue import Question

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
        "| who | who_iri | times | words |\n| --- | --- | --- | --- |\n"
        '| Japan | https://w3id.org/passex/id/japan | 2 | say "a\\|b" c |\n|  |  |  |  |\n'
    ),
}


@pytest.mark.parametrize("form", sorted(EXPECTED))
def test_exact_text(form: str) -> None:
    assert tables.FORMATS[form](ANSWER.table()) == EXPECTED[form]


def test_json_is_the_lines_as_an_array() -> None:
    lines = [json.loads(line) for line in tables.jsonl(ANSWER.table()).splitlines()]
    assert json.loads(tables.json(ANSWER.table())) == lines


def test_no_rows() -> None:
    none = Table(("who", "times"), ())
    assert tables.csv(none) == "who,times\r\n"
    assert tables.json(none) == "[]\n"
    assert tables.jsonl(none) == ""


XSD = "http://www.w3.org/2001/XMLSchema#"


def typed(*literals: tuple[str, str]) -> Answer:
    cells = tuple(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in literals)
    return Answer(QUESTION, {}, tuple(kind for _, kind in literals), (cells,), {})


def test_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    frame = ANSWER.to_pandas()
    assert list(frame.columns) == ["who", "who_iri", "times", "words"]
    assert frame.values.tolist() == [
        ["Japan", JAPAN.value, 2, 'say "a|b"\tc'],
        [None, None, pandas.NA, None],
    ]
    assert frame["times"].dtype == "Int64"


def test_columns_of_a_data_frame_have_types() -> None:
    pandas = pytest.importorskip("pandas")
    answer = typed(
        ("2018-08-21", "date"),
        ("1.50", "decimal"),
        ("true", "boolean"),
        ("many", "integer"),
        ("2018", "gYear"),
        ("9999999999999999999", "integer"),
        ("2018-08-21T12:00:00Z", "dateTime"),
        ("0987-01-01", "date"),
        ("7", "byte"),
    )
    frame = answer.to_pandas()
    assert [str(kind) for kind in frame.dtypes] == [
        *("datetime64[us]", "float64", "bool", "object", "object", "object"),
        *("datetime64[us, UTC]", "datetime64[us]", "int64"),
    ]
    [row] = frame.values.tolist()
    assert row == [
        *(pandas.Timestamp("2018-08-21"), 1.5, True, "many", "2018", 9999999999999999999),
        *(pandas.Timestamp("2018-08-21T12:00:00Z"), pandas.Timestamp("0987-01-01"), 7),
    ]


def test_missing_values_and_lists_in_a_data_frame() -> None:
    pandas = pytest.importorskip("pandas")
    rows = ((1, 1, True, ("a", "b")), (None, 2.5, None, ("a", "b")))
    frame = Table(("n", "x", "b", "several"), rows).to_pandas()
    assert [str(kind) for kind in frame.dtypes] == ["Int64", "float64", "boolean", "object"]
    assert frame["n"].isna().tolist() == [False, True]
    assert frame["several"].drop_duplicates().tolist() == [("a", "b")]
    assert frame.nlargest(1, "x")["x"].tolist() == [2.5]
    assert pandas.isna(frame["b"][1])


def test_instants_of_several_zones_are_those_of_one() -> None:
    pandas = pytest.importorskip("pandas")
    instant = ox.NamedNode("http://www.w3.org/2001/XMLSchema#dateTime")

    def column(*values: str) -> Any:
        rows = tuple((ox.Literal(value, datatype=instant),) for value in values)
        return Table(("when",), rows).to_pandas()["when"]

    both = column("2018-01-01T00:30:00+02:00", "2018-06-01T00:00:00Z")
    assert str(both.dtype) == "datetime64[us, UTC]"
    assert both[0] == pandas.Timestamp("2017-12-31T22:30:00Z")
    assert column("2018-01-01T00:00:00+02:00", "2018-06-01T00:00:00").dtype == object


def test_days_of_ties_are_days() -> None:
    pandas = pytest.importorskip("pandas")
    found = load().ties()
    frame = found.to_pandas()
    assert [str(frame[name].dtype) for name in ("first", "last")] == ["datetime64[us]"] * 2
    assert frame["first"][0] == pandas.Timestamp(found.records()[0]["first"])


def test_data_frame_of_no_rows() -> None:
    pytest.importorskip("pandas")
    frame = Table(("who", "times"), ()).to_pandas()
    assert list(frame.columns) == ["who", "times"]
    assert len(frame) == 0


def test_without_pandas() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "pandas", None)
        with pytest.raises(PassexError) as error:
            ANSWER.to_pandas()
    assert str(error.value) == "no data frame without pandas; pip install pandas"


def test_html() -> None:
    answer = Answer(
        Question("q", "A & B?", (), "SELECT"),
        {},
        ("who", "words"),
        ((JAPAN, ox.Literal('<b> & "c"')), (None, None)),
        {JAPAN.value: "<Japan>"},
    )
    assert (
        answer._repr_html_()
        == """\
<table>
<caption>A &amp; B?</caption>
<thead><tr><th>who</th><th>words</th></tr></thead>
<tbody>
<tr><td title="https://w3id.org/passex/id/japan">&lt;Japan&gt;</td>\
<td>&lt;b&gt; &amp; &quot;c&quot;</td></tr>
<tr><td></td><td></td></tr>
</tbody>
</table>
"""
    )


def test_html_of_no_rows_says_so() -> None:
    assert Answer(QUESTION, {}, ("who",), (), {})._repr_html_() == (
        "<p>Q? Nothing in this graph answers that: not stated, or none.</p>\n"
    )


def test_repr_is_short() -> None:
    assert repr(ANSWER) == "<Answer: Q? 2 rows>"
    assert repr(typed(("1", "integer"))) == "<Answer: Q? 1 row>"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_survives_csv_and_json(cells: list[str]) -> None:
    columns = tuple(f"c{i}" for i in range(len(cells)))
    answer = Table(columns, (tuple(cells),))
    written = tables.csv(answer)
    assert list(csv.reader(io.StringIO(written, newline=""))) == [list(columns), cells]
    assert list(json.loads(tables.jsonl(answer)).values()) == cells
    assert tables.markdown(answer).count("\n") == 3
    assert tables.tsv(answer).count("\n") == 2


def test_numbers_that_json_does_not_have_are_texts() -> None:
    answer = typed(("NaN", "double"), ("INF", "double"), ("1E400", "double"), ("1.5", "double"))
    cells = ("ill", "no_end", "too_great", "number")
    table = Table(cells, answer.rows)
    assert json.loads(tables.jsonl(table), parse_constant=pytest.fail) == {
        "ill": "NaN",
        "no_end": "INF",
        "too_great": "1E400",
        "number": 1.5,
    }
