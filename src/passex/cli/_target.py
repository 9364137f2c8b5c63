"""Who answers a query: a graph from files, or a server."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from . import _endpoint
from ._common import open_files

if TYPE_CHECKING:
    from ..query.target import Target


def target(data: Sequence[str], no_cache: bool, timeout: float | None) -> Target:
    """Say who answers: a graph from files or, without loading anything, a server."""
    url = _endpoint.server_of(data)
    if url is None:
        from ..query.target import Local

        return Local(open_files(data, no_cache))
    from ..query.endpoint import Endpoint
    from ..query.remote.client import SECONDS, Client

    # Who gives a query more time than there is patience without it means both.
    patience = max(SECONDS, 2 * timeout) if timeout and "PASSEX_TIMEOUT" not in os.environ else None
    return Endpoint(click.get_current_context().with_resource(Client(url, patience)))
