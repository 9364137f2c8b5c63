"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from .errors import OutputError


def write_whole(path: Path, pieces: Iterable[str | bytes]) -> None:
    r"""Write a file, whole or not at all.

    The text goes into a new file beside it, which takes its place at the end. What is no regular
    file (a pipe, a terminal, ``/dev/null``) is written as it is.

    Args:
        path: The file; what it held is replaced, its permissions stay.
        pieces: The text, in UTF-8, or the bytes, piece by piece.

    Raises:
        OutputError: It cannot be written.

    Example:
        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> write_whole(Path(folder.name, "a.txt"), ["one\n", b"two\n"])
        >>> Path(folder.name, "a.txt").read_text()
        'one\ntwo\n'
        >>> folder.cleanup()
    """
    # A symbolic link stays one; the new file takes the place of what it leads to.
    target = path.resolve()
    temporary = ""
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as out:
                out.writelines(map(_encoded, pieces))
            return
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        with open(handle, "wb") as out:
            out.writelines(map(_encoded, pieces))
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = ""
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror})", "give a file that can be written"
        ) from error
    finally:
        # Also where the caller's pieces fail, or Ctrl-C is pressed.
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _encoded(piece: str | bytes) -> bytes:
    return piece.encode() if isinstance(piece, str) else piece


def _mode(path: Path) -> int:
    """The permissions of a file: as before, or as any new file has them."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
