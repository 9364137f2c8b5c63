"""Backbones: the ties of a network that a model of chance does not explain.

Both models give each tie a probability p, that of a tie at least as strong by chance alone, and the
backbone has the ties with p below a significance level alpha. Neither corrects for the number of
ties that are tested: of ties that are all chance, the share alpha may be kept, and by the disparity
filter, which looks at two ends, up to twice that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import count
from math import exp, lgamma, log, log1p
from typing import Final

from ..text.wording import say
from .model import Network
from .policy import BACKBONES
from .ranking import combined
from .ties import Ties

#: A degree that the model expects may differ by this much from the one that there is.
_NEAR: Final = 1e-9
#: So many rounds are enough for all but degrees that leave hardly any choice.
_ROUNDS: Final = 20_000

#: By the degrees of an actor and of an exercise: how likely the one is in the other.
Chances = Mapping[tuple[int, int], float]


def keep(network: Network, groups: Sequence[Collection[str]], weight: str) -> Network:
    """Keep the ties of the backbone that a network's policy asks for, and say how many those are.

    Args:
        network: All ties of the policy.
        groups: The members of each exercise that counts, by IRI, at the level of the policy.
        weight: ``weight`` (Newman's) or ``count``: what the disparity filter takes as strength.
    """
    policy = network.policy
    assert policy.backbone is not None
    if not network.ties:
        return network
    if policy.backbone == "disparity":
        chances = disparity(combined(network, weight))
        by = "on Newman's weights" if weight == "weight" else f"on counts of {policy.things}"
    else:
        shared = [(t.source.iri, t.target.iri, len(t.occasions)) for t in network.ties]
        chances = sdsm(groups, shared)
        by = f"on who is in which of {say(sum(map(bool, groups)), 'exercise')}"
        by = by if policy.things == "exercises" else f"{by} or plans"
    ties = tuple(
        replace(tie, p=p) for tie, p in zip(network.ties, chances, strict=True) if p < policy.alpha
    )
    kept = replace(network, ties=ties)
    are = "is" if len(ties) == 1 else "are"
    said = (
        f"{len(ties)} of {say(len(network.ties), 'tie')} {are} kept, and {len(kept.nodes)} of "
        f"{say(len(network.nodes), 'actor')}: the backbone by {BACKBONES[policy.backbone]} at "
        f"alpha {policy.alpha:g}, {by}."
    )
    return replace(kept, notes=(said, *network.notes))


def disparity(ties: Ties) -> list[float]:
    """Tell how likely each tie is by chance at one of its ends: the less of the two.

    At an actor of k ties and strength s, a tie of weight w has p = (1 - w/s)^(k-1), where s is
    divided among the k ties at random (M. Á. Serrano, M. Boguñá and A. Vespignani, "Extracting the
    multiscale backbone of complex weighted networks", PNAS 106(16), 6483-6488, 2009, formula 2). An
    actor of one tie says nothing of it: p is 1 there, and the other end decides.

    Example:
        >>> disparity(Ties(["a", "b", "c"], [0, 1], [1, 2], [3.0, 1.0]))
        [0.25, 0.75]
    """
    degree, strength = [0] * len(ties.nodes), [0.0] * len(ties.nodes)
    for ends in (ties.sources, ties.targets):
        for end, weight in zip(ends, ties.strengths, strict=True):
            degree[end] += 1
            strength[end] += weight
    return [
        min((1 - w / strength[end]) ** (degree[end] - 1) if degree[end] > 1 else 1.0 for end in ab)
        for *ab, w in zip(ties.sources, ties.targets, ties.strengths, strict=True)
    ]


def sdsm(groups: Sequence[Collection[str]], shared: Sequence[tuple[str, str, int]]) -> list[float]:
    """Tell how likely two actors share as many exercises by chance, by the degrees of all.

    By chance an actor is in an exercise independently of every other, so that each actor is
    expected in as many exercises as it is in, and each exercise to have as many actors as it has:
    the stochastic degree sequence model (Z. P. Neal, "The backbone of bipartite projections",
    Social Networks 39, 84-97, 2014), with the probabilities of the bipartite configuration model
    (F. Saracco et al., "Randomizing bipartite networks", Scientific Reports 5, 10595, 2015). The
    number of shared exercises is a sum of unequal chances then, and its distribution exact.

    Args:
        groups: The actors of each exercise.
        shared: Two actors, and the number of exercises that they share, of each tie.

    Returns:
        The probability of at least so many shared exercises, for each of `shared`.

    Example:
        >>> round(sdsm([["a", "b"], ["a", "b"], ["c"], ["d"]], [("a", "b", 2)])[0], 4)
        0.2929
    """
    rows = Counter(actor for group in groups for actor in set(group))
    columns = Counter(size for group in groups if (size := len(set(group))))
    chances = expected(Counter(rows.values()), columns)

    @cache
    def at_least(a: int, b: int, number: int) -> float:
        return tail([(n, chances[a, d] * chances[b, d]) for d, n in columns.items()], number)

    return [at_least(*sorted((rows[a], rows[b])), number) for a, b, number in shared]


def expected(rows: Mapping[int, int], columns: Mapping[int, int]) -> Chances:
    """Fit the bipartite configuration model to degrees, each given with how many have it.

    Who is in all exercises, or has none left but those, is in them for certain; of the others, an
    actor and an exercise come together with the odds x·y, one factor for each degree.

    Example:
        >>> {degrees: round(p, 6) for degrees, p in expected({1: 2}, {1: 2}).items()}
        {(1, 1): 0.5}
    """
    chances: dict[tuple[int, int], float] = {}
    of = (rows, columns)
    # By the degree that there was: what is left of it.
    left = [{degree: degree for degree in side} for side in of]
    settled = True
    while settled:
        settled = False
        for side in (0, 1):
            own, others = left[side], left[1 - side]
            size = sum(of[1 - side][other] for other in others)
            for degree in [d for d, rest in own.items() if rest in (0, size)]:
                settled = True
                certain = float(own.pop(degree) > 0)
                for other in others:
                    pair = (degree, other) if side == 0 else (other, degree)
                    chances[pair] = certain
                    others[other] -= int(certain) * of[side][degree]
                if certain:
                    break  # what is left of the other side has changed
    chances |= _fitted(left[0], left[1], rows, columns)
    return dict(sorted(chances.items()))


def _fitted(
    rows: Mapping[int, int],
    columns: Mapping[int, int],
    as_many: Mapping[int, int],
    as_wide: Mapping[int, int],
) -> dict[tuple[int, int], float]:
    """Fit what is not settled: the degrees that are left, by those that there were."""
    total = sum(rest * as_many[degree] for degree, rest in rows.items())
    x = {degree: rest / total**0.5 for degree, rest in rows.items()}
    y = {degree: rest / total**0.5 for degree, rest in columns.items()}
    for number in count():
        odds = [(r, c, x[r] * y[c]) for r in rows for c in columns]
        chances = {(r, c): odd / (1 + odd) for r, c, odd in odds}
        sums = {r: sum(as_wide[c] * chances[r, c] for c in columns) for r in rows}
        off = max((abs(sums[r] - rest) for r, rest in rows.items()), default=0.0)
        if (number and off < _NEAR) or number == _ROUNDS:
            return chances
        for r, rest in rows.items():
            x[r] = rest / sum(as_wide[c] * y[c] / (1 + x[r] * y[c]) for c in columns)
        for c, rest in columns.items():
            y[c] = rest / sum(as_many[r] * x[r] / (1 + x[r] * y[c]) for r in rows)
    raise AssertionError


def tail(chances: Sequence[tuple[int, float]], number: int) -> float:
    """Compute how likely a number of successes, or more, are: exactly, whatever their chances.

    Args:
        chances: How many trials have which chance of success.

    Example:
        >>> tail([(2, 0.5)], 1)
        0.75
    """
    below = [1.0, *[0.0] * (number - 1)] if number > 0 else []
    for trials, chance in chances:
        own = [_binomial(trials, chance, successes) for successes in range(len(below))]
        below = [
            sum(below[rest] * own[successes - rest] for rest in range(successes + 1))
            for successes in range(len(below))
        ]
    return min(max(1 - sum(below), 0.0), 1.0)


def _binomial(trials: int, chance: float, successes: int) -> float:
    if successes > trials:
        return 0.0
    if chance in (0, 1):
        return float(successes == trials * chance)
    ways = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
    return exp(ways + successes * log(chance) + (trials - successes) * log1p(-chance))
