"""`passex import`: tables become facts, and their ties are those of plain Python on the table."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from passex.cli import cli
from passex.graph import gazetteer
from passex.graph.terms import PREFIXES

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "data" / "tables"
NASTY = TABLES / "nasty.csv"
MME = Path(os.environ.get("PASSEX_MME", ROOT.parent / "shared" / "data" / "mme" / "mme_v7.csv"))

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
DOMAINS = ("Air", "Land", "Sea", "Amphibious", "Cyber")

Ties = dict[tuple[str, str], tuple[int, Fraction]]


def passex(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nasty")
    assert passex("import", "mme", NASTY, "-o", folder)[0] == 0
    return folder


def ties_of(folder: Path, level: str) -> Ties:
    """Read the ties at sea as the command gives them; weights come rounded to a float."""
    code, out, _ = passex(
        *("network", "--level", level, "--data", folder, "--format", "json", "--all")
    )
    assert code == 0
    return {
        (tie["source"]["label"], tie["target"]["label"]): (
            tie["exercises"],
            Fraction(tie["weight"]).limit_denominator(1000),
        )
        for tie in json.loads(out)["ties"]
    }


def so(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def usual(name: str) -> str:
    """Give the usual name of what a table names."""
    found = gazetteer.called(name)
    return found[0].label if len(found) == 1 else name


def test_the_report_says_what_is_odd_before_anything_is_written(tmp_path: Path) -> None:
    code, out, err = passex("import", "mme", NASTY, "-o", tmp_path / "out")
    assert (code, err) == (0, "")
    assert (
        out
        == f"""\
15 rows below the header, 15 exercises.
340 cells with something in them: 233 written, 4 say unknown, 103 say no, 0 left out.
Dates in StartDate are read as month-day.
Dates in EndDate are read as month-day.
2 of the exercises have fewer than two known parties, and 1 names some and leaves others \
open: nr:leavesOpen says so.
1 has no domain, and counts in none; 0 have no date.
States are as the table names them (--states as-written).

Keys that stand on several rows: each row is one of its own: 1
  {NASTY}:3:1: with row 4
    3 | mme2,-9,,Ukraine,,,1995-07-xx,1995,7,xx,1995-07-xx,1995,7,xx,0,0,0,1,0,0,1,0,0,,,Ukraine,\
United St…
      | ^^^^
  = hint: give each its own key, or say in the mapping what several rows are (rows)

Parties outside of their time: 1
  {NASTY}:8:96: 'Russia', 1 time: Russia, of 1991-12-26
    8 | …982-05-xx,1982,5,xx,0,0,0,1,0,0,1,0,0,,,Russia,German Democratic Republic,Czechoslovakia,,
      |                                          ^^^^^^

An end before its start: only the years are kept: 1
  {NASTY}:7:48: ends (8/26/03) before it starts (9/17/03)
    7 | …ckwards,,Baltic Sea,,,9/17/03,2003,9,17,8/26/03,2003,8,26,0,0,0,1,0,0,1,0,0,,,Poland,\
United States…
      |                                          ^^^^^^^
  = hint: correct one of the two

Written: {tmp_path / "out" / "mme.ttl"}, {tmp_path / "out" / "questions.csv"}
"""
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "mme.ttl",
        "questions.csv",
    ]
    assert (tmp_path / "out" / "questions.csv").read_text(encoding="utf-8") == (
        "kind,row,column,cell,question,what to do\n"
        'repeated-key,3,MMEID,,with row 4,"give each its own key, or say in the mapping what '
        'several rows are (rows)"\n'
        "end-before-start,7,EndDate,8/26/03,ends (8/26/03) before it starts (9/17/03),"
        "correct one of the two\n"
        "outside-its-time,8,StateA,Russia,\"'Russia', 1 time: Russia, of 1991-12-26\",\n"
    )


def test_check_writes_nothing(tmp_path: Path) -> None:
    code, out, _ = passex("import", "mme", NASTY, "--check", "-o", tmp_path / "out")
    assert code == 0
    assert "Written" not in out
    assert not (tmp_path / "out").exists()


def test_what_is_imported_is_valid_and_its_keys_are_in_the_table(nasty: Path) -> None:
    code, out, _ = passex("validate", nasty, "--texts", TABLES)
    assert (code, out.split(" (")[0]) == (0, "No problems in 1 file")
    text = (nasty / "mme.ttl").read_text(encoding="utf-8")
    wrong = nasty.with_name("wrong.ttl")
    wrong.write_text(text.replace('#row=5> oa:exact "mme3"', '#row=5> oa:exact "mme4"'), "utf-8")
    code, out, _ = passex("validate", wrong, "--texts", TABLES)
    assert code == 1
    assert "violation[evidence-anchor] The table does not have 'mme4' in row 5, but 'mme3'." in out


def test_ties_are_the_known_ones_of_the_nasty_table(nasty: Path) -> None:
    expected = json.loads((TABLES / "nasty-expected.json").read_text(encoding="utf-8"))
    known: Ties = {}
    for one, other, count, weight in expected["ties_at_sea"]:
        ends = sorted((usual(one), usual(other)))
        known[ends[0], ends[1]] = (count, Fraction(weight))
    assert ties_of(nasty, "named") == known
    # NATO is no state: at that level those remain who were with it.
    states = {pair: tie for pair, tie in known.items() if "NATO" not in pair}
    states["Albania", "Italy"] = (1, Fraction(1))
    assert ties_of(nasty, "state") == states


def test_why_leads_to_rows(nasty: Path) -> None:
    code, out, _ = passex("why", "Israel", "United States", "--data", nasty)
    assert code == 0
    assert out.startswith("""\
