"""Rows of a table of judgements: what each says of two exercises, and where it can't be meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..graph.cells import open_table
from ..graph.terms import OWL, expand
from ..network.accounts import ordered
from ..text.places import Place

SAME: Final = "same"
DIFFERENT: Final = "different"
UNDECIDED: Final = "undecided"
#: What a row may say, and the relation that follows from it.
DECISIONS: Final = {SAME: OWL.sameAs, DIFFERENT: OWL.differentFrom, UNDECIDED: ""}
#: What stands behind a decision on what has changed since.
DOUBT: Final = "?"
SIDE: Final = ("name", "dates", "parties", "place", "source")
#: The columns of the table.
COLUMNS: Final = (
    *("decision", "comment", "score", "why"),
    *(f"{name}_{number}" for number in (1, 2) for name in SIDE),
    *("exercise_1", "exercise_2", "read_as"),
)
_NEEDED: Final = ("decision", "exercise_1", "exercise_2")
#: What stands in no line.
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A row of the table.

    Attributes:
        pair: The IRIs of the two exercises.
        decision: One of `DECISIONS`.
        doubtful: Whether an exercise reads otherwise than when it was decided.
        cells: All cells of the row, by column.
        line: The line where it stands; 0 if it is new.
    """

    pair: tuple[str, str]
    decision: str
    doubtful: bool
    cells: Mapping[str, str]
    line: int = 0

    @property
    def relation(self) -> str:
        """The IRI of the relation that follows from it; empty if none does."""
        return "" if self.doubtful else DECISIONS[self.decision]


def read_table(path: Path) -> dict[tuple[str, str], Judgement]:
    """Read a table of judgements.

    Returns:
        The rows, by the two IRIs, the smaller first.

    Raises:
        InputError: It cannot be read; it says where a row decides nothing that there is, names no
            exercise, or contradicts another row.
    """
    table = open_table(path)
    if missing := [name for name in _NEEDED if name not in table.header]:
        hint = f"the columns of a table of judgements are {', '.join(COLUMNS)}"
        raise InputError(f"no column '{missing[0]}'", hint, Place(str(path), 1))
    found: dict[tuple[str, str], Judgement] = {}
    for row in table.rows():
        place = Place(str(path), row.line)
        judgement = _judgement(dict(zip(table.header, row.cells, strict=True)), place)
        key = ordered(*judgement.pair)
        if (other := found.get(key)) is not None:
            message = f"the two of line {other.line} again"
            raise InputError(message, "leave one of the rows out", place)
        found[key] = judgement
    _refuse_contradictions(found, path)
    return found


def _judgement(cells: dict[str, str], place: Place) -> Judgement:
    said = cells["decision"].strip().casefold()
    decision = said.removesuffix(DOUBT).strip() or UNDECIDED
    if decision not in DECISIONS:
        hint = f"write {SAME}, {DIFFERENT} or {UNDECIDED}"
        raise InputError(f"'{CONTROL.sub(' ', said[:40])}' is no decision", hint, place)
    ends = []
    for name in ("exercise_1", "exercise_2"):
        written = cells[name].strip()
        iri = expand(written)
        if iri is None or CONTROL.search(iri) or set(iri) & set(' "<>\\^`{|}'):
            message = f"'{CONTROL.sub(' ', written[:80])}' in {name} is no IRI"
            raise InputError(message, "write one such as id:mme-17", place)
        ends.append(iri)
    if ends[0] == ends[1]:
        raise InputError("both exercises are the same node", "name two", place)
    doubtful = said.endswith(DOUBT) and decision != UNDECIDED
    return Judgement((ends[0], ends[1]), decision, doubtful, cells, place.line or 0)


def _refuse_contradictions(rows: Mapping[tuple[str, str], Judgement], path: Path) -> None:
    """Refuse two that differ, and are one with the same."""
    leads: dict[str, str] = {}

    def top(iri: str) -> str:
        while iri in leads:
            iri = leads[iri]
        return iri

    for key, row in rows.items():
        if row.relation == OWL.sameAs and top(key[0]) != top(key[1]):
            leads[top(key[0])] = top(key[1])
    for key, row in rows.items():
        if row.relation == OWL.differentFrom and top(key[0]) == top(key[1]):
            message = "the two are different here, and one by what other rows say"
            place = Place(str(path), row.line)
            raise InputError(message, "correct one of the rows", place)
