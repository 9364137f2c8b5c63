"""What the rules derive of an exercise follows from that exercise and from what is shared."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import dataset, rules, store
from passex.graph.store import Store
from passex.graph.terms import DCTERMS, NR, OWL, RDF

AZURE = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"
#: Phases, contingents, a plan that is realised in part, two exercises that share a ship, and one
#: of them with a second account.
STORY = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://example.org/> .
:A a nr:State . :B a nr:State . :C a nr:State . :an a nr:Navy . :s1 a nr:Ship . :s2 a nr:Ship .
:x1 a nr:Affiliation ; org:member :an ; org:organization :A .
:x2 a nr:Affiliation ; org:member :s1 ; org:organization :an .
:e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :B, :C, :s1 .
:h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :B .
:z a nr:ExercisePlan ; dcterms:isPartOf :e ; nr:hasParticipant :A, :s2 .
:k a nr:Contingent ; dcterms:isPartOf :e . :B nr:inContingent :k . :C nr:inContingent :k .
:f a nr:Exercise ; nr:hasParticipant :s1, :s2 .
:g a nr:Exercise ; nr:hasParticipant :B, :C ; owl:sameAs :f .
:y a nr:Exercise ; dcterms:isPartOf :g ; nr:hasParticipant :A, :C .
:p a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:realisedBy :e .
:c nr:about :p ; nr:onProperty nr:hasQuantity ; nr:hasValue 2 ; nr:quantityOf nrc:exercises ;
    nr:hasEvidence <https://example.org/a#char=1,5> .
:d nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :B, :C .
<https://example.org/a#char=1,5> oa:exact "both" . :a nr:hasZone <https://example.org/a#char=0,9> .
"""


def units(graph: set[ox.Quad]) -> Iterator[set[ox.Quad]]:
    """Yield what is said of each exercise or plan: its phases, accounts, contingents, claims."""
    kinds = {ox.NamedNode(NR.Exercise), ox.NamedNode(NR.ExercisePlan)}
    found = {q.subject for q in graph if q.predicate.value == RDF.type and q.object in kinds}
    of = {q.subject: q.object for q in graph if q.predicate.value == DCTERMS.isPartOf}
    same = {q.subject: q.object for q in graph if q.predicate.value == OWL.sameAs}
    for node in [node for node in found if of.get(node) not in found and node not in same]:
        nodes = {node, *(account for account, first in same.items() if first == node)}
        nodes |= {part for part, whole in of.items() if whole in nodes}
        claims = {q.subject for q in graph if q.predicate.value == NR.about and q.object in nodes}
        yield {
            quad
            for quad in graph
            if quad.subject in nodes | claims
            or (quad.predicate.value == NR.inContingent and quad.object in nodes)
        }


@pytest.mark.parametrize("data", ["bundled", str(AZURE), "story"])
def test_exercise_by_exercise_gives_the_same_as_all_at_once(data: str, tmp_path: Path) -> None:
    if data == "story":
        path = tmp_path / "story.ttl"
        path.write_text(STORY)
        data = str(path)
    every = [rules.read(path) for path in dataset.rule_files()]
    own = [rule for rule in every if rule.scope == "exercise"]
    whole = store.load([data])
    rules.derive(whole, [rule for rule in every if rule not in own])
    prepared = set(whole.engine)
    parts = list(units(prepared))
    assert len(parts) > 2
    shared = prepared.difference(*parts)
    for rule in own:
        rules.apply(whole, rule)
    united: set[ox.Quad] = set()
    for part in parts:
        batch = Store(ox.Store())
        batch.engine.extend(shared | part)
        for rule in own:
            rules.apply(batch, rule)
        united |= set(batch.engine)
    assert united == set(whole.engine)
    rules.derive(whole)
    assert united == set(whole.engine)
