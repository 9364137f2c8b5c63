"""Tests of single values: a filter for the store, and a decision about what it lets not pass.

A filter is true only for values that conform for certain; where it is not exact, what it does not
let pass is decided in Python, by `values`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import MARK
from ...graph.terms import RDF, RDFS, SH, XSD
from .. import ordering, values
from ..results import Result, Term
from . import regex
from .evaluation import Evaluation
from .model import Constraint, component

_KINDS: Final = {
    SH.IRI: "isIRI({0})",
    SH.BlankNode: "isBlank({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNodeOrIRI: "!isLiteral({0})",
    SH.BlankNodeOrLiteral: "!isIRI({0})",
    SH.IRIOrLiteral: "!isBlank({0})",
}
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY: Final = re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
#: Canonical forms that any library takes for well-formed; others are looked at in Python.
_PLAIN: Final = {
    **dict.fromkeys((XSD.integer, XSD.decimal, XSD.double, XSD.float), "isNumeric({0})"),
    XSD.boolean: 'STR({0}) IN ("true", "false")',
    XSD.date: f'{{0}} < "9999-12-31"^^<{XSD.date}> '
    '&& REGEX(STR({0}), "^[1-9][0-9]{{3}}-[0-9-]{{5}}$")',
    XSD.dateTime: 'YEAR({0}) > 999 && REGEX(STR({0}), "^[1-9][0-9]{{3}}-[0-9:T-]{{14}}Z?$")',
}
#: Datatypes of integers that the store would rewrite: one with few digits is in all of them.
_INTEGERS: Final = {
    XSD[name] for name in ("int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
} | {XSD.unsignedInt}
_SIGNS: Final[dict[str, tuple[str, frozenset[int | None]]]] = {
    "minExclusive": (">", frozenset({1})),
    "minInclusive": (">=", frozenset({0, 1})),
    "maxExclusive": ("<", frozenset({-1})),
    "maxInclusive": ("<=", frozenset({-1, 0})),
}


@dataclass(frozen=True, slots=True)
class ValueTest:
    """A test of single values.

    Attributes:
        passes: An expression that is true only for values that conform.
        decide: Decides what the expression does not let pass; None if the expression is exact.
        pattern: A pattern that values match if and only if they conform; empty if there is none.
        details: The results of another shape that lie beneath it, by value.
    """

    passes: str
    decide: Callable[[Term], bool] | None = None
    pattern: str = ""
    details: Mapping[Term, Sequence[Result]] = field(default_factory=dict)


def _class(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    test = evaluation.classes.test([constraint.value], variable)
    pattern = evaluation.classes.instances([constraint.value], variable)
    return ValueTest(f"EXISTS {{ {test} }}" if test else "false", pattern=pattern)


def _node_kind(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    return ValueTest(_KINDS[constraint.value.value].format(variable))


def _in(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    return ValueTest(evaluation.same_as_one(variable, constraint.members))


def _datatype(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    datatype = constraint.value.value

    def decide(term: Term) -> bool:
        return values.has_datatype(term, datatype)

    of_it = f"DATATYPE({variable}) = <{datatype}>"
    if datatype in _PLAIN:
        return ValueTest(f"({of_it} && {_PLAIN[datatype].format(variable)})", decide)
    if datatype in _INTEGERS:
        marked = f"DATATYPE({variable}) = <{MARK}{datatype}>"
        return ValueTest(f'({marked} && REGEX(STR({variable}), "^[1-9][0-9]?$"))', decide)
    text = datatype in (XSD.string, RDF.langString)
    checked = datatype.startswith((XSD.iri, RDFS.iri, RDF.iri)) and not text
    return ValueTest("false" if checked else f"({of_it})", decide)


def _language(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    ranges = sorted({member.value for member in constraint.members})
    tests = (f"LANGMATCHES(LANG({variable}), {ox.Literal(given)})" for given in ranges)
    # To the store an empty range matches what has no language.
    return ValueTest(f'(LANG({variable}) != "" && ({" || ".join(tests) or "false"}))')


def _length(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    count, least = int(constraint.value.value), constraint.name == "minLength"
    return ValueTest(f"(STRLEN(STR({variable})) {'>=' if least else '<='} {count})")


def _pattern(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    pattern = constraint.value.value
    translation = regex.translate(pattern, constraint.flags)
    if translation and not _compiles(translation.text):
        translation = None
    expression = "false"
    if translation:
        expression = f"REGEX(STR({variable}), {ox.Literal(translation.text)})"
        if translation.ascii_only:
            expression = f'({expression} && !REGEX(STR({variable}), "[^\\\\x00-\\\\x7f]"))'

    def decide(term: Term) -> bool:
        # The store has decided, in bounded time, what it can.
        decided = translation and (not translation.ascii_only or term.value.isascii())
        if decided or isinstance(term, ox.BlankNode):
            return False
        return evaluation.matcher.search(regex.compiled(pattern, constraint.flags), term.value)

    return ValueTest(expression, decide)


def _compiles(pattern: str) -> bool:
    """Tell whether the store takes a regular expression: it is limited in size."""
    answer = ox.Store().query(f'SELECT (REGEX("", {ox.Literal(pattern)}) AS ?x) {{}}')
    assert isinstance(answer, ox.QuerySolutions)
    return next(answer)["x"] is not None


def _range(evaluation: Evaluation, constraint: Constraint, variable: str) -> ValueTest:
    value, (sign, allowed) = constraint.value, _SIGNS[constraint.name]
    assert isinstance(value, ox.Literal)
    limit = value

    def decide(term: Term) -> bool:
        return isinstance(term, ox.Literal) and ordering.compare(term, limit) in allowed

    kind = value.datatype.value
    if not _is_plain(kind, value.value):
        return ValueTest("false", decide)
    alike = f"DATATYPE({variable}) = <{kind}>"
    if kind == XSD.date:
        # The year 0000, which the store knows, is none to Python's dates: decided there.
        alike += f' && STRLEN(STR({variable})) = 10 && !STRSTARTS(STR({variable}), "0000-")'
    elif kind != XSD.string:
        alike = f"DATATYPE({variable}) IN (<{XSD}integer>, <{XSD}decimal>)"
    return ValueTest(f"({alike} && {variable} {sign} {value})", decide)


def _is_plain(kind: str, text: str) -> bool:
    """Tell whether a literal is written in a way that any library takes for well-formed."""
    if kind in (XSD.integer, XSD.decimal):
        return _NUMBER.fullmatch(text) is not None
    if kind != XSD.date:
        return kind == XSD.string
    try:
        return _DAY.fullmatch(text) is not None and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


#: What makes the test of a constraint, by the IRI of its component.
TESTS: Final[dict[str, Callable[[Evaluation, Constraint, str], ValueTest]]] = {
    component("class"): _class,
    component("datatype"): _datatype,
    component("nodeKind"): _node_kind,
    component("minLength"): _length,
    component("maxLength"): _length,
    component("pattern"): _pattern,
    component("languageIn"): _language,
    component("in"): _in,
    **{component(name): _range for name in _SIGNS},
}
