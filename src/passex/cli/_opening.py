"""Opening of the graph that the options of a command name: files, or a server."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from ..errors import QueryError
from ._options import AS_OF, ENDPOINT, INPUT_FORMAT
from ._stderr import complain, patience, progress

if TYPE_CHECKING:
    from ..graph.store import Store
    from ..query.target import Target

#: Where the context of a command has as of which day the graph is, once it is open.
CUT: Final = f"{__name__}.cut"


def refuse_mixing(mixed: bool | None) -> None:
    """Refuse `mixing_option` for a server: what it holds is its own."""
    if mixed is not None:
        option = "--with-ontology" if mixed else "--facts-only"
        raise QueryError(f"{option} is for files, and a server answers", "leave it out")


def texts_of(store: Store, folder: str | None) -> Mapping[str, str] | None:
    """Read the articles' texts from a folder, if there is one; complain where it has none."""
    if folder is None:
        return None
    from ..evidence.texts import at_hand

    return at_hand(store, folder, complain)


def endpoint_of(ctx: click.Context) -> str | None:
    """Give the value of ``--endpoint``, or of PASSEX_ENDPOINT; None without either."""
    url, _ = ctx.meta[ENDPOINT]
    return None if url is None else str(url)


def server_of(data: Sequence[str]) -> str | None:
    """Give the URL of the server that holds the graph; None where it comes from files.

    Args:
        data: The values of ``--data``; with them, the environment's server does not count.

    Raises:
        QueryError: Both are named, or a day, as of which a server gives nothing.
    """
    meta = click.get_current_context().meta
    url, typed = meta[ENDPOINT]
    if url is None or (data and not typed):
        return None
    if data:
        raise QueryError("both --data and --endpoint say where the graph is", "give one of them")
    if meta[AS_OF] is not None:
        raise QueryError(
            "--as-of is for files, and the graph of a server stays as it is",
            "give the files with --data, or start the server with --as-of",
        )
    return str(url)


def open_graph(
    data: Sequence[str], no_cache: bool, plain: bool = False, mixed: bool | None = None
) -> Store:
    """Load a graph and derive its relations, or take both from the cache or an endpoint.

    Args:
        data: The values of ``--data``.
        plain: As of `open_files`, as is ``mixed``.

    Raises:
        PassexError: The graph cannot be loaded.
    """
    url = server_of(data)
    if url is None:
        return open_files(data, no_cache, plain, mixed)
    refuse_mixing(mixed)
    from ..query.remote import opening

    with progress("{} triples read") as tell:
        return _noted(opening.open_store(url, not no_cache, complain, progress=tell))


def open_files(
    data: Sequence[str], no_cache: bool, plain: bool = False, mixed: bool | None = None
) -> Store:
    """Load a graph from files, as `open_graph` does without an endpoint.

    Args:
        plain: Whether files with nothing of our ontology are taken as they are.
        mixed: The value of ``--facts-only/--with-ontology``, turned round.
    """
    from ..graph.opening import open_store

    meta = click.get_current_context().meta
    form, day = meta[INPUT_FORMAT], meta[AS_OF]
    with patience("reading the graph") as tell:
        return _noted(
            open_store(
                *(data, not no_cache, complain, form, plain, day, tell, mixed), keep=_keep_columns
            )
        )


def _keep_columns(store: Store) -> None:
    if store.key:
        from ..network import columns  # of use to large graphs alone

        columns.keep(store)


def _noted(store: Store) -> Store:
    """Remember as of which day a graph is, for the answers from it."""
    from ..graph import as_of

    click.get_current_context().meta[CUT] = as_of.read(store.engine)
    return store


def complain_of_day() -> None:
    """Say on standard error, once, as of which day the graph is: the answer has no place for it."""
    cut = click.get_current_context().meta.pop(CUT, None)
    if cut is not None:
        complain(cut.note)


def open_target(
    data: Sequence[str], no_cache: bool, timeout: float | None, mixed: bool | None = None
) -> Target:
    """Find who answers a query: a graph from files or, without loading anything, a server.

    Args:
        timeout: The value of ``--timeout``.
        mixed: As of `open_files`.

    Raises:
        QueryError: A server is to leave out or mix in the ontology.
    """
    url = server_of(data)
    if url is None:
        from ..query.target import Local

        store = open_files(data, no_cache, True, mixed)
        complain_of_day()
        for note in store.changed():
            complain(note)
        return Local(store)
    refuse_mixing(mixed)
    from ..query.endpoint import Endpoint
    from ..query.remote.client import SECONDS, Client

    # Who gives a query more time than there is patience without it means both.
    patience = max(SECONDS, 2 * timeout) if timeout and "PASSEX_TIMEOUT" not in os.environ else None
    return Endpoint(click.get_current_context().with_resource(Client(url, patience)))
