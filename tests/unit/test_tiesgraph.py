"""What kg.network() gives is a graph of networkx, and every file that passex export writes."""

from __future__ import annotations

import copy
import pickle
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import passex
from passex import exports
from passex.cli import cli
from passex.errors import OutputError, QueryError
from passex.exports import sketch
from passex.exports.model import Edge, Field, Picture, Vertex
from passex.exports.text import Report
from passex.network.tiesgraph import TiesGraph

ID = "https://w3id.org/passex/id/"
JMSDF, ROKN, USN = f"{ID}jmsdf", f"{ID}navy-of-south-korea", f"{ID}navy-of-united-states"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load()


def ends(graph: TiesGraph) -> set[frozenset[str]]:
    """The ties that the graph writes."""
    data = exports.export(graph.picture(), "nodelink")
    read = nx.node_link_graph(import_module("json").loads(data), edges="edges")
    assert set(read) == set(graph)
    return {frozenset(edge) for edge in read.edges}


@pytest.mark.parametrize("form", exports.FORMATS)
def test_a_method_for_each_format_gives_what_the_command_gives(
    kg: passex.KnowledgeGraph, form: str
) -> None:
    if form in ("svg", "png", "pdf", "parquet"):
        asked = exports.find(form)
        try:
            list(asked.pieces(kg.network().picture(), Report()))
        except passex.errors.PassexError as error:
            pytest.skip(error.message)
    result = CliRunner().invoke(cli, ["export", form, "--level", "state"])
    assert result.exit_code == 0
    graph = kg.network(level="state")
    assert f"to_{form}" in dir(graph)
    for drawable in (graph, kg.ties(passex.Policy("state"))):
        found = getattr(drawable, f"to_{form}")()
        assert (found if isinstance(found, bytes) else found.encode()) == result.stdout_bytes


