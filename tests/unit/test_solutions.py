from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from passex.api.knowledge import KnowledgeGraph
from passex.errors import QueryError
from passex.graph.store import Graph, Store
from passex.query.solutions import Solutions, Triples

SHIPS = "SELECT ?ship ?name { ?ship a nr:Ship ; rdfs:label ?name } ORDER BY ?name"
NAVIES = "CONSTRUCT { ?navy a nr:Navy } WHERE { ?navy a nr:Navy }"


class Counting(Store):
    """A store that counts the queries that it answers."""

    queries = 0

    def query(
        self,
        sparql: str,
        bindings: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
        workings: bool = False,
        default_graph: ox.DefaultGraph | list[Graph] | None = None,
        named: list[ox.NamedNode | ox.BlankNode] | None = None,
    ) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        self.queries += 1
        return super().query(sparql, bindings, workings, default_graph, named)


@pytest.fixture
def store(azure: Store) -> Counting:
    return Counting(azure.engine, azure.files)


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
    assert isinstance(first, ox.QuerySolution)
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
    table = select(store, "SELECT ?ship ?none { ?ship a nr:Ship } ORDER BY ?ship").table()
    assert table.nodes == {"ship"}
    assert table.label(table.rows[0][1]) == ""
    assert select(store, "SELECT * { ?s a nr:Nothing }")._repr_html_() == "<p>No solutions.</p>\n"


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
    assert KnowledgeGraph(store).query("ASK { ?s a nr:Nothing }") is False


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
