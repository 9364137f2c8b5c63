"""A source line on the screen, with its span underlined."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from .places import Place  # a dataclass, which would make every command begin later

#: How many columns of a line are shown at most, and how many of them stand before the span.
WIDTH: Final = 100
_BEFORE: Final = 40
_TAB: Final = 4
#: Marks that turn the direction of what follows: with them, one line can look like another.
_TURNS: Final = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
#: Marks that are not seen, or end a line on some screens.
_MARKS: Final = "\u061c\u200e\u200f\u2028\u2029\ufeff"
#: What is shown of what has no picture of its own, by code point.
_PICTURES: Final = {
    **dict.fromkeys((*range(0x80, 0xA0), *_TURNS, *map(ord, _MARKS)), "\N{REPLACEMENT CHARACTER}"),
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
}


def excerpt(place: Place) -> tuple[str, str]:
    r"""Show the line of a place, and what underlines the span in it.

    Of a line that is too long, a window around the begin of the span is shown. Tabs become spaces,
    and what has no picture is shown by one. Wide characters take two columns, combining marks none.

    Args:
        place: A place in a file, with its source line.

    Returns:
        The line and the underline; they begin at the same column.

    Example:
        >>> from passex.text.places import Place
        >>> print(*excerpt(Place("a.ttl", 1, 3, 1, 7, "a\tnr:b 1")), sep="\n")
        a   nr:b 1
            ^^^^
    """
    source = place.source
    start = min(max(place.column - 1, 0), len(source))
    end = len(source) if place.end_line > place.line else place.end_column - 1
    # A line may be as long as its file: only what can be in the window is looked at.
    first = max(0, start - 2 * WIDTH)
    window = source[first : start + 2 * WIDTH]
    plain = window.isascii() and window.isprintable()
    cells = list(window) if plain else _cells(window)
    widths = [1] * len(cells) if plain else [width(cell) for cell in cells]
    begin, left, right = start - first, 0, len(cells)
    whole = len(cells) == len(source)
    if not whole or sum(widths) > WIDTH:
        left, wide = begin, 0
        while left and (wide + widths[left - 1] <= _BEFORE or not widths[left]):
            left -= 1
            wide += widths[left]
        right, wide = left, 0
        while right < len(cells) and wide + widths[right] <= WIDTH - 2:
            wide += widths[right]
            right += 1
    before = "…" if first + left else ""
    after = "…" if first + right < len(source) else ""
    offset = len(before) + sum(widths[left:begin])
    # At least one: nothing may be missing at the end of a line, and a mark alone has no width.
    span = max(sum(widths[begin : max(begin, min(end - first, right))]), 1)
    return before + "".join(cells[left:right]) + after, " " * offset + "^" * span


def numbered(place: Place) -> str:
    r"""Show the line of a place with its number, and carets below the place.

    Example:
        >>> from passex.text.places import Place
        >>> print(numbered(Place("q.rq", 2, 8, 2, 14, "  ?s a nr:Shp }")))
          2 |   ?s a nr:Shp }
            |        ^^^^^^
    """
    number = f"{place.line:3}"
    source, carets = excerpt(place)
    return f"{number} | {source}".rstrip() + f"\n{' ' * len(number)} | {carets}"


def width(text: str) -> int:
    r"""Count the columns that a line takes in a terminal, as `visible` shows it.

    Example:
        >>> width("Québec"), width("\u65e5"), width("\u202e")
        (6, 2, 1)
    """
    if text.isascii():
        return len(text)
    return sum(
        1
        if ord(character) in _PICTURES
        else 0
        if unicodedata.category(character) in ("Mn", "Me", "Cf")
        else 2
        if unicodedata.east_asian_width(character) in "WF"
        else 1
        for character in text
    )


def visible(text: str) -> str:
    r"""Show what has no picture of its own by one, so that data cannot steer a terminal.

    Returns:
        The text on one line, with pictures for control characters and for marks that turn the
        direction of writing.

    Example:
        >>> visible("a\x1b[31m")
        'a␛[31m'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_PICTURES)


def _cells(text: str) -> list[str]:
    """What each character of a line looks like; tabs reach to the next stop."""
    cells: list[str] = []
    column = 0
    for character in text:
        cells.append(" " * (_TAB - column % _TAB) if character == "\t" else visible(character))
        column += width(cells[-1])
    return cells
