"""Every command in every format, byte by byte, on the fictional graph.

The expected bytes stand in the folder `formats`; ``python tests/acceptance/test_formats.py`` writes
them anew, and the difference is to be read.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex import load
from passex.cli import cli

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
AZURE = DATA / "azure.ttl"
FORMATS = ("table", "csv", "tsv", "json", "jsonl", "markdown")
COMMANDS = {
    "ask": ("ask", "partners", "Azure"),
    "kinds": ("kinds", "trend"),
    "network": ("network", "--level", "state", "--include", "held,under-way,planned"),
    "show": ("show", "Meeting at sea"),
    "stats": ("stats",),
    "why-node": ("why", "Meeting at sea", "--texts", str(DATA / "texts")),
    "why-tie": ("why", "Azure Navy", "Cobalt Navy"),
}
CASES = [(name, form) for name in COMMANDS for form in FORMATS]


def written(name: str, form: str) -> bytes:
    arguments = [*COMMANDS[name], "--data", str(AZURE), "--format", form]
    result = CliRunner().invoke(cli, arguments)
    assert (result.exit_code, result.exception) == (0, None)
    # All triples are those of the ontology too, which are no matter of this test.
    return result.stdout_bytes.replace(str(len(load(AZURE).store)).encode(), b"0")


def expected(name: str, form: str) -> Path:
    return HERE / "formats" / f"{name}.{form}"


@pytest.mark.parametrize(("name", "form"), CASES)
def test_exact_bytes(name: str, form: str) -> None:
    assert written(name, form) == expected(name, form).read_bytes()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_format_has_the_same_rows(name: str) -> None:
    texts = {form: expected(name, form).read_text(encoding="utf-8") for form in FORMATS}
    header, *rows = csv.reader(io.StringIO(texts["csv"], newline=""))
    objects = [json.loads(line) for line in texts["jsonl"].splitlines()]
    assert len(rows) == len(objects) == texts["tsv"].count("\n") - 1 > 0
    assert len(rows) == texts["markdown"].count("\n") - 2
    plain = [column for column in header if not column.endswith("_iri")]
    for row, found in zip(rows, objects, strict=True):
        assert list(found) == plain
        cells = dict(zip(header, row, strict=True))
        for column, value in found.items():
            label, iri = said(value)
            assert cells[column] == label
            assert cells.get(f"{column}_iri", iri) == iri


def said(value: object) -> tuple[str, str]:
    """What a value of JSON is in a cell, and its IRI in the cell beside it."""
    if isinstance(value, list):
        parts = [said(part) for part in value]
        return "; ".join(label for label, _ in parts), " ".join(iri for _, iri in parts if iri)
    if isinstance(value, dict):
        return value["label"], value["iri"]
    if isinstance(value, bool):
        return str(value).lower(), ""
    return "" if value is None else str(value), ""


if __name__ == "__main__":
    for name, form in CASES:
        expected(name, form).parent.mkdir(exist_ok=True)
        expected(name, form).write_bytes(written(name, form))
