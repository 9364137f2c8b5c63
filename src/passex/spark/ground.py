"""What buckets are judged against on executors: shapes, ontology, and what they all share."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..graph.hierarchy import subclasses, superclasses
from ..graph.lexical import Keeper
from ..graph.sources import Source
from ..graph.terms import BLANK, NR, OWL, RDF, RDFS, SH
from ..validation.inputs import load
from ..validation.rules import Scope
from ..validation.shacl.model import Shapes, Targets, without
from ..validation.shacl.walks import Back

Node: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
TYPE: Final = ox.NamedNode(RDF.type)


@dataclass(frozen=True, slots=True)
class File:
    """A file of shapes or of an ontology, as executors get it."""

    name: str
    form: str
    content: bytes

    def source(self) -> Source:
        """Make what `inputs.load` takes."""
        return Source(Path(self.name), self.form, self.content)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is sent to executors.

    Attributes:
        data: How many files of data there are: the blank nodes of the others are numbered on.
        shapes: The files of shapes.
        ontology: The files of the ontology.
        shared: What all buckets share, packed lines.
        named: Nodes of buckets, as N-Triples write them, whose part is judged elsewhere: what is
            shared names them, or two buckets have them.
        both: Nodes of buckets that are shared too: quotes that prove something else as well.
        steps: The steps backwards of all shapes that are applied, each with the shape.
        without: The shapes that are not applied.
        ours: Whether the shapes are those that come along.
    """

    data: int
    shapes: tuple[File, ...]
    ontology: tuple[File, ...]
    shared: bytes
    named: frozenset[str]
    both: frozenset[str]
    steps: frozenset[tuple[Back, str]]
    without: frozenset[str]
    ours: bool


def packed(lines: Iterable[str]) -> bytes:
    """Pack lines of N-Triples."""
    return zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 6)


