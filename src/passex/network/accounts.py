"""Accounts of exercises: what each source of a graph tells of one, and which are said to be one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..graph.folding import fold
from ..graph.labelling import labels
from ..graph.store import Store, Term, text
from ..graph.terms import DCAT, DCTERMS, NR, OA, OWL, RDF, RDFS, SCHEMA, SKOS, WGS84, WORKINGS, W
from ..text.wording import day
from . import linkage
from .linkage import Account, Pair

_DEFAULT: Final = ox.DefaultGraph()
_WORK: Final = ox.NamedNode(WORKINGS)
#: What an import writes behind a name, so that labels differ.
_WHEN: Final = re.compile(r", (?:\w+ )?\d{4}(?:-\d\d-\d\d to \d{4}-\d\d-\d\d)?$")
#: A longer word that begins with a small letter: it describes.
_SMALL: Final = re.compile(r"\b[^\W\d_A-Z]\w{3,}")


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts of a graph.

    Attributes:
        dated: Those of which the first and the last day are known within bounds.
        undated: The IRIs of the others, which are near nothing.
        same: The first by its IRI of all that are said to be one (owl:sameAs), by the IRI of each.
        different: Pairs of such first ones that are said to differ (owl:differentFrom).
        sources: The labels of the data sets, by IRI.
    """

    dated: tuple[Account, ...]
    undated: tuple[str, ...]
    same: dict[str, str]
    different: frozenset[tuple[str, str]]
    sources: dict[str, str]

    def pairs(self, within: bool = False, asked: Collection[tuple[str, str]] = ()) -> list[Pair]:
        """Find those that may be one exercise, and of which nothing says that they are or aren't.

        Args:
            within: Whether two of one source may be, too.
            asked: Pairs that are given whatever is said of them, the smaller IRI first.
        """
        return [
            pair
            for pair in linkage.pairs(self.dated, within)
            if ordered(pair.one, pair.other) in asked or not self._decided(pair.one, pair.other)
        ]

    def _decided(self, one: str, other: str) -> bool:
        """Tell whether two are said to be one, or to differ, or whatever they are one with."""
        ends = self.same.get(one, one), self.same.get(other, other)
        return ends[0] == ends[1] or ordered(*ends) in self.different


def ordered(one: str, other: str) -> tuple[str, str]:
    """Name a pair of IRIs, whichever comes first."""
    return (one, other) if one < other else (other, one)


def undecided(store: Store, events: Collection[str]) -> int:
    """Count the pairs of accounts of different sources that may be one exercise.

    Args:
        events: The exercises that count, by IRI.

    Returns:
        How many pairs of these there are; 0 where the graph has no two sources.
    """
    return sum(one in events and other in events for one, other in undecided_pairs(store))


def undecided_pairs(store: Store) -> frozenset[tuple[str, str]]:
    """Find the pairs that `undecided` counts, of whichever exercises; each by its IRI."""
    if not several(store, lambda: untold(store)):
        return frozenset()
    first = {
        text(quad.subject): text(quad.object) for quad in _quads(store, W.accountOf, graph=_WORK)
    }
    ends = ((pair.one, pair.other) for pair in read(store).pairs())
    return frozenset(ordered(first.get(a, a), first.get(b, b)) for a, b in ends)


def read(store: Store) -> Accounts:
    """Read the accounts of the exercises of a graph, and what is decided of them.

    Args:
        store: A store to which the rules have been applied.
    """
    kinds = _quads(store, RDF.type, ox.NamedNode(NR.Exercise))
    wholes = {text(quad.subject): "" for quad in kinds if isinstance(quad.subject, ox.NamedNode)}
    # What is told of a phase is told of its exercise.
    for quad in _quads(store, DCTERMS.isPartOf):
        if text(quad.subject) in wholes and text(quad.object) in wholes:
            wholes[text(quad.subject)] = text(quad.object)
    nodes = [iri for iri, whole in wholes.items() if not whole]
    tables = _tables(store)
    parties, sources = _told(store, wholes, tables)
    names = _names(store, nodes, parties)
    first, last = (_values(store, term) for term in (NR.earliest, NR.latest))
    places = _values(store, NR.hasPlace)
    called = labels(store, {*nodes, *places.values()})
    points = _points(store)
    dated, undated = [], []
    for iri in nodes:
        bounds = day(first.get(iri)), day(last.get(iri))
        if bounds[0] is None or bounds[1] is None or bounds[0] > bounds[1]:
            undated.append(iri)
            continue
        place = places.get(iri, "")
        own = frozenset(sources.get(iri) or _sources(store, iri, tables))
        dated.append(
            Account(
                *(iri, called[iri], bounds[0], bounds[1], frozenset(parties.get(iri, ()))),
                *(tuple(sorted(names.get(iri, ()))), called.get(place, ""), points.get(place), own),
            )
        )
    same = _first(_pairs(store, OWL.sameAs, wholes))
    differ = _pairs(store, OWL.differentFrom, wholes)
    different = frozenset(ordered(same.get(a, a), same.get(b, b)) for a, b in differ)
    order = sorted(dated, key=lambda account: account.iri)
    return Accounts(tuple(order), tuple(sorted(undated)), same, different, labels(store, tables))


