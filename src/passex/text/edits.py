"""Edits of a source: what is replaced, what stays byte for byte, and the unified diff of both.

Source of the diff's form: "Detailed Description of Unified Format" in the manual of GNU diffutils,
which `patch` and `git apply` read.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise, takewhile
from typing import Final, NamedTuple

#: A line end that somebody wrote who does not know those of the file.
_BARE: Final = re.compile(r"(?<!\r)\n")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")
#: So many lines are shown before and behind what changes.
_CONTEXT: Final = 3
_UNENDED: Final = "\n\\ No newline at end of file\n"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    r"""One replacement.

    Attributes:
        start: The offset of the first code point that goes; a byte-order mark counts as none.
        end: The offset after the last; `start` where something is only put in.
        text: What comes in its place; a ``\n`` in it, unless a CR is before it, is written as
            the file's lines end.
    """

    start: int
    end: int
    text: str


class EditConflictError(ValueError):
    """Two edits of one text that change the same characters.

    Attributes:
        first: The one.
        second: The other, which begins within it.
    """

    def __init__(self, first: Edit, second: Edit) -> None:
        super().__init__(f"{first} and {second} change the same characters")
        self.first = first
        self.second = second


def in_order(edits: Iterable[Edit]) -> list[Edit]:
    """Sort edits as they stand in the text, each once.

    What is put in at one place stays in the order in which it was given, and comes before what
    replaces something from there on.

    Raises:
        EditConflictError: Two of them change the same characters, or put something into what
            another one replaces.

    Example:
        >>> [edit.text for edit in in_order([Edit(4, 4, "b"), Edit(0, 2, "a"), Edit(4, 4, "c")])]
        ['a', 'b', 'c']
    """
    found = sorted(dict.fromkeys(edits), key=lambda edit: (edit.start, edit.end))
    for first, second in pairwise(found):
        if second.start < first.end:
            raise EditConflictError(first, second)
    return found


def apply(text: str, edits: Iterable[Edit]) -> str:
    r"""Make the edits in a text.

    Args:
        text: The text, with the line ends that it has, and without byte-order mark.
        edits: The edits, in any order.

    Raises:
        EditConflictError: As of `in_order`.

    Example:
        >>> apply("a b\r\nc\r\n", [Edit(2, 3, "B"), Edit(5, 5, "x\n")])
        'a B\r\nx\r\nc\r\n'
    """
    return _applied(text, edits, _line_end(text))


def apply_bytes(data: bytes, edits: Iterable[Edit]) -> bytes:
    r"""Make the edits in a file as it is stored: its byte-order mark and its line ends stay.

    Args:
        data: What the file holds, in UTF-8.
        edits: The edits, in any order.

    Raises:
        EditConflictError: As of `in_order`.
        UnicodeDecodeError: The file isn't UTF-8.

    Example:
        >>> apply_bytes(b"\xef\xbb\xbf\xc3\xa9 b\n", [Edit(2, 3, "\N{SNOWMAN}")])
        b'\xef\xbb\xbf\xc3\xa9 \xe2\x98\x83\n'
    """
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + apply(data[len(mark) :].decode("utf-8"), edits).encode("utf-8")


def unified_diff(name: str, text: str, edits: Iterable[Edit]) -> Iterator[str]:
    r"""Show what edits change in a file, line by line.

    Only the lines that they touch are compared, so that a long file costs no more than a short one,
    and no line is taken for another that reads the same. For a text that was written anew, give
    one edit that replaces all of it.

    Args:
        name: The file's name, which is both the old and the new one.
        text: Its text.
        edits: The edits, in any order.

    Yields:
        The lines of the diff, each with its end; none where nothing changes. A CR before a line's
        end belongs to the line, as `git` has it.

    Raises:
        EditConflictError: As of `in_order`.

    Example:
        >>> print("".join(unified_diff("a.ttl", "a\nb\n", [Edit(2, 4, "c")])), end="")
        --- a.ttl
        +++ a.ttl
        @@ -1,2 +1,2 @@
         a
        -b
        +c
        \ No newline at end of file
    """
    lines = _LINE.findall(text)
    shift = 0
    for number, hunk in enumerate(_hunks(_changes(text, lines, edits))):
        if not number:
            yield from (f"--- {name}\n", f"+++ {name}\n")
        first, last = max(0, hunk[0].first - _CONTEXT), min(len(lines), hunk[-1].last + _CONTEXT)
        grown = sum(len(change.lines) - (change.last - change.first) for change in hunk)
        old, new = _range(first, last), _range(first + shift, last + shift + grown)
        yield f"@@ -{old} +{new} @@\n"
        shift += grown
        done = first
        for change in hunk:
            yield from (_marked(" ", line) for line in lines[done : change.first])
            yield from (_marked("-", line) for line in lines[change.first : change.last])
            yield from (_marked("+", line) for line in change.lines)
            done = change.last
        yield from (_marked(" ", line) for line in lines[done:last])


class _Change(NamedTuple):
    """What comes in the place of some lines, from the first (counted from 0) to before the last."""

    first: int
    last: int
    lines: list[str]


def _changes(text: str, lines: list[str], edits: Iterable[Edit]) -> Iterator[_Change]:
    """Give the lines that differ, in order, no two of them side by side."""
    from difflib import SequenceMatcher  # of use to few calls, and slow to import

    end_of_line = _line_end(text)
    starts = [0, *accumulate(map(len, lines))]

    def line(offset: int) -> int:
        return min(bisect_right(starts, offset) - 1, len(lines))

    touched: list[tuple[int, int, list[Edit]]] = []
    for edit in in_order(edits):
        first, last = line(edit.start), min(line(edit.end) + 1, len(lines))
        if touched and first < touched[-1][1] + (touched[-1][0] == touched[-1][1]):
            first, _, together = touched.pop()
            touched.append((first, last, [*together, edit]))
        else:
            touched.append((first, last, [edit]))
    for first, last, together in touched:
        begin, stop = starts[first], starts[last]
        moved = [Edit(edit.start - begin, edit.end - begin, edit.text) for edit in together]
        old, new = lines[first:last], _LINE.findall(_applied(text[begin:stop], moved, end_of_line))
        # What is alike at both ends need not be compared, which takes long where lines recur.
        alike = _alike(old, new)
        tail = _alike(old[alike:][::-1], new[alike:][::-1])
        old, new = old[alike : len(old) - tail], new[alike : len(new) - tail]
        for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield _Change(first + alike + a, first + alike + b, new[c:d])


def _alike(old: Iterable[str], new: Iterable[str]) -> int:
    """Count the lines with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Group changes whose lines of context meet."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.first - hunk[-1].last > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _range(first: int, last: int) -> str:
    """Write the lines of a hunk: the first, or the one before where there are none; how many."""
    number = last - first
    start = first + 1 if number else first
    return str(start) if number == 1 else f"{start},{number}"


def _marked(mark: str, line: str) -> str:
    return mark + (line if line.endswith("\n") else line + _UNENDED)


def _applied(text: str, edits: Iterable[Edit], end_of_line: str) -> str:
    pieces: list[str] = []
    done = 0
    for edit in in_order(edits):
        pieces += (text[done : edit.start], _BARE.sub(end_of_line, edit.text))
        done = edit.end
    return "".join((*pieces, text[done:]))


def _line_end(text: str) -> str:
    """Give the line end that a text has most often."""
    found = _LINE_END.findall(text)
    return max(("\n", "\r\n", "\r"), key=found.count)
