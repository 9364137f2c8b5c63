"""Files that a command may change, and what has to stay as it is."""

from __future__ import annotations

import os
from collections.abc import Iterable
from os.path import exists, isdir
from pathlib import Path
from typing import Final

from ..errors import InputError, QueryError
from ..graph import dataset
from ..graph.fetching import url_of
from ..graph.unpacking import is_compressed
from ..text.places import Place

#: The package: what lies within it came along with it.
_PACKAGE: Final = Path(__file__).resolve().parents[1]
_SUFFIXES: Final = (".ttl", ".turtle")


def refuse_unchangeable(name: str | os.PathLike[str]) -> None:
    """Refuse what is no file or folder of somebody's own, by its name.

    Raises:
        QueryError: It is standard input, a pipe, fetched, or the graph that comes along.
    """
    if name == dataset.BUNDLED:
        raise QueryError("the graph that comes along is not changed", "name files of your own")
    if name == dataset.STDIN:
        raise QueryError("standard input cannot be changed", "name a file")
    if url_of(os.fspath(name)):
        raise QueryError(f"{name}: what is fetched cannot be changed", "download it first")
    if dataset.is_stream(Path(name)):
        raise QueryError(f"{name}: a pipe cannot be changed", "name a file")


def refuse_protected(path: Path, data: bytes = b"") -> None:
    """Refuse a file that needs a change and must have none.

    Args:
        path: The file.
        data: What it holds.

    Raises:
        InputError: It is compressed, belongs to the installed package, or is read-only.
    """
    place = Place(path.as_posix())
    if is_compressed(data):
        raise InputError("a compressed file is not changed", "unpack it first", place)
    if path.resolve().is_relative_to(_PACKAGE):
        raise InputError("this came along with Passex and is not changed", "copy it", place)
    if not os.access(path, os.W_OK) or not path.stat().st_mode & 0o222:
        raise InputError("read-only, so that it was not changed", "let it be written", place)


def turtle_files(paths: Iterable[str | os.PathLike[str]]) -> list[Path]:
    """List files of Turtle that may be changed.

    Args:
        paths: Files, and folders, which are searched through.

    Raises:
        InputError: One is not there, or holds no Turtle.
        QueryError: As of `refuse_unchangeable`.
    """
    found: dict[Path, None] = {}
    for given in paths:
        refuse_unchangeable(given)
        path = Path(given)
        # A file of another name isn't looked at: no option says that it is Turtle all the same.
        other = exists(path) and not isdir(path) and path.suffix.lower() not in _SUFFIXES
        listed = () if other else dataset.data_files([given])
        turtle = [one for one in listed if one.suffix.lower() in _SUFFIXES]
        if not turtle:
            raise InputError(f"{given}: not Turtle", f"give files of {' or '.join(_SUFFIXES)}")
        found.update(dict.fromkeys(turtle))
    return list(found)
