"""What the GitHub action runs, and what a pre-commit hook is told."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BASH = shutil.which("bash")


pytestmark = pytest.mark.skipif(BASH is None, reason="needs bash")


def stub(path: Path, script: str) -> str:
    """Write a command that stands for a real one."""
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


def run(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script of ``.ci/`` in a folder, with what the action gives it."""
    assert BASH is not None
    # None of what a hook of git, or GitHub itself, says of the repository around these tests.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT")}
    return subprocess.run(
        [BASH, str(ROOT / ".ci" / script)],
        cwd=folder,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("text", "code", "annotations"),
    [
        ("nr:Shipp", 1, ["line=2,col=11,endLine=2,endColumn=19,title=nrs%3ADeclaredClass SPARQL"]),
        ("nr:Ship", 0, []),
        # What could not be checked is told at its place as well.
        ("nr:Ship ; nr:age 12kg", 2, ["line=2,col=28,endLine=2,endColumn=32,title=turtle-syntax"]),
    ],
)
def test_the_action_annotates_and_writes_sarif(
    tmp_path: Path, text: str, code: int, annotations: list[str]
) -> None:
    data = tmp_path / "a b.ttl"
    data.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        f'<urn:x> a {text} ; <http://www.w3.org/2000/01/rdf-schema#label> "x"@en .\n'
    )
    passex = stub(tmp_path / "passex", f'exec "{sys.executable}" -m passex "$@"')
    done = run("action.sh", tmp_path, PASSEX=passex, PATHS="a b.ttl\n", SARIF="out.sarif")
    results = json.loads((tmp_path / "out.sarif").read_text())["runs"][0]["results"]
    assert (done.returncode, len(results), done.stderr) == (code, len(annotations), "")
    lines = [line for line in done.stdout.splitlines() if line.startswith("::error")]
    found = [line.removeprefix("::error file=a b.ttl,").partition("::")[0] for line in lines]
    assert found == annotations


ECHO = """printf '%s|' "$@" >>"$0.log"; echo >>"$0.log"
while [ "$#" -gt 0 ]; do
    if [ "$1" = -o ]; then echo {} >"$2"; fi
    shift
done"""


def test_what_the_inputs_become(tmp_path: Path) -> None:
    passex = stub(tmp_path / "passex", ECHO)
    variables = {
        "PATHS": "\nbundled\na b\n-c", "SHAPES": "s.ttl\nt.ttl", "ONTOLOGY": "o.ttl",
        "TEXTS": "my texts", "LEVEL": "vacuous=off\nno-data=violation", "BASELINE": "b.json",
        "FAIL_ON": "warning", "REPORT": "text", "SARIF": "x.sarif",
    }  # fmt: skip
    done = run("action.sh", tmp_path, PASSEX=passex, **variables)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    shared = (
        "--fail-on|warning|--shapes|s.ttl|--shapes|t.ttl|--ontology|o.ttl|--texts|my texts|"
        "--level|vacuous=off|--level|no-data=violation|--baseline|b.json|--|bundled|a b|-c|"
    )
    assert (tmp_path / "passex.log").read_text().splitlines() == [
        f"validate|--report|sarif|-o|x.sarif|{shared}",
        f"validate|--report|text|{shared}",
    ]


@pytest.mark.parametrize("paths", ["", "\n\n", "bundled", "bundled\n"])
def test_without_files_of_the_team_it_refuses(tmp_path: Path, paths: str) -> None:
    passex = stub(tmp_path / "passex", ECHO)
    done = run("action.sh", tmp_path, PASSEX=passex, PATHS=paths, SARIF="x.sarif")
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "::error title=passex::The input 'paths' names none of your files; "
        "give the files and folders of your graph.\n",
        "",
    )
    assert not (tmp_path / "passex.log").exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    passex = stub(tmp_path / "passex", f'exec "{sys.executable}" -m passex "$@"')
    done = run("action.sh", tmp_path, PASSEX=passex, PATHS="graph", SARIF="x.sarif")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "passex: graph: no such file or folder; check the path\n"


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A checkout of what a pull request merges into its base."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch", "main", ".")
    for branch in ("main", "theirs"):
        git("checkout", "--quiet", "-B", branch)
        git("commit", "--quiet", "--allow-empty", "--message", f"on {branch}")
    git("checkout", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "on main, later")
    git("merge", "--quiet", "--no-ff", "--message", "merged", "theirs")
    return tmp_path


def revision(folder: Path, name: str) -> str:
    return subprocess.check_output(["git", "rev-parse", name], cwd=folder, text=True).strip()


#: What gh is asked for, and with which text; it lists a comment as LISTED says.
GH = """printf '%s|' "$@" >>"$0.log"; echo >>"$0.log"
if [ -n "$REFUSED" ]; then echo "gh: $REFUSED" >&2; exit 1; fi
for argument; do
    case "$argument" in body=@*) cp "${argument#body=@}" "$0.body";; esac
done
case "$*" in *--paginate*) printf "$LISTED";; esac"""


def compared(
    folder: Path, code: int, text: str, **variables: str
) -> tuple[subprocess.CompletedProcess[str], list[str], str]:
    """Run what says what changes; give what gh was asked for, and the job summary."""
    (folder / "answer").write_text(text, encoding="utf-8")
    (folder / "summary").write_text("before\n", encoding="utf-8")
    passex = stub(folder / "passex", f'printf \'%s|\' "$@" >"$0.log"; cat answer; exit {code}')
    stub(folder / "gh", GH)
    done = run(
        "diff.sh",
        folder,
        **{
            "PASSEX": passex, "BASE": revision(folder, "main~2"), "NUMBER": "7",
            "GITHUB_SHA": revision(folder, "HEAD"), "GITHUB_REPOSITORY": "sea/graph",
            "GITHUB_SERVER_URL": "https://example.org", "GITHUB_RUN_ID": "9",
            "GITHUB_STEP_SUMMARY": "summary", "REFUSED": "", "LISTED": "",
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", **variables,
        },
    )  # fmt: skip
    log = folder / "gh.log"
    asked = log.read_text().splitlines() if log.exists() else []
    return done, asked, (folder / "summary").read_text(encoding="utf-8")


