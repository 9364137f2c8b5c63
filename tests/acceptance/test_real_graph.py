"""The bundled graph: the exact ties that the articles bear, at each level and policy."""

from __future__ import annotations

import pytest

import passex
from passex.graph.terms import ID, LEVELS
from passex.network.policy import Policy
from passex.network.projection import build

DONE = ("held", "under-way")
PLANNED = ("planned",)
Expected = dict[tuple[str, str], tuple[int, float, str]]

JMSDF, ROKN, USN = "jmsdf", "navy-of-south-korea", "navy-of-united-states"

TIES: dict[tuple[str, tuple[str, ...]], Expected] = {
    ("unit", DONE): {
        ("jmsdf-training-squadron", "snmg1"): (1, 1.0, "stated"),
        ("js-kashima", "snmg1"): (1, 1.0, "inferred"),
        ("js-makinami", "snmg1"): (1, 1.0, "inferred"),
        ("hmcs-ville-de-quebec", "jmsdf-training-squadron"): (1, 1.0, "stated"),
    },
    ("service", DONE): {
        (JMSDF, "snmg1"): (1, 1.0, "stated"),
        (JMSDF, "snmg2"): (1, 1.0, "stated"),
        (JMSDF, ROKN): (2, 1.5, "inferred"),
        (JMSDF, USN): (1, 0.5, "inferred"),
        (ROKN, USN): (1, 0.5, "inferred"),
    },
    ("state", DONE): {
        ("japan", "south-korea"): (2, 1.5, "stated"),
        ("japan", "united-states"): (1, 0.5, "stated"),
        ("south-korea", "united-states"): (1, 0.5, "stated"),
    },
    ("organisation", DONE): {
        ("japan", "nato"): (2, 2.0, "stated"),
        ("japan", "south-korea"): (2, 1.5, "stated"),
        ("japan", "united-states"): (1, 0.5, "stated"),
        ("south-korea", "united-states"): (1, 0.5, "stated"),
    },
    ("unit", PLANNED): {},
    ("service", PLANNED): {
        (JMSDF, "navy-of-russia"): (2, 2.0, "inferred"),
        (JMSDF, ROKN): (1, 1.0, "inferred"),
    },
    ("state", PLANNED): {
        ("japan", "russia"): (2, 2.0, "stated"),
        ("japan", "south-korea"): (1, 1.0, "stated"),
    },
    ("organisation", PLANNED): {
        ("japan", "russia"): (2, 2.0, "stated"),
        ("japan", "south-korea"): (1, 1.0, "stated"),
    },
}


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load()


def found(kg: passex.KnowledgeGraph, policy: Policy) -> Expected:
    graph = build(kg.store, policy).to_networkx()
    planned = policy.include == PLANNED
    ties: Expected = {}
    for a, b, data in graph.edges(data=True):
        first, second = sorted((a.removeprefix(ID.iri), b.removeprefix(ID.iri)))
        assert (data["count"] == 0) is planned
        assert (data["planned"] == 0) is not planned
        count = data["planned"] if planned else data["count"]
        weight = data["planned_weight"] if planned else data["weight"]
        ties[first, second] = (count, weight, data["basis"])
        assert data["sources"]
    return ties


@pytest.mark.parametrize(("level", "include"), TIES)
def test_naval_ties(kg: passex.KnowledgeGraph, level: str, include: tuple[str, ...]) -> None:
    assert found(kg, Policy(level, include)) == TIES[level, include]


@pytest.mark.parametrize("level", LEVELS)
def test_held_alone_leaves_out_what_is_under_way(kg: passex.KnowledgeGraph, level: str) -> None:
    held = found(kg, Policy(level, ("held",)))
    under_way = found(kg, Policy(level, ("under-way",)))
    every = TIES[level, DONE]
    assert {
        pair: held.get(pair, (0, 0.0))[0] + under_way.get(pair, (0, 0.0))[0] for pair in every
    } == {pair: count for pair, (count, _, _) in every.items()}


