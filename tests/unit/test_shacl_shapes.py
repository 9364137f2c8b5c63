"""Shapes are read, what is ill-formed in them is named, and queries are asked at once or not."""

from __future__ import annotations

import gc
import re
import signal
import time
from pathlib import Path
from unittest.mock import Mock

import pyoxigraph as ox
import pytest
from rdflib.plugins.sparql import prepareQuery

from passex.errors import TimeoutError
from passex.query.parser import parse
from passex.validation import inputs
from passex.validation.results import EngineName, Severity
from passex.validation.shacl import (
    Outcome,
    limits,
    query_rules,
    rdflib_graphs,
    regex,
    sparql_constraint,
    validate,
)

PREFIXES = """
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NO = "sh:nodeKind sh:Literal"
DATA = ":a :p 1 , 2 ; :q 'x' . :b :p 3 ."


def outcome(
    folder: Path, shapes: str, data: str = DATA, jobs: int = 1, engine: EngineName = "fast"
) -> Outcome:
    files = folder / "data.ttl", folder / "shapes.ttl"
    files[0].write_text(PREFIXES + data, encoding="utf-8")
    files[1].write_text(PREFIXES + shapes, encoding="utf-8")
    read, failures = inputs.load(files[:1], files[1:])
    assert not failures
    return validate(read, engine, jobs=jobs)


def _asked(query: str) -> str:
    return f"sh:sparql [ sh:select '{query}' ]"


@pytest.mark.parametrize(
    ("shape", "rule", "message"),
    [
        ("sh:path :p, :q", "ill-formed", "a shape has at most one sh:path"),
        ("sh:path [ ]", "ill-formed", "a property path must be an IRI, a list or"),
        ("sh:path :p ; sh:minCount 1.5", "ill-formed", "a value of sh:minCount is an xsd:integer"),
        ("sh:minCount 1", "ill-formed", "sh:minCount belongs to a property shape"),
        ("sh:in :p", "ill-formed", "a value of sh:in is a well-formed list"),
        ("sh:or ( )", "ill-formed", "the list of sh:or has no members"),
        ("sh:pattern '('", "ill-formed", "a value of sh:pattern is a string that is a regular"),
        ("sh:pattern 3", "ill-formed", "a value of sh:pattern is a string that is a regular"),
        ("sh:pattern '('; sh:flags 'i'", "ill-formed", "a value of sh:pattern is a string"),
        ("sh:message :m", "ill-formed", "a value of sh:message is a text"),
        ("sh:property [ sh:minCount 1 ]", "ill-formed", "a value of sh:property needs a sh:path"),
        ("sh:node :S", "recursion", "the shape rests on itself"),
        (_asked("SELECT"), "sparql-syntax", "the query is not SPARQL"),
        (_asked("SELECT $this { $this :p 1 }"), "prefix",
         "the query uses :, which only the file declares, as <http://e/>"),
        (_asked("SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }"), "ill-formed",
         "a SPARQL constraint cannot have MINUS"),
        (_asked("SELECT $this FROM <http://e/> { $this ?p ?o }"), "ill-formed",
         "a SPARQL constraint cannot have FROM"),
        (_asked("SELECT $this { $this ?p ?o FILTER(<http://e/f>(?o)) }"), "unsupported",
         "the query cannot be asked: the custom function <http://e/f> is not supported"),
        (_asked("SELECT $this { $this e:p 1 }"), "sparql-syntax",
         "the query is not SPARQL: the prefix 'e:' is not declared (in its line 1, column 22)"),
        (_asked("SELECT $this (<http://e/f>(?o) AS ?x) { $this ?p ?o } GROUP BY $this"),
         "sparql-syntax", "the query is not SPARQL: SELECT contains an expression with a variable"),
        (_asked("SELECT $this { $this ?p"), "sparql-syntax", "the query is not SPARQL: expected"),
    ],
)  # fmt: skip
def test_defects(tmp_path: Path, shape: str, rule: str, message: str) -> None:
    defects = outcome(tmp_path, f":S sh:targetNode :a ; {shape} .").shapes.defects
    named = "prefix-undeclared" if rule == "prefix" else f"shacl-{rule}"
    assert any(d.message.startswith(message) for d in defects if d.rule == named)


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_comment_ends_with_its_line(tmp_path: Path, end: str, engine: EngineName) -> None:
    query = "SELECT $this ?value {{ $this :p ?value # {{ {end} {then} \n }}"
    for then, values, said in [
        ("FILTER(?value > 1)", ["2"], []),
        ("MINUS { $this :p 1 }", [], ["a SPARQL constraint cannot have MINUS"]),
    ]:
        text = query.format(end=end, then=then).replace("\r", "\\r")
        path = tmp_path / "shapes.ttl"
        path.write_text(
            f"{PREFIXES}{DATA} <> sh:declare [ sh:prefix '' ; sh:namespace 'http://e/' ] ."
            f":S sh:targetNode :a ; sh:sparql [ sh:prefixes <> ; sh:select '''{text}''' ] .",
            encoding="utf-8",
        )
        read, _ = inputs.load([path], [path])
        found = validate(read, engine)
        assert [result.value.value for result in found.results if result.value] == values
        assert [defect.message for defect in found.shapes.defects] == said


@pytest.mark.parametrize("text", ["ASK { %s }", "SELECT ?x FROM <http://e/> { ?x ?y ?z }"])
def test_what_rdflib_would_fetch_is_refused(text: str) -> None:
    graph = rdflib_graphs.to_graph(ox.Store())
    with pytest.raises(ValueError, match=r"a constraint cannot have (SERVICE|FROM)"):
        graph.query(text.replace("%s", "FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} }"))


COMPONENT = """:C a sh:ConstraintComponent ; sh:parameter [ sh:path :of ] ; sh:validator :V .
:V sh:ask '%s' . :S sh:targetNode :a ; :of 1 .
"""


@pytest.mark.parametrize(
    ("query", "rule", "message"),
    [
        ("ASK {", "sparql-syntax", "the query is not SPARQL: expected"),
        ("ASK { $this ?p $value }", "", ""),
        ("ASK { VALUES ?x { 1 } }", "ill-formed", "a SPARQL validator cannot have VALUES"),
        ("ASK { SERVICE <http://127.0.0.1:9/> {} }", "ill-formed",
         "a SPARQL validator cannot have SERVICE"),
        ("ASK { BIND(1 AS ?value) }", "ill-formed", "a SPARQL validator cannot have AS $value"),
    ],
)  # fmt: skip
def test_defects_of_components(tmp_path: Path, query: str, rule: str, message: str) -> None:
    found = outcome(tmp_path, COMPONENT % query, ":a :p 1 .")
    said = [(d.rule, d.message[: len(message)]) for d in found.shapes.defects]
    assert said == ([(f"shacl-{rule}", message)] if rule else [])
    assert [str(node) for node in found.skipped] == (["<http://e/S>"] if rule else [])


SAYS = """:Most a sh:ConstraintComponent ; sh:parameter [ sh:path :most ] ; sh:propertyValidator [
    sh:message "{?value} of {$this} is over {$most}" ;
    sh:select "SELECT $this ?value { $this $PATH ?value FILTER(?value > $most) }" ] .
