"""Comparisons as a page of HTML, which needs nothing else: sentences, and then facts by node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from ...curation.diff.facts import FactChange, Given, NodeFacts
from ...curation.diff.model import Comparison
from ...evidence.claims import Anchor, Claim, label_of
from ...graph.version import __version__
from ...text.excerpts import visible
from ...text.html import page
from ...text.styles import MARKS, unmarked
from ...text.wording import FIRST, first
from ..whereabouts import where
from . import sentences, summary

_PACKAGE = __package__ or ""


def lines(comparison: Comparison, whole: bool, triples: bool) -> Iterator[str]:
    """Write a page: what is compared, the counts, a list for each kind of change, and the facts."""
    alone = triples or comparison.plain
    title = _safe(f"{comparison.old.name} → {comparison.new.name}")
    made = f"Passex {__version__}"
    parts = {
        "heading": _safe(summary.heading(comparison)),
        "counts": "" if alone else _safe(summary.counts(comparison)),
        "summary": "\n".join(_triples(comparison) if alone else _summary(comparison, whole)),
        "nodes": "\n".join([] if alone else _nodes(comparison.facts, whole)),
        "generator": made,
    }
    yield from "".join(page(_PACKAGE, "comparison", "plain", title, made, parts)).split("\n")


def _triples(comparison: Comparison) -> Iterator[str]:
    yield from (f"<p>{_safe(note)}</p>" for note in comparison.notes)
    found = "\n".join(map(_safe, comparison.triples.lines()))
    yield f"<pre>{found}</pre>" if found else "<p>No difference.</p>"


def _summary(comparison: Comparison, whole: bool) -> Iterator[str]:
    for section in sentences.sections(comparison, whole):
        items = (*section.lines, *filter(None, [section.more]))
        yield f"<section><h2>{_safe(section.title)}</h2>"
        yield "<ul>"
        yield from (f"<li>{_safe(line)}</li>" for line in items)
        yield "</ul></section>"
    for note in filter(None, (summary.triples(comparison), *comparison.notes)):
        yield f"<p>{_safe(note)}</p>"


def _nodes(found: Sequence[NodeFacts], whole: bool) -> Iterator[str]:
    if not found:
        return
    yield "<h2>Facts, by what they are about</h2>"
    listed, more = first(found, None if whole else FIRST)
    for node in listed:
        yield from _node(node)
    if more:
        yield f"<p>{_safe(more)}</p>"


def _node(node: NodeFacts) -> Iterator[str]:
    tags = f'<span class="tag">{node.group}</span> <span class="tag {node.change}">'
    yield '<section class="node">'
    yield f"<h3><bdi>{_text(node.node.label)}</bdi> {tags}{node.change}</span></h3>"
    sides = [side for side, other in (("Before", "new"), ("After", "gone")) if node.change != other]
    heads = "".join(f'<th scope="col">{side}</th>' for side in ("Property", *sides))
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for fact in node.facts:
        yield from _fact(fact, sides)
    yield "</tbody></table></section>"


def _fact(fact: FactChange, sides: Sequence[str]) -> Iterator[str]:
    yield f'<tr><th scope="row">{_text(fact.property.label)}</th>'
    # Where a value is as it was, it is what proves it that has changed.
    kept = {given.value for given in fact.old} & {given.value for given in fact.new}
    for side in sides:
        look, values = ("old", fact.old) if side == "Before" else ("new", fact.new)
        inside = "".join(_value(given, given.value in kept) for given in values)
        listed = f"<ul>{inside}</ul>" if values else ""
        yield f'<td class="{look}" data-when="{side}">{listed}</td>'
    yield "</tr>"


def _value(given: Given, kept: bool) -> str:
    only = "" if given.stands else ' <span class="tag">claimed only</span>'
    look = "value kept" if kept else "value"
    value = f'<span class="{look}" dir="auto">{_text(label_of(given.value))}</span>{only}'
    return f"<li>{value}{''.join(map(_claim, given.claims))}</li>"


def _claim(claim: Claim) -> str:
    """Write what a claim rests on, and what of it isn't certain and stated."""
    quotes = "".join(f'<span class="place">{_place(place)}</span>' for place in claim.evidence)
    said = [f"Source: {claim.source}"] if claim.source else []
    own = {place.article for place in claim.evidence}
    others = [one.label for one in claim.attributed_to if one.iri not in own]
    said += [f"Said by {', '.join(others)}"] if others and claim.basis == "stated" else []
    said += [word for word in (claim.certainty, claim.basis) if word not in ("certain", "stated")]
    told = f'<span class="by">{_text("; ".join(said))}</span>' if said else ""
    return quotes + told


def _place(place: Anchor) -> str:
    """Write a quote with its place; the key of a row is nobody's words."""
    if place.is_row:
        return f'<span class="by"><bdi>{_text(place.row)}</bdi></span>'
    by = f'<span class="by"><bdi>{_text(place.label)}</bdi>, {where(place)}</span>'
    return f'<q dir="auto">{_text(place.exact)}</q> {by}'


def _text(text: str) -> str:
    """Write a text of a graph, which has no markup."""
    return escape(visible(unmarked(text)))


def _safe(line: str) -> str:
    """Write a line in which only names that are marked as such have markup."""
    opened = re.sub(f"({MARKS})", lambda found: found[0], escape(visible(line)))
    ends = iter(range(len(opened)))
    return re.sub(MARKS, lambda _: "</b>" if next(ends) % 2 else "<b>", opened)
