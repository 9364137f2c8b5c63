"""Fingerprints, by which a problem is the same problem in the next run, when lines have moved.

A fingerprint is made of the rule, the file, the focus node, the path and the value, and of a number
that tells apart problems that are equal in all of these. Lines, columns and messages do not count,
so that neither an edit above nor a better wording makes a known problem new.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from .problems import Problem

_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:/")


def fingerprints(problems: Iterable[Problem], base: str) -> list[str]:
    """Give each problem, in the order of the report, 32 hexadecimal digits; no two are the same.

    Example:
        >>> from passex.validation.problems import Place, Severity
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
