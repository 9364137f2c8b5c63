"""`passex network`: who trains with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._common import data_option, format_option, open_graph, show_option, write, write_queries
from ._layout import table, wrap
from ._policy import measure_option, policy_options, weight_option

if TYPE_CHECKING:
    from ..network.communities import Communities
    from ..network.model import Network, SharedActivity
    from ..network.policy import Policy
    from ..network.ranking import Ranking


@click.command()
@policy_options
@measure_option
@weight_option
@click.option(
    "--communities",
    is_flag=True,
    help="Divide the actors into groups too (table and json).",
)
@format_option(
    "How it is written: csv, tsv, jsonl and markdown have a row a tie, with the policy and the "
    "notes on standard error; json has these and the ranking too.",
)
@show_option
@data_option
def network(
    policy: Policy,
    measure: str,
    weight: str,
    communities: bool,
    form: str,
    show: bool,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Print who trains with whom: a ranking, the ties, and the exercises behind each tie.

    The weight adds 1/(n-1) for each exercise of n parties. A tie is inferred if it needs the navy
    of a state that is named, or a participant that is inferred; else stated. Plans are counted
    apart.

    The ranking tells which places an actor takes when one article at a time is left out, and
    how many articles name it. Too few exercises are shown, and not ranked or divided into groups.

    \b
    Example:
      passex network --level state --include held,under-way,planned
      passex network --since 2018 --format csv
    """  # noqa: D301
    from ..errors import QueryError

    if communities and form not in ("table", "json"):
        raise QueryError(
            "groups do not fit into rows of ties", "use --communities with --format table or json"
        )
    if show:
        from . import _provenance_queries

        write_queries(_provenance_queries.network(policy))
        return
    from ..api.knowledge import KnowledgeGraph
    from ..network.communities import document

    kg = KnowledgeGraph(open_graph(data, no_cache))
    built = kg.ties(policy)

    def ranks() -> Ranking:
        return kg.rank(built, measure, weight)

    def groups() -> Communities | None:
        return kg.communities(built, weight) if communities else None

    write(
        built,
        form,
        lambda: _lines(built, ranks(), groups()),
        lambda: document(built, ranks(), weight, groups()),
    )


def _lines(built: Network, ranks: Ranking, groups: Communities | None) -> list[str]:
    rows = built.table()
    lines = [*wrap(rows.caption, "", "  "), ""]
    if ranks.places:
        lines += [*_ranking(ranks), ""]
    if groups is not None and groups.groups:
        lines += [*_groups(groups), ""]
    if built.ties:
        lines += [*_table(built), ""]
        for tie in built.ties:
            lines += wrap(f"{tie.source.label} and {tie.target.label}", "", "  ")
            for occasion in tie.occasions:
                lines += wrap(_occasion(occasion), "  - ", "    ")
        lines.append("")
    else:
        lines += [rows.empty, ""]
    warnings = (*ranks.warnings, *(groups.warnings if groups is not None else ()))
    for note in (*built.notes, *(warnings if built.ties else ())):
        lines += wrap(note, "Note: ", "  ")
    return lines[:-1] if not lines[-1] else lines


def _ranking(ranks: Ranking) -> list[str]:
    header = ["place", "actor", ranks.measure]
    if ranks.articles:
        header += ["places without one article", "articles"]
    rows = []
    for place in ranks.places:
        worst = "none" if place.worst is None else str(place.worst)
        span = str(place.best) if worst == str(place.best) else f"{place.best} to {worst}"
        share = f"{place.articles} of {ranks.articles}"
        row = [str(place.place), place.node.label, f"{place.score:.3f}", span, share]
        rows.append(row[: len(header)])
    return table(header, rows, [0, 2])


def _groups(groups: Communities) -> list[str]:
    lines = [f"Groups, of modularity {groups.modularity:.3f}:"]
    for number, group in enumerate(groups.groups, 1):
        lines += wrap("; ".join(node.label for node in group), f"{number:3}. ", "     ")
    return lines


def _table(built: Network) -> list[str]:
    done = set(built.policy.include) != {"planned"}
    plans = "planned" in built.policy.include
    header = ["actor", "actor"]
    header += ["exercises", "weight"] if done else []
    header += ["plans", "plan weight"] if plans else []
    rows = []
    for tie in built.ties:
        row = [tie.source.label, tie.target.label]
        row += [str(tie.count), f"{tie.weight:.2f}"] if done else []
        row += [str(tie.planned), f"{tie.planned_weight:.2f}"] if plans else []
        rows.append([*row, tie.basis, str(len(tie.sources))])
    return table([*header, "basis", "sources"], rows, [*range(2, len(header)), len(header) + 1])


def _occasion(occasion: SharedActivity) -> str:
    activity = occasion.activity
    details = [activity.when, activity.status.replace("-", " "), f"{occasion.parties} parties"]
    details += ["inferred"] if occasion.inferred else []
    sources = "; ".join(source.label for source in occasion.sources) or "no article"
    return f"{activity.label} ({', '.join(details)}) [{sources}]"
