"""`passex export`, as a person meets it, and its files in the programs that they are for."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from stages import files_of

import passex as library
from passex.cli import cli
from passex.cli._stderr import progress
from passex.exports import FORMATS, build, ontology
from passex.exports.drawing import labels
from passex.graph import dataset
from passex.graph.terms import NR, RDFS

CONSUMERS = Path(__file__).resolve().parents[1] / "consumers"
ID = "https://w3id.org/passex/id/"
#: What was held and what is under way are edges of their own.
TIES = {
    ("jmsdf", "navy-of-south-korea", "held"): 1.0,
    ("jmsdf", "navy-of-south-korea", "under-way"): 0.5,
    ("jmsdf", "navy-of-united-states", "under-way"): 0.5,
    ("jmsdf", "snmg1", "held"): 1.0,
    ("jmsdf", "snmg2", "held"): 1.0,
    ("navy-of-south-korea", "navy-of-united-states", "under-way"): 0.5,
}


GAZETTEER = ox.NamedNode("https://w3id.org/passex/gazetteer")
CALLED = "the Passex gazetteer"
#: Its entries that the facts name, or that these belong to.
ENTRIES = {
    *(
        "china",
        "japan",
        "malaysia",
        "north-korea",
        "russia",
        "south-korea",
        "taiwan",
        "united-states",
    ),
    *("jmsdf", "navy-of-russia", "navy-of-south-korea", "navy-of-united-states"),
}
#: The meetings whose places have no coordinates, or that have no place.
LOST = [
    "Gerasimov meeting Japan's defence minister Onodera",
    "Commodore Fjord-Larsen and Rear Admiral Izumi exchanging views",
]


def passex(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(cli, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout_bytes, result.stderr


def consumed(consumer: str, *files: Path) -> list[dict[str, list[dict[str, Any]]]]:
    """What a library of JavaScript finds in each file."""
    node = shutil.which("node")
    if node is None or not (CONSUMERS / "node_modules").is_dir():
        pytest.skip("node, or what tests/consumers/package.json names, is not installed")
    done = subprocess.run(
        [node, str(CONSUMERS / "read.js"), consumer, *map(str, files)],
        capture_output=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def ties(edges: list[dict[str, Any]]) -> dict[tuple[str, ...], float]:
    ends = {
        (*(edge[end].removeprefix(ID) for end in ("source", "target")), edge["status"]): edge[
            "weight"
        ]
        for edge in edges
    }
    assert len(ends) == len(edges)
    return ends


@pytest.mark.parametrize(
    ("consumer", "ending"), [("gexf", "gexf"), ("graphml", "graphml"), ("cytoscape", "cyjs")]
)
def test_programs_find_nodes_and_ties(consumer: str, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"ties.{ending}"
    assert passex("-o", str(file))[:2] == (0, b"")
    (found,) = consumed(consumer, file)
    assert ties(found["edges"]) == TIES
    assert {node["id"]: node["label"] for node in found["nodes"]} == {
        node.iri: node.label for node in library.load().ties().nodes
    }
    (group,) = (node for node in found["nodes"] if node["label"].endswith("Group One"))
    claims = [ID + "article-2018-passex#c7"]
    assert group["claims"] == (claims[0] if consumer == "graphml" else claims)
    (jmsdf,) = (node for node in found["nodes"] if node["id"] == ID + "jmsdf")
    assert (jmsdf["kind"], jmsdf["degree"], jmsdf["strength"]) == ("Navy", 4, 4)
    assert (jmsdf["first"], jmsdf["last"]) == ("2017-01-01", "2018-08-21")
    assert (jmsdf["events"], jmsdf["plans"], jmsdf["sources"]) == (4, 0, 3)
    # sigma.js draws nothing without places.
    if consumer != "cytoscape":
        assert jmsdf["color"] in ("#0072b2", "rgb(0,114,178)")
        at = {(node["x"], node["y"]) for node in found["nodes"]}
        assert len(at) == len(found["nodes"])
        assert all(isinstance(number, int | float) for point in at for number in point)
    if consumer == "cytoscape":
        assert jmsdf["colour"] == "rgb(0,114,178)"
        assert sorted(edge["drawn"] for edge in found["edges"]) == 3 * ["dashed"] + 3 * ["solid"]
        assert [edge["hollow"] for edge in found["edges"]] == [True, True, False, False, True, True]


@pytest.mark.parametrize("consumer", ["gexf", "graphml", "cytoscape", "mermaid"])
def test_programs_read_every_picture(consumer: str, tmp_path: Path) -> None:
    form = "cyjs" if consumer == "cytoscape" else consumer
    for what in build.WHAT:
        assert passex(form, "--what", what, "-o", str(tmp_path / what))[0] == 0
    # One process of JavaScript reads them all: it begins slowly.
    found = consumed(consumer, *(tmp_path / what for what in build.WHAT))
    assert len(found) == len(build.WHAT)
    for what, read in zip(build.WHAT, found, strict=True):
        drawn = build.picture(library.load().store, build.Choice(what))
        assert [node["label"] for node in read["nodes"]] == [node.label for node in drawn.nodes]
        assert len(read["edges"]) == len(drawn.edges)


def test_the_pictures() -> None:
    drawn = {what: build.picture(library.load().store, build.Choice(what)) for what in build.WHAT}
    assert {what: (len(p.nodes), len(p.edges)) for what, p in drawn.items()} == {
        "network": (5, 6),
        "two-mode": (9, 9),
        "graph": (250, 441),
        "meetings": (9, 5),
        "ontology": (43, 164),
    }
    assert [(spot.label, len(spot.events)) for spot in drawn["meetings"].places] == [
        *(("Kuala Lumpur", 2), ("Nara", 1), ("Tokyo", 1), ("Yokosuka", 1)),
    ]
    assert [event.label for event, _ in drawn["meetings"].nowhere] == LOST


def test_around() -> None:
    choice = build.Choice("graph", around=("HMCS Ville de Québec",))
    drawn = build.picture(library.load().store, choice)
    assert drawn.title == "The knowledge graph around HMCS Ville de Québec: 1 step"
    assert [(e.source.removeprefix(ID), e.label) for e in drawn.edges] == [
        ("affiliation-hmcs-ville-de-quebec-snmg2-2018-08", "member"),
        ("sailing-off-spain-2018-08", "has participant"),
    ]
    more = build.picture(library.load().store, build.Choice("graph", around=("Nara",), hops=0))
    assert [node.label for node in more.nodes] == ["Nara"]


def test_whole_graph_as_rdf_is_what_the_files_say() -> None:
    code, out, err = passex("nquads", "--what", "graph")
    assert (code, err) == (0, "")
    said = {
        quad.triple
        for path in library.load().store.files
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
    }
    written = {quad.triple for quad in ox.parse(out, ox.RdfFormat.N_QUADS)}
    listed = {quad.triple for quad in ox.parse(path=str(dataset.gazetteer_file()))}
    # And of the gazetteer the entries that the facts name, and what it is called.
    label = ox.Triple(GAZETTEER, ox.NamedNode(RDFS.label), ox.Literal(CALLED, language="en"))
    entries = {triple for triple in listed if str(triple.subject.value).removeprefix(ID) in ENTRIES}
    assert {triple.subject.value.removeprefix(ID) for triple in entries} == ENTRIES
    assert written == said | entries | {label}
    said = written
    code, more, _ = passex("nquads", "--what", "graph", "--derived")
    derived = ox.NamedNode("https://w3id.org/passex/derived")
    quads = list(ox.parse(more, ox.RdfFormat.N_QUADS))
    assert {q.triple for q in quads if q.graph_name != derived} == said
    assert len([q for q in quads if q.graph_name == derived]) == 159


def test_rdf_around_a_node_has_its_evidence() -> None:
    out = passex("turtle", "--around", "Nara", "--hops", "0")[1].decode()
    assert "id:nara a nr:Place ;" in out
    assert 'oa:exact "in Nara, Japan"' in out
    assert "id:article-2026-yokosuka-talks a schema:NewsArticle ;" in out


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Folders of what two processes export, whose sets are in another order; a folder a format."""
    code = (
        "import os, sys; from passex.cli import cli\n"
        "for name in sys.argv[1:]:\n"
        "    os.mkdir(name)\n"
        "    cli(['export', name, '-o', f'{name}/file'], standalone_mode=False)"
    )
    lacking = [] if find_spec("typst") else ["png", "pdf"]
    lacking += [] if find_spec("pyarrow") else ["parquet", "rdfparquet"]
    names = [name for name in FORMATS if name not in lacking]

    def made(seed: str) -> Path:
        folder: Path = tmp_path_factory.mktemp("exported")
        subprocess.run(
            [sys.executable, "-c", code, *names],
            cwd=folder,
            check=True,
            capture_output=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        )
        return folder

    return made("1"), made("2")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_bytes_in_every_process(name: str, exported: tuple[Path, Path]) -> None:
    if name in ("png", "pdf"):
        pytest.importorskip("typst")
    if name in ("parquet", "rdfparquet"):
        pytest.importorskip("pyarrow")
    files = [{p.name: p.read_bytes() for p in (one / name).iterdir()} for one in exported]
    assert files[0] == files[1]
    assert len(files[0]) == (2 if FORMATS[name].pair or FORMATS[name].beside else 1)


