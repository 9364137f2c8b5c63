"""Check an ontology with the queries of ``ontology/checks/``, a file a rule.

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
from functools import cache
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph import dataset
from ...graph.nearest_terms import short
from ...graph.standard_terms import TERMS
from ...graph.terms import OWL, RDF, RDFS, SKOS, W, namespace
from ...questions import heads
from ...text.places import Place
from .model import Finding, Scope
from .ontologies import Ontology

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

_TERMS: Final = ox.NamedNode(W.terms)
_VARIABLE: Final = re.compile(r"\{\?(\w+)\}")


def run(rule: str, scope: Scope, store: ox.Store) -> Iterator[Finding]:
    """Ask the query of a rule.

    Args:
        rule: The rule.
        scope: Whose ontology is checked.
        store: What `looked_at` gave for it.
    """
    text, message, hint = _query(rule)
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    names = [variable.value for variable in rows.variables]
    for row in rows:
        bound = {name: row[name] for name in names if row[name] is not None}
        this, path = bound.get("this"), bound.get("path")
        yield Finding(
            rule,
            _filled(bound["message"].value if "message" in bound else message, bound),
            _filled(bound["hint"].value if "hint" in bound else hint, bound),
            subject=this,
            predicate=None if path is None else path.value,
            value=bound.get("value"),
            where="ontology" if this else Place(scope.inputs.ontology[0].name),
        )


@cache
def _query(rule: str) -> tuple[str, str, str]:
    """Read the query of a rule, with message and hint."""
    path = dataset.check_file(rule)
    text = path.read_text(encoding="utf-8")
    head = {entry.key: entry.value for entry in heads.entries(text, str(path))}
    return text, head["message"], head["hint"]


def _filled(template: str, bound: dict[str, Term]) -> str:
    def text(match: re.Match[str]) -> str:
        term = bound[match[1]]
        return short(term.value) if isinstance(term, ox.NamedNode) else term.value

    return _VARIABLE.sub(text, template)


def looked_at(scope: Scope) -> ox.Store:
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
