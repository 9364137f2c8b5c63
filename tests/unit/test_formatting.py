"""Turtle as `passex format` lays it out: where words and comments go, and that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from passex import format_turtle
from passex.curation import formatting
from passex.curation.layout import WIDTH
from passex.curation.statements import Statement
from passex.curation.taking_apart import statements
from passex.errors import InputError, PassexError
from passex.graph import dataset
from passex.graph.terms import PREFIXES

DATA = Path(__file__).resolve().parents[1] / "data"
HEAD = "".join(
    f"@prefix {name}: <{PREFIXES[name]}> .\n"
    for name in ("nr", "id", "rdfs", "skos", "xsd", "prov", "oa", "org")
)


def laid_out(text: str) -> str:
    """Lay out what stands behind the usual prefixes."""
    new = format_turtle(HEAD + text)
    assert new.startswith(HEAD)
    assert format_turtle(new) == new
    return new.removeprefix(HEAD)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("\n\n  \n", ""),
        ("# only\n", "# only\n"),
        ("<u:a>a<u:b>.", "<u:a> a <u:b> .\n"),
        ("<u:a> <u:p> 1 ;; <u:q> 2 ; .", "<u:a> <u:p> 1 ;\n    <u:q> 2 .\n"),
        ("<u:a> <u:p> 1.5,1.,2e3 .", None),
        ("<u:a> <u:p> 'x' , \"y\"@en-GB,'z' ^^ <u:t> .",
         "<u:a> <u:p> 'x', \"y\"@en-GB, 'z'^^<u:t> .\n"),
        ("<u:a> <u:p> [] , [ ] , () , ( ) .", "<u:a> <u:p> [], [], (), () .\n"),
        ("<u:a> <u:p> [<u:q> 1;<u:r> (1 2)] .", "<u:a> <u:p> [ <u:q> 1 ; <u:r> ( 1 2 ) ] .\n"),
        ("[] <u:p> 1 .\n[ <u:p> 1 ] .", "[] <u:p> 1 .\n[ <u:p> 1 ] .\n"),
        ("<u:a> <u:p> 1 . <u:b> <u:p> 2 .", "<u:a> <u:p> 1 .\n<u:b> <u:p> 2 .\n"),
        ("<u:a> <u:p> 1 .\n\n\n\n<u:b> <u:p> 2 .", "<u:a> <u:p> 1 .\n\n<u:b> <u:p> 2 .\n"),
        ("PREFIX  x: <u:x>\nbase <u:b>\n@prefix y:<u:y>.\n",
         "PREFIX x: <u:x>\nbase <u:b>\n@prefix y: <u:y> .\n"),
        ("<u:a> <u:p> <u:b> ~ <u:r> {| <u:q> 1 |} .",
         "<u:a> <u:p> <u:b> ~ <u:r> {| <u:q> 1 |} .\n"),
        ("<u:a> <u:p> <<( <u:s> <u:p>  1 )>> .", "<u:a> <u:p> <<( <u:s> <u:p> 1 )>> .\n"),
        ("<u:a> <u:p> '''one\n  two''' ; <u:q> 1 .",
         "<u:a> <u:p> '''one\n  two''' ;\n    <u:q> 1 .\n"),
    ],
)  # fmt: skip
def test_words_and_signs(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(InputError, match="not Turtle"):
            format_turtle(text)
    else:
        assert format_turtle(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\n\n# b\n<u:a> <u:p> 1 . # c\n# d\n\n\n# e\n",
         "# a\n\n# b\n<u:a> <u:p> 1 . # c\n# d\n\n# e\n"),
        ("<u:a> <u:p> 1 # why\n ; <u:q> 2 . #end", "<u:a> <u:p> 1 ; # why\n    <u:q> 2 . #end\n"),
        ("<u:a> <u:p> 1, # one\n 2 # two\n .", "<u:a> <u:p> 1, # one\n        2 . # two\n"),
        ("<u:a> <u:p> 1 ;\n# next\n<u:q> 2 .", "<u:a> <u:p> 1 ;\n    # next\n    <u:q> 2 .\n"),
        ("<u:a> <u:p> 1 ;\n# <u:q> 2 ;\n.", "<u:a> <u:p> 1\n    # <u:q> 2 ;\n    .\n"),
        ("<u:a> <u:p> 1 ;\n# one\n; # two\n <u:q> 2 .",
         "<u:a> <u:p> 1 ;\n    # one\n    # two\n    <u:q> 2 .\n"),
        ("<u:a> <u:p> 1 # one\n. # two", "<u:a> <u:p> 1 . # one\n# two\n"),
        ("<u:a> # s\n <u:p> [ # o\n <u:q> 1 # i\n ] .",
         "<u:a> # s\n    <u:p> [ # o\n        <u:q> 1 # i\n    ] .\n"),
        ("<u:a> <u:p> ( 1 # one\n 2 ) .", "<u:a> <u:p> (\n    1 # one\n    2\n) .\n"),
        ("@prefix x: # why\n <u:x> .", "@prefix x: # why\n    <u:x> .\n"),
    ],
)  # fmt: skip
def test_comments_stay_where_they_stand(text: str, expected: str) -> None:
    assert format_turtle(text) == expected
    assert format_turtle(expected) == expected


def test_facts_are_filled_to_120_columns() -> None:
    text = 'id:a a nr:Ship ; rdfs:label "xx"@en ; nr:hasKind id:k ; nr:hasPlace id:b .'
    text = text.replace("x", "x" * (121 - len(text)), 1)
    assert len(text) == 120
    assert laid_out(text) == f"{text}\n"
    broken = text.replace(" nr:hasPlace", "\n    nr:hasPlace")
    assert laid_out(text.replace("xx", "xxx", 1)) == f"{broken}\n".replace("xx", "xxx", 1)


def test_values_go_on_in_the_next_line_where_they_have_to() -> None:
    values = ", ".join(f"id:navy-number-{number}" for number in range(10))
    assert laid_out(f"id:a nr:hasHost id:b ; nr:hasParticipant {values} .").splitlines() == [
        "id:a nr:hasHost id:b ;",
        "    nr:hasParticipant id:navy-number-0, id:navy-number-1, id:navy-number-2, "
        "id:navy-number-3, id:navy-number-4,",
        "        id:navy-number-5, id:navy-number-6, id:navy-number-7, id:navy-number-8, "
        "id:navy-number-9 .",
    ]


def test_what_is_no_fact_has_a_line_for_each_predicate() -> None:
    assert laid_out("nr:A a rdfs:Class ; rdfs:label 'a' . id:a a nr:A ; rdfs:label 'a' .") == (
        "nr:A a rdfs:Class ;\n    rdfs:label 'a' .\nid:a a nr:A ; rdfs:label 'a' .\n"
    )
    # In a namespace of one's own, the class or the predicate says what is a fact.
    for told in ("a nr:Ship", "nr:about <u:b>", 'oa:exact "x"', "a org:Post"):
        fact = f"<u:a> {told} ; <u:p> 1 .\n"
        assert laid_out(fact) == fact
    assert laid_out("<u:a> <u:b> nr:Ship ; <u:p> 1 .").count("\n") == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('id:a nr:latest "2031-06-05"^^xsd:date ; skos:scopeNote "n"@en ; nr:hasPlace id:p ; '
         'rdfs:label "l"@en ; a nr:Event ; nr:hasKind id:k ; nr:earliest "2031-06-05"^^xsd:date .',
         "a rdfs:label nr:hasPlace nr:hasKind nr:earliest nr:latest skos:scopeNote"),
        ('id:c rdfs:label "l"@en ; nr:hasEvidence id:q ; nr:hasBasis id:b ; nr:hasValue 1 ; '
         "prov:wasAttributedTo id:s ; nr:quantityOf id:n ; nr:about id:a .",
         "nr:about nr:hasValue nr:quantityOf prov:wasAttributedTo nr:hasBasis nr:hasEvidence "
         "rdfs:label"),
        # As they were written: with a comment, and with brackets.
        ('id:a nr:hasPlace id:p ; # why\n rdfs:label "l"@en ; a nr:Event .',
         "nr:hasPlace rdfs:label a"),
        ("id:a nr:earliest id:b ; a nr:Event # c\n .", "a nr:earliest"),
        ("id:a nr:hasPlace [], [] ; nr:hasHost () ; a nr:Event .", "nr:hasPlace nr:hasHost a"),
        ("id:a nr:hasPlace [ a nr:Place ] ; a nr:Event .", "nr:hasPlace a a"),
    ],
)  # fmt: skip
def test_predicates_are_in_the_order_of_the_articles(text: str, expected: str) -> None:
    out = laid_out(text)
    found = re.findall(r"(?:(?<=[\[;] )|(?<=^    )|(?<=^id:[ac] ))(?:\w+:\w+|a)(?= )", out, re.M)
    assert " ".join(found) == expected


def test_an_article_taken_apart_is_put_together_again() -> None:
    for path in (DATA / "encoding").glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        # A word a line; literals and comments have blank space in them.
        part = re.compile(r'"[^"\n]*"|# .*| +')
        words = part.sub(lambda match: match[0] if match[0].strip() else "\n", text)
        assert words.count("\n") > 3 * text.count("\n")
        assert format_turtle(words) == text
        run_on = re.sub(r"(?m)^(?!#|\n)(.*)\n(?=[<i])", r"\1 ", text)
        assert run_on != text
        assert format_turtle(run_on) == text


@pytest.mark.parametrize(
    "path",
    [
        *sorted((dataset.root() / "graph").rglob("*.ttl")),
        *sorted((DATA / "encoding").glob("*.ttl")),
    ],
    ids=lambda path: path.name,
)
def test_our_files_are_as_the_command_leaves_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_turtle(text) == text


def test_other_files_mean_the_same_to_another_reader() -> None:
    for path in (dataset.root() / "ontology" / "shapes.ttl", DATA / "azure.ttl"):
        text = path.read_text(encoding="utf-8")
        new = format_turtle(text)
        assert new != text
        one, other = (rdflib.Graph().parse(data=t, format="turtle") for t in (text, new))
        assert isomorphic(one, other)
        assert max(map(len, new.splitlines())) <= max(WIDTH, *map(len, text.splitlines()))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_are_those_of_the_text_and_strings_keep_theirs(end: str) -> None:
    text = f"\ufeff<u:a> <u:p> '''one\r\n\n\n\ntwo''' ;{end}<u:q> 1 .{end}# c{end}"
    expected = f"<u:a> <u:p> '''one\r\n\n\n\ntwo''' ;{end}    <u:q> 1 .{end}# c{end}"
    assert format_turtle(text) == expected


def test_relative_iris_and_unused_prefixes_stay() -> None:
    text = "@base <http://e/x> .\n@prefix u: <y#> .\n<> <#p> <../z>, <//f/g> .\n"
    assert format_turtle(text) == text
    assert format_turtle("<> <#p> <z> .") == "<> <#p> <z> .\n"


def test_not_turtle() -> None:
    with pytest.raises(InputError) as caught:
        format_turtle("<u:a> <u:p> 1 .\n<u:b> u:p 1 .\n")
    assert (str(caught.value.place), caught.value.hint) == ("text:2:7", "correct the file there")
    with pytest.raises(InputError, match="half a surrogate pair"):
        format_turtle("# \ud800")
    with pytest.raises(InputError, match="too deep"):
        format_turtle(f"<u:a> <u:p> {'[ <u:p> ' * 450}1{']' * 450} .")


def test_what_would_mean_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def of(spoil: Callable[[Statement], object]) -> None:
        def spoilt(text: str, base: str) -> list[Statement]:
            found = statements(text, base)
            spoil(found[0])
            return found

        monkeypatch.setattr(formatting, "statements", spoilt)
        with pytest.raises(PassexError, match="text: would not mean the same when it is laid out"):
            format_turtle("<u:a> <u:p> [], _:b ; <u:q> [ <u:r> [] ] .")

    of(lambda statement: statement.units.pop())
    of(lambda statement: statement.units.reverse())  # which blank node is whose
    of(lambda statement: setattr(statement.units[0].verb, "text", "<u:q>"))
    of(lambda statement: setattr(statement.units[0].verb, "text", "no Turtle"))


#: What may stand between two words, and before the first.
GAPS = st.sampled_from([" ", " ", "\n", "\n\n", "\t\n  ", " # c\n", "\n# d\n", " # e\n\n# f\n"])
TERMS = st.sampled_from(
    [
        "<u:a>",
        "id:a",
        "id:b",
        "_:x",
        "_:y",
        "[]",
        "()",
        '"x"',
        "'''a\nb'''@en",
        '"5"^^<u:t>',
        "1.5",
        "true",
    ]
)
VERBS = st.sampled_from(["a", "nr:earliest", "nr:about", "rdfs:label", "<u:p>", "nr:hasEvidence"])


@st.composite
def values(draw: st.DrawFn, depth: int = 2) -> list[str]:
    form = draw(st.sampled_from(["term", "term", "term", "[", "("])) if depth else "term"
    if form == "term":
        return [draw(TERMS)]
    if form == "(":
        return ["(", *chain(*draw(st.lists(values(depth - 1), max_size=3))), ")"]
    return ["[", *draw(units(depth - 1)), "]"]


@st.composite
def units(draw: st.DrawFn, depth: int = 2) -> list[str]:
    words: list[str] = []
    for number in range(draw(st.integers(1, 4))):
        words += [";"] * draw(st.integers(1, 2)) if number else []
        words += [draw(VERBS), *draw(values(depth))]
        for value in draw(st.lists(values(depth), max_size=2)):
            words += [",", *value]
    return words + [";"] * draw(st.integers(0, 1))


@st.composite
def documents(draw: st.DrawFn) -> str:
    text = HEAD + draw(GAPS)
    for _ in range(draw(st.integers(1, 4))):
        subject = draw(st.sampled_from(["<u:a>", "id:a", "_:x", "[]"]))
        for word in [subject, *draw(units()), "."]:
            text += word + draw(GAPS)
    return text


def in_order(text: str) -> list[str]:
    """The words of a text with its comments, but the signs between them, which go before these."""
    body = re.sub(
        r"\[\s+\]|\(\s+\)", lambda match: match[0][0] + match[0][-1], text.removeprefix(HEAD)
    )
    words = re.findall(r"'''a\nb'''@en|\"[^\"]*\"[^\s;,]*|#.*|[^\s;,]+|[;,]", body)
    return [word for word in words if word not in (";", ",", ".")]


@given(documents())
def test_any_document(text: str) -> None:
    new = format_turtle(text)
    assert format_turtle(new) == new
    assert sorted(in_order(new)) == sorted(in_order(text))
    # Comments and words keep their order; but predicates of facts without a comment may not.
    if "id:a" not in text and "nr:" not in text.removeprefix(HEAD):
        assert in_order(new) == in_order(text)
    assert not re.search(r"[ \t]$|\n\n\n|\n\n\Z", new.replace("'''a\nb'''", ""), re.M)


@given(st.data())
def test_mutated_articles(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted((DATA / "encoding").glob("*.ttl"))))
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = data.draw(st.integers(13, len(lines) - 8))
    text = "".join(lines[:13] + lines[start : start + 8])
    spots = [match.start() for match in re.finditer(r"[ \n]", text)]
    for _ in range(data.draw(st.integers(1, 3))):
        spot = min(data.draw(st.sampled_from(spots)), len(text))
        put = data.draw(
            st.sampled_from(["\n", "\n\n", " # c\n", ";", ",", ".", " [] ", " ( ", "\r\n", ""])
        )
        text = text[:spot] + put + text[spot + (not put) * data.draw(st.integers(1, 9)) :]
    try:
        new = format_turtle(text)
    except InputError:
        return
    assert format_turtle(new) == new
    assert new.count("# c") == text.count("# c")
