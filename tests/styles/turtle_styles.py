"""Writes a graph as Turtle or TriG in a random style, and remembers where it wrote each term.

Prefixes, base, ``a``, lists, nesting, quotes, escapes, comments, line ends, byte-order mark: all
that may differ differs. The same seed gives the same text. Whoever seeds a fault in a graph knows
from here at which offset it has to be found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

import pyoxigraph as ox

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
#: Offset of the first character, and the offset after the last.
Stretch: TypeAlias = tuple[int, int]

_SHORT = {
    "integer": r"[+-]?[0-9]+",
    "decimal": r"[+-]?[0-9]*\.[0-9]+",
    "double": r"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+",
    "boolean": "true|false",
}
_COMMENTS = (
    "",
    " an end. <u:x> :y . ",
    ' \'quote """ ',
    " e:a e:b '''",
    " } ] ) # . @prefix e: <u:z> .",
)
_NAMESPACES = ("http://example.org/", "http://example.org/a#", "http://e.org/x/", RDF, XSD)
_ESCAPED = "~.-!$&'()*+,;=/?#@%_"


@dataclass
class Spots:
    """Where a triple is written; the predicate is None within collections."""

    subject: Stretch
    predicate: Stretch | None
    object: Stretch


@dataclass
class Styled:
    """A text, and where its triples are; those that link the cells of collections are left out."""

    text: str
    spots: dict[ox.Triple, Spots]


def write(triples: Sequence[ox.Triple], seed: int, graphs: bool = False) -> Styled:
    """Write a graph.

    Args:
        triples: The triples, each once.
        seed: What the style depends on.
        graphs: Whether to write TriG with graph blocks.

    Returns:
        The text and the places in it.
    """
    return _Writer(list(triples), Random(seed), graphs).run()


