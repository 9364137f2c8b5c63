"""SPARQL from Python: what ``passex query`` does, with values, limits, time and evidence."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, NamedTuple

from ..errors import QueryError, QueryWarning
from ..query import request, variants
from ..query.parser import parse
from ..query.prefixes import naming
from ..query.solutions import Head, Result, answer, result
from ..query.target import Target
from . import given

_NAME: Final = request.ARGUMENT
#: What gives what, and the method for it.
_METHODS: Final = {
    "SELECT": "kg.select",
    "ASK": "kg.ask_query",
    "CONSTRUCT": "kg.construct",
    "DESCRIBE": "kg.construct",
}


class Asked(NamedTuple):
    """Who is asked, and how.

    Attributes:
        target: Opens the one who answers.
        called: Looks up the labels of nodes.
        server: The URL of the server that answers; None if none does.
        cached: Whether what is derived of a server's graph may be taken from the cache.
    """

    target: Callable[[], AbstractContextManager[Target]]
    called: Callable[[set[str]], Mapping[str, str]]
    server: str | None = None
    cached: bool = True


def ask(
    asked: Asked,
    sparql: str,
    bindings: Mapping[str, given.Value] | None = None,
    limit: int | None = None,
    timeout: float | None = None,
    why: bool = False,
    forms: tuple[str, ...] = (),
) -> Result:
    """Answer a query; a warning points at who called the method that calls this.

    Args:
        forms: What the query may be; anything without them. The other arguments are those of
            `KnowledgeGraph.query`, and so are the errors.
    """
    text = given.text(sparql, "a query", "give SPARQL")
    most = None if limit is None else given.number(limit, "limit", 0)
    seconds = None if timeout is None else given.seconds(timeout)
    values = given.bindings(bindings or {})

    def start() -> Iterator[Any]:
        query = parse(text)
        request.check(query, _NAME)
        if forms and query.form not in forms:
            raise QueryError(
                f"{query.form} is another query than this method answers",
                f"use {_METHODS[query.form]}",
            )
        if why and query.form != "SELECT":
            raise QueryError(f"no claims for {query.form}: it has no rows", "use why with SELECT")
        with asked.target() as target:
            ready, bound = request.request(target, query, values, most)
            remarks = target.warned(query, bound)
            odd = tuple(remark.located(_NAME, query.text) for remark in remarks)
            cut, more = most, None
            run: str | None = None
            if why:
                from ..evidence.proofs import Proofs

                proofs = Proofs(ready, bound, asked.server, asked.cached, warnings.warn)
                # A row of the query may be many of these, so that they cannot be counted.
                run, cut, more = proofs.query(), None, ready.more()
            elif most is not None and ready.cuts:
                run = variants.limited(ready.query, most + 1)
            elif query.form == "SELECT":
                cut = None
            with ready.run(run) as found:
                items = answer(found)
                try:
                    yield Head(next(items), odd, cut, more, naming(query.words))
                    yield from items
                finally:
                    # The engine's objects have to end in the thread in which they began.
                    del found, items

    found, remarks = result(start, asked.called, seconds)
    for remark in remarks:
        warnings.warn(QueryWarning(remark), stacklevel=3)
    return found
