"""Quotes as W3C Web Annotation: what the data model demands, and the triples that come of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import rdflib
from rdflib.namespace import DCTERMS, RDF

import passex
from passex.exports.annotations import Quotes, write
from passex.exports.build import Choice
from passex.graph.store import Store
from passex.graph.terms import ID, NR

# rdflib uses what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
AS = rdflib.Namespace("http://www.w3.org/ns/activitystreams#")
CONTEXT = "http://www.w3.org/ns/anno.jsonld"
#: The terms of that context that are written, by the Web Annotation Vocabulary (2017), appendix A:
#: no test fetches anything.
TERMS = {
    "oa": str(OA),
    "as": str(AS),
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": str(DCTERMS),
    "rdf": str(RDF),
    "rdfs": str(rdflib.RDFS),
    "xsd": str(rdflib.XSD),
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "SpecificResource", "TextualBody", "FragmentSelector"),
            *("TextQuoteSelector", "TextPositionSelector", "describing"),
        )
    },
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "conformsTo": {"@type": "@id", "@id": "dcterms:conformsTo"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "exact": "oa:exact",
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "value": "rdf:value",
    "format": "dc:format",
    "language": "dc:language",
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "first": {"@type": "@id", "@id": "as:first"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
}
ARTICLE = ID["article-harbour"]
WORDS = "AZ Heron led"


def written(store: Store) -> Any:
    return json.loads("".join(write(Quotes(store))))


def expanded(document: Any) -> rdflib.Graph:
    own, ours = document["@context"]
    assert own == CONTEXT
    text = json.dumps({**document, "@context": [TERMS, ours]})
    return rdflib.Graph().parse(data=text, format="json-ld")


def test_every_quote_is_an_annotation_as_the_data_model_has_it(azure: Store) -> None:
    document = written(azure)
    assert document["type"] == "AnnotationCollection"
    page = document["first"]
    assert (page["type"], page["partOf"], page["startIndex"]) == (
        "AnnotationPage",
        document["id"],
        0,
    )
    items = page["items"]
    assert document["total"] == len(items) == 5
    assert len({item["id"] for item in items}) == 5
    for item in items:
        assert item["type"] == "Annotation"
        assert item["id"].startswith(f"{ARTICLE}#annotation-char=")
        assert item["target"]["source"] == ARTICLE
        for body in item["body"]:
            assert "TextualBody" in body["type"]
            assert isinstance(body["value"], str)
    starts = [item["target"]["selector"][0]["start"] for item in items]
    assert starts == sorted(starts) == [18, 28, 130, 161, 221]


def test_a_place_by_position_words_and_fragment(azure: Store) -> None:
    [item] = [i for i in written(azure)["first"]["items"] if i["id"].endswith("130,142")]
    assert item["target"] == {
        "id": f"{ARTICLE}#char=130,142",
        "type": "SpecificResource",
        "source": ARTICLE,
        "selector": [
            {"type": "TextPositionSelector", "start": 130, "end": 142},
            {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc5147",
                "value": "char=130,142",
            },
            {"type": "TextQuoteSelector", "exact": WORDS},
        ],
    }
    [body] = item["body"]
    assert body == {
        "id": f"{ARTICLE}#c2",
        "type": ["TextualBody", "nr:Claim"],
        "value": "Meeting at sea: quantity about 2 ships",
        "format": "text/plain",
        "language": "en",
        "purpose": "describing",
        "nr:about": [{"id": ID["meeting-at-sea"]}],
        "nr:hasBasis": [{"id": "nrc:stated"}],
        "nr:hasCertainty": [{"id": "nrc:certain"}],
        "nr:hasQuantifier": [{"id": "nrc:about"}],
        "nr:hasValue": [{"@value": "2", "@type": "xsd:integer"}],
        "nr:onProperty": [{"id": "nr:hasQuantity"}],
        "nr:quantityOf": [{"id": "nrc:ships"}],
        "nr:quantityWords": [{"@value": "a pair", "@type": "xsd:string"}],
        "nr:reportedVia": [{"id": ID.herald}],
        "nr:suppliedBy": [{"id": ID["azure-navy"]}],
        "prov:wasAttributedTo": [{"id": ID["elan-more"]}],
    }


def test_expanded_it_is_the_vocabulary_and_the_claims_of_the_graph(azure: Store) -> None:
    graph = expanded(written(azure))
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == 5
    for item in graph.subjects(RDF.type, OA.Annotation):
        [target] = graph.objects(item, OA.hasTarget)
        assert (item, OA.motivatedBy, OA.describing) in graph
        assert (target, RDF.type, OA.SpecificResource) in graph
        kinds = {graph.value(s, RDF.type) for s in graph.objects(target, OA.hasSelector)}
        assert kinds == {OA.TextPositionSelector, OA.TextQuoteSelector, OA.FragmentSelector}
    start, end = (rdflib.Literal(n, datatype=rdflib.XSD.nonNegativeInteger) for n in (130, 142))
    assert graph.value(graph.value(predicate=OA.start, object=start), OA.end) == end
    terms = ("about", "onProperty", "hasValue", "hasBasis", "hasCertainty", "suppliedBy")
    for name in terms:
        rows = azure.rows(f"SELECT ?c ?o {{ ?c a nr:Claim ; nr:hasEvidence ?q ; <{NR[name]}> ?o }}")
        said = {(str(s), str(o)) for s, o in graph.subject_objects(rdflib.URIRef(NR[name]))}
        assert said == {(str(claim), str(value)) for claim, value in rows}, name


def test_a_row_of_a_table_has_no_characters_to_count(make: Callable[[str], Store]) -> None:
    store = make('<urn:t#row=17> oa:exact "key" . :c nr:about :e ; nr:hasEvidence <urn:t#row=17> .')
    [item] = written(store)["first"]["items"]
    assert item["target"]["selector"] == [
        {
            "type": "FragmentSelector",
            "conformsTo": "http://tools.ietf.org/rfc/rfc7111",
            "value": "row=17",
        },
        {"type": "TextQuoteSelector", "exact": "key"},
    ]


def test_a_quote_that_nothing_rests_on_has_no_body(make: Callable[[str], Store]) -> None:
    [item] = written(make('<urn:t#char=1,4> oa:exact "key" .'))["first"]["items"]
    assert "body" not in item


def test_of_python_all_quotes_or_those_of_a_part(azure: Store) -> None:
    kg = passex.KnowledgeGraph(azure)
    text = kg.export("annotations")
    assert isinstance(text, str)
    assert text == kg.export("annotations") == "".join(write(Quotes(azure)))
    choice = Choice("graph", around=("Drill of Umber and Cobalt",))
    part = json.loads(kg.export("annotations", choice))
    assert [item["target"]["id"] for item in part["first"]["items"]] == [f"{ARTICLE}#char=221,240"]
    tied = json.loads(kg.ties().export("annotations"))
    assert tied["total"] == 3


def test_no_quotes_at_all(make: Callable[[str], Store]) -> None:
    document = written(make(":a a nr:State ."))
    assert (document["total"], document["first"]["items"]) == (0, [])