@pytest.mark.parametrize(("level", "include"), TIES)
def test_every_domain(kg: passex.KnowledgeGraph, level: str, include: tuple[str, ...]) -> None:
    expected = dict(TIES[level, include])
    if include == DONE and level in ("state", "organisation"):
        expected["south-korea", "united-states"] = (2, 1.5, "stated")
    assert found(kg, Policy(level, include, "all")) == expected


def test_the_air_exercise_ties_states_and_no_navies(kg: passex.KnowledgeGraph) -> None:
    assert found(kg, Policy("state", domain="air")) == {
        ("south-korea", "united-states"): (1, 1.0, "stated")
    }
    assert found(kg, Policy("service", domain="air")) == {}


def test_what_drops_out_at_state_level_is_said(kg: passex.KnowledgeGraph) -> None:
    note, plans = build(kg.store, Policy("state")).notes
    assert note.startswith("2 of 4 exercises have no pair at state level: ")
    assert "without Standing NATO Maritime Group One" in note
    assert "without HMCS Ville de Québec" in note
    assert plans == "3 plans are not counted, since planned is not included."


def test_the_derived_relations_are_these_and_no_others(kg: passex.KnowledgeGraph) -> None:
    for term, include in (("trainedWith", DONE), ("plansToTrainWith", PLANNED)):
        rows = kg.store.rows(f"SELECT ?a ?b {{ ?a nr:{term} ?b }}")
        derived = {tuple(str(v).removeprefix(ID.iri) for v in row) for row in rows}
        tied = {pair for (_, i), ties in TIES.items() if i == include for pair in ties}
        assert derived == tied | {(b, a) for a, b in tied}


@pytest.mark.parametrize(
    ("a", "b", "number"),
    [
        ("Japan", "Russia", 2),
        ("JMSDF", "SNMG1", 1),
        ("JMSDF", "SNMG2", 1),
        ("JMSDF", "ROK Navy", 3),
        ("Japan", "ROK", 3),
        ("South Korea", "USA", 2),
        ("Kashima", "SNMG1", 1),
        ("NATO", "Japan", 2),
        ("Japan", "China", 0),
        ("Kashima", "Makinami", 0),
        ("Russia", "South Korea", 0),
        ("JMSDF", "South Korea", 0),
    ],
)
def test_why(kg: passex.KnowledgeGraph, a: str, b: str, number: int) -> None:
    reasons = kg.why(a, b)
    assert len(reasons.occasions) == number
    for reason in reasons.occasions:
        assert reason.routes_a
        assert reason.routes_b
        ways = (*reason.routes_a, *reason.routes_b)
        assert any(claim.evidence for route in ways for claim in route.claims)


def test_two_levels_get_their_counterparts(kg: passex.KnowledgeGraph) -> None:
    levels = {(level, a, b) for level, a, b in kg.why("JMSDF", "South Korea").instead}
    assert ("state", "Japan", "South Korea") in levels
    assert ("service", "Japan Maritime Self-Defense Force", "Republic of Korea Navy") in levels


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, 2017, {(JMSDF, ROKN), (JMSDF, USN), (ROKN, USN)}),
        ("2017-12-13", None, {(JMSDF, "snmg1"), (JMSDF, "snmg2"), (JMSDF, ROKN)}),
        (2018, 2018, {(JMSDF, "snmg1"), (JMSDF, "snmg2")}),
        ("2018-08-21", None, {(JMSDF, "snmg1")}),
        (2019, None, set()),
    ],
)
def test_periods(
    kg: passex.KnowledgeGraph,
    since: str | int | None,
    until: str | int | None,
    expected: set[tuple[str, str]],
) -> None:
    graph = kg.network(since=since, until=until)
    assert {
        tuple(sorted((a.removeprefix(ID.iri), b.removeprefix(ID.iri)))) for a, b in graph.edges
    } == expected
