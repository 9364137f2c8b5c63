"""Constraints on single values, each as a filter for the store and a decision for what it leaves.

A filter is true only for values that conform for certain; where it is not exact, what it does not
let pass is decided in Python, as pySHACL would. Only then rdflib is imported, which takes long.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ...graph.terms import RDFS, SH, XSD
from ..literals import MARK, Keeper
from ..results import Term
from . import regex
from .matching import Matcher
from .model import Constraint
from .terms import LANG_STRING, STRING

if TYPE_CHECKING:
    from .fast import Engine

#: The constraints of this module by parameter, with the local names of their components.
COMPONENTS: Final = {
    name: f"{name[0].upper()}{name[1:]}ConstraintComponent"
    for name in (
        *("class", "datatype", "nodeKind", "minLength", "maxLength", "pattern", "languageIn"),
        *("in", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive"),
    )
}
_KINDS: Final = {
    "IRI": "isIRI({0})",
    "BlankNode": "isBlank({0})",
    "Literal": "isLiteral({0})",
    "BlankNodeOrIRI": "!isLiteral({0})",
    "BlankNodeOrLiteral": "!isIRI({0})",
    "IRIOrLiteral": "!isBlank({0})",
}
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_DAY: Final = re.compile("[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")
_NUMERIC: Final = "isNumeric({0})"
_DATE: Final = (
    '{0} < "9999-12-31"^^<' + XSD.iri + 'date> && REGEX(STR({0}), "^[1-9][0-9]{{3}}-[0-9-]{{5}}$")'
)
_DATE_TIME: Final = 'YEAR({0}) > 999 && REGEX(STR({0}), "^[1-9][0-9]{{3}}-[0-9:T-]{{14}}Z?$")'
#: Canonical forms that any library takes for well-formed; others are looked at in Python.
_PLAIN: Final = {
    XSD.integer: _NUMERIC,
    XSD.decimal: _NUMERIC,
    XSD.double: _NUMERIC,
    XSD.float: _NUMERIC,
    XSD.boolean: 'STR({0}) IN ("true", "false")',
    XSD.date: _DATE,
    XSD.dateTime: _DATE_TIME,
}


@dataclass(frozen=True, slots=True)
class Check:
    """A constraint on single values.

    Attributes:
        component: The local name of its component.
        passes: An expression that is true only for values that conform.
        decide: Decides what the expression does not let pass; None if the expression is exact.
        pattern: A pattern that values match if and only if they conform; empty if there is none.
    """

    component: str
    passes: str
    decide: Callable[[Term], bool] | None = None
    pattern: str = ""


def check(engine: Engine, constraint: Constraint, variable: str) -> Check:
    """Turn a constraint into a check.

    Args:
        engine: The engine, which knows the classes and how literals are stored.
        constraint: A constraint on single values.
        variable: The variable that holds the value, with its question mark.

    Returns:
        The check.
    """
    name, value = constraint.name, constraint.value
    component = COMPONENTS[name]
    if name == "class":
        pattern = engine.classes.instances([value], variable)
        test = engine.classes.test([value], variable)
        return Check(component, f"EXISTS {{ {test} }}" if test else "false", pattern=pattern)
    if name == "nodeKind":
        return Check(component, _KINDS[value.value.removeprefix(SH.iri)].format(variable))
    if name == "datatype":
        return _datatype(component, variable, value.value)
    if name == "in":
        return Check(component, same_as_one(variable, constraint.members, engine.keeper))
    if name == "languageIn":
        return Check(component, _language(variable, constraint.members))
    if name in ("minLength", "maxLength"):
        count, sign = int(value.value), ">=" if name == "minLength" else "<="
        # Like pySHACL: a least length of 0 lets blank nodes pass too.
        free = name == "minLength" and count == 0
        return Check(component, "true" if free else f"(STRLEN(STR({variable})) {sign} {count})")
    if name == "pattern":
        return _pattern(component, variable, value.value, constraint.flags, engine.matcher)
    return _range(component, variable, name, value)


def same_as_one(variable: str, terms: Iterable[Term], keeper: Keeper) -> str:
    """Write an expression that is true if a variable holds one of some terms."""
    iris, others = [], []
    for term in terms:
        if isinstance(term, ox.NamedNode):
            iris.append(str(term))
        elif isinstance(term, ox.Literal):
            others.append(f"sameTerm({variable}, {keeper.stored(term)})")
    parts = [f"({variable} IN ({', '.join(iris)}))"] if iris else []
    return f"({' || '.join(parts + others) or 'false'})"


def _datatype(component: str, variable: str, datatype: str) -> Check:
    def decide(term: Term) -> bool:
        from . import rdflib_terms

        return rdflib_terms.has_datatype(term, datatype)

    own = f"(DATATYPE({variable}) = <{datatype}>"
    if datatype in (STRING, LANG_STRING):
        return Check(component, own + ")", decide)
    if datatype in _PLAIN:
        return Check(component, f"{own} && {_PLAIN[datatype].format(variable)})", decide)
    if not datatype.startswith((XSD.iri, RDFS.iri, LANG_STRING.removesuffix("langString"))):
        return Check(component, own + ")", decide)
    marked = (
        f'(DATATYPE({variable}) = <{MARK}{datatype}> && REGEX(STR({variable}), "^[1-9][0-9]?$"))'
    )
    whole = datatype.removeprefix(XSD.iri) in ("int", "long", "short", "byte", "nonNegativeInteger",
                                          "positiveInteger", "unsignedInt")  # fmt: skip
    return Check(component, marked if whole else "false", decide)


def _language(variable: str, members: Iterable[Term]) -> str:
    # Like pySHACL: the whole tag, or what stands before its first hyphen.
    tags = sorted({member.value.lower() for member in members})
    if "*" in tags:
        return f'(LANG({variable}) != "")'
    listed = ", ".join(str(ox.Literal(tag)) for tag in tags)
    tag = f"LCASE(LANG({variable}))"
    return (
        f'({tag} != "" && ({tag} IN ({listed}) || STRBEFORE({tag}, "-") IN ({listed})))'
        if tags
        else "false"
    )


def _pattern(component: str, variable: str, pattern: str, flags: str, matcher: Matcher) -> Check:
    translation = regex.translate(pattern, flags)
    expression = ""
    if translation:
        expression = f"REGEX(STR({variable}), {ox.Literal(translation.text)})"
        if translation.ascii_only:
            expression = f'({expression} && !REGEX(STR({variable}), "[^\\\\x00-\\\\x7f]"))'
        if not _compiles(translation.text):
            translation = None
    compiled = re.compile(pattern, regex.flags_of(flags))

    def decide(term: Term) -> bool:
        if isinstance(term, ox.BlankNode):
            return False
        if translation and (not translation.ascii_only or term.value.isascii()):
            # The store has decided, in bounded time.
            return False
        return matcher.search(compiled, term.value)

    return Check(component, expression if translation else "false", decide)


def _compiles(pattern: str) -> bool:
    """Tell whether the store takes a regular expression: it is limited in size."""
    answer = ox.Store().query(f'SELECT (REGEX("", {ox.Literal(pattern)}) AS ?x) {{}}')
    assert isinstance(answer, ox.QuerySolutions)
    return next(answer)["x"] is not None


def _range(component: str, variable: str, name: str, value: Term) -> Check:
    sign = {
        "minExclusive": ">",
        "minInclusive": ">=",
        "maxExclusive": "<",
        "maxInclusive": "<=",
    }[name]
    allowed = {">": (1,), ">=": (0, 1), "<": (-1,), "<=": (-1, 0)}[sign]

    def decide(term: Term) -> bool:
        from . import rdflib_terms

        return rdflib_terms.compare(term, value) in allowed

    assert isinstance(value, ox.Literal)
    kind = value.datatype.value
    if kind in (XSD.integer, XSD.decimal):
        alike = f"DATATYPE({variable}) IN (<{XSD}integer>, <{XSD}decimal>)"
    elif kind == XSD.date and len(value.value) == 10:
        # The year 0000, which the store knows, is none to Python's dates: decided there.
        alike = (
            f"DATATYPE({variable}) = <{kind}> && STRLEN(STR({variable})) = 10 && "
            f'!STRSTARTS(STR({variable}), "0000-")'
        )
    elif kind == STRING:
        alike = f"DATATYPE({variable}) = <{kind}>"
    else:
        return Check(component, "false", decide)
    if not _is_plain(kind, value.value):
        return Check(component, "false", decide)
    return Check(component, f"({alike} && {variable} {sign} {value})", decide)


def _is_plain(kind: str, text: str) -> bool:
    """Tell whether a literal is written in a way that any library takes for well-formed."""
    if kind != XSD.date:
        return kind == STRING or _NUMBER.fullmatch(text) is not None
    try:
        return _DAY.fullmatch(text) is not None and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False
