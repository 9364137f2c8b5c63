"""`passex kinds`: the concepts that fit a class."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..errors import VocabularyError
from ._layout import styled, table, wrap
from ._opening import open_graph, server_of
from ._options import data_option, format_option
from ._writing import write

if TYPE_CHECKING:
    from ..graph.concepts import Kinds
    from ..graph.rows import Table


@click.command()
@click.argument("name", metavar="[CLASS]", required=False)
@format_option("How it is written: a tree for people, a row a concept for programs.")
@data_option
def kinds(name: str | None, form: str, data: tuple[str, ...], no_cache: bool) -> None:
    """List the concepts that fit a class as its kinds, each below its broader one.

    CLASS is a class, such as ship or nr:ExercisePlan, or a list, such as status or topic. Without
    it, the lists are listed, with the classes that take their kinds from each.

    \b
    Example:
      passex kinds
      passex kinds ship
      passex kinds "exercise plan" --format csv
    """  # noqa: D301
    from ..api.knowledge import KnowledgeGraph

    try:
        store = open_graph(data, no_cache)
    except VocabularyError:
        if server_of(data) is not None:
            raise
        # A file of concepts alone: what they fit, our ontology says.
        store = open_graph(data, no_cache, mixed=True)
    kg = KnowledgeGraph(store)
    if name is None:
        rows = kg.kinds().table()
        write(rows, form, lambda: _lists(rows))
        return
    found = kg.kinds(name)
    write(found, form, lambda: _lines(found))


def _lists(rows: Table) -> list[str]:
    return table(rows.columns, [[*map(rows.label, row)] for row in rows.rows], [2])


def _lines(found: Kinds) -> list[str]:
    from ..graph.terms import shorten

    lines = [found.caption]
    for kind in found.kinds:
        indent = "  " * (kind.depth + 1)
        name = styled(shorten(kind.concept.iri), "strong")
        lines += wrap(f"{name}  {kind.definition}".rstrip(), indent, f"{indent}    ")
    return lines
