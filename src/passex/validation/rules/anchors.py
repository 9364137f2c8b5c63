"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from .model import Finding, Scope

if TYPE_CHECKING:
    from ... import evidence
    from ...graph.store import Store


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


def _finding(store: Store, found: evidence.Finding, text: str | None) -> Finding:
    from ...evidence.claims import anchor
    from ...graph.store import node

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
