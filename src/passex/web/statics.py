"""The style sheet and the modules that the pages load: files of this package, as they are."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from importlib.resources import files
from typing import Final

from .errors import Refused
from .exchange import Exchange
from .negotiation import takes_gzip

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
#: What the page that `passex export html` writes has, too.
_PAGE: Final = "passex.exports.page"
_SHARED: Final = frozenset({"dom.js"})


@lru_cache(maxsize=64)
def _file(name: str) -> tuple[bytes, bytes, str] | None:
    """Read a file: as it is, compressed, and the tag of its content."""
    if "/" in name or name.rpartition(".")[2] not in _TYPES:
        return None
    path = files(_PAGE) / name if name in _SHARED else files(__package__) / "static" / name
    if not path.is_file():
        return None
    data = path.read_bytes()
    tag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
    zipped = zlib.compressobj(9, zlib.DEFLATED, 31)
    return data, zipped.compress(data) + zipped.flush(), tag


async def send(exchange: Exchange, name: str) -> None:
    """Send a file.

    Args:
        exchange: The request.
        name: The name of the file.

    Raises:
        Refused: There is no such file.
    """
    found = _file(name)
    if found is None:
        raise Refused(404, f"nothing has the address {exchange.path[:200]}")
    data, zipped, tag = found
    headers = [
        ("content-type", _TYPES[name.rpartition(".")[2]]),
        ("etag", tag),
        ("cache-control", "no-cache"),
        ("vary", "Accept-Encoding"),
    ]
    if exchange.has(tag):
        await exchange.reply(304, headers, b"")
        return
    if takes_gzip(exchange.header(b"accept-encoding")):
        headers.append(("content-encoding", "gzip"))
        data = zipped
    await exchange.reply(200, headers, data)
