"""Errors of endpoints: what went wrong between here and a server, in one line each."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator
from itertools import islice
from typing import Final

import httpx

from ...errors import EndpointError
from ...text.places import Place

#: In bytes: as much of an answer is looked at for what the server says is wrong.
HEAD: Final = 65_536
_LONG: Final = 240
_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
#: The hint where something answers that is none.
NO_ENDPOINT: Final = "check that this is the URL of a SPARQL endpoint"
_HINTS: Final = {
    401: "set PASSEX_USER and PASSEX_PASSWORD, or PASSEX_TOKEN, or name the host in ~/.netrc",
    403: "use an account that may do this: PASSEX_USER and PASSEX_PASSWORD, or PASSEX_TOKEN",
    **dict.fromkeys((404, 405), NO_ENDPOINT),
    413: "the server takes no request of that size; raise its limit",
    **dict.fromkeys((429, 502, 503), "try again later"),
    504: "try again later, or raise the server's time limit",
}


def failure(where: str, message: str, hint: str, kind: str = "") -> EndpointError:
    """Make the error of a server; its place is the URL, which is given without secrets."""
    return EndpointError(message, hint, Place(where), kind)


def connection(where: str, error: Exception, seconds: float) -> EndpointError:
    """Make an error of what kept an answer away.

    Args:
        where: The URL, without secrets.
        error: What httpx raised; errors of TLS and DNS are its causes.
        seconds: The timeout.

    Example:
        >>> print(connection("http://a/", httpx.ReadTimeout("x"), 5))
        http://a/: nothing came for 5 s; set PASSEX_TIMEOUT to more seconds, or try again later
    """
    for cause in islice(_causes(error), 9):
        if (told := _told(cause, seconds)) is not None:
            return failure(where, *told)
    return failure(where, f"no answer ({_plain(error)})", "check the URL and the server")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _told(error: BaseException, seconds: float) -> tuple[str, str] | None:
    """Give message and hint for a cause that is known."""
    match error:
        case httpx.ConnectTimeout():
            return f"no connection within {min(seconds, 10):g} s", "check host and port"
        case httpx.TimeoutException():
            hint = "set PASSEX_TIMEOUT to more seconds, or try again later"
            return f"nothing came for {seconds:g} s", hint
        case httpx.DecodingError():
            return f"the answer is compressed and damaged ({_plain(error)})", "try again"
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return f"the answer broke off ({_plain(error)})", "try again"
        case ssl.SSLCertVerificationError():
            hint = "set SSL_CERT_FILE to the certificate of its authority"
            return f"the certificate is not trusted ({error.verify_message})", hint
        case ssl.SSLError():
            hint = "check whether the URL begins with http: or https:"
            return f"no TLS connection ({error.reason or _plain(error)})", hint
        case ConnectionRefusedError():
            return "connection refused", "check that the server is running"
        case socket.gaierror():
            return "no such host", "check the URL"
    return None


def status(where: str, response: httpx.Response, body: bytes, known: bool) -> EndpointError:
    """Make an error of what a server answers instead of doing what it was asked for.

    Args:
        where: The URL, without secrets.
        body: The beginning of the answer's body.
        known: Whether credentials went with the request.

    Returns:
        The error; its kind is the HTTP status, such as ``404``.
    """
    code = response.status_code
    hint = _HINTS.get(code, "")
    if code == 401 and known:
        hint = "the credentials that were sent are not the right ones"
    message = ": ".join(
        filter(None, (f"{code} {response.reason_phrase}".strip(), first_words(body)))
    )
    return failure(where, message, hint, str(code))


def first_words(body: bytes) -> str:
    r"""Find what a server says: the first line of a text, or the words of a page.

    Example:
        >>> first_words(b"<html><title>No</title><body><h1>Log  in</h1></body></html>")
        'No Log in'
        >>> first_words(b"Virtuoso 37000 Error\n\nSPARQL query: ...")
        'Virtuoso 37000 Error'
    """
    text = body.decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        import html

        words = html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", text))).split()
    else:
        words = next((line for line in text.splitlines() if line.strip()), "").split()
    line = printable(" ".join(words))
    return line if len(line) <= _LONG else line[: _LONG - 1] + "…"


def printable(text: str) -> str:
    r"""Write a text so that a terminal shows it and does nothing else.

    Example:
        >>> printable("busy\x1b[31m")
        'busy?[31m'
    """
    return "".join(c if c.isprintable() else "?" for c in text)


def _plain(error: BaseException) -> str:
    return " ".join(str(error).split())[:_LONG] or type(error).__name__
