"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from .model import Finding, Scope

if TYPE_CHECKING:
    from ... import evidence
    from ...graph.store import Store


#: Where a sentence ends, and what may still follow of it; a stop after one letter (U.S.) or within
#: a number is none.
_END: Final = re.compile(
    r"(?:[!?\u2026\u0589\u061F\u06D4\u0964\u3002\uFF01\uFF0E\uFF1F\uFF61]"
    r"|(?<![^\W\d_]\.[^\W\d_])(?<!\b[^\W\d_])\.(?!\w))[\"'\u2019\u201D\u300D\u300F)\]]*|\n+"
)
#: The parts of words after UAX 29: letters and digits with what may stand within (it's, 3.5), a
#: character of a script without spaces alone.
_WORD: Final = re.compile(
    r"[\u0E00-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF]"
    r"|\w+(?:['\u2019.:\u00B7](?=\w)\w+|,(?=\d)\d+)*"
)
_MOST_WORDS: Final = 8
#: Shorter ones, such as a dateline or who said it, are no copies of anything.
_SENTENCE: Final = 5


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
    yield from _copies(store, texts)


def _copies(store: Store, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Find anchors that are whole sentences of their texts, or more than eight words."""
    from ...evidence.claims import anchor

    ends: dict[str, list[tuple[int, int]]] = {}
    for (quote,) in store.rows("SELECT DISTINCT ?q { ?c nr:hasEvidence ?q }"):
        found = anchor(store, str(quote))
        text = texts.get(found.article)
        if text is None or not found.exact or text[found.start : found.end] != found.exact:
            continue
        if found.article not in ends:
            ends[found.article] = list(_sentences(text))
        words = len(_words(found.exact))
        spaced = " " in found.exact
        whole = any(found.start <= start and end <= found.end for start, end in ends[found.article])
        if spaced and words > _MOST_WORDS:
            message = f"The anchor has {words} words, where hyphens and dashes part them."
            hint = f"quote the {_MOST_WORDS} that carry the fact, or fewer"
        elif whole:
            message, hint = "The anchor is a whole sentence.", "quote the words that carry the fact"
        else:
            continue
        yield Finding(
            "evidence-copied",
            message,
            hint,
            None,
            ox.NamedNode(found.iri),
            OA.exact,
            ox.Literal(found.exact),
        )


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


def _words(text: str) -> list[str]:
    """Take a text apart into words.

    Example:
        >>> _words("South Korea's U.S.-led drill of 3,000")
        ['South', "Korea's", 'U.S', 'led', 'drill', 'of', '3,000']
    """
    return _WORD.findall(text)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Give the sentences of a text of some words: from the first word to the last.

    Example:
        >>> list(_sentences("They met in the U.S. on Friday. Yes. All five trained at sea."))
        [(0, 30), (37, 60)]
    """
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        words = list(_WORD.finditer(text, start, end))
        if len(words) >= _SENTENCE:
            yield words[0].start(), words[-1].end()
        start = match.end() if match else end
