"""Marks of every drawing: what a shape, a colour, a dash, an empty middle, a width and a size mean.

============  =====================================================================
shape         the kind of an actor
colour        its community, where the network has several; else its kind
dash          the status: what was held is solid, what is under way has dashes and
              dots, what is planned has dashes
empty middle  inferred or not certain
width         the weight of a tie, by the share of ties that are weaker
size          a measure, where it bears a ranking; else all are alike
============  =====================================================================

What was held and what is planned are strands of their own, never one line, number or label. The
page and the server have these values from `document`, so that nothing of it is written twice.

The colours are those of M. Okabe and K. Ito, "Color Universal Design" (2008,
https://jfly.uni-koeln.de/color), which colour-blind readers tell apart.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of nodes is drawn.

    Attributes:
        sides: How many sides it has; 0 is a circle.
        turn: Where its first corner is, in degrees clockwise from the right.
        colour: Its colour where colours show kinds.
        planned: Whether its outline is dashed, as what is planned is.
    """

    sides: int
    turn: int
    colour: str
    planned: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a status is drawn.

    Attributes:
        words: What it is called in a key.
        dash: Lengths of strokes and gaps in pixels; none for a solid line.
        name: What formats that have names for lines call it.
    """

    words: str
    dash: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a drawing on light or on dark ground.

    Attributes:
        paper: The ground.
        ink: Names, and the outlines of nodes.
        quiet: The key, and what is said about the picture.
        held: Lines of what was held, or has no status.
        way: Lines of what is under way.
        planned: Lines of what is planned.
    """

    paper: str
    ink: str
    quiet: str
    held: str
    way: str
    planned: str


_BLUE: Final = "#0072b2"
_GREEN: Final = "#009e73"
_RED: Final = "#d55e00"
#: The rest: communities beyond the palette, and kinds that have no colour of their own.
REST: Final = "#8a8f98"
#: Communities, the largest first.
PALETTE: Final = (_BLUE, "#e69f00", _GREEN, "#cc79a7", "#56b4e9", _RED, "#f0e442")

_EVENT: Final = Look(5, -90, "#b9bec6")
_PLAN: Final = Look(5, -90, "#e4e7eb", planned=True)
_NAVY: Final = Look(4, 45, _BLUE)
#: How kinds are drawn, by the local names of their classes.
LOOKS: Final[dict[str, Look]] = {
    "State": Look(0, 0, _GREEN),
    "Territory": Look(0, 0, _GREEN),
    "Navy": _NAVY,
    "Service": _NAVY,
    "Formation": Look(4, 0, "#e69f00"),
    "Ship": Look(3, -90, "#56b4e9"),
    "Organisation": Look(6, 0, "#cc79a7"),
    "Institution": Look(6, 30, _RED),
    "Person": Look(3, 90, "#f0e442"),
    **dict.fromkeys(
        ("Event", "Exercise", "Meeting", "MissileTest", "Statement", "Suspension", "Visit"), _EVENT
    ),
    **dict.fromkeys(("Plan", "ExercisePlan", "OpenPlan"), _PLAN),
}
#: How every other kind is drawn.
OTHER: Final = Look(8, 22, REST)

#: The strands of a tie by status, in the order in which they lie beside each other.
STROKES: Final[dict[str, Stroke]] = {
    "held": Stroke("held", (), "solid"),
    "under-way": Stroke("under way", (14, 4, 2, 4), "dash-dot"),
    "planned": Stroke("planned", (6, 5), "dashed"),
}
#: The colour in a `Theme` of a status.
COLOUR: Final = {"held": "held", "under-way": "way", "planned": "planned"}
HOLLOW: Final = "hollow: inferred, or not certain"
#: The widths of lines, in pixels: of ties of which less than a quarter are weaker, and so on.
WIDTHS: Final = (2.0, 3.5, 5.0, 7.0)
#: A hollow line is at least as wide, and two thin lines then.
_DOUBLE: Final = 4.5
#: A hollow line's middle is narrower than the line by this, and at least this share of it.
_RIM: Final = 2.4
_MIDDLE: Final = 0.4

