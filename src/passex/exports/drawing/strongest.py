"""The ties of a network that a picture can show: the strongest, where there are many."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Final

from ...network.backbone import disparity
from ...network.policy import Policy
from ...network.ties import Ties
from ...text.wording import say
from ..model import Picture

#: A picture of more ties shows the strongest alone.
TIES: Final = 400
#: With more nodes, not each has a tie in the picture.
_NODES: Final = 250
_ALPHA: Final = Policy().alpha


def pairs(picture: Picture) -> dict[tuple[str, str], float]:
    """Give the weight of all edges between two nodes, by both, in the order of the edges."""
    weights: dict[tuple[str, str], float] = {}
    for edge in picture.edges:
        ends = (min(edge.source, edge.target), max(edge.source, edge.target))
        weights[ends] = weights.get(ends, 0.0) + edge.weight
    return weights


def ties(picture: Picture) -> Ties:
    """Give the ties of a picture as numbers; parallel edges are one, loops are left out.

    Example:
        >>> from passex import load
        >>> len(ties(load().ties().picture()))
        5
    """
    weights = {pair: weight for pair, weight in pairs(picture).items() if pair[0] != pair[1]}
    number = {node.iri: at for at, node in enumerate(picture.nodes)}
    return Ties(
        [node.iri for node in picture.nodes],
        array("q", [number[a] for a, _ in weights]),
        array("q", [number[b] for _, b in weights]),
        array("d", weights.values()),
    )


def of(picture: Picture) -> tuple[Picture, str]:
    """Leave of a network what a picture can show.

    Those are the ties of the backbone by the disparity filter, and for each node the one that
    chance explains least; of large networks, as many of those that chance explains least as there
    is room for.

    Returns:
        The picture with these, and what is said of the rest; an empty text where there is none.
    """
    weights = pairs(picture)
    if picture.what != "network" or len(weights) <= TIES:
        return picture, ""
    weights = {pair: weight for pair, weight in weights.items() if pair[0] != pair[1]}
    chances = dict(zip(weights, disparity(ties(picture)), strict=True))
    order = sorted(weights, key=lambda pair: (chances[pair], -weights[pair], pair))
    kept = {pair for pair in order if chances[pair] < _ALPHA}
    seen: set[str] = set()
    for pair in order:
        if not seen.issuperset(pair):
            kept.add(pair)
            seen.update(pair)
    which = (
        f"the backbone by the disparity filter at alpha {_ALPHA:g}, and of each actor the tie that "
        "chance explains least"
    )
    if len(kept) > TIES or len(picture.nodes) > _NODES:
        kept = set(order[:TIES])
        which = "those that chance explains least by the disparity filter"
    tied = {end for pair in kept for end in pair}
    edges = (e for e in picture.edges if {(e.source, e.target), (e.target, e.source)} & kept)
    nodes = tuple(node for node in picture.nodes if node.iri in tied)
    said = f"{len(kept):,} of {len(weights):,} ties are drawn: {which}."
    if len(nodes) < len(picture.nodes):
        left = len(picture.nodes) - len(nodes)
        verb = "has" if left == 1 else "have"
        said = f"{said[:-1]}; {say(left, 'actor')} {verb} none of them."
    return replace(picture, nodes=nodes, edges=tuple(edges)), said
