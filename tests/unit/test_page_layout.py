from __future__ import annotations

import math
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from passex.exports.drawing.layout import LENGTH, layout

TIES = st.integers(1, 24).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=40),
    )
)


def test_nothing_is_nowhere() -> None:
    assert layout(0, []) == []
    assert layout(1, []) == [(0, 0)]


def test_a_triangle_has_equal_sides() -> None:
    places = layout(3, [(0, 1), (1, 2), (2, 0)])
    sides = [math.dist(a, b) for a, b in combinations(places, 2)]
    assert max(sides) - min(sides) < 2
    assert abs(sides[0] - LENGTH) < 2


def test_a_path_is_nearly_straight_and_lies_flat() -> None:
    places = layout(4, [(0, 1), (1, 2), (2, 3)])
    assert all(abs(y) <= 5 for _, y in places)
    xs = [x for x, _ in places]
    assert sorted(xs) in (xs, xs[::-1])


def test_large_parts_are_told_of_and_spread() -> None:
    said: list[str] = []
    ring = [(n, (n + 1) % 200) for n in range(200)]
    places = layout(200, ring, said.append)
    assert said[0] == "laying out 200 actors"
    assert len(set(places)) == 200
    lengths = [math.dist(places[a], places[b]) for a, b in ring]
    assert max(lengths) < 8 * sorted(lengths)[100]


@settings(max_examples=25, deadline=None)
@given(TIES)
def test_places_are_apart_and_always_the_same(given: tuple[int, list[tuple[int, int]]]) -> None:
    count, ties = given
    places = layout(count, ties)
    assert places == layout(count, ties[::-1] + [(b, a) for a, b in ties])
    assert len(set(places)) == count
