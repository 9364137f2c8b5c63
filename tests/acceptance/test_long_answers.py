"""Long answers begin with what matters, wherever they are shown; none is longer than one reads."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

import passex
from passex import tables
from passex.api.knowledge import KnowledgeGraph
from passex.cli import cli
from passex.graph.rows import Table
from passex.graph.terms import PREFIXES
from passex.query.solutions import Solutions
from passex.web import resources

#: So many states take part in one exercise; the first two in further ones, a day each.
STATES, MORE = 64, 120
#: So many claims are about the exercise of all.
CLAIMS = 75
TIES = STATES * (STATES - 1) // 2
FIRST, SECOND = "A00", "A01"


@pytest.fixture(scope="module")
def league(tmp_path_factory: pytest.TempPathFactory) -> Path:
    names = [f"A{n:02}" for n in range(STATES)]
    days = [f"2030-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(MORE)]
    parts = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()]
    parts += [f'id:{name} a nr:State ; rdfs:label "{name}" .\n' for name in names]
    for n, day in enumerate(["2029-12-31", *days]):
        parties = ", ".join(f"id:{name}" for name in (names[:2] if n else names))
        parts.append(
            f'id:e{n:03} a nr:Exercise ; rdfs:label "E{n:03}" ; nr:hasDomain nrc:naval ;'
            f' nr:hasParticipant {parties} ; nr:earliest "{day}"^^xsd:date ;'
            f' nr:latest "{day}"^^xsd:date .\n'
        )
    parts += [
        f"<urn:c{n}> nr:about id:e000 ; nr:onProperty nr:hasDomain ; nr:hasValue nrc:naval ;"
        ' nr:hasBasis nrc:background ; dcterms:source "A book" .\n'
        for n in range(CLAIMS)
    ]
    path = tmp_path_factory.mktemp("league") / "league.ttl"
    path.write_text("".join(parts), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def kg(league: Path) -> KnowledgeGraph:
    return passex.load(league)


def ask(league: Path, *arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments, "--data", str(league)])
    assert result.exit_code == 0, result.output
    return result.stdout


def page(kg: KnowledgeGraph, name: str, form: str = "html", /, **given: str) -> str:
    kind = resources.FORMATS[form]
    status, _, body = resources.answer(kg.store, name, given, kind)
    assert status == 200
    return body.decode()


def rows(html: str) -> int:
    return sum(body.count("<tr>") for body in re.findall("<tbody>(.*?)</tbody>", html, re.DOTALL))


def test_the_terminal(league: Path) -> None:
    lines = ask(league, "network", "--level", "state").splitlines()
    assert len(lines) < 60
    assert lines.count(f"{STATES - 20} more (--all)") == 1
    assert lines.count(f"{TIES - 20:,} more (--all)") == 1
    assert lines.count("--events lists the exercises behind each tie.") == 1
    [strongest] = [line for line in lines if re.match(f"{FIRST} +{SECOND} ", line)]
    assert strongest.split()[2] == str(MORE + 1)
    whole = ask(league, "network", "--level", "state", "--all").splitlines()
    assert sum(bool(re.match(r"A\d\d +A\d\d ", line)) for line in whole) == TIES


def test_few_ties_of_many_exercises_are_not_long(league: Path) -> None:
    given = ("network", "--level", "state", "--min-events", "2")
    assert "E077" not in ask(league, *given)
    assert "  - E077 (2030-" in ask(league, *given, "--events")


def test_in_brief(league: Path) -> None:
    given = ("network", "--level", "state", "--brief")
    lines = ask(league, *given).splitlines()
    assert len(lines) < 30
    assert lines.count(f"{TIES - 20:,} more (--all)") == 1
    assert lines[2].split() == ["actor", "actor", "exercises", "weight"]
    assert lines[3].split() == [FIRST, SECOND, str(MORE + 1), f"{MORE + 1 / (STATES - 1):.2f}"]
    assert not any("E0" in line for line in lines)
    whole = ask(league, *given, "--all").splitlines()
    assert sum(bool(re.match(r"A\d\d +A\d\d ", line)) for line in whole) == TIES
    assert len(ask(league, *given, "--format", "markdown").splitlines()) == 2 + 20 + 2
    assert len(ask(league, *given, "--format", "csv").splitlines()) == 1 + TIES
    written = json.loads(ask(league, *given, "--format", "json"))
    assert [*written] == ["policy", "notes", "ties"]
    assert len(written["ties"]) == TIES
    assert written["ties"][0]["source"]["label"] == FIRST
    none = ask(league, *given, "--include", "planned")
    assert "No exercise or plan that counts has such a pair at this level." in none


@pytest.mark.parametrize(
    "more",
    [
        *(["--events"], ["--communities", "greedy"], ["--by", "year"], ["--measure", "degree"]),
        *(["--weight", "count"], ["--backbone", "disparity"], ["--show"]),
    ],
)
def test_brief_has_nothing_more(league: Path, more: list[str]) -> None:
    result = CliRunner().invoke(cli, ["network", "--brief", *more, "--data", str(league)])
    assert result.exit_code == 2
    assert f"and {more[0]} asks for more; leave --brief or {more[0]} out" in result.stderr


def test_markdown(league: Path, kg: KnowledgeGraph) -> None:
    lines = ask(league, "network", "--level", "state", "--format", "markdown").splitlines()
    assert len(lines) == 2 + 20 + 2
    assert lines[-1] == f"{TIES - 20:,} more (--all)"
    assert "events" not in lines[0]
    behind = ask(league, "network", "--level", "state", "--format", "markdown", "--events")
    assert f"E001; E002; E003; E004; and {MORE - 4} more |" in behind
    served = page(kg, "network", "markdown", level="state").splitlines()
    assert served == [*lines[:-1], f"{TIES - 20:,} more (format=csv has all)"]
    assert len(page(kg, "network", "csv", level="state").splitlines()) == 1 + TIES


def test_named_questions(league: Path, kg: KnowledgeGraph) -> None:
    # Each of the first two has a row an exercise with the other, and one with each of the rest.
    number = MORE + STATES - 1
    given = ("ask", "partners", FIRST)
    lines = ask(league, *given).splitlines()
    assert len(lines) == 1 + 20 + 1
    assert lines[-1] == f"{number - 20} more (--all)"
    whole = ask(league, *given, "--all").splitlines()
    assert (len(whole), whole[:21]) == (1 + number, lines[:21])
    marked = ask(league, *given, "--format", "markdown").splitlines()
    assert (len(marked), marked[-2:]) == (2 + 20 + 2, ["", lines[-1]])
    assert page(kg, "ask", "markdown", question="partners", actor=FIRST).splitlines() == [
        *marked[:-1],
        f"{number - 20} more (format=csv has all)",
    ]
    assert len(ask(league, *given, "--format", "csv").splitlines()) == 1 + number
    assert len(json.loads(ask(league, *given, "--format", "json"))) == number
    assert len(kg.ask("partners", FIRST).rows) == number
    few = ask(league, "ask", "ships-in", "E001").splitlines()
    assert not any("more" in line for line in few)


def test_a_notebook(kg: KnowledgeGraph) -> None:
    network = kg.ties(passex.Policy(level="state"))
    html = network._repr_html_()
    assert rows(html) == 20
    assert f"<p>{TIES - 20:,} more (records() has all)</p>" in html
    assert "E000" not in html
    assert len(network.records()) == TIES
    assert rows(kg.rank(network).centralities._repr_html_()) == 20
    assert rows(kg.why(FIRST, SECOND, everything=True)._repr_html_()) == 20
    found = kg.query("SELECT * { ?s nr:trainedWith ?o }")
    assert isinstance(found, Solutions)
    assert rows(found._repr_html_()) == 20
    assert f"{2 * TIES - 20:,} more" in found._repr_html_()


def test_the_server_has_pages_of_fifty(kg: KnowledgeGraph) -> None:
    seen: list[tuple[str, ...]] = []
    for number in range(1, -(-TIES // 50) + 1):
        html = page(kg, "network", level="state", page=str(number))
        ties = html[html.index("<h2>Ties</h2>") : html.index("<h2>Centralities</h2>")]
        assert rows(ties) == min(50, TIES - len(seen))
        seen += re.findall('<a href="/entity/(A..)".*?<a href="/entity/(A..)"', ties)
    assert seen[0] == (FIRST, SECOND)
    assert sorted(seen) == sorted(combinations([f"A{n:02}" for n in range(STATES)], 2))
    first = page(kg, "network", level="state")
    assert f"Ties 1 to 50 of {TIES:,}: " in first
    assert '<a href="/network?level=state&amp;page=2" rel="next">' in first
    assert f'href="/why?a=id%3A{FIRST}&amp;b=id%3A{SECOND}" aria-label=' in first
    assert f">{MORE + 1}</a>" in first
    assert "E000" not in first


def test_evidence_is_the_latest_twenty_and_then_in_pages(kg: KnowledgeGraph) -> None:
    html = page(kg, "why", a=FIRST, b=SECOND)
    assert html.count('<section class="reason">') == 20
    assert f"These are the latest 20; there are {MORE - 19} more." in html
    every = [page(kg, "why", a=FIRST, b=SECOND, all="true", page=str(n)) for n in (1, 2, 3)]
    assert [one.count('<section class="reason">') for one in every] == [50, 50, MORE - 99]
    assert f"Occasions 51 to 100 of {MORE + 1}" in every[1]
    # The exercise of all is the first, with its 64 parties.
    assert f"{STATES - 20} more (its page has all)" in every[0]


def test_a_node_with_much_behind_it(league: Path, kg: KnowledgeGraph) -> None:
    out = ask(league, "show", FIRST)
    assert f"; {MORE - 19} more (--all)\n" in out
    assert f"; {STATES - 21} more (--all)\n" in out
    assert "more (--all)" not in ask(league, "show", FIRST, "--all")
    html = page(kg, "entity", name=FIRST)
    assert f"Values 1 to 50 of {MORE + 1}: " in html
    assert '<a href="/entity/A00?page=2" rel="next">next page</a>' in html
    listed = re.sub("<svg.*?</svg>", "", html, flags=re.DOTALL)
    assert listed.count('href="/entity/e') == 50
    assert html.count('href="/entity/e') == 50 + 24  # which the picture shows
    wide = ask(league, "why", FIRST, "A05")
    assert f", {STATES - 20} more (passex show --all)\n" in wide


def test_the_chain_behind_a_row_is_the_latest_twenty(league: Path) -> None:
    query = "SELECT ?b { VALUES ?b { id:A01 } id:A00 nr:trainedWith ?b }"
    lines = ask(league, "query", query, "--why").splitlines()
    rest = f"  These are the latest 20; there are {MORE - 19} more (passex why --all)."
    assert lines.count(rest) == 1
    assert sum(bool(re.match(r"  \d+\. E\d\d\d ", line)) for line in lines) == 20


def test_reasons_against_are_twenty_and_a_count(league: Path) -> None:
    out = ask(league, "why", FIRST, SECOND, "--since", "2040")
    assert out.count("only what took place since 2040 counts") == 20
    assert f"  - And {MORE - 19} reasons more.\n" in out


def test_a_picture_of_a_tie_says_how_many(kg: KnowledgeGraph) -> None:
    html = page(kg, "network", level="state", **{"min-events": "2"})
    assert f"<title>{FIRST} trained with {SECOND}: {MORE + 1} held</title>" in html


def test_an_event_with_many_claims(league: Path, kg: KnowledgeGraph) -> None:
    lines = ask(league, "why", "E000").splitlines()
    assert lines[0] == f"E000 (Exercise, id:e000): {CLAIMS} claims"
    assert lines[-1] == f"and {CLAIMS - 20} more (--all)"
    assert sum(line.startswith("- ") for line in lines) == 20
    assert "more" not in ask(league, "why", "E000", "--all")
    assert ask(league, "show", "E000").splitlines()[-1] == f"{CLAIMS - 20} more (--all)"
    found = json.loads(ask(league, "why", "E000", "--format", "json"))
    assert (len(found["claims"]), found["number"]) == (20, CLAIMS)
    html = page(kg, "why", a="E000")
    assert f"and {CLAIMS - 20} more" in html
    assert html.count("<li><p>") == 20
    second = page(kg, "why", a="E000", all="true", page="2")
    assert f"Claims 51 to {CLAIMS} of {CLAIMS}: " in second
    assert second.count("<li><p>") == CLAIMS - 50


def test_a_cell_of_many_is_cut_for_people_alone() -> None:
    table = Table(("n",), ((tuple("abcdefg"),),))
    assert "a; b; c; d; e; and 2 more<" in table._repr_html_()
    assert tables.csv(table) == "n\r\na; b; c; d; e; f; g\r\n"
