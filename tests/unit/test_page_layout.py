from __future__ import annotations

import math
from itertools import combinations
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from passex.exports.drawing.layout import LENGTH, layout, place

TIES = st.integers(1, 24).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40),
    )
)


def alike(pairs: list[tuple[int, int]]) -> list[tuple[int, int, float]]:
    return [(a, b, 1.0) for a, b in pairs]


def test_nothing_is_nowhere() -> None:
    assert layout(0, []) == []
    assert layout(1, []) == [(0, 0)]


def test_a_triangle_has_equal_sides() -> None:
    places = layout(3, alike([(0, 1), (1, 2), (2, 0)]))
    sides = [math.dist(a, b) for a, b in combinations(places, 2)]
    assert max(sides) - min(sides) < 2
    assert abs(sides[0] - LENGTH) < 2


def test_a_path_is_nearly_straight_and_lies_flat() -> None:
    places = layout(4, alike([(0, 1), (1, 2), (2, 3)]))
    assert all(abs(y) <= 5 for _, y in places)
    xs = [x for x, _ in places]
    assert sorted(xs) in (xs, xs[::-1])


def test_large_parts_are_told_of_and_spread() -> None:
    said: list[str] = []
    ring = [(n, (n + 1) % 200) for n in range(200)]
    places = layout(200, alike(ring), tell=said.append)
    assert said[0] == "laying out 200 actors"
    assert len(set(places)) == 200
    lengths = [math.dist(places[a], places[b]) for a, b in ring]
    assert max(lengths) < 8 * sorted(lengths)[100]


@settings(max_examples=examples(25), deadline=None)
@given(TIES)
def test_places_are_apart_and_always_the_same(given: tuple[int, list[tuple[int, int]]]) -> None:
    count, ties = given
    both = ties + [(b, a) for a, b in ties]
    places = layout(count, alike(both))
    assert places == layout(count, alike(both[::-1]))
    assert len(set(places)) == count


def test_strong_ties_are_shorter_than_weak_ones() -> None:
    places = layout(4, [(0, 1, 9.0), (1, 2, 1.0), (2, 3, 9.0), (3, 0, 1.0)])
    sides = [math.dist(places[a], places[b]) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0))]
    assert max(sides[0], sides[2]) < 0.8 * min(sides[1], sides[3])


def crowds(size: int) -> tuple[list[tuple[int, int, float]], list[int]]:
    """Two crowds whose members are tied with a few of their own and a few of the other."""
    chance = Random(1)
    groups = [node % 2 for node in range(2 * size)]
    pairs = [(a, b) for a, b in combinations(range(2 * size), 2) if chance.random() < 8 / size]
    return alike(pairs), groups


def test_groups_lie_apart_and_everyone_has_room() -> None:
    size = 50
    ties, groups = crowds(size)
    places = layout(2 * size, ties, groups)
    middles = [
        [sum(place[axis] for place in places[group::2]) / size for axis in (0, 1)]
        for group in (0, 1)
    ]
    wrong = sum(
        math.dist(place, middles[group]) > math.dist(place, middles[1 - group])
        for place, group in zip(places, groups, strict=True)
    )
    assert wrong <= 10
    nearest = min(math.dist(a, b) for a, b in combinations(places, 2))
    (wide, high) = (max(p[axis] for p in places) - min(p[axis] for p in places) for axis in (0, 1))
    # Half of what an even spread over the rectangle would give.
    assert nearest > 0.5 * math.sqrt(wide * high / (2 * size))


def test_who_is_in_no_group_stands_alone() -> None:
    ties, groups = crowds(40)
    named = {f"n{node}": group for node, group in enumerate(groups)}
    nodes = list(named)
    given = [(f"n{a}", f"n{b}", weight) for a, b, weight in ties]
    assert place(nodes, given, named) != place(nodes, given, {**named, "n3": 7})
    del named["n3"]
    alone = [-4 if node == "n3" else named[node] for node in nodes]
    assert list(place(nodes, given, named).values()) == layout(80, ties, alone)


def test_a_large_star_is_merged_into_its_hub_and_laid_out() -> None:
    places = layout(200, [(0, n, 1.0) for n in range(1, 200)])
    assert len(set(places)) == 200


def test_ties_without_weight_are_ties() -> None:
    ties, groups = crowds(40)
    none = [(a, b, 0.0) for a, b, _ in ties]
    assert layout(80, none, groups) == layout(80, ties, groups)
