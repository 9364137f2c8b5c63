from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import harness
import pyoxigraph as ox
import pytest
import rdflib

import passex
from passex.graph.terms import ID, LEVELS, NR, NRC, RDF
from passex.query.solutions import Solutions

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "benchmarks" / "generate.py"
SIZE = 10_000
#: Nothing is just an actor: it is a state, a ship, or another of its subclasses.
ABSTRACT = {NR.Actor}
#: The rules tell these by what is said of them.
FILLED_IN = {NR.Claim, NR.Quote, NR.Zone, NR.OpenPlan}


def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_generate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = found
    spec.loader.exec_module(found)
    return found


generate = module()


def values(rows: object) -> set[str]:
    assert isinstance(rows, Solutions)
    return {str(row[0].value) for row in rows}


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("generate") / "fleet.ttl"
    generate.write(SIZE, path)
    return path


@pytest.fixture(scope="module")
def graph(turtle: Path) -> passex.KnowledgeGraph:
    return passex.load(turtle)


def parsed(path: Path) -> Iterable[ox.Quad]:
    return ox.parse(path=str(path))


def test_the_same_number_gives_the_same_bytes(turtle: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.ttl"
    generate.write(SIZE, again)
    assert again.read_bytes() == turtle.read_bytes()


def test_turtle_and_n_triples_hold_the_same(turtle: Path, tmp_path: Path) -> None:
    other = tmp_path / "fleet.nt"
    count = generate.write(SIZE, other)
    assert len(other.read_text(encoding="utf-8").splitlines()) == count
    assert set(map(str, parsed(turtle))) == set(map(str, parsed(other)))


@pytest.mark.parametrize("size", [SIZE, 30_000])
def test_the_size_is_near_and_no_triple_is_there_twice(size: int, tmp_path: Path) -> None:
    path = tmp_path / "fleet.nt"
    generate.write(size, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert abs(len(lines) - size) <= size * 0.02
    assert len(set(lines)) == len(lines)


def test_every_class_occurs(turtle: Path, graph: passex.KnowledgeGraph) -> None:
    classes = values(graph.query("SELECT ?class { ?class a owl:Class FILTER(isIRI(?class)) }"))
    own = {name for name in classes if name.startswith(NR.iri)}
    written = {str(q.object)[1:-1] for q in parsed(turtle) if q.predicate.value == RDF.type}
    assert own - written == ABSTRACT | FILLED_IN
    assert values(graph.query("SELECT DISTINCT ?class { ?node a ?class }")) >= own
    assert {name for name in written if name.startswith(NR.iri)} <= own


def test_every_role_and_status_occurs(turtle: Path) -> None:
    quads = list(parsed(turtle))
    roles = ("Participant", "Observer", "Invited", "Withdrawn", "Supporter")
    assert {f"{NR.iri}has{role}" for role in roles} <= {q.predicate.value for q in quads}
    statuses = {str(q.object)[1:-1] for q in quads if q.predicate.value == NR.hasStatus}
    # fmt: off
    assert {name.removeprefix(NRC.iri) for name in statuses} == {
        "held", "under-way", "broken-off", "agreed", "planned", "announced", "cancelled",
        "carried-out",
    }
    # fmt: on


def test_plans_that_lump_exercises_together_are_open_while_some_are_to_come(
    graph: passex.KnowledgeGraph,
) -> None:
    lumped = """SELECT ?plan { ?plan nr:hasKind nrc:exercises-lumped-together .
        FILTER %s { ?plan a nr:OpenPlan } }"""
    assert len(values(graph.query(lumped % "EXISTS"))) == 1
    assert len(values(graph.query(lumped % "NOT EXISTS"))) == 1


def test_phases_and_contingents_part_the_parties_of_an_exercise(
    graph: passex.KnowledgeGraph,
) -> None:
    assert graph.store.query("ASK { GRAPH ?g { ?phase w:comesIn ?whole } }", workings=True)
    assert graph.store.query("ASK { GRAPH ?g { ?party w:contingent ?side } }", workings=True)
    assert graph.query("ASK { ?phase dcterms:isPartOf ?whole ; a nr:Exercise . ?whole a nr:Event }")


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_has_ties(graph: passex.KnowledgeGraph, level: str) -> None:
    assert graph.network(level=level).number_of_edges() > 10


def test_plans_inferred_navies_and_ships_that_count_with_their_squadron_occur(
    graph: passex.KnowledgeGraph,
) -> None:
    assert graph.network(level="state", include=["planned"]).number_of_edges() > 0
    assert graph.query("ASK { ?event nr:infersService ?navy }")
    assert graph.store.query("ASK { GRAPH ?g { ?part w:countsWith ?whole } }", workings=True)
    assert graph.store.query("ASK { GRAPH ?g { ?part w:sailsFor ?group } }", workings=True)


def test_nothing_points_to_what_is_not_there(turtle: Path, graph: passex.KnowledgeGraph) -> None:
    quads = list(parsed(turtle))
    subjects = {quad.subject for quad in quads}
    named = {quad.object for quad in quads if str(quad.object).startswith(f"<{ID}")}
    assert named <= subjects
    concepts = values(graph.query("SELECT ?c { ?c a skos:Concept }"))
    lists = {str(quad.object)[1:-1] for quad in quads if str(quad.object).startswith(f"<{NRC}")}
    assert lists <= concepts


def test_it_conforms_to_the_shapes(turtle: Path) -> None:
    mixed = harness.ShapeGraph(harness.vocabulary(), rdflib.Graph().parse(turtle))
    assert harness.run(mixed, harness.shapes()) == set()


def test_bad_arguments_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fleet.ttl"
    assert generate.main(["10", "-o", str(path)]) == 2
    assert "at least 10000 triples" in capsys.readouterr().err
    assert generate.main(["10000", "-o", str(tmp_path / "fleet.csv")]) == 2
    assert not path.exists()
    assert generate.main(["10000", "-o", str(path)]) == 0
