"""Values that a person gives in Python, read to what the rooms below take."""

from __future__ import annotations

import datetime
import os
import re
import reprlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypedDict

import pyoxigraph as ox

from ..errors import QueryError
from ..graph import names
from ..graph.dataset import FORMATS, check_format
from ..network.policy import DEFAULT, Policy
from ..text.nearest import did_you_mean, nearest

if TYPE_CHECKING:
    from ..exports.build import Choice

#: What a variable of a query can be: a node, or what Python has for a literal.
Value: TypeAlias = "names.Name | ox.Literal | int | float | Decimal | datetime.date"

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def text(value: object, what: str, hint: str) -> str:
    """Give a text; refuse what is none.

    Raises:
        QueryError: It is no text.
    """
    if not isinstance(value, str):
        raise QueryError(f"{reprlib.repr(value)} is not {what}", hint)
    if _SURROGATE.search(value):
        raise QueryError("half a character in the text (a surrogate)", "correct it there")
    return value


def path(value: object) -> Path:
    """Give a path; refuse what is none.

    Raises:
        QueryError: It is neither a text nor a path.
    """
    try:
        if isinstance(value, str | os.PathLike) and b"\0" not in os.fsencode(value):
            return Path(os.fsdecode(value))
    except UnicodeEncodeError:
        pass  # half of a character, which no file has in its name
    raise QueryError(f"{reprlib.repr(value)} is no path", "give a file")


def policy(value: object) -> Policy:
    """Give a policy, the one that holds by default for None; refuse what is none.

    Raises:
        QueryError: It is no policy.
    """
    if value is None:
        return DEFAULT
    if not isinstance(value, Policy):
        raise QueryError(f"{reprlib.repr(value)} is no policy", "give a passex.Policy")
    return value


def form(value: object) -> str | None:
    """Give the name of a format, or None; refuse what is neither.

    Raises:
        QueryError: There is no such format.
    """
    if value is None:
        return None
    named = text(value, "the name of a format", f"give one of {', '.join(FORMATS)}")
    check_format(named)
    return named


class Chosen(TypedDict, total=False):
    """What is exported, by the attributes of `passex.exports.build.Choice`."""

    what: str
    policy: Policy
    measure: str
    weight: str
    around: names.Name | Iterable[names.Name]
    hops: int
    derived: bool


def choice(of: str, chosen: Chosen) -> Choice:
    """Choose what is exported in a format that is made `of` something.

    Raises:
        QueryError: An attribute does not exist, or has a value that it cannot have.
    """
    from ..exports.build import WHAT, Choice

    known = tuple(Chosen.__annotations__)
    for name in chosen:
        if name not in known:
            hint = did_you_mean(nearest(name, known)) or f"there are {', '.join(known)}"
            raise QueryError(f"'{name}' is nothing that an export looks at", hint)
    attributes: dict[str, Any] = {"what": "graph" if of == "quotes" else "network", **chosen}
    if "around" in chosen:
        around: Any = chosen["around"]
        single = isinstance(around, str) or not isinstance(around, Iterable)
        attributes["around"] = tuple(map(names.spelled, (around,) if single else around))
        attributes["what"] = chosen.get("what", "graph")
    if "hops" in chosen:
        number(chosen["hops"], "number of steps", 0)
    if "policy" in chosen:
        attributes["policy"] = policy(chosen["policy"])
    text(attributes["what"], "what is exported", f"use one of {', '.join(WHAT)}")
    return Choice(**attributes)


def one_of(value: object, allowed: Sequence[str], what: str) -> str:
    """Give one of some texts; refuse every other value.

    Raises:
        QueryError: It is none of them; the error names what comes near.
    """
    if isinstance(value, str) and value in allowed:
        return value
    near = nearest(value, allowed) if isinstance(value, str) else []
    hint = did_you_mean(near) or f"use one of {', '.join(allowed)}"
    raise QueryError(f"{reprlib.repr(value)} is no {what}", hint)


def number(value: object, what: str, least: int) -> int:
    """Give a whole number of at least so many; refuse what is none.

    Raises:
        QueryError: It is none.
    """
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise QueryError(f"{reprlib.repr(value)} is no {what}", f"give {least} or more")
    return value


def seconds(value: object) -> float:
    """Give a time in seconds; refuse what is none.

    Raises:
        QueryError: It is no number above 0.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise QueryError(f"{reprlib.repr(value)} is no time", "give a number of seconds")
    # No wait of the system's is longer.
    return float(min(value, 1e6))


def bindings(values: Mapping[str, Value]) -> tuple[str, ...]:
    """Write the values of variables as a person types them, for `passex.query.binding.read`.

    Raises:
        QueryError: Something is neither a node nor a literal.

    Example:
        >>> bindings({"n": 3, "day": datetime.date(2018, 8, 21), "actor": "Japan"})
        ('n=3', 'day=2018-08-21', 'actor=Japan')
    """
    if not isinstance(values, Mapping):
        raise QueryError(f"{reprlib.repr(values)} binds no variable", "give a dictionary")
    return tuple(f"{name}={_typed(value)}" for name, value in values.items())


def word(value: Value) -> str:
    """Write a value of a named question's parameter as a person types it.

    Raises:
        QueryError: It is neither a node nor a literal.

    Example:
        >>> word(2018), word(ox.Literal("Japan", language="en"))
        ('2018', 'Japan')
    """
    return value.value if isinstance(value, ox.Literal) else _typed(value)


def _typed(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, ox.Literal):
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return f'"{str(value).upper().replace("NAN", "NaN")}"^^xsd:double'
    if isinstance(value, int | float | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) and value.is_finite() else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str) and callable(getattr(value, "n3", None)):
        # A term of rdflib.
        term: Any = value
        return str(term.n3()) if hasattr(term, "datatype") else f"<{term}>"
    return names.spelled(value)