Israel and United States: 2 exercises, 0 plans

1. Eagle, June 2004 (exercise, held; naval)
   when: 2004-06-01 to 2004-06-10 ('6/1/04 to 6/10/04'; from the text)
   named: Israel, United States
   tied at: state and organisation level, stated
   held: inferred, as it stands in MME
   Israel: named itself
     - Eagle, June 2004: has participant Israel, United States
       said by MME; certain; stated; on nr:hasParticipant
       row 12 of MME, key mme10
""")


def test_a_row_is_evidence_to_ask_for(nasty: Path) -> None:
    asked = ("ask", "evidence-for", "Eagle, June 2004", "--data", nasty, "--format", "jsonl")
    code, out, _ = passex(*asked)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {(r["zone"], r["start"], r["end"], r["anchor"]) for r in rows} == {
        ("row", 12, 12, "mme10")
    }
    assert [r["claim"]["iri"].rpartition("#")[2] for r in rows] == [
        *("r12-dates", "r12-domain", "r12-kind", "r12-participant", "r12-place", "r12-series"),
        "r12-status",
    ]


def test_of_the_time_the_soviet_union_took_part(tmp_path: Path) -> None:
    assert passex("import", "mme", NASTY, "-o", tmp_path, "--states", "of-the-time")[0] == 0
    assert ("Czechoslovakia", "Soviet Union") in ties_of(tmp_path, "state")


def test_a_graph_in_ntriples_is_the_same(tmp_path: Path, nasty: Path) -> None:
    assert passex("import", "mme", NASTY, "-o", tmp_path, "--format", "ntriples")[0] == 0
    lines = set(ox.parse(path=tmp_path / "mme.nt"))
    assert lines == set(ox.parse(path=nasty / "mme.ttl"))
    assert len(lines) == 694


def test_names_that_nobody_is_found_for_are_filled_in_and_read_again(tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text(NASTY.read_text("utf-8").replace("Poland", "Polonia Regnum"), "utf-8")
    folder = tmp_path / "out"
    code, out, _ = passex("import", "mme", table, "-o", folder)
    assert code == 1
    assert (
        f"  {table}:5:128: 'Polonia Regnum', 4 times: not in the gazetteer\n"
        "    5 | …,0,,Forces from 17 NATO nations,Denmark,Polonia Regnum,-9,,\n"
        "      |                                          ^^^^^^^^^^^^^^\n"
        "  = hint: say in names.csv whom it stands for\n"
    ) in out
    names = folder / "names.csv"
    head = "name,times,first_row,why,stands_for,class\n"
    row = "Polonia Regnum,4,5,not in the gazetteer,"
    assert names.read_text("utf-8") == f"{head}{row},\n"
    names.write_text(f"{head}{row}Polska,\n", "utf-8")
    code, _, err = passex("import", "mme", table, "-o", folder)
    assert (code, err) == (
        2,
        f"passex: {names}:2: 'Polska' isn't in the gazetteer, and has no class; did you mean "
        "Poland? or give its class: State, Territory, Organisation, Navy, Service, Formation, "
        "Ship\n",
    )
    names.write_text(f"{head}{row}Poland; Romania,\n", "utf-8")
    code, out, _ = passex("import", "mme", table, "-o", folder)
    assert code == 0
    assert names.read_text("utf-8") == f"{head}{row}Poland; Romania,\n"
    assert ties_of(folder, "state")["Denmark", "Romania"] == (1, Fraction(1, 2))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mme", "gone.csv", "-o", "x"), "gone.csv: cannot be read (No such file or directory)"),
        (("mme", NASTY), "no folder to write to; give one with -o DIR, or --check"),
        (
            ("table", NASTY, "-o", "x"),
            "'table' needs a mapping, which says what the columns mean; give one with --mapping; "
            "--guess proposes one",
        ),
        (("mme", TABLES / "nasty-expected.json", "-o", "x"), "no column 'MMEID'"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: tuple[str | Path, ...], said: str) -> None:
    code, out, err = passex("import", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that the table was imported into, and the report."""
    if not MME.is_file():
        pytest.skip(f"the table is not at {MME} (see PASSEX_MME)")
    folder = tmp_path_factory.mktemp("mme")
    code, report, _ = passex("import", "mme", MME, "-o", folder)
    # 1: Baltic States and a place with two points are kept out.
    assert code == 1
    return folder, report


