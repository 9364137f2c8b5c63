"""The report page: one HTML file that needs no network.

Its style, its scripts and the outline of the world are files beside this module, which puts them
into one. Only they may run: the page's content security policy names them by their hashes, and
allows nothing else. The scripts are modules of ECMAScript.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from ...errors import QueryError
from ...graph.terms import NAMED
from ...graph.version import __version__
from ..drawing import marks

if TYPE_CHECKING:
    from ...graph.store import Store
    from ...network.policy import Policy

_IMPORT: Final = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:function|class|const) (\w+))", re.MULTILINE)
#: What would end a script element, or open a comment or an entity in it; and the two breaks of
#: lines that scripts do not allow in texts everywhere.
_UNSAFE: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What a page is made of.

    Attributes:
        store: A store with its derived triples.
        policy: What is shown first; the page's filters reach everything else.
        measure: The measure that actors are ranked by first.
        weight: How ties are weighed first: ``newman`` or ``count``.
        tell: Is told of the progress.

    Raises:
        QueryError: The policy asks for what the page's filters cannot show.
    """

    store: Store
    policy: Policy
    measure: str = "strength"
    weight: str = "newman"
    tell: Callable[[str], None] = field(default=lambda _: None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a policy that the page cannot show, rather than show something else."""
        for given, what in (
            (self.policy.level == NAMED, f"level '{NAMED}'"),
            (self.policy.backbone is not None, "backbone"),
        ):
            if given:
                raise QueryError(
                    f"the page has no {what}",
                    "leave it out, or export another format, such as svg",
                )


def write(report: ReportPage) -> Iterator[str]:
    """Write the page of a graph, piece by piece. The same graph gives the same bytes.

    Raises:
        QueryError: The graph has exercises or plans in other domains only.

    Example:
        >>> from passex import Policy, load
        >>> "".join(write(ReportPage(load().store, Policy()))).splitlines()[0]
        '<!doctype html>'
    """
    # The server reads scripts from this package, and needs nothing of the graph for that.
    from . import data, plain

    asked = (report.policy, report.measure, report.weight)
    document = data.document(report.store, *asked, report.tell)
    yield from page(document, plain.parts(report.store, *asked))


def page(document: dict[str, Any], plain: Mapping[str, str] | None = None) -> Iterator[str]:
    """Put a document of `data`, and what `plain` says of it, into a page, piece by piece."""
    style, script = stylesheet(), bundle()
    world = json.loads(_part("world.json"))
    allowed = (
        "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; "
        f"script-src '{_digest(script)}'; style-src '{_digest(style)}'"
    )
    parts = {
        "policy": allowed,
        "generator": f"Passex {__version__}",
        "made": f"Made with Passex {__version__}.",
        "title": escape(document["title"]),
        "style": style,
        "data": _embedded(document | {"world": world}),
        "script": script,
    }
    parts |= dict.fromkeys(("words", "counts", "notes", "ties", "ranking"), "") | dict(plain or {})
    for piece in re.split(r"(\{[a-z]+\})", _part("page.html")):
        yield parts[piece[1:-1]] if piece.startswith("{") else piece


def _embedded(document: dict[str, Any]) -> str:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half of a surrogate pair cannot be written as UTF-8.
    text = re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text)
    return text.translate(_UNSAFE)


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


@cache
def stylesheet() -> str:
    """Give the style of the page, with the colours of the marks of light and of dark ground."""
    light, dark = marks.variables(marks.LIGHT), marks.variables(marks.DARK)
    themes = f':root {{ {light} }}\n:root[data-theme="dark"] {{ {dark} }}\n'
    return themes + _part("page.css") + _part("views.css")


@cache
def module(name: str) -> str:
    """Read a module of the scripts; ``marks`` is made of `passex.exports.drawing.marks`.

    Example:
        >>> module("marks")[:20]
        'export const MARKS ='
    """
    if name == "marks":
        return f"export const MARKS = {json.dumps(marks.document())};\n"
    return _part(f"{name}.js")


@cache
def bundle(start: str = "app") -> str:
    """Put the modules of the page into one script, each after those that it imports.

    A module becomes a function that is called at once and returns what the module exports.
    """
    order: dict[str, str] = {}

    def add(name: str) -> None:
        text = module(name)
        for _, other in _IMPORT.findall(text):
            if other not in order:
                add(other)
        given = ", ".join(_EXPORT.findall(text))
        body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = \2_js;", text))
        order[name] = f"const {name}_js = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n"

    add(start)
    return "\n".join(order.values())
