"""Focus nodes and values are found where they are written, whichever way they are looked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import BinaryIO

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from turtle_styles import RDF, random_graph, write

from passex.graph.sources import Source
from passex.text import turtle
from passex.text.places import Place
from passex.text.turtle import spellings
from passex.validation import inputs, source_file
from passex.validation.inputs import Document
from passex.validation.locate import Question, locate
from passex.validation.results import Compound
from passex.validation.results import Path as PropertyPath

_HEAD = "@prefix : <u:> .\n"
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def _n(local: str) -> ox.NamedNode:
    return ox.NamedNode(f"u:{local}")


def _i(value: int) -> ox.Literal:
    return ox.Literal(value)


def _inverse(path: PropertyPath) -> Compound:
    return Compound("inverse", (path,))


def _sequence(*parts: PropertyPath) -> Compound:
    return Compound("sequence", parts)


class _Unsure:
    """In place of the search: everything has to be read."""

    def __init__(self, *_: object, **__: object) -> None:
        raise turtle.NeedsFullParseError


Ask = Callable[..., "Place | None"]


@pytest.fixture(params=["search", "whole"])
def ask(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Ask one question about files that hold some texts."""
    if request.param == "whole":
        monkeypatch.setattr(source_file, "Search", _Unsure)

    def run(question: Question, *texts: str, suffix: str = "ttl") -> Place | None:
        form = ox.RdfFormat.from_extension(suffix)
        assert form is not None
        documents = []
        for number, text in enumerate(texts, 1):
            path = tmp_path / f"{number}.{suffix}"
            path.write_bytes(text.encode())
            documents.append(Document(path.name, Source(path), form, number))
        [place] = locate(documents, [question])
        return place

    return run


