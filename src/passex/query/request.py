"""A query that is ready to be asked: checked, with its values, and cut to so many rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pyoxigraph as ox

from ..errors import QueryError
from . import binding, limits
from .dry_run import UnsupportedError, dry_run
from .errors import Remark, SparqlError
from .formats import Result
from .parser import parse
from .prefixes import needed, written
from .target import Target
from .tree import Tree

#: What makes a query deeper, and of how much of it the engine's stack has room in any case.
_NESTING: Final = {
    **dict.fromkeys((*"{([!|+-*/^,", "UNION", "OPTIONAL", "FILTER", "BIND", "MINUS"), 1),
    **dict.fromkeys(("||", "&&"), 2),
}
_MOST_NESTING: Final = 50_000


def check(query: Tree, name: str) -> None:
    """Make sure that a text is a query.

    Args:
        query: The text.
        name: What it is called in messages.

    Raises:
        SparqlError: It is not one.
    """
    _refuse_depth(query, name)
    try:
        dry_run(query.text, needed(query.words))
    except SyntaxError as error:
        raise _refusal(query, name, error) from None
    except UnsupportedError:
        pass  # a function that this engine does not know; who answers may know it
    if query.error:
        # The engine takes a keyword that ends in a name, such as PREFIXex:; SPARQL does not.
        raise _refusal(query, name)


def _refusal(query: Tree, name: str, error: SyntaxError | None = None) -> SparqlError:
    from .syntax import refusal  # of use to few queries

    return refusal(query, name, error)


def _refuse_depth(query: Tree, name: str) -> None:
    """Refuse what would fill the engine's stack, which ends the process without a word."""
    number = 0
    for word in query.words if len(query.text) > _MOST_NESTING else ():
        number += _NESTING.get(word.text.upper(), 0)
        if number > _MOST_NESTING:
            raise Remark(
                *(word.start, word.end),
                f"more than {_MOST_NESTING} groups and operators",
                "give lists of values with VALUES, or ask several queries",
                "depth",
            ).located(name, query.text)


@dataclass(frozen=True)
class Request:
    """A query that is put to somebody.

    Attributes:
        target: Who answers.
        query: The query, with its values.
        limit: How many solutions of it are wanted; None for all.
    """

    target: Target
    query: Tree
    limit: int | None = None

    @cached_property
    def cuts(self) -> bool:
        """Whether the limit is below the one that the query has itself."""
        own = limits.own(self.query, "Limit", -1)
        return self.limit is not None and not 0 <= own <= self.limit

    @cached_property
    def text(self) -> str:
        """The query that is run."""
        if self.query.form != "SELECT" or self.limit is None or not self.cuts:
            return self.query.text
        return limits.limited(self.query, self.limit)

    @property
    def shown(self) -> str:
        """The query that is run, to be run anywhere."""
        return written(self.text, self.query.words)

    @contextmanager
    def run(self, text: str | None = None) -> Iterator[Result]:
        """Put the query.

        Args:
            text: A query made of this one; the query itself if there is none.

        Yields:
            What is found, to be read within the context: it goes on being found meanwhile.

        Raises:
            QueryError: The values do not fit into the query.
            EndpointError: A server does not answer, or not with all of it; also at the end.
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

    def with_claims(self) -> str:
        """Write the query with the claims behind its rows, to be run anywhere.

        Raises:
            QueryError: It cannot have them, as `evidence.with_claims` says.
        """
        from .evidence import with_claims

        with self.run(limits.limited(self.query, 0)) as found:
            assert isinstance(found, ox.QuerySolutions)
            columns = [variable.value for variable in found.variables]
        return with_claims(parse(self.shown), columns)

    def more(self) -> bool:
        """Say whether a SELECT has solutions beyond the limit."""
        if self.limit is None or not self.cuts:
            return False
        with self.run(limits.limited(self.query, 1, self.limit)) as found:
            assert isinstance(found, ox.QuerySolutions)
            return next(found, None) is not None


def request(
    target: Target, query: Tree, bindings: Sequence[str] = (), limit: int | None = None
) -> tuple[Request, dict[str, binding.Value]]:
    """Make a request of a query.

    Args:
        target: Who answers.
        query: The query, which `check` has let pass.
        bindings: What variables are given, as `binding.read` takes it.
        limit: How many solutions are wanted; None for all.

    Returns:
        The request, and the terms that its variables are given.

    Raises:
        QueryError: A binding that is none.
        UnknownNameError: A name that nothing has.
        AmbiguousNameError: A name that several nodes have.
    """
    values = binding.read(target.resolve, query, bindings)
    bound = parse(binding.bind(query, values)) if values else query
    return Request(target, bound, limit), values
