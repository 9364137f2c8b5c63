"""Folders with the texts and the tables that a graph quotes."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import InputError
from ..text.places import Place


def files(root: Path) -> list[Path]:
    """List the files in a folder and the folders in it, sorted.

    Raises:
        InputError: A folder cannot be read.
    """

    def refuse(error: OSError) -> None:
        message = f"cannot be searched ({error.strerror})"
        raise InputError(message, "check its permissions", Place(str(error.filename)))

    folders = os.walk(root, onerror=refuse)
    paths = (Path(folder, name) for folder, _, names in folders for name in names)
    return sorted(path for path in paths if path.is_file())
