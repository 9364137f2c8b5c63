"""A review as a page of HTML, which needs nothing else: the text beside the claims on it.

It is HTML from the start, so that it can be read without its script, which only shows what belongs
together. What the page says of itself is counted here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...curation.review import Review
from ...graph.version import __version__
from ...text import html
from ...text.wording import say
from .cards import Cards, problem_html
from .left import Left


def write(review: Review) -> Iterator[str]:
    """Write the page, piece by piece. The same review gives the same bytes.

    Example:
        >>> from passex import load
        >>> from passex.curation.review import find, review
        >>> store = load().store
        >>> "".join(write(review(store, find(store, "2018-passex")))).splitlines()[0]
        '<!doctype html>'
    """
    left = Left(review)
    cards = Cards(review, left.targets)
    bare = len(review.unclaimed)
    step = f'<button id="next" type="button">Next without a claim ({bare})</button>' if bare else ""
    parts: dict[str, str | Iterator[str]] = {
        "version": __version__,
        "title": html.shown(review.source.label),
        "tools": step,
        "sub": html.shown(_sub(review)),
        "left": _heading(review),
        "notes": "\n".join(_notes(review)),
        "text": left.html(),
        "right": say(len(review.claims), "claim", ","),
        "claims": cards.html(),
        "legend": _legend(review),
        # What marks are described by: how many claims rest on them.
        "counts": "".join(
            f'<span id="n{number}" hidden>{say(number, "claim")}</span>'
            for number in sorted({len(quote.claims) for quote in review.quotes})
        ),
    }
    title = html.shown(f"Review: {review.source.label}")
    yield from html.page(__name__, "review", "review", title, f"Passex {__version__}", parts)


def _heading(review: Review) -> str:
    if review.is_table:
        return "Rows"
    return "Quotes" if review.text is None else "Text"


def _sub(review: Review) -> str:
    quotes = say(len(review.quotes), "row" if review.is_table else "quote", ",")
    on_none = sum(not claim.evidence for claim in review.claims)
    parts = [
        review.title,
        review.when,
        "" if review.text is None else say(len(review.text), "character", ","),
        f"{say(len(review.claims), 'claim', ',')} and {quotes}",
        f"{say(on_none, 'claim', ',')} on no quote" if on_none else "",
    ]
    return " · ".join(filter(None, parts))


def _notes(review: Review) -> Iterator[str]:
    """Say what has to be known before anything is read."""
    if review.note:
        yield f'<p class="caveat">{html.shown(review.note)}</p>'
    if review.text is not None:
        yield (
            '<p class="caveat"><strong>This page holds the text of the article.</strong> It is for '
            "review alone, and must not be published.</p>"
        )
        coverage = html.shown(review.coverage)
        yield f'<p class="detail cover">{coverage[:1].upper()}{coverage[1:]}.</p>'
    elif review.is_table:
        yield (
            '<p class="caveat">A data set has no text: its quotes are the keys of its rows, in '
            "order; row 1 is the header.</p>"
        )
        if review.rest:
            read = f"The first {say(len(review.quotes), 'row', ',')}, and the claims on them"
            yield f'<p class="detail">{read}; {review.rest:,} more: <code>--all</code>.</p>'
    else:
        yield (
            '<p class="caveat">The text was not given (<code>--texts</code>): its quotes stand in '
            "order, with their offsets. Which sentences carry no claim can't be told.</p>"
        )
    if review.checked is not None:
        here = sum(map(len, review.problems.values()))
        yield (
            f'<p class="detail">A validation of the graph found {say(review.checked, "problem")}: '
            f"{here} of them of what is on this page.</p>"
        )
        for problem in review.problems.get(review.source.iri, ()):
            yield problem_html(problem)


def _legend(review: Review) -> str:
    if review.text is None:
        return "Evidence is a place and the few words that carry the fact."
    return (
        "Underlined: a quote; broken, outside the body, where evidence is weak. On a ground of its "
        "own: a sentence of the body without a claim. Grey: readers' comments, which are no "
        "evidence, and what is in no zone."
    )