# A question, and a text in which its answer is marked.
_CASES: dict[str, tuple[Question, str]] = {
    "value": (Question(_n("a"), _n("p"), _i(2)), ":a :p 1 , «2» ; :q 2 ."),
    "value of a later statement": (Question(_n("a"), _n("p"), _i(2)), ":a :p 1 . :a :p «2» ."),
    "value in another spelling": (Question(_n("a"), _n("p"), _n("v")), "<u:a> <u:p> «<u:v>»."),
    "node": (Question(_n("a")), ":b :p :a . «:a» :p 1 . :a :q 2 ."),
    "node that is its own value": (Question(_n("a"), None, _n("a")), "«:a» :p :a ."),
    "value of any predicate": (Question(_n("a"), None, _i(1)), ":a :p «1» ."),
    "missing value, predicate there": (Question(_n("a"), _n("p")), ":a :q 1 ; «:p» 2, 3 ; :p 4 ."),
    "missing value, no predicate": (Question(_n("a"), _n("p")), "«:a» :q 1 ."),
    "a": (Question(_n("a"), ox.NamedNode(RDF + "type")), ":a :q 1 ; «a» :c ."),
    "derived value": (Question(_n("a"), _n("p"), _i(9)), ":a :q 1 ; «:p» 2 ."),
    "sequence": (
        Question(_n("a"), _sequence(_n("p"), _n("q")), _i(1)),
        ":c :q 1 . :b :q «1» . :a :p :b .",
    ),
    "sequence without a value": (
        Question(_n("a"), _sequence(_n("p"), _n("q"))),
        ":b :r 1 . :a «:p» :b .",
    ),
    "sequence through brackets": (
        Question(_n("a"), _sequence(_n("p"), _n("q")), _i(1)),
        ":a :r 1 ; :p [ :q «1» ] .",
    ),
    "sequence through a label": (
        Question(_n("a"), _sequence(_n("p"), _n("q")), _i(1)),
        "_:y :q 1 . _:x :q «1» . :a :p _:x .",
    ),
    "inverse": (Question(_n("a"), _inverse(_n("p")), _n("b")), ":c :p :a . :b :p :d , «:a» ."),
    "inverse without a value": (Question(_n("a"), _inverse(_n("p"))), ":c :p :a . «:a» :p :c ."),
    "inverse of a sequence": (
        Question(_n("a"), _inverse(_sequence(_n("p"), _n("q"))), _n("c")),
        ":b :q :a . :c :p «:b» . :d :p :b .",
    ),
    "alternative": (
        Question(_n("a"), Compound("alternative", (_n("p"), _n("q"))), _i(2)),
        ":a :p 1 ; :q «2» .",
    ),
    "alternative without a value": (
        Question(_n("a"), Compound("alternative", (_n("p"), _n("q")))),
        ":a :r 1 ; «:q» 2 .",
    ),
    "one or more": (
        Question(_n("a"), Compound("oneOrMore", (_n("p"),)), _n("c")),
        ":b :p «:c» . :a :p :b . :c :p :a .",
    ),
    "zero or more": (
        Question(_n("a"), Compound("zeroOrMore", (_n("p"),)), _n("a")),
        "«:a» :q 1 .",
    ),
    "zero or one": (
        Question(_n("a"), Compound("zeroOrOne", (_n("p"),)), _n("b")),
        ":a :p «:b» .",
    ),
    "member of a collection": (
        Question(
            _n("a"),
            _sequence(
                _n("p"),
                Compound("zeroOrMore", (ox.NamedNode(RDF + "rest"),)),
                ox.NamedNode(RDF + "first"),
            ),
            _i(3),
        ),
        ":a :p ( 1 2 «3» ) .",
    ),
    "only an object": (Question(_n("a")), "# :a\n :b :q ':a' ; :p :ab, «:a» ."),
    "only a predicate": (Question(_n("a")), ":b «:a» 1 ."),
    "literal": (Question(ox.Literal("x")), ":b :q 'y', «'x'», 'x'@en ."),
    "blank node in brackets": (
        Question(ox.BlankNode("f1b1"), _n("q")),
        ":a :p [ :q 1 ] , «[\n :r 1 ]» .",
    ),
    "blank node as a value": (
        Question(_n("a"), _n("p"), ox.BlankNode("f1b1")),
        ":a :p [ :q 1 ] , «[ :r 1 ]» .",
    ),
    "predicate in brackets": (Question(ox.BlankNode("f1b0"), _n("q")), ":a :p [ «:q» 1 ] ."),
    "collection": (Question(_n("a"), _n("p"), ox.BlankNode("f1b0")), ":a :p «( 1 )» ."),
    "labelled": (Question(ox.BlankNode("f1b0")), ":a :p _:x . «_:x» :p 1 ."),
    "long string": (
        Question(_n("a"), _n("p"), ox.Literal("x\n. :a :p 1 .\n")),
        ":b :p '''\n. :a :p\n''' . :a :p «'''x\n. :a :p 1 .\n'''» .",
    ),
    "language": (Question(_n("a"), _n("p"), ox.Literal("x", language="en")), ":a :p «'x'@EN» ."),
    "after a CRLF": (Question(_n("a"), _n("p"), _i(1)), "\r\n:a\r\n\t:p\t«1» .\r\n"),
    "after a lone CR": (Question(_n("a"), _n("p"), _i(1)), "\r#x\r:a\r:p «1» .\r"),
    "beyond the BMP": (Question(_n("a"), _n("p"), _i(1)), ":a :q '\U0001f6a2' ; :p «1» ."),
    "not after a full stop in a comment": (Question(_n("a")), ":b :p # x.\n :a . «:a» :p 1 ."),
    "nor in a string": (Question(_n("a")), ":b :p '. :a :p' . «:a» :p 1 ."),
    "nor a whole statement in a string": (
        Question(_n("a")),
        ":b :p '. :a :p 1 . ' . # . :a :p 1 .\n«:a» :p 1 .",
    ),
    "a full stop that touches": (Question(_n("a")), ":b :p 1.«:a» :p 1 ."),
    "a full stop in a name": (Question(_n("a")), ":b :p :c.:a . «:a» :p 1 ."),
    "a comment between": (Question(_n("a")), ":b :p 1 . # x\n\n# . :c\n «:a» :p 1 ."),
    "a prefix declared again": (
        Question(_n("a")),
        ":b :p 1 . @prefix : <v:> . :a :p 1 . «<u:a>» :p 1 .",
    ),
    "an escape": (Question(_n("a")), r":b :p 1 . «<u:\u0061>» :p 1 ."),
    "an escape in a name": (Question(_n("a-b")), r":b :p 1 . «:a\-b» :p 1 ."),
    "a base": (
        Question(ox.NamedNode("http://h/a")),
        "@base <http://h/x/> . :b :p 1 . «<../a>» :p 1 .",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("question", "marked"), _CASES.values(), ids=_CASES)
def test_where(ask: Ask, question: Question, marked: str) -> None:
    before, _, rest = (_HEAD + marked).partition("«")
    inside, _, after = rest.partition("»")
    text = before + inside + after
    ends = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def column(part: str) -> tuple[int, int]:
        lines = part.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return len(lines), len(lines[-1]) + 1

    start, end = column(before), column(before + inside)
    assert ask(question, text) == Place("1.ttl", *start, *end, ends[start[0] - 1])


def test_a_byte_order_mark_has_no_column(ask: Ask) -> None:
    place = ask(Question(_n("a")), "\ufeff<u:a> <u:p> 1 .")
    assert place == Place("1.ttl", 1, 1, 1, 6, "<u:a> <u:p> 1 .")


def test_the_file_that_has_the_triple_else_the_first_that_has_the_subject(ask: Ask) -> None:
    texts = ("<u:b> <u:p> <u:a> .", "<u:a> <u:p> 1 .", "<u:a> <u:p> 2 ; <u:q> 3 .")
    expected = {
        Question(_n("a"), _n("p"), _i(2)): ("3.ttl", 13),
        Question(_n("a"), _n("p"), _i(9)): ("2.ttl", 7),
        Question(_n("a"), _n("q")): ("3.ttl", 17),
        Question(_n("a"), _n("r")): ("2.ttl", 1),
        Question(_n("a")): ("2.ttl", 1),
        Question(_n("p")): ("1.ttl", 7),
    }
    for question, (file, column) in expected.items():
        place = ask(question, *texts)
        assert place is not None
        assert (place.file, place.line, place.column) == (file, 1, column)


def test_what_no_file_has(ask: Ask) -> None:
    for focus in (_n("z"), ox.Literal("z"), ox.BlankNode("f1b0"), ox.BlankNode("f7b0")):
        assert ask(Question(focus, _n("p"), _i(1)), "<u:a> <u:p> 1 .") is None


def test_json_ld(ask: Ask) -> None:
    text = '[{"@id": "u:a", "u:p": [{"@value": 1}, {"u:q": [{"@value": 2}]}]}]'
    for question, part in (
        (Question(_n("a"), _n("p"), _i(1)), '{"@value": 1}'),
        (Question(_n("a"), _n("p"), ox.BlankNode("f1b0")), '{"u:q": [{"@value": 2}]}'),
        (Question(ox.BlankNode("f1b0"), _n("q")), '"u:q"'),
        (Question(_n("a"), _n("z")), text[1:-1]),
    ):
        column = text.index(part) + 1
        found = Place("1.jsonld", 1, column, 1, column + len(part), text)
        assert ask(question, text, suffix="jsonld") == found
    assert ask(Question(_n("z")), text, suffix="jsonld") is None


def test_each_of_several_triples_at_one_place_is_known(ask: Ask) -> None:
    head = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="u:">'
    node = '<u:Foo rdf:about="u:a" u:p="one">'
    text = f"{head}\n{node}\n<u:p>ok</u:p></u:Foo></rdf:RDF>"
    found = ask(Question(_n("a"), _n("p"), ox.Literal("one")), text, suffix="rdf")
    assert found == Place("1.rdf", 2, 1, 2, 1 + len(node), node)
    text = '{"@id": "u:a", "u:p": {"@list": [1, "two"]}}'
    cell = ox.BlankNode("f1b1")
    first = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
    column = text.index('"two"') + 1
    found = ask(Question(cell, first, ox.Literal("two")), text, suffix="jsonld")
    assert found == Place("1.jsonld", 1, column, 1, column + 5, text)


def test_what_the_two_readers_of_json_ld_do_not_agree_on_names_the_file(ask: Ask) -> None:
    text = '{"@context": {"@base": "u:x/", "@vocab": "#"}, "@id": "a", "p": 1}'
    focus, path = ox.NamedNode("u:x/a"), ox.NamedNode("u:x/#p")
    assert ask(Question(focus, path, _i(1)), text, suffix="jsonld") == Place("1.jsonld")


@pytest.mark.parametrize("suffix", ["trig", "nq", "nt"])
def test_other_formats_with_positions(ask: Ask, suffix: str) -> None:
    text = {
        "trig": "PREFIX : <u:>\n:g { :b :p 1 . :a :p 2 }\n{:a :q 3} :a :r 4 .",
        "nq": '<u:b> <u:p> <u:a> <u:a> .\n\n # x\n <u:a> <u:r> "4"^^<u:t> <u:g> .\n',
        "nt": '<u:b> <u:p> <u:a> .\r\n\t<u:a> <u:r> "4"^^<u:t> .\r\n',
    }[suffix]
    expected = {"trig": (3, 14), "nq": (4, 8), "nt": (2, 8)}[suffix]
    place = ask(Question(_n("a"), _n("r")), text, suffix=suffix)
    assert place is not None
    assert (place.line, place.column) == expected


def test_a_file_that_is_gone_has_no_places(tmp_path: Path) -> None:
    document = Document("x.ttl", Source(tmp_path / "x.ttl"), ox.RdfFormat.TURTLE, 1)
    assert locate([document], [Question(_n("a"))]) == [None]


def test_a_file_that_nothing_is_asked_of_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2):
        (tmp_path / f"{number}.ttl").write_text("<u:a> <u:p> [] .")
    documents = [
        Document(f"{n}.ttl", Source(tmp_path / f"{n}.ttl"), ox.RdfFormat.TURTLE, n) for n in (1, 2)
    ]
    read: list[str] = []
    real = Source.open

    def spy(source: Source) -> BinaryIO:
        read.append(source.path.name)
        return real(source)

    monkeypatch.setattr(Source, "open", spy)
    questions = [Question(ox.BlankNode("f2b0")), Question(ox.BlankNode("f2b0"), _n("p"))]
    assert [place and place.file for place in locate(documents, questions)] == ["2.ttl", "2.ttl"]
    assert read == ["2.ttl"]


