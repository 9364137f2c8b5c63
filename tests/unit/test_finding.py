"""What is said of a network at first sight, counted again with networkx."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex import Policy, load
from passex.graph.labelling import Node
from passex.network.activities import Activity
from passex.network.finding import say_finding
from passex.network.model import Network, SharedActivity, Tie

AZURE = Path(__file__).parents[1] / "data" / "azure.ttl"
EVERY = ("held", "under-way", "planned")
NAMES = ["Ash", "Birch", "Cedar", "Date", "Elm", "Fir", "Gum", "Hazel"]


def network(
    pairs: list[tuple[str, str, str]],
    policy: Policy | None = None,
    guessed: tuple[str, ...] = (),
) -> Network:
    """A network of pairs, each with the statuses of what they share by their first letters."""
    events = 0
    ties = []
    for a, b, shared in pairs:
        occasions = []
        for letter in shared:
            events += 1
            status = {"h": "held", "u": "under-way", "p": "planned"}[letter]
            activity = Activity(f"urn:e{events}", f"E{events}", status, frozenset(), "2017")
            occasions.append(SharedActivity(activity, 2, a + b in guessed, ()))
        one, other = (Node(name, f"urn:{name}", "State") for name in sorted((a, b)))
        ties.append(Tie(one, other, tuple(occasions)))
    ties.sort(key=lambda tie: (-tie.count, -tie.planned, tie.source, tie.target))
    return Network(policy or Policy("state", EVERY), tuple(ties), ())


def test_nothing_is_said_of_nothing() -> None:
    assert say_finding(network([])) == ()


def test_who_holds_a_network_together() -> None:
    star = [("Ash", "Birch", "hh"), ("Ash", "Cedar", "h"), ("Cedar", "Date", "u")]
    assert say_finding(network(star, guessed=("AshBirch",))) == (
        "Ash and Cedar each trained with 2 of 3 others.",
        "Most exercises in common, 2: Ash and Birch.",
    )
    assert say_finding(network([*star, ("Ash", "Elm", "p"), ("Ash", "Fir", "h")])) == (
        "Ash trained with 3 of 5 others, in 4 of 5 exercises.",
        "Nobody else links these to each other: Birch; Fir; Cedar and Date.",
        "Most exercises in common, 2: Ash and Birch.",
        "1 plan, not yet realised, ties 1 pair; for Ash and Elm there is no exercise here.",
    )


def test_a_phase_to_come_is_no_plan() -> None:
    shared = network([("Ash", "Birch", "pp"), ("Ash", "Cedar", "pp"), ("Ash", "Date", "p")])
    activities = {o.activity.iri: o.activity for tie in shared.ties for o in tie.occasions}
    wholes = dict.fromkeys(activities) | {"urn:e1": "urn:w", "urn:e2": "urn:w", "urn:e3": "urn:x"}

    def of(number: int) -> tuple[str, ...]:
        ties = []
        for tie in shared.ties:
            on = [replace(o.activity, part_of=wholes[o.activity.iri]) for o in tie.occasions]
            on = [one for one in on if one.part_of is not None or int(one.iri[5:]) <= number]
            ties.append(
                Tie(tie.source, tie.target, tuple(SharedActivity(o, 2, False, ()) for o in on))
            )
        return say_finding(Network(Policy("state", ("planned",)), tuple(filter(_tied, ties)), ()))

    assert of(5) == ("2 plans, not yet realised, and 3 phases to come in 2 exercises tie 3 pairs.",)
    assert of(4) == ("1 plan, not yet realised, and 3 phases to come in 2 exercises tie 2 pairs.",)
    assert of(0) == ("3 phases to come in 2 exercises tie 2 pairs.",)
    wholes |= {"urn:e2": None, "urn:e3": None}
    assert of(0) == ("1 phase to come in 1 exercise ties 1 pair.",)


def _tied(tie: Tie) -> bool:
    return bool(tie.occasions)


def test_what_is_inferred_is_said_to_be() -> None:
    pairs = [("Ash", "Birch", "h"), ("Ash", "Cedar", "h")]
    assert say_finding(network(pairs, guessed=("AshBirch",)))[0] == (
        "Ash trained with both others (1 of these 2 ties inferred), in 2 of 2 exercises."
    )


def test_a_pair_alone_and_plans_alone() -> None:
    assert say_finding(network([("Ash", "Birch", "h")])) == (
        "Ash and Birch trained with each other.",
    )
    plans = network([("Ash", "Birch", "p")], Policy("state", ("planned",)))
    # Whether they trained together is not asked, so that nothing is said of it.
    assert say_finding(plans) == ("1 plan, not yet realised, ties 1 pair.",)


def test_ties_that_a_threshold_left_are_not_all_training() -> None:
    pairs = [("Ash", "Birch", "hh"), ("Ash", "Cedar", "hh")]
    said = say_finding(network(pairs, Policy("state", EVERY, min_events=2)))
    assert said[0] == "Ash has ties to both others, in 4 of 4 exercises."


def test_many_equals_are_counted_and_not_named() -> None:
    ring = [(NAMES[n], NAMES[(n + 1) % 6], "hh") for n in range(6)]
    assert say_finding(network(ring)) == (
        "6 actors trained with 2 of 5 others each, and nobody with more.",
        "6 pairs have 2 exercises in common, and none has more.",
    )


PAIRS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(
        lambda pair: pair[0] < pair[1]
    ),
    st.text("hup", min_size=1, max_size=3),
    max_size=14,
)


@given(PAIRS)
def test_every_number_is_that_of_networkx(pairs: dict[tuple[str, str], str]) -> None:
    check(network([(a, b, shared) for (a, b), shared in pairs.items()]))


@pytest.mark.parametrize("level", ["unit", "service", "state", "organisation"])
@pytest.mark.parametrize("include", [EVERY, ("held", "under-way"), ("planned",)])
@pytest.mark.parametrize("data", [(), (str(AZURE),)])
def test_of_whole_graphs_too(level: str, include: tuple[str, ...], data: tuple[str, ...]) -> None:
    check(load(*data).ties(Policy(level, include, "all")))


def check(found: Network) -> None:
    """Count each sentence again."""
    everyone: nx.Graph[str] = nx.Graph()
    graph: nx.Graph[str] = nx.Graph()
    behind: dict[str, set[str]] = {}
    for tie in found.ties:
        ends = tie.source.label, tie.target.label
        everyone.add_edge(*ends)
        if tie.count:
            graph.add_edge(*ends, count=tie.count)
            for end in ends:
                behind.setdefault(end, set()).update(
                    o.activity.iri for o in tie.occasions if not o.activity.planned
                )
    degrees = dict(graph.degree)
    most = max(degrees.values(), default=0)
    top = sorted(label for label, degree in degrees.items() if degree == most)
    said = list(say_finding(found))
    if top:
        first = said.pop(0)
        others = len(everyone) - 1
        number = {1: "each other", 2: "both others"}.get(others, f"all {others} others")
        number = number if most == others else f"{most} of {others} others"
        assert number in first
        if len(top) == 1:
            exercises = set().union(*behind.values())
            assert first.startswith(f"{top[0]} trained with {number}")
            assert f", in {len(behind[top[0]])} of {len(exercises)} exercise" in first
        elif len(top) > 3:
            assert first.startswith(f"{len(top)} actors")
        else:
            assert all(label in first for label in top)
    if len(top) == 1:
        rest = graph.copy()
        rest.remove_node(top[0])
        near = graph[top[0]]
        parts = [part for part in nx.connected_components(rest) if part & set(near)]
        alone = [one for one in said if one.startswith("Nobody else")]
        assert bool(alone) is (len(parts) > 1)
        if alone:
            said.remove(alone[0])
            listed = alone[0].partition(": ")[2].rstrip(".")
            if listed:
                assert sorted(map(len, parts)) == sorted(
                    len(re.split(", | and ", part)) for part in listed.split("; ")
                )
            else:
                assert alone[0].endswith(f" to {max(map(len, parts))} others.")
    shared = [int(data["count"]) for *_, data in graph.edges(data=True)]
    if len(shared) > 1 and max(shared) > 1:
        equal = shared.count(max(shared))
        common = said.pop(0)
        few = f"Most exercises in common, {max(shared)}: "
        many = f"{equal} pairs have {max(shared)} exercises in common"
        assert common.startswith(few if equal <= 3 else many)
        assert equal > 3 or common.count(" and ") >= equal
    plans = {o.activity.iri for tie in found.ties for o in tie.occasions if o.activity.planned}
    if plans:
        planned = [tie for tie in found.ties if tie.planned]
        said_of_plans = said.pop(0)
        assert re.match(
            rf"{len(plans)} plans?, not yet realised, ties? {len(planned)} pairs?[;,.]",
            said_of_plans,
        )
        alone_planned = [tie for tie in planned if not tie.count]
        if len(alone_planned) > 3 and found.policy.things != "plans":
            assert f", {len(alone_planned)} of which have no" in said_of_plans
    assert said == []
