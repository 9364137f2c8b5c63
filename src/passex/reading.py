"""Files of RDF into the engine, and what can be wrong with them in words."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as ox

from .errors import InputError

_BOM: Final = b"\xef\xbb\xbf"
_CHUNK: Final = 1 << 20
#: An entity that is made of entities can grow without bounds; a namespace in an entity cannot.
_NESTED_ENTITY: Final = re.compile(rb"<!ENTITY\s[^>]*&[^>]*;[^>]*>")


def read(engine: ox.Store, path: Path) -> None:
    """Add the triples of a file to the default graph.

    Args:
        engine: The store.
        path: A file whose extension names its format.

    Raises:
        InputError: The file is not there, cannot be read, is not UTF-8, or is not of its format;
            with line and column where the parser knows them.
    """
    form = ox.RdfFormat.from_extension(path.suffix.lower().lstrip("."))
    assert form is not None, "dataset lets only known extensions pass"
    with opened(path, form) as file:
        if form.supports_datasets:
            # Facts have no named graphs: what graph a file put them in makes no difference.
            quads = ox.parse(file, form, rename_blank_nodes=True)
            engine.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
        else:
            engine.bulk_load(file, form)


@contextmanager
def opened(path: Path, form: ox.RdfFormat) -> Iterator[BinaryIO]:
    """Open a file for the parser, and put into words what goes wrong there and while it is parsed.

    Args:
        path: The file.
        form: Its format.

    Yields:
        The file, behind its byte-order mark.

    Raises:
        InputError: As `read` says.
    """
    try:
        _check_encoding(path, form)
        with path.open("rb") as file:
            # Some editors begin UTF-8 with a byte-order mark, which the parser takes for a name.
            if file.read(len(_BOM)) != _BOM:
                file.seek(0)
            yield file
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file", "check the path given with --data") from error
    except PermissionError as error:
        raise InputError(f"{path}: not readable", "check its permissions") from error
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "give a file that can be read from the beginning again"
        raise InputError(f"{path}: cannot be read ({reason})", hint) from error
    except MemoryError as error:
        raise InputError(
            f"{path}: a single term is longer than 16 MiB", "shorten it; nothing was loaded"
        ) from error
    except SyntaxError as error:
        raise _unparsable(path, form, error) from error


def _check_encoding(path: Path, form: ox.RdfFormat) -> None:
    """Refuse what is not UTF-8, in comments too, and XML that would grow without bounds."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    done = line = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if not done and form == ox.RdfFormat.RDF_XML and _NESTED_ENTITY.search(chunk):
                raise InputError(f"{path}: an XML entity made of entities", "write them out")
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as wrong:
                at = done - pending + wrong.start
                line += 1 + wrong.object.count(b"\n", 0, wrong.start)
                raise InputError(
                    f"{path}:{line}: not UTF-8 (byte 0x{wrong.object[wrong.start]:02x} "
                    f"at offset {at})",
                    "save the file as UTF-8",
                ) from wrong
            line += chunk.count(b"\n")
            done += len(chunk)


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
