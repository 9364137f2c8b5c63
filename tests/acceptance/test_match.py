"""`passex match`: what two tables tell of one exercise is proposed, decided, and counted once."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli

TABLES = Path(__file__).resolve().parents[1] / "data" / "tables"
#: The rows of the two tables that are near, as somebody finds them who reads both.
NEAR = {("drills-2", "mme-2"), ("drills-3", "mme-5"), ("drills-4", "mme-13")}
NOTE = "of exercises of different sources may be one exercise"

Ties = dict[tuple[str, str], tuple[int, Fraction]]


def passex(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("facts")
    passex("import", "mme", TABLES / "nasty.csv", "-o", folder / "mme")
    mapping = TABLES / "drills.toml"
    passex("import", "table", TABLES / "drills.csv", "--mapping", mapping, "-o", folder / "drills")
    return folder


@pytest.fixture
def table(facts: Path, tmp_path: Path) -> Path:
    passex("match", "--data", facts, "-o", tmp_path / "judgements.csv")
    return tmp_path / "judgements.csv"


def decide(table: Path, decisions: dict[str, str]) -> None:
    """Write decisions, by the exercise of the first table, as a spreadsheet may write them."""
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with table.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        for row in rows:
            said = decisions.get(row["exercise_1"].removeprefix("id:"), "")
            writer.writerow({**row, "decision": said})


def network(*data: Path) -> tuple[Ties, list[str]]:
    given = [word for path in data for word in ("--data", str(path))]
    out = json.loads(passex("network", "--level", "state", "--all", "--format", "json", *given))
    return {
        (tie["source"]["label"], tie["target"]["label"]): (
            tie["exercises"],
            Fraction(tie["weight"]).limit_denominator(1000),
        )
        for tie in out["ties"]
    }, out["notes"]


def drills() -> Ties:
    """Count the ties of the second table in plain Python."""
    ties: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    with (TABLES / "drills.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parties = sorted(row["Parties"].split("; "))
            for pair in combinations(parties, 2):
                ties[pair].append(Fraction(1, len(parties) - 1))
    return {pair: (len(weights), sum(weights, Fraction(0))) for pair, weights in ties.items()}


def added(one: Ties, other: Ties) -> Ties:
    none = 0, Fraction(0)
    return {
        pair: (
            one.get(pair, none)[0] + other.get(pair, none)[0],
            one.get(pair, none)[1] + other.get(pair, none)[1],
        )
        for pair in one | other
    }


def test_what_is_near_is_proposed(facts: Path) -> None:
    rows = json.loads(passex("match", "--data", facts, "--format", "json"))
    pairs = [(row["exercise_1"][3:], row["exercise_2"][3:]) for row in rows]
    assert sorted(pairs) == sorted(NEAR)
    shown = passex("match", "--data", facts)
    files = (TABLES / "drills.csv", TABLES / "nasty.csv")
    exercises = sum(len(file.read_text(encoding="utf-8").splitlines()) - 1 for file in files)
    assert shown.splitlines()[0] == f"{exercises} exercises of 2 sources."
    assert shown.count(" points: ") == len(NEAR)
    # All articles are one source more, and tell of nothing in these tables.
    both = passex("match", "--data", "bundled", "--data", facts)
    assert both.splitlines()[0] == f"{exercises + 5} exercises of 2 sources and of articles."
    assert both.count(" points: ") == len(NEAR)
    assert passex("match", "--data", "bundled").splitlines() == [
        "5 exercises of articles, which --within compares with each other.",
        "",
        "No two of different sources may be one exercise, as far as that isn't decided already.",
    ]
    # Within one table nothing is near.
    assert "No two of them may be one" in passex("match", "--within", "--data", facts / "drills")


def test_what_is_the_same_counts_once(facts: Path, table: Path) -> None:
    judged = table.with_suffix(".ttl")
    alone, notes = network(facts / "mme")
    assert not any(NOTE in note for note in notes)
    before, notes = network(facts, judged)
    assert before == added(alone, drills())
    assert [note.split()[0] for note in notes if NOTE in note] == [str(len(NEAR))]
    decide(table, {"drills-2": "same", "drills-4": "different"})
    out = passex("match", "--data", facts, "--data", judged, "-o", table)
    assert "3 pairs: 1 same, 1 different, 1 undecided." in out.splitlines()
    after, notes = network(facts, judged)
    # By one table Japan and the United States were alone, which is 1; by the other they are among
    # three, which is 1/2, and stays.
    once = {("Japan", "United States"): (-1, Fraction(-1))}
    assert after == added(before, once)
    assert [note.split()[0] for note in notes if NOTE in note] == ["1"]
    # Only what is in the network counts: the pair that is left is of 2007.
    given = ("--data", facts, "--data", judged)
    assert NOTE in passex("network", "--level", "state", "--since", "2007", *given)
    assert NOTE not in passex("network", "--level", "state", "--until", "2006", *given)
    decide(table, {"drills-2": "same", "drills-3": "same", "drills-4": "different"})
    passex("match", "--data", facts, "-o", table)
    assert not any(NOTE in note for note in network(facts, judged)[1])


def test_the_evidence_of_both_is_shown_and_nothing_is_wrong(facts: Path, table: Path) -> None:
    decide(table, {"drills-2": "same", "drills-4": "different"})
    passex("match", "--data", facts, "-o", table)
    given = ("--data", facts, "--data", table.with_suffix(".ttl"))
    why = passex("why", "Japan", "United States", *given)
    first = why.split("\n\n")[1]
    assert "the same as: Sea Lion 80, April 1980 (id:mme-2)" in first
    assert "row 2 of Drills" in first
    assert "row 2 of MME" in first
    assert passex("validate", *given[1::2]).startswith("No problems in 3 files")


def test_the_order_of_the_files_makes_no_difference(facts: Path, table: Path) -> None:
    before = table.read_bytes()
    paths = [facts / "drills", facts / "mme"]
    for order in (paths, paths[::-1]):
        table.unlink()
        given = [word for path in order for word in ("--data", path)]
        passex("match", *given, "-o", table)
        assert table.read_bytes() == before


def test_what_is_decided_survives_the_next_import(facts: Path, table: Path, tmp_path: Path) -> None:
    decide(table, {"drills-2": "same", "drills-4": "different"})
    passex("match", "--data", facts, "-o", table)
    before = table.read_bytes()
    rows = (TABLES / "drills.csv").read_text(encoding="utf-8")
    changed = tmp_path / "drills.csv"
    changed.write_text(rows + "d7,New,2031-01-01,2031-01-02,Chile; Peru,\n", encoding="utf-8")

    def run() -> str:
        mapping, folder = TABLES / "drills.toml", tmp_path / "again"
        passex("import", "table", changed, "--mapping", mapping, "-o", folder)
        return passex("match", "--data", facts / "mme", "--data", folder, "-o", table)

    assert "3 pairs: 1 same, 1 different, 1 undecided." in run()
    assert table.read_bytes() == before
    # A row more before the others: what was judged is on another row now.
    head, first, *rest = rows.splitlines(keepends=True)
    changed.write_text(
        "".join([head, "d0,Old,1970-01-01,1970-01-02,Chile; Peru,\n", first, *rest]),
        encoding="utf-8",
    )
    lines = run().splitlines()
    assert lines[2].startswith("2 judgements are in doubt, since an exercise reads otherwise now")
    assert "owl:" not in table.with_suffix(".ttl").read_text(encoding="utf-8").partition("\n\n")[2]


def test_refused(facts: Path, tmp_path: Path) -> None:
    path = tmp_path / "judgements.ttl"
    hint = f"write -o {tmp_path / 'judgements.csv'}"
    assert refused("match", "--data", facts, "-o", path) == (
        f"passex: {path}: a table of judgements ends in .csv; {hint}"
    )
    table = tmp_path / "judgements.csv"
    table.write_text("decision,exercise_1,exercise_2\nmaybe,id:a,id:b\n", encoding="utf-8")
    assert refused("match", "--data", facts, "-o", table) == (
        f"passex: {table}:2: 'maybe' is no decision; write same, different or undecided"
    )
    assert not path.exists()
    nowhere = tmp_path / "nowhere" / "judgements.csv"
    assert refused("match", "--data", facts, "-o", nowhere).startswith(
        f"passex: {nowhere}: cannot be written (No such file or directory)"
    )
