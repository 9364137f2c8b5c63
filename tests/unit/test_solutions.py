from __future__ import annotations

import copy
import pickle
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

from passex.api.knowledge import KnowledgeGraph
from passex.errors import (
    ColumnError,
    PassexError,
    QueryError,
    QueryWarning,
    RowError,
    TimeoutError,
    UnknownNameError,
)
from passex.graph.store import Store
from passex.query import formats
from passex.query.solution_rows import Solution
from passex.query.solutions import Solutions, Triples
from passex.query.target import Local

SHIPS = "SELECT ?ship ?name { ?ship a nr:Ship ; rdfs:label ?name } ORDER BY ?name"
NAVIES = "CONSTRUCT { ?navy a nr:Navy } WHERE { ?navy a nr:Navy }"


class Counting(Store):
    """A store that counts the queries that it answers."""

    queries = 0


@pytest.fixture
def store(azure: Store, monkeypatch: pytest.MonkeyPatch) -> Counting:
    store = Counting(azure.engine, azure.files)
    ask = Local.ask

    def counting(target: Local, text: str) -> AbstractContextManager[formats.Result]:
        store.queries += 1
        return ask(target, text)

    monkeypatch.setattr(Local, "ask", counting)
    return store


def select(store: Store, sparql: str = SHIPS) -> Solutions:
    found = KnowledgeGraph(store).query(sparql)
    assert isinstance(found, Solutions)
    return found


def construct(store: Store) -> Triples:
    found = KnowledgeGraph(store).query(NAVIES)
    assert isinstance(found, Triples)
    return found


def test_solutions_are_those_of_the_engine(store: Counting) -> None:
    found = select(store)
    assert found.columns == ("ship", "name")
    first = next(iter(found))
    assert isinstance(first, Solution)
    assert first["name"] == ox.Literal("AZ Heron", language="en")
    assert repr(found) == "<Solutions: ship, name>"


def test_iterating_keeps_nothing_and_can_be_done_again(store: Counting) -> None:
    found = select(store)
    assert [row["name"].value for row in found] == ["AZ Heron", "AZ Osprey", "CB Wren"]
    assert store.queries == 1
    assert [row["name"].value for row in found] == ["AZ Heron", "AZ Osprey", "CB Wren"]
    assert store.queries == 2
    assert repr(found) == "<Solutions: ship, name>"


@pytest.mark.parametrize("keep", [len, list, lambda found: found.rows, lambda f: f.records()])
def test_what_needs_all_rows_asks_once(keep: object, store: Counting) -> None:
    found = select(store)
    assert callable(keep)
    keep(found)
    assert [len(found), len(found.rows), len(list(found)), len(found.records())] == [3] * 4
    assert store.queries == 1
    assert repr(found) == "<Solutions: ship, name; 3 rows>"


def test_a_solution_read_is_not_lost_for_the_others(store: Counting) -> None:
    found = select(store)
    next(iter(found))
    assert len(found) == 3
    assert store.queries == 2


def test_rows_with_labels(store: Counting) -> None:
    assert select(store).records()[0] == {"ship": "AZ Heron", "name": "AZ Heron"}
    unbound = "SELECT ?ship ?none { ?ship a nr:Ship OPTIONAL { ?ship nr:hasPlace ?none } } "
    table = select(store, unbound + "ORDER BY ?ship").table()
    assert table.nodes == {"ship"}
    assert table.label(table.rows[0][1]) == ""
    assert (
        select(store, "SELECT * { ?s a nr:Meeting, nr:Ship }")._repr_html_()
        == "<p>No solutions.</p>\n"
    )


def test_none_of_several_solutions_is_not_none_at_all() -> None:
    kg = KnowledgeGraph(Store(ox.Store()))
    some = kg.select("SELECT * { VALUES ?s { 1 2 } }", limit=0)
    assert some._repr_html_() == "<p>There are solutions, of which none was wanted.</p>\n"
    none = kg.select("SELECT * { VALUES ?s { } }", limit=0)
    assert none._repr_html_() == "<p>No solutions.</p>\n"


