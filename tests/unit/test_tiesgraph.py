"""What kg.network() gives is a graph of networkx, and every file that passex export writes."""

from __future__ import annotations

import copy
import csv
import io
import json
import pickle
import re
import typing
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner

import passex
from passex import exports
from passex.api import notebook
from passex.api.graphs import TiesGraph
from passex.api.writing import BinaryFormat, TextFormat, Writers
from passex.cli import cli
from passex.errors import OutputError, QueryError
from passex.exports import added
from passex.exports.columns import Report
from passex.exports.drawing import svg
from passex.exports.model import Edge, Field, Picture, Vertex
from passex.text import wording

ID = "https://w3id.org/passex/id/"
JMSDF, ROKN, USN = f"{ID}jmsdf", f"{ID}navy-of-south-korea", f"{ID}navy-of-united-states"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load()


def ends(graph: TiesGraph) -> set[frozenset[str]]:
    """The ties that the graph writes."""
    data = exports.export(graph.picture(), "nodelink")
    read = nx.node_link_graph(json.loads(data), edges="edges")
    assert set(read) == set(graph)
    # Several strands of a tie make it a multigraph, whose edges have a number.
    return {frozenset(edge[:2]) for edge in read.edges}


def pictured(nodes: tuple[Vertex, ...], fields: tuple[Field, ...] = ()) -> Picture:
    """A picture of nodes alone."""
    return Picture(
        what="network",
        title="",
        directed=False,
        measure="degree",
        node_fields=fields,
        edge_fields=(),
        nodes=nodes,
        edges=(),
    )


def text(graph: TiesGraph, *arguments: str, **named: str) -> str:
    """What a format of texts has."""
    found = graph.export(*arguments, **named)
    assert isinstance(found, str)
    return found


@pytest.mark.parametrize("form", exports.FORMATS)
def test_each_format_gives_what_the_command_gives(kg: passex.KnowledgeGraph, form: str) -> None:
    if form in ("svg", "png", "pdf", "parquet"):
        asked = exports.find(form)
        try:
            list(asked.pieces(kg.network().picture(), Report()))
        except passex.errors.PassexError as error:
            pytest.skip(error.message)
    if form == "docx":
        pytest.importorskip("docx", reason="pip install --editable '.[briefing]'")
        pytest.importorskip("typst", reason="pip install --editable '.[briefing]'")
    # Quotes are those of the whole graph, where nothing else is asked for.
    result = CliRunner().invoke(cli, ["export", form, "--what", "network", "--level", "state"])
    assert result.exit_code == 0
    graph = kg.network(level="state")
    for drawable in (graph, kg.ties(passex.Policy("state"))):
        found = drawable.export(form)
        assert (found if isinstance(found, bytes) else found.encode()) == result.stdout_bytes


