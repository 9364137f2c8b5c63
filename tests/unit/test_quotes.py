"""A quote's line is Turtle that says what the text has at that place."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.curation.quotes import quote_line

HEAD = "@base <urn:article> . @prefix oa: <http://www.w3.org/ns/oa#> ."


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("Two navies", '"Two navies"'),
        ('the "Lumen" \\ it', r'"the \"Lumen\" \\ it"'),
        ("“Québec” — 3/4 [a] {b} ^ `c` | ~d", '"“Québec” — 3/4 [a] {b} ^ `c` | ~d"'),
        # What nobody sees is escaped; a mark of its own, an emoji and other scripts are seen.
        (
            "a\u00a0b\u00adc\u200bd\ue000\U000e0061\x00",
            r'"a\u00A0b\u00ADc\u200Bd\uE000\U000E0061\u0000"',
        ),
        ("one\ntwo\tthree\x0c", r'"one\ntwo\tthree\f"'),
        ("e\u0301 \U0001f44d 演習", '"e\u0301 \U0001f44d 演習"'),
    ],
)
def test_a_quote_is_written(words: str, written: str) -> None:
    assert quote_line(f"..{words}..", 2, 2 + len(words)) == (
        f"<#char=2,{2 + len(words)}> oa:exact {written} ."
    )


@given(st.text(), st.data())
def test_a_quote_is_read_as_what_the_text_has(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line = quote_line(text, start, end)
    [triple] = ox.parse((HEAD + line).encode(), ox.RdfFormat.TURTLE)
    assert triple.subject == ox.NamedNode(f"urn:article#char={start},{end}")
    assert triple.object == ox.Literal(text[start:end])
    assert len(line.splitlines()) == 1
