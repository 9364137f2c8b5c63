"""Bytes on their way to a parser: UTF-8, not nested too deep, hashed, and what is in them noted."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final

from ..errors import InputError
from ..text.places import Place
from .nesting import DEEPEST, Nesting
from .sources import Source

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
#: What XML declares before its root, up to the end of that.
_DECLARATIONS: Final = re.compile(rb"<!DOCTYPE[^\[>]*\[.*?\]\s*>", re.DOTALL)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
#: An entity that is made of entities can grow without bounds; a namespace in an entity cannot.
_NESTED_ENTITY: Final = re.compile(rb"<!ENTITY\s[^>]*&[^>]*;[^>]*>")
#: An entity that stands for what lies elsewhere.
_OUTER_ENTITY: Final = re.compile(rb"<!ENTITY\s+(?:%\s+)?[^\s\"'>]+\s+(?:SYSTEM|PUBLIC)\s[^>]*>")


class Checked:
    """What a parser reads of a source: checked to be UTF-8, and perhaps hashed, on its way.

    Args:
        source: The source; once it was read to its end, it has the digest of what was read.
        hashed: Whether there is to be a digest.

    Raises:
        InputError: While reading: not UTF-8, or XML that would grow without bounds or read more.
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

    def _refuse_entities(self) -> None:
        """Refuse entities that would grow without bounds, or read what lies elsewhere."""
        # Wherever it stands: what seems to hide one, such as a comment, may be hidden itself.
        if (nested := _NESTED_ENTITY.search(self._chunk)) is not None:
            message, hint, at = "an XML entity made of entities", "write them out", nested.start()
        else:
            # The parser refuses these: they are looked for to say it better, in declarations alone.
            shown = _COMMENT.sub(lambda match: b" " * len(match[0]), self._chunk)
            declared = _DECLARATIONS.search(shown)
            outer = _OUTER_ENTITY.search(declared[0]) if declared is not None else None
            if declared is None or outer is None:
                return
            message = "an XML entity that stands for what lies elsewhere, which is never read"
            hint, at = "write out what it stands for", declared.start() + outer.start()
        lines = self._chunk[:at].decode(errors="replace").split("\n")
        place = Place(self._source.name, len(lines), len(lines[-1]) + 1)
        raise InputError(message, hint, place)

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
        if first and self._source.extension == ".rdf" and b"<!ENTITY" in self._chunk:
            self._refuse_entities()
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
