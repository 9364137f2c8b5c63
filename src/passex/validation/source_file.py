"""A file of a validation, of which only what is said of the nodes in question is read."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, Literal, NamedTuple

import pyoxigraph as ox

from ..text.places import Place
from ..text.turtle import (
    Lines,
    NeedsFullParseError,
    Reader,
    Search,
    Term,
    Token,
    Triple,
    TurtleError,
)
from .inputs import Document

_POSITIONS: Final = (
    ox.RdfFormat.TURTLE,
    ox.RdfFormat.TRIG,
    ox.RdfFormat.N_TRIPLES,
    ox.RdfFormat.N_QUADS,
)
#: What may be a reifier.
_OF_RDF12: Final = re.compile(r"(?:^|[\s>\"')\]])~")
#: See `SourceFile.ask`.
_TEXT_PER_NODE: Final = 16


class Lookup(NamedTuple):
    """What is wanted of a node.

    Attributes:
        what: Its triples (``subject``), all links to it (``object``), or one place where it is an
            object or a predicate (``mention``).
        node: The node.
    """

    what: Literal["subject", "object", "mention"]
    node: Term


class SourceFile:
    """A file, of which only that is read which is asked for, as long as that can be told apart.

    Attributes:
        name: Its name in reports.
        number: Its number, which is in the names of its blank nodes.
        form: Its format.
        subjects: By subject, the triples that were read because of what was asked, in no order.
        objects: The same by object.
        mentions: By node that was asked for, the first place where it is an object or a predicate.
        whole: Whether all of it is read at each question. Only so do blank nodes have the names
            that they have in the validation; else those of one statement are called
            ``f<number of the file>s<offset of the statement>b<number>``, and those with a label
            ``f<number of the file>sl<label>``.
    """

    def __init__(self, document: Document) -> None:
        self.name = document.name
        self.number = document.number
        self.form = document.form
        self._document = document
        self._base = document.base
        self._lines: Lines | None = None
        self._search: Search | None = None
        self.whole = self.form not in _POSITIONS
        self._asked: set[Lookup] = set()
        self._seen: set[tuple[object, ...]] = set()
        self.subjects: dict[Term, list[Triple]] = {}
        self.objects: dict[Term, list[Triple]] = {}
        self.mentions: dict[Term, Token] = {}

    def ask(self, asked: set[Lookup], unnamed: set[Term]) -> None:
        """Look up what wasn't wanted before; blank nodes are of this file.

        The unnamed are those of the nodes that have neither IRI nor label.
        """
        new = asked - self._asked
        if not new:
            return
        self._asked |= new
        if (text := self.text) is None:
            return
        if self.whole:
            self._read(text, new)
            return
        # To look for each of many nodes takes longer than to read a short text; and a statement of
        # RDF 1.2 says more than of its subject.
        if (
            not self.has_rdf12
            and len(text) >= _TEXT_PER_NODE * len(new)
            and not any(
                not isinstance(node, ox.Literal) or "\\" in text or node.value in text
                for node in unnamed
            )
        ):
            with contextlib.suppress(NeedsFullParseError):
                self._find(text, new)
                return
        self.read_whole()

    def read_whole(self) -> None:
        """Read all of it from now on, so that blank nodes with a label are known."""
        if not self.whole and self.text is not None:
            self.whole = True
            for index in (self._seen, self.subjects, self.objects, self.mentions):
                index.clear()
            self._read(self.text, self._asked)

    def place(self, token: Token) -> Place:
        """Say where a term of this file is: the whole file if the format has no positions."""
        return self.place_of(token.start, token.end)

    def place_of(self, start: int, end: int) -> Place:
        """Say where a stretch of this file is, as `place` does."""
        if start < 0 or self.text is None:
            return Place(self.name)
        self._lines = self._lines or Lines(self.text)
        return Place(self.name, *self._lines.span(start, end), self._lines.source(start))

    @cached_property
    def text(self) -> str | None:
        """All of its text, without byte-order mark; None where it is there no more."""
        try:
            return self._document.read().decode("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            # It was readable when it was validated, and is no more: there is no place to show.
            return None

    @cached_property
    def has_rdf12(self) -> bool:
        """Whether there may be something of RDF 1.2 in it."""
        text = self.text or ""
        # To look for a sign alone is many times as quick.
        return "<<" in text or "{|" in text or ("~" in text and bool(_OF_RDF12.search(text)))

    def _find(self, text: str, new: set[Lookup]) -> None:
        form = self.form
        if self._search is None:
            self._search = Search(
                text,
                lines=form in (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS),
                graphs=form == ox.RdfFormat.TRIG,
                blank=f"f{self.number}s",
                base=self._base,
            )
        subjects, linked = _nodes(new, "subject"), _nodes(new, "object")
        if subjects:
            for statement in self._search.about(self._keys(subjects)):
                self._keep(statement)
        mentioned = _nodes(new, "mention")
        if linked or mentioned:
            found = self._search.mentions(self._keys(mentioned), self._keys(linked))
            for statement in found:
                self._keep(statement)
                self._mention(statement, linked | mentioned)

    def _read(self, text: str, new: set[Lookup]) -> None:
        subjects, wanted = _nodes(new, "subject"), _nodes(new, "object", "mention")
        for statement in self._statements(text):
            mentioned = self._mention(statement, wanted)
            if mentioned or any(triple.subject.term in subjects for triple in statement):
                self._keep(statement)

    def _statements(self, text: str) -> Iterator[list[Triple]]:
        blank = f"f{self.number}b"
        if self.form in _POSITIONS:
            # What the engine takes and we do not is RDF 1.2: what came before has its place.
            with contextlib.suppress(TurtleError):
                yield from Reader(text, blank=blank, base=self._base)
            return
        names: dict[Term, Term] = {}

        def named(term: Term) -> Term:
            if isinstance(term, ox.BlankNode):
                return names.setdefault(term, ox.BlankNode(f"{blank}{len(names)}"))
            return term

        # With rdflib, which takes long to import.
        if self.form == ox.RdfFormat.RDF_XML:
            from .xml_places import statements
        else:
            from .json_places import statements
        # What the engine takes, it takes again, if the file has not changed since.
        with contextlib.suppress(SyntaxError):
            yield from statements(text, self._base, named)

    def _keys(self, nodes: Iterable[Term]) -> set[str]:
        """Give nodes as the search takes them: by IRI or label."""
        label = f"f{self.number}sl"
        return {
            node.value if isinstance(node, ox.NamedNode) else "_:" + node.value.removeprefix(label)
            for node in nodes
            if isinstance(node, ox.NamedNode)
            or (isinstance(node, ox.BlankNode) and node.value.startswith(label))
        }

    def _mention(self, statement: list[Triple], wanted: set[Term]) -> bool:
        found = False
        for triple in statement:
            for token in (triple.predicate, triple.object):
                if token.term in wanted:
                    found = True
                    first = self.mentions.setdefault(token.term, token)
                    if 0 <= token.start < first.start or first.start < 0:
                        self.mentions[token.term] = token
        return found

    def _keep(self, statement: list[Triple]) -> None:
        last = statement[-1].object.start
        if last >= 0:
            # In RDF/XML and JSON-LD each triple is a statement, and several may be at one place.
            apart = () if self.form in _POSITIONS else (token.term for token in statement[-1])
            key = last, *apart
            if key in self._seen:
                return
            self._seen.add(key)
        for triple in statement:
            self.subjects.setdefault(triple.subject.term, []).append(triple)
            self.objects.setdefault(triple.object.term, []).append(triple)


def _nodes(asked: set[Lookup], *what: str) -> set[Term]:
    return {lookup.node for lookup in asked if lookup.what in what}
