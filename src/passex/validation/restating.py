"""Find the edits of the files by which something is said in another way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from ..graph.terms import RDF, XSD
from ..query.lexer import prefixes, tokens
from ..query.prefixes import short
from ..text.edits import Edit
from ..text.turtle import Token
from ..text.turtle.tokens import string_end
from .cures import Cure, Replacement, Restatement, Value
from .inputs import Document
from .results import Term
from .source_file import Lookup, SourceFile

#: The end of an IRI or a name that says where a quote stands.
_FRAGMENT: Final = re.compile(r"char\\?=([0-9]+\\?,[0-9]+)>?\Z")
_TYPE: Final = ox.NamedNode(RDF.type)
_QUOTES: Final = re.compile(r"\"\"\"|'''|[\"']")


class _UnknownPlaceError(Exception):
    """Something stands where no edit can be made, or nobody knows where."""


def cures(
    documents: Iterable[Document], wanted: Iterable[Restatement | None]
) -> Mapping[Restatement | None, Cure]:
    """Turn what is to be said into edits, all of it at once.

    Args:
        documents: The files that may be changed.
        wanted: What is to be said, among it nothing.

    Returns:
        The edits. There are none for what stands in a file without positions, such as one of
        JSON-LD, in a triple within a triple, or in no file.
    """
    asked = [one for one in dict.fromkeys(wanted) if one is not None]
    lookups = {Lookup("subject", node) for one in asked for node, *_ in one.values}
    lookups |= {Lookup("subject", node) for one in asked for node, *_ in one.added}
    for one in asked:
        named = [ox.NamedNode(old) for old, _ in one.names]
        lookups.update(Lookup("subject", node) for node in named)
        lookups.update(Lookup("object", node) for node in named)
    files = [SourceFile(document) for document in documents] if asked else []
    for file in files:
        file.ask(lookups, set())
    found: dict[Restatement | None, Cure] = {}
    for one in asked:
        try:
            found[one] = Cure(one.kind, tuple(_replacements(files, one)))
        except _UnknownPlaceError:
            continue
    return found


def _replacements(files: Iterable[SourceFile], wanted: Restatement) -> Iterator[Replacement]:
    placed: set[int] = set()
    to_add = list(wanted.added)
    for file in files:
        edits: list[Edit] = []
        for number, (subject, name, old, new) in enumerate(wanted.values):
            for triple in file.subjects.get(subject, ()):
                if triple.predicate.term == ox.NamedNode(name) and triple.object.term == old:
                    placed.add(number)
                    edits += _restated(_text(file, triple.object), triple.object, new)
        for old_name, new_name in wanted.names:
            for token in _written(file, ox.NamedNode(old_name)):
                edits.append(_renamed(_text(file, token), token, new_name))
        for added in [*to_add]:
            if (edit := _added(file, *added)) is not None:
                to_add.remove(added)
                edits.append(edit)
        for edit in sorted(set(edits), key=lambda edit: edit.start):
            yield Replacement(file.place_of(edit.start, edit.end), edit)
    if len(placed) < len(wanted.values) or to_add:
        raise _UnknownPlaceError


def _added(file: SourceFile, node: ox.NamedNode, name: str, value: Value) -> Edit | None:
    """Say something more of a node where its class is said; None where that is in another file."""
    types = [one for one in file.subjects.get(node, ()) if one.predicate.term == _TYPE]
    if not types:
        return None
    first = min(triple.predicate.start for triple in types)
    end = max(triple.object.end for triple in types if triple.predicate.start == first)
    text = _text(file, types[0].object)
    if file.has_rdf12 or file.form not in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        raise _UnknownPlaceError
    written = _short(text, first, value.value) if isinstance(value, ox.NamedNode) else str(value)
    return Edit(end, end, f" ; {_short(text, first, name)} {written}")


def _text(file: SourceFile, token: Token) -> str:
    """Give the text of a file in which a term has a place."""
    if token.start < 0 or file.text is None:
        raise _UnknownPlaceError
    return file.text


def _written(file: SourceFile, node: Term) -> Iterator[Token]:
    """Find all places of a node as subject or value."""
    about, to = file.subjects.get(node, ()), file.objects.get(node, ())
    if (about or to) and file.has_rdf12:
        raise _UnknownPlaceError  # it may be in a triple within another one
    yield from (triple.subject for triple in about)
    yield from (triple.object for triple in to)


def _renamed(text: str, token: Token, name: str) -> Edit:
    """Write another place of a quote, in the IRI or name as it is."""
    found = _FRAGMENT.search(text, token.start, token.end)
    if found is None:
        raise _UnknownPlaceError
    sign = "\\," if "\\" in found[1] else ","
    return Edit(*found.span(1), name.rpartition("=")[2].replace(",", sign))


def _restated(text: str, token: Token, new: Value) -> Iterator[Edit]:
    """Write another value; of a text in quotation marks, only what of it is to change."""
    start, end = token.start, token.end
    if isinstance(new, ox.NamedNode):
        yield Edit(start, end, _short(text, start, new.value))
        return
    old = token.term
    quote = _QUOTES.match(text, start, end)
    if quote is None or not isinstance(old, ox.Literal):
        yield Edit(start, end, new.value)
        return
    closed = string_end(text, quote.end(), quote[0])
    if old.value != new.value:
        yield Edit(start, closed, str(ox.Literal(new.value)))
    if (old.language, old.datatype) != (new.language, new.datatype):
        suffix = f"@{new.language}" if new.language else ""
        if not suffix and new.datatype.value != XSD.string:
            suffix = f"^^{_short(text, start, new.datatype.value)}"
        yield Edit(closed, end, suffix)


def _short(text: str, at: int, iri: str) -> str:
    """Write an IRI by the prefixes that are in force at a place."""
    return short(iri, prefixes(tokens(text[:at])))
