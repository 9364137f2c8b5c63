"""Mappings as people write them down, in TOML; what is wrong is said with its line."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ..errors import InputError
from ..graph.folding import slug, slug_of_its_own
from ..graph.terms import NRC, expand
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from .dates import ORDERS
from .mapping import (
    CLASSES,
    CODES,
    EXERCISE,
    KINDS_OF,
    OTHER_CLASSES,
    ROWS,
    WHAT,
    Columns,
    Party,
    Source,
    TableMapping,
    Terms,
    When,
)
from .schemes import concepts

#: What exercises have alone.
_EXERCISES_ALONE: Final = ("domain", "series")


def read(path: Path, table: Path) -> TableMapping:
    """Read a mapping.

    Args:
        table: The file that it is for, by whose name the data set is called if it has no other.

    Raises:
        InputError: It cannot be read, or means nothing.
    """
    return parse(text_of(path), str(path), table.name.partition(".")[0])


def text_of(path: Path) -> str:
    """Read the text of a mapping.

    Raises:
        InputError: It cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        hint = "save the mapping as UTF-8"
        raise InputError(f"not UTF-8 at byte {error.start}", hint, Place(str(path))) from error
    except OSError as error:
        message, hint = f"cannot be read ({error.strerror})", "give a file with a mapping"
        raise InputError(message, hint, Place(str(path))) from error


def parse(text: str, name: str, table: str) -> TableMapping:
    """Read a mapping from its text; `name` is that of its file, `table` that of the table.

    Raises:
        InputError: It means nothing.
    """
    tomllib = _toml()
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Place(name, int(at[1]), int(at[2])) if at else Place(name)
        message = re.sub(r" \(at .*\)", "", str(error))
        raise InputError(f"no TOML: {message}", "see docs/importing.md", place) from error
    return _Reader(text, name).mapping(document, table)


def _toml() -> Any:
    return import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")


