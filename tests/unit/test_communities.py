from __future__ import annotations

import builtins
import random
import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import networkx
import pytest

from passex.errors import PassexError, QueryError
from passex.exports.build import network
from passex.exports.drawing import grammar
from passex.graph.store import Store
from passex.graph.terms import PREFIXES
from passex.network.communities import divide, of_level
from passex.network.division import METHODS, Division
from passex.network.policy import STATUSES, Policy
from passex.network.projection import build


def turtle(events: Sequence[tuple[str, ...]]) -> str:
    names = sorted({name for event in events for name in event})
    actors = "".join(f':{name} a nr:State ; rdfs:label "{name}" .\n' for name in names)
    return actors + "".join(
        f":e{n} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :{', :'.join(event)} .\n"
        for n, event in enumerate(events)
    )


#: A clique of four and one of three, with one exercise between them.
CLIQUES = [*combinations("ABCD", 2), *combinations("EFG", 2), ("D", "E")]


def test_two_cliques_and_their_modularity(make: Callable[[str], Store]) -> None:
    found = divide(build(make(turtle(CLIQUES)), Policy("state")), "weight")
    assert [[node.label for node in group] for group in found.groups] == [
        ["A", "B", "C", "D"],
        ["E", "F", "G"],
    ]
    # 10 ties, 6 and 3 of them within; the degrees of the groups add up to 13 and 7.
    assert found.modularity == pytest.approx(6 / 10 - (13 / 20) ** 2 + 3 / 10 - (7 / 20) ** 2)
    assert found.warnings == ()
    assert repr(found) == "<Communities: 2 groups>"
    table = found.table()
    assert (table.columns, table.nodes) == (("group", "actor"), frozenset({"actor"}))
    assert table.caption == "Groups by greedy modularity, of modularity 0.355"
    assert [number for number, _ in table.rows] == [1] * 4 + [2] * 3
    assert [node for _, node in table.rows] == [n for group in found.groups for n in group]


def test_an_actor_keeps_its_group_however_little_is_shown(make: Callable[[str], Store]) -> None:
    other = ":x a nr:Exercise ; nr:hasDomain nrc:air ; nr:hasParticipant :H, :I . "
    plan = ":y a nr:ExercisePlan ; nr:hasStatus nrc:planned ; nr:hasParticipant :H, :J ."
    more = "".join(f':{name} a nr:State ; rdfs:label "{name}" . ' for name in "HIJK")
    alone = ":z a nr:Exercise ; nr:hasParticipant :K ."
    store = make(turtle(CLIQUES) + more + other + plan + alone)
    groups = of_level(store, "state")
    same = divide(build(store, Policy("state", STATUSES, "all")), "weight", by=Division("louvain"))
    assert groups == {node.iri: n for n, group in enumerate(same.groups) for node in group}
    named = {iri.rsplit("/", 1)[1].rsplit("#", 1)[-1]: number for iri, number in groups.items()}
    # Nobody trained with K; what is planned, and what is in another domain, counts.
    assert named == dict.fromkeys("ABCD", 0) | dict.fromkeys("EFG", 1) | dict.fromkeys("HIJ", 2)
    for policy in (Policy("state"), Policy("state", min_events=2), Policy("state", domain="air")):
        drawn = grammar.of(network(store, build(store, policy)))
        assert drawn.communities == {n.iri: groups[n.iri] for n in drawn.picture.nodes}
    assert of_level(make(turtle(CLIQUES[:9])), "state") == {}
    assert of_level(make(turtle([*combinations("ABCDE", 2)])), "state") == {}


def test_the_weight_decides(make: Callable[[str], Store]) -> None:
    # Two pairs that train alone, and ten times in a crowd of all four.
    events = [("A", "B"), ("C", "D")] * 4 + [tuple("ABCD")] * 10
    network = build(make(turtle(events)), Policy("state"))
    crowd = divide(network, "count")
    assert [len(group) for group in crowd.groups] == [4]
    assert crowd.modularity == pytest.approx(0)
    newman = divide(network, "weight")
    assert [[node.label for node in group] for group in newman.groups] == [["A", "B"], ["C", "D"]]
    # 4 + 10/3 within each pair, of 28 in all.
    assert newman.modularity == pytest.approx(2 * (4 + 10 / 3) / 28 - 1 / 2)


