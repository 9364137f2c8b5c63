"""What answers a question, before its nodes have labels; and what is read to compute it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pyoxigraph as ox

from ..graph.store import Store, Term, text
from ..graph.terms import WORKINGS


class Found(NamedTuple):
    """Rows that answer a question.

    Attributes:
        columns: Their names.
        rows: All of them, or the first where no more were wanted.
        number: How many there are.
    """

    columns: tuple[str, ...]
    rows: Sequence[tuple[Term | None, ...]]
    number: int


def pairs(store: Store, term: str, workings: bool = False) -> Iterator[tuple[str, str]]:
    """Read all that have a property, each with its value.

    Of a store on the disk, the engine gives two terms in less time than a quad of four.

    Args:
        term: The IRI of the property.
        workings: Whether it is one of the rules' intermediate results.

    Yields:
        The IRI of a node, and of its value.
    """
    pattern = f"?node <{term}> ?value"
    where = f"GRAPH <{WORKINGS}> {{ {pattern} }}" if workings else pattern
    return solved(store, f"SELECT ?node ?value {{ {where} }}")


def solved(store: Store, query: str) -> Iterator[tuple[str, str]]:
    """Read the solutions of a query for two variables, which are bound in all of them, as text."""
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return ((text(one[0]), text(one[1])) for one in solutions)