@pytest.mark.parametrize("name", ["gexf", "nodelink", "csv", "turtle", "jsonld", "html"])
def test_the_same_bytes_whatever_the_order_of_the_files(name: str) -> None:
    files = [str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl"), "bundled"]
    orders = [[f"--data={file}" for file in order] for order in (files, files[::-1])]
    one, other = (passex(name, *order) for order in orders)
    assert one[0] == 0
    assert one == other


def test_tables_are_two_files(tmp_path: Path) -> None:
    code, out, err = passex("-o", str(tmp_path / "ties.csv"))
    assert (code, out) == (0, b"")
    assert "passex: CSV: 15 date ranges became text; 31 lists became text\n" in err
    assert sorted(os.listdir(tmp_path)) == ["ties-edges.csv", "ties-nodes.csv"]
    edges = (tmp_path / "ties-edges.csv").read_text(encoding="utf-8")
    assert edges.encode() == passex("csv")[1].replace(b"\r\n", b"\n")
    assert len(edges.splitlines()) == 7


def test_a_pair_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "ties-edges.csv").mkdir()
    (tmp_path / "ties-nodes.csv").write_text("old")
    code, _, err = passex("csv", "-o", str(tmp_path / "ties.csv"))
    assert (code, "cannot be written (Is a directory)" in err) == (2, True)
    assert sorted(os.listdir(tmp_path)) == ["ties-edges.csv", "ties-nodes.csv"]
    assert (tmp_path / "ties-nodes.csv").read_text() == "old"


