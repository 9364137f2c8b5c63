"""What an executor does with a bucket: it derives what follows from it, and counts or returns that.

The rules see the bucket and what all buckets share, and nothing else (see `passex.graph.cutting`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, cast

import pyoxigraph as ox

from ..graph import background, dataset, rules
from ..graph.cutting import Cut
from ..graph.shared import Shared
from ..graph.store import Store, ontology
from ..graph.terms import NR
from ..network import accounts, brief
from . import remains

if TYPE_CHECKING:
    import pyarrow

    from ..graph.neighbours import Node
    from ..network.policy import Policy

    Work = Callable[["pyarrow.Table"], "pyarrow.Table"]

#: The columns of `returning`.
RETURNED: Final = "quads binary"
#: The columns of `counting`, as Spark writes them.
COUNTS: Final = "kind string, one string, other string, planned boolean, parties int, number long"
#: What a row of it is: of a pair that is tied, of one that isn't, a domain, or that nobody claims
#: anything of some exercise.
TIE: Final = "tie"
WEAK: Final = "weak"
DOMAIN: Final = "domain"
UNTOLD: Final = "untold"


class _Beside:
    """A bucket beside what is shared, as `Cut` looks at a graph."""

    def __init__(self, own: ox.Store, shared: ox.Store) -> None:
        self._own, self._shared = own, shared

    def quads_for_pattern(self, *pattern: ox.NamedNode | None) -> Iterator[ox.Quad]:
        """Find quads in both."""
        found = (engine.quads_for_pattern(*pattern) for engine in (self._own, self._shared))
        return chain.from_iterable(found)

    def __contains__(self, quad: ox.Quad) -> bool:
        return quad in self._own or quad in self._shared


class Packing:
    """Packs what is shared, beside the ontology, which executors have.

    Attributes:
        number: How many statements there are.
    """

    def __init__(self) -> None:
        self._pack = zlib.compressobj(6)
        self._done: list[bytes] = []
        self.number = 0

    def add(self, quads: Collection[ox.Quad]) -> None:
        """Add some more."""
        text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES)
        assert text is not None
        self._done.append(self._pack.compress(text))
        self.number += len(quads)

    def packed(self) -> bytes:
        """Give them all; more can still be added."""
        return b"".join((*self._done, self._pack.copy().flush()))


@lru_cache(2)
def _opened(shared: bytes) -> tuple[ox.Store, Shared]:
    """Open what is shared: once for all buckets, which only read it."""
    engine = ox.Store()
    engine.extend(ontology().engine)
    engine.load(zlib.decompress(shared), ox.RdfFormat.N_TRIPLES, lenient=True)
    return engine, Shared(engine)


def cut(shared: bytes, lines: Iterable[str]) -> tuple[ox.Store, Collection[Node]]:
    """Make the store of a bucket, with what the rules have to see of the rest.

    Returns:
        The store, and the nodes that are the bucket's own.
    """
    engine, common = _opened(shared)
    own = ox.Store()
    own.load("\n".join(lines), ox.RdfFormat.N_QUADS, lenient=True)
    # Who is in a contingent stays one of those that are shared.
    nodes = {quad.subject for quad in own if quad.predicate.value != NR.inContingent}
    made = Cut(cast("ox.Store", _Beside(own, engine)), sorted(nodes, key=str), common)
    return made.store(), made.nodes


#: The rule that needs labels of whatever claims name.
CLAIMS: Final = "08-labels-of-claims"
#: Of what these derive no network is made.
_IDLE: Final = frozenset(
    {
        "02-zones",
        "03-in-zone",
        "07-labels-of-memberships",
        CLAIMS,
        "14-belongs-to",
        "70-trained-with",
        "71-plans-to-train-with",
    }
)


@cache
def _every() -> list[rules.Rule]:
    return [rules.read(path) for path in dataset.rule_files()]


@cache
def _rules() -> list[rules.Rule]:
    return [rule for rule in _every() if rule.name not in _IDLE]


def counting(shared: bytes, policy: Policy) -> Work:
    """Make what counts the ties of a bucket, on an executor: rows of `COUNTS`."""

    def work(bucket: pyarrow.Table) -> pyarrow.Table:
        return counts(shared, policy, bucket)

    return work


def counts(shared: bytes, policy: Policy, bucket: pyarrow.Table) -> pyarrow.Table:
    """Do what `counting` says, with one bucket: rows of (bucket, line)."""
    import pyarrow

    part, _ = cut(shared, bucket.column("line").to_pylist())
    store = Store(part)
    rules.derive(store, _rules())
    found = brief.count(store, policy)
    rows = [
        *(
            (TIE, *ends, planned, parties, number)
            for ends, numbers in found.pairs.items()
            for (planned, parties), number in numbers.items()
        ),
        *((WEAK, *ends, False, 0, 1) for ends in found.weak),
        *((DOMAIN, domain, "", False, 0, 1) for domain in found.domains),
        *((UNTOLD, "", "", False, 0, 1) for _ in range(accounts.untold(store))),
    ]
    text, whole = pyarrow.string(), pyarrow.int64()
    kinds = (text, text, text, pyarrow.bool_(), pyarrow.int32(), whole)
    columns = zip(*rows, strict=True) if rows else ((),) * len(kinds)
    arrays = [pyarrow.array(list(c), kind) for c, kind in zip(columns, kinds, strict=True)]
    names = [column.split()[0] for column in COUNTS.split(", ")]
    return pyarrow.table(arrays, names=names)


#: The columns of `serving`.
SERVICES: Final = "service string"


def serving(shared: bytes, states: Collection[str]) -> Work:
    """Make what finds the services of states in a bucket, on an executor: rows of `SERVICES`."""

    def work(bucket: pyarrow.Table) -> pyarrow.Table:
        import pyarrow

        part, _ = cut(shared, bucket.column("line").to_pylist())
        found = sorted(background.navies(part, states))
        return pyarrow.table({"service": pyarrow.array(found, pyarrow.string())})

    return work


def returning(shared: bytes, proofs: bool) -> Work:
    """Make what derives a bucket and returns what a network is built from: rows of `RETURNED`.

    Args:
        proofs: Whether claims and quotes are returned, too.
    """

    def work(bucket: pyarrow.Table) -> pyarrow.Table:
        return returned(shared, bucket, proofs)

    return work


def returned(shared: bytes, bucket: pyarrow.Table, proofs: bool) -> pyarrow.Table:
    """Do what `returning` says, with one bucket: rows of (bucket, line)."""
    import pyarrow

    part, nodes = cut(shared, bucket.column("line").to_pylist())
    store = Store(part)
    if proofs:
        # What claims are called by, they may name of another bucket.
        rules.derive(store, [rule for rule in _every() if rule.name != CLAIMS])
        quads = list(remains.whole(store, nodes))
    elif bucket.column("bucket")[0].as_py() < 0:  # of no exercises: only who is named there
        rules.derive(store, [rule for rule in _rules() if rule.scope == "article"])
        quads = list(remains.named(store))
    else:
        rules.derive(store, _rules())
        quads = [*remains.of_exercises(store, nodes), *remains.named(store)]
    text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS)
    assert text is not None
    return pyarrow.table({"quads": pyarrow.array([zlib.compress(text)], pyarrow.binary())})
