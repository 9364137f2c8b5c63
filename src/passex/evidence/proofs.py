"""Claims as rows: one a claim and place in an article that proves it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..graph.rows import Cell, Named
from .claims import Claim

#: What is said of a claim, and of a place that proves it.
COLUMNS: Final = (
    *("claim", "on_properties", "value", "quantity", "said_by", "via", "certainty", "basis"),
    *("source", "article", "zone", "start", "end", "exact", "sentence"),
)
#: Those of them that hold nodes.
NODES: Final = frozenset({"claim", "said_by", "via", "article"})
#: What stands there where no claim is.
NOTHING: Final[tuple[Cell, ...]] = (None,) * len(COLUMNS)


def rows(claims: Iterable[Claim]) -> Iterator[tuple[Cell, ...]]:
    """Give a row of `COLUMNS` a claim and place; `NOTHING`, once, if there is no claim."""
    nothing = True
    for claim in claims:
        nothing = False
        claimed: tuple[Cell, ...] = (
            Named(claim.label, claim.iri),
            claim.on_properties,
            claim.value or None,
            claim.quantity or None,
            claim.attributed_to,
            claim.reported_via,
            claim.certainty or None,
            claim.basis or None,
            claim.source or None,
        )
        for anchor in claim.evidence:
            yield (
                *claimed,
                Named(anchor.label, anchor.article) if anchor.article else None,
                anchor.zone or None,
                anchor.start,
                anchor.end,
                anchor.exact,
                None if anchor.sentence is None else "".join(anchor.sentence),
            )
        if not claim.evidence:
            yield (*claimed, None, None, None, None, None, None)
    if nothing:
        yield NOTHING
