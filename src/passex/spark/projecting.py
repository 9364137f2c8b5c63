"""Networks in brief of graphs on a cluster: counted there by pairs, and summed up by Spark SQL.

What comes back are pairs with numbers, however many exercises there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from ..graph.labelling import nodes
from ..graph.terms import NR
from ..network import accounts, brief, notes
from . import collecting, executor, locations, session
from .grouping import Grouping
from .installed import checked
from .sharing import share

if TYPE_CHECKING:
    from ..importers.carried import MappingText
    from ..network.brief import BriefNetwork
    from ..network.policy import Policy

#: Of more exercises of several sources than this it isn't looked for which may be one.
_COMPARED: Final = 1_000_000
_NOT_COMPARED: Final = (
    "Which exercises of different sources may be one was not looked for, among so many."
)


def build(
    url: str,
    data: Sequence[str],
    policy: Policy,
    warn: Callable[[str], None],
    mapping: MappingText | None = None,
) -> BriefNetwork:
    """Build the network of a policy in brief, of a graph that lies where a cluster can read it.

    Args:
        url: Of Spark Connect, such as ``sc://localhost:15002``.
        data: As `locations.find` takes it.
        warn: Is told, in a line, what is no reason to stop.
        mapping: What the columns of those files mean that are tables.

    Raises:
        PassexError: As `session.connect`, `locations.find` and `Grouping` say.
    """
    with (
        session.connect(url) as spark,
        Grouping(spark, locations.find(spark, data, mapping is not None), mapping) as grouping,
    ):
        store, shared = share(grouping, warn, brief=True)
        counts, untold = _count(grouping, shared, policy)
        alike: Sequence[str] = ()
        if accounts.several(store, lambda: untold):
            alike = [_NOT_COMPARED]
            if grouping.structure.number <= _COMPARED:
                whole = collecting.fetch(grouping, store, shared)
                _, counted = brief.activities_of(whole, policy)
                alike = notes.alike(accounts.undecided(whole, counted))
    return brief.network(store, policy, nodes(store, NR.Actor), counts, alike)


def _count(grouping: Grouping, shared: bytes, policy: Policy) -> tuple[brief.Counts, bool]:
    """Count the ties of each bucket there, and have Spark SQL add these up.

    Returns:
        The counts, and whether there is an exercise that nothing is claimed of.
    """
    work = checked(executor.counting(shared, policy))
    rows = grouping.buckets().groupBy("bucket").applyInArrow(work, executor.COUNTS)
    *keys, number = (column.split()[0] for column in executor.COUNTS.split(", "))
    pairs: dict[brief.Ends, Counter[tuple[bool, int]]] = {}
    others: dict[str, set[brief.Ends]] = {}
    for row in session.table(rows.groupBy(*keys).sum(number).toDF(*keys, number)):
        ends = row["one"], row["other"]
        if row["kind"] == executor.TIE:
            pairs.setdefault(ends, Counter())[row["planned"], row["parties"]] += row[number]
        else:
            others.setdefault(row["kind"], set()).add(ends)
    domains = {name for name, _ in others.get(executor.DOMAIN, ())}
    weak = others.get(executor.WEAK, set())
    return brief.Counts(pairs, weak, domains), executor.UNTOLD in others