def test_arguments_are_those_of_export(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    assert text(graph, "csv", part="nodes").startswith("iri,label,kind,degree")
    assert "betweenness" in text(graph, "graphml", "betweenness")
    with pytest.raises(QueryError, match="'both' is no part of tables; use nodes or edges"):
        graph.export("csv", part="both")
    with pytest.raises(QueryError, match="'gefx' is no format; use one of gexf, "):
        graph.export("gefx")
    assert {"export", "save", "picture", "to_gexf"} <= set(dir(graph))


def test_save(kg: passex.KnowledgeGraph, tmp_path: Path) -> None:
    graph = kg.network()
    graph.save(tmp_path / "ties.gexf")
    assert (tmp_path / "ties.gexf").read_text(encoding="utf-8") == graph.export("gexf")
    graph.save(tmp_path / "ties.csv", measure="degree")
    assert (tmp_path / "ties-nodes.csv").read_bytes().decode() == graph.export(
        "csv", "degree", part="nodes"
    )
    graph.save(str(tmp_path / "ties.txt"), "mermaid")
    assert (tmp_path / "ties.txt").read_text(encoding="utf-8") == graph.export("mermaid")
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
    assert graph.copy().export("gexf") == graph.export("gexf")
    part = graph.subgraph([JMSDF, ROKN, USN])
    assert isinstance(part, TiesGraph)
    expected = {frozenset(pair) for pair in ((JMSDF, ROKN), (JMSDF, USN), (ROKN, USN))}
    assert ends(part) == ends(part.copy()) == expected
    assert text(part, "turtle").count("id:snmg1 ") == 0
    assert text(graph, "turtle").count("id:snmg1 ") > 0
    assert ends(graph.edge_subgraph([(JMSDF, ROKN)])) == {frozenset((JMSDF, ROKN))}
    alone = graph.copy()
    alone.remove_node(JMSDF)
    assert ends(alone) == {frozenset((ROKN, USN))}
    assert text(alone, "csv", part="nodes").count("Standing NATO") == 2
    assert len(graph) == 5
    with pytest.raises(QueryError, match="pages and briefings show whole networks"):
        part.export("html")


def test_what_has_no_evidence_is_refused(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    graph.add_node("urn:x")
    with pytest.raises(QueryError, match="the node urn:x was added to the network"):
        graph.export("gexf")
    assert graph._repr_html_() is None
    graph.remove_node("urn:x")
    graph.add_edge(USN, f"{ID}snmg1")
    with pytest.raises(QueryError, match="a tie was added to the network"):
        graph.export("gexf")
    with pytest.raises(QueryError, match=r"this graph was not made by Passex; build it by kg\.net"):
        TiesGraph([("a", "b")]).export("gexf")


def test_what_is_added_to_actors_and_ties_is_written(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(level="state")
    plain = {form: graph.export(form) for form in ("gexf", "turtle", "html", "mermaid", "geojson")}
    clustering = nx.clustering(graph)
    assert isinstance(clustering, dict)
    nx.set_node_attributes(graph, clustering, "clustering")
    nx.set_node_attributes(graph, {iri: n for n, iri in enumerate(sorted(graph))}, "group")
    nx.set_edge_attributes(graph, dict.fromkeys(graph.edges, ("a", "b|c")), "my notes")
    nodes = list(csv.DictReader(io.StringIO(text(graph, "csv", part="nodes"))))
    assert [(row["label"], row["clustering"], row["group"]) for row in nodes] == [
        ("Japan", "1.0", "0"),
        ("South Korea", "1.0", "1"),
        ("United States", "1.0", "2"),
    ]
    edges = list(csv.DictReader(io.StringIO(text(graph, "csv"))))
    assert [row["my_notes"] for row in edges] == ["a | b\\|c"] * 4  # two strands of one tie
    gexf = text(graph, "gexf")
    assert '<attribute id="group" title="group" type="integer"/>' in gexf
    assert '<attvalue for="clustering" value="1.0"/>' in gexf
    assert 'added_clustering="1.0", added_group=2];' in text(graph, "dot")
    for form in ("graphml", "cyjs", "nodelink", "tsv", "neo4j"):
        assert "clustering" in text(graph, form, part="nodes")
    read = nx.node_link_graph(json.loads(text(graph, "nodelink")), edges="edges")
    assert {read.nodes[iri]["group"] for iri in read} == {0, 1, 2}
    assert nx.parse_graphml(text(graph, "graphml")).nodes[f"{ID}japan"]["group"] == 0
    # Subgraphs and copies have what is left of it; what has no attributes is as it was.
    part = graph.subgraph([f"{ID}japan"]).copy()
    assert text(part, "csv", part="nodes").splitlines()[1].endswith(",1.0,0")
    for form in ("turtle", "html", "mermaid", "geojson"):
        assert graph.export(form) == plain[form]
    assert kg.network(level="state").export("gexf") == plain["gexf"]


def test_what_is_changed_is_written_beside_what_it_was(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(level="state")
    for _, _, tie in graph.edges(data=True):
        tie["weight"] /= 2
    [first, *_] = csv.DictReader(io.StringIO(text(graph, "csv")))
    # The tie's own weight is that of its strands together.
    assert (first["weight"], first["added_weight"]) == ("1.0", "0.75")


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1, None, 2], "integer", (1, None, 2)),
        ([1, 2.5], "number", (1.0, 2.5)),
        ([2**40, 1], "number", (2.0**40, 1.0)),
        ([2**60], "text", (str(2**60),)),
        ([float("nan"), 0.5, float("inf")], "number", (None, 0.5, None)),
        ([True, False], "boolean", (True, False)),
        ([True, 1], "text", ("True", "1")),
        ([date(2030, 1, 2)], "date", ("2030-01-02",)),
        ([datetime(2030, 1, 2, 3), "soon"], "text", ("2030-01-02T03:00:00", "soon")),
        ([{"b", "a"}, [1.5, "c"]], "list", (("a", "b"), ("1.5", "c"))),
        ([("a", "b"), "c"], "text", ("a, b", "c")),
        ([{"a": 1}], "text", ("{'a': 1}",)),
    ],
)
def test_types_of_what_is_added(
    values: list[object], kind: str, expected: tuple[object, ...]
) -> None:
    nodes = tuple(Vertex(f"urn:{n}", "", "Navy", ()) for n in range(len(values)))
    picture = pictured(nodes)
    given = {f"urn:{n}": {"rank": value} for n, value in enumerate(values)}
    found = added.extend(picture, given, {})
    assert found.node_fields == (Field("rank", kind, "added in Python", added=True),)
    assert tuple(node.attributes[0] for node in found.nodes) == expected
    for form in ("gexf", "graphml", "cyjs", "nodelink", "dot", "csv"):
        assert exports.export(found, form, "nodes")


