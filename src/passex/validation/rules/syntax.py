"""Explain why files aren't RDF, in better words than the parser's where they can be found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from ...graph.checked import wide_encoding
from ...graph.parsing import UnparsableError
from ...query.lexer import Token, open_brackets, prefixes, tokens
from ...text.edits import Edit, apply
from ...text.places import Place, offset, place
from ...text.wording import day
from ..cures import Cure, Kind, Replacement
from ..inputs import Failure
from . import slips
from .continuation import begins, goes_on
from .model import Finding, Scope
from .slip import Slip, Stop
from .undeclared import declaration, undeclared_prefix

#: Above this many bytes the parser's own words have to do.
_LARGE: Final = 500_000
_TURTLE: Final = (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)
_LINES: Final = (ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS)
_PREFIX: Final = re.compile(r"The prefix (\S*): has not been declared")
_BARE: Final = re.compile(r"\w+(?:[-\w]*\w)?")
_DATE: Final = re.compile(r"\d{4}(?:-\d{2})+")
_CURLED: Final = "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}" + (
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
)
_PAIRS: Final = {"[": "]", "(": ")"}
_PREFIX_LINE: Final = re.compile(r"\n?(?:@prefix|PREFIX) ")


def run(scope: Scope) -> Iterator[Finding]:
    """Explain each file that could not be read."""
    for failure in scope.failures:
        yield explain(failure)


def explain(failure: Failure) -> Finding:
    """Say what is wrong with a file, and where.

    That is where the mistake was made, as far as can be told, and not where the parser noticed it.
    """
    # What has no extension of RDF was most likely meant as Turtle.
    turtle = failure.form is None or failure.form in _TURTLE
    rule = "turtle-syntax" if turtle else "rdf-syntax"
    error = failure.error
    message, hint = error.message, error.hint
    if isinstance(error, UnparsableError):
        # The parser's hint says no more than that the file is to be corrected.
        message, hint = error.reason or "It cannot be parsed", ""
    line, column = failure.place.line, failure.place.column
    where = Place(failure.name, line, column, line, column + (column > 0))
    cure = None
    text = _text(failure)
    if text:
        at = offset(text, line, column)
        # What is wrong has a width, but where it is the end of a line that is.
        where = place(failure.name, text, at, at + (at < len(text) and text[at] not in "\r\n"))
        if turtle and isinstance(error, UnparsableError):
            slip = _words(text, at, message)
            message, hint, start, end, _ = slip
            where = place(failure.name, text, start, max(end, start + (start < len(text))))
            cure = _cure(failure, text, at, slip)
        elif failure.form in _LINES and (found := slips.in_line(text, at, message)):
            message, hint = found.message, found.hint
            where = place(failure.name, text, found.start, found.end)
        elif failure.place.source:
            where = failure.place  # known with its width
    if not hint and ".n3" in failure.name:
        hint = "of N3, only what is Turtle is read: its formulas and rules are no RDF"
    if message[-1] not in ".?":
        message += "."
    return Finding(rule, message, hint, where=where, cure=cure)


def _cure(failure: Failure, text: str, at: int, slip: Slip) -> Cure | None:
    """Give the edits of a slip, if with them the parser gets further than where it stopped."""
    if not slip.edits:
        return None
    edited = apply(text, slip.edits)
    stopped = at + len(edited) - len(text)
    try:
        for _ in ox.parse(edited.encode(), failure.form or ox.RdfFormat.TURTLE, base_iri="urn:x"):
            pass
    except SyntaxError as error:
        if offset(edited, error.lineno or 0, error.offset or 0) <= stopped:
            return None
    kind: Kind = "prefix" if _PREFIX_LINE.match(slip.edits[0].text) else "syntax"
    return Cure(
        kind, tuple(Replacement(place(failure.name, text, e.start, e.end), e) for e in slip.edits)
    )


def _text(failure: Failure) -> str:
    """The text of a file that could not be parsed, if there is a place in it to be found."""
    if not failure.place.line:
        return ""
    with failure.source.open() as file:
        read = file.read(_LARGE + 1)
    encoding = wide_encoding(read) or "utf-8-sig"
    return read.decode(encoding, errors="replace") if len(read) <= _LARGE else ""


def _words(text: str, at: int, said: str) -> Slip:
    """Say what is wrong, in better words than the parser's."""
    words = list(_words_of(text))
    before = [word for word in words if word.end <= at]
    here = next((word for word in words if word.start <= at < word.end), None)
    here = here or next((word for word in words if word.start >= at), None)
    last = before[-1] if before else Token("sign", "", 0)
    start, end = (here.start, here.end) if here else (last.start, last.end)

    date = here and _DATE.match(text, here.start)
    if not date and here and before and before[-1].end == here.start:
        date = _DATE.match(text, last.start)
        start = last.start if date else start
    stop = Stop(text, at, before, here, said, prefixes(words), words)
    slip = slips.find(stop)
    if slip and not date:
        return slip
    unclosed = next((word for word in words if word.kind == "open"), None)
    if unclosed is not None and unclosed.start <= at:
        return _unclosed(unclosed)
    prefix = _PREFIX.match(said)
    if prefix is not None:
        message, hint = undeclared_prefix(prefix[1], prefixes(words))
        return Slip(message, hint, start, end, declaration(text, words, prefix[1]))
    if here is not None and here.text[0] in _CURLED:
        return Slip("A curled quotation mark", 'texts stand in straight ones: "', start, end)
    if date:
        message, typed = f"The date {date[0]} has no quotation marks", f'"{date[0]}"^^xsd:date'
        real = day(date[0]) == date[0] and "xsd" in stop.declared
        edits = (Edit(start, date.end(), typed),) if real else ()
        return Slip(message, f"write {typed}", start, date.end(), edits)
    opened = open_brackets(before, _PAIRS)
    bracket = opened[-1] if opened else None
    if bracket is not None and (here is None or here.text == "."):
        closing = _PAIRS[bracket.text]
        message = f"This '{bracket.text}' is never closed"
        return Slip(message, f"close it with '{closing}'", bracket.start, bracket.end)
    if "dot is expected" in said or "Unexpected end" in said or "valid subject" in said:
        return _unended(stop, words)
    if said.endswith("is not a valid RDF object") and here is not None:
        if here.text in (".", ";", "]", ","):
            what = "the comma" if last.text == "," else "the property"
            return Slip(f"A value is missing after {what}", "write a value", last.start, last.end)
        if here.kind in ("word", "language"):
            hint = f'write "{here.text}" for a text, or a name with its prefix'
            if here.text.lower() in ("true", "false"):
                hint = f"write {here.text.lower()}"
            message = f"{here.text} is neither a name with a prefix nor a text"
            return Slip(message, hint, start, end)
    if "No scheme found" in said:
        hint = "write the whole IRI, or declare @base"
        return Slip("A relative IRI, and the file declares no base", hint, start, end)
    return Slip(said, "", start, end)