class _Writer:
    def __init__(self, triples: list[ox.Triple], random: Random, graphs: bool) -> None:
        self.random = random
        self.graphs = graphs
        self.parts: list[str] = []
        self.length = 0
        self.before = ""
        self.last = ""
        self.prefixes: dict[str, str] = {}
        self.base = ""
        self.line_end = random.choice(["\n", "\n", "\r\n", "\r"])
        self.plain = random.random() < 0.3
        self.of: dict[Term, list[ox.Triple]] = {}
        for triple in triples:
            self.of.setdefault(triple.subject, []).append(triple)
        uses = Counter(triple.object for triple in triples)
        parents: dict[Term, Term] = {
            t.object: t.subject for t in triples if isinstance(t.object, ox.BlankNode)
        }
        self.nested = {
            node
            for node in parents
            if uses[node] == 1 and not self._cyclic(node, parents) and random.random() < 0.8
        }
        self.subjects: dict[Term, list[Stretch]] = {}
        self.spots: dict[ox.Triple, Spots] = {}

    @staticmethod
    def _cyclic(node: Term, parents: dict[Term, Term]) -> bool:
        seen = set()
        while node in parents and node not in seen:
            seen.add(node)
            node = parents[node]
        return node in seen

    def run(self) -> Styled:
        if self.random.random() < 0.2:
            self.put("\ufeff")
            self.before = self.last = ""
        for _ in range(self.random.randint(0, 5)):
            self.directive()
        blocks = self.statements()
        self.random.shuffle(blocks)
        inside = False
        for subject, triples in blocks:
            if self.graphs and self.random.random() < 0.4:
                if inside:
                    self.put("}")
                else:
                    self.graph()
                inside = not inside
            elif not inside and not self.plain and self.random.random() < 0.05:
                self.directive()
            self.statement(subject, triples)
            if inside and self.random.random() < 0.2:
                self.put("}")
                inside = False
            else:
                self.stop()
        if inside:
            self.put("}")
        # The engine wants to see what follows a full stop after a name.
        self.gap(self.line_end)
        return Styled("".join(self.parts), self.spots)

    def statements(self) -> list[tuple[Term, list[ox.Triple]]]:
        found = []
        for subject, triples in self.of.items():
            if subject in self.nested:
                continue
            rest = list(triples)
            self.random.shuffle(rest)
            while rest:
                size = self.random.randint(1, len(rest))
                found.append((subject, rest[:size]))
                rest = rest[size:]
        return found

    def graph(self) -> None:
        if self.random.random() < 0.6:
            if self.random.random() < 0.5:
                self.token(self.random.choice(["GRAPH", "graph"]))
            self.term(ox.NamedNode(self.random.choice(_NAMESPACES) + "g"))
        self.token("{")

    def directive(self) -> None:
        iri = self.random.choice(_NAMESPACES)
        sparql = self.random.random() < 0.3
        word = "prefix" if self.random.random() < 0.75 else "base"
        self.token(self.random.choice([word, word.upper()]) if sparql else f"@{word}")
        if word == "prefix":
            name = self.random.choice(["e", "", "p.q", "Base", "pré"])
            if self.plain and name in self.prefixes:
                iri = self.prefixes[name]
            self.token(f"{name}:")
            self.prefixes[name] = iri
        else:
            iri = self.base if self.plain and self.base else iri
            self.base = iri
        self.token(f"<{iri}>")
        if not sparql:
            self.stop()

    def statement(self, subject: Term, triples: list[ox.Triple]) -> None:
        bracketed = (
            isinstance(subject, ox.BlankNode)
            and len(triples) == len(self.of[subject])
            and subject not in {t.object for ts in self.of.values() for t in ts}
        )
        if bracketed and self.random.random() < 0.7:
            size = self.random.randint(0, len(triples))
            stretch = self.brackets(triples[:size])
            if size < len(triples):
                self.predicates(triples[size:], stretch)
            return
        self.predicates(triples, self.term(subject))

    def predicates(self, triples: list[ox.Triple], subject: Stretch | None) -> None:
        triples = sorted(triples, key=lambda triple: triple.predicate.value)
        before: ox.NamedNode | None = None
        spot = (0, 0)
        for triple in triples:
            if triple.predicate == before and self.random.random() < 0.7:
                self.token(",")
            else:
                if before:
                    for _ in range(self.random.choice([1, 1, 1, 2])):
                        self.token(";")
                short = triple.predicate.value == RDF + "type" and self.random.random() < 0.8
                spot = self.token("a") if short else self.term(triple.predicate)
            before = triple.predicate
            self.spots[triple] = Spots(subject or (0, 0), spot, (0, 0))
            self.spots[triple].object = self.object(triple.object)
        if self.random.random() < 0.2:
            self.token(";")

    def object(self, term: Term) -> Stretch:
        if term == ox.NamedNode(RDF + "nil") and self.random.random() < 0.8:
            start, _ = self.token("(")
            return start, self.token(")")[1]
        if term not in self.nested:
            return self.term(term)
        members = self.members(term)
        if members is None or self.random.random() < 0.1:
            return self.brackets(self.of.get(term, []))
        start, _ = self.token("(")
        for number, triple in enumerate(members):
            stretch = self.object(triple.object)
            self.spots[triple] = Spots(stretch, None, stretch)
            if number == 0:
                first = self.spots[triple]
        _, end = self.token(")")
        first.subject = start, end
        return start, end

    def members(self, cell: Term) -> list[ox.Triple] | None:
        """The ``rdf:first`` triples of a collection; None if it is none."""
        found = []
        while cell != ox.NamedNode(RDF + "nil"):
            by = {triple.predicate.value: triple for triple in self.of.get(cell, [])}
            whole = len(self.of.get(cell, [])) == 2 and set(by) == {RDF + "first", RDF + "rest"}
            if not whole or cell not in self.nested:
                return None
            found.append(by[RDF + "first"])
            cell = by[RDF + "rest"].object
        return found or None

    def brackets(self, triples: list[ox.Triple]) -> Stretch:
        start, _ = self.token("[")
        if triples:
            self.predicates(triples, None)
        _, end = self.token("]")
        for triple in triples:
            self.spots[triple].subject = start, end
        return start, end

    def term(self, term: Term) -> Stretch:
        if isinstance(term, ox.BlankNode):
            return self.token(f"_:{term.value}")
        if isinstance(term, ox.NamedNode):
            return self.token(self.iri(term.value))
        assert isinstance(term, ox.Literal)
        kind = term.datatype.value.removeprefix(XSD)
        if kind in _SHORT and re.fullmatch(_SHORT[kind], term.value) and self.random.random() < 0.8:
            return self.token(term.value)
        start, end = self.token(self.quoted(term.value))
        if term.language:
            end = self.token("@" + term.language, tight=self.random.random() < 0.9)[1]
        elif kind != "string":
            self.token("^^", tight=self.random.random() < 0.9)
            end = self.token(self.iri(term.datatype.value), tight=self.random.random() < 0.9)[1]
        return start, end

    def iri(self, iri: str) -> str:
        ways = [f"<{iri}>"]
        for prefix, namespace in self.prefixes.items():
            local = iri.removeprefix(namespace)
            if iri.startswith(namespace) and re.fullmatch(r"[\w~.!$&'()*+,;=/?#@-]*", local):
                ways += 2 * [f"{prefix}:{self.local(local)}"]
        if (
            self.base
            and iri.startswith(self.base)
            and not re.search(r"[:#?]", iri[len(self.base) :])
        ):
            relative = iri[len(self.base) :]
            if relative and not relative.startswith("/") and "#" not in self.base:
                ways += [f"<{relative}>", f"<./q/../{relative}>"]
        if not self.plain and self.random.random() < 0.05:
            ways.append(f"<{iri[:-1]}\\u{ord(iri[-1]):04X}>")
        return self.random.choice(ways)

    def local(self, local: str) -> str:
        found = ""
        for number, character in enumerate(local):
            inner = 0 < number < len(local) - 1
            must = (
                character in _ESCAPED and character not in "_" and not (character in ".-" and inner)
            )
            may = character in _ESCAPED and not self.plain and self.random.random() < 0.2
            found += f"\\{character}" if must or may else character
        return found

    def quoted(self, text: str) -> str:
        quote = self.random.choice(['"', "'", '"', "'", '"""', "'''"])
        named = {"\t": "\\t", "\b": "\\b", "\n": "\\n", "\r": "\\r", "\f": "\\f"}
        found = ""
        for character in text:
            if character in ("\\", quote[0]):
                found += "\\" + character
            elif character in "\r\n" and len(quote) == 1:
                found += named[character]
            elif not self.plain and self.random.random() < 0.05:
                found += named.get(character) or f"\\U{ord(character):08X}"
            else:
                found += character
        return quote + found + quote

    def stop(self) -> None:
        if self.before == "name" and self.random.random() < 0.5:
            self.gap(" ")
            self.put(".")
        else:
            self.token(".")

    def token(self, token: str, tight: bool = False) -> Stretch:
        sign = token in (".", ",", ";", "[", "]", "(", ")", "{", "}", "^^")
        opaque = self.last in ("", "[", "]", "(", ")", ",", ";", "{", "}", "<>", "^^")
        # Words that touch must not grow together; a full stop that touches both sides is allowed.
        touching = sign or opaque or (self.last == ">." and token[0] in "<@")
        if not tight:
            self.gap("" if touching and self.random.random() < 0.5 else " ")
        start = self.length
        self.put(token)
        self.last = "<>" if token[0] == "<" else token if sign else "word"
        if token == "." and self.before == "<>":
            self.last = ">."
        self.before = self.last
        return start, self.length

    def gap(self, least: str) -> None:
        self.put(least)
        while self.random.random() < 0.15:
            self.put(self.random.choice([" ", "\t", self.line_end, self.line_end]))
            if self.random.random() < 0.2:
                self.put("#" + self.random.choice(_COMMENTS) + self.line_end)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


