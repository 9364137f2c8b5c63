"""`--as-of` as a person meets it; the answers are in test_story.py and in unit/test_as_of.py."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import passex
from passex.cli import cli
from passex.exports.build import Choice
from passex.graph import dataset
from passex.graph.store import Store
from passex.graph.terms import AS_OF, LEVELS
from passex.query.solutions import Solutions
from passex.web import resources
from passex.web.negotiation import HTML, JSON
from passex.web.server import _prepare
from passex.web.settings import Settings

DAY = "2018-12-31"
WORDS = f"as of {DAY}: 2 of 3 articles"
NOTE = f"As of {DAY}: 2 of 3 articles."
MEMBER = {"day": DAY, "articles": 2, "of": 3, "note": NOTE}


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


COMMANDS = (
    ("network",),
    ("network", "--level", "unit", "--since", "2030"),
    ("ask", "plans"),
    ("ask", "met-with", "Hiroyuki Izumi"),
    ("show", "JS Kashima"),
    ("why", "Japan", "Russia"),
    ("why", "JS Kashima"),
    ("stats",),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_every_answer_says_as_of_which_day_it_is(command: tuple[str, ...], form: str) -> None:
    for _ in range(2):  # from the files, and from the cache
        code, out, err = run(*command, "--as-of", DAY, "--format", form)
        assert code == 0
        if form == "table":
            lines = out.splitlines()
            assert [line for line in lines if NOTE in line] == (
                [f"Note: {NOTE}"] if command[0] == "network" else [NOTE]
            )
        elif form == "json" and command[0] != "ask":
            assert json.loads(out)["as_of"] == MEMBER
        else:
            assert err.count(NOTE) == 1
            assert NOTE not in out
    code, out, err = run(*command, "--format", form)
    assert "as of" not in (out + err).lower()


def test_a_query_and_exports_say_so() -> None:
    query = "SELECT ?e WHERE { ?e a nr:Exercise } ORDER BY ?e"
    code, out, err = run("query", query, "--as-of", DAY, "--format", "json")
    assert (code, err) == (0, f"passex: {NOTE}\n")
    found = {row["e"]["value"] for row in json.loads(out)["results"]["bindings"]}
    every = passex.load().query(query)
    assert isinstance(every, Solutions)
    assert found < {row["e"].value for row in every if row["e"]}
    code, out, err = run("export", "turtle", "--what", "graph", "--as-of", DAY)
    assert (code, err.count(NOTE)) == (0, 1)
    assert AS_OF not in out
    assert "yokosuka-talks" not in out
    for what in ("network", "two-mode", "meetings", "graph"):
        code, out, err = run("export", "cyjs", "--what", what, "--as-of", DAY)
        assert (code, err.count(NOTE)) == (0, 1)
    code, out, err = run("stats", "--format", "void", "--as-of", DAY)
    assert (code, err) == (0, f"passex: {NOTE}\n")
    page = str(passex.load(as_of=DAY).export("html"))
    assert f"<title>Who trains with whom, {WORDS}</title>" in page


@pytest.mark.parametrize(
    ("day", "number"),
    [("2017-12-17", 1), ("2018-08-30", 1), ("2018-08-31", 2), ("2026-01-30", 2), ("2026-01-31", 3)],
)
def test_the_graph_as_of_a_day_is_that_of_the_articles_up_to_it(day: str, number: int) -> None:
    graph = dataset.root() / "graph"
    files = sorted((graph / "articles").iterdir())[:number]
    then = passex.load(graph / "actors.ttl", *files, cached=False)
    now = passex.load(as_of=day)
    for level in LEVELS:
        policy = passex.Policy(level, ("held", "under-way", "planned"), "all")
        ties, was = now.ties(policy), then.ties(policy)
        assert (ties.ties, ties.alone, ties.notes[1:]) == (was.ties, was.alone, was.notes)
    for name in (
        "articles",
        "exercises",
        "meetings",
        "visits",
        "statements",
        "series",
        "relations",
    ):
        assert now.ask(name).records() == then.ask(name).records(), name
    before = then.ask("plans").records()
    for row in before:
        # The day itself counts, and not that of the newest article.
        if row["outcome"] == "open" and "" < row["latest"] < day:
            row["outcome"] = "overdue"
    assert now.ask("plans").records() == before


def test_an_export_as_of_a_day_is_the_graph_of_that_day(tmp_path: Path) -> None:
    path = tmp_path / "then.ttl"
    path.write_text(str(passex.load(as_of=DAY).export("turtle", Choice("graph"))))
    code, out, _ = run("validate", str(path), "--fail-on", "warning")
    assert code == 0, out
    again = passex.load(path, cached=False)
    assert again.as_of is None
    assert again.stats().articles == 2
    ties, then = again.ties(), passex.load(as_of=DAY).ties()
    assert (ties.ties, (NOTE, *ties.notes)) == (then.ties, then.notes)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2017-12-16", "no article of this graph is as old as 2017-12-16; give 2017-12-17 or a "
         "later day"),
        ("9999-01-01", "9999-01-01 is still to come; give a day up to "),
        ("tomorrow", "'tomorrow' is no day; give one as YYYY-MM-DD"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", [("network",), ("ask", "plans"), ("query", "ASK {}")])
def test_a_day_as_of_which_nothing_can_be_said(
    command: tuple[str, ...], day: str, message: str
) -> None:
    code, out, err = run(*command, "--as-of", day)
    assert (code, out) == (2, "")
    assert err.startswith(f"passex: {message}")
    assert err.count("\n") == 1


def test_a_name_that_no_article_of_then_has() -> None:
    for command in (("show", "Yonhap"), ("query", "SELECT ?p { ?x ?p 1 }", "--bind", "x=Yonhap")):
        assert run(*command)[0] == 0
        code, out, err = run(*command, "--as-of", DAY)
        assert (code, out) == (2, "")
        said = sorted(err.splitlines())
        assert said[0].startswith("passex: 'Yonhap': no")
        assert said[1:] == [f"passex: {NOTE}"]


def test_the_graph_of_a_server_stays_as_it_is() -> None:
    code, out, err = run("stats", "--as-of", DAY, "--endpoint", "http://localhost:9/")
    assert (code, out) == (2, "")
    assert err == (
        "passex: --as-of is for files, and the graph of a server stays as it is; give the files "
        "with --data, or start the server with --as-of\n"
    )


def test_a_server_that_is_as_of_a_day(tmp_path: Path) -> None:
    path, _ = _prepare(Settings(as_of=DAY), tmp_path, pytest.fail)
    engine = ox.Store()
    engine.load(path=path, format=ox.RdfFormat.N_QUADS)
    store = Store(engine)

    def get(resource: str, media_type: str, **given: str) -> Any:
        status, _, body = resources.answer(store, resource, given, media_type)
        assert status == 200
        return body.decode()

    assert json.loads(get("show", JSON, name="Japan"))["as_of"] == MEMBER
    assert json.loads(get("network", JSON))["as_of"] == MEMBER
    for name, given in (("ask", {"question": "plans"}), ("show", {"name": "Japan"})):
        page = get(name, HTML, **given)
        assert re.search(rf"</h1><p>{re.escape(NOTE)}</p>", page)
    code, _, err = run("serve", "--writable", "--store", "x", "--as-of", DAY)
    assert code == 2
    assert err == (
        "passex: --as-of is for a graph that stays as it is, and --writable lets it change; "
        "give one of them\n"
    )
