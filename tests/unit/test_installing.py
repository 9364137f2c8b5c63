"""What messages and pages tell people to install can be installed."""

from __future__ import annotations

import re
from importlib.metadata import metadata
from pathlib import Path

import pytest

from passex.errors import EXTRA

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "action.yml", ".pre-commit-hooks.yaml")
#: An installation, up to where its command ends.
COMMAND = re.compile(r"\b(?:pipx? (?:run|install)|uvx?(?: \w+)* install|uvx)\b[^`\n]*")
#: Passex by its name alone, which a package index would have to know. `passex @ URL` is no such.
BY_NAME = re.compile(r"""[\s"']passex(?:\[[\w,]+\])?(?=$|[\s"'=<>~,;.])(?!\s*@\s)""")


def texts() -> dict[str, str]:
    """Everything that people read, by its path."""
    folders = ("src", "docs", "benchmarks", "ontology", "graph", "queries", ".ci", ".github")
    found = [ROOT / name for name in PLACES]
    for folder in folders:
        found += (path for path in (ROOT / folder).rglob("*") if path.is_file())
    readable = (path for path in found if path.suffix != ".pyc" and path.exists())
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in readable}


def by_name(text: str) -> list[str]:
    """List the commands that take Passex from a package index."""
    return [found[0] for found in COMMAND.finditer(text) if BY_NAME.search(found[0])]


@pytest.mark.parametrize(
    "command",
    [
        "pip install passex", "pip install --quiet passex", "pip install 'passex[web]'",
        'pip install "passex[web,fast]" ruff', "pip install passex==1", "pipx run passex",
        "uv tool install passex", "uv pip install passex>=0.1", "uvx passex",
    ],
)  # fmt: skip
def test_commands_that_an_index_would_have_to_know(command: str) -> None:
    assert by_name(f"a `{command}` b") == [command]


@pytest.mark.parametrize(
    "command",
    [
        "pip install --editable '.[web]'", "pip install .", "pip install pandas",
        'pip install "passex @ git+https://example.org/passex.git"',
        'pip install "passex[web] @ git+https://example.org/passex.git"',
        "pip install git+https://example.org/passex.git",
    ],
)  # fmt: skip
def test_commands_that_need_no_index(command: str) -> None:
    assert by_name(f"a `{command}` b") == []


def test_nothing_says_to_install_passex_by_its_name() -> None:
    assert {name: found for name, text in texts().items() if (found := by_name(text))} == {}


def test_every_extra_that_is_named_exists() -> None:
    extras = set(metadata("passex").get_all("Provides-Extra") or ())
    named = {
        extra
        for name, text in texts().items()
        for listed in re.findall(
            r"--editable '\.\[([\w,]+)\]'|EXTRA\.format\(\W(\w+)\W\)|passex\[([\w,]+)\] @", text
        )
        for extra in "".join(listed).split(",")
    }
    assert named == extras - {"dev"}
    assert EXTRA.format("web") == "pip install --editable '.[web]' in a checkout of Passex"
