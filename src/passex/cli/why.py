"""`passex why`: the evidence behind a tie, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import QueryError
from ..text.wording import first
from . import _complete
from ._layout import claim_lines, status, styled, wrap
from ._opening import open_graph, texts_of
from ._options import data_option, format_option, show_option, texts_option
from ._policy import is_given, policy_options
from ._writing import write, write_queries

if TYPE_CHECKING:
    from ..evidence.naming import NodeClaims
    from ..evidence.routes import Route
    from ..evidence.why import Reasons, TieEvidence
    from ..graph.labelling import Node
    from ..graph.rows import Named
    from ..graph.store import Store
    from ..network.policy import Policy


@click.command()
@click.argument("a", shell_complete=_complete.things)
@click.argument("b", required=False, shell_complete=_complete.actors)
@format_option("How it is written: a row a claim and place in an article; json has it all.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="All of it, not only the latest 20 exercises and plans; of a node, 20 claims about it and "
    "5 of each kind that name it.",
)
@policy_options
@show_option
@texts_option
@data_option
@click.pass_context
def why(
    ctx: click.Context,
    a: str,
    b: str | None,
    form: str,
    everything: bool,
    policy: Policy,
    show: bool,
    texts: str | None,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Print the evidence: of the exercises and plans that tie two actors, or of one node.

    A and B are names ("South Korea", JMSDF), IRIs or prefixed names (id:japan). With A alone, it
    may be any node: an event, a plan, a ship, a person; the claims about it are printed, and those
    on what names it.

    Where `passex network` has no tie of A and B, it says why not: by default at any level, and with
    the options of `passex network` in the network that has these.

    \b
    Example:
      passex why JMSDF "Navy of South Korea"
      passex why Japan Russia
      passex why Japan "South Korea" --level state --since 2018
      passex why "Valery Gerasimov"
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import tables

    given = policy if is_given(ctx) else None
    if b is None and given is not None:
        raise QueryError(
            "options of a network change nothing of the claims about one node",
            "leave them out, or give a second actor",
        )
    store = open_graph(data, no_cache)
    if show:
        write_queries(_queries(store, a, b))
        return
    kg = KnowledgeGraph(store)
    by_article = texts_of(store, texts)
    if b is None:
        about = kg.why(a, texts=by_article, everything=everything)
        write(about, form, lambda: _claims(about), lambda: tables.plain(about))
    else:
        reasons = kg.why(a, b, by_article, policy=given, everything=everything)
        write(reasons, form, lambda: _lines(reasons), lambda: tables.plain(reasons))


def _queries(store: Store, a: str, b: str | None) -> list[str]:
    from ..graph import names
    from ..graph.terms import THINGS
    from . import _provenance_queries

    if b is None:
        return _provenance_queries.claims_of(names.resolve(store, a, *THINGS).iri)
    return _provenance_queries.reasons(names.resolve(store, a).iri, names.resolve(store, b).iri)


def _claims(about: NodeClaims) -> list[str]:
    if not about.claims and not about.named_in:
        from ..graph.labelling import describe

        none = f"No claim in this graph is about {describe(about.node)}, and nothing names it."
        return wrap(none, "", "  ")
    lines = wrap(str(about), "", "  ")
    for claim in about.claims:
        lines += claim_lines(claim, "")
    lines += [f"and {about.rest:,} more (--all)"] if about.rest else []
    for group in about.named_in:
        title = styled(f"Named by {group.kind}", "strong")
        lines += ["", *wrap(f"{title}: {group.number}", "", "  ")]
        for mention in group.mentions:
            by = ", ".join(name.label for name in mention.properties)
            when = f"{mention.when}, " if mention.when else ""
            none = "" if mention.claims else "; no claim"
            # A claim that names it is the evidence itself.
            if [mention.node.iri] != [claim.iri for claim in mention.claims]:
                lines += wrap(f"{mention.node.label} ({when}{by}{none})", "  ", "    ")
            for claim in mention.claims:
                lines += claim_lines(claim, "    ")
        lines += [f"  and {group.rest:,} more (--all)"] if group.rest else []
    return lines


def _lines(reasons: Reasons) -> list[str]:
    if not reasons.occasions:
        return _nothing(reasons)
    lines = wrap(str(reasons), "", "  ")
    if reasons.rest:
        lines += wrap(f"{reasons.rest[:-1]} (--all).", "", "  ")
    if reasons.why_not:
        lines += ["", "Why no tie is counted:", *_obstacles(reasons)]
    for number, reason in enumerate(reasons.occasions, 1):
        lines += ["", *reason_lines(number, reason, reasons)]
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
            "The two are never at one level, and only parties as named (--level named) are tied "
            "across levels.",
            "",
            "",
        )
    lines += ["Why not:", *_obstacles(reasons)]
    for level, left, right in reasons.instead:
        lines += wrap(f'At {level} level: passex why "{left}" "{right}"', "  ", "    ")
    return lines


def _obstacles(reasons: Reasons) -> list[str]:
    return [line for sentence in reasons.against for line in wrap(sentence, "  - ", "    ")]


def _appears(levels: dict[str, int]) -> str:
    if not levels:
        return "appears in none at any level."
    parts = [f"at {level} level in {number}" for level, number in levels.items()]
    return f"appears {', '.join(parts)}."


def reason_lines(number: int, reason: TieEvidence, of: Reasons) -> list[str]:
    """Write an exercise or plan that ties two actors, with the claims behind it."""
    activity = reason.happening
    kind = f"{'plan' if activity.planned else 'exercise'}, {status(activity.standing)}"
    domains = ", ".join(sorted(activity.domains)) or "no domain"
    label = styled(activity.label, "strong")
    lines = wrap(f"{number}. {label} ({kind}; {domains})", "", "   ")
    names, more = first(reason.participants, rest="passex show --all")
    facts = [
        ("when", reason.dates),
        ("named", ", ".join([*(named.label for named in names), *filter(None, [more])])),
        ("tied at", f"{reason.at}, {reason.basis}"),
    ]
    if reason.accounts:
        from ..graph.terms import shorten

        called = (f"{node.label} ({shorten(node.iri)})" for node in reason.accounts)
        facts.insert(1, ("the same as", "; ".join(called)))
    if reason.status_from:
        tables = " and ".join(table.label for table in reason.status_from)
        facts.append((activity.status.replace("-", " "), f"inferred, as it stands in {tables}"))
    for name, text in facts:
        lines += wrap(f"{name}: {text}", "   ", "     ")
    for node, routes in ((of.a, reason.routes_a), (of.b, reason.routes_b)):
        for route in routes:
            lines += route_lines(node, route)
    return lines


def route_lines(node: Node | Named, route: Route) -> list[str]:
    """Write how an actor comes to be in something, with the claims behind it."""
    how = "named itself"
    if route.links:
        by = "; ".join(link.label for link in route.links)
        navy = f"inferred, as the navy of {route.participant.label}, which is named"
        how = f"{navy if route.inferred else f'through {route.participant.label}'} ({by})"
    none = "" if route.claims else "; no claim"
    lines = wrap(f"{styled(node.label, 'strong')}: {how}{none}", "   ", "     ")
    for claim in route.claims:
        lines += claim_lines(claim, "     ")
    return lines
