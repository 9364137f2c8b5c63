"""Inputs of a validation: files, their triples, and how they were read.

Blank nodes keep their place: they are called ``f<number of the file>b<number in the order in which
they first occur>``. So both engines and the positions of `passex.text.turtle` mean the same node by
the same name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count, islice
from pathlib import Path
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..errors import InputError
from ..graph import dataset, parsing
from ..graph.lexical import Keeper, strip_strings
from ..graph.sources import Source
from ..graph.terms import OWL, RDF
from ..text.places import Place

FileName: TypeAlias = str | os.PathLike[str]
_CHUNK: Final = 1 << 20
#: From so many bytes on it pays to do two things at a time.
_LARGE: Final = 1 << 20
#: How many triples are looked at together.
_AT_ONCE: Final = 10_000
_TURTLE: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES)
_MARKS: Final = (b"[", b"(", b"_:")
_DECLARED: Final = re.compile(
    r"(?:^|>[ \t]*\.?)[ \t]*@?prefix[ \t]+([\w.-]*):[ \t]*<([^<>\s]+)(?=>)",
    re.IGNORECASE | re.MULTILINE,
)
#: As much of a file is looked through for its prefixes.
_HEAD: Final = 1 << 16
_SIGNS: Final = re.compile(rb"[\[(]|_:")


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read.

    Attributes:
        name: Its name in reports: as it was given, with ``/`` between the parts.
        source: Where it is read again from.
        form: Its format.
        number: Its place among all files of the validation, which names its blank nodes.
    """

    name: str
    source: Source
    form: ox.RdfFormat
    number: int

    def read(self, size: int = -1) -> bytes:
        """Read the file again, or so many bytes of it; an `OSError` where it is gone."""
        with self.source.open() as file:
            return file.read(size)

    @property
    def base(self) -> str:
        """The IRI against which its relative IRIs are resolved."""
        return self.source.url or self.source.path.resolve().as_uri()


def declared_prefixes(documents: Iterable[Document]) -> Iterator[tuple[str, str]]:
    """Read the prefixes with their namespaces that the tops of files declare, in their order."""
    for document in documents:
        with suppress(OSError):  # the file has gone since
            head = document.read(_HEAD).decode("utf-8-sig", errors="replace")
            yield from _DECLARED.findall(head)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a validation works on.

    Attributes:
        data: The files of data.
        shapes: The files of shapes.
        ontology: The files of the ontology.
        graph: Data and ontology, mixed in the default graph. Literals that the store would
            rewrite are marked: see `lexical.written`.
        shapes_graph: The shapes, kept in the same way.
        triples: How many triples the data are, without the ontology.
        texts: The folder of the articles' texts, if evidence is to be checked.
        marked: Whether literals in `graph` may be marked.
    """

    data: tuple[Document, ...]
    shapes: tuple[Document, ...]
    ontology: tuple[Document, ...]
    graph: ox.Store
    shapes_graph: ox.Store
    triples: int
    texts: Path | None = None
    marked: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read; its form is None where its extension names none."""

    name: str
    source: Source
    form: ox.RdfFormat | None
    error: InputError

    @property
    def place(self) -> Place:
        """Where it is wrong, under the name that the file has in reports."""
        return replace(self.error.place or Place(""), file=self.name)


def load(
    data: Iterable[FileName | Source],
    shapes: Iterable[FileName | Source],
    ontology: Iterable[FileName | Source] = (),
    texts: Path | None = None,
    imports: bool = False,
) -> tuple[Inputs, tuple[Failure, ...]]:
    """Read all files of a validation, and those that they import if that is asked for.

    A file that cannot be read, or only in part, is among the failures and not among the documents.
    The extension of a file names its format, unless it is given as a source. The ontology is mixed
    into the data.

    Example:
        >>> inputs, failures = load([], ["ontology/shapes.ttl"])
        >>> inputs.shapes[0].name, failures
        ('ontology/shapes.ttl', ())
    """
    failures: list[Failure] = []
    graph, shapes_graph = ox.Store(), ox.Store()
    keepers = {graph: Keeper(), shapes_graph: Keeper()}
    numbers = count(1)

    def read(files: Iterable[FileName | Source], store: ox.Store) -> tuple[Document, ...]:
        found: list[Document] = []
        todo = list(files)
        seen = {Path(os.path.realpath(_path(file))) for file in todo}
        for file in todo:  # which grows
            one = _read(file, next(numbers), store, keepers[store])
            if isinstance(one, Failure):
                failures.append(one)
                continue
            found.append(one)
            if imports:
                todo += [path for path in _imported(store) if path not in seen]
                seen.update(_imported(store))
        return tuple(found)

    facts = read(data, graph)
    inputs = Inputs(
        data=facts,
        # The store counts one by one: it is asked once.
        triples=len(graph),
        shapes=read(shapes, shapes_graph),
        ontology=read(ontology, graph),
        graph=graph,
        shapes_graph=shapes_graph,
        texts=texts,
    )
    return replace(inputs, marked=keepers[graph].marked), tuple(failures)


def _path(file: FileName | Source) -> Path:
    return file.path if isinstance(file, Source) else Path(file)


def _imports(graph: ox.Store) -> list[str]:
    quads = graph.quads_for_pattern(None, ox.NamedNode(OWL.imports), None)
    return sorted({quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)})


