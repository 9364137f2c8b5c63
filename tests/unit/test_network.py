from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from passex.errors import QueryError
from passex.exports.build import network as draw
from passex.graph.rows import Named
from passex.graph.store import Store
from passex.network.model import Network
from passex.network.policy import DEFAULT, OPTIONS, Policy
from passex.network.projection import build
from passex.network.ranking import rank

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
    article = Named("Article on the harbour", "https://w3id.org/passex/id/article-harbour")
    assert [(o.activity.label, o.inferred, o.sources) for o in occasions] == [
        ("Rescue exercise", True, (article,)),
        ("July sailing", False, ()),
        ("Three-way drill", True, ()),
    ]
    assert network.ties[0].sources == (article,)
    umber = "Umber [Umber Northern Navy or Umber Southern Navy, and it isn't said which]"
    assert network.notes == (
        "1 exercise with pairs has participants that do not appear at service level: "
        f"Three-way drill (without {umber}).",
        f"1 of 1 plan has no pair at service level: Drill of Umber and Cobalt (without {umber}).",
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
        # Only a claim that infers it gives Azure its navy.
        ("Azure", "the League", 2, 2.0, 0, 0.0, "inferred"),
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
    none = build(azure, Policy("service", domain="air"))
    assert none.ties == ()
    assert none.notes == (
        "There are pairs at other levels: state, organisation.",
        "1 of 1 exercise has no pair at service level: Air week (without Azure, Umber).",
    )
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


def test_the_domain_of_a_plan_without_participants_is_not_missed(
    make: Callable[[str], Store],
) -> None:
    """As of docs/encoding.md, it goes without saying until somebody is named."""
    facts = """:A a nr:State . :B a nr:State .
        :e a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval .
        :f a nr:ExercisePlan ; rdfs:label "F" ; nr:leavesOpen nr:hasParticipant ."""
    bare = "1 without a domain is not counted: F."
    assert bare not in build(make(facts), Policy("state")).notes
    named = f"{facts} :f nr:hasParticipant :A ."
    assert bare in build(make(named), Policy("state")).notes


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
        (
            {"level": "fleet"},
            "'fleet' is no level; use one of unit, service, state, organisation, named",
        ),
        ({"basis": "weak"}, "'weak' is no basis; use one of any, stated"),
        ({"backbone": "spine"}, "'spine' is no backbone; use one of disparity, sdsm"),
        (
            {"alpha": 1.0},
            "1.0 is no significance level; use a number between 0 and 1, as 0.05",
        ),
        (
            {"alpha": float("nan")},
            "nan is no significance level; use a number between 0 and 1, as 0.05",
        ),
        (
            {"include": ("held", "hoped")},
            "'hoped' is nothing to include; use one or more of held,under-way,planned",
        ),
        ({"include": ()}, "nothing to include; use one or more of held,under-way,planned"),
        (
            {"since": "20301"},
            "'20301' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"until": "2030-02-30"},
            "'2030-02-30' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"since": "2030-W01"},
            "'2030-W01' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"since": "2030-13"},
            "'2030-13' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"since": "0000"},
            "'0000' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"until": ""},
            "'' is no year, month or day; write it as 2017, 2017-05 or 2017-05-01",
        ),
        (
            {"since": 2031, "until": "2030-05-01"},
            "since 2031 is later than until 2030-05-01; give the earlier one first",
        ),
        ({"min_events": 0}, "0 is no number of exercises that a tie can need; use 1 or more"),
    ],
)
def test_policies_that_mean_nothing(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as error:
        Policy(**arguments)  # type: ignore[arg-type]
    assert str(error.value) == message


def test_a_policy_is_read_from_texts() -> None:
    assert Policy.parse({}) == DEFAULT == Policy()
    assert Policy.parse({option.name: option.default or None for option in OPTIONS}) == DEFAULT
    given = {"level": "unit", "include": " planned,,held,planned", "domain": "all", "until": "2018"}
    expected = Policy("unit", ("planned", "held"), "all", None, "2018", 3)
    assert Policy.parse({**given, "since": None, "min-events": 3, "weight": "x"}) == expected
    assert Policy(include="planned, held").include == ("planned", "held")  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="'x' is no significance level; use a number between 0"):
        Policy.parse({"alpha": "x"})
    with pytest.raises(QueryError, match="'few' is no number of exercises; give 1 or more"):
        Policy.parse({"min-events": "few"})
    with pytest.raises(QueryError, match="-1 is no number of exercises that a tie can need"):
        Policy.parse({"min-events": "-1"})
    with pytest.raises(QueryError, match="nothing to include"):
        Policy.parse({"include": " , "})


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
        (
            Policy(since=2017, min_events=2),
            "service level; exercises held and under way; naval domain; since 2017; "
            "ties of at least 2 exercises",
        ),
        (
            Policy(include=("planned",), until="2018-05-01", min_events=2),
            "service level; plans not yet realised; naval domain; until 2018-05-01; "
            "ties of at least 2 plans",
        ),
        (
            Policy(include=("held", "planned"), since="2017", until="2017", min_events=3),
            "service level; exercises held, and plans not yet realised; naval domain; "
            "2017 to 2017; ties of at least 3 exercises or plans",
        ),
    ],
)
def test_a_policy_says_itself(policy: Policy, said: str) -> None:
    assert str(policy) == said


