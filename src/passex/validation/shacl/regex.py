r"""Regular expressions of XPath, as SHACL has them, for Python and for Rust, which the store uses.

What is translated for Rust matches the same texts, in time that grows with the text and no faster.

Source: XPath and XQuery Functions and Operators 3.1, section 5.6.1; XML Schema 1.1 part 2, appendix
G. Like most engines ``\w`` takes the underscore, and a backslash before any sign takes it as it is.
What means something in Python and nothing in XPath, such as ``\b`` and looking ahead, is refused.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

# Python 3.11 moved both, and the type checker knows neither.
_NEW: Final = sys.version_info >= (3, 11)
constants: Final[Any] = import_module("re._constants" if _NEW else "sre_constants")
parser: Final[Any] = import_module("re._parser" if _NEW else "sre_parse")

_SPACE: Final = r" \t\n\r"
#: Classes and subtractions that only XML Schema has: a library knows them.
_OF_XML: Final = re.compile(r"\\[pPiIcC]|\[(?:\\.|[^\[\]\\])*-\[")
#: What means something else to Python, and what hides it.
_UNLIKE: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[$^.]|[ \t\n\r]", re.DOTALL)
_OUTSIDE: Final = {r"\s": r"[ \t\n\r]", r"\S": r"[^ \t\n\r]"}
#: No line begins after a line feed that is the last character, and none ends there.
_LINES: Final = {"^": r"(?:\A|(?<=\n)(?!\Z))", "$": r"(?:(?=\n)|(?<!\n)\Z)"}
_CLASSES: Final = {
    constants.CATEGORY_DIGIT: "0-9",
    constants.CATEGORY_SPACE: _SPACE,
    constants.CATEGORY_WORD: "A-Za-z0-9_",
    constants.CATEGORY_NOT_DIGIT: "[^0-9]",
    constants.CATEGORY_NOT_SPACE: f"[^{_SPACE}]",
    constants.CATEGORY_NOT_WORD: "[^A-Za-z0-9_]",
}

#: What means something in Python and nothing in XPath, and what hides it: escapes and classes.
_SPECIAL: Final = re.compile(
    r"\\.|[\[\]]|\(\?(?!:)(?:P?<[=!]?|P?[=>]|[!#(]|[a-zA-Z-]+)?|(?:[*+?]|\{\d+(?:,\d*)?\})\+|\{,\d+\}",
    re.DOTALL,
)
_ESCAPES: Final = frozenset("nrtpPiIcCsSdDwW123456789")
#: What to write instead, by how it begins; the first that fits.
_INSTEAD: Final = {
    r"\A": "write ^",
    r"\Z": "write $",
    r"\b": r"write what may stand there, such as (^|\W)",
    "{,": "write the 0 before the comma",
    "(?P": r"leave the name out, and refer to the group as \1",
    "(?=": "give what has to match there a sh:pattern of its own",
    "(?!": "give what must not match there a sh:pattern of its own, in sh:not",
    "(?<=": "write what stands before as a part of the pattern",
    "(?<!": "give what must not stand before a sh:pattern of its own, in sh:not",
    "(?<": r"leave the name out, and refer to the group as \1",
    "(?#": "leave the comment out",
    "(?>": "write (?: for it",
    "(?(": "write both cases, with | between them",
    "(?": "give flags in sh:flags",
}

#: What Python knows of ``sh:flags``; see `to_python` for the others.
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


@lru_cache(maxsize=1000)
def to_python(pattern: str, flags: str = "") -> str:
    r"""Write a regular expression of XPath as one of Python, to be used with `flags_of` the flags.

    Args:
        pattern: The value of ``sh:pattern``.
        flags: The value of ``sh:flags``, of which ``s``, ``x`` and ``q`` are done with here.

    Returns:
        The expression; what XPath doesn't take and Python may is left to Python.

    Example:
        >>> to_python("^[a-z-[m]]$"), to_python("a.b", "s"), to_python("a.b", "q")
        ('^[a-ln-z]\\Z', 'a[\\s\\S]b', 'a\\.b')
    """
    if "q" in flags:
        return re.escape(pattern)
    if _OF_XML.search(pattern):
        # Imported where it is needed: it takes as long as a small validation.
        from elementpath.regex import RegexError, translate_pattern

        with suppress(RegexError):
            pattern = translate_pattern(pattern, flags_of(flags)).replace(r"$(?!\n\Z)", "$")

    def alike(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "[":
            return found.replace(r"\s", r" \t\n\r")
        if found in _LINES:
            return _LINES[found] if "m" in flags else {"$": r"\Z"}.get(found, found)
        if found == ".":
            return r"[\s\S]" if "s" in flags else r"[^\n\r]"
        if found[0] == "\\":
            return _OUTSIDE.get(found, found)
        return "" if "x" in flags else found

    return _UNLIKE.sub(alike, pattern)


def only_python(pattern: str) -> tuple[str, str]:
    r"""Find what means something in Python and nothing in XPath, whose expressions SHACL has.

    Returns:
        The first of it, and what to write instead, if that can be said; two empty texts for none.

    Example:
        >>> only_python(r"^\d+(?=[.])")
        ('(?=', 'give what has to match there a sh:pattern of its own')
        >>> only_python(r"^[(?=]+(?:\.\/)*?$")
        ('', '')
    """
    within = False
    for match in _SPECIAL.finditer(pattern):
        found = match[0]
        if found in ("[", "]"):
            within = found == "["
        elif found[0] == "\\":
            if found[1].isascii() and found[1].isalnum() and found[1] not in _ESCAPES:
                break
        elif not within:
            break
    else:
        return "", ""
    if found[-1] == "+" and found[0] != "\\":
        return found, "leave the last + out"
    return found, next((cure for start, cure in _INSTEAD.items() if found.startswith(start)), "")


def compiled(pattern: str, flags: str = "") -> re.Pattern[str]:
    """Compile a regular expression of XPath for Python; `re.error` where neither knows it."""
    return re.compile(to_python(pattern, flags), flags_of(flags))


def translate(pattern: str, flags: str = "") -> Translation | None:
    r"""Translate a regular expression of XPath's for the store, with the value of ``sh:flags``.

    The answer is None if there is no translation, as for references to groups.

    Example:
        >>> translate("^[a-z]{2}$")
        Translation(text='\\A[a-z]{2,2}\\z', ascii_only=False)
        >>> translate("(a)\\1")
    """
    try:
        tree = parser.parse(to_python(pattern, flags), flags_of(flags))
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
