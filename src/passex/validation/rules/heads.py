"""Look at the heads of files: whose `@base` it is, and what is relative to none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.nearest_terms import short
from ...graph.terms import RDF, SCHEMA
from ...text.places import Place, place
from ..inputs import Document
from .model import Finding, Scope

_TURTLE: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
_BASE: Final = re.compile(rb"^[ \t]*(?:@base|[Bb][Aa][Ss][Ee])[ \t]+<([^<>\s]*)>", re.MULTILINE)
_SEEMS_BASE: Final = re.compile(rb"base[ \t]+<")
#: What may be an IRI that is relative or of a file, and what speaks of articles and their quotes.
_DOUBTFUL: Final = re.compile(rb"<(?!https?:)(?:[^<>:\s]*>|[^<>:\s]*[#/?][^<>\s]*>|file:)")
_OF_ARTICLES: Final = re.compile(rb"NewsArticle|#char=")
_OURS: Final = re.compile(rb"w3id\.org/passex/|NewsArticle|#char=")
_RELATIVE: Final = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)")
_HINT: Final = "write @base with the article's IRI, without '#', at the top"


def run(scope: Scope) -> Iterator[Finding]:
    """Find files without a base that need one, and bases of another file or of no article."""
    owners: dict[str, str] = {}
    for document in scope.inputs.data:
        if document.form not in _TURTLE:
            continue
        try:
            text = document.read()
        except OSError:
            continue  # it was readable, and is no more
        # What goes through the text line by line is slow: most have nothing of the kind.
        base = _BASE.search(text) if _SEEMS_BASE.search(text.lower()) else None
        # In files of other people, judged by their own shapes, they are no fault: Turtle has them.
        ours = not scope.complete or _OURS.search(text)
        if ours and _DOUBTFUL.search(text):
            yield from _local(document, text, bool(base))
        if base and _OF_ARTICLES.search(text):
            yield from _base(scope, document, text, base, owners)


def _local(document: Document, text: bytes, has_base: bool) -> Iterator[Finding]:
    """Find the first IRI that is relative to no base, and the first of a file."""
    from ...text.turtle.scanner import Scanner, TurtleError  # of use to few files

    decoded = text.decode("utf-8-sig", errors="replace")
    scanner = Scanner(decoded, 0, {}, "")
    wanted = set[str]() if has_base else {"base-absent"}
    if b"<file:" in text:
        wanted.add("file-iri")
    while wanted:
        try:
            scanner.next()
        except TurtleError:
            return  # of RDF 1.2
        if not scanner.kind:
            return
        if scanner.kind != "iri":
            continue
        if "base-absent" in wanted and _RELATIVE.match(scanner.word):
            wanted.remove("base-absent")
            message = f"{scanner.word} is relative, and the file has no @base."
            where = place(document.name, decoded, scanner.start, scanner.position)
            yield Finding("base-absent", message, _HINT, where=where)
        elif "file-iri" in wanted and scanner.word.startswith("<file:"):
            wanted.remove("file-iri")
            message = f"{scanner.word} is the IRI of a file."
            hint = "name the thing by an IRI that means the same on every machine"
            where = place(document.name, decoded, scanner.start, scanner.position)
            yield Finding("file-iri", message, hint, where=where)


def _base(
    scope: Scope, document: Document, text: bytes, found: re.Match[bytes], owners: dict[str, str]
) -> Iterator[Finding]:
    """Tell whether a base is an article's, and this file's alone."""
    base = found[1].decode("utf-8", errors="replace")
    before = text[: found.start(1)].decode("utf-8-sig", errors="replace")
    decoded = text.decode("utf-8-sig", errors="replace")
    where: Place = place(document.name, decoded, len(before) - 1, len(before) + len(base) + 1)
    owner = owners.setdefault(base, document.name)
    if owner != document.name:
        message = f"{owner} has the same @base: its claims and these are taken for one another."
        yield Finding(
            "base-shared", message, "give the IRI of this file's own article", where=where
        )
    elif not _is_article(scope.inputs.graph, base):
        message = f"No article has the IRI of @base, {short(base)}."
        hint = "describe it (<> a schema:NewsArticle), or give the article's IRI, without '#'"
        yield Finding("base-article", message, hint, where=where)


def _is_article(graph: ox.Store, iri: str) -> bool:
    try:
        quads = (ox.NamedNode(iri), ox.NamedNode(RDF.type), ox.NamedNode(SCHEMA.NewsArticle))
    except ValueError:
        return False
    return next(graph.quads_for_pattern(*quads), None) is not None