def test_networkx(azure: Store) -> None:
    network = build(azure, Policy("state", ALL))
    graph = network.to_networkx()
    base = "https://w3id.org/passex/id/"
    assert graph.graph == {"policy": str(network.policy), "notes": "\n".join(network.notes)}
    assert {iri: graph.nodes[iri] for iri in graph} == {
        base + name.lower(): {"label": name, "kind": "State", "iri": base + name.lower()}
        for name in ("Azure", "Cobalt", "Umber")
    }
    assert graph.edges[base + "cobalt", base + "umber"] == {
        "events": base + "three-way",
        "plans": base + "umber-drill",
        "count": 1,
        "planned": 1,
        "weight": 0.5,
        "planned_weight": 1.0,
        "basis": "stated",
        "status": "under-way | planned",
        "sources": "Article on the harbour",
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


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        # Some day of 2029; 6 May; 10 to 20 June; July, of 2030; and one without dates.
        (None, None, ["Rescue", "Meeting", "June", "July", "Three-way"]),
        (2029, 2030, ["Rescue", "Meeting", "June", "July"]),
        ("2029-12-31", None, ["Rescue", "Meeting", "June", "July"]),
        ("2030-01-01", None, ["Meeting", "June", "July"]),
        ("2030-06-20", None, ["June", "July"]),
        ("2030-06-21", None, ["July"]),
        (None, "2030-06-10", ["Rescue", "Meeting", "June"]),
        (None, "2030-06-09", ["Rescue", "Meeting"]),
        ("2030-05-06", "2030-05-06", ["Meeting"]),
        ("2030-05", "2030-05", ["Meeting"]),
        (None, 2028, []),
        (2031, None, []),
    ],
)
def test_what_may_be_in_the_period_counts(
    azure: Store, since: str | int | None, until: str | int | None, expected: list[str]
) -> None:
    network = build(azure, Policy("organisation", ALL[:2], "naval", since, until))
    found = {o.activity.label.split()[0] for tie in network.ties for o in tie.occasions}
    assert found == set(expected)
    left_out = "1 without dates is not counted: Three-way drill."
    assert (left_out in network.notes) is ("Three-way" not in expected)


def test_what_has_no_dates_is_no_plan_left_out_for_being_one(azure: Store) -> None:
    period = Policy("state", since=2029)
    assert build(azure, period).notes[-1] == "1 without dates is not counted: Three-way drill."
    assert build(azure, Policy("state", ALL, since=2029)).notes[-1] == (
        "2 without dates are not counted: Drill of Umber and Cobalt; Three-way drill."
    )