def test_html(store: Counting) -> None:
    assert (
        select(store, SHIPS + " LIMIT 1")._repr_html_()
        == """\
<table>
<thead><tr><th>ship</th><th>name</th></tr></thead>
<tbody>
<tr><td title="https://w3id.org/passex/id/az-heron">AZ Heron</td><td>AZ Heron</td></tr>
</tbody>
</table>
"""
    )


def test_data_frame(store: Counting) -> None:
    pytest.importorskip("pandas")
    frame = select(store).to_pandas()
    assert list(frame.columns) == ["ship", "ship_iri", "name"]
    assert frame["name"].tolist() == ["AZ Heron", "AZ Osprey", "CB Wren"]


def test_ask_is_a_truth_value(store: Counting) -> None:
    assert KnowledgeGraph(store).query("ASK { ?s a nr:Ship }") is True
    assert KnowledgeGraph(store).query("ASK { ?s a nr:Meeting, nr:Ship }") is False


def test_triples(store: Counting) -> None:
    found = construct(store)
    assert repr(found) == "<Triples>"
    assert len(list(found)) == len(found) == 4
    assert store.queries == 1
    assert repr(found) == "<Triples: 4>"
    assert all(isinstance(triple, ox.Triple) for triple in found)


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_triples_written_are_read_back(store: Counting, form: str, read: ox.RdfFormat) -> None:
    found = construct(store)
    text = found.serialize(form)
    assert {quad.triple for quad in ox.parse(text.encode(), read)} == set(found)


def test_turtle_has_prefixes(store: Counting) -> None:
    assert "\nid:azure-navy a nr:Navy .\n" in construct(store).serialize()


def test_a_format_that_does_not_exist(store: Counting) -> None:
    with pytest.raises(QueryError) as error:
        construct(store).serialize("csv")
    assert str(error.value) == (
        "'csv' is no format of triples; use turtle, ntriples, rdfxml, jsonld"
    )


def test_describe(store: Counting) -> None:
    found = KnowledgeGraph(store).query("DESCRIBE id:harbour")
    assert isinstance(found, Triples)
    assert len(found) == 2


def test_what_is_no_query_is_said_at_once(store: Counting) -> None:
    with pytest.raises(QueryError):
        KnowledgeGraph(store).query("SELECT")


def test_rows_have_an_index(store: Counting) -> None:
    found = select(store)
    assert [found[0]["name"].value, found[-1][1].value] == ["AZ Heron", "CB Wren"]
    assert [row["?name"].value for row in found[1:]] == ["AZ Osprey", "CB Wren"]
    assert found.column("name") == ("AZ Heron", "AZ Osprey", "CB Wren")
    assert store.queries == 1
    assert found[0] == next(iter(select(store)))
    assert len({found[0], found[0], found[1]}) == 2
    assert repr(found[0]) == (
        '<Solution ship=<https://w3id.org/passex/id/az-heron>, name="AZ Heron"@en>'
    )
    assert construct(store)[0] == next(iter(construct(store)))


@pytest.mark.parametrize(
    ("wrong", "kind", "message"),
    [
        (
            lambda found: found[0]["naem"],
            ColumnError,
            "'naem': no column has that name; did you mean name?",
        ),
        (
            lambda found: found.column("x"),
            ColumnError,
            "'x': no column has that name; there are ship, name",
        ),
        (
            lambda found: found[0][None],
            ColumnError,
            "'None': no column has that name; there are ship, name",
        ),
        (lambda found: found[3], RowError, "no row 3; there are 3 rows, counted from 0"),
        (
            lambda found: found[0][2],
            RowError,
            "no variable 2; there are 2 variables, counted from 0",
        ),
        (
            lambda found: found["ship"],
            QueryError,
            "'ship' is no place; give a whole number or use column('ship')",
        ),
    ],
)
def test_what_is_not_there_is_an_error(
    wrong: Any, kind: type[PassexError], message: str, store: Counting
) -> None:
    with pytest.raises(PassexError) as error:
        wrong(select(store))
    assert (type(error.value), str(error.value)) == (kind, message)


