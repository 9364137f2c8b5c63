"""The lexer and the parser of SPARQL: on our own queries, the W3C's, and generated ones.

``PASSEX_RDF_TESTS``, or ``tests/consumers/rdf-tests``, is a clone of https://github.com/w3c/rdf-tests.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.graph import dataset
from passex.graph.terms import SH
from passex.query.lexer import tokens
from passex.query.parser import parse
from passex.query.tree import Node, rewritten, triples, variables

from .test_shacl_nesting import Writer

W3C = Path(
    os.environ.get("PASSEX_RDF_TESTS") or Path(__file__).parents[1] / "consumers" / "rdf-tests"
)
PIECES = [
    "a",
    "'",
    '"',
    '"""',
    "'''",
    "\\",
    "<",
    ">",
    "?",
    "#",
    "\n",
    "\r",
    ":",
    "_:",
    ".",
    "1",
    "e",
]
PIECES += ["@", "-", " ", "{", "|", "}", "^", "(", ")", "=", "!", "é", "\u00b7", "%41", "<u:p>"]


def own() -> dict[str, str]:
    """The queries of questions, rules and shapes."""
    files = [*dataset.question_files(), *dataset.rule_files()]
    found = {path.stem: path.read_text(encoding="utf-8") for path in files}
    shapes = ox.Store()
    shapes.load(path=str(dataset.root() / "ontology" / "shapes.ttl"))
    for name in ("select", "ask"):
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None):
            assert isinstance(quad.object, ox.Literal)
            found[f"{quad.subject} {name}"] = quad.object.value
    return found


OWN = own()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("?s ?p 1.5.", "?s ?p 1.5 ."),
        ("1. 1e5 1.e5 .5e-3 1.5.?x", "1 . 1e5 1.e5 .5e-3 1.5 . ?x"),
        ("'x'@en-GB 'x'@ar--rtl", "'x' @en-GB 'x' @ar--rtl"),
        ("'5'^^xsd:int", "'5' ^^ xsd:int"),
        ("a.b a.b:c.d:e. :.f", "a . b a.b:c.d:e . : . f"),
        ("# one\r?x # two\n?y #", "?x ?y"),
        ("'a\rb'", "' b '"),
        ("10OFFSET 2-1 ?x-?y", "10 OFFSET 2 - 1 ?x - ?y"),
        ('"""a"b""\\"""" ""', '"""a"b""\\"""" ""'),
        ("<u:\\u00e9> <a b> ?x<=?y", "<u:\\u00e9> < a b > ?x <= ?y"),
        ("_:a.b. _:c-", "_:a.b . _:c-"),
        (":a\\#b :a#b", ":a\\#b :a"),
        ("<<(?s ?p ?o)>>~?r{|?a ?b|}", "<<( ?s ?p ?o )>> ~ ?r {| ?a ?b |}"),
        ("?a||?b&&!?c!=?d", "?a || ?b && ! ?c != ?d"),
        ("GROUP_CONCAT é:è ?e\u0301", "GROUP_CONCAT é:è ?e\u0301"),
    ],
)
def test_how_a_text_is_cut(text: str, cut: str) -> None:
    assert [word.text for word in tokens(text)] == cut.split()


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_words_and_gaps_are_the_text(text: str) -> None:
    parts, at = [], 0
    for word in tokens(text):
        assert word.start >= at
        parts += [text[at : word.start], text[word.start : word.end]]
        assert parts[-1] == word.text
        if word.kind != "open":
            assert not word.text[0].isspace()
        at = word.end
    assert "".join(parts) + text[at:] == text


@pytest.mark.parametrize(
    "piece", ["a.", ".", ":.", "_:a.", "'\\", '"""', "#\n", "a-", "<a", "@a-", "1."]
)
def test_any_text_is_cut_in_linear_time(piece: str) -> None:
    begin = time.process_time()
    sum(1 for _ in tokens(piece * 20_000))
    assert time.process_time() - begin < 5


def shape(node: Node) -> object:
    """A node with all in it, without places."""
    inner = tuple(shape(c) if isinstance(c, Node) else c.text for c in node.children)
    return (node.rule, inner)


def reparsed(text: str) -> int:
    """Parse each part of a query on its own: it is the same."""
    tree = parse(text)
    assert tree.error is None, tree.error
    assert tree.words == tuple(tokens(text)) or "<" in text
    nodes = list(tree.root.walk())
    for node in nodes:
        again = parse(tree.source(node), node.rule)
        assert again.error is None, (node, again.error)
        root = again.root
        inner = root.children[0]
        same = root if root.rule == "Query" or not isinstance(inner, Node) else inner
        assert shape(same) == shape(node)
        assert all(node.start <= child.start <= child.end <= node.end for child in node.children)
    return len(nodes)


@pytest.mark.parametrize("name", OWN)
def test_each_part_of_our_own_queries_parses_again(name: str) -> None:
    assert reparsed(OWN[name]) > 5


@given(st.integers(min_value=0))
def test_each_part_of_generated_queries_parses_again(seed: int) -> None:
    reparsed(Writer(Random(seed)).constraint())


@given(st.sampled_from(sorted(OWN)), st.integers(min_value=0))
def test_nothing_that_the_engine_takes_is_refused(name: str, seed: int) -> None:
    text, random = OWN[name], Random(seed)
    words = list(tokens(text))
    one, other = random.choice(words), random.choice(words)
    changed = (
        text[: one.start] + random.choice(["", other.text, f"{other.text} "]) + text[one.end :]
    )
    assert not taken(changed) or parse(changed).error is None


