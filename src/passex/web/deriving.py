"""What the rules derive, derived again after the facts have changed."""

from __future__ import annotations

from itertools import chain
from typing import Final

import pyoxigraph as ox

from ..graph import folding, gazetteer, rules
from ..graph.store import Store
from ..graph.terms import DERIVED, INTERNAL

#: More triples than this are added past the engine's log, which is quicker for many.
_MANY: Final = 100_000
_DEFAULT: Final = ox.DefaultGraph()


def renew(engine: ox.Store) -> None:
    """Derive what the rules derive, look up in the gazetteer what is named, and index the names.

    The rules run on a copy in memory: on the disk, the same takes many times as long. What was
    derived before goes, and what was asserted of derived properties with it, as when files are
    loaded.

    Args:
        engine: A store on the disk. One where this was broken off needs it again.
    """
    copy = ox.Store()
    triples = engine.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=_DEFAULT)
    assert triples is not None
    # Loading would give blank nodes other names than those that the rules' triples go to.
    copy.bulk_extend(ox.parse(triples, ox.RdfFormat.N_TRIPLES, lenient=True))
    del triples
    forget = [f"DELETE WHERE {{ ?s <{name}> ?o }}" for name in DERIVED]
    copy.update(" ; ".join(forget))
    looked_up = list(gazetteer.missing(copy))
    copy.extend(looked_up)
    rules.derive(Store(copy))
    folding.index(copy)
    forget += [f"DROP SILENT GRAPH <{name}>" for name in INTERNAL]
    engine.update(" ; ".join(forget))
    add = engine.bulk_extend if len(copy) > _MANY else engine.extend
    add(
        chain(
            looked_up,
            *(copy.quads_for_pattern(None, ox.NamedNode(name), None, _DEFAULT) for name in DERIVED),
            *(copy.quads_for_pattern(None, None, None, ox.NamedNode(name)) for name in INTERNAL),
        )
    )
