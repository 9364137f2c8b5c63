"""The rules as people read them: what each asks for and why, what passes, and what fails.

They stand in ``examples/``, one file a group of checks, in this form::

    == no-data
    #+ title: no data
    #+ severity: violation
    #+ summary: The files of data hold at least one triple.
    #+ reason: Every shape is satisfied by an empty graph.
    -- good data.ttl
    ex:a a ex:Ship .
    -- bad data.ttl
    -- says
    data.ttl: violation: The data hold no triples, so nothing was checked.
      give files that hold facts

What is ``both`` belongs to the good and to the bad files. Turtle without a prefix of its own gets
those of `PREFIXES`. A rule without a head is a query, which has it: see `queries`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ...graph import dataset
from ...graph.terms import PREFIXES as KNOWN
from ...graph.terms import SH
from ...questions.catalogue import entries
from ..problems import Rule, Severity

#: The prefixes of the examples.
PREFIXES: Final = {"ex": "https://example.org/sea#", "sh": SH.iri, **KNOWN}
_DECLARES: Final = re.compile(r"^@?prefix ", re.IGNORECASE | re.MULTILINE)
_SECTION: Final = re.compile(r"^(==|--) (.*)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """The examples of a rule.

    Attributes:
        rule: The rule.
        good: Files that pass, by name.
        bad: Files that fail, by name.
        says: What is said of those.
    """

    rule: Rule
    good: dict[str, str]
    bad: dict[str, str]
    says: str


@cache
def examples(group: str) -> dict[str, Example]:
    """Read the rules of a group of checks, with their examples, by identifier.

    Example:
        >>> list(examples("syntax"))
        ['turtle-syntax', 'rdf-syntax']
    """
    path = files(__package__).joinpath("examples", f"{group}.txt")
    parts = _SECTION.split(path.read_text(encoding="utf-8"))[1:]
    found: dict[str, Example] = {}
    for sign, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if sign == "==":
            rule = title
            found[rule] = Example(_rule(rule, body), {}, {}, "")
            continue
        example = found[rule]
        role, _, name = title.partition(" ")
        if role == "says":
            found[rule] = Example(example.rule, example.good, example.bad, body.rstrip("\n"))
        if role in ("good", "both"):
            example.good[name] = body
        if role in ("bad", "both"):
            example.bad[name] = body
    return found


def _rule(name: str, body: str) -> Rule:
    text = body or dataset.check_file(name).read_text(encoding="utf-8")
    said = {entry.key: entry.value for entry in entries(text, name)}
    severity = Severity(said["severity"])
    return Rule(name, said["title"], said["summary"], said["reason"], severity)


def complete(name: str, text: str) -> str:
    """Add the prefixes to a file that has none, if it is Turtle.

    Example:
        >>> complete("data.ttl", "ex:a a ex:B .").splitlines()[-1]
        'ex:a a ex:B .'
    """
    if not name.endswith(".ttl") or not text or _DECLARES.search(text):
        return text
    lines = [f"@prefix {prefix}: <{space}> ." for prefix, space in PREFIXES.items()]
    return "\n".join([*lines, text])
