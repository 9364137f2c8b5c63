"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from .model import Finding, Scope

if TYPE_CHECKING:
    from ... import evidence
    from ...graph.store import Store

_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]*\\Z")
_NUMBER: Final = re.compile(r"\d[.,]\d")
#: Characters of scripts that put no spaces between words.
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


def run(scope: Scope) -> Iterator[Finding]:
    """Compare the evidence of a graph with the articles' texts."""
    if scope.inputs.texts is None:
        return
    # Imported where there are texts: whoever validates without should not wait for it.
    from ... import evidence
    from ...graph.store import Store

    store = Store(scope.inputs.graph)
    texts = evidence.read_texts(store, scope.inputs.texts)
    articles = set(store.subjects(RDF.type, SCHEMA.NewsArticle))
    for found in evidence.check(store, scope.inputs.texts).findings:
        if found.what == "text" and found.evidence and found.article in articles:
            continue  # said once, of the article
        yield _finding(store, found, texts.get(found.article))
    yield from _cut(store, texts)


def _cut(store: Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Find anchors that begin or end inside a word, a number or a character."""
    from ...evidence.claims import anchor
    from ...graph.store import node

    for (piece,) in store.rows("SELECT DISTINCT ?q { ?c nr:hasEvidence ?q } ORDER BY ?q"):
        found = anchor(store, str(piece))
        text = texts.get(found.article)
        if text is None or not found.exact or text[found.start : found.end] != found.exact:
            continue
        start, end = found.start, found.end
        while is_inside(text, start):
            start -= 1
        while is_inside(text, end):
            end += 1
        if (start, end) != (found.start, found.end):
            subject = _selector(store, found.iri) or node(found.iri)
            value = ox.Literal(found.exact)
            edge = "begins" if start < found.start else "ends"
            message = f"The anchor {edge} inside a word."
            hint = f"quote {ox.Literal(text[start:end])}, from {start} to {end}"
            yield Finding("evidence-cut", message, hint, None, subject, OA.exact, value)


def is_inside(text: str, at: int) -> bool:
    """Tell whether a place is inside a word or number, or what is seen as one character.

    Scripts without spaces have no words that can be told so simply; an apostrophe ends a word,
    since a name may have 's behind it.

    Source: Unicode Text Segmentation (UAX 29), without what needs its tables.

    Example:
        >>> [is_inside("3,000 men", at) for at in (1, 2, 5, 6, 7)]
        [True, True, False, False, True]
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    joined = "\u200d" in (before, after) or unicodedata.category(after)[0] == "M"
    toned = "\U0001f3fb" <= after <= "\U0001f3ff" or (before, after) == ("\r", "\n")
    # Two letters of a flag go together, from the first of them on.
    flag = _FLAG.search(text, 0, at) if "\U0001f1e6" <= after <= "\U0001f1ff" else None
    if joined or toned or (flag is not None and len(flag[0]) % 2):
        return True
    # An accent of its own belongs to the letter before it.
    letters = text[max(0, at - 9) : at]
    before = next((c for c in reversed(letters) if unicodedata.category(c)[0] != "M"), before)
    if not _UNSPACED.search(before + after) and before.isalnum() and after.isalnum():
        return True
    parts = (text[at - 2 : at + 1] if at > 1 else "", text[at - 1 : at + 2])
    return any(_NUMBER.fullmatch(part) for part in parts)


def _finding(store: Store, found: evidence.Finding, text: str | None) -> Finding:
    from ...evidence.claims import anchor, number
    from ...graph.store import node

    subject = node(found.evidence or found.article) if found.evidence or found.article else None
    predicate, hint = None, ""
    if found.what == "evidence":
        rule, message = "evidence-absent", "The graph has no evidence, so nothing was compared."
        hint = "add nr:hasEvidence to its claims"
    elif found.what == "text" and found.evidence:
        rule, predicate = "evidence-absent", OA.hasSource
        message = "This evidence names no article that the graph describes."
        hint = "name its article with oa:hasSource"
    elif found.what == "text":
        rule, predicate = "texts-absent", NR.sha256
        message = f"No file in the folder of texts is the text of {shorten(found.article)}."
        hint = f"expected {found.expected}"
    elif found.what == "text length":
        rule, predicate = "evidence-length", NR.textLength
        message = f"The text is {found.found} code points long, not {found.expected}."
        hint = f"write nr:textLength {found.found}"
    elif found.what == "zone bounds":
        # The end, where the beginning at least is in the text.
        inside = number(found.found.split(" ")[0]) >= 0
        rule, predicate = "evidence-bounds", OA["end" if inside else "start"]
        message = f"The zone is at {found.found}, but has to lie {found.expected}."
    elif found.what == "anchor":
        rule, predicate = "evidence-anchor", OA.exact
        place = anchor(store, found.evidence)
        message = f"The text does not have {found.expected}, but {found.found}."
        hint = _where(text or "", place.exact)
        subject = _selector(store, found.evidence) or subject
    else:
        rule, predicate = "evidence-zone", NR.inZone
        zone = "no zone" if found.found == "none" else shorten(found.found)
        message = f"The anchor is in {zone}, but has to be {found.expected}."
        if found.expected.startswith("within"):
            message = f"The anchor is at {found.found}, but its zone is {found.expected[7:]}."
    value = None
    if subject is not None and predicate is not None:
        quads = list(store.engine.quads_for_pattern(subject, ox.NamedNode(predicate), None))
        value = quads[0].object if len(quads) == 1 else None
    return Finding(rule, message, hint, subject=subject, predicate=predicate, value=value)


def _selector(store: Store, piece: str) -> ox.NamedNode | ox.BlankNode | None:
    """The selector that quotes the anchor phrase."""
    from ...graph.store import node

    for name in store.objects(piece, OA.hasSelector):
        if store.objects(name, OA.exact):
            return node(name)
    return None


def _where(text: str, phrase: str) -> str:
    """Say where the phrase does stand."""
    if not phrase:
        return "give the phrase with oa:exact"
    # Looked ahead for: it may overlap with itself.
    starts = [match.start() for match in re.finditer(f"(?={re.escape(phrase)})", text)]
    found = [f"{at} to {at + len(phrase)}" for at in starts]
    if not found:
        return "the text has this phrase nowhere"
    return "it stands at " + ", ".join(found[:3]) + (", …" if len(found) > 3 else "")
