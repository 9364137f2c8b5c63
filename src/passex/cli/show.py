"""`passex show`: everything known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
from ._claims import claim_lines
from ._common import (
    data_option,
    format_option,
    open_graph,
    show_option,
    texts_of,
    texts_option,
    write,
    write_queries,
)
from ._layout import wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..evidence.portraits import Line, Portrait


@click.command()
@click.argument("name", shell_complete=_complete.things)
@format_option("How it is written: a row a fact and a row a place in an article; json has it all.")
@show_option
@texts_option
@data_option
def show(
    name: str, form: str, show: bool, texts: str | None, data: tuple[str, ...], no_cache: bool
) -> None:
    """Print what the graph says of one node: facts, what is left open, who points to it, claims.

    NAME is a name, an IRI or a prefixed name (id:japan): of an actor, an event, a plan, a
    place, an article, and so on.

    \b
    Example:
      passex show "JS Kashima"
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import names, tables
    from ..graph.terms import THINGS
    from . import _shown as shown

    store = open_graph(data, no_cache)
    if show:
        write_queries(shown.portrait(names.resolve(store, name, *THINGS).iri))
        return
    found = KnowledgeGraph(store).show(name, texts_of(store, texts))
    write(found, form, lambda: _lines(found), lambda: tables.plain(found))


def _lines(found: Portrait) -> list[str]:
    from ..graph.terms import shorten

    node = found.node
    lines = wrap(f"{node.label} ({node.kind}, {shorten(node.iri)})", "", "  ")
    lines += _part("facts", found.facts)
    if found.open:
        lines += [
            "",
            *wrap(f"not stated: {', '.join(name.label for name in found.open)}", "", "  "),
        ]
    lines += _part("mentioned as", found.mentions)
    lines += ["", "claims:" if found.claims else "claims: none"]
    for claim in found.claims:
        lines += claim_lines(claim, "")
    return lines


def _part(title: str, part: Sequence[Line]) -> list[str]:
    if not part:
        return []
    lines = ["", f"{title}:"]
    for line in part:
        values = (value if isinstance(value, str) else value.label for value in line.values)
        lines += wrap(f"{line.property.label}: {'; '.join(values)}", "  ", "    ")
    return lines
