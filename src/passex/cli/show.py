"""`passex show`: everything known about one node."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..text.wording import FIRST, first, say
from . import _complete
from ._layout import claim_lines, styled, wrap
from ._opening import open_graph, texts_of
from ._options import data_option, format_option, show_option, texts_option
from ._writing import write, write_queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..evidence.portraits import Line, Portrait


@click.command()
@click.argument("name", shell_complete=_complete.things)
@format_option("How it is written: a row a fact and a row a place in an article; json has it all.")
@click.option("--all", "everything", is_flag=True, help="All of it, not only the first 20 of each.")
@show_option
@texts_option
@data_option
def show(
    name: str,
    form: str,
    everything: bool,
    show: bool,
    texts: str | None,
    data: tuple[str, ...],
    no_cache: bool,
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
    from ..graph.terms import NR, THINGS
    from . import _provenance_queries

    store = open_graph(data, no_cache, plain=True)
    if show:
        write_queries(_provenance_queries.portrait(names.resolve(store, name, *THINGS).iri))
        return
    portrait = KnowledgeGraph(store).show(name, texts_of(store, texts))
    named = 0 if portrait.claims else len(set(store.subjects(NR.hasValue, portrait.node.iri)))
    write(
        portrait,
        form,
        lambda: _lines(portrait, None if everything else FIRST, named),
        lambda: tables.plain(portrait),
    )


def _lines(portrait: Portrait, shown: int | None, named: int) -> list[str]:
    from ..graph.labelling import describe

    lines = wrap(styled(describe(portrait.node), "strong"), "", "  ")
    lines += _part("facts", portrait.facts, shown)
    if portrait.open:
        names = ", ".join(name.label for name in portrait.open)
        lines += ["", *wrap(f"not stated: {names}", "", "  ")]
    lines += _part("mentioned as", portrait.mentions, shown)
    if portrait.standing is not None:
        lines += ["", *wrap(f"standing: {portrait.standing}", "", "  ")]
    if portrait.story:
        lines += ["", "story:"]
    for step in portrait.story:
        article = styled(f"{step.when}: {step.article.label}", "dim")
        lines += wrap(article, "  ", "    ")
        for line in step.lines():
            lines += wrap(line, "    ", "      ")
    none = "claims: none"
    if named:
        none += f" about it; it is a value in {say(named, 'claim')} about others (passex why)"
    lines += ["", *(["claims:"] if portrait.claims else wrap(none, "", "  "))]
    claims, more = first(portrait.claims, shown)
    for claim in claims:
        lines += claim_lines(claim, "")
    return [*lines, *filter(None, [more])]


def _part(title: str, part: Sequence[Line], shown: int | None) -> list[str]:
    from ..evidence.claims import label_of

    if not part:
        return []
    lines = ["", f"{title}:"]
    for line in part:
        values, more = first([*line.timed()], shown)
        texts = [label_of(value) + (f" ({time})" if time else "") for value, time in values]
        texts += filter(None, [more])
        property = styled(line.property.label, "strong")
        lines += wrap(f"{property}: {'; '.join(texts)}", "  ", "    ")
    return lines