def test_a_misspelt_column_says_what_comes_near(store: Counting) -> None:
    with pytest.raises(UnknownNameError) as error:
        select(store)[0]["nmae"]
    assert (error.value.kind, error.value.name, error.value.near) == ("column", "nmae", ("name",))


def test_a_limit_says_whether_there_is_more(store: Counting) -> None:
    kg = KnowledgeGraph(store)
    for limit, number, more in ((0, 0, True), (2, 2, True), (3, 3, False), (9, 3, False)):
        found = kg.select(SHIPS, limit=limit)
        assert (len(found), found.more) == (number, more)
    cut = kg.select(SHIPS, limit=2)
    assert [row["name"].value for row in cut] == ["AZ Heron", "AZ Osprey"]
    assert cut.more
    own = kg.select(SHIPS + " LIMIT 2", limit=2)
    assert (len(own), own.more) == (2, False)
    assert not select(store).more
    triples = kg.construct(NAVIES, limit=3)
    assert (len(triples), triples.more) == (3, True)
    claims = kg.select("SELECT ?e { ?e a nr:Exercise } ORDER BY ?e", limit=1, why=True)
    assert len({row["e"] for row in claims}) == 1
    assert claims.more


def test_values_of_variables(store: Counting) -> None:
    kg = KnowledgeGraph(store)
    navy = kg.resolve("Azure Navy")
    query = "SELECT ?ship { ?ship a nr:Ship ; nr:belongsTo ?navy } ORDER BY ?ship"
    expected = ("AZ Heron", "AZ Osprey")
    node = ox.NamedNode(navy.iri)
    for value in ("Azure Navy", "id:azure-navy", navy, node, rdflib.URIRef(navy.iri)):
        assert kg.select(query, {"navy": value}).column("ship") == expected
    assert kg.select(query, {"navy": kg.select(query)[0]["ship"]}).column("ship") == ()


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (3, '"3"^^xsd:integer'),
        (True, "true"),
        (1.5, "1.5"),
        (1e30, "1e30"),
        (float("inf"), '"INF"^^xsd:double'),
        (Decimal("0.10"), "0.10"),
        (date(2030, 5, 1), '"2030-05-01"^^xsd:date'),
        (datetime(2030, 5, 1, 12, tzinfo=timezone.utc), '"2030-05-01T12:00:00Z"^^xsd:dateTime'),
        (ox.Literal('a"b', language="en"), '"a\\"b"@en'),
        (rdflib.Literal("x", lang="de"), '"x"@de'),
        (rdflib.Literal(7), "7"),
    ],
)
def test_values_of_python_are_literals(value: Any, literal: str, store: Counting) -> None:
    query = f"ASK {{ BIND({literal} AS ?b) FILTER(?x = ?b) }}"
    assert KnowledgeGraph(store).ask_query(query, {"x": value})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (({"nmae": 1},), "the query has no variable ?nmae; did you mean ?name?"),
        (({"name": None},), "None is no name; give a text, a node of an answer, or a NamedNode"),
        ((3,), "3 binds no variable; give a dictionary"),
        (({3: 3},), "the query has no variable ?3; it has ?name, ?ship"),
    ],
)
def test_values_that_do_not_fit(arguments: Any, message: str, store: Counting) -> None:
    with pytest.raises(QueryError) as error:
        KnowledgeGraph(store).query(SHIPS, *arguments)
    assert str(error.value) == message


