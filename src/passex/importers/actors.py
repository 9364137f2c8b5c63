"""Who the names of a table are: by the gazetteer, with the day of the row, or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ..errors import InputError
from ..graph import gazetteer
from ..graph.cells import open_table
from ..graph.folding import slug_of_its_own
from ..graph.terms import DCTERMS, ID, local_name
from ..text.nearest import did_you_mean, nearest
from ..text.places import Place
from .mapping import CLASSES, Party
from .party_names import doubt

#: How the names of states are taken: as they stand, or as what there was at that time.
STATES: Final = ("as-written", "of-the-time")
#: The columns of the list of names that nobody is found for.
LIST: Final = ("name", "times", "first_row", "why", "stands_for", "class")
#: Why nobody is found for a name that nothing has.
NOT_LISTED: Final = "not in the gazetteer"
#: What may stand between several names of one cell.
_BETWEEN: Final = re.compile(r"\s*(?:[;,/|&+]|\band\b)\s*")
#: Who a name stands for that stands for nobody.
NOBODY: Final = "-"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes part.

    Attributes:
        kind: The local name of the class.
        listed: Whether the gazetteer has it, so that the graph needn't say what it is.
    """

    iri: str
    label: str
    kind: str
    listed: bool


@dataclass(slots=True)
class Doubt:
    """A name that nobody is found for, or of another time: why, where first, and how often."""

    row: int
    column: str
    why: str
    times: int = 0


@dataclass(slots=True)
class Actors:
    """Looks up names and codes.

    Attributes:
        known: Actors beside those of the gazetteer, by name.
        given: What a person wrote into the list of names: by name, those whom it stands for.
        codes: The scheme of codes that the names are; empty for names.
        states: One of `STATES`.
        unfound: The names that nobody is found for.
        outside: By name and entry, where it stands outside of its time.
    """

    known: Mapping[str, Party]
    given: Mapping[str, tuple[Actor, ...]]
    codes: str = ""
    states: str = STATES[0]
    unfound: dict[str, Doubt] = field(default_factory=dict)
    outside: dict[tuple[str, str], Doubt] = field(default_factory=dict)
    _found: dict[tuple[str, str, str], tuple[tuple[Actor, ...], str]] = field(default_factory=dict)
    _alone: dict[str, bool] = field(default_factory=dict)

    def called(
        self, name: str, first: str, last: str, row: int, column: str = ""
    ) -> tuple[Actor, ...]:
        """Find who has a name between two days, which are empty where nothing is known.

        Returns:
            One actor, or those whom the list of names gives; none where nobody is found, which is
            then in `unfound`, or where the list says that it is nobody.
        """
        if name in self.given:
            return self.given[name]
        if name in self.known:
            party = self.known[name]
            return (Actor(party.iri, party.label, party.kind, False),)
        key = name, first, last
        if key not in self._found:
            if len(self._found) > 100_000:
                self._found.clear()
            self._found[key] = self._look_up(name, first, last)
        found, why = self._found[key]
        if not found:
            self.unfound.setdefault(name, Doubt(row, column, why)).times += 1
        elif why:
            self.outside.setdefault((name, why), Doubt(row, column, why)).times += 1
        return found

    def has(self, name: str) -> bool:
        """Tell whether somebody has a name as it stands, by the list, the mapping or a state."""
        return self.is_given(name) or len(gazetteer.called(name)) == 1

    def is_given(self, name: str) -> bool:
        """Tell whether the list of names, or the mapping, says who has a name."""
        return name in self.given or name in self.known

    def _look_up(self, name: str, first: str, last: str) -> tuple[tuple[Actor, ...], str]:
        """Find an entry; beside it, why there is none, or of which time it isn't."""
        asked = name
        if self.codes:
            number = name.lstrip("0") if self.codes.endswith("number") else name
            asked = f"{self.codes}:{number}"
        entries = gazetteer.called(asked, first)
        if self.codes and any(asked not in entry.codes for entry in entries):
            entries = []
        if len(entries) != 1:
            what = f"no {self.codes} code" if self.codes else NOT_LISTED
            labels = ", ".join(entry.label for entry in entries)
            return (), f"may be {labels}" if entries else what
        (entry,) = entries
        if remark := gazetteer.remark(name, entry) if len(gazetteer.called(asked)) == 1 else "":
            return (), remark.replace(f"{name}: taken for", "the capital of").partition(",")[0]
        if why := doubt(name, lambda other: _is_of(other, entry)):
            return (), why
        there = not first or entry.lasted(first, last or first)
        if not there and self.states == "of-the-time":
            others = [e for e in _around(entry) if e.lasted(first, last or first)]
            if len(others) == 1:
                return (_actor(others[0]),), ""
        bounds = [day for day in entry.bounds if day not in ("0000", "9999")]
        return (_actor(entry),), "" if there else f"{entry.label}, of {' to '.join(bounds)}"