def test_bounds_that_are_missing_or_no_dates(make: Callable[[str], Store]) -> None:
    def event(name: str, dates: str) -> str:
        return (
            f':{name} a nr:Exercise ; rdfs:label "{name}" ; nr:hasParticipant :A, :B ; '
            f"nr:hasDomain nrc:naval {dates} ."
        )

    store = make(
        ":A a nr:State . :B a nr:State ."
        + event("open", '; nr:earliest "2030-05-01"^^xsd:date')
        + event("ended", '; nr:latest "2030-05-01"^^xsd:date')
        + event(
            "zoned", '; nr:earliest "2030-05-01Z"^^xsd:date ; nr:latest "2030-05-01Z"^^xsd:date'
        )
        + event("vague", '; nr:earliest "soon" ; nr:latest "later"')
    )

    def labels(**period: int) -> set[str]:
        network = build(store, Policy("state", **period))  # type: ignore[arg-type]
        *may, undated = network.notes
        assert undated == "1 without dates is not counted: vague."
        only.extend(may)
        return {o.activity.label for tie in network.ties for o in tie.occasions}

    only: list[str] = []
    assert labels(since=2030) == {"open", "ended", "zoned"}
    assert only == ["1 of 3 exercises only may have taken place then: ended."]
    assert labels(since=2031) == {"open"}
    assert labels(until=2029) == {"ended"}


def test_plans_and_what_has_no_domain_are_missed_in_the_period_alone(
    make: Callable[[str], Store],
) -> None:
    dates = 'nr:earliest "2030-01-01"^^xsd:date ; nr:latest "2030-12-31"^^xsd:date'
    store = make(
        f""":A a nr:State . :B a nr:State .
        :e a nr:Exercise ; rdfs:label "E" ; nr:hasParticipant :A, :B ; {dates} .
        :p a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval ; {dates} ."""
    )
    said = (
        "1 plan is not counted, since planned is not included.",
        "1 without a domain is not counted: E.",
    )
    assert build(store, Policy("state", since=2030)).notes == said
    assert build(store, Policy("state", since=2031)).notes == ()


def test_a_plan_of_nobody_is_missed_as_a_plan(make: Callable[[str], Store]) -> None:
    dates = 'nr:earliest "2030-01-01"^^xsd:date ; nr:latest "2030-12-31"^^xsd:date'
    store = make(
        f""":A a nr:State . :B a nr:State .
        :p a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval ; {dates} .
        :q a nr:ExercisePlan ; rdfs:label "Q" ; nr:leavesOpen nr:hasParticipant ; {dates} ."""
    )

    def notes(**policy: object) -> tuple[str, ...]:
        return build(store, Policy("state", **policy)).notes  # type: ignore[arg-type]

    assert notes() == ("2 plans are not counted, since planned is not included.",)
    assert notes(since=2031) == ()
    assert notes(include=ALL) == ("1 without a domain is not counted: Q.",)
    assert notes(include=ALL, domain="all") == ("1 of 2 plans has no pair at state level: Q.",)


def test_ties_of_few_exercises(azure: Store) -> None:
    network = build(azure, Policy("state", ALL, min_events=2))
    assert ties(network) == [
        ("Azure", "Cobalt", 3, 2.5, 0, 0.0, "stated"),
        ("Cobalt", "Umber", 1, 0.5, 1, 1.0, "stated"),
    ]
    assert network.notes[0] == "1 tie is left out, of fewer than 2 exercises or plans."
    assert network.notes[1:] == build(azure, Policy("state", ALL)).notes
    none = build(azure, Policy("state", min_events=4))
    assert none.ties == ()
    assert none.notes[0] == "3 ties are left out, of fewer than 4 exercises."


PHASES = """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
    :C a nr:State ; rdfs:label "C" . :D a nr:State ; rdfs:label "D" .
    :e a nr:Exercise ; rdfs:label "E" ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:under-way .
    :h a nr:Exercise ; rdfs:label "Harbour" ; dcterms:isPartOf :e ; nr:hasParticipant :A, :B .
    :s a nr:Exercise ; rdfs:label "Sea" ; dcterms:isPartOf :e ; nr:hasParticipant :A, :B, :C ."""


def test_an_exercise_counts_once_for_a_pair_in_several_phases(make: Callable[[str], Store]) -> None:
    network = build(make(PHASES), Policy("state"))
    assert ties(network) == [
        ("A", "B", 1, 1.0, 0, 0.0, "stated"),
        ("A", "C", 1, 0.5, 0, 0.0, "stated"),
        ("B", "C", 1, 0.5, 0, 0.0, "stated"),
    ]
    assert {o.activity.label for tie in network.ties for o in tie.occasions} == {"E"}
    assert network.notes == ()
    # Who is named for the whole is weighed there.
    whole = build(make(PHASES + ":e nr:hasParticipant :A, :B, :C, :D ."), Policy("state"))
    assert {(t.count, t.weight) for t in whole.ties} == {(1, 1 / 3)}
    assert len(whole.ties) == 6


