"""Shapes as values: what a shapes graph says, once it is known to be well-formed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import pyoxigraph as ox

from ...graph.terms import SH
from ...query.parser import parse
from ...query.tree import Tree
from ..results import Path, Severity, Term, path_text
from .query_memo import Around

Node: TypeAlias = ox.NamedNode | ox.BlankNode
#: A triple of the shapes graph: subject, IRI of the predicate, value.
Statement: TypeAlias = tuple[Node, str, Term]


@dataclass(frozen=True, slots=True)
class Targets:
    """Where a shape applies.

    Attributes:
        classes: Its target classes, with the shape itself if it is a class.
        nodes: Its target nodes.
        subjects_of: Predicates whose subjects are targets.
        objects_of: Predicates whose objects are targets.
    """

    classes: tuple[Node, ...] = ()
    nodes: tuple[Term, ...] = ()
    subjects_of: tuple[ox.NamedNode, ...] = ()
    objects_of: tuple[ox.NamedNode, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there are any."""
        return bool(self.classes or self.nodes or self.subjects_of or self.objects_of)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of SHACL Core.

    Attributes:
        name: The local name of the parameter that makes it, such as ``minCount``.
        value: The parameter's value; for a list, the node it begins with.
        members: The members of a list; for ``closed`` the properties that are allowed.
        flags: The flags of a ``pattern``.
        least: The least count of a ``qualifiedValueShape``.
        most: The greatest count of a ``qualifiedValueShape``.
        siblings: The sibling shapes of a ``qualifiedValueShape``, if it is to be disjoint.
    """

    name: str
    value: Term
    members: tuple[Term, ...] = ()
    flags: str = ""
    least: int | None = None
    most: int | None = None
    siblings: tuple[Node, ...] = ()

    @property
    def components(self) -> tuple[str, ...]:
        """The IRIs of the components whose constraint it is: a qualified shape may have two."""
        if self.name != "qualifiedValueShape":
            return (component(self.name),)
        counts = (("qualifiedMinCount", self.least), ("qualifiedMaxCount", self.most))
        return tuple(component(name) for name, count in counts if count is not None)


def component(parameter: str) -> str:
    """Give the IRI of a constraint component by the local name of its parameter.

    Example:
        >>> component("minCount")
        'http://www.w3.org/ns/shacl#MinCountConstraintComponent'
    """
    return SH[f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"]


@dataclass(frozen=True)
class Query:
    """A constraint in SPARQL, or one of a declared component.

    Attributes:
        node: The constraint's node, or the validator's.
        text: The query, with the prefixes declared, and path and parameters put in.
        around: What stands before the pattern of all focus nodes and after it, where the query is
            asked for them at once; None if it has to be asked for each.
        messages: What the constraint says; of a component what is said at all, first by the shape.
        calls: Whether it calls a function of the shapes.
        component: The IRI of its component.
        given: The values of the parameters by name.
        of_values: Whether it is an ASK, whose answer for each value of a focus node is to be yes.
    """

    node: Node
    text: str
    around: Around
    messages: tuple[ox.Literal, ...]
    calls: bool = False
    component: str = SH.SPARQLConstraintComponent
    given: tuple[tuple[str, Term], ...] = ()
    of_values: bool = False

    @property
    def is_declared(self) -> bool:
        """Whether it is of a declared component."""
        return self.component != SH.SPARQLConstraintComponent

    @cached_property
    def tree(self) -> Tree:
        """The query, parsed."""
        return parse(self.text)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    Attributes:
        node: Its node.
        path: Its path; None for a node shape.
        targets: Where it applies by itself.
        severity: The IRI of its severity.
        messages: What it says, sorted.
        constraints: Its constraints of SHACL Core.
        queries: Its constraints in SPARQL.
        deactivated: Whether it is switched off.
        foreign: What it uses that only pySHACL knows, a few words each.
    """

    node: Node
    path: Path | None
    targets: Targets
    severity: str
    messages: tuple[ox.Literal, ...]
    constraints: tuple[Constraint, ...]
    queries: tuple[Query, ...]
    deactivated: bool = False
    foreign: tuple[str, ...] = ()

    def references(self) -> tuple[Node, ...]:
        """List the shapes that its constraints name."""
        named: list[Term] = []
        for constraint in self.constraints:
            if constraint.name in ("and", "or", "xone"):
                named += constraint.members
            elif constraint.name in ("property", "node", "not", "qualifiedValueShape"):
                named += (constraint.value, *constraint.siblings)
        return tuple(node for node in named if not isinstance(node, ox.Literal))

    def components(self) -> tuple[str, ...]:
        """List the IRIs of the components of its constraints, each once."""
        found = [iri for constraint in self.constraints for iri in constraint.components]
        found += [component("SPARQL")] * bool(self.queries)
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Defect:
    """Something in the shapes graph that is not SHACL.

    Attributes:
        rule: The rule of `passex.validation.rules` that it breaks.
        node: The shape, or the node that is wrong.
        term: The IRI of the property or term that is wrong; empty if it is the node as a whole.
        message: What is wrong.
        value: The offending value, if there is one.
        hint: What to write instead; empty where no more can be said than that it is wrong.
        severity: How bad it is, where that is not what the rule says.
    """

    rule: str
    node: Node
    term: str
    message: str
    value: Term | None = None
    hint: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph.

    Attributes:
        shapes: All shapes by node; ill-formed ones are not among them.
        defects: What is wrong.
        ill_formed: The nodes of shapes that are ill-formed, or rest on one that is.
        recursive: The nodes of shapes that rest on themselves.
        ruled: The nodes of shapes whose rules are applied before all shapes.
        functions: The IRIs of the functions that queries may call.
        left_out: What pySHACL is not to see, because nobody applies it.
    """

    shapes: dict[Node, Shape]
    defects: tuple[Defect, ...]
    ill_formed: frozenset[Node]
    recursive: frozenset[Node]
    ruled: frozenset[Node] = frozenset()
    functions: frozenset[str] = frozenset()
    left_out: frozenset[Statement] = frozenset()


def without(shapes: Shapes, names: Collection[str]) -> Shapes:
    """Switch off some shapes, which are named as N-Triples write them."""
    if not names:
        return shapes
    changed = {
        node: replace(shape, deactivated=shape.deactivated or str(node) in names)
        for node, shape in shapes.shapes.items()
    }
    return replace(shapes, shapes=changed)


def resting_on(shapes: dict[Node, Shape], broken: set[Node]) -> set[Node]:
    """Find the shapes that refer to some nodes, directly or not, and add these nodes."""
    found = set(broken)
    while more := {
        node
        for node, shape in shapes.items()
        if node not in found and found.intersection(shape.references())
    }:
        found |= more
    return found


def reachable(shapes: dict[Node, Shape], start: Node) -> list[Node]:
    """List the nodes that a shape refers to, through other shapes or not; itself, if it does."""
    found: dict[Node, None] = {}
    pending = [start]
    while pending:
        node = pending.pop()
        named = shapes[node].references() if node in shapes else ()
        new = [other for other in dict.fromkeys(named) if other not in found]
        found.update(dict.fromkeys(new))
        pending += new
    return list(found)


def depth(shapes: dict[Node, Shape], start: Node) -> int:
    """Count how many shapes lie within one another, from one on; in a circle each counts once.

    Chains may be longer than Python's stack, so none of it is used.
    """
    known: dict[Node, int] = {}
    pending = [(start, False)]
    while pending:
        node, below_known = pending.pop()
        if node not in shapes:
            known[node] = 0
            continue
        below = shapes[node].references()
        if below_known:
            known[node] = 1 + max((known[other] for other in below), default=0)
        elif node not in known:
            known[node] = 0  # until all below it are counted, also where it is below itself
            pending.append((node, True))
            pending += [(other, False) for other in below if other not in known]
    return known[start]


def in_sparql(path: Path) -> str:
    """Write a path in SPARQL, with full IRIs."""
    return path_text(path, lambda iri: f"<{iri}>")


def nullable(path: Path) -> bool:
    """Tell whether a path leads from every node to itself, whatever the graph."""
    if isinstance(path, ox.NamedNode):
        return False
    inner = [nullable(part) for part in path.parts]
    if path.kind in ("zeroOrMore", "zeroOrOne"):
        return True
    return any(inner) if path.kind == "alternative" else all(inner)


def repeats(path: Path) -> bool:
    """Tell whether a path can lead to the same value more than once."""
    if isinstance(path, ox.NamedNode):
        return False
    if path.kind == "inverse":
        return repeats(path.parts[0])
    return path.kind in ("sequence", "alternative", "zeroOrOne")


def reverses_a_sequence(path: Path, inverse: bool = False) -> bool:
    """Tell whether a sequence stands under an inverse, which pySHACL walks in the wrong order."""
    if isinstance(path, ox.NamedNode):
        return False
    if path.kind == "inverse":
        return reverses_a_sequence(path.parts[0], not inverse)
    if path.kind == "sequence" and inverse:
        return True
    return any(reverses_a_sequence(part, inverse) for part in path.parts)
