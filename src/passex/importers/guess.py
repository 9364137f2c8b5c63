"""A proposal of a mapping, from the first rows of a table, for a person to correct."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from ..graph import gazetteer
from ..graph.cells import Table
from .dates import DateError, of_text
from .mapping import CODES

#: So many rows are looked at.
_ROWS: Final = 200
#: So much of a column has to be of a kind, for a guess.
_MOST: Final = 0.8
#: Words in the names of columns, by what they are; the more special first.
_CALLED: Final = {
    "part_of": ("parent", "part"),
    "series": ("series",),
    "end": ("end", "until", "finish"),
    "start": ("start", "begin", "from", "date", "day"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "long", "lng", "longitude"),
    "place": ("location", "place", "where", "venue"),
    "host": ("host",),
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
_MARKERS: Final = ("-9", "-99", "-999", "-88", "-77", "NA", "N/A", "n/a", "?", "unknown", ".")


def propose(table: Table) -> str:
    """Write a mapping for a table, as TOML with remarks on what a person has to decide.

    Raises:
        InputError: The table cannot be read.
    """
    rows = [row.cells for row in islice(table.rows(), _ROWS)]
    columns = {name: [r[n].strip() for r in rows] for n, name in enumerate(table.header) if name}
    marks = [m for m in _MARKERS if any(m in cells for cells in columns.values())]
    known = {n: [c for c in cells if c and c not in marks] for n, cells in columns.items()}
    called = {name: _called(name) for name in columns}
    flags = {
        name: _FLAGS[name.casefold()]
        for name, cells in known.items()
        if name.casefold() in _FLAGS and {cell.casefold() for cell in cells} <= _MARKS
    }
    marked = ", ".join(f"{_text(name)} = {_text(domain)}" for name, domain in flags.items())
    parties, codes = _parties(known)
    key = _key(known)
    grouped = key is not None and len(parties) == 1 and len({*known[key]}) < len(known[key])
    lines = [
        "# A guess by passex import, from the header and the first rows. Correct it.",
        "[table]",
        "# exercise, participation or pair: what one row is",
        f"rows = {_text('participation' if grouped else 'exercise')}",
        f"key = {_text(key or next(iter(columns)))}",
        f"unknown = [{', '.join(map(_text, marks))}]",
        *([f"sheet = {_text(table.sheet)}"] if table.sheet else []),
        "",
        "# or [meeting], or [training]",
        "[exercise]",
        f"parties = [{', '.join(map(_text, parties))}]" if parties else "parties = []  # who?",
        *([f"codes = {_text(codes)}"] if codes else []),
    ]
    for term in _CALLED:
        fitting = [n for n, t in called.items() if t == term and n not in (key, *parties)]
        if term in ("start", "end"):
            fitting = [name for name in fitting if _is_date(known[name])]
        if fitting:
            others = f"  # or {', '.join(fitting[1:])}" if fitting[1:] else ""
            lines.append(f"{term} = {_text(fitting[0])}{others}")
    lines += [
        'status = "held"  # if all of them were held; or name the column that says so',
        "# Without a domain they count in none.",
        f"domain = {{ flags = {{ {marked} }} }}" if marked else '# domain = "naval"',
    ]
    return "\n".join(lines) + "\n"


def _called(name: str) -> str:
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", name).lower())
    return next((t for t, those in _CALLED.items() if not {*words}.isdisjoint(those)), "")


def _parties(known: dict[str, list[str]]) -> tuple[list[str], str]:
    """Find the columns of names, or else of codes, of states; with them the scheme of the codes."""
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
    found = 0
    for cell in distinct:
        entries = gazetteer.called(f"{scheme}:{cell.lstrip('0')}" if scheme else cell)
        found += bool(entries) and (bool(scheme) or not cell.isupper() or len(cell) > 3)
    return found / len(distinct)


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
