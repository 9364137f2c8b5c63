"""An import: the table is read twice, first for what is odd about it, then to be written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from ..errors import InputError, OutputError
from ..graph.cells import Table, open_table
from ..graph.files import write_together
from ..graph.folding import fold
from ..graph.terms import local_name
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from . import actors as people
from .actors import Actors
from .dates import orders
from .facts import Facts, Turtle, ntriples
from .ledger import Ledger
from .mapping import TableMapping, matching
from .records import Ask, Reader, Record

#: The files of an import, beside the facts.
NAMES: Final = "names.csv"
QUESTIONS: Final = "questions.csv"
#: The formats of the facts, with the endings of their files.
FORMATS: Final = {"turtle": ".ttl", "ntriples": ".nt"}
#: What was written and what was left out, of a kind of question, is no fault of the import.
_KEPT_OUT: Final = frozenset(
    ("unknown-name", "no-date", "no-concept", "no-key", "no-status", "coordinates", "rows-differ")
)


@dataclass(slots=True)
class Survey:
    """What a table holds, and what is odd about it.

    Attributes:
        rows: How many rows are below the header.
        exercises: How many exercises they are.
        open: How many of these name parties and leave others open.
        few: How many have fewer than two.
        undated: How many have no date, and
        homeless: how many no domain.
        read: By column, how many cells hold something.
        written: By column, how many of these are written.
        unknown: How many of these say that nothing is known, and
        no: how many say no, where a column is a mark.
        orders: By column, how its dates are meant.
    """

    digest: str
    rows: int = 0
    exercises: int = 0
    open: int = 0
    few: int = 0
    undated: int = 0
    homeless: int = 0
    read: Counter[str] = field(default_factory=Counter)
    written: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    no: Counter[str] = field(default_factory=Counter)
    orders: dict[str, str] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)


class Import:
    """The import of one table into a folder.

    Args:
        path: The table.
        mapping: What its columns mean.
        folder: Where the files go, and where a list of names may be that a person filled in.
        states: One of `actors.STATES`.
        form: One of `FORMATS`.

    Raises:
        InputError: The table or the list of names cannot be read, or a column isn't there.
    """

    def __init__(
        self, path: Path, mapping: TableMapping, folder: Path, states: str, form: str = "turtle"
    ) -> None:
        self.path, self.mapping, self.folder, self.form = path, mapping, folder, form
        self.table = open_table(path, mapping.delimiter)
        _check(self.table, mapping)
        self.ledger = Ledger()
        names = folder / NAMES
        self.given = people.read_list(names) if names.exists() else {}
        self.actors = Actors(mapping.known, self.given, mapping.columns.codes, states)
        self.survey = Survey(_digest(path))

    def look(self) -> None:
        """Read the table once: count, and ask about what is odd.

        Raises:
            InputError: It cannot be read.
        """
        survey, ledger = self.survey, self.ledger
        survey.orders = _orders(self.table, self.mapping)
        points: dict[str, tuple[str, str]] = {}
        seen: Counter[str] = Counter()
        reader = self._reader(self.actors, ledger.ask)
        for record in reader.records(self.table.rows()):
            survey.rows += len(record.quotes)
            survey.exercises += 1
            survey.few += len(record.parties) < 2
            survey.open += record.open and len(record.parties) > 0
            survey.undated += record.dates is None
            survey.homeless += not record.domains
            _see(ledger, record, self.mapping.rows)
            if record.point:
                folded = fold(record.place)
                seen[folded] += 1
                if points.setdefault(folded, record.point) != record.point:
                    survey.disputed.add(folded)
        survey.read, survey.written = reader.read, reader.written
        survey.unknown, survey.no = reader.unknown, reader.no
        for column in (self.mapping.columns.latitude, self.mapping.columns.longitude):
            survey.written[column] -= sum(seen[folded] for folded in survey.disputed)
        ledger.index()
        ledger.compare()
        key = self.mapping.key
        if self.mapping.rows != "exercise" and ledger.counts["repeated-key"]:
            first = ledger.examples["repeated-key"][0]
            message = f"the rows of one {key} do not follow one another: {first}"
            raise InputError(message, f"sort the table by {key}", Place(str(self.path)))
        for name, said in self.actors.unfound.items():
            at = f"'{name}', {said.times} times: {said.why}"
            ledger.ask("unknown-name", said.row, "", name, at)
        for (name, why), times in self.actors.outside.items():
            ledger.ask("outside-its-time", 0, "", name, f"'{name}', {times} times: {why}")
        for folded in sorted(survey.disputed):
            ledger.ask("coordinates", 0, "", folded, f"'{folded}' has several points")

    def write(self) -> list[Path]:
        """Read the table again and write the files, all of them or none.

        Returns:
            The files.

        Raises:
            OutputError: One cannot be written.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{self.folder}: cannot be made ({error.strerror})"
            raise OutputError(message, "give a folder that can be written to") from error
        name = local_name(self.mapping.source.iri)
        files = [(self.folder / f"{name}{FORMATS[self.form]}", self._facts())]
        files.append((self.folder / QUESTIONS, self.ledger.written()))
        if self.actors.unfound or self.given:
            files.append((self.folder / NAMES, self._names()))
        write_together(files)
        return [path for path, _ in files]

    def _reader(self, actors: Actors, ask: Ask) -> Reader:
        return Reader(self.table, self.mapping, actors, self.survey.orders, ask)

    def _names(self) -> Iterator[str]:
        before = []
        if self.given:
            table = open_table(self.folder / NAMES)
            rows = (dict(zip(table.header, row.cells, strict=True)) for row in table.rows())
            before = [row for row in rows if row["name"] in self.given]
        return people.write_list(self.actors.unfound, before)

    def _facts(self) -> Iterator[str]:
        mapping, survey = self.mapping, self.survey
        facts = Facts(mapping.source, mapping.columns, survey.disputed)
        status = mapping.columns.status
        declared = "" if status.column else local_name(status.always).replace("-", " ")
        turtle = Turtle(mapping.source.iri)
        write = turtle.lines if self.form == "turtle" else ntriples
        if self.form == "turtle":
            yield turtle.head(f"Written by passex import from {self.path.name}: row by row.")
        yield from write(facts.head(survey.digest, survey.rows, declared))
        # What the first reading asked about is not asked again.
        actors = replace(self.actors, unfound={}, outside={})
        reader = self._reader(actors, lambda *_: None)
        for record in reader.records(self.table.rows()):
            yield from write(facts.of(record))

    def failed(self) -> bool:
        """Tell whether something was kept out."""
        return any(self.ledger.counts[kind] for kind in _KEPT_OUT)


