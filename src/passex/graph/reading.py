"""Files of RDF into the engine, and what can be wrong with them in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import pyoxigraph as ox

from ..errors import InputError
from .sources import Checked, Source, explained


def read(engine: ox.Store, source: Source) -> None:
    """Add the triples of a file to the default graph.

    Args:
        source: The file; it is read once, and has the digest of what was read then.

    Raises:
        InputError: The file is not there, cannot be read, is not UTF-8, or is not of its format;
            with line and column where the parser knows them.
    """
    form = _form(source)
    if form.supports_datasets:
        engine.extend(parse(source))
        return
    with opened(source, form) as file:
        engine.load(file, form)


def parse(source: Source) -> Iterator[ox.Quad]:
    """Parse a file.

    Yields:
        Its triples, in the default graph: facts have no named graphs, and what graph a file put
        them in makes no difference.

    Raises:
        InputError: As `read` does.
    """
    form = _form(source)
    with opened(source, form) as file:
        for quad in ox.parse(file, form, rename_blank_nodes=True):
            yield ox.Quad(quad.subject, quad.predicate, quad.object)


def _form(source: Source) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(source.extension[1:])
    assert form is not None, "a source has a known extension"
    return form


@contextmanager
def opened(source: Source, form: ox.RdfFormat, hashed: bool = True) -> Iterator[BinaryIO]:
    """Open a file for the parser, and say in words what the parser has against it.

    Args:
        form: Its format.
        hashed: Whether the source is to have the digest of what was read.

    Yields:
        The file, behind its byte-order mark.

    Raises:
        InputError: As `read` says.
    """
    path = source.path
    try:
        with explained(path), source.open() as file:
            checked = Checked(source, file, hashed)
            # The engine reads and does nothing else with it.
            yield cast("BinaryIO", checked)
            checked.finish()
    except MemoryError as error:
        raise InputError(
            f"{path}: a single term is longer than 16 MiB", "shorten it; nothing was loaded"
        ) from error
    except SyntaxError as error:
        raise _unparsable(path, form, error) from error


def _unparsable(path: Path, form: ox.RdfFormat, error: SyntaxError) -> InputError:
    place = f":{error.lineno}:{error.offset}" if error.lineno else ""
    reason = (error.msg or str(error)).splitlines()[0]
    # The engine begins with the position, which stands before it already.
    if place and reason.startswith("Parser error "):
        reason = reason.partition(": ")[2] or reason
    if "LoadDocumentCallback" in reason:
        return InputError(
            f"{path}: a remote @context, which is never fetched", "write it into the file"
        )
    hint = "correct the file there" if place else "correct the file"
    return InputError(f"{path}{place}: not {form.name}: {reason}", hint)
