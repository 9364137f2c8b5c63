"""A baseline: known problems, kept in a file by their fingerprints, so that only new ones fail.

A fingerprint is made of the rule, the file, the focus node, the path and the value, and of a number
that tells apart problems that are equal in all of these. Lines, columns and messages do not count,
so that neither an edit above nor a better wording makes a known problem new.

The file has a line for each problem, in JSON, sorted: it changes in git by the lines of the
problems that came or went, and two branches merge. Only the fingerprint counts when problems are
compared; the rest of a line is for people.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..graph.files import write_whole
from ..text.places import Place
from ..text.wording import cut
from .messages import short_rule
from .results import Problem, Report

_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:/")


def fingerprints(problems: Iterable[Problem], base: str) -> list[str]:
    """Give each problem, in the order of the report, 32 hexadecimal digits; no two are the same.

    Example:
        >>> from passex.validation.results import Place, Severity
        >>> one = Problem("r", "", Severity.INFO, "odd", Place("a.ttl", 3), focus="id:japan")
        >>> two = Problem("r", "", Severity.INFO, "very odd", Place("a.ttl", 9), focus="id:japan")
        >>> fingerprints([one], "/") == fingerprints([two], "/")
        True
        >>> len(set(fingerprints([one, two], "/")))
        2
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found = []
    for problem in problems:
        parts = _parts(problem, base)
        seen[parts] += 1
        text = json.dumps([*parts, seen[parts]])
        found.append(hashlib.sha256(text.encode()).hexdigest()[:32])
    return found


def within(file: str, base: str) -> str:
    """Name a file relative to a folder where it lies in it, and absolutely elsewhere.

    Both are written with ``/``, the folder absolutely.

    Example:
        >>> within("./graph/../a.ttl", "/home/me"), within("../b.ttl", "/home/me")
        ('a.ttl', '/home/b.ttl')
    """
    whole = posixpath.normpath(file if _ABSOLUTE.match(file) else posixpath.join(base, file))
    folder = posixpath.normpath(base).rstrip("/") + "/"
    return whole.removeprefix(folder)


def _parts(problem: Problem, base: str) -> tuple[str, ...]:
    file = within(problem.place.file, base) if problem.place else ""
    # Without a node, only the words say which problem it is.
    words = "" if problem.focus or problem.path or problem.value else problem.message
    rule, focus, value = map(_named, (problem.rule, problem.focus, problem.value))
    return (rule, problem.component, file, focus, problem.path, value, words)


def _named(node: str) -> str:
    """Leave out the name of a blank node: it changes with any other blank node before it."""
    return "_:" if node.startswith("_:") else node


_HEAD: Final = '{"passex-baseline": 1}'
_CURE: Final = "write it anew with --write-baseline"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known problem; its file is relative to the folder in which the baseline was written."""

    file: str
    rule: str
    focus: str
    message: str
    fingerprint: str


def entries(report: Report, base: str) -> list[Entry]:
    """Make an entry for each problem of a validation without a baseline, sorted.

    Names of files are relative to the base: a folder, absolute, with ``/``.
    """
    marks = fingerprints(report.problems, base)
    return sorted(
        Entry(within(p.place.file, base) if p.place else "", p.rule, cut(p.focus), p.message, mark)
        for p, mark in zip(report.problems, marks, strict=True)
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
    depend on what its keepers know already. The base is that of `entries`.

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
