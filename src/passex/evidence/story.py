"""Stories of events and plans: what each article tells that none before it told, and the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..graph import as_of
from ..graph.claimed import BOUNDS
from ..graph.labelling import labels
from ..graph.newest import ONE
from ..graph.rows import Named
from ..graph.store import Store
from ..graph.terms import DCTERMS, NR, NRC, RDF, expand, shorten
from ..text.wording import say_dates
from .claims import Claim, label_of

#: Whether a plan is overdue, the newest article tells.
NEWEST: Final = """# Which article is the newest.
SELECT ?article ?day { ?article a schema:NewsArticle ; nr:latest ?day }
ORDER BY DESC(?day) ?article LIMIT 1"""
_DATES: Final = frozenset(map(shorten, BOUNDS))
#: Of these a node has one value: to tell another is news, even one that was told before.
_ONE: Final = frozenset(map(shorten, ONE))
#: How a claim is that needs no remark.
_PLAIN: Final = frozenset({"certain", "stated", "body", "row"})


@dataclass(frozen=True, slots=True)
class News:
    """What a claim says that no article before it said.

    Attributes:
        property: The property; of dates, the first of the two.
        values: The values that are new, by label; of dates, both bounds in words.
        claim: The claim.
    """

    property: Named
    values: tuple[Named | str, ...]
    claim: Claim


def _remarks(claim: Claim) -> str:
    """Say what weakens a claim, and who makes it if the article doesn't in its own voice."""
    articles = {place.article for place in claim.evidence}
    zones = {place.zone for place in claim.evidence}
    weak = [claim.certainty, claim.basis, *(() if "body" in zones else sorted(zones))]
    words = [word for word in weak if word and word not in _PLAIN]
    if claim.basis == "stated":
        words += [f"said by {by.label}" for by in claim.attributed_to if by.iri not in articles]
    return f" ({', '.join(words)})" if words else ""