:Odd a sh:ConstraintComponent ; sh:parameter [ sh:path :odd ] ; sh:validator [
    sh:message "{?value} is not odd" ; sh:ask "ASK { FILTER(STR($value) = 'x') }" ] .
:S a sh:PropertyShape ; sh:targetSubjectsOf :p ; sh:path :p ; :most 1 .
:T a sh:NodeShape ; sh:targetSubjectsOf :p ; :odd true .
:U a sh:PropertyShape ; sh:targetSubjectsOf :q ; sh:path :p ; :most 1 ; sh:message "so" .
"""


def test_validators_say_what_they_say(tmp_path: Path) -> None:
    found = outcome(tmp_path, SAYS)
    assert sorted((str(r.shape), *(m.value for m in r.messages)) for r in found.results) == [
        ("<http://e/S>", "2 of http://e/a is over 1"),
        ("<http://e/S>", "3 of http://e/b is over 1"),
        ("<http://e/T>", "http://e/a is not odd"),
        ("<http://e/T>", "http://e/b is not odd"),
        ("<http://e/U>", "so"),  # what a shape says is all that its results say
    ]


SEES_THE_SHAPES = """:S a sh:NodeShape ; sh:targetSubjectsOf :p ; :most 1 ; sh:sparql [
sh:select '''
SELECT $this ?value {
    $this <http://e/p> ?value
    GRAPH $shapesGraph { FILTER(bound($shapesGraph)) $currentShape <http://e/most> ?most }
    FILTER(?value > ?most)
}''' ] .
"""


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_constraint_may_look_into_the_shapes(tmp_path: Path, engine: EngineName) -> None:
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA + " :S :most 5 .", encoding="utf-8")
    (tmp_path / "shapes.ttl").write_text(PREFIXES + SEES_THE_SHAPES, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    found = validate(read, engine)
    assert [(str(r.focus), str(r.value)) for r in found.results] == [
        ("<http://e/a>", str(ox.Literal("2", datatype=_INTEGER))),
        ("<http://e/b>", str(ox.Literal("3", datatype=_INTEGER))),
    ]
    assert len(read.graph) == 5


def test_ill_formed_shapes_are_skipped_and_others_are_not(tmp_path: Path) -> None:
    found = outcome(
        tmp_path,
        """:S sh:targetNode :a ; sh:node :T . :T sh:minCount 1 .
        :U sh:targetNode :a ; sh:path :p ; sh:maxCount 1 .""",
    )
    assert [str(node) for node in found.skipped] == ["<http://e/S>", "<http://e/T>"]
    assert [str(result.shape) for result in found.results] == ["<http://e/U>"]


def test_what_is_delegated_says_why(tmp_path: Path) -> None:
    found = outcome(
        tmp_path,
        """:S sh:targetNode :a ; sh:path [ sh:inversePath ( :p :q ) ] ; sh:maxCount 0 .
        :T sh:targetSubjectsOf :p ; sh:sparql [ sh:select
            "SELECT $this { { FILTER(BOUND($this)) } }" ] .""",
    )
    assert {str(node): why for node, why in found.delegated.items()} == {
        "<http://e/S>": "an inverse of a sequence path",
        "<http://e/T>": "a query that has to be asked for each focus node",
    }
    assert [str(result.focus) for result in found.results] == ["<http://e/a>", "<http://e/b>"]


@pytest.mark.parametrize(
    ("body", "depends"),
    [
        ("$this :p ?value FILTER(?value > 1)", False),
        ("$this :p ?value FILTER(!(?value > 5)) ?x :p ?y FILTER(?y > 1)", False),
        ("$this :p ?value ; :q ?x , ?z . ?y :p ?value FILTER(?x > ?y)", False),
        ("$this (:p|:q)/:p* ?value . OPTIONAL { ?value :q ?x } FILTER(?value > 0)", False),
        ("{ $this :q ?value } UNION { $this :p ?value FILTER(?value > 1) }", False),
        ("$this :r ?value FILTER(?value > 0)", True),
        ("$this <http://e/r> ?value FILTER(?value > 0)", True),
        ("$this ?p ?value FILTER(?value > 0)", True),
        ("$this :q ?x ; ?p ?value FILTER(?value > 0)", True),
        ("$this !:p ?value FILTER(?value > 0)", True),
        ("$this (!(:p|:q))+ ?value FILTER(?value > 0)", True),
        ("$this !<http://e/p> ?value FILTER(?value > 0)", True),
        ("$this !a ?value FILTER(?value > 0)", True),
        ("$this :p ?x . ( 1 ) ?p ?value FILTER(?value > 0)", True),
        ("[ ?p ?value ] :p $this FILTER(?value > 0)", True),
        ("$this ?p ?value FILTER(ISLITERAL(?value))", False),
    ],
)  # fmt: skip
def test_what_depends_on_how_a_number_is_written(tmp_path: Path, body: str, depends: bool) -> None:
    query = f"PREFIX : <http://e/> SELECT $this ?value {{ {body} }}"
    shapes = f":S sh:targetSubjectsOf :p ; {_asked(query)} ."
    data = ":a :p 2 , :b ; :q 3 ; :r 01 . :b :p 1 ; :r 5 ."
    found = outcome(tmp_path, shapes, data)
    reason = "a query over literals that the store would rewrite"
    assert list(found.delegated.values()) == [reason] * depends
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    assert found.results == validate(read, "pyshacl").results


def test_a_query_is_parsed_once_by_the_reference_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = Mock(wraps=prepareQuery)
    monkeypatch.setattr(rdflib_graphs, "prepareQuery", parse)
    query = "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value > 1) }"
    (tmp_path / "data.ttl").write_text(PREFIXES + DATA, encoding="utf-8")
    shapes = f":S sh:targetSubjectsOf :p ; {_asked(query)} ."
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    found = validate(read, "pyshacl").results
    assert [str(result.value)[1:2] for result in found] == ["2", "3"]
    assert len(parse.call_args_list) == 1


def test_counts_of_focus_nodes(tmp_path: Path) -> None:
    found = outcome(
        tmp_path,
        ":S sh:targetSubjectsOf :p ; sh:nodeKind sh:IRI . :T sh:targetClass :C ; sh:class :C .",
    )
    assert [(str(n), c) for n, c in found.focus_counts.items()] == [
        ("<http://e/S>", 2),
        ("<http://e/T>", 0),
    ]


def test_values_are_reported_as_written(tmp_path: Path) -> None:
    found = outcome(tmp_path, ":S sh:targetNode :a ; sh:path :p ; sh:in ( 1 ) .", ":a :p 01 , 1 .")
    assert [str(r.value) for r in found.results] == [str(ox.Literal("01", datatype=_INTEGER))]


_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("sh:minExclusive 2", [1, 2]),
        ("sh:minInclusive 2", [1]),
        ("sh:maxExclusive 2", [2, 3]),
        ("sh:maxInclusive 2", [3]),
        ("sh:lessThan :than", [2, 3]),
        ("sh:lessThanOrEquals :than", [3]),
        ("sh:node [ sh:in (1 3) ]", [2]),
        ("sh:not [ sh:in (1 3) ]", [1, 3]),
        ("sh:or ([ sh:in (1) ] [ sh:in (3) ])", [2]),
    ],
)
def test_the_values_that_are_wrong(
    tmp_path: Path, engine: EngineName, constraint: str, values: list[int]
) -> None:
    (tmp_path / "data.ttl").write_text(f"{PREFIXES}:a :q 1, 2, 3 ; :than 2 .", encoding="utf-8")
    shapes = f"{PREFIXES}:S sh:targetNode :a ; sh:property [ sh:path :q ; {constraint} ] ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    found = [one.value for one in validate(read, engine).results]
    assert sorted(found, key=str) == [ox.Literal(value) for value in values]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("constraint", "nodes"),
    [
        ("sh:minCount 0", []),
        ("sh:minCount 1", ["c"]),
        ("sh:minCount 2", ["b", "c"]),
        ("sh:maxCount 1", ["a"]),
        ("sh:maxCount 0", ["a", "b"]),
        ("sh:minCount 1 ; sh:maxCount 1", ["a", "c"]),
        ("sh:property [ sh:path :r ; sh:minCount 1 ]", ["y"]),  # a value, whose fault it is
    ],
)
def test_the_nodes_that_are_wrong(
    tmp_path: Path, engine: EngineName, constraint: str, nodes: list[str]
) -> None:
    data = f"{PREFIXES}:a :q :x, :y . :b :q :x . :x :r 1 ."
    (tmp_path / "data.ttl").write_text(data, encoding="utf-8")
    shapes = f"{PREFIXES}:S sh:targetNode :a, :b, :c ; sh:property [ sh:path :q ; {constraint} ] ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    found = sorted(str(one.focus) for one in validate(read, engine).results)
    assert found == [f"<http://e/{node}>" for node in nodes]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("tags", "wrong"), [("'EN'", {"de", ""}), ("'en' 'de'", {""}), ("'en-gb'", {"en", "de", ""})]
)
def test_languages(tmp_path: Path, engine: EngineName, tags: str, wrong: set[str]) -> None:
    data = f"{PREFIXES}:a :q 'x'@en, 'x'@en-gb, 'x'@de, 'x' ."
    (tmp_path / "data.ttl").write_text(data, encoding="utf-8")
    shapes = f"{PREFIXES}:S sh:targetNode :a ; sh:path :q ; sh:languageIn ({tags}) ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    values = [one.value for one in validate(read, engine).results]
    assert {one.language or "" for one in values if isinstance(one, ox.Literal)} == wrong


@pytest.mark.parametrize(
    ("targets", "nodes"),
    [
        ("sh:targetNode :a ; sh:targetClass :C", ["a", "c", "d"]),
        ("sh:targetClass :C", ["c", "d"]),
        ("sh:targetClass :C ; sh:targetSubjectsOf :p", ["b", "c", "d"]),
        ("sh:targetObjectsOf :p", ["c"]),
    ],
)
def test_targets_of_several_kinds(tmp_path: Path, targets: str, nodes: list[str]) -> None:
    data = ":a :q 1 . :b :p :c . :c a :C . :d a :C ."
    found = outcome(tmp_path, f":S {targets} ; sh:nodeKind sh:Literal .", data)
    assert sorted(str(one.focus) for one in found.results) == [f"<http://e/{n}>" for n in nodes]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(("path", "number"), [(":q", 1), ("[ sh:zeroOrMorePath :q ]", 0)])
def test_a_node_has_itself_along_a_path_of_no_steps(
    tmp_path: Path, engine: EngineName, path: str, number: int
) -> None:
    (tmp_path / "data.ttl").write_text(f"{PREFIXES}:a :q :b .", encoding="utf-8")
    shapes = f"{PREFIXES}:S sh:targetNode :a ; sh:property [ sh:path {path} ; sh:hasValue :a ] ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    assert len(validate(read, engine).results) == number


def test_an_exploding_pattern_is_decided_in_no_time(tmp_path: Path) -> None:
    found = outcome(
        tmp_path,
        ":S sh:targetNode :a ; sh:path :q ; sh:pattern '^(a+)+$' .",
        f":a :q '{'a' * 5000}!' .",
    )
    assert len(found.results) == 1


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("pattern", "number"),
    [("^(a+)+$", 1), (r"^(a|aa)+(b)\\2", None), ("a{3}!$", 0), ("^(a+)+!", 0)],
)
def test_no_engine_takes_for_ever_over_a_pattern(
    tmp_path: Path, engine: EngineName, pattern: str, number: int | None
) -> None:
    (tmp_path / "data.ttl").write_text(f"{PREFIXES}:a :q '{'a' * 60}!' .", encoding="utf-8")
    shapes = f"{PREFIXES}:S sh:targetNode :a ; sh:path :q ; sh:pattern '{pattern}' ."
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    if number is None:
        with pytest.raises(limits.PatternError, match="takes more than 1 second"):
            validate(read, engine)
    else:
        assert len(validate(read, engine).results) == number


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there are no timers here")
def test_time_runs_out_for_a_query_in_python_too(tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(f"{PREFIXES}:a :q '{'a' * 60}!' .", encoding="utf-8")
    query = "SELECT $this { $this <http://e/q> ?v FILTER(REGEX(?v, '^(a+)+$')) }"
    shapes = f'{PREFIXES}:S sh:targetNode :a ; sh:sparql [ sh:select "{query}" ] .'
    (tmp_path / "shapes.ttl").write_text(shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeoutError, match=r"longer than 0\.5 seconds"):
        validate(read, "pyshacl", timeout=0.5)
    assert signal.getsignal(signal.SIGALRM) == before
    assert validate(read, "fast", timeout=60).results == ()


def test_time_runs_out(tmp_path: Path) -> None:
    data = " ".join(f":n{i} :p {i} ." for i in range(3000))
    (tmp_path / "data.ttl").write_text(PREFIXES + data, encoding="utf-8")
    query = (
        "SELECT $this { $this ?p ?o . ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(?c) + STRLEN(?f) > 900) }"
    )
    shapes = f":S sh:targetNode :n1 ; sh:sparql [ sh:select '{query}' ] ."
    (tmp_path / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    read, _ = inputs.load([tmp_path / "data.ttl"], [tmp_path / "shapes.ttl"])
    with pytest.raises(TimeoutError, match=r"longer than 0\.01 seconds"):
        validate(read, timeout=0.01)


@pytest.mark.parametrize(
    ("query", "safe"),
    [
        ("SELECT $this ?v { $this :p ?v FILTER(?v != $this) }", True),
        ("SELECT $this { $this :p ?v FILTER NOT EXISTS { $this :q ?v FILTER(?v = $this) } }", True),
        ("SELECT $this { $this :p ?v OPTIONAL { ?v :q ?w FILTER(?w = $this) } }", True),
        ("SELECT $this { { $this :p ?v FILTER(?v = $this) } UNION { $this :q ?v } }", True),
        ("SELECT $this { ?v :p ?w { ?v :q ?w FILTER(?v = $this) } }", False),
        ("SELECT $this { { ?v :p ?w BIND($this AS ?x) } UNION { $this :q ?v } }", False),
        ("SELECT ?v { $this :p ?v }", False),
        ("SELECT $this (COUNT(?v) AS ?n) { $this :p ?v } GROUP BY $this", True),
        ("SELECT $this (COUNT(?v) AS ?n) { ?w :p ?v } GROUP BY ?w", False),
        ("SELECT $this { $this :p ?v } LIMIT 1", False),
        ("SELECT $this { { SELECT $this { $this :p ?v } } }", False),
        ("SELECT $this { $this :p $currentShape }", False),
        ("SELECT $this { $this :p ?v FILTER(bound($shapesGraph)) }", False),
        ("SELECT $this { $this :p '# { $this' # }\n }", True),
    ],
)
def test_what_may_be_asked_at_once(query: str, safe: bool) -> None:
    assert query_rules.can_batch(parse(query)) == safe


@pytest.mark.parametrize(
    ("group", "message"),
    [
        ("FILTER(" + "?v = 1 || " * 20_000 + "?v = 1)", "more than 2000 operators"),
        ("?v :q ?x . " * 250, "more than 200 patterns"),
        ("{" * 20_000 + "}" * 20_000, "more than 2000 operators|more than 100 brackets"),
        ("{" * 101 + "}" * 101, "more than 100 brackets lie within one another"),
    ],
)
def test_a_query_that_is_too_large_is_not_applied(tmp_path: Path, group: str, message: str) -> None:
    query = f"SELECT $this {{ $this <http://e/p> ?v . {group.replace(':q', '<http://e/q>')} }}"
    found = outcome(
        tmp_path, f":S sh:targetNode :a ; {_asked(query)} . :T sh:targetNode :a ; {NO} ."
    )
    assert found.shapes
    [defect] = [defect for defect in found.shapes.defects if defect.rule == "shacl-unsupported"]
    assert re.search(message, defect.message)


def test_what_is_beyond_sparql_1_1_is_no_traceback(tmp_path: Path) -> None:
    query = "SELECT $this { $this ?p ?v LATERAL { $this ?q ?w } }"
    found = outcome(
        tmp_path, f":S sh:targetNode :a ; {_asked(query)} . :T sh:targetNode :a ; {NO} ."
    )
    (failed,) = found.failed
    assert re.match(r"pySHACL cannot apply <http://e/S>.*found 'LATERAL'", failed.message)
    # What else there is, is applied.
    assert [str(result.shape) for result in found.results] == ["<http://e/T>"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        *(("(?=x)", "(?="), ("a(?!x)", "(?!"), ("(?<=a)b", "(?<="), ("(?<!a)b", "(?<!")),
        *(("(?P<n>a)", "(?P<"), ("(?P=n)", "(?P="), ("(?<n>a)", "(?<"), ("(?>a)", "(?>")),
        *(("(?i)a", "(?i"), ("(?-i:a)", "(?-i"), ("(?#c)", "(?#"), ("(a)?(?(1)b)", "(?(")),
        *((r"\Aa", r"\A"), (r"a\Z", r"\Z"), (r"\bb", r"\b"), (r"[\b]", r"\b"), (r"\x41", r"\x")),
        *(("a++", "++"), ("a{2,}+", "{2,}+"), ("[a]?+", "?+"), ("a{,3}", "{,3}")),
        *((r"[\]](?!a)", "(?!"), (r"\\(?=a)", "(?="), ("[[](?=a)", "(?=")),
        # What XPath has, and what every engine takes as it is.
        *((p, "") for p in ("(?:a)*?", "a??", "[(?=+]+", r"\(?=", r"\\A", r"\++", "]", r"a\/\_")),
        *((p, "") for p in (r"(a)\1", r"\d\D\w\W\i\I\c\C\s\S\n\r\t", r"\p{L}\P{L}", "[a-z-[m]]+")),
    ],
)
def test_what_is_python_and_not_xpath(pattern: str, found: str) -> None:
    assert regex.only_python(pattern)[0] == found


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_white_space_of_tokens_is_theirs(tmp_path: Path, engine: EngineName) -> None:
    shape = (
        ":S sh:targetNode :a ; sh:property [ sh:path :t ; sh:datatype xsd:token ] , "
        "[ sh:path :n ; sh:datatype xsd:normalizedString ] ."
    )
    data = (
        ':a :t " a"^^xsd:token, "a"^^xsd:token, "a  b"^^xsd:token, "a b"^^xsd:token, '
        '"a\\tb"^^xsd:token ; :n " a "^^xsd:normalizedString, "a\\n"^^xsd:normalizedString .'
    )
    found = outcome(tmp_path, shape, data, engine=engine)
    values = sorted(result.value.value for result in found.results if result.value is not None)
    assert values == [" a", "a\tb", "a\n", "a  b"]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("pattern", "found"), [(r"^(?!\\s*$).+", "(?!"), (r"\\Aa", r"\A"), ("(?i)A", "(?i")]
)
def test_a_pattern_that_not_all_engines_know_is_applied_and_told(
    tmp_path: Path, engine: EngineName, pattern: str, found: str
) -> None:
    shape = f":S sh:targetNode :a ; sh:path :p ; sh:pattern '{pattern}' ."
    done = outcome(tmp_path, shape, ":a :p 'a', ' ' .", engine=engine)
    assert [str(result.value) for result in done.results] == ['" "']
    [defect] = done.shapes.defects
    assert (defect.rule, defect.severity) == ("shacl-ill-formed", Severity.WARNING)
    assert f"XPath, which has no `{found}`" in defect.message
    assert not done.skipped


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
def test_a_pattern_that_is_no_pattern_by_its_flags(tmp_path: Path, engine: EngineName) -> None:
    shape = ":S sh:targetNode :a ; sh:path :p ; sh:pattern '(?=b' ; sh:flags 'q' ."
    found = outcome(tmp_path, shape, ":a :p 'a(?=b)', 'b' .", engine=engine)
    assert [str(result.value) for result in found.results] == ['"b"']
    assert not found.skipped


@pytest.mark.parametrize("pattern", [r"(a)\1", "a(?=b)", r"\b", "(?<!a)b", "(?P<n>a)(?P=n)"])
def test_what_has_no_translation(pattern: str) -> None:
    assert regex.translate(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "ascii_only"),
    [
        # What is no letter or digit of ASCII may have a meaning of its own in the other syntax.
        (r"a.b\.c\\-1_", "", r"a[^\x{a}\x{d}]b\x{2e}c\x{5c}\x{2d}1\x{5f}", False),
        ("\N{LATIN SMALL LETTER E WITH ACUTE}", "", r"\x{e9}", False),
        (r"[^a-c.]+?", "", r"[^a-c\x{2e}]{1,}?", False),
        (r"\d", "", "[0-9]", True),
        ("a|b(cd){2}", "", "(?:a|b(?:(?:cd)){2,2})", False),
        ("a*(b+)?", "", "a{0,}(?:(?:b{1,})){0,1}", False),
        ("^a$", "", r"\Aa\z", False),
        ("(?m)^a$", "", r"(?m:^)a\z", False),
        (r"\Aa\Z", "m", r"\Aa\z", False),
        ("A", "i", "(?i:A)", True),
    ],
)
def test_translations(pattern: str, flags: str, text: str, ascii_only: bool) -> None:
    assert regex.translate(pattern, flags) == regex.Translation(text, ascii_only)


@pytest.mark.parametrize("pattern", [r"\s", r"\S", r"^\S\s\S$", r"[^\s]"])
def test_space_is_what_xml_takes_for_it(pattern: str) -> None:
    translation = regex.translate(pattern)
    assert translation is not None
    assert not translation.ascii_only
    texts = [f"{a}{chr(code)}{a}" for code in range(0x3100) for a in ("", "a")]
    store = ox.Store()
    node = ox.NamedNode("http://e/a")
    store.bulk_extend(ox.Quad(node, node, ox.Literal(text)) for text in texts)
    rows = store.query(f"SELECT ?o {{ ?s ?p ?o FILTER REGEX(?o, {ox.Literal(translation.text)}) }}")
    assert isinstance(rows, ox.QuerySolutions)
    found = {row["o"].value for row in rows}
    assert found == {t for t in texts if regex.compiled(pattern).search(t)}


@pytest.mark.parametrize(
    ("pattern", "flags", "matched", "others"),
    [
        (r"^\p{Lu}\p{L}+$", "", ["Émile"], ["émile", "É1"]),
        (r"\p{IsGreek}", "", ["\u03b1"], ["a"]),
        (r"^\P{L}$", "", ["1"], ["a"]),
        (r"^\i\c*$", "", ["_a-b", "é1"], ["1a", "a b"]),
        ("^[a-z-[aeiou]]+$", "", ["bcd"], ["abc"]),
        ("^a$", "", ["a"], ["a\n", "ab"]),
        ("^a$", "m", ["b\na\nc", "a\n"], ["ab", "a\r\n", "b\ra"]),
        # The last line feed begins no line, and ends none after it.
        ("^$", "m", ["", "a\n\nb", "\n"], ["a\n", "a\nb"]),
        (r"\n$", "m", ["a\n\n"], ["a\n"]),
        (r"\n^", "m", ["a\nb"], ["a\n"]),
        (" ^ a $ ", "mx", ["b\na"], [" a "]),
        (r"[$^]", "m", ["$", "^"], ["a"]),
        ("a.b", "", ["axb"], ["a\nb", "a\rb"]),
        ("a.b", "s", ["a\nb"], []),
        ("a [ ]b", "x", ["a b"], ["ab", "a  b"]),
        ("a.b", "q", ["xa.bx"], ["axb"]),
        ("A(", "qi", ["a("], ["a"]),
        ("^a b.$", "qmsx", ["^a b.$"], ["a bc", "^ab.$"]),
        ("[A-Z-[OI]]", "i", ["a", "A"], ["o", "O"]),
        # Classes of characters are as they are.
        (r"\p{Lu}", "i", ["A"], ["a"]),
        (r"^\s$", "", [" ", "\n"], ["\xa0", "\x0b"]),
        (r"[.$]", "", [".", "$"], ["a"]),
        (r"^\d+$", "", ["12", "٣"], ["a"]),
        # What is Python's alone.
        (r"(?<!a)b", "", ["cb"], ["ab"]),
    ],
)
def test_regular_expressions_are_those_of_xpath(
    pattern: str, flags: str, matched: list[str], others: list[str]
) -> None:
    compiled, translation = regex.compiled(pattern, flags), regex.translate(pattern, flags)
    for text in (*matched, *others):
        assert bool(compiled.search(text)) == (text in matched)
        if translation and (text.isascii() or not translation.ascii_only):
            query = f"ASK {{ FILTER(REGEX({ox.Literal(text)}, {ox.Literal(translation.text)})) }}"
            assert bool(ox.Store().query(query)) == (text in matched)


@pytest.mark.filterwarnings("error")
def test_what_fails_in_one_of_several_threads_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Solutions that another thread than their own drops make pyoxigraph complain.
    monkeypatch.setattr(sparql_constraint, "fill", Mock(side_effect=ZeroDivisionError))
    shapes = ":S sh:targetSubjectsOf :p ; sh:sparql [ sh:select 'SELECT $this { $this ?p ?o }' ] ."
    with pytest.raises(ZeroDivisionError):
        outcome(tmp_path, shapes, jobs=2)
    gc.collect()


def test_patterns_that_never_end_are_given_up(tmp_path: Path) -> None:
    text = "a" * 40
    data = f":a :p '{text}b' ; :q '{text}' ."
    shape = ":S sh:targetNode :a ; sh:path :%s ; sh:pattern '^(a)(a+)+\\\\1$' ."
    assert outcome(tmp_path, shape % "q", data).results == ()
    with pytest.raises(limits.PatternError) as caught:
        outcome(tmp_path, shape % "p", data)
    assert caught.value.message == (
        "the pattern '^(a)(a+)+\\1$' of sh:pattern takes more than 1 second for one text"
    )


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_an_alarm_that_comes_while_time_is_up_is_no_second_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit = limits.Limit(0.01)

    def late() -> TimeoutError:
        time.sleep(0.7)  # the alarm comes each half second
        return TimeoutError("late")

    monkeypatch.setattr(limit, "_over", late)
    with pytest.raises(TimeoutError, match="late"):
        limit.here(lambda: time.sleep(5))


class _Named:
    def __set_name__(self, owner: type, name: str) -> None:
        time.sleep(5)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_an_alarm_that_comes_out_as_another_error_is_the_end_of_time() -> None:
    # As where it comes in the midst of an import: Python makes a RuntimeError of it up to 3.11.
    def work() -> None:
        try:
            type("Late", (), {"name": _Named()})
        except BaseException as error:
            raise RuntimeError from error

    with pytest.raises(TimeoutError, match=r"longer than 0[.]05 seconds"):
        limits.Limit(0.05).here(work)


class _Slow:
    def __del__(self) -> None:
        time.sleep(0.2)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no alarms here")
def test_an_alarm_in_a_finaliser_is_lost_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> None:
        slow = _Slow()
        del slow
        time.sleep(5)

    with pytest.raises(TimeoutError):
        limits.Limit(0.05).here(work)
    assert capfd.readouterr().err == ""
