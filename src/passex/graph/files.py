"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from ..errors import OutputError


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
    write_together([(path, pieces)])


def write_together(files: Iterable[tuple[Path, Iterable[str | bytes]]]) -> None:
    """Write files that belong together, all of them or none, as `write_whole` writes one.

    Args:
        files: The files, each with its pieces. None takes its place before all are written.

    Raises:
        OutputError: One of them cannot be written.
    """
    # By what they are written into: none for what is no regular file.
    waiting: list[tuple[str, Path]] = []
    path = Path()
    try:
        for path, pieces in files:
            # A symbolic link stays one; the new file takes the place of what it leads to.
            target = path.resolve()
            if target.exists() and not target.is_file():
                with target.open("wb") as out:
                    out.writelines(map(_encoded, pieces))
                continue
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
            waiting.append((temporary, target))
            with open(handle, "wb") as out:
                out.writelines(map(_encoded, pieces))
            os.chmod(temporary, _mode(target))
        while waiting:
            os.replace(*waiting[0])
            del waiting[0]
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror})", "give a file that can be written"
        ) from error
    finally:
        # Also where the caller's pieces fail, or Ctrl-C is pressed.
        for temporary, _ in waiting:
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
