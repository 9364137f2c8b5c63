"""What rules of the shapes inferred, and which problems rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph as ox

from ..graph.terms import RDF
from ..text.wording import say
from .inputs import Inputs
from .messages import term_text
from .results import Path, Result
from .rules import Finding
from .shacl import Outcome
from .shacl.model import Node
from .wording import Wording

#: So many triples of a problem are named.
_SHOWN: Final = 3
_TYPE: Final = ox.NamedNode(RDF.type)


class Inferences:
    """The triples that rules inferred, by which a problem says so that nobody wrote what is wrong.

    Args:
        outcome: What came out when the shapes were applied; None where they were not.
        inputs: The files of the shapes, in which the rules stand.
        wording: The names of shapes.
    """

    def __init__(self, outcome: Outcome | None, inputs: Inputs, wording: Wording) -> None:
        self._rules = outcome.inferred if outcome else {}
        self._shapes = outcome.shapes.shapes if outcome else {}
        self._inputs = inputs
        self._wording = wording
        self._about: dict[object, list[ox.Triple]] = {}
        for triple in self._rules:
            for node in {triple.subject, triple.object}:
                self._about.setdefault(node, []).append(triple)
        self._told: dict[Node, str] = {}

    def note(self) -> Iterator[str]:
        """Say how much was inferred, if anything was."""
        number, rules = len(self._rules), len(set(self._rules.values()))
        if number:
            yield (
                f"{say(rules, 'rule')} of the shapes inferred {say(number, 'triple')}, which "
                f"{'is' if number == 1 else 'are'} checked with the data"
            )

    def of_result(self, result: Result) -> tuple[str, ...]:
        """Name the rules on which a result rests, a line for each triple."""
        if not self._rules:
            return ()
        ends = {result.focus, result.value} - {None}
        predicates = set(_predicates(result.path))
        triples = [
            triple
            for triple in self._about.get(result.focus, ())
            if triple.predicate in predicates
            and (result.value is None or ends <= {triple.subject, triple.object})
        ]
        return tuple(self._lines([*self._looked_at(result), *triples]))

    def of_finding(self, finding: Finding) -> tuple[str, ...]:
        """Name the rule that inferred the triple that is wrong, if one did."""
        subject, predicate, value = finding.subject, finding.path, finding.value
        if subject is None or predicate is None or finding.where == "shapes":
            return ()
        triples = (
            triple
            for triple in self._about.get(subject, ())
            if (triple.subject, triple.predicate) == (subject, predicate)
            and value in (None, triple.object)
        )
        return tuple(self._lines(triples))

    def _looked_at(self, result: Result) -> Iterator[ox.Triple]:
        """Find the type by which a shape looks at a focus node, if the node has it by a rule."""
        focus = result.focus
        shape = self._shapes.get(ox.NamedNode(self._wording.identify(result.shape)))
        if shape is None or isinstance(focus, ox.Literal) or focus not in self._about:
            return
        quads = self._inputs.graph.quads_for_pattern(focus, _TYPE, None)
        types = {quad.triple for quad in quads if quad.object in shape.targets.classes}
        if types <= self._rules.keys():
            yield from types

    def _lines(self, triples: Iterable[ox.Triple]) -> Iterator[str]:
        distinct = sorted(set(triples), key=str)
        for triple in distinct[:_SHOWN]:
            terms = (triple.subject, triple.predicate, triple.object)
            text = self._wording.short(" ".join(map(term_text, terms)))
            yield f"{text} was inferred by {self._rule(self._rules[triple])}"
        if len(distinct) > _SHOWN:
            more = len(distinct) - _SHOWN
            yield f"{more} more triple{' was' if more == 1 else 's were'} inferred"

    def _rule(self, rule: Node) -> str:
        """Name a rule, with its place."""
        if rule not in self._told:
            from .locate import Question, locate

            (place,) = locate(self._inputs.shapes, [Question(rule)], self._inputs.shapes_graph)
            named = isinstance(rule, ox.NamedNode)
            name = f"the rule {self._wording.short(str(rule))}" if named else "the rule"
            self._told[rule] = f"{name} at {place}" if place else name
        return self._told[rule]


def _predicates(path: Path | None) -> Iterator[ox.NamedNode]:
    if isinstance(path, ox.NamedNode):
        yield path
    elif path is not None:
        for part in path.parts:
            yield from _predicates(part)
