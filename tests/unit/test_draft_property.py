"""A draft of any text is Turtle whose anchors are exact, also when all of it is uncommented."""

# ruff: noqa: E501 (texts, and lines of files, as they are)
from __future__ import annotations

import re
from datetime import date
from functools import cache

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.curation.draft.drafting import Draft, draft
from passex.errors import InputError
from passex.graph.store import Store, load
from passex.graph.terms import NR, OA
from passex.text.words import is_inside, sentences, words

_TODAY = date(2031, 6, 5)
#: Words that make mentions, names and signs that make trouble.
_WORDS = st.sampled_from(
    """LISBON, 5 June 2031 - |The navies of Portugal and Chile |began |a six-day exercise named |Salt Road |off Madeira |
    on Monday|. |, |\n|\n\n|"|\\|'|\N{RIGHT SINGLE QUOTATION MARK}|\0|\r|\x07|\x85|\u2028|\u200f|\u202e|é|e\u0301|\U0001f6a2|
    \U0001f1ef\U0001f1f5|Rear Admiral |Adm. Sun |Rui Costa|, who heads the Portuguese Navy|the frigate HMS |INS |Aurora |
    at least two Chilean ships |27 exercises |met |said |Japan's |U.S. |will hold |has sent observers |in spring 2032 |
    last week |last November |the third |#|<#char=0,1>|^^|@|;|海上自衛隊|の|- ANI|Reader Comments|  1. |Tokyo |withdrew |
    two sailors were injured |collided |arrived in |cancelled |may |next year |X|a |\t|\N{NO-BREAK SPACE}|\ufeff|\u00ad|-""".replace(
        "\n    ", ""
    ).split("|")
)
_TEXTS = st.one_of(
    st.lists(_WORDS, min_size=1, max_size=40).map("".join),
    st.lists(
        st.one_of(_WORDS, st.text(st.characters(exclude_categories=["Cs"]), max_size=6)),
        max_size=25,
    ).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


@cache
def graph() -> Store:
    return load()


def parsed(turtle: str) -> list[tuple[str, str, str]]:
    """The triples of a file, as texts; none has a blank node."""
    quads = list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in quads)
    return [(_text(q.subject), q.predicate.value, _text(q.object)) for q in quads]


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def check(made: Draft, text: str) -> None:
    """Look at the file as it is, and with its proposals."""
    lines = made.turtle.split("\n")
    whole = [*sentences(text, 5)]
    for proposed in (False, True):
        told = [line.removeprefix("# ") for line in lines] if proposed else lines
        triples = parsed("\n".join(told))
        quotes = [(quote, exact) for quote, verb, exact in triples if verb == OA.exact]
        for quote, exact in quotes:
            start, end = map(int, re.findall(r"\d+", quote.partition("#char=")[2]))
            assert text[start:end] == exact
            assert not is_inside(text, start)
            assert not is_inside(text, end)
            if proposed and start >= made.sentences[0][0]:
                assert len(words(exact)) <= 8
                assert len(exact) <= 80
                assert not any(start <= a < b <= end for a, b in whole), exact
                # Within the body, and so within a zone.
                [body] = [zone for zone in made.zones if zone.kind == "body"]
                assert body.start <= start < end <= body.end
        used = {value for _, verb, value in triples if verb == NR.hasEvidence}
        assert {quote for quote, _ in quotes} == used
        claims = [claim for claim, verb, _ in triples if verb == NR.about]
        assert len(claims) == len(set(claims))


@given(_TEXTS)
def test_a_draft_of_any_text_is_turtle_with_exact_anchors(text: str) -> None:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not words(text):
        with pytest.raises(InputError, match="no words in it"):
            draft(text, "2031-some-drill", graph())
        return
    check(draft(text, "2031-some-drill", graph(), today=_TODAY), text)


@pytest.mark.parametrize(
    "sign",
    [
        '"',
        "\\",
        "\0",
        "\x07",
        "\u2028",
        "\u202e",
        "'",
        "\N{NO-BREAK SPACE}",
        "#",
        "\u0301",
        "\u200d",
    ],
)
def test_a_sign_within_a_sentence_stays_where_it_stands(sign: str) -> None:
    text = f"LISBON, 5 June 2031 - The navies of Portugal and Chile began{sign} a drill off Madeira on Monday.\n"
    made = draft(text, "2031-some-drill", graph(), today=_TODAY)
    check(made, text)
    assert "id:portuguese-navy, id:chilean-navy" in made.turtle
