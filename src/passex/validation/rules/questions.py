"""Find questions that cannot be asked, or of which no answer is on record."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from ...errors import QueryError
from ...graph.terms import PREFIXES
from ...query.lexer import Token, prefixes, words_of
from ...query.parser import parse
from ...query.probing import UnsupportedError, dry_run
from ...questions import catalogue
from ...text.places import Place, offset, place
from .model import Finding, Scope
from .undeclared import undeclared_prefix

_FORMS: Final = ("SELECT", "CONSTRUCT", "DESCRIBE", "ASK")
#: A command on a page with its answer below it.
_ANSWERED: Final = re.compile(r"^\$ passex ask (\S+)[^\n]*\n(?!\$|```|\n)", re.MULTILINE)
_AT: Final = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)


def run(scope: Scope) -> Iterator[Finding]:
    """Read each question, and look for its rows."""
    shown = cache(_shown)
    for path in scope.questions:
        name, text = path.as_posix(), scope.queries[path]
        fault = _fault(name, text)
        if fault is not None:
            yield Finding("question-syntax", f"{fault[0]}.", fault[1], where=fault[2])
        try:
            question = catalogue.read(path)
        except QueryError as error:
            yield _header(path, text, error)
        except UnicodeDecodeError:
            yield Finding("question-syntax", "The file is not UTF-8.", where=Place(name))
        else:
            yield from _parameters(name, text, question)
        yield from _rows(path, shown)


def _fault(name: str, text: str) -> tuple[str, str, Place] | None:
    """Say why a query cannot be asked, with a hint and the place."""
    words = words_of(text)
    declared = {**PREFIXES, **prefixes(words)}
    try:
        dry_run(text, PREFIXES)
    except UnsupportedError as error:
        where = _function(name, text, words, error.message)
        return f"The query cannot be asked: {error.message}", "", where
    except SyntaxError as error:
        for word in words:
            prefix = word.text.partition(":")[0]
            if word.kind == "name" and prefix not in declared:
                where = place(name, text, word.start, word.end)
                return *undeclared_prefix(prefix, declared), where
        found = _AT.match(str(error))
        if found is None:
            return f"Not SPARQL: {str(error).splitlines()[0]}", "", Place(name)
        at = offset(text, int(found[1]), int(found[2]))
        word = next((w for w in words if w.end > at), words[-1] if words else Token("sign", "", 0))
        message = f"Not SPARQL from '{word.text}' on" if word.end > at else "The query does not end"
        hint = "look at what stands before it"
        if "contains a variable that is unbound" in found[3]:
            message = "A variable of the SELECT clause is neither grouped nor counted"
            hint = "name it in GROUP BY"
        return message, hint, place(name, text, word.start, word.end)
    # A glance at the words tells of nearly every question what its tree would.
    form = next((word for word in words if word.says(*_FORMS)), None)
    if not (form and form.says("SELECT")) and parse(text).form != "SELECT":
        return "The query is not a SELECT query", "an answer has rows: write SELECT", Place(name)
    return None


def _function(name: str, text: str, words: Sequence[Token], said: str) -> Place:
    """Find the function that the engine does not know."""
    known = {**PREFIXES, **prefixes(words)}
    for word in words:
        prefix, _, local = word.text.partition(":")
        iri = f"<{known.get(prefix, '')}{local}>" if word.kind == "name" else word.text
        if word.kind in ("name", "iri") and iri in said:
            return place(name, text, word.start, word.end)
    return Place(name)


def _header(path: Path, text: str, error: QueryError) -> Finding:
    name = path.as_posix()
    where, message = Place(name), error.message
    if error.place is not None and error.place.line:
        start = offset(text, error.place.line, 1)
        stop = text.find("\n", start)
        where = place(name, text, start, stop if stop >= 0 else len(text))
    return Finding(
        "question-header", f"{message[0].upper()}{message[1:]}.", error.hint, where=where
    )


def _parameters(name: str, text: str, question: catalogue.Question) -> Iterator[Finding]:
    words = words_of(text)
    start = next((i for i, w in enumerate(words) if w.text.lower() == "select"), len(words))
    brace = next((i for i, w in enumerate(words) if i > start and w.text == "{"), len(words))
    selected = {word.text[1:] for word in words[start:brace] if word.kind == "variable"}
    used = {word.text[1:] for word in words[brace:] if word.kind == "variable"}
    everything = any(word.text == "*" for word in words[start : start + 3])
    for parameter in question.parameters:
        if everything or parameter.name in selected:
            if parameter.name in used:
                continue
            message = f"The query does not use the parameter {parameter.name}."
            hint = f"use ?{parameter.name} in the pattern, or take the parameter out"
        else:
            message = f"The parameter {parameter.name} is no variable of the SELECT clause."
            hint = f"add ?{parameter.name} to it"
        at = re.search(rf"^#\+ +({re.escape(parameter.name)}) *:", text, re.MULTILINE)
        where = place(name, text, at.start(1), at.end(1)) if at else Place(name)
        yield Finding("question-parameter", message, hint, where=where)


def _shown(folder: Path) -> frozenset[str]:
    """Name the questions of a folder whose answers pages beside it show."""
    pages = [*folder.glob("*.md"), *(folder.parent / "docs").glob("*.md")]
    texts = (page.read_text(encoding="utf-8", errors="replace") for page in pages)
    return frozenset(name for text in texts for name in _ANSWERED.findall(text))


def _rows(path: Path, shown: Callable[[Path], frozenset[str]]) -> Iterator[Finding]:
    files = [path.parent / "expected" / f"{path.stem}{suffix}" for suffix in (".csv", ".json")]
    if any(_has_rows(file) for file in files if file.is_file()) or path.stem in shown(path.parent):
        return
    yield Finding(
        "question-rows",
        f"No expected rows of the question {path.stem} are on record.",
        f"save them: passex ask {path.stem} ... --format csv > {files[0].as_posix()}",
        where=Place(path.as_posix()),
    )


def _has_rows(file: Path) -> bool:
    text = file.read_text(encoding="utf-8", errors="replace")
    if file.suffix == ".csv":
        return len(list(csv.reader(text.splitlines()))) > 1
    try:
        return bool(json.loads(text))
    except ValueError:
        return False
