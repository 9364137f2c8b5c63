"""A baseline: known problems, kept in a file, so that only new ones fail.

The file has a line for each problem, in JSON, sorted: it changes in git by the lines of the
problems that came or went, and two branches merge. Only the fingerprint counts when problems are
compared; the rest of a line is for people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..graph.files import write_whole
from ..text.places import Place
from .fingerprints import fingerprints, within
from .messages import short_rule
from .problems import Report

_HEAD: Final = '{"passex-baseline": 1}'
_CURE: Final = "write it anew with --write-baseline"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known problem.

    Attributes:
        file: Its file, relative to the folder in which the baseline was written.
        rule: The rule that it breaks.
        focus: The node.
        message: What was wrong.
        fingerprint: What it is recognised by.
    """

    file: str
    rule: str
    focus: str
    message: str
    fingerprint: str


def entries(report: Report, base: str) -> list[Entry]:
    """Make an entry for each problem of a validation without a baseline.

    Args:
        report: What it found.
        base: The folder that names of files are relative to, absolute, with ``/``.

    Returns:
        The entries, sorted by file, rule, node and message.
    """
    marks = fingerprints(report.problems, base)
    return sorted(
        Entry(
            within(problem.place.file, base) if problem.place else "",
            problem.rule,
            problem.focus,
            problem.message,
            mark,
        )
        for problem, mark in zip(report.problems, marks, strict=True)
    )


def write(path: Path, known: Iterable[Entry]) -> None:
    """Write a baseline, whole or not at all.

    Raises:
        OutputError: It cannot be written.
    """
    lines = [_HEAD, *(_line(entry) for entry in known)]
    write_whole(path, ["\n".join(lines) + "\n"])


def read(path: Path) -> list[Entry]:
    """Read a baseline.

    Raises:
        InputError: It cannot be read, or is no baseline.
    """
    file = str(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", place=Place(file)) from error
    except UnicodeDecodeError as error:
        message = "not a baseline of passex: not UTF-8"
        raise InputError(message, _CURE, Place(file)) from error
    head, *lines = text.split("\n")
    if head.strip() != _HEAD:
        message = "not a baseline of passex, or of another version"
        raise InputError(message, _CURE, Place(file, 1))
    return [
        _entry(Place(file, number), line) for number, line in enumerate(lines, 2) if line.strip()
    ]


def apply(report: Report, known: Iterable[Entry], base: str) -> Report:
    """Keep known problems quiet.

    The W3C results (`Report.results`) stay as they are: what a shape says of a graph does not
    depend on what its keepers know already.

    Args:
        report: What a validation found.
        known: The entries of a baseline.
        base: As for `entries`.

    Returns:
        The report with the new problems only, the number of known ones, and the entries that no
        problem matched.
    """
    by_mark = {entry.fingerprint: entry for entry in known}
    marks = fingerprints(report.problems, base)
    new = (
        problem for problem, mark in zip(report.problems, marks, strict=True) if mark not in by_mark
    )
    stale = sorted(by_mark[mark] for mark in by_mark.keys() - set(marks))
    return replace(
        report,
        problems=tuple(new),
        known=sum(mark in by_mark for mark in marks),
        stale=tuple(_told(entry) for entry in stale),
    )


def _line(entry: Entry) -> str:
    parts = {name: getattr(entry, name) for name in Entry.__slots__}
    line = json.dumps(parts, ensure_ascii=False)
    # The name of a file may hold what UTF-8 does not.
    lone = any("\ud800" <= character <= "\udfff" for character in line)
    return json.dumps(parts) if lone else line


def _entry(place: Place, line: str) -> Entry:
    try:
        read = json.loads(line)
        parts = [read[name] for name in Entry.__slots__]
    except (ValueError, KeyError, TypeError, RecursionError):
        parts = []
    if not parts or not all(isinstance(part, str) for part in parts):
        raise InputError(f"not an entry of a baseline: {line[:60]!r}", _CURE, place)
    return Entry(*parts)


def _told(entry: Entry) -> str:
    where = f"{entry.file}: " if entry.file else ""
    return f"{where}[{short_rule(entry.rule)}] {entry.focus}".rstrip()
