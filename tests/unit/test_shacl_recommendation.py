"""What the Recommendation says, and engines are known to do otherwise: both of ours go by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from passex.validation import inputs
from passex.validation.results import EngineName, Severity
from passex.validation.shacl import Outcome, validate

PREFIXES = """
@prefix : <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
ENGINES = pytest.mark.parametrize("engine", ["fast", "pyshacl"])


def outcome(folder: Path, data: str, shapes: str, engine: EngineName) -> Outcome:
    files = folder / "data.ttl", folder / "shapes.ttl"
    files[0].write_text(PREFIXES + data, encoding="utf-8")
    files[1].write_text(PREFIXES + shapes, encoding="utf-8")
    read, failures = inputs.load(files[:1], files[1:])
    assert not failures
    return validate(read, engine)


@ENGINES
@pytest.mark.parametrize(
    ("data", "shape", "values"),
    [
        # 4.4.4: basic ranges, as langMatches has them, of any number of subtags.
        ("'a'@zh-Hant-TW, 'b'@zh-Hans, 'c'@EN-gb-oed, 'd'@en-us, 'e', :f",
         "sh:languageIn ( 'zh-Hant' 'en-GB' )", {"b", "d", "e", "http://e/f"}),
        ("'a'@zh, 'b'", "sh:languageIn ( '*' )", {"b"}),
        ("'a'@en, 'b'", "sh:languageIn ( '' )", {"a", "b"}),
        # 4.4.1: "the constraint is still violated if the value node is a blank node".
        ("_:b, '', :c", "sh:minLength 0", {"f1b0"}),
        # 4.5.3: values that SPARQL's < does not know cannot be compared.
        (":b", "sh:lessThan :q", {"http://e/b"}),
        (":c", "sh:lessThanOrEquals :q", {"http://e/c"}),
        ("'a'@en", "sh:lessThan :r", {"a"}),
        ("'a', 'c'", "sh:lessThan :s", {"c"}),
    ],
)  # fmt: skip
def test_values(
    tmp_path: Path, data: str, shape: str, values: set[str], engine: EngineName
) -> None:
    facts = f":a :p {data} ; :q :c ; :r 'b'@en ; :s 'b' ."
    found = outcome(tmp_path, facts, f":S sh:targetNode :a ; sh:path :p ; {shape} .", engine)
    assert {result.value.value for result in found.results if result.value} == values


@ENGINES
def test_a_closed_shape_allows_no_type_that_is_not_named(
    tmp_path: Path, engine: EngineName
) -> None:
    found = outcome(
        tmp_path, ":a a rdfs:Resource .", ":S sh:targetNode :a ; sh:closed true .", engine
    )
    assert [str(result.value) for result in found.results] == [
        "<http://www.w3.org/2000/01/rdf-schema#Resource>"
    ]


@ENGINES
def test_an_instance_of_a_class_of_classes_far_below_is_a_class(
    tmp_path: Path, engine: EngineName
) -> None:
    shapes = """:Kind rdfs:subClassOf :Sort . :Sort rdfs:subClassOf rdfs:Class .
        :C a :Kind, sh:NodeShape ; sh:property [ sh:path :p ; sh:minCount 1 ] ."""
    found = outcome(tmp_path, ":a a :C .", shapes, engine)
    assert [str(result.focus) for result in found.results] == ["<http://e/a>"]


MESSAGES = {
    "sh:message 'Wert {?value}'@de, 'value {?value}'@en": [
        "<Literal value=Wert 5 language=de>",
        "<Literal value=value 5 language=en>",
    ],
    "sh:message 'own' ; sh:deactivated false": ["own"],
    "": ["of the shape"],
}


@ENGINES
@pytest.mark.parametrize("own", MESSAGES)
def test_messages_of_a_query(tmp_path: Path, own: str, engine: EngineName) -> None:
    query = "SELECT $this ?value { $this <http://e/p> ?value }"
    shape = f"sh:message 'of the shape' ; sh:sparql [ sh:select '{query}' ; {own} ]"
    found = outcome(tmp_path, ":a :p 5 .", f":S sh:targetNode :a ; {shape} .", engine)
    (result,) = found.results
    texts = [repr(m) if m.language else m.value for m in result.messages]
    assert texts == MESSAGES[own]


@ENGINES
def test_a_solution_can_bring_its_message_and_a_path_that_is_none(
    tmp_path: Path, engine: EngineName
) -> None:
    query = """SELECT $this ?path (CONCAT('n', STR(?v)) AS ?message)
        { $this <http://e/p> ?v BIND('x' AS ?path) }"""
    shape = f':S sh:targetNode :a ; sh:sparql [ sh:message "own" ; sh:select """{query}""" ] .'
    (result,) = outcome(tmp_path, ":a :p 5 .", shape, engine).results
    assert (result.path, [m.value for m in result.messages]) == (None, ["n5"])