def _see(ledger: Ledger, record: Record, rows: str) -> None:
    ledger.see("repeated-key", record.key, record.row)
    n = len(record.parties)
    if rows == "pair" and record.pairs < n * (n - 1) // 2:
        said = f"{record.pairs} pairs of {n} parties"
        ledger.ask("pairs-missing", record.row, "", record.key, said)
    if record.dates and record.parties:
        parties = " ".join(sorted(actor.iri for actor in record.parties))
        first, last = record.dates.first, record.dates.last
        ledger.see("same-day-and-parties", f"{first} {last} {parties}", record.row)
        if name := fold(record.name or record.place):
            ledger.see("near-repeat", f"{name} {parties}", record.row, first, last)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            hashed = hashlib.sha256()
            while piece := file.read(1 << 20):
                hashed.update(piece)
            return hashed.hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror})", "", Place(str(path))) from error


def _check(table: Table, mapping: TableMapping) -> None:
    """Refuse columns that the table hasn't."""
    wanted = [mapping.key, *mapping.columns.all(), *mapping.unknown_in]
    for name in wanted:
        if not matching([name], table.header):
            hint = did_you_mean(f"'{near}'" for near in nearest(name, table.header))
            message = f"no column '{name}', which the mapping names"
            raise InputError(message, hint or "correct the mapping", Place(str(table.path), 1))


def _orders(table: Table, mapping: TableMapping) -> dict[str, str]:
    """Decide for each column of dates, once, in which order day and month stand in it.

    Raises:
        InputError: The column has dates that can only be read in the one way, and others that can
            only be read in the other.
    """
    texts = [when.text for when in (mapping.columns.start, mapping.columns.end) if when.text]
    found = {}
    for name in dict.fromkeys(texts):
        at = table.header.index(name)
        left = orders(" ".join(row.cells[at].split()) for row in table.rows())
        given = mapping.columns.date_order
        if not left or (given and given not in left):
            message = f"column '{name}' has dates in both orders, of days and months"
            if left:
                message = f"column '{name}' has dates that {given} cannot read"
            raise InputError(message, "make them alike", Place(str(table.path)))
        found[name] = given or (min(left) if len(left) == 1 else "")
    return found
