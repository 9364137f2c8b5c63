"""Proposals for what happens in a sentence: exercises, other events, numbers, and times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from . import event_proposals, timing
from .exercise_proposals import Exercises
from .known import Known
from .mentions import Count, Date, of_kind
from .naming import Iris
from .scene import Node, Scene

_PHASE: Final = re.compile(r"\b(?:first|second|third|final|harbou?r|sea) phase\b")


class Happenings:
    """Writes what happens, sentence by sentence.

    Args:
        iris: Gives IRIs to what has none.
        year: The year of the file's name, in two digits.
        known: The exercises and plans that the graph has, by their names, folded.
    """

    def __init__(self, iris: Iris, year: str, known: Mapping[str, Sequence[Known]]) -> None:
        self._iris, self._year = iris, year
        self._exercises = Exercises(iris, year, known)

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
                page.ask(date.text, f"{timing.say(date)}, {date.ask}")
        about: Node | None = None
        if happening is not None:
            about = self._exercises.write(scene, happening)
        setting = about if happening and happening.setting else None
        accident: Node | None = None
        for other in scene.others:
            node = event_proposals.event(scene, other, setting, self._iris, self._year)
            accident = accident or node
        if phase := _PHASE.search(page.text, page.start, page.end):
            page.ask(phase[0], "a part of the exercise (dcterms:isPartOf)?")
        whole = about or accident or self._exercises.last
        # What isn't clear happened to somebody, and the numbers may be of that.
        unclear = bool(scene.others) and accident is None
        if not page.doubts.denial:
            event_proposals.counts(scene, None if unclear else whole, accident)
        for date in of_kind(scene.mentions, Date):
            if not date.ask and not page.says(date.text):
                page.remark(f'"{date.text}" is {timing.say(date)}')
