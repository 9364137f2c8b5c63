"""`passex stats`: how much of what a graph holds."""

from __future__ import annotations

import click

from ._common import data_option, open_graph, report_option, table


@click.command(short_help="How much of what the graph holds.")
@report_option
@data_option
def stats(form: str, data: tuple[str, ...], no_cache: bool) -> None:
    """Print how much the graph holds: triples, articles, evidence, claims, nodes by class.

    \b
    Example:
      passex stats
    """  # noqa: D301
    from .. import census, tables

    found = census.count(open_graph(data, no_cache))
    if form == "json":
        click.echo(tables.plain(found), nl=False)
        return
    rows = [
        ("triples", found.triples),
        ("  of them derived", found.derived),
        ("files", found.files),
        ("articles", found.articles),
        ("pieces of evidence", found.evidence),
        *((f"claims, {basis}", number) for basis, number in found.claims.items()),
        *((f"nodes of class {label}", number) for label, number in found.classes.items()),
    ]
    click.echo("\n".join(table(("what", "number"), [(w, str(n)) for w, n in rows], [1])))
