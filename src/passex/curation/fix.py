"""Write into the files what validation knows for certain, and nothing else."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError, OutputError, QueryError
from ..graph import dataset, files
from ..graph.unpacking import is_compressed
from ..text.edits import Edit, apply_bytes, unified_diff
from ..text.places import Place
from ..validation.cures import Cure
from ..validation.reporting import Validation
from ..validation.request import Request, sources
from ..validation.results import Report
from ..validation.run import validate
from ..validation.shacl.limits import Limit
from .changeable import refuse_protected, refuse_unchangeable


@dataclass(frozen=True, slots=True)
class Change:
    """A file that is to be changed.

    Attributes:
        path: The file, as it was named.
        before: What it holds.
        after: What it is to hold.
    """

    path: Path
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Fixes:
    """What can be fixed.

    Attributes:
        changes: The files that change, in the order in which they were given.
        number: How many problems are no more when they are changed.
        first: The validation of the files as they are.
        last: The validation of the files as they are to be.
    """

    changes: tuple[Change, ...]
    number: int
    first: Validation
    last: Validation

    def write(self) -> None:
        """Change the files: all of them or none, each whole.

        Raises:
            OutputError: One of them cannot be written, or has changed since it was read.
        """
        for change in self.changes:
            if _read(change.path) != change.before:
                message = f"{change.path}: it has changed meanwhile, so that nothing was fixed"
                raise OutputError(message, "give the command again")
        files.write_together([(change.path, [change.after]) for change in self.changes])

    def diff(self) -> Iterator[str]:
        """Give what changes as a unified diff, line by line."""
        for change in self.changes:
            before, after = change.before.decode(), change.after.decode()
            whole = [Edit(0, len(before), after)]
            yield from unified_diff(change.path.as_posix(), before, whole)


def find_fixes(request: Request, told: Callable[[Report], Report] = lambda report: report) -> Fixes:
    """Find what can be fixed in the files of a validation; no file is changed.

    What is fixed may bring to light what it hid, a broken file the problems of all others; so it
    is validated again with what would be written, until nothing more is certain.

    Args:
        request: What is validated; it names the files that may be changed.
        told: Leaves out the problems of a report of which nobody wants to know.

    Raises:
        QueryError: The request names no files, or what is none.
        InputError: A file that needs a change cannot be changed, or as `validate` raises it.
        TimeoutError: It took longer than the request allows.
    """
    for name in request.paths or (dataset.BUNDLED,):
        refuse_unchangeable(name)
    paths: dict[Path, Path] = {}
    by_name: dict[str, Path] = {}
    named = [Path(name).resolve() for name in request.paths]
    for path in sources(request).data:
        # A folder of questions alone is checked with the graph that comes along.
        if not any(path.resolve().is_relative_to(one) for one in named):
            continue
        by_name[path.as_posix()] = path.resolve()
        paths.setdefault(path.resolve(), path)
    before = {real: _read(path) for real, path in paths.items()}
    for name in request.paths:
        if is_compressed(before.get(Path(name).resolve(), b"")):
            raise QueryError(f"{name}: a compressed file is not changed", "unpack it first")
    limit = Limit(request.timeout)
    after: dict[Path, bytes] = {}
    number = 0
    first = last = validate(request, limit)
    known = {tuple(after.items())}
    while True:
        edits, cured = _chosen(told(last.report), by_name)
        changed = {**after}
        for real in edits:
            refuse_protected(paths[real], before[real])
            changed[real] = apply_bytes(after.get(real, before[real]), edits[real])
        if not edits or tuple(changed.items()) in known:
            break
        after = changed
        known.add(tuple(after.items()))
        number += cured
        last = validate(request, limit, after)
    changes = [
        Change(path, before[real], after[real])
        for real, path in paths.items()
        if real in after and after[real] != before[real]
    ]
    return Fixes(tuple(changes), number, first, last)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"cannot be read ({error.strerror})"
        raise InputError(message, "check its permissions", Place(str(path))) from error


def _chosen(report: Report, by_name: Mapping[str, Path]) -> tuple[dict[Path, list[Edit]], int]:
    """Choose the cures that can be made at once, and count the problems that they mend."""
    chosen: dict[Path, list[Edit]] = {}
    made: dict[Cure, bool] = {}
    number = 0
    for problem in report.problems:
        cure = problem.cure
        if cure is None or any(one.place.file not in by_name for one in cure.replacements):
            continue
        if cure not in made:
            edits = [(by_name[one.place.file], one.edit) for one in cure.replacements]
            # What doesn't fit has its turn next, if it is needed still.
            made[cure] = all(_fits(edit, chosen.get(real, [])) for real, edit in edits)
            for real, edit in edits if made[cure] else ():
                here = chosen.setdefault(real, [])
                at = bisect_left(here, edit)
                if here[at : at + 1] != [edit]:
                    here.insert(at, edit)
        number += made[cure]
    return chosen, number


def _fits(edit: Edit, others: Sequence[Edit]) -> bool:
    """Tell whether an edit is among others, in order, or changes nothing that one of them does."""
    at = bisect_left(others, edit)
    before, after = others[max(0, at - 1) : at], others[at : at + 1]
    return edit in after or not (
        any(one.end > edit.start for one in before) or any(one.start < edit.end for one in after)
    )
