"""Evidence against the articles' texts, in the form of the other checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from ... import evidence
from ...evidence.claims import Anchor, anchor
from ...graph.store import Store, node
from ...graph.terms import NR, OA, RDF, SCHEMA, shorten
from .model import Finding, Scope

_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]*\\Z")
_NUMBER: Final = re.compile(r"\d[.,]\d")
#: Characters of scripts that put no spaces between words.
_UNSPACED: Final = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


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
            ends[found.article] = list(_sentences(text))
        for rule, message, hint in (_cut(text, found), _copied(found, ends[found.article])):
            if rule:
                subject, value = ox.NamedNode(found.iri), ox.Literal(found.exact)
                yield Finding(rule, message, hint, None, subject, OA.exact, value)


def _cut(text: str, found: Anchor) -> tuple[str, str, str]:
    """Say whether an anchor begins or ends inside a word, a number or a character."""
    start, end = found.start, found.end
    while is_inside(text, start):
        start -= 1
    while is_inside(text, end):
        end += 1
    if (start, end) == (found.start, found.end):
        return "", "", ""
    edge = "begins" if start < found.start else "ends"
    hint = f"quote {ox.Literal(text[start:end])}: <#char={start},{end}>"
    return "evidence-cut", f"The anchor {edge} inside a word.", hint


def _copied(found: Anchor, sentences: list[tuple[int, int]]) -> tuple[str, str, str]:
    """Say whether an anchor is a whole sentence of its text, or has more than eight words."""
    words = len(_words(found.exact))
    if " " in found.exact and words > _MOST_WORDS:
        message = f"The anchor has {words} words, where hyphens and dashes part them."
        return "evidence-copied", message, f"quote the {_MOST_WORDS} that carry the fact, or fewer"
    if any(found.start <= start and end <= found.end for start, end in sentences):
        message = "The anchor is a whole sentence."
        return "evidence-copied", message, "quote the words that carry the fact"
    return "", "", ""


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
    # Letters of a flag that has no code of two, such as Scotland's.
    toned = toned or "\U000e0020" <= after <= "\U000e007f"
    # Two letters of a flag go together, from the first of them on.
    flag = _FLAG.search(text, 0, at) if "\U0001f1e6" <= after <= "\U0001f1ff" else None
    if joined or toned or (flag is not None and len(flag[0]) % 2):
        return True
    # An accent of its own belongs to the letter before it; a soft hyphen parts no word.
    before = next((c for c in reversed(text[max(0, at - 9) : at]) if not _is_part(c)), before)
    after = next((c for c in text[at : at + 9] if not _is_part(c)), after)
    if not _UNSPACED.search(before + after) and before.isalnum() and after.isalnum():
        return True
    parts = (text[at - 2 : at + 1] if at > 1 else "", text[at - 1 : at + 2])
    return any(_NUMBER.fullmatch(part) for part in parts)


def _is_part(character: str) -> bool:
    """Tell whether a character between letters parts no word: a mark, or what is not seen."""
    kind = unicodedata.category(character)
    return kind[0] == "M" or character == "_" or (kind == "Cf" and character != "\u200b")


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