def test_arguments_are_those_of_export(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    assert graph.to_csv(part="nodes") == graph.export("csv", part="nodes")
    assert graph.to_csv(part="nodes").startswith("iri,label,kind,degree")
    assert "betweenness" in graph.to_graphml("betweenness")
    assert graph.to_gexf.__doc__ == "Write it as GEXF, with the arguments of `export`."
    with pytest.raises(QueryError, match="'both' is no part of tables; use nodes or edges"):
        graph.to_csv(part="both")
    with pytest.raises(AttributeError, match="'TiesGraph' object has no attribute 'to_gefx'"):
        _ = graph.to_gefx
    assert not hasattr(graph, "gexf")


def test_save(kg: passex.KnowledgeGraph, tmp_path: Path) -> None:
    graph = kg.network()
    graph.save(tmp_path / "ties.gexf")
    assert (tmp_path / "ties.gexf").read_text(encoding="utf-8") == graph.to_gexf()
    graph.save(tmp_path / "ties.csv", measure="degree")
    assert (tmp_path / "ties-nodes.csv").read_bytes().decode() == graph.to_csv(
        "degree", part="nodes"
    )
    graph.save(str(tmp_path / "ties.txt"), "mermaid")
    assert (tmp_path / "ties.txt").read_text(encoding="utf-8") == graph.to_mermaid()
    with pytest.raises(OutputError, match="cannot be written"):
        graph.save(tmp_path / "none" / "ties.gexf")
    with pytest.raises(QueryError, match=r"the ending of ties\.txt tells no format"):
        graph.save(tmp_path / "ties.txt")


def test_it_is_a_graph_of_networkx(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    assert isinstance(graph, nx.Graph)
    assert graph.edges[JMSDF, ROKN]["count"] == 2
    assert nx.degree_centrality(graph)[JMSDF] == 1.0
    assert [len(part) for part in nx.connected_components(graph)] == [5]
    assert type(nx.Graph(graph)) is nx.Graph
    assert type(graph.to_directed()) is nx.DiGraph


def test_what_networkx_takes_out_is_not_written(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    whole = {frozenset(edge) for edge in graph.edges}
    assert ends(graph) == whole
    assert graph.copy().to_gexf() == graph.to_gexf()
    part = graph.subgraph([JMSDF, ROKN, USN])
    assert isinstance(part, TiesGraph)
    expected = {frozenset(pair) for pair in ((JMSDF, ROKN), (JMSDF, USN), (ROKN, USN))}
    assert ends(part) == ends(part.copy()) == expected
    assert part.to_turtle().count("id:snmg1 ") == 0
    assert graph.to_turtle().count("id:snmg1 ") > 0
    assert ends(graph.edge_subgraph([(JMSDF, ROKN)])) == {frozenset((JMSDF, ROKN))}
    alone = graph.copy()
    alone.remove_node(JMSDF)
    assert ends(alone) == {frozenset((ROKN, USN))}
    assert alone.to_csv(part="nodes").count("Standing NATO") == 2
    assert len(graph) == 5
    with pytest.raises(QueryError, match="the page shows whole networks"):
        part.to_html()


def test_what_has_no_evidence_is_refused(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    graph.add_node("urn:x")
    with pytest.raises(QueryError, match="the node urn:x was added to the network"):
        graph.to_gexf()
    assert (graph._repr_html_(), graph._repr_svg_()) == (None, None)
    graph.remove_node("urn:x")
    graph.add_edge(USN, f"{ID}snmg1")
    with pytest.raises(QueryError, match="a tie was added to the network"):
        graph.to_gexf()
    with pytest.raises(QueryError, match=r"this graph was not made by Passex; build it by kg\.net"):
        TiesGraph([("a", "b")]).to_gexf()


def test_pickled_it_is_networkx_own(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    for again in (pickle.loads(pickle.dumps(graph)), copy.deepcopy(graph)):
        assert isinstance(again, TiesGraph)
        assert nx.utils.graphs_equal(again, graph)
        assert again.graph == graph.graph
        with pytest.raises(QueryError, match="a network without its graph has no evidence"):
            again.to_gexf()
        assert again._repr_html_() is not None  # the table needs no evidence
    assert graph.to_gexf()


def test_a_notebook_shows_a_picture(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    drawn = graph._repr_svg_()
    assert drawn is not None
    root = ET.fromstring(drawn)
    assert [circle.findtext(f"{SVG}title") for circle in root.iter(f"{SVG}circle")] == [
        "Japan Maritime Self-Defense Force (navy)",
        "Navy of South Korea (navy)",
        "Navy of the United States (navy)",
        "Standing NATO Maritime Group One (formation)",
        "Standing NATO Maritime Group Two (formation)",
        None,
        None,
    ]
    dashes = [line.get("stroke-dasharray") for line in root.iter(f"{SVG}line")]
    assert dashes == ["7 4", "7 4", "none", "none", "7 4", "none", "7 4"]
    said = [text.text for text in root.iter(f"{SVG}text") if text.text]
    assert said == [
        *("formation", "navy", "held or under way, stated", "held or under way, inferred")
    ]
    html = graph._repr_html_()
    assert html is not None
    assert drawn in html
    assert "<figcaption>service level; exercises held and under way; naval domain" in html
    assert "<p>3 plans are not counted, since planned is not included.</p>" in html
    assert graph._repr_svg_() == drawn


def test_a_notebook_shows_a_table_of_what_is_too_large(
    kg: passex.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = kg.network()
    monkeypatch.setattr(sketch, "NODES", 4)
    assert graph._repr_svg_() is None
    html = graph._repr_html_()
    assert html is not None
    assert html == kg.ties()._repr_html_()
    assert "<table>" in html


def test_a_network_of_nothing_is_a_table(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(since=1900, until=1901)
    assert len(graph) == 0
    assert graph._repr_svg_() is None
    assert "<svg" not in (graph._repr_html_() or "")


def test_labels_are_text_in_a_sketch() -> None:
    labels = ("<script>alert(1)</script>", "a]]>&\"'\x00", "\u05e9\u05dc\u05d5\u05dd " * 40, "")
    nodes = tuple(Vertex(f"urn:{n}", label, "Navy<", (), 1.0) for n, label in enumerate(labels))
    edge = Edge("urn:0", "urn:1", "<b>", "tie", "urn:tie", (), line="dotted")
    fields: tuple[Field, ...] = ()
    drawn = sketch.svg(Picture("network", "<i>", False, "degree", fields, fields, nodes, (edge,)))
    root = ET.fromstring(drawn)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        *("svg", "title", "rect", "line", "circle", "text", "tspan", "g")
    }
    assert root.findtext(f"{SVG}line/{SVG}title") == (
        "<script>alert(1)</script> <b> a]]>&\"'\u2400: planned only"
    )
