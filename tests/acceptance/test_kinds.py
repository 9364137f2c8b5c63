"""`passex kinds`, and what `passex validate` says of a concept that no list declares."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, SKOS

import passex as library
from passex.cli import cli
from passex.graph import concepts, dataset
from passex.graph.terms import NR, NRC, NRS, PREFIXES

HEAD = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("nr", "nrc", "id", "skos"))
OWN = """
nrc:submersible-carrier a skos:Concept ; skos:inScheme nrc:scheme-ship-kind ;
    skos:broader nrc:auxiliary-ship ; skos:prefLabel "submersible carrier"@en ;
    skos:definition "A ship that carries craft that dive."@en .
"""
DECLARATION = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
nrc:blimp a skos:Concept ;
    skos:inScheme nrc:scheme-ship-kind ;
    # skos:broader nrc:… ;
    skos:prefLabel "blimp"@en ;
    skos:definition "…"@en ."""


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_kinds_of_a_class() -> None:
    code, out, err = passex("kinds", "Visit")
    assert (code, err) == (0, "")
    assert out.splitlines()[:2] == [
        "visit: 9 concepts (nrc:scheme-visit-kind)",
        "  nrc:base-visit  Being at a base or a yard.",
    ]
    lines = passex("kinds", "ship")[1].splitlines()
    frigate = "      nrc:frigate  "
    assert [line[: len(frigate)] for line in lines if "nrc:frigate " in line] == [frigate]


def test_every_concept_of_every_list_is_given_once_and_counted() -> None:
    graph = rdflib.Graph().parse(dataset.root() / "ontology" / "concepts.ttl")
    store = library.load().store
    for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme):
        wanted = {str(node) for node in graph.subjects(SKOS.inScheme, scheme)}
        found = concepts.kinds(store, str(scheme))
        assert [*sorted(kind.concept.iri for kind in found.kinds)] == sorted(wanted)
        assert f": {len(wanted)} concept{'s' * (len(wanted) != 1)} (" in found.caption
        depth = {kind.concept.iri: kind.depth for kind in found.kinds}
        for kind in found.kinds:
            assert kind.depth == (1 + depth[kind.broader[0].iri] if kind.broader else 0)
    counts = {named.iri: number for named, _, number in concepts.overview(store).lists}
    assert counts == {
        str(scheme): len(set(graph.subjects(SKOS.inScheme, scheme)))
        for scheme in graph.subjects(RDF.type, SKOS.ConceptScheme)
    }


def test_lists_of_a_class_are_its_own_or_those_of_the_nearest_class_above() -> None:
    engine = library.load().store.engine
    assert concepts.lists_of(engine, NR.Exercise) == [NRC["scheme-exercise-kind"]]
    assert concepts.lists_of(engine, NR.MissileTest) == [NRC["scheme-event-kind"]]
    assert concepts.lists_of(engine, NR.Place) == []
    assert len(concepts.lists_of(engine, NR.Plan)) == 4


def test_overview_says_which_classes_use_a_list() -> None:
    code, out, _ = passex("kinds", "--format", "jsonl")
    rows = {row["list"]["iri"]: row for row in map(json.loads, out.splitlines())}
    used = rows[NRC["scheme-exercise-kind"]]["classes"]
    assert (code, [one["label"] for one in used]) == (0, ["exercise", "exercise plan", "series"])
    assert rows[NRC["scheme-status"]]["classes"] == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("shpi", "'shpi': no class and no list has that name; did you mean 'ship'?"),
        ("xyzzy", "'xyzzy': no class and no list has that name; 'passex kinds' has them"),
        ("place", "no list has kinds for the class nr:Place; 'passex kinds' has the lists"),
    ],
)
def test_a_name_that_has_no_kinds(name: str, says: str) -> None:
    assert passex("kinds", name) == (2, "", f"passex: {says}\n")


@pytest.mark.parametrize(
    "name", ["exercise plan", "ExercisePlan", "nr:ExercisePlan", "EXERCISEPLAN"]
)
def test_names_of_classes(name: str) -> None:
    assert library.load().kinds(name).of.iri == NR.ExercisePlan
    head = passex("kinds", name)[1].splitlines()[0]
    assert re.fullmatch(r"exercise plan: \d+ concepts \(nrc:scheme-exercise-kind\)", head)


def test_concepts_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "concepts.ttl"
    own.write_text(HEAD + OWN, encoding="utf-8")
    # Alone, and beside facts.
    code, out, err = passex("kinds", "ship", "--data", str(own))
    line = "    nrc:submersible-carrier  A ship that carries craft that dive."
    assert (code, line in out.splitlines(), err) == (0, True, "")
    assert passex("kinds", "ship", "--data", "bundled", "--data", str(own))[1] == out
    assert "submersible" not in passex("kinds", "ship")[1]


def test_concepts_in_a_circle_are_all_there(tmp_path: Path) -> None:
    own = tmp_path / "concepts.ttl"
    ring = "nrc:{} skos:inScheme nrc:scheme-ring ; skos:broader nrc:{} .\n"
    own.write_text(HEAD + ring.format("a", "b") + ring.format("b", "a"), encoding="utf-8")
    out = passex("kinds", "ring", "--data", str(own))[1]
    assert out == "nrc:scheme-ring: 2 concepts (nrc:scheme-ring)\n  nrc:a\n    nrc:b\n"


