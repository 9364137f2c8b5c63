"""`passex why`: the evidence behind a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._claims import claim_lines
from ._common import count, data_option, open_graph, report_option, texts_of, texts_option, wrap

if TYPE_CHECKING:
    from ..names import Node
    from ..store import Store
    from ..why import Reason, Reasons, Route
    from ._claims import Texts


@click.command(short_help="The evidence behind a tie or a node.")
@click.argument("a", shell_complete=_complete.things)
@click.argument("b", required=False, shell_complete=_complete.actors)
@report_option
@texts_option
@data_option
def why(
    a: str, b: str | None, form: str, texts: str | None, data: tuple[str, ...], no_cache: bool
) -> None:
    """Print the evidence: of the exercises and plans that tie two actors, or of one node.

    A and B are names ("South Korea", JMSDF), IRIs or prefixed names (id:japan). With A alone, it
    may be any node: an event, a plan, a ship; its claims are printed.

    \b
    Example:
      passex why JMSDF "Navy of South Korea"
      passex why id:passex-2018-08
    """  # noqa: D301
    from .. import names, tables
    from .. import why as reasons
    from ..errors import QueryError

    if form == "json" and texts is not None:
        raise QueryError("--format json has no sentences", "leave --texts out")
    if form == "json" and b is None:
        raise QueryError("--format json needs A and B", "'passex show' has it for one node")
    store = open_graph(data, no_cache)
    by_article = texts_of(store, texts)
    if b is None:
        click.echo("\n".join(_claims(store, a, by_article)))
        return
    found = reasons.why(store, names.resolve(store, a), names.resolve(store, b))
    if form == "json":
        click.echo(tables.plain(found), nl=False)
        return
    click.echo("\n".join(_lines(found, by_article)))


def _claims(store: Store, name: str, texts: Texts) -> list[str]:
    from .. import names
    from ..claims import claims_about
    from ..vocabulary import THINGS

    node = names.resolve(store, name, *THINGS)
    claims = claims_about(store, node.iri)
    if not claims:
        return [f"No claim in this graph is about {names.describe(node)}."]
    lines = [f"{names.describe(node)}: {count(len(claims), 'claim')}"]
    for claim in claims:
        lines += claim_lines(claim, "", texts)
    return lines


def _lines(found: Reasons, texts: Texts) -> list[str]:
    if not found.occasions:
        return _nothing(found)
    plans = sum(reason.happening.planned for reason in found.occasions)
    tally = [count(len(found.occasions) - plans, "exercise"), count(plans, "plan")]
    lines = wrap(f"{found.a.label} and {found.b.label}: {', '.join(tally)}", "", "  ")
    for number, reason in enumerate(found.occasions, 1):
        lines += ["", *_reason(number, reason, found, texts)]
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


def _reason(number: int, reason: Reason, found: Reasons, texts: Texts) -> list[str]:
    happening = reason.happening
    kind = "plan" if happening.planned else f"exercise, {happening.status.replace('-', ' ')}"
    domains = ", ".join(sorted(happening.domains)) or "no domain"
    lines = wrap(f"{number}. {happening.label} ({kind}; {domains})", "", "   ")
    facts = [
        ("when", reason.dates),
        ("named", ", ".join(reason.participants)),
        ("tied at", f"{' and '.join(reason.levels)} level"),
    ]
    for name, text in facts:
        lines += wrap(f"{name}: {text}", "   ", "     ")
    for node, routes in ((found.a, reason.routes_a), (found.b, reason.routes_b)):
        for route in routes:
            lines += _route(node, route, texts)
    lines.append("   claims:")
    for claim in reason.claims:
        lines += claim_lines(claim, "   ", texts)
    return lines if reason.claims else [*lines[:-1], "   claims: none"]


def _route(node: Node, route: Route, texts: Texts) -> list[str]:
    if not route.links:
        return wrap(f"{node.label}: named itself", "   ", "     ")
    if route.inferred:
        how = f"inferred, as the navy of {route.participant}, which is named"
    else:
        how = f"through {route.participant}"
    lines = wrap(f"{node.label}: {how} ({'; '.join(route.links)})", "   ", "     ")
    for claim in route.claims:
        lines += claim_lines(claim, "     ", texts)
    return lines
