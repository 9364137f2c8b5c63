"""What goes wrong between here and an endpoint, in one line each."""

from __future__ import annotations

import re
import ssl
from typing import Final

import httpx

from ...errors import EndpointError
from .unpacking import DamagedError

#: In bytes: as much of an answer is looked at for what the server says is wrong.
HEAD: Final = 65_536
_LONG: Final = 240
_UNSEEN: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^>]*>(.*?)</title\s*>", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]*>")
_HINTS: Final = {
    401: "set PASSEX_USER and PASSEX_PASSWORD, or PASSEX_TOKEN, or name the host in ~/.netrc",
    403: "use an account that may do this: PASSEX_USER and PASSEX_PASSWORD, or PASSEX_TOKEN",
    404: "check that this is the URL of a SPARQL endpoint",
    405: "check that this is the URL of a SPARQL endpoint",
    413: "the server takes no request of that size; raise its limit",
    429: "try again later",
    502: "try again later",
    503: "try again later",
    504: "try again later, or raise the server's time limit",
}


class Refused(EndpointError):
    """A server that answers, and does not do what it was asked for.

    Args:
        status: The HTTP status.
        message: What is wrong and where.
        hint: What to do about it.
    """

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


def connection(where: str, error: Exception, seconds: float) -> EndpointError:
    """Say why there is no answer.

    Args:
        where: The URL, without secrets.
        error: What was raised; TLS and DNS errors stand behind it.
        seconds: The timeout.

    Returns:
        The error, to be raised.

    Example:
        >>> print(connection("http://a/", httpx.ReadTimeout("x"), 5))
        http://a/: nothing came for 5 s; set PASSEX_TIMEOUT to more seconds, or try again later
    """
    if isinstance(error, httpx.ConnectTimeout):
        return EndpointError(
            f"{where}: no connection within {min(seconds, 10):g} s", "check host and port"
        )
    if isinstance(error, httpx.TimeoutException):
        return EndpointError(
            f"{where}: nothing came for {seconds:g} s",
            "set PASSEX_TIMEOUT to more seconds, or try again later",
        )
    if isinstance(error, DamagedError):
        return EndpointError(
            f"{where}: the answer is compressed and damaged ({_plain(error)})", "try again"
        )
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return EndpointError(f"{where}: the answer broke off ({_plain(error)})", "try again")
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) and len(causes) < 9:
        causes.append(cause) if isinstance(cause, Exception) else causes.append(Exception())
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return EndpointError(
                f"{where}: the certificate is not trusted ({cause.verify_message})",
                "set SSL_CERT_FILE to the certificate of its authority",
            )
        if isinstance(cause, ssl.SSLError):
            return EndpointError(
                f"{where}: no TLS connection ({cause.reason or _plain(cause)})",
                "check whether the URL begins with http: or https:",
            )
        if isinstance(cause, ConnectionRefusedError):
            return EndpointError(f"{where}: connection refused", "check that the server is running")
    if re.search("name or service|getaddrinfo|nodename|name resolution", str(error), re.IGNORECASE):
        return EndpointError(f"{where}: no such host", "check the URL")
    return EndpointError(f"{where}: no answer ({_plain(error)})", "check the URL and the server")


def status(where: str, response: httpx.Response, body: bytes, known: bool) -> Refused:
    """Say what a server answers instead of doing what it was asked for.

    Args:
        where: The URL, without secrets.
        response: The answer.
        body: The beginning of its body.
        known: Whether credentials went with the request.

    Returns:
        The error, to be raised.
    """
    code = response.status_code
    hint = _HINTS.get(code, "")
    if code == 401 and known:
        hint = "the credentials that were sent are not the right ones"
    told = said(body)
    name = f"{code} {response.reason_phrase}".strip()
    return Refused(code, f"{where}: {name}{f': {told}' if told else ''}", hint)


def said(body: bytes) -> str:
    r"""Find what a server says: the first line of a text, or the words of a page.

    Args:
        body: The beginning of an answer.

    Returns:
        One line, or nothing.

    Example:
        >>> said(b"<html><title>No</title><body><h1>Log  in</h1></body></html>")
        'No Log in'
        >>> said(b"Virtuoso 37000 Error\n\nSPARQL query: ...")
        'Virtuoso 37000 Error'
    """
    text = body.decode("utf-8", "replace")
    if text.lstrip().startswith("<"):
        import html

        title = _TITLE.search(text)
        rest = _TAG.sub(" ", _TITLE.sub(" ", _UNSEEN.sub(" ", text)))
        words = html.unescape(f"{title[1] if title else ''} {rest}").split()
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


def _plain(error: Exception) -> str:
    return " ".join(str(error).split())[:_LONG] or type(error).__name__
