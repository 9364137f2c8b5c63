"""`passex network` as a person meets it: exact output, exit codes, bad input."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from processes import started

from passex.cli import cli

DATA = str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")
PASSEX = [sys.executable, "-m", "passex"]


NEWMAN = (
    "With Newman's weights an actor's strength is the number of its exercises of two or more "
    "parties (Newman 2001)"
)


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_ties_events_and_notes() -> None:
    code, out, err = passex("network", "--data", DATA)
    assert (code, err) == (0, "")
    assert out == (
        """\
Who trains with whom: service level; exercises held and under way; naval domain

3 actors, 2 ties, density 0.667; centralities in this network:
actor                degree  strength  betweenness
Azure Navy                2     5.000        1.000
Cobalt Navy               1     3.000        0.000
League Squadron One       1     2.000        0.000
"""
        f"{NEWMAN}.\n"
        """
actor       actor                exercises  weight  basis   sources
Azure Navy  Cobalt Navy                  3    3.00  stated        1
Azure Navy  League Squadron One          2    2.00  stated        1

Azure Navy and Cobalt Navy
  - Rescue exercise (2029; held; 2 parties; inferred) [Article on the harbour]
  - July sailing (2030-07; held; 2 parties) [no article]
  - Three-way drill (no date; under way when reported; 2 parties; inferred) [no article]
Azure Navy and League Squadron One
  - Meeting at sea (2030-05-06; held; 2 parties) [Article on the harbour]
  - June sailing (2030-06-10 to 2030-06-20; held; 2 parties) [no article]

