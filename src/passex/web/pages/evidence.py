"""The page of the evidence behind a tie, or of the claims about a node."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from ...evidence.routes import Route
from ...evidence.why import NodeClaims, Reasons, TieEvidence
from ...graph.names import Node
from ...graph.rows import Named
from ...graph.terms import shorten
from .forms import why_form
from .frame import formats, link, name, page, several
from .markup import Child, Html, el, join
from .tables import about, listed, pairs


def evidence_page(found: Reasons | NodeClaims, given: Mapping[str, str]) -> str:
    """Write the page of what ties two actors, or of the claims about a node."""
    if isinstance(found, NodeClaims):
        title: list[Child] = ["What is said of ", link(found.node)]
        plain = f"What is said of {name(found.node)}"
        body = about(found.claims)
    else:
        title = ["What ties ", link(found.a), " and ", link(found.b)]
        plain = f"What ties {name(found.a)} and {name(found.b)}"
        body = _reasons(found) if found.occasions else _nothing(found)
    return page(
        plain,
        el("h1", *title),
        body,
        formats("/why", given),
        el("h2", "Ask again"),
        why_form(given),
        here="/why",
    )


def _reasons(found: Reasons) -> Html:
    tally = str(found).rpartition(": ")[2]
    return join(
        el("p", tally, class_="count"),
        *(_reason(found, reason) for reason in found.occasions),
    )


def _reason(found: Reasons, reason: TieEvidence) -> Html:
    happening = reason.happening
    status = "plan" if happening.planned else happening.status.replace("-", " ")
    routes = [
        (join(el("bdi", name(node)), " is in it"), _route(route))
        for node, ways in ((found.a, reason.routes_a), (found.b, reason.routes_b))
        for route in ways
    ]
    claims = listed(reason.claims) if reason.claims else el("p", "none", class_="empty")
    return el(
        "section",
        el(
            "h2",
            link(Named(happening.label, happening.iri)),
            " ",
            el("span", status, class_=f"badge {happening.status}"),
        ),
        pairs(
            (
                ("when", reason.dates),
                ("domain", ", ".join(sorted(happening.domains)) or "no domain"),
                ("named", several(map(link, reason.participants))),
                ("tied at", f"{' and '.join(reason.levels)} level"),
                *routes,
            )
        ),
        el("h3", "Claims"),
        claims,
        class_="reason",
    )


def _route(route: Route) -> Html:
    if not route.links:
        way = join("named itself")
    else:
        way = join("through ", link(route.participant), ", by ", several(map(link, route.links)))
    said = join(" (inferred: it is the navy of a state that is named)") if route.inferred else ""
    return join(way, said, listed(route.claims) if route.claims else "")


def _nothing(found: Reasons) -> Html:
    said = [
        el("p", "No exercise in this graph, held, under way or planned, relates them."),
        *(
            el("p", link(node), f" ({node.kind}) {_appears(levels)}")
            for node, levels in ((found.a, found.levels_a), (found.b, found.levels_b))
        ),
    ]
    if found.levels_a and found.levels_b and not set(found.levels_a) & set(found.levels_b):
        said.append(
            el("p", "The two are never at one level, and only actors of one level are tied.")
        )
    near = [
        el(
            "li",
            el("a", f"{a} and {b}", href=f"/why?{urlencode({'a': a, 'b': b})}"),
            f" at {level} level",
        )
        for level, a, b in found.instead
    ]
    return el("div", *said, el("ul", *near) if near else "", class_="empty")


def _appears(levels: Mapping[str, int]) -> str:
    if not levels:
        return "appears in none at any level."
    return f"appears {', '.join(f'at {level} level in {n}' for level, n in levels.items())}."


def between(a: Node, b: Node, text: str = "evidence") -> Html:
    """Link to the evidence behind a tie."""
    pair = {"a": shorten(a.iri), "b": shorten(b.iri)}
    return el(
        "a", text, href=f"/why?{urlencode(pair)}", aria_label=f"{text}: {name(a)} and {name(b)}"
    )
