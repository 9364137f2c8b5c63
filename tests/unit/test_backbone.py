"""Backbones, against the formulas, all possible networks, and figures of other programs."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import combinations, product
from math import prod

import networkx
import pytest

from passex.api.knowledge import KnowledgeGraph
from passex.graph.store import Store
from passex.network.backbone import disparity, expected, sdsm, tail
from passex.network.policy import Policy
from passex.network.projection import build
from passex.network.ranking import rank
from passex.network.ties import Ties

from .test_communities import turtle


def test_disparity_by_hand() -> None:
    # a: strength 10, of four ties; b to e: one tie each, but b and c have one with each other.
    ties = Ties("abcde", [0, 0, 0, 0, 1], [1, 2, 3, 4, 2], [7.0, 1.0, 1.0, 1.0, 3.0])
    assert disparity(ties) == pytest.approx(
        [
            0.3**3,  # at a; at b it is 1 - 7/10
            0.9**3,  # at a; 1 - 1/4 = 0.75 at c is more
            0.9**3,  # at a alone: d has no other tie
            0.9**3,
            0.25,  # at c: 1 - 3/4; at b it is 1 - 3/10
        ]
    )


def test_a_pair_alone_is_never_in_the_backbone() -> None:
    assert disparity(Ties("ab", [0], [1], [9.0])) == [1.0]


def test_equal_ties_of_an_actor_are_what_chance_gives() -> None:
    # (1 - 1/k)^(k-1) is above 1/e for every k: no alpha in use keeps any of them.
    star = Ties([str(n) for n in range(9)], [0] * 8, range(1, 9), [2.0] * 8)
    assert disparity(star) == pytest.approx([(7 / 8) ** 7] * 8)


def test_tail_is_that_of_all_outcomes() -> None:
    chance = random.Random(5)
    for _ in range(20):
        trials = [(chance.randint(1, 3), chance.random()) for _ in range(4)] + [(1, 1.0), (2, 0.0)]
        single = [p for number, p in trials for _ in range(number)]
        for number in range(len(single) + 2):
            whole = (
                sum(
                    prod(p if one else 1 - p for one, p in zip(outcome, single, strict=True))
                    for outcome in product((0, 1), repeat=len(single))
                    if sum(outcome) >= number
                )
                if len(single) < 11
                else tail(trials, number)
            )
            assert tail(trials, number) == pytest.approx(whole, abs=1e-12)


def test_degrees_are_expected_as_they_are() -> None:
    chance = random.Random(7)
    for _ in range(60):
        size, number = chance.randint(2, 9), chance.randint(1, 9)
        groups = [chance.sample(range(size), chance.randint(1, size)) for _ in range(number)]
        rows = Counter(Counter(actor for group in groups for actor in group).values())
        columns = Counter(map(len, groups))
        chances = expected(rows, columns)
        for degree in rows:
            own = sum(many * chances[degree, wide] for wide, many in columns.items())
            assert own == pytest.approx(degree, abs=1e-3)
        for wide in columns:
            own = sum(many * chances[degree, wide] for degree, many in rows.items())
            assert own == pytest.approx(wide, abs=1e-3)


def test_who_is_everywhere_is_there_for_certain() -> None:
    # a is in all three, all four are in the first: b and c share what is left, one exercise each.
    groups = ["abcd", "ab", "ac"]
    rows = Counter(actor for group in groups for actor in group)
    chances = expected(Counter(rows.values()), Counter(map(len, groups)))
    assert {degrees: round(p, 6) for degrees, p in chances.items()} == {
        (1, 2): 0.0,
        (1, 4): 1.0,
        (2, 2): 0.5,
        (2, 4): 1.0,
        (3, 2): 1.0,
        (3, 4): 1.0,
    }


def test_sdsm_is_that_of_all_networks() -> None:
    groups = [["a", "b"], ["a", "b", "c"], ["c", "d"], ["a"], ["b", "d"]]
    rows = Counter(actor for group in groups for actor in group)
    chances = expected(Counter(rows.values()), Counter(map(len, groups)))
    for a, b in combinations("abcd", 2):
        seen = sum({a, b} <= set(group) for group in groups)
        both = [chances[rows[a], len(g)] * chances[rows[b], len(g)] for g in groups]
        likely = sum(
            prod(p if one else 1 - p for one, p in zip(outcome, both, strict=True))
            for outcome in product((0, 1), repeat=len(groups))
            if sum(outcome) >= seen
        )
        assert sdsm(groups, [(a, b, seen)]) == pytest.approx([likely], abs=1e-9)


def test_sdsm_of_the_southern_women() -> None:
    graph = networkx.davis_southern_women_graph()
    groups = [[*graph[node]] for node, side in graph.nodes(data="bipartite") if side == 1]
    seen = Counter(pair for group in groups for pair in combinations(sorted(group), 2))
    chances = dict(zip(seen, sdsm(groups, [(*pair, n) for pair, n in seen.items()]), strict=True))
    assert len(chances) == 139
    # As the configuration model of the package bicm 3.4.0, and poisson_binom of SciPy 1.17.1, give.
    assert {pair: round(p, 4) for pair, p in chances.items() if p < 0.17} == {
        ("Flora Price", "Olivia Carleton"): 0.0884,
        ("Katherina Rogers", "Sylvia Avondale"): 0.0935,
        ("Katherina Rogers", "Myra Liddel"): 0.1579,
        ("Dorothy Murchison", "Pearl Oglethorpe"): 0.1631,
    }


#: Two that train often alone, in a crowd of five.
EVENTS = [("A", "B")] * 8 + [tuple("ABCDE")] * 4 + [("C", "D"), ("E",)]


@pytest.fixture
def network(make: Callable[[str], Store]) -> Callable[..., KnowledgeGraph]:
    return lambda: KnowledgeGraph(make(turtle(EVENTS)))


def plain(policy: Policy) -> dict[str, float]:
    """What the filter of 2009 gives, from the list of exercises."""
    weight: dict[str, float] = defaultdict(float)
    for event in EVENTS:
        for a, b in combinations(event, 2):
            weight[a + b] += 1 / (len(event) - 1)
    p = {}
    for pair, w in weight.items():
        own = [[other for other in weight if end in other] for end in pair]
        p[pair] = min((1 - w / sum(weight[o] for o in ties)) ** (len(ties) - 1) for ties in own)
    return {pair: one for pair, one in p.items() if one < policy.alpha}


def test_a_network_keeps_its_backbone(network: Callable[[], KnowledgeGraph]) -> None:
    kg = network()
    for alpha in (0.01, 0.05, 0.4, 0.9):
        policy = Policy("state", backbone="disparity", alpha=alpha)
        found = kg.ties(policy)
        ties = {t.source.label + t.target.label: t.p for t in found.ties}
        assert ties == pytest.approx(plain(policy))
        actors = len(set("".join(ties)))
        verb = "is" if len(ties) == 1 else "are"
        assert found.notes[0] == (
            f"{len(ties)} of 10 ties {verb} kept, and {actors} of 5 actors: the backbone by the "
            f"disparity filter at alpha {alpha:g}, on Newman's weights."
        )
        assert len(found.nodes) == actors
    assert plain(Policy(alpha=0.05)) == {"AB": (1 - 9 / 12) ** 3}


def test_by_counts_another_backbone(network: Callable[[], KnowledgeGraph]) -> None:
    kg = network()
    policy = Policy("state", backbone="disparity", alpha=0.3)
    # A: 12 with B, 4 with each of three others.
    assert [tie.p for tie in kg.ties(policy, "count").ties] == pytest.approx([(1 - 12 / 24) ** 3])
    assert kg.ties(policy, "count").notes[0].endswith("at alpha 0.3, on counts of exercises.")


def test_sdsm_of_a_network(network: Callable[[], KnowledgeGraph]) -> None:
    kg = network()
    found = kg.ties(Policy("state", backbone="sdsm", alpha=0.9))
    seen = Counter(pair for event in EVENTS for pair in combinations(event, 2))
    p = sdsm(EVENTS, [(*pair, n) for pair, n in seen.items()])
    kept = {"".join(pair): one for pair, one in zip(seen, p, strict=True) if one < 0.9}
    assert {t.source.label + t.target.label: t.p for t in found.ties} == pytest.approx(kept)
    assert found.notes[0] == (
        f"{len(kept)} of 10 ties are kept, and 4 of 5 actors: the backbone by the stochastic "
        "degree sequence model at alpha 0.9, on who is in which of 14 exercises."
    )


def test_who_is_inferred_is_in_no_exercise_of_what_is_stated(make: Callable[[str], Store]) -> None:
    claim = ":c{0} a nr:Claim ; nr:about :e{0} ; nr:onProperty nr:hasParticipant ; "
    claim += "nr:hasValue :A ; nr:hasBasis nrc:inferred ."
    kg = KnowledgeGraph(make(turtle(EVENTS) + "".join(map(claim.format, range(3)))))
    groups = [[n for n in event if i > 2 or n != "A"] for i, event in enumerate(EVENTS)]
    found = kg.ties(Policy("state", basis="stated", backbone="sdsm", alpha=0.999))
    seen = [(t.source.label, t.target.label, t.count) for t in found.ties]
    assert [tie.p for tie in found.ties] == pytest.approx(sdsm(groups, seen))
    assert ("A", "B", 9) in seen


def test_the_probability_goes_everywhere(network: Callable[[], KnowledgeGraph]) -> None:
    kg = network()
    graph = kg.network("state", backbone="disparity", alpha=0.05)
    [(a, b, tie)] = graph.edges(data=True)
    p = tie["p"]
    assert p == pytest.approx(plain(Policy(alpha=0.05))["AB"])
    assert kg.ties(Policy("state", backbone="disparity")).table().columns[-1] == "p"
    assert "p" not in kg.ties(Policy("state")).table().columns
    assert all("p" not in tie for _, _, tie in kg.network("state").edges(data=True))
    edge = json.loads(str(graph.export("nodelink")))
    [link] = edge.get("links") or edge["edges"]
    assert link["p"] == p
    # What a person adds stands beside it.
    graph.edges[a, b]["own"] = 1
    head = str(graph.export("csv")).splitlines()[0]
    assert head.endswith(",p,own")


def test_an_empty_backbone_says_so(network: Callable[[], KnowledgeGraph]) -> None:
    found = network().ties(Policy("state", backbone="sdsm", alpha=1e-9))
    assert found.ties == ()
    assert found.table().empty == "No tie is in the backbone at alpha 1e-09."


def test_a_ranking_says_that_the_backbone_stays(azure: Store) -> None:
    built = build(azure, Policy("state", ("held", "under-way"), "all", backbone="sdsm", alpha=0.99))
    ranking = rank(azure, built, "strength", "weight", enough=1)
    assert (
        "The backbone is that of all articles: places without one article are among its ties."
        in ranking.warnings
    )


def test_why_a_tie_is_not_in_the_backbone(network: Callable[[], KnowledgeGraph]) -> None:
    kg = network()
    policy = Policy("state", backbone="disparity", alpha=0.05)
    assert kg.why("A", "B", policy=policy).why_not == ()
    [reason] = kg.why("A", "C", policy=policy).why_not
    assert (reason.kind, reason.event) == ("backbone", None)
    p = plain(Policy(alpha=0.999))["AC"]
    assert reason.sentence == (
        "The tie of the two is not in the backbone by the disparity filter at alpha 0.05: "
        f"its p is {p:.2g}."
    )
    assert len(kg.why("A", "C", policy=policy).occasions) == 4
