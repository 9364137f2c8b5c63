"""The layout of Turtle: lines of at most 120 columns; those of facts are filled.

What an article tells is filled: class, label, status and kind on the first line, a claim on one
line. All else, such as a concept, a shape, or a node in words that aren't ours, has a line for each
predicate, as most people write Turtle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from .order import is_fact, ordered
from .statements import Group, Node, Statement, Unit, Word, words_of

WIDTH: Final = 120
_INDENT: Final = 4
#: The blank space and the sign behind a word.
_SIGN: Final = 2


def lines(statements: Iterable[Statement]) -> Iterator[str]:
    """Lay statements out.

    Yields:
        The lines, without their ends; a string over several lines is in one of them.
    """
    for statement in statements:
        for spaced, comment in statement.comments:
            if spaced:
                yield ""
            yield comment
        if statement.words or statement.subject is not None:
            if statement.spaced:
                yield ""
            yield from _Writer().statement(statement)


def laid_out(statement: Statement) -> list[str]:
    """Lay one statement out, without the comment behind its full stop.

    Returns:
        Its lines, without their ends.
    """
    assert statement.closing is not None
    stop = Word(".", before=statement.closing.before)
    return _Writer().statement(replace(statement, closing=stop))


class _Writer:
    """Writes one statement.

    A comment behind a word is written when its line ends, for the sign behind the word comes first.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        #: The line so far, how far it is indented, and what comes behind its last sign.
        self._line = ""
        self._at = 0
        self._comment = ""

    def statement(self, statement: Statement) -> list[str]:
        for word in statement.words:
            if word.text == "." and not word.before:
                self._end(word.after)
            else:
                self._word(word, _INDENT if self._line else 0)
        if statement.subject is not None:
            self._told(statement, statement.subject)
        self._break()
        return self._lines

    def _told(self, statement: Statement, subject: Node) -> None:
        """Write subject, predicates and values."""
        assert statement.closing is not None
        filled, units, stop = is_fact(statement), statement.units, statement.closing
        *_, last = words_of(units[-1] if units else subject)
        note = ""
        if not stop.before:
            # The comment behind the last word comes behind the full stop, whatever is last then.
            note, last.after = last.after, ""
        self._node(subject, 0)
        for number, unit in enumerate(ordered(units) if filled else units):
            if number:
                self._line += " ;"
                if not filled or "\n" in self._line or not self._fits(_inline(unit), _INDENT):
                    self._break()
            self._unit(unit, _INDENT)
        last.after = last.after or note
        if stop.before:
            self._word(stop, _INDENT)
        else:
            self._end(note, stop.after)

    def _end(self, *comments: str) -> None:
        """Write the full stop, and comments behind it; the second has a line of its own."""
        self._line += " ."
        for comment in filter(None, comments):
            if self._comment:
                self._break()
                self._line = comment
            else:
                self._comment = comment

    def _unit(self, unit: Unit, indent: int) -> None:
        """Write a predicate with its values."""
        text = _inline(unit)
        if self._fits(text, indent):
            self._put(text, indent, unit.values[-1][-1])
            return
        only = len(unit.values) == 1 and not any(isinstance(n, Group) for n in unit.values[0])
        if text and self._line and only and indent + len(text) + _SIGN <= WIDTH:
            self._break()
            self._put(text, indent, unit.values[-1][-1])
            return
        self._word(unit.verb, indent)
        for number, value in enumerate(unit.values):
            text = _inline(value)
            if number:
                self._line += ","
                grouped = isinstance(value[0], Group) and self._line[-2] in "])"
                if not self._fits(text, indent, 1 + (value is unit.values[-1])) and not grouped:
                    self._break()
            for node in value:
                self._node(node, indent + _INDENT)

    def _node(self, node: Node, indent: int) -> None:
        """Write a term; what stands in brackets over several lines where it has to."""
        if isinstance(node, Word):
            self._word(node, indent)
            return
        text = _inline(node)
        if self._fits(text, indent):
            self._put(text, indent, node)
            return
        self._word(node.opening, indent)
        outer = self._at
        inner = outer + _INDENT
        for number, unit in enumerate(node.units):
            self._line += " ;" if number else ""
            self._break()
            self._unit(unit, inner)
        for number, item in enumerate(node.items):
            if not number or not self._fits(_inline(item), inner):
                self._break()
            self._node(item, inner)
        self._break()
        self._word(node.closing, outer)

    def _word(self, word: Word, indent: int) -> None:
        for comment in word.before:
            self._break()
            self._line = " " * indent + comment
        if word.before:
            self._break()
        self._put(word.text, indent, word)

    def _put(self, text: str, indent: int, node: Node) -> None:
        """Add words to the line; what was noted behind the last one ends it."""
        if self._comment:
            self._break()
        if not self._line:
            self._at = indent
            self._line = " " * indent + text
        else:
            self._line += " " + text
        self._comment = (node if isinstance(node, Word) else node.closing).after

    def _fits(self, text: str, indent: int, sign: int = _SIGN) -> bool:
        """Tell whether words that stand on one line have room on this one."""
        if not text or self._comment:
            return False
        used = len(self._line.rpartition("\n")[2]) + 1 if self._line else indent
        return used + len(text) + sign <= WIDTH

    def _break(self) -> None:
        if self._comment:
            self._line += " " + self._comment
            self._comment = ""
        if self._line:
            self._lines.append(self._line)
            self._line = ""


def _inline(part: Node | Unit | list[Node]) -> str:
    """Write something on one line; nothing where a comment or a line break is in it."""
    words = list(words_of(part))
    if any(word.before for word in words) or any(word.after for word in words[:-1]):
        return ""
    text = _text(part)
    return "" if "\n" in text or "\r" in text else text


def _text(part: Node | Unit | list[Node]) -> str:
    if isinstance(part, Word):
        return part.text
    if isinstance(part, list):
        return " ".join(map(_text, part))
    if isinstance(part, Unit):
        return f"{part.verb.text} {', '.join(map(_text, part.values))}"
    within = " ; ".join(map(_text, part.units)) or " ".join(map(_text, part.items))
    return f"{part.opening.text} {within} {part.closing.text}"
