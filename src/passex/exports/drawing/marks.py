"""Marks that all drawings of networks share: colours, sizes, widths, and what they say."""

from __future__ import annotations

from typing import Final

from ..model import Edge, Picture, Vertex

#: Okabe and Ito's palette, told apart by colour-blind readers too.
_COLOURS: Final = {
    "Ship": "#56b4e9",
    "Formation": "#e69f00",
    "Navy": "#0072b2",
    "Service": "#0072b2",
    "State": "#009e73",
    "Organisation": "#cc79a7",
    "Institution": "#d55e00",
    "Person": "#f0e442",
    "Exercise": "#999999",
    "ExercisePlan": "#dddddd",
    "Class": "#56b4e9",
    "ReusedClass": "#dddddd",
}
#: Everything else.
OTHER: Final = "#b8b8b8"
#: Edges, and the borders of nodes.
GREY: Final = "#767676"
#: What lies on the dark ones of these is white.
_DARK: Final = ("#0072b2", "#009e73", "#d55e00")


def colour(kind: str) -> str:
    """Give the colour of a kind of nodes, such as ``#0072b2``."""
    return _COLOURS.get(kind, OTHER)


def ink(kind: str) -> str:
    """Give a colour that can be read on the colour of a kind."""
    return "#ffffff" if colour(kind) in _DARK else "#000000"


def words(kind: str) -> str:
    """Say a kind, which is a local name, in words.

    Example:
        >>> words("ExercisePlan")
        'exercise plan'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def line(held: int, basis: str) -> str:
    """Choose one of `passex.exports.model.LINES` for a tie by its exercises and its basis."""
    return "dotted" if not held else "dashed" if basis == "inferred" else "solid"


def caption(picture: Picture, edge: Edge) -> str:
    """Say what tells an edge from the others.

    In a network all edges say the same, and differ by how many events are behind them; in a
    two-mode network they don't differ.
    """
    if picture.what in ("network", "meetings"):
        return str(len(edge.events)) if len(edge.events) > 1 else ""
    return "" if picture.what == "two-mode" else edge.label


def scale(picture: Picture, low: float, high: float) -> dict[str, float]:
    """Give the sizes of nodes by IRI, from that of nothing to that of the largest.

    The areas above ``low`` grow as the measure does.
    """
    top = max((node.size for node in picture.nodes), default=0.0)

    def drawn(node: Vertex) -> float:
        return round(low + (high - low) * (node.size / top) ** 0.5, 2) if top else low

    return {node.iri: drawn(node) for node in picture.nodes}


def widths(picture: Picture, low: float, high: float) -> list[float]:
    """Give the widths of edges in their order, from that of the weakest to that of the strongest.

    Where all are as strong as each other, they have the first.
    """
    weights = [edge.weight for edge in picture.edges]
    least, most = min(weights, default=0.0), max(weights, default=0.0)
    span = (high - low) / (most - least) if least < most else 0.0
    return [round(low + span * (weight - least), 2) for weight in weights]
