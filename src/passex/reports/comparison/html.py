"""Comparisons as a page of HTML, which needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from ...curation.diff.model import Comparison
from ...text.excerpts import visible
from ...text.styles import MARKS
from . import sentences, summary


def lines(comparison: Comparison, whole: bool, triples: bool) -> Iterator[str]:
    """Write a page: what is compared, the counts, and a list for each kind of change."""
    title = f"{comparison.old.name} → {comparison.new.name}"
    yield "<!DOCTYPE html>"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>{_safe(title)}</title></head><body>'
    yield f"<h1>{_safe(summary.heading(comparison))}</h1>"
    if triples or comparison.plain:
        yield from (f"<p>{_safe(note)}</p>" for note in comparison.notes)
        found = "\n".join(map(_safe, comparison.triples.lines()))
        yield f"<pre>{found}</pre>" if found else "<p>No difference.</p>"
    else:
        if counts := summary.counts(comparison):
            yield f"<p>{_safe(counts)}</p>"
        for section in sentences.sections(comparison, whole):
            items = (*section.lines, *filter(None, [section.more]))
            yield f"<h2>{_safe(section.title)}</h2>"
            yield "<ul>"
            yield from (f"<li>{_safe(line)}</li>" for line in items)
            yield "</ul>"
        for note in filter(None, (summary.triples(comparison), *comparison.notes)):
            yield f"<p>{_safe(note)}</p>"
    yield "</body></html>"


def _safe(line: str) -> str:
    """Write a line in which only names that are marked as such have markup."""
    opened = re.sub(f"({MARKS})", lambda found: found[0], escape(visible(line)))
    ends = iter(range(len(opened)))
    return re.sub(MARKS, lambda _: "</b>" if next(ends) % 2 else "<b>", opened)
