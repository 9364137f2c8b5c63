"""An import: the table is read twice, first for what is odd about it, then to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from os.path import exists
from pathlib import Path
from typing import Final

from ..errors import InputError, OutputError
from ..graph.cells import open_table
from ..graph.files import write_together
from ..graph.folding import fold
from ..graph.terms import local_name
from ..text.places import Place
from ..text.wording import say
from . import actors as people
from .actors import Actors
from .facts import Facts
from .ledger import KINDS, Ledger
from .mapping import CLASSES, EXERCISE, OTHER_CLASSES, Columns, TableMapping
from .notation import Turtle, ntriples
from .records import Reader
from .row_cells import Ask
from .survey import Survey, check, digest, orders_of, see
from .wholes import Wholes

#: The files of an import, beside the facts.
NAMES: Final = "names.csv"
QUESTIONS: Final = "questions.csv"
#: The formats of the facts, with the endings of their files.
FORMATS: Final = {"turtle": ".ttl", "ntriples": ".nt"}


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
        self.table = open_table(path, mapping.delimiter, mapping.sheet)
        check(self.table, mapping)
        self.ledger = Ledger()
        names = folder / NAMES
        meet = any(what != EXERCISE for what in mapping.columns.what.possible())
        classes = (*CLASSES, *OTHER_CLASSES) if meet else CLASSES
        self.given = people.read_list(names, classes) if exists(names) else {}
        self.wholes = Wholes()
        self.actors = Actors(mapping.known, self.given, mapping.columns.codes, states)
        self.survey = Survey(digest(path))

    def look(self) -> None:
        """Read the table once: count, and ask about what is odd.

        Raises:
            InputError: It cannot be read, or has no row.
        """
        survey, ledger = self.survey, self.ledger
        survey.orders = orders_of(self.table, self.mapping)
        points: dict[str, tuple[str, str]] = {}
        seen: Counter[str] = Counter()
        reader = self._reader(self.actors, ledger.ask)
        for record in reader.records(self.table.rows()):
            part = bool(record.part_of)
            survey.numbers[record.what] += 1
            survey.few += len(record.parties) < 2 and not part
            survey.open += record.open and len(record.parties) > 0
            survey.undated += record.dates is None
            survey.homeless += record.what == EXERCISE and not record.domains and not part
            see(ledger, record, self.mapping.rows)
            if self.mapping.columns.part_of:
                self.wholes.see(record)
            if record.point:
                folded = fold(record.place)
                seen[folded] += 1
                if points.setdefault(folded, record.point) != record.point:
                    survey.disputed.add(folded)
        if not reader.rows:
            raise self.table.without_rows()
        survey.rows, cells = reader.rows, reader.cells
        survey.read, survey.written = cells.read, cells.written
        survey.unknown, survey.no = cells.unknown, cells.no
        for column in (self.mapping.columns.latitude, self.mapping.columns.longitude):
            survey.written[column] -= sum(seen[folded] for folded in survey.disputed)
        ledger.index()
        ledger.compare(self.mapping.key)
        self._settle()
        self._one_after_the_other()
        self._ask_about_names()
        for folded in sorted(survey.disputed):
            ledger.ask("coordinates", 0, "", folded, f"'{folded}' has several points")

    def _settle(self) -> None:
        """Find what the parts are part of."""
        survey, column = self.survey, self.mapping.columns.part_of
        survey.parts, survey.wholes, told_by_parts = self.wholes.settle(column, self.ledger.ask)
        survey.written[column] -= self.ledger.counts["part-of"]
        survey.few -= told_by_parts

    def _one_after_the_other(self) -> None:
        """Refuse rows of one exercise that stand apart."""
        key, ledger = self.mapping.key, self.ledger
        if self.mapping.rows != EXERCISE and ledger.counts["repeated-key"]:
            first = ledger.examples["repeated-key"][0]
            message = f"the rows of one {key} do not follow one another: row {first.row}: "
            place = Place(str(self.path))
            raise InputError(message + first.said, f"sort the table by {key}", place)

    def _ask_about_names(self) -> None:
        ask, codes = self.ledger.ask, self.mapping.columns.codes
        for name, doubt in self.actors.unfound.items():
            said = f"'{name}', {say(doubt.times, 'time')}: {doubt.why}"
            near = people.alike(name, codes) if doubt.why == people.NOT_LISTED else ""
            hint = f"{near} say in names.csv whom it stands for" if near else ""
            ask("unknown-name", doubt.row, doubt.column, name, said, hint)
        for (name, why), doubt in self.actors.outside.items():
            said = f"'{name}', {say(doubt.times, 'time')}: {why}"
            ask("outside-its-time", doubt.row, doubt.column, name, said)

    def write(self) -> list[Path]:
        """Read the table again and write the files, all of them or none.

        Returns:
            The files.

        Raises:
            InputError: Nothing in the table is kept.
            OutputError: One cannot be written.
        """
        if not self.survey.numbers.total():
            # No command could read such facts.
            message = (
                f"nothing is kept of its {say(self.survey.rows, 'row')}, so nothing is written"
            )
            raise InputError(message, "look at what the report says of them", Place(str(self.path)))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            message = f"{self.folder}: cannot be made ({error.strerror})"
            raise OutputError(message, "give a folder that can be written to") from error
        name = local_name(self.mapping.source.iri)
        files = [(self.folder / f"{name}{FORMATS[self.form]}", self.facts())]
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

    def facts(self) -> Iterator[str]:
        """Read the table again, and give its facts: text in the format, piece by piece."""
        mapping, survey = self.mapping, self.survey
        facts = Facts(mapping.source, mapping.columns, self.wholes, survey.disputed)
        note = _declared(mapping.columns)
        turtle = Turtle(mapping.source.iri)
        write = turtle.lines if self.form == "turtle" else ntriples
        if self.form == "turtle":
            yield turtle.head(f"Written by passex import from {self.path.name}: row by row.")
        yield from write(facts.head(survey.digest, survey.rows, note))
        # What the first reading asked about is not asked again.
        actors = replace(self.actors, unfound={}, outside={})
        reader = self._reader(actors, lambda *_: None)
        for record in reader.records(self.table.rows()):
            yield from write(facts.of(record))

    def failed(self) -> bool:
        """Tell whether something was kept out."""
        return any(self.ledger.counts[name] for name, kind in KINDS.items() if kind.kept_out)


def _declared(columns: Columns) -> str:
    """Say what rests on standing in the table: the status, without a column for it."""
    if columns.status.column:
        return ""
    what = columns.what.possible()
    they = f"its {what[0]}s" if len(what) == 1 else "what stands in it"
    verb = "are" if len(what) == 1 else "is"
    status = local_name(columns.status.always).replace("-", " ")
    whose = "their" if len(what) == 1 else "its"
    return f"No cell says that {they} {verb} {status}: it rests on {whose} standing in it."