def test_an_ending_of_another_format_is_said(tmp_path: Path) -> None:
    code, _, err = passex("gexf", "-o", str(tmp_path / "ties.CSV"))
    assert (code, "passex: ties.CSV: written as GEXF, whatever its ending says" in err) == (0, True)
    assert (tmp_path / "ties.CSV").read_bytes() == passex("gexf")[1]
    for arguments in (["neo4j", "-o", "n.csv"], ["-o", "t.GEXF"], ["gexf", "-o", "t.txt"]):
        arguments[-1] = str(tmp_path / arguments[-1])
        assert "whatever its ending says" not in passex(*arguments)[2]
    assert (tmp_path / "n-nodes.csv").read_text().startswith("iri:ID(node),label,:LABEL")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["gexf", "-o", "/no/such/folder/x"], "/no/such/folder/x: cannot be written (No such file"),
        (["turtle", "--what", "network", "--hops", "2"], "--hops changes nothing in Turtle"),
        (["csv", "--what", "ontology", "--level", "state"], "--level changes nothing in CSV"),
        (["gexf", "--what", "meetings", "--around", "Nara"], "--around changes nothing in GEXF"),
        (["svg", "--part", "events"], "--part changes nothing in SVG with --what network"),
        (["pdf", "--scale", "3"], "--scale changes nothing in PDF with --what network"),
        (["gexf", "--derived"], "--derived changes nothing in GEXF with --what network"),
        (["kml", "--what", "ontology"], "the ontology has no places; export another"),
        (["dot", "--what", "two-mode", "--min-events", "2"], "--min-events changes nothing"),
        (["csv", "-o", "."], ".: no file; give a file that can be written"),
        (["-o", "x.txt"], "the ending of x.txt tells no format; name one of gexf"),
        (["gexf", "--around", "Atlantis"], "'Atlantis': no node of this graph has that name"),
    ],
)
def test_what_cannot_be_done(arguments: list[str], message: str) -> None:
    code, out, err = passex(*arguments)
    assert (code, out) == (2, b"")
    assert err.startswith(f"passex: {message}")
    assert err.count("\n") == 1


def test_a_failure_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "old.png"
    file.write_text("old")
    monkeypatch.setitem(sys.modules, "typst", None)
    code, _, err = passex("-o", str(file))
    assert (code, err.splitlines()[-1]) == (
        2,
        "passex: PNG is made by Typst, which is not installed; pip install --editable "
        "'.[pictures]' in a checkout of Passex",
    )
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["old.png"]


