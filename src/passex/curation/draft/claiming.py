"""Claims of times and domains, as exercises and other events share them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ...graph.terms import NRC
from . import timing
from .bodies import navy_of
from .mentions import Actor, Date, Happening, Mention, Ship
from .page import Page
from .scene import Node, label_of
from .statements import day
from .vocabulary import of_the_sea

_NAVAL: Final = re.compile(
    r"\b(?:naval|navy|navies|maritime|at sea|(?:war)?ships?|frigates?|destroyers?|submarines?)\b",
    re.IGNORECASE,
)
_SKY: Final = re.compile(r"\bin the air\b|\bair force", re.IGNORECASE)
#: Parties of these classes train at sea without saying so.
_AT_SEA: Final = frozenset(("Ship", "Navy", "Formation"))


def claim_date(
    page: Page, node: Node, date: Date, when: tuple[str, str], evidence: Sequence[str]
) -> None:
    """Claim the days of something; write them on it too, where it has no time yet."""
    pairs = zip(("nr:earliest", "nr:latest"), when, strict=True)
    verbs = [verb for verb, value in pairs if value]
    if date.ask or not verbs or not evidence:
        return
    if not node.dated:
        page.state(node.iri, timing.parts(date, when))
    node.dated = True
    values = list(dict.fromkeys(day(value) for value in when if value))
    inferred = [("nr:hasBasis", ["nrc:inferred"])] if date.vague else []
    page.claim(node.iri, verbs, values, evidence, *inferred)


def domains_of(page: Page, happening: Happening, parties: Sequence[Mention]) -> list[str]:
    """Read where an exercise is held; nothing, where it goes without saying."""
    classes = {
        "Ship" if isinstance(m, Ship) else m.of for m in parties if isinstance(m, Actor | Ship)
    }
    at_sea = classes <= _AT_SEA and (bool(classes) or happening.of == "ExercisePlan")
    if at_sea or of_the_sea() & set(happening.concepts):
        return []
    flies = parties and all(label_of(m).endswith("Air Force") for m in parties)
    if NRC["air-exercise"] in happening.concepts or (
        flies and not _NAVAL.search(page.text, happening.start, happening.end)
    ):
        return ["nrc:air"]
    # At sea, where the sentence doesn't say: the claim is inferred then.
    sky = _SKY.search(page.text, page.start, page.end)
    return ["nrc:naval", "nrc:air"] if sky else ["nrc:naval"]


def is_ashore(mentions: Sequence[Mention]) -> bool:
    """Tell whether somebody takes part who doesn't train at sea without saying so."""
    return any(isinstance(m, Actor) and m.of not in _AT_SEA for m in mentions)


def is_there(mention: Mention, node: Node) -> bool:
    """Tell whether a state's navy takes part already: its ships are no further party."""
    if not isinstance(mention, Actor) or mention.by != "demonym":
        return False
    navy = navy_of(mention.iri)
    return navy is not None and navy.iri in node.parties


def is_naval(page: Page, evidence: Sequence[str]) -> bool:
    """Tell whether some quotes say that something is held at sea, or by navies."""
    return any(_NAVAL.search(page.text, *place) for place in page.places(evidence))
