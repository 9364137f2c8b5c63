"""SciPy's figures against those of networkx, and its projection against the plain one."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from passex.network import measures, twomode
from passex.network.measures import compute
from passex.network.policy import MEASURES
from passex.network.ties import Phase, Ties, TwoMode
from passex.network.twomode import project

pytest.importorskip("scipy", reason="the extra 'fast' is not installed")

Edges = dict[tuple[int, int], float]

#: Newman's weights, counts, and strengths that make many paths equally long.
STRENGTHS = st.one_of(
    st.sampled_from([1.0, 2.0, 4.0]),
    st.integers(1, 30).map(float),
    st.integers(1, 11).map(lambda n: 1 / n),
)
EDGES = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]),
    STRENGTHS,
    min_size=1,
    max_size=40,
)


def network(edges: Edges, more: int = 0) -> Ties:
    size = max(b for _, b in edges) + 1 + more
    return Ties(
        [f"n{node}" for node in range(size)],
        [a for a, _ in edges],
        [b for _, b in edges],
        list(edges.values()),
    )


def same(ties: Ties, name: str) -> None:
    found, reference = (compute(ties, name, by) for by in ("scipy", "networkx"))
    assert list(found) == list(reference)
    assert found == pytest.approx(reference, rel=1e-9, abs=1e-9, nan_ok=True)


FIXED: dict[str, Edges] = {
    "one tie": {(0, 1): 0.5},
    "star": {(0, end): 1.0 for end in range(1, 9)},
    "ring": {**{(n, n + 1): 1.0 for n in range(7)}, (0, 7): 1.0},
    "complete": dict.fromkeys(combinations(range(7), 2), 1 / 3),
    "two alike": {(0, 1): 2.0, (1, 2): 1.0, (3, 4): 2.0, (4, 5): 1.0},
    "two unlike": {(0, 1): 2.0, (1, 2): 1.0, (3, 4): 7.0},
    "ways of one length": {(0, 1): 10.0, (1, 3): 5.0, (0, 2): 5.0, (2, 3): 10.0, (0, 3): 10 / 3},
}


@pytest.mark.parametrize("name", sorted(MEASURES))
@pytest.mark.parametrize("edges", FIXED.values(), ids=FIXED)
@pytest.mark.parametrize("isolated", [0, 2])
def test_fixed_networks(edges: Edges, name: str, isolated: int) -> None:
    same(network(edges, isolated), name)


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_more_actors_than_are_worked_on_at_once(name: str) -> None:
    # Deterministic and skewed: many ties of the first, chords elsewhere.
    edges = {(0, n): 1 + n % 5 / 3 for n in range(1, 500)}
    edges |= {(n, n + 1 + n % 7): 1 + n % 3 / 2 for n in range(1, 490)}
    same(network(edges), name)


@given(EDGES, st.sampled_from(sorted(set(MEASURES) - {"eigenvector"})), st.integers(0, 2))
def test_random_networks(edges: Edges, name: str, isolated: int) -> None:
    same(network(edges, isolated), name)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(10, 19)), min_size=1), STRENGTHS)
@example({(0, 10), (1, 11)}, 1.0)
def test_the_eigenvector_of_random_networks(pairs: set[tuple[int, int]], strength: float) -> None:
    same(network(dict.fromkeys(sorted(pairs), strength)), "eigenvector")


EVENTS = st.lists(st.sets(st.integers(0, 6), max_size=6), max_size=12)


@given(EVENTS, st.booleans(), st.booleans())
def test_the_projection_by_both_against_combinations(
    events: list[set[int]], newman: bool, doubled: bool
) -> None:
    members = [(event, member) for event, group in enumerate(events) for member in sorted(group)]
    shared: dict[int, tuple[Phase, ...]] = {}
    if doubled and events and len(events[0]) > 1:
        # All but the last of the first exercise take part as one party.
        *most, last = sorted(events[0])
        parties = {**{m: frozenset({"one"}) for m in most}, last: frozenset({"other"})}
        shared[0] = (Phase(parties),)
    two = TwoMode(
        tuple(f"e{n}" for n in range(len(events))),
        tuple(f"a{n}" for n in range(7)),
        array("q", [event for event, _ in members]),
        array("q", [member for _, member in members]),
        shared,
    )
    expected: Counter[tuple[int, int]] = Counter()
    for event, group in enumerate(events):
        if event in shared:
            *most, last = sorted(group)
            for member in most:
                expected[member, last] += 1
            continue
        for pair in combinations(sorted(group), 2):
            expected[pair] += 1 / (len(group) - 1) if newman else 1  # type: ignore[assignment]
    from passex.network import compiled

    for ties in (project(two, newman), compiled.project(two, newman)):
        ends = zip(map(int, ties.sources), map(int, ties.targets), strict=True)
        found = dict(zip(ends, map(float, ties.strengths), strict=True))
        assert list(found) == sorted(found)
        assert found == pytest.approx(dict(expected))


def test_scipy_computes_what_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    ties = network(FIXED["star"])
    assert measures.engine(ties) == "networkx"
    monkeypatch.setattr(measures, "MANY", len(ties))
    assert measures.engine(ties) == "scipy"
    monkeypatch.setattr(measures, "find_spec", lambda name: None)
    assert measures.engine(ties) == "networkx"


def test_scipy_projects_what_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    two = TwoMode(("e",), ("a", "b"), array("q", [0, 0]), array("q", [0, 1]), {})
    plain = project(two)
    monkeypatch.setattr(twomode, "MANY", 2)
    fast = project(two)
    assert list(map(list, (plain.sources, plain.targets, plain.strengths))) == [[0], [1], [1.0]]
    assert list(map(list, (fast.sources, fast.targets, fast.strengths))) == [[0], [1], [1.0]]
