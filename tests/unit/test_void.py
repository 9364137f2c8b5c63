"""Graphs described as data sets, with counts of their facts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox
import pytest

import passex
from passex.exports import rdf, triples, void
from passex.graph.store import Store
from passex.graph.terms import GRAPH, ID, NR, VOID


def counts(store: Store) -> tuple[dict[str, str], dict[str, str]]:
    """What is said of the data set, and the number of each partition by what it is of."""
    text = "".join(rdf.turtle(void.describe(store)))
    said, parts = {}, {}
    of: dict[str, dict[str, str]] = {}
    for quad in ox.parse(text, ox.RdfFormat.TURTLE):
        of.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    for values in of.values():
        for what in ("class", "property"):
            if VOID[what] in values:
                unit = {"class": "entities", "property": "triples"}[what]
                parts[values[VOID[what]]] = values[VOID[unit]]
        if VOID.triples in values and VOID.property not in values:
            said = values
    return said, parts


def test_counts_are_those_of_the_facts(azure: Store) -> None:
    said, parts = counts(azure)
    facts = triples.whole(azure).facts
    assert said[VOID.triples] == str(len(facts))
    assert said[VOID.distinctSubjects] == str(len({line.split(b" ")[0] for line in facts}))
    classes = [iri for iri in parts if re.split("[#/]", iri)[-1][0].isupper()]
    assert said[VOID.classes] == str(len(classes))
    assert said[VOID.properties] == str(len(parts) - len(classes))
    assert parts[NR.Ship] == "3"
    assert parts[NR.Claim] == "6"
    assert parts[NR.Quote] == "5"
    assert NR.Actor not in parts
    assert NR.OpenPlan not in parts
    assert NR.trainedWith not in parts
    assert parts[NR.hasEvidence] == "5"


def test_the_same_graph_gives_the_same_bytes(azure: Store) -> None:
    text = passex.KnowledgeGraph(azure).void()
    assert text == passex.KnowledgeGraph(azure).void()
    assert text.startswith("# The graph as a data set\n@prefix dcterms:")
    assert "<urn:passex:dataset> a void:Dataset ;" in text


def test_a_table_that_is_quoted_is_another_data_set(make: Callable[[str], Store]) -> None:
    facts = ":t a dcat:Dataset ; nr:sha256 'x' . :q oa:hasSource :t ; oa:exact 'k' ."
    assert "<urn:passex:dataset> a void:Dataset ;" in passex.KnowledgeGraph(make(facts)).void()
    own = passex.KnowledgeGraph(make(f"{facts} :us a dcat:Dataset ; dcterms:title 'Ours' .")).void()
    assert "<https://example.org/us> a void:Dataset, dcat:Dataset ;" in own
    assert 'nr:sha256 "x"' not in own


@pytest.mark.parametrize("kind", ["dcat:Dataset", "void:Dataset"])
def test_what_the_graph_says_of_itself_is_kept(kind: str, make: Callable[[str], Store]) -> None:
    store = make(
        f"""id:dataset a {kind} ; dcterms:title "Mine"@en ; dcat:distribution <urn:file> .
        <urn:file> dcterms:format "text/turtle" . :a a nr:State ; rdfs:label "A" ."""
    )
    text = passex.KnowledgeGraph(store).void()
    assert 'dcterms:title "Mine"@en' in text
    assert '<urn:file> dcterms:format "text/turtle" .' in text
    assert "void:triples 6" in text
    assert f"<{ID.dataset}#class-nr-State> void:class nr:State ;\n    void:entities 1 ." in text
    assert GRAPH not in text
