"""The syntax rules of shapes.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, appendix A. Where pySHACL is
more lenient than the rule without any harm (any type of integer as a length), so are we.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.terms import SH, XSD
from ..results import Severity, Term
from . import regex
from .model import Defect, Node
from .shapes_graph import Triples, is_text

#: Parameters that make no constraint alone, or are read in their own way.
OTHER_PARAMETERS: Final = (
    *("pattern", "flags", "closed", "ignoredProperties", "sparql"),
    *("qualifiedValueShape", "qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedValueShapesDisjoint",
)
_KINDS: Final = (
    *("IRI", "Literal", "BlankNode"),
    *("BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"),
)
_ONLY_WITH_PATH: Final = (
    *("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"),
    "qualifiedValueShape",
)
#: What a constraint has, and no shape.
_OF_CONSTRAINTS: Final = ("select", "ask", "construct", "update", "jsFunctionName")
#: What has a query, beside constraints.
_WITH_QUERIES: Final = {SH.SPARQLFunction, SH.SPARQLTargetType, SH.SPARQLTarget, SH.SPARQLRule}
#: Parameters that do nothing without another one.
COMPANIONS: Final = {
    "ignoredProperties": "closed",
    "flags": "pattern",
    "qualifiedMinCount": "qualifiedValueShape",
    "qualifiedMaxCount": "qualifiedValueShape",
    "qualifiedValueShapesDisjoint": "qualifiedValueShape",
}
#: Switches, which the literal true alone turns on: a 1 is as good a boolean, and does not.
_SWITCHES: Final = ("closed", "uniqueLang", "qualifiedValueShapesDisjoint", "deactivated")
_AT_MOST_ONE: Final = (
    *("path", "severity", "deactivated", "datatype", "nodeKind", "minCount", "maxCount"),
    *("minLength", "maxLength", "languageIn", "uniqueLang", "in", "closed", "ignoredProperties"),
    *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "flags"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
)
_INTEGERS: Final = (
    *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
    *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
)


def _is_integer(term: Term, datatypes: Iterable[str]) -> bool:
    digits = is_text(term, *(XSD[name] for name in datatypes))
    return digits and re.fullmatch(r"\+?\d+|-0+", term.value) is not None


def _are_flags(term: Term) -> bool:
    return is_text(term, XSD.string) and set(term.value) <= set("smixqSMIXQ")


def _is_pattern(term: Term, flags: str) -> bool:
    if not is_text(term, XSD.string):
        return False
    try:
        regex.compiled(term.value, flags)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


#: A test of a value, and what the value is that passes it.
_Rule: TypeAlias = tuple[Callable[[Term], bool], str]
_IRI: Final[_Rule] = (lambda term: isinstance(term, ox.NamedNode), "an IRI")
_SHAPE: Final[_Rule] = (lambda term: not isinstance(term, ox.Literal), "a shape")
_LITERAL: Final[_Rule] = (lambda term: isinstance(term, ox.Literal), "a literal")
_STRING: Final[_Rule] = (lambda term: is_text(term, XSD.string), "a string")
_BOOLEAN: Final[_Rule] = (
    lambda term: is_text(term, XSD.boolean) and term.value in ("true", "false", "1", "0"),
    "true or false",
)
_COUNT: Final = partial(_is_integer, datatypes=("integer",)), "an xsd:integer that is not negative"
_LENGTH: Final = partial(_is_integer, datatypes=_INTEGERS), "an integer that is not negative"
_KIND: Final[_Rule] = (
    lambda term: isinstance(term, ox.NamedNode) and term.value in [SH[kind] for kind in _KINDS],
    "one of sh:" + ", sh:".join(_KINDS),
)
#: What a value of each property of a shape has to be.
_VALUES: Final[dict[str, _Rule]] = {
    **dict.fromkeys(("targetClass", "targetSubjectsOf", "targetObjectsOf", "severity"), _IRI),
    "targetNode": (lambda term: not isinstance(term, ox.BlankNode), "an IRI or a literal"),
    "deactivated": _BOOLEAN,
    "message": (is_text, "a text, with or without a language"),
    **dict.fromkeys(("class", "datatype"), _IRI),
    "nodeKind": _KIND,
    **dict.fromkeys(("minCount", "maxCount"), _COUNT),
    **dict.fromkeys(("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"), _LITERAL),
    **dict.fromkeys(("minLength", "maxLength"), _LENGTH),
    "flags": (_are_flags, "of the letters s, m, i, x and q"),
    "uniqueLang": _BOOLEAN,
    **dict.fromkeys(("equals", "disjoint", "lessThan", "lessThanOrEquals"), _IRI),
    **dict.fromkeys(("not", "node", "property", "qualifiedValueShape"), _SHAPE),
    **dict.fromkeys(("qualifiedMinCount", "qualifiedMaxCount"), _COUNT),
    **dict.fromkeys(("qualifiedValueShapesDisjoint", "closed"), _BOOLEAN),
    "sparql": (_SHAPE[0], "a SPARQL-based constraint"),
}
#: What the members of a list have to be, and whether the list may be empty.
_MEMBERS: Final[dict[str, tuple[_Rule, bool]]] = {
    "in": ((lambda term: True, "a term"), True),
    "languageIn": (_STRING, True),
    "ignoredProperties": (_IRI, True),
    **dict.fromkeys(("and", "or", "xone"), (_SHAPE, False)),
}


def syntax_defects(triples: Triples, node: Node) -> Iterator[Defect]:
    """Check a shape against the syntax rules; its path and its queries are checked when read."""
    said = {iri[len(SH.iri) :]: iri for iri in triples.of(node) if iri.startswith(SH.iri)}

    def values(name: str) -> list[Term]:
        return triples.values(node, said[name]) if name in said else []

    def wrong(name: str, message: str, value: Term | None = None) -> Defect:
        return Defect("shacl-ill-formed", node, SH[name] if name else "", message, value)

    kinds = triples.types(node)
    if SH.NodeShape in kinds and SH.PropertyShape in kinds:
        yield wrong("", "a shape cannot be a sh:NodeShape and a sh:PropertyShape at once")
    elif SH.NodeShape in kinds and "path" in said:
        yield wrong("path", "a sh:NodeShape has no sh:path")
    elif SH.PropertyShape in kinds and "path" not in said:
        yield wrong("", "a sh:PropertyShape needs a sh:path")
    for name in _AT_MOST_ONE:
        if len(several := values(name)) > 1:
            yield wrong(name, f"a shape has at most one sh:{name}", several[1])
    for name, (holds, wanted) in _VALUES.items():
        for value in values(name):
            if not holds(value):
                yield wrong(name, f"a value of sh:{name} is {wanted}", value)
    flags = "".join(value.value for value in values("flags") if _are_flags(value))
    for value in values("pattern"):
        if not _is_pattern(value, flags):
            message = "a value of sh:pattern is a string that is a regular expression"
            yield wrong("pattern", message, value)
    for name in _ONLY_WITH_PATH:
        if name in said and "path" not in said:
            yield wrong(name, f"sh:{name} belongs to a property shape, which has a sh:path")
    for name, ((holds, wanted), may_be_empty) in _MEMBERS.items():
        for head in values(name):
            members = triples.items(head)
            if members is None:
                yield wrong(name, f"a value of sh:{name} is a well-formed list", head)
            elif not members and not may_be_empty:
                yield wrong(name, f"the list of sh:{name} has no members", head)
            for member in members or ():
                if not holds(member):
                    yield wrong(name, f"a member of sh:{name} is {wanted}", member)
    for value in values("property"):
        if not triples.values(value, SH.path):
            yield wrong("property", "a value of sh:property needs a sh:path", value)
    for value in values("node"):
        if triples.values(value, SH.path):
            yield wrong("node", "a value of sh:node is a node shape, which has no sh:path", value)
    counts = ("qualifiedMinCount", "qualifiedMaxCount")
    if "qualifiedValueShape" in said and said.keys().isdisjoint(counts):
        message = "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount"
        yield wrong("qualifiedValueShape", message)


def unportable(triples: Triples) -> Iterator[Defect]:
    """Find patterns that are Python's and not XPath's, whose regular expressions SHACL has.

    They are applied: nearly all engines have their language's own, where such as ``(?!`` is known.
    """
    for node in triples.having(SH.pattern):
        flags = [value for value in triples.values(node, SH.flags) if _are_flags(value)]
        given = "".join(value.value for value in flags)
        for value in triples.values(node, SH.pattern):
            if "q" in given or not _is_pattern(value, given):
                continue
            found, cure = regex.only_python(value.value)
            if found:
                message = f"sh:pattern has a regular expression of XPath, which has no `{found}`"
                hint = f"{cure or 'write it otherwise'}; it was applied, and others may refuse it"
                severity = Severity.WARNING
                yield Defect("shacl-ill-formed", node, SH.pattern, message, value, hint, severity)


def without_effect(triples: Triples) -> Iterator[Defect]:
    """Find what does nothing: parameters alone, queries of shapes, constraints of no shape."""
    for node in triples.having(*(SH[name] for name in _OF_CONSTRAINTS)):
        said, kinds = triples.of(node), triples.types(node)
        if kinds & {SH.NodeShape, SH.PropertyShape} and not kinds & _WITH_QUERIES:
            for name in _OF_CONSTRAINTS:
                if SH[name] in said:
                    message = f"sh:{name} does nothing at a shape: it belongs to a constraint of it"
                    yield _without(node, SH[name], message, Severity.VIOLATION)
    asked = {v for node in triples.having(SH.sparql) for v in triples.values(node, SH.sparql)}
    for node in triples.of_type(SH.SPARQLConstraint):
        if node not in asked:
            message = "no shape has this constraint in sh:sparql, so it is never applied"
            yield _without(node, "", message)
    for name, companion in COMPANIONS.items():
        for node in triples.having(SH[name]):
            if SH[companion] not in triples.of(node):
                message = f"sh:{name} does nothing without sh:{companion}"
                # A count was meant to check something.
                severity = Severity.VIOLATION if name.endswith("Count") else None
                yield _without(node, SH[name], message, severity)
    yield from _ones(triples)


def _ones(triples: Triples) -> Iterator[Defect]:
    """Find the switches that are ``1``, which the W3C's tests (uniqueLang-002) take for off."""
    for name in _SWITCHES:
        for node in triples.having(SH[name]):
            for value in triples.values(node, SH[name]):
                if is_text(value, XSD.boolean) and value.value == "1":
                    message = f"sh:{name} is switched on by true alone: with 1 it is off"
                    # A shape that isn't switched off is applied: nothing is lost.
                    severity = None if name == "deactivated" else Severity.VIOLATION
                    yield Defect(
                        "shacl-without-effect", node, SH[name], message, value, "write true",
                        severity,
                    )  # fmt: skip


def _without(node: Node, term: str, message: str, severity: Severity | None = None) -> Defect:
    return Defect("shacl-without-effect", node, term, message, severity=severity)
