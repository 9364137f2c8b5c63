"""Claims that are new, gone, or made by another voice than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import zip_longest
from typing import TypeAlias

from ...evidence.claims import Claim, read
from ...graph.claimed import BOUNDS
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import NR, expand
from .changes import ClaimChange, PlanChange, ValueChange, Voice
from .nodes import Inventory
from .values import OF_PLANS, newest_labels

#: What a claim says, and where: whose voice it is may change.
_Key: TypeAlias = tuple[object, ...]


class Told:
    """What is told of nodes apart from claims.

    Args:
        before: The nodes of the old graph.
        after: Those of the new one.
        values: The values that have changed.
        plans: The plans that have: how one stands is told as a whole, with its dates.
    """

    def __init__(
        self,
        before: Inventory,
        after: Inventory,
        values: Iterable[ValueChange],
        plans: Iterable[PlanChange],
    ) -> None:
        self._known = before.nodes.keys() & after.nodes.keys()
        self._values = {
            (change.node.iri, change.property.iri): {*change.old, *change.new} for change in values
        }
        self._plans = {change.plan.iri for change in plans}

    def knows(self, claim: Claim) -> bool:
        """Tell whether both graphs have the node that a claim is about."""
        return claim.about in self._known

    def gives(self, claim: Claim) -> bool:
        """Tell whether what it gives is among the values that have changed."""
        for name in map(str, map(expand, claim.on_properties)):
            if name in OF_PLANS and claim.about in self._plans:
                return True
            # Both bounds are one change, and what is told of them is no value of theirs.
            values = self._values.get((claim.about, NR.earliest if name in BOUNDS else name))
            if values and (name in BOUNDS or values.issuperset(claim.values)):
                return True
        return False


def changes(
    old: Store, new: Store, touched: Collection[str], told: Told
) -> tuple[ClaimChange, ...]:
    """Compare the claims of two graphs by what they say.

    Args:
        touched: The nodes of which only one graph has some triple.
        told: What is told of nodes besides.
    """
    ours, theirs = _claims(old, touched), _claims(new, touched)
    pairs: list[tuple[Claim | None, Claim | None]] = []
    for key in ours.keys() | theirs.keys():
        pairs += _paired(ours.get(key, []), theirs.get(key, []))
    label = newest_labels(old, new, {one.about for pair in pairs for one in pair if one})
    found = []
    for was, now in pairs:
        one = now or was
        assert one is not None
        found.append(
            ClaimChange(
                Named(one.label, one.iri),
                Named(label[one.about], one.about),
                _articles(one),
                None if was is None else _voice(was),
                None if now is None else _voice(now),
                told.knows(one),
                told.gives(one),
            )
        )
    return tuple(sorted(found, key=lambda c: (c.about, c.claim.label, c.claim.iri)))


def _claims(store: Store, touched: Collection[str]) -> dict[_Key, list[Claim]]:
    """Read the claims that are touched, or whose quotes are: these may say whose words it is."""
    iris = {iri for iri in touched if store.objects(iri, NR.about)}
    iris |= {claim for iri in touched for claim in store.subjects(NR.hasEvidence, iri)}
    found: dict[_Key, list[Claim]] = defaultdict(list)
    for iri in sorted(iris):
        if store.objects(iri, NR.about):
            claim = read(store, iri)
            found[_key(claim)].append(claim)
    return found


def _key(claim: Claim) -> _Key:
    values = tuple(value if isinstance(value, str) else value.iri for value in claim.values)
    articles = tuple(article.iri for article in _articles(claim))
    quantity = claim.quantity if "nr:hasQuantity" in claim.on_properties else ""
    return claim.about, claim.on_properties, frozenset(values), quantity, articles


def _paired(
    ours: Iterable[Claim], theirs: Iterable[Claim]
) -> list[tuple[Claim | None, Claim | None]]:
    """Pair claims that say one thing; those of one voice are as they were, and are left out."""
    old, new = list(ours), list(theirs)
    for claim in ours:
        same = [other for other in new if _voice(other) == _voice(claim)]
        if same:
            old.remove(claim)
            new.remove(same[0])
    # Two that are called alike are one claim, whoever else says the same.
    named = {claim.iri: claim for claim in new}
    pairs: list[tuple[Claim | None, Claim | None]] = []
    for claim in [claim for claim in old if claim.iri in named]:
        pairs.append((claim, named[claim.iri]))
        old.remove(claim)
        new.remove(named[claim.iri])
    return [*pairs, *zip_longest(old, new)]


def _voice(claim: Claim) -> Voice:
    return Voice(claim.attributed_to, claim.reported_via, claim.certainty, claim.basis)


def _articles(claim: Claim) -> tuple[Named, ...]:
    return tuple(
        sorted({Named(place.label, place.article) for place in claim.evidence if place.article})
    )
