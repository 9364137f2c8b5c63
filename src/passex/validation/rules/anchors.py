"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from ... import evidence
from ...evidence.anchoring import SENTENCE, faults, quoted
from ...evidence.claims import anchor
from ...graph.store import Store, node
from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from ...text.phrases import FoldedText
from ...text.wording import say
from ...text.words import sentences
from ..results import Severity
from .corrections import Corrections
from .model import Finding, Scope


def run(scope: Scope) -> Iterator[Finding]:
    """Compare the evidence of a graph with the articles' texts."""
    if scope.inputs.texts is None:
        return
    store = Store(scope.inputs.graph)
    texts = evidence.read_texts(store, scope.inputs.texts)
    corrections = Corrections(store, scope.inputs.texts, texts)
    folded = {article: FoldedText(text) for article, text in texts.items()}
    articles = set(store.subjects(RDF.type, SCHEMA.NewsArticle))
    findings = evidence.check(store, scope.inputs.texts, texts).findings
    absent = [
        f.article for f in findings if f.what == "text" and not f.evidence and f.article in articles
    ]
    # A text that is nobody's may be that of an article whose hash is wrong.
    elsewhere = bool(absent and texts) and not corrections.has_free_texts
    if elsewhere:
        yield _elsewhere(absent, len(articles))
    for found in findings:
        if found.what == "text" and (elsewhere or found.evidence) and found.article in articles:
            continue  # said once, of the article
        finding = _finding(store, found, folded)
        hint, cure = corrections.advice(found, finding.hint)
        yield replace(finding, hint=hint, cure=cure)
    yield from _misquoted(store, texts)


def _elsewhere(absent: list[str], articles: int) -> Finding:
    first, rest = [shorten(article) for article in absent[:3]], len(absent) - 3
    named = ", ".join([*first, f"and {rest} more"] if rest > 0 else first)
    message = f"The texts of {len(absent)} of {say(articles, 'article')} are not at hand: {named}."
    hint = "their anchors were not compared; those of the others were"
    subject = node(absent[0])
    return Finding("texts-absent", message, hint, Severity.INFO, subject, NR.sha256)


def _misquoted(store: Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Find anchors that cut a word, are whole sentences, or have more than eight words."""
    ends: dict[str, list[tuple[int, int]]] = {}
    for (quote,) in store.rows("SELECT DISTINCT ?q { ?c nr:hasEvidence ?q } ORDER BY ?q"):
        found = anchor(store, str(quote))
        text = texts.get(found.article)
        if text is None or not found.exact or text[found.start : found.end] != found.exact:
            continue
        if found.article not in ends:
            ends[found.article] = list(sentences(text, SENTENCE))
        for fault in faults(text, found.start, found.end, ends[found.article]):
            if fault.kind in ("cut", "copied"):  # the shapes find the others
                rule, subject = f"evidence-{fault.kind}", ox.NamedNode(found.iri)
                value = ox.Literal(found.exact)
                yield Finding(rule, fault.message, fault.hint, None, subject, OA.exact, value)


def _finding(store: Store, found: evidence.Finding, texts: Mapping[str, FoldedText]) -> Finding:
    subject = node(found.evidence or found.article) if found.evidence or found.article else None
    predicate, hint = None, ""
    if found.what == "evidence":
        rule, message = "evidence-absent", "The graph has no evidence, so nothing was compared."
        hint = "add nr:hasEvidence to its claims"
        if not any(store.rows("SELECT ?claim { ?claim nr:about ?node } LIMIT 1")):
            hint = "it has no claims: give the files of the articles too, or no texts"
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
        exact = anchor(store, found.evidence).exact
        message = f"The text does not have {found.expected}, but {found.found}."
        if not exact:
            quote = found.evidence.rpartition("#")[2]
            message = f"No line gives the words of <#{quote}>, to compare them with the text."
        hint = _where(texts[found.article], exact)
    elif found.what == "row":
        rule, predicate = "evidence-anchor", OA.exact
        message = f"The table does not have {found.expected}, but {found.found}."
        hint = "the header is row 1; was the table changed since it was imported?"
    else:
        rule = "evidence-zone"
        message = f"The anchor is at {found.found}, but has to be {found.expected}."
    value = None
    if subject is not None and predicate is not None:
        quads = list(store.engine.quads_for_pattern(subject, ox.NamedNode(predicate), None))
        value = quads[0].object if len(quads) == 1 else None
    return Finding(rule, message, hint, subject=subject, predicate=predicate, value=value)


def _where(text: FoldedText, phrase: str) -> str:
    """Say where the phrase does stand, or what the text has instead."""
    if not phrase:
        return "give the phrase with oa:exact"
    places = text.places(phrase)
    as_written = [span for span in places if text.text[slice(*span)] == phrase]
    if as_written:
        listed = ", ".join(f"<#char={start},{end}>" for start, end in as_written[:3])
        return f"it is {listed}" + (", …" if len(as_written) > 3 else "")
    near = [quoted(text.text, *span) for span in places[:3] or text.nearest(phrase)]
    if not near:
        return "the text has this phrase nowhere"
    return f"did you mean {' or '.join(near)}?"
