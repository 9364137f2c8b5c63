"""Files on the Web, where somebody named their URL: what files name is never fetched."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, BinaryIO, Final

from ..errors import InputError
from ..text.places import Place

#: As a `Path` has it, which keeps one slash of the two.
_URL: Final = re.compile(r"(https?):/+(.+)", re.IGNORECASE | re.DOTALL)
_SECONDS: Final = 30
_BYTES: Final = 1 << 28
_CHUNK: Final = 1 << 16
#: The extensions by which the engine knows what a server may send.
_TYPES: Final = {
    "text/turtle": ".ttl",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/trig": ".trig",
    "application/rdf+xml": ".rdf",
    "application/ld+json": ".jsonld",
}


def url_of(path: str | Path) -> str:
    """Give the URL that a path is.

    Args:
        path: A path as it was given on the command line.

    Returns:
        The URL; empty where it is the path of a file.

    Example:
        >>> url_of(Path("https://example.org/sea.ttl")), url_of("sea.ttl")
        ('https://example.org/sea.ttl', '')
    """
    found = _URL.fullmatch(path.as_posix() if isinstance(path, Path) else path)
    return f"{found[1].lower()}://{found[2]}" if found else ""


def fetch(url: str, into: BinaryIO) -> str:
    """Fetch a file, of 256 MiB at most, within half a minute.

    Args:
        url: Where it is.
        into: Where it is written to.

    Returns:
        The extension of the format that the server names; empty where it names none.

    Raises:
        InputError: It cannot be fetched, or is larger.
    """
    import http.client
    import time
    import urllib.error
    import urllib.request

    place = Place(url)
    # The one that comes along would open files, too.
    opener = urllib.request.OpenerDirector()
    handlers: tuple[Any, ...] = (
        urllib.request.HTTPHandler,
        urllib.request.HTTPSHandler,
        urllib.request.HTTPRedirectHandler,
        urllib.request.HTTPErrorProcessor,
        urllib.request.HTTPDefaultErrorHandler,
        urllib.request.ProxyHandler,
    )
    for handler in handlers:
        opener.add_handler(handler())
    headers = {"Accept": ", ".join([*_TYPES, "*/*;q=0.1"]), "User-Agent": "passex"}
    end, size = time.monotonic() + _SECONDS, 0
    try:
        request = urllib.request.Request(url, headers=headers)
        with opener.open(request, timeout=_SECONDS) as answer:
            while part := answer.read1(_CHUNK):
                size += len(part)
                if size > _BYTES:
                    raise InputError("larger than 256 MiB", "fetch it yourself, to a file", place)
                if time.monotonic() > end:
                    raise TimeoutError
                into.write(part)
            return _TYPES.get(answer.headers.get_content_type(), "")
    except urllib.error.HTTPError as error:
        message = f"the server says {error.code} {error.reason}"
        raise InputError(message, "check the URL", place) from error
    except TimeoutError as error:
        message = f"took longer than {_SECONDS} seconds"
        raise InputError(message, "fetch it yourself, to a file", place) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise InputError(f"cannot be fetched ({reason})", "check the URL", place) from error
