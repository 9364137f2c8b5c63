"""`passex show`: everything known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._claims import claim_lines
from ._common import data_option, open_graph, report_option, texts_of, texts_option, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..portraits import Line, Portrait
    from ._claims import Texts


@click.command(short_help="Everything known about one actor, event, place or article.")
@click.argument("name", shell_complete=_complete.things)
@report_option
@texts_option
@data_option
def show(name: str, form: str, texts: str | None, data: tuple[str, ...], no_cache: bool) -> None:
    """Print what the graph says of one node: facts, what is left open, who points to it, claims.

    NAME is a name, an IRI or a prefixed name (id:japan): of an actor, an event, a plan, a
    place, an article, and so on.

    \b
    Example:
      passex show "JS Kashima"
    """  # noqa: D301
    from .. import names, portraits, tables
    from ..errors import QueryError
    from ..vocabulary import THINGS

    if form == "json" and texts is not None:
        raise QueryError("--format json has no sentences", "leave --texts out")
    store = open_graph(data, no_cache)
    found = portraits.portrait(store, names.resolve(store, name, *THINGS))
    if form == "json":
        click.echo(tables.plain(found), nl=False)
        return
    by_article = texts_of(store, texts)
    click.echo("\n".join(_lines(found, by_article)))


def _lines(found: Portrait, texts: Texts) -> list[str]:
    from ..vocabulary import shorten

    node = found.node
    lines = wrap(f"{node.label} ({node.kind}, {shorten(node.iri)})", "", "  ")
    lines += _part("facts", found.facts)
    if found.open:
        lines += ["", *wrap(f"not stated: {', '.join(found.open)}", "", "  ")]
    lines += _part("mentioned as", found.mentions)
    lines += ["", "claims:" if found.claims else "claims: none"]
    for claim in found.claims:
        lines += claim_lines(claim, "", texts)
    return lines


def _part(title: str, part: Sequence[Line]) -> list[str]:
    if not part:
        return []
    lines = ["", f"{title}:"]
    for line in part:
        lines += wrap(f"{line.name}: {'; '.join(line.values)}", "  ", "    ")
    return lines