def test_too_few_are_not_divided(make: Callable[[str], Store]) -> None:
    network = build(make(turtle(CLIQUES[:9])), Policy("state"))
    found = divide(network, "weight")
    assert (found.groups, found.modularity) == ((), None)
    assert found.warnings == (
        "No groups: 9 of the 10 exercises that it would take to divide 7 actors.",
    )
    assert divide(network, "weight", enough=9).groups
    empty = build(make(":A a nr:State ."), Policy("state"))
    assert divide(empty, "weight", enough=0).groups == ()


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_cliques(make: Callable[[str], Store], method: str) -> None:
    network = build(make(turtle(CLIQUES)), Policy("state"))
    found = divide(network, "weight", by=Division(method))
    assert [len(group) for group in found.groups] == [4, 3]
    assert found.modularity == pytest.approx(6 / 10 - (13 / 20) ** 2 + 3 / 10 - (7 / 20) ** 2)
    chance = ", seed 1" if method != "greedy" else ""
    assert str(found) == f"Groups by {METHODS[method]}{chance}, of modularity 0.355"


@pytest.mark.parametrize("method", METHODS)
def test_resolution_says_how_large_groups_are(make: Callable[[str], Store], method: str) -> None:
    network = build(make(turtle(CLIQUES)), Policy("state"))
    sizes = []
    for resolution in (0.1, 1, 5):
        found = divide(network, "weight", by=Division(method, resolution))
        graph = networkx.Graph((t.source.iri, t.target.iri) for t in network.ties)
        parts = [{node.iri for node in group} for group in found.groups]
        expected = networkx.community.modularity(graph, parts, resolution=resolution)
        assert found.modularity == pytest.approx(expected)
        sizes.append(len(parts))
    assert sizes == [1, 2, 7]


@pytest.mark.parametrize("method", ["louvain", "leiden"])
def test_a_seed_gives_the_same_groups(make: Callable[[str], Store], method: str) -> None:
    chance = random.Random(4)
    pairs = [tuple(chance.sample([f"n{n}" for n in range(40)], 2)) for _ in range(90)]
    network = build(make(turtle(pairs)), Policy("state"))
    by_seed = [divide(network, "weight", by=Division(method, seed=seed)) for seed in range(8)]
    # What else takes numbers by chance in between changes nothing.
    random.random()
    again = [divide(network, "weight", by=Division(method, seed=seed)) for seed in range(8)]
    assert by_seed == again
    assert len({found.groups for found in by_seed}) > 1


def test_ways_that_divide_nothing() -> None:
    for given, message in (
        ({"method": "walk"}, "'walk' is no way to divide a network; use one of greedy, louvain, "),
        ({"resolution": 0}, "0 is no resolution; use a number above 0, such as 1"),
        ({"resolution": float("inf")}, "inf is no resolution; use a number above 0, such as 1"),
        ({"seed": -1}, "-1 is no seed; use a whole number from 0 to 4294967295"),
    ):
        with pytest.raises(QueryError) as error:
            Division(**given)
        assert str(error.value).startswith(message)
    assert Division.parse({}) == Division()
    expected = Division("leiden", 0.5, 3)
    assert Division.parse({"communities": "leiden", "resolution": ".5", "seed": "3"}) == expected
    for name in ("resolution", "seed"):
        with pytest.raises(QueryError, match=f"'x' is no {name}; use a number, such as 1"):
            Division.parse({name: "x"})


def test_leiden_says_what_it_lacks(
    make: Callable[[str], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    network = build(make(turtle(CLIQUES)), Policy("state"))
    usual = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "igraph":
            raise ModuleNotFoundError(name)
        return usual(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(PassexError) as error:
        divide(network, "weight", by=Division("leiden"))
    assert str(error.value) == (
        "Leiden needs igraph, which is not installed; "
        "pip install --editable '.[leiden]' in a checkout of Passex"
    )


def test_equal_merges_go_the_same_way_in_every_run(tmp_path: Path) -> None:
    ring = [(f"n{i:02}", f"n{(i + 1) % 14:02}") for i in range(14)]
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    path = tmp_path / "ring.ttl"
    path.write_text(f"{head}@prefix : <https://example.org/> .\n{turtle(ring)}", encoding="utf-8")
    command = ["network", "--level", "state", "--communities", "--data", str(path)]
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "passex", *command],
            env={"PYTHONHASHSEED": seed, "PASSEX_CACHE_DIR": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    [output] = outputs
    assert "\nGroups by greedy modularity, of modularity 0." in output
