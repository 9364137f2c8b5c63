"""Hints: what to write instead, where a result of a shape lets one say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Final, NamedTuple

import pyoxigraph as ox

from ..evidence.present import PresentValues
from ..graph.lexical import written
from ..graph.nearest_terms import did_you_mean
from ..graph.terms import NRS, RDF, SH, XSD, local_name
from ..text.nearest import nearest
from ..text.wording import cut
from .cures import Kind, Restatement, Value
from .inputs import Inputs
from .lost_quotes import LostQuotes
from .messages import BOUNDS, comparable, term_text
from .one_thing_twice import merge_command
from .results import Result, Term
from .rules.kinds import TAKEN, meant
from .values import is_well_formed

_TYPE: Final = ox.NamedNode(RDF.type)
_TEXT: Final = ox.NamedNode(XSD.string)
_ADDRESS: Final = ox.NamedNode(XSD.anyURI)
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
#: Shapes that ask for what the claims give: in place of a value, or where there is none.
_NEWEST_VALUE: Final = ox.NamedNode(NRS.NewestValue)
_STATUS_GIVEN: Final = ox.NamedNode(NRS.StatusGiven)
#: What a quote breaks whose place has a wrong digit, or what refers to it.
_OF_QUOTES: Final = {
    (ox.NamedNode(NRS.Anchor), "MinCount"),
    (ox.NamedNode(NRS.AnchorLength), "SPARQL"),
    (ox.NamedNode(NRS.EvidenceUsed), "MinCount"),
}
_UNDESCRIBED: Final = "nothing here describes it: declare it in a file"
#: After so many values, no more are compared with what they may be meant to be: it is slow, and
#: where so many are wrong, the cause is another one.
_COMPARED: Final = 500


class Advice(NamedTuple):
    """What to write instead: a hint, empty for nothing, and what writes it where it is certain."""

    hint: str
    cure: Restatement | None = None


class Hints:
    """What to write instead, in the inputs of a validation."""

    def __init__(self, inputs: Inputs) -> None:
        self._graph = inputs.graph
        self._declaring = inputs.graph, inputs.shapes_graph
        self._near = cache(_near)
        self._members = cache(self._instances)
        self._known: dict[tuple[Term, tuple[Term, ...]], str] = {}
        self._lost = LostQuotes(inputs)
        self._present = PresentValues(inputs.graph)
        self._by_component: dict[str, Callable[[Result], str | Advice]] = {
            "MinCount": self._missing,
            "Class": self._none_of_class,
            "In": self._not_in,
            "Closed": _closed,
            "Datatype": self._datatype,
            "NodeKind": _kind,
            "LanguageIn": _language,
            "SPARQL": self._outdated,
            **dict.fromkeys(BOUNDS, _bounded),
            **dict.fromkeys(("LessThan", "LessThanOrEquals"), self._ordered),
        }

    def advice(self, result: Result) -> Advice:
        """Say what to write instead, with IRIs in angle brackets or short."""
        if result.shape.value == NRS.OneThingTwice:
            return Advice(self._twice(result))
        name = local_name(result.component).removesuffix("ConstraintComponent")
        if (result.shape, name) in _OF_QUOTES and (lost := self._lost.hint(result.focus)):
            return Advice(lost)
        find = self._by_component.get(name)
        found = find(result) if find is not None else ""
        return Advice(found) if isinstance(found, str) else found

    def _twice(self, result: Result) -> str:
        one, other = result.focus, result.value
        if not isinstance(one, ox.NamedNode) or not isinstance(other, ox.NamedNode):
            return ""
        return f"if they are one: {merge_command(self._graph, one.value, other.value)}"

    def _missing(self, result: Result) -> str:
        predicate = result.path
        if not isinstance(predicate, ox.NamedNode) or isinstance(
            result.focus, ox.Literal | ox.Triple
        ):
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
        for asked in result.parameters:
            mistake = isinstance(asked, ox.NamedNode) and meant(
                SH["class"], asked, *self._declaring
            )
            if mistake:
                return f"{mistake[1]} in the shape: {mistake[0]}"
        if not isinstance(value, ox.NamedNode):
            return ""
        graph = self._graph
        if next(graph.quads_for_pattern(value, None, None), None) is not None:
            types = sorted(str(quad.object) for quad in graph.quads_for_pattern(value, _TYPE, None))
            return f"it is of class {' and '.join(types)}" if types else "give it a class: a …"
        wanted = tuple(term for term in result.parameters if isinstance(term, ox.NamedNode))
        near = self._once(value, wanted, lambda: did_you_mean(value.value, self._members(wanted)))
        return near or _UNDESCRIBED

    def _datatype(self, result: Result) -> str | Advice:
        (datatype,) = result.parameters[:1] or (None,)
        if not isinstance(datatype, ox.NamedNode):
            return ""
        if datatype.value not in TAKEN and (
            mistake := meant(SH.datatype, datatype, *self._declaring)
        ):
            return f"{mistake[1]} in the shape: {mistake[0]}"
        value = result.value
        hint = _in_form(value, datatype)
        if datatype == _ADDRESS and isinstance(value, ox.NamedNode):
            own = ox.Literal(value.value)
            return f"write it as {own}^^{datatype}, or sh:nodeKind sh:IRI in the shape"
        if datatype == _TEXT and isinstance(value, ox.Literal) and value.language:
            return Advice(hint, _restated("language", result, ox.Literal(value.value)))
        return hint

    def _not_in(self, result: Result) -> str:
        value = result.value
        if value is None:
            return ""
        members = tuple(term for term in result.parameters if not isinstance(term, str))
        return self._once(value, members, lambda: _nearest(value, members))

    def _ordered(self, result: Result) -> str:
        """Say which two values have no order, where that is why one is not less."""
        (predicate,) = result.parameters[:1] or (None,)
        value, focus = result.value, result.focus
        if not isinstance(predicate, ox.NamedNode) or isinstance(focus, ox.Literal) or not value:
            return ""
        for quad in self._graph.quads_for_pattern(focus, predicate, None):
            other = quad.object if isinstance(quad.object, ox.Triple) else written(quad.object)
            if isinstance(other, ox.Triple) or comparable(value, other):
                continue
            return f"{term_text(value)} and {term_text(other)} cannot be compared"
        return ""

    def _outdated(self, result: Result) -> str | Advice:
        """Give the value of the newest article, where a shape asks for that."""
        path, focus = result.path, result.focus
        if result.shape not in (_NEWEST_VALUE, _STATUS_GIVEN) or not isinstance(path, ox.NamedNode):
            return ""
        found = self._present.of(focus, path.value)
        if found is None or not isinstance(focus, ox.NamedNode):
            return ""
        if result.shape == _STATUS_GIVEN:
            hint = f"add {path} {term_text(found.value)}, as {found.claim} has it"
            return Advice(hint, Restatement("newest", (), (), ((focus, path.value, found.value),)))
        hint = f"write {term_text(found.value)}, as {found.claim} has it"
        if found.words:
            return f"{hint}, and its words in place of {found.words}"
        return Advice(hint, _restated("newest", result, found.value))

    def _once(self, value: Term, among: tuple[Term, ...], compare: Callable[[], str]) -> str:
        """Compare a value with others, but if very many have been compared."""
        if (value, among) not in self._known:
            enough = len(self._known) >= _COMPARED
            self._known[value, among] = "" if enough else compare()
        return self._known[value, among]

    def _instances(self, classes: tuple[ox.NamedNode, ...]) -> frozenset[str]:
        return frozenset(
            quad.subject.value
            for name in classes
            for quad in self._graph.quads_for_pattern(None, _TYPE, name)
            if isinstance(quad.subject, ox.NamedNode)
        )


def _near(asked: str, used: frozenset[str]) -> str:
    """Find the predicate whose name comes nearest to another one's; empty if none does."""
    by_name = {local_name(iri): iri for iri in sorted(used)}
    near = nearest(local_name(asked), by_name, most=1, cutoff=0.7)
    return by_name[near[0]] if near else ""


