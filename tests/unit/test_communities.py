from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from passex.graph.store import Store
from passex.graph.terms import PREFIXES
from passex.network.communities import divide
from passex.network.policy import Policy
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
    assert table.caption == "Groups, of modularity 0.355"
    assert [number for number, _ in table.rows] == [1] * 4 + [2] * 3
    assert [node for _, node in table.rows] == [n for group in found.groups for n in group]


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
    assert "\nGroups, of modularity 0." in output
