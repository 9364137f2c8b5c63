"""Names that are told apart by their spelling alone: one thing with two nodes.

Equal names, also in capitals or small letters, are the business of the shape `nrs:OneThingTwice`,
which any SHACL engine can apply. What SPARQL cannot fold is compared here, as names are looked up:
accents, apostrophes, hyphens, ``&`` and "and", ``St.`` and "Saint", numbers in words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations
from typing import Final, TypeAlias

import pyoxigraph as ox

from ...graph.folding import fold
from ...graph.hierarchy import subclasses
from ...graph.nearest_terms import short
from ...graph.terms import NAMING, NR, PREFIXES, RDF
from ..one_thing_twice import merge_command
from .model import Finding, Scope

_TYPE: Final = ox.NamedNode(RDF.type)
_LARGER: Final = "((^org:member/org:organization)|org:subOrganizationOf|dcterms:isPartOf)"
#: Which of some pairs may be one thing: of a class, not both of the gazetteer, not said to differ,
#: neither a part of the other, nor each of a larger body of its own.
_ALIKE: Final = f"""
SELECT DISTINCT ?one ?other {{
    VALUES (?one ?other) {{ PAIRS }}
    FILTER NOT EXISTS {{ ?one rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> }}
    FILTER EXISTS {{
        ?one a ?class . ?other a ?kind
        FILTER(EXISTS {{ ?class rdfs:subClassOf* ?kind }}
            || EXISTS {{ ?kind rdfs:subClassOf* ?class }})
    }}
    FILTER NOT EXISTS {{ ?one owl:differentFrom|^owl:differentFrom ?other }}
    FILTER NOT EXISTS {{ ?one ^org:member/org:organization ?other }}
    FILTER NOT EXISTS {{ ?other ^org:member/org:organization ?one }}
    FILTER NOT EXISTS {{
        ?one {_LARGER} ?its . ?other {_LARGER} ?theirs
        FILTER NOT EXISTS {{ ?its {_LARGER}* ?common . ?theirs {_LARGER}* ?common }}
    }}
}}"""
_Name: TypeAlias = tuple[ox.NamedNode, str, ox.Literal]


def run(scope: Scope) -> Iterator[Finding]:
    """Find actors, places and series whose names differ in nothing that counts."""
    graph = scope.inputs.graph
    by_name: dict[str, list[_Name]] = defaultdict(list)
    for node, term, name in _names(graph):
        by_name[fold(name.value)].append((node, term, name))
    pairs = {
        (one[0], other[0]): (one, other)
        for names in by_name.values()
        if len(names) > 1
        for one, other in permutations(names, 2)
        if one[0] != other[0]
    }
    for one, other in _alike(graph, list(pairs)):
        if _equal(graph, one, other) or _equal(graph, other, one):
            continue
        (_, term, name), (_, _, theirs) = pairs[one, other]
        yield Finding(
            "name-twice",
            f"{short(other.value)} has the same name, {theirs.value!r}.",
            f"if they are one: {merge_command(graph, one.value, other.value)}; else give both a "
            "larger body of their own, or say owl:differentFrom",
            subject=one, predicate=term, value=name,
        )  # fmt: skip


def _names(graph: ox.Store) -> Iterator[_Name]:
    """Yield the names of actors, places and series, with the property that gives them."""
    for iri in subclasses(graph, NR.Actor, NR.Place, NR.Series):
        for quad in graph.quads_for_pattern(None, _TYPE, ox.NamedNode(iri)):
            if not isinstance(quad.subject, ox.NamedNode):
                continue
            for term in NAMING:
                for said in graph.quads_for_pattern(quad.subject, ox.NamedNode(term), None):
                    if isinstance(said.object, ox.Literal):
                        yield quad.subject, term, said.object


def _alike(
    graph: ox.Store, pairs: list[tuple[ox.NamedNode, ox.NamedNode]]
) -> Iterator[tuple[ox.NamedNode, ox.NamedNode]]:
    if not pairs:
        return
    values = " ".join(f"({one} {other})" for one, other in pairs)
    rows = graph.query(_ALIKE.replace("PAIRS", values), prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    yield from sorted(((row["one"], row["other"]) for row in rows), key=str)


def _equal(graph: ox.Store, one: ox.NamedNode, other: ox.NamedNode) -> bool:
    """Tell whether the shape finds that one has a name of the other."""
    names, theirs = (
        {
            quad.object
            for term in NAMING
            for quad in graph.quads_for_pattern(node, ox.NamedNode(term), None)
            if isinstance(quad.object, ox.Literal)
        }
        for node in (one, other)
    )
    forms = {
        ox.Literal(form, language="en")
        for name in names
        for form in (name.value.upper(), name.value.lower())
    }
    return not theirs.isdisjoint(names | forms)
