"""What proves a tie or a node, as rows: one a claim and place in an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ..names import describe
from ..rows import Cell, Named, Table

if TYPE_CHECKING:
    from .claims import Claim
    from .portraits import Line, Portrait
    from .why import NodeClaims, Reason, Reasons

#: What is said of a claim, and of a place that proves it.
_CLAIM: Final = (
    *("claim", "on_properties", "value", "quantity", "said_by", "via", "certainty", "basis"),
    *("source", "article", "zone", "start", "end", "exact", "sentence"),
)
_CLAIM_NODES: Final = frozenset({"claim", "said_by", "via", "article"})
_NO_CLAIM: Final[tuple[Cell, ...]] = (None,) * len(_CLAIM)


def reasons(found: Reasons) -> Table:
    """Give what ties two actors: a row a claim and place.

    Args:
        found: The reasons.

    Returns:
        The rows: of each exercise and plan first the claims about it, then, with the actor, the
        participant and the affiliations, the claims behind each route by which an actor is in it.
        What no claim is about has a row with no claim.
    """
    return Table(
        (
            *("event", "status", "domains", "levels", "dates", "participants"),
            *("actor", "through", "affiliations", "inferred", *_CLAIM),
        ),
        tuple(row for reason in found.occasions for row in _reason(found, reason)),
        nodes=_CLAIM_NODES | {"event", "participants", "actor", "through", "affiliations"},
        caption=str(found),
        empty="No exercise in this graph, held, under way or planned, relates them.",
    )


def _reason(found: Reasons, reason: Reason) -> Iterator[tuple[Cell, ...]]:
    happening = reason.happening
    event: tuple[Cell, ...] = (
        Named(happening.label, happening.iri),
        happening.status,
        tuple(sorted(happening.domains)),
        reason.levels,
        reason.dates,
        reason.participants,
    )
    for row in _claims(reason.claims):
        yield (*event, None, None, None, None, *row)
    for actor, routes in ((found.a, reason.routes_a), (found.b, reason.routes_b)):
        for route in routes:
            way: tuple[Cell, ...] = (actor, route.participant, route.links, route.inferred)
            for row in _claims(route.claims):
                yield (*event, *way, *row)


def claims_of(found: NodeClaims) -> Table:
    """Give the claims about a node: a row a claim and place.

    Args:
        found: The claims.

    Returns:
        The rows; none where there are no claims.
    """
    return Table(
        _CLAIM,
        tuple(_claims(found.claims)) if found.claims else (),
        nodes=_CLAIM_NODES,
        caption=str(found),
        empty="No claim in this graph is about it.",
    )


def portrait(found: Portrait) -> Table:
    """Give everything about a node: a row a fact, a mention, a property left open, a claim's place.

    Args:
        found: The portrait.

    Returns:
        The rows; ``part`` says what each is: ``fact``, ``not stated``, ``mention`` (``given`` is
        the node that points here by the property) or ``claim``.
    """
    rows: list[tuple[Cell, ...]] = [*_lines("fact", found.facts)]
    rows += [("not stated", name, None, *_NO_CLAIM) for name in found.open]
    rows += _lines("mention", found.mentions)
    rows += [("claim", None, None, *row) for row in _claims(found.claims) if found.claims]
    return Table(
        ("part", "property", "given", *_CLAIM),
        tuple(rows),
        nodes=_CLAIM_NODES | {"property", "given"},
        caption=describe(found.node),
        empty="Nothing in this graph is about it.",
    )


def _lines(part: str, lines: Iterable[Line]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        for value in line.values:
            yield (part, line.property, value, *_NO_CLAIM)


def _claims(claims: Iterable[Claim]) -> Iterator[tuple[Cell, ...]]:
    """A row a claim and place; one without a claim if there is none."""
    nothing = True
    for claim in claims:
        nothing = False
        said: tuple[Cell, ...] = (
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
                *said,
                Named(anchor.label, anchor.article) if anchor.article else None,
                anchor.zone or None,
                anchor.start,
                anchor.end,
                anchor.exact,
                None if anchor.sentence is None else "".join(anchor.sentence),
            )
        if not claim.evidence:
            yield (*said, None, None, None, None, None, None)
    if nothing:
        yield _NO_CLAIM
