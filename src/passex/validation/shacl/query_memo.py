"""What is known of the queries of shapes from an earlier run, by their texts.

To parse a query and write it anew takes longer than to ask it of a small graph. So it is remembered
of those that parse and may be asked, in a file of the cache for the queries of some shapes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeAlias

from ...graph import cache_keys, result_cache

#: What stands before the pattern of the focus nodes and after it; see `rewriting.around_focus`.
Around: TypeAlias = tuple[str, str] | None
_ENDING: Final = ".queries"


class QueryMemo:
    """How the queries of some shapes are asked for all focus nodes at once.

    Args:
        texts: The queries, as the shapes have them.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._cause = "\n".join(sorted(texts))
        self._known: dict[str, Around] = {}
        self._new = False
        self._place: Path | None = None
        # There may be no home for a cache, or the code in an archive: then nothing is remembered.
        with suppress(OSError, RuntimeError):
            if self._cause:
                self._cause = f"{cache_keys.code()}\n{self._cause}"
                self._place = result_cache.folder()
                found = result_cache.get(self._place, self._cause, _ENDING)
                self._known = json.loads(found) if found else {}

    def __contains__(self, text: str) -> bool:
        """Tell whether a query, with its prefixes, is known to be fine."""
        return text in self._known

    def __getitem__(self, text: str) -> Around:
        """Say how such a query is asked."""
        around = self._known[text]
        return (around[0], around[1]) if around else None  # of JSON it is a list

    def __setitem__(self, text: str, around: Around) -> None:
        """Remember a query that is fine."""
        self._known[text], self._new = around, True

    def save(self) -> None:
        """Keep for the next run what is new."""
        if self._new and self._place is not None:
            text = json.dumps(self._known, separators=(",", ":"))
            result_cache.put(self._place, self._cause, _ENDING, text)
