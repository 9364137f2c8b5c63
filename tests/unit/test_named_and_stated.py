"""Networks of parties as named, and of what is stated only, against counts in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations
from random import Random

import networkx
import pytest

import passex
from passex.api.knowledge import KnowledgeGraph
from passex.errors import QueryError
from passex.exports.build import Choice, source
from passex.graph.store import Store
from passex.network.model import Network
from passex.network.policy import Policy
from passex.network.projection import build

from .test_obstacles import BY, event, fleet

INFERRED = (
    ":c{0}{1} a nr:Claim ; nr:about :{0} ; nr:onProperty nr:hasParticipant ; nr:hasValue :{1} ; "
    "nr:hasBasis nrc:inferred ."
)


def ties(network: Network) -> dict[str, tuple[int, float]]:
    return {f"{t.source.label}, {t.target.label}": (t.count, t.weight) for t in network.ties}


def test_levels_stand_side_by_side(make: Callable[[str], Store]) -> None:
    facts = fleet("A", "B", "C") + (
        ':L a nr:Organisation ; rdfs:label "League" .'
        ':Q a nr:Formation ; rdfs:label "Squadron" .'
        + BY.format("Q", "NA")
        + BY.format("VA", "Q")
        + event("E", "nr:hasParticipant :VB, :SC, :L")
        # The ship counts with her squadron, the squadron with its navy.
        + event("F", "nr:hasParticipant :VA, :Q, :NA, :SC")
        + event("G", "nr:hasParticipant :SC, :SB ; nr:hasObserver :SA")
        # A navy that counts with its state, and nothing else to tell apart.
        + event("H", "nr:hasParticipant :NB, :SB, :SA")
    )
    network = build(make(facts), Policy("named"))
    assert ties(network) == {
        "League, Ship B": (1, 1 / 2),
        "League, State C": (1, 1 / 2),
        "Ship B, State C": (1, 1 / 2),
        # Two parties, whoever is named beside the one.
        "Navy A, State C": (1, 1.0),
        "Ship A, State C": (1, 1.0),
        "Squadron, State C": (1, 1.0),
        "State B, State C": (1, 1.0),
        "Navy B, State A": (1, 1.0),
        "State A, State B": (1, 1.0),
    }
    assert str(network.policy) == "parties as named; exercises held and under way; naval domain"
    assert network.notes == ("Actors are as the articles name them: levels are mixed on purpose.",)


def test_phases_and_contingents_of_parties_as_named(make: Callable[[str], Store]) -> None:
    facts = fleet("A", "B", "C", "D") + (
        ":E dcterms:description '' ."
        + event("E", "nr:hasParticipant :SA")
        + event("P", "dcterms:isPartOf :E ; nr:hasParticipant :VA, :VB")
        + event("R", "dcterms:isPartOf :E ; nr:hasParticipant :SC, :VB, :VD")
        + event("G", "nr:hasParticipant :SA, :SB, :SC")
        + ':K a nr:Contingent ; dcterms:isPartOf :G ; rdfs:label "K" . '
        ":SA nr:inContingent :K . :SB nr:inContingent :K ."
    )
    network = build(make(facts), Policy("named"))
    assert ties(network) == {
        "Ship A, Ship B": (1, 1.0),
        "Ship B, Ship D": (1, 1 / 2),
        "Ship B, State C": (1, 1 / 2),
        "Ship D, State C": (1, 1 / 2),
        "State A, State C": (1, 1 / 2),
        "State B, State C": (1, 1 / 2),
    }


def generated() -> tuple[str, list[tuple[list[str], set[str]]]]:
    """Exercises of states and ships, with those who are in each by inference."""
    chance = Random(23)
    names = [f"{kind}{x}" for kind in ("S", "V") for x in "ABCDE"]
    events, facts = [], [fleet(*"ABCDE")]
    for n in range(40):
        # One of a state at most: who counts with whom has a test of its own.
        who = [chance.choice(("S", "V")) + x for x in chance.sample("ABCDE", chance.randint(2, 4))]
        weak = {name for name in who if chance.random() < 0.25}
        events.append((who, weak))
        facts.append(event(f"E{n}", f"nr:hasParticipant {', '.join(f':{name}' for name in who)}"))
        facts += [INFERRED.format(f"E{n}", name) for name in weak]
    assert len(names) == 10
    return "\n".join(facts), events


def counted(level: str, stated: bool) -> dict[str, tuple[int, object]]:
    called = {"S": "State", "V": "Ship"}
    count: Counter[str] = Counter()
    weight: dict[str, float] = defaultdict(float)
    for who, weak in generated()[1]:
        for a, b in combinations(who, 2):
            if stated and {a, b} & weak:
                continue
            labels = [f"{called[x[0]] if level == 'named' else 'State'} {x[1]}" for x in (a, b)]
            pair = ", ".join(sorted(labels))
            count[pair] += 1
            weight[pair] += 1 / (len(who) - 1)
    return {pair: (number, pytest.approx(weight[pair])) for pair, number in count.items()}


@pytest.mark.parametrize("level", ["named", "state"])
def test_what_is_stated_only(make: Callable[[str], Store], level: str) -> None:
    store = make(generated()[0])
    whole, stated = (build(store, Policy(level, basis=basis)) for basis in ("any", "stated"))
    assert ties(whole) == counted(level, False)
    assert ties(stated) == counted(level, True)
    gone = len(whole.ties) - len(stated.ties)
    before = ties(whole)
    fewer = sum(before[pair][0] > number for pair, (number, _) in ties(stated).items())
    assert (gone > 1, fewer > 1) == (level == "named", True)
    left_out = f"{gone} ties are left out, since they are inferred; " if gone else ""
    assert stated.notes[0] == (
        f"{left_out}{fewer} ties count fewer exercises than with those that are inferred."
    )
    assert {tie.basis for tie in stated.ties} == {"stated"}
    assert str(stated.policy).endswith("naval domain; what is stated only")


@pytest.mark.parametrize("level", ["named", "state", "unit"])
def test_why_agrees_with_the_network(make: Callable[[str], Store], level: str) -> None:
    kg = KnowledgeGraph(make(generated()[0]))
    policy = Policy(level, basis="stated")
    tied = {frozenset((t.source.iri, t.target.iri)) for t in kg.ties(policy).ties}
    every = {frozenset((t.source.iri, t.target.iri)) for t in kg.ties(Policy(level)).ties}
    names = sorted({iri for pair in every for iri in pair})
    for a, b in combinations(names, 2):
        reasons = kg.why(a, b, policy=policy).why_not
        assert (reasons == ()) is (frozenset((a, b)) in tied), (a, b)
        if frozenset((a, b)) in every - tied:
            weak = [reason.sentence for reason in reasons if reason.kind == "basis"]
            said = ": it ties the two by inference, where only what is stated counts."
            assert weak
            assert all(sentence.endswith(said) for sentence in weak)


def test_why_at_another_level_than_named(make: Callable[[str], Store]) -> None:
    kg = KnowledgeGraph(make(fleet("A", "B") + event("E", "nr:hasParticipant :VA, :VB")))
    [reason] = kg.why("State A", "State B", policy=Policy("named")).why_not
    assert reason.sentence == (
        "E: it ties the two at state and organisation level, not among parties as named."
    )
    [occasion] = kg.why("Ship A", "Ship B", policy=Policy("named")).occasions
    assert (occasion.levels, occasion.at) == (("unit", "named"), "unit level and as named")
    assert kg.why("Ship A", "Ship B").occasions[0].at == "unit level"


def test_stated_strengths_are_said_to_be_of_ties(make: Callable[[str], Store]) -> None:
    kg = KnowledgeGraph(make(generated()[0]))
    [said, *_] = kg.rank(kg.ties(Policy("state", basis="stated"))).centralities.notes
    assert said.startswith(
        "With Newman's weights an actor's strength is the number of the exercises of two or more "
        "parties that its ties rest on (Newman 2001), but for "
    )


def test_two_modes_for_networkx(make: Callable[[str], Store]) -> None:
    store = make(generated()[0])
    kg = KnowledgeGraph(store)
    graph = kg.two_mode("state", weight="count")
    sides = networkx.get_node_attributes(graph, "bipartite")
    actors = {node for node, side in sides.items() if side == 0}
    assert networkx.is_bipartite(graph)
    assert (len(actors), len(sides) - len(actors)) == (5, 40)
    assert networkx.bipartite.is_bipartite_node_set(graph, actors)
    # Its weighted projection counts what the network counts.
    projected = networkx.bipartite.weighted_projected_graph(graph, actors)
    ties = kg.ties(Policy("state")).ties
    assert len(ties) == projected.size()
    for tie in ties:
        assert projected.edges[tie.source.iri, tie.target.iri]["weight"] == tie.count
    stated = kg.two_mode("state", basis="stated")
    gone = graph.size() - stated.size()
    assert gone == sum(len(weak) for _, weak in generated()[1])
    assert stated.graph["notes"].splitlines()[0] == (
        f"{gone} participations are left out, since they are inferred."
    )


def test_a_text_says_what_is_included() -> None:
    kg = passex.load()
    planned = kg.network("state", include="planned")
    assert planned.graph["policy"] == "state level; plans not yet realised; naval domain"
    assert {d["count"] for _, _, d in planned.edges(data=True)} == {0}
    both = kg.network("state", include="held, planned").edges
    assert set(both) == set(kg.network("state", include=("held", "planned")).edges)
    assert len(kg.two_mode("state", include="planned")) > 0


def test_meetings_for_networkx(make: Callable[[str], Store]) -> None:
    days = ("2030-01-01", "2030-12-31"), ("2030-05-01", "2030-05-01"), ("", "")
    facts = fleet("A", "B", "C")
    for n, ((first, last), who) in enumerate(zip(days, ("AB", "ABC", "BC"), strict=True)):
        dates = (
            f'nr:earliest "{first}"^^xsd:date ; nr:latest "{last}"^^xsd:date ; ' if first else ""
        )
        people = ", ".join(f":S{x}" for x in who)
        facts += f':m{n} a nr:Meeting ; rdfs:label "M{n}" ; {dates}nr:hasParticipant {people} .'
    kg = KnowledgeGraph(make(facts))
    name = "https://example.org/S"
    weights = {a[-1] + b[-1]: tie["weight"] for a, b, tie in kg.meetings().edges(data=True)}
    assert weights == {"AB": 2.0, "AC": 1.0, "BC": 2.0}
    spring = kg.meetings(since="2030-04-01", until="2030-06-30")
    assert spring.edges[f"{name}A", f"{name}B"]["weight"] == 2.0
    assert spring.graph["title"] == "Who met whom: 2030-04-01 to 2030-06-30"
    assert spring.graph["notes"] == (
        "1 of 2 meetings only may have taken place then: M0.\n1 without dates is not counted: M2."
    )
    assert kg.meetings().graph["notes"] == ""


def test_two_modes_say_what_a_period_leaves_open(make: Callable[[str], Store]) -> None:
    facts = fleet("A", "B") + event(
        "E",
        'nr:hasParticipant :SA, :SB ; nr:earliest "2030-01-01"^^xsd:date ; '
        'nr:latest "2030-12-31"^^xsd:date',
    )
    facts += event("F", "nr:hasParticipant :SA, :SB ; nr:leavesOpen nr:hasParticipant")
    store = make(facts)
    kg = KnowledgeGraph(store)
    assert kg.two_mode("state", until="2030-06-01").graph["notes"] == (
        "1 of 1 exercise only may have taken place then: E.\n1 without dates is not counted: F."
    )
    assert kg.two_mode("unit").graph["notes"] == (
        "2 of 2 exercises have no participant at unit level: E (without State A, State B); "
        "F (without State A, State B)."
    )
    assert kg.two_mode("state").graph["notes"] == (
        "1 of 2 exercises with participants leaves its list of parties open, so that its weight is "
        "an upper bound: F."
    )
    with pytest.raises(QueryError, match="the two-mode network has no backbone"):
        source(store, Choice("two-mode", Policy(backbone="sdsm")), "graph")


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"level": "named"}, "level 'named'"),
        ({"backbone": "sdsm"}, "backbone"),
    ],
)
def test_the_page_refuses_what_it_cannot_show(
    azure: Store, given: dict[str, str], what: str
) -> None:
    with pytest.raises(QueryError) as error:
        source(azure, Choice("network", Policy(**given)), "page")  # type: ignore[arg-type]
    assert str(error.value) == (
        f"the page has no {what}; leave it out, or export another format, such as svg"
    )
