"""For each rule files that pass and files that fail, and what is said of those.

They stand in ``examples/``, one file a group of checks, in this form::

    == missing-label
    -- good ontology.ttl
    ex:Ship a owl:Class ; rdfs:label "ship"@en .
    -- bad ontology.ttl
    ex:Ship a owl:Class .
    -- says
    ontology.ttl ex:Ship: violation: ex:Ship has no label.
      add rdfs:label "..."@en

What is ``both`` belongs to the good and to the bad files. Turtle without a prefix of its own gets
those of `PREFIXES`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from ...graph.terms import PREFIXES as KNOWN
from ...graph.terms import SH

#: The prefixes of the examples.
PREFIXES: Final = {"ex": "https://example.org/sea#", "sh": SH.iri, **KNOWN}
_DECLARES: Final = re.compile(r"^@?prefix ", re.IGNORECASE | re.MULTILINE)
_SECTION: Final = re.compile(r"^(==|--) (.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """The examples of a rule.

    Attributes:
        good: Files that pass, by name.
        bad: Files that fail, by name.
        says: What is said of those.
    """

    good: dict[str, str]
    bad: dict[str, str]
    says: str


def examples(group: str) -> dict[str, Example]:
    """Read the examples of a group of checks.

    Args:
        group: The name of the check.

    Returns:
        The examples by rule.

    Example:
        >>> list(examples("metadata"))
        ['missing-ontology', 'missing-metadata', 'recommended-metadata']
    """
    path = files(__package__).joinpath("examples", f"{group}.txt")
    parts = _SECTION.split(path.read_text(encoding="utf-8"))[1:]
    found: dict[str, Example] = {}
    for sign, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if sign == "==":
            rule = title
            found[rule] = Example({}, {}, "")
            continue
        example = found[rule]
        role, _, name = title.partition(" ")
        if role == "says":
            found[rule] = Example(example.good, example.bad, body.rstrip("\n"))
        if role in ("good", "both"):
            example.good[name] = body
        if role in ("bad", "both"):
            example.bad[name] = body
    return found


def complete(name: str, text: str) -> str:
    """Add the prefixes to Turtle that has none.

    Args:
        name: The name of the file.
        text: What an example has of it.

    Returns:
        The whole file.

    Example:
        >>> complete("data.ttl", "ex:a a ex:B .").splitlines()[-1]
        'ex:a a ex:B .'
    """
    if not name.endswith(".ttl") or not text or _DECLARES.search(text):
        return text
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    return "\n".join([*lines, text])
