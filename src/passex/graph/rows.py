"""Rows under named columns: what every answer becomes before it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeAlias, Union

import pyoxigraph as ox

from ..text.wording import FIRST, more, say
from .labelling import Node
from .store import Term

if TYPE_CHECKING:
    import pandas

#: Datatypes of numbers and truth values, by local name.
NUMBERS: Final = ("integer", "decimal", "double", "float", "boolean")
#: So many of several things in one cell are shown where a long answer is cut.
_FEW: Final = 5


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """What a node is called, where its class does not matter.

    Attributes:
        label: Its label, or its prefixed name where it has none.
        iri: Its IRI.
    """

    label: str
    iri: str


#: What stands in a row: a node, a text, a number, nothing, or several of them.
Cell: TypeAlias = Union[Term, Named, Node, str, int, float, "tuple[Cell, ...]", None]


class Tabular:
    """Something that has rows; notebooks show them as a table."""

    __slots__ = ()

    def table(self) -> Table:
        """Give the rows."""
        raise NotImplementedError

    def records(self) -> list[dict[str, str]]:
        """Give the rows as dictionaries of labels and texts, by column.

        Example:
            >>> from passex import load
            >>> load().ask("partners", "NATO").records()[0]["partner"]
            'Japan'
        """
        table = self.table()
        return [
            {name: table.label(cell) for name, cell in zip(table.columns, row, strict=True)}
            for row in table.rows
        ]

    def beginning(self, rest: str) -> tuple[Table, str]:
        """Give what a long answer begins with.

        Args:
            rest: How to get all.

        Returns:
            The first rows, with the first of many things in a cell; and how many rows are left out,
            with ``rest``.
        """
        table = self.table()
        rows = tuple(tuple(map(few, row)) for row in table.rows[:FIRST])
        left = table.left + len(table.rows) - len(rows)
        return replace(table, rows=rows, left=left), more(left, rest)

    def to_pandas(self) -> pandas.DataFrame:
        """Give the rows as a data frame.

        Returns:
            The columns of `tables.csv`. What is of one type throughout has that of pandas: whole
            numbers ``int64`` (``Int64`` where some are missing), others ``float64``, truth values
            ``bool`` (``boolean``), days and instants ``datetime64``. All else are objects: nodes
            their labels, several values a tuple, None what is unbound.

        Raises:
            PassexError: pandas is not installed.

        Example:
            >>> from passex import load
            >>> set(load().ties().to_pandas()["exercises"])  # doctest: +SKIP
            {1, 2}
        """
        from . import data_frames

        table = self.table()
        write = data_frames.python_value
        return data_frames.frame(*table.spread(lambda cell: write(cell, table.label)))

    def _repr_html_(self) -> str:
        # What a notebook shows: the first rows, with the IRIs of nodes as titles, and the notes.
        from html import escape

        all_of_it = (
            "without a limit there are all" if getattr(self, "left", 0) else "records() has all"
        )
        table, rest = self.beginning(all_of_it)
        caption = escape(table.caption)
        notes = [f"<p>{escape(note)}</p>" for note in table.notes]
        if not table.rows:
            caption += "." if caption and caption[-1] not in ".?!" else ""
            return "\n".join([f"<p>{f'{caption} {escape(table.empty)}'.strip()}</p>", *notes, ""])
        head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
        lines = ["<table>", f"<caption>{caption}</caption>" if caption else ""]
        lines += [f"<thead><tr>{head}</tr></thead>", "<tbody>"]
        for row in table.rows:
            cells = ""
            for cell in row:
                name = iri(cell)
                title = f' title="{escape(name)}"' if name else ""
                cells += f"<td{title}>{escape(table.label(cell))}</td>"
            lines.append(f"<tr>{cells}</tr>")
        lines += ["</tbody>", "</table>", f"<p>{escape(rest)}</p>" if rest else ""]
        return "\n".join([*filter(None, lines), *notes, ""])


@dataclass(frozen=True, slots=True, repr=False)
class Table(Tabular):
    """Rows, with what has to be known to write them.

    Attributes:
        columns: The names of the columns.
        rows: As many cells each as there are columns.
        nodes: The columns that hold nodes; beside each, `tables` writes one with their IRIs.
        caption: What the rows are, in a sentence.
        notes: What has to be said about them, in sentences.
        empty: What is said to people where there are no rows.
        labels: The labels of the nodes that are given as terms, by IRI.
        left: How many rows there are beside these, which nobody wanted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nodes: frozenset[str] = frozenset()
    caption: str = ""
    notes: tuple[str, ...] = ()
    empty: str = "No rows."
    labels: Mapping[str, str] = field(default_factory=dict)
    left: int = 0

    def __repr__(self) -> str:
        """Say the columns and the number of rows, in a line."""
        return f"<Table: {', '.join(self.columns)}; {say(len(self.rows), 'row')}>"

    def table(self) -> Table:
        """Give the rows: itself."""
        return self

    def label(self, cell: Cell) -> str:
        """Write a cell for people: the label of a node, the text of a literal."""
        if cell is None:
            return ""
        if isinstance(cell, ox.NamedNode):
            return self.labels.get(cell.value, cell.value)
        if isinstance(cell, Named | Node):
            return cell.label
        if isinstance(cell, tuple):
            return "; ".join(self.label(part) for part in cell)
        if isinstance(cell, bool):
            return "true" if cell else "false"
        return cell.value if isinstance(cell, ox.Literal) else str(cell)

    def spread(self, write: Callable[[Cell], object]) -> tuple[list[str], Iterator[list[object]]]:
        """Follow each column of nodes by one with their IRIs.

        Args:
            write: What becomes of a cell.

        Returns:
            The names of the columns, and the rows; what has no IRI has None there.
        """
        nodes = [name in self.nodes for name in self.columns]
        header: list[str] = []
        for name, node in zip(self.columns, nodes, strict=True):
            header += [name, f"{name}_iri"] if node else [name]

        def rows() -> Iterator[list[object]]:
            for row in self.rows:
                cells: list[object] = []
                for cell, node in zip(row, nodes, strict=True):
                    cells += [write(cell), iri(cell)] if node else [write(cell)]
                yield cells

        return header, rows()


def iri(cell: Cell) -> str | None:
    """Give the IRI of a node, or the IRIs of several with spaces between them.

    Returns:
        The IRI; None for what is no node.

    Example:
        >>> iri((Named("a", "urn:a"), Named("b", "urn:b"))), iri("text")
        ('urn:a urn:b', None)
    """
    if isinstance(cell, ox.NamedNode):
        return cell.value
    if isinstance(cell, Named | Node):
        return cell.iri
    if isinstance(cell, tuple):
        return " ".join(filter(None, map(iri, cell))) or None
    return None


def few(cell: Cell) -> Cell:
    """Cut several things in one cell to the first, and the count of the rest.

    Example:
        >>> few(tuple("abcdefgh"))
        ('a', 'b', 'c', 'd', 'e', 'and 3 more')
    """
    if not isinstance(cell, tuple) or len(cell) <= _FEW:
        return cell
    return (*cell[:_FEW], f"and {len(cell) - _FEW:,} more")


def columns_of_nodes(
    columns: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> frozenset[str]:
    """Find the columns in which a node stands.

    Returns:
        The names of those columns.
    """
    return frozenset(
        name
        for place, name in enumerate(columns)
        if any(isinstance(row[place], ox.NamedNode) for row in rows)
    )
