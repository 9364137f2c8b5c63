"""Shell completion of names: of the nodes of the bundled graph, or of the one given by --data."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..errors import PassexError
from ._opening import endpoint_of
from ._options import AS_OF, INPUT_FORMAT

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def actors(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete the name of an actor."""
    return names_of(ctx, start, ())


def things(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete the name of a node of any class."""
    from ..graph.terms import THINGS

    return names_of(ctx, start, THINGS)


def articles(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete the name of an article or a data set."""
    from ..graph.terms import DCAT, SCHEMA

    return names_of(ctx, start, (SCHEMA.NewsArticle, DCAT.Dataset))


def values(ctx: click.Context, param: click.Parameter, start: str) -> list[CompletionItem]:
    """Complete what a question asks for, by the type of its parameter."""
    from ..questions.catalogue import find

    try:
        parameters = find(ctx.params["question"] or "").parameters
    except PassexError:
        return []
    place = len(ctx.params["values"] or ())
    kinds = parameters[place].classes if place < len(parameters) else []
    return names_of(ctx, start, kinds) if kinds else []


def names_of(ctx: click.Context, start: str, kinds: Sequence[str]) -> list[CompletionItem]:
    """Complete the name of a node of some classes, or of an actor where none is given.

    Returns:
        The names, each with the node's label and class; nothing where anything goes wrong.
    """
    from click.shell_completion import CompletionItem

    from ..graph import names
    from ..graph import opening as knowledge
    from ..graph.terms import shorten

    # A message would end up in the middle of the line that is being typed.
    try:
        if endpoint_of(ctx) and not ctx.params.get("data"):
            return []  # nobody waits for a server between two keys
        cached = not ctx.params.get("no_cache")
        form, day = ctx.meta.get(INPUT_FORMAT), ctx.meta.get(AS_OF)
        store = knowledge.open_store(
            ctx.params.get("data") or (), cached, lambda text: None, form, as_of=day
        )
        nodes = names.complete(store, start, *kinds)
    except Exception:
        return []
    shell = os.environ.get("_PASSEX_COMPLETE", "").partition("_")[0]
    items = []
    for name, node in nodes:
        if "\n" in name or (shell == "fish" and "," in name):
            # The shells' protocol ends a name there.
            name = shorten(node.iri)
        about = node.kind if name == node.label else f"{node.label} ({node.kind})"
        # The other shells quote what they insert.
        word = _for_bash(name) if shell == "bash" else name
        items.append(CompletionItem(word, help=about))
    return items


def _for_bash(name: str) -> str:
    words = os.environ.get("COMP_WORDS", "").split("\n")
    place = os.environ.get("COMP_CWORD", "")
    typed = words[int(place)] if place.isdecimal() and int(place) < len(words) else ""
    # Within quotation marks, bash takes a name as it stands, and closes them.
    return name if typed.startswith(("'", '"')) else re.sub(r"([^\w@%+=:./-])", r"\\\1", name)
