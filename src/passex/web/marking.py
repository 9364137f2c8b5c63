"""Mark of a store in which all is derived, so that the next start needn't derive it again.

It is written when the store was closed, and says what its files were like then. Whoever opens a
store to write it, whether a server or another program, changes these: so a mark is good for one
opening, and none is there, or none that fits, after a process was killed.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
from pathlib import Path
from typing import Final

from ..graph import cache, cache_keys

#: The file, in the folder of the store.
FILE: Final = "passex-derived"
#: Files that say nothing of the content: ours, and those that the engine writes for people to read.
#: Its options it may put into their place after it was closed.
_BESIDE: Final = ("passex-", "LOG", "LOCK", "OPTIONS", ".")


def leave(folder: Path, most: int) -> None:
    """Mark a store that was just closed; where that cannot be done, it is not marked.

    Args:
        folder: Its folder.
        most: How many nodes a change of it may reach.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> leave(folder, 500)
        >>> take(folder, read(folder)), take(folder, read(folder))
        (500, 0)
    """
    part = folder / f"{FILE}.part"
    with contextlib.suppress(OSError):
        part.write_text(json.dumps({"most": most, "state": _state(folder)}), encoding="utf-8")
        os.replace(part, folder / FILE)


def read(folder: Path) -> str:
    """Read the mark of a store that nobody has open; empty where it has none that fits it."""
    passex()  # before anybody installs another
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError):
        text = (folder / FILE).read_text(encoding="utf-8")
        if json.loads(text)["state"] == _state(folder):
            return text
    return ""


def take(folder: Path, mark: str) -> int:
    """Remove the mark of a store that was just opened.

    Args:
        folder: Its folder.
        mark: What was read before.

    Returns:
        How many nodes a change may reach; 0 where the store is to be derived.
    """
    path = folder / FILE
    with contextlib.suppress(OSError):
        # Somebody may have opened, changed and closed it in between.
        same = mark and path.read_text(encoding="utf-8") == mark
        path.unlink()
        return int(json.loads(mark)["most"]) if same else 0
    return 0


@functools.cache
def passex() -> tuple[str, str]:
    """Name this Passex, its rules and its engine, as they were when it was asked first."""
    return cache_keys.own_key(), cache_keys.code()


def _state(folder: Path) -> list[str]:
    """Give what changes with the files of a store, or with Passex."""
    return [*passex(), cache.state(folder, _BESIDE)]
