"""Slips in Turtle that can be told by how they look, better than by where a parser stops."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from ...query.lexer import Token
from ...text.edits import Edit
from . import habits
from .continuation import begins, goes_on
from .slip import Slip, Stop

#: What a file begins with that is none of Turtle.
_OTHERS: Final = (
    (
        re.compile(r"version https://git-lfs\.github\.com/spec/[^\r\n]*"),
        "This is a pointer of Git LFS, and not the file that it stands for",
        "fetch the file: git lfs pull",
    ),
    (
        re.compile(r"<!DOCTYPE html[^>]*>|<html[^>]*>", re.IGNORECASE),
        "This is a page of HTML",
        "fetch the file itself: what was saved is a page about it, or of an error",
    ),
    (
        re.compile(r"<\?xml[^>]*>|<!DOCTYPE[^>]*>|<[\w.-]+:\w+\s+xmlns[^>]*>"),
        "This is XML",
        "if it is RDF/XML, let its name end in .rdf",
    ),
    (
        re.compile(r"[{\[]\s*(?:\{\s*)?\"@?\w+\"\s*:"),
        "This is JSON",
        "if it is JSON-LD, let its name end in .jsonld",
    ),
)
_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)[^\r\n]*", re.MULTILINE)
_NUMBER: Final = re.compile(r"[+-]?\d[\w.%°]*")
_VALID: Final = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_AMOUNT: Final = re.compile(r"([+-]?\d+(?:\.\d+)?)([^\W\d_]+|%|°\w?)")
_NAME: Final = re.compile(r"(?:[^\W\d_][\w.-]*)?:[\w.:%-]*|_:\w[\w.-]*")
#: What may stand in a local name behind a backslash.
_ESCAPED: Final = frozenset("~.-!$&'()*+,;=/?#@%_")
_WORD: Final = re.compile(r"[^\s;,<>\"\[\]{}]*[^\s;,<>\"\[\]{}.)]")


def find(stop: Stop) -> Slip | None:
    """Find the slip that explains why the parser stopped; None where it is none of these."""
    looks: tuple[Callable[[Stop], Slip | None], ...] = (
        _other_format, _conflict, _space, habits.find, _number, _label, _in_name, _iri, _language,
        _dot, habits.hash_sign,
    )  # fmt: skip
    return next(filter(None, (look(stop) for look in looks)), None)


def in_line(text: str, at: int, said: str) -> Slip | None:
    """Find the slip in a line of N-Triples or N-Quads; None where it is none of these."""
    if said.startswith("Unexpected end") and text[at : at + 1] == '"':
        message = "The text that begins here is never closed"
        return Slip(message, 'close it with "', at, _end_of_line(text, at))
    return _iri(Stop(text, at, [], None, said, {}))


def _end_of_line(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]|\Z").search(text, at)
    assert found is not None
    return found.start()


def _other_format(stop: Stop) -> Slip | None:
    start = len(stop.text) - len(stop.text.lstrip())
    for pattern, message, hint in _OTHERS:
        if found := pattern.match(stop.text, start):
            return Slip(message, hint, *found.span())
    return None


def _conflict(stop: Stop) -> Slip | None:
    found = _CONFLICT.search(stop.text)
    if found is None or found.start() > stop.at:
        return None
    hint = "settle it, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"
    return Slip("A merge conflict that was not settled", hint, *found.span())


def _space(stop: Stop) -> Slip | None:
    """A character that looks like a space, or like nothing."""
    for at in (stop.at, stop.at - 1, stop.at + 1):
        character = stop.text[at : at + 1]
        if character.isascii() or unicodedata.category(character) not in ("Zs", "Cf"):
            continue
        name = unicodedata.name(character, "character").lower()
        hint = "write a plain space" if character.isspace() else "take it out"
        edits = (Edit(at, at + 1, " "),) if character.isspace() else ()
        return Slip(f"A {name} (U+{ord(character):04X})", hint, at, at + 1, edits)
    return None


def _number(stop: Stop) -> Slip | None:
    """A word that begins like a number and isn't one: hexadecimal, or with a unit."""
    for word in filter(None, (stop.here, stop.before[-1] if stop.before else None)):
        found = _NUMBER.match(stop.text, word.start)
        near = found and found.start() <= stop.at <= found.end() + 1
        if not found or not near or stop.text[word.start - 1 : word.start] in ('"', "'"):
            continue
        text = found[0].rstrip(".")
        if _VALID.fullmatch(text):
            continue
        end = found.start() + len(text)
        hint = f'write "{text}" for a text'
        if re.fullmatch(r"0[xX][0-9A-Fa-f]+", text):
            hint = f"write {int(text, 16)}"
        elif (plain := text.replace("_", "")) != text and _VALID.fullmatch(plain):
            hint = f"write {plain}"
        elif amount := _AMOUNT.fullmatch(text):
            hint = f'write {amount[1]}, or "{text}" for a text'
        return Slip(f"{text} isn't a number", hint, found.start(), end)
    return None