Note: 1 exercise with pairs has participants that do not appear at service level: """
        """Three-way drill (without Umber \
[Umber Northern Navy or Umber Southern Navy, and it isn't said which]).
Note: 1 plan is not counted, since planned is not included.
Note: No ranking: 5 of the 10 exercises that it would take to rank 3 actors.
"""
    )


def test_plans_are_counted_apart() -> None:
    include = "held, under-way,planned"
    code, out, _ = passex("network", "--level", "state", "--include", include, "--data", DATA)
    assert code == 0
    assert out.splitlines()[:13] == [
        "Who trains with whom: state level; exercises held and under way, and plans not yet "
        "realised; naval domain",
        "",
        "3 actors, 3 ties, density 1.000; centralities in this network:",
        "actor   degree  strength  betweenness",
        "Cobalt       2     4.000        1.000",
        "Azure        2     3.000        0.000",
        "Umber        2     2.000        0.000",
        NEWMAN.replace("exercises", "exercises or plans") + ".",
        "",
        "actor   actor   exercises  weight  plans  plan weight  basis   sources",
        "Azure   Cobalt          3    2.50      0         0.00  stated        1",
        "Cobalt  Umber           1    0.50      1         1.00  stated        1",
        "Azure   Umber           1    0.50      0         0.00  stated        0",
    ]


def test_plans_alone() -> None:
    code, out, _ = passex("network", "--level", "state", "--include", "planned", "--data", DATA)
    assert code == 0
    assert out == (
        "Who trains with whom: state level; plans not yet realised; naval domain\n\n"
        "2 actors, 1 tie, density 1.000; centralities in this network:\n"
        "actor   degree  strength  betweenness\n"
        "Cobalt       1     1.000        0.000\n"
        "Umber        1     1.000        0.000\n"
        f"{NEWMAN.replace('exercises', 'plans')}.\n\n"
        "actor   actor  plans  plan weight  basis   sources\n"
        "Cobalt  Umber      1         1.00  stated        1\n\n"
        "Cobalt and Umber\n"
        "  - Drill of Umber and Cobalt (no date; announced when reported; 2 parties) "
        "[Article on the harbour]\n\n"
        "Note: No ranking: 1 of the 10 plans that it would take to rank 2 actors.\n"
    )


def test_no_ties_is_said_with_the_reason() -> None:
    code, out, _ = passex("network", "--level", "unit", "--domain", "air", "--data", DATA)
    assert code == 0
    assert out == (
        "Who trains with whom: unit level; exercises held and under way; air domain\n\n"
        "No exercise or plan that counts has a pair at this level.\n\n"
        "Note: There are pairs at other levels: state, organisation.\n"
        "Note: 1 of 1 exercise has no pair at unit level: Air week (without Azure, Umber).\n"
    )


def test_a_period() -> None:
    arguments = ["--since", "2030-06-20", "--until", "2030", "--level", "organisation"]
    code, out, _ = passex("network", *arguments, "--data", DATA)
    assert code == 0
    assert out == (
        "Who trains with whom: organisation level; exercises held and under way; naval domain; "
        "2030-06-20 to 2030\n\n"
        "3 actors, 2 ties, density 0.667; centralities in this network:\n"
        "actor       degree  strength  betweenness\n"
        "Azure            2     2.000        1.000\n"
        "Cobalt           1     1.000        0.000\n"
        "the League       1     1.000        0.000\n"
        f"{NEWMAN}.\n\n"
        "actor  actor       exercises  weight  basis     sources\n"
        "Azure  Cobalt              1    1.00  inferred        0\n"
        "Azure  the League          1    1.00  inferred        0\n\n"
        "Azure and Cobalt\n"
        "  - July sailing (2030-07; held; 2 parties; inferred) [no article]\n"
        "Azure and the League\n"
        "  - June sailing (2030-06-10 to 2030-06-20; held; 2 parties; inferred) [no article]\n\n"
        "Note: 1 of 2 exercises only may have taken place then: June sailing.\n"
        "Note: 1 without dates is not counted: Three-way drill.\n"
        "Note: No ranking: 2 of the 10 exercises that it would take to rank 3 actors.\n"
    )


def test_no_tie_of_as_many_exercises() -> None:
    code, out, _ = passex("network", "--min-events", "9", "--data", DATA)
    assert code == 0
    assert out == (
        "Who trains with whom: service level; exercises held and under way; naval domain; "
        "ties of at least 9 exercises\n\n"
        "No tie is of at least 9 exercises at this level.\n\n"
        "Note: 2 ties are left out, of fewer than 9 exercises.\n"
        "Note: 1 exercise with pairs has participants that do not appear at service level: "
        "Three-way drill (without Umber "
        "[Umber Northern Navy or Umber Southern Navy, and it isn't said which]).\n"
        "Note: 1 plan is not counted, since planned is not included.\n"
    )


def test_groups_are_refused_where_a_ranking_is() -> None:
    code, out, _ = passex("network", "--communities", "--data", DATA)
    assert code == 0
    assert out == passex("network", "--data", DATA)[1] + (
        "Note: No groups: 5 of the 10 exercises that it would take to divide 3 actors.\n"
    )


ID = "https://w3id.org/passex/id/"
SAID = """\
Who trains with whom: state level; exercises held and under way, and plans not yet realised; \
naval domain
2 of 5 exercises have no pair at state level: June sailing (without CB Wren); Meeting at sea \
(without League Squadron One).
"""


def written(form: str, *arguments: str) -> tuple[str, str]:
    every = ["--level", "state", "--include", "held,under-way,planned", "--data", DATA]
    code, out, err = passex("network", "--format", form, *every, *arguments)
    assert code == 0
    return out, err


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl", "markdown"])
def test_rows_have_the_policy_and_the_notes_beside_them(form: str) -> None:
    assert written(form)[1] == SAID


@pytest.mark.parametrize("form", ["table", "json"])
def test_what_has_room_for_the_notes_has_them_in_it(form: str) -> None:
    out, err = written(form)
    assert err == ""
    assert "2 of 5 exercises have no pair at state level" in out


def test_no_ties_are_a_header_alone() -> None:
    assert written("csv", "--min-events", "9")[0] == (
        "source,source_iri,target,target_iri,exercises,weight,plans,plan_weight,basis,first,last,"
        "sources,sources_iri,events,events_iri,planned_events,planned_events_iri\n"
    )
    assert written("jsonl", "--min-events", "9")[0] == ""


def test_json_has_what_is_said_about_the_ties() -> None:
    out = json.loads(written("json", "--since", "2030", "--communities", "--weight", "count")[0])
    assert out == {
        "policy": {
            "words": "state level; exercises held and under way, and plans not yet realised; "
            "naval domain; since 2030",
            "level": "state",
            "include": ["held", "under-way", "planned"],
            "domain": "naval",
            "since": "2030",
            "until": None,
            "min_events": 1,
            "basis": "any",
            "backbone": None,
            "alpha": 0.05,
        },
        "notes": [
            "2 of 3 exercises have no pair at state level: June sailing (without CB Wren); "
            "Meeting at sea (without League Squadron One).",
            "2 without dates are not counted: Drill of Umber and Cobalt; Three-way drill.",
        ],
        "centralities": {
            "weight": "count",
            "density": 1.0,
            "notes": [],
            "actors": [
                {"actor": actor, "degree": 1, "strength": 1.0, "betweenness": 0.0}
                for actor in (
                    {"label": "Azure", "iri": f"{ID}azure"},
                    {"label": "Cobalt", "iri": f"{ID}cobalt"},
                )
            ],
        },
        "ranking": {
            "measure": "strength",
            "weight": "count",
            "events": 1,
            "articles": 1,
            "warnings": [
                "No ranking: 1 of the 10 exercises or plans that it would take to rank 2 actors."
            ],
            "places": [],
        },
        "communities": {
            "weight": "count",
            "method": "greedy",
            "resolution": 1.0,
            "modularity": None,
            "warnings": [
                "No groups: 1 of the 10 exercises or plans that it would take to divide 2 actors."
            ],
            "groups": [],
        },
        "ties": [
            {
                "source": {"label": "Azure", "iri": f"{ID}azure"},
                "target": {"label": "Cobalt", "iri": f"{ID}cobalt"},
                "exercises": 1,
                "weight": 1.0,
                "plans": 0,
                "plan_weight": 0.0,
                "basis": "inferred",
                "first": "2030-07-01",
                "last": "2030-07-31",
                "sources": [],
                "events": [{"label": "July sailing", "iri": f"{ID}july-sailing"}],
                "planned_events": [],
            }
        ],
    }
    assert "communities" not in json.loads(written("json")[0])


def test_derived_triples_in_the_data_are_ignored_and_said(tmp_path: Path) -> None:
    path = tmp_path / "more.ttl"
    path.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        "@prefix id: <https://w3id.org/passex/id/> .\n"
        "id:azure nr:trainedWith id:league .\n"
    )
    code, out, err = passex("network", "--data", DATA, "--data", str(path))
    assert code == 0
    assert out == passex("network", "--data", DATA)[1]
    assert err == (
        "passex: 1 triple of derived properties in the data ignored; they come from the rules "
        "alone\n"
    )


def test_bundled_and_own_facts_together() -> None:
    both = passex("network", "--level", "state", "--data", "bundled", "--data", DATA)[1]
    assert "Azure " in both
    assert passex("network", "--data", "bundled") == passex("network")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--include", "hoped"], 2, "'hoped' is nothing to include; use one or more of "),
        (
            ["--since", "May"],
            2,
            "'May' is no year, month or day; write it as 2017, ",
        ),
        (["--since", "2031", "--until", "2030"], 2, "since 2031 is later than until 2030; give "),
        (["--min-events", "0"], 2, "0 is no number of exercises that a tie can need; use 1 or "),
        (
            ["--communities", "--format", "csv"],
            2,
            "groups do not fit into rows of ties; use --communities with --format table or json",
        ),
        (
            ["--alpha", "0.1"],
            2,
            "--alpha changes nothing without --backbone; leave it out, or give",
        ),
        (["--seed", "2"], 2, "--seed changes nothing without --communities; leave it out, or give"),
        (
            ["--communities", "--seed", "2"],
            2,
            "--seed changes nothing with --communities greedy; leave it out, or use one of louvain",
        ),
        (
            ["--communities", "louvain", "--resolution", "0"],
            2,
            "0.0 is no resolution; use a number above 0, such as 1",
        ),
        (["--backbone", "sdsm", "--alpha", "5%"], 2, "'5%' is no significance level; use a number"),
        (["--by", "year", "--communities"], 2, "a series by year has no groups; leave --communit"),
        (["--by", "year", "--measure", "all"], 2, "a series by year has no measures all together;"),
        (["--include", ","], 2, "nothing to include; use one or more of held,under-way,planned"),
        (["--domain", "space"], 2, "no exercise or plan of this graph is in the domain 'space'; "),
        (["--data", "no/such.ttl"], 2, "no/such.ttl: no such file or folder; check the path"),
        (["--data", os.devnull], 2, f"{os.devnull}: not the name of an RDF file; the extension"),
    ],
)
def test_bad_usage_is_one_line(arguments: list[str], code: int, message: str) -> None:
    found, out, err = passex("network", "--data", DATA, *arguments)
    assert (found, out) == (code, "")
    assert err.startswith("passex: " + message)
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("option", "possible"),
    [
        ("--basis", "'any', 'stated'"),
        ("--backbone", "'disparity', 'sdsm'"),
        ("--communities", "'greedy', 'louvain', 'leiden'"),
        ("--by", "'year'"),
        ("--level", "'unit', 'service', 'state', 'organisation', 'named'"),
    ],
)
def test_a_wrong_choice_lists_what_is_possible(option: str, possible: str) -> None:
    code, out, err = passex("network", option, "x")
    assert (code, out) == (2, "")
    assert f"Invalid value for '{option}': 'x' is not " in err
    assert all(choice in err for choice in possible.split(", "))


def test_a_backbone_shows_how_likely_its_ties_are() -> None:
    whole = json.loads(written("json")[0])["ties"]
    given = ["--backbone", "disparity", "--alpha", "0.9", "--level", "state", "--data", DATA]
    lines = passex("network", *given)[1].splitlines()
    [head] = [line for line in lines if line.startswith("actor  ") and " basis " in line]
    assert head.split() == ["actor", "actor", "exercises", "weight", "p", "basis", "sources"]
    kept = json.loads(written("json", "--backbone", "disparity", "--alpha", "0.9")[0])
    assert kept["notes"][0].startswith(f"{len(kept['ties'])} of {len(whole)} ties are kept, and ")
    assert (kept["policy"]["backbone"], kept["policy"]["alpha"]) == ("disparity", 0.9)
    rows = [json.loads(line) for line in written("jsonl", *given[:4])[0].splitlines()]
    assert [row["p"] for row in rows] == [tie["p"] for tie in kept["ties"]]
    assert written("csv", *given[:4])[0].splitlines()[0].endswith(",p")


def test_groups_say_how_they_were_found(tmp_path: Path) -> None:
    path = tmp_path / "ring.ttl"
    path.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> . @prefix : <https://example.org/> .\n"
        + "".join(f":s{n} a nr:State . " for n in range(12))
        + "".join(
            f":e{n} a nr:Exercise ; nr:hasParticipant :s{n}, :s{(n + 1) % 12} . " for n in range(12)
        )
    )
    given = ["network", "--level", "state", "--domain", "all", "--data", str(path)]
    for method, name in (("louvain", "Louvain"), ("leiden", "Leiden")):
        more = ["--communities", method, "--resolution", "2", "--seed", "7"]
        out = passex(*given, *more)[1]
        assert f"\nGroups by {name} at resolution 2, seed 7, of modularity " in out
        found = json.loads(passex(*given, *more, "--format", "json")[1])["communities"]
        assert (found["method"], found["resolution"], found["seed"]) == (method, 2.0, 7)
        assert len(found["groups"]) == 12
        assert passex(*given, *more)[1] == out
    assert "\nGroups by greedy modularity, of modularity " in passex(*given, "--communities")[1]


def test_a_series_has_an_actor_a_line_and_a_year_a_column() -> None:
    assert written("table", "--by", "year", "--measure", "degree")[0] == (
        "Degree by year: state level; exercises held and under way, and plans not yet realised; "
        "naval domain\n"
        "\n"
        "actor        2029  2030\n"
        "Azure           1     1\n"
        "Cobalt          1     1\n"
        "(exercises)     1     3\n"
        "(ties)          1     1\n"
        "\n"
        "Note: 2 without dates are not counted: Drill of Umber and Cobalt; Three-way drill.\n"
        "Note: 2 of 5 exercises have no pair at state level: June sailing (without CB Wren); "
        "Meeting at sea (without League Squadron One).\n"
    )


def test_a_series_as_rows_and_as_json() -> None:
    rows, notes = written("csv", "--by", "year")
    assert rows.splitlines() == [
        "year,actor,actor_iri,strength,exercises,plans,uncertain",
        f"2029,Azure,{ID}azure,1.0,1,0,0",
        f"2029,Cobalt,{ID}cobalt,1.0,1,0,0",
        f"2030,Azure,{ID}azure,1.0,3,0,0",
        f"2030,Cobalt,{ID}cobalt,1.0,3,0,0",
    ]
    assert notes.splitlines()[0].startswith("Strength by year: state level; ")
    found = json.loads(written("json", "--by", "year")[0])
    assert [*found] == ["policy", "measure", "weight", "notes", "years", "actors"]
    assert len(found["actors"]) == len(rows.splitlines()) - 1
    assert found["notes"] == notes.splitlines()[1:]


def test_a_level_that_does_not_exist() -> None:
    code, out, err = passex("network", "--level", "fleet")
    assert (code, out) == (2, "")
    assert "'fleet' is not one of 'unit', 'service', 'state', 'organisation'" in err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "x.ttl: no triples; give files that hold facts"),
        (b"\n  <a b> <c> .", "x.ttl:2:3: not Turtle: "),
        (b'<https://e.org/a> <https://e.org/b> "\xe9" .', "x.ttl:1:38: not UTF-8 (byte 0xe9 at "),
        (
            b"<https://e.org/a> <https://e.org/b> <https://e.org/c> .",
            "x.ttl: no node of a class of the Passex ontology; the vocabulary there: <https://e.org",
        ),
    ],
)
def test_bad_files_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.ttl").write_bytes(data)
    code, out, err = passex("network", "--data", "x.ttl")
    assert (code, out) == (2, "")
    assert err.startswith("passex: " + message)
    assert err.count("\n") == 1


def test_an_empty_folder(tmp_path: Path) -> None:
    code, _, err = passex("network", "--data", str(tmp_path))
    assert code == 2
    assert err.startswith(f"passex: {tmp_path}: no RDF files in this folder; looked for .ttl ")


# ------------------------------------------------------------------------------- as whole processes


def test_as_a_module() -> None:
    done = subprocess.run(
        [*PASSEX, "network", "--data", DATA], capture_output=True, text=True, encoding="utf-8"
    )
    assert (done.returncode, done.stdout) == passex("network", "--data", DATA)[:2]


def test_version() -> None:
    import passex as package

    done = subprocess.run([*PASSEX, "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, f"passex {package.__version__}\n")


def test_help_lists_the_commands_with_examples() -> None:
    code, out, _ = passex("--help")
    assert code == 0
    assert re.search("^  network +Who trains with whom.$", out, re.MULTILINE)
    for command in ("network", "why"):
        assert f"  passex {command} " in passex(command, "--help")[1]


def test_errors_go_to_stderr_with_the_exit_code() -> None:
    done = subprocess.run([*PASSEX, "network", "--data", "no.ttl"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == ("passex: no.ttl: no such file or folder; check the path\n")
    done = subprocess.run([*PASSEX, "nothing"], capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="no pipes of this kind")
def test_a_closed_pipe_is_quiet() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*PASSEX, "network", "--data", DATA], stdout=write, stderr=subprocess.PIPE, text=True
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
def test_ctrl_c_is_a_line(tmp_path: Path) -> None:
    # A pipe that nobody writes to keeps the command waiting in the middle of its work.
    fifo = tmp_path / "slow.nq"
    os.mkfifo(fifo)
    # Opening it returns when the command opens it too.
    command = [*PASSEX, "network", "--data", str(fifo)]
    with started(command) as process, fifo.open("wb"):
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert (process.returncode, err.strip()) == (130, b"passex: interrupted")


def test_a_graph_without_exercises_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "states.ttl"
    path.write_text("<https://e.org/a> a <https://w3id.org/passex/ontology#State> .")
    assert passex("network", "--data", str(path)) == (
        0,
        "Who trains with whom: service level; exercises held and under way; naval domain\n\n"
        "No exercise or plan that counts has a pair at this level.\n",
        "",
    )


# --------------------------------------------------------------------------- what is long, and help


@pytest.fixture
def league(tmp_path: Path) -> str:
    """Seven states, each of which trained with each other once: 21 ties."""
    names = "abcdefg"
    path = tmp_path / "league.ttl"
    path.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        "@prefix nrc: <https://w3id.org/passex/concept/> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix : <https://example.org/> .\n"
        + "".join(f':{n} a nr:State ; rdfs:label "{n.upper()}" .\n' for n in names)
        + "".join(
            f":{a}{b} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :{a}, :{b} .\n"
            for a in names
            for b in names
            if a < b
        )
    )
    return str(path)


def test_a_long_answer_begins_with_twenty_ties(league: str) -> None:
    given = ("network", "--level", "state", "--data", league)
    short, whole = passex(*given)[1], passex(*given, "--all")[1]
    ties = [f"{a}      {b}" for a in "ABCDEFG" for b in "ABCDEFG" if a < b]
    for text, number in ((short, 20), (whole, 21)):
        shown = [line[:8] for line in text.splitlines() if re.match("[A-G]      [A-G]  ", line)]
        assert shown == ties[:number]
        # Beyond twenty ties the exercises are shown to who asks for them.
        assert "\nA and B\n" not in text
    assert short.splitlines().count("1 more (--all)") == 1
    assert "more (--all)" not in whole
    for more, number in (((), 20), (("--all",), 21)):
        text = passex(*given, "--events", *more)[1]
        assert len(re.findall("^[A-G] and [A-G]$", text, re.MULTILINE)) == number


def test_markdown_begins_with_twenty_ties_and_formats_for_programs_have_all(league: str) -> None:
    given = ("network", "--level", "state", "--data", league, "--format")
    table = passex(*given, "markdown")[1].splitlines()
    assert len(table) == 2 + 20 + 2
    assert table[-2:] == ["", "1 more (--all)"]
    assert len(passex(*given, "markdown", "--all")[1].splitlines()) == 2 + 21
    for form in ("csv", "tsv"):
        assert len(passex(*given, form)[1].splitlines()) == 1 + 21
    assert len(passex(*given, "jsonl")[1].splitlines()) == 21
    assert len(json.loads(passex(*given, "json")[1])["ties"]) == 21


def test_every_measure(league: str) -> None:
    given = ("network", "--level", "state", "--data", DATA, "--measure", "all")
    figures = json.loads(passex(*given, "--format", "json")[1])["centralities"]
    names = ["degree", "strength", "betweenness", "closeness", "eigenvector", "pagerank"]
    assert list(figures["actors"][0]) == ["actor", *names, "constraint", "core"]
    assert passex(*given)[1].splitlines()[3].split() == list(figures["actors"][0])
    closeness = json.loads(passex(*given[:-1], "closeness", "--format", "json")[1])
    assert list(closeness["centralities"]["actors"][0]) == ["actor", *names[:4]]
    assert closeness["ranking"]["measure"] == "closeness"


def test_without_a_command_there_is_the_help() -> None:
    code, out, err = passex()
    assert (code, err) == (0, "")
    assert out == passex("--help")[1]
    done = subprocess.run(PASSEX, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\n  network   Who trains with whom.\n" in done.stdout


@pytest.mark.parametrize("command", ["network", "validate"])
def test_a_wrong_option_points_to_the_help_of_its_command(command: str) -> None:
    done = subprocess.run([*PASSEX, command, "--foo"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("passex: No such option '--foo'")
    assert done.stderr.endswith(f"; see 'python -m passex {command} --help'\n")


def test_a_wrong_option_is_known_to_be_of_its_command() -> None:
    with click.Context(cli) as context:
        commands = cli.list_commands(context)
    for command in commands:
        with pytest.raises(click.UsageError) as caught:
            cli.main([command, "--foo"], prog_name="passex", standalone_mode=False)
        assert caught.value.ctx is not None
        assert caught.value.ctx.command_path == f"passex {command}"