def test_evidence_is_columns(store: Counting) -> None:
    query = "SELECT ?e { ?e a nr:Exercise ; rdfs:label 'Rescue exercise'@en }"
    found = KnowledgeGraph(store).select(query, why=True)
    assert found.columns == (*("e", "about", "claim", "says", "article", "start", "end", "exact"),)
    assert found.column("exact")[0] == "Azure and Cobalt held a rescue exercise"
    with pytest.raises(QueryError, match="no claims for ASK: it has no rows"):
        KnowledgeGraph(store).query("ASK {}", why=True)


def test_each_form_has_its_method(store: Counting) -> None:
    kg = KnowledgeGraph(store)
    for method, query, better in (
        (kg.select, "ASK {}", "kg.ask_query"),
        (kg.ask_query, SHIPS, "kg.select"),
        (kg.construct, SHIPS, "kg.select"),
        (kg.ask_query, "DESCRIBE id:azure", "kg.construct"),
    ):
        with pytest.raises(QueryError) as error:
            method(query)
        assert error.value.hint == f"use {better}"


def test_warnings_are_those_of_python(store: Counting) -> None:
    kg = KnowledgeGraph(store)
    with pytest.warns(QueryWarning) as caught:
        kg.query("SELECT * { ?s a nr:Shipp }")
    [warning] = caught
    assert warning.filename == __file__
    assert str(warning.message) == (
        "query:1:17: nr:Shipp is not in the ontology; did you mean nr:Ship?\n"
        "  1 | SELECT * { ?s a nr:Shipp }\n    |                 ^^^^^^^^"
    )
    with pytest.warns(QueryWarning) as caught:
        found = kg.select("SELECT ?none { ?s a nr:Ship }")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(list(found)) == len(list(found)) == 3
    assert caught[0].filename == __file__


def test_errors_have_their_place(store: Counting) -> None:
    with pytest.raises(QueryError) as error:
        KnowledgeGraph(store).query("SELECT ?s { ?s a nr:Ship")
    assert error.value.kind == "grammar"
    assert error.value.place is not None
    assert (error.value.place.line, error.value.place.column) == (1, 25)
    assert error.value.excerpt.splitlines()[0] == "  1 | SELECT ?s { ?s a nr:Ship"


def test_time_runs_out(store: Counting) -> None:
    kg = KnowledgeGraph(store)
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(TimeoutError, match=r"timed out after 0\.05 s; the answer is not whole"):
        len(kg.select(slow, timeout=0.05))
    assert len(kg.select(SHIPS, timeout=60)) == 3
    wrong: Any
    for wrong in (0, -1, "x", float("nan"), True):
        with pytest.raises(QueryError, match="is no time"):
            kg.query(SHIPS, timeout=wrong)


def test_results_are_pickled_and_copied(store: Counting) -> None:
    found, triples = KnowledgeGraph(store).select(SHIPS, limit=2), construct(store)
    for again in (pickle.loads(pickle.dumps(found)), copy.deepcopy(found), copy.copy(found)):
        assert again.rows == found.rows
        assert again.records() == found.records()
        assert (again.columns, again.more, list(again)) == (found.columns, True, list(found))
    for same in (pickle.loads(pickle.dumps(triples)), copy.deepcopy(triples)):
        assert list(same) == list(triples)
    assert store.queries == 2


def test_four_threads_read_one_result(store: Counting) -> None:
    found = select(store)
    ready = threading.Barrier(4)

    def read(_: int) -> list[str]:
        ready.wait()
        return [row["name"].value for row in found] + list(found.column("name"))

    with ThreadPoolExecutor(4) as pool:
        names = list(pool.map(read, range(4)))
    assert names == [["AZ Heron", "AZ Osprey", "CB Wren"] * 2] * 4


def test_nesting_does_not_fill_the_stack(store: Counting) -> None:
    deep = f"ASK {'{' * 5000}{'}' * 5000}"
    assert KnowledgeGraph(store).ask_query(deep)