def parsed(text: str, keeper: Keeper) -> list[ox.Quad]:
    """Parse lines as executors have them, with blank nodes again, and literals as they are kept."""
    quads = list(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    literal = ox.Literal
    keeper.learn(quad.object for quad in quads if isinstance(quad.object, literal))
    may_be_blank = BLANK in text

    def term(node: ox.NamedNode | Node | ox.Triple) -> Node | ox.Triple:
        if isinstance(node, literal):
            return keeper.stored(node)
        if may_be_blank and isinstance(node, ox.NamedNode) and node.value.startswith(BLANK):
            return ox.BlankNode("n" + node.value.removeprefix(BLANK).replace("-", "x"))
        return node

    return [ox.Quad(term(q.subject), q.predicate, term(q.object)) for q in quads]  # type: ignore[arg-type]


class Opened:
    """A `Ground`, opened once for all buckets of an executor, which only read it.

    Attributes:
        inputs: Shapes and ontology.
        shared: What is shared, without the ontology.
        shapes: The shapes that are applied.
        scope: Of the checks.
        back: By how a walk has come to a value, the steps backwards from there.
        wanted: By predicate, the steps backwards along it, each with its shape.
        things: The classes of what must not be called alike, and those above them.
        nodes: The target nodes of shapes.
        linking: The predicates whose values are targets.
    """

    def __init__(self, ground: Ground) -> None:
        none = [Source(Path("data.nt"), "nt", b"")] * ground.data
        self.inputs, failures = load(
            none, [f.source() for f in ground.shapes], [f.source() for f in ground.ontology]
        )
        assert not failures
        self.ours = ground.ours
        self.named = ground.named
        self.both = ground.both
        self.keeper = Keeper()
        self.shared = ox.Store()
        text = zlib.decompress(ground.shared).decode("utf-8", "surrogatepass")
        self.shared.extend(parsed(text, self.keeper))
        self.scope = Scope(self.inputs, complete=not ground.ours, reviewed=False, alone=False)
        self.shapes = without(self.scope.shapes, ground.without)
        self.base = list(self.inputs.graph)
        self.back: dict[str, set[ox.NamedNode]] = defaultdict(set)
        for step, _ in ground.steps:
            self.back[step.after].add(ox.NamedNode(step.predicate))
        self.wanted: dict[str, list[tuple[Back, str]]] = defaultdict(list)
        for step, shape in ground.steps:
            self.wanted[step.predicate].append((step, shape))
        applied = [s for s in self.shapes.shapes.values() if s.targets and not s.deactivated]
        self.applied = applied
        self.nodes = {node for shape in applied for node in shape.targets.nodes}
        self.linking = {p.value for shape in applied for p in shape.targets.objects_of}
        self._matching: dict[tuple[frozenset[str], ...], tuple[str, ...]] = {}

    @cached_property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """By class, itself and all above it."""
        return _Above(self.inputs.graph, self.shared)

    @cached_property
    def things(self) -> frozenset[str]:
        """The classes of things of which there are never two of a name, with all above."""
        if not self.ours:
            return frozenset()
        both = ox.Store()
        for store in (self.inputs.graph, self.shared):
            both.extend(store)
        below = subclasses(both, NR.Actor, NR.Place, NR.Series)
        return frozenset(superclasses(both, *below))

    def matching(
        self, types: frozenset[str], of: frozenset[str], by: frozenset[str]
    ) -> tuple[str, ...]:
        """Name the shapes with a target among nodes that have some classes and properties.

        Args:
            types: The classes.
            of: The predicates of what is said of them.
            by: Those by which they are named.
        """
        key = types, of, by
        if key not in self._matching:
            above = frozenset().union(*(self.classes[kind] for kind in types))
            self._matching[key] = tuple(
                str(shape.node)
                for shape in self.applied
                if any(str(kind) in above for kind in shape.targets.classes)
                or any(p.value in of for p in shape.targets.subjects_of)
                or any(p.value in by for p in shape.targets.objects_of)
            )
        return self._matching[key]

    def looking(self, counts: Mapping[str, int]) -> Shapes:
        """Give the shapes, without the targets of those that have none in a bucket."""
        return replace(
            self.shapes,
            shapes={
                node: shape
                if counts.get(str(node)) or shape.foreign
                else replace(shape, targets=Targets())
                for node, shape in self.shapes.shapes.items()
            },
        )

    def is_named(self, predicate: ox.NamedNode, node: Node | ox.Triple) -> bool:
        """Tell whether the shared part names a node by a predicate."""
        return next(self.shared.quads_for_pattern(None, predicate, node), None) is not None

    def is_described(self, node: Node) -> bool:
        """Tell whether ontology or shared part say something of a node."""
        if isinstance(node, ox.Literal):
            return True
        stores = (self.shared, self.inputs.graph)
        return any(next(s.quads_for_pattern(node, None, None), None) for s in stores)


class _Above(dict[str, frozenset[str]]):
    """By class, as N-Triples write it, itself and all above it in some stores."""

    def __init__(self, *stores: ox.Store) -> None:
        self._stores = stores

    def __missing__(self, kind: str) -> frozenset[str]:
        found, todo = {kind}, [kind]
        below = ox.NamedNode(RDFS.subClassOf)
        while todo:
            name = todo.pop()
            if name[:1] == '"':
                continue
            node = ox.NamedNode(name[1:-1]) if name[:1] == "<" else ox.BlankNode(name[2:])
            for quad in _all(self._stores, node, below, None):
                if str(quad.object) not in found:
                    found.add(str(quad.object))
                    todo.append(str(quad.object))
        self[kind] = frozenset(found)
        return self[kind]


def _all(stores: Iterable[ox.Store], *pattern: Node | None) -> Iterator[ox.Quad]:
    for store in stores:
        yield from store.quads_for_pattern(*pattern)  # type: ignore[arg-type]


@lru_cache(2)
def opened(ground: Ground) -> Opened:
    """Open it, once for all buckets of an executor."""
    return Opened(ground)


#: What says something of shapes or of files, wherever it stands.
ODD: Final = frozenset({SH.shapesGraph, OWL.imports})