LIGHT: Final = Theme("#ffffff", "#16202c", "#55606e", "#5c6877", "#0072b2", "#c04e00")
DARK: Final = Theme("#12181f", "#e8edf3", "#a5b0bd", "#a3afbd", "#56b4e9", "#ff9a4d")


def look(kind: str) -> Look:
    """Give how a kind of nodes is drawn.

    Example:
        >>> look("Ship").sides, look("Harbour") == OTHER
        (3, True)
    """
    return LOOKS.get(kind, OTHER)


def colour(kind: str, community: int | None = None) -> str:
    """Give the colour of a node, such as ``#0072b2``.

    Args:
        kind: Its kind, which the colour shows where it has no community.
        community: The number of its community, 0 for the largest.

    Example:
        >>> colour("State"), colour("State", 0), colour("State", 99)
        ('#009e73', '#0072b2', '#8a8f98')
    """
    if community is None:
        return look(kind).colour
    return PALETTE[community] if community < len(PALETTE) else REST


def ink(ground: str) -> str:
    """Give black or white, whichever can be read on a colour of the palette."""
    return "#ffffff" if ground == _BLUE else "#000000"


def stroke(status: str) -> Stroke:
    """Give how a status is drawn; what has none is drawn as what was held is."""
    return STROKES.get(status, STROKES["held"])


def outline(kind: str, x: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Give the corners of a node; none for a circle.

    Every shape has as much area as a circle of the radius.

    Example:
        >>> [(round(x, 2), round(y, 2)) for x, y in outline("Navy", 0, 0, 1)][0]
        (0.89, 0.89)
    """
    shape = look(kind)
    if not shape.sides:
        return []
    step = 2 * math.pi / shape.sides
    reach = radius * math.sqrt(2 * math.pi / (shape.sides * math.sin(step)))
    angles = (math.radians(shape.turn) + step * corner for corner in range(shape.sides))
    return [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for angle in angles]


def widths(weights: Sequence[float], steps: Sequence[float] = WIDTHS) -> list[float]:
    """Give the widths of ties in their order: each by the share of the ties that are weaker.

    Example:
        >>> widths([1, 1, 2, 9]), widths([3, 3])
        ([2.0, 2.0, 5.0, 7.0], [2.0, 2.0])
    """
    ordered = sorted(weights)
    count = len(ordered)
    return [steps[len(steps) * bisect_left(ordered, weight) // count] for weight in weights]


def strand(width: float, hollow: bool) -> float:
    """Give the width of a strand: one with an empty middle has room for that."""
    return max(width, _DOUBLE) if hollow else width


def middle(width: float) -> float:
    """Give the width of the empty middle of a hollow line."""
    return max(width - _RIM, width * _MIDDLE)


def radii(sizes: Iterable[float], low: float, high: float) -> list[float]:
    """Give the radii of nodes in their order, from that of nothing to that of the largest.

    The areas above ``low`` grow as the measure does. Where nothing has a size, all are alike.

    Example:
        >>> radii([0, 1, 4], 10, 60), radii([0, 0], 10, 60)
        ([10.0, 35.0, 60.0], [10, 10])
    """
    sizes = list(sizes)
    top = max(sizes, default=0.0)
    return [round(low + (high - low) * (size / top) ** 0.5, 2) if top else low for size in sizes]


def document() -> dict[str, Any]:
    """Give all values as JSON takes them, for the scripts of the page and of the server."""
    return {
        "looks": {kind: asdict(shape) for kind, shape in LOOKS.items()},
        "other": asdict(OTHER),
        "palette": PALETTE,
        "rest": REST,
        "strokes": {
            status: {**asdict(drawn), "colour": COLOUR[status]} for status, drawn in STROKES.items()
        },
        "hollow": HOLLOW,
        "rim": _RIM,
        "middle": _MIDDLE,
        "widths": WIDTHS,
    }


def variables(theme: Theme) -> str:
    """Write a theme as declarations of a style sheet.

    Example:
        >>> variables(LIGHT)[:34]
        '--paper: #ffffff; --ink: #16202c; '
    """
    return " ".join(f"--{name}: {value};" for name, value in asdict(theme).items())
