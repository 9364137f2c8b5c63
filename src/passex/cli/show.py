"""`passex show`: everything known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import _complete
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
from ._layout import claim_lines, wrap

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

    Of an event or a plan it tells the story: what each article adds, and how a plan stands.

    NAME is a name, an IRI or a prefixed name (id:japan): of an actor, an event, a plan, a
    place, an article, and so on.

    \b
    Example:
      passex show "JS Kashima"
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph
    from ..graph import names, tables
    from ..graph.terms import THINGS
    from . import _provenance_queries

    store = open_graph(data, no_cache, plain=True)
    if show:
        write_queries(_provenance_queries.portrait(names.resolve(store, name, *THINGS).iri))
        return
    portrait = KnowledgeGraph(store).show(name, texts_of(store, texts))
    write(portrait, form, lambda: _lines(portrait), lambda: tables.plain(portrait))


def _lines(portrait: Portrait) -> list[str]:
    from ..graph.names import describe

    lines = wrap(describe(portrait.node), "", "  ")
    lines += _part("facts", portrait.facts)
    if portrait.open:
        names = ", ".join(name.label for name in portrait.open)
        lines += ["", *wrap(f"not stated: {names}", "", "  ")]
    lines += _part("mentioned as", portrait.mentions)
    if portrait.standing is not None:
        lines += ["", *wrap(f"standing: {portrait.standing}", "", "  ")]
    if portrait.story:
        lines += ["", "story:"]
    for step in portrait.story:
        lines += wrap(f"{step.when}: {step.article.label}", "  ", "    ")
        for line in step.lines():
            lines += wrap(line, "    ", "      ")
    lines += ["", "claims:" if portrait.claims else "claims: none"]
    for claim in portrait.claims:
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
