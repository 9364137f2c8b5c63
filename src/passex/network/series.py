"""Series of a measure: the network of each year, by one policy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from ..graph import as_of, tables
from ..graph.labelling import Node
from ..graph.rows import Table, Tabular
from ..graph.store import Store
from ..text.wording import say
from . import measures, projection
from .measures import check
from .model import Network
from .notes import joined, not_counted
from .policy import MEASURE, WEIGHT, WEIGHTS, Policy
from .ranking import combined
from .record import Record, read


@dataclass(frozen=True, slots=True)
class Year:
    """The network of one year.

    Attributes:
        year: The year.
        network: The ties of the exercises that may have taken place in it.
        exercises: How many exercises these are, with those that have no pair.
        plans: How many plans these are.
        uncertain: How many of both may have taken place in another year too.
        scores: The measure by the actors' IRIs.
    """

    year: int
    network: Network
    exercises: int
    plans: int
    uncertain: int
    scores: dict[str, float]

    def ordered(self, measure: str) -> list[Node]:
        """List the actors, the most central first."""

        def place(node: Node) -> tuple[float, Node]:
            return measures.key(measure, self.scores[node.iri]), node

        return sorted(self.network.nodes, key=place)

    def numbers(self) -> dict[str, int]:
        """Give its numbers by what they are called."""
        return {
            "year": self.year,
            "exercises": self.exercises,
            "plans": self.plans,
            "uncertain": self.uncertain,
            "actors": len(self.network.nodes),
            "ties": len(self.network.ties),
        }


@dataclass(frozen=True, slots=True)
class Series(Tabular):
    """A measure of actors, year by year.

    Attributes:
        policy: What counts.
        measure: The name of the measure.
        weight: What it takes as the strength of a tie: ``newman`` or ``count``.
        years: The years from the first to the last in which anything that counts may have taken
            place, without those in which nothing may.
        notes: What has to be said about it, in sentences.
    """

    policy: Policy
    measure: str
    weight: str
    years: tuple[Year, ...]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Series: {self}>"

    def __str__(self) -> str:
        return f"{self.measure[:1].upper()}{self.measure[1:]} by year: {self.policy}"

    @property
    def actors(self) -> tuple[Node, ...]:
        """The actors that have ties in any of the years, by label."""
        return tuple(sorted({node for year in self.years for node in year.network.nodes}))

    def table(self) -> Table:
        """Give a row a year and actor, where the actor has ties in that year; the first year first.

        Beside the measure it says on how many exercises and plans the network of the year rests,
        and how many of these may have taken place in another year as well.
        """
        rows = [
            (year.year, node, year.scores[node.iri], year.exercises, year.plans, year.uncertain)
            for year in self.years
            for node in year.ordered(self.measure)
        ]
        return Table(
            ("year", "actor", self.measure, "exercises", "plans", "uncertain"),
            tuple(rows),
            nodes=frozenset({"actor"}),
            caption=str(self),
            notes=self.notes,
            empty="No exercise or plan that counts has both a year and a pair.",
        )

    def document(self) -> str:
        """Write it as a JSON object: policy, measure, notes, the years, and the rows of `table`."""
        policy: dict[str, object] = {"words": str(self.policy), **asdict(self.policy)}
        return tables.dump(
            {
                "policy": policy,
                "measure": self.measure,
                "weight": self.weight,
                "notes": self.notes,
                "years": [year.numbers() for year in self.years],
                "actors": list(tables.objects(self.table())),
            }
        )


def by_year(
    store: Store, policy: Policy, measure: str = MEASURE.default, weight: str = WEIGHT.default
) -> Series:
    """Build the network of each year by one policy, and measure its actors.

    What may have taken place in a year counts in it: an exercise of which only the bounds are
    known counts in each year that they touch, and the notes say how many those are. A period of the
    policy cuts the first and the last year.

    Raises:
        QueryError: A measure or a weight that does not exist; the graph has exercises or plans in
            other domains only.

    Example:
        >>> from passex import load
        >>> found = by_year(load().store, Policy("state"))
        >>> [(year.year, len(year.network.ties)) for year in found.years]
        [(2017, 3), (2018, 0)]
    """
    check(measure, weight)
    record = read(store, policy)
    touched = {year for years in _years(record).values() for year in years}
    found = (_year(record, policy, number, measure, weight) for number in sorted(touched))
    years = tuple(year for year in found if year is not None)
    cut = as_of.read(store.engine)
    told = () if cut is None else (cut.note,)
    return Series(policy, measure, weight, years, (*told, *_notes(record, policy, years)))


def _years(record: Record) -> dict[str, range]:
    """List the years in which what counts and has dates may have taken place, by its IRI.

    Where a bound is missing, that side ends with the first or the last year that anything has.
    """
    dated = [activity for activity in record.counted.values() if activity.dated]
    known = [int(day[:4]) for a in dated for day in (a.earliest, a.latest) if day]
    return {
        a.iri: range(
            int(a.earliest[:4]) if a.earliest else min(known),
            1 + (int(a.latest[:4]) if a.latest else max(known)),
        )
        for a in dated
    }


def _year(record: Record, policy: Policy, number: int, measure: str, weight: str) -> Year | None:
    period = policy.period
    first, last = f"{number:04}-01-01", f"{number:04}-12-31"
    since = max(first, period.first or first)
    until = min(last, period.last or last)
    if since > until:
        return None
    own = replace(policy, since=since, until=until)
    counted = {iri: a for iri, a in record.counted.items() if own.admits(a)}
    of_year = replace(record, activities=counted, counted=counted)
    network = projection.project(of_year, own, weight)
    ties = combined(network, WEIGHTS[weight])
    # As in the notes of a network, what is to come in an exercise is no plan of its own.
    whole = [a for a in counted.values() if a.part_of is None]
    uncertain = sum(not own.period.must_hold(a.earliest, a.latest) for a in whole)
    whole_number = int if measure in measures.WHOLE else float
    scores = {iri: whole_number(n) for iri, n in measures.compute(ties, measure).items()}
    plans = sum(activity.planned for activity in whole)
    return Year(number, network, len(whole) - plans, plans, uncertain, scores)


def _notes(record: Record, policy: Policy, years: tuple[Year, ...]) -> Iterator[str]:
    """Say what holds of the years together, and once what holds of the whole period."""
    possible = _years(record)
    timeless = replace(policy, since=None, until=None)
    whole = [a for a in record.activities.values() if a.part_of is None]
    for planned, word in ((False, "exercise"), (True, "plan")):
        of = [a for a in whole if a.iri in possible and a.planned is planned]
        if several := [a.label for a in of if len(possible[a.iri]) > 1]:
            may = "may take" if planned else "may have taken"
            each = "counts" if len(several) == 1 else "count"
            one = f"{may} place in one of several years, and {each} in each"
            yield f"{len(several)} of {say(len(of), word)} only {one}: {joined(several)}."
    numbers = [year.year for year in years]
    gaps = {*range(numbers[0], numbers[-1])}.difference(numbers) if numbers else ()
    if gaps:
        yield f"Nothing that counts may have taken place in {', '.join(map(str, sorted(gaps)))}."
    if policy.min_events > 1 or policy.backbone:
        yield "Each year is a network for itself: ties are left out year by year."
    if policy.since is policy.until is None:
        undated = [a.label for a in whole if not a.dated and timeless.admits(a)]
        yield from not_counted("without dates", undated)
    everything = replace(policy, min_events=1, backbone=None)
    yield from projection.project(record, everything).notes