def test_the_search_does_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("everything was read")

    monkeypatch.setattr(source_file, "Reader", fail)
    (tmp_path / "a.ttl").write_text(_HEAD + ":a :p 1 ; :q ' . ' .\n# :a .\n:b :p :c .")
    document = Document("a.ttl", Source(tmp_path / "a.ttl"), ox.RdfFormat.TURTLE, 1)
    path = _sequence(_inverse(_n("p")), _n("p"))
    found = locate(
        [document], [Question(_n("b")), Question(_n("c")), Question(_n("c"), path, _n("c"))]
    )
    assert [place and (place.line, place.column) for place in found] == [(4, 1), (4, 7), (4, 7)]


def test_blank_nodes_are_found_by_what_leads_to_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError("everything was read")

    monkeypatch.setattr(source_file, "Reader", fail)
    (tmp_path / "a.ttl").write_text(
        _HEAD + ":a :p [ :q 1 ] , [ :q 2 ; :r [ :s 3 ] ] .\n"
        ":a :p [ :q 4 ] . :b :p _:x .\n:b :o ( :m :n ) . _:x :q 5 . :a :q 6 ."
    )
    read, _ = inputs.load([tmp_path / "a.ttl"], [])
    first, rest = (f"http://www.w3.org/1999/02/22-rdf-syntax-ns#{x}" for x in ("first", "rest"))
    found = {
        (str(quad.predicate), str(quad.object)): locate(
            read.data, [Question(quad.subject, quad.predicate, quad.object)], read.graph
        )[0]
        for quad in read.graph
        if isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    }
    assert {key: place and (place.line, place.column) for key, place in found.items()} == {
        **{(str(_n("q")), str(_i(1))): (2, 12), (str(_n("q")), str(_i(2))): (2, 23)},
        **{(str(_n("s")), str(_i(3))): (2, 35), (str(_n("q")), str(_i(4))): (3, 12)},
        **{(str(_n("q")), str(_i(5))): (4, 26)},
        **{(f"<{first}>", str(_n("m"))): (4, 9), (f"<{first}>", str(_n("n"))): (4, 12)},
        (f"<{rest}>", f"<{rest.removesuffix('rest')}nil>"): (4, 15),
    }


