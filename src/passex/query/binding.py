"""Values that a person gives the variables of a query.

A value is read to a term first, and what reaches the query is that term as the engine writes it: no
value can be anything else than one term there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError, UnknownNameError
from ..graph.terms import XSD
from ..text.nearest import did_you_mean, nearest
from .lexer import prefixes
from .prefixes import KNOWN
from .scope import computed
from .tree import Tree, variables
from .variants import Value

#: Finds the IRI of the node that a name means, as `target.Target.resolve` does.
Resolve: TypeAlias = Callable[[str], str]

_NUMBER: Final = re.compile(
    r"[+-]?(?:[0-9]*\.?[0-9]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE][+-]?[0-9]+)|true|false"
)
_TIME: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:.]+(?:Z|[+-][0-9]{2}:[0-9]{2})?)?")
_NAME: Final = re.compile(r"[?$]?(\w+)")


def read(resolve: Resolve, query: Tree, given: Sequence[str]) -> dict[str, Value]:
    """Read what a person gives variables: for each its name, ``=`` and a value for `term`.

    Raises:
        QueryError: No name before a ``=``, a variable that the query does not have or computes
            itself, one that is given twice, or a value that is none.
        UnknownNameError: A name that nothing has.
        AmbiguousNameError: A name that several nodes have.
    """
    mentioned = variables(query.root)
    calculated = {word.text[1:] for word in computed(query.root)}
    spaces = {**KNOWN, **prefixes(query.words)}
    values: dict[str, Value] = {}
    for text in given:
        before, _, value = text.partition("=")
        match = _NAME.fullmatch(before.strip())
        if match is None or "=" not in text:
            raise QueryError(f"'{text}' binds no variable", "give --bind NAME=VALUE")
        name = match[1]
        if name in values:
            raise QueryError(f"?{name} is bound twice", "give each variable one value")
        if name not in mentioned:
            raise QueryError(f"the query has no variable ?{name}", _others(name, mentioned))
        if name in calculated:
            raise QueryError(
                f"?{name} cannot be bound: the query computes it itself (AS ?{name})",
                "bind another variable",
            )
        values[name] = term(resolve, value.strip(), spaces)
    return values


def _others(name: str, mentioned: set[str]) -> str:
    if not mentioned:
        return "it has none at all"
    near = did_you_mean(f"?{other}" for other in nearest(name, mentioned, most=1))
    return near or "it has " + ", ".join(f"?{other}" for other in sorted(mentioned))


def term(resolve: Resolve, value: str, spaces: Mapping[str, str]) -> Value:
    """Read a value as a person types it.

    It may be a number, ``true`` or ``false``, a day or an instant (``2018-08-21``), a literal as
    SPARQL has it (``"text"@en``, ``"5"^^xsd:byte``), an IRI with or without angle brackets, a
    prefixed name by one of some namespaces, or the name of a node.

    Raises:
        QueryError: It looks like one of these, and is not right; or what `read` raises.

    Example:
        >>> from passex import load
        >>> from passex.query.target import Local
        >>> resolve = Local(load().store).resolve
        >>> str(term(resolve, "2018-08-21", {}))
        '"2018-08-21"^^<http://www.w3.org/2001/XMLSchema#date>'
        >>> str(term(resolve, "Japan", {}))
        '<https://w3id.org/passex/id/japan>'
    """
    if time := _TIME.fullmatch(value):
        return _time(value, "dateTime" if time[1] else "date")
    if value[:1] in ("'", '"') or _NUMBER.fullmatch(value):
        return _literal(value, spaces)
    prefix, colon, local = value.partition(":")
    if value.startswith("<") and value.endswith(">"):
        return _iri(value[1:-1], value)
    if colon and " " not in value:
        if local.startswith("//") or prefix in ("urn", "mailto"):
            return _iri(value, value)
        if prefix in spaces:
            return _iri(spaces[prefix] + local, value)
    try:
        return ox.NamedNode(resolve(value))
    except UnknownNameError as error:
        hint = error.hint if error.near else "for a text, quote it"
        raise UnknownNameError(error.message, hint) from None


def _time(value: str, kind: str) -> ox.Literal:
    import datetime

    try:
        if kind == "date":
            datetime.date.fromisoformat(value)
        else:
            datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        what = "a day of the calendar" if kind == "date" else "an instant"
        raise QueryError(
            f"'{value}' is not {what}", "give YYYY-MM-DD or YYYY-MM-DDThh:mm:ss"
        ) from None
    return ox.Literal(value, datatype=ox.NamedNode(XSD[kind]))


def _literal(value: str, spaces: Mapping[str, str]) -> ox.Literal:
    wrong = QueryError(
        f"{value} is not a literal", 'write "text", "text"@en or "5"^^xsd:byte, closed and escaped'
    )
    text = "".join(
        f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in spaces.items() if f"^^{prefix}:" in value
    )
    try:
        found = list(ox.parse(f"{text}<urn:a> <urn:a> {value} .", ox.RdfFormat.TURTLE))
    except (SyntaxError, ValueError):
        raise wrong from None
    # Whoever ends the triple and writes another has given more than a literal.
    if len(found) != 1 or not isinstance(found[0].object, ox.Literal):
        raise wrong
    return found[0].object


def _iri(iri: str, value: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise QueryError(f"'{value}' is not an IRI", "give an absolute IRI") from None