class _Reader:
    """Reads the parts of a mapping, and says on which line one is wrong."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = text.splitlines()
        self._name = name

    def mapping(self, document: dict[str, Any], table: str) -> TableMapping:
        self._known(document, ("source", "table", *WHAT, "parties"), "")
        if "table" not in document:
            raise self._error("", "[table] is missing", "see docs/importing.md")
        what = [name for name in WHAT if name in document]
        if not what:
            listed = ", ".join(f"[{name}]" for name in WHAT)
            raise self._error("", "[exercise] is missing", f"write one of {listed}")
        if what[1:]:
            hint = f'write [{what[0]}] alone, with what = {{ column = "...", values = {{ ... }} }}'
            raise self._error(f"[{what[1]}]", f"[{what[0]}] and [{what[1]}] are both there", hint)
        head = self._section(document, "table")
        self._known(head, ("rows", "key", "unknown", "delimiter", "sheet"), "table")
        rows = self._text(head, "rows", EXERCISE)
        self._one_of(rows, (*ROWS, *WHAT[1:]), "rows")
        key = self._text(head, "key")
        if not key:
            raise self._error(
                "[table]", "[table] needs key", "name the column that tells rows apart"
            )
        unknown = head.get("unknown", [])
        apart = unknown if isinstance(unknown, dict) else {}
        return TableMapping(
            source=self._source(self._section(document, "source"), table),
            rows=rows if rows in ROWS else EXERCISE,
            key=key,
            columns=self._columns(self._section(document, what[0]), what[0]),
            unknown=() if apart else self._texts(unknown, "unknown"),
            unknown_in={column: self._texts(marks, column) for column, marks in apart.items()},
            delimiter=self._text(head, "delimiter"),
            sheet=self._text(head, "sheet"),
            known=dict(self._parties(self._section(document, "parties"), what[0])),
        )

    def _source(self, given: dict[str, Any], table: str) -> Source:
        self._known(given, [f.name for f in fields(Source)], "source")
        said = {name: self._text(given, name) for name in given}
        iri = self._iri(said.get("iri") or f"id:{slug(table) or 'table'}", "iri")
        return Source(**{"label": said.get("title", table), **said, "iri": iri})

    def _columns(self, given: dict[str, Any], section: str) -> Columns:
        self._known(given, [f.name for f in fields(Columns)], section)
        if "parties" not in given:
            hint = "name the columns of those who took part"
            raise self._error(f"[{section}]", f"[{section}] needs parties", hint)
        if "status" not in given:
            hint = 'name its column, or write status = "held" if all of them were held'
            raise self._error(f"[{section}]", f"[{section}] needs status", hint)
        what = self._what(given.get("what", section))
        possible = what.possible()
        if EXERCISE not in possible and (wrong := [n for n in _EXERCISES_ALONE if n in given]):
            hint = f"take it out of [{section}]"
            raise self._error(wrong[0], f"{wrong[0]} is what exercises have alone", hint)
        kinds = [name for one in possible for name in concepts(KINDS_OF[one])]
        allowed = {"status": concepts("status"), "domain": concepts("domain"), "kind": kinds}
        read: dict[str, Any] = {"what": what}
        for name, value in given.items():
            if name in ("parties", "observers", "description", "separator"):
                read[name] = self._texts(value, name)
            elif name in ("start", "end"):
                read[name] = self._when(value, name)
            elif name in allowed:
                read[name] = self._terms(value, name, allowed[name])
            elif name == "century":
                if type(value) is not int or not 1000 <= value <= 9900:
                    raise self._error(name, "century is a year", "such as 1950")
                read[name] = value
            elif name != "what":
                read[name] = self._text(given, name)
        if read.get("codes"):
            self._one_of(read["codes"], CODES, "codes")
        if read.get("date_order"):
            self._one_of(read["date_order"], ORDERS, "date_order")
        return Columns(**read)

    def _what(self, value: Any) -> Terms:
        """Read what the rows are: the name of the section, or words of a column."""
        if isinstance(value, dict):
            self._known(value, ("column", "values"), "what")
            values = self._section(value, "values")
            for term in values.values():
                self._one_of(term, WHAT, "what")
            column = self._text(value, "column")
            if column and values:
                return Terms(column=column, values={w.casefold(): t for w, t in values.items()})
        elif value in WHAT:
            return Terms(always=str(value))
        hint = 'write { column = "Type", values = { drill = "exercise", talks = "meeting" } }'
        raise self._error("what", "what names a column, and what its words mean", hint)

    def _when(self, value: Any, name: str) -> When:
        if isinstance(value, str):
            return When(text=value)
        if not isinstance(value, dict):
            hint = f'write {name} = "Date", or {name} = {{ year = "Y", month = "M", day = "D" }}'
            raise self._error(name, f"{name} is a column, or the columns of its parts", hint)
        self._known(value, [f.name for f in fields(When)], name)
        when = When(**{part: self._text(value, part) for part in value})
        if not (when.text or when.year):
            raise self._error(name, f"{name} has no year", 'name the column: year = "..."')
        return when

    def _terms(self, value: Any, name: str, allowed: Sequence[str]) -> Terms:
        if isinstance(value, str):
            return Terms(always=self._concept(value, name, allowed))
        if not isinstance(value, dict):
            of_words = f'{name} = {{ column = "...", values = {{ ... }} }}'
            hint = f'write {name} = "{allowed[0]}", or {of_words}'
            raise self._error(name, f"{name} is a concept, or columns of concepts", hint)
        self._known(value, ("flags", "column", "values", "always"), name)
        flags, values = self._section(value, "flags"), self._section(value, "values")
        return Terms(
            always=self._concept(value["always"], name, allowed) if "always" in value else "",
            flags={column: self._concept(term, name, allowed) for column, term in flags.items()},
            column=self._text(value, "column"),
            values={word.casefold(): self._concept(t, name, allowed) for word, t in values.items()},
        )

    def _concept(self, value: Any, name: str, allowed: Sequence[str]) -> str:
        self._one_of(value, allowed, name)
        return NRC[str(value)]

    def _parties(self, given: dict[str, Any], what: str) -> Iterator[tuple[str, Party]]:
        classes = CLASSES if what == EXERCISE else (*CLASSES, *OTHER_CLASSES)
        for name, said in given.items():
            if not isinstance(said, dict):
                raise self._error(name, f"[parties.{name}] is a table", "give class and iri")
            self._known(said, ("class", "iri", "label"), f"parties.{name}")
            kind = self._text(said, "class")
            self._one_of(kind, classes, "class")
            label = self._text(said, "label", name)
            iri = self._iri(said.get("iri", f"id:{slug_of_its_own(label)}"), "iri")
            yield name, Party(kind, iri, label)

    def _iri(self, value: str, name: str) -> str:
        iri = expand(value)
        if iri is None or "#" in iri or any(c in iri for c in ' <>"{}|\\^`'):
            raise self._error(name, f"'{value}' is no IRI", "write id:NAME, or an IRI without #")
        return iri

    def _section(self, document: dict[str, Any], name: str) -> dict[str, Any]:
        found = document.get(name, {})
        if not isinstance(found, dict):
            raise self._error(name, f"{name} is a table of TOML", f"write [{name}]")
        return found

    def _text(self, given: dict[str, Any], name: str, default: str = "") -> str:
        value = given.get(name, default)
        if not isinstance(value, str):
            raise self._error(name, f"{name} is a text", "write it in quotation marks")
        return value

    def _texts(self, value: Any, name: str) -> tuple[str, ...]:
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
            raise self._error(name, f"{name} is a text, or a list of texts", 'such as ["-9", "?"]')
        return tuple(listed)

    def _known(self, given: dict[str, Any], allowed: Sequence[str], where: str) -> None:
        for name in given:
            if name not in allowed:
                within = f" in [{where}]" if where else ""
                hint = did_you_mean(nearest(name, allowed)) or f"use {', '.join(allowed)}"
                raise self._error(name, f"'{name}' means nothing{within}", hint)

    def _one_of(self, value: Any, allowed: Sequence[str], name: str) -> None:
        if value not in allowed:
            hint = did_you_mean(nearest(str(value), allowed)) or f"use one of {', '.join(allowed)}"
            raise self._error(str(value) or name, f"'{value}' is no {name} here", hint)

    def _error(self, word: str, message: str, hint: str) -> InputError:
        """Make an error at the first line, outside of comments, that has a word."""
        for number, line in enumerate(self._lines, 1):
            column = line.partition("#")[0].find(word) if word else -1
            if column >= 0:
                return InputError(message, hint, Place(self._name, number, column + 1))
        return InputError(message, hint, Place(self._name))