@pytest.mark.parametrize("path", [NASTY, MME], ids=["nasty", "mme"])
def test_the_figures_of_the_report_are_those_of_the_table(
    path: Path, request: pytest.FixtureRequest
) -> None:
    if path == NASTY:
        out = passex("import", "mme", path, "--check")[1]
    else:
        out = request.getfixturevalue("imported")[1]
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    flags = ("CPX", *DOMAINS, "Warfighting", "Peacekeeping", "Humanitarian")
    cells = [cell for row in rows for cell in row.values() if cell]
    parties = [{row[name] for name in row if name.startswith("State")} for row in rows]
    known = [names - {"", "-9", "Baltic States"} for names in parties]
    left = [bool(names & {"-9", "Baltic States"}) for names in parties]
    assert out.startswith(
        f"{len(rows)} rows below the header, {len(rows)} exercises.\n"
        f"{len(cells)} cells with something in them: "
    )
    unknown, no = cells.count("-9"), sum(row[flag] == "0" for row in rows for flag in flags)
    assert f" {so(unknown, 'says', 'say')} unknown, {so(no, 'says', 'say')} no, " in out
    few = sum(len(names) < 2 for names in known)
    some = sum(bool(names) and more for names, more in zip(known, left, strict=True))
    assert (
        f"{so(few, 'of the exercises has', 'of the exercises have')} fewer than two known parties, "
        f"and {so(some, 'names some and leaves', 'name some and leave')} others open: "
    ) in out
    bare = sum(all(row[flag] == "0" for flag in DOMAINS) for row in rows)
    none = so(bare, "has no domain, and counts", "have no domain, and count")
    assert f"\n{none} in none; 0 have no date.\n" in out


