"""Focus nodes as patterns of SPARQL, so that they never have to leave the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from ...graph.lexical import Keeper
from ...graph.terms import RDF, RDFS
from ..results import Compound, Path, Term
from .model import Targets, in_sparql, nullable

#: Stands for the variable in a pattern.
_SLOT: Final = "\0"
_IS_A: Final = f"<{RDF.type}>"


@dataclass(frozen=True, slots=True)
class Focus:
    """A set of focus nodes.

    Attributes:
        pattern: A pattern that binds each of them once; empty if there are none.
        depth: How many paths lead to them.
        test: A pattern that any node matches once if it is one of them, quick where the node is
            known already; empty if there is no such pattern.
        implied: The predicates whose subjects are all among them.
        common: A predicate that each of them has, as its subjects and nothing else are meant.
    """

    pattern: str
    depth: int = 0
    test: str = ""
    implied: frozenset[ox.NamedNode] = frozenset()
    common: ox.NamedNode | None = None

    def text(self, variable: str = "?this") -> str:
        """Write the pattern for a variable."""
        return self.pattern.replace(_SLOT, variable)

    def values(self, path: Path | None) -> str:
        """Write a pattern for ``?this`` and its values, ``?value``, by a path.

        A value can come more than once if `repeats` or `nullable` says so.
        """
        if path is None:
            return self.text()
        if self.leads(path):
            return f"?this {in_sparql(path)} ?value ."
        return self._led("?this", path, "?value")

    def leads(self, path: Path) -> bool:
        """Tell whether a path begins with a predicate whose subjects are all among the nodes."""
        if isinstance(path, Compound) and path.kind == "sequence":
            path = path.parts[0]
        return path in self.implied

    def _led(self, start: str, path: Path, end: str) -> str:
        step = f"{self.text(start)} {start} {in_sparql(path)} {end} ."
        if not nullable(path):
            return step
        # A node that no triple has leads to itself too; a pattern alone would not find it.
        return f"{{ {self.text(start)} BIND({start} AS {end}) }} UNION {{ {step} }}"

    def listed(self, pattern: str) -> Focus:
        """Give the same nodes by another pattern, written for ``?this``; empty for none."""
        return Focus(pattern.replace("?this", _SLOT), self.depth)

    def membership(self) -> str:
        """Write a pattern to put after others, which keeps what is said of these nodes."""
        return f"LATERAL {{ {self.test.replace(_SLOT, '?this')} }}" if self.test else ""

    def beyond(self, path: Path | None) -> Focus:
        """Give the values by a path as focus nodes."""
        if path is None:
            return self
        step = self._led(f"?_{self.depth}", path, _SLOT)
        return Focus(f"{{ SELECT DISTINCT {_SLOT} {{ {step} }} }}", self.depth + 1)


class Classes:
    """The classes of a graph, data and ontology, and what they are subclasses of."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._below: dict[Term, list[Term]] = {}
        subclass_of = ox.NamedNode(RDFS.subClassOf)
        for quad in store.quads_for_pattern(None, subclass_of, None, ox.DefaultGraph()):
            below, above = quad.subject, quad.object
            if not isinstance(below, ox.Triple) and not isinstance(above, ox.Triple):
                self._below.setdefault(above, []).append(below)
        self._inhabited: dict[Term, bool] = {}

    def inhabited(self, top: Term) -> list[Term]:
        """List a class and its subclasses, as far as they have instances, in a stable order."""
        found, pending = {top}, [top]
        while pending:
            for below in self._below.get(pending.pop(), ()):
                if below not in found:
                    found.add(below)
                    pending.append(below)
        return sorted((term for term in found if self._has_instances(term)), key=str)

    def _has_instances(self, term: Term) -> bool:
        if term not in self._inhabited:
            kind = ox.NamedNode(RDF.type)
            quads = self._store.quads_for_pattern(None, kind, term, ox.DefaultGraph())
            self._inhabited[term] = next(quads, None) is not None
        return self._inhabited[term]

    def instances(self, tops: Iterable[Term], variable: str, once: bool = False) -> str:
        """Write a pattern for the instances of classes, each but once if asked; empty for none."""
        tops = tuple(tops)
        classes, listed = self._below_any(tops)
        if not classes:
            return ""
        if not listed:
            above = " ".join(map(str, tops))
            body = f"VALUES ?_top {{ {above} }} {variable} {_IS_A}/<{RDFS.subClassOf}>* ?_top ."
        elif len(classes) == 1:
            return f"{variable} {_IS_A} {classes[0]} ."
        else:
            body = f"VALUES ?_class {{ {' '.join(classes)} }} {variable} {_IS_A} ?_class ."
        return f"{{ SELECT DISTINCT {variable} {{ {body} }} }}" if once else body

    def test(self, tops: Iterable[Term], variable: str) -> str:
        """Write a pattern that a node which is known already matches if it is an instance.

        The pattern may match more than once; it is empty if there are no instances.
        """
        tops = tuple(tops)
        classes, listed = self._below_any(tops)
        if len(classes) < 2 or not listed:
            return self.instances(tops, variable)
        return f"{variable} {_IS_A} ?_class FILTER(?_class IN ({', '.join(classes)}))"

    def _below_any(self, tops: Iterable[Term]) -> tuple[list[str], bool]:
        """List the classes below some, and tell whether a query can list them: blank ones not."""
        classes = dict.fromkeys(found for top in tops for found in self.inhabited(top))
        blank = any(isinstance(term, ox.BlankNode) for term in classes)
        return [str(term) for term in classes], not blank


def of_targets(targets: Targets, classes: Classes, keeper: Keeper) -> Focus:
    """Give the focus nodes of a shape's targets in data with some classes."""
    parts, tests = list[str](), list[str]()
    if targets.classes and (pattern := classes.instances(targets.classes, _SLOT, once=True)):
        parts.append(pattern)
        tests.append(classes.test(targets.classes, _SLOT))
    if targets.nodes:
        stored = (keeper.stored(n) if isinstance(n, ox.Literal) else n for n in targets.nodes)
        parts.append(f"VALUES {_SLOT} {{ {' '.join(map(str, stored))} }}")
    parts += [f"{_SLOT} {predicate} ?_o ." for predicate in targets.subjects_of]
    parts += [f"?_s {predicate} {_SLOT} ." for predicate in targets.objects_of]
    if not parts:
        return Focus("")
    may_repeat = bool(targets.subjects_of or targets.objects_of)
    return Focus(
        _once(parts) if len(parts) > 1 or may_repeat else parts[0],
        # Nodes that are listed are few, and a list binds anew, which `LATERAL` does not allow.
        test="" if targets.nodes else _once(tests + parts[bool(tests) :]),
        implied=frozenset(targets.subjects_of),
        common=targets.subjects_of[0] if len(parts) == len(targets.subjects_of) == 1 else None,
    )


def _once(parts: list[str]) -> str:
    """Write a pattern that binds what matches any of some patterns once."""
    union = " UNION ".join(f"{{ {part} }}" for part in parts)
    return f"{{ SELECT DISTINCT {_SLOT} {{ {union} }} }}"
