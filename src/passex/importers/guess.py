"""A proposal of a mapping, from the first rows of a table, for a person to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ..graph import gazetteer
from ..graph.cells import Table
from .dates import DateError, of_text
from .mapping import CODES, matching
from .schemes import concepts

#: So many rows are looked at.
_ROWS: Final = 200
#: So much of a column has to be of a kind, for a guess.
_MOST: Final = 0.8
#: Words in the names of columns, by what they are; the more special first.
_CALLED: Final = {
    "part_of": ("parent", "part"),
    "series": ("series",),
    "end": ("end", "until", "finish", "to"),
    "start": ("start", "begin", "from", "date", "day"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "long", "lng", "longitude"),
    "place": ("location", "place", "where", "venue"),
    "host": ("host", "organiser", "organizer"),
    "name": ("name", "title", "exercise"),
}
#: Domains, by what the mark for them may be called.
_FLAGS: Final = {
    "sea": "naval",
    "naval": "naval",
    "maritime": "naval",
    "air": "air",
    "land": "land",
    "amphibious": "amphibious",
    "cyber": "cyberspace",
}
_MARKS: Final = frozenset(("0", "1", "true", "false", "yes", "no"))
_MARKERS: Final = frozenset(
    ("-9", "-99", "-999", "-88", "-77", "na", "n/a", "n.a.", "?", "-", ".", "unknown", "null")
)
_SHORT_YEAR: Final = re.compile(r"(?:^|\D)\d{1,2}\D\d{1,2}\D\d\d$")
#: What may part the names of a cell.
_SEPARATORS: Final = ("\n", ";", "|", "/", ",")
#: What columns of parties are called whose names the gazetteer may not have.
_WHO: Final = re.compile(r"part(y|ies|icipants?)|countr|states?\b|nations?\b|members?\b", re.I)
_TAKE_PART: Final = re.compile(r"part(y|ies|icip)|members", re.I)
#: Words of columns, by what they mean: beside these, each concept's own name.
_STATUSES: Final = {
    **dict.fromkeys(("done", "completed", "conducted", "took place"), "held"),
    **dict.fromkeys(("ongoing", "in progress"), "under-way"),
    **dict.fromkeys(("canceled", "called off"), "cancelled"),
}


def propose(table: Table) -> str:
    """Write a mapping for a table, as TOML with remarks on what a person has to decide.

    Raises:
        InputError: The table cannot be read, or has no row.
    """
    full = (row.cells for row in table.rows() if any(cell.strip() for cell in row.cells))
    if not (rows := [*islice(full, _ROWS)]):
        raise table.without_rows()
    columns = {name: [r[n].strip() for r in rows] for n, name in enumerate(table.header) if name}
    every = {cell for cells in columns.values() for cell in cells}
    every |= {p.strip() for s in _SEPARATORS for cell in every if s in cell for p in cell.split(s)}
    marks = sorted(cell for cell in every if cell.casefold() in _MARKERS)
    known = {n: [c for c in cells if c and c not in marks] for n, cells in columns.items()}
    parties, codes, separator = _parties(known, marks)
    key = _key(known)
    whole = _with_their_kind(parties, known, codes)
    lines = [
        "# A guess by passex import, from the header and the first rows. Correct it.",
        "[table]",
        "# exercise, participation or pair: what one row is",
        f"rows = {_text(_rows(known[key] if key else [], len(parties)))}",
        f"key = {_text(key or next(iter(columns)))}",
        f"unknown = [{', '.join(map(_text, marks))}]",
        *([f"sheet = {_text(table.sheet)}"] if table.sheet else []),
        "",
        "# or [meeting], or [training]",
        "[exercise]",
        f"parties = [{', '.join(map(_text, whole))}]" if parties else "parties = []  # who?",
        *([f"separator = {_text(separator)}"] if separator else []),
        *([f"codes = {_text(codes)}"] if codes else []),
    ]
    lines += _single_columns(known, {*parties, key})
    lines += _status_and_domain(known)
    return "\n".join(lines) + "\n"


def _rows(keys: Sequence[str], parties: int) -> str:
    """Say what one row is, by how often a key stands on a row of its own."""
    once = len({*keys}) / len(keys) if keys else 1
    if parties == 2 and once <= _MOST:
        return "pair"
    return "participation" if parties == 1 and once < 1 else "exercise"


def _single_columns(known: dict[str, list[str]], taken: set[str | None]) -> Iterator[str]:
    """Name the columns that tell one thing each, by what they are called."""
    called = {name: _called(name) for name in known}
    dated = list[str]()
    for term in _CALLED:
        fitting = [name for name, own in called.items() if own == term and name not in taken]
        if term in ("start", "end"):
            read = [name for name in fitting if _is_date(known[name])]
            if fitting and not read:
                yield f"# {term} = {_text(fitting[0])}  # few of its cells read as dates"
            fitting = read
            dated += read[:1]
        if fitting:
            others = f"  # or {', '.join(fitting[1:])}" if fitting[1:] else ""
            yield f"{term} = {_text(fitting[0])}{others}"
    if any(_SHORT_YEAR.search(cell) for name in dated for cell in known[name]):
        yield "century = 1950  # the first of the hundred years that two digits may mean"


def _status_and_domain(known: dict[str, list[str]]) -> Iterator[str]:
    """Say whence both come: from the words of a column, or of a domain from marks."""
    held = '"held"  # if all of them were held; or name the column that says so'
    yield f"status = {_meant(known, 'status', _STATUSES) or held}"
    marked = ", ".join(
        f"{_text(name)} = {_text(_FLAGS[name.casefold()])}"
        for name, cells in known.items()
        if name.casefold() in _FLAGS and {cell.casefold() for cell in cells} <= _MARKS
    )
    flagged = f"{{ flags = {{ {marked} }} }}" if marked else _meant(known, "domain", _FLAGS)
    yield "# Without a domain they count in none."
    yield f"domain = {flagged}" if flagged else '# domain = "naval"'


def _called(name: str) -> str:
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    return next((t for t, those in _CALLED.items() if not {*words}.isdisjoint(those)), "")


def _meant(known: dict[str, list[str]], name: str, words: dict[str, str]) -> str:
    """Find a column whose words are concepts, and say which; nothing where there is none."""
    listed = concepts(name)
    means = {**{concept.replace("-", " "): concept for concept in listed}, **words}
    means |= {concept: concept for concept in listed}
    for column, cells in known.items():
        values = {cell: means[c] for cell in cells if (c := cell.casefold()) in means}
        if cells and len(values) / len({*cells}) >= _MOST:
            said = ", ".join(f"{_text(cell)} = {_text(term)}" for cell, term in values.items())
            return f"{{ column = {_text(column)}, values = {{ {said} }} }}"
    return ""


def _parties(known: dict[str, list[str]], marks: Sequence[str]) -> tuple[list[str], str, str]:
    """Find the columns of states, by names or else by codes.

    Returns:
        The columns, the scheme of the codes, and what parts several in a cell.
    """
    found = []
    for separator in ("", *_SEPARATORS):
        apart = {
            name: [
                p for c in cells for part in c.split(separator) if (p := part.strip()) not in marks
            ]
            for name, cells in known.items()
            if separator and any(separator in cell for cell in cells)
        }
        columns, codes = _states(apart if separator else known)
        if columns:
            found.append((columns, codes, separator))
    if found:
        # One state alone may be where it was, beside those who took part.
        return next((one for one in found if any(map(_TAKE_PART.search, one[0]))), found[0])
    called = [name for name, cells in known.items() if cells and _WHO.search(name)]
    cells = " ".join(cell for name in called for cell in known[name])
    return called, "", max(_SEPARATORS[:-1], key=cells.count) if called else ""


def _with_their_kind(columns: list[str], known: dict[str, list[str]], codes: str) -> list[str]:
    """Add columns that are called alike but for a letter or a number: the last may be empty."""
    common = re.fullmatch(r"(..+?|)(?:[A-Z]{1,2}|\d+)", columns[0]) if columns else None
    if not common:
        return columns
    alike = re.compile(rf"{re.escape(common[1])}(?:[A-Z]{{1,2}}|\d+)")
    if not all(map(alike.fullmatch, columns)):
        return columns
    every = [
        name
        for name, cells in known.items()
        if name in columns
        or (alike.fullmatch(name) and (not cells or _share(cells, codes) >= 1 - _MOST))
    ]
    pattern = f"{common[1]}*"
    return [pattern] if every == matching([pattern], [*known]) else every


def _states(known: dict[str, list[str]]) -> tuple[list[str], str]:
    named = [name for name, cells in known.items() if _share(cells, "") >= _MOST]
    named = [name for name in named if _called(name) not in ("place", "host")]
    if named:
        return named, ""
    for scheme in CODES:
        coded = [name for name, cells in known.items() if _share(cells, scheme) >= _MOST]
        # Small numbers may be anything: flags and months are codes of Correlates of War, too.
        coded = [name for name in coded if re.search("state|code|country|iso|party", name, re.I)]
        if coded:
            return coded, scheme
    return [], ""


def _share(cells: Sequence[str], scheme: str) -> float:
    distinct = set(cells)
    if not distinct:
        return 0.0
    found, short = 0, 0
    for cell in distinct:
        if gazetteer.called(f"{scheme}:{cell.lstrip('0')}" if scheme else cell):
            found += 1
            short += not scheme and cell.isupper() and len(cell) <= 3
    # Short words in capitals may be anything, unless they stand beside names.
    return found / len(distinct) if found > short else 0.0


def _key(known: dict[str, list[str]]) -> str | None:
    wanted = [name for name in known if re.search(r"(^|[^a-z])id|id$|key|number", name, re.I)]
    return next((name for name in wanted if known[name]), None)


def _is_date(cells: Sequence[str]) -> bool:
    read = 0
    for cell in cells:
        try:
            read += bool(of_text(cell, "month-day" if _short(cell) else "day-month", 1950))
        except DateError:
            continue
    return bool(cells) and read / len(cells) >= _MOST


def _short(cell: str) -> bool:
    parts = re.split(r"[/.-]", cell)
    return len(parts) == 3 and parts[1].isdecimal() and int(parts[1]) > 12


def _text(text: str) -> str:
    """Write a text as TOML does, which is as JSON does."""
    return json.dumps(text, ensure_ascii=False)
