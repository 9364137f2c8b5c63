"""`passex why`: the evidence behind a tie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._common import count, data_option, open_graph, wrap

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..claims import Anchor, Claim
    from ..names import Node
    from ..why import Reason, Reasons, Route

    Texts = Mapping[str, str]


@click.command(short_help="The evidence behind a tie.")
@click.argument("a")
@click.argument("b")
@click.option(
    "--texts",
    metavar="DIR",
    help="The folder with the articles' texts, to print the sentence around each anchor.",
)
@data_option
def why(a: str, b: str, texts: str | None, data: tuple[str, ...]) -> None:
    r"""Print the exercises and plans that tie two actors, with every claim and where it stands.

    A and B are names ("South Korea", JMSDF), IRIs or prefixed names (id:japan).

    \b
    Example:
      passex why JMSDF "Navy of South Korea"
    """
    from .. import evidence, names
    from .. import why as reasons

    store = open_graph(data)
    found = reasons.why(store, names.resolve(store, a), names.resolve(store, b))
    by_article = evidence.read_texts(store, texts) if texts is not None else {}
    click.echo("\n".join(_lines(found, by_article)))


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
        lines += _claim(claim, "   ", texts)
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
        lines += _claim(claim, "     ", texts)
    return lines


def _claim(claim: Claim, indent: str, texts: Texts) -> list[str]:
    lines = wrap(claim.label, f"{indent}- ", f"{indent}  ")
    who = ", ".join(label for _, label in claim.attributed_to) or "nobody named"
    details = [f"said by {who}"]
    details += [f"via {', '.join(claim.reported_via)}"] if claim.reported_via else []
    details += [claim.certainty, claim.basis]
    details += [f"value {claim.value}"] if claim.value else []
    details += [f"number {claim.quantity}"] if claim.quantity else []
    details += [f"on {', '.join(claim.on_properties)}"] if claim.on_properties else []
    lines += wrap("; ".join(details), f"{indent}  ", f"{indent}    ")
    if claim.source:
        lines += wrap(f"source: {claim.source}", f"{indent}  ", f"{indent}    ")
    for anchor in claim.evidence:
        lines += _anchor(anchor, f"{indent}  ", texts)
    return lines


def _anchor(anchor: Anchor, indent: str, texts: Texts) -> list[str]:
    place = f"{anchor.label}, {anchor.zone} {anchor.start} to {anchor.end}"
    lines = wrap(f"“{anchor.exact}” ({place})", indent, f"{indent}  ")
    if anchor.article in texts:
        from ..evidence import sentence

        before, exact, after = sentence(texts[anchor.article], anchor.start, anchor.end)
        if exact == anchor.exact:
            lines += wrap(f"{before}[{exact}]{after}", f"{indent}  ", f"{indent}  ")
        else:
            lines += wrap(f"the text has “{exact}” there", f"{indent}  ", f"{indent}  ")
    return lines
