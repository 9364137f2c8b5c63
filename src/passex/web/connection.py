"""One connection: uvicorn's protocol, with limits on the head of a request.

uvicorn waits for a head for as long as it takes, and keeps as much of it as there is. It writes the
head of a response and its body one after the other, which the system would send one by one.
"""

from __future__ import annotations

import asyncio
import http
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .app import SECURITY, log
from .negotiation import TEXT

#: So many bytes of a head may come after the first part of it that the system hands over.
_HEAD: Final = 1 << 16
#: The parser takes no longer address.
_ADDRESS: Final = (1 << 16) - 1
#: A head that is not there after so many seconds is not waited for.
_PATIENCE: Final = 10.0


class _Joining:
    """A transport that sends what is written in one go as one."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._parts: list[bytes] = []
        self._soon = asyncio.get_running_loop().call_soon

    def __getattr__(self, name: str) -> Any:
        """Be the transport in all else."""
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write, when all that is to be written now is there."""
        self._parts.append(data)
        if len(self._parts) == 1:
            self._soon(self._flush)

    def close(self) -> None:
        """Write what is left, and close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        if self._parts:
            data = b"".join(self._parts)
            self._parts.clear()
            self._transport.write(data)


class Connection(HttpToolsProtocol):
    """A connection whose client has to send its head in time, and within bounds."""

    _open = False
    _size = 0
    url = b""  # there is none before the first request
    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(cast("asyncio.Transport", _Joining(transport)))
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop to wait."""
        self._wait_no_more()
        super().connection_lost(exc)

    def on_message_begin(self) -> None:
        """Begin to read a head."""
        self._open = True
        self._size = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._open = False
        self._wait_no_more()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Read on."""
        begun = self._open
        super().data_received(data)
        if self.transport.is_closing():
            return
        if begun and self._open:
            self._size += len(data)
            if self._size > _HEAD:
                self._refuse(431, "the headers are too long")
                return
        if self._timer is None and (self._open or self._idle):
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        if len(self.url) > _ADDRESS:
            self._refuse(414, "the address is too long; send the query with POST")
        else:
            self._refuse(400, "this is no HTTP request")

    @property
    def _idle(self) -> bool:
        return self.timeout_keep_alive_task is None and (
            self.cycle is None or self.cycle.response_complete
        )

    def _wait(self) -> None:
        self._timer = self.loop.call_later(_PATIENCE, self._late)

    def _wait_no_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _late(self) -> None:
        self._timer = None
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait()  # the answer to the request before is still on its way
        elif self._open:
            self._refuse(408, "the rest of the request did not come")
        else:
            self.transport.close()

    def _refuse(self, status: int, message: str) -> None:
        self._wait_no_more()
        if self.cycle is None or self.cycle.response_complete:
            body = f"{message}\n".encode()
            line = f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}"
            head = f"{line}\r\ncontent-type: {TEXT}\r\ncontent-length: {len(body)}\r\n"
            head += "connection: close\r\n"
            security = b"".join(name + b": " + value + b"\r\n" for name, value in SECURITY)
            self.transport.write(head.encode() + security + b"\r\n" + body)
            client = self.client[0] if self.client else None
            log(client, None, None, status, len(body), 0.0, message)
        self.transport.close()