def _closed(result: Result) -> str:
    if not isinstance(result.path, ox.NamedNode):
        return ""
    allowed = [term.value for term in result.parameters if isinstance(term, ox.NamedNode)]
    return did_you_mean(result.path.value, allowed)


def _in_form(value: Term | None, datatype: ox.NamedNode) -> str:
    """Write a value in a datatype of XML Schema, if it can be; else say how one looks."""
    if not datatype.value.startswith(XSD.iri):
        return ""
    if isinstance(value, ox.Literal) and is_well_formed(value.value, datatype.value):
        own = term_text(ox.Literal(cut(value.value), datatype=datatype))
        quoted = value.datatype == _TEXT and own == value.value
        return f"write {own}{' without quotation marks' if quoted else ''}"
    form = _FORMS.get(datatype.value.removeprefix(XSD.iri))
    return f"write it as {form}" if form else ""


def _kind(result: Result) -> str:
    (kind,) = result.parameters[:1] or (None,)
    wanted = local_name(kind.value) if isinstance(kind, ox.NamedNode) else ""
    if wanted == "IRI" and isinstance(result.value, ox.Literal) and "://" in result.value.value:
        return f"write it in angle brackets: <{cut(result.value.value)}>"
    if wanted == "Literal" and isinstance(result.value, ox.NamedNode):
        return "write it in quotation marks"
    return ""


