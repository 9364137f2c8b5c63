"""`passex network`: who trains with whom."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING, Final

import click

from ..text.wording import FIRST, first
from ._cluster import cluster_options, open_network
from ._layout import status, styled, table, wrap
from ._options import Choice, data_option, format_option, show_option
from ._policy import division_options, figures_option, policy_options, weight_option
from ._ties import build_brief, refuse_beside, ties_table, write_brief
from ._writing import write, write_queries

if TYPE_CHECKING:
    from ..network.communities import Communities
    from ..network.division import Division
    from ..network.model import Network, SharedActivity
    from ..network.policy import Policy
    from ..network.ranking import Ranking

_STYLES: Final = {"actor": "strong"}


@click.command()
@policy_options
@figures_option
@weight_option
@division_options
@click.option(
    "--by",
    type=Choice(["year"]),
    help="The measure of each actor year by year, in networks of one policy.",
)
@click.option("--all", "whole", is_flag=True, help="All actors and ties, however many.")
@click.option(
    "--events",
    is_flag=True,
    help="The exercises behind each tie, also where the ties or these are many.",
)
@click.option(
    "--brief",
    "in_brief",
    is_flag=True,
    help="The ties with their counts and weights alone: the quickest of a large graph.",
)
@format_option(
    "How it is written: csv, tsv, jsonl and markdown have a row a tie, with the policy and the "
    "notes on standard error; json has these, the centralities and the ranking too.  "
    f"[table and markdown: the first {FIRST} without --all]",
)
@show_option
@cluster_options
@data_option
def network(
    policy: Policy,
    measure: str,
    weight: str,
    division: Division | None,
    by: str | None,
    whole: bool,
    events: bool,
    in_brief: bool,
    form: str,
    show: bool,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Print who trains with whom: the centralities, the ties, and the exercises behind them.

    The weight adds 1/(n-1) for each exercise of n parties. A tie is inferred if it needs the navy
    of a state that is named, or a participant that is inferred; else stated. Plans are counted
    apart.

    Centralities describe this network alone. Places tell which an actor takes when one article at
    a time is left out, and how many articles name it; too few exercises are not ranked, and not
    divided into groups. Long answers begin with the most central actors and the strongest ties.

    With --by year there is a row a year and actor instead: what may have taken place in several
    years counts in each, and is counted as uncertain.

    \b
    Example:
      passex network --level state --include held,under-way,planned
      passex network --since 2018 --format csv
      passex network --backbone disparity --alpha 0.1
      passex network --level state --by year --measure degree
      passex network --brief --engine spark --spark sc://localhost:15002 --data 'facts/*.nt.gz'
    """  # noqa: D301
    from ..errors import QueryError
    from ..network.policy import EVERY

    if division is not None and form not in ("table", "json"):
        raise QueryError(
            "groups do not fit into rows of ties", "use --communities with --format table or json"
        )
    if in_brief:
        refuse_beside(
            {
                "--backbone": policy.backbone is not None,
                "--communities": division is not None,
                "--by": by is not None,
                "--events": events,
                "--show": show,
            }
        )
    if show:
        from . import _provenance_queries

        write_queries(_provenance_queries.network(policy))
        return
    from ..api.knowledge import KnowledgeGraph
    from ..network.communities import document

    if by is not None and (division is not None or measure == EVERY):
        what = "groups" if division is not None else "measures all together"
        raise QueryError(
            f"a series by year has no {what}", "leave --communities out, and give one --measure"
        )
    if in_brief:
        write_brief(build_brief(data, no_cache, policy), form, whole)
        return
    kg = KnowledgeGraph(open_network(data, no_cache))
    shown = None if whole else FIRST
    if by is not None:
        from ._series import lines

        series = kg.series(policy, measure, weight)
        write(series, form, lambda: lines(series, shown), series.document)
        return
    built = kg.ties(policy, weight)

    def ranks() -> Ranking:
        return kg.rank(built, measure, weight)

    def groups() -> Communities | None:
        return None if division is None else kg.communities(built, weight, *astuple(division))

    brief = form == "markdown" and not whole
    rows, more = built.beginning("--all", events) if brief else (built, "")
    write(
        rows,
        form,
        lambda: _lines(built, ranks(), groups(), shown, events),
        lambda: document(built, ranks(), weight, groups()),
    )
    if more:
        click.echo(f"\n{more}")


def _lines(
    built: Network, ranks: Ranking, groups: Communities | None, shown: int | None, events: bool
) -> list[str]:
    rows = built.table()
    lines = [*wrap(rows.caption, "", "  "), ""]
    if built.ties:
        lines += [*_figures(ranks, shown), ""]
    if groups is not None and groups.groups:
        lines += [*_groups(groups), ""]
    if built.ties:
        ties, more = first(built.ties, shown)
        lines += [*ties_table(built.policy, ties), *filter(None, [more]), ""]
        if events or not built.is_long:
            for tie in ties:
                both = f"{tie.source.label} and {tie.target.label}"
                lines += wrap(styled(both, "strong"), "", "  ")
                for occasion in tie.occasions:
                    lines += wrap(_occasion(occasion), "  - ", "    ")
            lines.append("")
        else:
            lines += ["--events lists the exercises behind each tie.", ""]
    else:
        lines += [rows.empty, ""]
    warnings = (*ranks.warnings, *(groups.warnings if groups is not None else ()))
    for note in (*built.notes, *(warnings if built.ties else ())):
        lines += wrap(styled(f"Note: {note}", "dim"), "", "  ")
    return lines[:-1] if not lines[-1] else lines


def _figures(ranks: Ranking, shown: int | None) -> list[str]:
    """Lay out the centralities, and the places where the sample bears them."""
    figures = ranks.centralities
    actors, more = first(figures.actors, shown)
    header = ["actor", *figures.measures]
    rows = [
        [node.label, *(f"{n:.3f}" if isinstance(n, float) else str(n) for n in numbers)]
        for node, numbers in actors
    ]
    right = [*range(1, len(header))]
    if ranks.places:
        header = ["place", *header]
        right = [0, *(place + 1 for place in right)]
        left_out = f"places without one {ranks.left_out}"
        header += [left_out, "articles"] if ranks.articles else []
        for row, place in zip(rows, ranks.places, strict=False):
            worst = "none" if place.worst is None else str(place.worst)
            span = str(place.best) if worst == str(place.best) else f"{place.best} to {worst}"
            row[:0] = [str(place.place)]
            row += [span, f"{place.articles} of {ranks.articles}"] if ranks.articles else []
    lines = wrap(f"{figures}; centralities in this network:", "", "  ")
    lines += [*table(header, rows, right, _STYLES), *filter(None, [more])]
    for note in figures.notes:
        lines += wrap(note, "", "  ")
    return lines


def _groups(groups: Communities) -> list[str]:
    lines = [f"{groups}:"]
    for number, group in enumerate(groups.groups, 1):
        lines += wrap("; ".join(node.label for node in group), f"{number:3}. ", "     ")
    return lines


def _occasion(occasion: SharedActivity) -> str:
    activity = occasion.activity
    details = [activity.when, status(activity.standing), f"{occasion.parties} parties"]
    details += ["inferred"] if occasion.inferred else []
    sources = "; ".join(source.label for source in occasion.sources) or "no article"
    return f"{activity.label} ({'; '.join(details)}) {styled(f'[{sources}]', 'dim')}"
