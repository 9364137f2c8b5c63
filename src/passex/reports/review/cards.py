"""The right column of a review: the claims, by sentence and by the node that they are about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ...curation.review import Review
from ...evidence.claims import Anchor, Claim
from ...text.html import shown
from ...validation.results import Problem
from ..text import rule_name
from ..whereabouts import characters, where
from .left import called, weakness

#: Behind every place in a text.
_LAST: Final = 1 << 62
#: What a claim is if it says nothing else, and isn't said.
_USUAL: Final = ("certain", "stated")
#: So much is shown of what a text has in the place of a quote.
_MOST: Final = 80


def problem_html(problem: Problem) -> str:
    """Write a problem of a validation.

    Example:
        >>> from passex.validation.results import Problem, Severity
        >>> print(problem_html(Problem("a-rule", "", Severity.INFO, "two < 3")))
        <p class="problem" dir="auto">info: two &lt; 3 (a-rule)</p>
    """
    hint = f"; {problem.hint}" if problem.hint else ""
    said = f"{problem.severity.value}: {problem.message} ({rule_name(problem)}){hint}"
    return f'<p class="problem" dir="auto">{shown(said)}</p>'


@dataclass(slots=True)
class Group:
    """What stands under one heading: a sentence, a zone, a row, or no quote at all.

    Attributes:
        start: Where it begins in the text.
        title: The heading.
        note: What stands beside it.
        target: The element that the note leads to; empty for none.
        claims: The numbers of its claims.
        odd: The numbers of quotes on which no claim rests, or which the text has otherwise.
    """

    start: int
    title: str
    note: str = ""
    target: str = ""
    claims: list[int] = field(default_factory=list)
    odd: list[int] = field(default_factory=list)


class Cards:
    """The right column.

    Args:
        review: The review.
        targets: By the number of a quote, the name of the element with which it begins.
    """

    def __init__(self, review: Review, targets: Mapping[int, str]) -> None:
        self._review = review
        self._targets = targets
        self._number = {quote.anchor.iri: n for n, quote in enumerate(review.quotes)}
        self._sentences = [start for start, _ in review.sentences]
        self._zones = [zone.start for zone in review.zones]
        self._told = set[str]()

    def html(self) -> Iterator[str]:
        """Write it, piece by piece: in the order of the text, and then what rests on no quote."""
        groups = sorted(self._groups().values(), key=lambda group: group.start)
        if not self._review.claims:
            what = "rows of the data set" if self._review.is_table else "quotes of the article"
            yield f'<p class="empty">No claim in this graph rests on the {what}.</p>\n'
        for group in groups:
            yield from self._group(group)

    def _groups(self) -> dict[str, Group]:
        review, groups = self._review, dict[str, Group]()

        def of(group: Group) -> Group:
            return groups.setdefault(f"{group.start} {group.title}", group)

        placed = set[int]()
        for number, quote in enumerate(review.quotes):
            group = self._of_quote(quote.anchor)
            if not quote.claims or quote.there is not None:
                of(group).odd.append(number)
            of(group).claims += [claim for claim in quote.claims if claim not in placed]
            placed.update(quote.claims)
        bare = set(review.unclaimed)
        for number, span in enumerate(review.sentences):
            if span in bare:
                of(self._of_sentence(number))
        for number in range(len(review.claims)):
            if number not in placed:
                of(Group(_LAST, "On no quote of this article")).claims.append(number)
        return {key: group for key, group in groups.items() if group.claims or group.odd or bare}

    def _of_quote(self, quote: Anchor) -> Group:
        """Find the group of what stands at a quote: its sentence, or its zone."""
        at = bisect_right(self._sentences, quote.start) - 1
        # One that begins before its sentence, as with a quotation mark, is in it.
        for number in (at, at + 1):
            if 0 <= number < len(self._sentences):
                start, end = self._review.sentences[number]
                if start < quote.end and quote.start < end:
                    return self._of_sentence(number)
        if quote.zone == "row":
            return Group(quote.start, f"Row {quote.start}")
        kind = called(quote.zone)
        zone = bisect_right(self._zones, quote.start) - 1
        start = self._zones[zone] if zone >= 0 else quote.start
        title = kind[:1].upper() + kind[1:]
        if not self._zones:
            title = f"{title}, {characters(quote.start, quote.end)}"
        return Group(start, title, weakness(quote.zone))

    def _of_sentence(self, number: int) -> Group:
        start, end = self._review.sentences[number]
        title = f"Sentence {number + 1}"
        return Group(start, title, characters(start, end), f"s{number + 1}")

    def _group(self, group: Group) -> Iterator[str]:
        bare = not group.claims and not group.odd
        yield f'<section class="group{" none-claimed" if bare else ""}"><h3>{shown(group.title)}'
        if group.note:
            note = f'<a href="#{group.target}">{group.note}</a>' if group.target else group.note
            yield f' <span class="detail">{note}</span>'
        yield "</h3>\n"
        if bare:
            yield '<p class="hint">No claim.</p>\n'
        yield from map(self._odd, group.odd)
        by_node: dict[str, list[int]] = {}
        for number in group.claims:
            by_node.setdefault(self._review.claims[number].about, []).append(number)
        for about, numbers in by_node.items():
            yield from self._node(about, numbers)
        yield "</section>\n"

    def _node(self, about: str, numbers: list[int]) -> Iterator[str]:
        """Write the claims about a node: those on the same quotes below these."""
        yield f'<div class="node"><h4><bdi>{shown(self._name(about))}</bdi></h4>\n'
        if about not in self._told and about != self._review.source.iri:
            yield from map(problem_html, self._review.problems.get(about, ()))
        self._told.add(about)
        on: dict[tuple[Anchor, ...], list[int]] = {}
        for number in numbers:
            on.setdefault(self._review.claims[number].evidence, []).append(number)
        for evidence, resting in on.items():
            own = [self._number[place.iri] for place in evidence if place.iri in self._number]
            of = " ".join(str(number + 1) for number in own)
            yield f'<div class="card" data-card data-q="{of}">\n'
            yield from map(self._quote, evidence)
            for number in own:
                if (quote := self._review.quotes[number]).there is None:
                    yield from map(problem_html, self._review.problems.get(quote.anchor.iri, ()))
            yield '<ul class="claims">\n'
            yield from map(self._claim, resting)
            yield "</ul></div>\n"
        yield "</div>\n"

    def _odd(self, number: int) -> str:
        """Say what is wrong with a quote."""
        quote = self._review.quotes[number]
        said = [] if quote.claims else ["No claim rests on this quote."]
        if quote.there is not None:
            cut = quote.there[:_MOST] + ("…" if len(quote.there) > _MOST else "")
            has = f"“{cut}”" if cut else "nothing"
            said.append(f"The text has {has} there.")
        problems = "".join(map(problem_html, self._review.problems.get(quote.anchor.iri, ())))
        return (
            f'<div id="u{number + 1}" class="card" data-card data-q="{number + 1}" tabindex="-1">'
            f'{self._quote(quote.anchor)}<p class="problem" dir="auto">{shown(" ".join(said))}</p>'
            f"{problems}</div>\n"
        )

    def _name(self, iri: str) -> str:
        return self._review.names.get(iri, iri)

    def _claim(self, number: int) -> str:
        claim = self._review.claims[number]
        parts = [
            *self._says(number),
            *([f'<p class="detail">Source: {shown(claim.source)}</p>'] if claim.source else []),
            self._by(claim),
            *map(problem_html, self._review.problems.get(claim.iri, ())),
        ]
        looks = f"claim {shown(claim.basis)}"
        return f'<li id="c{number + 1}" class="{looks}" tabindex="-1">{"".join(parts)}</li>\n'

    def _says(self, number: int) -> Iterator[str]:
        """Say the fact; the label too, where somebody wrote it."""
        for name, values in self._review.facts[number]:
            yield (
                f'<p class="says"><strong>{shown(name)}:</strong> <bdi>{shown(values)}</bdi></p>'
            )
        claim = self._review.claims[number]
        node = self._name(claim.about)
        # A label that the rules wrote says no more.
        if claim.label != node and not claim.label.startswith(f"{node}:"):
            yield f'<p class="detail" dir="auto">{shown(claim.label)}</p>'

    def _quote(self, place: Anchor) -> str:
        number = self._number.get(place.iri)
        words = f'<q dir="auto">{shown(place.exact)}</q>'
        if number is None:
            of = f"{place.label}, {where(place)}" if place.article else ""
            return f'<span class="place">{words} <span class="by">{shown(of)}</span></span>'
        worth = weakness(place.zone)
        tag = f' <span class="tag possible">{called(place.zone)}: {worth}</span>' if worth else ""
        link = where(place)
        if to := self._targets.get(number):
            link = f'<a href="#{to}" data-n="{number + 1}">{link}</a>'
        return f'<span class="place" data-q="{number + 1}">{words} {link}{tag}</span>'

    def _by(self, claim: Claim) -> str:
        """Say whose words they are, and mark what isn't certain and stated."""
        said = ", ".join(
            speaker.label
            for speaker in claim.attributed_to
            if speaker.iri != self._review.source.iri and claim.basis == "stated"
        )
        via = ", ".join(outlet.label for outlet in claim.reported_via)
        parts = [f"Said by {said}" if said else "", f"via {via}" if via else ""]
        marks = [word for word in (claim.certainty, claim.basis) if word not in _USUAL]
        tags = "".join(f' <span class="tag {shown(word)}">{shown(word)}</span>' for word in marks)
        told = shown(", ".join(filter(None, parts)))
        words = f"<bdi>{told}</bdi>" if told else ""
        return f'<p class="by">{words}{tags}</p>' if told or tags else ""