def _label(stop: Stop) -> Slip | None:
    last = stop.before[-1] if stop.before else None
    here = stop.here
    if last is None or here is None or not last.text.startswith("_:") or last.end != here.start:
        return None
    if here.text[0] != ":":
        return None
    whole = last.text + here.text
    hint = f"write {whole[:2]}{whole[2:].replace(':', '_')}"
    return Slip("The label of a blank node cannot hold ':'", hint, last.start, here.end)


def _in_name(stop: Stop) -> Slip | None:
    """A character right behind a name which would have to be escaped to be part of it."""
    for at in (stop.at, stop.at - 1):
        sign = stop.text[at : at + 1]
        begin = max((word.start for word in stop.before if word.start < at), default=-1)
        if begin < 0 or sign not in _ESCAPED or sign in ";,.":
            continue
        name, rest = _NAME.match(stop.text, begin), _WORD.match(stop.text, at)
        if not name or name.end() != at or not rest or name[0].startswith("_:"):
            continue
        prefix, _, local = name[0].partition(":")
        # A bracket that is opened here is closed here.
        tail = rest[0] + ")" * ("(" in rest[0] and stop.text[rest.end() : rest.end() + 1] == ")")
        escaped = re.sub(r"[~!$&'()*+,;=/?#@%]", r"\\\g<0>", tail)
        hint = f"write {name[0]}{escaped}"
        if prefix in stop.declared and sign != "%":
            hint += f", or <{stop.declared[prefix]}{local}{tail}>"
        message = f"A name cannot hold '{sign}' as it is"
        return Slip(message, hint, at, at + 1)
    return None


def _iri(stop: Stop) -> Slip | None:
    if not stop.said.startswith("Invalid IRI") or stop.text[stop.at : stop.at + 1] != "<":
        return None
    line_end = _end_of_line(stop.text, stop.at)
    end = stop.text.find(">", stop.at, line_end) + 1
    if not end:
        hint = "close it with >"
        return Slip("The IRI that begins here is never closed", hint, stop.at, line_end)
    point = re.search(r"'(.)'", stop.said)
    if point is None:
        return Slip(stop.said, "", stop.at, end)
    coded = "".join(f"%{byte:02X}" for byte in point[1].encode())
    return Slip(f"An IRI cannot hold '{point[1]}'", f"write {coded} for it", stop.at, end)


def _language(stop: Stop) -> Slip | None:
    here, last = stop.here, stop.before[-1] if stop.before else None
    if here is None or last is None or last.kind != "language" or here.text[:2] != "^^":
        return None
    end = _WORD.match(stop.text, here.start)
    hint = f"leave out {last.text}, or ^^ and what follows it"
    message = "A text with a language has no other datatype"
    return Slip(message, hint, last.start, end.end() if end else here.end)


def _dot(stop: Stop) -> Slip | None:
    """A full stop in place of a semicolon, or the other way round."""
    before, here = stop.before, stop.here
    if here is None or len(before) < 2:
        return None
    last, sign = before[-1], before[-2]
    # A statement begins, but the one before goes on: its name is taken for a property.
    if here.text == "a" and sign.text in (";", ",") and last.text[-1:] not in ".;,":
        return ended(stop, sign, last)
    if here.text == "a" and last.text == "." and "subject" in stop.said:
        last, sign = here, last
    elif stop.said.endswith("is not a valid RDF object") and here.text in (".", ";", ","):
        last, sign = before[-2], before[-3] if len(before) > 2 else sign
    elif not stop.said.endswith("is not a valid predicate"):
        return None
    line = stop.text.rfind("\n", 0, last.start) + 1
    indented = line < last.start and not stop.text[line : last.start].strip()
    if sign.text != "." or not (sign.end > line or indented):
        return None
    what = "the next line" if sign.end <= line else "what follows"
    message = f"The statement ends at this '.', but {what} goes on with it"
    edits = (
        (Edit(sign.start, sign.end, ";"),)
        if goes_on(stop.since(last), stop.words, behind_stop=True)
        else ()
    )
    return Slip(message, "write ';' instead", sign.start, sign.end, edits)


def ended(stop: Stop, sign: Token, begin: Token) -> Slip:
    """Say that a sign goes on with a statement where the next line begins another.

    Args:
        stop: Where the parser stopped.
        sign: The sign before that line.
        begin: The first word of the line.
    """
    message = f"The statement goes on after '{sign.text}', but the next line begins another"
    hint = f"end it with '.' instead of '{sign.text}'"
    first = stop.text[begin.start - 1 : begin.start] in ("\n", "\r")
    certain = sign.text == ";" and first and begins(stop.since(begin))
    edits = (Edit(sign.start, sign.end, "."),) if certain else ()
    return Slip(message, hint, sign.start, sign.end, edits)
