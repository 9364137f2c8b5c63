"""Review an ontology: by the queries of ``ontology/checks/``, a file a rule, and in Python.

A file's head has the rule (title, severity, summary, reason), and message and hint of what breaks
it. The query gives a row for each, with the variables that SHACL-SPARQL has: ``?this`` is the
term, ``?path`` and ``?value`` are the property and the value that are wrong. Any variable may stand
in message and hint, as ``{?this}``, and a row may have a ``?message`` or ``?hint`` of its own.

A query looks at the ontology's own triples; at those of shapes that lead to one of its terms, in
the graph ``w:shapes``; and at ``w:terms``, where each declared term is an ``owl:Class``,
``rdf:Property``, ``skos:Concept`` or ``owl:Ontology``, whatever its files call it, and

- ``w:Own`` if it is a class, property or concept in a namespace of the ontology, which then has
  ``w:among`` for those among which its label has to be the only one: a kind of terms or a scheme;
- ``w:Foreign`` if it is in no such namespace, and nothing says whose it is;
- ``w:Standard`` if it is of a closed vocabulary, such as OWL;
- ``w:Whole`` if what is said of the ontology as a whole is said of it.

The checks follow the report of ROBOT (Jackson et al., 2019, doi:10.1186/s12859-019-3002-3), the
pitfalls of OOPS! (Poveda-Villalón et al., 2014, doi:10.4018/ijswis.2014040102) and the tests of
FOOPS! (Garijo et al., 2021); each names its models. Terms that an ontology reuses are their owners'
business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ...graph import dataset
from ...graph.hierarchy import superclasses
from ...graph.nearest_terms import short
from ...graph.standard_terms import TERMS
from ...graph.terms import DCTERMS, OWL, PREFIXES, RDF, RDFS, SH, SKOS, W, namespace
from ...query.prefixes import named
from ...questions.catalogue import entries
from ...text.places import Place
from ..results import Term
from .model import Finding, Kind, Scope, examples
from .ontologies import Ontology

_TERMS: Final = ox.NamedNode(W.terms)
_VARIABLE: Final = re.compile(r"\{\?(\w+)\}")


def run(scope: Scope) -> Iterator[Finding]:
    """Ask the queries, and look for the rest."""
    store = _looked_at(scope)
    for rule in examples("ontology"):
        yield from _IN_PYTHON[rule](scope) if rule in _IN_PYTHON else _ask(rule, scope, store)


def _cycles(scope: Scope) -> Iterator[Finding]:
    """Find terms above themselves; SPARQL tells that there is a way around, and not which."""
    ontology = scope.ontology
    for predicate in (RDFS.subClassOf, RDFS.subPropertyOf):
        above: dict[str, list[str]] = {}
        for low, high in sorted(ontology.pairs(predicate)):
            above.setdefault(low, []).append(high)
        for iri in sorted(above.keys() & ontology.own):
            below: dict[str, str] = {}
            todo = [(high, iri) for high in above[iri]]
            while todo and iri not in below:
                node, low = todo.pop()
                if node not in below:
                    below[node] = low
                    todo += [(high, node) for high in above.get(node, ())]
            if iri not in below:
                continue
            loop = [iri, below[iri]]
            while loop[-1] != iri:
                loop.append(below[loop[-1]])
            # Said once a cycle: of the term that comes first in it.
            if iri == min(loop):
                loop.reverse()
                link = ox.Quad(*map(ox.NamedNode, (iri, predicate, loop[1])))
                message = f"{short(iri)} is above itself: {' < '.join(map(short, loop))}."
                yield Finding.of(link, "hierarchy-cycle", message, "take one link out", "ontology")


def _deprecated(scope: Scope) -> Iterator[Finding]:
    """Find deprecated terms in data and shapes, where they are: data are too many to be copied."""
    ontology = scope.ontology
    graphs: tuple[tuple[ox.Store, Kind], ...]
    graphs = ((scope.inputs.graph, "data"), (scope.inputs.shapes_graph, "shapes"))
    for quad in ontology.graph.quads_for_pattern(None, ox.NamedNode(OWL.deprecated), None):
        term, flag = quad.subject, quad.object
        if not isinstance(term, ox.NamedNode) or not isinstance(flag, ox.Literal):
            continue
        if flag.value not in ("true", "1"):
            continue
        for graph, where in graphs:
            for pattern in ((None, term, None), (None, None, term)):
                for use in sorted(graph.quads_for_pattern(*pattern), key=str):
                    user = use.subject
                    assert not isinstance(user, ox.Triple)
                    own = isinstance(user, ox.NamedNode) and ontology.owns(user.value)
                    if not own or user.value not in ontology.declared:
                        message = f"{short(term.value)} is deprecated."
                        hint = _instead(ontology, term.value)
                        yield Finding.of(use, "deprecated-term", message, hint, where)


def _instead(ontology: Ontology, iri: str) -> str:
    """The term that takes its place: IAO:0100001 and dcterms:isReplacedBy say so."""
    names = (DCTERMS.isReplacedBy, "http://purl.obolibrary.org/obo/IAO_0100001")
    successors = [value.value for name in names for value in ontology.values(iri, name)]
    if not successors:
        return "see its definition for what takes its place"
    return f"use {short(successors[0])}"


def _unused(scope: Scope) -> Iterator[Finding]:
    """Find terms that are nowhere in use: also queries count, which only a lexer can read."""
    if not scope.inputs.triples:
        return
    ontology, shapes = scope.ontology, scope.inputs.shapes_graph
    in_shapes = (
        quad.object.value
        for name in ("select", "ask", "construct")
        for quad in shapes.quads_for_pattern(None, ox.NamedNode(SH[name]), None)
        if isinstance(quad.object, ox.Literal)
    )
    texts = (*scope.queries.values(), *in_shapes)
    in_queries = {iri for text in texts for iri, _, _ in named(text, PREFIXES)}
    used = [iri for iri in ontology.own if iri in in_queries or _occurs(scope, iri)]
    # What is above a used term is used through it.
    through = {
        iri
        for by in (RDFS.subClassOf, RDFS.subPropertyOf)
        for iri in superclasses(ontology.graph, *used, by=by)
    }
    # A list is there to choose from: what it offers needs no use of its own. Nor do datatypes of
    # codes, and what the ontology says of its own terms.
    within = {iri for iri in ontology.own if ontology.values(iri, SKOS.inScheme)}
    within |= {quad.predicate.value for quad in ontology.graph}
    within |= {q.object.datatype.value for q in ontology.graph if isinstance(q.object, ox.Literal)}
    for iri in sorted(ontology.own - through - within):
        yield Finding(
            "unused-term", f"Nothing uses {short(iri)}.", "use it, or take it out",
            subject=ox.NamedNode(iri), where="ontology",
        )  # fmt: skip


def _occurs(scope: Scope, iri: str) -> bool:
    node, own = ox.NamedNode(iri), scope.ontology.graph
    for pattern in ((None, node, None), (None, None, node)):
        if next(scope.inputs.shapes_graph.quads_for_pattern(*pattern), None):
            return True
        # More often than in the ontology, which is part of the graph.
        inside = sum(1 for _ in own.quads_for_pattern(*pattern))
        if next(islice(scope.inputs.graph.quads_for_pattern(*pattern), inside, None), None):
            return True
    ends = (RDFS.range, RDFS.domain)
    return any(quad.predicate.value in ends for quad in own.quads_for_pattern(None, None, node))


def _ask(rule: str, scope: Scope, store: ox.Store) -> Iterator[Finding]:
    file = dataset.check_file(rule)
    text = file.read_text(encoding="utf-8")
    head = {entry.key: entry.value for entry in entries(text, str(file))}
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        bound = {name: row[name] for name in names if row[name] is not None}
        this, path = bound.get("this"), bound.get("path")
        message, hint = (
            _filled(bound[key].value if key in bound else head[key], bound)
            for key in ("message", "hint")
        )
        yield Finding(
            rule,
            message,
            hint,
            subject=this,
            predicate=None if path is None else path.value,
            value=bound.get("value"),
            where="ontology" if this else Place(scope.inputs.ontology[0].name),
        )


def _filled(template: str, bound: dict[str, Term]) -> str:
    def text(match: re.Match[str]) -> str:
        term = bound[match[1]]
        return short(term.value) if isinstance(term, ox.NamedNode) else term.value

    return _VARIABLE.sub(text, template)


def _looked_at(scope: Scope) -> ox.Store:
    """Put together what the queries look at."""
    ontology, shapes = scope.ontology, scope.inputs.shapes_graph
    store = ox.Store()
    store.extend(ontology.graph)
    store.extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(W.shapes))
        for term in ontology.own
        for quad in shapes.quads_for_pattern(None, None, ox.NamedNode(term))
    )
    store.extend(
        ox.Quad(ox.NamedNode(term), ox.NamedNode(predicate), ox.NamedNode(value), _TERMS)
        for term, predicate, value in _terms(ontology)
    )
    return store


def _terms(ontology: Ontology) -> Iterator[tuple[str, str, str]]:
    kinds = (
        (ontology.classes, OWL.Class),
        (ontology.properties, RDF.Property),
        (ontology.concepts, SKOS.Concept),
        (ontology.headers, OWL.Ontology),
        (ontology.own, W.Own),
        (_standard(ontology), W.Standard),
        (list(ontology.headers[:1]) or sorted(ontology.own)[:1], W.Whole),
    )
    for terms, kind in kinds:
        yield from ((term, RDF.type, kind) for term in terms)
    for term in ontology.declared - ontology.own:
        if not ontology.owns(term) and not ontology.reused(term):
            yield term, RDF.type, W.Foreign
    for term in ontology.own:
        if term not in ontology.concepts:
            yield term, W.among, OWL.Class if term in ontology.classes else RDF.Property
            continue
        values = ontology.values(term, SKOS.inScheme)
        schemes = [value.value for value in values if isinstance(value, ox.NamedNode)]
        yield from ((term, W.among, scheme) for scheme in schemes or [SKOS.Concept])


def _standard(ontology: Ontology) -> set[str]:
    """The terms of closed vocabularies among those that have to be classes or properties."""
    links = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    used = {iri for link in links for pair in ontology.pairs(link) for iri in pair}
    return {iri for iri in used if iri in TERMS.get(namespace(iri), ())}


_IN_PYTHON: Final = {
    "hierarchy-cycle": _cycles,
    "deprecated-term": _deprecated,
    "unused-term": _unused,
}
