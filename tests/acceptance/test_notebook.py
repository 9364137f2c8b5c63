"""The notebook runs, cell by cell; `python tests/acceptance/test_notebook.py` writes its figures.

Cells are run in one namespace, as a notebook does, without its server. What is written are outputs
on the table of `PASSEX_MME`, but for cells with the tag "data", which print its rows.
"""

from __future__ import annotations

import ast
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "docs" / "notebooks" / "who-trains-with-whom.ipynb"
NASTY = ROOT / "tests" / "data" / "tables" / "nasty.csv"
MME = Path(os.environ.get("PASSEX_MME", ROOT.parent / "shared" / "data" / "mme" / "mme_v7.csv"))

#: How a value is shown where it can be.
SHOWN = {"_repr_html_": "text/html"}


def run(notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, Any]]:
    """Run the cells in order; give each with what it prints, and the value that it ends with."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            continue
        tree = ast.parse("".join(cell["source"]), cell["id"])
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        value, printed = None, io.StringIO()
        with redirect_stdout(printed):
            exec(compile(tree, cell["id"], "exec"), namespace)
            if isinstance(last, ast.Expr):
                expression = ast.Expression(last.value)
                value = eval(compile(expression, cell["id"], "eval"), namespace)
        yield cell, printed.getvalue(), value


def outputs(printed: str, value: Any, number: int) -> list[dict[str, Any]]:
    """Give the outputs of a cell in the format of notebooks (nbformat 4.5)."""
    found: list[dict[str, Any]] = []
    if printed:
        lines = printed.splitlines(keepends=True)
        found.append({"name": "stdout", "output_type": "stream", "text": lines})
    if value is not None:
        # As text without the address that objects have in memory.
        data = {"text/plain": [repr(value) if isinstance(value, list | tuple) else str(value)]}
        for method, kind in SHOWN.items():
            shown = getattr(value, method, lambda: None)()
            if shown:
                data = {kind: shown.splitlines(keepends=True), **data}
                break
        result = {"data": data, "execution_count": number, "metadata": {}}
        found.append({**result, "output_type": "execute_result"})
    return found


@pytest.mark.parametrize("table", [NASTY, MME], ids=["nasty", "mme"])
def test_the_notebook_runs(
    table: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, thorough: bool
) -> None:
    if not table.is_file():
        pytest.skip(f"the table is not at {table} (see PASSEX_MME)")
    if table == MME and not thorough:
        pytest.skip("the whole table takes long: set PASSEX_THOROUGH")
    monkeypatch.setenv("PASSEX_MME", str(table))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.chdir(NOTEBOOK.parent)
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    ties = iter((4, 2, 17))
    for number, (cell, printed, value) in enumerate(run(notebook), 1):
        source = "".join(cell["source"])
        if source.startswith("imported = "):
            rows = 15 if table == NASTY else 3707
            assert printed.startswith(f"{rows} rows below the header, {rows} exercises.\n")
        if source.startswith("backbone("):
            assert "<svg " in value._repr_html_()
            if table == NASTY:
                assert printed[7:].startswith(f"0 of {next(ties)} ties; "), printed
        if table == MME and cell["outputs"]:
            assert outputs(printed, value, number) == cell["outputs"]


def test_no_row_of_the_table_is_in_the_notebook() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if "data" in cell["metadata"].get("tags", ()):
            assert cell["outputs"] == []
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert "/tmp/" not in text
    assert "mme3" not in text


def main() -> None:
    """Write the outputs into the notebook."""
    if not MME.is_file():
        sys.exit(f"the table is not at {MME} (see PASSEX_MME)")
    os.environ["PASSEX_MME"] = str(MME)
    os.chdir(NOTEBOOK.parent)
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for number, (cell, printed, value) in enumerate(run(notebook), 1):
        data = "data" in cell["metadata"].get("tags", ())
        cell["outputs"] = [] if data else outputs(printed, value, number)
        cell["execution_count"] = None if data else number
    NOTEBOOK.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
