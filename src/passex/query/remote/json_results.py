"""Results of SPARQL in JSON as the engine reads them: with nothing behind the bindings.

Some servers add members of their own, as any object of JSON may have: QLever ``meta``, Comunica
``metadata``. The engine takes them before the bindings, and takes them for a fault after these.
"""

from __future__ import annotations

import re
from typing import Final, Protocol

#: Text that ends outside of a string.
_WHOLE: Final = re.compile(rb'[^"]*(?:"[^"\\]*(?:\\.[^"\\]*)*"[^"]*)*', re.DOTALL)
_STRING: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_TOKEN: Final = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_CHUNK: Final = 1 << 16
_ENDS: Final = b"]}}"


class File(Protocol):
    """What can be read."""

    def read(self, size: int = -1, /) -> bytes:
        """Give up to so many bytes; none at the end."""
        ...


class JsonResults:
    """A file of results in JSON without what stands behind the bindings.

    What has no end has none here either, so that the engine finds it cut.

    Example:
        >>> import io
        >>> text = b'{"head": {}, "results": {"bindings": []}, "meta": {"ms": [3]}}'
        >>> JsonResults(io.BytesIO(text)).read()
        b'{"head": {}, "results": {"bindings": []}}'
    """

    def __init__(self, file: File) -> None:
        self._file = file
        self._ready = self._waiting = b""
        self._depth = 0
        self._words = [b"", b""]  # the last string at a depth of 1, and of 2
        self._head = False
        self._where = "before"

    def read(self, size: int = -1) -> bytes:
        """Give up to so many bytes; nothing at the end."""
        while size < 0 or not self._ready:
            chunk = self._file.read(_CHUNK)
            if not chunk:
                self._ready += self._waiting
                self._waiting = b""
                break
            self._ready += self._take(chunk)
        taken = self._ready if size < 0 else self._ready[:size]
        self._ready = self._ready[len(taken) :]
        return taken

    def _take(self, chunk: bytes) -> bytes:
        """Take a part of the text, and give what the engine is to see of it."""
        text, self._waiting = self._waiting + chunk, b""
        if self._where == "over":
            return text
        whole = _WHOLE.match(text)
        assert whole is not None
        text, self._waiting = text[: whole.end()], text[whole.end() :]
        if self._where == "within" and b"]" not in (signs := _STRING.sub(b"", text)):
            self._depth += signs.count(b"{") + signs.count(b"[") - signs.count(b"}")
            return text
        return self._walked(text)

    def _walked(self, text: bytes) -> bytes:
        """Go through brackets one by one, where the bindings begin or end."""
        given, start = b"", 0
        for token in _TOKEN.finditer(text):
            sign = token[0]
            if sign in b"{[":
                self._depth += 1
                found = sign == b"[" and self._words == [b'"results"', b'"bindings"']
                if self._where == "before" and self._depth == 3 and found:
                    # Without the variables, the engine has to see what comes.
                    self._where = "within" if self._head else "over"
            elif sign in b"}]":
                self._depth -= 1
                if self._where == "within" and self._depth == 2 and sign == b"]":
                    given, self._where = given + text[start : token.start()], "behind"
                elif self._where == "behind" and self._depth == 0:
                    given, start, self._where = given + _ENDS, token.end(), "over"
            elif self._depth in (1, 2):
                self._words[self._depth - 1] = sign
                self._head |= self._depth == 1 and sign == b'"head"'
        return given if self._where == "behind" else given + text[start:]
