"""Rows under named columns: what every answer becomes before it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, Union

import pyoxigraph as ox

from .names import Node
from .store import Term
from .wording import say


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

    def to_pandas(self) -> Any:
        """Give the rows as a pandas.DataFrame; see `notebooks.to_pandas`."""
        from . import notebooks

        return notebooks.to_pandas(self.table())

    def _repr_html_(self) -> str:
        # What a notebook shows.
        from . import notebooks

        return notebooks.html(self.table())


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
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nodes: frozenset[str] = frozenset()
    caption: str = ""
    notes: tuple[str, ...] = ()
    empty: str = "No rows."
    labels: Mapping[str, str] = field(default_factory=dict)

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


def iri(cell: Cell) -> str | None:
    """Give the IRI of a node, or the IRIs of several with spaces between them.

    Args:
        cell: Any cell.

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


def columns_of_nodes(
    columns: Sequence[str], rows: Sequence[Sequence[Term | None]]
) -> frozenset[str]:
    """Find the columns in which a node stands.

    Args:
        columns: The names of the columns.
        rows: The rows.

    Returns:
        The names of those columns.
    """
    return frozenset(
        name
        for place, name in enumerate(columns)
        if any(isinstance(row[place], ox.NamedNode) for row in rows)
    )
