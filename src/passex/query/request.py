"""Requests: queries that are read, checked, given their values, cut to so many rows, and put."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from ..errors import InputError, QueryError
from ..graph.store import Term
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from . import binding, variants
from .formats import Result
from .parser import parse
from .prefixes import needed, written
from .probing import UnsupportedError, dry_run
from .size import too_large
from .target import Target
from .tree import Tree

#: What the text of an argument is called in messages.
ARGUMENT: Final = "query"
_ENDINGS: Final = (".rq", ".sparql")


def read(given: str, standard: Callable[[], BinaryIO]) -> tuple[str, str]:
    """Read a query: it is given itself, by the path of its file, or on standard input (``-``).

    Args:
        given: What is given.
        standard: Gives standard input, where that is asked for.

    Returns:
        The query, and what it is called in messages.

    Raises:
        InputError: A file that is not there or cannot be read, or something that is not UTF-8.

    Example:
        >>> import io
        >>> read("-", lambda: io.BytesIO(b"ASK {}"))
        ('ASK {}', 'standard input')
    """
    streamed = given == "-"
    if not streamed and not _names_file(given):
        return given, ARGUMENT
    name = "standard input" if streamed else given
    try:
        return _decoded(standard().read() if streamed else Path(given).read_bytes(), name), name
    except FileNotFoundError:
        raise InputError("no such file", _near(given), Place(given)) from None
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        hint = "pipe a query into it" if streamed else "check the path"
        raise InputError(message, hint, Place(name)) from error


def _names_file(given: str) -> bool:
    if re.search(r"[{}\s\0]", given) is None and given:
        # Without a brace or a space, it is no query, whatever else it may be.
        return True
    return "{" not in given and (given.endswith(_ENDINGS) or os.path.lexists(given))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise InputError(message, "save it as UTF-8", Place(name)) from error


def _near(given: str) -> str:
    folder = os.path.dirname(given)
    try:
        names = [name for name in os.listdir(folder or ".") if name.endswith(_ENDINGS)]
    except OSError:
        return "check the path"
    near = nearest(os.path.basename(given), names, most=1)
    hint = did_you_mean(os.path.join(folder, name) for name in near)
    return hint or "give a file, '-', or a query such as 'SELECT * { ?s a nr:Exercise }'"


def check(query: Tree, name: str) -> None:
    """Make sure that a text is a query; in messages it has a name.

    Raises:
        SparqlError: It is not one.
    """
    if large := too_large(query):
        raise large.located(name, query.text)
    wrong = None
    try:
        dry_run(query.text, needed(query.words))
    except SyntaxError as error:
        wrong = error
    except UnsupportedError:
        pass  # a function that this engine does not know; who answers may know it
    # The engine takes a keyword that ends in a name, such as PREFIXex:; SPARQL does not.
    if wrong or query.error:
        from .syntax import refusal  # of use to few queries

        raise refusal(query, name, wrong)


@dataclass(frozen=True)
class Request:
    """A query that is put to somebody.

    Attributes:
        query: It with its values.
        limit: How many solutions of it are wanted; None for all.
    """

    target: Target
    query: Tree
    limit: int | None = None

    @cached_property
    def cuts(self) -> bool:
        """Whether it is a SELECT, and the limit is below the one that it has itself."""
        if self.query.form != "SELECT" or self.limit is None:
            return False
        return not 0 <= variants.own(self.query, "Limit", -1) <= self.limit

    @cached_property
    def text(self) -> str:
        """The query that is run."""
        if self.limit is None or not self.cuts:
            return self.query.text
        return variants.limited(self.query, self.limit)

    @property
    def shown(self) -> str:
        """The query that is run, to be run anywhere."""
        return written(self.text, self.query.words)

    @contextmanager
    def run(self, text: str | None = None) -> Iterator[Result]:
        """Put the query, or one that is made of it, as `Target.ask` does.

        Raises:
            QueryError: The values do not fit into the query.
        """
        try:
            with self.target.ask(self.text if text is None else text) as found:
                yield found
        except SyntaxError as error:
            # The query itself was right.
            raise QueryError(
                f"the values do not fit into the query ({str(error).splitlines()[0][:80]})",
                "'--show' prints the query with them",
            ) from error

    def solutions(self) -> tuple[list[str], list[tuple[Term | None, ...]]]:
        """Give the columns and rows of a SELECT."""
        with self.run() as found:
            assert isinstance(found, ox.QuerySolutions)
            return [variable.value for variable in found.variables], [tuple(row) for row in found]

    def with_claims(self, chosen: Sequence[tuple[Mapping[str, variants.Value], str]] = ()) -> str:
        """Write the query with the claims behind its rows, to be run anywhere.

        Args:
            chosen: Which claims these are, as `variants.with_claims` takes them.

        Raises:
            QueryError: It cannot have them, as `variants.with_claims` says.
        """
        with self.run(variants.limited(self.query, 0)) as found:
            assert isinstance(found, ox.QuerySolutions)
            columns = [variable.value for variable in found.variables]
        return variants.with_claims(parse(self.shown), columns, chosen)

    def more(self) -> bool:
        """Say whether a query has solutions beyond the limit, which only a SELECT can have."""
        if self.limit is None or not self.cuts:
            return False
        with self.run(variants.limited(self.query, 1, self.limit)) as found:
            assert isinstance(found, ox.QuerySolutions)
            return next(found, None) is not None


def request(
    target: Target, query: Tree, bindings: Sequence[str] = (), limit: int | None = None
) -> tuple[Request, dict[str, variants.Value]]:
    """Make a request of a query that `check` has let pass, as `binding.read` reads its bindings.

    Returns:
        The request, and the terms that its variables are given.
    """
    values = binding.read(target.resolve, query, bindings)
    bound = parse(variants.bind(query, values)) if values else query
    return Request(target, bound, limit), values
