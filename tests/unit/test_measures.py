from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from passex.network.measures import PLAIN, compute, measure
from passex.network.policy import MEASURES
from passex.network.ties import Ties

weights = st.dictionaries(
    st.tuples(st.integers(0, 5), st.integers(0, 5)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(1, 9),
    min_size=1,
)


def graph(ties: dict[tuple[int, int], int]) -> nx.Graph[str]:
    made: nx.Graph[str] = nx.Graph()
    for (a, b), strength in ties.items():
        made.add_edge(f"n{a}", f"n{b}", weight=float(strength), count=1)
    return made


#: A strong pair, a weak third: a - b (4), b - c (1).
PATH = graph({(0, 1): 4, (1, 2): 1})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("degree", [1, 2, 1]),
        ("strength", [4, 5, 1]),
        ("betweenness", [0, 1, 0]),
        # 2 / (1/4 + 5/4), 2 / (1/4 + 1), 2 / (1 + 5/4)
        ("closeness", [4 / 3, 8 / 5, 8 / 9]),
        # the leading eigenvector of [[0, 4, 0], [4, 0, 1], [0, 1, 0]]
        ("eigenvector", [(8 / 17) ** 0.5, 0.5**0.5, (1 / 34) ** 0.5]),
        # Burt's constraint: (p_ab)^2 for the ends, 0.8^2 + 0.2^2 in the middle
        ("constraint", [1, 0.68, 1]),
        ("core", [1, 1, 1]),
    ],
)
def test_by_hand(name: str, expected: list[float]) -> None:
    found = measure(PATH, name)
    assert [found[node] for node in ("n0", "n1", "n2")] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("by", ["networkx", "scipy"])
def test_the_eigenvector_of_two_components_that_are_as_strong(by: str) -> None:
    if by == "scipy":
        pytest.importorskip("scipy")
    # A triangle and a star of four, both of eigenvalue 2: each has the share of a start from ones.
    ties = Ties(list("abcSwxyz"), [0, 0, 1, 3, 3, 3, 3], [1, 2, 2, 4, 5, 6, 7], [1.0] * 7)
    found = compute(ties, "eigenvector", by)
    shares = [*[1] * 3, 1.5, *[0.75] * 4]
    assert list(found.values()) == pytest.approx([share / 7.5**0.5 for share in shares], abs=1e-6)


def test_counts_instead_of_weights() -> None:
    assert measure(PATH, "strength", "count") == {"n0": 1, "n1": 2, "n2": 1}


@given(weights)
def test_pagerank_is_its_own_fixed_point(ties: dict[tuple[int, int], int]) -> None:
    made = graph(ties)
    found = measure(made, "pagerank")
    assert sum(found.values()) == pytest.approx(1)
    strength = dict(made.degree(weight="weight"))
    for node in made:
        flow = sum(
            found[other] * tie["weight"] / strength[other] for other, tie in made[node].items()
        )
        assert found[node] == pytest.approx(0.15 / len(made) + 0.85 * flow, abs=1e-9)


@given(weights, st.sampled_from(sorted(MEASURES)))
def test_every_measure_covers_every_node_and_changes_nothing(
    ties: dict[tuple[int, int], int], name: str
) -> None:
    made = graph(ties)
    before = nx.to_dict_of_dicts(made.copy())
    assert set(measure(made, name)) == set(made)
    assert nx.to_dict_of_dicts(made) == before


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_empty(name: str) -> None:
    assert measure(nx.Graph(), name) == {}


@given(weights)
def test_what_takes_no_graph_is_what_networkx_gives(ties: dict[tuple[int, int], int]) -> None:
    # The last node has no ties; weights of many kinds make paths that are as long as each other.
    sources, targets = zip(*ties, strict=True)
    nodes = [f"n{n}" for n in range(7)]
    numbers = Ties(nodes, sources, targets, [float(n) for n in ties.values()])
    assert sorted(PLAIN) == ["betweenness", "degree", "strength"]
    for name in PLAIN:
        expected = compute(numbers, name, "networkx")
        assert PLAIN[name](numbers) == pytest.approx(expected, abs=1e-12)
        assert compute(numbers, name) == PLAIN[name](numbers)
        assert expected["n6"] == 0
