"""The hook of pre-commit checks what a team's repository tracks, and never the bundled graph."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from passex.cli import cli
from passex.errors import InputError
from passex.graph import dataset
from passex.graph.tracked import tracked

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GOOD = '<urn:x> a <https://w3id.org/passex/ontology#Ship> ; rdfs:label "x"@en .\n'
HEAD = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
NOTHING = (
    "{}: git tracks nothing here that can be validated; "
    "name the files and folders of your graph, and 'git add' them first"
)

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def git(*arguments: str) -> None:
    who = ("-c", "user.name=Ann", "-c", "user.email=ann@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    # What a hook of git around these tests would say of its own repository.
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    git("init", "--quiet", ".")
    return tmp_path


def write(name: str, text: str = HEAD + GOOD, add: bool = True) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    if add:
        git("add", "--", name)


def hook(*arguments: str) -> tuple[int, str, str]:
    """Run what the hook runs, with what a team's configuration adds."""
    (entry,) = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    assert (entry["pass_filenames"], entry["always_run"], "args" in entry) == (False, True, False)
    command = shlex.split(entry["entry"])
    assert command[0] == "passex"
    result = CliRunner().invoke(cli, [*command[1:], *arguments], prog_name="passex")
    return result.exit_code, result.stdout, result.stderr


def test_without_arguments_the_folder_graph_is_checked(repository: Path) -> None:
    write("graph/articles/x.ttl")
    # Neither a draft that nobody committed, nor what is elsewhere.
    write("graph/draft.ttl", "this is no Turtle", add=False)
    write("elsewhere.ttl", "nor is this")
    write("graph/notes.txt", "nor this")
    code, out, err = hook()
    assert (code, err) == (0, "")
    assert out.startswith("No problems in 1 file (")
    write("graph/articles/x.ttl", HEAD + GOOD.replace("#Ship", "#Shipp"))
    code, out, err = hook()
    assert (code, err) == (1, "")
    assert out.startswith("graph/articles/x.ttl:2:11: violation[nrs:DeclaredClass SPARQL]")


@pytest.mark.parametrize("arguments", [(), ("bundled",), ("--fail-on", "info")])
def test_without_a_graph_it_refuses(repository: Path, arguments: tuple[str, ...]) -> None:
    write("other/x.ttl")
    write("graph/draft.ttl", add=False)
    assert hook(*arguments) == (2, "", f"passex: {NOTHING.format('graph')}\n")


def test_paths_are_those_of_the_arguments(repository: Path) -> None:
    write("facts/x.ttl")
    write("facts/ask.rq", "SELECT ?s { ?s ?p ?o }")
    write("graph/x.ttl", "this is no Turtle")
    write("facts/more/ask.rq", "not asked")
    assert hook("facts/x.ttl")[1].startswith("No problems in 1 file (")
    assert hook("facts/")[1].startswith("facts/ask.rq: violation[question-header]")
    assert hook("facts/", "nowhere/")[2] == f"passex: {NOTHING.format('nowhere/')}\n"
    assert tracked(["facts"]) == ("facts/ask.rq", "facts/x.ttl")
    assert tracked([dataset.BUNDLED, "facts/x.ttl", "facts"]) == (
        "bundled", "facts/x.ttl", "facts/ask.rq",
    )  # fmt: skip


def test_a_file_that_is_deleted_is_not_asked_for(repository: Path) -> None:
    write("graph/a.ttl")
    write("graph/b.ttl")
    Path("graph/a.ttl").unlink()
    assert tracked([]) == ("graph/b.ttl",)


def test_names_are_no_patterns(repository: Path) -> None:
    write("graph/a*.ttl")
    write("graph/ab é\n.ttl")
    assert tracked(["graph/a*.ttl"]) == ("graph/a*.ttl",)
    assert tracked(["graph"]) == ("graph/a*.ttl", "graph/ab é\n.ttl")


def test_outside_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(InputError) as caught:
        tracked([])
    assert str(caught.value) == (
        "graph: git lists no files (not a git repository (or any of the parent directories): "
        ".git); run it in a repository of git, or name the files without --tracked"
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError) as caught:
        tracked([])
    assert str(caught.value) == (
        "--tracked asks git, which cannot be run (No such file or directory); "
        "install git, or name the files without --tracked"
    )


def test_with_pre_commit_itself(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    pytest.importorskip("pre_commit", reason="pre-commit is not installed")
    # The hook's own repository; `language: system` spares it an environment with all of Passex.
    ours = tmp_path_factory.mktemp("passex")
    shutil.copy(HOOKS, ours)
    git("-C", str(ours), "init", "--quiet", ".")
    git("-C", str(ours), "add", ".")
    git("-C", str(ours), "commit", "--quiet", "--message", "hook")
    head = subprocess.check_output(["git", "-C", str(ours), "rev-parse", "HEAD"], text=True)
    used = {"id": "passex-validate", "language": "system"}
    config = {"repos": [{"repo": str(ours), "rev": head.strip(), "hooks": [used]}]}
    write(".pre-commit-config.yaml", yaml.safe_dump(config))
    script = ours / "bin" / "passex"
    script.parent.mkdir()
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m passex "$@"\n')
    script.chmod(0o755)

    def committed() -> tuple[int, str]:
        home = {"PRE_COMMIT_HOME": str(ours / "home")}
        path = {"PATH": os.pathsep.join((str(script.parent), os.environ["PATH"]))}
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
            capture_output=True, text=True, check=False, env={**os.environ, **home, **path},
        )  # fmt: skip
        return done.returncode, done.stdout

    code, out = committed()
    assert (code, out.splitlines()[-2]) == (1, f"passex: {NOTHING.format('graph')}")
    write("graph/x.ttl", HEAD + GOOD.replace("#Ship", "#Shipp"))
    code, out = committed()
    assert code == 1
    assert "graph/x.ttl:2:11: violation[nrs:DeclaredClass SPARQL]" in out
    write("graph/x.ttl")
    assert committed() == (0, f"passex validate{'.' * 58}Passed\n")
    # A commit that only deletes has no files, and is checked all the same.
    git("commit", "--quiet", "--message", "x")
    git("rm", "--quiet", "graph/x.ttl")
    assert committed()[0] == 1
