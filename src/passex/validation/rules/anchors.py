"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from ... import evidence
from ...evidence.claims import Anchor, anchor
from ...graph.store import Store, node
from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from ...text.words import sentences, whole, words
from .model import Finding, Scope

#: Of an anchor.
_MOST_WORDS: Final = 8
#: Shorter ones, such as a dateline or who said it, are no copies of anything.
_SENTENCE: Final = 5


def run(scope: Scope) -> Iterator[Finding]:
    """Compare the evidence of a graph with the articles' texts."""
    if scope.inputs.texts is None:
        return
    store = Store(scope.inputs.graph)
    texts = evidence.read_texts(store, scope.inputs.texts)
    articles = set(store.subjects(RDF.type, SCHEMA.NewsArticle))
    for found in evidence.check(store, scope.inputs.texts).findings:
        if found.what == "text" and found.evidence and found.article in articles:
            continue  # said once, of the article
        yield _finding(store, found, texts.get(found.article))
    yield from _misquoted(store, texts)


def _misquoted(store: Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Find anchors that cut a word, are whole sentences, or have more than eight words."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for (quote,) in store.rows("SELECT DISTINCT ?q { ?c nr:hasEvidence ?q } ORDER BY ?q"):
        found = anchor(store, str(quote))
        text = texts.get(found.article)
        if text is None or not found.exact or text[found.start : found.end] != found.exact:
            continue
        if found.article not in ends:
            ends[found.article] = list(sentences(text, _SENTENCE))
        for rule, message, hint in (_cut(text, found), _copied(found, ends[found.article])):
            if rule:
                subject, value = ox.NamedNode(found.iri), ox.Literal(found.exact)
                yield Finding(rule, message, hint, None, subject, OA.exact, value)


def _cut(text: str, found: Anchor) -> tuple[str, str, str]:
    """Say whether an anchor begins or ends inside a word, a number or a character."""
    start, end = whole(text, found.start, found.end)
    if (start, end) == (found.start, found.end):
        return "", "", ""
    edge = "begins" if start < found.start else "ends"
    hint = f"quote {ox.Literal(text[start:end])}: <#char={start},{end}>"
    return "evidence-cut", f"The anchor {edge} inside a word.", hint


def _copied(found: Anchor, whole_ones: list[tuple[int, int]]) -> tuple[str, str, str]:
    """Say whether an anchor is a whole sentence of its text, or has more than eight words."""
    number = len(words(found.exact))
    if " " in found.exact and number > _MOST_WORDS:
        message = f"The anchor has {number} words, where hyphens and dashes part them."
        return "evidence-copied", message, f"quote the {_MOST_WORDS} that carry the fact, or fewer"
    if any(found.start <= start and end <= found.end for start, end in whole_ones):
        message = "The anchor is a whole sentence."
        return "evidence-copied", message, "quote the words that carry the fact"
    return "", "", ""


def _finding(store: Store, found: evidence.Finding, text: str | None) -> Finding:
    subject = node(found.evidence or found.article) if found.evidence or found.article else None
    predicate, hint = None, ""
    if found.what == "evidence":
        rule, message = "evidence-absent", "The graph has no evidence, so nothing was compared."
        hint = "add nr:hasEvidence to its claims"
    elif found.what == "text" and found.evidence:
        rule = "evidence-absent"
        message = "This quote is of no article that the graph describes."
        hint = "write <#char=START,END> in the file of the article, whose IRI is the @base there"
    elif found.what == "text":
        rule, predicate = "texts-absent", NR.sha256
        message = f"No file in the folder of texts is the text of {shorten(found.article)}."
        hint = f"expected {found.expected}"
    elif found.what == "text length":
        rule, predicate = "evidence-length", NR.textLength
        message = f"The text is {found.found} code points long, not {found.expected}."
        hint = f"write nr:textLength {found.found}"
    elif found.what == "zone bounds":
        rule = "evidence-bounds"
        message = f"The zone is at {found.found}, but has to be {found.expected}."
    elif found.what == "anchor":
        rule, predicate = "evidence-anchor", OA.exact
        message = f"The text does not have {found.expected}, but {found.found}."
        hint = _where(text or "", anchor(store, found.evidence).exact)
    else:
        rule = "evidence-zone"
        message = f"The anchor is at {found.found}, but has to be {found.expected}."
    value = None
    if subject is not None and predicate is not None:
        quads = list(store.engine.quads_for_pattern(subject, ox.NamedNode(predicate), None))
        value = quads[0].object if len(quads) == 1 else None
    return Finding(rule, message, hint, subject=subject, predicate=predicate, value=value)


def _where(text: str, phrase: str) -> str:
    """Say where the phrase does stand."""
    if not phrase:
        return "give the phrase with oa:exact"
    # Looked ahead for: it may overlap with itself.
    starts = [match.start() for match in re.finditer(f"(?={re.escape(phrase)})", text)]
    found = [f"<#char={at},{at + len(phrase)}>" for at in starts]
    if not found:
        return "the text has this phrase nowhere"
    return "it is " + ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
