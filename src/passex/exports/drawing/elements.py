"""Elements of an SVG drawing: shapes, strands, texts, and the colours of dark ground."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from ..columns import Report
from . import marks
from .labels import Label

FONT: Final = "system-ui, Roboto, 'Helvetica Neue', 'DejaVu Sans', Arial, sans-serif"
#: A line of text is so many times as high as its font is large.
HIGH: Final = 1.2
#: Where an arrow ends before the middle of its node, and how long and wide half of it is.
_TIP: Final = (13.0, 9.0, 4.5)
#: The rim of a name is as wide as this, and the outline of a node.
_RIM: Final = 3
_BORDER: Final = 1.25

Point = tuple[float, float]


def themes() -> str:
    """Write what turns a drawing dark where its reader has chosen that."""
    dark, rules = marks.DARK, []
    for name in ("held", "way", "planned"):
        colour = getattr(dark, name)
        rules.append(f".{name}{{stroke:{colour}}}.{name}.filled{{fill:{colour};stroke:none}}")
    rules += [
        f".paper{{fill:{dark.paper}}}line.paper{{stroke:{dark.paper}}}",
        f".node{{stroke:{dark.ink}}}.bare{{fill:{dark.paper}}}",
        f".name{{fill:{dark.ink};stroke:{dark.paper}}}.ink{{fill:{dark.ink}}}",
        f".quiet{{fill:{dark.quiet}}}",
    ]
    return f"<style>@media (prefers-color-scheme: dark){{{''.join(rules)}}}</style>"


def path(points: Iterable[Point]) -> str:
    """Write a polygon as the data of a path."""
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def shape(kind: str, at: Point, radius: float, fill: str = "") -> str:
    """Draw a node; without a colour it is as the paper is."""
    dash = ' stroke-dasharray="3 2"' if marks.look(kind).planned else ""
    style = (
        f'class="node{"" if fill else " bare"}" fill="{fill or marks.LIGHT.paper}" '
        f'stroke="{marks.LIGHT.ink}" stroke-width="{_BORDER}"{dash}'
    )
    points = marks.outline(kind, *at, radius)
    if points:
        return f'<path d="{path(points)}" {style}/>'
    return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:g}" {style}/>'


def strand(a: Point, b: Point, shift: float, status: str, width: float, hollow: bool) -> str:
    """Draw a strand of a tie, so far beside the line between two points."""
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
    sx, sy = -(b[1] - a[1]) / length * shift, (b[0] - a[0]) / length * shift
    ends = f'x1="{a[0] + sx:.1f}" y1="{a[1] + sy:.1f}" x2="{b[0] + sx:.1f}" y2="{b[1] + sy:.1f}"'
    name, dash = marks.COLOUR.get(status, "held"), marks.stroke(status).dash
    dashes = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
    ink = getattr(marks.LIGHT, name)
    drawn = f'<line {ends} class="{name}" stroke="{ink}" stroke-width="{width:g}"{dashes}/>'
    if hollow:
        middle = f'stroke="{marks.LIGHT.paper}" stroke-width="{marks.middle(width):g}"'
        drawn += f'<line {ends} class="paper" {middle}/>'
    return drawn


def arrow(a: Point, b: Point, status: str, hollow: bool = False) -> str:
    """Draw the head of an arrow from one point to another, before the node that is there."""
    length = math.hypot(b[0] - a[0], b[1] - a[1]) or 1
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    before, long, half = _TIP
    tip = (b[0] - ux * before, b[1] - uy * before)
    back = (tip[0] - ux * long, tip[1] - uy * long)
    corners = [tip, (back[0] + uy * half, back[1] - ux * half)]
    corners.append((back[0] - uy * half, back[1] + ux * half))
    name = marks.COLOUR.get(status, "held")
    ink = getattr(marks.LIGHT, name)
    if hollow:
        paper = marks.LIGHT.paper
        return f'<path d="{path(corners)}" class="{name} paper" fill="{paper}" stroke="{ink}"/>'
    return f'<path d="{path(corners)}" class="{name} filled" fill="{ink}"/>'


def name(label: Label, size: float, report: Report) -> str:
    """Write a name, with a rim of paper, so that a line behind it does not cross it out."""
    spans = "".join(
        f'<tspan x="{label.x:g}" y="{label.y + HIGH * size * n:g}">{report.xml(line)}</tspan>'
        for n, line in enumerate(label.lines)
    )
    return (
        f'<text text-anchor="{label.anchor}" font-size="{size:g}" class="name" '
        f'fill="{marks.LIGHT.ink}" stroke="{marks.LIGHT.paper}" stroke-width="{_RIM}" '
        f'stroke-linejoin="round" paint-order="stroke">{spans}</text>'
    )


def line_of_text(
    text: str, at: Point, size: float, report: Report, quiet: bool = False, weight: int = 400
) -> str:
    """Write a line of what is said beside the drawing."""
    kind, colour = ("quiet", marks.LIGHT.quiet) if quiet else ("ink", marks.LIGHT.ink)
    bold = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text x="{at[0]:.0f}" y="{at[1]:.0f}" font-size="{size:g}"{bold} class="{kind}" '
        f'fill="{colour}">{report.xml(text)}</text>'
    )


def apart(points: Sequence[Point], radii: Sequence[float]) -> list[Point]:
    """Move nodes off each other, in a few rounds.

    Example:
        >>> apart([(0.0, 0.0), (1.0, 0.0)], [10.0, 10.0])
        [(-12.0, 0.0), (13.0, 0.0)]
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    largest = max(radii, default=0.0)
    for _ in range(30):
        order = sorted(range(len(xs)), key=lambda n: (xs[n], n))
        moved = False
        for place, a in enumerate(order):
            for b in order[place + 1 :]:
                least = 1.25 * (radii[a] + radii[b])
                if xs[b] - xs[a] >= 2.5 * largest:
                    break
                dx, dy = xs[b] - xs[a], ys[b] - ys[a]
                far = math.sqrt(dx * dx + dy * dy)
                if far < least - 1e-6:
                    moved = True
                    ux, uy = (dx / far, dy / far) if far else (1.0, 0.0)
                    push = (least - far) / 2
                    xs[a], ys[a] = xs[a] - ux * push, ys[a] - uy * push
                    xs[b], ys[b] = xs[b] + ux * push, ys[b] + uy * push
        if not moved:
            break
    return list(zip(xs, ys, strict=True))
