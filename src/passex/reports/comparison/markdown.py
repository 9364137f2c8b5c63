"""Comparisons in Markdown, for a comment on a pull request.

What a graph says is text: no markup, no mention of a person, no reference to an issue (GitHub and
GitLab look for these after Markdown has taken its escapes away).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...curation.diff.model import Comparison
from ...graph.tables import escaped
from ...text.styles import MARKS
from . import sentences, summary

#: What a platform makes a link of: @somebody, #1, !1, GH-1; with a space of no width it has none.
_LINKED: Final = re.compile(r"(?<=@)(?=\w)|(?<=[#!$%~])(?=[\w])|(?<=GH-)(?=\d)", re.IGNORECASE)
_NOTHING: Final = "&#8203;"
#: Holds its place while the line is escaped: no text has this code point.
_HELD: Final = "\ufdef"


def lines(comparison: Comparison, whole: bool, triples: bool) -> Iterator[str]:
    """Write what is compared, the counts, and then a heading for each kind of change."""
    yield f"### {_safe(summary.heading(comparison))}"
    yield ""
    if triples or comparison.plain:
        yield from (f"{_safe(note)}\n" for note in comparison.notes)
        yield from _block(list(comparison.triples.lines()))
        return
    if counts := summary.counts(comparison):
        yield _safe(counts)
    for section in sentences.sections(comparison, whole):
        yield ""
        yield f"#### {_safe(section.title)}"
        yield ""
        yield from (f"- {_safe(line)}" for line in section.lines)
        if section.more:
            yield f"- {_safe(section.more)}"
    if differing := summary.triples(comparison):
        yield ""
        yield _safe(differing)
    for note in comparison.notes:
        yield ""
        yield _safe(note)


def _safe(line: str) -> str:
    r"""Write a line in which only names that are marked as such have markup.

    Example:
        >>> print(_safe("@navy sails <b>#7</b> & *all*"))
        @&#8203;navy sails \<b\>#&#8203;7\</b\> \& \*all\*
    """
    text = _LINKED.sub(_HELD, line.replace(_HELD, ""))
    text = escaped(text).replace(_HELD, _NOTHING)
    return re.sub(MARKS, "**", text)


def _block(found: list[str]) -> Iterator[str]:
    """Write lines of a difference as they are, in a block that no line of theirs can end."""
    if not found:
        yield "No difference."
        return
    ticks = max((len(run) for line in found for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, ticks + 1)
    yield f"{fence}diff"
    yield from found
    yield fence