@pytest.mark.parametrize("cell", [0, 3, 15, 39])
def test_a_cell_of_a_long_list(tmp_path: Path, cell: int) -> None:
    lines = ["<u:a> <u:p> _:c0 ."]
    for i in range(40):
        rest = f"_:c{i + 1}" if i < 39 else f"<{RDF}nil>"
        lines += [f"_:c{i} <{RDF}first> <u:m{i}> .", f"_:c{i} <{RDF}rest> {rest} ."]
    (tmp_path / "a.nt").write_text("\n".join(lines))
    read, _ = inputs.load([tmp_path / "a.nt"], [])
    first, member = ox.NamedNode(RDF + "first"), _n(f"m{cell}")
    [quad] = read.graph.quads_for_pattern(None, first, member)
    assert isinstance(quad.subject, ox.BlankNode)
    [place] = locate(read.data, [Question(quad.subject, first, member)], read.graph)
    assert place is not None
    assert (place.line, place.source) == (2 + 2 * cell, lines[1 + 2 * cell])


@given(st.integers(0, 2**32), st.booleans(), st.sampled_from([1, 25_000]))
def test_any_style_both_ways(seed: int, graphs: bool, per_word: int) -> None:
    graph = random_graph(seed)
    styled = write(graph, seed, graphs)
    lines = turtle.Lines(styled.text)
    questions, expected = [], []
    for triple, spot in styled.spots.items():
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(
            triple.object, (ox.BlankNode, ox.Triple)
        ):
            questions.append(Question(triple.subject, triple.predicate, triple.object))
            expected.append(Place("x", *lines.span(*spot.object), lines.source(spot.object[0])))
    sure = len(questions)
    for triple in graph[:5]:
        assert not isinstance(triple.subject, ox.Triple)
        assert not isinstance(triple.object, ox.Triple)
        value = None if isinstance(triple.object, ox.BlankNode) else triple.object
        way = _sequence(_inverse(triple.predicate), graph[0].predicate)
        for focus in (triple.subject, triple.object):
            if not isinstance(focus, ox.BlankNode):
                questions += [Question(focus), Question(focus, graph[0].predicate)]
                questions += [Question(focus, path, value) for path in (way, _inverse(way))]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / "x"
        path.write_bytes(styled.text.encode())
        form = ox.RdfFormat.TRIG if graphs else ox.RdfFormat.TURTLE
        document = Document("x", Source(path), form, 1)
        # As in a large file, or as in one of this size.
        patch.setattr(spellings, "_TEXT_PER_WORD", per_word)
        # One by one: what one question has read must not help another.
        searched = [locate([document], [question])[0] for question in questions]
        together = locate([document], questions)
        patch.setattr(source_file, "Search", _Unsure)
        whole = locate([document], questions)
    assert whole[:sure] == expected
    assert searched == whole
    assert together == whole


