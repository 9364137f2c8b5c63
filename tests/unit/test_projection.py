"""The projection against the plainest reference that can be written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from passex.graph.store import Store
from passex.network.policy import Policy
from passex.network.projection import build
from passex.network.ties import pairs
from passex.network.twomode import memberships

EVENTS = st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=6), max_size=6)


def turtle(events: list[set[int]]) -> str:
    actors = "".join(f':s{i} a nr:State ; rdfs:label "S{i}" .\n' for i in range(7))
    return actors + "".join(
        f":e{n} a nr:Exercise ; nr:hasDomain nrc:naval ; "
        f"nr:hasParticipant {', '.join(f':s{i}' for i in sorted(members))} .\n"
        for n, members in enumerate(events)
    )


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_states_against_combinations(events: list[set[int]]) -> None:
    from passex.graph import rules

    from .conftest import build as store_of

    store = store_of(turtle(events))
    rules.derive(store)
    counts: Counter[tuple[str, str]] = Counter()
    weights: Counter[tuple[str, str]] = Counter()
    for members in events:
        for a, b in combinations(sorted(f"S{i}" for i in members), 2):
            counts[a, b] += 1
            weights[a, b] += 1 / (len(members) - 1)  # type: ignore[assignment]
    network = build(store, Policy("state", domain="all"))
    found = {(t.source.label, t.target.label): t for t in network.ties}
    assert {pair: tie.count for pair, tie in found.items()} == counts
    assert all(abs(tie.weight - weights[pair]) < 1e-12 for pair, tie in found.items())
    order = [(-tie.count, tie.source.label, tie.target.label) for tie in network.ties]
    assert order == sorted(order)
    rows = {tuple(r) for r in store.rows("SELECT ?a ?b { ?a nr:trainedWith ?b }")}
    assert len(rows) == 2 * len(counts)


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=1), st.frozensets(st.integers(0, 3), min_size=1)
    )
)
def test_pairs_are_of_different_parties(members: dict[str, frozenset[int]]) -> None:
    named = {actor: frozenset(map(str, parties)) for actor, parties in members.items()}
    found, count = pairs(named)
    assert found == sorted(found)
    assert set(found) == {
        (a, b)
        for a in named
        for b in named
        if a < b and not named[a] <= named[b] and not named[b] <= named[a]
    }
    assert count <= min(len(named), len({p for parties in named.values() for p in parties}))
    assert not found or count > 1


def test_the_number_of_parties() -> None:
    one, two, three = frozenset("1"), frozenset("2"), frozenset("3")
    # Two ships of one navy that meet a group: at service level two parties, not three.
    assert pairs({"navy": one | two, "group": three}) == ([("group", "navy")], 2)
    # A group of two groups, both of which take part.
    assert pairs({"all": one | two, "a": one, "b": two}) == ([("a", "b")], 2)
    assert pairs({}) == ([], 0)


def test_the_weights_of_one_exercise_add_up_to_half_its_parties() -> None:
    members = {name: frozenset({name}) for name in "abcde"}
    found, count = pairs(members)
    assert len(found) / (count - 1) == len(members) / 2


def test_memberships_name_the_parties(azure: Store) -> None:
    base = "https://w3id.org/passex/id/"
    event = memberships(azure, "unit", [base + "meeting-at-sea"])
    assert list(event) == [base + "meeting-at-sea"]
    members = {
        iri.removeprefix(base): parties for iri, parties in event[base + "meeting-at-sea"].items()
    }
    assert members["az-heron"] == members["az-osprey"] == members["azure-squadron"]
    assert members["league-squadron"] != members["azure-squadron"]
    assert memberships(azure, "state")[base + "rescue-2029"] == {
        base + "azure": frozenset({base + "azure"}),
        base + "cobalt": frozenset({base + "cobalt"}),
    }


def test_blank_nodes_take_part(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State . _:b a nr:State .
        [] a nr:Exercise ; nr:hasParticipant :A, _:b ; nr:hasDomain nrc:naval ."""
    )
    [tie] = build(store, Policy("state")).ties
    assert tie.count == 1
    [event] = memberships(store, "state")
    assert memberships(store, "state", [event])
