"""The projection against the plainest reference that can be written down."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from passex.graph.store import Store
from passex.network.policy import Policy
from passex.network.projection import build
from passex.network.ties import Phase, TwoMode, pairs
from passex.network.twomode import read

EVENTS = st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=6), max_size=6)


def turtle(events: list[set[int]]) -> str:
    actors = "".join(f':s{i} a nr:State ; rdfs:label "S{i}" .\n' for i in range(7))
    return actors + "".join(
        f":e{n} a nr:Exercise ; nr:hasDomain nrc:naval ; "
        f"nr:hasParticipant {', '.join(f':s{i}' for i in sorted(members))} .\n"
        for n, members in enumerate(events)
    )


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
    named = {ord(actor): frozenset(map(str, parties)) for actor, parties in members.items()}
    found, count = Phase(named).pairs(), Phase(named).count()
    assert pairs([Phase(named)]) == dict.fromkeys(found, count)
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
    navy, group, a, b = range(4)
    # Two ships of one navy that meet a group: at service level two parties, not three.
    assert pairs([Phase({navy: one | two, group: three})]) == {(navy, group): 2}
    # A group of two groups, both of which take part.
    assert pairs([Phase({group: one | two, a: one, b: two})]) == {(a, b): 2}
    assert pairs([Phase({})]) == {}


def test_a_pair_counts_in_the_whole_or_the_smallest_phase() -> None:
    alone = [frozenset({str(member)}) for member in range(5)]

    def phase(*members: int) -> Phase:
        return Phase({member: alone[member] for member in members})

    whole, large, small = phase(0, 1, 2, 3), phase(0, 1, 3, 4), phase(3, 4)
    assert pairs([phase(), large, small, phase(0, 3, 4)]) == {
        (0, 1): 4,
        (0, 3): 3,
        (0, 4): 3,
        (1, 3): 4,
        (1, 4): 4,
        (3, 4): 2,
    }
    assert pairs([whole, small]) == {**dict.fromkeys(combinations(range(4), 2), 4), (3, 4): 2}
    two = TwoMode(("e",), tuple("abcde"), array("q"), array("q"), {0: (whole, large, small)})
    assert two.parties(0, []) == {0: 4, 1: 4, 2: 4, 3: 4, 4: 2}


def test_parties_of_one_contingent_are_not_apart() -> None:
    a1, a2, b, c = (frozenset({name}) for name in ("a1", "a2", "b", "c"))
    red, blue = frozenset({"red"}), frozenset({"blue"})
    within = {"a1": red, "b": red, "a2": blue}
    assert Phase({0: a1, 1: b, 2: c}, within).pairs() == [(0, 2), (1, 2)]
    assert Phase({0: a1, 1: b, 2: c}, within).count() == 3
    # One that is in both is apart from each through the other.
    assert Phase({0: a1 | a2, 1: b}, within).pairs() == [(0, 1)]
    assert Phase({0: a1, 1: b}, {"a1": red | blue, "b": blue}).pairs() == []


def test_the_weights_of_one_exercise_add_up_to_half_its_parties() -> None:
    found = pairs([Phase({member: frozenset({str(member)}) for member in range(5)})])
    assert sum(1 / (count - 1) for count in found.values()) == 5 / 2


def test_memberships_name_the_parties(azure: Store) -> None:
    base = "https://w3id.org/passex/id/"
    two = read(azure, "unit", [base + "meeting-at-sea"])
    assert two.events == (base + "meeting-at-sea",)
    [whole] = two.shared[0]
    members = {two.members[m].removeprefix(base): own for m, own in whole.members.items()}
    assert members["az-heron"] == members["az-osprey"] == members["azure-squadron"]
    assert members["league-squadron"] != members["azure-squadron"]
    states = read(azure, "state")
    number = states.events.index(base + "rescue-2029")
    assert number not in states.shared
    group = states.groups()[number]
    assert [states.members[m].removeprefix(base) for m in group] == ["azure", "cobalt"]


def test_blank_nodes_take_part(make: Callable[[str], Store]) -> None:
    store = make(
        """:A a nr:State . _:b a nr:State .
        [] a nr:Exercise ; nr:hasParticipant :A, _:b ; nr:hasDomain nrc:naval ."""
    )
    [tie] = build(store, Policy("state")).ties
    assert tie.count == 1
    [event] = read(store, "state").events
    assert len(read(store, "state", [event]).members) == 2
