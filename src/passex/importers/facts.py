"""Records of a table as triples: nodes, and a claim for each property, which a row proves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ..graph.terms import DCTERMS, NR, NRC, RDF, RDFS, SKOS
from ..text.wording import listed, say_month
from .mapping import EXERCISE, MEETING, Columns, Source
from .notation import Triple, node, text, typed
from .records import PLANNED, Record
from .things import Things
from .wholes import Whole, Wholes

#: So many parties are named in the label of what has no name.
_NAMED: Final = 3
#: The classes of what came about, and of what is planned; others are an event and a plan.
_HELD: Final = {EXERCISE: NR.Exercise, MEETING: NR.Meeting}
_TO_COME: Final = {EXERCISE: NR.ExercisePlan}


@dataclass(frozen=True, slots=True)
class _Claim:
    name: str
    terms: tuple[str, ...]
    values: list[str]
    row: int
    sure: bool = True

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each value with its property: of several properties, each has one."""
        if len(self.terms) == 1:
            yield from ((self.terms[0], value) for value in self.values)
        else:
            yield from zip(self.terms, self.values, strict=True)


class Facts:
    """Makes the triples of one table, record after record.

    Args:
        disputed: The places, folded, for which the table has more than one point.
        wholes: What is part of what.
    """

    def __init__(
        self, source: Source, columns: Columns, wholes: Wholes, disputed: Iterable[str] = ()
    ) -> None:
        self._source, self._wholes = source, wholes
        self._things = Things(source, columns.point, disputed)

    def head(self, digest: str, rows: int, note: str) -> Iterator[Triple]:
        """Describe the data set, as `Things.head` does."""
        yield from self._things.head(digest, rows, note)

    def of(self, record: Record) -> Iterator[Triple]:
        """Write a record: quotes, what it is first to name, the node, and its claims."""
        for row in sorted({record.row, *record.parties.values(), *record.observers.values()}):
            yield self._things.quote(row, record.quotes[row])
        for actor in (*record.parties, *record.observers, *record.host):
            yield from self._things.actor(actor)
        whole = self._wholes.of(record.row)
        if whole and whole.record and self._things.is_new(whole.end):
            yield from self._node(whole.record, whole.end, None)
        yield from self._node(record, str(record.row), whole)

    def _node(self, record: Record, end: str, whole: Whole | None) -> Iterator[Triple]:
        where = yield from self._things.place(record)
        series = yield from self._things.series(record)
        it = node(f"{self._source.iri}-{end}")
        classes = _TO_COME if record.status in PLANNED else _HELD
        other = NR.Plan if record.status in PLANNED else NR.Event
        yield it, node(RDF.type), node(classes.get(record.what, other))
        yield it, node(RDFS.label), text(_label(record), "en")
        if record.name:
            yield it, node(SKOS.altLabel), text(record.name, "en")
        claims = [c for c in self._claims(record, where, series, whole) if c.values]
        for claim in claims:
            for term, value in claim.pairs():
                yield it, node(term), value
        yield from _words(it, record)
        yield from self._open(it, record, whole)
        for said in record.descriptions:
            yield it, node(DCTERMS.description), text(said, "en")
        for claim in claims:
            name = f"{'w' if record.by_parts else 'r'}{claim.row}-{claim.name}"
            sure = claim.sure and not record.by_parts
            yield from self._things.claim(
                name, it, claim.terms, claim.values, claim.row, sure, record.source
            )

    def _claims(
        self, record: Record, where: str, series: str, whole: Whole | None
    ) -> Iterator[_Claim]:
        row = record.row
        if record.what == EXERCISE or record.status in PLANNED:  # what else came about has none
            status = [node(record.status)]
            yield _Claim("status", (NR.hasStatus,), status, row, record.stated)
        yield _Claim("domain", (NR.hasDomain,), [*map(node, record.domains)], row)
        kinds = [*map(node, record.kinds)]
        yield _Claim("kind", (NR.hasKind,), kinds, row, not record.kind_by_class)
        for name, term, taking in (
            ("participant", NR.hasParticipant, record.parties),
            ("observer", NR.hasObserver, record.observers),
        ):
            for proof in dict.fromkeys(taking.values()):
                own = [node(actor.iri) for actor, at in taking.items() if at == proof]
                yield _Claim(name, (term,), own, proof)
        yield _Claim("host", (NR.hasHost,), [node(actor.iri) for actor in record.host], row)
        yield _Claim("place", (NR.hasPlace,), [where] if where else [], row)
        yield _Claim("series", (NR.inSeries,), [series] if series else [], row)
        if whole:
            iri = f"{self._source.iri}-{whole.end}"
            yield _Claim("part", (DCTERMS.isPartOf,), [node(iri)], row)
        if record.dates:
            bounds = {NR.earliest: record.dates.first, NR.latest: record.dates.last}
            days = {term: typed(day, "date") for term, day in bounds.items() if day}
            yield _Claim("dates", tuple(days), [*days.values()], row, not record.note)

    def _open(self, it: str, record: Record, whole: Whole | None) -> Iterator[Triple]:
        """Say what a record leaves open.

        Of a part, its whole may say it; and who took part in a whole, its parts.
        """
        bare = len(record.parties) < 2 and not whole and not record.by_parts
        if record.open or (bare and not self._wholes.has_parts(record.row)):
            yield it, node(NR.leavesOpen), node(NR.hasParticipant)
        if record.observed:
            yield it, node(NR.leavesOpen), node(NR.hasObserver)
        if record.what == EXERCISE and not record.domains and not whole:
            yield it, node(NR.leavesOpen), node(NR.hasDomain)


def _words(it: str, record: Record) -> Iterator[Triple]:
    """Say from what words the dates of a record are read."""
    if not (record.dates and record.dates.first):
        yield it, node(NR.leavesOpen), node(NR.earliest)
    if not record.dates:
        return
    yield it, node(NR.dateWords), text(record.words)
    yield it, node(NR.dateBasis), node(NRC["date-from-text"])
    if record.note:
        yield it, node(SKOS.scopeNote), text(record.note, "en")


def _label(record: Record) -> str:
    """Call something by its name, or by its parties, and by its month."""
    when = say_month(record.dates.first, record.dates.last) if record.dates else "no date"
    if record.name:
        return f"{record.name}, {when}"
    names = [actor.label for actor in record.parties]
    if len(names) > _NAMED:
        names[_NAMED - 1 :] = [f"{len(names) - _NAMED + 1} more"]
    if record.open or not names:
        names.append("others unknown" if names else "unknown parties")
    return f"{record.what.capitalize()} of {listed(names)}, {when}"
