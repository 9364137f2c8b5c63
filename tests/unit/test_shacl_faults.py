"""Faults of many kinds, put into a graph that has none, are found, and by both engines alike."""

from __future__ import annotations

import importlib.util
from itertools import islice
from pathlib import Path
from unittest.mock import patch

from passex.graph import dataset
from passex.graph.terms import PREFIXES
from passex.validation import inputs
from passex.validation.shacl import Outcome, evaluation, validate

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "generate.py"
ID = "https://w3id.org/passex/id/"
#: The pieces of the generated graph that are taken: the register of actors, and some reports.
PIECES = 12
#: The shape that is to find the fault, the node, the property that it loses, the value it gets.
FAULTS: list[tuple[str, str, str, str | tuple[str, str]]] = [
    # Missing.
    ("Label", "exercise-0-0", "rdfs:label", ""),
    ("Typed", "exercise-0-1", "rdf:type", ""),
    ("StatusGiven", "exercise-1-0", "nr:hasStatus", ""),
    ("Claimed", "exercise-1-1", "^nr:about", ""),
    ("ClaimAbout", "article-1#c5", "nr:about", ""),
    ("ClaimValue", "article-5#c3", "nr:hasValue", ""),
    ("EvidenceNeeded", "article-5#c4", "nr:hasEvidence", ""),
    ("WeakClaimCertainty", "article-0#c24", "nr:hasCertainty", ""),
    ("QuantityOf", "article-0#c20", "nr:quantityOf", ""),
    ("AffiliationMember", "affiliation-navy-0-state-0", "org:member", ""),
    # Out of place.
    ("QuoteForm", "article-6#char=now", "", ("oa:exact", '"ties had grown"')),
    ("QuoteSource", "article-nowhere#char=0,14", "", ("oa:exact", '"ties had grown"')),
    ("QuoteZone", "article-6#char=76,90", "", ("oa:exact", '"ties had grown"')),
    ("NoEvidenceInComments", "article-6#char=240,254", "", ("oa:exact", '"ties had grown"')),
    ("EvidenceUsed", "article-6#char=82,96", "", ("oa:exact", '"ties had grown"')),
    ("AnchorLength", "article-5#char=142,176", "oa:exact", '"they trained"'),
    # Doubled.
    ("Label", "exercise-1-2", "", ("rdfs:label", '"Another"@en')),
    ("ClaimCertainty", "article-4#c14", "", ("nr:hasCertainty", "nrc:possible")),
    ("ClaimOnProperty", "article-6#c3", "", ("nr:onProperty", "nr:hasPlace")),
    ("Quantity", "article-5#c20", "", ("nr:hasValue", "1000")),
    ("Anchor", "article-6#char=213,227", "", ("oa:exact", '"ties have grown"')),
    ("PostIn", "post-0", "", ("org:postIn", "id:navy-0")),
    # Of the wrong datatype, language or form.
    ("Earliest", "exercise-2-0", "nr:earliest", '"2001-05"^^xsd:gYearMonth'),
    ("Label", "exercise-2-1", "rdfs:label", '"Oefening"@nl'),
    ("Identifier", "state-0", "dcterms:identifier", '"X0"@en'),
    ("ArticleHash", "article-3", "nr:sha256", '"none"'),
    ("ClaimedValue", "article-6#c11", "nr:hasValue", "nrc:ships"),
    # Of the wrong class.
    ("Participant", "exercise-2-2", "nr:hasParticipant", "id:sea-0"),
    ("ExerciseStatus", "exercise-3-0", "nr:hasStatus", "nrc:agreed"),
    ("Role", "exercise-6-1", "", ("nr:hasObserver", "id:sea-0")),
    ("InContingent", "exercise-6-2", "", ("nr:inContingent", "id:exercise-6-1")),
    ("Phase", "exercise-5-1", "", ("dcterms:isPartOf", "id:relation-6")),
    ("AffiliationLevels", "affiliation-navy-1-state-1", "org:organization", "id:navy-3"),
    ("OneKindOfThing", "navy-2", "", ("rdf:type", "nr:Place")),
    ("EventOrPlan", "exercise-3-1", "", ("rdf:type", "nr:ExercisePlan")),
    # Dangling or misspelt.
    ("KnownNode", "exercise-3-2", "nr:hasPlace", "id:sea-of-nowhere"),
    ("DeclaredConcept", "exercise-4-0", "nr:hasKind", "nrc:passing-exercice"),
    ("DeclaredPredicate", "exercise-4-1", "", ("nr:hasParticpant", "id:state-3")),
    ("DeclaredClass", "exercise-4-2", "", ("rdf:type", "nr:Excercise")),
    # Dates and positions.
    ("DateOrder", "exercise-5-0", "nr:latest", '"1990-01-01"^^xsd:date'),
    ("HeldWhenPublished", "exercise-5-1", "nr:latest", '"2090-01-01"^^xsd:date'),
    ("QuoteInTheText", "article-6#char=120,106", "", ("oa:exact", '"ties had grown"')),
    ("ZoneInTheText", "article-4", "nr:textLength", "10"),
    # Without support, or with what contradicts it.
    ("StatedValue", "article-6#c2", "", ("nr:hasValue", "id:state-9")),
    ("NewestValue", "exercise-3-0", "nr:latest", '"2011-02-25"^^xsd:date'),
    ("BackgroundSource", "article-6#c4", "", ("nr:hasBasis", "nrc:background")),
    ("BackgroundScope", "article-5#c9", "nr:hasEvidence", ("dcterms:source", '"A list"')),
    ("DerivedByHand", "exercise-4-2", "", ("nr:involvesState", "id:state-5")),
    ("OneThingTwice", "sea-1", "rdfs:label", '"Sea of Baba"@en'),
    ("ClaimedProperty", "exercise-5-2", "", ("nr:hasHost", "id:state-4")),
    ("ClaimedProperty", "exercise-4-1", "", ("dcterms:identifier", '"E4"')),
    ("LeftOpen", "exercise-6-0", "", ("nr:hasHost", "id:state-4")),
    ("AffiliationLoop", "affiliation-navy-3-state-3", "org:organization", "id:navy-3"),
]


