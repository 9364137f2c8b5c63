"""A proposal of the columns of parties, by names or codes, and of what parts several in a cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..graph import gazetteer
from .headings import MOST, TAKE_PART, WHO, means
from .mapping import CODES, matching
from .party_names import parted

#: What may part the names of a cell, beside words.
SEPARATORS: Final = ("\n", ";", "|", "/", ",")
_AND: Final = re.compile(r"\s(?:(and)|&)\s", re.IGNORECASE)
#: What columns are that name states, and no parties.
_OTHERS: Final = ("observers", "no-party", "host", "place", "source", "description")


def parties_of(
    known: dict[str, list[str]], marks: Sequence[str]
) -> tuple[list[str], str, tuple[str, ...]]:
    """Find the columns of states, by names or else by codes.

    Returns:
        The columns, the scheme of the codes, and what parts several in a cell.
    """
    # A column of observers, hosts or places isn't one of parties, whoever stands in it.
    known = {name: cells for name, cells in known.items() if means(name) not in _OTHERS}
    found = []
    for sign in ("", *SEPARATORS):
        columns = {n: cells for n, cells in known.items() if any(sign in cell for cell in cells)}
        fitting = []
        for separators in _with_words(sign, columns):
            apart = {name: _apart(cells, separators, marks) for name, cells in columns.items()}
            states, codes = _states(apart)
            if states:
                times = sum(_named(apart[name]) for name in states)
                fitting.append((times, (states, codes, separators)))
        if fitting:  # the words part names, too, where they give more of them
            found.append(max(fitting, key=lambda one: one[0])[1])
    if found:
        # One state alone may be where it was, beside those who took part.
        return next((one for one in found if any(map(TAKE_PART.search, one[0]))), found[0])
    called = [
        name
        for name, cells in known.items()
        if WHO.search(name) and not all(cell.isdecimal() for cell in cells)
    ]
    cells = [cell for name in called for cell in known[name]]
    signs = [sign for sign in SEPARATORS if any(sign in cell for cell in cells)]
    if not called or not (signs or any(map(_AND.search, cells))):
        return called, "", ()
    every = [s for sign in (*signs, "") for s in _with_words(sign, {"": cells}) if s]
    best = max(every, key=lambda some: _named(_apart(cells, some, marks)))
    if _named(_apart(cells, best, marks)):
        return called, "", best
    # Commas may stand within names that nobody knows.
    sign = max(SEPARATORS[:-1], key=" ".join(cells).count)
    return called, "", (sign,) if sign in signs else ()


def _with_words(sign: str, columns: dict[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Yield a sign as what parts names, alone, and with the words between the names of cells."""
    signs = (sign,) if sign else ()
    yield signs
    found = [m for cells in columns.values() for cell in cells if (m := _AND.search(cell))]
    if found:
        yield (*signs, *dict.fromkeys("and" if match[1] else "&" for match in found))


def _apart(cells: Sequence[str], separators: Sequence[str], marks: Sequence[str]) -> list[str]:
    parts = (part for cell in cells for part in parted(cell, separators, _is_state))
    return [part for part in parts if part and part not in marks]


def _is_state(name: str) -> bool:
    return len(gazetteer.called(name)) == 1


def _named(names: Sequence[str]) -> int:
    """Count the names that are states'."""
    return sum(map(_is_state, names))


def with_their_kind(columns: list[str], known: dict[str, list[str]], codes: str) -> list[str]:
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
        or (alike.fullmatch(name) and (not cells or _share(cells, codes) >= 1 - MOST))
    ]
    pattern = f"{common[1]}*"
    return [pattern] if every == matching([pattern], [*known]) else every


def _states(known: dict[str, list[str]]) -> tuple[list[str], str]:
    named = [name for name, cells in known.items() if _share(cells, "") >= MOST]
    if named:
        return named, ""
    for scheme in CODES:
        coded = [name for name, cells in known.items() if _share(cells, scheme) >= MOST]
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
