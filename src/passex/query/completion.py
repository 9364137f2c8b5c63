"""Completions of the words of a query: prefixes, terms, nodes, variables and keywords."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..graph.folding import fold
from ..graph.store import Store
from ..graph.terms import THINGS
from .grammar import FUNCTIONS, KEYWORDS
from .lexer import tokens
from .prefixes import KNOWN, short

#: As many words back, a label may have begun.
_WORDS: Final = 4
_TAIL: Final = re.compile(r"[?$]?[\w.-]*:?[\w.-]*$")
#: What has a class or property of an ontology as its type, and so is a term.
_TERMS: Final = """SELECT DISTINCT ?term ?label {
    VALUES ?kind { owl:Class rdfs:Class owl:ObjectProperty owl:DatatypeProperty rdf:Property
        owl:AnnotationProperty }
    ?term a ?kind OPTIONAL { ?term rdfs:label ?label }
}"""


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Something that a word may become: a text for so many characters before the cursor.

    What it is about may be empty.
    """

    text: str
    about: str
    length: int


class Completer:
    """Completes the words of queries of a graph."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def _names(self) -> list[tuple[str, str, str]]:
        """Each term and node: its prefixed name, its label, and its label to compare with."""
        from ..graph.labelling import labels, nodes

        found: dict[str, str] = {}
        for kind in THINGS:
            found |= {
                iri: f"{node.label} ({node.kind})" for iri, node in nodes(self._store, kind).items()
            }
        called = labels(self._store, found)
        rows = [(short(iri, KNOWN), about, fold(called[iri])) for iri, about in found.items()]
        for iri, label in self._store.rows(_TERMS):
            rows.append((short(str(iri), KNOWN), label or "", fold(label or "")))
        return sorted(set(rows))

    def complete(self, text: str) -> Iterator[Candidate]:
        """Complete the last word of a query up to the cursor.

        After a question mark it may be a variable of the text; after a prefix, one of its terms and
        nodes; else a prefix, a keyword, or what has a label that begins like the last words.
        """
        match = _TAIL.search(text)
        word = match[0] if match else ""
        if not word:
            return
        size = len(word)
        if word[0] in "?$":
            names = {t.text for t in tokens(text[:-size]) if t.kind == "variable"} - {word}
            found = [(name, "") for name in sorted(names) if name.startswith(word)]
        elif ":" in word:
            found = [(name, about) for name, about, _ in self._names if name.startswith(word)]
        else:
            keywords = sorted(KEYWORDS - {"A"} | FUNCTIONS)
            found = [(f"{p}:", iri) for p, iri in KNOWN.items() if p.startswith(word)]
            found += [(name, "") for name in keywords if name.startswith(word.upper())]
        yield from (Candidate(name, about, size) for name, about in found)
        if word[0] not in "?$" and ":" not in word:
            yield from self._labelled(text)

    def _labelled(self, text: str) -> Iterator[Candidate]:
        words = list(re.finditer(r"[^\s{}();,?$]+", text))[-_WORDS:]
        seen = set()
        for first in words:
            tail = text[first.start() :]
            start = fold(tail)
            # The shortest label is the one of which the least is still to be typed.
            for name, about, label in sorted(self._names, key=lambda row: len(row[2])):
                if start and label.startswith(start) and name not in seen:
                    seen.add(name)
                    yield Candidate(name, about, len(tail))


def complete_query(text: str) -> bool:
    """Say whether a text is a query, or nothing that follows could make it one.

    Example:
        >>> complete_query("ASK { ?s a"), complete_query("ASK { }"), complete_query("ASK } {")
        (False, True, True)
    """
    from .parser import parse

    error = parse(text).error
    if error is None:
        return True
    word = error.word
    return word is not None and not (word.kind == "open" and len(word.text) == 3)
