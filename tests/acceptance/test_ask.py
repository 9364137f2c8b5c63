"""`passex ask` as a person meets it. The answers themselves stand in docs/questions.md."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from passex.cli import cli
from passex.questions.catalogue import questions

ROOT = Path(__file__).resolve().parents[2]
AZURE = str(ROOT / "tests" / "data" / "azure.ttl")


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_every_question_stands_with_an_answer_in_the_documentation() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    for question in questions().values():
        assert f"## {question.name}\n\n{question.summary}\n" in text
        assert f"\n$ passex ask {question.name}" in text


def test_listing() -> None:
    code, out, _ = passex("ask")
    assert code == 0
    assert "met-with PERSON\n  Whom did a person meet, where and when?\n" in out
    assert out.count("\n") == 2 * len(questions())


def test_a_graph_of_ones_own() -> None:
    code, out, err = passex("ask", "ships-in", "June sailing", "--data", AZURE)
    assert (code, err) == (0, "")
    assert out == "ship     kind\nCB Wren\n"


def test_no_answer_is_said_in_words() -> None:
    assert passex("ask", "met-with", "colby") == (
        0,
        "Whom did a person meet, where and when? (person = Elbridge A Colby) "
        "Nothing in this graph answers that: not stated, or none.\n",
        "",
    )


def test_a_question_of_ties_is_asked_for_what_is_stated_alone() -> None:
    code, out, err = passex("ask", "partners", "JMSDF", "--basis", "stated", "--format", "csv")
    assert (code, err) == (0, "")
    assert [line.partition(",")[0] for line in out.splitlines()] == [
        "partner",
        "Standing NATO Maritime Group Two",
        "Standing NATO Maritime Group One",
    ]
    assert passex("ask", "partners", "ROKN", "--basis", "stated") == (
        0,
        "Whom has an actor trained with, at which level, on what basis, and in which exercises? "
        "Only what is stated. (actor = Republic of Korea Navy) Nothing in this graph answers "
        "that: not stated, or none.\n",
        "",
    )
    _, shown, _ = passex("ask", "partners", "ROKN", "--basis", "stated", "--show")
    assert '  FILTER (?way = "stated")\n}\nGROUP BY' in shown


@pytest.mark.parametrize("question", ["only-planned-partners", "exercises-in-year", "plans"])
def test_a_question_of_no_ties_says_that_it_has_no_basis(question: str) -> None:
    assert passex("ask", question, "--basis", "stated") == (
        2,
        "",
        f"passex: {question} has no basis to be asked on: its rows aren't exercises that tie two; "
        "leave the basis out; it goes with partners, and with 'passex network'\n",
    )


def test_no_answer_is_empty_for_programs() -> None:
    assert passex("ask", "met-with", "colby", "--format", "json") == (0, "[]\n", "")


def test_show_prints_the_query_and_runs_nothing() -> None:
    code, out, _ = passex("ask", "ships-in", "id:passex-2018-08", "--show")
    assert code == 0
    assert "  VALUES ?exercise { <https://w3id.org/passex/id/passex-2018-08> }\n" in out
    assert "Kashima" not in out


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask", "ships-in", "June sailing"),
        ("network",),
        ("why", "Azure", "Cobalt"),
        ("why", "Azure"),
        ("show", "Azure"),
        ("stats",),
    ],
)
def test_show_prints_queries_and_no_command_runs(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("passex.questions.answers.ask", refuse)
    for name in ("ties", "why", "show", "stats"):
        monkeypatch.setattr(f"passex.api.knowledge.KnowledgeGraph.{name}", refuse)
    code, out, err = passex(*arguments, "--show", "--data", AZURE)
    assert (code, err) == (0, "")
    for query in out.split("\n\n# "):
        # Without any prefix declared.
        assert isinstance(ox.Store().query(f"# {query}"), ox.QuerySolutions)


def test_the_new_options_complete() -> None:
    for command in ("ask", "network", "show", "stats", "why"):
        assert "--show" in complete(command, start="--s")
        assert complete(command, "--format", start="j") == ["json", "jsonl"]
    assert complete("network", "--measure", start="p") == ["pagerank"]
    assert complete("network", "--level", start="s") == ["service", "state"]


def test_json() -> None:
    _, out, _ = passex("ask", "posts-of", "Kawano", "--format", "json")
    assert json.loads(out)[0]["body"] == {
        "label": "Joint Staff of the Japan Self-Defense Forces",
        "iri": "https://w3id.org/passex/id/jsdf-joint-staff",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("partner",), "passex: 'partner' is no question; did you mean partners"),
        (("partners",), "passex: partners needs ACTOR: a state, service"),
        (("partners", "Japn"), "passex: 'Japn': no actor of this graph has that name; did you"),
        (("where-is", "Atlantis"), "passex: 'Atlantis': no place of this graph has that name"),
        (("not-stated", "Nonesuch xyz"), "passex: 'Nonesuch xyz': no node of this graph has"),
        (("posts-at", "yesterday"), "passex: 'yesterday' is no date; give a day as YYYY-MM-DD"),
        (("actors", "--data", "nowhere.ttl"), "passex: nowhere.ttl: no such file or folder"),
    ],
)
def test_bad_input_is_one_line(arguments: tuple[str, ...], message: str) -> None:
    code, out, err = passex("ask", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert err.count("\n") == 1


def complete(*arguments: str, start: str) -> list[str]:
    shell = ShellComplete(cli, {}, "passex", "_PASSEX_COMPLETE")
    return [item.value for item in shell.get_completions(list(arguments), start)]


def test_questions_complete() -> None:
    assert complete("ask", start="exercises") == [
        "exercises",
        "exercises-in-year",
        "exercises-of-kind",
    ]


def test_names_complete_by_the_type_of_the_parameter() -> None:
    assert complete("ask", "met-with", start="shi") == ["Shinjiro Koizumi"]
    assert complete("ask", "where-is", start="n") == ["Nara"]
    assert complete("ask", "posts-at", start="2") == []
    assert complete("ask", "met-with", "Koizumi", start="") == []
    assert complete("ask", "nonsense", start="") == []


def test_names_of_a_graph_of_ones_own_complete() -> None:
    assert complete("ask", "--data", AZURE, "partners", start="cob")[0] == "Cobalt"
    assert complete("why", "--data", AZURE, "june", start="league s") == ["League Squadron One"]
    assert complete("show", "--data", AZURE, start="june s") == ["June sailing"]


@pytest.mark.parametrize("arguments", [("--data", "nowhere.ttl"), ("--no-cache", "--data", "")])
def test_what_is_wrong_is_no_matter_of_completion(
    arguments: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    assert complete("show", *arguments, start="") == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("shell", "words", "place", "expected"),
    [
        ("bash", "passex\nshow\nStanding", "2", "plain,Standing\\ NATO\\ Maritime\\ Group\\ One\n"),
        ("bash", 'passex\nshow\n"Standing', "2", "plain,Standing NATO Maritime Group One\n"),
        (
            "zsh",
            "passex show Standing",
            "2",
            "plain\nStanding NATO Maritime Group One\nFormation\n",
        ),
        ("fish", "passex show Pass", "Pass", "plain,id:passex-2018-08\tPassing exercise of"),
    ],
)
def test_each_shell_gets_a_name_as_one_word(
    shell: str, words: str, place: str, expected: str
) -> None:
    environment = {
        "_PASSEX_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": place,
    }
    result = CliRunner(env=environment).invoke(cli, prog_name="passex")
    assert result.stderr == ""
    assert result.stdout.startswith(expected)
