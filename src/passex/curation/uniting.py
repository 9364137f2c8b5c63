"""The edits by which one node comes to stand for two, in all files together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import pyoxigraph as ox

from ..errors import InputError, PassexError
from ..graph.sources import Source
from ..graph.store import Store
from ..graph.terms import LABELLING, NAMING, NR, RDF, RDFS, SKOS, shorten
from ..text.edits import apply_bytes
from .file_edits import FileEdits, all_words, keep_comments
from .formatting import read_turtle
from .one_thing import Pair, triples_of
from .own_quotes import OwnQuotes
from .spelling import spell
from .statements import Group, Node, Statement, Unit, Word, words_of


class Uniting:
    """Works out the edits; they are in the files then.

    Args:
        store: The graph of the files, with what the rules derive.
        pair: The node that stays, and the one that goes.
        files: The files, which are changed in memory.
    """

    def __init__(self, store: Store, pair: Pair, files: list[FileEdits]) -> None:
        self._store = store
        self._kept, self._gone = pair.kept.iri, pair.gone.iri
        self._files = files
        self._quotes = OwnQuotes(store, pair, [t for file in files for t in file.triples])
        #: The statement that says what the node is that stays, and its file.
        self._home = next(
            (
                (file, statement)
                for file in files
                for statement in file.about(self._kept)
                if any(unit.iri == RDF.type for unit in statement.units)
            ),
            None,
        )

    @cached_property
    def _has(self) -> set[tuple[str, object]]:
        """What is said of the node that stays."""
        return {(t.predicate.value, t.object) for t in triples_of(self._store, self._kept)}

    def run(self) -> None:
        """Take everything to the node that stays.

        Raises:
            InputError: The node that goes has a blank node as a value.
        """
        told = [(file, one) for file in self._files for one in file.about(self._gone)]
        for file, statement in told:
            self._refuse_blank_nodes(file, statement)
        for file, statement in told:
            self._told(file, statement)
        self._name()
        for file in self._files:
            for statement in file.statements:
                self._mentioned(file, statement)
            self._unite_claims(file)

    def _refuse_blank_nodes(self, file: FileEdits, statement: Statement) -> None:
        values = [node for unit in statement.units for value in unit.values for node in value]
        if any(isinstance(node, Group) or node.text[:2] in ("_:", "[]") for node in values):
            raise InputError(
                f"{file.path.as_posix()}: {shorten(self._gone)} has a blank node as a value",
                "give that node an IRI first",
            )

    def _told(self, file: FileEdits, statement: Statement) -> None:
        """Take what is told of the node that goes to the one that stays."""
        describes = any(unit.iri == RDF.type for unit in statement.units)
        left = []
        for unit in statement.units:
            verb = unit.iri
            if verb == NR.hasEvidence:
                file.added[statement.start] += self._quotes.claims(statement)
            elif verb not in (RDF.type, *NAMING):
                left.append(unit)
                continue
            keep_comments(statement, unit)
        file.changed[statement.start] = statement
        statement.units = left
        if describes and self._home is not None:
            home, node = self._home
            home.changed[node.start] = node
            for unit in left:
                self._move(unit, statement, node)
            statement.units = []
        if not statement.units:
            file.dropped[statement.start] = statement

    @staticmethod
    def _move(unit: Unit, origin: Statement, target: Statement) -> None:
        """Add a predicate with its values to a statement, which may be in another file.

        The comments on what is there already stay where they stood.
        """
        verb = Word(unit.verb.text, unit.verb.iri, unit.verb.before, unit.verb.after)
        if verb.iri:
            verb.text = spell(verb.iri, target.prefixes, target.base)
        there = next((own for own in target.units if own.iri == unit.iri), None)
        if there is not None:
            keep_comments(origin, unit.verb)
        for (word,) in unit.values:
            assert isinstance(word, Word)
            text, sign, _ = word.text.rpartition("^^")
            if word.iri:
                spelled = spell(word.iri, target.prefixes, target.base)
                word.text = text + sign + spelled if word.text[0] in "\"'" else spelled
            if there is None:
                there = Unit(verb, [])
                target.units.append(there)
            if word.text not in {own.text for v in there.values for own in words_of(v)}:
                there.values.append([word])
            else:
                keep_comments(origin, word)

    def _name(self) -> None:
        """Keep the names of the node that goes as further names of the one that stays."""
        own = {value for verb, value in self._has if verb in NAMING}
        names = {
            triple.object: None
            for file in self._files
            for triple in file.triples
            if triple.subject == ox.NamedNode(self._gone) and triple.predicate.value in NAMING
            if triple.object not in own and isinstance(triple.object, ox.Literal)
        }
        if not names:
            return
        if self._home is not None:
            file, node = self._home
        else:
            file, node = next((f, s) for f in self._files for s in f.about(self._gone))
            file.dropped.pop(node.start, None)
        file.changed[node.start] = node
        values: list[list[Node]] = [[Word(self._spelled(name, node))] for name in names]
        there = next((unit for unit in node.units if unit.iri == SKOS.altLabel), None)
        if there is not None:
            there.values += values
            return
        place = next((n + 1 for n, unit in enumerate(node.units) if unit.iri in LABELLING), 0)
        if "skos" not in node.prefixes and file.statements[0].words:
            node.prefixes = {**node.prefixes, "skos": SKOS.iri}
            file.prefix = f"@prefix skos: <{SKOS}> .\n"
        name = spell(SKOS.altLabel, node.prefixes, node.base)
        node.units.insert(place, Unit(Word(name, SKOS.altLabel), values))

    @staticmethod
    def _spelled(term: str | ox.NamedNode | ox.Literal, at: Statement) -> str:
        return spell(term, at.prefixes, at.base)

    def _mentioned(self, file: FileEdits, statement: Statement) -> None:
        """Put the node that stays in the place of the one that goes; as a value, once."""
        words = [word for word in all_words(statement) if word.node == self._gone]
        for word in words:
            word.text = self._spelled(self._kept, statement)
            word.iri = self._kept
        if words:
            file.changed[statement.start] = statement
        for unit in statement.units if words else ():
            first = True
            for value in list(unit.values):
                if len(value) == 1 and isinstance(value[0], Word) and value[0].node == self._kept:
                    if not first:
                        keep_comments(statement, value)
                        unit.values.remove(value)
                    first = False

    def _unite_claims(self, file: FileEdits) -> None:
        """Drop a claim that says now what another one of the file says."""
        seen: dict[frozenset[object], Statement] = {}
        for statement in file.statements:
            if not any(unit.iri == NR.about for unit in statement.units):
                continue
            said = frozenset(
                (unit.iri, frozenset(w.node or w.text for v in unit.values for w in words_of(v)))
                for unit in statement.units
                if unit.iri != RDFS.label
            )
            other = seen.setdefault(said, statement)
            if other is not statement and {other.start, statement.start} & file.changed.keys():
                file.dropped[statement.start] = statement

    def notes(self) -> Iterator[str]:
        """Say of what both are values of one property, claims aside."""
        triples = {triple for file in self._files for triple in file.triples}
        kept, gone = ox.NamedNode(self._kept), ox.NamedNode(self._gone)
        claims = {triple.subject for triple in triples if triple.predicate.value == NR.about}
        both = {
            (shorten(triple.subject.value), shorten(triple.predicate.value))
            for triple in triples
            if triple.object == gone and isinstance(triple.subject, ox.NamedNode)
            if triple.subject not in claims
            if ox.Triple(triple.subject, triple.predicate, kept) in triples
        }
        for subject, predicate in sorted(both):
            yield (
                f"{subject} has both with {predicate}: "
                f"{shorten(self._kept)} and {shorten(self._gone)} become one there"
            )

    def check(self) -> None:
        """Refuse to write what would say more or less than it has to.

        Raises:
            PassexError: It would, which is a fault of Passex.
        """
        kept, gone = ox.NamedNode(self._kept), ox.NamedNode(self._gone)
        before: set[tuple[object, ...]] = set()
        after: set[tuple[object, ...]] = set()
        dropped = {
            word.node
            for file in self._files
            for one in file.dropped.values()
            for word in all_words(one)[:1]
        }
        for file in self._files:
            before |= {
                tuple(kept if part == gone else _bare(part) for part in triple)
                for triple in file.triples
            }
            new = apply_bytes(file.text.encode(), file.edits())
            triples, _ = read_turtle(Source(file.path, "turtle", new))
            after |= {tuple(map(_bare, triple)) for triple in triples}
        lost = {subject for subject, *_ in before - after}
        more = {subject for subject, *_ in after - before}
        own = {kept, *map(ox.NamedNode, self._quotes.made)}
        named = any(gone in triple for triple in after)
        if named or not more <= own or not lost <= {kept, *map(ox.NamedNode, dropped - {""})}:
            raise PassexError(
                "the files would say something else after the merge; nothing was written",
                "this is a fault of passex: report it with the files",
            )


def _bare(part: object) -> object:
    return "_" if isinstance(part, ox.BlankNode) else part
