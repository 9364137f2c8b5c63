"""References to quotes that no line has, and the quotes near them that may be meant."""

from __future__ import annotations

from functools import cached_property
from typing import Final, NamedTuple

import pyoxigraph as ox

from ..graph.claimed import place
from ..graph.terms import NR, OA
from .inputs import Inputs
from .results import Term

#: By so many code points both ends may be off.
_NEAR: Final = 20


class _Pair(NamedTuple):
    """A quote that is referred to and has no words, and one near it that has some.

    Attributes:
        lost: The IRI of the former.
        there: That of the latter.
        is_used: Whether something refers to the latter too.
    """

    lost: str
    there: str
    is_used: bool


class LostQuotes:
    """What was meant where something refers to a quote of a text that no line has.

    Args:
        inputs: The inputs of a validation.
    """

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs

    def hint(self, focus: Term) -> str:
        """Say of a quote which line to change: of a lost one, or of the unused one near it."""
        pair = self._pairs.get(focus.value) if isinstance(focus, ox.NamedNode) else None
        if pair is None:
            return ""
        lost, there = (f"<#{iri.rpartition('#')[2]}>" for iri in (pair.lost, pair.there))
        if pair.is_used:
            return f"did you mean {there}, {self._line(pair.there)}?"
        _, start, end = place(pair.lost)
        lengths = {len(words) for words in self._words[pair.there]}
        _, *own = place(pair.there)
        if lengths == {end - start} != {own[1] - own[0]}:
            return (
                f"the words of {there}, {self._line(pair.there)}, are as long as {lost}, "
                f"{self._line(pair.lost)}: write that there, if they begin at {start}"
            )
        return (
            f"did you mean {there}, {self._line(pair.there)}, "
            f"or is that to be {lost}, as {self._line(pair.lost)} has it?"
        )

    @cached_property
    def _words(self) -> dict[str, set[str]]:
        """The words of the quotes, by IRI."""
        found: dict[str, set[str]] = {}
        graph = self._inputs.graph
        for quad in graph.quads_for_pattern(None, ox.NamedNode(OA.exact), None):
            quote, words = quad.subject, quad.object
            if isinstance(quote, ox.NamedNode) and isinstance(words, ox.Literal):
                found.setdefault(quote.value, set()).add(words.value)
        return found

    @cached_property
    def _pairs(self) -> dict[str, _Pair]:
        graph = self._inputs.graph
        quads = graph.quads_for_pattern(None, ox.NamedNode(NR.hasEvidence), None)
        used = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
        pairs: dict[str, _Pair] = {}
        for lost in sorted(used - self._words.keys()):
            article, *ends = place(lost)
            near = []
            for there in self._words if article else ():
                of, *own = place(there)
                off = [abs(a - b) for a, b in zip(ends, own, strict=True)]
                if of == article and max(off) <= _NEAR:
                    near.append((there in used, sum(off), there))
            if near:
                is_used, _, there = min(near)
                pairs[lost] = pair = _Pair(lost, there, is_used)
                if not is_used:
                    pairs.setdefault(there, pair)
        return pairs

    def _line(self, quote: str) -> str:
        from .locate import Question, locate  # slow to import, and of no use without a problem

        inputs = self._inputs
        (found,) = locate(inputs.data, [Question(ox.NamedNode(quote))], inputs.graph)
        if found is None:
            return "elsewhere"
        return f"line {found.line}" if len(inputs.data) == 1 else f"{found.file}:{found.line}"