def test_a_phase_to_come_is_no_plan_and_adds_none_to_those_who_train(
    make: Callable[[str], Store],
) -> None:
    coming = PHASES.replace(":s a nr:Exercise", ":s a nr:ExercisePlan")
    store = make(coming)
    assert ties(build(store, Policy("state", ALL))) == [
        ("A", "B", 1, 1.0, 0, 0.0, "stated"),
        ("A", "C", 0, 0.0, 1, 0.5, "stated"),
        ("B", "C", 0, 0.0, 1, 0.5, "stated"),
    ]
    held = build(store, Policy("state"))
    assert ties(held) == [("A", "B", 1, 1.0, 0, 0.0, "stated")]
    assert held.notes == ()
    # Two phases to come are one plan for a pair.
    more = ":t a nr:ExercisePlan ; dcterms:isPartOf :e ; nr:hasParticipant :B, :C ."
    twice = build(make(coming + more), Policy("state", ALL))
    assert [(t.target.label, t.planned) for t in twice.ties] == [("B", 0), ("C", 1), ("C", 1)]


def test_phases_of_a_plan_count_as_that_plan(make: Callable[[str], Store]) -> None:
    store = make(PHASES.replace("nr:Exercise", "nr:ExercisePlan"))
    network = build(store, Policy("state", ALL))
    assert [(t.planned, t.planned_weight) for t in network.ties] == [(1, 1.0), (1, 0.5), (1, 0.5)]
    assert {o.activity.label for tie in network.ties for o in tie.occasions} == {"E"}


def test_articles_on_phases_are_behind_pictures_and_networks(
    make: Callable[[str], Store],
) -> None:
    store = make(
        PHASES
        + """<https://example.org/one> a schema:NewsArticle ; rdfs:label "One" .
        :c nr:about :h ; nr:onProperty nr:hasParticipant ; nr:hasValue :A, :B ;
            nr:hasEvidence <https://example.org/one#char=0,5> .
        <https://example.org/one#char=0,5> oa:exact "words" ."""
    )
    network = build(store, Policy("state"))
    assert {source.label for tie in network.ties for source in tie.sources} == {"One"}
    assert [event.articles for event in draw(store, network).events] == [("One",)]


def test_two_that_together_train_with_a_third(make: Callable[[str], Store]) -> None:
    store = make(
        """:a a nr:Ship ; rdfs:label "A" . :b a nr:Ship ; rdfs:label "B" .
        :c a nr:Ship ; rdfs:label "C" . :k a nr:Contingent ; dcterms:isPartOf :e .
        :a nr:inContingent :k . :b nr:inContingent :k .
        :e a nr:Exercise ; nr:hasParticipant :a, :b, :c ; nr:hasDomain nrc:naval ."""
    )
    assert ties(build(store, Policy("unit"))) == [
        ("A", "C", 1, 0.5, 0, 0.0, "stated"),
        ("B", "C", 1, 0.5, 0, 0.0, "stated"),
    ]


