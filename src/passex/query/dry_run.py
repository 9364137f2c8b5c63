"""Dry runs: queries that the engine parses and does not run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import pyoxigraph as ox

from ..errors import QueryError

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class UnsupportedError(QueryError):
    """A query that can be parsed, and that the engine cannot run."""


def dry_run(text: str, prefixes: Mapping[str, str] | None = None) -> None:
    """Have the engine parse a query and not run it: no row is looked for, and no server is called.

    Raises:
        SyntaxError: It is not SPARQL.
        UnsupportedError: It calls a function that the engine does not know.

    Example:
        >>> dry_run("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")
    """
    # A value for a variable that the query does not have is refused once the query is parsed and
    # planned, and before any part of it runs. ASK and much of SELECT would run at once.
    name = "unasked"
    while name in text:
        name += "_"
    values: dict[ox.Variable, Term] = {ox.Variable(name): ox.NamedNode("urn:none")}
    known = None if prefixes is None else dict(prefixes)
    try:
        ox.Store().query(text, prefixes=known, substitutions=values)
    except RuntimeError as error:
        if f"?{name} " in str(error):
            return
        said = str(error).splitlines()[0]
        raise UnsupportedError(said[:1].lower() + said[1:], kind="function") from None
    raise AssertionError("the engine ran a query that was only to be parsed")
