"""Files as they are at a revision of a git repository.

Git is asked what is in its object store: nothing is checked out, and no hook, filter or fetch is
run. Git's own manuals have the formats: git-ls-tree(1), git-cat-file(1).
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from ...errors import InputError, QueryError
from ...graph import dataset
from ...graph.sources import Source
from ...text.places import Place

#: What is read where a revision alone is given, from the top of the repository.
DEFAULT: Final = "graph"
_ENVIRONMENT: Final = {"LC_ALL": "C", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0"}
#: What Git LFS keeps in the place of a file.
_POINTER: Final = b"version https://git-lfs.github.com/spec/"
_LINK: Final = b"120000"


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit.

    Attributes:
        name: As a person calls it, or the beginning of its full name.
        commit: Its full name.
        about: What it is, where the name does not say it.
    """

    name: str
    commit: str
    about: str = ""


class Repository:
    """The git repository around the folder in which the command runs.

    Attributes:
        top: Its top folder; where it has no files but its own, the folder itself.

    Raises:
        InputError: There is none, or no git.
    """

    def __init__(self) -> None:
        self.top = Path.cwd()
        self._prefix, top = "", self._first_line("rev-parse", "--show-toplevel")
        if top is None:
            message = self._complaint("rev-parse", "--show-toplevel")
            missing = "not a git repository" in message
            raise InputError(
                "there is no git repository here" if missing else f"git refuses: {message}",
                "go to the repository",
            )
        self._prefix = self._first_line("rev-parse", "--show-prefix") or ""
        self.top = Path(top)

    def revision(self, name: str) -> Revision | None:
        """Find a revision, such as ``main`` or ``HEAD~1``; None where there is none."""
        if not name or name.startswith("-"):
            return None
        commit = self._first_line("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        return None if commit is None else Revision(name, commit)

    def known(self, name: str) -> Revision:
        """Find a revision, as `revision` does.

        Raises:
            InputError: There is none.
        """
        found = self.revision(name)
        if found is None:
            raise InputError(
                f"'{name}' is no revision of this git repository",
                "'git log' has them; a shallow clone has few, and no branch that wasn't fetched",
            )
        return found

    def merge_base(self, one: Revision, other: Revision) -> Revision:
        """Find where two revisions have parted.

        Raises:
            InputError: They have nothing in common.
        """
        found = self._first_line("merge-base", one.commit, other.commit)
        if found is None:
            raise InputError(
                f"'{one.name}' and '{other.name}' have no commit in common",
                f"compare them as they are, with {one.name}..{other.name}; a shallow clone has "
                "few commits",
            )
        return Revision(found[:12], found, f"where {one.name} and {other.name} have parted")

    def inside(self, path: str) -> str:
        """Give a path of a file or folder here as it is from the top of the repository.

        Raises:
            QueryError: It isn't in the repository.
        """
        if os.path.isabs(path):
            path = os.path.relpath(os.path.realpath(path), os.path.realpath(self.top))
        else:
            path = posixpath.join(self._prefix, Path(path).as_posix())
        path = posixpath.normpath(Path(path).as_posix())
        if path.startswith(".."):
            raise QueryError(f"'{path}' is outside of the git repository {self.top}", "go there")
        return path

    def sources(self, revision: Revision, paths: Iterable[str]) -> list[Source]:
        """List the files of RDF at a revision, as `dataset.data_files` does in folders.

        Args:
            paths: Files and folders, from the top; what isn't there is passed over.

        Raises:
            InputError: A file is no RDF by its name, or isn't in the repository itself.
        """
        found: dict[str, str] = {}
        for path in paths:
            for name, kind, blob in self._listed(revision, path):
                below = PurePosixPath(name).relative_to(path).parts
                if not below and not dataset.ending(Path(name)):
                    raise InputError(
                        f"{revision.name}:{name}: not the name of an RDF file",
                        f"the extension has to be one of {' '.join(dataset.EXTENSIONS)}",
                    )
                if dataset.ending(Path(name)) and not any(part.startswith(".") for part in below):
                    if kind == _LINK:
                        raise InputError(
                            "a symbolic link, which isn't followed within git",
                            "give what it leads to",
                            Place(f"{revision.name}:{name}"),
                        )
                    found[name] = blob
        made = []
        for name, content in self._contents(found).items():
            path_there = Path(f"{revision.name}:{name}")
            if content.startswith(_POINTER):
                raise InputError(
                    "kept in Git LFS, and only its pointer is in the repository",
                    "check the revision out, and compare folders",
                    Place(str(path_there)),
                )
            if dataset.is_rdf(path_there, content):
                made.append(Source(path_there, content=content))
        return made

    def content(self, revision: Revision, path: str) -> dict[str, bytes]:
        """Read the files of a folder at a revision, by their paths from the top."""
        return self._contents({name: blob for name, _, blob in self._listed(revision, path)})

    def _listed(self, revision: Revision, path: str) -> Iterator[tuple[str, bytes, str]]:
        arguments = [revision.commit, "--", *([] if path == "." else [path])]
        listed = self._run("ls-tree", "-r", "-z", "--full-tree", *arguments).stdout
        for entry in filter(None, listed.split(b"\0")):
            about, _, name = entry.partition(b"\t")
            mode, kind, blob = about.split()
            if kind == b"blob":
                yield os.fsdecode(name), mode, blob.decode()

    def _contents(self, blobs: dict[str, str]) -> dict[str, bytes]:
        """Read blobs as they are kept, by the names that they are asked for with."""
        asked = "".join(f"{blob}\n" for blob in blobs.values()).encode()
        out = self._run("cat-file", "--batch", given=asked).stdout if blobs else b""
        read, at = {}, 0
        for name in blobs:
            end = out.index(b"\n", at)
            head = out[at:end].split()
            if len(head) != 3:
                raise InputError(
                    "not in this copy of the repository, which is a partial one",
                    "fetch it with git first",
                    Place(name),
                )
            size = int(head[2])
            read[name] = out[end + 1 : end + 1 + size]
            at = end + size + 2
        return read

    def _run(self, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(
                ["git", "--no-pager", "--literal-pathspecs", *arguments],
                input=given,
                capture_output=True,
                check=False,
                env={**os.environ, **_ENVIRONMENT},
            )
        except FileNotFoundError as error:
            raise InputError(
                "git is not installed, and knows the revisions", "install git"
            ) from error
        except OSError as error:
            raise InputError(f"git cannot be run ({error.strerror})", "install git") from error

    def _first_line(self, *arguments: str) -> str | None:
        done = self._run(*arguments)
        return None if done.returncode else os.fsdecode(done.stdout).split("\n")[0]

    def _complaint(self, *arguments: str) -> str:
        lines = self._run(*arguments).stderr.decode(errors="replace").splitlines()
        return lines[0].removeprefix("fatal: ") if lines else "it says nothing"
