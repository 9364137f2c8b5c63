"""The ties of a network that a picture can show: the strongest, where there are many."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import Final

from ...network.backbone import disparity
from ...network.policy import Policy
from ...network.ties import Ties
from ..model import Picture

#: A picture of more ties shows the strongest alone.
TIES: Final = 400
#: A picture of more actors shows those whose ties weigh most.
_NODES: Final = 250
_FIRST: Final = 150
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

    Those are the ties of the backbone by the disparity filter, and for each actor the one that
    chance explains least; of large networks, among the actors whose ties weigh most.

    Returns:
        The picture with these, and what is said of the rest; an empty text where there is none.
    """
    every = pairs(picture)
    if picture.what != "network" or (len(every) <= TIES and len(picture.nodes) <= _NODES):
        return picture, ""
    actors, among = {node.iri for node in picture.nodes}, ""
    if len(actors) > _NODES:
        actors = _heaviest(every)
        among = f", among the {len(actors)} of {len(picture.nodes):,} actors whose ties weigh most"
    weights = {ends: weight for ends, weight in every.items() if actors.issuperset(ends)}
    nodes = tuple(node for node in picture.nodes if node.iri in actors)
    inner = tuple(e for e in picture.edges if {e.source, e.target} <= actors)
    kept, which = set(weights), ""
    if len(weights) > TIES:
        kept = _backbone(replace(picture, nodes=nodes, edges=inner), weights)
        which = (
            f": the backbone by the disparity filter at alpha {_ALPHA:g}, and of each actor the "
            "tie that chance explains least"
        )
    edges = (e for e in inner if {(e.source, e.target), (e.target, e.source)} & kept)
    tied = {end for ends in kept for end in ends}
    if among and (left := len(actors - tied)):
        among += f" ({left} of these {'has' if left == 1 else 'have'} none)"
    nodes = tuple(node for node in nodes if node.iri in tied)
    said = f"{len(kept):,} of {len(every):,} ties are drawn{among}{which}."
    return replace(picture, nodes=nodes, edges=tuple(edges)), said


def _heaviest(weights: dict[tuple[str, str], float]) -> set[str]:
    strength: dict[str, float] = {}
    for ends, weight in weights.items():
        for end in ends:
            strength[end] = strength.get(end, 0.0) + weight
    return set(sorted(strength, key=lambda iri: (-strength[iri], iri))[:_FIRST])


def _backbone(picture: Picture, weights: dict[tuple[str, str], float]) -> set[tuple[str, str]]:
    """Find the ties that chance does not explain, and of each actor the one it explains least."""
    weights = {ends: weight for ends, weight in weights.items() if ends[0] != ends[1]}
    chances = dict(zip(weights, disparity(ties(picture)), strict=True))
    order = sorted(weights, key=lambda ends: (chances[ends], -weights[ends], ends))
    seen: set[str] = set()
    kept = set()
    for ends in order:
        if chances[ends] < _ALPHA or not seen.issuperset(ends):
            kept.add(ends)
            seen.update(ends)
    return kept
