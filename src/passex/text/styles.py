"""Styles of words on a terminal: what each kind of word looks like there, and where it does.

Lines are laid out with marks around what is styled, which take no room; at the end the marks become
what `click.style` writes. Where there is no colour there are no marks.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any, Final, TextIO

#: By name, as click has them.
STYLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "strong": {"bold": True},
    "dim": {"dim": True},
    "held": {"fg": "green"},
    "under way": {"fg": "cyan"},
    "planned": {"fg": "yellow"},
    "off": {"fg": "red"},
    "violation": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "info": {"fg": "cyan", "bold": True},
    "violation span": {"fg": "red"},
    "warning span": {"fg": "yellow"},
    "info span": {"fg": "cyan"},
}
#: Unicode keeps these code points free of characters (section 23.7): no text has them.
_END: Final = "\ufdd0"
_BEGIN: Final = {name: chr(0xFDD1 + place) for place, name in enumerate(STYLES)}
_NAMES: Final = {begin: name for name, begin in _BEGIN.items()}
_BEGINS: Final = "".join(_NAMES)
#: What finds marks; compiled when a line has some.
MARKS: Final = f"[{_BEGINS}{_END}]"
_MARKED: Final = f"([{_BEGINS}])([^{_BEGINS}{_END}]*){_END}"


def is_coloured(stream: TextIO) -> bool:
    """Tell whether there is colour on a stream.

    ``NO_COLOR`` forbids it (https://no-color.org), ``FORCE_COLOR`` and ``CLICOLOR_FORCE`` demand
    it; else a terminal has it that isn't dumb, and ``CLICOLOR`` can forbid it there.
    """
    has = os.environ.get
    if has("NO_COLOR"):
        return False
    if has("FORCE_COLOR", "0") not in ("", "0") or has("CLICOLOR_FORCE", "0") not in ("", "0"):
        return True
    return stream.isatty() and has("TERM") != "dumb" and has("CLICOLOR") != "0"


def paint(text: str, style: str) -> str:
    r"""Write a text in one of `STYLES`.

    Example:
        >>> paint("held", "held")
        '\x1b[32mheld\x1b[0m'
    """
    from click import style as styled  # which who has no colour need not import

    return styled(text, **STYLES[style]) if text else text


def mark(text: str, style: str) -> str:
    """Put the marks of a style around a text, of which there are none inside it."""
    return f"{_BEGIN[style]}{text}{_END}" if text else text


def unmarked(text: str) -> str:
    """Give a marked text without its marks: what takes room.

    Example:
        >>> unmarked(mark("Japan", "strong") + "!")
        'Japan!'
    """
    return text if text.isascii() else re.sub(MARKS, "", text)


def closed(lines: list[str]) -> list[str]:
    """End each style where its line ends, and begin it again on the next.

    Example:
        >>> lines = closed(mark("one two", "dim").split(" "))
        >>> lines == [mark("one", "dim"), mark("two", "dim")]
        True
    """
    open_mark, made = "", []
    for line in lines:
        text = open_mark + line
        marks = re.findall(MARKS, text)
        open_mark = marks[-1] if marks and marks[-1] != _END else ""
        made.append(text + _END if open_mark else text)
    return made


def painted(text: str) -> str:
    """Make styles of the marks in a text."""
    if text.isascii():
        return text
    return re.sub(_MARKED, lambda found: paint(found[2], _NAMES[found[1]]), text)
