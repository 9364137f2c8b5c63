"""A file of RDF that is read more than once, also where it came from a pipe."""

from __future__ import annotations

import codecs
import contextlib
import os
import re
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
from .nesting import DEEPEST, Nesting
from .unpacking import unpacked

_BOM: Final = b"\xef\xbb\xbf"
_CHUNK: Final = 1 << 20
_NAMESPACE: Final = b"w3id.org/passex/"
#: What every blank node of Turtle and N-Triples has in it.
_NODES: Final = (b"_:", b"[", b"(")
#: A language tag in Turtle and its kin, in RDF/XML and in JSON-LD.
_TAG: Final = re.compile(
    rb"""(?:["']@|xml:lang\s*=\s*["']|"@language"\s*:\s*")([A-Za-z][A-Za-z0-9-]{0,40})"""
)
#: In JSON-LD, what makes tags of keys (section 4.2.4 of JSON-LD 1.1), and what may be such a key.
_MAP: Final = re.compile(rb'"@container"\s*:\s*(?:\[[^]]*)?"@language"')
_KEY: Final = re.compile(rb'"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)"\s*:')
#: An entity that is made of entities can grow without bounds; a namespace in an entity cannot.
_NESTED_ENTITY: Final = re.compile(rb"<!ENTITY\s[^>]*&[^>]*;[^>]*>")


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


class Checked:
    """What a parser reads of a source: checked to be UTF-8, and perhaps hashed, on its way.

    Args:
        source: The source; once it was read to its end, it has the digest of what was read.
        hashed: Whether there is to be a digest.

    Raises:
        InputError: While reading: not UTF-8, or XML that would grow without bounds.
    """

    def __init__(self, source: Source, file: BinaryIO, hashed: bool = True) -> None:
        self._source = source
        self._file = file
        self._hash = None
        if hashed:
            import hashlib

            self._hash = hashlib.sha256()
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._nesting = Nesting(source.extension)
        self._done = self._line = self._column = 0
        self._ended = False
        self._chunk = b""
        self._at = 0

    def read(self, size: int) -> bytes:
        """Give the next bytes, none at the end."""
        if self._at >= len(self._chunk):
            self._fill()
        part = self._chunk[self._at : self._at + size]
        self._at += size
        return part

    def finish(self) -> None:
        """Read what the parser left, so that the whole is checked and hashed."""
        while not self._ended:
            self._fill()

    def _fill(self) -> None:
        self._chunk, self._at = self._file.read(_CHUNK), 0
        if self._hash is not None:
            self._hash.update(self._chunk)
        if not self._chunk and not self._decoder.getstate()[0]:
            self._ended = True
            if self._hash is not None:
                self._source.digest = self._hash.hexdigest()
            return
        if _NAMESPACE in self._chunk:
            self._source.mentions_our_namespace = True
        if not self._source.may_have_blank_nodes:
            lines = self._source.extension in (".ttl", ".nt")
            marks = any(mark in self._chunk for mark in _NODES) if lines else True
            self._source.may_have_blank_nodes = marks
        self._count_tags()
        file, first = self._source.name, not self._done
        if first and self._source.extension == ".rdf" and _NESTED_ENTITY.search(self._chunk):
            raise InputError("an XML entity made of entities", "write them out", Place(file))
        if first and (wide := wide_encoding(self._chunk)):
            raise InputError(f"{wide}, not UTF-8", "save the file as UTF-8", Place(file, 1, 1))
        pending = len(self._decoder.getstate()[0])
        try:
            text = self._decoder.decode(self._chunk, final=not self._chunk)
        except UnicodeDecodeError as wrong:
            at = self._done - pending + wrong.start
            place = self._place(wrong.object[: wrong.start].decode())
            raise InputError(
                f"not UTF-8 (byte 0x{wrong.object[wrong.start]:02x} at offset {at})",
                "save the file as UTF-8",
                place,
            ) from wrong
        if (deep := self._nesting.too_deep(self._chunk)) is not None:
            place = self._place(self._chunk[:deep].decode(errors="replace"))
            message = f"nested more than {DEEPEST} deep"
            raise InputError(message, "give what is within a name, and write it apart", place)
        self._line += self._chunk.count(b"\n")
        self._column = len(text) - text.rfind("\n") - 1 + ("\n" not in text) * self._column
        self._done += len(self._chunk)
        # Some editors begin UTF-8 with a byte-order mark, which the parser takes for a name.
        if first and self._chunk.startswith(_BOM):
            self._at = len(_BOM)

    def _count_tags(self) -> None:
        tags = _TAG.findall(self._chunk)
        if self._source.extension == ".jsonld" and _MAP.search(self._chunk):
            tags += _KEY.findall(self._chunk)
        self._source.tags.update(tag.decode() for tag in tags)

    def _place(self, before: str) -> Place:
        """Give the place behind a text with which the bytes begin that were read last."""
        line = self._line + 1 + before.count("\n")
        column = len(before) - before.rfind("\n") + ("\n" not in before) * self._column
        if not self._done and before.startswith("\ufeff") and line == 1:
            column -= 1
        return Place(self._source.name, line, column)


def wide_encoding(beginning: bytes) -> str:
    """Tell whether a text is in an encoding of two or four bytes a character.

    Args:
        beginning: Its first bytes.

    Returns:
        The encoding's name, which Python knows it by too; empty where it is none of these.

    Example:
        >>> wide_encoding("a".encode("utf-16")), wide_encoding(b"a b")
        ('UTF-16', '')
    """
    first = beginning[:4]
    if first in (b"\xff\xfe\0\0", b"\0\0\xfe\xff"):
        return "UTF-32"
    if first[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    # Without a mark: text in ASCII has NULs at every other place, or at three of four.
    zeros = tuple(not byte for byte in first)
    without: dict[tuple[bool, ...], str] = {
        (False, True, True, True): "UTF-32LE",
        (True, True, True, False): "UTF-32BE",
        (False, True, False, True): "UTF-16LE",
        (True, False, True, False): "UTF-16BE",
    }
    return without.get(zeros, "")


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