@pytest.mark.parametrize("arguments", [[], ["--since", "2030"], ["--what", "ontology"]])
def test_pictures_are_of_the_size_of_the_drawing(arguments: list[str]) -> None:
    pytest.importorskip("typst")
    code, out, _ = passex("svg", *arguments)
    root = ET.fromstring(out)
    wide, high = (int(root.get(side, "")) for side in ("width", "height"))
    assert (code, root.tag) == (0, "{http://www.w3.org/2000/svg}svg")
    for scale in (1, 3):
        _, png, _ = passex("png", "--scale", str(scale), *arguments)
        assert png.startswith(b"\x89PNG\r\n")
        found = struct.unpack(">II", png[16:24])
        assert abs(found[0] - scale * wide) <= scale
        assert abs(found[1] - scale * high) <= scale
    pdf = passex("pdf", *arguments)[1]
    assert pdf.startswith(b"%PDF-")
    box = re.search(rb"/MediaBox ?\[0 0 ([0-9.]+) ([0-9.]+)\]", pdf)
    assert box is not None
    # 96 pixels are an inch, which are 72 points.
    assert [round(float(side) / 0.75) for side in box.groups()] == [wide, high]


def test_parts_of_the_ontology_tell_all_its_classes() -> None:
    store = library.load().store
    whole = build.picture(store, build.Choice("ontology"))
    parts = {
        part: build.picture(store, build.Choice("ontology", part=part)) for part in ontology.PARTS
    }
    ours = {node.label for node in whole.nodes if node.kind == "Class"}
    assert ours == {n.label for p in parts.values() for n in p.nodes if n.kind == "Class"}
    called = {node.iri: node.label for node in whole.nodes}

    def edges(part: str) -> set[tuple[str, str, str]]:
        return {(called[e.source], e.label, called[e.target]) for e in parts[part].edges}

    assert ("event", "has participant", "actor") in edges("events")
    assert ("exercise plan", "is a", "plan") in edges("events")
    # OWL says nothing of these: the shapes and the facts do.
    assert {("event", "has place", "place"), ("plan", "in series", "series")} <= edges("events")
    assert ("statement", "attributed to", "actor") in edges("events")
    assert ("claim", "about", "event") in edges("evidence")
    assert {("claim", "has evidence", "quote"), ("quote", "in zone", "zone")} <= edges("evidence")
    assert {("navy", "is a", "service"), ("tenure", "in post", "org:Post")} <= edges("actors")
    given = {e.label: parts["events"].edge(e)["given"] for e in parts["events"].edges}
    assert (given["has participant"], given["has place"]) == (True, False)


@pytest.mark.parametrize("part", ontology.PARTS)
def test_nothing_is_printed_over_anything_in_an_ontology(part: str) -> None:
    root = ET.fromstring(passex("svg", "--what", "ontology", "--part", part)[1])
    space = "{http://www.w3.org/2000/svg}"
    boxes = []
    for text in root.iter(f"{space}text"):
        size = float(text.get("font-size", "13"))
        wide = labels.width(text.text or "", size)
        left = float(text.get("x", "")) - (wide if text.get("text-anchor") == "end" else 0)
        boxes.append(labels.Box(left, float(text.get("y", "")) - size, wide, size))
    assert len(boxes) > 30
    assert [1 for one, other in combinations(boxes, 2) if one.meets(other)] == []
    # Lines run between the columns alone: right of every row, and left of what they lead to.
    for path in root.iter(f"{space}path"):
        if path.get("fill") == "none":
            ends = [float(n) for n in re.findall(r"-?[0-9.]+", path.get("d", ""))]
            assert (ends[0], ends[-2]) == (330, 493)
    assert "M16 " in "".join(
        path.get("d", "").replace(".0", "") for path in root.iter(f"{space}path")
    )


def test_what_is_not_on_the_map_is_said() -> None:
    code, out, err = passex("geojson", "--what", "meetings")
    assert (code, err) == (
        0,
        f"passex: GeoJSON: 2 events are not on the map: {LOST[0]} (no place); "
        f"{LOST[1]} (no place)\n",
    )
    assert [event["name"] for event in json.loads(out)["not_on_the_map"]] == LOST


RDF12 = """VERSION "1.2"
PREFIX nr: <https://w3id.org/passex/ontology#>
PREFIX id: <https://w3id.org/passex/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
id:gull a nr:Ship ; rdfs:label "AS Gull"@en ; rdfs:comment "x"@ar--rtl .
id:drill a nr:Exercise ; rdfs:label "Drill"@en ;
    nr:hasParticipant id:gull ~ id:claim {| rdfs:seeAlso id:page |} .
id:page rdfs:seeAlso <<( id:drill nr:hasParticipant id:gull )>> .
"""


