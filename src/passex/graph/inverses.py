"""What properties are called from the side of the node that they point at.

The ontology has each property in one direction only; what "has participant" says of an exercise is
"takes part in" where the page of the participant says it.
"""

from __future__ import annotations

from typing import Final

from .terms import DCTERMS, NR, ORG, OWL, PROV, SKOS

_BOTH_WAYS: Final = frozenset(
    {NR.trainedWith, NR.plansToTrainWith, OWL.sameAs, OWL.differentFrom, SKOS.related}
)
_INVERSES: Final[dict[str, str]] = {
    NR.hasParticipant: "takes part in",
    NR.hasObserver: "observes",
    NR.hasInvited: "is invited to",
    NR.hasWithdrawn: "has withdrawn from",
    NR.hasSupporter: "supports",
    NR.inContingent: "is the contingent of",
    NR.hasParty: "is a party to",
    NR.hasPlace: "is the place of",
    NR.hasHost: "hosts",
    NR.hasStatus: "is the status of",
    NR.hasKind: "is the kind of",
    NR.hasDomain: "is the domain of",
    NR.inSeries: "has in it",
    NR.realisedBy: "realises",
    NR.produced: "came of",
    NR.hasSetting: "is the setting of",
    NR.follows: "is followed by",
    NR.concerns: "is the subject of",
    NR.hasTrend: "is the trend of",
    NR.inPost: "is the post in",
    NR.suppliedBy: "supplies",
    NR.quantityOf: "is counted by",
    NR.reportedVia: "reports",
    NR.hasEvidence: "is evidence for",
    NR.hasZone: "is a zone of",
    NR.inZone: "has in it",
    NR.belongsTo: "has belonging to it",
    ORG.member: "is a member by",
    ORG.organization: "has members by",
    ORG.subOrganizationOf: "has as a part",
    ORG.postIn: "has the post",
    ORG.role: "is the rank in",
    PROV.wasAttributedTo: "is said to have said",
    SKOS.broader: "is broader than",
    DCTERMS.isPartOf: "comprises",
    DCTERMS.isReplacedBy: "replaces",
    DCTERMS.publisher: "has published",
    DCTERMS.contributor: "is credited for",
}


def inverse(iri: str, label: str) -> str:
    """Say what a property is called from the other side.

    Args:
        iri: The property.
        label: What it is called.

    Example:
        >>> inverse(NR.hasParticipant, "has participant"), inverse("urn:x", "flies")
        ('takes part in', 'is the "flies" of')
    """
    return label if iri in _BOTH_WAYS else _INVERSES.get(iri, f'is the "{label}" of')
