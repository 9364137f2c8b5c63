"""RDF: the triples of what is asked for, as Turtle, TriG, N-Triples, N-Quads and RDF/XML.

Lines of N-Triples sort quickly as bytes, so that the same triples come out in the same order. What
the rules derived stands in a named graph of its own in TriG and N-Quads; in the others it is told
from facts by its properties, which only the rules write.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final

import pyoxigraph as ox

from ..errors import PassexError
from ..graph import lexical
from ..graph import store as stores
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DERIVED, FILLED, NR, OA, OWL, PREFIXES, RDF
from ..graph.xml_text import nameable
from .model import Picture

#: The named graph of what the rules derived, in formats that have named graphs.
DERIVED_GRAPH: Final = "https://w3id.org/passex/derived"
#: The prefixes of documents: those that facts may use.
SHOWN_PREFIXES: Final = {name: iri for name, iri in PREFIXES.items() if name != "w"}
#: What belongs to a node, and is of no use without it.
_PARTS: Final = (NR.hasEvidence, NR.hasZone, OA.hasSource)
#: Marks what the rules filled in and the files leave out.
_FILLED: Final = ox.NamedNode(FILLED)
_LIST: Final = (RDF.first, RDF.rest)
#: A local part that needs no escapes in Turtle.
_LOCAL: Final = re.compile("[A-Za-z_0-9](?:[A-Za-z_0-9-]*)")
#: An integer that every reader of Turtle gives back as it was: some make 1 of 01.
_INTEGER: Final = re.compile(r'"(0|-?[1-9][0-9]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>')
#: As N-Triples escapes them, but not where the backslash is itself escaped.
_CONTROL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[01][0-9A-Fa-f]|[bf])|[\ufffe\uffff]")
#: A language tag at the end of a line, and in RDF/XML, where no text has a < in it.
_TAG: Final = re.compile(rb'(?<="@)[a-z0-9-]+(?=(?:--[a-z]+)? \.$)')
_XML_TAG: Final = re.compile(rb'(<[^<>]*\sxml:lang=")([a-z0-9-]+)(?=")')
_TYPE: Final = f"<{RDF.type}>"
_PIECE: Final = 1000


@dataclass(frozen=True, slots=True)
class Triples:
    """Triples as lines of N-Triples, sorted, each once.

    Attributes:
        title: What they are, in words.
        facts: What the files say.
        derived: What the rules derived from it, where that was asked for.
        graphs: Which of the facts are in a named graph of the files: its name, and them.
        tags: Language tags as the files write them, by what the engine makes of them.
    """

    title: str
    facts: tuple[bytes, ...]
    derived: tuple[bytes, ...] = ()
    graphs: tuple[tuple[str, tuple[bytes, ...]], ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def united(self) -> tuple[bytes, ...]:
        """Facts and what was derived as one graph: what is in both is one triple."""
        return tuple(sorted({*self.facts, *self.derived})) if self.derived else self.facts

    @property
    def unnamed(self) -> tuple[bytes, ...]:
        """The facts that are in no named graph."""
        named = {line for _, lines in self.graphs for line in lines}
        return tuple(line for line in self.facts if line not in named) if named else self.facts


def whole(store: Store, derived: bool = False) -> Triples:
    """Take all facts, with what the rules `derived` if that is asked for, without the ontology.

    What the rules filled in is left out: whoever reads the facts fills it in again.

    Anonymous classes of OWL are left out, wherever they come from.
    """
    as_in_files = _Written(store)
    if store.plain:
        facts = [triple for quad in _default(store) for triple in as_in_files(quad)]
        return as_in_files.gathered("What the files say", facts, [])
    own = stores.ontology().engine
    blank = (q for q in _default(store) if isinstance(q.subject, ox.BlankNode))
    owl = {quad.subject for quad in blank if _of_owl(quad)}
    facts, ruled = list[ox.Triple](), []
    for quad in _default(store):
        if quad.predicate.value in DERIVED:
            ruled.append(quad.triple)
        elif (
            quad.subject not in owl
            and quad.object not in owl
            and quad not in own
            and not _filled(store, quad)
        ):
            facts += as_in_files(quad)
    return as_in_files.gathered("The graph", facts, ruled if derived else [])


def about(store: Store, nodes: Iterable[str], title: str, derived: bool = False) -> Triples:
    """Take what the facts say of nodes, with the claims about them and their evidence.

    What the rules `derived`, if that is asked for, is taken where both ends are among the nodes.
    """
    wanted = set(nodes)
    claims = (claim for node in wanted for claim in store.subjects(NR.about, node))
    waiting = [*wanted, *claims]
    seen = set(waiting)
    facts, ruled, as_in_files = list[ox.Triple](), [], _Written(store)
    while waiting:
        subject = waiting.pop()
        for quad in _default(store, term_of(subject)):
            name, value = quad.predicate.value, quad.object
            if name in DERIVED:
                if isinstance(value, ox.NamedNode) and value.value in wanted:
                    ruled.append(quad.triple)
                continue
            if not _filled(store, quad):
                facts += as_in_files(quad)
            anonymous = isinstance(value, ox.BlankNode)
            if anonymous or (name in _PARTS and isinstance(value, ox.NamedNode)):
                part = str(value) if anonymous else value.value  # type: ignore[union-attr]
                if part not in seen:
                    seen.add(part)
                    waiting.append(part)
    return as_in_files.gathered(title, facts, ruled if derived else [])


def of_picture(store: Store, picture: Picture, derived: bool = False) -> Triples:
    """Take what the facts say of the nodes and events of a picture, as `about` does."""
    return about(store, picture.iris, picture.title, derived)


def ontology() -> Triples:
    """Take the ontology and its concepts."""
    return Triples("The ontology", lines([quad.triple for quad in stores.ontology().engine]))


class _Written:
    """Triples as the files have them: literals as they are written, tags, and named graphs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._originals = lexical.restored(store.engine)

    def __call__(self, quad: ox.Quad) -> list[ox.Triple]:
        """Give the triple, or those that the files have in its place."""
        values = self._originals.get(quad.triple) if self._originals else None
        if values is None:
            return [quad.triple]
        return [ox.Triple(quad.subject, quad.predicate, value) for value in values]

    def gathered(
        self, title: str, facts: Sequence[ox.Triple], ruled: Sequence[ox.Triple]
    ) -> Triples:
        """Write triples as lines."""
        store = self._store
        # What has been numbered on its way in has names that last; others come from a server.
        numbered = store.plain or bool(store.graphs)
        made = self._tagged(lines(facts, numbered))
        graphs = [(str(graph), self._of_graph(graph, {*made})) for graph in store.graphs]
        graphs = [(name, part) for name, part in graphs if part]
        return Triples(title, made, lines(ruled), tuple(graphs), store.tags)

    def _of_graph(self, graph: stores.Graph, shown: Collection[bytes]) -> tuple[bytes, ...]:
        quads = self._store.engine.quads_for_pattern(None, None, None, graph)
        part = self._tagged(lines([triple for quad in quads for triple in self(quad)], True))
        return tuple(line for line in part if line in shown)

    def _tagged(self, lines: tuple[bytes, ...]) -> tuple[bytes, ...]:
        tags = {small.encode(): tag.encode() for small, tag in self._store.tags.items()}
        if not tags:
            return lines
        return tuple(_TAG.sub(lambda found: tags.get(found[0], found[0]), line) for line in lines)