@pytest.fixture(scope="module")
def at_sea(
    thorough: bool, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> tuple[Path, Path]:
    """The table and what it was imported into: all of it, or each sixth row."""
    if thorough or not MME.is_file():
        return MME, request.getfixturevalue("imported")[0]
    folder = tmp_path_factory.mktemp("sea")
    table = folder / "part.csv"
    with MME.open(encoding="utf-8", newline="") as file, table.open("w", newline="") as part:
        header, *rows = csv.reader(file)
        csv.writer(part).writerows([header, *rows[::6]])
    passex("import", "mme", table, "-o", folder / "out")
    return table, folder / "out"


def plain_ties(table: Path, states_alone: bool) -> Ties:
    """Count ties at sea in the table, with nothing but the names of the gazetteer."""
    ties: Counter[tuple[str, str]] = Counter()
    weights: dict[tuple[str, str], Fraction] = {}
    for parties in plain_parties(table, states_alone):
        for pair in combinations(sorted(parties), 2):
            ties[pair] += 1
            weights[pair] = weights.get(pair, Fraction(0)) + Fraction(1, len(parties) - 1)
    return {pair: (count, weights[pair]) for pair, count in ties.items()}


def plain_parties(table: Path, states_alone: bool) -> Iterator[set[str]]:
    known: dict[tuple[str, str], str] = {}
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Sea"] != "1":
                continue
            day = row["s.day"] if row["s.day"] != "xx" else "1"
            when = f"{row['s.year']}-{int(row['s.month']):02}-{int(day):02}"
            parties = set()
            for column, name in row.items():
                if not column.startswith("State") or name in ("", "-9", "Baltic States"):
                    continue
                if name == "NATO":
                    parties |= set() if states_alone else {"NATO"}
                    continue
                if (name, when) not in known:
                    (entry,) = gazetteer.called(name, when)
                    known[name, when] = entry.label
                parties.add(known[name, when])
            yield parties


@pytest.mark.parametrize("level", ["state", "named"])
def test_ties_at_sea_are_those_of_the_table(at_sea: tuple[Path, Path], level: str) -> None:
    table, folder = at_sea
    expected = plain_ties(table, states_alone=level == "state")
    if level == "state":
        assert len(expected) == (2129 if table == MME else 884)
    code, out, _ = passex(
        *("network", "--level", level, "--data", folder, "--format", "json", "--all")
    )
    assert code == 0
    found = {
        (tie["source"]["label"], tie["target"]["label"]): (tie["exercises"], tie["weight"])
        for tie in json.loads(out)["ties"]
    }
    assert {pair: count for pair, (count, _) in found.items()} == {
        pair: count for pair, (count, _) in expected.items()
    }
    for pair, (_, weight) in found.items():
        assert weight == pytest.approx(float(expected[pair][1]), abs=1e-9)


def test_a_table_with_a_mapping_of_its_own(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    table = TABLES / "participations.csv"
    code, out, err = passex("import", "table", table, "--mapping", mapping, "-o", tmp_path / "out")
    assert (code, err) == (1, "")
    assert out.startswith("7 rows below the header, 3 exercises.\n")
    assert f"  {table}:7:4: '999', 1 time: no cow-number code\n" in out
    assert f"  {table}:8:29: 'space', and 'air' in row 7\n" in out
    assert ties_of(tmp_path / "out", "state") == {("Japan", "United States"): (1, Fraction(1))}
    assert passex("validate", tmp_path / "out", "--texts", TABLES)[0] == 0


SMALL = """
[table]
rows = "exercise"
key = "name"
[source]
iri = "https://example.org/drills"
label = "Drills"
[exercise]
parties = ["states"]
name = "name"
status = "held"
domain = "naval"
"""


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("", ":1: no row below the header; give a table with rows below the names of its columns"),
        (",\n\n,\n", ":1: no row below the header"),
        (",Japan\n", ": nothing is kept of its 1 row, so nothing is written; look at what"),
        (",Japan\n,Italy\n", ": nothing is kept of its 2 rows, so nothing is written; look at"),
    ],
)
def test_a_table_of_which_nothing_is_kept_is_refused_and_nothing_written(
    tmp_path: Path, rows: str, said: str
) -> None:
    table, mapping = tmp_path / "drills.csv", tmp_path / "drills.toml"
    table.write_text(f"name,states\n{rows}", encoding="utf-8")
    mapping.write_text(SMALL, encoding="utf-8")
    told = ("import", "table", table, "--mapping", mapping, "-o", tmp_path / "out")
    code, _, err = passex(*told)
    assert code == 2
    assert err.startswith(f"passex: {table}{said}")
    assert not (tmp_path / "out").exists()
    if "no row" in said:
        code, out, err = passex("import", "table", table, "--guess")
        assert (code, out) == (2, "")
        assert err.startswith(f"passex: {table}{said}")


def test_a_guess_imports(tmp_path: Path) -> None:
    code, out, _ = passex("import", "table", NASTY, "--guess")
    assert code == 0
    mapping = tmp_path / "m.toml"
    mapping.write_text(out, encoding="utf-8")
    assert passex("import", "table", NASTY, "--mapping", mapping, "--check")[0] == 1


def rows_of_csv() -> list[list[str]]:
    with NASTY.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_workbook_and_parquet_say_what_the_csv_says(tmp_path: Path, nasty: Path) -> None:
    header, *rows = rows_of_csv()
    book = openpyxl.Workbook()
    for cells in (header, *rows):
        # Numbers as spreadsheets have them, and not as text.
        book.active.append([float(cell) if cell.isdecimal() else cell or None for cell in cells])
    book.save(tmp_path / "t.xlsx")
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(header, map(list, columns), strict=True))), tmp_path / "t")
    expected = (nasty / "mme.ttl").read_text("utf-8").splitlines()[1:]
    for name in ("t.xlsx", "t"):
        folder = tmp_path / f"out-{name}"
        assert passex("import", "mme", tmp_path / name, "-o", folder)[0] == 0
        found = (folder / "mme.ttl").read_text("utf-8").splitlines()[1:]
        differ = [pair for pair in zip(expected, found, strict=True) if pair[0] != pair[1]]
        assert [line.split()[0] for pair in differ for line in pair] == ["nr:sha256"] * 2
        code, out, _ = passex("validate", folder, "--texts", tmp_path)
        assert (code, out.split(" (")[0]) == (0, "No problems in 1 file")


