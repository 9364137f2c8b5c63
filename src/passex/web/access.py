"""The access log: a JSON object a line."""

from __future__ import annotations

import json
import logging
import time
from typing import Final

#: Where the lines go; a server that is told to be quiet has no handler here.
logger: Final = logging.getLogger("passex.access")


def log(
    client: str | None,
    method: str | None,
    path: str | None,
    status: int,
    size: int,
    seconds: float,
    outcome: str,
) -> None:
    """Log a request.

    Args:
        client: The client's address.
        method: The HTTP method; None where the request did not get so far.
        path: The path without its parameters; None likewise.
        status: The status that was sent, or 0.
        size: How many bytes of a body were sent.
        seconds: How long it took.
        outcome: How it ended.
    """
    if not logger.isEnabledFor(logging.INFO):
        return
    entry = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "client": client,
        "method": method,
        "path": path,
        "status": status,
        "bytes": size,
        "ms": round(seconds * 1000, 3),
        "outcome": outcome,
    }
    # In ASCII: what a client sends does nothing to the terminal of who reads the log.
    logger.info(json.dumps(entry))
