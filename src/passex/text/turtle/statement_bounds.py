"""Find where statements begin, from the lines around a place and not from the whole text.

A line begins outside every string, IRI and comment, for only a string in triple quotes may go on
over a line end; and those are found first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from .scanner import TurtleError
from .tokens import OPAQUE, string_end

_SPACE: Final = " \t\r\n"
#: A number or a language tag before a full stop that has no blank space after it.
_ENDED: Final = re.compile(r"(?:^|[^\w:.%\\-])(?:[+-]?[0-9][0-9.eE+-]*|@[A-Za-z0-9-]+)\.\Z")
#: A longer line is not looked at again from its beginning.
_LONG_LINE: Final = 1_000_000
_LONG_NAME: Final = 300
_BLANK: Final = re.compile(r"[ \t\r\n]+|#[^\r\n]*")
_NOTHING: Final = -1
_INSIDE: Final = -2


class LineBounds:
    """Tells where statements begin in a text in which each has a line of its own.

    Args:
        first: Where the first statement begins.
    """

    def __init__(self, text: str, first: int) -> None:
        self._text = text
        self._first = first

    def begins(self, offset: int) -> bool:
        """Tell that a statement begins at a place, which is the first word of a line."""
        return True

    def start(self, place: int) -> int:
        """Find the beginning of the statement that a token is in.

        Args:
            place: The offset of the token.

        Returns:
            The offset of the statement.
        """
        ends = [self._text.rfind(end, self._first, place) for end in ("\n", "\r")]
        return max(self._first, *(end + 1 for end in ends))


class StatementBounds:
    """Tells where statements begin.

    Args:
        first: Where the first statement begins.
        before: What a statement may stand behind: a full stop, and in TriG braces.

    Raises:
        TurtleError: A string is never closed.
    """

    def __init__(self, text: str, first: int, before: str) -> None:
        self._text = text
        self._first = first
        self._before = before
        self._strings = list(self._long_strings())
        self._ends = [end for _, end in self._strings]
        self._after_strings = set(self._ends)
        #: The place outside of everything that was looked at last.
        self._known = first

    def begins(self, offset: int) -> bool:
        """Tell whether a statement begins at a place; cheapest in ascending order.

        Args:
            offset: The offset of a token, or of what looks like one.

        Returns:
            Whether one does.

        Raises:
            TurtleError: It would take too long to tell.
        """
        if offset <= self._first:
            return offset == self._first
        place, end, last = offset, offset, _NOTHING
        while last == _NOTHING:
            anchor = self._anchor(place)
            if anchor is None:
                return False
            last = self._last(anchor, end)
            # Nothing but blank space and comments: the line before tells.
            place, end = anchor - 1, anchor
            if last == _NOTHING and (anchor <= self._first or anchor in self._after_strings):
                return False
        if last == _INSIDE:
            return False
        self._known = offset
        if self._text[last] not in self._before:
            return False
        return last < offset - 1 or self._text[offset] in "<@[(" or self._ended(offset)

    def start(self, place: int) -> int:
        """Find the beginning of the statement that a token is in.

        Args:
            place: The offset of the token.

        Returns:
            The offset of the statement.

        Raises:
            TurtleError: It would take too long to tell.
        """
        stop = place
        while True:
            stop = max(self._text.rfind(mark, self._first, stop) for mark in self._before)
            if stop < 0:
                return self._first
            start = stop + 1
            while match := _BLANK.match(self._text, start):
                start = match.end()
            if start <= place and self.begins(start):
                return start

    def _ended(self, offset: int) -> bool:
        """Tell whether the full stop just before a name is no part of a longer name."""
        if self._text[offset - 1] != "." or self._text[offset - 2] in ">\"')]:":
            return True
        return _ENDED.search(self._text[max(0, offset - _LONG_NAME) : offset]) is not None

    def _anchor(self, offset: int) -> int | None:
        """Find a place outside of everything before another one; None if that is in a string."""
        index = bisect_right(self._ends, offset)
        if index < len(self._strings) and self._strings[index][0] <= offset:
            return None
        least = max(self._first, self._ends[index - 1] if index else 0)
        if least <= self._known <= offset:
            least = self._known
        anchor = max(least, 1 + self._text.rfind("\n", least, offset))
        if offset - anchor > _LONG_LINE and anchor != self._known:
            raise TurtleError(offset)
        return anchor

    def _last(self, anchor: int, end: int) -> int:
        """Find the last character before `end` that is neither blank nor in a comment."""
        last, done = _NOTHING, anchor
        while match := OPAQUE.search(self._text, done, end):
            gap = self._text[done : match.start()].rstrip(_SPACE)
            if gap:
                last = done + len(gap) - 1
            comment = match[0][0] == "#"
            open_ended = comment or (match[0][0] == "<" and match[0][-1] != ">")
            done = self._over(match)
            if done > end or (open_ended and done == end):
                self._known = match.start()
                return _INSIDE
            if not comment:
                last = done - 1
        gap = self._text[done:end].rstrip(_SPACE)
        return done + len(gap) - 1 if gap else last

    def _over(self, match: re.Match[str]) -> int:
        quote = match["quote"]
        if not quote:
            return match.end()
        end = string_end(self._text, match.end(), quote)
        if end < 0:
            raise TurtleError(match.start())
        return end

    def _long_strings(self) -> Iterator[tuple[int, int]]:
        """Find the strings in triple quotes."""
        text, done = self._text, self._first
        following = {quote: text.find(quote, done) for quote in ('"""', "'''")}
        while True:
            for quote, place in following.items():
                if 0 <= place < done:
                    following[quote] = text.find(quote, done)
            places = [place for place in following.values() if place >= 0]
            if not places:
                return
            place = min(places)
            done = max(done, 1 + text.rfind("\n", done, place))
            while done <= place:
                match = OPAQUE.search(text, done)
                assert match is not None, "there is a quote at least"
                done = self._over(match)
                if match.start() == place:
                    yield place, done
