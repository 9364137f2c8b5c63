"""`passex network`: who trains with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from ..vocabulary import LEVELS
from ._common import ROW_FORMATS, data_option, format_option, open_graph, table, wrap

#: As in `passex.measures`, which is not imported for the help alone.
MEASURES: Final = (
    *("degree", "strength", "betweenness", "closeness"),
    *("eigenvector", "pagerank", "constraint", "core"),
)
#: The edge attribute behind each way of weighting.
WEIGHTS: Final = {"newman": "weight", "count": "count"}

if TYPE_CHECKING:
    from ..communities import Communities
    from ..network import Network, Occasion, Tie
    from ..ranking import Ranking


@click.command(short_help="Who trains with whom.")
@click.option(
    "--level",
    type=click.Choice(list(LEVELS)),
    default="service",
    show_default=True,
    help="Which actors are compared.",
)
@click.option(
    "--include",
    default="held,under-way",
    show_default=True,
    metavar="STATUS,…",
    help="What counts: held, under-way, planned.",
)
@click.option(
    "--domain",
    default="naval",
    show_default=True,
    help="A domain, such as naval or air; or all.",
)
@click.option(
    "--since",
    metavar="DATE",
    help="What may have taken place in or after a year or on or after a day (2017, 2017-05-01).",
)
@click.option(
    "--until",
    metavar="DATE",
    help="What may have taken place in or before a year or on or before a day.",
)
@click.option(
    "--min-events",
    type=int,
    default=1,
    show_default=True,
    metavar="N",
    help="Only ties of at least N exercises, or plans where they are included.",
)
@click.option(
    "--measure",
    type=click.Choice(MEASURES),
    default="strength",
    show_default=True,
    help="What actors are ranked by.",
)
@click.option(
    "--weight",
    type=click.Choice(list(WEIGHTS)),
    default="newman",
    show_default=True,
    help="How strong a tie is for the measure: 1/(n-1) an exercise of n parties, or 1.",
)
@click.option(
    "--communities",
    is_flag=True,
    help="Divide the actors into groups too (table and json).",
)
@format_option(
    ROW_FORMATS,
    "How it is written: csv, tsv, jsonl and markdown have a row a tie and nothing else; json "
    "has the policy, the notes and the ranking too.",
)
@data_option
def network(
    level: str,
    include: str,
    domain: str,
    since: str | None,
    until: str | None,
    min_events: int,
    measure: str,
    weight: str,
    communities: bool,
    form: str,
    data: tuple[str, ...],
    no_cache: bool,
) -> None:
    """Print who trains with whom: a ranking, the ties, and the exercises behind each tie.

    The weight adds 1/(n-1) for each exercise of n parties. A tie is inferred if it needs the navy
    of a state that is named, or a participant that is inferred; else stated. Plans are counted
    apart.

    The ranking tells which places an actor takes when one article at a time is left out, and in
    how many articles it occurs. Too few exercises are shown, and not ranked or divided into groups.

    \b
    Example:
      passex network --level state --include held,under-way,planned
      passex network --since 2018 --format csv
    """  # noqa: D301
    from .. import projection
    from ..errors import QueryError
    from ..network import Policy

    if communities and form not in ("table", "json"):
        raise QueryError(
            "groups do not fit into rows of ties", "use --communities with --format table or json"
        )

    statuses = tuple(dict.fromkeys(part.strip() for part in include.split(",") if part.strip()))
    policy = Policy(level, statuses, domain, since, until, min_events)
    store = open_graph(data, no_cache)
    found = projection.build(store, policy)
    if form not in ("table", "json"):
        from .. import listings

        click.echo(listings.rows(found, form), nl=False)
        return
    from .. import ranking

    ranks = ranking.rank(store, found, measure, WEIGHTS[weight])
    groups = None
    if communities:
        from .. import communities as division

        groups = division.divide(found, WEIGHTS[weight])
    if form == "json":
        from .. import listings

        click.echo(listings.document(found, ranks, weight, groups), nl=False)
    else:
        click.echo("\n".join(_lines(found, ranks, groups)))


def _lines(found: Network, ranks: Ranking, groups: Communities | None) -> list[str]:
    lines = wrap(f"Who trains with whom: {found.policy}", "", "  ")
    lines.append("")
    if ranks.places:
        lines += [*_ranking(ranks), ""]
    if groups is not None and groups.groups:
        lines += [*_groups(groups), ""]
    if found.ties:
        lines += _table(found)
        lines.append("")
        for tie in found.ties:
            lines += _occasions(tie)
        lines.append("")
    else:
        least, things = found.policy.min_events, found.policy.things
        none = "No exercise or plan that counts has a pair"
        none = none if least == 1 else f"No tie is of at least {least} {things}"
        lines += [f"{none} at this level.", ""]
    warnings = (*ranks.warnings, *(groups.warnings if groups is not None else ()))
    for note in (*found.notes, *(warnings if found.ties else ())):
        lines += wrap(note, "Note: ", "  ")
    return lines[:-1] if not lines[-1] else lines


def _ranking(ranks: Ranking) -> list[str]:
    header = ["place", "actor", ranks.measure, "places without one article", "articles"]
    rows = []
    for place in ranks.places:
        worst = "none" if place.worst is None else str(place.worst)
        span = str(place.best) if worst == str(place.best) else f"{place.best} to {worst}"
        share = f"{place.articles} of {ranks.articles}"
        rows.append([str(place.place), place.node.label, f"{place.score:.3f}", span, share])
    return table(header, rows, [0, 2])


def _groups(groups: Communities) -> list[str]:
    lines = [f"Groups, of modularity {groups.modularity:.3f}:"]
    for number, group in enumerate(groups.groups, 1):
        lines += wrap("; ".join(node.label for node in group), f"{number:3}. ", "     ")
    return lines


def _table(found: Network) -> list[str]:
    done = set(found.policy.include) != {"planned"}
    plans = "planned" in found.policy.include
    header = ["actor", "actor"]
    header += ["exercises", "weight"] if done else []
    header += ["plans", "plan weight"] if plans else []
    rows = []
    for tie in found.ties:
        row = [tie.source.label, tie.target.label]
        row += [str(tie.count), f"{tie.weight:.2f}"] if done else []
        row += [str(tie.planned), f"{tie.planned_weight:.2f}"] if plans else []
        rows.append([*row, tie.basis, str(len(tie.sources))])
    return table([*header, "basis", "sources"], rows, [*range(2, len(header)), len(header) + 1])


def _occasions(tie: Tie) -> list[str]:
    lines = wrap(f"{tie.source.label} and {tie.target.label}", "", "  ")
    for occasion in tie.occasions:
        lines += wrap(_occasion(occasion), "  - ", "    ")
    return lines


def _occasion(occasion: Occasion) -> str:
    happening = occasion.happening
    details = [happening.when, happening.status.replace("-", " "), f"{occasion.parties} parties"]
    details += ["inferred"] if occasion.inferred else []
    sources = "; ".join(occasion.sources) or "no article"
    return f"{happening.label} ({', '.join(details)}) [{sources}]"
