"""Slips in Turtle of those who are at home in another language: its comments, prefixes, escapes."""

from __future__ import annotations

import re
from typing import Final

from ...text.edits import Edit
from .slip import Slip, Stop

_LANGUAGE: Final = re.compile(r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*_[\w-]*")
#: Up to a full stop with a space behind it, which ends the declaration.
_BARE_IRI: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".;,]")
#: Of the other schemes only those that nobody takes for a prefix.
_OTHER_IRI: Final = re.compile(r"(?:urn|mailto|tel|doi|tag):[^\s<>\"]*[^\s<>\".;,]")
_HYPHEN: Final = re.compile(r"(@[A-Za-z]+(?:-[A-Za-z0-9]+)*)-+(?![\w-])")
_COMMENT: Final = re.compile(r"//|/\*|--")
_ESCAPE: Final = re.compile(r"Unexpected escape character '\\(.)'")


def find(stop: Stop) -> Slip | None:
    """Find the habit that explains why the parser stopped; None where it is none of these."""
    looks = (
        *(_comment, _language, _escape, _directive, _brace, _percent, _keyword, _triple),
        *(_without_brackets, _hyphen),
    )
    return next(filter(None, (look(stop) for look in looks)), None)


def _comment(stop: Stop) -> Slip | None:
    """A comment as other languages have it."""
    line = stop.text.rfind("\n", 0, stop.at) + 1
    found = _COMMENT.match(stop.text, stop.at)
    if found is None or stop.text[line : stop.at].strip():
        return None
    return Slip(f"'{found[0]}' begins no comment", "write #", *found.span())


def _language(stop: Stop) -> Slip | None:
    """A language tag as systems call their locales."""
    line = stop.text.rfind("\n", 0, stop.at) + 1
    for found in _LANGUAGE.finditer(stop.text, line):
        if found.start() > stop.at:
            break
        if stop.at <= found.end():
            tag = found[0].replace("_", "-").rstrip("-")
            message, edits = "The tag of a language cannot hold '_'", (Edit(*found.span(), tag),)
            return Slip(message, f"write {tag}", *found.span(), edits)
    return None


def _hyphen(stop: Stop) -> Slip | None:
    """A language tag that ends with a hyphen, which the parser takes for a number's sign."""
    line = stop.text.rfind("\n", 0, stop.at) + 1
    for found in _HYPHEN.finditer(stop.text, line):
        if found.end() - 1 <= stop.at <= found.end():
            message, edits = "The tag of a language ends with '-'", (Edit(*found.span(), found[1]),)
            return Slip(message, f"write {found[1]}", *found.span(), edits)
    return None


def _without_brackets(stop: Stop) -> Slip | None:
    """An IRI as browsers show it, which is taken for a name with a prefix."""
    if not stop.said.startswith("The prefix "):
        return None
    found = _BARE_IRI.match(stop.text, stop.at)
    # A prefix that is forgotten may be called so, too.
    edits = (Edit(*found.span(), f"<{found[0]}>"),) if found is not None else ()
    found = found or _OTHER_IRI.match(stop.text, stop.at)
    if found is None:
        return None
    return Slip("An IRI stands in angle brackets", f"write <{found[0]}>", *found.span(), edits)


def _escape(stop: Stop) -> Slip | None:
    """A backslash that is meant as such."""
    said = _ESCAPE.match(stop.said)
    start = stop.text.find(f"\\{said[1]}", stop.at) if said else -1
    if said is None or start < 0:
        return None
    message = f"A text cannot hold '\\{said[1]}' as it is"
    return Slip(message, rf"write \\{said[1]} for a backslash", start, start + 2)


def _directive(stop: Stop) -> Slip | None:
    """A full stop behind PREFIX or BASE, which end without one, or none behind @prefix or @base."""
    here = stop.here
    if here is None:
        return None
    if stop.said.startswith("The PREFIX keyword should be followed") and here.kind != "iri":
        message, edits = f"The prefix {here.text} has no ':'", (Edit(here.end, here.end, ":"),)
        return Slip(message, f"write {here.text}:", here.start, here.end, edits)
    if stop.said.startswith("The PREFIX declaration should be followed"):
        found = _BARE_IRI.match(stop.text, here.start)
        if found is not None:
            message = "The IRI of a namespace stands in angle brackets"
            edits = (Edit(*found.span(), f"<{found[0]}>"),)
            return Slip(message, f"write <{found[0]}>", *found.span(), edits)
    for name, number in (("prefix", 3), ("base", 2)):
        first, last = stop.before[-number:][:1], stop.before[-1:]
        word = first[0].text if first else ""
        if len(stop.before) < number or last[0].kind != "iri":
            continue
        if word.lower() == name and here.text == ".":
            hint = f"take it out, or write @{name}"
            edits = (Edit(last[0].end, here.end, ""),)
            return Slip(f"{word.upper()} ends without '.'", hint, here.start, here.end, edits)
        if word == f"@{name}" and here.text in (";", ","):
            edits = (Edit(here.start, here.end, "."),)
            return Slip(f"{word} ends with '.'", "write '.' instead", here.start, here.end, edits)
        if word == f"@{name}":
            start, end = last[0].start, last[0].end
            return Slip(
                f"{word} ends with '.'", "write ' .' after it", start, end, (Edit(end, end, " ."),)
            )
    return None


def _brace(stop: Stop) -> Slip | None:
    """A graph of TriG, or a formula of N3."""
    if stop.here is None or stop.here.text != "{":
        return None
    hint = "in TriG, whose files end in .trig, a graph stands in braces; Turtle has none"
    return Slip("A '{' cannot stand here", hint, stop.here.start, stop.here.end)


def _percent(stop: Stop) -> Slip | None:
    """A percent sign that is meant as such."""
    at = stop.text.find("%", stop.at)
    if not stop.said.startswith("escapes in IRIs should be") or at < 0:
        return None
    hint = "write %25 for it" if stop.text[stop.at] == "<" else "write \\% for it"
    return Slip("Behind '%' stand two hexadecimal digits", hint, at, at + 1)


def _keyword(stop: Stop) -> Slip | None:
    """The keyword ``a``, written large."""
    here = stop.here
    if here is None or here.text != "A" or not stop.said.endswith("is not a valid predicate"):
        return None
    edits = (Edit(here.start, here.end, "a"),)
    return Slip("A isn't a property", "write a", here.start, here.end, edits)


def _triple(stop: Stop) -> Slip | None:
    """A triple in brackets where RDF 1.2 has none: as subject or property."""
    if not stop.text.startswith("<<(", stop.at):
        return None
    hint = "write << … >> for what stands for a triple"
    return Slip("<<( … )>> can only be a value", hint, stop.at, stop.at + 3)


def hash_sign(stop: Stop) -> Slip | None:
    """Find a name with ``#``, behind which all is a comment: in doubt, as the last thing."""
    last = stop.before[-1] if stop.before else None
    if last is None or last.kind != "name" or stop.text[last.end : last.end + 1] != "#":
        return None
    rest = re.compile(r"#[^\s;,.]*").match(stop.text, last.end)
    assert rest is not None
    prefix, _, local = last.text.partition(":")
    hint = f"write {last.text}\\{rest[0]}"
    if prefix in stop.declared:
        hint += f", or <{stop.declared[prefix]}{local}{rest[0]}>"
    return Slip("What stands behind '#' is a comment", hint, last.end, last.end + 1)
