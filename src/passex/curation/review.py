"""Review of an article: its text with every quote in it, and the claims that rest on them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Final, TypeAlias

from ..evidence.claims import Anchor, Claim, anchor, label_of, read
from ..evidence.texts import Texts
from ..graph import as_of
from ..graph.claimed import place
from ..graph.labelling import Node, labels
from ..graph.names import Name, resolve
from ..graph.store import Store
from ..graph.terms import DCAT, DCTERMS, ID, NR, OA, RDF, SCHEMA, expand, shorten
from ..text.wording import say, say_dates
from ..validation.results import Problem
from .draft.zones import Zone, body_sentences
from .reviewed_text import stretches, text_of
from .slugs import SLUG

#: A place in a text: the first code point, and the one after the last.
Span: TypeAlias = tuple[int, int]

#: So many rows of a data set are read, where not all are asked for.
ROWS: Final = 500
BODY: Final = "body"
COMMENTS: Final = "comments"


@dataclass(frozen=True, slots=True)
class Marked:
    """A quote of the article, with what rests on it.

    Attributes:
        anchor: The quote.
        claims: The numbers of the claims that rest on it, in `Review.claims`.
        there: What the text has at that place, where it isn't the quote; None where it is, or
            there is no text.
    """

    anchor: Anchor
    claims: tuple[int, ...]
    there: str | None = None


@dataclass(frozen=True)
class Review:
    """An article or a data set, its quotes, and the claims that rest on them.

    Attributes:
        source: The article or data set.
        title: Its headline or title; empty where the graph has none.
        when: Its dates, as short as they can be said; empty where it has none.
        text: The article's text; None where it was not given.
        zones: The text from begin to end in stretches of one zone each, the smallest where there
            are several; what is in none has no kind. Without the text there are none.
        sentences: The sentences of the body, each from its first word to behind its last. Without
            the text there are none.
        quotes: The quotes, in the order of the text.
        claims: The claims: those that rest on quotes in the order of these, then the others of the
            article's file, which rest on something else.
        facts: What each of the claims says: labels of properties, each with its values in words.
        names: What the nodes that claims are about are called, by their IRIs.
        problems: What `passex validate` says of claims, quotes, and nodes that claims are about, by
            their IRIs.
        checked: How many problems a validation found in all; None where there was none.
        rest: How many rows of a data set were left out.
        note: As of which day the graph is, as a sentence; empty where it has all articles.
    """

    source: Node
    title: str
    when: str
    text: str | None
    zones: tuple[Zone, ...]
    sentences: tuple[Span, ...]
    quotes: tuple[Marked, ...]
    claims: tuple[Claim, ...]
    facts: tuple[tuple[tuple[str, str], ...], ...]
    names: Mapping[str, str]
    problems: Mapping[str, tuple[Problem, ...]]
    checked: int | None = None
    rest: int = 0
    note: str = ""

    def __repr__(self) -> str:
        counts = [say(len(self.claims), "claim"), say(len(self.quotes), "quote")]
        counts += [self.coverage] if self.sentences else []
        return f"<{type(self).__name__}: {self.source.label}: {', '.join(counts)}>"

    @property
    def is_table(self) -> bool:
        """Whether the evidence is rows of a table, which has no text."""
        return self.source.kind == "Dataset"

    @cached_property
    def unclaimed(self) -> tuple[Span, ...]:
        """The sentences of the body in which no quote stands that a claim rests on.

        Example:
            >>> from passex import load
            >>> load("tests/data/encoding/2031-palawan-collision.ttl").review(
            ...     "Article on a collision off Palawan, 2031", "tests/data/encoding/texts"
            ... ).unclaimed
            ()
        """
        used = sorted((q.anchor.start, q.anchor.end) for q in self.quotes if q.claims)
        # Of those that begin before the end of a sentence, the one that reaches furthest decides.
        starts = [start for start, _ in used]
        reach, ends = 0, list[int]()
        for _, end in used:
            reach = max(reach, end)
            ends.append(reach)
        found = []
        for start, end in self.sentences:
            before = bisect_left(starts, end)
            if not before or ends[before - 1] <= start:
                found.append((start, end))
        return tuple(found)

    @property
    def coverage(self) -> str:
        """How many sentences of the body carry no claim, in words; of a text alone."""
        bare, number = len(self.unclaimed), len(self.sentences)
        if bare:
            carry = "carries" if bare == 1 else "carry"
            return f"{bare} of {say(number, 'sentence')} of the body {carry} no claim"
        if not number:
            return "the body has no sentence"
        if number == 1:
            return "the only sentence of the body carries a claim"
        return f"each of the {number} sentences of the body carries a claim"


def find(store: Store, name: Name) -> Node:
    """Find the article or data set that a name means; its file, or the name of that, is one too.

    Raises:
        UnknownNameError: No article has that name.
        AmbiguousNameError: More than one has it.

    Example:
        >>> from passex import load
        >>> find(load().store, "2018-passex").label
        'Article on the passing exercise, 2018'
    """
    slug = PurePath(name).stem if isinstance(name, str) and name.endswith(".ttl") else name
    if isinstance(slug, str) and SLUG.fullmatch(slug):
        iri = ID[f"article-{slug}"]
        if SCHEMA.NewsArticle in store.objects(iri, RDF.type):
            name = f"<{iri}>"
    return resolve(store, name, SCHEMA.NewsArticle, DCAT.Dataset)


def review(
    store: Store,
    source: Node,
    texts: Texts | None = None,
    problems: Iterable[Problem] | None = None,
    everything: bool = False,
) -> Review:
    """Collect an article's quotes and claims, with its text where that is given.

    Args:
        store: A graph with what its rules fill in.
        source: The article or data set, as `find` gives it.
        texts: The folder with the articles' texts, or the texts by the article's IRI. That of this
            article is recognised by its SHA-256.
        problems: What a validation of the graph found, to be shown at its claims and quotes.
        everything: Whether all rows of a data set are read, and not only the first `ROWS`.

    Raises:
        InputError: No text there has the SHA-256 that the graph gives, or it can't be read.
        QueryError: A text is asked for of which the graph gives no SHA-256, or of a data set.
    """
    text = None if texts is None else text_of(store, source, texts)
    # A zone is a place too, and a quote only where it has words or proves something.
    places = sorted(
        (place(iri)[1:], iri)
        for iri in store.subjects(OA.hasSource, source.iri)
        if place(iri)[0] == source.iri
        and (store.objects(iri, OA.exact) or store.subjects(NR.hasEvidence, iri))
    )
    shown = None if everything or source.kind != "Dataset" else ROWS
    anchors = [anchor(store, iri) for _, iri in places[:shown]]
    claims, numbers = _claims(store, source, anchors)
    quotes = tuple(
        Marked(quote, tuple(sorted(numbers[quote.iri])), _there(text, quote)) for quote in anchors
    )
    listed = None if problems is None else list(problems)
    zones = () if text is None else tuple(stretches(store, source.iri, len(text)))
    return Review(
        source,
        "; ".join(store.objects(source.iri, DCTERMS.title)),
        _when(store, source.iri),
        text,
        zones,
        tuple(s for z in zones if z.kind == BODY for s in body_sentences(text or "", z)),
        quotes,
        claims,
        _facts(store, claims),
        labels(store, {claim.about for claim in claims}),
        {} if listed is None else _by_node(listed, source.iri, anchors, claims),
        None if listed is None else len(listed),
        len(places) - len(anchors),
        "" if (cut := as_of.read(store.engine)) is None else cut.note,
    )


def _claims(
    store: Store, source: Node, anchors: Sequence[Anchor]
) -> tuple[tuple[Claim, ...], dict[str, list[int]]]:
    """Read the claims of an article in the order of its quotes, with their numbers by quote."""
    order: dict[str, int] = {}
    numbers: dict[str, list[int]] = {}
    for quote in anchors:
        resting = store.subjects(NR.hasEvidence, quote.iri)
        about = [iri for iri in resting if store.objects(iri, NR.about)]
        numbers[quote.iri] = [order.setdefault(iri, len(order)) for iri in sorted(about)]
    rows = store.rows(
        f"""# Which claims of this file rest on no quote.
        SELECT ?claim {{
            ?claim nr:about ?node
            FILTER (STRSTARTS(STR(?claim), "{source.iri}#"))
            FILTER NOT EXISTS {{ ?claim nr:hasEvidence ?quote }}
        }}"""
    )
    others = sorted({str(row[0]) for row in rows})
    return tuple(read(store, iri) for iri in (*order, *others)), numbers


def _there(text: str | None, quote: Anchor) -> str | None:
    """Give what a text has at the place of a quote, where that is something else."""
    if text is None:
        return None
    found = text[quote.start : quote.end] if quote.start < quote.end else ""
    return None if found == quote.exact and found else found


def _when(store: Store, iri: str) -> str:
    first, last = (store.objects(iri, bound)[:1] for bound in (NR.earliest, NR.latest))
    return (
        say_dates(first[0] if first else None, last[0] if last else None) if first or last else ""
    )


def _facts(store: Store, claims: Sequence[Claim]) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Say what claims give to which property; of several, as they stand on the node."""
    iris = {name: str(expand(name)) for claim in claims for name in claim.on_properties}
    label = labels(store, iris.values())
    found = []
    for claim in claims:
        shares: list[tuple[str, str]] = []
        for name in claim.on_properties:
            stand = set(store.objects(claim.about, iris[name]))
            own = [v for v in claim.values if (v if isinstance(v, str) else v.iri) in stand]
            shares.append((label[iris[name]], ", ".join(map(label_of, own))))
        if len(shares) == 1 or not all(values for _, values in shares):
            shares = [(", ".join(name for name, _ in shares), claim.says)]
        found.append(tuple(shares))
    return tuple(found)


def _by_node(
    problems: Iterable[Problem], source: str, anchors: Iterable[Anchor], claims: Iterable[Claim]
) -> dict[str, tuple[Problem, ...]]:
    """Put problems to the nodes that they are of, where these are on the page."""
    iris = {source, *(quote.iri for quote in anchors)}
    iris |= {iri for claim in claims for iri in (claim.iri, claim.about)}
    by_name = {shorten(iri): iri for iri in iris}
    found: dict[str, tuple[Problem, ...]] = {}
    for problem in problems:
        if iri := by_name.get(problem.focus):
            found[iri] = (*found.get(iri, ()), problem)
    return found