def test_an_exercise_counts_in_each_of_its_domains(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State . :B a nr:State . :e a nr:Exercise ; nr:hasParticipant :A, :B ;
            nr:hasDomain nrc:naval, nrc:air ."""
    )
    assert [len(build(store, Policy("state", domain=d)).ties) for d in ("naval", "air")] == [1, 1]


@pytest.mark.parametrize(
    ("facts", "counts"),
    [
        ("a nr:Exercise ; nr:hasStatus nrc:broken-off", [(1, 0)]),
        ("a nr:ExercisePlan ; nr:hasStatus nrc:postponed", [(0, 1)]),
        ("a nr:ExercisePlan ; nr:hasStatus nrc:cancelled", []),
        ("a nr:ExercisePlan ; nr:hasStatus nrc:carried-out", []),
        ("a nr:ExercisePlan ; nr:realisedBy :x", []),
        ("a nr:ExercisePlan ; nr:hasKind nrc:exercises-lumped-together", [(0, 1)]),
        (
            "a nr:ExercisePlan ; nr:hasKind nrc:exercises-lumped-together ; nr:realisedBy :x",
            [(0, 1)],
        ),
    ],
)
def test_what_counts_as_held_or_planned(
    facts: str, counts: list[tuple[int, int]], make: Callable[[str], Store]
) -> None:
    store = make(
        f""":A a nr:State . :B a nr:State .
        :e {facts} ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval ."""
    )
    assert [(t.count, t.planned) for t in build(store, Policy("state", ALL)).ties] == counts


def test_open_lists_of_parties_are_counted(make: Callable[[str], Store]) -> None:
    def event(name: str, parties: str, more: str = "") -> str:
        return (
            f':{name} a nr:Exercise ; rdfs:label "{name}" ; nr:hasParticipant {parties} ; '
            f"nr:hasDomain nrc:naval {more} ."
        )

    leaves = "; nr:leavesOpen nr:hasParticipant, nr:hasPlace"
    facts = ":A a nr:State . :B a nr:State . :C a nr:State ." + event("closed", ":A, :B")
    facts += event("one", ":A, :B, :C", leaves) + event(
        "placeless", ":A, :B", "; nr:leavesOpen nr:hasPlace"
    )
    said = "4 exercises with pairs leave"
    assert build(make(facts), Policy("state")).notes == (
        "1 of 3 exercises with pairs leaves its list of parties open, so that its weight is an "
        "upper bound: one.",
    )
    # One that has no pair has no weight.
    facts += event("two", ":A, :B", leaves) + event("alone", ":A", leaves)
    assert build(make(facts), Policy("state")).notes == (
        "1 of 5 exercises has no pair at state level: alone.",
        f"2 of {said} their lists of parties open, so that their weights are upper bounds: "
        "one; two.",
    )


APART = ": some parties of their exercises are several actors, or not tied with all others."


@pytest.mark.parametrize(
    ("least", "of", "strength", "said"),
    [
        (
            1,
            "its exercises of two or more parties (Newman 2001), but for 2 of 3 actors",
            2.0,
            APART,
        ),
        (
            *(2, "the exercises of two or more parties that its ties rest on (Newman 2001)", 1.5),
            f", but for 2 of 2 actors{APART}",
        ),
        (3, "", 0.0, None),
    ],
)
def test_newmans_strength_is_said_as_it_is(
    make: Callable[[str], Store], least: int, of: str, strength: float, said: str | None
) -> None:
    # B and C are a contingent: each is tied with A alone, and the exercise has three parties.
    store = make(
        """:A a nr:State . :B a nr:State . :C a nr:State .
        :one a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasDomain nrc:naval .
        :three a nr:Exercise ; nr:hasParticipant :A, :B, :C ; nr:hasDomain nrc:naval .
        :k a nr:Contingent ; dcterms:isPartOf :three .
        :B nr:inContingent :k . :C nr:inContingent :k ."""
    )
    network = build(store, Policy("state", min_events=least))
    found = rank(store, network, "strength", "weight").centralities
    if said is None:
        assert (found.notes, found.density, found.actors) == ((), 0.0, ())
        return
    assert found.notes[0] == (
        f"With Newman's weights an actor's strength is the number of {of}{said}"
    )
    assert found.scores("strength")["https://example.org/A"] == strength


@pytest.mark.parametrize(
    ("bounds", "days"),
    [
        (["2030-05-01 2030-05-09", "2031-06-02 2031-06-02"], ["2030-05-01", "2031-06-02"]),
        # Whether what ended by 2029 began before all others is not known; nor the other end.
        (["2030-05-01 2030-05-09", "- 2029-06-10"], ["None", "2030-05-09"]),
        (["2030-05-01 2030-05-09", "2031-06-02 -"], ["2030-05-01", "None"]),
        (["- 2029-06-10", "2031-06-02 -"], ["None", "None"]),
        (["- -", "2031-06-02 2031-06-03"], ["2031-06-02", "2031-06-03"]),
        (["- -"], ["None", "None"]),
    ],
)
def test_days_of_a_tie_are_those_before_and_after_which_nothing_is_possible(
    make: Callable[[str], Store], bounds: list[str], days: list[str]
) -> None:
    facts = ":SA a nr:State . :SB a nr:State ."
    for number, pair in enumerate(bounds):
        facts += f":e{number} a nr:Exercise ; nr:hasParticipant :SA, :SB ."
        for name, day in zip(("earliest", "latest"), pair.split(), strict=True):
            facts += "" if day == "-" else f':e{number} nr:{name} "{day}"^^xsd:date .'
    store = make(facts)
    built = build(store, Policy("state", domain="all"))
    table = built.table()
    [row] = table.rows
    places = [table.columns.index(name) for name in ("first", "last")]
    assert [str(getattr(row[at], "value", row[at])) for at in places] == days
    picture = draw(store, built)
    [edge] = picture.edges
    drawn = dict(zip([f.name for f in picture.edge_fields], edge.attributes, strict=True))
    assert [str(drawn[name]) for name in ("first", "last")] == days


def test_a_ship_whose_navy_takes_part_is_missed_at_no_level_of_services(
    make: Callable[[str], Store],
) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "State A" . :B a nr:State ; rdfs:label "State B" .
        :N a nr:Navy ; rdfs:label "Navy A" . :M a nr:Navy ; rdfs:label "Navy B" .
        :n1 a nr:Affiliation ; org:member :N ; org:organization :A .
        :n2 a nr:Affiliation ; org:member :M ; org:organization :B .
        :n3 a nr:Affiliation ; org:member :S ; org:organization :A .
        :S a nr:Ship ; rdfs:label "Ship of A" . :U a nr:Ship ; rdfs:label "Ship of nobody" .
        :e a nr:Exercise ; rdfs:label "Drill" ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ;
            nr:hasParticipant :N, :S, :M, :U ."""
    )
    assert build(store, Policy("service")).notes == (
        "1 exercise with pairs has participants that do not appear at service level: "
        "Drill (without Ship of nobody).",
    )


