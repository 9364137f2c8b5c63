"""What of derived exercises a network is built from: all that comes back from a cluster.

That is about half of what there is: no claims, no quotes, and of what is derived on the way
only what tells who took part as what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

import pyoxigraph as ox

from ..graph.neighbours import DEFAULT, WORK, Node, objects, subjects
from ..graph.store import Store
from ..graph.terms import BLANK, DCTERMS, FILLED, LEVELS, NR, NRC, OA, OWL, RDF, RDFS, SKOS, W

#: What a network reads of exercises and plans, and how two that may be one are told.
_READ: Final = frozenset(
    {
        RDF.type,
        RDFS.label,
        SKOS.altLabel,
        *(NR[name] for name in ("hasStatus", "hasDomain", "earliest", "latest", "leavesOpen")),
        NR.hasPlace,
        DCTERMS.isPartOf,
        OWL.sameAs,
        OWL.differentFrom,
        *LEVELS.values(),
        NR.infersService,
    }
)
#: Steps of the rules that nothing reads but other rules; and what is derived of actors everywhere.
_UNREAD: Final = frozenset({W.through, W.firmly, W.sailsFor, W.by, W.to, RDF.type, W.toldWith})
#: Who or what an article names; in a graph of its own, until `settle`.
_NAMES: Final = ox.NamedNode(f"{W}namesFrom")
_FILLED: Final = ox.NamedNode(FILLED)
_STATED: Final = ox.NamedNode(NRC.stated)
_NAMING: Final = """SELECT DISTINCT ?value ?article {
    { ?claim nr:about ?value } UNION { ?claim nr:hasValue ?value } FILTER(isIRI(?value))
    ?claim nr:hasBasis nrc:stated ; nr:hasEvidence ?quote . ?quote oa:hasSource ?article
}"""


def of_exercises(store: Store, nodes: Collection[Node]) -> Iterator[ox.Quad]:
    """Give what is kept of the exercises and plans of a bucket.

    Args:
        store: The bucket, to which the rules have been applied.
        nodes: Those that are its own.
    """
    engine = store.engine
    for quad in engine.quads_for_pattern(None, None, None, WORK):
        if quad.predicate.value not in _UNREAD:
            yield quad
    for kind in (NR.Event, NR.Plan):
        for event in subjects(engine, RDF.type, ox.NamedNode(kind)):
            if event in nodes:
                for quad in engine.quads_for_pattern(event, None, None, DEFAULT):
                    if quad.predicate.value in _READ:
                        yield quad
                yield from _told(engine, event)
                yield from _certain(engine, event)


def whole(store: Store, nodes: Collection[Node]) -> Iterator[ox.Quad]:
    """Give all that is said and derived of a bucket, with its claims and quotes.

    Args:
        store: As of `of_exercises`, as are ``nodes``.
    """
    engine = store.engine
    for node in nodes:
        for graph in (DEFAULT, _FILLED):
            yield from engine.quads_for_pattern(node, None, None, graph)
    yield from engine.quads_for_pattern(None, None, None, WORK)


def _told(engine: ox.Store, event: Node) -> Iterator[ox.Quad]:
    """Give who tells of an event: one claim, and all with their articles if nobody is named."""
    claims = sorted(subjects(engine, NR.about, event), key=str)
    if claims:
        yield ox.Quad(claims[0], ox.NamedNode(NR.about), event)
    named = (
        next(objects(engine, part, W.namedIn, WORK), None)
        for term in (W.phase, W.told)
        for part in subjects(engine, term, event, WORK)
    )
    if not any(named):
        for claim in claims:
            yield ox.Quad(claim, ox.NamedNode(NR.about), event)
            for quote in objects(engine, claim, NR.hasEvidence):
                yield ox.Quad(claim, ox.NamedNode(NR.hasEvidence), quote)
                for source in objects(engine, quote, OA.hasSource):
                    yield ox.Quad(quote, ox.NamedNode(OA.hasSource), source)


def _certain(engine: ox.Store, event: Node) -> Iterator[ox.Quad]:
    """Give how certain the status of an event is, by the claims about that."""
    about = (ox.NamedNode(NR.onProperty), ox.NamedNode(NR.hasStatus))
    for claim in subjects(engine, NR.about, event):
        if ox.Quad(claim, *about) in engine:
            yield ox.Quad(claim, ox.NamedNode(NR.about), event)
            yield ox.Quad(claim, *about)
            for name in (NR.hasValue, NR.hasCertainty):
                yield from engine.quads_for_pattern(claim, ox.NamedNode(name), None, DEFAULT)


def named(store: Store) -> Iterator[ox.Quad]:
    """Give who or what is named in which article, in claims that rest on its words."""
    for value, article in store.query(_NAMING):  # type: ignore[union-attr]
        yield ox.Quad(value, _NAMES, article, WORK)


def settle(engine: ox.Store) -> None:
    """Make claims of what `named` gave of all buckets: one an actor and article, however many."""
    rows = list(engine.quads_for_pattern(None, _NAMES, None, WORK))
    for number, quad in enumerate(sorted(rows, key=str)):
        engine.remove(quad)
        claim, quote = (ox.NamedNode(f"{BLANK}{what}-{number}") for what in ("claim", "quote"))
        engine.add(ox.Quad(claim, ox.NamedNode(NR.hasValue), quad.subject))
        engine.add(ox.Quad(claim, ox.NamedNode(NR.hasBasis), _STATED))
        engine.add(ox.Quad(claim, ox.NamedNode(NR.hasEvidence), quote))
        engine.add(ox.Quad(quote, ox.NamedNode(OA.hasSource), quad.object))