@ENGINES
def test_a_query_can_say_that_it_failed(tmp_path: Path, engine: EngineName) -> None:
    query = "SELECT $this ?failure { $this <http://e/p> ?v BIND(?v = 5 AS ?failure) }"
    shapes = f""":S sh:targetNode :a ; sh:sparql [ sh:select '{query}' ] .
        :T sh:targetNode :a ; sh:class :C ."""
    found = outcome(tmp_path, ":a :p 5 .", shapes, engine)
    assert [(d.rule, str(d.node), d.message) for d in found.failed] == [
        ("shacl-unsupported", "<http://e/S>",
         "the query says, by ?failure, that it could not check <http://e/a>")
    ]  # fmt: skip
    assert [str(result.shape) for result in found.results] == ["<http://e/T>"]
    found = outcome(tmp_path, ":a :p 6 .", shapes, engine)
    assert [str(result.shape) for result in found.results] == ["<http://e/T>", "<http://e/S>"]
    assert not found.failed


def test_a_solution_can_hold_a_triple(tmp_path: Path) -> None:
    query = "SELECT $this ?value { BIND(<<( $this <http://e/p> 1 )>> AS ?value) $this ?p ?o }"
    shape = f":S sh:targetNode :a ; sh:sparql [ sh:message '{{?value}}' ; sh:select '{query}' ] ."
    (result,) = outcome(tmp_path, ":a :p 5 .", shape, "fast").results
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert [m.value for m in result.messages] == [
        f'<<( <http://e/a> <http://e/p> "1"^^{integer} )>>'
    ]


MOST = """:Most a sh:ConstraintComponent ; sh:parameter [ sh:path :most ] ; sh:validator [
    sh:message "{?value} > {$most}"@en ; sh:ask "ASK { FILTER($value <= $most) }" ] .
"""


@ENGINES
def test_an_ask_is_asked_of_each_value_and_for_each_parameter(
    tmp_path: Path, engine: EngineName
) -> None:
    shapes = f"{MOST} :S sh:targetNode :a ; sh:path :p ; :most 4, 8 ."
    found = outcome(tmp_path, ":a :p 0, 5, 9 .", shapes, engine)
    assert [(r.value and r.value.value, *map(repr, r.messages)) for r in found.results] == [
        ("5", "<Literal value=5 > 4 language=en>"),
        ("9", "<Literal value=9 > 4 language=en>"),
        ("9", "<Literal value=9 > 8 language=en>"),
    ]


@ENGINES
@pytest.mark.parametrize(
    ("data", "condition"), [(":q 1", "NOT EXISTS"), (":p 1, 2", "EXISTS")], ids=["none", "two"]
)
def test_a_select_is_asked_once_of_a_node_with_any_number_of_values(
    tmp_path: Path, data: str, condition: str, engine: EngineName
) -> None:
    shapes = f""":Need a sh:ConstraintComponent ; sh:parameter [ sh:path :need ] ;
        sh:message "needs {{$need}}" ; sh:propertyValidator [
        sh:select "SELECT $this {{ FILTER($need) FILTER {condition} {{ $this $PATH ?v }} }}" ] .
        :S sh:targetNode :a ; sh:path :p ; :need true ."""
    found = outcome(tmp_path, f":a {data} .", shapes, engine)
    assert [(r.value, [m.value for m in r.messages]) for r in found.results] == [
        (None, ["needs true"])
    ]


def test_several_values_of_one_of_several_parameters(tmp_path: Path) -> None:
    shapes = """:Range a sh:ConstraintComponent ; sh:parameter [ sh:path :lo ], [ sh:path :hi ] ;
        sh:validator [ sh:ask "ASK { FILTER($lo <= $value && $value <= $hi) }" ] .
        :S sh:targetNode :a ; sh:path :p ; :lo 1, 2 ; :hi 4 ."""
    found = outcome(tmp_path, ":a :p 5 .", shapes, "fast")
    assert [(d.rule, d.message) for d in found.shapes.defects] == [
        ("shacl-ill-formed",
         "a shape has at most one <http://e/lo>: its component has more parameters")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("others", "defects"),
    [
        ("'http://f/'", ["the prefix x: is declared as <http://e/> and <http://f/>"]),
        ("'http://e/'", []),
    ],
)
def test_a_prefix_of_two_namespaces(tmp_path: Path, others: str, defects: list[str]) -> None:
    query = "SELECT $this { $this x:p ?v }"
    shapes = f"""<> sh:declare [ sh:prefix "x" ; sh:namespace "http://e/" ],
            [ sh:prefix "x" ; sh:namespace {others} ] .
        :S sh:targetNode :a ; sh:sparql [ sh:prefixes <> ; sh:select "{query}" ] ."""
    found = outcome(tmp_path, ":a :p 5 .", shapes, "fast")
    assert [defect.message for defect in found.shapes.defects] == defects
    assert len(found.results) == (not defects)


@ENGINES
@pytest.mark.parametrize("path", ["", "sh:path :q ;"])
def test_a_comment_has_no_path_in_it(tmp_path: Path, path: str, engine: EngineName) -> None:
    query = "# not $PATH\\nSELECT $this ?value { $this <http://e/p> ?value # $PATH\\n }"
    shape = f":S sh:targetNode :a ; {path} sh:sparql [ sh:select '{query}' ] ."
    found = outcome(tmp_path, ":a :p 5 .", shape, engine)
    assert not found.shapes.defects
    assert [result.value and result.value.value for result in found.results] == ["5"]


