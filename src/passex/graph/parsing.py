"""Parse files of RDF, and translate what the parser has against them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, cast

import pyoxigraph as ox

from ..errors import InputError
from ..text.places import Place
from .checked import Checked
from .sources import Source, explained

#: Where in a line of RDF/XML something is wrong, as the engine says it.
_WITHIN: Final = re.compile(r"^at \d+\.\.\d+: ")


class UnparsableError(InputError):
    """A file that isn't of its format.

    Args:
        form: The format.
        reason: What the parser has against it.
        place: The file, and the line and column if they are known.
    """

    def __init__(self, form: ox.RdfFormat, reason: str, place: Place) -> None:
        hint = "correct the file there" if place.line else "correct the file"
        super().__init__(f"not {form.name}: {reason}", hint, place)
        self.reason = reason


def parse(source: Source) -> Iterator[ox.Quad]:
    """Parse a file.

    Yields:
        What it holds, as the parser gives it.

    Raises:
        InputError: As `Reader.read` does.
    """
    form = form_of(source)
    with opened(source, form) as file:
        yield from ox.parse(file, form, rename_blank_nodes=True)


def form_of(source: Source) -> ox.RdfFormat:
    """Give the format of a source, as the engine has it."""
    form = ox.RdfFormat.from_extension(source.extension[1:])
    assert form is not None, "a source has a known extension"
    return form


@contextmanager
def opened(source: Source, form: ox.RdfFormat, hashed: bool = True) -> Iterator[BinaryIO]:
    """Open a file for the parser, and translate what the parser has against it.

    Args:
        hashed: Whether the source is to have the digest of what was read.

    Yields:
        The file, behind its byte-order mark.

    Raises:
        InputError: As `Reader.read` says.
    """
    path, place = source.path, Place(source.name)
    try:
        with explained(path), source.open() as file:
            checked = Checked(source, file, hashed)
            # The engine reads and does nothing else with it.
            yield cast("BinaryIO", checked)
            checked.finish()
    except MemoryError as error:
        raise InputError(
            "a single term is longer than 16 MiB", "shorten it; nothing was loaded", place
        ) from error
    except SyntaxError as error:
        reason = reason_of(error)
        if "LoadDocumentCallback" in reason:
            message = "a remote @context, which is never fetched"
            raise InputError(message, "write it into the file", _in_json(source, place)) from error
        line, column = error.lineno or 0, error.offset or 0
        if form == ox.RdfFormat.RDF_XML and not line:
            line, column = _fault_in_xml(source)
        place = Place(place.file, line, column)
        raise UnparsableError(form, reason, place) from error


def reason_of(error: SyntaxError) -> str:
    """Give what the parser has against something, in a line, without the position.

    Example:
        >>> reason_of(SyntaxError("Parser error at line 1 column 7: No scheme found"))
        'No scheme found'
    """
    reason = (error.msg or str(error)).splitlines()[0]
    # The engine begins with the position, which is told apart.
    if reason.startswith("Parser error "):
        reason = reason.partition(": ")[2] or reason
    # Of RDF/XML it gives the position within a line, too.
    return _WITHIN.sub("", reason)


def _in_json(source: Source, place: Place) -> Place:
    """Find the remote context of JSON-LD, which the engine doesn't place."""
    from ..text import json_parts, places

    with source.open() as file:
        text = file.read().decode("utf-8-sig")
    with suppress(ValueError, RecursionError):
        found = json_parts.remote_context(json_parts.read(text))
        if found is not None:
            return places.place(place.file, text, *found.span)
    return place


def _fault_in_xml(source: Source) -> tuple[int, int]:
    """Find line and column where RDF/XML is wrong, which the engine doesn't say."""
    from xml.parsers import expat

    with source.open() as file:
        try:
            expat.ParserCreate().ParseFile(file)
        except expat.ExpatError as error:
            return error.lineno, error.offset + 1
    # It is XML. The engine reads no further than it has to: a line at a time, it stops at the one.
    with source.open() as file:
        lines = _Lines(file)
        with suppress(SyntaxError):
            for _ in ox.parse(cast("BinaryIO", lines), ox.RdfFormat.RDF_XML):
                pass
    return lines.number, len(lines.last) - len(lines.last.lstrip()) + 1


class _Lines:
    """A file that gives a line at a time, however much is asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._rest = self.last = b""
        self.number = 0

    def read(self, size: int) -> bytes:
        if not self._rest:
            self._rest = self._file.readline()
            self.last = self._rest or self.last
            self.number += bool(self._rest)
        part, self._rest = self._rest[:size], self._rest[size:]
        return part
