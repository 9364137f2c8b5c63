"""The checks of an ontology that are queries: files that say all that there is to say of a rule."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import dataset
from passex.questions.catalogue import entries
from passex.validation.rules import review, rules, run
from passex.validation.rules.examples import PREFIXES

from .checks_harness import scope

FILES = sorted((dataset.root() / "ontology" / "checks").glob("*.rq"))
KEYS = ["title", "severity", "summary", "reason", "message", "hint"]


def test_every_query_is_asked() -> None:
    of_ontology = {rule.id for rule in review.CHECK.rules}
    assert {path.stem for path in FILES} == of_ontology - {
        "hierarchy-cycle", "deprecated-term", "unused-term",
    }  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_head_says_everything(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    head = {entry.key: entry.value for entry in entries(text, path.name)}
    assert list(head) == KEYS
    assert all(head.values())
    rows = ox.Store().query(text)
    assert isinstance(rows, ox.QuerySolutions)
    shown = set(re.findall(r"\{\?(\w+)\}", head["message"] + head["hint"]))
    assert shown <= {variable.value for variable in rows.variables}
    rule = rules()[path.stem]
    assert (rule.name, rule.description) == (head["title"], head["summary"])
    assert (rule.severity.value, rule.reason) == (head["severity"], head["reason"])


def terms(rule: str, folder: Path, ontology: str, shapes: str = "") -> list[str]:
    """Name the terms of which a rule says something."""
    looked_at = scope(folder, {"ontology.ttl": ontology, "shapes.ttl": shapes})
    return sorted(
        str(finding.subject).rpartition("#")[2].rstrip(">")
        for finding in run(looked_at)
        if finding.rule == rule
    )


#: What is said of which terms, where the examples of a rule leave it open.
CASES = [
    ("missing-label", "ex:c a skos:Concept ; rdfs:label 'c' . ex:d a skos:Concept .", ["d"]),
    ("missing-label", "ex:A a owl:Class ; skos:prefLabel 'a' . ex:o a owl:NamedIndividual .", []),
    ("missing-definition", "ex:A a owl:Class ; dc:description 'a' . ex:B a owl:Class .", ["B"]),
    ("missing-example", "ex:A a owl:Class ; vann:example 'a' . ex:B a owl:Class .", ["B"]),
    ("missing-example", "ex:A a owl:Class ; skos:example 'a', 'b' . ex:B a owl:Class . "
     "ex:C a owl:Class .", ["A"]),
    ("missing-example", "ex:A a owl:Class ; skos:example 'a' . ex:c a skos:Concept .", []),
    ("duplicate-label", "ex:A a owl:Class ; rdfs:label ' ' . ex:B a owl:Class ; rdfs:label ' ' .",
     []),
    ("duplicate-label", "ex:A a owl:Class ; rdfs:label ex:x . ex:B a owl:Class ; rdfs:label ex:x .",
     []),
    ("duplicate-label", "ex:A a owl:Class ; rdfs:label 'a'@en . ex:B a owl:Class ; rdfs:label "
     "'a'@de .", []),
    ("duplicate-label", "ex:A a owl:Class ; rdfs:label 'a', 'A' .", []),
    ("duplicate-label", "ex:A a owl:Class ; rdfs:label 'a' . ex:p a rdf:Property ; rdfs:label 'a' "
     ".", []),
    ("duplicate-label", "ex:c a skos:Concept ; skos:inScheme ex:s ; skos:prefLabel 'a' . "
     "ex:d a skos:Concept ; skos:inScheme ex:t ; skos:prefLabel 'a' . "
     "ex:e a skos:Concept ; skos:inScheme ex:s, ex:t ; skos:prefLabel 'a' .", ["e", "e"]),
    ("duplicate-definition", "ex:A a owl:Class ; rdfs:comment ' ' . ex:B a owl:Class ; "
     "rdfs:comment ' ' .", []),
    ("duplicate-definition", "ex:A a owl:Class ; rdfs:comment ex:x . ex:B a owl:Class ; "
     "rdfs:comment ex:x .", []),
    ("duplicate-definition", "ex:A a owl:Class ; rdfs:comment 'a' . ex:B a owl:Class ; "
     "dc:description 'a' .", ["B"]),
    ("duplicate-definition", "ex:A a owl:Class ; rdfs:comment 'a' ; skos:definition 'a' .", []),
    ("multiple-labels", "ex:A a owl:Class ; rdfs:label 'a', 'b', 'c' .", ["A"]),
    ("multiple-labels", "ex:A a owl:Class ; rdfs:label 'a' ; skos:prefLabel 'b' .", []),
    ("label-whitespace", "ex:A a owl:Class ; rdfs:label 'a b' ; dcterms:description ' a' ; "
     "dc:description 'a\\n' ; iao:0000115 '' ; skos:definition 'a ' ; rdfs:comment ' ' ; "
     "skos:prefLabel ' ' .", ["A"] * 6),
    ("label-language", "ex:A a owl:Class ; rdfs:label 'a' . ex:B a owl:Class ; rdfs:comment "
     "'b'@en . ex:C a owl:Class .", ["A"]),
    ("label-language", "ex:A a owl:Class ; rdfs:label 'a' . ex:B a owl:Class ; dc:description "
     "'b', 'c' . ex:C a owl:Class ; iao:0000115 'c'@en .", ["A"]),
    ("orphan-class", "ex:A a owl:Class ; rdfs:subClassOf owl:Thing .", ["A"]),
    ("orphan-class", "ex:A a owl:Class ; owl:disjointWith ex:B . ex:C owl:equivalentClass ex:D ; "
     "a owl:Class .", []),
    ("property-without-ends", "ex:p a owl:AnnotationProperty . ex:q a rdf:Property .", ["q"]),
    ("property-without-ends", "ex:p a rdf:Property ; rdfs:subPropertyOf ex:q . "
     "ex:q a rdf:Property ; rdfs:subPropertyOf ex:r . ex:r a rdf:Property ; rdfs:domain ex:A .",
     []),
    ("multiple-domains", "ex:p a rdf:Property ; rdfs:range ex:A, ex:B ; rdfs:domain ex:A .", ["p"]),
    ("untyped-term", "ex:A a owl:Class ; rdfs:subClassOf owl:Thing, skos:Concept, owl:Thingg .",
     ["A"]),
    ("untyped-term", "ex:A a owl:Class . ex:p rdfs:range ex:A . ex:q rdfs:domain ex:A .",
     ["p", "q"]),
    ("untyped-term", "ex:p a rdf:Property ; rdfs:subPropertyOf ex:q ; rdfs:domain ex:A . "
     "ex:r rdfs:subPropertyOf ex:p . ex:B rdfs:subClassOf [] .", ["p", "p", "r"]),
    ("untyped-term", "ex:p a rdf:Property ; rdfs:range ex:A .", []),
    ("namespace-hijacking", "<https://example.org/sea> a owl:Ontology . ex:A a owl:Class . "
     "org:Post a owl:Class ; rdfs:comment 'a', 'b' ; dc:description 'c' .", ["Post"]),
    ("namespace-hijacking", "<https://example.org/sea> a owl:Ontology . ex:A a owl:Class . "
     "org:Post a owl:Class ; rdfs:label 'a' .", []),
    ("missing-ontology", "ex:c a skos:Concept .", []),
    ("missing-ontology", "# Nothing yet.", []),
]  # fmt: skip
_MORE = """@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix iao: <http://purl.obolibrary.org/obo/IAO_> .
"""
_PREFIXES = "".join(f"@prefix {name}: <{space}> .\n" for name, space in PREFIXES.items()) + _MORE


@pytest.mark.parametrize(("rule", "text", "found"), CASES)
def test_of_which_terms_something_is_said(
    rule: str, text: str, found: list[str], tmp_path: Path
) -> None:
    assert terms(rule, tmp_path, _PREFIXES + text) == found


def test_shapes_count(tmp_path: Path) -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetClass ex:A ; sh:property [ sh:path ex:p ] ."
    text = "ex:A a owl:Class . ex:p a rdf:Property ."
    assert terms("orphan-class", tmp_path, text, shapes) == []
    assert terms("property-without-ends", tmp_path, text, shapes) == []
    assert terms("orphan-class", tmp_path, text) == ["A"]
    assert terms("property-without-ends", tmp_path, text) == ["p"]


@pytest.mark.parametrize(
    ("what", "properties"),
    [
        ("title", "dcterms:title dc:title rdfs:label"),
        ("description", "dcterms:description dc:description rdfs:comment dcterms:abstract"),
        ("licence", "dcterms:license dcterms:rights dc:rights schema:license "
         "<http://creativecommons.org/ns#license>"),
        ("creator", "dcterms:creator dc:creator schema:creator schema:author dcterms:contributor "
         "dc:contributor <http://purl.org/pav/createdBy>"),
        ("version", "owl:versionIRI owl:versionInfo"),
        ("date of creation", "dcterms:created dcterms:issued schema:dateCreated"),
        ("date of its last change", "dcterms:modified schema:dateModified"),
        ("preferred prefix", "vann:preferredNamespacePrefix"),
        ("preferred namespace", "vann:preferredNamespaceUri"),
    ],
)  # fmt: skip
def test_each_property_of_an_ontology_will_do(what: str, properties: str, tmp_path: Path) -> None:
    for predicate in properties.split():
        text = f"{_PREFIXES}<https://example.org/sea> a owl:Ontology ; {predicate} 'x' ."
        found = [finding.message for finding in run(scope(tmp_path, {"ontology.ttl": text}))]
        lacks = [message for message in found if message.startswith("The ontology has no ")]
        assert len(lacks) == 8
        assert f"The ontology has no {what}." not in lacks
