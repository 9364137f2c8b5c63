"""Folders searched through, and what in them is RDF or shapes in a form that is not read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..text.wording import listed

_COMPACT: Final = ("SHACL Compact Syntax", "write the shapes as SHACL in Turtle")
_SHEX: Final = ("ShEx", "write the shapes as SHACL in Turtle")
#: What is not read, by its extension, and what to do with it.
_UNREAD: Final = {
    ".shaclc": _COMPACT,
    ".shc": _COMPACT,
    ".shex": _SHEX,
    ".shexc": _SHEX,
    ".shexj": _SHEX,
    ".hdt": ("HDT", "make N-Triples of it: hdt2rdf data.hdt data.nt"),
    ".trix": ("TriX", "make N-Quads of it"),
    ".rj": ("RDF/JSON", "make Turtle or JSON-LD of it"),
}

#: So many files are named.
_NAMED: Final = 3


def walk(folder: Path) -> Iterator[Path]:
    """List the files in a folder and below; names that begin with a dot are passed over.

    So is what would never end, or wait for somebody to write it: pipes, sockets and devices.

    Raises:
        InputError: A folder cannot be searched.
    """

    def refuse(error: OSError) -> None:
        raise InputError(
            f"{error.filename}: cannot be searched ({error.strerror})", "check its permissions"
        )

    for directory, subfolders, names in os.walk(folder, onerror=refuse):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        shown = (Path(directory, name) for name in names if not name.startswith("."))
        yield from filter(_has_an_end, shown)


def _has_an_end(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True  # a link to nowhere, say: whoever reads it complains


def unread(path: Path) -> tuple[str, str] | None:
    """Tell by its name whether a file is RDF or shapes in a form that is not read.

    Returns:
        The form, and what to do; None for every other file.

    Example:
        >>> unread(Path("person.shaclc"))
        ('SHACL Compact Syntax', 'write the shapes as SHACL in Turtle')
        >>> unread(Path("README.md"))
    """
    return _UNREAD.get(path.suffix.lower())


def passed_over(folder: Path) -> str:
    """Say which files in a folder are RDF or shapes and not read, and why; empty without any."""
    found = [path for path in sorted(walk(folder)) if unread(path) is not None]
    if not found:
        return ""
    names = listed((path.as_posix() for path in found), _NAMED)
    forms, cures = zip(*filter(None, map(unread, found)), strict=True)
    what, many = [*dict.fromkeys(forms)], len(found) > 1
    why = f"{listed(what)} {'is' if len(what) == 1 else 'are'} not read"
    cure = "; ".join(dict.fromkeys(cures))
    return f"{names} {'were' if many else 'was'} passed over: {why}; {cure}"