def taken(text: str, update: bool = False) -> bool:
    """Tell whether the engine takes a query or update. It isn't given the prefixes of ours."""
    store = ox.Store()
    try:
        if update:
            store.update(text, base_iri="http://e/")
        else:
            store.query(text, base_iri="http://e/")
    except SyntaxError:
        return False
    except (RuntimeError, OSError):
        pass  # a function or a file that it does not know
    return True


@pytest.mark.skipif(not W3C.is_dir(), reason="no clone of w3c/rdf-tests (PASSEX_RDF_TESTS)")
def test_the_queries_of_the_w3c() -> None:
    files = sorted([*W3C.glob("sparql/**/*.rq"), *W3C.glob("sparql/**/*.ru")])
    assert len(files) > 1000
    refused = []
    for file in files:
        text, update = file.read_text(encoding="utf-8"), file.suffix == ".ru"
        tree = parse(text, "Update" if update else "Query")
        if tree.error is not None:
            refused.append(file)
            assert not taken(text, update), (file, tree.error)
        elif not update and taken(text):
            reparsed(text)
    assert len(refused) > 80


def depths() -> Iterator[str]:
    yield "SELECT * " + "{" * 50_000 + "}" * 50_000
    yield "ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }"
    yield "ASK { ?s ?p ?o " + "FILTER EXISTS {" * 20_000 + "}" * 20_000 + "}"
    yield "ASK { FILTER(" + "?x<?y || " * 20_000 + "?x<?z) }"


@pytest.mark.parametrize("text", list(depths()))
def test_nothing_is_nested_too_deeply(text: str) -> None:
    begin = time.process_time()
    tree = parse(text)
    assert tree.error is None
    assert len(list(tree.root.walk())) >= 20_000
    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    "text",
    ["ASKWHERE{}", "SELECT * { FILTERNOTEXISTS {} } LIMIT5OFFSET2", "ASK { ?s ?p trueMINUS {} }"],
)
def test_keywords_that_stand_together(text: str) -> None:
    assert taken(text)
    tree = parse(text)
    assert tree.error is None
    assert "".join(word.text for word in tree.words) == text.replace(" ", "")
    assert parse(f"{text} ?").error is not None


def test_comparisons_that_look_like_an_iri() -> None:
    tree = parse("ASK { FILTER(?a<?b&&?c>?d && ?e IN (<u:f>)) }")
    assert [tree.source(node) for node in tree.root.walk("Relation")] == [
        *("?a<?b", "?c>?d", "?e IN (<u:f>)")
    ]
    wrong = parse("ASK { FILTER(?a <u:f> ?b) }").error
    assert wrong is not None
    assert wrong.word is not None
    assert wrong.word.text == "<u:f>"
    assert {"&&", ")", "<", "IN"} <= wrong.expected


@pytest.mark.parametrize(
    ("update", "rules"),
    [
        ("LOAD SILENT <u:f> INTO GRAPH <u:g> ; CLEAR ALL ; DROP GRAPH <u:g>", "Load Clear Drop"),
        ("CREATE GRAPH <u:g> ; COPY DEFAULT TO <u:g> ;", "Create Transfer"),
        ("INSERT DATA { ?s ?p 1 GRAPH ?g { ?s ?p 2 } . }", "Insert Quads QuadGraph"),
        (
            "PREFIX e: <u:> WITH e:g DELETE { ?s e:p 1 } INSERT { ?s e:p 2 } USING NAMED <u:h> "
            "WHERE { ?s e:p 3 } ; PREFIX f: <u:> DELETE WHERE { ?s ?p ?o }",
            "Prefix With Quads Using Group Delete",
        ),
    ],
)
def test_updates(update: str, rules: str) -> None:
    tree = parse(update, "Update")
    assert tree.error is None
    nodes = [node.rule for node in tree.root.walk(*rules.split())]
    assert list(dict.fromkeys(nodes)) == rules.split()


def test_what_a_tree_tells() -> None:
    text = (
        "SELECT ?s { ?s a ?c ; ex:p [ ex:q 1, $x ] FILTER NOT EXISTS { ?s ?y () } # ?z\r } LIMIT 1"
    )
    tree = parse(text)
    assert tree.form == "SELECT"
    assert tree.pattern is not None
    assert variables(tree.pattern) == {"s", "c", "x", "y"}
    assert variables(tree.pattern, stop=("Exists",)) == {"s", "c", "x"}
    assert [" ".join(map(tree.source, triple)) for triple in triples(tree.pattern)] == [
        "?s a ?c",
        "?s ex:p [ ex:q 1, $x ]",
        "[ ex:q 1, $x ] ex:q 1",
        "[ ex:q 1, $x ] ex:q $x",
        "?s ?y ()",
    ]
    wanted = [w for w in tree.words if w.text == "$x"]
    assert rewritten(text, [(w.start, w.end, "5") for w in wanted]) == text.replace("$x", "5")
    assert tree.end == len(text)


def test_what_a_wrong_text_still_tells() -> None:
    tree = parse("PREFIX e: <u:> SELECT ?s { ?s a } LIMIT 2 'open")
    assert tree.form == "SELECT"
    assert tree.error is not None
    assert [word.text for word in tree.words][-5:] == ["a", "}", "LIMIT", "2", "'"]
    assert parse("").error is not None
    assert parse("").end == 0
