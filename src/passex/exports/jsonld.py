"""JSON-LD 1.1, framed for reading: a node holds its claims, a claim its evidence.

The context is made of what is there. The keys are the local names of properties, and values that
all have the same datatype or language are plain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
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
#: What an IRI begins with: as a term of the context, it would make another IRI of this one.
_SCHEME: Final = re.compile(rb"<([A-Za-z][A-Za-z0-9+.-]*):")

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Statements = dict[str, dict[str, list[Term]]]


def write(triples: Triples) -> Iterator[str]:
    """Write triples; named graphs as they are, what the rules derived in a graph of its own."""
    names = _Names([triples.facts, triples.derived, *(part for _, part in triples.graphs)])
    facts, derived = _statements(triples.facts, names), _statements(triples.derived, names)
    graphs = [(name.strip("<>"), _statements(part, names)) for name, part in triples.graphs]
    context, keys = _context(triples.tags, names, facts, derived)
    unnamed = _statements(triples.unnamed, names) if graphs else facts
    graphs += [(DERIVED_GRAPH, derived)] if derived else []
    nodes = [*_Writer(unnamed, keys, context, triples.tags, names).nodes()]
    for name, statements in graphs:
        part = [*_Writer(statements, keys, context, triples.tags, names).nodes()]
        nodes.append({"@id": name, "@graph": part})
    # The prefixes that the rest has used.
    context = {prefix: SHOWN_PREFIXES[prefix] for prefix in sorted(names.used)} | context
    yield f'{{"@context": {json.dumps(context, ensure_ascii=False, indent=2)},\n"@graph": ['
    comma = "\n"
    for node in nodes:
        yield comma + json.dumps(node, ensure_ascii=False, indent=1)
        comma = ",\n"
    yield "\n]}\n"


def _statements(lines: tuple[bytes, ...], names: _Names) -> Statements:
    statements: Statements = {}
    for quad in ox.parse(b"\n".join(lines), ox.RdfFormat.N_TRIPLES):
        if isinstance(quad.object, ox.Triple):
            raise OutputError(
                "JSON-LD cannot hold a triple within a triple", "export turtle or ntriples"
            )
        about = statements.setdefault(names.of(quad.subject), {})
        about.setdefault(quad.predicate.value, []).append(quad.object)
    return statements


class _Names:
    """What nodes are called: by a prefixed name where a prefix of ours fits.

    Attributes:
        schemes: What the IRIs of the document begin with, and no term of the context may be.
        used: The prefixes that have been used.
    """

    def __init__(self, parts: Iterable[Iterable[bytes]]) -> None:
        found = {name for part in parts for line in part for name in _SCHEME.findall(line)}
        self.schemes = {name.decode() for name in found}
        self.used: set[str] = set()

    def of(self, term: Term) -> str:
        """Give a node's identifier."""
        if not isinstance(term, ox.NamedNode):
            return str(term)
        short = shorten(term.value)
        prefix = short.partition(":")[0]
        # A prefix that is not in the context would make another IRI of it.
        if prefix not in SHOWN_PREFIXES or prefix in self.schemes:
            return term.value
        self.used.add(prefix)
        return short


def _context(
    tags: Mapping[str, str], names: _Names, *graphs: Statements
) -> tuple[dict[str, Any], dict[str, str]]:
    """The context without prefixes, and the key of each property."""
    forms: dict[str, set[tuple[str, str]]] = {}
    for graph in graphs:
        for about in graph.values():
            for name, values in about.items():
                forms.setdefault(name, set()).update(_form(value, tags, names) for value in values)
    context: dict[str, Any] = {}
    keys = {}
    # A type that is a text, which is nonsense but RDF, has no place under @type.
    if forms.get(RDF.type, _NODES) == _NODES:
        keys[RDF.type] = "@type"
    taken = {*SHOWN_PREFIXES, *names.schemes, _CLAIMS}
    for name in sorted(forms):
        if name in keys:
            continue
        key = local_name(name)
        if key in taken or not key.isidentifier():
            key = name
        taken.add(key)
        keys[name] = key
        # An IRI that is a key means itself; rdflib follows one that is short for it without end.
        term: dict[str, str] = {"@id": name if key == name else names.of(ox.NamedNode(name))}
        if len(forms[name]) == 1:
            ((kind, value),) = forms[name]
            if kind != "plain":
                term[kind] = value
        context[key] = term if len(term) > 1 or key == name else term["@id"]
    if _ABOUT in keys:
        context[_CLAIMS] = {"@reverse": names.of(ox.NamedNode(_ABOUT))}
    return context, keys


def _form(value: Term, tags: Mapping[str, str], names: _Names) -> tuple[str, str]:
    if not isinstance(value, ox.Literal):
        return "@type", "@id"
    if value.language is not None:
        return "@language", tags.get(value.language, value.language)
    kind = value.datatype.value
    return ("plain", "") if kind == XSD.string else ("@type", names.of(value.datatype))


class _Writer:
    """Makes nodes of JSON of what is said of them."""

    def __init__(
        self,
        statements: Statements,
        keys: dict[str, str],
        context: dict[str, Any],
        tags: Mapping[str, str],
        names: _Names,
    ) -> None:
        self.statements, self.keys, self.context, self.tags = statements, keys, context, tags
        self.names = names
        self.done: set[str] = set()
        self.claims: dict[str, list[str]] = {}
        for name, about in statements.items():
            for value in about.get(_ABOUT, ()):
                self.claims.setdefault(self.names.of(value), []).append(name)

    def nodes(self) -> Iterator[dict[str, Any]]:
        """Give each node once: inside of another, or else by itself."""
        inside = {
            self.names.of(value)
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
            others = [v for v in about[term] if term != _ABOUT or self.names.of(v) != holder]
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
        kind, form = _form(value, self.tags, self.names)
        coerced = isinstance(entry, dict) and entry.get(kind) == form
        if not isinstance(value, ox.Literal):
            name = self.names.of(value)
            if term in _HOLDS and name in self.statements and name not in self.done:
                return self.node(name)
            return name if coerced else {"@id": name}
        if value.direction is not None:
            return {"@value": value.value, kind: form, "@direction": value.direction.value}
        return value.value if kind == "plain" or coerced else {"@value": value.value, kind: form}
