"""One file of HTML that needs no network: its style, its scripts and its data stand in it.

Only they may run: the content security policy of the file names them by their hashes, and allows
nothing else. What every such page has, beside this module: ``frame.html``, ``base.css`` (colours,
light and dark, letters, claims and quotes, paper) and ``theme.js``. The scripts are modules of
ECMAScript.

Source: Content Security Policy Level 3 (W3C), hash sources.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from . import themes

#: What stands for names in a template, as HTML: texts, or their pieces.
Parts: TypeAlias = Mapping[str, str | Iterable[str]]
#: All modules of a page are read.
NOTHING_MADE: Final[Mapping[str, str]] = MappingProxyType({})
_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.MULTILINE)
#: What would end a script element, or open a comment or an entity in it; and the two breaks of
#: lines that scripts do not allow in texts everywhere.
_UNSAFE: Final = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_HALF: Final = re.compile("[\ud800-\udfff]")
#: A parser of HTML drops the one, and makes a line end of the other.
_LOST: Final = {0: "\u2400", 0x0D: "\u240d"}


def page(
    package: str,
    name: str,
    script: str,
    title: str,
    generator: str,
    parts: Parts,
    *,
    styles: Iterable[str] = (),
    made: Mapping[str, str] = NOTHING_MADE,
) -> Iterator[str]:
    """Make a page of a package's files, piece by piece: ``frame.html`` around a body.

    Args:
        package: The package beside whose modules the files are.
        name: Of the body, ``NAME.html``, and of the style that comes behind ``base.css``.
        script: The module with which the page's script begins.
        title: The title, as HTML.
        generator: What made it, with its version.
        parts: What stands for the names in the body.
        styles: Further style sheets, which come last.
        made: Modules of the script that are made and not read, by their names.
    """
    sheets = ("base.css", f"{name}.css", *styles)
    style = themes.sheet() + "".join(read(package, sheet) for sheet in sheets)
    code = bundle(package, script, made)
    frame = {
        "policy": policy(style, code),
        "generator": generator,
        "title": title,
        "style": style,
        "script": code,
        "body": filled(read(package, f"{name}.html"), parts),
    }
    yield from filled(read(package, "frame.html"), frame)


def filled(template: str, parts: Parts) -> Iterator[str]:
    """Put parts into a template, where their names stand in braces, piece by piece.

    Args:
        template: The page, with names such as ``{title}`` in it.
        parts: What stands for each name, as HTML: a text, or its pieces.

    Example:
        >>> "".join(filled("<h1>{title}</h1>", {"title": ["a", "b"]}))
        '<h1>ab</h1>'
    """
    for piece in re.split(r"(\{[a-z]+\})", template):
        if not piece.startswith("{"):
            yield piece
            continue
        part = parts[piece[1:-1]]
        yield from (part,) if isinstance(part, str) else part


def policy(style: str, script: str) -> str:
    """Write the content security policy of a page: this style and this script, and nothing else.

    Example:
        >>> policy("", "")[:18]
        "default-src 'none'"
    """
    return (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    )


def embedded(document: Mapping[str, Any]) -> str:
    r"""Write data for a script element of a page: JSON in which nothing ends the element.

    Example:
        >>> print(embedded({"label": "</b>"}))
        {"label":"\u003c/b\u003e"}
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half of a surrogate pair cannot be written as UTF-8.
    text = _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)
    # One sign after the other: `str.translate` takes ten times as long, for megabytes.
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


def shown(text: str) -> str:
    r"""Write a text of somebody else's so that a page has these very characters, and no markup.

    What a page cannot hold is shown by one sign: the character NUL, a carriage return, and half of
    a surrogate pair.

    Example:
        >>> shown("<b>\0 & Élan")
        '&lt;b&gt;␀ &amp; Élan'
    """
    return escape(_HALF.sub("\ufffd", text.translate(_LOST)))


def read(package: str, name: str) -> str:
    """Read a file of a page; of what its package lacks, that which every page has."""
    path = files(package) / name
    return (path if path.is_file() else files(__name__) / name).read_text(encoding="utf-8")


def bundle(package: str, start: str, made: Mapping[str, str] = NOTHING_MADE) -> str:
    """Put the modules of a page into one script, each after those that it imports.

    A module becomes a function that is called at once and returns what the module exports.

    Args:
        package: The package beside whose modules the scripts are files.
        start: The module with which the page begins.
        made: Modules that are made and not read, by their names.
    """
    order: dict[str, str] = {}

    def add(name: str) -> None:
        text = made[name] if name in made else read(package, f"{name}.js")
        for _, other in _IMPORT.findall(text):
            if other not in order:
                add(other)
        given = ", ".join(_EXPORT.findall(text))
        body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2_js;", text))
        order[name] = f"const {name}_js = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n"

    add(start)
    return "\n".join(order.values())


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
