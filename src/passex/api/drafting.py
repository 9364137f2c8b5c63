"""Drafts from Python: the file of an article, from its text.

Example:
    >>> import passex
    >>> made = passex.draft(b"LISBON, 5 June 2031 - Portugal met Chile.", "2031-lisbon")
    >>> [(mention.text, mention.kind) for mention in made.mentions]
    [('Portugal', 'actor'), ('Chile', 'actor')]
"""

from __future__ import annotations

import io
import os
import warnings
from collections.abc import Iterable
from datetime import date

from ..curation.draft import drafting
from ..curation.draft.drafting import Draft
from ..evidence.texts import read_text
from ..graph.as_of import parse
from ..graph.opening import open_store
from . import given
from .graphs_given import Graph, flattened, source


def draft(
    article: str | os.PathLike[str] | bytes,
    slug: str,
    *data: Graph | Iterable[Graph],
    day: str | date | None = None,
) -> Draft:
    """Draft the file of an article, as `passex draft` does.

    Args:
        article: The file with the text, or all of its text as bytes.
        slug: The name of the article's file: its year and a few words, as in ``2027-some-drill``.
        data: The graph that it is to be added to, as `passex.load` takes it; without one, the
            bundled graph.
        day: The day of the article, where its text doesn't print it.

    Returns:
        The draft: the file as a text, what the article mentions, and what isn't sure.

    Raises:
        InputError: The text cannot be read, is not UTF-8, or has no words; or a graph can't be.
        QueryError: The slug is none, the graph has an article of that name, or there is no such
            day.

    Example:
        >>> made = draft(b"Ships from Japan will drill on Monday.", "2031-tokyo", day="2031-06-05")
        >>> print(made.turtle.splitlines()[-1])
        #     nr:hasEvidence <#char=11,37> .
    """
    if isinstance(article, bytes):
        text = read_text("-", lambda: io.BytesIO(article))
    else:
        text = read_text(given.path(article))
    name = given.text(slug, "a name for an article", "give its year and a few words")
    known = None if day is None else date.fromisoformat(parse(day))
    sources = [source(graph) for graph in flattened(data)]
    # An article alone is a graph to which another can be added: the ontology is mixed in.
    store = open_store(sources, True, _warn, mixed=True if sources else None)
    return drafting.draft(text, name, store, known)


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=4)
