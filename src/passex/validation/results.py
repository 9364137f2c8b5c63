"""Results as SHACL defines them, and problems and rules in the form of the reports.

Source of the first: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 3.6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, total_ordering
from typing import Final, Literal, TypeAlias

import pyoxigraph as ox

from ..text.places import Place
from .cures import Cure

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
#: What gives the results.
EngineName: TypeAlias = Literal["fast", "pyshacl"]


@dataclass(frozen=True, slots=True)
class Compound:
    """A property path that is more than one predicate.

    Attributes:
        kind: ``sequence``, ``alternative``, ``inverse``, ``zeroOrMore``, ``oneOrMore`` or
            ``zeroOrOne``.
        parts: The paths it is made of; one, but for sequences and alternatives.
    """

    kind: str
    parts: tuple[Path, ...]


Path: TypeAlias = ox.NamedNode | Compound


@dataclass(frozen=True, slots=True)
class Result:
    """A validation result.

    Attributes:
        focus: The focus node.
        path: The result path, or None.
        value: The value, or None.
        shape: The source shape.
        component: The IRI of the source constraint component.
        severity: The IRI of the severity.
        messages: What the shape says (``sh:message``), or nothing.
        constraint: The source constraint, for constraints in SPARQL.
        details: The results of nested shapes that lie beneath it.
        parameters: The values of the constraint's parameters, for words: the number of
            ``sh:minCount``, the members of ``sh:in``, pattern and flags of ``sh:pattern``. A shape
            without a name is described.
    """

    focus: Term
    path: Path | None
    value: Term | None
    shape: ox.NamedNode | ox.BlankNode
    component: str
    severity: str
    messages: tuple[ox.Literal, ...] = ()
    constraint: ox.NamedNode | ox.BlankNode | None = None
    details: tuple[Result, ...] = ()
    parameters: tuple[Term | str, ...] = ()


def path_text(path: Path, write: Callable[[str], str]) -> str:
    """Write a path in SPARQL's notation, its IRIs with a function such as `shorten`.

    Example:
        >>> p = ox.NamedNode("http://e/p")
        >>> path_text(Compound("sequence", (p, Compound("inverse", (p,)))), lambda iri: "e:p")
        'e:p/^e:p'
    """
    if isinstance(path, ox.NamedNode):
        return write(path.value)
    parts = [path_text(part, write) for part in path.parts]
    if path.kind in ("sequence", "alternative"):
        nested = zip(path.parts, parts, strict=True)
        sign = "/" if path.kind == "sequence" else "|"
        return sign.join(_bracketed(part, text) for part, text in nested)
    inner = _bracketed(path.parts[0], parts[0])
    if path.kind == "inverse":
        # Two signs in a row would be read as the sign of a datatype.
        return f"^({inner})" if inner.startswith("^") else f"^{inner}"
    return inner + {"zeroOrMore": "*", "oneOrMore": "+", "zeroOrOne": "?"}[path.kind]


def _bracketed(path: Path, text: str) -> str:
    simple = isinstance(path, ox.NamedNode) or path.kind == "inverse"
    return text if simple else f"({text})"


@total_ordering
class Severity(Enum):
    """How bad a problem is; the three severities of SHACL."""

    INFO = "info"
    WARNING = "warning"
    VIOLATION = "violation"

    def __lt__(self, other: object) -> bool:
        """Order them from the mildest to the gravest."""
        if not isinstance(other, Severity):
            return NotImplemented
        order = list(Severity)
        return order.index(self) < order.index(other)


#: The rule of what no engine here applies, so that the data could not be checked for it.
UNSUPPORTED: Final = "shacl-unsupported"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        rule: The identifier of the rule that was broken: the IRI of a shape, or a word such as
            ``turtle-syntax`` for a rule that isn't a shape.
        component: The local name of the SHACL constraint component, such as
            ``MinCountConstraintComponent``; empty for a rule that isn't a shape.
        severity: How bad it is.
        message: What is wrong, without the place.
        place: Where; None where no file can be named.
        focus: The node, as a prefixed name, an IRI in angle brackets or a literal; empty for none.
        path: The property path, in SPARQL's notation; empty for none.
        value: The offending value, written like `focus`; empty for none.
        hint: What to write instead; empty where nothing can be said.
        causes: What lies beneath it, a line each: the results of nested shapes.
        name: How the rule is called in a line for people; its identifier if empty.
        own_severity: The severity that the shape gives, written like `focus`, where it is none of
            SHACL's three and counts as a violation; else empty.
        cure: The edits that write what the hint says, where that is certain.
    """

    rule: str
    component: str
    severity: Severity
    message: str
    place: Place | None = None
    focus: str = ""
    path: str = ""
    value: str = ""
    hint: str = ""
    causes: tuple[str, ...] = ()
    name: str = ""
    own_severity: str = ""
    cure: Cure | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """What can be broken.

    Attributes:
        id: Its identifier, as in `Problem.rule`.
        name: A few words.
        description: What it asks for, in sentences.
        reason: Why it does; empty where no reason is given.
        severity: How bad it is to break it, unless a problem says otherwise.
    """

    id: str
    name: str
    description: str
    reason: str
    severity: Severity


class Rules(Mapping[str, Rule]):
    """Rules by identifier, which are read once somebody looks at them."""

    def __init__(self, read: Callable[[], dict[str, Rule]]) -> None:
        self._read = read

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return self._read()

    def __reduce__(self) -> tuple[type[Rules], tuple[Callable[[], dict[str, Rule]]]]:
        return Rules, (self._rules.copy,)

    def __getitem__(self, name: str) -> Rule:
        return self._rules[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)


@dataclass(frozen=True, slots=True)
class Report:
    """All that a validation found.

    Attributes:
        problems: The problems, sorted by file, line and column.
        rules: The rules that were applied, by identifier.
        files: How many files of data were read.
        triples: How many triples they hold.
        focus_nodes: How many nodes the shapes looked at.
        shapes: How many shapes were applied.
        results: The W3C validation results behind those problems that are of shapes.
        known: How many problems a baseline kept quiet.
        stale: Entries of the baseline that nothing matched, a line each.
        engines: What ran, a line each, such as ``12 shapes by pySHACL: nrs:X, …``.
        well_formed: Whether all that the shapes ask for was applied: whether none is ill-formed,
            and nothing in them is of what no engine here applies.
        applied: Whether the results are those of the shapes: not where a file could not be read,
            or tells only of what others describe.
        notes: What has to be known of the report as a whole, a line each.
    """

    problems: tuple[Problem, ...]
    rules: Mapping[str, Rule]
    files: int
    triples: int
    focus_nodes: int
    shapes: int
    results: tuple[Result, ...] = ()
    known: int = 0
    stale: tuple[str, ...] = ()
    engines: tuple[str, ...] = ()
    well_formed: bool = True
    applied: bool = True
    notes: tuple[str, ...] = ()
