"""Wheel and sdist carry the data, and the wheel answers without the checkout."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = sorted(
    path.relative_to(ROOT)
    for folder in ("ontology", "graph", "queries")
    for path in (ROOT / folder).rglob("*")
    if path.is_file()
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return folder


def test_wheel_carries_the_data(built: Path) -> None:
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        assert {f"passex/data/{name.as_posix()}" for name in DATA} <= names
        assert "passex/py.typed" in names
        assert "passex/data/examples/Label/valid.ttl" in names
        parts = ("page.html", "page.css", "app.js", "world.json")
        assert {f"passex/exports/page/{name}" for name in parts} <= names
        assert {"passex/web/pages/editor.html", "passex/web/static/main.js"} <= names
        assert {"passex/text/html/base.css", "passex/reports/review/review.js"} <= names
        assert not [name for name in names if "tests/" in name or "__pycache__" in name]
        (metadata,) = [name for name in names if name.endswith("/METADATA")]
        text = wheel.read(metadata).decode()
    assert "\nLicense-Expression: Apache-2.0\n" in text
    assert "\nRequires-Python: >=3.10\n" in text


def test_sdist_carries_data_and_tests(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {name.as_posix() for name in DATA} <= names
    assert {
        "tests/run.py",
        ".ci/run",
        ".github/workflows/tests.yml",
        ".pre-commit-hooks.yaml",
        "action.yml",
        "README.md",
        "LICENSE",
        "docs/update.py",
        "hatch_build.py",
    } <= names


def test_an_installation_in_place_is_compiled(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("ontology", "graph", "queries", "docs"):
        shutil.copytree(ROOT / name, tmp_path / name)
    # What pip asks for when it installs with --editable.
    script = "import hatchling.build; hatchling.build.build_editable('dist')"
    (tmp_path / "dist").mkdir()
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True, capture_output=True)
    sources = {path.stem for path in (tmp_path / "src" / "passex").glob("*.py")}
    compiled = (tmp_path / "src" / "passex" / "__pycache__").glob("*.pyc")
    assert {path.name.partition(".")[0] for path in compiled} == sources


@pytest.fixture(scope="module")
def unpacked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        wheel.extractall(folder)
    return folder


def test_unpacked_wheel_finds_nothing_wrong_with_itself(unpacked: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "passex", "validate", "--fail-on", "warning"],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(list((ROOT / 'graph').rglob('*.ttl')))} files" in done.stdout.splitlines()[-1]


def test_unpacked_wheel_answers_from_anywhere(unpacked: Path) -> None:
    code = "import passex; print(passex.__file__); print(len(passex.load().network(level='state')))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=unpacked,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == [str(unpacked / "passex" / "__init__.py"), "3"]
