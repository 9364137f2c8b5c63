"""Read a query from an argument, a file, or standard input."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, Final

from ..errors import InputError
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place

#: What the text of an argument is called in messages.
ARGUMENT: Final = "query"
_ENDINGS: Final = (".rq", ".sparql")


def read(given: str, standard: BinaryIO) -> tuple[str, str]:
    """Read a query.

    Args:
        given: The query, the path of a file with one, or ``-``.
        standard: Standard input.

    Returns:
        The query, and what it is called in messages.

    Raises:
        InputError: A file that is not there or cannot be read, or something that is not UTF-8.

    Example:
        >>> import io
        >>> read("-", io.BytesIO(b"ASK {}"))
        ('ASK {}', 'standard input')
    """
    if given == "-":
        return _decoded(standard.read(), "standard input"), "standard input"
    if not _names_file(given):
        return given, ARGUMENT
    try:
        return _decoded(Path(given).read_bytes(), given), given
    except FileNotFoundError:
        raise InputError("no such file", _near(given), Place(given)) from None
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise InputError(message, "check the path", Place(given)) from error


def _names_file(given: str) -> bool:
    if re.search(r"[{}\s\0]", given) is None and given:
        # Without a brace or a space, it is no query, whatever else it may be.
        return True
    return "{" not in given and (given.endswith(_ENDINGS) or os.path.lexists(given))


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise InputError(message, "save it as UTF-8", Place(name)) from error


def _near(given: str) -> str:
    folder = os.path.dirname(given)
    try:
        names = [name for name in os.listdir(folder or ".") if name.endswith(_ENDINGS)]
    except OSError:
        return "check the path"
    near = nearest(os.path.basename(given), names, most=1)
    hint = did_you_mean(os.path.join(folder, name) for name in near)
    return hint or "give a file, '-', or a query such as 'SELECT * { ?s a nr:Exercise }'"
