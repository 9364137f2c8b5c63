"""`passex diff` on what git has: the story in six articles, a commit an article."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from test_diff import Stages, run

import passex


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("stages"))


class Repository:
    """A git repository whose graph is the story after some of its articles.

    The branch ``main`` has the graph after the second article and, one commit before, after the
    first; ``topic`` has parted there, and has the graph after the third.
    """

    def __init__(self, folder: Path, stages: Stages) -> None:
        self.folder, self.stages = folder, stages
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(1)
        self.git("branch", "topic")
        self.commit(2)
        self.git("checkout", "--quiet", "topic")
        self.commit(3)

    def git(self, *arguments: str) -> None:
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, check=True, env={**os.environ, **own},
            capture_output=True,
        )  # fmt: skip

    def commit(self, number: int) -> None:
        graph = self.folder / "graph"
        graph.mkdir(exist_ok=True)
        for path in self.stages.folders[number].iterdir():
            (graph / path.name).write_bytes(path.read_bytes())
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", str(number))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, stages: Stages) -> Repository:
    try:
        return Repository(tmp_path_factory.mktemp("repository"), stages)
    except FileNotFoundError:
        pytest.skip("no git here")


@pytest.fixture
def inside(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(repository.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.folder.parent))
    return repository


READ_BY = (
    f"Note: Both are read by the ontology and the rules of this Passex ({passex.__version__})."
)


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (("main~1..main",), 1, 2),
        (("main..topic",), 2, 3),
        (("main...topic",), 1, 3),
        (("main", "topic"), 2, 3),
        (("topic", "main", "graph"), 3, 2),
        (("topic~1..",), 1, 3),
        (("main",), 2, 3),
        (("HEAD~1", "graph"), 1, 3),
        (("graph", "main"), 3, 2),
        (("main:graph", "topic:graph"), 2, 3),
        (("main:./graph", "graph"), 2, 3),
    ],
)
def test_revisions(inside: Repository, arguments: tuple[str, ...], old: int, new: int) -> None:
    found = run(*arguments, "--all")
    _, *lines = found.output.splitlines()
    assert (found.exit_code, lines.pop()) == (1, READ_BY)
    assert lines == expected_between(inside.stages, old, new)


def expected_between(stages: Stages, old: int, new: int) -> list[str]:
    return stages.text(old, new).splitlines()[1:]


def test_what_is_compared_is_named(inside: Repository) -> None:
    heads = {
        ("main..topic",): "main (3 files) → topic (4 files)",
        ("main",): "main (3 files) → the working tree (4 files)",
        ("main:graph", "graph"): "main:graph (3 files) → graph (4 files)",
    }
    for arguments, head in heads.items():
        assert run(*arguments).output.splitlines()[0] == head
    parted = run("main...topic").output.splitlines()[0]
    assert parted[12:] == " (where main and topic have parted) (2 files) → topic (4 files)"


def test_a_folder_below_the_top(inside: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("graph")
    assert run("main").output.splitlines()[0] == "main (3 files) → the working tree (4 files)"
    assert run("main", "actors.ttl").output.splitlines()[1] == "No difference."
    outside = run("main", "../../x")
    assert outside.exit_code == 2
    assert "is outside of the git repository" in outside.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nowhere",), "'nowhere' is no revision of this git repository; "),
        (("main..nowhere",), "'nowhere' is no revision of this git repository; "),
        (("--", "--all"), "'--all' is no revision of this git repository; "),
        (("graph", "nowhere"), "nowhere: no such file or folder, and no revision of this git"),
        (("main", "nowhere"), "main has no RDF files under nowhere; "),
        (
            ("main~1", "main", "graph", "bundled"),
            "bundled is no file or folder of a revision; write",
        ),
        (("bundled", "main"), "bundled is no file or folder of a revision; write passex diff REV"),
        (("main:nowhere", "graph"), "main has no RDF files under nowhere; "),
        (("main:graph",), "nothing to compare main:graph with; "),
    ],
)
def test_what_git_does_not_have(
    inside: Repository, arguments: tuple[str, ...], complaint: str
) -> None:
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(f"passex: {complaint}")
    assert found.stderr.count("\n") == 1


def test_a_broken_file_of_a_revision_has_its_place(inside: Repository) -> None:
    path = inside.folder / "graph" / "actors.ttl"
    whole = path.read_text(encoding="utf-8")
    inside.git("checkout", "--quiet", "-b", "broken")
    path.write_text("<urn:a>\n", encoding="utf-8")
    inside.git("commit", "--quiet", "-am", "broken")
    inside.git("checkout", "--quiet", "topic")
    assert path.read_text(encoding="utf-8") == whole
    found = run("main..broken")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == (
        "passex: broken:graph/actors.ttl:2:1: not Turtle: Unexpected end; correct the file there\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="a hook is a script of the shell")
def test_git_runs_nothing_of_the_repository(inside: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    inside.git("config", "filter.evil.smudge", f"touch {mark}; cat")
    inside.git("config", "filter.evil.clean", f"touch {mark}; cat")
    inside.git("config", "core.fsmonitor", f"touch {mark}")
    inside.git("config", "diff.evil.textconv", f"touch {mark}; cat")
    attributes = inside.folder / ".git" / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.ttl filter=evil diff=evil\n")
    for name in ("post-checkout", "pre-commit", "reference-transaction"):
        hook = inside.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
        hook.chmod(0o755)
    head = (inside.folder / ".git" / "HEAD").read_text()
    for arguments in (("main..topic",), ("main",)):
        assert run(*arguments).exit_code == 1
    assert not mark.exists()
    assert (inside.folder / ".git" / "HEAD").read_text() == head
    for name in ("filter.evil", "diff.evil", "core.fsmonitor"):
        section = name if name.startswith("core") else None
        inside.git("config", *(["--unset", section] if section else ["--remove-section", name]))


def test_files_that_git_keeps_elsewhere(inside: Repository) -> None:
    folder = inside.folder / "lfs"
    folder.mkdir()
    (folder / "a.ttl").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    inside.git("add", "lfs")
    inside.git("commit", "--quiet", "-m", "pointer")
    found = run("HEAD:lfs", "graph")
    inside.git("reset", "--quiet", "--hard", "HEAD~1")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("passex: HEAD:lfs/a.ttl: kept in Git LFS, ")


def test_an_ontology_that_is_another_is_told_of(inside: Repository) -> None:
    inside.git("checkout", "--quiet", "-b", "ontology")
    folder = inside.folder / "ontology"
    folder.mkdir()
    (folder / "naval.ttl").write_text("# another one\n")
    inside.git("add", "ontology")
    inside.git("commit", "--quiet", "-m", "ontology")
    note = run("main..ontology").output.splitlines()[-1]
    inside.git("checkout", "--quiet", "topic")
    assert note == f"{READ_BY[:-1]}; ontology has others."


def test_without_git(inside: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = run("main")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("passex: main: no such file or folder, and git is not installed")
