"""A network in brief has the figures of the whole one, whatever counts."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest

from passex import load
from passex.errors import QueryError
from passex.graph.terms import LEVELS, NAMED
from passex.network import brief
from passex.network.policy import Policy
from passex.network.projection import build

if TYPE_CHECKING:
    from passex.graph.store import Store

EVERY = ("held", "under-way", "planned")
#: An exercise with what is to come in it, in which two train who train already, and one more.
TO_COME = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://w3id.org/passex/id/> .
:one a nr:State ; rdfs:label "One"@en . :two a nr:State ; rdfs:label "Two"@en .
:three a nr:State ; rdfs:label "Three"@en .
:games a nr:Exercise ; rdfs:label "Games"@en ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:under-way ;
    nr:hasParticipant :one, :two .
:finale a nr:ExercisePlan ; rdfs:label "Finale"@en ; nr:hasDomain nrc:naval ;
    nr:hasStatus nrc:announced ; dcterms:isPartOf :games ; nr:hasParticipant :one, :two, :three .
:next a nr:ExercisePlan ; rdfs:label "Next"@en ; nr:hasDomain nrc:naval ;
    nr:hasStatus nrc:announced ; nr:hasParticipant :one, :two .
"""


def check(store: Store, policy: Policy) -> int:
    whole, figures = build(store, policy), brief.build(store, policy)
    assert [(t.source, t.target, t.count, t.planned) for t in figures.ties] == [
        (t.source, t.target, t.count, t.planned) for t in whole.ties
    ]
    weights = [(t.weight, t.planned_weight) for t in whole.ties]
    assert [(t.weight, t.planned_weight) for t in figures.ties] == [
        pytest.approx(pair, rel=1e-12) for pair in weights
    ]
    assert set(figures.notes[:-1]) <= set(whole.notes)
    return len(figures.ties)


@pytest.mark.parametrize("level", [*LEVELS, NAMED])
def test_the_figures_are_those_of_the_whole_network(azure: Store, level: str) -> None:
    counts = []
    for store, include, basis, least, since in product(
        (azure, load().store),
        (EVERY, ("held",), ("planned",)),
        ("any", "stated"),
        (1, 2),
        (None, "2018"),
    ):
        policy = Policy(level, include, basis=basis, min_events=least, since=since)
        counts.append(check(store, policy))
    assert any(counts)


def test_what_is_to_come_adds_nothing_to_who_trains_already() -> None:
    kg = load(TO_COME)
    policy = Policy("state", EVERY)
    assert check(kg.store, policy) == 3
    ties = brief.build(kg.store, policy).ties
    assert [(t.source.label, t.target.label, t.count, t.planned) for t in ties] == [
        ("One", "Two", 1, 1),
        ("One", "Three", 0, 1),
        ("Three", "Two", 0, 1),
    ]


def test_a_domain_without_exercises_is_refused(azure: Store) -> None:
    with pytest.raises(QueryError, match="in the domain 'land'"):
        brief.build(azure, Policy("state", domain="land"))