def _default(store: Store, subject: ox.NamedNode | ox.BlankNode | None = None) -> Iterator[ox.Quad]:
    return store.engine.quads_for_pattern(subject, None, None, ox.DefaultGraph())


def _filled(store: Store, quad: ox.Quad) -> bool:
    """Tell whether a rule filled a triple in, so that no file has it."""
    return ox.Quad(quad.subject, quad.predicate, quad.object, _FILLED) in store.engine


def _of_owl(quad: ox.Quad) -> bool:
    name, value = quad.predicate.value, quad.object
    of_type = isinstance(value, ox.NamedNode) and value.value.startswith(OWL.iri)
    return name.startswith(OWL.iri) or name in _LIST or (name == RDF.type and of_type)


def lines(triples: Iterable[ox.Triple], numbered: bool = False) -> tuple[bytes, ...]:
    """Write triples as lines, sorted.

    Blank nodes have names that depend on what is said of them, or are `numbered` already.
    """
    named, anonymous = list[ox.Triple](), list[ox.Triple]()
    for triple in triples:
        blank = isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        (anonymous if blank else named).append(triple)
    if numbered:
        named += anonymous
    elif anonymous:
        graph = ox.Dataset(ox.Quad(t.subject, t.predicate, t.object) for t in anonymous)
        graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        named += [quad.triple for quad in graph]
    text = ox.serialize(named, format=ox.RdfFormat.N_TRIPLES)
    return tuple(sorted(set(text.splitlines()))) if text else ()


