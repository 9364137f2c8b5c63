"""`passex why`: the evidence behind a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._claims import claim_lines
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
from ._layout import wrap

if TYPE_CHECKING:
    from ..evidence.reasons import NodeClaims, Reason, Reasons
    from ..evidence.routes import Route
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
        told = kg.why(a, texts=by_article)
        write(told, form, lambda: _claims(told), lambda: tables.plain(told))
    else:
        found = kg.why(a, b, by_article)
        write(found, form, lambda: _lines(found), lambda: tables.plain(found))


def _queries(store: Store, a: str, b: str | None) -> list[str]:
    from ..graph import names
    from ..graph.terms import THINGS
    from . import _shown as shown

    if b is None:
        return shown.claims_of(names.resolve(store, a, *THINGS).iri)
    return shown.reasons(names.resolve(store, a).iri, names.resolve(store, b).iri)


def _claims(found: NodeClaims) -> list[str]:
    if not found.claims:
        from ..graph.names import describe

        return wrap(f"No claim in this graph is about {describe(found.node)}.", "", "  ")
    lines = wrap(str(found), "", "  ")
    for claim in found.claims:
        lines += claim_lines(claim, "")
    return lines


def _lines(found: Reasons) -> list[str]:
    if not found.occasions:
        return _nothing(found)
    lines = wrap(str(found), "", "  ")
    for number, reason in enumerate(found.occasions, 1):
        lines += ["", *_reason(number, reason, found)]
    return lines


def _nothing(found: Reasons) -> list[str]:
    a, b = found.a, found.b
    lines = wrap(
        f"No exercise in this graph, held, under way or planned, relates {a.label} and {b.label}.",
        "",
        "  ",
    )
    for node, levels in ((a, found.levels_a), (b, found.levels_b)):
        lines += wrap(f"{node.label} ({node.kind}) {_appears(levels)}", "", "  ")
    if found.levels_a and found.levels_b and not set(found.levels_a) & set(found.levels_b):
        lines += wrap(
            "The two are never at one level, and only actors of one level are tied.", "", ""
        )
    for level, left, right in found.instead:
        lines += wrap(f'At {level} level: passex why "{left}" "{right}"', "  ", "    ")
    return lines


def _appears(levels: dict[str, int]) -> str:
    if not levels:
        return "appears in none at any level."
    parts = [f"at {level} level in {number}" for level, number in levels.items()]
    return f"appears {', '.join(parts)}."


def _reason(number: int, reason: Reason, found: Reasons) -> list[str]:
    happening = reason.happening
    kind = "plan" if happening.planned else f"exercise, {happening.status.replace('-', ' ')}"
    domains = ", ".join(sorted(happening.domains)) or "no domain"
    lines = wrap(f"{number}. {happening.label} ({kind}; {domains})", "", "   ")
    facts = [
        ("when", reason.dates),
        ("named", ", ".join(named.label for named in reason.participants)),
        ("tied at", f"{' and '.join(reason.levels)} level"),
    ]
    for name, text in facts:
        lines += wrap(f"{name}: {text}", "   ", "     ")
    for node, routes in ((found.a, reason.routes_a), (found.b, reason.routes_b)):
        for route in routes:
            lines += _route(node, route)
    lines.append("   claims:")
    for claim in reason.claims:
        lines += claim_lines(claim, "   ")
    return lines if reason.claims else [*lines[:-1], "   claims: none"]


def _route(node: Node, route: Route) -> list[str]:
    if not route.links:
        return wrap(f"{node.label}: named itself", "   ", "     ")
    if route.inferred:
        how = f"inferred, as the navy of {route.participant.label}, which is named"
    else:
        how = f"through {route.participant.label}"
    links = "; ".join(link.label for link in route.links)
    lines = wrap(f"{node.label}: {how} ({links})", "   ", "     ")
    for claim in route.claims:
        lines += claim_lines(claim, "     ")
    return lines
