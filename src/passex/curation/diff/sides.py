"""The two graphs that are compared: files, folders, or what git has at a revision."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ...errors import InputError, QueryError
from ...graph import dataset
from ...graph.fetching import url_of
from ...graph.sources import Source, sources
from .revisions import DEFAULT, Repository, Revision

_RANGE: Final = re.compile(r"(?P<old>.*?)(?P<dots>\.{2,3})(?P<new>.*)", re.DOTALL)
#: What of the ontology a graph is read by.
_ONTOLOGY: Final = re.compile(r"ontology/(naval|concepts|gazetteer)\.ttl|ontology/rules/.*\.rq")
HERE: Final = "the working tree"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two graphs.

    Attributes:
        name: What a person calls it.
        sources: Its files.
        commit: The full name of the commit that it is from; empty for files that are here.
        other_ontology: Whether the ontology or a rule is another there than that by which graphs
            are read here.
    """

    name: str
    sources: tuple[Source, ...]
    commit: str = ""
    other_ontology: bool = False


def sides(old: str, new: Sequence[str] = ()) -> tuple[Side, Side]:
    """Find the two graphs that a person means.

    Args:
        old: A file or folder; a revision of git, or two as ``main..topic`` or ``main...topic``,
            which begins where the two have parted; a file or folder at one, as ``main:graph``.
        new: If the old one is a file or folder, what is new: files and folders, which make one
            graph, or a revision. If it is a revision: another one, if it isn't to be compared with
            the working tree; and then the files and folders that are looked at, by default
            ``graph``.

    Raises:
        InputError: Something is neither there nor a revision.
        QueryError: There is nothing to compare it with, or what is no file or folder stands for one
            of a revision.
    """
    if _is_here(old):
        if not new:
            raise QueryError(
                f"nothing to compare {old} with", "give what is new after it, or a revision before"
            )
        return Side(old, tuple(sources([old]))), _new_side(old, new)
    repository = _repository(old)
    ends = _RANGE.fullmatch(old)
    if ends is not None and repository.revision(old) is None:
        first = repository.known(ends["old"] or "HEAD")
        last = repository.known(ends["new"] or "HEAD")
        if ends["dots"] == "...":
            first = repository.merge_base(first, last)
        return _two(repository, first, last, new)
    if (there := _at_revision(repository, old)) is not None:
        if not new:
            raise QueryError(f"nothing to compare {old} with", "give what is new after it")
        return there, _new_side(old, new)
    first = repository.known(old)
    if new and not _is_here(new[0]):
        if (last_one := repository.revision(new[0])) is not None:
            return _two(repository, first, last_one, new[1:])
        if (there := _at_revision(repository, new[0])) is not None:
            raise QueryError(
                f"{old} is a whole revision, and {new[0]} a part of one", f"give {old}:PATH"
            )
    inside = _inside(repository, new)
    here = [path for path in new or [os.path.relpath(repository.top / DEFAULT)] if _is_here(path)]
    found = repository.sources(first, inside)
    _refuse_nothing(first.name, found, inside)
    _refuse_nothing(HERE, here, new or inside)
    return _side(repository, first, found), Side(HERE, tuple(sources(here)))


def _is_here(path: str) -> bool:
    return _is_no_path(path) or os.path.lexists(path)


def _is_no_path(name: str) -> bool:
    return name in (dataset.BUNDLED, dataset.STDIN) or bool(url_of(name))


def _inside(repository: Repository, paths: Sequence[str]) -> list[str]:
    """Give files and folders as they are from the top of the repository; the graph without any."""
    for path in paths:
        if _is_no_path(path):
            raise QueryError(
                f"{path} is no file or folder of a revision",
                f"write passex diff REVISION:PATH {path} to compare it with one, or leave it out",
            )
    return [repository.inside(path) for path in paths] or [DEFAULT]


def _repository(name: str) -> Repository:
    try:
        return Repository()
    except InputError as error:
        raise InputError(
            f"{name}: no such file or folder, and {error.message}",
            f"check the path, or {error.hint}",
        ) from error


def _new_side(old: str, new: Sequence[str]) -> Side:
    if len(new) == 1 and not _is_here(new[0]):
        repository = _repository(new[0])
        there = _at_revision(repository, new[0])
        if there is None and (revision := repository.revision(new[0])) is not None:
            path = _inside(repository, [old])
            found = repository.sources(revision, path)
            _refuse_nothing(revision.name, found, path)
            there = _side(repository, revision, found)
        if there is None:
            raise InputError(
                f"{new[0]}: no such file or folder, and no revision of this git repository",
                "check the path",
            )
        return there
    named = " and ".join(new) if len(new) < 4 else f"{new[0]} and {len(new) - 1} more"
    return Side(named, tuple(sources(new)))


def _at_revision(repository: Repository, name: str) -> Side | None:
    """Read ``main:graph``, with the path from the top, or ``main:./graph`` from here."""
    before, colon, path = name.partition(":")
    revision = repository.revision(before or "HEAD") if colon and path else None
    if revision is None:
        return None
    inside = repository.inside(path) if path.startswith("./") else os.path.normpath(path)
    found = repository.sources(revision, [Path(inside).as_posix()])
    _refuse_nothing(revision.name, found, [path])
    return Side(name, tuple(found), revision.commit, _other_ontology(repository, revision))


def _two(
    repository: Repository, first: Revision, last: Revision, paths: Sequence[str]
) -> tuple[Side, Side]:
    inside = _inside(repository, paths)
    made = []
    for revision in (first, last):
        found = repository.sources(revision, inside)
        _refuse_nothing(revision.name, found, inside)
        made.append(_side(repository, revision, found))
    return made[0], made[1]


def _side(repository: Repository, revision: Revision, found: Sequence[Source]) -> Side:
    name = f"{revision.name} ({revision.about})" if revision.about else revision.name
    return Side(name, tuple(found), revision.commit, _other_ontology(repository, revision))


def _refuse_nothing(name: str, found: Sequence[object], paths: Sequence[str]) -> None:
    if not found:
        raise InputError(
            f"{name} has no RDF files under {', '.join(paths)}",
            "say which files or folders are compared, behind the revision",
        )


def _other_ontology(repository: Repository, revision: Revision) -> bool:
    """Tell whether a revision has an ontology, and rules, that aren't those of this installation.

    By these, whatever is compared is read.
    """
    there = repository.content(revision, "ontology")
    own = dataset.root() / "ontology"
    return any(
        (here := own / name.removeprefix("ontology/")).is_file() and here.read_bytes() != content
        for name, content in there.items()
        if _ONTOLOGY.fullmatch(name)
    )
