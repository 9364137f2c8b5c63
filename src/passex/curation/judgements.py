"""Judgements on exercises that may be one: a table for people, and the facts that follow from it.

The table has a row a pair. A person writes ``same``, ``different`` or ``undecided`` into its first
column, and what they like into the second. It is read before it is written again, so that both stay
whatever is imported meanwhile. A judgement on what has changed since gets a question mark, and says
nothing until somebody takes it away.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from os.path import exists
from pathlib import Path
from typing import Final

from ..graph.files import write_together
from ..graph.labelling import labels
from ..graph.rows import Table, Tabular
from ..graph.store import Store
from ..graph.terms import PREFIXES, shorten
from ..network.accounts import Accounts, ordered, read
from ..network.linkage import Account, Pair
from ..text.wording import say, say_dates
from .judgement_rows import (
    COLUMNS,
    CONTROL,
    DOUBT,
    SIDE,
    UNDECIDED,
    Judgement,
    read_table,
)
from .spelling import spell

#: A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
_FORMULA: Final = tuple("=+-@")


@dataclass(frozen=True, slots=True)
class Judgements(Tabular):
    """A table of judgements, brought up to date.

    Attributes:
        rows: Its rows, by the dates and the IRIs of the first exercises.
        accounts: What was compared.
        new: How many rows were not there before.
        gone: How many decided rows are about an exercise that the graph doesn't have.
        within: Whether exercises of one source were compared with each other, too.
    """

    rows: tuple[Judgement, ...]
    accounts: Accounts
    new: int = 0
    gone: int = 0
    within: bool = False

    @property
    def empty(self) -> str:
        """What is said where there is no pair."""
        which = "No two of them" if self.within else "No two of different sources"
        return f"{which} may be one exercise, as far as that isn't decided already."

    @property
    def caption(self) -> str:
        """What was compared."""
        accounts = self.accounts
        sources = {source for account in accounts.dated for source in account.sources}
        every = len(accounts.dated) + len(accounts.undated)
        tables = say(len(sources - {""}), "source")
        # All articles together are one source, whose exercises stand in one graph already.
        of = f"{tables} and of articles" if len(sources) > 1 else "articles"
        said = f"{say(every, 'exercise')} of {of if '' in sources else tables}"
        if len(sources) == 1 and not self.within:
            said += ", which --within compares with each other"
        if not (left := len(accounts.undated)):
            return f"{said}."
        return f"{said}; {left} without days {'is' if left == 1 else 'are'} near to none."

    def count(self, decision: str) -> int:
        """Count the rows that decide so; those in doubt count as undecided."""
        said = Counter(UNDECIDED if row.doubtful else row.decision for row in self.rows)
        return said[decision]

    @property
    def doubtful(self) -> int:
        """How many judgements have to be looked at again."""
        return sum(row.doubtful for row in self.rows)

    def table(self) -> Table:
        """Give a row a pair, as the table of judgements has them."""
        rows = tuple(tuple(row.cells.get(name, "") for name in COLUMNS) for row in self.rows)
        return Table(COLUMNS, rows, caption=self.caption, empty=self.empty)

    def csv(self) -> Iterator[str]:
        """Write the table as CSV, with the columns that somebody added at its end."""
        out = io.StringIO()
        columns = dict.fromkeys((*COLUMNS, *(name for row in self.rows for name in row.cells)))
        writer = csv.DictWriter(out, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row.cells for row in self.rows)
        yield out.getvalue()

    def turtle(self, table: str) -> Iterator[str]:
        """Write the facts that follow, in Turtle.

        Args:
            table: The name of the table.
        """
        name = CONTROL.sub(" ", table)
        yield f"# What is decided in {name}, written by passex match: change it there.\n"
        used = {"id": PREFIXES["id"], "owl": PREFIXES["owl"]}
        yield "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in used.items()) + "\n"
        facts = sorted((ordered(*row.pair), row.relation) for row in self.rows if row.relation)
        for pair, relation in facts:
            one, verb, other = (spell(iri, used, "") for iri in (pair[0], relation, pair[1]))
            yield f"{one} {verb} {other} .\n"


def judge(store: Store, path: Path | None = None, within: bool = False) -> Judgements:
    """Compare the exercises of a graph, and bring a table of judgements up to date.

    Args:
        store: The graph, with what the rules derive.
        path: The table; if there is no such file, nothing is decided yet.
        within: Whether two exercises of one source may be one, too.

    Raises:
        InputError: The table cannot be read, says what it may not say, or contradicts itself.
    """
    before = read_table(path) if path is not None and exists(path) else {}
    accounts = read(store)
    found = {ordered(pair.one, pair.other): pair for pair in accounts.pairs(within, before.keys())}
    cells = _Cells(store, accounts)
    renewed = (_renewed(row, found.get(key), cells) for key, row in before.items())
    rows = [row for row in renewed if row is not None]
    new = [cells.row(pair) for key, pair in found.items() if key not in before]
    gone = sum(row.decision != UNDECIDED and not cells.known.issuperset(row.pair) for row in rows)
    order = sorted((*rows, *new), key=lambda row: (row.cells.get("dates_1", ""), row.pair))
    return Judgements(tuple(order), accounts, len(new), gone, within)


@dataclass(slots=True)
class _Cells:
    """Writes rows."""

    store: Store
    accounts: Accounts
    known: set[str] = field(init=False)
    _by_iri: dict[str, Account] = field(init=False)
    _labels: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._by_iri = {account.iri: account for account in self.accounts.dated}
        self.known = {*self._by_iri, *self.accounts.undated}
        parties = set[str]().union(*(account.parties for account in self.accounts.dated))
        self._labels = labels(self.store, parties)

    def row(self, pair: Pair) -> Judgement:
        """Write a row for a pair of which nothing is decided."""
        ends = (pair.one, pair.other)
        cells = {"decision": "", "comment": "", **self.told(ends), "why": pair.why}
        return Judgement(ends, UNDECIDED, False, {**cells, "score": str(pair.score)})

    def told(self, ends: tuple[str, str]) -> dict[str, str]:
        """Write what the graph tells of two exercises; nothing of one of which it has no days."""
        cells: dict[str, str] = {}
        for number, iri in enumerate(ends, 1):
            cells[f"exercise_{number}"] = shorten(iri)
            if (account := self._by_iri.get(iri)) is not None:
                cells |= {f"{key}_{number}": cell for key, cell in self._side(account).items()}
        texts = [cells.get(f"{key}_{n}", "") for n in (1, 2) for key in SIDE[:3]]
        # With a letter before it, so that no spreadsheet takes it for a number.
        digest = blake2b("\n".join(texts).encode(), digest_size=5).hexdigest()
        return {**cells, "read_as": f"x{digest}"}

    def _side(self, account: Account) -> dict[str, str]:
        sources = [self.accounts.sources.get(iri, "articles") for iri in account.sources]
        texts = (
            account.label,
            say_dates(account.first, account.last),
            "; ".join(sorted(self._labels[party] for party in account.parties)),
            account.place,
            "; ".join(sorted(sources)),
        )
        return dict(zip(SIDE, map(_safe, texts), strict=True))


def _renewed(row: Judgement, pair: Pair | None, cells: _Cells) -> Judgement | None:
    """Bring a row up to date; None where nothing is decided, said or near."""
    if pair is None and row.decision == UNDECIDED and not row.cells.get("comment", "").strip():
        return None
    if not cells.known.issuperset(row.pair):
        return row
    told = cells.told(row.pair)
    before = row.cells.get("read_as", "")
    doubtful = row.decision != UNDECIDED and (
        row.doubtful or (before != "" and before != told["read_as"])
    )
    told |= {"score": str(pair.score), "why": pair.why} if pair else {}
    # Where a person took the mark away, the row is decided as it reads now.
    written = row.decision if row.decision != UNDECIDED else row.cells["decision"].strip()
    told["decision"] = written + (DOUBT if doubtful else "")
    return replace(row, doubtful=doubtful, cells={**row.cells, **told})


def _safe(text: str) -> str:
    """Write a text of the graph so that it stays one in a spreadsheet."""
    line = " ".join(CONTROL.sub(" ", text).split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def write(judgements: Judgements, path: Path) -> tuple[Path, Path]:
    """Write a table of judgements, and the facts that follow into a file beside it, both or none.

    Returns:
        The two files; that of the facts has ``.ttl`` at its end.

    Raises:
        OutputError: One of them cannot be written.
    """
    facts = path.with_suffix(".ttl")
    write_together([(path, judgements.csv()), (facts, judgements.turtle(path.name))])
    return path, facts
