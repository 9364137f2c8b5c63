"""A watch on how deep a text nests: from some depth on, the engine ends the whole process."""

from __future__ import annotations

import re
from typing import Final

#: Deeper than people write and programs make, and a small part of what the engine can bear.
DEEPEST: Final = 500
_JSON: Final = (".jsonld", ".json")
#: A string, which may go on behind what was read so far, or a sign.
_IN_JSON: Final = re.compile(
    rb'"[^"\\]*(?:\\.[^"\\]*)*(?P<end>"?)|(?P<open>[{\[])|[}\]]', re.DOTALL
)
_TRIPLES: Final = re.compile(rb"(?P<open><<\()|\)>>")


class Nesting:
    """The depth of objects and arrays in JSON-LD, or of triples within triples in other formats.

    Args:
        extension: The extension that names the format.

    Example:
        >>> Nesting(".jsonld").too_deep(b"[" * 501), Nesting(".ttl").too_deep(b"[" * 501)
        (500, None)
    """

    def __init__(self, extension: str) -> None:
        self._json = extension in _JSON
        self._depth = self._opened = 0
        self._rest = b""

    def too_deep(self, chunk: bytes) -> int | None:
        """Look at the next bytes, and give the first that begins what is too deep, if one does."""
        # Few signs cannot nest deep, and are counted many times as quick.
        signs = (b"{", b"[") if self._json else (b"<<(",)
        self._opened += sum(map(chunk.count, signs))
        if self._opened <= DEEPEST:
            self._rest += chunk if self._json else b""
            return None
        text, behind = self._rest + chunk, len(self._rest)
        self._rest = b""
        for found in (_IN_JSON if self._json else _TRIPLES).finditer(text):
            if self._json and found[0].startswith(b'"'):
                if not found["end"]:
                    self._rest = text[found.start() :]
                    break
            elif found["open"]:
                self._depth += 1
                if self._depth > DEEPEST:
                    return max(0, found.start() - behind)
            else:
                self._depth -= 1
        return None
