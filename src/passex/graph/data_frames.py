"""Rows as values of Python, and as a data frame of pandas."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph as ox

from ..errors import PassexError
from .terms import XSD

if TYPE_CHECKING:
    import pandas

#: Datatypes that are derived from xsd:integer.
_WHOLE: Final = (
    *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *("nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)


def _boolean(text: str) -> bool:
    if text not in ("true", "false", "1", "0"):
        raise ValueError
    return text in ("true", "1")


def _instant(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))


#: What reads a literal, by its datatype; what is not of it raises ValueError.
_READ: Final[Mapping[str, Callable[[str], object]]] = {
    XSD.iri + name: read
    for names, read in (
        (_WHOLE, int),
        (("decimal", "double", "float"), float),
        (("boolean",), _boolean),
        (("date",), datetime.date.fromisoformat),
        (("dateTime", "dateTimeStamp"), _instant),
    )
    for name in names
}
#: What a column is called in pandas whose values are of one type: without and with missing ones.
_TYPES: Final[Mapping[type, tuple[str, str]]] = {
    int: ("int64", "Int64"),
    float: ("float64", "float64"),
    bool: ("bool", "boolean"),
}


def python_value(cell: object, label: Callable[[Any], str]) -> object:
    """Give a cell as a value of Python.

    Args:
        cell: What `passex.graph.rows.Cell` is.
        label: What writes all that is no number, truth value or date.

    Returns:
        An int, float, bool, date or datetime; several values as a tuple, None for nothing, and a
        text for all else, also for a literal that isn't of its datatype.

    Example:
        >>> python_value(ox.Literal("2018-08-21", datatype=ox.NamedNode(XSD.date)), str)
        datetime.date(2018, 8, 21)
    """
    if isinstance(cell, tuple):
        return tuple(python_value(part, label) for part in cell)
    if isinstance(cell, ox.Literal):
        read = _READ.get(cell.datatype.value)
        try:
            if read is not None:
                return read(cell.value)
        except ValueError:
            pass  # an ill-typed literal is given as it stands
    return cell if cell is None or isinstance(cell, int | float) else label(cell)


def frame(names: Sequence[str], rows: Iterable[Iterable[object]]) -> pandas.DataFrame:
    """Make a data frame, as `passex.graph.rows.Tabular.to_pandas` describes it.

    Args:
        names: The names of the columns.
        rows: The values of each row.

    Raises:
        PassexError: pandas is not installed.
    """
    try:
        import pandas
    except ModuleNotFoundError:
        raise PassexError("no data frame without pandas", "pip install pandas") from None
    columns: Sequence[Sequence[object]] = list(zip(*rows, strict=True)) or [()] * len(names)
    made = [pandas.Series(_typed(pandas, column)) for column in columns]
    # By place: two columns may have one name.
    whole = pandas.DataFrame(dict(enumerate(made)))
    whole.columns = pandas.Index(names)
    return whole


def _typed(pandas: Any, values: Iterable[object]) -> Any:
    """Give a column the type of its values, where they have one that holds all of them."""
    column = list(values)
    kinds = {type(value) for value in column if value is not None}
    if kinds == {int, float}:
        kinds = {float}
    try:
        if kinds in ({datetime.date}, {datetime.datetime}):
            return _times(pandas, column)
        types = _TYPES.get(next(iter(kinds))) if len(kinds) == 1 else None
        if types:
            return pandas.Series(column, dtype=types[None in column])
    except (ValueError, OverflowError):
        pass  # too large for the type, or with a time zone here and without one there
    return pandas.Series(column, dtype=object)


def _times(pandas: Any, column: Sequence[Any]) -> Any:
    """Give days and instants in microseconds, for which nanoseconds have too few years."""
    zones = {value.tzinfo for value in column if isinstance(value, datetime.datetime)}
    if len(zones) > 1 and None in zones:
        raise ValueError
    # Instants of several zones are those of one: of UTC.
    zone = datetime.timezone.utc if len(zones) > 1 else next(iter(zones), None)
    if zone is not None:
        return pandas.Series(column, dtype=pandas.DatetimeTZDtype("us", zone))
    return pandas.Series(column, dtype="datetime64[us]")
