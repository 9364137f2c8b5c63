"""Locate validation results in the source files.

Only what is asked for is read: see `source_file`. This module is imported only where there is a
problem to locate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ..text.places import Place
from ..text.turtle import Token, Triple
from .inputs import Document
from .results import Compound, Path, Term
from .source_file import SourceFile
from .source_index import SourceIndex

#: In each round a path leads from one statement to the next; no further than this.
_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be located.

    Attributes:
        focus: A node.
        path: The path from the node to the value; None if it is the node itself.
        value: The value; None if it is one that is missing.
    """

    focus: Term
    path: Path | None = None
    value: Term | None = None


@dataclass(frozen=True, slots=True)
class _Step:
    """A node on a path, and the triple that leads to it; none for the focus node."""

    node: Term
    file: SourceFile | None = None
    triple: Triple | None = None


def locate(
    documents: Iterable[Document], questions: Sequence[Question], graph: ox.Store | None = None
) -> list[Place | None]:
    """Find the places of focus nodes and values.

    A value is where its triple has it as the object; so it is for an inverse path, where that is
    the focus node and the line shows the link. Without a value, or where it cannot be found: the
    predicate, if the focus node has a triple with the first predicate of the path, else the first
    statement of the focus node, else the first place where it is written at all. Files come in
    order; blank nodes are called as in `inputs`, and found quicker with the graph of the files.

    The cost is that of reading the files, so everything is asked at once. The answer has the order
    of the questions, and None for what no file has; the line is 0 where the format of the file has
    no positions.
    """
    view = SourceIndex([SourceFile(document) for document in documents], graph)
    places: list[Place | None] = [None] * len(questions)
    pending: Sequence[int] = range(len(questions))
    for _ in range(_ROUNDS):
        unanswered = []
        for number in pending:
            view.missing = False
            question = questions[number]
            focus, value = view.translated(question.focus), question.value
            if value is not None:
                value = view.translated(value)
            if not view.missing:
                places[number] = _place(focus, question.path, value, view)
            if view.missing:
                unanswered.append(number)
        if not unanswered:
            break
        pending = unanswered
        view.fetch()
    return places


def _place(focus: Term, path: Path | None, value: Term | None, view: SourceIndex) -> Place | None:
    if value is not None and (path is not None or value != focus):
        found = _value(focus, path, value, view)
        if found:
            return found
        if view.missing:
            return None
    if path is not None:
        first = _first(path)
        for file, triple in view.about(focus):
            if triple.predicate.term in first:
                return file.place(triple.predicate)
    token: Token | None = None
    for file, triple in view.about(focus):
        if token is None:
            holder, token = file, triple.subject
        elif file is holder and (0 <= triple.subject.start < token.start or token.start < 0):
            token = triple.subject
    if token is not None:
        return holder.place(token)
    return None if view.missing else view.mention(focus)


def _value(focus: Term, path: Path | None, value: Term, view: SourceIndex) -> Place | None:
    if isinstance(value, ox.BlankNode):
        # Only a file that is asked about it gives blank nodes their names.
        next(view.about(value), None)
    if isinstance(path, Compound):
        if path.kind == "inverse" and isinstance(path.parts[0], ox.NamedNode):
            # It is cheaper to look at the one value than at all that is linked to the node.
            return _value(value, path.parts[0], focus, view)
        for step in _follow(path, [_Step(focus)], view, False):
            if step.node == value and step.file and step.triple:
                return step.file.place(step.triple.object)
        return None
    stated = view.stating(focus, path, value)
    return stated[0].place(stated[1].object) if stated else None


def _first(path: Path) -> set[Term]:
    """Give the predicates that a path may begin with at its focus node."""
    if isinstance(path, ox.NamedNode):
        return {path}
    if path.kind == "inverse":
        return set()
    parts = path.parts if path.kind == "alternative" else path.parts[:1]
    return {predicate for part in parts for predicate in _first(part)}


def _follow(path: Path, steps: list[_Step], view: SourceIndex, back: bool) -> list[_Step]:
    """Go along a path from all nodes at once, as far as statements are known."""
    if isinstance(path, ox.NamedNode):
        return _distinct(
            _Step((triple.subject if back else triple.object).term, file, triple)
            for step in steps
            for file, triple in (view.linked(step.node) if back else view.about(step.node))
            if triple.predicate.term == path
        )
    if path.kind == "inverse":
        return _follow(path.parts[0], steps, view, not back)
    if path.kind == "sequence":
        for part in reversed(path.parts) if back else path.parts:
            steps = _follow(part, steps, view, back)
        return steps
    if path.kind == "alternative":
        ways = (_follow(part, steps, view, back) for part in path.parts)
        return _distinct(step for way in ways for step in way)
    [part] = path.parts
    if path.kind == "zeroOrOne":
        return _distinct((*steps, *_follow(part, steps, view, back)))
    reached = {} if path.kind == "oneOrMore" else {step.node: step for step in steps}
    while steps:
        further = _follow(part, steps, view, back)
        steps = [step for step in further if step.node not in reached]
        reached.update((step.node, step) for step in steps)
    return list(reached.values())


def _distinct(steps: Iterable[_Step]) -> list[_Step]:
    found: dict[Term, _Step] = {}
    for step in steps:
        found.setdefault(step.node, step)
    return list(found.values())
