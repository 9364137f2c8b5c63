"""Each term has the place where it is written, and each triple the engine's order."""

from __future__ import annotations

import re
from contextlib import suppress

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from turtle_styles import random_graph, write

from passex.text import turtle
from passex.text.turtle.spellings import alternation, has_escaped_names

_HEAD = "@prefix : <u:> . "


def _spans(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take out ``«»`` marks, which may be nested, and give what they enclose."""
    text, starts, found = "", list[int](), list[tuple[int, int]]()
    for character in marked:
        if character == "«":
            starts.append(len(text))
        elif character == "»":
            found.append((starts.pop(), len(text)))
        else:
            text += character
    return text, sorted(found)


# One row: Turtle in which subject, predicate and object of the last triple are marked.
_FORMS = {
    "full IRIs": "«<u:a>» «<u:b>» «<u:c>» .",
    "prefixed names": "@prefix e: <u:> . «e:a» «e:b» «e:c».",
    "empty prefix and local name": "PREFIX : <u:> «:» «:b» «:».\n",
    "a": "<u:x> a <u:y> . «<u:a>»«a»«<u:c>».",
    "relative IRIs": "@base <http://h/x> . «<a>» «<#b>» «<../c>» .",
    "SPARQL's base": "bAsE <http://h/x> «<a>» «<#b>» «<>» .",
    "escapes in IRIs": r"«<u:\u0061>» «<u:b\U0001F600>» «<u:c>» .",
    "escapes in names": r"@prefix e: <u:> . «e:a\,b\.» «e:%41» «e:c\-d.e» .",
    "names with colons and dots": "@prefix e.f: <u:> . «e.f:a:b» «e.f:1» «e.f:x.y».",
    "language": '«<u:a>» «<u:b>» «"c"@en-GB» .',
    "direction": '«<u:a>» «<u:b>» «"c"@en--ltr» .',
    "datatype": _HEAD + "«:a» «:b» «'c'^^:d» ;.",
    "long string": '«<u:a>» «<u:b>» «"""c\n"d" \\""""» .',
    "long string in apostrophes": "«<u:a>» «<u:b>» «'''c ''d'. <u:x> '''»@en .".replace(
        "»@en", "@en»"
    ),
    "empty string": '«<u:a>» «<u:b>» «""» .',
    "string with a full stop": "«<u:a>» «<u:b>» «'x . <u:y> <u:z> # 1 .'» .",
    "integer": "«<u:a>» «<u:b>» «-01» .",
    "integer before a full stop": "«<u:a>» «<u:b>» «1».",
    "decimal": "«<u:a>» «<u:b>» «.5» .",
    "double": "«<u:a>» «<u:b>» «1.E-3» .",
    "boolean": "«<u:a>» «<u:b>» «false».",
    "comma": "«<u:a>» «<u:b>» 1 , 2,«3» .",
    "semicolon": "«<u:a>» <u:x> 1 ;; «<u:b>» «2» ; .",
    "comment": "«<u:a>» # . ; 'x\n «<u:b>» #\n#\n «1» .",
    "comment up to a lone CR": "«<u:a>» # . ; 'x\r«<u:b>» «1» .",
    "label": "«_:a.b» «<u:b>» «_:0».",
    "anonymous": "«[]» «<u:b>» «[ ]» .",
    "nested": "«<u:a>» «<u:b>» «[ <u:c> [ <u:d> 1 ] ]» .",
    "in brackets": "«[ «<u:b>» «1» ]» .",
    "subject in brackets": "«[ <u:x> 1 ]» «<u:b>» «2» .",
    "empty collection": "«<u:a>» «<u:b>» «( )» .",
    "subject collection": "«( 1 '2' )» «<u:b>» «3» .",
    "tabs": "«<u:a>»\t\t«<u:b>»\t«1»\t.",
    "beyond the BMP": "<u:\U0001f6a2> <u:b> '\U0001f6a2' . «<u:a>» «<u:b>» «'\U0001f6a2'» .",
    "byte-order mark": "\ufeff«<u:a>» «<u:b>» «1» .",
    "prefix declared again": "@prefix : <u:> . @prefix : <v:> . «:a» «:b» «:c» .",
    "directives in between": "<u:x> <u:y> 1.@prefix : <u:> . «:a» «:b» «:c» .",
    "version": '@version "1.2" . VERSION "1.2" «<u:a>» «<u:b>» «1» .',
    "graph": "<u:g> { <u:x> <u:y> 1 . «<u:a>» «<u:b>» «2» }",
    "GRAPH": "GRAPH _:g { «<u:a>» «<u:b>» «2» . }",
    "anonymous graph": "[] { } { «<u:a>» «<u:b>» «2» } ",
    "N-Quads": '«_:a» «<u:b>» «"c"» <u:g> .\n',
}


@pytest.mark.parametrize("marked", _FORMS.values(), ids=_FORMS)
def test_each_form_has_its_place(marked: str) -> None:
    text, spans = _spans(marked)
    triple = list(turtle.read(text))[-1]
    assert sorted((token.start, token.end) for token in triple) == spans
    form = {"{": ox.RdfFormat.TRIG, "N": ox.RdfFormat.N_QUADS}
    kind = ox.RdfFormat.N_QUADS if "<u:g> ." in text else form.get("{" * ("{" in text))
    assert _shape(turtle.read(text)) == _shape_of_engine(text, kind or ox.RdfFormat.TURTLE)


def test_members_of_a_collection_and_the_links_between_them() -> None:
    text = "<u:a> <u:b> ( 1 (<u:c>) ) ."
    found = [
        tuple(text[token.start : token.end] for token in triple) for triple in turtle.read(text)
    ]
    whole = "( 1 (<u:c>) )"
    assert found == [
        (whole, "1", "1"),
        ("<u:a>", "<u:b>", whole),
        (whole, "(", "(<u:c>)"),
        ("(<u:c>)", "<u:c>", "<u:c>"),
        ("(<u:c>)", "(<u:c>)", "(<u:c>)"),
        ("(<u:c>)", ")", ")"),
        ("(<u:c>)", ")", ")"),
    ]


def test_blank_nodes_are_named_by_their_first_triple() -> None:
    names = [
        (triple.subject.term, triple.object.term)
        for triple in turtle.read("_:x <u:p> [ <u:p> [ <u:p> _:x ] ] .", blank="f3b")
    ]
    b = [ox.BlankNode(f"f3b{number}") for number in range(3)]
    assert names == [(b[0], b[1]), (b[2], b[0]), (b[1], b[2])]


Shape = list[tuple[str, str, str]]


def _shape(triples: object) -> Shape:
    assert hasattr(triples, "__iter__")
    names: dict[str, str] = {}

    def name(term: object) -> str:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term.value, f"_:b{len(names)}")
        return str(term)

    return [(name(s.term), str(p.term), name(o.term)) for s, p, o in triples]


def _shape_of_engine(text: str, form: ox.RdfFormat) -> Shape:
    quads = ox.parse(text.removeprefix("\ufeff").encode(), form)
    return _shape(
        [turtle.Token(term, 0, 0) for term in (quad.subject, quad.predicate, quad.object)]
        for quad in quads
    )


@given(st.integers(0, 2**32), st.booleans())
def test_any_style_gives_the_engines_triples_at_the_writers_places(seed: int, graphs: bool) -> None:
    styled = write(random_graph(seed), seed, graphs)
    triples = list(turtle.read(styled.text))
    form = ox.RdfFormat.TRIG if graphs else ox.RdfFormat.TURTLE
    assert _shape(triples) == _shape_of_engine(styled.text, form)
    places: set[tuple[object, object, object]] = {
        ((s.start, s.end), (p.start, p.end), (o.start, o.end)) for s, p, o in triples
    }
    places |= {(s, None, o) for s, _, o in places}
    assert {(s.subject, s.predicate, s.object) for s in styled.spots.values()} <= places


@given(
    st.integers(0, 2**32), st.integers(0, 2000), st.text(":.;,[](){}<>@^'\"\\#a1_ \n", max_size=3)
)
@example(0, 5, '"""')
def test_broken_text_stops_with_one_kind_of_error(seed: int, at: int, noise: str) -> None:
    text = write(random_graph(seed), seed).text
    for broken in (text[:at], text[:at] + noise + text[at + 1 :], text[:at] + noise):
        with suppress(turtle.TurtleError):
            for triple in turtle.read(broken):
                assert 0 <= triple.object.start <= triple.object.end <= len(broken)


@pytest.mark.parametrize(
    "text",
    [
        "<u:a> <u:b> <<( <u:a> <u:b> <u:c> >> .",
        "<u:a> <u:b> 'c",
        "<u:a> <u:b> 'c\n' .",
        "<u:a> <u:b> '''c",
        "<u:a> x:b 1 .",
        "<u:a> <u:b>",
        "<u:a> <u:b> 1 ] .",
        "<u:a> <u:b> ( 1 .",
        "<u:a> <no iri> 1 .",
        "<u:a> <noiri> 1 .",
        "@prefix <u:> .",
        "@prefix a: b: .",
        "\x00",
    ],
)
def test_what_is_no_turtle(text: str) -> None:
    with pytest.raises(turtle.TurtleError, match=r"^not readable as Turtle at offset \d+$"):
        list(turtle.read(text))


@pytest.mark.parametrize(("left", "right"), [("[ <u:p> ", " ]"), ("( ", " )")])
def test_a_hundred_thousand_levels(left: str, right: str) -> None:
    depth = 100_000
    text = f"<u:a> <u:b> {left * depth}1{right * depth} ."
    triples = list(turtle.read(text))
    assert len(triples) == (depth + 1 if left[0] == "[" else 2 * depth + 1)
    assert [
        (t.object.start, t.object.end) for t in triples if str(t.predicate.term) == "<u:b>"
    ] == [(12, len(text) - 2)]
    with pytest.raises(turtle.TurtleError):
        list(turtle.read(text[: len(text) // 2]))


def test_a_string_of_many_escapes() -> None:
    [triple] = turtle.read('<u:a> <u:b> "' + '\\"' * 1_000_000 + '" .')
    assert triple.object.end == 2_000_014


@given(st.text("a\r\n\U0001f6a2\t", max_size=40), st.booleans())
def test_lines_and_columns(text: str, mark: bool) -> None:
    text = "\ufeff" * mark + text
    lines = turtle.Lines(text)
    begin = [1 if mark else 0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]
    ascending = range(begin[0], len(text) + 1)
    for offset in (*reversed(ascending), *ascending):
        number = sum(start <= offset for start in begin)
        start = begin[number - 1]
        span = lines.span(offset, offset)
        assert (span.line, span.column) == (number, offset - start + 1)
        assert lines.source(offset) == re.split(r"\r\n|\r|\n", text[begin[0] :])[number - 1]


def test_lines_far_apart() -> None:
    text = "é\r\n" * 100_000 + "x\ry"
    lines = turtle.Lines(text)
    assert lines.span(300_002, 300_003) == (100_002, 1, 100_002, 2)
    assert lines.span(0, 4) == (1, 1, 2, 2)
    assert lines.span(150_000, 150_001) == (50_001, 1, 50_001, 2)


def test_columns_of_utf16() -> None:
    assert [turtle.utf16_column("a\U0001f6a2é\U0001f6a2b", n) for n in range(1, 7)] == [
        *(1, 2, 4, 5, 7, 8)
    ]


def test_any_of_matches_the_longest_word() -> None:
    deep = ["x" * n for n in range(1, 60)]
    for words in (["<u:a>"], [":a", ":ab", ":b."], ["", "a"], [".*", "a|b", "[c]"], deep):
        pattern = re.compile(alternation(words))
        assert pattern.groups == 0
        for word in words:
            match = pattern.match(word + "/")
            assert match is not None
            assert match[0] == word
    assert re.match(alternation(["ab", "b"]), "ac") is None


@given(st.sets(st.text("ab.", max_size=4), min_size=1), st.text("ab.", max_size=12))
def test_any_of_is_an_alternative_of_all(words: set[str], text: str) -> None:
    plain = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    assert re.findall(alternation(words), text) == re.findall(plain, text)


def test_one_mention_is_enough_or_all_are_wanted() -> None:
    search = turtle.Search(_HEAD + ":a :p :x , :y . :b :p :x . :c :x ' :y ' . :d :p :y .")

    def subjects(first: set[str], every: set[str]) -> list[str]:
        return [str(found[0].subject.term.value) for found in search.mentions(first, every)]

    assert subjects({"u:x"}, set()) == ["u:a"]
    assert subjects(set(), {"u:x"}) == ["u:a", "u:b", "u:c"]
    assert subjects({"u:x"}, {"u:y"}) == ["u:a", "u:d"]
    assert subjects({"u:x", "u:y"}, {"u:x"}) == ["u:a", "u:b", "u:c"]
    assert subjects({"u:a", "u:z"}, {"u:b"}) == []


@pytest.mark.parametrize("escape", [r'"\t', r'"\" : \"', r'"x:\t'])
def test_the_search_finds_no_line_in_a_string_with_escapes(escape: str) -> None:
    text = f'<u:s> <u:p> {escape} . <u:a> <u:p> <u:x> . " .\n<u:a> <u:q> "\\t" .\n'
    [found] = turtle.Search(text, lines=True).about({"u:a"})
    assert [str(triple.predicate.term.value) for triple in found] == ["u:q"]


def test_the_search_finds_no_label_in_a_string() -> None:
    text = '<u:s> <u:p> "a._:x <u:q> <u:z> . " .\n_:x <u:q> "_:x" .\n_:xy <u:q> _:x .'
    search = turtle.Search(text, lines=True)
    assert [found[0].object.start for found in search.about({"_:x"})] == [text.index('"_:x"')]
    assert [found[0].object.start for found in search.mentions((), {"_:x"})] == [len(text) - 5]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        (r"<u:\u0061> <u:b> 1 .", True),
        (r":a\,b :p 1 .", True),
        (r"e:\~x :p 1 .", True),
        (r':a :p "\t \" \\", "x\n" , "y: \t" .', False),
        (r':a :p "e:\t" .', True),
        ("<u:a> <u:b> 'x' .", False),
        (f"<u:{'a' * 1500}\\u0061> <u:b> 1 .", True),
        (f"<u:a> <u:b> '{'a' * 1500}\\t' .", True),
    ],
)
def test_escapes_in_names(text: str, escaped: bool) -> None:
    assert has_escaped_names(text) == escaped


def test_the_search_is_not_misled_by_full_stops_in_an_iri() -> None:
    text = '<u:s> <u:a.b#c> ("A. b"^^<u:x>). <u:t> <u:x> 1 .\n<u:v> <u:p> <u:x> .'
    [found] = turtle.Search(text).mentions({"u:x"}, set())
    assert [(t.subject.start, t.predicate.start) for t in found] == [(33, 39)]


def test_the_search_finds_no_statement_in_a_string_or_a_comment() -> None:
    text = _HEAD + (
        ":b :p '. :a :p 1 . ' , ''' \" . \n :a :p 2 . ''' . # . :a :p 3 .\n"
        "# x .\n:a :p 4 . :c :p :a.:a .<u:a> :p 5 ; :q [ :p :a ] . # :a\n"
    )
    search = turtle.Search(text)
    found = [str(statement[0].object.term.value) for statement in search.about({"u:a"})]
    assert found == ["4", "5"]
    for every in ({"u:a"}, {"u:b"}, {"u:q"}, {"u:a", "u:b", "u:q"}):
        starts = [each[0].subject.start for each in search.mentions([], every)]
        assert starts == ([] if every == {"u:b"} else [text.index("<u:a>")])


RDF12 = [
    "<s> <p> <o> ~ <r> {| <a> <b> |} .",
    "<s> <p> <o> {| <a> <b>, <c> |} {| <d> <e> |}, <o2> ~ _:x ~ _:y .",
    "<< <s> <p> <o> >> <q> <z> . << <s> a <o> ~ <r> >> .",
    "<x> <y> << <s> <p> << <a> <b> <c> ~ _:r >> ~ <k> >>, <<( <s> <p> <<( <a> <b> _:c )>> )>> .",
    "<x> <y> ( << <s> <p> <o> >> <<( <s> <p> <o> )>> ( << [] <p> [] >> ) ) .",
    "<s> <p> [ <a> <b> ] {| <c> [ <d> <e> ] |} ; <q> ( 1 2 ) ~ <r> .",
    '<s> <p> "x"@en ~ <r> {| a 5 ; <k> "y" {| <l> 1 |} |} ; <z> 3, "a"@ar--rtl ~ .',
]


@pytest.mark.parametrize("text", RDF12)
def test_rdf_1_2_is_read_as_the_engine_reads_it(text: str) -> None:
    names: dict[object, ox.BlankNode] = {}

    def called(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> object:
        if isinstance(term, ox.BlankNode):
            return names.setdefault(term, ox.BlankNode(f"b{len(names)}"))
        if isinstance(term, ox.Triple):
            subject, value = called(term.subject), called(term.object)
            return ox.Triple(subject, term.predicate, value)  # type: ignore[arg-type]
        return term

    quads = ox.parse(text, ox.RdfFormat.TURTLE, base_iri="http://e/")
    wanted = [(called(q.subject), q.predicate, called(q.object)) for q in quads]
    found = [
        tuple(token.term for token in t) for s in turtle.Reader(text, base="http://e/") for t in s
    ]
    assert found == wanted
