"""Concepts that no list declares or that don't fit: what to write, and one problem each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Final

import pyoxigraph as ox

from ..graph.concepts import lists_of, members
from ..graph.nearest_terms import did_you_mean, short
from ..graph.terms import NR, NRC, NRS, RDF, SKOS, local_name
from ..text.places import Place
from ..text.wording import words
from .results import Problem, Result

_UNDECLARED: Final = NRS.DeclaredConcept
_TOPIC: Final = NRS.ConcernedTopic
_SHAPES: Final = (_UNDECLARED, NRS.Kind, _TOPIC)
_KIND: Final = ox.NamedNode(NR.hasKind)
#: So many further places of one concept are named.
_SHOWN: Final = 3


class Concepts:
    """What to write instead of a concept, by the lists of a graph."""

    def __init__(self, graph: ox.Store) -> None:
        self._graph = graph
        self._lists = cache(lambda classes: lists_of(graph, *classes))
        self._members = cache(lambda lists: frozenset(members(graph, lists or self._all_lists())))

    def hint(self, result: Result) -> str:
        """Give the nearest concepts that fit, and the command or the lines that help further.

        Returns:
            The hint; empty for a result that isn't about a concept.
        """
        value = result.value
        if result.shape.value not in _SHAPES or value is None:
            return ""
        topic = result.shape.value == _TOPIC
        classes = self._classes(result)
        lists = (NRC["scheme-topic"],) if topic else tuple(self._lists(classes)) if classes else ()
        if classes and not lists:
            return f"no list has kinds for the class {short(classes[0])}"
        text = isinstance(value, ox.Literal)
        iri = NRC[value.value.replace(" ", "-")] if text else value.value
        fitting = self._members(lists)
        # A text may be the name of what fits.
        written = text and iri in fitting
        near = f"write {short(iri)};" if written else did_you_mean(iri, fitting)
        name = "topic" if topic else words(local_name(classes[0])) if classes else ""
        command = f"passex kinds {repr(name) if ' ' in name else name}".strip().replace("'", '"')
        told = f"{near} '{command}' lists what there is".strip()
        if near or result.shape.value != _UNDECLARED:
            return told
        return f"{told}; or declare it, here or in a file of concepts:\n" + _declaration(iri, lists)

    def _classes(self, result: Result) -> tuple[str, ...]:
        """The classes of the node whose kind it is; none where it is no kind."""
        focus = result.focus
        if not isinstance(focus, ox.NamedNode):
            return ()
        if result.path == _KIND:
            return self._values(focus, RDF.type)
        if self._values(focus, NR.onProperty) != (NR.hasKind,):
            return ()
        about = self._values(focus, NR.about)
        return tuple(c for iri in about for c in self._values(ox.NamedNode(iri), RDF.type))

    def _values(self, node: ox.NamedNode, name: str) -> tuple[str, ...]:
        quads = self._graph.quads_for_pattern(node, ox.NamedNode(name), None)
        return tuple(sorted(q.object.value for q in quads if isinstance(q.object, ox.NamedNode)))

    def _all_lists(self) -> set[str]:
        quads = self._graph.quads_for_pattern(None, ox.NamedNode(SKOS.inScheme), None)
        return {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}


def _declaration(iri: str, lists: tuple[str, ...]) -> str:
    """Write the lines that declare a concept, with dots for what only its author knows."""
    first, *others = sorted(lists) or [NRC["scheme-…"]]
    more = f" # or {', '.join(map(short, others))}" if others else ""
    return "\n".join(
        (
            f"@prefix skos: <{SKOS}> .",
            f"{short(iri)} a skos:Concept ;",
            f"    skos:inScheme {short(first)} ;{more}",
            "    # skos:broader nrc:… ;",
            f'    skos:prefLabel "{local_name(iri).replace("-", " ")}"@en ;',
            '    skos:definition "…"@en .',
        )
    )


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Keep one problem of all that there are with a concept that no list declares.

    It is neither a kind that fits nor a value that a claim supports, wherever it stands; that
    nothing declares it is the cause, and is said where it stands first, nodes before claims.

    Returns:
        The problems, in their order; the one that is left names further places.
    """
    listed = list(problems)
    by_concept: dict[str, list[Problem]] = defaultdict(list)
    for problem in listed:
        if problem.rule == _UNDECLARED:
            by_concept[problem.value].append(problem)
    kept = {value: _joined(group) for value, group in by_concept.items()}
    found = []
    for problem in listed:
        one = kept.get(problem.value)
        if one is None:
            found.append(problem)
        elif problem.rule == _UNDECLARED and problem is by_concept[problem.value][0]:
            found.append(one)
    return found


def _joined(group: list[Problem]) -> Problem:
    def order(problem: Problem) -> tuple[bool, str, int, int]:
        place = problem.place or Place("")
        return problem.path.endswith("hasValue"), place.file, place.line, place.column

    first, *others = sorted(group, key=order)
    where = [str(other.place) for other in others if other.place and other.place != first.place]
    if not where:
        return first
    more = ", …" if len(where) > _SHOWN else ""
    return replace(first, message=f"{first.message} Also at {', '.join(where[:_SHOWN])}{more}.")