def _words_of(text: str) -> Iterator[Token]:
    """Take a text apart, with ``foo-bar`` and ``2nd`` whole: here they are no sums."""
    end = 0
    for word in tokens(text):
        if word.start < end:
            continue
        bare = _BARE.match(text, word.start) if word.kind in ("word", "number") else None
        if bare is not None and bare.end() > word.end:
            word, end = Token("word", bare[0], word.start), bare.end()
        yield word


def _unclosed(mark: Token) -> Slip:
    hint = f"close it with {mark.text}"
    if len(mark.text) == 1:
        hint += f", or write {mark.text * 3} at both ends of a text of several lines"
    return Slip("The text that begins here is never closed", hint, mark.start, mark.end)


def _unended(stop: Stop, words: list[Token]) -> Slip:
    text, before, here, said = stop.text, stop.before, stop.here, stop.said
    if not before:
        start, end = (here.start, here.end) if here else (0, 0)
        return Slip(said, "is this file Turtle?", start, end)
    last = before[-1]
    if here is None or "Unexpected end" in said:
        last = words[-1]
        # What was cut off in the midst of a line may have lost more than its end.
        whole = text[last.end :].lstrip(" \t")[:1] in ("\n", "\r") and last.text not in ";,"
        edits = (Edit(last.end, last.end, " ."),) if whole else ()
        message = "The last statement does not end"
        return Slip(message, "end it with ' .'", last.start, last.end, edits)
    if last.text == ".":
        return Slip(f"No statement begins with {here.text}", "", here.start, here.end)
    # A statement that begins a line after a semicolon: the parser notices two words later.
    begin = text.rfind("\n", 0, here.start) + 1
    line = [word for word in before if word.start >= begin]
    if line and line[0].start == begin:
        earlier = before[len(before) - len(line) - 1 :][:1] if len(line) < len(before) else []
        if earlier and earlier[0].text in (";", ","):
            return slips.ended(stop, earlier[0], line[0])
    hint = "write ' .' after it, or ';' before another property, or ',' before another value"
    edits = ()
    if goes_on(stop.since(here), words) and here.start > begin:
        hint, edits = "write ' ;' after it", (Edit(last.end, last.end, " ;"),)
    elif begins(stop.since(here)) and here.start == begin:
        hint, edits = "write ' .' after it", (Edit(last.end, last.end, " ."),)
    message = "The statement does not end here, but another begins"
    return Slip(message, hint, last.start, last.end, edits)
