"""XML as it has to be written: the engine takes over what XML cannot hold, or changes when read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO, Final, TypeVar

import pyoxigraph as ox

from ..errors import OutputError

#: What no document of XML 1.0 may have (section 2.2): most control characters, and two others.
_FORBIDDEN: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
#: Those two begin like this.
_BEGINNING: Final = b"\xef\xbf"

_START: Final = (
    r"A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
#: What an element can be called (XML 1.0, section 2.3, without the colon), at the end of an IRI.
_LOCAL: Final = re.compile(f"[{_START}][{_START}\\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*\\Z")

Said = TypeVar("Said", ox.Triple, ox.Quad)


def nameable(triples: Iterable[Said]) -> Iterator[Said]:
    """Make sure that predicates can be elements of RDF/XML (W3C, 2014, section 2.1).

    Args:
        triples: Triples or quads.

    Raises:
        OutputError: A predicate's IRI does not end in a name, and the engine would write no XML.
    """
    seen: set[str] = set()
    for triple in triples:
        iri = triple.predicate.value
        if iri not in seen and not _LOCAL.search(iri):
            raise OutputError(
                f"RDF/XML cannot hold the predicate <{iri}>, which does not end in a name",
                "write another format",
            )
        seen.add(iri)
        yield triple


class XmlText:
    r"""A file to which XML is written.

    A carriage return is written as a reference: a reader makes a line feed of it else (section
    2.11).

    Args:
        output: Where it goes.

    Example:
        >>> import io
        >>> out = io.BytesIO()
        >>> XmlText(out).write(b"<a>b\rc</a>")
        10
        >>> out.getvalue()
        b'<a>b&#xD;c</a>'
    """

    def __init__(self, output: IO[bytes]) -> None:
        self._output = output
        self._last = b""

    def write(self, data: bytes) -> int:
        """Write bytes.

        Returns:
            How many of them were written: all.

        Raises:
            OutputError: There is a character that XML does not have.
        """
        seen = self._last + bytes(data)
        if found := _FORBIDDEN.search(seen):
            raise OutputError(
                f"the answer has the character U+{ord(found[0].decode()):04X} in it, which XML "
                "cannot hold",
                "write another format",
            )
        self._last = seen[-2:] if seen[-2:] == _BEGINNING else seen[-1:]
        self._output.write(bytes(data).replace(b"\r", b"&#xD;"))
        return len(data)

    def flush(self) -> None:
        """Write what waits."""
        self._output.flush()
