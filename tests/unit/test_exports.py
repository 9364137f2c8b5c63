"""Every format holds any picture, and gives it back."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from thorough import examples

from passex import exports
from passex.errors import PassexError, QueryError
from passex.exports import build, columns, json_graphs, rdf
from passex.exports.assembly import ActorAttributes, TieAttributes
from passex.exports.columns import Report
from passex.exports.drawing import grammar, labels, marks, strongest, svg
from passex.exports.geometry import Location
from passex.exports.model import (
    Edge,
    Event,
    Field,
    MapGap,
    MapPlace,
    Picture,
    Value,
    Vertex,
    fields,
)
from passex.exports.ontology import PropertyAttributes
from passex.exports.triples import Triples
from passex.text.wording import words

NODE_FIELDS = (
    Field("degree", "integer", ""),
    Field("score", "number", ""),
    Field("first", "date", ""),
    Field("names", "list", ""),
)
EDGE_FIELDS = (Field("derived", "boolean", ""), Field("note", "text", ""))
GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
HOSTILE = (
    "=1+1",
    "\n=1",
    "\uff1d1",
    "a|b\\c",
    "<b>&\"'",
    "\u05e9\u05dc\u05d5\u05dd",
    "a\r\nb\tc",
    "\x00\x1b\ufffe",
    "x" * 5000,
)

texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=12))
days = st.none() | st.dates().map(str)


def forward(spell: tuple[str | None, str]) -> tuple[str | None, str]:
    """A spell that begins before it ends."""
    first, last = spell
    return (first, last) if first is None or first <= last else (last, first)


def on(spells: Iterable[tuple[str | None, str | None]], day: str) -> int:
    """How many spells a day is in."""
    return sum((first or "") <= day <= (last or "a") for first, last in spells)


@st.composite
def pictures(draw: st.DrawFn) -> Picture:
    """A picture with hostile texts wherever there are texts."""
    iris = [f"https://example.org/{n}" for n in range(draw(st.integers(1, 4)))]
    nodes = tuple(
        Vertex(
            iri,
            draw(texts),
            draw(st.sampled_from(["Navy", "State", "X&'<"])),
            (
                draw(st.none() | st.integers(0, 99)),
                draw(st.floats(-9, 9, allow_subnormal=False)),
                draw(days),
                tuple(draw(st.lists(texts, max_size=3))),
            ),
            draw(st.floats(0, 9, allow_subnormal=False)),
            tuple(draw(st.lists(st.tuples(days, st.dates().map(str)).map(forward), max_size=3))),
        )
        for iri in iris
    )
    edges = tuple(
        Edge(
            source=draw(st.sampled_from(iris)),
            target=draw(st.sampled_from(iris)),
            label=draw(texts),
            kind="tie",
            iri="urn:tie",
            attributes=(draw(st.none() | st.booleans()), draw(texts)),
            weight=draw(st.floats(0.1, 9)),
            status=draw(st.sampled_from(["", *marks.STROKES])),
            hollow=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    return Picture(
        what="network",
        title=draw(texts),
        directed=draw(st.booleans()),
        measure="score",
        node_fields=NODE_FIELDS,
        edge_fields=EDGE_FIELDS,
        nodes=nodes,
        edges=edges,
    )


def shown(text: str) -> str:
    """What XML 1.0 makes of a text."""
    return "".join(
        chr(0x2400 + ord(c))
        if c < " " and c not in "\t\n\r"
        else "\ufffd"
        if c in "\ufffe\uffff"
        else c
        for c in text
    )


def joined(items: tuple[str, ...]) -> str:
    return " | ".join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def written(picture: Picture, name: str) -> str:
    found = exports.export(picture, name)
    assert isinstance(found, str)
    assert found == exports.export(picture, name)
    return found


@given(pictures())
def test_gexf(picture: Picture) -> None:
    root = ET.fromstring(written(picture, "gexf"))
    check_gexf(root)
    places = grammar.of(picture).places()
    nodes = list(root.iter(f"{GEXF}node"))
    assert [(n.get("id"), n.get("label")) for n in nodes] == [
        (v.iri, shown(v.label)) for v in picture.nodes
    ]
    for node, vertex in zip(nodes, picture.nodes, strict=True):
        held = {a.get("for"): a.get("value") for a in node.iter(f"{GEXF}attvalue")}
        names = vertex.attributes[3]
        assert isinstance(names, tuple)
        assert ("names" in held) == bool(names)
        if names:
            quoted = re.findall(r'"((?:[^"\\]|\\.)*)"', held["names"] or "", re.DOTALL)
            assert [re.sub(r"\\(.)", r"\1", q, flags=re.DOTALL) for q in quoted] == [
                shown(name) for name in names
            ]
        assert float(held["score"] or "") == vertex.attributes[1]
        spells = [(s.get("start"), s.get("end")) for s in node.iter(f"{GEXF}spell")]
        # Every day that was in some spell is in one, and in no more.
        for day in {day for spell in vertex.spells for day in spell if day}:
            assert on(spells, day) == 1
        assert len(spells) <= len(vertex.spells)
        x, y = places[vertex.iri]
        (at,) = node.iter(f"{VIZ}position")
        assert (float(at.get("x", "")), float(at.get("y", ""))) == (3 * x, -3 * y)
    assert [
        (e.get("source"), e.get("target"), e.get("label"), float(e.get("weight", "")))
        for e in root.iter(f"{GEXF}edge")
    ] == [(e.source, e.target, shown(e.label), e.weight) for e in picture.edges]


def check_gexf(root: ET.Element) -> None:
    """The rules of the GEXF 1.3 schema, as far as they concern what is written here."""
    types = {"integer", "double", "string", "boolean", "liststring"}
    children = {
        "gexf": ["meta", "graph"],
        "graph": ["attributes", "attributes", "nodes", "edges"],
        "meta": ["creator", "description"],
    }
    allowed = {
        "gexf": {"version"},
        "graph": {"defaultedgetype", "idtype", "mode", "timeformat", "timerepresentation"},
        "attributes": {"class"},
        "attribute": {"id", "title", "type"},
        "nodes": {"count"},
        "edges": {"count"},
        "node": {"id", "label"},
        "edge": {"id", "source", "target", "label", "kind", "weight"},
        "attvalue": {"for", "value"},
        "spell": {"start", "end"},
        "color": {"r", "g", "b"},
        "size": {"value"},
        "shape": {"value"},
        "position": {"x", "y", "z"},
    }
    assert root.tag == f"{GEXF}gexf"
    assert root.get("version") == "1.3"
    for element in root.iter():
        name = element.tag.partition("}")[2]
        assert set(element.attrib) <= allowed.get(name, set())
        inside = [child.tag.partition("}")[2] for child in element]
        if name in children:
            assert inside == children[name]
        if name in ("node", "edge"):
            assert len(set(inside)) == len(inside)
            assert set(inside) <= {"attvalues", "spells", "color", "size", "position", "shape"}
        if name in ("nodes", "edges"):
            assert int(element.get("count", "")) == len(inside)
        if name == "spells":
            assert inside
            assert set(inside) == {"spell"}
    graph = root[1]
    assert graph.get("mode") in ("static", "dynamic")
    assert graph.get("defaultedgetype") in ("directed", "undirected")
    declared = {a.get("class"): {c.get("id") for c in a} for a in graph[:2]}
    assert {a.get("type") for a in graph.iter(f"{GEXF}attribute")} <= types
    for of in ("node", "edge"):
        for element in graph.iter(f"{GEXF}{of}"):
            values = [a.get("for") for a in element.iter(f"{GEXF}attvalue")]
            assert len(set(values)) == len(values)
            assert set(values) <= declared[of]
    ids = {n.get("id") for n in graph.iter(f"{GEXF}node")}
    assert len(ids) == len(graph[2])
    for color in graph.iter(f"{VIZ}color"):
        assert all(0 <= int(color.get(part, "")) <= 255 for part in "rgb")
    assert all(
        s.get("value") in ("solid", "dashed", "dotted", "double") for s in graph.iter(f"{VIZ}shape")
    )


@given(pictures())
def test_gexf_is_valid(picture: Picture) -> None:
    # The grammar of gephi/gexf: the XML Schema that is published beside it lacks the types of
    # nodes, edges and graphs, and no validator takes it.
    path = os.environ.get("PASSEX_GEXF_SCHEMA")
    if not path:
        pytest.skip("PASSEX_GEXF_SCHEMA does not say where gexf.rng of GEXF 1.3 is")
    schema = etree.RelaxNG(etree.parse(path))
    schema.assertValid(etree.fromstring(written(picture, "gexf").encode()))


@given(pictures())
def test_gexf_in_networkx(picture: Picture) -> None:
    graph = nx.read_gexf(io.BytesIO(written(picture, "gexf").encode()), version="1.2draft")
    assert graph.is_directed() == picture.directed
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {
        node.iri: shown(node.label) for node in picture.nodes
    }
    assert sorted(d["weight"] for *_, d in graph.edges(data=True)) == sorted(
        edge.weight for edge in picture.edges
    )


@given(pictures())
def test_graphml_in_networkx(picture: Picture) -> None:
    graph = nx.read_graphml(io.BytesIO(written(picture, "graphml").encode()), force_multigraph=True)
    assert graph.is_directed() == picture.directed
    expected: dict[str, dict[str, Value]] = {}
    looks, places = grammar.of(picture).nodes(10, 60), grammar.of(picture).places()
    for vertex in picture.nodes:
        degree, score, first, names = vertex.attributes
        held: dict[str, Value] = {"label": shown(vertex.label), "kind": shown(vertex.kind)}
        held |= {"color": looks[vertex.iri][0], "score": score}
        held |= dict(zip("xy", places[vertex.iri], strict=True))
        held |= {} if degree is None else {"degree": degree}
        held |= {} if first is None else {"first": first}
        assert isinstance(names, tuple)
        held |= {"names": shown(joined(names))} if names else {}
        expected[vertex.iri] = held
    # networkx has None where an element is empty.
    found = {
        n: {k: v or "" if isinstance(v, str | None) else v for k, v in d.items() if k != "size"}
        for n, d in graph.nodes(data=True)
    }
    assert found == expected
    assert sorted(d["weight"] for *_, d in graph.edges(data=True)) == sorted(
        e.weight for e in picture.edges
    )


@given(pictures())
@settings(max_examples=examples(20), deadline=None)
def test_graphml_in_igraph(picture: Picture) -> None:
    igraph = pytest.importorskip("igraph")
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".graphml", encoding="utf-8") as file:
        file.write(written(picture, "graphml"))
        file.flush()
        graph = igraph.Graph.Read_GraphML(file.name)
    assert graph.vs["id"] == [node.iri for node in picture.nodes]
    assert graph.vs["label"] == [shown(node.label) for node in picture.nodes]
    looks = grammar.of(picture).nodes(10, 60)
    # Its plots take these as they are.
    assert graph.vs["color"] == [looks[node.iri][0] for node in picture.nodes]
    assert set(graph.vs.attributes()) >= {"x", "y", "size"}
    if picture.edges:
        assert graph.es["weight"] == [edge.weight for edge in picture.edges]


@given(pictures())
def test_nodelink_is_networkx_own_form(picture: Picture) -> None:
    data = json.loads(written(picture, "nodelink"))
    graph = nx.node_link_graph(data, edges="edges")
    assert nx.node_link_data(graph, edges="edges").keys() == data.keys()
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {
        node.iri: node.label for node in picture.nodes
    }
    assert sorted(d["weight"] for *_, d in graph.edges(data=True)) == sorted(
        edge.weight for edge in picture.edges
    )
    names = {n: tuple(d.get("names", ())) for n, d in graph.nodes(data=True)}
    assert names == {node.iri: node.attributes[3] for node in picture.nodes}


@pytest.mark.parametrize("name", ["nodelink", "cyjs", "cx2"])
@given(picture=pictures(), odd=st.floats(0, allow_infinity=False), size=st.floats(0, 1e-3))
def test_json_is_the_same_without_orjson(
    name: str, picture: Picture, odd: float, size: float
) -> None:
    pytest.importorskip("orjson")
    nodes = tuple(replace(v, attributes=(1, size, None, ("\ud800",))) for v in picture.nodes[:1])
    edges = tuple(replace(e, weight=odd) for e in picture.edges[:1])
    other = replace(
        picture, nodes=nodes + picture.nodes[1:], edges=edges + picture.edges[1:], title="a\ud800"
    )
    for drawn in (picture, other):
        json_graphs._orjson.cache_clear()
        found = exports.export(drawn, name)
        with pytest.MonkeyPatch.context() as patch:
            json_graphs._orjson.cache_clear()
            patch.setitem(sys.modules, "orjson", None)
            assert exports.export(drawn, name) == found
        json.loads(found)
    json_graphs._orjson.cache_clear()


@pytest.mark.parametrize("number", [1e-4, 0.1 + 0.2, 1 / 3, 123456.789, 9007199254740993.0, 0.0])
def test_numbers_that_orjson_writes_as_python_does(number: float) -> None:
    assert json_graphs.dumps(number, [number]) == repr(number).encode()


def test_nodelink_bytes() -> None:
    assert written(small(label="é"), "nodelink") == (
        '{"directed":false,"multigraph":false,'
        '"graph":{"title":"Who","measure":"score","notes":[]},\n"nodes":[\n'
        '{"id":"https://example.org/0","label":"é","kind":"Navy","degree":1,"score":0.5,'
        '"names":["a","b|c"]},'
        '{"id":"https://example.org/1","label":"Verdant Navy","kind":"Navy","degree":1,'
        '"score":0.5,"names":["a","b|c"]}\n],\n"edges":[\n'
        '{"source":"https://example.org/0","target":"https://example.org/1",'
        '"label":"trained with","kind":"tie","iri":"urn:tie","line":"solid","weight":1.0,'
        '"derived":false,"note":"n"}\n]}\n'
    )


@pytest.mark.parametrize("name", ["nodelink", "cyjs"])
def test_json_leaves_out_what_is_empty(name: str) -> None:
    first, second = small().nodes
    drawn = small(nodes=(replace(first, attributes=(1, 0.5, "2017-01-01", ())), second))
    data = json.loads(written(drawn, name))
    nodes = data["nodes"] if name == "nodelink" else [n["data"] for n in data["elements"]["nodes"]]
    assert [sorted({"first", "names"} & node.keys()) for node in nodes] == [["first"], ["names"]]


def test_many_edges_are_written_in_parts() -> None:
    several = small(edges=tuple(replace(small().edges[0], weight=n + 0.5) for n in range(1201)))
    expected = [n + 0.5 for n in range(1201)]
    graph = nx.node_link_graph(json.loads(written(several, "nodelink")), edges="edges")
    assert [d["weight"] for *_, d in graph.edges(data=True)] == expected
    assert [key for *_, key in graph.edges] == list(range(1201))
    for name, form in (("gexf", GEXF), ("graphml", GRAPHML)):
        root = ET.fromstring(written(several, name))
        ids = [edge.get("id") for edge in root.iter(f"{form}edge")]
        assert ids == [f"e{n}" for n in range(1201)]


def test_what_is_remembered_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = tuple(replace(small().edges[0], label=f"{n % 5} & co") for n in range(20))
    expected = [written(small(edges=edges), name) for name in ("gexf", "graphml")]
    monkeypatch.setattr(columns, "_KEPT", 2)
    assert [written(small(edges=edges), name) for name in ("gexf", "graphml")] == expected
    kept = columns.Remembered(str.upper, Report())
    assert [kept[letter] for letter in "abcab"] == [*"ABCAB"]
    assert len(kept) <= 2


def test_what_comes_back_is_counted_each_time() -> None:
    edges = (replace(small().edges[0], label="a\x00"),) * 3
    for name in ("gexf", "graphml"):
        report = Report()
        "".join(exports.find(name).pieces(small(edges=edges), report))
        assert report.counts["control character", "became a sign"] == 3


@given(pictures())
def test_cyjs(picture: Picture) -> None:
    data = json.loads(written(picture, "cyjs"))
    nodes = [node["data"] for node in data["elements"]["nodes"]]
    assert [(n["id"], n["label"]) for n in nodes] == [(v.iri, v.label) for v in picture.nodes]
    edges = [edge["data"] for edge in data["elements"]["edges"]]
    assert [(e["source"], e["target"], e["weight"], e["note"]) for e in edges] == [
        (e.source, e.target, e.weight, e.attributes[1]) for e in picture.edges
    ]
    places = grammar.of(picture).places()
    for node in data["elements"]["nodes"]:
        x, y = places[node["data"]["id"]]
        assert node["position"] == {"x": 2 * x, "y": 2 * y}
    graph = nx.cytoscape_graph(data)
    assert (graph.is_directed(), graph.graph["name"]) == (picture.directed, picture.title)
    assert {n: d["label"] for n, d in graph.nodes(data=True)} == {
        v.iri: v.label for v in picture.nodes
    }
    assert sorted(d["weight"] for *_, d in graph.edges(data=True)) == sorted(
        e.weight for e in picture.edges
    )


YED = "{http://www.yworks.com/xml/graphml}"


@given(pictures())
def test_yed_draws_what_graphml_has(picture: Picture) -> None:
    text = written(picture, "yed")
    root = ET.fromstring(text)
    places, looks = grammar.of(picture).places(), grammar.of(picture).nodes(20, 60)
    for node in root.iter(f"{GRAPHML}node"):
        (drawn,) = node.iter(f"{YED}ShapeNode")
        parts = {part.tag.removeprefix(YED): part for part in drawn}
        vertex = next(one for one in picture.nodes if one.iri == node.get("id"))
        x, y = places[vertex.iri]
        colour, size = looks[vertex.iri]
        at = parts["Geometry"].attrib
        middle = [float(at[axis]) + float(at["width"]) / 2 for axis in "xy"]
        assert middle == pytest.approx([2 * x, 2 * y], abs=0.06)
        assert float(at["height"]) == size
        assert parts["Fill"].get("color") == colour
        assert (parts["NodeLabel"].text or "") == shown(vertex.label)
        kinds = {"Navy": "rectangle", "State": "ellipse"}
        assert parts["Shape"].get("type") == kinds.get(vertex.kind, "octagon")
    lines = {"held": "line", "under-way": "dashed_dotted", "planned": "dashed", "": "line"}
    assert [e.get("type") for e in root.iter(f"{YED}LineStyle")] == [
        lines[edge.status] for edge in picture.edges
    ]
    ends = "standard" if picture.directed else "none"
    assert {e.get("target") for e in root.iter(f"{YED}Arrows")} <= {ends}
    # The rest is what every reader of GraphML gets.
    bare = re.sub(
        r'<data key="y-.*?</data>|<key id="y-.*?/>\n| xmlns:y="[^"]*"', "", text, flags=re.S
    )
    assert bare == written(picture, "graphml")
    graph = nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)
    assert set(graph) == {node.iri for node in picture.nodes}


def typed(value: object, kind: str) -> bool:
    """Whether a value is of a type of CX2."""
    types: dict[str, type | tuple[type, ...]] = {
        **{"string": str, "boolean": bool, "integer": int, "double": float},
        "list_of_string": list,
    }
    return isinstance(value, types[kind]) and (kind != "integer" or value is not True)


@given(pictures())
def test_cx2(picture: Picture) -> None:
    aspects = json.loads(written(picture, "cx2"))
    assert aspects[0] == {"CXVersion": "2.0", "hasFragments": False}
    assert aspects[-1] == {"status": [{"success": True}]}
    held = {name: value for aspect in aspects for name, value in aspect.items()}
    counted = set(held) - {"CXVersion", "hasFragments", "metaData", "status"}
    assert {one["name"]: one["elementCount"] for one in held["metaData"]} == {
        name: len(held[name]) for name in counted
    }
    (declared,) = held["attributeDeclarations"]
    for of in ("nodes", "edges"):
        for at, thing in enumerate(held[of]):
            assert thing["id"] == at
            assert all(typed(v, declared[of][name]["d"]) for name, v in thing["v"].items())
    (told,) = held["networkAttributes"]
    assert (told["name"], set(told)) == (picture.title, set(declared["networkAttributes"]))
    places = grammar.of(picture).places()
    assert [(n["v"]["iri"], n["v"]["name"], n["x"], n["y"]) for n in held["nodes"]] == [
        (v.iri, v.label, 2 * places[v.iri][0], 2 * places[v.iri][1]) for v in picture.nodes
    ]
    nodes = [n["v"]["iri"] for n in held["nodes"]]
    edges = [(nodes[e["s"]], nodes[e["t"]], e["v"]) for e in held["edges"]]
    assert [(a, b, v["weight"], v["note"]) for a, b, v in edges] == [
        (e.source, e.target, e.weight, e.attributes[1]) for e in picture.edges
    ]
    # The style is about attributes that there are.
    (style,) = held["visualProperties"]
    for of in ("node", "edge"):
        for mapping in style[f"{of}Mapping"].values():
            what = mapping["definition"]
            assert declared[f"{of}s"][what["attribute"]]["d"] == what["type"]
    shapes = style["nodeMapping"]["NODE_SHAPE"]["definition"]["map"]
    assert {one["v"] for one in shapes} == {node.kind for node in picture.nodes}
    dashes = style["edgeMapping"]["EDGE_LINE_STYLE"]["definition"]["map"]
    lines = {one["v"]: one["vp"] for one in dashes}
    assert {edge.line for edge in picture.edges} <= set(lines)
    assert lines == {"solid": "solid", "dash-dot": "dotted", "dashed": "dashed"}


SPREAD = ("Ash", "Birch", "Cedar", "Date", "Elm")


def many(edges: int) -> Picture:
    """Five nodes, and as many edges as are asked for."""
    nodes = tuple(Vertex(f"urn:{name}", name, "Navy", (None, 0.0, None, ())) for name in SPREAD)
    edge = replace(small().edges[0], source="urn:Ash", target="urn:Birch")
    return small(nodes=nodes, edges=(edge,) * edges)


@pytest.mark.parametrize("edges", [1, 2500, 2501])
def test_no_two_nodes_begin_at_one_place(edges: int) -> None:
    places = grammar.of(many(edges)).places()
    assert list(places) == [f"urn:{name}" for name in SPREAD]
    assert all(math.dist(a, b) > 60 for a, b in combinations(places.values(), 2))
    # Of many edges, a spiral: the distance from its middle grows as the root.
    spiral = [round(math.hypot(x, y)) for x, y in places.values()] == [0, 100, 141, 173, 200]
    assert spiral is (edges > 2500)


def test_spells_that_overlap_are_one() -> None:
    spells = (
        *(("2018-01-01", None), ("2017-12-31", "2018-01-03"), ("2015-01-01", "2015-01-02")),
        *((None, "2014-05-05"), ("2017-01-01", "2017-12-31"), ("2017-12-11", "2017-12-12")),
    )
    node = replace(small().nodes[0], spells=spells)
    text = written(small(nodes=(node, small().nodes[1])), "gexf")
    assert re.findall("<spells>.*</spells>", text) == [
        '<spells><spell end="2014-05-05"/><spell start="2015-01-01" end="2015-01-02"/>'
        '<spell start="2017-01-01"/></spells>'
    ]


def test_dates_that_are_reversed_are_refused() -> None:
    node = replace(small().nodes[0], spells=(("2018-01-02", "2018-01-01"),))
    wrong = small(nodes=(node, small().nodes[1]))
    with pytest.raises(PassexError) as error:
        written(wrong, "gexf")
    assert error.value.message == (
        "Azure Navy would end on 2018-01-01, before it begins on 2018-01-02"
    )
    assert "passex validate" in str(error.value)
    assert "Azure Navy" in written(wrong, "graphml")


@pytest.mark.parametrize(
    ("name", "delimiter"), [("csv", ","), ("tsv", "\t"), ("neo4j", ","), ("gephi", ",")]
)
@given(picture=pictures())
@settings(max_examples=examples(30), deadline=None)
def test_tables(name: str, delimiter: str, picture: Picture) -> None:
    nodes, edges = exports.find(name).pieces(picture, Report())

    def rows(pieces: list[str]) -> list[list[str]]:
        return list(csv.reader(io.StringIO("".join(pieces), newline=""), delimiter=delimiter))

    def harmless(text: str) -> str:
        if name in ("neo4j", "gephi"):  # which no spreadsheet reads
            return text
        return f"'{text}" if text and text[0] in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" else text

    found = rows(list(nodes))[1:]
    assert [row[1] for row in found] == [harmless(node.label) for node in picture.nodes]
    assert [row[0] for row in found] == [node.iri for node in picture.nodes]
    header, *of_edges = rows(list(edges))
    label = header.index("Label" if name == "gephi" else "label")
    assert [row[label] for row in of_edges] == [harmless(edge.label) for edge in picture.edges]
    weight = {"neo4j": "weight:double", "gephi": "Weight"}.get(name, "weight")
    assert [float(row[header.index(weight)]) for row in of_edges] == [
        edge.weight for edge in picture.edges
    ]


def test_neo4j_headers() -> None:
    nodes, edges = exports.find("neo4j").pieces(small(), Report())
    assert next(nodes).splitlines()[0] == (
        "iri:ID(node),label,:LABEL,degree:int,score:double,first:date,names:string[]"
    )
    assert next(edges).splitlines()[0] == (
        ":START_ID(node),:END_ID(node),source_label,target_label,label,:TYPE,iri,line,"
        "weight:double,derived:boolean,note"
    )


def test_what_neo4j_reads() -> None:
    node = Vertex("urn:a", "@JMSDF", "Navy", (1, 0.5, "2018-01-01", ("a|b", "c;,\x1f d")))
    report = Report()
    nodes, _ = exports.find("neo4j").pieces(small(nodes=(node, small().nodes[1])), report)
    # Nothing is escaped in an array: what ends an item is a sign that none has.
    assert list(csv.reader(io.StringIO("".join(nodes))))[1] == [
        *("urn:a", "@JMSDF", "Navy", "1", "0.5", "2018-01-01", "a|b\x1fc;,\u241f d")
    ]
    assert report.line("Neo4j CSV") == "Neo4j CSV: 1 control character became a sign"


def test_what_gephi_imports() -> None:
    fields = (Field("Type", "text", "", added=True), Field("id_of", "text", "", added=True))
    edge = replace(small().edges[0], attributes=("=1+1", "b"))
    nodes, edges = exports.find("gephi").pieces(
        small(edges=(edge,), edge_fields=fields, directed=True), Report()
    )
    assert "".join(nodes).splitlines()[0] == "Id,Label,kind,degree,score,first,names"
    assert list(csv.DictReader(io.StringIO("".join(edges)))) == [
        {
            **{"Source": "https://example.org/0", "Target": "https://example.org/1"},
            **{"Type": "Directed", "Label": "trained with", "Weight": "1.0", "kind": "tie"},
            **{"iri": "urn:tie", "line": "solid", "added_Type": "=1+1", "id_of": "b"},
        }
    ]
    _, edges = exports.find("gephi").pieces(small(), Report())
    assert "".join(edges).splitlines()[1].split(",")[2] == "Undirected"


@given(pictures())
@settings(max_examples=examples(20), deadline=None)
def test_parquet(picture: Picture) -> None:
    pytest.importorskip("pyarrow")
    from importlib import import_module

    nodes, _ = exports.find("parquet").pieces(picture, Report())
    arrow = import_module("pyarrow")
    table = import_module("pyarrow.parquet").read_table(arrow.BufferReader(b"".join(nodes)))
    assert table.column("label").to_pylist() == [node.label for node in picture.nodes]
    names = [None if v is None else tuple(v) for v in table.column("names").to_pylist()]
    assert names == [node.attributes[3] for node in picture.nodes]


def small(label: str = "Azure Navy", **parts: object) -> Picture:
    """Two nodes and a tie."""
    nodes = tuple(
        Vertex(f"https://example.org/{n}", text, "Navy", (1, 0.5, None, ("a", "b|c")), 1.0)
        for n, text in enumerate((label, "Verdant Navy"))
    )
    edge = Edge(
        source=nodes[0].iri,
        target=nodes[1].iri,
        label="trained with",
        kind="tie",
        iri="urn:tie",
        attributes=(False, "n"),
    )
    picture = Picture(
        what="network",
        title="Who",
        directed=False,
        measure="score",
        node_fields=NODE_FIELDS,
        edge_fields=EDGE_FIELDS,
        nodes=nodes,
        edges=(edge,),
    )
    return replace(picture, **parts)  # type: ignore[arg-type]


def test_areas_grow_as_the_measure_does() -> None:
    nodes = tuple(Vertex(f"urn:{n}", str(n), "Navy", (), size) for n, size in enumerate((0, 1, 4)))
    # A quarter of the largest is half as wide.
    drawn = grammar.Grammar(small(nodes=nodes, edges=()), {})
    assert drawn.sizes(10, 60) == [10.0, 35.0, 60.0]
    assert drawn.sized == "Sizes show score."
    # A measure that bears no ranking is not drawn, and the key says why.
    drawn = grammar.Grammar(small(nodes=nodes, edges=(), unranked="No ranking: too few."), {})
    assert drawn.sizes(10, 60) == [10.0, 10.0, 10.0]
    assert drawn.key()[-1].words == "All sizes are alike. No ranking: too few."


def test_fields_are_read_from_records() -> None:
    assert fields(TieAttributes)[3:6] == (
        Field("status", "text", "held, under-way or planned: each has an edge of its own"),
        Field("first", "date", "first day on which its dated events are possible"),
        Field("last", "date", "last such day"),
    )
    assert [(field.name, field.type) for field in fields(ActorAttributes)] == [
        *(("degree", "integer"), ("strength", "number"), ("first", "date"), ("last", "date")),
        *(("events", "integer"), ("plans", "integer"), ("sources", "integer")),
        *(("articles", "list"), ("claims", "list")),
    ]
    assert [(field.name, field.type) for field in fields(PropertyAttributes)] == [
        *(("definition", "text"), ("derived", "boolean"), ("given", "boolean")),
    ]


def test_pictures_arrange_what_they_hold() -> None:
    a, b, c = (Vertex(f"urn:{name}", name.upper(), "Navy", (1, 0.5, None, ())) for name in "abc")
    [edge] = small().edges
    ends = (("urn:c", "urn:a"), ("urn:a", "urn:c"), ("urn:a", "urn:b"))
    edges = tuple(replace(edge, source=source, target=target) for source, target in ends)
    late, lost = on_a_map().events
    early = replace(late, iri="urn:g", earliest=None, latest="2016-01-01")
    picture = small(nodes=(c, a, b), edges=edges, events=(lost, late, early)).arranged()
    assert picture.nodes == (a, b, c)
    assert [(e.source, e.target) for e in picture.edges] == [ends[2], ends[1], ends[0]]
    assert picture.events == (early, late, lost)


def test_what_is_flattened_is_counted() -> None:
    report = Report()
    assert "".join(exports.find("graphml").pieces(small("a\x00b"), report)).count("a | b\\|c") == 2
    assert report.line("GraphML") == (
        "GraphML: 1 control character became a sign; 2 lists became text"
    )


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("graphml", "GraphML: 4 date ranges became text; 2 lists became text"),
        ("cyjs", "Cytoscape JSON: 4 date ranges became text"),
        ("parquet", "Parquet: 2 date ranges became a first and a last day of several"),
        ("gexf", ""),
        ("mermaid", ""),
    ],
)
def test_date_ranges_are_counted(name: str, line: str) -> None:
    days = ("2017-01-01", "2017-12-31")
    nodes = tuple(replace(node, spells=(days,)) for node in small().nodes)
    edge = replace(small().edges[0], spells=(days, (None, "2018-01-01")))
    report = Report()
    if name == "parquet":
        pytest.importorskip("pyarrow")
    form = exports.find(name)
    pieces = form.pieces(small(nodes=nodes, edges=(edge,)), report)
    for part in pieces if form.pair else [pieces]:
        list(part)
    assert report.line(form.title) == line


def test_mermaid_refuses_what_it_cannot_draw() -> None:
    with pytest.raises(PassexError, match=r"501 edges are more than Mermaid draws \(500\)"):
        exports.export(small(edges=small().edges * 501), "mermaid")
    with pytest.raises(PassexError, match="characters are more than Mermaid draws"):
        exports.export(small("x" * 60_000), "mermaid")


def test_mermaid() -> None:
    assert written(small('"quoted" <b>#1;\n|x|'), "mermaid") == (
        '---\ntitle: "Who"\n---\nflowchart LR\n'
        '  n0["#34;quoted#34; #60;b#62;#35;1#59;<br/>#124;x#124;"]:::mark0\n'
        '  n1["Verdant Navy"]:::mark0\n'
        "  n0 --- n1\n"
        "  classDef mark0 fill:#0072b2,stroke:#5c6877,color:#ffffff\n"
        "  linkStyle 0 stroke:#5c6877,stroke-width:2px\n"
    )


def test_strands_are_marks_of_their_own_in_every_diagram() -> None:
    [edge] = small().edges
    strands = [
        replace(edge, status="held", events=("urn:1", "urn:2"), weight=2.0),
        replace(edge, status="under-way", events=("urn:3",), hollow=True),
        replace(edge, status="planned", events=("urn:4", "urn:5", "urn:6")),
    ]
    picture = small(edges=tuple(strands)).arranged()
    mermaid = written(picture, "mermaid")
    assert [line for line in mermaid.splitlines() if " --- " in line or " ---|" in line] == [
        '  n0 ---|"2"| n1',
        '  n0 ---|"under way, inferred"| n1',
        '  n0 ---|"3 planned"| n1',
    ]
    assert "stroke-dasharray:14 4 2 4\n" in mermaid
    assert "stroke-dasharray:6 5\n" in mermaid
    dot = written(picture, "dot")
    drawn = re.findall(r'label="([^"]*)", tooltip="trained with", (style=\w+, color="[^"]*")', dot)
    assert drawn == [
        ("2", 'style=solid, color="#5c6877"'),
        ("", 'style=dotted, color="#0072b2:invis:#0072b2"'),
        ("3 planned", 'style=dashed, color="#c04e00"'),
    ]
    gexf = ET.fromstring(written(picture, "gexf"))
    assert [shape.get("value") for shape in gexf.iter(f"{VIZ}shape")] == [
        *("solid", "dotted", "dashed")
    ]
    cyjs = json.loads(written(picture, "cyjs"))
    assert [(e["data"]["line"], e["data"]["hollow"]) for e in cyjs["elements"]["edges"]] == [
        *(("solid", False), ("dash-dot", True), ("dashed", False))
    ]
    [drawing] = [text for text in texts_of(svg.draw(picture)) if "planned" in text and "+" in text]
    assert drawing == "2 + 1 under way + 3 planned"


def texts_of(drawn: str) -> list[str]:
    root = ET.fromstring(drawn)
    return ["".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_names_and_numbers_lie_over_nothing() -> None:
    # A crowd of forty around two hubs, with long names.
    nodes = tuple(
        Vertex(f"urn:{n:02}", f"Navy of the Republic number {n}", "Navy", (), float(n % 7))
        for n in range(42)
    )
    [edge] = small().edges
    edges = tuple(
        replace(edge, source=nodes[n % 2].iri, target=node.iri, events=("urn:e", f"urn:{n}"))
        for n, node in enumerate(nodes[2:])
    )
    root = ET.fromstring(svg.draw(small(nodes=nodes, edges=edges)))
    space = "{http://www.w3.org/2000/svg}"
    boxes = []
    for text in root.iter(f"{space}text"):
        if text.get("class") == "name":
            size = float(text.get("font-size", ""))
            spans = list(text.iter(f"{space}tspan"))
            wide = max(labels.width(span.text or "", size) for span in spans)
            x, y = (float(spans[0].get(name, "")) for name in "xy")
            left = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
            boxes.append(labels.Box(left, y - size, wide, 1.2 * size * len(spans) - 1))
    assert len(boxes) > 60
    assert [1 for one, other in combinations(boxes, 2) if one.meets(other)] == []


def test_a_number_stands_nearest_to_its_own_line() -> None:
    # A triangle with a short side, whose number has room within it, nearer to the long one.
    own, long, third = (0, 0, 74, -88), (0, 0, 173, 16), (74, -88, 173, 16)
    taken = labels.Taken()
    [label] = labels.on_lines([("1 + 1 under way", own, 9.0)], 11, taken, [own, long, third])
    x, y = label.x, label.y - 11 * 0.36

    def gap(line: tuple[float, float, float, float]) -> float:
        points = (
            (line[0] + (line[2] - line[0]) * n / 200, line[1] + (line[3] - line[1]) * n / 200)
            for n in range(201)
        )
        return min(math.dist((x, y), point) for point in points)

    assert gap(own) < min(gap(long), gap(third))
    # Where others run through all that is near, nothing is written.
    fence = [(x - 200, float(y), x + 200, float(y)) for x in (0, 74) for y in range(-150, 60, 4)]
    assert [*labels.on_lines([("2", own, 4.0)], 11, labels.Taken(), [own, *fence])] == []


def test_a_large_network_is_drawn_by_its_strongest_ties() -> None:
    # A hundred actors, all with all, of whom those of each ten train most.
    nodes = tuple(Vertex(f"urn:{n:02}", f"N{n:02}", "State", (), 1.0) for n in range(100))
    [edge] = small().edges
    edges = tuple(
        replace(edge, source=a.iri, target=b.iri, weight=40.0 if a.iri[-2] == b.iri[-2] else 1.0)
        for a, b in combinations(nodes, 2)
    )
    shown, said = strongest.of(small(nodes=nodes, edges=edges))
    within = {(e.source[-2], e.target[-2]) for e in shown.edges}
    assert within == {(ten, ten) for ten in "0123456789"}
    assert (len(shown.edges), len(shown.nodes)) == (450, 100)
    assert said == (
        "450 of 4,950 ties are drawn: the backbone by the disparity filter at alpha 0.05, and of "
        "each actor the tie that chance explains least."
    )
    # Of more actors than have room, those whose ties weigh most.
    ring = tuple(Vertex(f"urn:r{n:03}", f"R{n}", "State", (), 1.0) for n in range(300))
    round_ = tuple(
        replace(edge, source=a.iri, target=b.iri, weight=1.0 + (n < 200))
        for n, (a, b) in enumerate(pairwise(ring))
    )
    shown, said = strongest.of(small(nodes=ring, edges=round_))
    assert {node.iri for node in shown.nodes} == {f"urn:r{n:03}" for n in range(1, 151)}
    assert len(shown.edges) == 149
    assert said == ("149 of 299 ties are drawn, among the 150 of 300 actors whose ties weigh most.")
    # A hub of many weak ties, with none of the others.
    hub = tuple(
        replace(edge, source=f"urn:r{n}", target="urn:r299", weight=0.5) for n in range(210, 221)
    )
    shown, said = strongest.of(small(nodes=ring, edges=(*round_[:-1], *hub)))
    assert {node.iri for node in shown.nodes} == {f"urn:r{n:03}" for n in range(1, 150)}
    assert said == (
        "148 of 309 ties are drawn, among the 150 of 300 actors whose ties weigh most (1 of these "
        "has none)."
    )
    assert strongest.of(small()) == (small(), "")


def test_the_key_says_what_is_drawn_and_nothing_else() -> None:
    a, b, c, d = (f"urn:{name}" for name in "abcd")
    kinds = ("State", "State", "Harbour", "Quay")
    nodes = tuple(
        Vertex(i, i[-1].upper(), k, (), 1.0) for i, k in zip((a, b, c, d), kinds, strict=True)
    )
    [edge] = small().edges
    edges = (
        replace(edge, source=a, target=b, weight=9.0, status="held"),
        replace(edge, source=c, target=d, weight=9.0, status="planned", hollow=True),
    )
    nodes = (replace(nodes[0], size=2.0), *nodes[1:])
    groups = {a: 0, b: 0, c: 1, d: 1, "urn:elsewhere": 1}
    drawn = grammar.of(small(nodes=nodes, edges=edges, groups=lambda: groups))
    assert drawn.communities == {a: 0, b: 0, c: 1, d: 1}
    assert [(entry.mark, entry.words) for entry in drawn.key()] == [
        *(("node", "state"), ("node", "harbour, quay")),
        *(("node", "community of A and 1 other"), ("node", "community of C and 1 other")),
        *(("line", "held"), ("line", "planned"), ("line", marks.HOLLOW)),
        ("", "Sizes show score."),
    ]
    many = tuple(Vertex(f"urn:{n}", f"N{n}", f"Kind{n}", (), 1.0) for n in range(18))
    pairs = tuple(replace(edge, source=f"urn:{n}", target=f"urn:{n + 1}") for n in range(0, 18, 2))
    drawn = grammar.of(
        small(nodes=many, edges=pairs, groups=lambda: {n.iri: i // 2 for i, n in enumerate(many)})
    )
    said = [entry.words for entry in drawn.key()]
    assert said[:1] == ["kind0, kind1, kind10 and 15 other kinds"]
    assert said.count("2 smaller communities") == 1
    assert len([words for words in said if words.startswith("community of")]) == 7


def test_names_without_room_are_counted() -> None:
    # Two hundred on one spot cannot all be named.
    nodes = tuple(Vertex(f"urn:{n:03}", "x " * 30, "State", (), 1.0) for n in range(200))
    drawn = svg.draw(small(nodes=nodes, edges=(), what="graph"))
    named = sum(' class="name"' in line for line in drawn.splitlines())
    left = 200 - named
    said = [text for text in texts_of(drawn) if "found no room" in text]
    assert said == ([f"{left} of 200 names found no room."] if left else [])


def test_a_picture_of_nothing_says_so() -> None:
    drawn = svg.draw(small(nodes=(), edges=(), notes=("No tie counts.",)))
    assert texts_of(drawn) == [
        *("Who", "Nothing is drawn: no node has an edge that counts.", "No tie counts.")
    ]


@pytest.mark.parametrize("label", [*HOSTILE, "\\N \\G", "&amp; &lt;", "\\"])
def test_dot_in_graphviz(label: str) -> None:
    dot = shutil.which("dot")
    if dot is None:
        pytest.skip("Graphviz is not installed")
    source = written(small(label), "dot")
    done = subprocess.run(
        [dot, "-Tjson"], input=source.encode(), capture_output=True, check=True, timeout=60
    )
    assert done.stderr == b""
    found = json.loads(done.stdout)
    nodes = {n["name"]: n for n in found["objects"] if n["name"].startswith("https:")}
    assert set(nodes) == {"https://example.org/0", "https://example.org/1"}
    tooltip = nodes["https://example.org/0"]["tooltip"]
    unescaped = re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], tooltip, flags=re.DOTALL)
    lines = shown(label).replace("\r\n", "\n").replace("\r", "\n")
    assert unescaped.replace("&amp;", "&") == lines
    assert len(found["edges"]) == 1


@pytest.mark.parametrize("kind", ["Service", "State", "Ship", "Formation", "Organisation"])
def test_graphviz_lays_out_thirty_of_a_kind(kind: str) -> None:
    nodes = tuple(replace(small().nodes[0], iri=f"urn:{n}", kind=kind) for n in range(30))
    ends = [(f"urn:{n}", f"urn:{(n + step) % 30}") for step in (1, 7, 11) for n in range(30)]
    edges = tuple(replace(small().edges[0], source=a, target=b) for a, b in ends)
    source = written(small(nodes=nodes, edges=edges), "dot")
    look = marks.look(kind)
    turns = {float(turn) for turn in re.findall(r"orientation=([\d.]+)", source)}
    assert len(turns) == 1
    assert all(0 <= turn < 360 / max(look.sides, 1) for turn in turns)
    assert "splines=true" in source
    if dot := shutil.which("dot"):
        done = subprocess.run(
            [dot, "-Tjson"], input=source.encode(), capture_output=True, timeout=300
        )
        assert len(json.loads(done.stdout)["edges"]) == 90


def test_many_lines_are_not_led_around_nodes() -> None:
    nodes = tuple(replace(small().nodes[0], iri=f"urn:{n}") for n in range(40))
    ends = combinations([node.iri for node in nodes], 2)
    edges = tuple(replace(small().edges[0], source=a, target=b) for a, b in ends)
    assert "splines=line" in written(small(nodes=nodes, edges=edges), "dot")


def on_a_map() -> Picture:
    event = Event(
        iri="urn:e",
        label="<Talks> & co",
        kind="Meeting",
        status="held",
        when="2017",
        earliest="2017-01-01",
        latest="2017-12-31",
        participants=("urn:a",),
        articles=("An article",),
        claims=("urn:c",),
    )
    lost = replace(event, iri="urn:f", label="Lost <b>", when="no date", earliest=None, latest=None)
    lost = replace(lost, participants=(), articles=(), claims=())
    place = MapPlace(
        iri="urn:p",
        label="Port & <b>",
        location=Location(point=(-12.5, 179.25)),
        precision="the pier",
        source="Atlas",
        events=("urn:e",),
    )
    nowhere = MapGap(place="", iri="", reason="no place", events=("urn:f",))
    adrift = MapGap(place="Sea", iri="urn:s", reason="no coordinates", events=("urn:e",))
    return small(events=(event, lost), places=(place,), gaps=(nowhere, adrift))


def test_geojson() -> None:
    data = json.loads(written(on_a_map(), "geojson"))
    assert data["not_on_the_map"] == [
        {"name": "Lost <b>", "iri": "urn:f", "when": "no date", "why": "no place"}
    ]
    assert data["places_not_on_the_map"] == [
        {"name": "Sea", "iri": "urn:s", "why": "no coordinates", "events": ["urn:e"]}
    ]
    (feature,) = data["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [179.25, -12.5]}
    assert feature["properties"]["name"] == "<Talks> & co"
    assert feature["properties"]["precision"] == "the pier"
    assert feature["properties"]["first"] == "2017-01-01"
    geojson = pytest.importorskip("geojson")
    assert geojson.loads(json.dumps(data)).is_valid


def test_kml() -> None:
    root = ET.fromstring(written(on_a_map(), "kml"))
    space = "{http://www.opengis.net/kml/2.2}"
    (mark,) = root.iter(f"{space}Placemark")
    assert mark.findtext(f"{space}name") == "<Talks> & co"
    assert mark.findtext(f"{space}Point/{space}coordinates") == "179.25,-12.5"
    assert mark.findtext(f"{space}TimeSpan/{space}begin") == "2017-01-01"
    # Descriptions are HTML, in which what is said of the data must be text.
    assert mark.findtext(f"{space}description") == "Port &amp; &lt;b&gt; (the pier); 2017"
    assert root.findtext(f"{space}Document/{space}description") == (
        "1 of 2 events is not on the map: Lost &lt;b&gt; (no date; no place). On the map at some "
        "of their places only: &lt;Talks&gt; &amp; co (Sea: no coordinates)"
    )
    assert [child.tag.removeprefix(space) for child in mark] == [
        *("name", "description", "TimeSpan", "ExtendedData", "Point")
    ]


@given(label=texts, place=texts, title=texts)
def test_maps_hold_any_text(label: str, place: str, title: str) -> None:
    drawn = on_a_map()
    drawn = replace(
        drawn,
        title=title,
        events=(replace(drawn.events[0], label=label), *drawn.events[1:]),
        places=(replace(drawn.places[0], label=place),),
    )
    data = json.loads(written(drawn, "geojson"))
    (feature,) = data["features"]
    # What is empty is left out.
    held = feature["properties"]
    assert (data["title"], held.get("name", ""), held.get("place", "")) == (title, label, place)
    root = ET.fromstring(written(drawn, "kml"))
    space = "{http://www.opengis.net/kml/2.2}"
    assert root.findtext(f"{space}Document/{space}name") == shown(title)
    assert root.findtext(f".//{space}Placemark/{space}name") == shown(label)


@given(pictures())
def test_a_drawing_is_xml_that_tells_every_node_and_edge(picture: Picture) -> None:
    drawn = svg.draw(picture)
    assert svg.draw(picture) == drawn
    root = ET.fromstring(drawn)
    space = "{http://www.w3.org/2000/svg}"
    titles = [g.findtext(f"{space}title") for g in root.iter(f"{space}g")]
    ties = {(edge.source, edge.target) for edge in picture.edges}
    assert titles[len(ties) :] == [
        f"{shown(node.label)} ({shown(words(node.kind))})" for node in picture.nodes
    ]
    for edge in picture.edges:
        # Each strand has a line of its own, and one with an empty middle another in it.
        assert any(
            marks.stroke(edge.status).words in (title or "") or not edge.status for title in titles
        )
    key = [e for e in grammar.of(picture).key(True) if e.mark == "line"]
    lines = len(picture.edges) + sum(edge.hollow for edge in picture.edges)
    lines += len(key) + sum(entry.hollow for entry in key)
    assert len(list(root.iter(f"{space}line"))) == lines


@given(pictures())
@settings(max_examples=examples(12), deadline=None)
def test_any_picture_in_graphviz(picture: Picture) -> None:
    dot = shutil.which("dot")
    if dot is None:
        pytest.skip("Graphviz is not installed")
    source = written(picture, "dot").encode()
    done = subprocess.run([dot, "-Tjson"], input=source, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    names = {found["objects"][i]["name"] for e in found.get("edges", ()) for i in (e["tail"],)}
    assert names <= {node.iri for node in picture.nodes}
    assert {node.iri for node in picture.nodes} <= {n["name"] for n in found["objects"]}
    assert len(found.get("edges", ())) == len(picture.edges)


def test_kml_is_valid_and_read() -> None:
    fastkml = pytest.importorskip("fastkml")
    kml = written(on_a_map(), "kml")
    schema = Path(fastkml.__file__).parent / "schema" / "ogckml22.xsd"
    etree.XMLSchema(etree.parse(schema)).assertValid(etree.fromstring(kml.encode()))
    (document,) = fastkml.KML.from_string(kml.partition("\n")[2]).features
    (mark,) = document.features
    assert (mark.name, mark.geometry.x, mark.geometry.y) == ("<Talks> & co", 179.25, -12.5)


iris = st.sampled_from(
    [
        *("https://w3id.org/passex/id/japan", "https://w3id.org/passex/ontology#about"),
        *("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "https://example.org/a/b#c-d"),
        *("https://w3id.org/passex/id/a.b", "https://w3id.org/passex/id/%C3%A9", "urn:x:y"),
        *("https://w3id.org/passex/ontology#hasEvidence", "https://w3id.org/passex/workings#in"),
    ]
).map(ox.NamedNode)
literals = st.one_of(
    texts.map(ox.Literal),
    st.builds(lambda t, lang: ox.Literal(t, language=lang), texts, st.sampled_from(["en", "he"])),
    st.sampled_from(["12", "007", "-1"]).map(
        lambda n: ox.Literal(n, datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer"))
    ),
    texts.map(lambda t: ox.Literal(t, datatype=ox.NamedNode("urn:type"))),
)
graphs = st.lists(st.builds(ox.Triple, iris, iris, iris | literals), max_size=12)


def lines(triples: list[ox.Triple]) -> tuple[bytes, ...]:
    found = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert found is not None
    return tuple(sorted(set(found.splitlines())))


def quads_of(written: bytes) -> str:
    """Read Parquet of terms with pandas, and write each row as a line of N-Quads."""
    pandas = pytest.importorskip("pandas")
    rows = pandas.read_parquet(io.BytesIO(written))
    assert [*rows.columns] == ["subject", "predicate", "object", "graph"]
    terms = rows.where(rows.notna(), "").itertuples(index=False)
    return "".join(f"{' '.join(filter(None, row))} .\n" for row in terms)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("turtle", ox.RdfFormat.TURTLE),
        ("trig", ox.RdfFormat.TRIG),
        ("nquads", ox.RdfFormat.N_QUADS),
        ("ntriples", ox.RdfFormat.N_TRIPLES),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("rdfxml", ox.RdfFormat.RDF_XML),
        ("rdfparquet", ox.RdfFormat.N_QUADS),
    ],
)
@given(facts=graphs, derived=graphs)
def test_rdf(
    name: str, form: ox.RdfFormat, facts: list[ox.Triple], derived: list[ox.Triple]
) -> None:
    source = Triples("A\ntitle", lines(facts), lines(derived))
    said = [t.object.value for t in (*facts, *derived) if isinstance(t.object, ox.Literal)]
    if name == "rdfxml" and shown("".join(said)) != "".join(said):
        with pytest.raises(PassexError, match="cannot hold a control character"):
            exports.export(source, name)
        return
    text = exports.export(source, name)
    assert text == exports.export(source, name)
    if name == "rdfparquet":
        assert isinstance(text, bytes)
        text = quads_of(text)
    found = list(ox.parse(text, form))
    assert {quad.triple for quad in found} == {*facts, *derived}
    if name in ("trig", "nquads", "jsonld", "rdfparquet"):
        graph = ox.NamedNode("https://w3id.org/passex/derived")
        assert {q.triple for q in found if q.graph_name == graph} == set(derived)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(("name", "form"), [("turtle", "turtle"), ("jsonld", "json-ld")])
def test_rdf_in_rdflib(name: str, form: str) -> None:
    facts = lines(
        [
            ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal(text))
            for text in HOSTILE
        ]
    )
    graph = rdflib.Graph().parse(data=exports.export(Triples("x", facts), name), format=form)
    assert {str(o) for o in graph.objects()} == set(HOSTILE)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_properties_of_one_local_name_in_json_ld() -> None:
    names = [
        *("http://purl.org/dc/elements/1.1/contributor", "http://purl.org/dc/terms/contributor"),
        *("http://a/id", "http://purl.org/dc/terms/id"),
    ]
    facts = lines(
        [ox.Triple(ox.NamedNode("urn:a"), ox.NamedNode(n), ox.NamedNode("urn:b")) for n in names]
    )
    text = exports.export(Triples("x", facts), "jsonld")
    assert json.loads(text)["@context"][names[1]] == {"@id": names[1], "@type": "@id"}
    assert sorted(map(str, rdflib.Graph().parse(data=text, format="json-ld").predicates())) == (
        sorted(names)
    )


@pytest.mark.parametrize("name", ["turtle", "trig"])
def test_the_head_declares_what_is_used(name: str) -> None:
    # In a text, or in an IRI that is written as it is, a namespace is not used.
    facts = (
        b'<a:s> <http://www.w3.org/2004/02/skos/core#note> "http://purl.org/dc/terms/title" .',
        b"<a:s> <a:p> <http://purl.org/dc/terms/a/b> .",
    )
    assert exports.export(Triples("x", facts), name) == (
        "# x\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n"
        '<a:s> skos:note "http://purl.org/dc/terms/title" ;\n'
        "    <a:p> <http://purl.org/dc/terms/a/b> .\n\n"
    )
    assert exports.export(Triples("x", facts[1:]), name) == (
        "# x\n\n<a:s> <a:p> <http://purl.org/dc/terms/a/b> .\n\n"
    )
    # Of the last triple as well as of the first.
    many = tuple(b"<a:%d> <a:p> 1 ." % n for n in range(3000)) + facts[:1]
    text = exports.export(Triples("x", many), name)
    assert isinstance(text, str)
    assert text.startswith("# x\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n\n<a:0>")


def test_turtle_is_readable() -> None:
    facts = (
        b'<https://w3id.org/passex/id/a> <http://purl.org/dc/terms/title> "T"@en .',
        b"<https://w3id.org/passex/id/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        b"<https://w3id.org/passex/ontology#Ship> .",
        b'<https://w3id.org/passex/id/a> <urn:n> "3"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        b'<https://w3id.org/passex/id/a> <urn:n> "4"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    )
    assert "".join(rdf.turtle(Triples("x", facts))).partition("\n\n")[2] == (
        'id:a a nr:Ship ;\n    dcterms:title "T"@en ;\n    <urn:n> 3, 4 .\n\n'
    )


@pytest.mark.parametrize(
    ("name", "path", "message"),
    [
        ("gefx", None, "'gefx' is no format"),
        (None, "a.b", "the ending of a.b tells no format"),
        (None, None, "no format"),
    ],
)
def test_no_format(name: str | None, path: str | None, message: str) -> None:
    with pytest.raises(QueryError, match=f"^{message}; "):
        exports.find(name, None if path is None else Path(path))


def test_a_choice_of_nothing_is_refused() -> None:
    with pytest.raises(QueryError, match="'twomode' is nothing to export"):
        build.Choice("twomode")
