"""Whether two nodes may be one thing, and what speaks against it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..errors import QueryError, UnknownNameError
from ..graph import dataset, gazetteer, labelling, names
from ..graph.hierarchy import superclasses
from ..graph.labelling import Node, describe
from ..graph.store import Store
from ..graph.terms import (
    DERIVED,
    LABELLING,
    NR,
    OWL,
    PREFIXES,
    RDF,
    SCHEMA,
    SKOS,
    THINGS,
    local_name,
    shorten,
)
from .spelling import spell

#: The classes of what can be two and be one: what facts tell of.
_FACTS: Final = frozenset(THINGS) - {SCHEMA.NewsArticle, SKOS.Concept}
_FIRST: Final = "correct that first, or leave the two as they are"
#: Properties of which nodes of some classes have one value, as the shapes say.
_SINGLE: Final = """
SELECT DISTINCT ?path {
    ?shape sh:path ?path ; sh:maxCount 1 ; sh:targetClass|sh:targetSubjectsOf ?target
    VALUES ?target { TARGETS }
    FILTER(isIRI(?path))
}"""
#: Links that only the rules write, and that say nothing against one thing: both took part.
_TIES: Final = frozenset(DERIVED) - {NR.belongsTo}
_SH: Final = {"sh": "http://www.w3.org/ns/shacl#"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two nodes that are one thing.

    Attributes:
        kept: The one that stays.
        gone: The one that becomes it.
        listed: Whether the one that stays is an entry of the gazetteer.
    """

    kept: Node
    gone: Node
    listed: bool


def pair(store: Store, kept: str, gone: str) -> Pair:
    """Find two nodes by their names, and refuse to take for one what isn't.

    Args:
        store: The graph, with what the rules derive.
        kept: The name of the one that stays, as `names.resolve` takes it.
        gone: The name of the other.

    Raises:
        QueryError: They are no one thing, by what the graph says of them.
        UnknownNameError: Nothing has that name.
        AmbiguousNameError: More than one has it.
    """
    one, other = _node(store, kept), _node(store, gone)
    if one.iri == other.iri:
        raise QueryError(f"'{kept}' and '{gone}' are one node already: {describe(one)}", "")
    entries = gazetteer.entries()
    turned = f"turn them round: passex merge {shorten(other.iri)} {shorten(one.iri)}"
    _refuse_classes(store, one, other, turned)
    if other.iri in entries:
        hint = "they differ, if both are" if one.iri in entries else turned
        raise QueryError(f"{describe(other)} is an entry of the gazetteer, which stays", hint)
    _refuse_links(store, one, other)
    _refuse_states(store, one, other)
    found = Pair(one, other, one.iri in entries)
    _refuse_values(store, found)
    return found


def triples_of(store: Store, iri: str) -> set[ox.Triple]:
    """Give what a graph and the gazetteer say of a node."""
    quads = store.engine.quads_for_pattern(ox.NamedNode(iri), None, None, ox.DefaultGraph())
    entry = gazetteer.entries().get(iri)
    return {quad.triple for quad in quads} | set(entry.triples if entry else ())


def _node(store: Store, name: str) -> Node:
    """Find a node of the graph, or an entry of the gazetteer that no fact names yet."""
    try:
        return names.resolve(store, name, *THINGS)
    except UnknownNameError:
        found = gazetteer.called(name)
        if len(found) != 1:
            raise
        return Node(found[0].label, found[0].iri, local_name(found[0].kind))


def _classes(store: Store, iri: str) -> list[str]:
    kinds = [t.object.value for t in triples_of(store, iri)
             if t.predicate.value == RDF.type and isinstance(t.object, ox.NamedNode)]  # fmt: skip
    return superclasses(store.engine, labelling.most_special(store, kinds))


