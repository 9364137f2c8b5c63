"""Validation results as SHACL defines them, before they have a place and words.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 3.6.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

import pyoxigraph as ox

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