def ntriples(triples: Triples) -> Iterator[bytes]:
    """Write N-Triples."""
    yield from _joined(triples.united)


def nquads(triples: Triples) -> Iterator[bytes]:
    """Write N-Quads, the derived triples in a graph of their own."""
    yield from _joined(triples.unnamed)
    for name, part in triples.graphs:
        yield from _joined([line[:-1] + f"{name} .".encode() for line in part])
    end = f" <{DERIVED_GRAPH}> .".encode()
    yield from _joined([line[:-2] + end for line in triples.derived])


def turtle(triples: Triples) -> Iterator[str]:
    """Write Turtle."""
    yield _head(triples)
    yield from _blocks(triples.united, _Names())


def trig(triples: Triples) -> Iterator[str]:
    """Write TriG, the derived triples in a graph of their own."""
    short = _Names()
    yield _head(triples)
    yield from _blocks(triples.unnamed, short)
    for name, part in triples.graphs:
        yield f"{name} {{\n"
        yield from _blocks(part, short)
        yield "}\n"
    if triples.derived:
        yield f"<{DERIVED_GRAPH}> {{\n"
        yield from _blocks(triples.derived, short)
        yield "}\n"


def rdfxml(triples: Triples) -> Iterator[bytes]:
    """Write RDF/XML; a PassexError where XML 1.0 lacks a character, or a predicate isn't a name."""
    text = b"".join(ntriples(triples)).decode()
    if control := _CONTROL.search(text):
        line = text[: control.start()].rpartition("\n")[2].split(" ", 1)[0]
        raise PassexError(
            f"RDF/XML cannot hold a control character of a text of {line}", "export turtle instead"
        )
    quads = nameable(ox.parse(text, ox.RdfFormat.N_TRIPLES))
    document = ox.serialize(quads, format=ox.RdfFormat.RDF_XML, prefixes=SHOWN_PREFIXES)
    assert document is not None
    if triples.tags:
        tags = {small.encode(): tag.encode() for small, tag in triples.tags.items()}
        document = _XML_TAG.sub(lambda found: found[1] + tags.get(found[2], found[2]), document)
    # Else a reader of XML makes a line feed of it.
    yield document.replace(b"\r", b"&#13;") + b"\n"


def _joined(lines: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(lines), _PIECE):
        yield b"\n".join(lines[start : start + _PIECE]) + b"\n"


class _Names(dict[str, str]):
    """Terms of N-Triples as Turtle has them; those that come back are worked out once."""

    def __init__(self) -> None:
        self._by_namespace = {iri: name for name, iri in SHOWN_PREFIXES.items()}

    def __missing__(self, term: str) -> str:
        written = term
        if term.startswith("<"):
            iri = term[1:-1]
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._by_namespace.get(iri[:cut])
            if prefix is not None and _LOCAL.fullmatch(iri, cut):
                written = f"{prefix}:{iri[cut:]}"
        elif term.startswith('"') and term.endswith(">"):
            text, _, kind = term.rpartition("^^")
            number = _INTEGER.fullmatch(term)
            written = number[1] if number else f"{text}^^{self[kind]}"
        self[term] = written
        return written


def _head(triples: Triples) -> str:
    lines = [f"# {' '.join(triples.title.split())}\n"]
    lines += [f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(SHOWN_PREFIXES.items())]
    return "".join([*lines, "\n"])


def _blocks(lines: Iterable[bytes], short: _Names) -> Iterator[str]:
    """Write triples subject by subject, the types of each first."""
    split = (line.decode().split(" ", 2) for line in lines)
    for subject, said in groupby(split, itemgetter(0)):
        last, types, parts = "", [], list[str]()
        for _, name, value in said:
            # Without " ." at the end. Most literals stay as they are.
            value = value[:-2] if value[-3] == '"' else short[value[:-2]]
            if name == _TYPE:
                types.append(value)
            elif name == last:
                parts[-1] += f", {value}"
            else:
                parts.append(f"{short[name]} {value}")
                last = name
        head = [f"a {', '.join(types)}"] if types else []
        yield f"{short[subject]} " + " ;\n    ".join([*head, *parts]) + " .\n\n"
