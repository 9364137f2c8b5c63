"""What the exercises of a table refer to, as triples: the data set, actors, places and series."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from ..graph.folding import fold, slug_of_its_own
from ..graph.gazetteer import entries
from ..graph.terms import DCAT, DCTERMS, DWC, ID, NR, NRC, OA, PROV, RDF, RDFS, SKOS, WGS84
from ..text.wording import say
from . import places
from .actors import Actor
from .mapping import Source
from .notation import Triple, node, text, typed
from .records import Record


class Things:
    """Describes each place, series and actor of one table once, where it is first named.

    Args:
        point: What the coordinates of places stand for, in words.
        disputed: The places, folded, for which the table has more than one point.
    """

    def __init__(self, source: Source, point: str, disputed: Iterable[str] = ()) -> None:
        self._source, self._point = source, point
        self._disputed = frozenset(disputed)
        self._told: set[str] = set()

    def head(self, digest: str, rows: int, note: str) -> Iterator[Triple]:
        """Describe the data set.

        Args:
            digest: The SHA-256 of the file.
            rows: How many rows are below the header.
            note: What all rows are said to be without a column for it; empty, if nothing is.
        """
        s, it = self._source, node(self._source.iri)
        yield it, node(RDF.type), node(DCAT.Dataset)
        yield it, node(RDFS.label), text(s.label, "en")
        yield it, node(DCTERMS.title), text(s.title or s.label)
        for term, value in (
            (DCTERMS.creator, s.creator),
            (DCTERMS.identifier, s.identifier),
            (DCTERMS.issued, s.issued),
            (DCTERMS.bibliographicCitation, s.citation),
        ):
            if value:
                yield it, node(term), text(value)
        yield it, node(NR.sha256), text(digest)
        yield it, node(DCTERMS.extent), text(say(rows, "row"))
        if note:
            yield it, node(SKOS.scopeNote), text(note, "en")
        if s.publisher:
            publisher = node(ID[slug_of_its_own(s.publisher)])
            yield it, node(DCTERMS.publisher), publisher
            yield publisher, node(RDF.type), node(NR.Institution)
            yield publisher, node(RDFS.label), text(s.publisher, "en")
        yield node(ID.curators), node(RDF.type), node(PROV.Agent)
        yield node(ID.curators), node(RDFS.label), text("the curators of this graph", "en")

    def quote(self, row: int, key: str) -> Triple:
        """Quote the key of a row."""
        return self.row(row), node(OA.exact), text(key)

    def row(self, row: int) -> str:
        """Name a row (RFC 7111)."""
        return node(f"{self._source.iri}#row={row}")

    def claim(
        self,
        name: str,
        about: str,
        terms: Iterable[str],
        values: Iterable[str],
        row: int,
        sure: bool = True,
        cited: str = "",
    ) -> Iterator[Triple]:
        """Claim values of a node, with a row as evidence.

        Args:
            name: The end of the claim's IRI.
            about: The node, as a term.
            terms: The IRIs of the properties.
            values: The values, as terms.
            sure: Whether the row says so; otherwise it is inferred.
            cited: The source that the row itself cites.
        """
        claim = node(f"{self._source.iri}#{name}")
        yield claim, node(NR.about), about
        for term in terms:
            yield claim, node(NR.onProperty), node(term)
        for value in dict.fromkeys(values):
            yield claim, node(NR.hasValue), value
        if not sure:
            yield claim, node(NR.hasBasis), node(NRC.inferred)
        yield claim, node(NR.hasEvidence), self.row(row)
        if cited:
            yield claim, node(DCTERMS.source), text(cited)

    def actor(self, actor: Actor) -> Iterator[Triple]:
        """Describe an actor whom the gazetteer doesn't have."""
        if not actor.listed and self.is_new(actor.iri):
            yield node(actor.iri), node(RDF.type), node(NR[actor.kind])
            yield node(actor.iri), node(RDFS.label), text(actor.label, "en")

    def place(self, record: Record) -> Generator[Triple, None, str]:
        """Describe the place of a record; its IRI is returned, as a term."""
        if not record.place:
            return ""
        known = places.find(record.place)
        iri = known.iri if known else ID[_of_no_actor(record.place)]
        if (known is None or known.label) and self.is_new(iri):
            it = node(iri)
            yield it, node(RDF.type), node(NR.Place)
            yield it, node(RDFS.label), text(known.label if known else record.place, "en")
            if record.point and fold(record.place) not in self._disputed:
                latitude, longitude = (typed(number, "decimal") for number in record.point)
                yield it, node(WGS84.lat), latitude
                yield it, node(WGS84.long), longitude
                yield it, node(DWC.georeferenceRemarks), text(self._point)
                for name, value in (("lat", latitude), ("long", longitude)):
                    row = record.row
                    yield from self.claim(f"r{row}-{name}", it, (WGS84[name],), [value], row)
        return node(iri)

    def series(self, record: Record) -> Generator[Triple, None, str]:
        """Describe the series of a record; its IRI is returned, as a term."""
        if not record.series:
            return ""
        iri = ID[f"series-{slug_of_its_own(record.series)}"]
        if self.is_new(iri):
            yield node(iri), node(RDF.type), node(NR.Series)
            yield node(iri), node(RDFS.label), text(record.series, "en")
            yield node(iri), node(NR.leavesOpen), node(NR.hasParty)
        return node(iri)

    def is_new(self, iri: str) -> bool:
        """Tell whether it is told of for the first time, and remember it."""
        if iri in self._told:
            return False
        self._told.add(iri)
        return True


def _of_no_actor(place: str) -> str:
    """Make the end of a place's IRI, which is no IRI of the gazetteer's."""
    slug = slug_of_its_own(place)
    return f"place-{slug}" if ID[slug] in entries() else slug
