"""Results of SPARQL: rows that are read as they come, or triples."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar, overload

import pyoxigraph as ox

from ..errors import QueryError
from ..graph.data_frames import python_value
from ..graph.rows import Table, Tabular, columns_of_nodes
from ..text.wording import say
from . import formats
from .prefixes import Naming, naming
from .solution_rows import Solution, item_at, place_of
from .threads import hand_over

_BY_DEFAULT: Final = naming(())
_FORMATS: Final = ("turtle", "ntriples", "rdfxml", "jsonld")

Item = TypeVar("Item")


class _Found(Generic[Item]):
    """What is found, read as it comes; asked for once more if it is read again."""

    __slots__ = ("_again", "_kept", "_limit", "_more", "_unread")

    def __init__(
        self,
        unread: Iterator[Any],
        again: Callable[[], Iterator[Any]],
        limit: int | None = None,
        more: bool | None = None,
    ) -> None:
        self._again = again
        self._unread: Iterator[Any] | None = unread
        self._kept: tuple[Item, ...] | None = None
        self._limit = limit
        self._more = False if limit is None and more is None else more

    def __iter__(self) -> Iterator[Item]:
        # Nothing is taken before the first item is asked for: `list` asks for the length between
        # the iterator and its first item, and would else run the query twice.
        yield from self._take() if self._kept is None else self._kept

    def __len__(self) -> int:
        return len(self._keep())

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Item, ...]: ...

    def __getitem__(self, place: int | slice) -> Item | tuple[Item, ...]:
        """Give what stands at a place, or at several; all are then kept.

        Raises:
            RowError: There are not so many.
        """
        if isinstance(place, slice):
            return self._keep()[place]
        return item_at(self._keep(), place, "row" if isinstance(self, Solutions) else "triple")

    @property
    def more(self) -> bool:
        """Whether ``limit`` has cut the answer; read to its end if that is not known yet."""
        if self._more is None:
            self._keep()
        return bool(self._more)

    def _keep(self) -> tuple[Item, ...]:
        if self._kept is None or self._more is None:
            self._kept = tuple(self._take())
        return self._kept

    def _take(self) -> Iterator[Item]:
        unread, self._unread = self._unread, None
        # One more is asked for than is wanted, which tells whether there is more.
        for number, item in enumerate(self._again() if unread is None else unread):
            if number == self._limit:
                self._more = True
                return
            yield self._item(item)
        self._more = bool(self._more)

    def _item(self, item: Any) -> Item:
        return item  # type: ignore[no-any-return]


class Solutions(_Found[Solution], Tabular):
    """The solutions of a SELECT query.

    Iterating gives `Solution` after `Solution` as the engine finds them, and keeps none. Iterating
    a second time runs the query again. What needs all rows (`rows`, an index, ``len``, ``list``,
    `table` and what builds on it) keeps them. Any thread may read them. What is pickled or copied
    has all rows, and needs no graph.

    Example:
        >>> from passex import load
        >>> found = load().select("SELECT ?s ?name { ?s a nr:Ship ; rdfs:label ?name }")
        >>> sorted(row["name"].value for row in found)[0], len(found)
        ('HMCS Ville de Québec', 3)
    """

    __slots__ = ("_called", "_columns")

    def __init__(
        self,
        columns: tuple[str, ...],
        unread: Iterator[Any],
        again: Callable[[], Iterator[Any]],
        called: Callable[[set[str]], Mapping[str, str]],
        limit: int | None = None,
        more: bool | None = None,
    ) -> None:
        super().__init__(unread, again, limit, more)
        self._columns = columns
        self._called = called

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables of the SELECT clause."""
        return self._columns

    @property
    def rows(self) -> tuple[Solution, ...]:
        """All solutions."""
        return self._keep()

    def column(self, name: str) -> tuple[Any, ...]:
        """Give the values of a column as Python's.

        Returns:
            Numbers, truth values and dates as such, nodes as their labels, other literals as texts,
            None where there is nothing.

        Raises:
            ColumnError: The query has no such variable; the error names what comes near.

        Example:
            >>> from passex import load
            >>> load().select("SELECT (COUNT(?s) AS ?n) { ?s a nr:Ship }").column("n")
            (3,)
        """
        table, place = self.table(), place_of(name, self.columns)
        return tuple(python_value(row[place], table.label) for row in table.rows)

    def __repr__(self) -> str:
        """Say the variables, in a line, and the number of solutions if they are all there."""
        number = "" if self._kept is None else f"; {say(len(self._kept), 'row')}"
        return f"<Solutions: {', '.join(self.columns)}{number}>"

    def __reduce__(self) -> tuple[Any, ...]:
        rows = self._keep()
        labels = dict(self._called(_nodes(rows)))
        return _solutions, (self._columns, rows, labels, self.more)

    def table(self) -> Table:
        """Give the solutions as a table, with the labels of their nodes."""
        rows = tuple(tuple(solution) for solution in self.rows)
        some = "There are solutions, of which none was wanted."
        return Table(
            self.columns,
            rows,
            nodes=columns_of_nodes(self.columns, rows),
            empty=some if self.more else "No solutions.",
            labels=self._called(_nodes(rows)),
        )

    def _item(self, item: Any) -> Solution:
        return Solution(self._columns, tuple(item))


