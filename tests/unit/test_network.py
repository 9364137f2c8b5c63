from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from passex.errors import QueryError
from passex.network import Network, Policy
from passex.projection import build
from passex.store import Store

ALL = ("held", "under-way", "planned")


def ties(network: Network) -> list[tuple[str, str, int, float, int, float, str]]:
    return [
        (t.source.label, t.target.label, t.count, t.weight, t.planned, t.planned_weight, t.basis)
        for t in network.ties
    ]


def test_unit_level(azure: Store) -> None:
    network = build(azure, Policy("unit", ALL))
    assert ties(network) == [
        ("AZ Heron", "League Squadron One", 1, 1.0, 0, 0.0, "stated"),
        ("AZ Osprey", "League Squadron One", 1, 1.0, 0, 0.0, "stated"),
        ("Azure Training Squadron", "CB Wren", 1, 1.0, 0, 0.0, "stated"),
        ("Azure Training Squadron", "League Squadron One", 1, 1.0, 0, 0.0, "stated"),
    ]
    assert network.notes == (
        "3 of 5 exercises have no pair at unit level: June sailing (without Azure Navy); "
        "Rescue exercise (without Azure, Cobalt); Three-way drill (without Azure, Cobalt, Umber).",
        "1 of 1 plan has no pair at unit level: Drill of Umber and Cobalt (without Cobalt, Umber).",
    )


def test_service_level(azure: Store) -> None:
    network = build(azure, Policy("service", ALL))
    assert ties(network) == [
        ("Azure Navy", "Cobalt Navy", 3, 3.0, 0, 0.0, "stated"),
        ("Azure Navy", "League Squadron One", 2, 2.0, 0, 0.0, "stated"),
    ]
    occasions = network.ties[0].occasions
    assert [(o.happening.label, o.inferred, o.sources) for o in occasions] == [
        ("Rescue exercise", True, ("Article on the harbour",)),
        ("July sailing", False, ()),
        ("Three-way drill", True, ()),
    ]
    assert network.ties[0].sources == ("Article on the harbour",)
    assert network.notes == (
        "1 exercise with pairs has participants that do not appear at service level: "
        "Three-way drill (without Umber).",
        "1 of 1 plan has no pair at service level: Drill of Umber and Cobalt (without Umber).",
    )


def test_a_tie_is_inferred_if_all_its_exercises_are(azure: Store) -> None:
    assert build(azure, Policy("service", ("under-way",))).ties[0].basis == "inferred"


def test_state_level(azure: Store) -> None:
    assert ties(build(azure, Policy("state", ALL))) == [
        ("Azure", "Cobalt", 3, 2.5, 0, 0.0, "stated"),
        ("Cobalt", "Umber", 1, 0.5, 1, 1.0, "stated"),
        ("Azure", "Umber", 1, 0.5, 0, 0.0, "stated"),
    ]


def test_organisation_level(azure: Store) -> None:
    assert ties(build(azure, Policy("organisation"))) == [
        ("Azure", "Cobalt", 3, 2.5, 0, 0.0, "stated"),
        ("Azure", "the League", 2, 2.0, 0, 0.0, "stated"),
        ("Azure", "Umber", 1, 0.5, 0, 0.0, "stated"),
        ("Cobalt", "Umber", 1, 0.5, 0, 0.0, "stated"),
    ]


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        (("held",), [("Azure", "Cobalt", 2, 2.0, 0, 0.0, "stated")]),
        (("planned",), [("Cobalt", "Umber", 0, 0.0, 1, 1.0, "stated")]),
    ],
)
def test_what_is_included(azure: Store, include: tuple[str, ...], expected: list[object]) -> None:
    assert ties(build(azure, Policy("state", include))) == expected


def test_domains(azure: Store) -> None:
    air = build(azure, Policy("state", domain="air"))
    assert ties(air) == [("Azure", "Umber", 1, 1.0, 0, 0.0, "stated")]
    assert build(azure, Policy("service", domain="air")).ties == ()
    every = build(azure, Policy("state", domain="all"))
    assert ("Azure", "Umber", 2, 1.5, 0, 0.0, "stated") in ties(every)


