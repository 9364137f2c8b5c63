"""Regular expressions of Python, which pySHACL uses, as ones of Rust, which the store uses.

What is translated matches the same texts, in time that grows with the text and no faster.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

# Python 3.11 moved both, and the type checker knows neither.
_NEW: Final = sys.version_info >= (3, 11)
constants: Final[Any] = import_module("re._constants" if _NEW else "sre_constants")
parser: Final[Any] = import_module("re._parser" if _NEW else "sre_parse")

#: What `str.isspace` has for space; the other classes grow with Unicode, each library at its time.
_SPACE: Final = (
    r" \t\n\r\x0b\x0c\x1c-\x1f\x85\xa0\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
_CLASSES: Final = {
    constants.CATEGORY_DIGIT: "0-9",
    constants.CATEGORY_SPACE: _SPACE,
    constants.CATEGORY_WORD: "A-Za-z0-9_",
    constants.CATEGORY_NOT_DIGIT: "[^0-9]",
    constants.CATEGORY_NOT_SPACE: f"[^{_SPACE}]",
    constants.CATEGORY_NOT_WORD: "[^A-Za-z0-9_]",
}

#: What pySHACL knows of ``sh:flags``.
FLAGS: Final = {"i": re.IGNORECASE, "m": re.MULTILINE}


@dataclass(frozen=True, slots=True)
class Translation:
    """A regular expression for the store.

    Attributes:
        text: The expression.
        ascii_only: Whether it is right for texts of ASCII characters only.
    """

    text: str
    ascii_only: bool


class _Untranslatable(Exception):
    pass


def flags_of(flags: str) -> int:
    """Give the flags of `re` for ``sh:flags``."""
    return sum(flag for letter, flag in FLAGS.items() if letter in flags.lower())


def translate(pattern: str, flags: str = "") -> Translation | None:
    r"""Translate a regular expression of Python's, with the value of ``sh:flags``.

    The answer is None if there is no translation, as for references to groups.

    Example:
        >>> translate("^[a-z]{2}$")
        Translation(text='\\A[a-z]{2,2}(?:\\n?\\z)', ascii_only=False)
        >>> translate("(a)\\1")
    """
    try:
        tree = parser.parse(pattern, flags_of(flags))
        found: int = tree.state.flags
        if found & (re.ASCII | re.LOCALE | re.DEBUG):
            return None
        writer = _Writer(bool(found & re.MULTILINE), bool(found & re.DOTALL))
        text = writer.sequence(tree)
    except (_Untranslatable, re.error, RecursionError, OverflowError):
        return None
    if not found & re.IGNORECASE:
        return Translation(text, writer.ascii_only)
    return Translation(f"(?i:{text})", True) if pattern.isascii() else None


class _Writer:
    def __init__(self, multiline: bool, dotall: bool) -> None:
        self.ascii_only = False
        self._multiline = multiline
        self._dotall = dotall

    def sequence(self, tree: Any) -> str:
        return "".join(self._item(code, value) for code, value in tree)

    def _item(self, code: Any, value: Any) -> str:
        if code is constants.LITERAL:
            return _character(value)
        if code is constants.NOT_LITERAL:
            return f"[^{_character(value)}]"
        if code is constants.ANY:
            return "(?s:.)" if self._dotall else r"[^\n]"
        if code is constants.AT:
            return self._place(value)
        if code is constants.IN:
            return self._class(value)
        if code in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            least, most, inner = value
            bound = "" if most is constants.MAXREPEAT else str(most)
            lazy = "?" if code is constants.MIN_REPEAT else ""
            item = self.sequence(inner)
            single = len(inner) == 1 and inner[0][0] in (constants.IN, constants.LITERAL)
            return f"{item if single else f'(?:{item})'}{{{least},{bound}}}{lazy}"
        if code is constants.BRANCH:
            return f"(?:{'|'.join(self.sequence(branch) for branch in value[1])})"
        if code is constants.SUBPATTERN:
            _, added, removed, inner = value
            if not added and not removed:
                return f"(?:{self.sequence(inner)})"
        raise _Untranslatable

    def _place(self, value: Any) -> str:
        places = {
            constants.AT_BEGINNING: "(?m:^)" if self._multiline else r"\A",
            constants.AT_END: "(?m:$)" if self._multiline else r"(?:\n?\z)",
            constants.AT_BEGINNING_STRING: r"\A",
            constants.AT_END_STRING: r"\z",
        }
        if value not in places:
            raise _Untranslatable
        return places[value]

    def _class(self, items: Any) -> str:
        negated, parts = "", []
        for code, value in items:
            if code is constants.NEGATE:
                negated = "^"
            elif code is constants.LITERAL:
                parts.append(_character(value))
            elif code is constants.RANGE:
                parts.append(f"{_character(value[0])}-{_character(value[1])}")
            elif code is constants.CATEGORY:
                self.ascii_only |= "SPACE" not in str(value)
                parts.append(_CLASSES[value])
            else:
                raise _Untranslatable
        return f"[{negated}{''.join(parts)}]"


def _character(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF:
        raise _Untranslatable
    character = chr(code)
    return character if character.isascii() and character.isalnum() else f"\\x{{{code:x}}}"
