"""`passex stats`: how much of what a graph holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ._common import data_option, format_option, open_graph, show_option, write, write_queries
from ._layout import table

if TYPE_CHECKING:
    from ..graph.rows import Table


@click.command()
@format_option("How it is written: a row a count, or in json an object.")
@show_option
@data_option
def stats(form: str, show: bool, data: tuple[str, ...], no_cache: bool) -> None:
    """Print how much the graph holds: triples, articles, evidence, claims, nodes by class.

    \b
    Example:
      passex stats
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import tables
    from . import _provenance_queries

    if show:
        write_queries(_provenance_queries.stats())
        return
    census = KnowledgeGraph(open_graph(data, no_cache)).stats()
    write(census, form, lambda: _lines(census.table()), lambda: tables.plain(census))


def _lines(counts: Table) -> list[str]:
    return table(counts.columns, [[*map(counts.label, row)] for row in counts.rows], [1])