def test_what_has_no_domain_is_said(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State . :B a nr:State .
        :e a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval .
        :f a nr:Exercise ; rdfs:label "F" ; nr:hasParticipant :A, :B ."""
    )
    network = build(store, Policy("state"))
    assert network.ties[0].count == 1
    assert network.notes == ("1 without a domain is not counted: F.",)
    assert build(store, Policy("state", domain="all")).notes == ()


def test_long_lists_are_counted(make: Callable[[str], Store]) -> None:
    facts = ":A a nr:State . :B a nr:Ship ." + "".join(
        f':e{i} a nr:Exercise ; rdfs:label "E{i}" ; nr:hasParticipant :A, :B .' for i in range(9)
    )
    [note] = build(make(facts), Policy("state", domain="all")).notes
    assert note.startswith("9 of 9 exercises have no pair at state level: E0 (without ")
    assert note.endswith("; and 3 more.")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"level": "fleet"}, "'fleet' is no level; use one of unit, service, state, organisation"),
        (
            {"include": ("held", "hoped")},
            "'hoped' is nothing to include; use one or more of held,under-way,planned",
        ),
        ({"include": ()}, "nothing to include; use one or more of held,under-way,planned"),
    ],
)
def test_policies_that_mean_nothing(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as error:
        Policy(**arguments)  # type: ignore[arg-type]
    assert str(error.value) == message


def test_a_domain_that_the_graph_has_not(azure: Store) -> None:
    with pytest.raises(QueryError) as error:
        build(azure, Policy(domain="space"))
    assert str(error.value) == (
        "no exercise or plan of this graph is in the domain 'space'; use one of air, naval, all"
    )


@pytest.mark.parametrize(
    ("policy", "said"),
    [
        (Policy(), "service level; exercises held and under way; naval domain"),
        (
            Policy("unit", ALL, "all"),
            "unit level; exercises held and under way, and plans not yet realised; every domain",
        ),
        (Policy(include=("planned",)), "service level; plans not yet realised; naval domain"),
        (Policy(include=("held",)), "service level; exercises held; naval domain"),
    ],
)
def test_a_policy_says_itself(policy: Policy, said: str) -> None:
    assert str(policy) == said


def test_networkx(azure: Store) -> None:
    network = build(azure, Policy("state", ALL))
    graph = network.to_networkx()
    base = "https://w3id.org/passex/id/"
    assert graph.graph == {"policy": str(network.policy), "notes": network.notes}
    assert {iri: graph.nodes[iri] for iri in graph} == {
        base + name.lower(): {"label": name, "kind": "State", "iri": base + name.lower()}
        for name in ("Azure", "Cobalt", "Umber")
    }
    assert graph.edges[base + "cobalt", base + "umber"] == {
        "events": (base + "three-way",),
        "plans": (base + "umber-drill",),
        "count": 1,
        "planned": 1,
        "weight": 0.5,
        "planned_weight": 1.0,
        "basis": "stated",
        "status": ("under-way", "planned"),
        "sources": ("Article on the harbour",),
    }


@pytest.mark.parametrize("level", ["unit", "service", "state", "organisation"])
def test_the_network_and_the_derived_ties_agree(azure: Store, level: str) -> None:
    members = {
        n for tie in build(azure, Policy(level, ALL, "all")).ties for n in (tie.source, tie.target)
    }
    for include, term in ((ALL[:2], "trainedWith"), (ALL[2:], "plansToTrainWith")):
        network = build(azure, Policy(level, include, "all"))
        tied = {frozenset((t.source.iri, t.target.iri)) for t in network.ties}
        rows = {frozenset(row) for row in azure.rows(f"SELECT ?a ?b {{ ?a nr:{term} ?b }}")}
        iris = {frozenset(pair) for pair in combinations([node.iri for node in members], 2)}
        assert tied == rows & iris
