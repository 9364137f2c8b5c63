"""Fill in what the documentation shows of real runs: python docs/update.py.

In each Markdown file, what follows a line ``$ passex …`` in a console block is replaced by what the
command prints in 80 columns; the page of the rules is written, and the pictures are drawn anew.
The tests compare the files with what this writes.

A page that tells a story runs in a folder with an empty graph/articles, block by block: a block
with a file's name before it is written there, a block of a diff changes a file, and commands find
what came before. A part of a file, up to the next empty line, is shown as it is then.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner

from passex.cli import cli
from passex.validation.rules import CHECKS
from passex.validation.rules.model import examples

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "docs" / "rules.md"
PICTURE = ROOT / "docs" / "network.svg"
#: What the picture is drawn by.
DRAW = ["export", "svg"]
#: As wide everywhere: the help is broken to the width of the terminal.
SCREEN = {"COLUMNS": "80"}
BLOCK = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
#: What a page has in it that tells a story.
STORY = "<!-- a story -->\n"
STEP = re.compile(
    r"(<!-- (?P<what>file|part) (?P<name>\S+?)(?:: (?P<begin>.+?))? -->\n)?"
    r"```(?P<language>\w+)\n(?P<text>.*?)```\n",
    re.DOTALL,
)
FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
#: What stands between these is the list of the page's headings.
CONTENTS = re.compile(r"<!-- contents -->\n.*?<!-- /contents -->\n", re.DOTALL)


_RULES = """# The rules that are no shapes

What `passex validate` looks for beside the shapes. This page is written by `docs/update.py` from
`passex.validation.rules`, and `passex validate --explain RULE` prints the same. Each example is
what the tests run. In the examples the prefixes are left out: `ex:` is
`https://example.org/sea#`, and the others are those that Passex knows. Places are lines and columns
of a file where a check knows them, and otherwise the subject, predicate and value that are looked
up in it.

`--level` takes a rule, or the name of its group:

| group | rules |
|---|---|
"""


def pages() -> list[Path]:
    """The Markdown files that may show runs."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def filled(text: str) -> str:
    """A page with each command's output as it is now, and its contents."""
    if STORY in text:
        here = Path.cwd()
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            Path("graph/articles").mkdir(parents=True)
            try:
                text = STEP.sub(_step, text)
            finally:
                os.chdir(here)
    else:
        text = BLOCK.sub(lambda block: f"```console\n{_run(block[1])}```\n", text)
    # A line of a block that begins like a heading is none.
    prose = FENCED.sub("", text)
    listed = contents(re.findall(r"^## (.+)$", prose, re.MULTILINE))
    return CONTENTS.sub(lambda _: listed, text)


def contents(headings: Iterable[str]) -> str:
    """List the headings of a page as links to them, as GitHub calls these."""
    names = ((heading, re.sub(r"[^\w -]", "", heading.lower())) for heading in headings)
    links = "\n".join(f"[{title}](#{name.replace(' ', '-')})," for title, name in names)
    return f"<!-- contents -->\n{links[:-1]}.\n<!-- /contents -->\n"


def _step(block: re.Match[str]) -> str:
    """Do what a block of a story says, and give it as it is now."""
    name, language, text = block["name"], block["language"], block["text"]
    if block["what"] == "part":
        _, begin, rest = Path(name).read_text(encoding="utf-8").partition(f"\n{block['begin']}")
        assert begin, (name, block["begin"])
        part = (begin + rest).strip("\n").partition("\n\n")[0]
        return f"{block[1]}```{language}\n{part}\n```\n"
    if name:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    elif language == "diff":
        _change(text)
    elif language == "console":
        return f"```console\n{_run(text)}```\n"
    return block[0]


def _change(diff: str) -> None:
    """Change a file as a diff says, whose hunks have no numbers of lines."""
    head, *hunks = re.split(r"^@@\n", diff, flags=re.MULTILINE)
    path = Path(head.removeprefix("+++ ").strip())
    text = path.read_text(encoding="utf-8")
    for hunk in hunks:
        lines = hunk.splitlines(keepends=True)
        old, new = (
            "".join(line[1:] for line in lines if line[0] in signs) for signs in (" -", " +")
        )
        assert text.count(old) == 1, (path, old)
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _run(block: str) -> str:
    shown = ""
    for line in block.splitlines():
        if line.startswith("$ passex "):
            arguments = shlex.split(line.removeprefix("$ passex "))
            result = CliRunner(env=SCREEN).invoke(cli, arguments, prog_name="passex")
            # A command that found problems has done its work.
            assert result.exit_code in (0, 1), (line, result.output)
            assert isinstance(result.exception, SystemExit | None), (line, result.output)
            shown += ("\n" if shown else "") + f"{line}\n{result.output}"
    return shown


def picture() -> str:
    """The network of services and formations, as SVG."""
    result = CliRunner().invoke(cli, DRAW)
    assert result.exception is None, result.output
    return result.stdout


def rules() -> str:
    """The page of the rules that are no shapes, each with its examples."""
    groups = (
        (check.name, ", ".join(f"[`{rule.id}`](#{rule.id})" for rule in check.rules))
        for check in CHECKS
    )
    parts = [_RULES, *(f"| `{name}` | {listed} |\n" for name, listed in groups)]
    for check in CHECKS:
        shown = examples(check.name)
        for rule in check.rules:
            example = shown[rule.id]
            parts.append(f"\n## {rule.id}\n\n*{rule.name}, {rule.severity.value}.* ")
            parts.append(f"{rule.description} Why: {rule.reason}\n")
            for word, files in (("Passes", example.good), ("Fails", example.bad)):
                for name, text in files.items():
                    kind = "sparql" if name.endswith(".rq") else "text"
                    parts.append(f"\n{word}, `{name}`:\n\n```{kind}\n{text}```\n")
            parts.append(f"\nWhat is said:\n\n```text\n{example.says}\n```\n")
    return "".join(parts)


def main() -> None:
    """Write the pages and the picture."""
    RULES.write_text(rules(), encoding="utf-8")
    for page in pages():
        page.write_text(filled(page.read_text(encoding="utf-8")), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
