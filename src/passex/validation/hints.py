"""What to write instead, where a result of a shape lets one say so."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from functools import cache
from typing import Final

import pyoxigraph as ox

from .. import vocabulary
from .checks import did_you_mean
from .inputs import Inputs
from .naming import last
from .results import Result, Term

_XSD: Final = vocabulary.PREFIXES["xsd"]
_TYPE: Final = ox.NamedNode(vocabulary.RDF_TYPE)
#: How a value of a datatype is written, where people get it wrong.
_FORMS: Final = {
    "date": '"2018-08-21"^^xsd:date',
    "dateTime": '"2018-08-21T09:00:00Z"^^xsd:dateTime',
    "gYear": '"2018"^^xsd:gYear',
    "integer": "5, without quotation marks",
    "nonNegativeInteger": '"5"^^xsd:nonNegativeInteger',
    "decimal": "0.5, without quotation marks",
    "boolean": "true or false, without quotation marks",
    "string": '"text", without a language and without a datatype',
    "anyURI": '"https://example.org/"^^xsd:anyURI',
}
_UNDESCRIBED: Final = "nothing here describes it: declare it in a file"
#: After so many values that nothing describes, no more names are compared: it is slow, and the
#: cause is another one.
_COMPARED: Final = 500


class Hints:
    """What to write instead.

    Args:
        inputs: What is validated.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._graph = inputs.graph
        self._near = cache(_near)
        self._members = cache(self._instances)
        self._known: dict[tuple[str, tuple[ox.NamedNode, ...]], str] = {}
        self._by_component: dict[str, Callable[[Result], str]] = {
            "MinCount": self._missing,
            "Class": self._none_of_class,
            "In": _not_in,
            "Closed": _closed,
            "Datatype": _datatype,
            "NodeKind": _kind,
            "LanguageIn": _language,
        }

    def hint(self, result: Result) -> str:
        """Say what to write instead.

        Args:
            result: A result of a shape.

        Returns:
            A few words, with IRIs in angle brackets or short; empty where nothing can be said.
        """
        name = vocabulary.local_name(result.component).removesuffix("ConstraintComponent")
        found = self._by_component.get(name)
        return found(result) if found is not None else ""

    def _missing(self, result: Result) -> str:
        predicate = last(result.path)
        if predicate is None or predicate != result.path or isinstance(result.focus, ox.Literal):
            return ""
        # A predicate that is nearly the one asked for is most likely meant to be it.
        used = {
            quad.predicate.value
            for quad in self._graph.quads_for_pattern(result.focus, None, None)
            if quad.predicate != predicate
        }
        near = self._near(predicate.value, frozenset(used))
        if near:
            return f"<{near}> is there; did you mean <{predicate.value}>?"
        return f"add <{predicate.value}> to the node"

    def _none_of_class(self, result: Result) -> str:
        value = result.value
        if not isinstance(value, ox.NamedNode):
            return ""
        graph = self._graph
        if next(graph.quads_for_pattern(value, None, None), None) is not None:
            types = sorted(str(quad.object) for quad in graph.quads_for_pattern(value, _TYPE, None))
            return f"it is of class {' and '.join(types)}" if types else "give it a class: a …"
        wanted = tuple(term for term in result.parameters if isinstance(term, ox.NamedNode))
        if (value.value, wanted) not in self._known:
            compared = len(self._known) < _COMPARED
            near = did_you_mean(value.value, self._members(wanted)) if compared else ""
            self._known[value.value, wanted] = near
        return self._known[value.value, wanted] or _UNDESCRIBED

    def _instances(self, classes: tuple[ox.NamedNode, ...]) -> frozenset[str]:
        return frozenset(
            quad.subject.value
            for name in classes
            for quad in self._graph.quads_for_pattern(None, _TYPE, name)
            if isinstance(quad.subject, ox.NamedNode)
        )


def _near(asked: str, used: frozenset[str]) -> str:
    """Find the predicate whose name comes nearest to another one's; empty if none does."""
    by_name = {vocabulary.local_name(iri): iri for iri in sorted(used)}
    near = difflib.get_close_matches(vocabulary.local_name(asked), by_name, n=1, cutoff=0.7)
    return by_name[near[0]] if near else ""


def _not_in(result: Result) -> str:
    return _nearest(result.value, result.parameters)


def _closed(result: Result) -> str:
    if not isinstance(result.path, ox.NamedNode):
        return ""
    allowed = [term.value for term in result.parameters if isinstance(term, ox.NamedNode)]
    return did_you_mean(result.path.value, allowed)


def _datatype(result: Result) -> str:
    (datatype,) = result.parameters[:1] or (None,)
    if not isinstance(datatype, ox.NamedNode) or not datatype.value.startswith(_XSD):
        return ""
    form = _FORMS.get(datatype.value.removeprefix(_XSD))
    return f"write it as {form}" if form else ""


def _kind(result: Result) -> str:
    (kind,) = result.parameters[:1] or (None,)
    wanted = vocabulary.local_name(kind.value) if isinstance(kind, ox.NamedNode) else ""
    if wanted == "IRI" and isinstance(result.value, ox.Literal) and "://" in result.value.value:
        return f"write it in angle brackets: <{result.value.value}>"
    if wanted == "Literal" and isinstance(result.value, ox.NamedNode):
        return "write it in quotation marks"
    return ""


def _language(result: Result) -> str:
    value = result.value
    tags = [term.value for term in result.parameters if isinstance(term, ox.Literal)]
    if not isinstance(value, ox.Literal) or not tags:
        return ""
    return f"write {ox.Literal(value.value)}@{tags[0]}"


def _nearest(value: Term | None, members: Iterable[Term | str]) -> str:
    if isinstance(value, ox.NamedNode):
        names = [term.value for term in members if isinstance(term, ox.NamedNode)]
        return did_you_mean(value.value, names)
    if isinstance(value, ox.Literal):
        texts = [str(term) for term in members if isinstance(term, ox.Literal)]
        near = difflib.get_close_matches(str(value), texts, n=1, cutoff=0.7)
        return f"did you mean {near[0]}?" if near else ""
    return ""