def _agree(read: inputs.Inputs, questions: list[Question], patch: pytest.MonkeyPatch) -> None:
    """Hold the search to what reading everything finds."""
    # One by one: what one question has read must not help another.
    searched = [locate(read.data, [question], read.graph)[0] for question in questions]
    together = locate(read.data, questions, read.graph)
    patch.setattr(source_file, "Search", _Unsure)
    whole = locate(read.data, questions)
    assert searched == whole
    assert together == whole


@given(st.integers(0, 2**32), st.booleans())
def test_blank_nodes_in_any_style_both_ways(seed: int, graphs: bool) -> None:
    styled = write(random_graph(seed), seed, graphs)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        path = Path(folder) / ("x.trig" if graphs else "x.ttl")
        path.write_bytes(styled.text.encode())
        read, failures = inputs.load([path], [])
        assert not failures
        quads = sorted(read.graph, key=str)
        questions = [Question(quad.subject, quad.predicate, quad.object) for quad in quads]
        questions += [Question(quad.subject, quad.predicate) for quad in quads]
        questions += [Question(quad.object) for quad in quads]
        _agree(read, questions, patch)


@given(st.integers(0, 2**32), st.sampled_from([1, 25_000]))
def test_lines_that_quote_lines_both_ways(seed: int, per_word: int) -> None:
    random, graph = Random(seed), random_graph(seed)
    lines = [f"{triple} ." for triple in graph]
    for triple in graph:
        quoted = " ".join(random.sample(lines, min(2, len(lines))))
        value = ox.Literal(random.choice(["", ". ", "\n", 'x"']) + quoted)
        lines.append(f"{triple.subject} {triple.predicate} {value} . # {random.choice(lines)}")
    random.shuffle(lines)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spellings, "_TEXT_PER_WORD", per_word)
        path = Path(folder) / "x.nt"
        path.write_text("\n".join(lines), encoding="utf-8", newline="\n")
        read, failures = inputs.load([path], [])
        assert not failures
        quads = sorted(read.graph, key=str)
        questions = [Question(quad.subject, quad.predicate, quad.object) for quad in quads]
        questions += [Question(quad.object) for quad in quads]
        _agree(read, questions, patch)


