"""Tokens of Turtle, escapes and relative IRIs.

Relative IRIs are resolved as RFC 3986 says in section 5.2; as the engine does it, an IRI that has a
scheme stays as it is.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What a name cannot begin with, or have before its colon, or after it. From U+00C0 on
# all passes: a list of what Turtle allows there takes `re` longer to read than all other
# patterns together, and nothing else stands there in a file that could be parsed.
_NO_FIRST: Final = r"\x00-@\[-`{-\xbf\xd7\xf7"
_NO_PREFIX: Final = r"\x00-,/:-@\[-^`{-\xb6\xb8-\xbf\xd7\xf7"
_NO_LOCAL: Final = r"\x00-$&-,/;-@\[-^`{-\xb6\xb8-\xbf\xd7\xf7"
IRI: Final = r"<[^\x00-\x20<>]*>"
_QUOTES: Final = r"\"\"\"|'''|[\"']"

#: One token, with the blank space before it. The name of the group that matched is its kind; a
#: name or a label may have taken the full stops after it, and a ``quote`` only begins a string.
TOKEN: Final = re.compile(
    rf"""
    [ \t\r\n]* (?: (?P<iri>{IRI})
    | (?P<name>(?:[^{_NO_FIRST}][^{_NO_PREFIX}]*)?:[^{_NO_LOCAL}]*(?:\\\S[^{_NO_LOCAL}]*)*)
    | (?P<string>"(?!"")[^"\\\r\n]*"|'(?!'')[^'\\\r\n]*')
    | (?P<sign><<\(?|\)?>>|\{{\||\|\}}|[;,\[\](){{}}~]|\.(?![0-9]))
    | (?P<number>[+-]?(?:[0-9]+\.[eE][+-]?[0-9]+|[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?))
    | (?P<label>_:[^{_NO_PREFIX}]+)
    | (?P<quote>{_QUOTES})
    | (?P<comment>\#[^\r\n]*)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--(?:ltr|rtl))?)
    | (?P<type>\^\^)
    | (?P<word>[A-Za-z]+) )
    """,
    re.VERBOSE,
)
#: What may hold characters that mean nothing there, such as a full stop or a bracket; an IRI may be
#: cut short where the search ends.
OPAQUE: Final = re.compile(
    rf"{IRI.removesuffix('>')}(?:>|\Z)|#[^\r\n]*|\\.|\"(?!\"\")[^\"\\\r\n]*\"|'(?!'')[^'\\\r\n]*'|(?P<quote>{_QUOTES})"
)
_ENDS: Final = {
    '"': re.compile(r'\\.|["\r\n]', re.DOTALL),
    "'": re.compile(r"\\.|['\r\n]", re.DOTALL),
    '"""': re.compile(r'\\.|"""', re.DOTALL),
    "'''": re.compile(r"\\.|'''", re.DOTALL),
}
_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_PARTS: Final = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
_SHORT: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LONG: Final = {sign: f"\\{name}" for name, sign in _SHORT.items()} | {'"': '\\"', "\\": "\\\\"}
#: What may have to be escaped: all but letters, marks, digits, plain spaces and most signs.
_ESCAPED: Final = re.compile(r"[^\w !#-/:-@\[\]^`{-~]")
#: Kinds of characters that nobody sees: of control and format, not assigned, and other spaces.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Zl", "Zp", "Zs"})


def string_end(text: str, start: int, quote: str) -> int:
    """Find the end of a string.

    Args:
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


def escape(text: str) -> str:
    r"""Write a text so that it can stand within quotation marks, and all of it be seen.

    What is not seen, such as a no-break space or a soft hyphen, is escaped like what may not stand
    there: no editor and no terminal can lose it.

    Example:
        >>> print(escape('the "Lumen"\N{NO-BREAK SPACE}café'))
        the \"Lumen\"\u00A0café
        >>> unescape(escape("two\nlines \\")) == "two\nlines \\"
        True
    """
    return _ESCAPED.sub(_safely, text)


def _safely(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in _LONG or unicodedata.category(sign) not in _UNSEEN:
        return _LONG.get(sign, sign)
    return f"\\u{ord(sign):04X}" if ord(sign) < 0x10000 else f"\\U{ord(sign):08X}"


def _meant(match: re.Match[str]) -> str:
    if match[3]:
        return _SHORT.get(match[3], match[3])
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def resolve(base: str, reference: str) -> str:
    """Make an IRI absolute.

    Args:
        base: An absolute IRI; empty if there is none.
        reference: An IRI that may be relative.

    Returns:
        The absolute IRI, or `reference` as it is where there is no base.

    Example:
        >>> resolve("http://a/b/c?x#y", "../d#z")
        'http://a/d#z'
    """
    parts = _PARTS.fullmatch(reference)
    if not base or not parts or parts[1] is not None:
        return reference
    above = _PARTS.fullmatch(base)
    assert above is not None, "every text matches"
    _, host, path, query, fragment = parts.groups()
    if host is not None:
        path = _without_dots(path)
    else:
        host = above[2]
        if not path:
            path = above[3]
            query = above[4] if query is None else query
        elif path.startswith("/"):
            path = _without_dots(path)
        elif host is not None and not above[3]:
            path = _without_dots("/" + path)
        else:
            path = _without_dots(above[3][: above[3].rfind("/") + 1] + path)
    return "".join(
        (
            f"{above[1]}:" if above[1] else "",
            "" if host is None else f"//{host}",
            path,
            "" if query is None else f"?{query}",
            "" if fragment is None else f"#{fragment}",
        )
    )


def _without_dots(path: str) -> str:
    kept: list[str] = []
    parts = path.split("/")
    rooted = path.startswith("/")
    for number, part in enumerate(parts):
        last = number == len(parts) - 1
        if part == "..":
            if len(kept) > (1 if rooted else 0):
                kept.pop()
            if last:
                kept.append("")
        elif part == ".":
            if last:
                kept.append("")
        else:
            kept.append(part)
    return "/".join(kept)
