"""Read files of RDF into the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from . import lexical
from .given import Given
from .parsing import form_of, parse
from .sources import Source
from .terms import IN_GRAPHS, INTERNAL, UNNAMED, WRITTEN

_DEFAULT: Final = ox.DefaultGraph()
_UNNAMED: Final = ox.NamedNode(UNNAMED)
_WRITTEN: Final = ox.NamedNode(WRITTEN)
_IN_GRAPHS: Final = ox.NamedNode(IN_GRAPHS)
#: So many triples are looked at together, and put into an engine in memory: it is asked about
#: their literals at once.
_AT_ONCE: Final = 4096
#: More triples than this go to the disk, if there is room.
LARGE: Final = 200_000
#: So many are written there at a time: the engine merges them with much of what it has. More, it
#: sorts in several parts at once, which takes more memory.
_WRITTEN_AT_ONCE: Final = 1_000_000


class Reader:
    """Reads files into an engine: their triples into the default graph, all together.

    A triple of a named graph stands in that graph as well; one that a file has outside of graphs
    too, in the graph `UNNAMED`. Blank nodes are numbered in the order in which the files name them,
    so that they are called the same in every run. A literal that the engine has a form of its own
    for (see `lexical`) is in the graph `WRITTEN` as it was written; there, too, is one that already
    had that form, where the same triple was written both ways.

    Args:
        mark: What blank nodes are called by, before their number.
        room: Makes room on the disk, for what is `LARGE`, and gives the path of a new folder.

    Attributes:
        engine: The engine; once what is read is large, another one.
        folder: Where that one is; None before.
        number: How many triples were read.
        tags: Language tags as they are written most often, by what the engine makes of each, where
            that is something else.
        variants: What else they are written as, and as what they are kept.
        given: What each file gave, where there is room: who keeps no large graph needs none of it.
    """

    def __init__(
        self, engine: ox.Store, mark: str = "b", room: Callable[[], Path] | None = None
    ) -> None:
        self.engine = engine
        self.folder: Path | None = None
        self.number = 0
        self.given: list[Given] = []
        self._room = room
        self._mark = mark
        self.tags: dict[str, str] = {}
        self.variants: dict[str, str] = {}
        self._keeper = lexical.Keeper()
        self._named = 0
        self._nodes: dict[str, ox.BlankNode] = {}

    def read(self, *sources: Source) -> None:
        """Add what files hold.

        Args:
            sources: The files; each is read once, and has the digest of what was read then.

        Raises:
            InputError: A file is not there, cannot be read, is not UTF-8, or is not of its
                format; with line and column where the parser knows them.
        """
        written = Counter[str]()
        quads = chain.from_iterable(self._each(sources, written))
        for first in quads:
            if self.folder is not None:
                self.engine.bulk_extend(chain((first,), islice(quads, _WRITTEN_AT_ONCE - 1)))
                continue
            self.engine.extend(chain((first,), islice(quads, _AT_ONCE - 1)))
            if self.number > LARGE and self._room is not None:
                self._move(self._room)
        self.tags, self.variants = spelled(written)
        self._unite()

    def _each(self, sources: Iterable[Source], written: Counter[str]) -> Iterator[list[ox.Quad]]:
        """Parse files, some of each at a time, and note what they give and how tags are written."""
        for source in sources:
            gave = None if self._room is None else Given()
            for part in self.parts(source, gave):
                self.number += len(part)
                yield part
            written += source.tags
            if gave is not None:
                self.given.append(gave)

    def parts(self, source: Source, gave: Given | None = None) -> Iterator[list[ox.Quad]]:
        """Parse a file, and give what it holds as it goes into the engine, some at a time.

        Args:
            source: The file.
            gave: Is told what the file gives, if there is one.

        Raises:
            InputError: As `read` does.
        """
        self._nodes = {}
        for part in self._parts(source):
            if gave is not None:
                gave.add(part)
            yield part
        if gave is None:
            return
        gave.name, gave.ours = (source.extension, source.digest), source.mentions_our_namespace
        gave.tags = source.tags

    def _unite(self) -> None:
        """Add to the default graph what is in named ones; note what was there already."""
        engine, kept = self.engine, list[ox.Quad]()
        if self._keeper.marked:
            for graph in (_WRITTEN, _IN_GRAPHS):
                kept += [quad for quad in self._natives(graph) if quad in engine]
        # What was written outside of graphs is there only now.
        self._add(self._natives(_WRITTEN))
        twice = [quad for quad in self._of_graphs() if quad in engine]
        self._add(self._of_graphs())
        self._add(
            ox.Quad(quad.subject, quad.predicate, quad.object, _WRITTEN)
            for quad in engine.quads_for_pattern(None, None, None, _IN_GRAPHS)
        )
        engine.remove_graph(_IN_GRAPHS)
        for quads, graph in ((kept, _WRITTEN), (twice, _UNNAMED)):
            self._add(ox.Quad(q.subject, q.predicate, q.object, graph) for q in quads)

    def _add(self, quads: Iterable[ox.Quad]) -> None:
        (self.engine.bulk_extend if self.folder else self.engine.extend)(quads)

    def _natives(self, graph: ox.NamedNode) -> Iterator[ox.Quad]:
        for quad in self.engine.quads_for_pattern(None, None, None, graph):
            native = self._keeper.native.get(quad.object)
            if native is not None:
                yield ox.Quad(quad.subject, quad.predicate, native)

    def _of_graphs(self) -> Iterator[ox.Quad]:
        for name in self.engine.named_graphs():
            if name.value not in INTERNAL:
                for quad in self.engine.quads_for_pattern(None, None, None, name):
                    yield ox.Quad(quad.subject, quad.predicate, quad.object)

    def _move(self, room: Callable[[], Path]) -> None:
        try:
            folder = room()
            disk = ox.Store(str(folder))
        except OSError:
            self._room = None  # where nothing can be written, memory has to do
            return
        disk.bulk_extend(self.engine)
        self.engine, self.folder = disk, folder

    def _parts(self, source: Source) -> Iterator[list[ox.Quad]]:
        parsed, datasets = parse(source), form_of(source).supports_datasets
        while quads := list(islice(parsed, _AT_ONCE)):
            # Most triples stay as they are, and to look at each part of each takes long.
            subjects = source.may_have_blank_nodes or datasets
            plain: list[ox.Quad] = []
            odd: list[ox.Quad] = []
            for quad in quads:
                value = quad.object
                if (
                    (type(value) is ox.NamedNode or _is_usual(value))
                    and (not subjects or type(quad.subject) is ox.NamedNode)
                    and (not datasets or quad.graph_name == _DEFAULT)
                ):
                    plain.append(quad)
                else:
                    odd.append(quad)
            self._keeper.learn(quad.object for quad in odd if isinstance(quad.object, ox.Literal))
            for quad in odd:
                plain += self._kept(quad)
            yield plain

    def _kept(self, quad: ox.Quad) -> Iterator[ox.Quad]:
        subject, name, value, graph = quad
        if isinstance(subject, ox.BlankNode):
            subject = self._node(subject)
        if isinstance(value, ox.BlankNode):
            value = self._node(value)
        elif isinstance(value, ox.Literal):
            marked = self._keeper.stored(value)
            if marked is not value and marked != value:
                yield ox.Quad(subject, name, marked, _WRITTEN if graph == _DEFAULT else _IN_GRAPHS)
                if graph == _DEFAULT:
                    return
        elif isinstance(value, ox.Triple):
            value = self._within(value)
        if isinstance(graph, ox.BlankNode):
            graph = self._node(graph)
        if not isinstance(graph, ox.DefaultGraph) and graph.value in INTERNAL:
            graph = _DEFAULT
        yield ox.Quad(subject, name, value, graph)

    def _node(self, node: ox.BlankNode) -> ox.BlankNode:
        named = self._nodes.get(node.value)
        if named is None:
            self._named += 1
            named = self._nodes[node.value] = ox.BlankNode(f"{self._mark}{self._named}")
        return named

    def _within(self, triple: ox.Triple) -> ox.Triple:
        subject, name, value = triple
        if isinstance(subject, ox.BlankNode):
            subject = self._node(subject)
        if isinstance(value, ox.BlankNode):
            value = self._node(value)
        elif isinstance(value, ox.Triple):
            value = self._within(value)
        return ox.Triple(subject, name, value)


def _is_usual(value: object) -> bool:
    return type(value) is ox.Literal and lexical.is_usual(value)


def spelled(written: Counter[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Find as what language tags are kept: of those that differ in capitals alone, the usual one.

    Args:
        written: The tags of all files, and how often each is written.

    Returns:
        As what a tag is kept, by what the engine makes of it, where that is something else; and
        what else they are written as, with what is kept.

    Example:
        >>> spelled(Counter({"en-GB": 2, "en-gb": 1, "fr": 1}))
        ({'en-gb': 'en-GB'}, {'en-gb': 'en-GB'})
    """
    tags: dict[str, str] = {}
    variants: dict[str, str] = {}
    for tag, _ in sorted(written.items(), key=lambda counted: (-counted[1], counted[0])):
        kept = tags.setdefault(tag.lower(), tag)
        if kept != tag:
            variants[tag] = kept
    return {small: tag for small, tag in tags.items() if small != tag}, variants