def _around(entry: gazetteer.Entry) -> Iterator[gazetteer.Entry]:
    """Yield what an entry came from, and what came after it."""
    known, link = gazetteer.entries(), DCTERMS.isReplacedBy
    after = {t.object.value for t in entry.triples if t.predicate.value == link}  # type: ignore[union-attr]
    for other in known.values():
        before = any(
            t.predicate.value == link and t.object.value == entry.iri  # type: ignore[union-attr]
            for t in other.triples
        )
        if before or other.iri in after:
            yield other


def _is_of(name: str, entry: gazetteer.Entry) -> bool:
    """Tell whether a name is that of an entry, or of what belongs to it."""
    return any(entry.iri in (other.iri, other.whole) for other in gazetteer.called(name))


def _actor(entry: gazetteer.Entry) -> Actor:
    return Actor(entry.iri, entry.label, local_name(entry.kind), True)


def read_list(path: Path, classes: Sequence[str] = CLASSES) -> dict[str, tuple[Actor, ...]]:
    """Read a list of names, as `write_list` writes it, that a person filled in.

    Args:
        classes: The classes that may stand in it.

    Returns:
        By name, those whom it stands for; names that still stand for nobody are left out.

    Raises:
        InputError: It cannot be read, or a cell means nothing; it says where.
    """
    table = open_table(path)
    if missing := [name for name in ("name", "stands_for") if name not in table.header]:
        hint = f"the columns of a list of names are {', '.join(LIST)}"
        raise InputError(f"no column '{missing[0]}'", hint, Place(str(path), 1))
    found: dict[str, tuple[Actor, ...]] = {}
    for row in table.rows():
        cells = dict(zip(table.header, row.cells, strict=True))
        stands_for, kind = cells["stands_for"].strip(), cells.get("class", "").strip()
        if stands_for == NOBODY:
            found[cells["name"]] = ()
        elif stands_for:
            names = [part.strip() for part in stands_for.split(";") if part.strip()]
            where = Place(str(path), row.line)
            found[cells["name"]] = tuple(_named(name, kind, classes, where) for name in names)
    return found


def _named(name: str, kind: str, classes: Sequence[str], where: Place) -> Actor:
    entries = gazetteer.called(name)
    if len(entries) == 1 and not gazetteer.remark(name, entries[0]):
        return _actor(entries[0])
    if entries:
        labels = ", ".join(f"id:{local_name(entry.iri)}" for entry in entries)
        raise InputError(f"'{name}' may be several", f"write one of {labels}", where)
    if kind not in classes:
        near = nearest(name, {entry.label for entry in gazetteer.entries().values()})
        listed = ", ".join(classes)
        hint = f"did you mean {near[0]}? or give its class: {listed}" if near else f"give {listed}"
        raise InputError(f"'{name}' isn't in the gazetteer, and has no class", hint, where)
    return Actor(ID[slug_of_its_own(name)], name, kind, False)


def write_list(
    unfound: Mapping[str, Doubt], before: Iterable[Mapping[str, str]] = ()
) -> Iterator[str]:
    """Write the list of names that nobody is found for, below what a person filled in before."""
    out = io.StringIO()
    writer = csv.DictWriter(out, LIST, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(before)
    for name, said in sorted(unfound.items(), key=lambda item: (-item[1].times, item[0])):
        row = {"name": name, "times": said.times, "first_row": said.row, "why": said.why}
        writer.writerow(row)
    yield out.getvalue()


def alike(name: str, codes: str) -> str:
    """Ask whether a name is several of the gazetteer, or one; no other is alike to a code."""
    parts = list(filter(None, _BETWEEN.split(name)))
    if parts[1:] and all(len(gazetteer.called(f"{codes}:{p}" if codes else p)) == 1 for p in parts):
        meant = did_you_mean(["; ".join(parts)])
        return f"{meant} give the mapping its separator, or"
    labels = {entry.label for entry in gazetteer.entries().values()}
    return did_you_mean(nearest(name, labels, 2, 0.75)) if not codes else ""