@pytest.mark.parametrize("what", ["network", "graph"])
@pytest.mark.parametrize("name", FORMATS)
def test_rdf_1_2_in_every_format(name: str, what: str, tmp_path: Path) -> None:
    # The network is empty besides: no picture fails for it.
    (tmp_path / "d.ttl").write_text(RDF12)
    out = tmp_path / f"out.{name}"
    code, _, err = passex(name, "--what", what, "--data", str(tmp_path / "d.ttl"), "-o", str(out))
    refused = {
        "jsonld": "JSON-LD cannot hold a triple within a triple; export turtle or ntriples",
        "html": "the page shows the network, whatever --what says",
        **dict.fromkeys(("md", "docx"), "the briefing shows the network, whatever --what says"),
    }
    if what == "graph" and name in refused:
        assert (code, refused[name] in err) == (2, True)
        return
    assert code == 0, err
    if what == "graph" and name in ("turtle", "ntriples", "rdfxml", "nquads", "trig"):
        form = ox.RdfFormat.from_extension({"rdfxml": "rdf", "nquads": "nq"}.get(name, name[:4]))
        form = form or {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES}[name]
        quads = list(ox.parse(out.read_bytes(), form))
        assert sum(isinstance(quad.object, ox.Triple) for quad in quads) == 2
        assert [q.object.direction for q in quads if q.predicate.value.endswith("comment")] == [
            ox.BaseDirection.RTL
        ]


def test_the_help_lists_every_format() -> None:
    command = import_module("passex.cli.export")
    form = next(param for param in command.export.params if param.name == "form")
    assert tuple(form.type.choices) == tuple(FORMATS)
    assert all(name in command.export.help for name in FORMATS)
    assert set(build.WHAT) == set(command._IDLE)


def test_from_python() -> None:
    network = library.load().ties()
    assert network.export("gexf") == passex("gexf")[1].decode()
    assert str(network.export("graphml")).startswith("<?xml")
    assert json.loads(network.export("cyjs"))["elements"]["edges"]
    assert str(network.export("dot")).startswith('graph "network" {')


def test_progress_is_a_line_that_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal, shown in ((True, "\r\x1b[K5 triples read\r\x1b[K"), (False, "")):
        monkeypatch.setattr(sys.stderr, "isatty", lambda answer=terminal: answer)
        with progress("{} triples read") as tell:
            tell(5)
        assert capsys.readouterr().err == shown


@pytest.mark.parametrize("data", ["bundled", "story"])
@pytest.mark.parametrize("level", ["unit", "state"])
def test_an_edge_has_the_claims_that_why_shows(data: str, level: str) -> None:
    """Those on the steps by which the two are in each event, and none about the event's place."""
    kg = library.load(*files_of(data))
    network = kg.ties(library.Policy(level=level, include=("held", "planned"), domain="all"))
    rows = csv.DictReader(io.StringIO(str(network.export("csv"))))
    claims = {(row["source"], row["target"]): row["claims"] for row in rows}
    assert len(claims) == len(network.ties) > 0
    for tie in network.ties:
        ends = tie.source.iri, tie.target.iri
        found = kg.why(*(f"<{end}>" for end in ends), everything=True)
        shown = {
            claim.iri
            for occasion in found.occasions
            if occasion.happening.iri in {o.activity.iri for o in tie.occasions}
            for route in (*occasion.routes_a, *occasion.routes_b)
            for claim in route.claims
        }
        assert set(filter(None, claims[ends].split(" | "))) <= shown
        if all(o.levels == (level,) for o in found.occasions) or level == "unit":
            assert claims[ends] == " | ".join(sorted(shown))
    places = {str(row[0]) for row in kg.store.rows("SELECT ?c { ?c nr:onProperty nr:hasPlace }")}
    assert places.isdisjoint(" | ".join(claims.values()).split(" | "))
    for choice in (build.Choice("two-mode", library.Policy(level=level)), build.Choice("meetings")):
        drawn = build.picture(kg.store, choice)
        where = [field.name for field in drawn.edge_fields].index("claims")
        lists = [edge.attributes[where] for edge in drawn.edges]
        behind = {claim for own in lists if isinstance(own, tuple) for claim in own}
        assert behind.isdisjoint(places)
        assert all(NR.hasParticipant in kg.store.objects(c, NR.onProperty) for c in behind) or (
            choice.what == "two-mode"  # in which affiliations are steps, too
        )
