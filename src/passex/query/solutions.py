"""Results of SPARQL: rows that are read as they come, or triples."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Generic, TypeAlias, TypeVar

import pyoxigraph as ox

from ..errors import QueryError
from ..graph import names
from ..graph.rows import Table, Tabular, columns_of_nodes
from ..graph.store import Store
from ..text.wording import say
from . import formats
from .lexer import words_of
from .mending import mended
from .prefixes import Naming, dataset, naming
from .threads import hand_over

_BY_DEFAULT: Final = naming(())
_FORMATS: Final = ("turtle", "ntriples", "rdfxml", "jsonld")

Item = TypeVar("Item")


class _Found(Generic[Item]):
    """What is found, read as it comes; asked for once more if it is read again."""

    __slots__ = ("_again", "_kept", "_unread")

    def __init__(self, unread: Iterator[Item], again: Callable[[], Iterator[Item]]) -> None:
        self._again = again
        self._unread: Iterator[Item] | None = unread
        self._kept: tuple[Item, ...] | None = None

    def __iter__(self) -> Iterator[Item]:
        # Nothing is taken before the first item is asked for: `list` asks for the length between
        # the iterator and its first item, and would else run the query twice.
        yield from self._take() if self._kept is None else self._kept

    def __len__(self) -> int:
        return len(self._keep())

    def _keep(self) -> tuple[Item, ...]:
        if self._kept is None:
            self._kept = tuple(self._take())
        return self._kept

    def _take(self) -> Iterator[Item]:
        unread, self._unread = self._unread, None
        return self._again() if unread is None else unread


class Solutions(_Found[ox.QuerySolution], Tabular):
    """The solutions of a SELECT query.

    Iterating gives pyoxigraph's solutions as the engine finds them, and keeps none: a solution's
    terms are had by place or by variable. Iterating a second time runs the query again. What needs
    all rows (`rows`, ``len``, ``list``, `table` and what builds on it) keeps them. Any thread may
    read them.

    Example:
        >>> from passex import load
        >>> found = load().query("SELECT ?s ?name { ?s a nr:Ship ; rdfs:label ?name }")
        >>> sorted(row["name"].value for row in found)[0], len(found)
        ('HMCS Ville de Québec', 3)
    """

    __slots__ = ("_called", "_columns")

    def __init__(
        self,
        columns: tuple[str, ...],
        unread: Iterator[ox.QuerySolution],
        again: Callable[[], Iterator[ox.QuerySolution]],
        called: Callable[[set[str]], Mapping[str, str]],
    ) -> None:
        super().__init__(unread, again)
        self._columns = columns
        self._called = called

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables of the SELECT clause."""
        return self._columns

    @property
    def rows(self) -> tuple[ox.QuerySolution, ...]:
        """All solutions."""
        return self._keep()

    def __repr__(self) -> str:
        """Say the variables, in a line, and the number of solutions if they are all there."""
        number = "" if self._kept is None else f"; {say(len(self._kept), 'row')}"
        return f"<Solutions: {', '.join(self.columns)}{number}>"

    def table(self) -> Table:
        """Give the solutions as a table, with the labels of their nodes."""
        rows = tuple(tuple(solution) for solution in self.rows)
        nodes = {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}
        return Table(
            self.columns,
            rows,
            nodes=columns_of_nodes(self.columns, rows),
            empty="No solutions.",
            labels=self._called(nodes),
        )


class Triples(_Found[ox.Triple]):
    """The triples of a CONSTRUCT or DESCRIBE query, read as `Solutions` are.

    Example:
        >>> from passex import load
        >>> found = load().query("CONSTRUCT { ?s a nr:State } WHERE { ?s a nr:State }")
        >>> print(found.serialize("ntriples").split()[0])  # doctest: +ELLIPSIS
        <https://w3id.org/passex/id/...>
    """

    __slots__ = ("_naming",)

    def __init__(
        self,
        unread: Iterator[ox.Triple],
        again: Callable[[], Iterator[ox.Triple]],
        naming: Naming,
    ) -> None:
        super().__init__(unread, again)
        self._naming = naming

    def __repr__(self) -> str:
        """Say what it is, and the number of triples if they are all there."""
        return f"<Triples{'' if self._kept is None else f': {len(self._kept)}'}>"

    def serialize(self, format: str = "turtle") -> str:
        """Write the triples.

        Args:
            format: ``turtle``, ``ntriples``, ``rdfxml`` or ``jsonld``.

        Raises:
            QueryError: A format that is none of these.
            OutputError: Something that XML cannot hold.
        """
        if format not in _FORMATS:
            raise QueryError(f"'{format}' is no format of triples", f"use {', '.join(_FORMATS)}")
        out = io.BytesIO()
        formats.write_triples(self, out, formats.GRAPHS[format], self._naming)
        return out.getvalue().decode()


#: What `KnowledgeGraph.query` gives, by the form of the query.
Result: TypeAlias = Solutions | Triples | bool


def query(store: Store, sparql: str) -> Result:
    """Answer a SPARQL 1.1 query of a store with its derived triples.

    Returns:
        Solutions for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE.

    Raises:
        QueryError: The query is not SPARQL.
    """

    def start() -> Iterator[Any]:
        default, named = dataset(sparql, store.graphs)
        yield from answer(store.query(mended(sparql, store), default_graph=default, named=named))

    return result(start, lambda nodes: names.labels(store, nodes), naming(words_of(sparql)))


def answer(found: formats.Result) -> Iterator[Any]:
    """Give what a query found as `result` takes it, in the thread that asked.

    Yields:
        The truth value; or the variables, nothing for triples, and then the rows or triples.
    """
    if isinstance(found, ox.QueryBoolean):
        yield bool(found)
        return
    if isinstance(found, ox.QuerySolutions):
        yield tuple(variable.value for variable in found.variables)
    else:
        yield None
    yield from found


def result(
    start: Callable[[], Iterator[Any]],
    called: Callable[[set[str]], Mapping[str, str]],
    naming: Naming = _BY_DEFAULT,
) -> Result:
    """Make a result of what a query finds, as `query` does, which any thread may read.

    Args:
        start: Asks the query, for an iterator as of `answer`.
        called: Looks up the labels of nodes.
        naming: How triples are written.
    """

    def ask() -> tuple[Any, Iterator[Any]]:
        unread = hand_over(start)
        return next(unread), unread

    head, unread = ask()
    if isinstance(head, bool):
        return head
    if head is None:
        return Triples(unread, lambda: ask()[1], naming)
    return Solutions(head, unread, lambda: ask()[1], called)
