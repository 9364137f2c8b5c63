"""What goes on with the graph: its exercises and plans, by their names, and what is new of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from ...graph.folding import fold
from ...graph.terms import NRC
from . import timing
from .known import Known
from .mentions import Happening
from .scene import Node, Scene
from .statements import name

#: The exercises and plans of a graph by their names, folded.
Exercises: TypeAlias = Mapping[str, Sequence[Known]]

#: What makes a status of the graph an older one.
_CHANGES: Final = frozenset(
    NRC[status] for status in ("postponed", "cancelled", "broken-off", "under-way", "held")
)
_NEXT: Final = re.compile(r"\b(?:next|last|previous|another)(?: edition of)?(?: the)? \Z")


def of_graph(scene: Scene, happening: Happening, known: Exercises) -> Node | None:
    """Find what a sentence goes on about in the graph: one of its name that fits in time."""
    page, names = scene.page, scene.names
    if not names or _NEXT.search(page.text[max(page.start, names[0].start - 25) : names[0].start]):
        return None
    date = timing.nearest(scene.dates, happening)
    # What is postponed has another time now.
    moved = date is None or date.ask or happening.status == NRC.postponed
    when = ("", "") if date is None or moved else (date.earliest, date.latest)
    of = happening.of if happening.status else ""
    fitting = [
        event
        for event in known.get(fold(names[0].label), ())
        if of in ("", event.of) and event.fits(when)
    ]
    if len(fitting) > 1:
        which = " or ".join(f"{name(event.iri)} ({event.label})" for event in fitting)
        page.ask(names[0].text, f"is it {which}, or another one?")
    if len(fitting) != 1:
        return None
    [event] = fitting
    page.remark(f"goes on with {name(event.iri)} ({event.label})")
    node = Node(event.iri, event.of, -1, {*event.parties}, names[0], known=event)
    node.dated = node.domain = node.status = True
    return node


def realise(scene: Scene, node: Node, when: tuple[str, str], known: Exercises) -> None:
    """Propose which plans of the graph an exercise realises, by its name or the former one."""
    page = scene.page
    for told in (*scene.former, *scene.names[:1]):
        plans = [
            plan
            for plan in known.get(fold(told.label), ())
            if plan.of == "ExercisePlan" and plan.fits(when) and NRC.cancelled not in plan.status
        ]
        evidence = page.evidence((told.start, told.end))
        if len(plans) == 1 and evidence:
            [plan] = plans
            page.remark(f"goes on with {name(plan.iri)} ({plan.label})")
            page.state(plan.iri, [("nr:realisedBy", [name(node.iri)])])
            page.claim(plan.iri, ["nr:realisedBy"], [name(node.iri)], evidence)
            return
        if plans or told.former:
            page.ask(told.text, f"the plan that {name(node.iri)} realises (nr:realisedBy)?")


def change(scene: Scene, happening: Happening, node: Node) -> None:
    """Claim the status of what the graph has, where it is another one now."""
    page, status = scene.page, [name(happening.status)]
    if node.known is None or happening.status in node.known.status:
        return
    if happening.status not in _CHANGES:
        return  # still planned
    page.claim(node.iri, ["nr:hasStatus"], status, page.evidence(happening.verb))
    if not page.doubts.hedge:
        page.remark(f"on {name(node.iri)}, in its own file: nr:hasStatus {status[0]}")
