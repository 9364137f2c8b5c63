"""Proposals for what happens in a sentence: exercises, other events, numbers, and times."""

from __future__ import annotations

import re
from typing import Final

from . import continuing, event_proposals, timing
from .exercise_names import NOUN
from .exercise_proposals import Exercises
from .mentions import Count, Date, of_kind
from .naming import Iris
from .scene import Node, Scene
from .statements import name

#: With these a sentence goes on about what was told before.
_ON: Final = re.compile(
    rf"(?:It|They|(?:The|This|That) (?:[\w-]+ ){{0,3}}?{NOUN})\b", re.IGNORECASE
)
_DOMAIN: Final = re.compile(r"\b(?:at sea|in the air|on land|ashore|under ?water|in port)\b")


class Happenings:
    """Writes what happens, sentence by sentence.

    Args:
        iris: Gives IRIs to what has none.
        year: The year of the file's name, in two digits.
        known: The exercises and plans that the graph has, by their names, folded.
    """

    def __init__(self, iris: Iris, year: str, known: continuing.Exercises) -> None:
        self._iris, self._year = iris, year
        self._exercises = Exercises(iris, year, known)

    def _unused(self, scene: Scene, date: Date, whole: Node | None) -> None:
        """Say the days of a time that no proposal has, or ask whether they are the exercise's."""
        page, days = scene.page, timing.say(date)
        alone = scene.happening is None and not scene.others and not page.doubts.denial
        if whole and alone and date not in scene.spoken and _ON.match(page.text, page.start):
            page.ask(date.text, f"a time of {name(whole.iri)}? It is {days}.")
        else:
            page.remark(f'"{date.text}" is {days}')

    def want(self, scene: Scene) -> None:
        """Ask for the anchors that `write` will need."""
        scene.want()
        if scene.happening or scene.others or self._exercises.last:
            for count in of_kind(scene.mentions, Count):
                scene.page.anchors.want(count.start, count.end)

    def write(self, scene: Scene) -> None:
        """Propose what a sentence tells of."""
        page, happening = scene.page, scene.happening
        for date in of_kind(scene.mentions, Date):
            if date.ask:
                days = timing.say(date)
                page.ask(
                    date.text,
                    date.ask if days in date.ask else f"{date.ask} One reading is {days}.",
                )
        about: Node | None = None
        if happening is not None and (scene.names or not scene.phase):
            about = self._exercises.write(scene, happening)
            silent = about is None and not page.asks(happening.text)
            if silent and (happening.status or not happening.hedged):
                page.ask(happening.text, "of which exercise or plan?")
        setting = about if happening and happening.setting else None
        accident: Node | None = None
        for other in scene.others:
            node = event_proposals.event(scene, other, setting, self._iris, self._year)
            accident = accident or node
        whole = about or accident or self._exercises.sole
        if scene.phase:
            of = f" of {name(whole.iri)}" if whole else ""
            page.ask(
                scene.phase,
                f"a part{of} (dcterms:isPartOf), with its own parties, place and time?",
            )
        # What isn't clear happened to somebody, and the numbers may be of that.
        unclear = bool(scene.others) and accident is None
        if not page.doubts.denial:
            event_proposals.counts(scene, None if unclear else whole, accident)
        for date in of_kind(scene.mentions, Date):
            if not date.ask and not page.says(date.text):
                self._unused(scene, date, whole)
        on = _ON.match(page.text, page.start)
        domain = _DOMAIN.search(page.text, page.start, page.end)
        again = happening is None or happening.definite
        if again and not scene.others and whole and on and domain:
            page.ask(domain[0], f"nr:hasDomain of {name(whole.iri)}?")
