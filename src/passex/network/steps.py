"""Steps of chains from words to actors, and the claims that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import pyoxigraph as ox

from ..graph.store import Store, node, text
from ..graph.terms import NR, NRC, ORG, WORKINGS, W

_WORKINGS: Final = ox.NamedNode(WORKINGS)
_STEPS: Final = f"""?claim nr:onProperty ?term ; nr:about ?about .
    VALUES ?term {{ nr:hasParticipant <{ORG.member}> <{ORG.organization}> }}"""
_CLAIMED: Final = f"""# The claims on steps.
SELECT DISTINCT ?claim ?about {{ {_STEPS} }}"""
_ON: Final = f"""# What the claims on steps are on.
SELECT DISTINCT ?claim ?term {{ {_STEPS} }}"""
_GIVEN: Final = f"""# Which values the claims on steps give.
SELECT DISTINCT ?claim ?value {{ {_STEPS} ?claim nr:hasValue ?value }}"""
_BASIS: Final = f"""# On what the claims on steps rest.
SELECT DISTINCT ?claim ?basis {{ {_STEPS} ?claim nr:hasBasis ?basis }}"""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a chain.

    Attributes:
        kind: ``participation``, ``affiliation``, ``gazetteer`` (a service is of its state by the
            gazetteer, which weakens nothing) or ``navy`` (from a state that is named to its navy).
        subject: What the claims are about: the exercise, or the phase, in which the participant is
            named; the affiliation, or in its place the service whose state the gazetteer gives.
        value: The participant; what the affiliation leads to; the navy.
        basis: ``stated``, or ``inferred`` if there are claims on the step and none states it. What
            is only background counts as inferred.
        claims: The IRIs of the claims on the step, the strongest first.
    """

    kind: str
    subject: str
    value: str
    basis: str
    claims: tuple[str, ...]


class Claim(NamedTuple):
    """A claim on a step: its IRI, its basis, its properties and its values."""

    iri: str
    basis: str
    on: set[str]
    given: set[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What chains of many events have in common.

    Attributes:
        links: Steps up an affiliation, by the affiliation, its member, and what it leads to.
        claimed: The claims on steps, where they were read for all events at once.
        looked_up: What the rules say of affiliations and members, by the node, and by the property.
    """

    links: dict[tuple[str, str, str], Step] = field(default_factory=dict)
    looked_up: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    claimed: Mapping[str, list[Claim]] | None = None

    def of(self, store: Store, about: str) -> list[Claim]:
        """Give the claims about an event, a phase or an affiliation."""
        if self.claimed is None:
            return [_claim(store, iri) for iri in store.subjects(NR.about, about)]
        return self.claimed.get(about, [])


def known(store: Store) -> Known:
    """Read the claims on the steps of all events at once, which for many is sooner done."""
    claims: dict[str, Claim] = {}
    claimed: dict[str, list[Claim]] = {}
    for iri, about in store.rows(_CLAIMED):
        claim = claims.setdefault(str(iri), Claim(str(iri), NRC.stated, set(), set()))
        claimed.setdefault(str(about), []).append(claim)
    for iri, term in store.rows(_ON):
        claims[str(iri)].on.add(str(term))
    for iri, value in store.rows(_GIVEN):
        claims[str(iri)].given.add(str(value))
    bases: dict[str, str] = {}
    for iri, basis in store.rows(_BASIS):
        bases[str(iri)] = min(str(basis), bases.get(str(iri), str(basis)))
    return Known(
        claimed={
            about: [claim._replace(basis=bases.get(claim.iri, claim.basis)) for claim in own]
            for about, own in claimed.items()
        }
    )


def _claim(store: Store, iri: str) -> Claim:
    [basis, *_] = [*store.objects(iri, NR.hasBasis), NRC.stated]
    on, given = store.objects(iri, NR.onProperty), store.objects(iri, NR.hasValue)
    return Claim(iri, basis, set(on), set(given))


def workings(store: Store, subject: str, term: str) -> list[str]:
    """Look up values in the rules' intermediate results, sorted."""
    found = store.engine.quads_for_pattern(node(subject), ox.NamedNode(term), None, _WORKINGS)
    return sorted(text(quad.object) for quad in found)


def members(store: Store, link: str) -> list[str]:
    """List what belongs to something by an affiliation, or by the gazetteer, sorted."""
    found = store.engine.quads_for_pattern(None, ox.NamedNode(W.by), node(link), _WORKINGS)
    return sorted(text(quad.subject) for quad in found)
