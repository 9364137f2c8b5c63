"""What strings, IRIs and comments hold is never taken for more, and nothing else is left out."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from turtle_styles import random_graph, write

from passex.graph.lexical import Keeper, strip_strings
from passex.validation.inputs import may_have_blank_nodes


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ('<u:[> :p "(" , [] .', '"" :p "" , [] .'),
        (""":a :p 'it "is' , "it's" , [] .""", ':a :p "" , "" , [] .'),
        (':a :p """a "b" ""c [ \\""" 1.5 """ , () .', ':a :p "" , () .'),
        (":a :p '''a 'b' ''c\n[ ''' , () .", ':a :p "" , () .'),
        (':a :p "" , "\\\\" , "\\"[" , [] .', ':a :p "" , "" , "" , [] .'),
        (':a :p "\'" # [ "\n, [] . # (', ':a :p "" ""\n, [] . ""'),
        (":a :p e:it\\'s , [] , e:o\\'c .", ':a :p e:it""s , [] , e:o""c .'),
        ("<<( <u:a> <u:b> 1 )>> .", '<<( "" "" 1 )>> .'),
    ],
)
def test_what_is_left(text: str, rest: str) -> None:
    assert strip_strings(text.encode()) == rest.encode()


def test_a_string_of_many_escapes_and_one_that_never_ends() -> None:
    many = b'"' + b'\\" [' * 300_000 + b'"'
    assert strip_strings(many + b" 1") == b'"" 1'
    assert strip_strings(b'"""' + b'a "" [' * 300_000)[:2] == b'""'


@given(st.integers(0, 2**32))
def test_no_text_in_any_style_is_held_for_harmless_that_is_not(seed: int) -> None:
    text = write(random_graph(seed), seed, False).text.removeprefix("\ufeff").encode()
    quads = list(ox.parse(text, ox.RdfFormat.TURTLE, base_iri="u:x"))
    blank = any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))
    assert may_have_blank_nodes(text) >= blank
    store = ox.Store()
    store.extend(quads)
    before, after = (
        {quad.object for quad in found if isinstance(quad.object, ox.Literal)}
        for found in (quads, store)
    )
    changes = before != after
    assert Keeper().may_change(text) >= changes


def test_what_looks_like_more_in_a_string_is_harmless() -> None:
    text = b"""<u:a> <u:p> "Japan's (JMSDF) [1] about 1.5 miles, \\"01\\" +2" . # [] 01\n"""
    assert not may_have_blank_nodes(text)
    assert not Keeper().may_change(text)
    assert may_have_blank_nodes(text + b"<u:a> <u:p> [] .")
    assert Keeper().may_change(text + b"<u:a> <u:p> 1.5 .")
