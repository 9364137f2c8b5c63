"""What a server process and its workers say to each other, over pipes.

A frame is a letter, the length of the rest as four bytes, and the rest. A request is one JSON frame
(``Q``). An answer begins with ``W`` (the whole answer) or ``P`` (its first part): two bytes with
the length of a JSON head, the head, and bytes of the body. After ``P`` come ``C`` frames with more
of the body, and then ``E`` where it is complete, or ``X`` where it broke off.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import BinaryIO, Final

REQUEST: Final = b"Q"
WHOLE: Final = b"W"
PART: Final = b"P"
CHUNK: Final = b"C"
END: Final = b"E"
BROKEN: Final = b"X"

PREFIX: Final = struct.Struct(">cI")
HEAD: Final = struct.Struct(">H")


def pack(kind: bytes, payload: bytes | bytearray) -> bytes:
    """Make a frame."""
    return PREFIX.pack(kind, len(payload)) + payload


def pack_answer(kind: bytes, head: Mapping[str, object], body: bytes | bytearray) -> bytes:
    """Make the first frame of an answer."""
    text = json.dumps(head).encode()
    return PREFIX.pack(kind, HEAD.size + len(text) + len(body)) + HEAD.pack(len(text)) + text + body


def unpack_answer(payload: bytes) -> tuple[dict[str, str | int], bytes]:
    """Take the first frame of an answer apart.

    Args:
        payload: The frame without its prefix.

    Returns:
        The head and the bytes of the body.

    Example:
        >>> unpack_answer(pack_answer(WHOLE, {"status": 200}, b"true")[PREFIX.size:])
        ({'status': 200}, b'true')
    """
    (length,) = HEAD.unpack_from(payload)
    start = HEAD.size + length
    return json.loads(payload[HEAD.size : start]), payload[start:]


def read(stream: BinaryIO) -> tuple[bytes, bytes] | None:
    """Read a frame.

    Args:
        stream: A pipe.

    Returns:
        Its letter and its payload; None where the other side has closed the pipe.
    """
    prefix = stream.read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return None
    kind, length = PREFIX.unpack(prefix)
    payload = stream.read(length)
    return None if len(payload) < length else (kind, payload)
