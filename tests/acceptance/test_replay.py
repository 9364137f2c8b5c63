"""The same question of the same graph, asked again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli
from passex.graph import opening as knowledge

#: Of long ago, as files go: what was written just now is read again each time.
SETTLED = str(Path(__file__).parents[1] / "data" / "azure.ttl")
AZURE = Path(SETTLED).read_text(encoding="utf-8")
ANSWER = "ship     kind\nCB Wren\n"


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("PASSEX_CACHE_DIR", str(tmp_path / "cache"))
    path = tmp_path / "facts.ttl"
    path.write_text(AZURE, encoding="utf-8")
    return str(path)


def ask(facts: str, *options: str, text: str = "") -> tuple[str, str]:
    arguments = ["ask", "ships-in", "June sailing", "--data", facts, *options]
    result = CliRunner().invoke(cli, arguments, input=text)
    assert result.exit_code == 0
    return result.stdout, result.stderr


def remembered(facts: str) -> list[Path]:
    return sorted((Path(facts).parent / "cache").glob("*.answer"))


@pytest.fixture
def no_graph(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a graph was opened")

    monkeypatch.setattr(knowledge, "open_store", refuse)


def test_it_is_answered_without_the_graph(facts: str, request: pytest.FixtureRequest) -> None:
    assert ask(facts) == (ANSWER, "")
    request.getfixturevalue("no_graph")
    assert ask(facts) == (ANSWER, "")
    with pytest.raises(AssertionError):
        ask(facts, "--no-cache")


@pytest.mark.usefixtures("facts")
def test_no_engine_is_imported() -> None:
    ask(SETTLED)
    code = (
        "import sys; from passex.cli import cli; cli.main(sys.argv[1:], standalone_mode=False);"
        "print({'pyoxigraph', 'rdflib', 'networkx', 'hashlib', 'tempfile'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", code, "ask", "ships-in", "June sailing", "--data", SETTLED]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == f"{ANSWER}set()\n"


def test_each_format_and_value_has_an_answer_of_its_own(facts: str) -> None:
    for _ in range(2):
        assert ask(facts)[0] == ANSWER
        assert ask(facts, "--format", "csv")[0] == (
            "ship,ship_iri,kind\nCB Wren,https://w3id.org/passex/id/cb-wren,\n"
        )
        result = CliRunner().invoke(cli, ["ask", "ships-in", "March sailing", "--data", facts])
        assert (result.exit_code, result.stdout) == (2, "")
        result = CliRunner().invoke(cli, ["ask", "belongs-to", "Umber", "--data", facts])
        assert (result.exit_code, result.stdout.partition(" ")[0]) == (0, "member")
    assert len(remembered(facts)) == 3


def test_a_changed_graph_has_another_answer(facts: str) -> None:
    assert ask(facts)[0] == ANSWER
    Path(facts).write_text(AZURE.replace("CB Wren", "CB Heron"), encoding="utf-8")
    assert ask(facts)[0] == "ship      kind\nCB Heron\n"
    Path(facts).write_text(AZURE, encoding="utf-8")
    assert ask(facts)[0] == ANSWER


def test_changed_code_answers_anew(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(facts)
    monkeypatch.setattr("passex.graph.cache_keys.code", lambda: "other")
    ask(facts)
    assert len(remembered(facts)) == 2


@pytest.mark.parametrize("damage", ["text", "cause", "cut", "bytes"])
def test_a_damaged_answer_is_not_believed(facts: str, damage: str) -> None:
    ask(facts)
    (path,) = remembered(facts)
    sound = path.read_bytes()
    path.write_bytes(
        {
            "text": sound.replace(b"Wren", b"Hawk"),
            "cause": sound.replace(b"ships", b"shops"),
            "cut": sound[:20],
            "bytes": b"\xff\xff",
        }[damage]
    )
    assert path.read_bytes() != sound
    assert ask(facts)[0] == ANSWER
    assert path.read_bytes() == sound


def test_nothing_is_remembered_without_a_cache_or_of_a_stream(facts: str) -> None:
    assert ask(facts, "--no-cache")[0] == ANSWER
    assert ask("-", text=AZURE)[0] == ANSWER
    assert remembered(facts) == []


def test_what_is_said_of_a_graph_is_said_each_time(facts: str) -> None:
    with Path(facts).open("a", encoding="utf-8") as file:
        file.write("id:azure nr:trainedWith id:cobalt .\n")
    for _ in range(2):
        out, err = ask(facts)
        assert out == ANSWER
        assert err.startswith("passex: 1 triple of derived properties in the data ignored")
    assert remembered(facts) == []


def test_old_answers_go_and_new_ones_stay(facts: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passex.graph.result_cache._KEPT", 4)
    monkeypatch.setattr("passex.graph.result_cache.IN_USE", -60)
    for form in ("csv", "tsv", "json", "jsonl"):
        ask(facts, "--format", form)
    assert len(remembered(facts)) == 4
    ask(facts)
    assert len(remembered(facts)) == 2
    monkeypatch.setattr("passex.graph.opening.open_store", None)
    assert ask(facts)[0] == ANSWER
