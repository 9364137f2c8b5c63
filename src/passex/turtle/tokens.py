"""The words of Turtle."""

from __future__ import annotations

import re
from typing import Final

_BASE: Final = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_CHARS: Final = _BASE + "_0-9\u00b7\u0300-\u036f\u203f-\u2040\\-"
_IRI: Final = r"<[^\x00-\x20<>]*>"
_QUOTES: Final = r"\"\"\"|'''|[\"']"

#: One token, with the blank space before it. The name of the group that matched is its kind; a
#: name or a label may have taken the full stops after it, and a ``quote`` only begins a string.
TOKEN: Final = re.compile(
    rf"""
    [ \t\r\n]* (?: (?P<iri>{_IRI})
    | (?P<name>(?:[{_BASE}][{_CHARS}.]*)?:[{_CHARS}:%.]*(?:\\\S[{_CHARS}:%.]*)*)
    | (?P<string>"(?!"")[^"\\\r\n]*"|'(?!'')[^'\\\r\n]*')
    | (?P<sign>[;,\[\](){{}}]|\.(?![0-9]))
    | (?P<number>[+-]?(?:[0-9]+\.[eE][+-]?[0-9]+|[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?))
    | (?P<label>_:[{_CHARS}.]+)
    | (?P<quote>{_QUOTES})
    | (?P<comment>\#[^\r\n]*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl))?)
    | (?P<type>\^\^)
    | (?P<word>[A-Za-z]+) )
    """,
    re.VERBOSE,
)
#: What may hold characters that mean nothing there, such as a full stop or a bracket.
OPAQUE: Final = re.compile(
    rf"{_IRI}|#[^\r\n]*|\\.|\"(?!\"\")[^\"\\\r\n]*\"|'(?!'')[^'\\\r\n]*'|(?P<quote>{_QUOTES})"
)
_ENDS: Final = {
    '"': re.compile(r'\\.|["\r\n]', re.DOTALL),
    "'": re.compile(r"\\.|['\r\n]", re.DOTALL),
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile(r"\\.|'''", re.DOTALL),
}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def string_end(text: str, start: int, quote: str) -> int:
    """Find the end of a string.

    Args:
        text: The text.
        start: The offset after its opening quote.
        quote: The quote: one or three quotation marks or apostrophes.

    Returns:
        The offset after its closing quote, or -1 if it is never closed.
    """
    # One match after another: a pattern for all of it keeps every escape in memory.
    for match in _ENDS[quote].finditer(text, start):
        found = match[0]
        if found[0] != "\\":
            return match.end() if found == quote else -1
    return -1


def unescape(text: str) -> str:
    r"""Undo the escapes of a string, an IRI or a local name.

    Args:
        text: What is written.

    Returns:
        What is meant; an escape that means nothing stands for the character after it.

    Example:
        >>> unescape(r"caf\u00e9\,")
        'café,'
    """
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(match: re.Match[str]) -> str:
    if match[3]:
        return _SHORT.get(match[3], match[3])
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
