"""The left column of a review: the text with every quote marked, or the quotes alone."""

from __future__ import annotations

from collections.abc import Iterator

from ...curation.draft.zones import Zone
from ...curation.review import BODY, COMMENTS, Review
from ...text.html import shown
from ..whereabouts import where
from .marks import Piece, framed, pieces


def weakness(kind: str) -> str:
    """Say what evidence in a kind of zone is worth; empty for the body, and for rows of a table.

    Example:
        >>> weakness("key-points"), weakness("body")
        ('weak evidence', '')
    """
    if kind == COMMENTS:
        return "no evidence"
    return "" if kind in (BODY, "row") else "weak evidence" if kind else "no evidence"


def called(kind: str) -> str:
    """Call a kind of zone in words."""
    return kind.replace("-", " ") or "in no zone"


class Left:
    """The left column.

    Args:
        review: The review.

    Attributes:
        targets: By the number of a quote, the name of the element with which it begins.
    """

    def __init__(self, review: Review) -> None:
        self._review = review
        self._places = [(quote.anchor.start, quote.anchor.end) for quote in review.quotes]
        self.targets = self._targets()

    def _targets(self) -> dict[int, str]:
        if self._review.text is None:
            return {number: f"q{number + 1}" for number in range(len(self._places))}
        first: dict[int, int] = {}
        targets = {}
        for number, (start, end) in enumerate(self._places):
            # Those that begin together begin with one element.
            if start < min(end, len(self._review.text)):
                targets[number] = f"q{first.setdefault(start, number) + 1}"
        return targets

    def html(self) -> Iterator[str]:
        """Write it, piece by piece."""
        text = self._review.text
        if text is None:
            yield '<ol class="rows">\n'
            yield from (self._row(number) for number in range(len(self._places)))
            yield "</ol>\n"
            return
        bare = set(self._review.unclaimed)
        for zone in self._review.zones:
            yield from self._zone(text, zone, bare)

    def _row(self, number: int) -> str:
        quote = self._review.quotes[number]
        zone = quote.anchor.zone
        kind = COMMENTS if zone == COMMENTS else "weak" if weakness(zone) else ""
        words = self._marked(f"<q>{shown(quote.anchor.exact)}</q>", (number,), (number,))
        worth = f" ({weakness(zone)})" if weakness(zone) else ""
        in_zone = "" if self._review.is_table else f" · {called(zone)}{worth}"
        return (
            f'<li class="{kind}"><span dir="auto">{words}</span> '
            f'<span class="detail">{where(quote.anchor)}{in_zone}</span></li>\n'
        )

    def _zone(self, text: str, zone: Zone, bare: set[tuple[int, int]]) -> Iterator[str]:
        review = self._review
        inside = range(len(review.sentences))
        numbers = [n for n in inside if zone.start <= review.sentences[n][0] < zone.end]
        own = [review.sentences[n] for n in numbers]
        wide = framed(text, zone.start, zone.end, own)
        kind = zone.kind or ("blank" if text[zone.start : zone.end].isspace() else "none")
        weak = "weak" if weakness(zone.kind) == "weak evidence" else ""
        worth = f": {weakness(zone.kind)}" if weakness(zone.kind) else ""
        if kind != "blank":
            label = called(zone.kind)
            yield f'<section class="zone {shown(kind)} {weak}" aria-label="{shown(label)}">'
            yield f'<p class="label">{shown(label[:1].upper() + label[1:] + worth)}</p>'
        else:
            yield '<div class="zone blank">'
        yield '<div class="t">'
        before = -1
        for piece in pieces(zone.start, zone.end, self._places, wide):
            if piece.sentence != before:
                yield "</span>" if before >= 0 else ""
                before = piece.sentence
                yield _opened(numbers[before], own[before] in bare) if before >= 0 else ""
            yield self._piece(text, piece)
        yield "</span>" if before >= 0 else ""
        yield "</div></div>\n" if kind == "blank" else "</div></section>\n"

    def _piece(self, text: str, piece: Piece) -> str:
        words = shown(text[piece.start : piece.end])
        return self._marked(words, piece.quotes, piece.begins) if piece.quotes else words

    def _marked(self, words: str, inside: tuple[int, ...], begins: tuple[int, ...]) -> str:
        """Mark words that stand in quotes; where one begins is a link to the claims on it."""
        quotes = self._review.quotes
        of = f'data-q="{" ".join(str(number + 1) for number in inside)}"'
        looks = ["q"]
        looks += ["wrong"] if any(quotes[number].there is not None for number in inside) else []
        claims = sorted({claim for number in begins for claim in quotes[number].claims})
        if not begins:
            return f'<mark class="{" ".join(looks)}" {of}>{words}</mark>'
        name = self.targets[begins[0]]
        numbers = ", ".join(str(number + 1) for number in begins)
        if not claims:
            looks.append("idle")
        to = f"c{claims[0] + 1}" if claims else f"u{begins[0] + 1}"
        count = len(claims) if len(begins) == 1 else -1
        described = f' aria-describedby="n{count}"' if count >= 0 else ""
        return (
            f'<a class="{" ".join(looks)}" id="{name}" href="#{to}" data-n="{numbers}"'
            f"{described} {of}>{words}</a>"
        )


def _opened(number: int, bare: bool) -> str:
    """Open the element of a sentence; one without a claim can be led to."""
    looks = 's bare" tabindex="-1' if bare else "s"
    return f'<span class="{looks}" id="s{number + 1}">'