def test_a_state_of_two_services_says_for_which_it_may_stand(make: Callable[[str], Store]) -> None:
    navies = "".join(
        f':N{n} a nr:Navy ; rdfs:label "Navy {n}" . '
        f":n{n} a nr:Affiliation ; org:member :N{n} ; org:organization :S{n % 3} . "
        f':S{n} a nr:State ; rdfs:label "State {n}" . '
        for n in range(4)
    )
    store = make(
        navies
        + """:V a nr:Ship ; rdfs:label "Ship of 0" .
        :v a nr:Affiliation ; org:member :V ; org:organization :S0 .
        :e a nr:Exercise ; rdfs:label "Drill" ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ;
            nr:hasParticipant :V, :S1, :S2 .
        :f a nr:Exercise ; rdfs:label "Drill of one" ; nr:hasDomain nrc:naval ;
            nr:hasStatus nrc:held ; nr:hasParticipant :N3, :V, :S1 ."""
    )
    which = "Navy 0 or Navy 3, and it isn't said which"
    assert build(store, Policy("service")).notes == (
        "2 exercises with pairs have participants that do not appear at service level: "
        f"Drill (without Ship of 0 [{which}]); Drill of one (without Ship of 0 [{which}]).",
    )


def test_plans_that_are_only_possible_say_so(make: Callable[[str], Store]) -> None:
    facts = ":A a nr:State . :B a nr:State ."
    # By plan, how certain the claims on its status are: of an older status too.
    said = {
        "P": ["planned possible"],
        "Q": ["planned possible", "planned probable"],
        "R": ["planned possible", "planned certain"],
        "S": ["planned possible", "announced certain"],
        "T": [],
    }
    for plan, claims in said.items():
        facts += f"""
        :{plan} a nr:ExercisePlan ; rdfs:label "{plan}" ; nr:hasStatus nrc:planned ;
            nr:hasDomain nrc:naval ; nr:hasParticipant :A, :B ."""
        for number, claim in enumerate(claims):
            status, certainty = claim.split()
            facts += f"""
            :{plan}{number} nr:about :{plan} ; nr:onProperty nr:hasStatus ;
                nr:hasValue nrc:{status} ; nr:hasCertainty nrc:{certainty} ."""
    [tie] = (network := build(make(facts), Policy("state", ALL))).ties
    assert {o.activity.label: o.activity.standing for o in tie.occasions} == {
        "P": "only possible, planned when reported",
        "Q": "only probable, planned when reported",
        "R": "planned when reported",
        "S": "only possible, planned when reported",
        "T": "planned when reported",
    }
    assert network.notes == (
        "3 of 5 plans are only possible or probable, and count as others do: P; Q; S.",
    )
