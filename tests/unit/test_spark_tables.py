"""A network of tables that a cluster imports is that of the same tables imported here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result
from spark_servers import sail

from passex.cli import cli

pytest.importorskip("pyspark", reason="pip install --editable '.[spark]'")

from passex.importers.carried import mapping_text
from passex.spark import imported

from .clusters import refused, written
from .worlds import STORY

TABLES: Final = Path(__file__).resolve().parents[1] / "data" / "tables"
MAPPING: Final = """
[table]
key = "Id"
[exercise]
parties = "Parties"
separator = ";"
name = "Drill"
place = "Where"
start = "From"
end = "To"
part_of = "Of"
status = "held"
domain = "naval"
"""
HEAD: Final = "Id,Drill,From,To,Parties,Where,Of"
#: A part of a row, a part of a name, a name that nobody has, and markup.
ROWS: Final = (
    "d1,SEA LION 1980,1980-04-10,1980-04-12,Japan; United States; Canada,Off Port A,",
    "d2,Phase,1980-04-11,1980-04-11,Japan; Canada,Off Port A,d1",
    'd3,"<b>&"" \u202e",1981-06-01,,Japan; Elbonia,Sea,Sea Lion 81',
)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with sail() as (url, _):
        yield url


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code in (0, 1), result.output
    return result


def imports(folder: Path, table: Path, *how: str) -> None:
    run("import", *how, str(table), "-o", str(folder), "--format", "ntriples")


def test_tables_of_every_kind(cluster: str, tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    facts, tables = tmp_path / "facts", tmp_path / "tables"
    facts.mkdir()
    tables.mkdir()
    rows = [HEAD, *ROWS]
    (tables / "north sea.csv").write_text("\n".join(rows) + "\n")
    (tables / "south.tsv").write_text("\n".join([rows[0], rows[1]]).replace(",", "\t"))
    cells = [row.split(",") for row in (rows[1], rows[2])]
    columns = dict(zip(HEAD.split(","), zip(*cells, strict=True), strict=True))
    parquet.write_table(
        pyarrow.table({k: list(v) for k, v in columns.items()}), tables / "e.parquet"
    )
    for table in sorted(tables.iterdir()):
        imports(facts, table, "table", "--mapping", str(mapping))
    beside = written(tables / "story.nt.gz", STORY)
    there = ["--engine", "spark", "--spark", cluster, "--mapping", str(mapping)]
    command = ["network", "--format", "json", "--include", "held,planned"]
    here = run(*command, "--data", str(facts), "--data", beside)
    found = run(*command, *there, "--data", str(tables))
    assert found.stdout_bytes == here.stdout_bytes
    assert "SEA LION 1980" in here.stdout
    assert found.stderr == (
        "passex: 1 question about 3 tables, and something was kept out of what 1 of them is about "
        f"(unknown-name 1): passex import table FILE --mapping {mapping} --check shows them\n"
    )
    # Counted there, too, and with rows as evidence.
    for command in (["network", "--brief"], ["export", "annotations", "--what", "network"]):
        here = run(*command, "--data", str(facts), "--data", beside)
        found = run(*command, *there, "--data", f"{tables}/*.*")
        assert found.stdout_bytes == here.stdout_bytes


def test_a_known_data_set(cluster: str, tmp_path: Path) -> None:
    table = TABLES / "nasty.csv"
    imports(tmp_path, table, "mme")
    command = ["network", "--level", "state", "--all"]
    there = ["--engine", "spark", "--spark", cluster, "--mapping", "mme", "--data", str(table)]
    found = run(*command, *there)
    assert found.stdout == run(*command, "--data", str(tmp_path)).stdout
    assert found.stderr == (
        "passex: 3 questions about 1 table (end-before-start 1, outside-its-time 1 and "
        "repeated-key 1): passex import mme FILE --check shows them\n"
    )


def test_what_is_wrong_with_tables(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(MAPPING)
    there = ["network", "--engine", "spark", "--spark", cluster]
    known = [*there, "--mapping", str(mapping), "--data"]
    table = tmp_path / "a" / "drills.csv"
    table.parent.mkdir()
    table.write_text("\n".join([HEAD, *ROWS]))
    assert refused(*there, "--data", str(table)) == (
        f"file://{table}: neither N-Triples, N-Quads nor Parquet by its name; "
        "say with --mapping what its columns mean"
    )
    other = tmp_path / "b" / "drills.tsv"
    other.parent.mkdir()
    other.write_text("x")
    assert refused(*known, str(table), "--data", str(other)) == (
        f"file://{other}: would be the same data set as file://{table}: "
        "<https://w3id.org/passex/id/drills>; "
        "give each table its own name, and take iri out of [source] in the mapping"
    )
    for content, said in (
        (b"Id,Drill\nd1,x\n", ":1: no column 'Of', which the mapping names; "),
        (b"Id,\xff\n", ": not UTF-8 (invalid start byte); save the table as UTF-8"),
        (f'{HEAD}\nd1,"x\n'.encode(), ":2: not a table (unexpected end of data); look for"),
        (b"", ":1: no header; give a table with the names of its columns in the first row"),
    ):
        table.write_bytes(content)
        assert refused(*known, str(table)).startswith(f"file://{table}{said}")
    monkeypatch.setattr(imported, "LARGEST", 1 << 20)
    table.write_text("x" * (1 << 20 | 1))
    assert refused(*known, str(table)) == (
        f"file://{table}: larger than 1 MiB, and a table is imported by one executor; "
        "part it into several, each with the header"
    )
    mapping.write_text(MAPPING.replace("status", "statsu"))
    said = refused(*known, str(table))
    assert said.startswith(f"{mapping}:12:1: 'statsu' means nothing in [exercise]; did you mean")
    assert refused(*there, "--mapping", "none.toml", "--data", "x").startswith("none.toml: cannot")
    assert refused("network", "--mapping", "mme") == (
        "--mapping is for tables that a cluster imports; "
        "import the table first, with passex import table"
    )


def test_a_table_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What an executor gives of a large table comes in batches, with a report at the end."""
    content = "\n".join([HEAD, *ROWS]).encode()
    mapping = mapping_text("mme")._replace(text=MAPPING, name="m")

    def rows() -> list[dict[str, Any]]:
        batches = list(imported.rows(7, "a b.csv", content, mapping))
        return [row for batch in batches for row in batch.to_pylist()]

    whole = rows()
    monkeypatch.setattr(imported, "_LINES", 3)
    assert rows() == whole
    assert [row["report"] for row in whole] == [False] * (len(whole) - 1) + [True]
    assert {row["file"] for row in whole} == {7}
    assert whole[-1]["value"] == '{"odd": {"unknown-name": 1}}'


