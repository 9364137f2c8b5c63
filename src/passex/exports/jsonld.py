"""JSON-LD 1.1, framed for reading: a node holds its claims, a claim its evidence.

The context is made of what is there. The keys are the local names of properties, and values that
all have the same datatype or language are plain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pyoxigraph as ox

from ..errors import OutputError
from ..graph.terms import NR, RDF, XSD, local_name, shorten
from .triples import DERIVED_GRAPH, SHOWN_PREFIXES, Triples

_ABOUT: Final = NR.about
#: A value of these stands where it is first named, with all that is said of it.
_HOLDS: Final = frozenset({NR.hasEvidence, NR.hasZone})
#: The key under which a node holds the claims about it.
_CLAIMS: Final = "claims"
#: The form of values that are nodes.
_NODES: Final = {("@type", "@id")}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Statements = dict[str, dict[str, list[Term]]]


def write(triples: Triples) -> Iterator[str]:
    """Write triples; named graphs as they are, what the rules derived in a graph of its own."""
    facts, derived = _statements(triples.facts), _statements(triples.derived)
    graphs = [(name, _statements(part)) for name, part in triples.graphs]
    context, keys = _context(triples.tags, facts, derived)
    yield f'{{"@context": {json.dumps(context, ensure_ascii=False, indent=2)},\n"@graph": ['
    comma = "\n"
    unnamed = _statements(triples.unnamed) if graphs else facts
    for node in _Writer(unnamed, keys, context, triples.tags).nodes():
        yield comma + json.dumps(node, ensure_ascii=False, indent=1)
        comma = ",\n"
    graphs += [(f"<{DERIVED_GRAPH}>", derived)] if derived else []
    for name, statements in graphs:
        nodes = list(_Writer(statements, keys, context, triples.tags).nodes())
        graph = {"@id": name.strip("<>"), "@graph": nodes}
        yield comma + json.dumps(graph, ensure_ascii=False, indent=1)
        comma = ",\n"
    yield "\n]}\n"


def _statements(lines: tuple[bytes, ...]) -> Statements:
    statements: Statements = {}
    for quad in ox.parse(b"\n".join(lines), ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.object, ox.Triple):
            raise OutputError(
                "JSON-LD cannot hold a triple within a triple", "export turtle or ntriples"
            )
        about = statements.setdefault(_id(quad.subject), {})
        about.setdefault(quad.predicate.value, []).append(quad.object)
    return statements


def _id(term: Term) -> str:
    """A node's identifier: a prefixed name where a prefix of ours fits."""
    if not isinstance(term, ox.NamedNode):
        return str(term)
    short = shorten(term.value)
    # A prefix that is not in the context would make another IRI of it.
    return term.value if short.startswith(("<", "w:")) else short


def _context(tags: Mapping[str, str], *graphs: Statements) -> tuple[dict[str, Any], dict[str, str]]:
    """The context, and the key of each property."""
    forms: dict[str, set[tuple[str, str]]] = {}
    for graph in graphs:
        for about in graph.values():
            for name, values in about.items():
                forms.setdefault(name, set()).update(_form(value, tags) for value in values)
    context: dict[str, Any] = dict(sorted(SHOWN_PREFIXES.items()))
    keys = {}
    # A type that is a text, which is nonsense but RDF, has no place under @type.
    if forms.get(RDF.type, _NODES) == _NODES:
        keys[RDF.type] = "@type"
    taken = {*context, _CLAIMS}
    for name in sorted(forms):
        if name in keys:
            continue
        key = local_name(name)
        if key in taken or not key.isidentifier():
            key = name
        taken.add(key)
        keys[name] = key
        # An IRI that is a key means itself; rdflib follows one that is short for it without end.
        term: dict[str, str] = {"@id": name if key == name else _id(ox.NamedNode(name))}
        if len(forms[name]) == 1:
            ((kind, value),) = forms[name]
            if kind != "plain":
                term[kind] = value
        context[key] = term if len(term) > 1 or key == name else term["@id"]
    if _ABOUT in keys:
        context[_CLAIMS] = {"@reverse": _id(ox.NamedNode(_ABOUT))}
    return context, keys


def _form(value: Term, tags: Mapping[str, str]) -> tuple[str, str]:
    if not isinstance(value, ox.Literal):
        return "@type", "@id"
    if value.language is not None:
        return "@language", tags.get(value.language, value.language)
    kind = value.datatype.value
    return ("plain", "") if kind == XSD.string else ("@type", _id(value.datatype))


class _Writer:
    """Makes nodes of JSON of what is said of them."""

    def __init__(
        self,
        statements: Statements,
        keys: dict[str, str],
        context: dict[str, Any],
        tags: Mapping[str, str],
    ) -> None:
        self.statements, self.keys, self.context, self.tags = statements, keys, context, tags
        self.done: set[str] = set()
        self.claims: dict[str, list[str]] = {}
        for name, about in statements.items():
            for value in about.get(_ABOUT, ()):
                self.claims.setdefault(_id(value), []).append(name)

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Give each node once: inside of another, or else by itself."""
        inside = {
            _id(value)
            for about in self.statements.values()
            for name in _HOLDS
            for value in about.get(name, ())
        }
        inside |= {
            claim for node, held in self.claims.items() if node in self.statements for claim in held
        }
        # What holds itself, in a circle, would never come: so everything gets a second chance.
        for name in (*(n for n in self.statements if n not in inside), *self.statements):
            if name not in self.done:
                yield self.node(name)

    def node(self, name: str, holder: str = "") -> dict[str, Any]:
        self.done.add(name)
        made: dict[str, Any] = {"@id": name}
        about = self.statements[name]
        for term in sorted(about, key=lambda term: term != RDF.type):
            # Where a claim stands says what it is about.
            others = [v for v in about[term] if term != _ABOUT or _id(v) != holder]
            if values := [self.value(term, value) for value in others]:
                made[self.keys[term]] = values[0] if len(values) == 1 else values
        claims = [c for c in self.claims.get(name, ()) if c not in self.done]
        if claims:
            made[_CLAIMS] = [self.node(claim, name) for claim in claims if claim not in self.done]
        return made

    def value(self, term: str, value: Term) -> Any:
        entry = self.context.get(
            self.keys[term], {"@type": "@id"}
        )  # nodes stand under @type itself
        kind, form = _form(value, self.tags)
        coerced = isinstance(entry, dict) and entry.get(kind) == form
        if not isinstance(value, ox.Literal):
            name = _id(value)
            if term in _HOLDS and name in self.statements and name not in self.done:
                return self.node(name)
            return name if coerced else {"@id": name}
        if value.direction is not None:
            return {"@value": value.value, kind: form, "@direction": value.direction.value}
        return value.value if kind == "plain" or coerced else {"@value": value.value, kind: form}