def _refuse_classes(store: Store, one: Node, other: Node, turned: str) -> None:
    kinds, others = _classes(store, one.iri), _classes(store, other.iri)
    if SCHEMA.NewsArticle in (*kinds, *others):
        raise QueryError("an article is a file, and two files are two", "merge what they tell of")
    for node, above in ((one, kinds), (other, others)):
        if SKOS.Concept in above or not _FACTS.intersection(above):
            about = f"{shorten(node.iri)} is of class {shorten(above[0])}" if above else node.iri
            raise QueryError(
                f"{about}, and only what facts tell of can be merged",
                "give two actors, happenings, plans, posts or places",
            )
    if others[0] in kinds:
        return
    hint = turned if kinds[0] in others else "one thing has one class: correct it, or they differ"
    about = f"{shorten(one.iri)} is of class {shorten(kinds[0])}"
    raise QueryError(f"{about}, and {shorten(other.iri)} of class {shorten(others[0])}", hint)


def _refuse_links(store: Store, one: Node, other: Node) -> None:
    about = f"{shorten(one.iri)} and {shorten(other.iri)}"
    nodes = ox.NamedNode(one.iri), ox.NamedNode(other.iri)
    for subject, value in (nodes, nodes[::-1]):
        for quad in store.engine.quads_for_pattern(subject, None, value, ox.DefaultGraph()):
            if quad.predicate.value in _TIES:
                continue
            if quad.predicate.value == OWL.differentFrom:
                raise QueryError(f"{about} are said to differ (owl:differentFrom)", _FIRST)
            link = shorten(quad.predicate.value)
            raise QueryError(f"{about} are two: {link} leads from one to the other", _FIRST)


def _refuse_states(store: Store, one: Node, other: Node) -> None:
    """Refuse two nodes that belong to different states, or lie there, at whatever times."""
    states, others = _states(store, one), _states(store, other)
    if states and others and not states.keys() & others.keys():
        about = f"{shorten(one.iri)} and {shorten(other.iri)} are of two states"
        named = " and ".join(", ".join(sorted(of.values())) for of in (states, others))
        raise QueryError(f"{about}, {named}", _FIRST)


def _states(store: Store, node: Node) -> dict[str, str]:
    """Name the states that a node is, belongs to, lies in or has a post in, by their IRIs."""
    way = "(nr:belongsTo|dcterms:isPartOf|org:postIn|^org:member/nr:inPost)*"
    rows = store.rows(
        f"SELECT DISTINCT ?state ?label {{ <{node.iri}> {way} ?state . ?state a nr:State ; "
        "rdfs:label ?label }"
    )
    found = {str(state): str(label) for state, label in rows}
    # An entry of the gazetteer that no fact names is not in the graph.
    entry = gazetteer.entries().get(node.iri)
    while entry is not None:
        if entry.kind == NR.State:
            found[entry.iri] = entry.label
        entry = gazetteer.entries().get(entry.whole)
    return found


def _refuse_values(store: Store, found: Pair) -> None:
    """Refuse two nodes with different values of what has one."""
    kinds = {*_classes(store, found.kept.iri), *_classes(store, found.gone.iri)}
    theirs = [_values(store, node.iri) for node in (found.kept, found.gone)]
    targets = kinds.union(*theirs)
    shapes = ox.Store()
    shapes.load(path=dataset.shapes_file())
    rows = shapes.query(
        _SINGLE.replace("TARGETS", " ".join(f"<{iri}>" for iri in sorted(targets))), prefixes=_SH
    )
    assert isinstance(rows, ox.QuerySolutions)
    single = {str(row["path"].value) for row in rows} - {*LABELLING, SKOS.altLabel}
    one, other = theirs
    different = [
        f"{shorten(path)} ({' and '.join(sorted(map(_written, one[path] | other[path])))})"
        for path in sorted(single & one.keys() & other.keys())
        if one[path] != other[path]
    ]
    if different:
        about = f"{shorten(found.kept.iri)} and {shorten(found.gone.iri)}"
        raise QueryError(f"{about} differ in {', '.join(different)}", "correct one of them first")


def _values(store: Store, iri: str) -> dict[str, set[ox.NamedNode | ox.Literal]]:
    values: dict[str, set[ox.NamedNode | ox.Literal]] = {}
    for triple in triples_of(store, iri):
        if isinstance(triple.object, ox.NamedNode | ox.Literal):
            values.setdefault(triple.predicate.value, set()).add(triple.object)
    return values


def _written(term: ox.NamedNode | ox.Literal) -> str:
    return spell(term, PREFIXES, "")