def test_numbers_of_numpy_are_numbers() -> None:
    numpy = pytest.importorskip("numpy")
    nodes = (Vertex("urn:a", "", "Navy", ()),)
    picture = pictured(nodes)
    given = {"pos": numpy.array([0.5, 1.0]), "n": numpy.int64(3), "share": numpy.float32(0.5)}
    found = added.extend(picture, {"urn:a": given}, {})
    assert [(field.name, field.type) for field in found.node_fields] == [
        *(("n", "integer"), ("pos", "list"), ("share", "number"))
    ]
    assert found.nodes[0].attributes == (3, ("0.5", "1.0"), 0.5)


def test_names_of_what_is_added_do_not_clash() -> None:
    node = Vertex("urn:a", "", "Navy", (1,))
    fields = (Field("degree", "integer", ""),)
    picture = pictured((node,), fields)
    keys = ["degree", "label", 7, "my rank", "my_rank", "added_degree", "<&>", "größe"]
    found = added.extend(picture, {"urn:a": dict.fromkeys(keys, 1)}, {})
    assert [field.name for field in found.node_fields] == [
        *("degree", "added_7", "added__", "added_degree", "added_degree_2", "gr_e"),
        *("added_label", "my_rank", "added_my_rank"),
    ]


def test_pickled_it_is_networkx_own(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network()
    for again in (pickle.loads(pickle.dumps(graph)),):
        assert isinstance(again, TiesGraph)
        assert nx.utils.graphs_equal(again, graph)
        assert again.graph == graph.graph
        with pytest.raises(QueryError, match="a network without its graph has no evidence"):
            again.export("gexf")
        assert again._repr_html_() is not None  # the table needs no evidence
    assert graph.export("gexf")
    ties = pickle.loads(pickle.dumps(kg.ties()))
    assert ties == kg.ties()
    with pytest.raises(QueryError, match="a network without its graph has no evidence"):
        ties.export("gexf")


def test_a_copy_is_as_good(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(level="state")
    again = copy.deepcopy(graph)
    assert again.export("gexf") == graph.export("gexf")
    again.nodes[f"{ID}japan"]["group"] = 1
    again.remove_node(f"{ID}united-states")
    assert (len(graph), len(again)) == (3, 2)
    assert "group" not in graph.nodes[f"{ID}japan"]
    assert copy.deepcopy(kg.ties()).export("gexf") == kg.ties().export("gexf")


def test_a_method_for_each_format(kg: passex.KnowledgeGraph, tmp_path: Path) -> None:
    graph = kg.network(level="state")
    methods = {name for name in dir(graph) if name in {f"to_{form}" for form in exports.FORMATS}}
    assert methods == {f"to_{form}" for form in exports.FORMATS}
    for form, kind in exports.FORMATS.items():
        assert vars(Writers)[f"to_{form}"]._form == form
        assert (form in typing.get_args(BinaryFormat)) is kind.binary
        assert (form in typing.get_args(TextFormat)) is not kind.binary
    assert graph.to_graphml(measure="betweenness") == graph.export("graphml", "betweenness")
    assert graph.to_csv(part="nodes") == graph.export("csv", part="nodes")
    assert kg.ties().to_mermaid() == kg.ties().export("mermaid")
    page = graph.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page
    assert graph.to_gexf(str(tmp_path / "ties.gexf")) == graph.export("gexf")
    assert (tmp_path / "ties.gexf").is_file()
    with pytest.raises(OutputError, match="cannot be written"):
        graph.to_html(tmp_path / "none" / "page.html")
    with pytest.raises(QueryError, match="'degree' is no file; give measure=… or weight=… by its"):
        graph.to_gexf("degree")
    assert not Path("degree").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weight": "Newman"}, "'Newman' is no weight; use one of newman, count"),
        ({"measure": "pagerankk"}, "'pagerankk' is no measure; use one of degree, strength, "),
        ({"measure": "out.gexf"}, "'out.gexf' is no measure; use one of degree, strength, "),
        ({"measure": []}, "'[]' is no measure; use one of degree, strength, "),
    ],
)
def test_a_misspelt_measure_or_weight_is_refused(
    kg: passex.KnowledgeGraph, arguments: dict[str, str], message: str
) -> None:
    graph = kg.network(level="state")
    for write in (graph.to_csv, graph.to_gexf, graph.to_html, graph.to_turtle):
        with pytest.raises(QueryError) as error:
            write(**arguments)
        assert str(error.value).startswith(message)
    with pytest.raises(QueryError) as error:
        kg.rank(graph, **arguments)
    assert str(error.value).startswith(message)


