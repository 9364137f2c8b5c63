"""Messages in place of a ``sh:message`` that is missing, the same whatever engine ran.

Source of the components: Shapes Constraint Language (SHACL), W3C Recommendation 2017, section 4.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from ..graph.terms import XSD, expand, local_name, shorten
from ..text.wording import cut
from . import ordering
from .results import Result, Term, path_text

#: What Turtle writes without quotes, by datatype.
_BARE: Final = {
    XSD.integer: re.compile(r"[+-]?[0-9]+"),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+"),
    XSD.boolean: re.compile("true|false"),
}
_LONGEST: Final = 80
#: Constraints that compare the value with their first parameter.
BOUNDS: Final = ("MinInclusive", "MinExclusive", "MaxInclusive", "MaxExclusive")
#: Constraints on the text of a literal or an IRI.
_OF_TEXTS: Final = ("MinLength", "MaxLength", "Pattern")

#: With the parameters of the constraint, and without where that differs. ``{path}`` is the path or
#: "the node", ``{value}`` the value, ``{one}`` the first parameter, ``{all}`` all of them.
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "Class": (
        "{value} is no instance of {all}",
        "{value} is no instance of the class that {path} asks for",
    ),
    "Datatype": ("{value} is not of datatype {one}", "{value} has not the datatype of {path}"),
    "NodeKind": (
        "{value} is not {kind}",
        "{value} is not of the kind of node that {path} asks for",
    ),
    "MinCount": ("less than {count} for {path}", "too few values for {path}"),
    "MaxCount": ("more than {count} for {path}", "too many values for {path}"),
    "MinExclusive": ("{value} is not greater than {one}", "{value} is too small for {path}"),
    "MinInclusive": ("{value} is less than {one}", "{value} is too small for {path}"),
    "MaxExclusive": ("{value} is not less than {one}", "{value} is too great for {path}"),
    "MaxInclusive": ("{value} is greater than {one}", "{value} is too great for {path}"),
    "MinLength": ("{value} is shorter than {characters}", "{value} is too short for {path}"),
    "MaxLength": ("{value} is longer than {characters}", "{value} is too long for {path}"),
    "Pattern": (
        "{value} does not match the pattern {one}",
        "{value} does not match the pattern of {path}",
    ),
    "LanguageIn": (
        "the language of {value} is none of {all}",
        "the language of {value} is not one of those that {path} takes",
    ),
    "UniqueLang": ("more than one value for {path} in one language",),
    "Equals": (
        "{value} is a value of only one of {path} and {one}, which must have the same values",
        "{path} has not the same values as its counterpart: {value}",
    ),
    "Disjoint": (
        "{value} is a value of both {path} and {one}, which must share none",
        "{path} shares a value with its counterpart: {value}",
    ),
    "LessThan": ("{value} is not less than the value of {one}", "{value} is too great for {path}"),
    "LessThanOrEquals": (
        "{value} is not less than the value of {one}, and not equal to it",
        "{value} is too great for {path}",
    ),
    "Not": (
        "{value} conforms to {one}, and must not",
        "{value} conforms to a shape to which it must not",
    ),
    "And": ("{value} does not conform to all of {all}", "{value} does not conform to all shapes"),
    "Or": ("{value} conforms to none of {all}", "{value} conforms to none of the shapes"),
    "Xone": (
        "{value} does not conform to exactly one of {all}",
        "{value} does not conform to exactly one of the shapes",
    ),
    "Node": ("{value} does not conform to {one}", "{value} does not conform to its shape"),
    "QualifiedMinCount": (
        "less than {count} for {path} that conform to the shape",
        "too few values for {path} that conform to the shape",
    ),
    "QualifiedMaxCount": (
        "more than {count} for {path} that conform to the shape",
        "too many values for {path} that conform to the shape",
    ),
    "Closed": ("{path} is not allowed here: the shape is closed",),
    "HasValue": ("{all} is missing for {path}", "a value that must be there is missing for {path}"),
    "In": ("{value} is none of {all}", "{value} is none of the values that {path} takes"),
    "SPARQL": ("{value} breaks a rule in SPARQL",),
    "Expression": ("the expression of {path} does not give true for {value}",),
}
_KINDS: Final[dict[str, str]] = {
    "IRI": "an IRI",
    "BlankNode": "a blank node",
    "Literal": "a literal",
    "BlankNodeOrIRI": "a blank node or an IRI",
    "BlankNodeOrLiteral": "a blank node or a literal",
    "IRIOrLiteral": "an IRI or a literal",
}


def default_message(result: Result) -> str:
    """Say what a result means, without full stop; IRIs and literals stand between backquotes.

    Example:
        >>> result = Result(
        ...     focus=ox.NamedNode("https://w3id.org/passex/id/japan"),
        ...     path=ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
        ...     value=None,
        ...     shape=ox.BlankNode("b"),
        ...     component="http://www.w3.org/ns/shacl#MinCountConstraintComponent",
        ...     severity="http://www.w3.org/ns/shacl#Violation",
        ...     parameters=(ox.Literal(1),),
        ... )
        >>> default_message(result)
        'less than 1 value for `rdfs:label`'
    """
    local = local_name(result.component)
    unknown = (f"{{value}} does not satisfy {local}",)
    words = _WORDS.get(local.removesuffix("ConstraintComponent"), unknown)
    given = result.parameters
    value = result.focus if result.value is None else result.value
    path = "the node" if result.path is None else f"`{path_text(result.path, shorten)}`"
    bound = None if not given or isinstance(given[0], str) else given[0]
    if bound is not None and local.startswith(BOUNDS) and not comparable(value, bound):
        return f"{_quoted(value)} cannot be compared with {_quoted(bound)}"
    if isinstance(value, ox.BlankNode) and local.startswith(_OF_TEXTS):
        return f"{_quoted(value)} is a blank node, which has no text"
    number = "" if not given or isinstance(given[0], str) else given[0].value
    return words[0 if given else -1].format(
        value=_quoted(value),
        path=path,
        one=_quoted(given[0]) if given else "",
        all=_listed(given),
        kind=_KINDS.get(local_name(number), "of the right kind"),
        count=f"{number} value{'' if number == '1' else 's'}",
        characters=f"{number} character{'' if number == '1' else 's'}",
    )


def comparable(one: Term, other: Term) -> bool:
    """Tell whether two terms have an order, as `values` has it.

    Example:
        >>> comparable(ox.Literal(7), ox.Literal(5.5)), comparable(ox.Literal("7"), ox.Literal(5))
        (True, False)
    """
    if isinstance(one, ox.Literal) and isinstance(other, ox.Literal):
        return ordering.compare(one, other) is not None
    return False


def term_text(term: Term | ox.Triple) -> str:
    """Write a term for people, as Turtle would: numbers and booleans bare, IRIs with their prefix.

    Example:
        >>> term_text(ox.Literal(5)), term_text(ox.Literal("x", language="en"))
        ('5', '"x"@en')
        >>> term_text(ox.Literal("2017", datatype=ox.NamedNode(XSD.gYear)))
        '"2017"^^xsd:gYear'
    """
    if isinstance(term, ox.NamedNode):
        return shorten(term.value)
    if isinstance(term, ox.Triple):
        parts = (term.subject, term.predicate, term.object)
        return f"<<( {' '.join(map(term_text, parts))} )>>"
    if isinstance(term, ox.BlankNode) or term.language:
        return str(term)
    datatype = term.datatype.value
    if datatype in _BARE and _BARE[datatype].fullmatch(term.value):
        return term.value
    if datatype == XSD.string:
        return str(term)
    return f"{ox.Literal(term.value)}^^{shorten(datatype)}"


def short_rule(rule: str) -> str:
    """Name a rule for people: by a prefixed name, an IRI in angle brackets, or its word.

    Example:
        >>> short_rule("https://w3id.org/passex/ontology#ShipShape"), short_rule("no-data")
        ('nr:ShipShape', 'no-data')
    """
    return shorten(rule) if ":" in rule else rule


def full_rule(name: str) -> str:
    """Read the name of a rule as a person types it, with or without a prefix or angle brackets.

    Example:
        >>> full_rule("nrs:Label"), full_rule("no-data")
        ('https://w3id.org/passex/shape/Label', 'no-data')
    """
    return (expand(name) or name) if ":" in name else name


def _quoted(term: Term | str) -> str:
    text = term if isinstance(term, str) else term_text(term)
    return f"`{cut(text, _LONGEST)}`"


def _listed(terms: tuple[Term | str, ...]) -> str:
    shown = ", ".join(_quoted(term) for term in terms[:8])
    return shown if len(terms) <= 8 else f"{shown} and {len(terms) - 8} more"
