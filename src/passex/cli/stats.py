"""`passex stats`: how much of what a graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._layout import table
from ._opening import complain_of_day, open_graph
from ._options import data_option, format_option, mixing_option, show_option
from ._writing import write, write_queries

if TYPE_CHECKING:
    from ..graph.rows import Table


@click.command()
@format_option(
    "How it is written: a row a count, in json an object, or as a data set (VoID, DCAT) in Turtle.",
    "void",
)
@show_option
@mixing_option
@data_option
def stats(form: str, show: bool, mixed: bool | None, data: tuple[str, ...], no_cache: bool) -> None:
    """Print how much the graph holds: triples, articles, quotes, claims, nodes by class.

    \b
    Example:
      passex stats
      passex stats --format void
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import tables
    from . import _provenance_queries

    if show:
        write_queries(_provenance_queries.stats())
        return
    kg = KnowledgeGraph(open_graph(data, no_cache, True, mixed))
    if form == "void":
        complain_of_day()
        click.echo(kg.void(), nl=False)
        return
    census = kg.stats()
    write(census, form, lambda: _lines(census.table()), lambda: tables.plain(census))


def _lines(counts: Table) -> list[str]:
    return table(counts.columns, [[*map(counts.label, row)] for row in counts.rows], [1])