def test_networkx_writes_all_of_it(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(level="state", include="held,planned", backbone="sdsm", alpha=0.99)
    nx.set_node_attributes(graph, dict.fromkeys(graph, 0.5), "mine")
    for made in (graph, kg.network(), kg.two_mode(), kg.meetings()):
        for write, read in (
            (nx.write_gexf, nx.read_gexf),
            (nx.write_graphml, nx.read_graphml),
            (nx.write_gml, nx.read_gml),
        ):
            out = io.BytesIO()
            write(made, out)
            out.seek(0)
            again = read(out)
            assert {frozenset(edge) for edge in again.edges} == {frozenset(e) for e in made.edges}
            if made is graph:
                assert set(dict(again.nodes(data="mine")).values()) == {0.5}
    assert kg.network(level="state").edges[f"{ID}japan", f"{ID}south-korea"]["events"] == (
        f"{ID}sar-exercise-south-korea-japan-2017 | {ID}missile-tracking-exercise-2017-12"
    )


def test_networks_of_networkx_are_ranked_and_divided(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(level="state")
    ties = kg.ties(passex.Policy("state"))
    assert kg.rank(graph).centralities == kg.rank(ties).centralities
    assert kg.communities(graph) == kg.communities(ties)
    part = graph.subgraph([f"{ID}japan", f"{ID}south-korea"])
    assert str(kg.rank(part).centralities) == "2 actors, 1 tie, density 1.000"
    with pytest.raises(QueryError, match="Graph is no network; give what kg"):
        kg.rank(nx.Graph())  # type: ignore[arg-type]


def test_a_notebook_shows_a_summary_the_strongest_ties_and_a_picture(
    kg: passex.KnowledgeGraph,
) -> None:
    html = kg.network(include=["held", "under-way", "planned"])._repr_html_()
    assert html is not None
    summary, rest = html.split("\n", 1)
    assert summary == (
        "<p>6 actors, 6 ties: service level; exercises held and under way, and plans not yet "
        "realised; naval domain.</p>"
    )
    table, drawn = rest.split("</table>")
    rows = [re.findall(r"<t[dh][^>]*>([^<]*)</t[dh]>", row) for row in table.split("<tr>")]
    assert rows[1] == ["actor", "other actor", "exercises", "plans", "weight", "basis"]
    # Plans are never added to exercises, and what was never held weighs nothing.
    assert rows[2][2:] == ["2", "1", "1.50", "inferred"]
    assert rows[-1][1:] == ["Russian Navy", "0", "2", "", "inferred"]
    root = ET.fromstring(drawn)
    assert root.get("style") == "max-width: 100%; max-height: 85vh; height: auto"
    titles = [g.findtext(f"{SVG}title") for g in root.iter(f"{SVG}g")]
    assert titles[0] == (
        "Japan Maritime Self-Defense Force trained with Republic of Korea Navy: 1 held, inferred; "
        "1 under way, inferred; 1 planned, inferred"
    )
    assert "Russian Navy (navy)" in titles
    assert kg.network()._repr_html_() == kg.network()._repr_html_()


def test_a_notebook_shows_what_a_graph_holds(kg: passex.KnowledgeGraph) -> None:
    html = kg._repr_html_()
    census = kg.stats()
    claims = kg.select("SELECT (COUNT(*) AS ?n) { ?c a nr:Claim }").records()[0]["n"]
    assert html.startswith(
        f"<p><strong>Knowledge graph</strong>: {len(kg.store)} triples, 3 articles, "
        f"{census.evidence} quotes, {claims} claims.</p>\n<p>5 actors, 5 ties: service level;"
    )
    assert html.count("<svg ") == 1


def test_a_long_network_begins_with_its_strongest_ties(
    kg: passex.KnowledgeGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wording, "FIRST", 2)
    monkeypatch.setattr(notebook, "FIRST", 2)
    html = kg.network()._repr_html_()
    assert html is not None
    assert html.count("<tr>") == 3
    assert "<p>3 more (records() has all)</p>" in html


def test_a_network_of_nothing_says_so(kg: passex.KnowledgeGraph) -> None:
    graph = kg.network(since=1900, until=1901)
    assert len(graph) == 0
    html = graph._repr_html_() or ""
    assert "<table>" not in html
    assert "Nothing is drawn: no node has an edge that counts." in html


def test_labels_are_text_in_a_sketch() -> None:
    labels = ("<script>alert(1)</script>", "a]]>&\"'\x00", "\u05e9\u05dc\u05d5\u05dd " * 40, "")
    nodes = tuple(Vertex(f"urn:{n}", label, "Navy<", (), 1.0) for n, label in enumerate(labels))
    edge = Edge(
        source="urn:0",
        target="urn:1",
        label="<b>",
        kind="tie",
        iri="urn:tie",
        status="planned",
        events=("urn:e",),
    )
    groups = {node.iri: n // 2 for n, node in enumerate(nodes)}
    picture = replace(pictured(nodes), title="<i>", edges=(edge,), groups=lambda: groups)
    drawn = svg.draw(picture)
    root = ET.fromstring(drawn)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        *("svg", "title", "style", "rect", "line", "path", "circle", "text", "tspan", "g")
    }
    assert root.findtext(f"{SVG}g/{SVG}title") == (
        "<script>alert(1)</script> <b> a]]>&\"'\u2400: 1 planned"
    )
