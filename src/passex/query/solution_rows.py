"""A row of a SELECT query, and what is at a place or under a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from ..errors import ColumnError, QueryError, RowError
from ..graph.store import Term
from ..text.nearest import did_you_mean, nearest
from ..text.wording import say

Item = TypeVar("Item")


class Solution:
    """A row: the terms of a solution by place or by the name of a variable.

    What stands there depends on the query, and is typed as Any: a NamedNode, BlankNode, Literal or
    Triple of pyoxigraph, or None.

    Attributes:
        columns: The names of the variables.

    Example:
        >>> import pyoxigraph as ox
        >>> row = Solution(("n",), (ox.Literal("a"),))
        >>> row["n"].value, row[0].value, len(row)
        ('a', 'a', 1)
    """

    __slots__ = ("_terms", "columns")

    def __init__(self, columns: tuple[str, ...], terms: tuple[Term | None, ...]) -> None:
        self.columns = columns
        self._terms = terms

    def __getitem__(self, key: int | str) -> Any:
        """Give the term of a variable.

        Raises:
            ColumnError: The query has no such variable; the error names what comes near.
            RowError: There are not so many.
        """
        place = key if isinstance(key, int) else place_of(key, self.columns)
        return item_at(self._terms, place, "variable")

    def __iter__(self) -> Iterator[Any]:
        return iter(self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Solution):
            return NotImplemented
        return (self.columns, self._terms) == (other.columns, other._terms)

    def __hash__(self) -> int:
        return hash((self.columns, self._terms))

    def __repr__(self) -> str:
        pairs = zip(self.columns, self._terms, strict=True)
        return f"<Solution {', '.join(f'{name}={term}' for name, term in pairs)}>"


def place_of(name: object, columns: Sequence[str]) -> int:
    """Find a column by its name, with or without the question mark.

    Raises:
        ColumnError: There is none of that name; the error names what comes near.
    """
    wanted = name.lstrip("?$") if isinstance(name, str) else name
    if wanted in columns:
        return columns.index(str(wanted))
    near = nearest(str(wanted), columns)
    hint = did_you_mean(near) or f"there are {', '.join(columns) or 'none at all'}"
    error = ColumnError(f"'{wanted}': no column has that name", hint, kind="column")
    error.name, error.near = str(wanted), tuple(near)
    raise error


def item_at(items: Sequence[Item], place: object, what: str) -> Item:
    """Give what stands at a place, also counted from the end.

    Args:
        what: What the items are called, in the singular.

    Raises:
        RowError: There are not so many.
        QueryError: What is given is no place.
    """
    if not isinstance(place, int):
        columns = f" or use column({place!r})" if isinstance(place, str) else ""
        raise QueryError(f"{place!r} is no place", f"give a whole number{columns}")
    if not -len(items) <= place < len(items):
        raise RowError(f"no {what} {place}", f"there {_are(len(items), what)}, counted from 0")
    return items[place]


def _are(number: int, what: str) -> str:
    return f"{'is' if number == 1 else 'are'} {say(number, what)}"
