"""The classes that a property goes from and to: by the ontology, else by the shapes and the facts.

Many properties of ours have no domain or range in OWL, since that would make new facts of a slip.
What the shapes ask of their values, and what the facts have at their ends, tells it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

import pyoxigraph as ox

from ..graph import dataset
from ..graph.store import Store
from ..graph.terms import OWL, SH, W

#: Where a property says nothing of its domain or its range.
ANYTHING: Final = OWL.Thing


class Ends(NamedTuple):
    """Where a property goes from and to.

    Attributes:
        pairs: The classes that it goes from and to, sorted; owl:Thing where nothing tells.
        given: Whether the ontology says both; else the shapes or the facts do.
    """

    pairs: tuple[tuple[str, str], ...]
    given: bool


def of(
    store: Store, properties: Iterable[str], classes: Collection[str], above: Mapping[str, str]
) -> dict[str, Ends]:
    """Find the ends of properties.

    Args:
        properties: Object properties.
        classes: The classes of the diagram.
        above: The class above each of them that has one.
    """
    said = {p: (given(store, p, "domain"), given(store, p, "range")) for p in properties}
    used = _used(store, [name for name, ends in said.items() if not all(ends)], set(classes))
    asked = _asked()
    ends = {}
    for name, (domain, values) in said.items():
        sources, targets = asked.get(name, (set[str](), set[str]()))
        pairs = _lifted(used.get(name, set()), above)
        if domain or values or not pairs:
            domain_ = domain or sources or {a for a, _ in pairs} or {ANYTHING}
            values_ = values or targets | {b for _, b in pairs} or {ANYTHING}
            pairs = {*product(domain_, values_)}
        ends[name] = Ends(tuple(sorted(pairs)), bool(domain and values))
    return ends


def given(store: Store, name: str, side: str) -> set[str]:
    """Read the classes that OWL gives one side of a property: each of a union."""
    rows = store.rows(
        f"""# The classes of one side of a property.
        SELECT DISTINCT ?class {{
            {{ <{name}> rdfs:{side} ?class }}
            UNION {{ <{name}> rdfs:{side}/owl:unionOf/rdf:rest*/rdf:first ?class }}
            FILTER(isIRI(?class))
        }}"""
    )
    return {str(iri) for (iri,) in rows}


def _used(
    store: Store, properties: Collection[str], classes: Collection[str]
) -> dict[str, set[tuple[str, str]]]:
    """The classes of the diagram that facts have at both ends of properties."""
    names = " ".join(f"<{name}>" for name in properties if not name.startswith(W.iri))
    rows = store.rows(
        f"""# Which classes the facts have at both ends of properties.
        SELECT DISTINCT ?property ?source ?target {{
            VALUES ?property {{ {names} }}
            ?a ?property ?b . ?a a ?source . ?b a ?target
        }}"""
    )
    used: dict[str, set[tuple[str, str]]] = {}
    for name, source, target in rows:
        if str(source) in classes and str(target) in classes:
            used.setdefault(str(name), set()).add((str(source), str(target)))
    return used


@lru_cache(maxsize=1)
def _asked() -> dict[str, tuple[set[str], set[str]]]:
    """The classes that our shapes ask for: of the values of properties, and of what has these."""
    shapes = ox.Store()
    shapes.load(path=str(dataset.shapes_file()), format=ox.RdfFormat.TURTLE)
    rows = shapes.query(
        f"""# The classes that shapes ask for.
        PREFIX sh: <{SH}>
        SELECT ?path ?source ?target {{
            ?shape sh:path ?path ; sh:class ?target FILTER(isIRI(?path))
            OPTIONAL {{ {{ ?shape sh:targetClass ?source }}
                UNION {{ ?owner sh:property ?shape ; sh:targetClass ?source }} }}
        }}"""
    )
    assert isinstance(rows, ox.QuerySolutions)
    asked: dict[str, tuple[set[str], set[str]]] = {}
    for row in rows:
        sources, targets = asked.setdefault(row["path"].value, (set(), set()))
        targets.add(row["target"].value)
        if row["source"]:
            sources.add(row["source"].value)
    return asked


def _lifted(pairs: set[tuple[str, str]], above: Mapping[str, str]) -> set[tuple[str, str]]:
    """Say for several classes below one what holds of that one."""
    sides = [_lift({pair[side] for pair in pairs}, above) for side in (0, 1)]
    return {(sides[0][a], sides[1][b]) for a, b in pairs if a in sides[0] and b in sides[1]}


def _lift(classes: set[str], above: Mapping[str, str]) -> dict[str, str]:
    """Give, for the lowest of some classes, itself, or the highest above several of them."""

    def way(iri: str) -> list[str]:
        found = []
        while iri in above:
            iri = above[iri]
            found.append(iri)
        return found

    higher = {other for iri in classes for other in way(iri)}
    lowest = classes - higher
    top = {iri: [iri, *way(iri)][-1] for iri in lowest}
    shared = Counter(top.values())
    return {iri: top[iri] if shared[top[iri]] > 1 else iri for iri in lowest}
