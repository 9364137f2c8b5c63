"""`passex why`: the evidence behind a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._common import (
    data_option,
    format_option,
    open_graph,
    show_option,
    texts_of,
    texts_option,
    write,
    write_queries,
)
from ._layout import claim_lines, wrap

if TYPE_CHECKING:
    from ..evidence.routes import Route
    from ..evidence.why import NodeClaims, Reasons, TieEvidence
    from ..graph.names import Node
    from ..graph.store import Store


@click.command()
@click.argument("a", shell_complete=_complete.things)
@click.argument("b", required=False, shell_complete=_complete.actors)
@format_option("How it is written: a row a claim and place in an article; json has it all.")
@show_option
@texts_option
@data_option
def why(
    a: str,
    b: str | None,
    form: str,
    show: bool,
    texts: str | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Print the evidence: of the exercises and plans that tie two actors, or of one node.

    A and B are names ("South Korea", JMSDF), IRIs or prefixed names (id:japan). With A alone, it
    may be any node: an event, a plan, a ship; its claims are printed.

    \b
    Example:
      passex why JMSDF "Navy of South Korea"
      passex why id:passex-2018-08
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import tables

    store = open_graph(data, no_cache)
    if show:
        write_queries(_queries(store, a, b))
        return
    kg = KnowledgeGraph(store)
    by_article = texts_of(store, texts)
    if b is None:
        about = kg.why(a, texts=by_article)
        write(about, form, lambda: _claims(about), lambda: tables.plain(about))
    else:
        reasons = kg.why(a, b, by_article)
        write(reasons, form, lambda: _lines(reasons), lambda: tables.plain(reasons))


def _queries(store: Store, a: str, b: str | None) -> list[str]:
    from ..graph import names
    from ..graph.terms import THINGS
    from . import _provenance_queries

    if b is None:
        return _provenance_queries.claims_of(names.resolve(store, a, *THINGS).iri)
    return _provenance_queries.reasons(names.resolve(store, a).iri, names.resolve(store, b).iri)


def _claims(about: NodeClaims) -> list[str]:
    if not about.claims:
        from ..graph.names import describe

        return wrap(f"No claim in this graph is about {describe(about.node)}.", "", "  ")
    lines = wrap(str(about), "", "  ")
    for claim in about.claims:
        lines += claim_lines(claim, "")
    return lines


def _lines(reasons: Reasons) -> list[str]:
    if not reasons.occasions:
        return _nothing(reasons)
    lines = wrap(str(reasons), "", "  ")
    for number, reason in enumerate(reasons.occasions, 1):
        lines += ["", *_reason(number, reason, reasons)]
    return lines


def _nothing(reasons: Reasons) -> list[str]:
    a, b = reasons.a.label, reasons.b.label
    none = f"No exercise in this graph, held, under way or planned, relates {a} and {b}."
    lines = wrap(none, "", "  ")
    levels_a, levels_b = reasons.levels_a, reasons.levels_b
    for node, levels in ((reasons.a, levels_a), (reasons.b, levels_b)):
        lines += wrap(f"{node.label} ({node.kind}) {_appears(levels)}", "", "  ")
    if levels_a and levels_b and not set(levels_a) & set(levels_b):
        lines += wrap(
            "The two are never at one level, and only actors of one level are tied.", "", ""
        )
    for level, left, right in reasons.instead:
        lines += wrap(f'At {level} level: passex why "{left}" "{right}"', "  ", "    ")
    return lines


def _appears(levels: dict[str, int]) -> str:
    if not levels:
        return "appears in none at any level."
    parts = [f"at {level} level in {number}" for level, number in levels.items()]
    return f"appears {', '.join(parts)}."


def _reason(number: int, reason: TieEvidence, of: Reasons) -> list[str]:
    activity = reason.happening
    kind = "plan" if activity.planned else f"exercise, {activity.standing}"
    domains = ", ".join(sorted(activity.domains)) or "no domain"
    lines = wrap(f"{number}. {activity.label} ({kind}; {domains})", "", "   ")
    facts = [
        ("when", reason.dates),
        ("named", ", ".join(named.label for named in reason.participants)),
        ("tied at", f"{' and '.join(reason.levels)} level, {reason.basis}"),
    ]
    for name, text in facts:
        lines += wrap(f"{name}: {text}", "   ", "     ")
    for node, routes in ((of.a, reason.routes_a), (of.b, reason.routes_b)):
        for route in routes:
            lines += _route(node, route)
    return lines


def _route(node: Node, route: Route) -> list[str]:
    how = "named itself"
    if route.links:
        by = "; ".join(link.label for link in route.links)
        navy = f"inferred, as the navy of {route.participant.label}, which is named"
        how = f"{navy if route.inferred else f'through {route.participant.label}'} ({by})"
    lines = wrap(f"{node.label}: {how}{'' if route.claims else '; no claim'}", "   ", "     ")
    for claim in route.claims:
        lines += claim_lines(claim, "     ")
    return lines
