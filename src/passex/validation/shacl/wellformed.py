"""The syntax rules of shapes, as one table.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, appendix A. Where pySHACL is
more lenient than the rule without any harm (any type of integer as a length), so are we.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.terms import RDF, SH, XSD
from ..results import Term
from .model import Defect, Node
from .shapes_graph import Triples

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
_ONLY_WITH_PATH: Final = (*("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"),)
_AT_MOST_ONE: Final = (
    *("path", "severity", "deactivated", "datatype", "nodeKind", "minCount", "maxCount"),
    *("minLength", "maxLength", "languageIn", "uniqueLang", "in", "closed", "ignoredProperties"),
    *("qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint", "flags"),
    *("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
)
_WHOLE: Final = frozenset(
    XSD[name]
    for name in (
        *("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("unsignedByte", "unsignedShort", "unsignedInt", "unsignedLong"),
    )
)


def _is_iri(term: Term) -> bool:
    return isinstance(term, ox.NamedNode)


def _is_node(term: Term) -> bool:
    return not isinstance(term, ox.Literal)


def _is_literal(term: Term) -> bool:
    return isinstance(term, ox.Literal)


def _is_text(term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value in (XSD.string, RDF.langString)


def _is_string(term: Term) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value == XSD.string


def _is_count(term: Term) -> bool:
    return (
        isinstance(term, ox.Literal)
        and term.datatype.value == XSD.integer
        and re.fullmatch(r"\+?\d+|-0+", term.value) is not None
    )


def _is_length(term: Term) -> bool:
    return (
        isinstance(term, ox.Literal)
        and term.datatype.value in _WHOLE
        and re.fullmatch(r"\+?\d+|-0+", term.value) is not None
    )


def _is_boolean(term: Term) -> bool:
    return (
        isinstance(term, ox.Literal)
        and term.datatype.value == XSD.boolean
        and term.value in ("true", "false", "1", "0")
    )


def _is_kind(term: Term) -> bool:
    return isinstance(term, ox.NamedNode) and term.value in [SH[kind] for kind in _KINDS]


def _is_regex(term: Term) -> bool:
    if not _is_string(term):
        return False
    try:
        re.compile(term.value)
    except (re.error, OverflowError, RecursionError):
        return False
    return True


_Rule = tuple[Callable[[Term], bool], str]
_IRI: Final[_Rule] = (_is_iri, "an IRI")
_SHAPE: Final[_Rule] = (_is_node, "a shape")
_COUNT: Final[_Rule] = (_is_count, "an xsd:integer that is not negative")
_LENGTH: Final[_Rule] = (_is_length, "an integer that is not negative")
_BOOLEAN: Final[_Rule] = (_is_boolean, "true or false")
_LITERAL: Final[_Rule] = (_is_literal, "a literal")
#: What a value of each property of a shape has to be.
_VALUES: Final[dict[str, _Rule]] = {
    "targetClass": _IRI,
    "targetSubjectsOf": _IRI,
    "targetObjectsOf": _IRI,
    "severity": _IRI,
    "deactivated": _BOOLEAN,
    "message": (_is_text, "a text, with or without a language"),
    "class": _IRI,
    "datatype": _IRI,
    "nodeKind": (_is_kind, "one of sh:" + ", sh:".join(_KINDS)),
    "minCount": _COUNT,
    "maxCount": _COUNT,
    "minExclusive": _LITERAL,
    "minInclusive": _LITERAL,
    "maxExclusive": _LITERAL,
    "maxInclusive": _LITERAL,
    "minLength": _LENGTH,
    "maxLength": _LENGTH,
    "pattern": (_is_regex, "a string that is a regular expression"),
    "flags": (_is_string, "a string"),
    "uniqueLang": _BOOLEAN,
    "equals": _IRI,
    "disjoint": _IRI,
    "lessThan": _IRI,
    "lessThanOrEquals": _IRI,
    "not": _SHAPE,
    "node": _SHAPE,
    "property": _SHAPE,
    "qualifiedValueShape": _SHAPE,
    "qualifiedMinCount": _COUNT,
    "qualifiedMaxCount": _COUNT,
    "qualifiedValueShapesDisjoint": _BOOLEAN,
    "closed": _BOOLEAN,
    "sparql": (_is_node, "a SPARQL-based constraint"),
}
#: What the members of a list have to be, and whether the list may be empty.
_MEMBERS: Final[dict[str, tuple[_Rule, bool]]] = {
    "in": ((lambda term: True, "a term"), True),
    "languageIn": ((_is_string, "a string"), True),
    "ignoredProperties": (_IRI, True),
    "and": (_SHAPE, False),
    "or": (_SHAPE, False),
    "xone": (_SHAPE, False),
}


def defects(triples: Triples, node: Node) -> Iterator[Defect]:
    """Check a shape against the syntax rules; its path and its queries are checked when read.

    Args:
        triples: The shapes graph.
        node: The shape.

    Yields:
        What is wrong with it.
    """

    def wrong(name: str, message: str, value: Term | None = None) -> Defect:
        return Defect("shacl-ill-formed", node, SH[name] if name else "", message, value)

    kinds = triples.types(node)
    has_path = bool(triples.values(node, SH.path))
    if SH.NodeShape in kinds and SH.PropertyShape in kinds:
        yield wrong("", "a shape cannot be a sh:NodeShape and a sh:PropertyShape at once")
    elif SH.NodeShape in kinds and has_path:
        yield wrong("path", "a sh:NodeShape has no sh:path")
    elif SH.PropertyShape in kinds and not has_path:
        yield wrong("", "a sh:PropertyShape needs a sh:path")
    for name in _AT_MOST_ONE:
        values = triples.values(node, SH[name])
        if len(values) > 1:
            yield wrong(name, f"a shape has at most one sh:{name}", values[1])
    for name, (holds, wanted) in _VALUES.items():
        for value in triples.values(node, SH[name]):
            if not holds(value):
                yield wrong(name, f"a value of sh:{name} is {wanted}", value)
    if not has_path:
        for name in _ONLY_WITH_PATH:
            if triples.values(node, SH[name]):
                yield wrong(name, f"sh:{name} belongs to a property shape, which has a sh:path")
    yield from _lists(triples, node, wrong)
    yield from _relations(triples, node, wrong)


def _lists(triples: Triples, node: Node, wrong: Callable[..., Defect]) -> Iterator[Defect]:
    for name, ((holds, wanted), may_be_empty) in _MEMBERS.items():
        for head in triples.values(node, SH[name]):
            members = triples.items(head)
            if members is None:
                yield wrong(name, f"a value of sh:{name} is a well-formed list", head)
            elif not members and not may_be_empty:
                yield wrong(name, f"the list of sh:{name} has no members", head)
            else:
                for member in members:
                    if not holds(member):
                        yield wrong(name, f"a member of sh:{name} is {wanted}", member)


def _relations(triples: Triples, node: Node, wrong: Callable[..., Defect]) -> Iterator[Defect]:
    """Check what depends on another property, or on another node."""
    for value in triples.values(node, SH.property):
        if not triples.values(value, SH.path):
            yield wrong("property", "a value of sh:property needs a sh:path", value)
    for value in triples.values(node, SH.node):
        if triples.values(value, SH.path):
            yield wrong("node", "a value of sh:node is a node shape, which has no sh:path", value)
    if triples.values(node, SH.ignoredProperties) and not triples.values(node, SH.closed):
        yield wrong("ignoredProperties", "sh:ignoredProperties does nothing without sh:closed")
    if triples.values(node, SH.qualifiedValueShape) and not (
        triples.values(node, SH.qualifiedMinCount) or triples.values(node, SH.qualifiedMaxCount)
    ):
        yield wrong(
            "qualifiedValueShape",
            "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount",
        )
