"""The graph as of a day: cut to what the articles up to then tell, and marked as such."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import pyoxigraph as ox

from ..errors import QueryError
from ..text.wording import day as day_of
from ..text.wording import say
from .terms import (
    AS_OF,
    DCTERMS,
    FILLED,
    INTERNAL,
    OA,
    PREFIXES,
    RDFS,
    SCHEMA,
    XSD,
)

_NODE: Final = ox.NamedNode(AS_OF)
_DEFAULT: Final = ox.DefaultGraph()
_EXACT: Final = ox.NamedNode(OA.exact)
_ARTICLES: Final = f"""SELECT DISTINCT ?article ?first {{
    ?article a/rdfs:subClassOf* <{SCHEMA.NewsArticle}> OPTIONAL {{ ?article nr:earliest ?first }}
}}"""


@dataclass(frozen=True, slots=True)
class AsOf:
    """As of which day a graph is.

    Attributes:
        day: The day, as ``2026-02-01``.
        articles: How many articles are in it.
        of: How many there are in all.
        words: All of that, with what was left out for want of a date.
    """

    day: str
    articles: int
    of: int
    words: str

    @property
    def note(self) -> str:
        """What has to be said of every answer, as a sentence."""
        return f"A{self.words[1:]}."

    def member(self) -> dict[str, object]:
        """Give what a member of a JSON document says of it."""
        return {"day": self.day, "articles": self.articles, "of": self.of, "note": self.note}


def parse(value: str | date) -> str:
    """Read a day.

    Raises:
        QueryError: It is none.

    Example:
        >>> parse(" 2026-02-01 "), parse(date(2026, 2, 1))
        ('2026-02-01', '2026-02-01')
    """
    text = value.isoformat() if isinstance(value, date) else str(value).strip()
    found = day_of(text)
    if found is None or len(text) != len(found):
        raise QueryError(f"'{text}' is no day", "give one as YYYY-MM-DD")
    return found


def cut(engine: ox.Store, day: str, ontology: Collection[object]) -> None:
    """Cut facts to what the articles up to a day tell.

    An article counts from the last day on which it can have been published.

    Args:
        engine: The ontology and the facts, to which no rule was applied; it is changed.
        day: The day, as `parse` gives it.
        ontology: The nodes of the ontology.

    Raises:
        QueryError: There is no article, none as old, or the day is still to come.
    """
    from .claimed import last_day

    rows = engine.query(_ARTICLES, prefixes=PREFIXES)
    assert isinstance(rows, ox.QuerySolutions)
    first = {row[0].value: day_of(row[1].value) if row[1] else None for row in rows}
    articles = {article: last_day(engine, article) for article in first}
    if not articles:
        message = "no articles in this graph, so that nothing in it is as of a day"
        raise QueryError(message, "leave the day out")
    today = date.today().isoformat()
    # Where the articles themselves are of days to come, the story is invented, and has no today.
    if day > today >= max(articles.values()):
        raise QueryError(f"{day} is still to come", f"give a day up to {today}")
    kept = {article for article, last in articles.items() if last and last <= day}
    if not any(articles.values()):
        message = "no article of this graph has a last day, its nr:latest"
        raise QueryError(message, "give each the last day on which it can have been published")
    if not kept:
        since = min(filter(None, articles.values()))
        message = f"no article of this graph is as old as {day}"
        raise QueryError(message, f"give {since} or a later day")
    if len(kept) < len(articles):
        from . import earlier

        earlier.cut(engine, articles, kept, ontology)
        _cut_named(engine)
    extent = f"{len(kept)} of {say(len(articles), 'article')}"
    left = [article for article in articles.keys() - kept if articles[article]]
    maybe = sum((first[article] or day) <= day for article in left)
    undated = sum(not last for last in articles.values())
    without = [f"{maybe} that may have been published by then"] if maybe else []
    without += [f"{undated} without a last day"] if undated else []
    words = f"as of {day}: {extent}" + (f", without {' and '.join(without)}" if without else "")
    if sets := len(_tables(engine)):
        # What it tells may be of later: its rows have no day on which they were known.
        words += f"; and {say(sets, 'data set')} as a whole, since no row has a day of publication"
    engine.extend(
        [
            _quad(DCTERMS.date, ox.Literal(day, datatype=ox.NamedNode(XSD.date))),
            _quad(DCTERMS.extent, ox.Literal(extent)),
            _quad(RDFS.label, ox.Literal(words, language="en")),
        ]
    )


def _tables(engine: ox.Store) -> set[str]:
    """List the data sets of which rows are evidence."""
    quotes = (quad.subject for quad in engine.quads_for_pattern(None, _EXACT, None, _DEFAULT))
    parted = (str(quote)[1:-1].partition("#row=") for quote in quotes)
    return {table for table, row, _ in parted if row}


def _cut_named(engine: ox.Store) -> None:
    """Take out of the files' own graphs what is no fact any more."""
    for name in engine.named_graphs():
        if name.value not in INTERNAL:
            for quad in list(engine.quads_for_pattern(None, None, None, name)):
                if ox.Quad(quad.subject, quad.predicate, quad.object) not in engine:
                    engine.remove(quad)


def _quad(name: str, value: ox.Literal) -> ox.Quad:
    return ox.Quad(_NODE, ox.NamedNode(name), value)


def mark(engine: ox.Store) -> None:
    """Mark what says as of which day a graph is as no fact of it, after the rules were applied."""
    filled = ox.NamedNode(FILLED)
    said = [*engine.quads_for_pattern(_NODE, None, None, _DEFAULT)]
    engine.extend(ox.Quad(quad.subject, quad.predicate, quad.object, filled) for quad in said)


def read(engine: ox.Store) -> AsOf | None:
    """Say as of which day a graph is; None for one that has all there is."""
    said = dict(_said(engine))
    if not said:
        return None
    articles, _, of, *_ = said[DCTERMS.extent].split()
    return AsOf(said[DCTERMS.date], int(articles), int(of), said[RDFS.label])


def _said(engine: ox.Store) -> Iterator[tuple[str, str]]:
    for quad in engine.quads_for_pattern(_NODE, None, None, _DEFAULT):
        if isinstance(quad.object, ox.Literal):
            yield quad.predicate.value, quad.object.value
