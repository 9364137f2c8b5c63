"""What the exercises of a graph on a cluster share: fetched once, and sent to each executor."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..errors import ClusterError
from ..graph import background, rules
from ..graph.opening import ignoring
from ..graph.reach import MEMBERSHIP
from ..graph.store import Store, ontology
from ..graph.terms import LABELLING, NR, ORG, RDF, RDFS, SKOS, WGS84
from . import executor
from .grouping import Grouping
from .installed import checked
from .session import table

if TYPE_CHECKING:
    import pyarrow

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

#: What a network in brief is built from beside that: which tables there are, and where places lie.
_BRIEF: Final = frozenset({NR.sha256, WGS84.lat, WGS84.long})
#: So many lines are parsed at a time.
_AT_ONCE: Final = 1 << 16


def share(
    grouping: Grouping, warn: Callable[[str], None], proofs: bool = False, brief: bool = False
) -> tuple[Store, bytes]:
    """Fetch what all exercises share, and add what the gazetteer knows of it.

    Args:
        warn: Is told how many statements are left out, in a line.
        proofs: Whether executors are to say in which zones quotes are.
        brief: Whether the store needs no more than a network in brief is built from.

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
    engine = ox.Store()
    engine.extend(ontology().engine)
    facts = executor.Packing()
    for quads, seen in looked_at(said, proofs):
        facts.add(seen)
        engine.extend([*seen, *filter(_is_brief, quads)] if brief else quads)
    del said  # what follows takes memory, too
    parties = grouping.structure.participants
    services, doubtful = background.services(engine, parties)
    if doubtful:
        services |= _services(grouping, sent(facts.packed(), facts.number), doubtful)
    known = [*background.missing(engine, parties, services)]
    engine.extend(known)
    facts.add(known)
    store = Store(engine)
    rules.derive(store)
    return store, sent(facts.packed(), facts.number)


def _is_brief(quad: ox.Quad) -> bool:
    return quad.predicate.value in _BRIEF


def looked_at(
    said: pyarrow.ChunkedArray, proofs: bool
) -> Iterator[tuple[list[ox.Quad], list[ox.Quad]]]:
    """Parse what is shared, some of it at a time, and find what executors look at.

    Args:
        said: Lines; those that are empty say nothing.
        proofs: As of `share`.

    Yields:
        Statements, and those among them that executors look at.
    """
    links: set[object] = {quad.subject for quad in _of(said, ORG.member)}
    whole = links | {quad.subject for quad in _of(said, NR.about) if quad.object in links}
    seen = _SEEN
    if proofs:
        seen = _SEEN | {NR.hasZone}
        whole |= {quad.object for quad in _of(said, NR.hasZone)}
    for quads in _parsed(said):
        found = [q for q in quads if q.predicate.value in seen or q.subject in whole]
        yield quads, found


def _of(said: pyarrow.ChunkedArray, term: str) -> Iterator[ox.Quad]:
    """Find the statements of a property."""
    import pyarrow.compute

    # It may be written with escapes.
    marks = pyarrow.compute.match_substring_regex(said, rf"{re.escape(term)}>|\\[uU]")
    for quads in _parsed(said.filter(marks)):
        yield from (quad for quad in quads if quad.predicate.value == term)


def _parsed(said: pyarrow.ChunkedArray) -> Iterator[list[ox.Quad]]:
    for start in range(0, len(said), _AT_ONCE):
        text = "\n".join(said.slice(start, _AT_ONCE).to_pylist())
        yield list(ox.parse(text, ox.RdfFormat.N_TRIPLES, lenient=True))


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
