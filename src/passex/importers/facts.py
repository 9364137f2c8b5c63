"""Exercises of a table as triples: nodes, and a claim for each property, which a row proves.

A triple is three terms of N-Triples. Those of one subject follow one another.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..graph.folding import fold
from ..graph.gazetteer import entries
from ..graph.terms import (
    DCAT,
    DCTERMS,
    DWC,
    ID,
    NR,
    NRC,
    OA,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    SKOS,
    WGS84,
    XSD,
)
from ..text.wording import listed, say_month
from . import places
from .actors import Actor
from .mapping import Columns, Source
from .records import PLANNED, Record

Triple: TypeAlias = tuple[str, str, str]

#: So many parties are named in the label of an exercise without a name.
_NAMED: Final = 3
_LOCAL: Final = re.compile("[A-Za-z_][A-Za-z0-9_-]*")
_USED: Final = (
    *("nr", "nrc", "id", "rdfs", "xsd", "skos", "dcterms", "prov", "oa", "dcat", "wgs84", "dwc"),
)


def _iri(iri: str) -> str:
    return f"<{iri}>"


def _text(text: str, language: str = "") -> str:
    return str(ox.Literal(text, language=language or None))


def _typed(text: str, kind: str) -> str:
    return f'"{text}"^^<{XSD[kind]}>'


class Facts:
    """Makes the triples of one table after the other, each place, series and actor once.

    Args:
        disputed: The places, folded, for which the table has more than one point.
    """

    def __init__(self, source: Source, columns: Columns, disputed: Iterable[str] = ()) -> None:
        self._source, self._columns = source, columns
        self._disputed = frozenset(disputed)
        self._told: set[str] = set()

    def head(self, digest: str, rows: int, status: str) -> Iterator[Triple]:
        """Describe the data set.

        Args:
            digest: The SHA-256 of the file.
            rows: How many rows are below the header.
            status: What all rows are said to be without a column for it; empty, if none is.
        """
        s, node = self._source, _iri(self._source.iri)
        yield node, _iri(RDF.type), _iri(DCAT.Dataset)
        yield node, _iri(RDFS.label), _text(s.label, "en")
        yield node, _iri(DCTERMS.title), _text(s.title or s.label)
        for term, value in (
            (DCTERMS.creator, s.creator),
            (DCTERMS.identifier, s.identifier),
            (DCTERMS.issued, s.issued),
            (DCTERMS.bibliographicCitation, s.citation),
        ):
            if value:
                yield node, _iri(term), _text(value)
        yield node, _iri(NR.sha256), _text(digest)
        yield node, _iri(DCTERMS.extent), _text(f"{rows} rows")
        if status:
            said = (
                f"No cell says that its exercises are {status}: it rests on their standing in it."
            )
            yield node, _iri(SKOS.scopeNote), _text(said, "en")
        if s.publisher:
            publisher = _iri(ID[_slug(s.publisher)])
            yield node, _iri(DCTERMS.publisher), publisher
            yield publisher, _iri(RDF.type), _iri(NR.Institution)
            yield publisher, _iri(RDFS.label), _text(s.publisher, "en")
        yield _iri(ID.curators), _iri(RDF.type), _iri(PROV.Agent)
        yield _iri(ID.curators), _iri(RDFS.label), _text("the curators of this graph", "en")

    def of(self, record: Record) -> Iterator[Triple]:
        """Write a record: quotes, what it is first to name, the exercise, and its claims."""
        for row in sorted({record.row, *record.parties.values(), *record.observers.values()}):
            yield self._quote(row), _iri(OA.exact), _text(record.quotes[row])
        for actor in (*record.parties, *record.observers, *record.host):
            yield from self._actor(actor)
        where = yield from self._place(record)
        series = yield from self._series(record)
        node = _iri(f"{self._source.iri}-{record.row}")
        exercise = NR.ExercisePlan if record.status in PLANNED else NR.Exercise
        yield node, _iri(RDF.type), _iri(exercise)
        yield node, _iri(RDFS.label), _text(self._label(record), "en")
        if record.name:
            yield node, _iri(SKOS.altLabel), _text(record.name, "en")
        claims: list[tuple[str, str, list[str], int, bool]] = []

        def claim(name: str, term: str, values: list[str], row: int = 0, sure: bool = True) -> None:
            if values:
                claims.append((name, term, values, row or record.row, sure))

        claim(
            "status", NR.hasStatus, [_iri(record.status)] if record.status else [], 0, record.stated
        )
        claim("domain", NR.hasDomain, [*map(_iri, record.domains)])
        claim("kind", NR.hasKind, [*map(_iri, record.kinds)])
        for name, term, taking in (
            ("participant", NR.hasParticipant, record.parties),
            ("observer", NR.hasObserver, record.observers),
        ):
            for row in dict.fromkeys(taking.values()):
                own = [_iri(actor.iri) for actor, at in taking.items() if at == row]
                claim(name, term, own, row)
        claim("host", NR.hasHost, [_iri(actor.iri) for actor in record.host])
        claim("place", NR.hasPlace, [where] if where else [])
        claim("series", NR.inSeries, [series] if series else [])
        for _, term, values, _, _ in claims:
            for value in values:
                yield node, _iri(term), value
        yield from self._when(node, record)
        if record.open or len(record.parties) < 2:
            yield node, _iri(NR.leavesOpen), _iri(NR.hasParticipant)
        if not record.domains:
            yield node, _iri(NR.leavesOpen), _iri(NR.hasDomain)
        for text in record.descriptions:
            yield node, _iri(DCTERMS.description), _text(text, "en")
        for name, term, values, row, sure in claims:
            yield from self._claim(
                f"r{row}-{name}", node, (term,), values, row, sure, record.source
            )
        if record.dates:
            days = [_typed(day, "date") for day in (record.dates.first, record.dates.last)]
            bounds, sure = (NR.earliest, NR.latest), not record.note
            name = f"r{record.row}-dates"
            yield from self._claim(name, node, bounds, days, record.row, sure, record.source)

    def _quote(self, row: int) -> str:
        return _iri(f"{self._source.iri}#row={row}")

    def _claim(
        self,
        name: str,
        node: str,
        terms: Iterable[str],
        values: Iterable[str],
        row: int,
        sure: bool = True,
        cited: str = "",
    ) -> Iterator[Triple]:
        claim = _iri(f"{self._source.iri}#{name}")
        yield claim, _iri(NR.about), node
        for term in terms:
            yield claim, _iri(NR.onProperty), _iri(term)
        for value in dict.fromkeys(values):
            yield claim, _iri(NR.hasValue), value
        if not sure:
            yield claim, _iri(NR.hasBasis), _iri(NRC.inferred)
        yield claim, _iri(NR.hasEvidence), self._quote(row)
        if cited:
            yield claim, _iri(DCTERMS.source), _text(cited)

    def _when(self, node: str, record: Record) -> Iterator[Triple]:
        if not record.dates:
            yield node, _iri(NR.leavesOpen), _iri(NR.earliest)
            return
        yield node, _iri(NR.earliest), _typed(record.dates.first, "date")
        yield node, _iri(NR.latest), _typed(record.dates.last, "date")
        yield node, _iri(NR.dateWords), _text(record.words)
        yield node, _iri(NR.dateBasis), _iri(NRC["date-from-text"])
        if record.note:
            yield node, _iri(SKOS.scopeNote), _text(record.note, "en")

    def _actor(self, actor: Actor) -> Iterator[Triple]:
        if not actor.listed and self._is_new(actor.iri):
            yield _iri(actor.iri), _iri(RDF.type), _iri(NR[actor.kind])
            yield _iri(actor.iri), _iri(RDFS.label), _text(actor.label, "en")

    def _place(self, record: Record) -> Generator[Triple, None, str]:
        """Describe the place; its IRI is returned."""
        if not record.place:
            return ""
        folded = fold(record.place)
        known = places.find(record.place)
        iri = known.iri if known else ID[_slug(record.place, "place-")]
        if (known is None or known.label) and self._is_new(iri):
            node = _iri(iri)
            yield node, _iri(RDF.type), _iri(NR.Place)
            yield node, _iri(RDFS.label), _text(known.label if known else record.place, "en")
            if record.point and folded not in self._disputed:
                latitude, longitude = (_typed(number, "decimal") for number in record.point)
                yield node, _iri(WGS84.lat), latitude
                yield node, _iri(WGS84.long), longitude
                yield node, _iri(DWC.georeferenceRemarks), _text(self._columns.point)
                for name, value in (("lat", latitude), ("long", longitude)):
                    term, row = WGS84[name], record.row
                    yield from self._claim(f"r{row}-{name}", node, (term,), [value], row)
        return _iri(iri)

    def _series(self, record: Record) -> Generator[Triple, None, str]:
        """Describe the series; its IRI is returned."""
        if not record.series:
            return ""
        iri = ID[f"series-{_slug(record.series)}"]
        if self._is_new(iri):
            yield _iri(iri), _iri(RDF.type), _iri(NR.Series)
            yield _iri(iri), _iri(RDFS.label), _text(record.series, "en")
            yield _iri(iri), _iri(NR.leavesOpen), _iri(NR.hasParty)
        return _iri(iri)

    def _is_new(self, iri: str) -> bool:
        if iri in self._told:
            return False
        self._told.add(iri)
        return True

    def _label(self, record: Record) -> str:
        """Call an exercise by its name, or by its parties, and by its month."""
        when = say_month(record.dates.first, record.dates.last) if record.dates else "no date"
        if record.name:
            return f"{record.name}, {when}"
        names = [actor.label for actor in record.parties]
        if len(names) > _NAMED:
            names[_NAMED - 1 :] = [f"{len(names) - _NAMED + 1} more"]
        if record.open or not names:
            names.append("others unknown" if names else "unknown parties")
        return f"Exercise of {listed(names)}, {when}"


def _slug(name: str, before: str = "") -> str:
    """Make the end of an IRI of a name; with something before it, where the gazetteer has it."""
    slug = fold(name).replace(" ", "-") or "x"
    return f"{before}{slug}" if before and ID[slug] in entries() else slug


def ntriples(triples: Iterable[Triple]) -> Iterator[str]:
    """Write N-Triples."""
    for triple in triples:
        yield f"{' '.join(triple)} .\n"


class Turtle:
    """Writes Turtle with the data set as base, node by node.

    Args:
        base: The IRI of the data set.
    """

    def __init__(self, base: str) -> None:
        self._base = base
        self._names = {PREFIXES[name]: name for name in _USED}
        self._short: dict[str, str] = {}

    def head(self, comment: str) -> str:
        """Give the lines before the first node."""
        prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in _USED)
        return f"# {comment}\n@base <{self._base}> .\n{prefixes}\n"

    def lines(self, triples: Iterable[Triple]) -> Iterator[str]:
        """Write triples; those of one subject, which follow one another, as one statement.

        Quotes and claims are lines, as people write them.
        """
        last, apart = ("", ""), ""
        for subject, term, value in triples:
            if subject != last[0]:
                start = " .\n" if last[0] else ""
                apart = " ; " if subject.startswith(f"<{self._base}#") else " ;\n    "
                yield f"{start}{self._term(subject)} {self._term(term)} {self._term(value)}"
            elif term == last[1]:
                yield f", {self._term(value)}"
            else:
                yield f"{apart}{self._term(term)} {self._term(value)}"
            last = subject, term
        if last[0]:
            yield " .\n"

    def _term(self, term: str) -> str:
        if term.startswith('"'):
            if not term.endswith(">"):
                return term
            text, _, kind = term.rpartition("^^")
            return f"{text}^^{self._term(kind)}"
        if term in self._short:
            return self._short[term]
        iri = term[1:-1]
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        if iri == RDF.type:
            return "a"
        if iri.startswith(f"{self._base}#"):
            return f"<{iri[len(self._base) :]}>"
        prefix = self._names.get(iri[:cut])
        if prefix is None or not _LOCAL.fullmatch(iri, cut):
            return term
        if len(self._short) > 10_000:
            self._short.clear()
        self._short[term] = f"{prefix}:{iri[cut:]}"
        return self._short[term]