def _tables(store: Store) -> set[str]:
    """Find the data sets whose rows are evidence: those that say of which file they are."""
    sets = {text(quad.subject) for quad in _quads(store, RDF.type, ox.NamedNode(DCAT.Dataset))}
    return {iri for iri in sets if store.objects(iri, NR.sha256)}


def several(store: Store, any_untold: Callable[[], object]) -> bool:
    """Tell whether there is a data set, and anything beside it that may tell of its exercises.

    Args:
        store: A store with the articles and data sets.
        any_untold: Tells whether there is an exercise that nothing is claimed of.
    """
    tables = _tables(store)
    if len(tables) != 1:
        return bool(tables)
    articles = _quads(store, RDF.type, ox.NamedNode(SCHEMA.NewsArticle))
    return any(articles) or bool(any_untold())


def untold(store: Store) -> bool:
    """Tell whether there is an exercise that nothing is claimed of."""
    exercises = _quads(store, RDF.type, ox.NamedNode(NR.Exercise))
    return not all(any(_quads(store, NR.about, quad.subject)) for quad in exercises)


def _quads(
    store: Store,
    term: str,
    value: Term | None = None,
    graph: ox.DefaultGraph | ox.NamedNode = _DEFAULT,
) -> Iterator[ox.Quad]:
    yield from store.engine.quads_for_pattern(None, ox.NamedNode(term), value, graph)


def _values(store: Store, term: str) -> dict[str, str]:
    """Read a value of each node, the first where there are several."""
    found: dict[str, str] = {}
    for quad in _quads(store, term):
        node, value = text(quad.subject), text(quad.object)
        found[node] = min(found.get(node, value), value)
    return found


def _told(
    store: Store, wholes: dict[str, str], tables: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Read who took part by each account, as states where of any, and which sources say so."""
    told: dict[str, str] = {}
    for term in (W.phase, W.told):
        for quad in _quads(store, term, graph=_WORK):
            node = text(quad.object)
            while wholes.get(node):
                node = wholes[node]
            told[text(quad.subject)] = node
    actors = {text(q.subject): {text(q.object)} for q in _quads(store, W.of, graph=_WORK)}
    states: dict[str, set[str]] = {}
    for quad in _quads(store, NR.involvesState, graph=_WORK):
        states.setdefault(text(quad.subject), set()).add(text(quad.object))
    parties: dict[str, set[str]] = {}
    for part, node in told.items():
        parties.setdefault(node, set()).update(states.get(part) or actors[part])
    sources: dict[str, set[str]] = {}
    for quad in _quads(store, W.namedIn, graph=_WORK):
        source = text(quad.object)
        if node := told.get(text(quad.subject), ""):
            sources.setdefault(node, set()).add(source if source in tables else "")
    return parties, sources


def _sources(store: Store, iri: str, tables: Collection[str]) -> set[str]:
    """Find the data sets that tell of what nobody is named in; an empty text for articles."""
    found = {
        source
        for claim in store.subjects(NR.about, iri)
        for quote in store.objects(claim, NR.hasEvidence)
        for source in store.objects(quote, OA.hasSource)
    }
    return {source if source in tables else "" for source in found} or {""}


def _names(
    store: Store, nodes: Collection[str], parties: dict[str, set[str]]
) -> dict[str, set[str]]:
    """Read what exercises are called; a label with a party or a small letter only describes."""
    wanted = set(nodes)
    found: dict[str, set[str]] = {}
    for quad in _quads(store, SKOS.altLabel):
        if text(quad.subject) in wanted:
            found.setdefault(text(quad.subject), set()).add(text(quad.object))
    actors = labels(store, set[str]().union(*parties.values()))
    called = {iri: f" {fold(label)} " for iri, label in actors.items()}
    for quad in _quads(store, RDFS.label):
        node, label = text(quad.subject), text(quad.object)
        if node not in wanted or node in found:
            continue
        name = _WHEN.sub("", label)
        folded = f" {fold(name)} "
        if (
            name
            and not _SMALL.search(name)
            and not any(called[party] in folded for party in parties.get(node, ()))
        ):
            found.setdefault(node, set()).add(name)
    return found


def _points(store: Store) -> dict[str, tuple[float, float]]:
    """Read the points of places that have one."""
    south, west = (_values(store, term) for term in (WGS84.lat, WGS84.long))
    found = {}
    for place in south.keys() & west.keys():
        try:
            found[place] = float(south[place]), float(west[place])
        except ValueError:
            continue
    return found


def _pairs(store: Store, term: str, nodes: Collection[str]) -> set[tuple[str, str]]:
    ends = ((text(quad.subject), text(quad.object)) for quad in _quads(store, term))
    return {ordered(*pair) for pair in ends if pair[0] in nodes and pair[1] in nodes}


def _first(pairs: Collection[tuple[str, str]]) -> dict[str, str]:
    """Find the first by its IRI of those that pairs lead from one to another of."""
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        group = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(group, group))
    return {iri: min(group) for iri, group in groups.items()}