def _nodes(rows: Sequence[Solution] | Sequence[tuple[Any, ...]]) -> set[str]:
    return {term.value for row in rows for term in row if isinstance(term, ox.NamedNode)}


class Triples(_Found[ox.Triple]):
    """The triples of a CONSTRUCT or DESCRIBE query, read as `Solutions` are.

    Example:
        >>> from passex import load
        >>> found = load().construct("CONSTRUCT { ?s a nr:State } WHERE { ?s a nr:State }")
        >>> print(found.serialize("ntriples").split()[0])  # doctest: +ELLIPSIS
        <https://w3id.org/passex/id/...>
    """

    __slots__ = ("_naming",)

    def __init__(
        self,
        unread: Iterator[ox.Triple],
        again: Callable[[], Iterator[ox.Triple]],
        limit: int | None = None,
        more: bool | None = None,
        naming: Naming = _BY_DEFAULT,
    ) -> None:
        super().__init__(unread, again, limit, more)
        self._naming = naming

    def __repr__(self) -> str:
        """Say what it is, and the number of triples if they are all there."""
        return f"<Triples{'' if self._kept is None else f': {len(self._kept)}'}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return _triples, (self._keep(), self.more, self._naming)

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


def _solutions(
    columns: tuple[str, ...], rows: tuple[Solution, ...], labels: Mapping[str, str], more: bool
) -> Solutions:
    """Make solutions again of what was pickled."""
    made = Solutions(columns, iter(()), lambda: iter(rows), lambda _: labels, more=more)
    made._kept = rows
    return made


def _triples(triples: tuple[ox.Triple, ...], more: bool, naming: Naming) -> Triples:
    made = Triples(iter(()), lambda: iter(triples), more=more, naming=naming)
    made._kept = triples
    return made


#: What `KnowledgeGraph.query` gives, by the form of the query.
Result: TypeAlias = Solutions | Triples | bool


class Head(NamedTuple):
    """What comes before the items of an answer.

    Attributes:
        given: The truth value, the variables, or None for triples.
        warnings: What is odd about the query.
        limit: How many items are wanted; the one after them says that there are more.
        more: Whether there are more, where that is known already.
        naming: How triples are written.
    """

    given: bool | tuple[str, ...] | None
    warnings: tuple[QueryError, ...] = ()
    limit: int | None = None
    more: bool | None = None
    naming: Naming = _BY_DEFAULT


def answer(found: formats.Result) -> Iterator[Any]:
    """Give what a query found as `result` takes it, in the thread that asked.

    Yields:
        What `Head.given` is; then the rows or triples.
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
    timeout: float | None = None,
) -> tuple[Result, tuple[QueryError, ...]]:
    """Make a result of what a query finds, which any thread may read.

    Args:
        start: Asks the query, for a `Head` and the items after it.
        called: Looks up the labels of nodes.
        timeout: For how many seconds its reader waits, at the most.

    Returns:
        Solutions for SELECT, a truth value for ASK, triples for CONSTRUCT and DESCRIBE; and the
        warnings.
    """

    def ask() -> tuple[Head, Iterator[Any]]:
        unread = hand_over(start, timeout)
        return next(unread), unread

    def again() -> Iterator[Any]:
        return ask()[1]

    head, unread = ask()
    if isinstance(head.given, bool):
        return head.given, head.warnings
    if head.given is None:
        made = Triples(unread, again, head.limit, head.more, naming=head.naming)
        return made, head.warnings
    rows = Solutions(head.given, unread, again, called, head.limit, head.more)
    return rows, head.warnings