@given(st.integers(0, 2**32), st.sampled_from([1, 25_000]), st.sampled_from(["\n", "\r", "\r\n"]))
def test_lines_of_n_triples_both_ways(seed: int, per_word: int, end: str) -> None:
    random, graph = Random(seed), random_graph(seed)
    random.shuffle(graph)
    text, questions, expected = "", [], []
    for number, triple in enumerate(graph, 1):
        gap, value = random.choice([" ", "\t", "  "]), triple.object
        line = f"{gap}{triple.subject}{gap}{triple.predicate}{gap}"
        if isinstance(triple.subject, ox.NamedNode) and not isinstance(
            value, (ox.BlankNode, ox.Triple)
        ):
            questions.append(Question(triple.subject, triple.predicate, value))
            expected.append((number, len(line) + 1, len(line) + 1 + len(str(value))))
        text += f"{line}{value}{gap}. # {triple}{end}"
    asked = [*questions, *(Question(triple.predicate) for triple in graph)]
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(spellings, "_TEXT_PER_WORD", per_word)
        path = Path(folder) / "x"
        path.write_bytes(text.encode())
        document = Document("x", Source(path), ox.RdfFormat.N_TRIPLES, 1)
        searched = locate([document], asked)
        patch.setattr(source_file, "Search", _Unsure)
        whole = locate([document], asked)
    places = [place and (place.line, place.column, place.end_column) for place in searched]
    assert places[: len(questions)] == expected
    assert searched == whole
