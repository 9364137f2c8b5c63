"""Comparison of two graphs from Python, as `passex diff` makes it."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import Any

from ..curation.diff.compare import compare
from ..curation.diff.model import Comparison
from ..curation.diff.sides import Side, sides
from ..errors import InputError, QueryError
from ..graph.opening import open_store
from ..graph.sources import Source, sources
from ..graph.store import Store
from ..network.policy import Policy
from ..reports.comparison import summary, write
from ..text.styles import unmarked
from . import given
from .graphs_given import Graph, flattened, is_text, source


class Difference(Comparison):
    """What is different in two graphs; it is true where anything is.

    Attributes are those of `passex.curation.diff.model.Comparison`: ``ties``, ``plans``, ``nodes``,
    ``values``, ``claims``, ``near``, ``unchecked`` and ``triples``.

    Example:
        >>> import passex
        >>> found = passex.diff("graph", "graph")
        >>> bool(found), found
        (False, <Difference: No difference.>)
    """

    def __repr__(self) -> str:
        """Say the counts, in a line."""
        counts = (summary.counts(self), summary.triples(self))
        return f"<Difference: {' '.join(filter(None, counts))}>"

    def __str__(self) -> str:
        """Write it for people, as the command prints it."""
        return self.write()

    def write(self, format: str = "text", *, whole: bool = True, triples: bool = False) -> str:
        """Write it as ``passex diff --format`` does.

        Args:
            format: ``text``, ``markdown``, ``html`` or ``json``.
            whole: Whether all of it is written, and not the first 20 lines of each part.
            triples: Whether it is the triples that are written.

        Raises:
            QueryError: There is no such format.
        """
        lines = write(given.text(format, "a format", "give its name"), self, whole, triples)
        return "".join(f"{unmarked(line)}\n" for line in lines)


def diff(
    old: Graph | Iterable[Graph],
    new: Graph | Iterable[Graph] = (),
    *,
    policy: Policy | None = None,
    texts: str | os.PathLike[str] | None = None,
    triples: bool = False,
    cached: bool = True,
) -> Difference:
    """Compare two graphs, as ``passex diff`` does.

    Args:
        old: A graph or several, as `passex.load` takes them; or a revision of git, such as
            ``HEAD~1``, ``main..topic`` or ``main:graph``.
        new: Another graph. Where the old one is a revision: another revision, or files and folders
            that are looked at.
        policy: What counts as a tie; by default, what does in `KnowledgeGraph.network`.
        texts: The folder with the articles' texts, if there is one.
        triples: Whether nothing else than triples is compared.
        cached: Whether the cache is read and written.

    Raises:
        InputError: Something is not there, cannot be read, or is no revision.
        QueryError: Something is no graph, there is nothing to compare it with, or neither graph has
            anything in the domain that was asked for.

    Example:
        >>> ship = "<urn:a> a <https://w3id.org/passex/ontology#Ship> ; "
        >>> label = "<http://www.w3.org/2000/01/rdf-schema#label>"
        >>> found = diff(f"{ship} {label} 'HMS Alert' .", f"{ship} {label} 'HMS Alarm' .")
        >>> [(change.old, change.new) for change in found.values]
        [(('HMS Alert',), ('HMS Alarm',))]
        >>> print(found.write("markdown").splitlines()[2])
        1 value changed.
    """
    before, after = list(flattened((old,))), list(flattened((new,)))
    if all(isinstance(one, str | os.PathLike) for one in (*before, *after)) and not any(
        isinstance(one, str) and is_text(one) for one in (*before, *after)
    ):
        pair = _named(before, after)
    else:
        pair = _side("old", before), _side("new", after)

    def load(found: Sequence[Source]) -> Store:
        return open_store(found, bool(cached), _warn)

    folder = None if texts is None else given.path(texts)
    made = compare(*pair, load, given.policy(policy), folder, triples)
    return Difference(**{field.name: getattr(made, field.name) for field in fields(made)})


def _named(old: Sequence[Any], new: Sequence[Any]) -> tuple[Side, Side]:
    """Find the two sides by their paths or revisions."""
    for one in (*old, *new):
        given.path(one)
    if len(old) == 1:
        return sides(os.fspath(old[0]), [os.fspath(path) for path in new])
    return _side("old", old), _side("new", new)


def _side(name: str, graphs: Sequence[Any]) -> Side:
    if not graphs:
        raise QueryError(f"the {name} graph is missing", "give two graphs, or a revision of git")
    made = sources(source(graph) for graph in graphs)
    if not made:
        raise InputError(f"the {name} graph is empty", "give files that hold facts")
    return Side(name, tuple(made))


def _warn(text: str) -> None:
    warnings.warn(text, stacklevel=5)
