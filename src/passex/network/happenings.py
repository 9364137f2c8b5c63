"""Exercises and plans as the network and its reasons need them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import Final

from ..graph.names import labels
from ..graph.store import Store
from ..graph.terms import NRC, local_name
from .periods import day

#: A file may give any text as a date: the shapes refuse it, reading it must not fail.
_MONTHS: Final = tuple(f"{month:02}" for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class Happening:
    """An exercise, or a plan of one that has not been realised.

    Attributes:
        iri: Its IRI.
        label: Its label.
        status: ``held``, ``under-way`` or ``planned``.
        domains: Local names of its domains, such as ``naval``.
        when: Its dates, as short as they can be said.
        earliest: The first day on which it is possible, ``YYYY-MM-DD``; None if the graph gives
            none that is in the calendar.
        latest: The last such day.
    """

    iri: str
    label: str
    status: str
    domains: frozenset[str]
    when: str
    earliest: str | None = None
    latest: str | None = None

    @property
    def dated(self) -> bool:
        """Whether anything is known of its date."""
        return self.earliest is not None or self.latest is not None

    @property
    def planned(self) -> bool:
        """Whether it is a plan."""
        return self.status == "planned"


def happenings(store: Store) -> dict[str, Happening]:
    """Read all exercises, and all plans of exercises that have not been realised.

    The class says whether something is a plan; nr:hasStatus only tells what is under way from what
    was held.

    Args:
        store: A store with its derived triples.

    Returns:
        What was found, by IRI.
    """
    status: dict[str, str] = {}
    rows = store.rows(
        """# Which exercises there are, and which plans of exercises that have not been realised.
        SELECT ?event ?plan ?status {
            { ?class rdfs:subClassOf* nr:Exercise . ?event a ?class }
            UNION
            { ?class rdfs:subClassOf* nr:ExercisePlan . ?event a ?class BIND(true AS ?plan)
              FILTER NOT EXISTS { ?event nr:realisedBy ?exercise } }
            OPTIONAL { ?event nr:hasStatus ?status }
        }"""
    )
    for iri, plan, said in rows:
        event = str(iri)
        if plan:
            status[event] = "planned"
        elif status.get(event) != "under-way":
            status[event] = "under-way" if said == NRC["under-way"] else "held"
    domains: dict[str, set[str]] = {}
    rows = store.rows("# In which domains.\nSELECT ?event ?domain { ?event nr:hasDomain ?domain }")
    for iri, domain in rows:
        domains.setdefault(str(iri), set()).add(local_name(str(domain)))
    called = labels(store, status)
    dates = bounds(store)
    found = {}
    for iri in status:
        earliest, latest = dates.get(iri, (None, None))
        found[iri] = Happening(
            iri,
            called[iri],
            status[iri],
            frozenset(domains.get(iri, ())),
            say_dates(earliest, latest),
            day(earliest),
            day(latest),
        )
    return found


def bounds(store: Store) -> dict[str, tuple[str | None, str | None]]:
    """Read the dates of all dated nodes.

    Args:
        store: The graph.

    Returns:
        Earliest and latest day by IRI, None where a bound is missing.
    """
    found: dict[str, tuple[str | None, str | None]] = {}
    for iri, first in store.rows("# From which day.\nSELECT ?node ?day { ?node nr:earliest ?day }"):
        found[str(iri)] = (first, None)
    for iri, last in store.rows("# To which day.\nSELECT ?node ?day { ?node nr:latest ?day }"):
        found[str(iri)] = (found.get(str(iri), (None, None))[0], last)
    return found


def say_dates(earliest: str | None, latest: str | None) -> str:
    """Say bounds as shortly as they can be said without saying more than they do.

    Args:
        earliest: The first possible day, ``YYYY-MM-DD``.
        latest: The last possible day.

    Returns:
        A day, a month, a year, a range, or that there is no date.

    Example:
        >>> say_dates("2017-01-01", "2017-12-31")
        '2017'
        >>> say_dates("2018-08-01", "2018-08-20")
        '2018-08-01 to 2018-08-20'
    """
    if earliest is None or latest is None:
        if earliest is not None:
            return f"from {earliest}"
        return "no date" if latest is None else f"until {latest}"
    if earliest == latest:
        return earliest
    if latest == f"{earliest[:4]}-12-31" and earliest.endswith("-01-01"):
        return earliest[:4]
    year, month = earliest[:4], earliest[5:7]
    if earliest.endswith("-01") and year.isdecimal() and month in _MONTHS:
        last = monthrange(int(year), int(month))[1]
        if latest == f"{year}-{month}-{last}":
            return earliest[:7]
    return f"{earliest} to {latest}"