LIST = (
    "api|--paginate|repos/sea/graph/issues/7/comments?per_page=100|--jq|"
    '.[] | select(.user.login == "github-actions[bot]" and '
    '(.body | startswith("<!-- passex diff -->"))) | .id|'
)
POST = "api|--silent|--method|POST|repos/sea/graph/issues/7/comments|--field|body=@"
PATCH = "api|--silent|--method|PATCH|repos/sea/graph/issues/comments/55|--field|body=@"


def test_one_comment_says_what_changes(merged: Path) -> None:
    paths = "bundled\na b\n-c\n"
    done, asked, summary = compared(merged, 1, "Two ties gained: “é”\n", PATHS=paths)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    base = revision(merged, "HEAD^1")
    assert base == revision(merged, "main~1")
    assert (merged / "passex.log").read_text() == (
        f"diff|--format|markdown|--|{base[:7]}|HEAD|a b|-c|"
    )
    assert [line.partition("@")[0] + "@" * ("@" in line) for line in asked] == [LIST, POST]
    assert (merged / "gh.body").read_text() == "<!-- passex diff -->\nTwo ties gained: “é”\n"
    assert summary == "before\nTwo ties gained: “é”\n"


@pytest.mark.parametrize("code", [0, 1])
def test_the_comment_is_kept_up_to_date(merged: Path, code: int) -> None:
    done, asked, _ = compared(merged, code, "No change.\n", LISTED="55\\n66\\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert asked[1].startswith(PATCH)
    assert len(asked) == 2


def test_where_nothing_changes_and_nothing_was_said(merged: Path) -> None:
    done, asked, summary = compared(merged, 0, "No change.\n")
    assert (done.returncode, done.stdout, done.stderr, asked) == (0, "", "", [LIST])
    assert summary == "before\nNo change.\n"


def test_without_permission_the_summary_says_it(merged: Path) -> None:
    done, asked, summary = compared(
        merged, 1, "A tie lost.\n", REFUSED="Resource not accessible (HTTP 403)"
    )
    assert (done.returncode, asked) == (0, [LIST])
    assert done.stderr == "gh: Resource not accessible (HTTP 403)\n"
    assert done.stdout == (
        "::notice title=passex diff::No comment could be written (a pull request from a fork "
        "can't, nor one without pull-requests: write); the job summary says what changes.\n"
    )
    assert summary == "before\nA tie lost.\n"


def test_a_long_comment_is_cut_between_lines(merged: Path) -> None:
    text = "".join(f"- tie {number:05}, é\n" for number in range(5000))
    done, _, summary = compared(merged, 1, text)
    assert (done.returncode, done.stderr) == (0, "")
    assert summary == f"before\n{text}"
    body = (merged / "gh.body").read_text()
    assert len(body.encode()) < 65_536
    mark, *lines, blank, more, rest = body.splitlines()
    assert (mark, blank, more, rest) == (
        "<!-- passex diff -->", "", "",
        "The rest is in the [summary of the run](https://example.org/sea/graph/actions/runs/9).",
    )  # fmt: skip
    assert lines == text.splitlines()[: len(lines)]
    assert 3000 < len(lines) < 5000


def test_where_the_two_cannot_be_compared(merged: Path) -> None:
    done, asked, summary = compared(merged, 2, "half")
    assert (done.returncode, done.stderr, asked, summary) == (0, "", [], "before\n")
    assert done.stdout == (
        "::warning title=passex diff::The pull request could not be compared with its base; "
        "the log says why.\n"
    )


def test_a_base_that_is_not_in_the_checkout(merged: Path) -> None:
    done, asked, _ = compared(merged, 1, "", GITHUB_SHA="other", BASE="1" * 40)
    assert (done.returncode, done.stderr, asked) == (2, "", [])
    assert done.stdout == (
        "::error title=passex diff::The base of the pull request isn't in the checkout; "
        "give actions/checkout 'fetch-depth: 2'.\n"
    )


def test_a_checkout_of_the_branch_itself_is_compared_with_the_base(merged: Path) -> None:
    base = revision(merged, "main~2")
    compared(merged, 1, "", GITHUB_SHA="other")
    assert (
        merged / "passex.log"
    ).read_text() == f"diff|--format|markdown|--|{base[:7]}|HEAD|graph|"


def test_every_input_of_the_action_is_used() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    assert set(action["inputs"]) == set(re.findall(r"inputs\.([\w-]+)", str(steps)))
    assert all(about["description"] for about in action["inputs"].values())
    used = {"action.sh": "Validate", "diff.sh": "Say what changes"}
    given = {step["name"]: set(step["env"]) - {"ACTION"} for step in steps if "env" in step}
    for script, name in used.items():
        text = (ROOT / ".ci" / script).read_text(encoding="utf-8")
        # GitHub itself gives the rest to every step; GH_TOKEN is for gh.
        named = set(re.findall(r"\$\{?([A-Z_]+)", text))
        assert given[name] - {"GH_TOKEN"} == {n for n in named if not n.startswith("GITHUB_")}
