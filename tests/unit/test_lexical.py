"""Literals are kept as they are written, whatever the store would make of them."""

from __future__ import annotations

import random

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passex.graph.lexical import MARK, Keeper, is_usual, native, written

_XSD = "http://www.w3.org/2001/XMLSchema#"
_NODE = ox.NamedNode("u:x")
_FORMS = """
1 01 +1 -0 0 1.50 1.0 .5 1e3 1.0E0 INF NaN true false 2018-01-01 02018-01-01 2018-01-01Z
2018-01-01T00:00:00.10Z 2018-01-01T24:00:00 2018-01-01T00:00:00+00:00 12:00:00.0 P12M P1Y PT24H
P0Y 2018 --02 ---03 --02-03 2018-02 99999999999999999999 1.23456789012345678901 abc
"""
_TYPES = """
integer decimal double float boolean date dateTime time duration dayTimeDuration
yearMonthDuration byte int unsignedByte nonNegativeInteger negativeInteger gYear gYearMonth gMonth
gMonthDay gDay dateTimeStamp string anyURI token
"""
_typed = st.builds(
    lambda text, name: ox.Literal(text, datatype=ox.NamedNode(_XSD + name)),
    st.sampled_from(_FORMS.split()) | st.text("+-.0123456789eE", max_size=6),
    st.sampled_from(_TYPES.split()),
)
_literals = _typed | st.builds(ox.Literal, st.text(max_size=5))


def _back(literal: ox.Literal) -> ox.Literal:
    """Put a literal into a store and take it out."""
    store = ox.Store()
    store.add(ox.Quad(_NODE, _NODE, literal))
    [quad] = store
    assert isinstance(quad.object, ox.Literal)
    return quad.object


@given(st.lists(_literals, max_size=8))
def test_what_the_store_would_rewrite_is_marked(literals: list[ox.Literal]) -> None:
    at_once, one_by_one = Keeper(), Keeper()
    at_once.learn(literals)
    rewritten = [literal for literal in literals if _back(literal) != literal]
    for literal in literals:
        stored = at_once.stored(literal)
        assert one_by_one.stored(literal) == stored
        assert (stored == literal) == (literal not in rewritten)
        assert stored == literal or stored.datatype.value == MARK + literal.datatype.value
        assert written(stored) == literal
        assert _back(stored) == stored
    assert at_once.marked == one_by_one.marked == bool(rewritten)


@given(st.lists(_literals, max_size=5), st.sampled_from(["\n", " ", "\t"]))
@example([ox.Literal("^^<")], " ")
@example([ox.Literal('"^^<http://www.w3.org/2001/XMLSchema#int>')], " ")
def test_no_text_is_held_for_harmless_that_is_not(literals: list[ox.Literal], gap: str) -> None:
    text = "".join(f"<u:s>{gap}<u:p>{gap}{literal}{gap}.\n" for literal in literals)
    changes = any(_back(literal) != literal for literal in literals)
    assert Keeper().may_change(text.encode()) >= changes


@pytest.mark.parametrize(
    ("value", "changes"),
    [
        *[("1", False), ("-7", False), ("true", False), ('"2018-01-01"^^xsd:date', False)],
        *[("01", True), ("+1", True), ("1.5", True), ("1e0", True), ("-0", True), (".5", True)],
        *[('"01"^^xsd:integer', True), ('"1"^^xsd:int', True), ("'1.0'^^xsd:decimal", True)],
        *[
            ('"2018-08-21T09:00:00Z"^^xsd:dateTime', False),
            ("( 01 )", True),
            ('( "01"^^xsd:integer"x")', True),
            (r'"01"^^<http://www.w3.org/2001/XMLSchema#int\u0065ger>', True),
            ('"01"^^x:eger . @prefix x: <http://www.w3.org/2001/XMLSchema#int> .', True),
            ('("x"01)', True),
            ("([]+1)", True),
            ('("01" 1)', False),
        ],
    ],
)
def test_short_forms(value: str, changes: bool) -> None:
    assert Keeper().may_change(f"<u:s> <u:p> {value} .".encode()) == changes


def test_what_counts_as_usual_is_left_alone() -> None:
    choose = random.Random(1)
    literals = []
    for _ in range(2000):
        whole, part = (choose.randint(0, 10 ** choose.randint(1, 16)) for _ in range(2))
        number = f"{choose.choice(['', '-'])}{whole}.{part}"
        day = f"{choose.randint(1000, 9999)}-{choose.randint(0, 14):02}-{choose.randint(0, 32):02}"
        time = ":".join(f"{choose.randint(0, most):02}" for most in (25, 61, 61))
        for name, text in (("decimal", number), ("dateTime", f"{day}T{time}Z"), ("date", day)):
            literals.append(ox.Literal(text, datatype=ox.NamedNode(_XSD + name)))
    usual = [literal for literal in literals if is_usual(literal)]
    assert len(usual) > 1000
    assert [literal for literal, form in native(usual).items() if form != literal] == []