def problems(path: Path, facts: str, *more: str) -> list[dict[str, Any]]:
    """What is wrong with kinds and claimed values, and with values of more properties."""
    path.write_text(HEAD + facts, encoding="utf-8")
    code, out, _ = passex("validate", str(path), "--report", "json")
    assert code == 1
    found: list[dict[str, Any]] = json.loads(out)["problems"]
    return [problem for problem in found if problem["path"] in ("nr:hasKind", "nr:hasValue", *more)]


def rules(found: list[dict[str, Any]]) -> list[str]:
    return [problem["rule"].removeprefix(NRS.iri) for problem in found]


def test_one_problem_for_one_unknown_concept(tmp_path: Path) -> None:
    claim = "id:c nr:about id:a ; nr:onProperty nr:hasKind ; nr:hasValue nrc:frigat .\n"
    facts = (
        f"{claim}id:a a nr:Ship ; nr:hasKind nrc:frigat .\nid:b a nr:Ship ; nr:hasKind nrc:frigat ."
    )
    (one,) = problems(tmp_path / "a.ttl", facts)
    assert rules([one]) == ["DeclaredConcept"]
    assert (one["place"]["line"], one["place"]["column"]) == (6, 29)
    also = f"{(tmp_path / 'a.ttl').as_posix()}:7:29, {(tmp_path / 'a.ttl').as_posix()}:5:61"
    assert one["message"].endswith(f"or add it to a scheme. Also at {also}.")
    assert one["hint"] == "did you mean nrc:frigate? 'passex kinds ship' lists what there is"


def test_six_lines_declare_what_is_like_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    facts = "id:a a nr:Ship ; nr:hasKind nrc:blimp ."
    (one,) = problems(path, facts)
    assert one["hint"] == (
        "'passex kinds ship' lists what there is; or declare it, here or in a file of concepts:\n"
        + DECLARATION
    )
    shown = "".join(f"    {line}\n" for line in DECLARATION.splitlines())
    assert shown in passex("validate", str(path))[1]
    # With them, and a definition, nothing is unknown any more.
    declared = DECLARATION.replace("…", "x") + "\n" + facts
    assert rules(problems(path, declared)) == ["ClaimedProperty"]


@pytest.mark.parametrize(
    ("facts", "hints"),
    [
        ("id:a a nr:ExercisePlan ; nr:hasKind nrc:frigate .",
         ["'passex kinds \"exercise plan\"' lists what there is"]),
        ("id:a a nr:State ; nr:hasKind nrc:frigate .",
         ["no list has kinds for the class nr:State"]),
        ('id:a a nr:Ship ; nr:hasKind "hospital ship", nrc:air-exercise .',
         ["write nrc:hospital-ship; 'passex kinds ship' lists what there is",
          "'passex kinds ship' lists what there is"]),
    ],
)  # fmt: skip
def test_a_concept_of_another_list(tmp_path: Path, facts: str, hints: list[str]) -> None:
    found = problems(tmp_path / "a.ttl", facts)
    assert [one["hint"] for one in found if one["rule"] == NRS.Kind] == hints


def test_what_something_concerns_is_a_topic(tmp_path: Path) -> None:
    facts = "id:a a nr:Statement ; nr:concerns nrc:frigate, nrc:fishing, nrc:illegal-fishing ."
    found = problems(tmp_path / "a.ttl", facts, "nr:concerns")
    assert [
        (one["value"], one["message"], one["hint"])
        for one in found
        if one["rule"] == NRS.ConcernedTopic
    ] == [
        (
            "nrc:frigate",
            "Of the concepts, only topics (skos:inScheme nrc:scheme-topic) are what something "
            "concerns; nrc:frigate is of another list.",
            "'passex kinds topic' lists what there is",
        )
    ]


def test_a_service_is_of_its_state_by_an_affiliation(tmp_path: Path) -> None:
    """What the gazetteer says of its entries counts for no other."""
    facts = "id:s a nr:State . id:n a nr:Navy ; <http://www.w3.org/ns/org#subOrganizationOf> id:s ."
    [one] = problems(tmp_path / "a.ttl", facts, "org:subOrganizationOf")
    assert rules([one]) == ["BelongingIsAnAffiliation"]
    assert (one["focus"], one["path"], one["value"]) == ("id:n", "org:subOrganizationOf", "id:s")
    assert one["message"].endswith(
        "write an affiliation (a nr:Affiliation ; org:member id:n ; org:organization id:s) and "
        "what proves it: a quote on it, or of a service's state a claim with dcterms:source."
    )


def test_the_problem_can_be_switched_off_and_then_the_others_are_there(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}id:a a nr:Ship ; nr:hasKind nrc:frigat .", encoding="utf-8")
    level = "https://w3id.org/passex/shape/DeclaredConcept=off"
    out = passex("validate", str(path), "--report", "json", "--level", level)[1]
    found = [p for p in json.loads(out)["problems"] if p["value"] == "nrc:frigat"]
    assert rules(found) == ["ClaimedProperty", "Kind"]


def test_the_report_of_the_w3c_has_all_results(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(f"{HEAD}id:a a nr:Ship ; nr:hasKind nrc:frigat .", encoding="utf-8")
    graph = rdflib.Graph().parse(data=passex("validate", str(path), "--report", "turtle")[1])
    value = rdflib.URIRef("https://w3id.org/passex/concept/frigat")
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert len(set(graph.subjects(shacl.value, value))) == 3