def pieces() -> list[list[tuple[str, str, str]]]:
    spec = importlib.util.spec_from_file_location("benchmark_generate", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(islice(module.generate(10_000), PIECES))


def with_faults(triples: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    for _, name, gone, value in FAULTS:
        node = f"<{ID}{name}>" if "#" in name else f"id:{name}"
        before = len(triples)
        if gone.startswith("^"):
            triples = [t for t in triples if (t[1], t[2]) != (gone[1:], node)]
        elif gone:
            triples = [t for t in triples if t[:2] != (node, gone)]
        assert not gone or len(triples) < before, name
        if isinstance(value, tuple):
            triples.append((node, *value))
        elif value:
            triples.append((node, gone, value))
    return triples


def load(folder: Path, triples: list[tuple[str, str, str]]) -> inputs.Inputs:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    file = folder / "data.ttl"
    file.write_text(head + "".join(f"{' '.join(t)} .\n" for t in triples), encoding="utf-8")
    read, failures = inputs.load([file], [dataset.shapes_file()], dataset.ontology_files())
    assert not failures
    return read


def named(outcome: Outcome) -> set[tuple[str, str]]:
    return {(r.shape.value.rpartition("/")[2], str(r.focus)) for r in outcome.results}


def test_each_fault_is_found(tmp_path: Path) -> None:
    triples = [triple for piece in pieces() for triple in piece]
    clean = named(validate(load(tmp_path, triples)))
    faulty = named(validate(load(tmp_path, with_faults(triples))))
    seeded = {(shape, f"<{ID}{node}>") for shape, node, _, _ in FAULTS}
    assert not seeded & clean
    assert seeded - faulty == set()


def test_both_engines_find_the_same(tmp_path: Path) -> None:
    # pySHACL takes minutes for the whole graph: a part of it, with what dangles so.
    made = pieces()
    kept = {subject for piece in made[-2:] for subject, _, _ in piece}
    kept |= {f"<{ID}{name}>" for _, name, _, _ in FAULTS if name.startswith("article-6#")}
    triples = with_faults([triple for piece in made for triple in piece])
    read = load(tmp_path, [triple for triple in triples if triple[0] in kept])
    quick, slow = validate(read), validate(read, "pyshacl")
    with patch.object(evaluation, "MANY", 1):
        assert validate(read).results == slow.results
    assert not quick.delegated
    assert quick.results == slow.results
    assert quick.focus_counts == slow.focus_counts
    assert len({result.shape for result in quick.results}) == 32
