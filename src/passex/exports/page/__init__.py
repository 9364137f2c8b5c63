"""The report page: one HTML file that needs no network.

Its style, its scripts and the outline of the world are files beside this module, which puts them
into one, with what `passex.text.html` has for every page.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from ...errors import QueryError
from ...graph.terms import NAMED
from ...graph.version import __version__
from ...text import html
from ..drawing import marks

if TYPE_CHECKING:
    from ...graph.store import Store
    from ...network.policy import Policy


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
    from ...network import measures, projection
    from . import data, plain

    measures.check(report.measure, report.weight)
    read = data.read(report.store, report.policy)
    network = projection.build(
        report.store, report.policy, record=read.record.admitting(report.policy)
    )
    asked = (network, report.measure, report.weight)
    document = data.document(report.store, *asked, report.tell, read)
    yield from page(document, plain.parts(report.store, *asked, read.told))


def page(document: dict[str, Any], plain: Mapping[str, str] | None = None) -> Iterator[str]:
    """Put a document of `data`, and what `plain` says of it, into a page, piece by piece."""
    parts = {
        "made": f"Made with Passex {__version__}.",
        "title": html.shown(document["title"]),
        "data": html.embedded(document | {"world": json.loads(html.read(__name__, "world.json"))}),
    }
    parts |= dict.fromkeys(("words", "counts", "notes", "ties", "ranking"), "") | dict(plain or {})
    generator = f"Passex {__version__}"
    title = parts["title"]
    given = (title, generator, parts)
    yield from html.page(__name__, "page", "app", *given, styles=("views.css",), made=_made())


@cache
def module(name: str) -> str:
    """Read a module of the scripts; ``marks`` is made of `passex.exports.drawing.marks`.

    Example:
        >>> module("marks")[:20]
        'export const MARKS ='
    """
    return _made()[name] if name in _made() else html.read(__name__, f"{name}.js")


@cache
def bundle(start: str = "app") -> str:
    """Put the modules of the page into one script, each after those that it imports."""
    return html.bundle(__name__, start, made=_made())


@cache
def _made() -> dict[str, str]:
    return {"marks": f"export const MARKS = {json.dumps(marks.document())};\n"}