def _imported(graph: ox.Store) -> list[Path]:
    """Find the files that a graph imports; what lies elsewhere is nobody's to fetch."""
    from urllib.request import url2pathname

    found = (iri.partition("#")[0] for iri in _imports(graph) if iri.startswith("file:///"))
    paths = (Path(url2pathname(iri.removeprefix("file://"))) for iri in found)
    return [path.resolve() for path in paths if path.is_file()]


def unread_imports(inputs: Inputs) -> tuple[ox.Quad, ...]:
    """List the imports of what is neither an ontology of the inputs nor one of their files."""
    graphs = (inputs.graph, inputs.shapes_graph)
    files = {file.base for file in (*inputs.data, *inputs.shapes, *inputs.ontology)}
    kind, header = ox.NamedNode(RDF.type), ox.NamedNode(OWL.Ontology)
    versions = {
        quad.object
        for graph in graphs
        for quad in graph.quads_for_pattern(None, ox.NamedNode(OWL.versionIRI), None)
    }
    return tuple(
        quad
        for own in graphs
        for quad in sorted(own.quads_for_pattern(None, ox.NamedNode(OWL.imports), None), key=str)
        if isinstance(quad.object, ox.NamedNode)
        and quad.object not in (quad.subject, *versions)
        and quad.object.value.partition("#")[0] not in files
        and not any(ox.Quad(quad.object, kind, header) in graph for graph in graphs)
    )


def _read(
    given: FileName | Source, number: int, store: ox.Store, keeper: Keeper
) -> Document | Failure:
    source = given if isinstance(given, Source) else Source(Path(given))
    name = source.name
    extension = source.extension if isinstance(given, Source) else dataset.ending(source.path)
    form = ox.RdfFormat.from_extension(extension.lstrip("."))
    if form is None:
        message = "no RDF format has this extension"
        return Failure(name, source, form, InputError(message, "rename the file", Place(name)))
    document = Document(name, source, form, number)
    try:
        with parsing.opened(source, form, hashed=False) as file:
            text = b"".join(iter(lambda: file.read(_CHUNK), b""))
            _load_text(store, text, document, keeper)
    except InputError as error:
        return Failure(name, source, form, error)
    return document


def _load_text(store: ox.Store, text: bytes, document: Document, keeper: Keeper) -> None:
    """Put the triples of a document's text into the default graph of a store.

    Raises:
        SyntaxError: The text is not of its format; nothing was put in.
    """
    turtle = document.form in _TURTLE
    without_blank_nodes = turtle and not may_have_blank_nodes(text)
    if without_blank_nodes and _load_at_once(store, text, document, keeper):
        return
    to_mark = not turtle or without_blank_nodes or keeper.may_change(text)
    store.extend(_triples(text, document, keeper if to_mark else None))


def _load_at_once(store: ox.Store, text: bytes, document: Document, keeper: Keeper) -> bool:
    """Load a text without blank nodes at full speed, if it has no literals to mark."""
    if len(text) < _LARGE or next(iter(store), None) is not None:
        if keeper.may_change(text):
            return False
        store.load(text, document.form, base_iri=document.base)
        return True
    from concurrent.futures import ThreadPoolExecutor

    # Loading lets go of the interpreter: what it would spoil is found out at the same time. It is
    # not loading that goes into another thread, where the C library would give it memory in small
    # pieces.
    with ThreadPoolExecutor(1) as pool:
        spoils = pool.submit(keeper.may_change, text)
        store.load(text, document.form, base_iri=document.base)
        spoilt = spoils.result()
    if spoilt:
        store.clear()
    return not spoilt


def may_have_blank_nodes(text: bytes) -> bool:
    """Tell whether a text in Turtle or N-Triples may have blank nodes: a no is certain."""
    # To look for each on its own is many times as quick.
    return any(mark in text for mark in _MARKS) and bool(_SIGNS.search(strip_strings(text)))


def _triples(text: bytes, document: Document, keeper: Keeper | None) -> Iterator[ox.Quad]:
    """Parse a text, name its blank nodes and mark literals if need be, all in the default graph."""
    names: dict[ox.BlankNode, ox.BlankNode] = {}

    def named(node: ox.BlankNode) -> ox.BlankNode:
        if node not in names:
            names[node] = ox.BlankNode(f"f{document.number}b{len(names)}")
        return names[node]

    def named_within(triple: ox.Triple) -> ox.Triple:
        subject, value = triple.subject, triple.object
        if isinstance(subject, blank):
            subject = named(subject)
        if isinstance(value, blank):
            value = named(value)
        elif isinstance(value, ox.Triple):
            value = named_within(value)
        return ox.Triple(subject, triple.predicate, value)

    # Most triples stay as they are; to find that out is what takes time.
    to_move = document.form.supports_datasets
    blank, literal = ox.BlankNode, ox.Literal
    quads = ox.parse(text, document.form, base_iri=document.base, rename_blank_nodes=False)
    while chunk := list(islice(quads, _AT_ONCE)):
        if keeper is not None:
            keeper.learn(quad.object for quad in chunk if isinstance(quad.object, literal))
        for quad in chunk:
            subject, value = quad.subject, quad.object
            changed = to_move
            if type(subject) is blank:
                subject, changed = named(subject), True
            if type(value) is blank:
                value, changed = named(value), True
            elif type(value) is ox.Triple:
                value, changed = named_within(value), True
            elif keeper is not None and type(value) is literal:
                value, changed = keeper.stored(value), True
            yield ox.Quad(subject, quad.predicate, value) if changed else quad
