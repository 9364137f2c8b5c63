"""The style sheet and the modules that the pages load: files of this package, as they are.

Starlette's own static files would be read from the disk for each request, in a thread, are never
compressed, and have tags of their times: here they are in memory, packed once, with tags of what
they hold.
"""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from importlib.resources import files
from typing import Final

from starlette.responses import Response

from .answering import Answers
from .errors import HTTPError
from .request import Request

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


def nothing(path: str) -> HTTPError:
    """Say that nothing has an address."""
    return HTTPError(404, f"nothing has the address {path[:200]}")


@lru_cache(maxsize=128)
def _response(name: str, status: int, gzip: bool) -> Response:
    file = _file(name)
    assert file is not None
    data, zipped, tag = file
    headers = {
        "content-type": _TYPES[name.rpartition(".")[2]],
        "etag": tag,
        "cache-control": "no-cache",
        "vary": "Accept-Encoding",
    }
    if status == 304:
        return Response(status_code=status, headers=headers)
    if gzip:
        return Response(zipped, status, {**headers, "content-encoding": "gzip"})
    return Response(data, status, headers)


async def endpoint(request: Request, answers: Answers) -> Response:
    """Answer a request for a file."""
    name = request.path_params["name"]
    file = _file(name)
    if file is None:
        raise nothing(request.scope["path"])
    there = request.has(file[2])
    return _response(name, 304 if there else 200, request.takes_gzip and not there)
