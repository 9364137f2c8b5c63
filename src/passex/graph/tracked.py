"""Files that a repository of git tracks, where a hook checks what is about to be committed."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..errors import InputError
from . import dataset

#: Where the facts of a repository are, if nobody says otherwise.
FOLDER: Final = "graph"


def tracked(paths: Sequence[str]) -> tuple[str, ...]:
    """List the files of RDF, and of questions, that git tracks in some paths.

    What isn't tracked may be a draft, or may hold what the others need and isn't committed.

    Args:
        paths: Files and folders; ``bundled`` is left as it is. `FOLDER`, where no other is named.

    Returns:
        The files, sorted within each path.

    Raises:
        InputError: Git isn't there or refuses, or it tracks nothing of that kind in one of them.
    """
    own = [path for path in paths if path != dataset.BUNDLED] or [FOLDER]
    found = [path for path in paths if path == dataset.BUNDLED]
    for path in own:
        files = sorted(name for name in _listed(path) if _is_read(Path(name), Path(path)))
        if not files:
            raise InputError(
                f"{path}: git tracks nothing here that can be validated",
                "name the files and folders of your graph, and 'git add' them first",
            )
        found += files
    return tuple(dict.fromkeys(found))


def _is_read(file: Path, path: Path) -> bool:
    # A file that was deleted, but not from git's list, is no longer there to be read.
    if not file.is_file():
        return False
    # Of a folder, its own questions alone are asked, as they are without git.
    return path in (file, file.parent) if file.suffix == ".rq" else dataset.is_rdf(file)


def _listed(path: str) -> list[str]:
    # A pattern in a file's name is part of the name, and the language of messages is English.
    command = ["git", "--literal-pathspecs", "ls-files", "-z", "--", path]
    environment = {**os.environ, "LC_ALL": "C"}
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except OSError as error:
        raise InputError(
            f"--tracked asks git, which cannot be run ({error.strerror})",
            "install git, or name the files without --tracked",
        ) from error
    if done.returncode:
        reason = os.fsdecode(done.stderr).strip().partition("\n")[0].removeprefix("fatal: ")
        raise InputError(
            f"{path}: git lists no files ({reason})",
            "run it in a repository of git, or name the files without --tracked",
        )
    return [os.fsdecode(name) for name in done.stdout.split(b"\0") if name]
