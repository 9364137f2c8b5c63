"""Who takes part in an exercise, and who has another role: claims, and questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from .claiming import is_ashore, is_there
from .exercise_names import NOUN
from .mentions import Mention, Person, of_kind
from .scene import Node, Scene, iris_of
from .statements import name

_TRAINED_WITH: Final = re.compile(
    rf"\b(?:train(?:ed)?|exercised|drilled|sailed|{NOUN})(?: \w+){{0,3}}? (?:with|alongside)\b"
)
#: Who only speaks of an exercise, or of whom something else is told, takes no part by that.
_NO_PART: Final = re.compile(
    r"\b(?:protest(?:s|ed|ing)?|condemn(?:s|ed|ing)?|denounc(?:e[sd]?|ing)|"
    r"critici[sz](?:e[sd]?|ing)|complain(?:s|ed|ing)?|object(?:s|ed|ing)?|"
    r"warn(?:s|ed|ing)?|shadow(?:s|ed|ing)?|split|divided|belonged|sold)\b",
    re.IGNORECASE,
)
_BOTH: Final = re.compile(
    r"\b(?:the|both|all) (?:two |three |four )?(?:countries|nations|navies|states|sides|allies)\b"
)


def add(scene: Scene, node: Node, parties: Sequence[Mention]) -> None:
    """Claim who takes part, and who has another role."""
    page = scene.page
    if node.told != page.start and _NO_PART.search(page.text, page.start, page.end):
        return
    new = [m for m in parties if m.start >= 0 and not is_there(m, node)]
    fresh = [iri for iri in iris_of(new) if iri not in node.parties]
    evidence = page.evidence(*((m.start, m.end) for m in new))
    if fresh and evidence:
        values = [name(iri) for iri in fresh]
        # What isn't certain is claimed, and doesn't go onto the node of another sentence.
        if node.told != page.start and not page.doubts.hedge:
            page.state(node.iri, [("nr:hasParticipant", values)])
        page.claim(node.iri, ["nr:hasParticipant"], values, evidence)
        if not page.doubts.hedge:
            node.parties |= set(fresh)
        if not node.domain and node.told != page.start and is_ashore(new):
            node.domain = True
            inferred = ("nr:hasBasis", ["nrc:inferred"])
            page.state(node.iri, [("nr:hasDomain", ["nrc:naval"])])
            page.claim(node.iri, ["nr:hasDomain"], ["nrc:naval"], evidence, inferred)
    _ask_contingents(scene, parties)
    for actor in scene.cast.asked:
        if not actor.ask and not scene.phase:
            page.ask(actor.text, f"does it take part in {name(node.iri)}?")
    for role, listed in scene.cast.roles.items() if not scene.phase else ():
        values = [name(iri) for iri in iris_of(listed)]
        evidence = page.evidence(*((m.start, m.end) for m in listed))
        if evidence:
            if not page.doubts.hedge:
                page.state(node.iri, [(f"nr:{role}", values)])
            page.claim(node.iri, [f"nr:{role}"], values, evidence)


def _ask_contingents(scene: Scene, parties: Sequence[Mention]) -> None:
    """Ask whether those who trained with somebody trained with each other."""
    page = scene.page
    match = _TRAINED_WITH.search(page.text, page.start, page.end)
    if match and len(parties) > 2:
        before = [m for m in parties if m.start < match.start()]
        behind = [m for m in parties if m.start >= match.end()]
        if before and behind:
            page.ask(match[0], "are they contingents (nr:inContingent), tied only across?")


def ask(scene: Scene, node: Node, parties: Sequence[Mention]) -> None:
    """Ask for who takes part, where the sentence names them by other words."""
    page = scene.page
    both = _BOTH.search(page.text, page.start, page.end)
    if both and not parties:
        page.ask(both[0], f"who takes part in {name(node.iri)}?")
    ministers = (p for p in of_kind(scene.mentions, Person) if p.post.endswith("minister"))
    states = dict.fromkeys(p.post_label for p in ministers if p.post_in)
    if len(node.parties) < 2 and len(states) > 1:
        page.ask(" and ".join(states), f"do they take part in {name(node.iri)}?")
