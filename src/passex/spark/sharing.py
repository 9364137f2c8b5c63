"""What the exercises of a graph on a cluster share: fetched once, and sent to each executor."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final

import pyoxigraph as ox

from ..errors import ClusterError
from ..graph import background, rules
from ..graph.opening import ignoring
from ..graph.store import Store, ontology
from . import executor
from .grouping import Grouping
from .installed import checked
from .session import table

#: A request to a cluster holds so many bytes at the most, the function among them.
_LARGEST: Final = 96 << 20


def share(grouping: Grouping, warn: Callable[[str], None]) -> tuple[Store, bytes]:
    """Fetch what all exercises share, and add what the gazetteer knows of it.

    Args:
        warn: Is told how many statements are left out, in a line.

    Returns:
        The store of it, to which the rules have been applied, and the same packed for executors,
        as it was before.

    Raises:
        InputError: A line of the files doesn't parse, or a table can't be imported.
        ClusterError: It is more than a cluster takes.
    """
    grouping.sources.look(warn)
    said, ignored = grouping.shared()
    if ignored:
        warn(ignoring(ignored))
    facts = ox.Store()
    facts.load("\n".join(said), ox.RdfFormat.N_QUADS, lenient=True)
    engine = ox.Store()
    engine.extend(ontology().engine)
    engine.extend(facts)
    parties = grouping.structure.participants
    services, doubtful = background.services(engine, parties)
    if doubtful:
        services |= _services(grouping, _packed(facts), doubtful)
    facts.extend([*background.missing(engine, parties, services)])
    engine.extend(facts)
    store = Store(engine)
    rules.derive(store)
    return store, _packed(facts)


def _packed(facts: ox.Store) -> bytes:
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
