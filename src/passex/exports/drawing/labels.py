"""Names in a drawing: where they stand, so that none lies over another, over a node or a number.

The page's script `labels.js` does the same while a picture moves.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final, NamedTuple
from unicodedata import combining, east_asian_width

#: A name is broken into lines of about this many characters, and has at most so many lines.
LINE: Final = 22
LINES: Final = 3
_CELL: Final = 64.0
#: How wide characters are, in parts of the size of the font, as in Helvetica and DejaVu Sans.
_NARROW: Final = frozenset("iIjl.,:;'|!()[] ftr-")


class Box(NamedTuple):
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Tell whether two overlap."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def crosses(self, line: tuple[float, float, float, float]) -> bool:
        """Tell whether a line from one point to another runs through it."""
        x1, y1, x2, y2 = line
        enter, leave = 0.0, 1.0
        for start, end, low, high in (
            (x1, x2, self.x, self.x + self.width),
            (y1, y2, self.y, self.y + self.height),
        ):
            if start == end:
                if not low <= start <= high:
                    return False
                continue
            one, other = (low - start) / (end - start), (high - start) / (end - start)
            enter, leave = max(enter, min(one, other)), min(leave, max(one, other))
        return enter < leave


@dataclass(frozen=True, slots=True)
class Label:
    """A text that was placed.

    Attributes:
        lines: Its lines.
        x: Where they begin, end or have their middle, as `anchor` says.
        y: The baseline of the first.
        anchor: ``start``, ``middle`` or ``end``.
    """

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str


@dataclass(slots=True)
class Taken:
    """Rectangles that are taken, in a grid, so that what overlaps is found at once."""

    _cells: defaultdict[tuple[int, int], list[Box]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, box: Box) -> None:
        """Take a rectangle."""
        for cell in self._of(box):
            self._cells[cell].append(box)

    def meets(self, box: Box) -> bool:
        """Tell whether any of those taken overlaps another."""
        return any(other.meets(box) for cell in self._of(box) for other in self._cells[cell])

    def frame(self) -> Box | None:
        """Give the rectangle around all; None where nothing is taken."""
        boxes = [box for cell in self._cells.values() for box in cell]
        if not boxes:
            return None
        left, top = min(box.x for box in boxes), min(box.y for box in boxes)
        right = max(box.x + box.width for box in boxes)
        return Box(left, top, right - left, max(box.y + box.height for box in boxes) - top)

    @staticmethod
    def _of(box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.x // _CELL), int((box.x + box.width) // _CELL) + 1):
            for row in range(int(box.y // _CELL), int((box.y + box.height) // _CELL) + 1):
                yield column, row


def width(text: str, size: float) -> float:
    """Estimate how wide a text is, in pixels; rather too wide than too narrow.

    Example:
        >>> width("ill", 10) < width("Navy", 10) < width("海軍海軍", 10)
        True
    """
    return size * sum(
        0.0
        if combining(c)
        else 1.0
        if east_asian_width(c) in "WF"
        else 0.38
        if c in _NARROW
        else 0.95
        if c in "mwMW@%"
        else 0.74
        if c.isupper() or not c.isascii()
        else 0.62
        for c in text
    )


def fill(text: str, size: float, wide: float) -> list[str]:
    """Break a text into lines of at most so many pixels, at its spaces.

    Example:
        >>> fill("who trains with whom", 10, 80)
        ['who trains', 'with whom']
    """
    lines = [""]
    for word in text.split():
        wider = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and width(wider, size) > wide:
            lines.append(word)
        else:
            lines[-1] = wider
    return [line for line in lines if line]


def wrap(label: str) -> tuple[str, ...]:
    """Break a name into at most three lines at its spaces; what is longer ends in an ellipsis.

    Example:
        >>> wrap("Japan Maritime Self-Defense Force")
        ('Japan Maritime', 'Self-Defense Force')
    """
    lines = [""]
    for word in label.split():
        wider = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and len(wider) > LINE:
            lines.append(word)
        else:
            lines[-1] = wider
    shown = [line if len(line) <= LINE + 6 else f"{line[:LINE]}\u2026" for line in lines[:LINES]]
    if len(lines) > LINES:
        shown[-1] = shown[-1].rstrip("\u2026") + "\u2026"
    return tuple(shown)


def beside(
    label: str,
    at: tuple[float, float, float],
    toward: tuple[float, float],
    size: float,
    taken: Taken,
    lines: Sequence[tuple[float, float, float, float]] = (),
) -> Label | None:
    """Place a name beside a node where nothing else is, over as few lines as can be; else None.

    Args:
        at: The middle of the node, and its radius.
        toward: Where what it is tied with is: the other side is tried first.
        size: The size of the font, in pixels.
        taken: What is taken already; the name's place is added to it.
        lines: The ties, from point to point.
    """
    text = wrap(label) if label.strip() else ()
    if not text:
        return None
    wide = max(width(line, size) for line in text) + 4
    high = 1.2 * size * len(text)
    reach = at[2] + wide + high
    near = Box(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach)
    lines = [line for line in lines if near.crosses(line)]
    best: tuple[int, int] | None = None
    chosen: tuple[Box, str] | None = None
    for rank, (box, anchor) in enumerate(_sides(at, toward, wide, high)):
        if taken.meets(box):
            continue
        crossed = sum(box.crosses(line) for line in lines)
        if best is None or (crossed, rank) < best:
            best, chosen = (crossed, rank), (box, anchor)
    if chosen is None:
        return None
    box, anchor = chosen
    taken.add(box)
    x = {"start": box.x + 2, "middle": box.x + wide / 2, "end": box.x + wide - 2}[anchor]
    return Label(text, round(x, 1), round(box.y + size, 1), anchor)


def _sides(
    at: tuple[float, float, float], toward: tuple[float, float], wide: float, high: float
) -> Iterable[tuple[Box, str]]:
    """Give the places around a node, the best first."""
    x, y, radius = at
    dx, dy = x - toward[0], y - toward[1]
    gap = radius + 3
    near = 0.75 * gap
    vertical = [(x - wide / 2, y + gap), (x - wide / 2, y - gap - high)]
    horizontal = [(x + gap, y - high / 2), (x - gap - wide, y - high / 2)]
    if dy < 0:
        vertical.reverse()
    if dx < 0:
        horizontal.reverse()
    steep = 1.5 * abs(dy) >= abs(dx)
    first = (*vertical, *horizontal) if steep else (horizontal[0], *vertical, horizontal[1])
    corners = [
        (x + near, y + near),
        (x + near, y - near - high),
        (x - near - wide, y + near),
        (x - near - wide, y - near - high),
    ]
    for left, top in (*first, *corners):
        anchor = "middle" if left == x - wide / 2 else "start" if left >= x else "end"
        yield Box(left, top, wide, high), anchor


def on_lines(
    texts: Iterable[tuple[str, tuple[float, float, float, float], float]],
    size: float,
    taken: Taken,
    lines: Sequence[tuple[float, float, float, float]] = (),
) -> Iterator[Label]:
    """Place short texts beside lines of some width, near their middles, where nothing else is.

    Where it would be read as another line's beside its own, it stands on its own or farther
    away; where that is another's place too, it is left out.
    """
    for text, (x1, y1, x2, y2), thick in texts:
        wide, high = width(text, size) + 4, 1.2 * size
        length = math.hypot(x2 - x1, y2 - y1) or 1
        across, down = -(y2 - y1) / length, (x2 - x1) / length
        away = (abs(across) * wide + abs(down) * high + thick) / 2 + 1
        own = (x1, y1, x2, y2)
        others = [line for line in lines if line not in (own, (x2, y2, x1, y1))]
        farther = [way * (away + far * high) for far in (1, 2) for way in (1, -1)]
        for side, part in product((away, -away, 0.0, *farther), (0.5, 0.4, 0.6, 0.3, 0.7)):
            x = x1 + (x2 - x1) * part + across * side
            y = y1 + (y2 - y1) * part + down * side
            box = Box(x - wide / 2, y - high / 2, wide, high)
            if not taken.meets(box) and _reads_as(box, own, others):
                taken.add(box)
                yield Label((text,), round(x, 1), round(y + size * 0.36, 1), "middle")
                break


def _reads_as(
    box: Box,
    own: tuple[float, float, float, float],
    others: Iterable[tuple[float, float, float, float]],
) -> bool:
    """Tell whether a text is nearer to its own line than to any other, and none runs through it."""
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    gap = _gap(middle, own)
    return all(not box.crosses(line) and gap < _gap(middle, line) for line in others)


def _gap(point: tuple[float, float], line: tuple[float, float, float, float]) -> float:
    """Measure how far a point is from a line between two points."""
    (x, y), (x1, y1, x2, y2) = point, line
    dx, dy = x2 - x1, y2 - y1
    part = ((x - x1) * dx + (y - y1) * dy) / ((dx * dx + dy * dy) or 1)
    part = min(max(part, 0.0), 1.0)
    return math.hypot(x - x1 - part * dx, y - y1 - part * dy)
