"""Reports of a validation, in seven formats.

Each is written by a function that gives it piece by piece, so that it is never in memory as a
whole. What was found decides about every byte: no times, no machines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from ..validation.problems import Report, Severity

#: The formats, by the names that `passex validate --report` takes, and what each is for.
FORMATS: Final[dict[str, str]] = {
    "text": "for people, with the source line",
    "json": "one JSON document",
    "jsonl": "one problem a line, in JSON",
    "sarif": "SARIF 2.1.0, for code scanning",
    "junit": "JUnit XML, for Jenkins and GitLab",
    "github": "annotations in a GitHub workflow",
    "turtle": "the W3C validation report",
}
#: The module and the function that write each.
_WRITERS: Final = {
    "text": ("text", "write"),
    "json": ("json", "document"),
    "jsonl": ("json", "records"),
    "sarif": ("sarif", "write"),
    "junit": ("ci", "junit"),
    "github": ("ci", "github"),
    "turtle": ("turtle", "write"),
}


@dataclass(frozen=True, slots=True)
class Options:
    """What a report depends on, besides what was found.

    Attributes:
        base: The folder that names of files are relative to, absolute, with ``/`` between the
            parts: where the command runs.
        colour: Whether the text is coloured: only on a terminal, and not with ``NO_COLOR``.
        fail_on: The mildest severity that fails a test in JUnit.
    """

    base: str
    colour: bool = False
    fail_on: Severity = Severity.VIOLATION


_Writer = Callable[[Report, Options], Iterator[str]]


def write(name: str, report: Report, options: Options) -> Iterator[str]:
    """Write a report.

    Args:
        name: One of `FORMATS`.

    Yields:
        The report, piece by piece. All of it can be written in UTF-8: where the name of a file
        is not Unicode, its odd bytes are escaped.

    Example:
        >>> report = Report((), {}, files=1, triples=7, focus_nodes=2, shapes=1)
        >>> print("".join(write("text", report, Options("/"))), end="")
        No problems in 1 file (7 triples, 2 focus nodes, 1 shape).
    """
    module, function = _WRITERS[name]
    writer: _Writer = getattr(import_module(f".{module}", __name__), function)
    for piece in writer(report, options):
        yield piece if piece.isascii() else piece.encode("utf-8", "backslashreplace").decode()
