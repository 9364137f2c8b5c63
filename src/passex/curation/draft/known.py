"""Exercises and plans that the graph has already, by the names that texts call them by."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ...graph.folding import fold
from ...graph.labelling import nodes
from ...graph.store import Store
from ...graph.terms import DCTERMS, NAMING, NR, RDFS
from .exercise_names import series

#: Behind a name, what tells this one from others of its name: , May 2031; 2031, as announced.
_BEHIND: Final = re.compile(r"(?:,.*| \(.*\))\Z")
_CLASSES: Final = ("Exercise", "ExercisePlan")


@dataclass(frozen=True, slots=True)
class Known:
    """An exercise or plan of the graph.

    Attributes:
        iri: Its IRI.
        label: Its label.
        of: Its class.
        earliest: Its first day; empty where none is known.
        latest: Its last day.
        status: The IRIs of its status.
        parties: The IRIs of those who take part.
        places: The IRIs of its places.
        names: What it is called, without days and remarks; and the names of its series.
    """

    iri: str
    label: str
    of: str
    earliest: str
    latest: str
    status: tuple[str, ...]
    parties: frozenset[str]
    places: frozenset[str]
    names: tuple[str, ...]

    def fits(self, when: tuple[str, str]) -> bool:
        """Tell whether it can be one of a time: empty days are open."""
        first, last = when
        too_early = last and self.earliest and last < self.earliest
        return not too_early and not (first and self.latest and first > self.latest)


def read(store: Store) -> Mapping[str, Sequence[Known]]:
    """Give the exercises and plans of a graph by their names, folded.

    An exercise has its labels as names, without day and remark, and the name of its series. What is
    part of another has none.
    """
    found: dict[str, list[Known]] = {}
    for of in _CLASSES:
        for iri, node in nodes(store, NR[of]).items():
            if store.objects(iri, DCTERMS.isPartOf):
                continue
            names = {proper(name) for term in NAMING for name in store.objects(iri, term)}
            for other in store.objects(iri, NR.inSeries):
                names |= {*store.objects(other, RDFS.label)}
            event = Known(
                iri, node.label, of, _day(store, iri, NR.earliest), _day(store, iri, NR.latest),
                tuple(store.objects(iri, NR.hasStatus)),
                frozenset(store.objects(iri, NR.hasParticipant)),
                frozenset(store.objects(iri, NR.hasPlace)),
                tuple(sorted(names)),
            )  # fmt: skip
            for name in {fold(name) for name in names}:
                found.setdefault(name, []).append(event)
    return found


def proper(label: str) -> str:
    """Take off a label what isn't the name.

    Example:
        >>> proper("Grey Heron 2031, as announced"), proper("Iron Gull (plan)")
        ('Grey Heron', 'Iron Gull')
    """
    return series(_BEHIND.sub("", label))


def _day(store: Store, iri: str, verb: str) -> str:
    return next(iter(sorted(store.objects(iri, verb))), "")
