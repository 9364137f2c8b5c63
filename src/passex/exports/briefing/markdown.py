"""Briefings in Markdown (CommonMark 0.31), with the picture in a file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from ...graph.tables import escaped
from .. import pictures
from ..columns import Report
from . import Briefing, contents
from .contents import Entry, Section

#: What begins a list, a heading or a rule at the beginning of a line.
_BEGINS: Final = re.compile(r"^(\d+)?([-+#=~.)])")


def write(briefing: Briefing, report: Report) -> Iterator[str]:
    """Write a briefing without its picture, as on standard output.

    Example:
        >>> from passex import load
        >>> print(load().ties().export("md").splitlines()[0])
        # Who trains with whom
    """
    yield from _written(briefing, "")


def beside(briefing: Briefing, report: Report, shown: str) -> tuple[Iterator[str], Iterator[str]]:
    """Write a briefing that shows a picture in the same folder, by its name; and the picture."""
    return _written(briefing, shown), pictures.svg(briefing.picture, report)


def _written(briefing: Briefing, shown: str) -> Iterator[str]:
    said = contents.of(briefing)
    yield f"# {escaped(said.title)}\n"
    for sentence in said.policy:
        yield f"\n{_line(sentence)}\n"
    opening, *rest = said.sections
    yield from _section(opening)
    if shown:
        yield f"\n![{escaped(briefing.picture.title)}]({quote(shown)})\n"
        if said.caption:
            yield f"\n{_line(said.caption)}\n"
    for section in rest:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    yield f"\n## {escaped(section.heading)}\n"
    for sentence in section.sentences:
        yield f"\n{_line(sentence)}\n"
    if section.entries:
        yield "\n"
    for entry in section.entries:
        yield from _entry(entry)
    if section.rest:
        yield f"\n{_line(section.rest)}\n"


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- **{escaped(entry.head)}**: {escaped('; '.join(entry.details))}\n"
    if entry.quote is not None:
        anchor, where = entry.quote.anchor, entry.quote.where
        quoted = f"“{escaped(anchor.exact)}” ({escaped(where)})"
        yield f"  > {_line(where) if anchor.is_row else quoted}\n"


def _line(text: str) -> str:
    """Write a text as a paragraph, whatever its first sign means to Markdown."""
    return _BEGINS.sub(r"\1\\\2", escaped(text))
