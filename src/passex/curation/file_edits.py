"""Edits of a file by its statements: what doesn't change stays byte for byte."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Final

from ..graph.sources import Source
from ..text.edits import Edit
from .formatting import BASE, read_turtle
from .layout import laid_out
from .statements import Node, Statement, Unit, Word, words_of
from .taking_apart import statements

#: What may stand behind a full stop on its line.
_REST: Final = re.compile(r"(?:[ \t]*#[^\r\n]*)?")
_LINE_END: Final = re.compile(r"[ \t]*(?:\r\n|\r|\n|\Z)")
_EMPTY: Final = re.compile(r"(?:\r\n|\r|\n)+|\Z")
_EMPTY_BEFORE: Final = re.compile(r"(?:\r\n|\r|\n){2}\Z")


class FileEdits:
    """A file, and what of it changes.

    Attributes:
        path: The file.
        text: Its text, without a byte-order mark.
        triples: What it holds.
        statements: Its statements, which may be changed.
        changed: The statements that were, by where they start.
        dropped: Those that go, likewise; the comments in them stay.
        added: Lines behind a statement, by where it starts.
        prefix: A line before the last of the directives at the top.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.triples, old = read_turtle(Source(path))
        self.text = old.removeprefix("\ufeff")
        self.statements = statements(self.text, BASE)
        self.changed: dict[int, Statement] = {}
        self.dropped: dict[int, Statement] = {}
        self.added: dict[int, list[str]] = defaultdict(list)
        self.prefix = ""

    def about(self, iri: str) -> Iterator[Statement]:
        """Give the statements whose subject is a node."""
        for statement in self.statements:
            if isinstance(statement.subject, Word) and statement.subject.node == iri:
                yield statement

    def edits(self) -> Iterator[Edit]:
        """Give the edits.

        Yields:
            An edit for each statement that changes, in no order.
        """
        if self.prefix:
            *_, last = (one.start for one in takewhile(lambda one: one.words, self.statements))
            yield Edit(last, last, self.prefix)
        for start, statement in self.changed.items():
            if start not in self.dropped:
                yield Edit(start, statement.end, "\n".join(laid_out(statement)))
            if self.added[start] and start not in self.dropped:
                end = _REST.match(self.text, statement.end)
                assert end is not None, "nothing at all matches"
                yield Edit(end.end(), end.end(), "".join(f"\n{line}" for line in self.added[start]))
        for start, statement in self.dropped.items():
            comments = [c for w in all_words(statement) for c in (*w.before, w.after) if c]
            lines = [*comments, *self.added[start]]
            if lines:
                yield Edit(start, statement.end, "\n".join(lines))
            else:
                yield self._without(start, statement.end)

    def _without(self, start: int, end: int) -> Edit:
        """Take a statement out, with its line, and an empty line where there were two."""
        rest = _LINE_END.match(self.text, end)
        before = self.text[:start]
        if rest is None or (before and before[-1] not in "\r\n"):
            return Edit(start, end, "")
        empty = _EMPTY.match(self.text, rest.end())
        alone = not before or _EMPTY_BEFORE.search(before)
        return Edit(start, empty.end() if alone and empty else rest.end(), "")


def all_words(statement: Statement) -> list[Word]:
    """List the words of a statement; its full stop is there for the comments before it.

    Returns:
        The words, the subject's first.
    """
    words = [] if statement.subject is None else [*words_of(statement.subject)]
    words += [word for unit in statement.units for word in words_of(unit)]
    stop = statement.closing
    return [*words, *([Word(".", before=stop.before)] if stop else [])]


def keep_comments(statement: Statement, part: Node | Unit | list[Node]) -> None:
    """Put the comments in a part of a statement, which goes, above the statement's subject."""
    assert statement.subject is not None
    first = next(words_of(statement.subject))
    for word in words_of(part):
        first.before += filter(None, (*word.before, word.after))
