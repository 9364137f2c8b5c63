"""The pages of an answer, and of the evidence behind a tie or about a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from ...evidence.naming import Group, NodeClaims
from ...evidence.routes import Route
from ...evidence.why import Reasons, TieEvidence
from ...graph.rows import Named
from ...questions import answers
from ...questions.answers import Answer
from ...text.wording import first
from .forms import question_form, why_form
from .frame import Html, el, formats, join, link, name, page, several
from .tables import Pages, about, listed, notes, pairs, table_of, thing


def answer_page(answer: Answer, given: Mapping[str, str]) -> str:
    """Write the page of an answer, asked for with the parameters of an address."""
    question = answer.question
    parameters = {name: value for name, value in given.items() if name != "question"}
    path = f"/ask/{question.name}"
    values = several(
        join(name.replace("_", " "), ": ", _value(answer, term))
        for name, term in answer.values.items()
    )
    editor = f"/#query={quote(answers.sparql(question, answer.values), safe='')}"
    rows = answer.table()
    return page(
        rows.caption,
        el("p", values, class_="asked") if values else "",
        table_of(rows, Pages(path, parameters)),
        el("p", el("a", "Open it in the SPARQL editor", href=editor), class_="formats"),
        formats(path, parameters),
        el("h2", "Ask again") if question.parameters else "",
        question_form(question, parameters),
        here="/ask",
    )


def _value(answer: Answer, term: ox.NamedNode | ox.Literal) -> Html:
    if isinstance(term, ox.Literal):
        return join(term.value)
    return link(Named(answer.labels.get(term.value, term.value), term.value))


def evidence_page(found: Reasons | NodeClaims, given: Mapping[str, str]) -> str:
    """Write the page of what ties two actors, or of the claims about a node."""
    if isinstance(found, NodeClaims):
        title = f"What is said of {name(found.node)}"
        heading = join("What is said of ", link(found.node))
        pages = Pages("/why", given)
        claims = about(found.claims, pages)
        more = _more(f"and {found.rest:,} more", found.rest, given)
        body = join(claims, more, *(_group(group, pages) for group in found.named_in))
    else:
        title = f"What ties {name(found.a)} and {name(found.b)}"
        heading = join("What ties ", link(found.a), " and ", link(found.b))
        body = _reasons(found, given) if found.occasions else _nothing(found)
    return page(
        title,
        body,
        formats("/why", given),
        el("h2", "Ask again"),
        why_form(given),
        here="/why",
        heading=heading,
    )


def _group(group: Group, pages: Pages) -> Html:
    items = []
    shown, count = pages.of(group.mentions, "node")
    for mention in shown:
        by = ", ".join(name.label for name in mention.properties)
        when = f"{mention.when}, " if mention.when else ""
        items.append(el("li", link(mention.node), f" ({when}{by})", listed(mention.claims)))
    title = el("h2", f"Named by {group.kind}: {group.number}")
    more = _more(f"and {group.rest:,} more", group.rest, pages.given)
    return join(title, count if len(shown) < len(group.mentions) else "", el("ul", items), more)


def _more(text: str, rest: object, given: Mapping[str, str]) -> Html:
    if not rest:
        return Html()
    return el("p", f"{text} ", el("a", "all", href=f"/why?{urlencode({**given, 'all': 'true'})}"))


def _reasons(found: Reasons, given: Mapping[str, str]) -> Html:
    shown, count = Pages("/why", given).of(found.occasions, "occasion")
    reasons = (_reason(found, reason) for reason in shown)
    rest = _more(found.rest, found.rest, given)
    parts = count if len(shown) < len(found.occasions) else ""
    return join(el("p", found.tally, class_="count"), rest, _obstacles(found), parts, reasons)


def _obstacles(found: Reasons) -> Html:
    if not found.why_not:
        return Html()
    return join(el("h2", "Why no tie is counted"), notes(found.against))


def _reason(found: Reasons, reason: TieEvidence) -> Html:
    happening = reason.happening
    status = f"plan, {happening.standing}" if happening.planned else happening.standing
    routes = [
        (join(el("bdi", name(node)), " is in it"), _route(route))
        for node, ways in ((found.a, reason.routes_a), (found.b, reason.routes_b))
        for route in ways
    ]
    badge = el("span", status, class_=f"badge {happening.status}")
    return el(
        "section",
        el("h2", link(Named(happening.label, happening.iri)), " ", badge),
        pairs(
            (
                ("when", reason.dates),
                ("domain", ", ".join(sorted(happening.domains)) or "no domain"),
                ("named", several(map(thing, _first(reason.participants)))),
                *(
                    [("the same as", several(map(link, reason.accounts)))]
                    if reason.accounts
                    else ()
                ),
                ("tied at", f"{reason.at}, {reason.basis}"),
                *routes,
            )
        ),
        class_="reason",
    )


def _first(nodes: Sequence[Named]) -> list[Named | str]:
    shown, more = first(nodes, rest="its page has all")
    return [*shown, *filter(None, [more])]


def _route(route: Route) -> Html:
    if not route.links:
        way = join("named itself")
    else:
        way = join("through ", link(route.participant), ", by ", several(map(link, route.links)))
    said = join(" (inferred: it is the navy of a state that is named)") if route.inferred else ""
    return join(way, said, listed(route.claims) if route.claims else "; no claim")


def _nothing(found: Reasons) -> Html:
    said = [el("p", "No exercise in this graph, held, under way or planned, relates them.")]
    for node, levels in ((found.a, found.levels_a), (found.b, found.levels_b)):
        said.append(el("p", link(node), f" ({node.kind}) {_appears(levels)}"))
    if found.levels_a and found.levels_b and not set(found.levels_a) & set(found.levels_b):
        apart = "The two are never at one level, and only parties as named are tied across levels."
        said.append(el("p", apart))
    said.append(_obstacles(found))
    near = []
    for level, a, b in found.instead:
        tie = el("a", f"{a} and {b}", href=f"/why?{urlencode({'a': a, 'b': b})}")
        near.append(el("li", tie, f" at {level} level"))
    return el("div", said, el("ul", near) if near else "", class_="empty")


def _appears(levels: Mapping[str, int]) -> str:
    if not levels:
        return "appears in none at any level."
    return f"appears {', '.join(f'at {level} level in {n}' for level, n in levels.items())}."
