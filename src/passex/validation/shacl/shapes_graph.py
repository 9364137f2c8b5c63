"""The shapes graph as a table, lists and paths read from it, and the syntax rules of its shapes.

Source: Shapes Constraint Language (SHACL), W3C Recommendation 2017, appendix A. Where pySHACL is
more lenient than the rule without any harm (any type of integer as a length), so are we.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.terms import RDF, SH, XSD
from ..literals import written
from ..results import Compound, Path, Term
from . import regex
from .model import Defect, Node

_UNARY: Final = {
    SH.inversePath: "inverse",
    SH.zeroOrMorePath: "zeroOrMore",
    SH.oneOrMorePath: "oneOrMore",
    SH.zeroOrOnePath: "zeroOrOne",
}
#: So deep paths lie within each other, at most.
_DEEPEST: Final = 60


class Triples:
    """The triples of a store by subject and predicate, with literals as they were written."""

    def __init__(self, store: ox.Store) -> None:
        self._table: dict[Node, dict[str, list[Term]]] = {}
        for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
            subject, value = quad.subject, quad.object
            assert not isinstance(subject, ox.Triple)
            assert not isinstance(value, ox.Triple)
            row = self._table.setdefault(subject, {})
            row.setdefault(quad.predicate.value, []).append(written(value))

    def subjects(self) -> Iterator[Node]:
        """Go through all subjects."""
        return iter(self._table)

    def of(self, subject: Term) -> dict[str, list[Term]]:
        """Give what is said of a node: values by predicate."""
        return {} if isinstance(subject, ox.Literal) else self._table.get(subject, {})

    def values(self, subject: Term, predicate: str) -> list[Term]:
        """Give the values of one property of a node, in a stable order."""
        values = self.of(subject).get(predicate, ())
        return sorted(values, key=str) if len(values) > 1 else list(values)

    def types(self, subject: Term) -> set[str]:
        """Give the IRIs of the classes that a node is said to be of."""
        values = self.of(subject).get(RDF.type, ())
        return {value.value for value in values if isinstance(value, ox.NamedNode)}

    def items(self, head: Term) -> list[Term] | None:
        """Read the members of the list that begins with a node; None if it isn't well-formed."""
        members: list[Term] = []
        seen = set()
        while not (isinstance(head, ox.NamedNode) and head.value == RDF.nil):
            first, rest = self.values(head, RDF.first), self.values(head, RDF.rest)
            if head in seen or len(first) != 1 or len(rest) != 1:
                return None
            seen.add(head)
            members += first
            head = rest[0]
        return members


def nodes(terms: Iterable[Term]) -> Iterator[Node]:
    """Leave out literals."""
    return (term for term in terms if not isinstance(term, ox.Literal))


def is_true(term: Term) -> bool:
    """Tell whether a parameter is switched on: by ``true``; ``1`` does not, say the W3C's tests."""
    return term.value.lower() == "true"


def read_path(triples: Triples, node: Term, depth: int = 0) -> Path:
    """Read the path that a node stands for; a ValueError says how it is ill-formed."""
    if isinstance(node, ox.NamedNode) and not triples.of(node).keys() & _UNARY.keys():
        return node
    if isinstance(node, ox.Literal):
        raise ValueError(f"{node} is no property path")
    if depth > _DEEPEST:
        raise ValueError("a property path within itself, or very deep")
    said = triples.of(node)
    kinds = [key for key in (*_UNARY, SH.alternativePath) if key in said]
    # What is a list is taken for one, whatever else is said of it: the W3C's tests have it so.
    listed = RDF.first in said
    if not listed and len(kinds) != 1:
        raise ValueError("a property path must be an IRI, a list or one kind of path")
    if listed or kinds[0] not in _UNARY:
        heads = [node] if listed else triples.values(node, kinds[0])
        members = triples.items(heads[0]) if len(heads) == 1 else None
        if members is None or len(members) < 2:
            raise ValueError("a path of several parts needs one well-formed list of two or more")
        parts = tuple(read_path(triples, member, depth + 1) for member in members)
        return Compound("sequence" if listed else "alternative", parts)
    values = triples.values(node, kinds[0])
    if len(values) != 1:
        raise ValueError(f"a path has more than one sh:{kinds[0].removeprefix(SH.iri)}")
    return Compound(_UNARY[kinds[0]], (read_path(triples, values[0], depth + 1),))


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
_ONLY_WITH_PATH: Final = ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals")
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


def is_text(term: Term, *datatypes: str) -> bool:
    """Tell whether a term is a literal of some datatypes: a text, with or without a language."""
    wanted = datatypes or (XSD.string, RDF.langString)
    return isinstance(term, ox.Literal) and term.datatype.value in wanted


def _is_integer(term: Term, datatypes: Iterable[str]) -> bool:
    digits = is_text(term, *(XSD[name] for name in datatypes))
    return digits and re.fullmatch(r"\+?\d+|-0+", term.value) is not None


def _is_regex(term: Term) -> bool:
    try:
        return is_text(term, XSD.string) and regex.compiled(term.value) is not None
    except (re.error, OverflowError, RecursionError):
        return False


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
    "deactivated": _BOOLEAN,
    "message": (is_text, "a text, with or without a language"),
    **dict.fromkeys(("class", "datatype"), _IRI),
    "nodeKind": _KIND,
    **dict.fromkeys(("minCount", "maxCount"), _COUNT),
    **dict.fromkeys(("minExclusive", "minInclusive", "maxExclusive", "maxInclusive"), _LITERAL),
    **dict.fromkeys(("minLength", "maxLength"), _LENGTH),
    "pattern": (_is_regex, "a string that is a regular expression"),
    "flags": _STRING,
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
    if "ignoredProperties" in said and "closed" not in said:
        yield wrong("ignoredProperties", "sh:ignoredProperties does nothing without sh:closed")
    counts = ("qualifiedMinCount", "qualifiedMaxCount")
    if "qualifiedValueShape" in said and said.keys().isdisjoint(counts):
        message = "sh:qualifiedValueShape needs sh:qualifiedMinCount or sh:qualifiedMaxCount"
        yield wrong("qualifiedValueShape", message)