def random_graph(seed: int, size: int = 12) -> list[ox.Triple]:
    """Make up a graph with all kinds of terms, with collections and nested blank nodes.

    Args:
        seed: What the graph depends on.
        size: About how many triples it is to have.

    Returns:
        The triples, each once, in a fixed order.
    """
    random = Random(seed)
    names = ["a", "b1", "c-d", "e.f", "g,h", "é", "x/y", "z'", "", "it(s)"]
    iris = [ox.NamedNode(n + name) for n in _NAMESPACES[:3] for name in names]
    texts = ["", "a", "A. b", 'say "x"', "it's", "two\nlines", "cr\r\nlf", "\\", "\U0001f6a2 ship"]
    texts += [
        "e:a e:b <u:c> . ",
        "tab\t# no comment",
        "'''",
        '"""',
        "no. e:a",
        "x. @prefix e: <u:> .",
    ]
    literals: list[ox.Literal] = [ox.Literal(text) for text in texts]
    literals += [ox.Literal(random.choice(texts), language="en-gb")]
    literals += [ox.Literal(text, datatype=iris[1]) for text in texts[:4]]
    for kind, words in {
        "integer": ["1", "-01"],
        "decimal": ["1.5", ".5"],
        "double": ["1e0", "1.E-3"],
        "boolean": ["true", "1"],
    }.items():
        literals += [ox.Literal(word, datatype=ox.NamedNode(XSD + kind)) for word in words]
    blanks = [ox.BlankNode(f"n{number}") for number in range(6)]
    first, rest, nil = (ox.NamedNode(RDF + name) for name in ("first", "rest", "nil"))
    predicates = [*iris[:4], ox.NamedNode(RDF + "type")]
    found: dict[ox.Triple, None] = {}
    for _ in range(size):
        subject = random.choice(iris[:8]) if random.random() < 0.5 else random.choice(blanks)
        values: list[list[Term]] = [[*iris], [*literals], [*blanks], [nil]]
        value = random.choice(random.choice(values))
        if random.random() < 0.2:
            value = cell = ox.BlankNode(f"l{len(found)}")
            for number in range(random.randint(1, 3)):
                if number:
                    following = ox.BlankNode(f"l{len(found)}x{number}")
                    found[ox.Triple(cell, rest, following)] = None
                    cell = following
                member = random.choice([*values[1], *values[2], nil])
                found[ox.Triple(cell, first, member)] = None
            found[ox.Triple(cell, rest, nil)] = None
        found[ox.Triple(subject, random.choice(predicates), value)] = None
    return list(found)