def _bounded(result: Result) -> str:
    (bound,) = result.parameters[:1] or (None,)
    value = result.value
    if not isinstance(bound, ox.Literal) or not isinstance(value, ox.Literal):
        return ""
    same = value.datatype == bound.datatype or value.value == "NaN"
    if comparable(value, bound) or same or value.language:
        return ""
    number = is_well_formed(value.value, XSD.decimal) and comparable(bound, ox.Literal(0))
    if number and value.datatype == _TEXT:
        return f"write {value.value} without quotation marks"
    return f"give it the datatype of {term_text(bound)}"


def _language(result: Result) -> str | Advice:
    value = result.value
    ranges = [term.value for term in result.parameters if isinstance(term, ox.Literal)]
    if not isinstance(value, ox.Literal) or not ranges:
        return ""
    tags = [given for given in ranges if is_well_formed(given, XSD.language)]
    shown = ox.Literal(cut(value.value))
    if not tags:  # such as *, which is any
        return f"give it a language, as in {shown}@en" if "*" in ranges else ""
    hint = f"write {shown}@{tags[0]}"
    if len(tags) == 1 and value.datatype == _TEXT:
        # Another tag may be right, and the text a translation that belongs elsewhere.
        tagged = ox.Literal(value.value, language=tags[0])
        return Advice(hint, _restated("language", result, tagged))
    return hint


def _restated(kind: Kind, result: Result, value: Value) -> Restatement | None:
    """Put another value in the place of a result's; only of our shapes is it known what they mean.

    None where the value stands at no node with an IRI.
    """
    focus, path, old = result.focus, result.path, result.value
    if not isinstance(result.shape, ox.NamedNode) or not result.shape.value.startswith(NRS.iri):
        return None
    if not isinstance(focus, ox.NamedNode) or not isinstance(path, ox.NamedNode):
        return None
    if not isinstance(old, ox.NamedNode | ox.Literal):
        return None
    return Restatement(kind, ((focus, path.value, old, value),))


def _nearest(value: Term, members: Iterable[Term]) -> str:
    if isinstance(value, ox.NamedNode):
        names = [term.value for term in members if isinstance(term, ox.NamedNode)]
        return did_you_mean(value.value, names)
    if not isinstance(value, ox.Literal):
        return ""
    # Numbers and dates that look alike are not meant for one another.
    near = {
        term.value: term
        for term in members
        if isinstance(term, ox.Literal) and (term.value == value.value or _is_text(term, value))
    }
    found = nearest(value.value, near, most=1, cutoff=0.7)
    return f"did you mean {term_text(near[found[0]])}?" if found else ""


def _is_text(*literals: ox.Literal) -> bool:
    return all(literal.language or literal.datatype == _TEXT for literal in literals)
