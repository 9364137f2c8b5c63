"""The order of the predicates of a node and of a claim, as the articles in ``graph/`` have it.

What isn't listed stands among the facts, in the order in which it was written: whether the parties
or the place of an exercise come first is for its author to say.
"""

from __future__ import annotations

from typing import Final

from ..graph.terms import DCTERMS, ID, NR, OA, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS
from .statements import Statement, Unit, Word, words_of

_FACTS: Final = ("",)
_OF_NODES: Final = (
    (RDF.type,),
    (RDFS.isDefinedBy,),
    (RDFS.label,),
    _FACTS,
    (NR.earliest,),
    (NR.latest,),
    (NR.dateWords,),
    (NR.weekday,),
    (NR.dateBasis,),
    (NR.leavesOpen, DCTERMS.contributor),
    (NR.hasZone,),
    (NR.hasEvidence,),
    (DCTERMS.isReplacedBy, OWL.sameAs),
    (SKOS.scopeNote,),
)
_OF_CLAIMS: Final = (
    (NR.about,),
    (NR.onProperty,),
    (NR.hasValue,),
    _FACTS,
    (PROV.wasAttributedTo, NR.reportedVia),
    (NR.hasCertainty,),
    (NR.hasBasis,),
    (DCTERMS.source,),
    (NR.hasEvidence,),
    (RDFS.label,),
    (SKOS.scopeNote,),
)
_NODES, _CLAIMS = (
    {iri: place for place, group in enumerate(order) for iri in group}
    for order in (_OF_NODES, _OF_CLAIMS)
)
#: What blank nodes without a label begin with, and what holds others.
_BRACKETS: Final = ("[", "[]", "(", "{|", "~", "<<", "<<(")
#: Classes of facts beside those of our own.
_OTHERS: Final = (ORG.Post, SCHEMA.NewsArticle)


def is_fact(statement: Statement) -> bool:
    """Tell whether a statement is one of a file of facts: of a node of ours, a quote or a claim."""
    subject = statement.subject
    if not isinstance(subject, Word) or not subject.iri:
        return False
    if subject.iri.startswith(ID.iri):
        return True
    classes = [
        word.node
        for unit in statement.units
        if unit.iri == RDF.type
        for value in unit.values
        for word in words_of(value)
    ]
    if classes:
        return any(iri.startswith(NR.iri) or iri in _OTHERS for iri in classes)
    return any(unit.iri.startswith(NR.iri) or unit.iri == OA.exact for unit in statement.units)


def ordered(units: list[Unit]) -> list[Unit]:
    """Sort the predicates of a node or a claim.

    Where a comment stands between them, or a blank node in brackets or a list among the values,
    all stays as it was written.
    """
    words = [word for unit in units for word in words_of(unit)]
    plain = all(word.text not in _BRACKETS for word in words)
    if not plain or any(word.before or word.after for word in words):
        return units
    places = _CLAIMS if any(unit.iri == NR.about for unit in units) else _NODES
    return sorted(units, key=lambda unit: places.get(unit.iri, places[""]))
