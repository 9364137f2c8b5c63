"""`passex network`: who trains with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._common import data_option, format_option, open_graph, show_option, write, write_queries
from ._policy import measure_option, policy_options, weight_option

if TYPE_CHECKING:
    from ..network.communities import Communities
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
        from . import _shown as shown

        write_queries(shown.network(policy))
        return
    from ..api.knowledge import KnowledgeGraph
    from ..network import document
    from ._ties import network_lines

    kg = KnowledgeGraph(open_graph(data, no_cache))
    found = kg.ties(policy)

    def ranks() -> Ranking:
        return kg.rank(found, measure, weight)

    def groups() -> Communities | None:
        return kg.communities(found, weight) if communities else None

    write(
        found,
        form,
        lambda: network_lines(found, ranks(), groups()),
        lambda: document.write(found, ranks(), weight, groups()),
    )
