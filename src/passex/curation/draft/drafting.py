"""The draft of an article's file: its head, and under each sentence what may be encoded of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from ...errors import InputError, QueryError
from ...evidence.texts import digest
from ...graph.labelling import nodes
from ...graph.store import Store
from ...graph.terms import ID, NR, SCHEMA
from ...text.excerpts import visible
from ...text.words import word_places
from ..formatting import format_turtle
from ..slugs import SLUG
from . import doubts, events, exercises, reading, roles, topics
from .actors import Actors, named
from .doubts import NONE
from .happenings import Happenings
from .head import Dateline, credited, dateline, head, language
from .lexicon import Lexicon
from .mentions import Actor, Count, Happening, Mention, Name, Person, Place, Ship, of_kind
from .naming import Iris
from .page import REMARK, Page, remark
from .scene import Scene
from .zones import Zone, body_sentences, dateline_end, zones

#: So much of a sentence is shown in the file: its text doesn't belong into the repository.
_OPENING: Final = 8
_DENIES: Final = re.compile(r"den(?:y|ie)|reject|refut|dismiss|rul", re.IGNORECASE)
#: With an actor, what may be denied without a word for an exercise: will not attend Salt Road.
_PART: Final = re.compile(
    r"\b(?:attend|join|participat|tak(?:e|es|ing) part|took part|host|s[ae]il)"
)
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|svg)\b", re.IGNORECASE)
#: So much of a body is looked at.
_MOST: Final = 200_000
_LEGEND: Final = (
    "TO DO: say in a line what the article tells; check the head: label, title, day, zones.",
    "Under each sentence stands what may be encoded of it: take the # off what is right, edit it, "
    "and delete the rest. A line with two (##) is a remark, with ? a question. docs/encoding.md "
    "says what to write for which sentence.",
)


@dataclass(frozen=True, slots=True)
class Draft:
    """The draft of an article's file.

    Attributes:
        turtle: The file.
        zones: The zones of the text.
        sentences: The sentences of its body: where each begins and ends.
        mentions: What the body mentions, in its order.
        notes: What isn't sure, or has to be done first, in sentences.
    """

    turtle: str
    zones: tuple[Zone, ...]
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...]


def check_slug(slug: str, store: Store) -> None:
    """Refuse a name of an article that isn't one, or that another article has.

    Raises:
        QueryError: It isn't a year, a hyphen, and words in small letters; or it is taken.
    """
    if not SLUG.fullmatch(slug):
        raise QueryError(
            f"'{slug}' is no name for an article",
            "give its year and a few words, as in 2027-some-drill",
        )
    if store.objects(ID[f"article-{slug}"], NR.sha256):
        raise QueryError(f"the graph has an article {slug} already", "give another --slug")


def draft(
    text: str, slug: str, store: Store, given: date | None = None, today: date | None = None
) -> Draft:
    """Draft the file of an article.

    Args:
        text: The whole text, as `passex.evidence.texts.read_text` gives it.
        slug: The file's name: a year, a hyphen and words.
        store: The graph that the article is to be added to.
        given: The day of the article, where the text doesn't print it.
        today: The day of drafting.

    Raises:
        InputError: There is no text.
        QueryError: The slug isn't one, or is taken.
    """
    check_slug(slug, store)
    if not word_places(text, 0, len(text)):
        raise InputError("no words in it", "give the article's text")
    found, questions = zones(text)
    [whole] = [zone for zone in found if zone.kind == "body"]
    # No article is longer; what is proposed for a book would be read by nobody.
    body = Zone(whole.start, min(whole.end, whole.start + _MOST), whole.kind)
    spoken = language(text[body.start : body.end])
    dated = dateline(text, body, int(slug[:4]), given)
    lexicon = Lexicon(store)
    iris = Iris(lexicon.taken, slug[2:4])
    mentions = _of_body(
        text, body, reading.read(text[: body.end], lexicon, iris, dated.day, spoken == "en"), dated
    )
    places = body_sentences(text, body)
    credit = credited(text, found, body)
    contributor = _contributor(credit, lexicon)
    notes = [*questions]
    if credit and not contributor:
        notes.append(f'Whose is the text (dcterms:contributor)? It says "{visible(credit[:60])}"')
    if _MARKUP.match(text):
        notes.insert(
            0, "The text looks like a page of HTML or XML: save what it says as plain text"
        )
    if body.end < whole.end:
        notes.append(
            f"The text is very long: what lies behind character {body.end} was not looked at"
        )
    if dated.ask:
        notes.append(f"The article's day: {dated.ask}")
    if dated.day is None:
        notes.append(
            "No day of the article is known: with --day, what is counted from it has days too"
        )
    elif dated.source and dated.start >= 0:
        notes.append(
            f"The article's day is taken for {dated.day}: say in the head how its year is known"
        )
    if spoken == "und":
        notes.append(
            "The text isn't English, as far as its commonest words tell: only names are looked for"
        )
    remarks = (*_LEGEND, *(f"? {note}." for note in notes))
    lines = [part for line in remarks for part in remark(line)]
    lines += head(text, slug, spoken, found, dated, today or date.today(), contributor, credit)
    lines += _proposals(text, places, mentions, iris, lexicon, slug[2:4], spoken == "en")
    turtle = format_turtle("\n".join(lines) + "\n")
    return Draft(turtle, found, tuple(places), tuple(mentions), tuple(notes))


def _of_body(text: str, body: Zone, mentions: Sequence[Mention], dated: Dateline) -> list[Mention]:
    """Leave out what lies before the body, and its dateline."""
    first = max(dateline_end(text, body), dated.end if dated.start >= 0 else 0)
    return [mention for mention in mentions if mention.start >= first]


def _contributor(credit: str, lexicon: Lexicon) -> str:
    """Find the agency that a credit names, if the graph knows it."""
    known = (a for a in lexicon.find(credit) if a.of == "Institution" and not a.ask)
    return next((f"id:{actor.iri.removeprefix(ID.iri)}" for actor in known), "")


def _proposals(
    text: str,
    places: Sequence[tuple[int, int]],
    mentions: Sequence[Mention],
    iris: Iris,
    lexicon: Lexicon,
    year: str,
    english: bool,
) -> list[str]:
    """Write what is proposed for each sentence."""
    actors, happenings = Actors(iris, lexicon.taken), Happenings(iris, year, lexicon.known)
    starts = [mention.start for mention in mentions]
    lines: list[str] = []
    claims = 0
    for number, (start, end) in enumerate(places, 1):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        inside = [mention for mention in mentions[first:last] if mention.end <= end]
        page = Page(text, start, end, claims, doubts.find(text, start, end) if english else NONE)
        _fill(page, inside, actors, happenings, english)
        claims = page.claims
        lines += [
            "",
            f"{REMARK}{number}. char {start} to {end}: {_opening(text, start, end)}",
            *page.lines(),
        ]
    return lines


def _opening(text: str, start: int, end: int) -> str:
    """Give the first words of a sentence."""
    words = word_places(text, start, min(end, start + 200))[:_OPENING]
    shown = text[start : min(words[-1][1] if words else end, start + 80)]
    return visible(" ".join(shown.split())) + (" \u2026" if start + len(shown) < end else "")


def _fill(
    page: Page,
    mentions: Sequence[Mention],
    actors: Actors,
    happenings: Happenings,
    english: bool,
) -> None:
    """Propose what a sentence mentions."""
    if link := page.doubts.link:
        page.ask(link, "does the sentence lead to another article? Nothing is proposed for it.")
        return
    happening, others = None, list[Happening]()
    if english:
        happening = exercises.find(page.text, page.start, page.end, of_kind(mentions, Name))
        others = events.find(page.text, page.start, page.end)
    if happening is not None and happening.of == "ExercisePlan":
        # What was agreed is the plan.
        others = [other for other in others if other.of != "Agreement"]
    if denial := page.doubts.denial:
        counted = of_kind(mentions, Count)
        told = happening is not None or others or counted
        # What is denied in so many words may be told by words that nothing is read from.
        part = _PART.search(page.text, page.start, page.end) and of_kind(mentions, Actor)
        if told or part or _DENIES.match(denial):
            page.ask(denial, "what is it that isn't so? What happened isn't proposed here.")
        happening, others = None, []
    if happening is not None and (series := page.doubts.series):
        page.ask(
            series,
            "what recurs is an nr:Series: which, with which parties? No exercise is proposed here.",
        )
        happening = None
    cast = roles.cast(page.text, page.start, page.end, mentions)
    if (
        english
        and happening is None
        and (sailed := exercises.TOGETHER.search(page.text, page.start, page.end))
    ):
        page.ask(sailed[0], "did they train (nr:Exercise)? Together at sea alone is none.")
    scene = Scene(page, mentions, happening, others, cast)
    people = [m for m in mentions if isinstance(m, Actor | Ship | Person)]
    for mention in people:
        actors.want(page, mention)
    happenings.want(scene)
    page.anchors.settle()
    if known := named(of_kind(mentions, Actor)):
        page.remark(f"names {known}")
    if cast.speakers:
        says = ", ".join(
            f"id:{m.iri.removeprefix(ID.iri)}"
            for m in cast.speakers
            if isinstance(m, Actor | Person)
        )
        page.remark(f"said by {says}: prov:wasAttributedTo, on the quotes of what is said")
    for mention in people:
        actors.write(page, mention)
    happenings.write(scene)
    if english:
        for words, question in topics.find(page.text, page.start, page.end, mentions, cast):
            page.ask(words, question)
    for place in of_kind(mentions, Place):
        if place.iri in scene.used:
            actors.write(page, place)
        elif place.ask:
            page.ask(place.text, place.ask)


def article_with(text: str, store: Store) -> str:
    """Name the article of the graph that has this very text; empty where none has it."""
    same = digest(text)
    articles = nodes(store, SCHEMA.NewsArticle)
    return next((iri for iri in articles if same in store.objects(iri, NR.sha256)), "")
