"""Graphs on a cluster, derived there, as stores of what a network is built from.

The store has all actors and articles, and of every exercise what its ties, their weights, their
days and their articles rest on; claims about exercises, and quotes, only if they are asked for.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..graph import dataset, rules
from ..graph.store import Store
from . import executor, locations, remains, session
from .grouping import Grouping
from .installed import checked
from .sharing import share

if TYPE_CHECKING:
    from ..importers.carried import MappingText


def open_store(
    url: str,
    data: Sequence[str],
    warn: Callable[[str], None],
    proofs: bool = False,
    mapping: MappingText | None = None,
) -> Store:
    """Derive a graph on a cluster, and fetch what networks are built from.

    Args:
        url: Of Spark Connect, such as ``sc://localhost:15002``.
        data: As `locations.find` takes it.
        warn: Is told, in a line, what is no reason to stop.
        proofs: Whether the claims about exercises and their quotes are fetched, too.
        mapping: What the columns of those files mean that are tables.

    Raises:
        PassexError: As `session.connect`, `locations.find` and `Grouping` say.
    """
    with (
        session.connect(url) as spark,
        Grouping(spark, locations.find(spark, data, mapping is not None), mapping) as grouping,
    ):
        return fetch(grouping, *share(grouping, warn, proofs), proofs)


def fetch(grouping: Grouping, store: Store, shared: bytes, proofs: bool = False) -> Store:
    """Derive the exercises of a graph on its cluster, and fetch what networks are built from.

    Args:
        store: What `sharing.share` gives with ``proofs``, as is ``shared``; it is changed.
        proofs: As of `open_store`.
    """
    frame = grouping.buckets(every=True).groupBy("bucket")
    work = checked(executor.returning(shared, proofs))
    rows = frame.applyInArrow(work, executor.RETURNED).toArrow()
    for packed in rows.column("quads"):
        text = zlib.decompress(packed.as_py())
        store.engine.extend(ox.parse(text, ox.RdfFormat.N_QUADS, lenient=True))
    remains.settle(store.engine)
    if proofs:
        [labels] = [path for path in dataset.rule_files() if path.stem == executor.CLAIMS]
        rules.apply(store, rules.read(labels))
    return store
