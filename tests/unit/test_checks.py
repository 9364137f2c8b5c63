"""The checks together: our own graph, other people's, and what shapes say already."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS, XSD, DefinedNamespace

from passex.graph import dataset
from passex.graph.nearest_terms import suggest
from passex.graph.sources import Source
from passex.graph.standard_terms import TERMS, unknown
from passex.graph.terms import NR, NRC
from passex.validation.inputs import Document, Inputs
from passex.validation.results import Result, Severity
from passex.validation.rules import CHECKS, Finding, Scope, merge, run
from passex.validation.rules.ontologies import Ontology

from .checks_harness import GROUP, scope

SHAPES = dataset.root() / "ontology" / "shapes.ttl"
NS = "https://example.org/sea#"


def ours(complete: bool) -> Scope:
    """The bundled graph with our own shapes, rules and questions."""
    graph, shapes = ox.Store(), ox.Store()
    read: list[tuple[Document, ...]] = []
    ontology = (*dataset.ontology_files(), dataset.gazetteer_file())
    groups = ((dataset.data_files(), graph), ((SHAPES,), shapes), (ontology, graph))
    for paths, store in groups:
        documents = []
        for path in paths:
            store.load(path=path)
            documents.append(Document(path.name, Source(path), ox.RdfFormat.TURTLE, 0))
        read.append(tuple(documents))
    inputs = Inputs(read[0], read[1], read[2], graph, shapes, len(graph))
    return Scope(inputs, (), dataset.question_files(), dataset.rule_files(), complete)


def test_our_own_graph_is_clean() -> None:
    found = [
        (f.rule, f.severity, str(f.subject).rpartition("/")[2]) for f in run(ours(complete=False))
    ]
    # Nothing in the graph has a host, a role or a contingent, was produced, or counts whose ships
    # they are; and nobody wrote a derived triple.
    rule = "target-matches-nothing"
    assert found == [
        (rule, Severity.INFO, "ContingentMembers>"),
        (rule, Severity.INFO, "ContingentOf>"),
        (rule, Severity.INFO, "DerivedByHand>"),
        (rule, Severity.INFO, "Host>"),
        (rule, Severity.INFO, "InContingent>"),
        (rule, Severity.INFO, "OtherContingent>"),
        (rule, Severity.INFO, "Produced>"),
        (rule, Severity.INFO, "Role>"),
        (rule, Severity.INFO, "SuppliedBy>"),
    ]


def test_shapes_of_others_that_match_nothing_are_one_line() -> None:
    [found] = [f for f in run(ours(complete=True)) if f.rule == "target-matches-nothing"]
    assert found.severity is Severity.INFO
    assert found.message.startswith("The data have nothing for 9 of 1")


def test_a_misspelt_target_of_ours_is_no_mere_information(tmp_path: Path) -> None:
    text = "ex:S a sh:NodeShape ; sh:targetSubjectsOf nr:hasHosst ; sh:nodeKind sh:IRI ."
    looked_at = scope(tmp_path, {"shapes.ttl": text, "data.ttl": "ex:a ex:b ex:c ."})
    looked_at = Scope(looked_at.inputs, complete=False)
    [finding] = [f for f in run(looked_at) if f.rule == "target-matches-nothing"]
    assert finding.severity is None


@pytest.mark.parametrize(
    ("constraint", "number"),
    [
        ("sh:class <http://xmlns.com/foaf/0.1/Agent>", 0),
        ("sh:class ex:Shipp", 1),
        ("sh:class nr:Walrus", 1),
        ("sh:property [ sh:path ex:b ; sh:class <http://xmlns.com/foaf/0.1/Agent> ]", 0),
    ],
)
def test_a_class_of_another_vocabulary_may_be_asked_for(
    tmp_path: Path, constraint: str, number: int
) -> None:
    files = {
        "shapes.ttl": f"ex:S a sh:NodeShape ; sh:targetClass ex:Ship ; {constraint} .",
        "data.ttl": "ex:a a ex:Ship ; ex:b ex:c .",
        "ontology.ttl": "nr: a owl:Ontology . nr:Ship a owl:Class .",
    }
    found = list(GROUP["target-class-undeclared"].run(scope(tmp_path, files)))
    assert [(f.rule, f.severity) for f in found] == [("target-class-undeclared", None)] * number


def test_a_class_of_a_standard_is_declared(tmp_path: Path) -> None:
    text = "ex:S a sh:NodeShape ; sh:targetClass skos:Concept, skos:Concpt ; sh:nodeKind sh:IRI ."
    found = run(scope(tmp_path, {"shapes.ttl": text, "data.ttl": "ex:a ex:b ex:c ."}))
    classes = [f.value for f in found if f.rule == "target-class-undeclared"]
    assert classes == [ox.NamedNode(str(SKOS) + "Concpt")]


@pytest.mark.parametrize(("number", "more"), [(3, ""), (4, " and 1 more")])
def test_three_targets_that_match_nothing_are_named(number: int, more: str, tmp_path: Path) -> None:
    targets = [f"<http://e/{n}>" for n in range(number)]
    text = f"ex:S a sh:NodeShape ; sh:targetSubjectsOf {', '.join(targets)} ; sh:nodeKind sh:IRI ."
    looked_at = scope(tmp_path, {"shapes.ttl": text, "data.ttl": "ex:a ex:b ex:c ."})
    [found] = [f for f in run(looked_at) if f.rule == "target-matches-nothing"]
    named = ", ".join(f"sh:targetSubjectsOf {target}" for target in targets[:3]) + more
    assert found.message == f"No node is a target of this shape ({named}), so it was never applied."


def test_the_namespaces_of_our_ontology() -> None:
    ontology = Ontology.read(map(Source, dataset.ontology_files()))
    assert ontology.namespaces == {NR.iri, NRC.iri}
    assert ontology.owns(f"{NR}Shipp")
    assert not ontology.owns("http://purl.org/dc/terms/tittle")


@pytest.mark.parametrize(
    ("text", "namespaces"),
    [
        ("ex:Ship a owl:Class .", {NS}),
        ("<https://example.org/sea> a owl:Ontology . ex:Ship a owl:Class .", {NS}),
        ("skos:Concept a owl:Class .", set()),
        ("ex:Ship a owl:Class ; rdfs:isDefinedBy <https://example.org/other> .", set()),
        ('<http://o/> a owl:Ontology ; vann:preferredNamespaceUri "http://o/n/" . '
         "<http://o/n/X> a owl:Class . ex:Ship a owl:Class .", {"http://o/n/"}),
    ],
)  # fmt: skip
def test_whose_a_namespace_is(text: str, namespaces: set[str], tmp_path: Path) -> None:
    assert scope(tmp_path, {"ontology.ttl": text}).ontology.namespaces == namespaces


def test_a_shape_that_says_it_wins_and_gets_the_hint() -> None:
    a, p, b = (ox.NamedNode(NS + name) for name in "apb")
    told = Finding("undeclared-property", "m", "h", subject=a, predicate=p.value, value=b)
    other = Finding("undeclared-property", "m", "h", subject=b, predicate=p.value, value=b)
    result = Result(a, p, b, p, "c", "s")
    assert merge([told, other], [result]) == ([other], {(a, p, b): "h"})


def test_of_two_disjoint_classes_a_shape_may_name_either() -> None:
    a, b, c = (ox.NamedNode(NS + name) for name in "abc")
    kind = ox.NamedNode(str(RDF.type))
    told = Finding("disjoint-classes", "m", "h", subject=a, predicate=str(RDF.type), value=b)
    assert merge([told], [Result(a, kind, c, c, "c", "s")]) == ([], {(a, kind, c): "h"})
    assert merge([told], [Result(b, kind, b, c, "c", "s")]) == ([told], {})


@pytest.mark.parametrize(
    "text",
    [
        "ex:A owl:disjointWith ex:B .",
        "ex:B owl:disjointWith ex:A .",
        "[] a owl:AllDisjointClasses ; owl:members ( ex:C ex:B ex:A ) .",
        "ex:D owl:disjointUnionOf ( ex:A ex:B ) .",
        "ex:X owl:disjointWith ex:B . ex:A rdfs:subClassOf ex:Y . ex:Y rdfs:subClassOf ex:X .",
    ],
)
def test_ways_to_be_disjoint(text: str, tmp_path: Path) -> None:
    files = {"ontology.ttl": "ex:A a owl:Class . " + text, "data.ttl": "ex:n a ex:A, ex:B, ex:C ."}
    found = [f for f in run(scope(tmp_path, files)) if f.rule == "disjoint-classes"]
    assert [str(f.value) for f in found if "A>" in f.message and "B>" in f.message] == [f"<{NS}B>"]


def test_a_metaclass_declares_its_instances(tmp_path: Path) -> None:
    files = {
        "ontology.ttl": "ex:Meta rdfs:subClassOf owl:Class . ex:Ship a ex:Meta .",
        "data.ttl": "ex:a a ex:Ship .",
    }
    assert [f for f in run(scope(tmp_path, files)) if f.rule.startswith("undeclared")] == []


def test_a_node_that_others_describe_is_a_warning(tmp_path: Path) -> None:
    files = {"ontology.ttl": "ex:p a owl:ObjectProperty .", "data.ttl": "ex:a a ex:p ; ex:p ex:b ."}
    [found] = [f for f in run(scope(tmp_path, files)) if f.rule == "undeclared-term"]
    assert found.severity is Severity.WARNING


def test_what_an_ontology_never_does_is_said_once(tmp_path: Path) -> None:
    labels = "".join(f'ex:C{n} a owl:Class ; rdfs:label "{n}" . ' for n in range(9))
    found = [f.message for f in run(scope(tmp_path, {"ontology.ttl": labels}))]
    assert found.count("Few labels say in which language they are, or none.") == 1
    assert found.count("Few terms have an example, or none.") == 1
    assert not any("has no example" in m or "has no language" in m for m in found)


def test_undeclared_terms_in_shapes_and_queries(tmp_path: Path) -> None:
    files = {
        "ontology.ttl": "ex:Ship a owl:Class . ex:name a owl:DatatypeProperty .",
        "data.ttl": 'ex:a a ex:Ship ; ex:name "a" .',
        "shapes.ttl": "ex:S a sh:NodeShape ; sh:targetClass ex:Ship ; sh:property "
        '[ sh:path ex:nam ] ; sh:sparql [ sh:select "SELECT $this { $this ex:nme ?x }" ; '
        f'sh:prefixes [ sh:declare [ sh:prefix "ex" ; sh:namespace "{NS}" ] ] ] .',
        "queries/q.rq": f"#+ summary: q?\nPREFIX ex: <{NS}>\nSELECT ?x {{ ?x ex:names ?y }}",
    }
    terms = next(check for check in CHECKS if check.name == "terms")
    found = [
        (f.rule, f.message.split(">")[0].rpartition("#")[2])
        for f in terms.run(scope(tmp_path, files))
    ]
    assert sorted(found) == [
        ("undeclared-term", "nam"),
        ("undeclared-term", "names"),
        ("undeclared-term", "nme"),
    ]


def test_suggestions() -> None:
    declared = [NS + name for name in ("Ship", "hasParticipant", "hasPlace", "under-way")]
    assert suggest(NS + "Shipp", declared) == [NS + "Ship"]
    assert suggest(NS + "hasparticipant", declared) == [NS + "hasParticipant"]
    assert suggest(NS + "underWay", declared) == [NS + "under-way"]
    assert suggest("https://example.com/other#Ship", declared) == [NS + "Ship"]
    assert suggest(NS + "zzz", declared) == []


@pytest.mark.parametrize("namespace", [OWL, RDF, RDFS, SKOS, SH])
def test_the_closed_vocabularies_are_those_of_rdflib(namespace: type[DefinedNamespace]) -> None:
    names = {*namespace.__annotations__, *getattr(namespace, "_extras", ())}
    terms = {str(namespace) + name for name in names if name[0] != "_"}
    assert {term for term in terms if unknown(term)} == set()
    # These are of RDF 1.2.
    later = {"dirLangString", "reifies"}
    assert terms | {str(RDF) + name for name in later} >= TERMS[str(namespace)]


def test_the_datatypes_are_those_of_rdflib_and_more() -> None:
    own = {name.rpartition("#")[2] for name in TERMS[str(XSD)]}
    assert own - set(XSD.__annotations__) == {"anyAtomicType", "anySimpleType", "anyType"}