@ENGINES
def test_a_select_may_make_the_value(tmp_path: Path, engine: EngineName) -> None:
    query = "SELECT $this (COUNT(?v) AS ?value) { $this $PATH ?v } "
    query += "GROUP BY $this HAVING(COUNT(?v) > 1)"
    shapes = f""":Few a sh:ConstraintComponent ; sh:parameter [ sh:path :few ] ;
        sh:propertyValidator [
            sh:message "{{?value}} of {{$few}}" ; sh:select "{query}" ] .
        :S sh:targetSubjectsOf :p ; sh:path :p ; :few 1 ."""
    found = outcome(tmp_path, ":a :p 5, 6 . :b :p 5 .", shapes, engine)
    assert not found.shapes.defects
    assert [(str(r.focus), r.messages[0].value) for r in found.results] == [
        ("<http://e/a>", "2 of 1")
    ]


@ENGINES
@pytest.mark.parametrize(
    ("validators", "kind", "path"),
    [
        ("propertyValidator", "node", ""),
        ("nodeValidator", "property", "sh:path :p ;"),
        ("", "node", ""),
        ("", "property", "sh:path :p ;"),
    ],
)
def test_a_component_without_a_validator_for_a_shape_is_ignored(
    tmp_path: Path, validators: str, kind: str, path: str, engine: EngineName
) -> None:
    query = "sh:select 'SELECT $this { $this ?p ?o }'"
    validator = f"; sh:{validators} [ {query} ]" if validators else ""
    shapes = f""":Need a sh:ConstraintComponent ; sh:parameter [ sh:path :need ] {validator} .
        :S sh:targetNode :a ; {path} :need true ; sh:class :C .
        :T sh:targetNode :a ; {path} :need true ."""
    found = outcome(tmp_path, ":a :p :b .", shapes, engine)
    # 6.2.3: "If no suitable validator can be found, [...] MUST ignore the constraint."
    assert not found.failed
    assert [str(result.shape) for result in found.results] == ["<http://e/S>"]
    assert [(d.rule, str(d.node), d.severity, d.message) for d in found.shapes.defects] == [
        ("shacl-without-effect", "<http://e/S>", Severity.INFO,
         f"the component <http://e/Need> has no validator for {kind} shapes, neither "
         f"sh:{kind}Validator nor sh:validator, so it is never applied here, nor at 1 more")
    ]  # fmt: skip


@ENGINES
def test_a_parameter_cannot_have_the_name_of_what_is_bound(
    tmp_path: Path, engine: EngineName
) -> None:
    shapes = MOST.replace(":most", ":value") + ":S sh:targetNode :a ; :value 4 ."
    found = outcome(tmp_path, ":a :p 5 .", shapes, engine)
    assert [d.message for d in found.shapes.defects] == [
        "a parameter cannot be called value: that is bound to something else"
    ]


RANGE = """:Range a sh:ConstraintComponent ; sh:message "of it" ;
    sh:parameter [ sh:path :lo ], [ sh:path :hi ; sh:optional true ] ; %s ."""
BETWEEN = """sh:validator [ sh:ask "ASK { FILTER($lo<=$value && (!bound($hi) || $value<$hi)) }" ]"""
BEYOND = """sh:propertyValidator [
    sh:select "SELECT $this $lo ?value { $this $PATH ?value FILTER(?value<$lo) }" ]"""
OF_ITSELF = """sh:nodeValidator [
    sh:select "SELECT $this ?value { $this <http://e/p> ?value FILTER(?value<$lo) }" ]"""


@pytest.mark.parametrize(
    ("validator", "shape", "values", "reason"),
    [
        (BETWEEN, "sh:path :p ; :lo 2 ; :hi 9", ["1", "9"], ""),
        (BETWEEN, "sh:path :p ; :lo 2", ["1"], ""),
        (BETWEEN, ":lo 2", ["http://e/a"], ""),
        (BEYOND, "sh:path :p ; :lo 5", ["1"], ""),
        (OF_ITSELF, ":lo 5", ["1"], ""),
        # What has no place in a query, or means another thing there, and what only pySHACL does.
        (BETWEEN, "sh:path :p ; :lo _:x", ["1", "5", "9"], "the constraint component"),
        (BETWEEN, "sh:path :p ; :lo 02", ["1"], "the constraint component"),
    ],
)  # fmt: skip
def test_components_are_asked_of_all_nodes_at_once(
    tmp_path: Path, validator: str, shape: str, values: list[str], reason: str
) -> None:
    shapes = f"{RANGE % validator} :S sh:targetNode :a ; {shape} ."
    quick, slow = (
        outcome(tmp_path, ":a :p 1, 5, 9 .", shapes, engine) for engine in ("fast", "pyshacl")
    )
    assert [result.value and result.value.value for result in quick.results] == values
    assert quick.results == slow.results
    assert {m.value for result in quick.results for m in result.messages} == {"of it"}
    assert all(why.startswith(reason) for why in quick.delegated.values())
    assert bool(quick.delegated) == bool(reason)
