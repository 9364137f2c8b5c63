"""RDF as Turtle, TriG, N-Triples, N-Quads and RDF/XML.

What the rules derived stands in a named graph of its own in TriG and N-Quads; in the others it is
told from facts by its properties, which only the rules write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter
from typing import Final

import pyoxigraph as ox

from ..errors import PassexError
from ..graph.terms import RDF
from ..graph.xml_text import nameable
from .triples import DERIVED_GRAPH, SHOWN_PREFIXES, Triples

#: A local part that needs no escapes in Turtle.
_LOCAL: Final = re.compile("[A-Za-z_0-9](?:[A-Za-z_0-9-]*)")
#: An integer that every reader of Turtle gives back as it was: some make 1 of 01.
_INTEGER: Final = re.compile(r'"(0|-?[1-9][0-9]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#integer>')
#: As N-Triples escapes them, but not where the backslash is itself escaped.
_CONTROL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u00[01][0-9A-Fa-f]|[bf])|[\ufffe\uffff]")
#: In RDF/XML, where no text has a < in it.
_XML_TAG: Final = re.compile(rb'(<[^<>]*\sxml:lang=")([a-z0-9-]+)(?=")')
#: Its prefixes, in its first element, and where one is used.
_XML_PREFIX: Final = re.compile(rb' xmlns:([A-Za-z0-9]+)="[^"]*"')
_XML_USED: Final = re.compile(rb"<([A-Za-z0-9]+):")
_XML_DIRECTION: Final = re.compile(rb"<[^<>]* its:dir=")
_TYPE: Final = f"<{RDF.type}>"
_PIECE: Final = 1000


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
    yield from _headed(triples, _blocks(triples.united, short := _Names()), short)


def trig(triples: Triples) -> Iterator[str]:
    """Write TriG, the derived triples in a graph of their own."""
    short = _Names()
    yield from _headed(triples, _graphs(triples, short), short)


def _graphs(triples: Triples, short: _Names) -> Iterator[str]:
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
    document = _declared(document)
    if triples.tags:
        tags = {small.encode(): tag.encode() for small, tag in triples.tags.items()}
        document = _XML_TAG.sub(lambda found: found[1] + tags.get(found[2], found[2]), document)
    # Else a reader of XML makes a line feed of it.
    yield document.replace(b"\r", b"&#13;") + b"\n"


def _declared(document: bytes) -> bytes:
    """Leave out the prefixes of RDF/XML that nothing uses."""
    used = set(_XML_USED.findall(document))
    if _XML_DIRECTION.search(document):
        used.add(b"its")
    start = document.index(b"<rdf:RDF")
    end = document.index(b">", start)
    head = _XML_PREFIX.sub(lambda found: found[0] if found[1] in used else b"", document[:end])
    return head + document[end:]


def _joined(lines: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(lines), _PIECE):
        yield b"\n".join(lines[start : start + _PIECE]) + b"\n"


class _Names(dict[str, str]):
    """Terms of N-Triples as Turtle has them; those that come back are worked out once."""

    def __init__(self) -> None:
        self._by_namespace = {iri: name for name, iri in SHOWN_PREFIXES.items()}
        self.used: set[str] = set()

    def __missing__(self, term: str) -> str:
        written = term
        if term.startswith("<"):
            iri = term[1:-1]
            cut = max(iri.rfind("#"), iri.rfind("/")) + 1
            prefix = self._by_namespace.get(iri[:cut])
            if prefix is not None and _LOCAL.fullmatch(iri, cut):
                written = f"{prefix}:{iri[cut:]}"
                self.used.add(prefix)
        elif term.startswith('"') and term.endswith(">"):
            text, _, kind = term.rpartition("^^")
            number = _INTEGER.fullmatch(term)
            written = number[1] if number else f"{text}^^{self[kind]}"
        self[term] = written
        return written


def _headed(triples: Triples, blocks: Iterator[str], short: _Names) -> Iterator[str]:
    """Write what comes first: a title, and the prefixes that the rest, which is kept, has used."""
    pieces = [*map("".join, iter(lambda: list(islice(blocks, _PIECE)), []))]
    yield f"# {' '.join(triples.title.split())}\n"
    yield from (f"@prefix {name}: <{SHOWN_PREFIXES[name]}> .\n" for name in sorted(short.used))
    yield "\n"
    yield from pieces


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
