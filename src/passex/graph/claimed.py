"""Claims as the files write them, before the rules fill in what they leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..text.wording import day
from .terms import DCTERMS, NR, NRC, OA, PROV, XSD

#: RFC 5147 for a text (code points, the end exclusive), RFC 7111 for a row of a table.
_FRAGMENT: Final = re.compile(r"(.+)#(?:char=([0-9]+),([0-9]+)|row=([0-9]+))")
_DEFAULT: Final = ox.DefaultGraph()
#: What a claim says of others beside its values.
_NAMING: Final = (PROV.wasAttributedTo, NR.reportedVia, NR.quantityOf, NR.suppliedBy)
#: Bounds, which may share a claim: then it gives the one its first day, the other its last.
BOUNDS: Final = (NR.earliest, NR.latest)

Node: TypeAlias = ox.NamedNode | ox.BlankNode
Value: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: A fact: node, property and value.
Fact: TypeAlias = tuple[Node, str, Value]


def place(iri: str) -> tuple[str, int, int]:
    """Read where a quote or a zone is, from its IRI.

    Returns:
        The IRI of the article, the first code point, and the one after the last. A row of a table
        begins and ends with its number. Without such a fragment, an empty text and -1 twice.

    Example:
        >>> place("https://example.org/article#char=86,126")
        ('https://example.org/article', 86, 126)
        >>> place("https://example.org/article")
        ('', -1, -1)
    """
    match = _FRAGMENT.fullmatch(iri)
    if match is None:
        return "", -1, -1
    return match[1], int(match[2] or match[4]), int(match[3] or match[4])


@dataclass(slots=True, eq=False)
class Claim:
    """What a file says that someone says.

    Attributes:
        node: The claim itself.
        about: What it is about.
        properties: The properties that it is on.
        values: The values that it gives them.
        quotes: Where it stands.
        others: Whom else it names: who makes it and passes it on, what is counted, and of whom.
        articles: The IRIs of the articles in which it stands.
        plain: Whether it is certain and stated, as it is unless it says something else.
        own: Whether it is made in the article's own voice.
        looked_up: Whether it has a source other than an article.
    """

    node: Node
    about: Node
    properties: set[str] = field(default_factory=set)
    values: list[Value] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    others: list[Value] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    plain: bool = True
    own: bool = True
    looked_up: bool = False

    @property
    def listed(self) -> bool:
        """Whether a row of a data set is its evidence."""
        return any("#row=" in quote for quote in self.quotes)

    @property
    def named(self) -> Iterator[Value]:
        """All that it names: what it is about, its values, and others."""
        yield self.about
        yield from self.values
        yield from self.others

    def facts(self) -> Iterator[Fact]:
        """Give the facts that it supports.

        Of several properties of one claim each takes what it can have: bounds take days, the first
        the earliest and the last the latest; the others may take any other value.
        """
        days = sorted(filter(_is_day, self.values), key=str)
        shared = not self.properties.isdisjoint(BOUNDS)
        for name in self.properties:
            if name not in BOUNDS:
                chosen = [v for v in self.values if not (shared and _is_day(v))]
            elif self.properties.issuperset(BOUNDS):
                chosen = days[:1] if name == NR.earliest else days[-1:]
            else:
                chosen = days
            yield from ((self.about, name, value) for value in chosen)


def _is_day(value: Value) -> bool:
    return isinstance(value, ox.Literal) and value.datatype.value == XSD.date


def values_of(engine: ox.Store, subject: object, name: str) -> Iterator[Value]:
    """Yield the values of a property of a node that has an IRI."""
    if isinstance(subject, ox.NamedNode):
        for quad in engine.quads_for_pattern(subject, ox.NamedNode(name), None, _DEFAULT):
            yield quad.object


def read(engine: ox.Store, articles: Mapping[str, object]) -> list[Claim]:
    """Read all claims.

    Args:
        engine: The facts, to which no rule was applied.
        articles: The articles, by their IRIs.
    """

    def pairs(name: str) -> Iterator[tuple[Claim, Value]]:
        for quad in engine.quads_for_pattern(None, ox.NamedNode(name), None, _DEFAULT):
            if (claim := found.get(quad.subject)) is not None:
                yield claim, quad.object

    found: dict[object, Claim] = {}
    for quad in engine.quads_for_pattern(None, ox.NamedNode(NR.about), None, _DEFAULT):
        subject, about = quad.subject, quad.object
        if not isinstance(subject, ox.Triple) and isinstance(about, ox.NamedNode | ox.BlankNode):
            claim = found[subject] = Claim(subject, about)
            if isinstance(subject, ox.NamedNode):
                claim.articles.add(subject.value.partition("#")[0])
    for claim, value in pairs(NR.onProperty):
        if isinstance(value, ox.NamedNode):
            claim.properties.add(value.value)
    for claim, value in pairs(NR.hasValue):
        claim.values.append(value)
    sources = {
        quad.subject: quad.object
        for quad in engine.quads_for_pattern(None, ox.NamedNode(OA.hasSource), None, _DEFAULT)
    }
    for claim, value in pairs(NR.hasEvidence):
        if isinstance(value, ox.NamedNode):
            source = sources.get(value)
            of = source.value if isinstance(source, ox.NamedNode) else place(value.value)[0]
            claim.quotes.append(value.value)
            claim.articles.add(of)
    for name in _NAMING:
        for claim, value in pairs(name):
            claim.others.append(value)
            if name == PROV.wasAttributedTo:
                claim.own &= isinstance(value, ox.NamedNode) and value.value in articles
    for name, usual in ((NR.hasCertainty, NRC.certain), (NR.hasBasis, NRC.stated)):
        for claim, value in pairs(name):
            claim.plain &= isinstance(value, ox.NamedNode) and value.value == usual
    for claim, _ in pairs(DCTERMS.source):
        claim.looked_up = True
    for claim in found.values():
        claim.articles &= articles.keys()
        claim.plain &= bool(claim.quotes)
    return list(found.values())


def last_day(engine: ox.Store, article: str) -> str:
    """Give the last day on which an article can have been published; none is an empty text."""
    found = values_of(engine, ox.NamedNode(article), NR.latest)
    days = (day(value.value) for value in found if isinstance(value, ox.Literal))
    return max(filter(None, days), default="")


def in_body(engine: ox.Store, claim: Claim) -> bool:
    """Tell whether a claim stands in the body of an article, or in a row of a table."""
    return claim.listed or any(_zone(engine, quote) == NRC.body for quote in claim.quotes)


def _zone(engine: ox.Store, quote: str) -> str:
    """Give the kind of the smallest zone around a quote."""
    article, start, end = place(quote)
    around: list[tuple[int, str]] = []
    for zone in values_of(engine, ox.NamedNode(article), NR.hasZone) if article else ():
        if isinstance(zone, ox.NamedNode):
            _, first, last = place(zone.value)
            if first <= start and end <= last:
                around.append((last - first, zone.value))
    kinds = values_of(engine, ox.NamedNode(min(around)[1]), NR.hasKind) if around else ()
    return next((kind.value for kind in kinds if isinstance(kind, ox.NamedNode)), "")
