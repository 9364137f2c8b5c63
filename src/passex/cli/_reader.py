"""Readers of an answer that close the pipe, where the command goes on to its end all the same."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class _Lasting(io.FileIO):
    """A pipe that leads nowhere from where its reader has gone."""

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except BrokenPipeError:
            lead_nowhere(self)
            return super().write(data)


def outlast_reader() -> None:
    """Let a command work to its end, and say by its exit code what it found, whoever reads on.

    For commands whose code is a verdict, or that write files while they say so. Others end where
    nobody reads: the rest of an answer, which may be endless, is nobody's.
    """
    sys.stdout = lasting(sys.stdout)


def lasting(stream: TextIO) -> TextIO:
    """Give a stream to which one can write when its reader has gone."""
    buffer = getattr(stream, "buffer", None)
    if not isinstance(stream, io.TextIOWrapper) or not isinstance(
        getattr(buffer, "raw", buffer), io.FileIO
    ):
        return stream  # a test's, or a console of Windows, which nobody closes
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Lasting(stream.fileno(), "w", closefd=False)),
        stream.encoding,
        stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )


def lead_nowhere(stream: io.IOBase | TextIO) -> None:
    """Let what is still written to a stream, and what is buffered, be lost without an error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
