"""What a sentence tells of that isn't proposed: for each a question, so that nothing is missed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .mentions import Actor, Count, Mention, Ship, of_kind
from .roles import Cast
from .vocabulary import pattern_of, words_of

#: Words, and what they may be encoded as.
_TOPICS: Final = (
    (r"(?:row|dispute|stand-?off|tensions?|crisis|provocations?|threats?|incidents?)",
     "an nr:Tension, and its parties?"),
    (r"(?:alliance |defen[cs]e |peace )?(?:treaty|treaties|pact|alliance|memorandum|accord)",
     "its kind (nr:hasKind), and is it agreed, or a draft?"),
    (r"(?:[Rr]elations|[Tt]ies|friendship) (?:between|with|of)",
     "an nr:Relation, and its trend (nr:hasTrend)?"),
    (r"(?:led|leads|leading|commanded|commands|commanding|headed|heads) the (?:[\w-]+ )?"
     r"(?:exercise|drill|man(?:o|)euv(?:re|er)s|war ?game)", "an org:Post of who leads it?"),
    (r"suspend(?:ed|s)|stalled|(?:broke|cut) off (?:ties|relations)", "an nr:Suspension?"),
    (r"called (?:it|the [\w-]+|them) (?:an? )?[\w-]+|condemned|criticised|criticized|praised|"
     r"protested|welcomed|warned|denounced|deplored|hailed|applauded|objected|complained",
     "an nr:Statement of who says it?"),
)  # fmt: skip
_COMPILED: Final = tuple((re.compile(rf"\b(?:{words})\b"), ask) for words, ask in _TOPICS)
_KINDS: Final = (w for s in ("ship-kind", "aircraft-kind") for w in words_of(s) if len(w) > 3)
_KIND: Final = rf"(?i:{pattern_of(_KINDS)})"
#: A ship without name and number.
_ONE: Final = re.compile(rf"\b(?:[Aa]n?|[Oo]ne|[Aa]nother) (?:[\w-]+ ){{0,2}}?{_KIND}(?!\w)")
_CAPITALS: Final = r"[A-Z][\w.'\u2019-]*(?: [A-Z][\w.'\u2019-]*)*"
_VIA: Final = re.compile(
    rf"\btold (?:the |a )?{_CAPITALS}|"
    rf"\b(?:interview with|quoted by|reported by|cited by) (?:the )?{_CAPITALS}"
)


def find(
    text: str, start: int, end: int, mentions: Sequence[Mention], cast: Cast
) -> Iterator[tuple[str, str]]:
    """Find what is to be asked of a sentence: words, and the question.

    Args:
        start: Where the sentence begins, and where it ends.
        mentions: What it mentions.
        cast: Its actors by role.

    Example:
        >>> text = "A row between the two over fishing goes on."
        >>> list(find(text, 0, len(text), [], Cast()))
        [('row', 'an nr:Tension, and its parties?')]
    """
    for pattern, ask in _COMPILED:
        if match := pattern.search(text, start, end):
            yield match[0], ask
    for match in _VIA.finditer(text, start, end):
        yield match[0], "who passed on what was said (nr:reportedVia)?"
    counted = [(m.start, m.end) for m in of_kind(mentions, Count)]
    counted += [(m.first, m.last) for m in of_kind(mentions, Ship)]
    for match in _ONE.finditer(text, start, end):
        if not any(first < match.end() and match.start() < last for first, last in counted):
            yield match[0], "a number of one (nr:suppliedBy whose it is), or a ship with a name?"
    for actor in of_kind(mentions, Actor):
        if actor.of == "Institution" and actor not in (*cast.speakers, *cast.asked):
            yield actor.text, "does it say this (prov:wasAttributedTo), or what is its part?"
