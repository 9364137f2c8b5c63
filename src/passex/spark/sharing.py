"""What the exercises of a graph on a cluster share: fetched once, and sent to each executor."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Final

import pyoxigraph as ox

from ..errors import ClusterError
from ..graph import background, rules
from ..graph.opening import ignoring
from ..graph.reach import MEMBERSHIP
from ..graph.store import Store, ontology
from ..graph.terms import LABELLING, NR, ORG, RDF, RDFS, SKOS
from . import executor
from .grouping import Grouping
from .installed import checked
from .session import table

#: A request to a cluster holds so many bytes at the most, the function among them.
_LARGEST: Final = 96 << 20
#: What `graph.cutting` looks at of a node that is of no bucket. The most part of what is shared are
#: articles with their zones, and claims about other than exercises: of these it is little.
_SEEN: Final = frozenset(
    {
        *(RDF.type, RDFS.subClassOf, RDFS.isDefinedBy, SKOS.broader, SKOS.related),
        *(*LABELLING, *MEMBERSHIP, ORG.subOrganizationOf, NR.hasKind, NR.earliest, NR.latest),
    }
)


def share(
    grouping: Grouping, warn: Callable[[str], None], proofs: bool = False
) -> tuple[Store, bytes]:
    """Fetch what all exercises share, and add what the gazetteer knows of it.

    Args:
        warn: Is told how many statements are left out, in a line.
        proofs: Whether executors are to say in which zones quotes are.

    Returns:
        The store of it, to which the rules have been applied, and what executors need of it, as it
        was before, packed.

    Raises:
        InputError: A line of the files doesn't parse, or a table can't be imported.
        ClusterError: It is more than a cluster takes.
    """
    grouping.sources.look(warn)
    said, ignored = grouping.shared()
    if ignored:
        warn(ignoring(ignored))
    text = "\n".join(said)
    engine = ox.Store()
    engine.extend(ontology().engine)
    engine.load(text, ox.RdfFormat.N_TRIPLES, lenient=True)
    facts = [*needed(text, engine, proofs)]
    parties = grouping.structure.participants
    services, doubtful = background.services(engine, parties)
    if doubtful:
        services |= _services(grouping, _packed(facts), doubtful)
    known = [*background.missing(engine, parties, services)]
    engine.extend(known)
    store = Store(engine)
    rules.derive(store)
    return store, _packed([*facts, *known])


def needed(text: str, engine: ox.Store, proofs: bool) -> Iterator[ox.Quad]:
    """Find what executors look at of what is shared.

    Args:
        text: Its statements.
        engine: A store that has them.
        proofs: As of `share`.
    """

    def ends(term: str) -> Iterator[tuple[object, object]]:
        quads = engine.quads_for_pattern(None, ox.NamedNode(term), None)
        return ((quad.subject, quad.object) for quad in quads)

    seen = _SEEN | {NR.hasZone} if proofs else _SEEN
    whole = {link for link, _ in ends(ORG.member)}
    whole |= {claim for claim, about in ends(NR.about) if about in whole}
    if proofs:
        whole |= {zone for _, zone in ends(NR.hasZone)}
    for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True):
        if quad.predicate.value in seen or quad.subject in whole:
            yield quad


def _packed(facts: Collection[ox.Quad]) -> bytes:
    return sent(executor.packed(facts), len(facts))


def sent(packed: bytes, number: int) -> bytes:
    """Give what is sent to executors, if it is not too much.

    Args:
        packed: So many statements, packed.

    Raises:
        ClusterError: It is more than a cluster takes.
    """
    if len(packed) > _LARGEST:
        raise ClusterError(
            f"what exercises share are {number:,} statements, too many to be sent to executors",
            "leave out what no exercise needs",
        )
    return packed


def _services(grouping: Grouping, shared: bytes, states: Collection[str]) -> set[str]:
    """Find the naval services of states by the days of their exercises."""
    work = checked(executor.serving(shared, states))
    frame = grouping.buckets().groupBy("bucket").applyInArrow(work, executor.SERVICES)
    return {row["service"] for row in table(frame.distinct())}
