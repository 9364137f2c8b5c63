"""The ontology with all facts: OWL 2 DL, consistent under HermiT, every class satisfiable.

HermiT and the OWL API come with owlready2; both need Java, and the profile check a compiler.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

owlready2 = pytest.importorskip("owlready2", reason="owlready2 is not installed")

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    ROOT / "ontology" / "naval.ttl",
    ROOT / "ontology" / "concepts.ttl",
    ROOT / "ontology" / "gazetteer.ttl",
    *sorted((ROOT / "graph").rglob("*.ttl")),
]
NR = "https://w3id.org/passex/ontology#"
ID = "https://w3id.org/passex/id/"

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="Java is not installed")
needs_javac = pytest.mark.skipif(shutil.which("javac") is None, reason="no Java compiler (JDK)")


@pytest.fixture(autouse=True)
def quick_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Java compiles for long what runs but for a second, unless it is told not to."""
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def everything(extra: str = "", left_out: str = "") -> ox.Store:
    """All that the project asserts, but for a file, with further triples in Turtle."""
    store = ox.Store()
    for path in FILES:
        if path.name != left_out:
            store.load(path=path)
    store.load(f"@prefix nr: <{NR}> . @prefix id: <{ID}> . {extra}".encode(), ox.RdfFormat.TURTLE)
    return store


def reason(store: ox.Store) -> list[str]:
    """Run HermiT; the names of unsatisfiable classes, or owlready2's error if inconsistent."""
    triples = io.BytesIO()
    store.dump(triples, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    triples.seek(0)
    world = owlready2.World()
    ontology = world.get_ontology(f"{NR}test").load(fileobj=triples, only_local=True)
    with ontology:
        # HermiT knows no xsd:date; dates are the shapes' business.
        owlready2.sync_reasoner(
            world, infer_property_values=False, debug=0, ignore_unsupported_datatypes=True
        )
    return [str(c) for c in world.inconsistent_classes()]


@needs_java
def test_ontology_with_all_facts_is_consistent() -> None:
    assert reason(everything()) == []


@needs_java
@pytest.mark.parametrize(
    "contradiction",
    [
        pytest.param("id:x a nr:Exercise, nr:ExercisePlan .", id="a held exercise is no plan"),
        pytest.param("id:passex-2018-08 a nr:Plan .", id="nor is a real one"),
        pytest.param("id:js-kashima a nr:Person .", id="a ship is no person"),
        pytest.param("id:x nr:realisedBy id:y . id:x a nr:Event .", id="only a plan is realised"),
        pytest.param("id:x nr:trainedWith id:y . id:x a nr:Event .", id="only actors train"),
    ],
)
def test_contradiction_is_found(contradiction: str) -> None:
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reason(everything(contradiction, "gazetteer.ttl"))


@needs_java
def test_unsatisfiable_class_is_found() -> None:
    both = (
        "nr:Both a <http://www.w3.org/2002/07/owl#Class> ;"
        "<http://www.w3.org/2000/01/rdf-schema#subClassOf> nr:Ship, nr:Person ."
    )
    assert [
        name.rpartition(".")[2] for name in sorted(reason(everything(both, "gazetteer.ttl")))
    ] == [
        "Both",
        "Nothing",
    ]


def violations(store: ox.Store, folder: Path) -> list[str]:
    """The violations of the OWL 2 DL profile, as the OWL API names them."""
    path = folder / "all.rdf"
    store.dump(path, ox.RdfFormat.RDF_XML, from_graph=ox.DefaultGraph())
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    program = Path(__file__).with_name("CheckProfile.java")
    done = subprocess.run(
        ["java", "-cp", str(jar), str(program), str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    count, *found = done.stdout.splitlines()
    assert int(count.removeprefix("axioms ")) > 1000
    return found


@needs_javac
def test_everything_is_in_owl_2_dl(tmp_path: Path) -> None:
    assert violations(everything(), tmp_path) == []


@needs_javac
def test_undeclared_class_is_not_in_owl_2_dl(tmp_path: Path) -> None:
    found = violations(everything("id:x a nr:Submarine ."), tmp_path)
    assert len(found) == 1
    assert f"Use of undeclared class: <{NR}Submarine>" in found[0]


def test_ontology_stays_small_and_every_term_is_described() -> None:
    store = everything()
    kinds = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")
    own: dict[str, list[str]] = {}
    for kind in kinds:
        rows = store.query(
            f"""PREFIX owl: <http://www.w3.org/2002/07/owl#>
            SELECT ?term {{ ?term a owl:{kind} FILTER(STRSTARTS(STR(?term), "{NR}")) }}"""
        )
        assert isinstance(rows, ox.QuerySolutions)
        own[kind] = [str(row["term"]).strip("<>") for row in rows]
    assert 20 < len(own["Class"]) <= 32
    assert 30 < sum(len(own[kind]) for kind in kinds[1:]) <= 55
    needed = (
        "http://www.w3.org/2000/01/rdf-schema#label",
        "http://www.w3.org/2004/02/skos/core#definition",
        "http://www.w3.org/2004/02/skos/core#example",
    )
    for term in [t for terms in own.values() for t in terms]:
        for prop in needed:
            values = list(store.quads_for_pattern(ox.NamedNode(term), ox.NamedNode(prop), None))
            assert len(values) == 1, (term, prop)
