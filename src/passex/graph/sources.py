"""A file of RDF that is read more than once, also where it came from a pipe."""

from __future__ import annotations

import contextlib
import os
import sys
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import InputError
from ..text.places import Place
from . import dataset
from .fetching import fetch, url_of
from .unpacking import unpacked

_CHUNK: Final = 1 << 20


class Source:
    """A file of RDF; a stream is read to its end at once, and kept in a temporary file.

    Args:
        path: The file, ``-`` for standard input, or a URL, which is fetched.
        form: One of `dataset.FORMATS`; what it is if its extension names no format. A stream
            without either is Turtle.
        content: What is in it, where it is no file but is only called by a path.

    Attributes:
        path: The file.
        url: Where it was fetched from; empty where it is here.
        extension: The extension that names its format, such as ``.ttl``.
        digest: The SHA-256 of its content when it was last read to its end; empty before.
        tags: The language tags in it, and how often; the engine writes them in small letters.
        may_have_blank_nodes: Whether something in what was read of it so far looks like one.
        mentions_our_namespace: Whether the text has our namespace in it, which is cheaper to know
            than whether it is used; False where that is not known.

    Raises:
        InputError: A stream that cannot be read, or a URL that cannot be fetched.
    """

    def __init__(self, path: Path, form: str | None = None, content: bytes | None = None) -> None:
        self.path = path
        self.digest = ""
        self.tags = Counter[str]()
        self.mentions_our_namespace = False
        self.may_have_blank_nodes = False
        self.extension = dataset.ending(path) or dataset.FORMATS[form or "turtle"]
        self.url = url_of(path) if content is None else ""
        self._copy: BinaryIO | None = None
        with explained(path):
            if content is not None:
                self._copy = _copied(content)
            elif self.url:
                self._copy, named = _fetched(self.url)
                if form is None and not dataset.ending(path):
                    self.extension = named or self.extension
            elif dataset.is_stream(path):
                self._copy = _spool(path)
        if self._copy is not None:
            weakref.finalize(self, self._copy.close)

    @property
    def name(self) -> str:
        """What errors and reports call it: as it was given, with ``/`` between the parts."""
        return self.url or self.path.as_posix()

    def open(self) -> BinaryIO:
        """Open the file at its beginning, unpacked if it is compressed.

        Raises:
            OSError: It cannot be opened.
            InputError: It is compressed with what cannot be unpacked here.
        """
        if self._copy is None:
            return unpacked(self.path.open("rb"), self.path)
        self._copy.seek(0)
        return unpacked(os.fdopen(os.dup(self._copy.fileno()), "rb"), self.path)

    def hash(self) -> str:
        """Give the SHA-256 of the content; the file is read unless it was read before.

        Raises:
            OSError: It cannot be read.
        """
        if not self.digest:
            import hashlib

            hashed = hashlib.sha256()
            with self.open() as file:
                while chunk := file.read(_CHUNK):
                    hashed.update(chunk)
            self.digest = hashed.hexdigest()
        return self.digest

    def stamp(self) -> str:
        """Say what changes whenever the file is written.

        Returns:
            Device, inode, size and times, or nothing for what is no file.
        """
        if self._copy is not None:
            return ""
        try:
            found = self.path.stat()
        except OSError:
            return ""
        return (
            f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}"
        )


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Translate what the system has against reading a file.

    Raises:
        InputError: It is not there, or cannot be read.
    """
    place = Place(str(path))
    try:
        yield
    except FileNotFoundError as error:
        raise InputError("no such file", "check the path", place) from error
    except PermissionError as error:
        raise InputError("not readable", "check its permissions", place) from error
    except OSError as error:
        reason = error.strerror or str(error)
        hint = "give a file that can be read from the beginning again"
        raise InputError(f"cannot be read ({reason})", hint, place) from error


def sources(
    data: Iterable[str | os.PathLike[str] | Source], form: str | None = None
) -> list[Source]:
    """List the files that hold the facts, each once, as `dataset.data_files` does.

    Args:
        data: What it takes, and what is a source already.
        form: As it takes it.

    Raises:
        InputError: As it does, or as `Source` does.
        QueryError: There is no such format.
    """
    made: dict[object, Source] = {}
    given = tuple(data)
    for one in given or (dataset.BUNDLED,):
        if isinstance(one, Source):
            made[one] = one
            continue
        for path in dataset.data_files((one,), form):
            if path not in made:
                made[path] = Source(path, form)
    return list(made.values())


def _copied(content: bytes) -> BinaryIO:
    import tempfile

    copy = tempfile.TemporaryFile()  # noqa: SIM115
    copy.write(content)
    copy.flush()
    return copy


def _fetched(url: str) -> tuple[BinaryIO, str]:
    """Fetch a file into a temporary one, and give the extension of its format with it."""
    import tempfile

    copy = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        return copy, fetch(url, copy)
    except BaseException:
        copy.close()
        raise


def standard_input() -> BinaryIO:
    """Give standard input, as bytes.

    Raises:
        InputError: It is closed.
    """
    if sys.stdin is None:
        raise InputError("standard input is closed", "pipe a file into it", Place(dataset.STDIN))
    return sys.stdin.buffer


def _spool(path: Path) -> BinaryIO:
    """Copy a stream into a temporary file that has no name, and goes when it is closed."""
    import shutil
    import tempfile

    with contextlib.ExitStack() as stack:
        if str(path) != dataset.STDIN:
            stream: BinaryIO = stack.enter_context(path.open("rb"))
        else:
            stream = standard_input()
        if stream.isatty():
            message, hint = "a terminal, where no facts come from", "pipe a file into the command"
            raise InputError(message, hint, Place(str(path)))
        copy = tempfile.TemporaryFile()  # noqa: SIM115
        try:
            shutil.copyfileobj(stream, copy, _CHUNK)
        except BaseException:
            copy.close()
            raise
    return copy
