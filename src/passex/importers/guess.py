"""A proposal of a mapping, from the first rows of a table, for a person to correct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from ..graph.cells import Table
from .guess_dates import dates_of
from .guess_parties import SEPARATORS, parties_of, with_their_kind
from .headings import MOST, is_key, means, quoted
from .schemes import concepts

#: So many rows are looked at.
_ROWS: Final = 200
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
    (
        *("-9", "-99", "-999", "-88", "-77", "na", "n/a", "n.a.", "?", "-", ".", "unknown", "null"),
        *("tbc", "tbd", "tba", "n/k"),
    )
)
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
    every |= {p.strip() for s in SEPARATORS for cell in every if s in cell for p in cell.split(s)}
    marks = sorted(cell for cell in every if cell.casefold() in _MARKERS)
    known = {n: [c for c in cells if c and c not in marks] for n, cells in columns.items()}
    parties, codes, separators = parties_of(known, marks)
    key = _key(known) or next(iter(columns))
    whole = with_their_kind(parties, known, codes)
    # What tells rows apart may be what they are called, unless it is a number for that alone.
    terms = [*_terms(known, {*parties, *([key] if is_key(key) else [])})]
    apart = [name for name in known if means(name) in ("start", "end", "place") and name != key]
    rows_are = _rows(rows, [table.header.index(n) for n in (key, *apart)], parties, separators)
    signs = ", ".join(map(quoted, separators))
    lines = [
        "# A guess by passex import, from the header and the first rows. Correct it.",
        "[table]",
        "# exercise, participation or pair: what one row is",
        f"rows = {quoted(rows_are)}",
        f"key = {quoted(key)}",
        f"unknown = [{', '.join(map(quoted, marks))}]",
        *([f"sheet = {quoted(table.sheet)}"] if table.sheet else []),
        "",
        "# or [meeting], or [training]",
        "[exercise]",
        f"parties = [{', '.join(map(quoted, whole))}]" if parties else "parties = []  # who?",
        *([f"separator = {f'[{signs}]' if separators[1:] else signs}"] if separators else []),
        *([f"codes = {quoted(codes)}"] if codes else []),
    ]
    lines += _lists(known)
    lines += dates_of(known)
    lines += _single_columns(terms)
    lines += _status_and_domain(known)
    return "\n".join(lines) + "\n"


def _rows(
    rows: Sequence[Sequence[str]], at: Sequence[int], parties: Sequence[str], lists: Sequence[str]
) -> str:
    """Say what one row is, by how often a key stands on a row of its own.

    Args:
        at: The columns of the key, and of time and place: rows of one exercise agree in them.
        lists: What parts the names of a cell.
    """
    keys = {row[at[0]] for row in rows}
    alike = len(keys) == len({tuple(row[n] for n in at) for row in rows})
    if lists or not alike or len(keys) == len(rows) or len(parties) > 2:
        return "exercise"
    return "participation" if len(parties) == 1 else "pair"


def _terms(known: dict[str, list[str]], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what a column tells, with the column, for what one column tells."""
    for term in ("part_of", "series", "latitude", "longitude", "place", "host", "name", "source"):
        yield from ((term, name) for name in known if means(name) == term and name not in taken)


def _single_columns(terms: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Write the columns that tell one thing each."""
    for term in dict.fromkeys(term for term, _ in terms):
        fitting = [name for other, name in terms if other == term]
        others = f"  # or {', '.join(fitting[1:])}" if fitting[1:] else ""
        yield f"{term} = {quoted(fitting[0])}{others}"


def _lists(known: dict[str, list[str]]) -> Iterator[str]:
    """Write the columns of those who watched, and of remarks; and say who is no party."""
    for term in ("observers", "description"):
        if listed := [name for name in known if means(name) == term]:
            yield f"{term} = [{', '.join(map(quoted, listed))}]"
    for name in known:
        if means(name) == "no-party":
            yield f"# {quoted(name)} isn't read: who stands there may have taken no part"


def _status_and_domain(known: dict[str, list[str]]) -> Iterator[str]:
    """Say whence both come: from the words of a column, or of a domain from marks."""
    held = '"held"  # if all of them were held; or name the column that says so'
    yield f"status = {_meant(known, 'status', _STATUSES) or held}"
    marked = ", ".join(
        f"{quoted(name)} = {quoted(_FLAGS[name.casefold()])}"
        for name, cells in known.items()
        if name.casefold() in _FLAGS and {cell.casefold() for cell in cells} <= _MARKS
    )
    flagged = f"{{ flags = {{ {marked} }} }}" if marked else _meant(known, "domain", _FLAGS)
    yield "# Without a domain they count in none."
    yield f"domain = {flagged}" if flagged else '# domain = "naval"'


def _meant(known: dict[str, list[str]], name: str, words: dict[str, str]) -> str:
    """Find a column whose words are concepts, and say which; nothing where there is none."""
    listed = concepts(name)
    means = {**{concept.replace("-", " "): concept for concept in listed}, **words}
    means |= {concept: concept for concept in listed}
    for column, cells in known.items():
        values = {cell: means[c] for cell in cells if (c := cell.casefold()) in means}
        if cells and len(values) / len({*cells}) >= MOST:
            said = ", ".join(f"{quoted(cell)} = {quoted(term)}" for cell, term in values.items())
            return f"{{ column = {quoted(column)}, values = {{ {said} }} }}"
    return ""


def _key(known: dict[str, list[str]]) -> str | None:
    """Find the column that tells rows apart: by its heading, or else that of names."""
    wanted = [name for name in known if is_key(name)] + [n for n in known if means(n) == "name"]
    return next((name for name in wanted if known[name]), None)