def test_an_old_workbook_with_a_guess(tmp_path: Path) -> None:
    table = TABLES / "drills.xls"
    code, guess, _ = passex("import", "table", table, "--guess")
    assert (code, 'sheet = "Drills"' in guess, 'rows = "participation"' in guess) == (0, True, True)
    mapping = tmp_path / "m.toml"
    mapping.write_text(guess, encoding="utf-8")
    code, out, _ = passex("import", "table", table, "--mapping", mapping, "-o", tmp_path / "out")
    assert code == 1
    assert (
        f"  {table}: Drills, D4: '#REF!' is an error\n"
        "    4 | d2 | 2006-07 | 740 | #REF! | FALSE | \n"
        "      |                      ^^^^^\n"
    ) in out
    assert "  = hint: correct the formula, or list the error under unknown in the mapping\n" in out
    text = (tmp_path / "out" / "drills.ttl").read_text(encoding="utf-8")
    assert 'nr:earliest "2006-07-01"^^xsd:date ;\n    nr:latest "2006-07-31"^^xsd:date ;' in text
    assert "nr:hasDomain nrc:naval ;\n    nr:hasParticipant id:canada, id:united-states ;" in text
    code, out, _ = passex("validate", tmp_path / "out", "--texts", TABLES)
    assert (code, out.split(" (")[0]) == (0, "No problems in 1 file")
    code, _, err = passex("import", "table", table, "--guess", "--sheet", "Note")
    assert (code, err) == (2, f"passex: {table}: no sheet 'Note'; the sheets are 'Drills'\n")


def test_figures_published_elsewhere_are_counted_again(imported: tuple[Path, str]) -> None:
    page = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")
    page = page.split("## Figures published elsewhere")[1]
    listed = {
        cells[1].strip(): tuple(int(cell.replace(",", "")) for cell in cells[2:4])
        for line in page.splitlines()
        if (cells := line.split("|"))[0] == "" and len(cells) == 5 and cells[2].strip()[0].isdigit()
    }
    years, *both = (
        [cell.strip() for cell in line.split("|")[2:-1]]
        for line in page.splitlines()
        if line.startswith(("| of the United States", "| published", "| here"))
    )
    with MME.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in rows[0] if name.startswith("State")]
    # As the long file has them: each cell in each year, but for the last fifteen columns.
    published: Counter[tuple[str, int]] = Counter()
    for row in rows:
        for column in columns[:-15]:
            for year in range(int(row["s.year"]), int(row["e.year"]) + 1):
                published[row[column], year] += bool(row[column])
    query = page.split("'\n")[1].split("'")[0]
    facts = ox.Store()
    facts.bulk_load(path=imported[0] / "mme.ttl")
    counted = facts.query(f"{HEAD}{query}")
    assert isinstance(counted, ox.QuerySolutions)
    here = {row["state"].value: int(row["participations"].value) for row in counted}
    largest = max(rows, key=lambda row: sum(bool(row[column]) for column in columns))
    assert largest["Ex_Name"] == "Combined Endeavor 2010"
    own = {row[name] for row in rows for name in columns if row[name]}
    states = {name: sum(n for (at, _), n in published.items() if at == name) for name in own}
    assert len(listed) == 8
    for name, (there, ours) in listed.items():
        if name == "all":
            assert (sum(states.values()), sum(here.values())) == (there, ours)
        elif name.startswith("in the largest"):
            marks = [bool(largest[column]) for column in columns]
            assert (sum(marks[:-15]), sum(marks)) == (there, ours)
        else:
            iri = gazetteer.called(name, "2000-01-01")[0].iri
            assert (states[name], here[iri]) == (there, ours), name
    query = (
        "SELECT ?a ?b WHERE { ?e a nr:Exercise ; nr:hasParticipant id:united-states ; "
        "nr:earliest ?a ; nr:latest ?b }"
    )
    bounds = facts.query(f"{HEAD}{query}")
    assert isinstance(bounds, ox.QuerySolutions)
    spans = [(int(row["a"].value[:4]), int(row["b"].value[:4])) for row in bounds]
    for year in range(1980, 2011):
        ours = sum(first <= year <= last for first, last in spans)
        there = published["United States", year]
        if there != ours:
            at = years.index(str(year))
            assert (both[0][at], both[1][at]) == (str(there), str(ours))
        else:
            assert str(year) not in years
