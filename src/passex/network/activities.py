"""Exercises and plans as the graph has them: all that networks and their evidence are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..graph import hedged
from ..graph.labelling import labels
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import NRC, WORKINGS, local_name
from ..text.wording import day, hedge, reported, say_dates, say_month


@dataclass(frozen=True, slots=True)
class Activity:
    """An exercise, an open plan of one, or a phase that is still to come in an exercise.

    Attributes:
        iri: Its IRI.
        label: Its label.
        status: ``held``, ``under-way`` or ``planned``.
        domains: Local names of its domains, such as ``naval``.
        when: Its dates, as short as they can be said.
        earliest: The first day on which it is possible, ``YYYY-MM-DD``; None if the graph gives
            none that is in the calendar.
        latest: The last such day.
        part_of: The IRI of the exercise in which it is a phase to come; it is no plan of its own.
        reported: When its status was reported, such as ``December 2017``; None where that is not
            known, and for what is over, of which it does not matter.
        open: Whether it leaves open who else took part.
        stage: How far a plan has come: ``announced``, ``postponed`` and so on; else None.
        bare: Whether it is a plan without a domain, and without a participant that could give one.
        doubt: Of a plan that nobody tells of without a hedge ("may", "is considered"), how certain
            it is: ``probable`` or ``possible``; else None.
    """

    iri: str
    label: str
    status: str
    domains: frozenset[str]
    when: str
    earliest: str | None = None
    latest: str | None = None
    part_of: str | None = None
    reported: str | None = None
    open: bool = False
    stage: str | None = None
    bare: bool = False
    doubt: str | None = None

    @property
    def dated(self) -> bool:
        """Whether anything is known of its date."""
        return self.earliest is not None or self.latest is not None

    def within(self, exercise: str) -> bool:
        """Tell whether it is an exercise, by its IRI, or to come in it."""
        return exercise in (self.iri, self.part_of)

    @property
    def planned(self) -> bool:
        """Whether it is a plan."""
        return self.status == "planned"

    @property
    def standing(self) -> str:
        """Its status in words; one that ages says as of when.

        Example:
            >>> Activity("", "", "under-way", frozenset(), "", reported="December 2017").standing
            'under way when reported, December 2017'
            >>> Activity("", "", "planned", frozenset(), "", doubt="possible").standing
            'only possible, planned when reported'
        """
        words = hedge((self.stage or self.status).replace("-", " "), self.doubt)
        if self.status == "held":
            return words
        return reported(words, self.reported)


def read(store: Store) -> dict[str, Activity]:
    """Read all exercises, all open plans of exercises, and phases to come, by IRI.

    Other phases are no activities of their own. The class says whether something is a plan;
    nr:hasStatus only tells what is under way from what was held or broken off.
    """
    status, stages, wholes, domains = _standing(store)
    label = labels(store, status)
    dates = bounds(store)
    reported = _reported(store, dates)
    rows = store.rows(
        f"""# Which leave open who else took part, in a phase at least.
        SELECT DISTINCT ?event {{
            {{ ?event nr:leavesOpen nr:hasParticipant }}
            UNION {{ ?phase nr:leavesOpen nr:hasParticipant
                     GRAPH <{WORKINGS}> {{ ?phase w:phaseOf ?event }} }}
        }}"""
    )
    unlisted = {str(row[0]) for row in rows}
    bare = {iri for iri, given in status.items() if given == "planned" and iri not in domains}
    if bare:
        rows = store.rows(
            f"""# Of which somebody is known to take part.
            SELECT DISTINCT ?event {{ GRAPH <{WORKINGS}> {{ ?event w:participation ?part }} }}"""
        )
        bare -= {str(row[0]) for row in rows}
    doubts = hedged.doubts(store)
    activities = {}
    for iri in status:
        days = dates.get(iri, (None, None))
        own, when = frozenset(domains.get(iri, ())), say_dates(*days)
        first, last = map(day, days)
        said = None if status[iri] == "held" else reported.get(iri)
        activities[iri] = Activity(
            *(iri, label[iri], status[iri], own, when, first, last),
            *(wholes.get(iri), said, iri in unlisted, stages.get(iri)),
            bare=iri in bare,
            doubt=doubts.get(iri),
        )
    return activities


def without_names(store: Store, dated: bool) -> dict[str, Activity]:
    """Read what `read` does, as far as it takes to count them: without labels, words and notes.

    Args:
        dated: Whether the first and the last day are read, too.
    """
    status, _, wholes, domains = _standing(store)
    dates = bounds(store) if dated else {}
    activities = {}
    for iri, given in status.items():
        first, last = map(day, dates.get(iri, (None, None)))
        own = frozenset(domains.get(iri, ()))
        activities[iri] = Activity(iri, "", given, own, "", first, last, wholes.get(iri))
    return activities


def domains(every: Iterable[Activity]) -> set[str]:
    """List the domains that exercises and plans are in."""
    return {domain for activity in every for domain in activity.domains}


def _standing(
    store: Store,
) -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, set[str]]]:
    """Read the status of each, the stage of plans, what phases to come are of, and the domains."""
    status: dict[str, str] = {}
    stages: dict[str, str] = {}
    wholes: dict[str, str] = {}
    rows = store.rows(
        f"""# Which exercises and open plans of exercises there are, and which phases are to come.
        SELECT ?event ?plan ?status ?whole {{
            {{ ?event a nr:Exercise
              MINUS {{ GRAPH <{WORKINGS}> {{ ?event w:phaseOf ?of }} ?of a nr:Exercise }} }}
            UNION {{ ?event a nr:OpenPlan, nr:ExercisePlan BIND(true AS ?plan) }}
            UNION {{ GRAPH <{WORKINGS}> {{ ?event w:comesIn ?whole }} BIND(true AS ?plan) }}
            OPTIONAL {{ ?event nr:hasStatus ?status }}
        }}"""
    )
    for iri, plan, given, whole in rows:
        event = str(iri)
        if whole:
            wholes[event] = whole
        if plan:
            status[event] = "planned"
            if given:
                stages[event] = local_name(given)
        elif status.get(event) != "under-way":
            status[event] = "under-way" if given == NRC["under-way"] else "held"
    domains: dict[str, set[str]] = {}
    rows = store.rows("# In which domains.\nSELECT ?event ?domain { ?event nr:hasDomain ?domain }")
    for iri, domain in rows:
        domains.setdefault(str(iri), set()).add(local_name(str(domain)))
    return status, stages, wholes, domains


def _reported(store: Store, dates: Mapping[str, tuple[str | None, str | None]]) -> dict[str, str]:
    """Say when what is under way or planned was last reported to be, by its IRI."""
    rows = store.rows(
        f"""# In which article what is under way or planned was last reported to be.
        SELECT ?event ?article {{ GRAPH <{WORKINGS}> {{ ?event w:lastReportedIn ?article }} }}"""
    )
    said = {}
    for event, article in rows:
        first, last = map(day, dates.get(str(article), (None, None)))
        if first and last:
            said[str(event)] = say_month(first, last)
    return said


def bounds(store: Store) -> dict[str, tuple[str | None, str | None]]:
    """Read the earliest and the latest day of all dated nodes, None where one is missing."""
    rows = store.rows("# From which day.\nSELECT ?node ?day { ?node nr:earliest ?day }")
    first = {str(iri): first for iri, first in rows}
    rows = store.rows("# To which day.\nSELECT ?node ?day { ?node nr:latest ?day }")
    last = {str(iri): last for iri, last in rows}
    return {iri: (first.get(iri), last.get(iri)) for iri in first | last}


def sources(store: Store) -> dict[str, set[Named]]:
    """Read the articles with evidence for each event, or for a phase of it."""
    behind: dict[str, set[Named]] = {}
    rows = store.rows(
        """# In which articles the evidence for an event stands.
        SELECT DISTINCT ?event ?article {
            ?claim nr:about ?event ; nr:hasEvidence ?evidence . ?evidence oa:hasSource ?article
        }"""
    )
    pairs = [(str(event), str(article)) for event, article in rows]
    label = labels(store, {article for _, article in pairs})
    for event, article in pairs:
        behind.setdefault(event, set()).add(Named(label[article], article))
    rows = store.rows(
        f"""# What is a phase of which exercise or plan.
        SELECT ?phase ?whole {{ GRAPH <{WORKINGS}> {{ ?phase w:phaseOf ?whole }} }}"""
    )
    for phase, whole in rows:
        behind.setdefault(str(whole), set()).update(behind.get(str(phase), ()))
    return behind