@dataclass(frozen=True, slots=True)
class Step:
    """What one article adds to a story.

    Attributes:
        article: The article.
        when: Its date, as short as it can be said.
        news: What is new in it, in the order of its text.
    """

    article: Named
    when: str
    news: tuple[News, ...]

    def lines(self) -> list[str]:
        """Say what is new, a property a line, with what weakens it and who says it."""
        said: dict[tuple[str, str], list[str]] = {}
        for news in self.news:
            line = said.setdefault((news.property.label, _remarks(news.claim)), [])
            line += [label for label in map(label_of, news.values) if label not in line]
        return [f"{name}: {'; '.join(labels)}{how}" for (name, how), labels in said.items()]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan stands by all that was told.

    Attributes:
        state: ``open``, ``overdue``, ``realised``, ``carried out``, ``cancelled``, or ``part`` of
            another.
        by: What realised it, or realised some of it so far; who called it off; or what it is part
            of.
        when: Of a plan that was cancelled, the date of the article that says so; of one that is
            overdue, the last day that it had.
        article: Of a plan that was cancelled, the article; of one that is overdue, the newest,
            unless it is overdue only by the day as of which the graph is.
    """

    state: str
    by: tuple[Named, ...] = ()
    when: str = ""
    article: Named | None = None

    def __str__(self) -> str:
        by = ", ".join(named.label for named in self.by)
        article = self.article.label if self.article else ""
        if self.state == "cancelled":
            words = "cancelled" + (f", said by {by}" if by else "")
            return words + (f" ({article}, {self.when})" if article else "")
        if self.state in ("open", "overdue"):
            since = f"the newest article ({article})" if article else "the day that was asked for"
            late = f": its last day was {self.when}, before {since}"
            words = self.state + (late if self.when else "")
            return words + (f"; realised so far by {by}" if by else "")
        if self.state == "part":
            return f"part of {by}"
        return self.state + (f" by {by}" if by else "")


def told(store: Store, iri: str, claims: Iterable[Claim]) -> tuple[Step, ...]:
    """Tell the story of an event or a plan by the claims about it; of anything else, none."""
    if {NR.Event, NR.Plan}.isdisjoint(store.objects(iri, RDF.type)):
        return ()
    by_article: dict[Named, list[Claim]] = {}
    for claim in claims:
        # A claim is told where its first quote stands.
        for place in claim.evidence[:1]:
            by_article.setdefault(Named(place.label, place.article), []).append(claim)
    every = (claim for own in by_article.values() for claim in own)
    iris = {str(expand(name)) for claim in every for name in claim.on_properties}
    so_far = _Told(labels(store, iris))
    steps = []
    for article in sorted(by_article, key=lambda article: _day(store, article)):
        own = sorted(by_article[article], key=lambda claim: claim.evidence[0].start)
        if news := tuple(news for claim in own for news in so_far.new(claim)):
            # A bound alone says by when it was printed.
            when = say_dates(*_bounds(store, article.iri)).replace("until", "by")
            steps.append(Step(article, when, news))
    return tuple(steps)


class _Told:
    """What was told so far, by property."""

    def __init__(self, label: Mapping[str, str]) -> None:
        self._label = label
        self._values: dict[str, set[object]] = {}

    def new(self, claim: Claim) -> Iterator[News]:
        properties, values = claim.on_properties, claim.values
        if _DATES.issuperset(properties):
            properties, values = ("nr:earliest",), (_say(claim),)
        for name in properties:
            before = self._values.setdefault(name, set())
            given = (claim.quantity,) if claim.quantity else values
            fresh = tuple(value for value in given if value not in before)
            if not fresh:
                continue
            if name in _ONE:
                before.clear()
            before.update(given)
            iri = str(expand(name))
            label = "dates" if name in _DATES else self._label[iri]
            yield News(Named(label, iri), fresh, claim)


def _say(claim: Claim) -> str:
    """Say the dates of a claim; it is on both bounds, or on one."""
    days = sorted(map(label_of, claim.values))
    if len(claim.on_properties) > 1 and days:
        return say_dates(days[0], days[-1])
    bounds = [*days, None] if "nr:earliest" in claim.on_properties else [None, *days]
    return say_dates(bounds[0], bounds[-1])


def _bounds(store: Store, iri: str) -> tuple[str | None, str | None]:
    first, last = (store.objects(iri, NR[name]) for name in ("earliest", "latest"))
    return (first[0] if first else None), (last[-1] if last else None)


def _day(store: Store, article: Named) -> tuple[str, Named]:
    """Put articles in order: by their last day, or else the first; at the end what has neither."""
    first, last = _bounds(store, article.iri)
    return (last or first or "9", article)


def standing(store: Store, iri: str, story: Sequence[Step]) -> Standing | None:
    """Say how a plan stands, with its story; None for what is no plan."""
    kinds = store.objects(iri, RDF.type)
    if NR.Plan not in kinds:
        return None
    realised = _named(store, store.objects(iri, NR.realisedBy))
    if NR.OpenPlan in kinds:
        return _open(store, iri, realised)
    status = store.objects(iri, NR.hasStatus)
    if NRC.cancelled in status:
        for step in reversed(story):
            for news in step.news:
                if any(not isinstance(v, str) and v.iri == NRC.cancelled for v in news.values):
                    by = (who for who in news.claim.attributed_to if who != step.article)
                    return Standing("cancelled", tuple(by), step.when, step.article)
        return Standing("cancelled")
    if NRC["carried-out"] in status or realised:
        return Standing("realised" if realised else "carried out", realised)
    return Standing("part", _named(store, store.objects(iri, DCTERMS.isPartOf)))


def _open(store: Store, iri: str, realised: tuple[Named, ...]) -> Standing:
    """Say whether an open plan is overdue.

    Its last day is then before that of the newest article, or that as of which the graph is.
    """
    last = _bounds(store, iri)[1]
    for article, day in store.rows(NEWEST):
        if last and last < str(day):
            return Standing("overdue", realised, last, _named(store, [str(article)])[0])
    cut = as_of.read(store.engine)
    if cut is not None and last and last < cut.day:
        return Standing("overdue", realised, last)
    return Standing("open", realised)


def _named(store: Store, iris: Iterable[str]) -> tuple[Named, ...]:
    return tuple(sorted(Named(label, iri) for iri, label in labels(store, iris).items()))