def test_facts_in_parquet(cluster: str, tmp_path: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    run("export", "rdfparquet", "--what", "graph", "-o", str(tmp_path / "a.parquet"))
    beside = written(tmp_path / "story.nt.gz", STORY)
    there = ["--engine", "spark", "--spark", cluster]
    # Terms that are tables besides: also where tables have a mapping.
    for more in ([], ["--mapping", "mme"]):
        command = ["network", "--format", "json"]
        here = run(*command, "--data", "bundled", "--data", beside)
        found = run(*command, *there, *more, "--data", str(tmp_path))
        assert found.stdout_bytes == here.stdout_bytes
        assert found.stderr == here.stderr
    broken = tmp_path / "broken.parquet"
    names = ["subject", "predicate", "object"]
    rows = [["<a:b>", "<a:b>", "<a:b>"], ["<a:p>", "a p", None], ["<a:b>", "<a:b>", '"\u202e"']]
    parquet.write_table(pyarrow.table(rows, names=names), broken)
    command = ["network", *there, "--data", beside, "--data"]
    assert refused(*command, str(broken)).startswith(
        f"file://{broken}: a row isn't terms as N-Triples write them: "
    )
    parquet.write_table(pyarrow.table({"Id": ["a"]}), broken)
    assert refused(*command, str(broken)) == (
        f"file://{broken}: Parquet without the columns subject, predicate, object; "
        "say with --mapping what its columns mean"
    )
    broken.write_bytes(b"PAR1")
    assert refused(*command, str(broken)).startswith(f"the cluster at {cluster} says: ")
