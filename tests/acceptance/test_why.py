"""`passex why` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex.cli import cli
from passex.graph.terms import ID

FOLDER = Path(__file__).resolve().parents[1] / "data"
DATA = ["--data", str(FOLDER / "azure.ttl")]


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_a_tie_with_its_evidence_and_sentences() -> None:
    texts = str(FOLDER / "texts")
    code, out, err = passex("why", "azure training squadron", "LS1", "--texts", texts, *DATA)
    assert (code, err) == (0, "")
    assert (
        out
        == """\
Azure Training Squadron and League Squadron One: 1 exercise, 0 plans

1. Meeting at sea (exercise, held; naval)
   when: 2030-05-06 ('on Monday'; from the text)
   named: AZ Heron, AZ Osprey, Azure Training Squadron, League Squadron One
   tied at: unit level, stated
   Azure Training Squadron: named itself
     - The squadrons met
       said by Article on the harbour; certain; stated; \
on nr:hasParticipant: Azure Training Squadron, League Squadron One
       “training squadron sailed with League Squadron” (Article on the harbour, body 28 to 73)
         The Azure [training squadron sailed with League Squadron] One on Monday.
   League Squadron One: named itself
     - The squadrons met
       said by Article on the harbour; certain; stated; \
on nr:hasParticipant: Azure Training Squadron, League Squadron One
       “training squadron sailed with League Squadron” (Article on the harbour, body 28 to 73)
         The Azure [training squadron sailed with League Squadron] One on Monday.
"""
    )


def test_an_inferred_tie_says_how() -> None:
    out = passex("why", "Azure Navy", "Cobalt Navy", *DATA)[1]
    assert out.startswith("Azure Navy and Cobalt Navy: 3 exercises, 0 plans\n")
    assert (
        "   Azure Navy: inferred, as the navy of Azure, which is named "
        "(azure-navy belongs to azure)\n"
        "     - A rescue exercise in 2029\n"
    ) in out
    assert (
        "     - Azure has this navy\n"
        "       said by id:curators; certain; inferred; "
        "on org:member, org:organization: Azure, Azure Navy\n"
    ) in out
    assert "   tied at: service level, inferred\n" in out
    assert "   Cobalt Navy: through CB Wren (cb-wren belongs to cobalt-navy); no claim\n" in out


def test_plans_are_called_plans() -> None:
    out = passex("why", "Umber", "Cobalt", *DATA)[1]
    assert out.startswith("Umber and Cobalt: 1 exercise, 1 plan\n")
    assert (
        "2. Drill of Umber and Cobalt (plan, announced when reported; naval)\n   when: no date\n"
        in out
    )
    assert "said by Article on the harbour; probable; stated" in out


def test_no_tie_is_an_answer() -> None:
    code, out, err = passex("why", "CB Wren", "League Squadron One", *DATA)
    assert (code, err) == (0, "")
    assert (
        out
        == """\
No exercise in this graph, held, under way or planned, relates CB Wren and League Squadron One.
CB Wren (Ship) appears at unit level in 2.
League Squadron One (Formation) appears at unit level in 1, at service level in 2.
Why not:
  - CB Wren belongs to League Squadron One (between 2030-06-01 and 2030-06-30): \
nobody trains with what it is part of.
"""
    )


def test_actors_of_different_levels_get_their_counterparts() -> None:
    code, out, _ = passex("why", "Azure Navy", "Cobalt", *DATA)
    assert code == 0
    assert (
        out
        == """\
No exercise in this graph, held, under way or planned, relates Azure Navy and Cobalt.
Azure Navy (Navy) appears at service level in 5.
Cobalt (State) appears at state level in 4, at organisation level in 4.
The two are never at one level, and only parties as named (--level named) are tied across levels.
Why not:
  - July sailing: Azure Navy is in it at service level; Cobalt is in it at state and \
organisation level.
  - June sailing: CB Wren took part for League Squadron One, a formation of no single service, \
and not for Cobalt.
  - Rescue exercise: Azure Navy is in it at service level; Cobalt is in it at state and \
organisation level.
  - Three-way drill: Azure Navy is in it at service level; Cobalt is in it at state and \
organisation level.
  At service level: passex why "Azure Navy" "Cobalt Navy"
  At state level: passex why "Azure" "Cobalt"
  At organisation level: passex why "Azure" "Cobalt"
"""
    )


def test_an_actor_of_no_level() -> None:
    out = passex("why", "Élan Moré", "Azure", *DATA)[1]
    assert "Élan Moré (Person) appears in none at any level.\n" in out


def test_a_text_that_differs_is_said(tmp_path: Path) -> None:
    data = tmp_path / "moved.ttl"
    text = (FOLDER / "azure.ttl").read_text(encoding="utf-8")
    data.write_text(text.replace("#char=130,142", "#char=131,142"), encoding="utf-8")
    arguments = ("--data", str(data), "--texts", str(FOLDER / "texts"))
    out = passex("why", "Meeting at sea", *arguments)[1]
    assert "    the text has “Z Heron led” there\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["Azur", "Cobalt"],
            "'Azur': no actor of this graph has that name; did you mean 'Azure'",
        ),
        (["fleet", "Cobalt"], "'fleet' is the name of 2 nodes: Azure Navy (Navy, id:azure-navy), "),
        (["", "Cobalt"], "'': no actor of this graph has that name; "),
        (
            ["Azure", "--level", "state"],
            "options of a network change nothing of the claims about one node; leave them out, or "
            "give a second actor",
        ),
        (["Azure", "azure"], "both names mean Azure; give two different actors"),
        (["Azure", "Cobalt", "--texts", "no/folder"], "no/folder: no such folder; "),
    ],
)
def test_bad_names_are_one_line(arguments: list[str], message: str) -> None:
    code, out, err = passex("why", *arguments, *DATA)
    assert (code, out) == (2, "")
    assert err.startswith("passex: " + message)
    assert err.count("\n") == 1


def test_an_argument_too_few() -> None:
    code, _, err = passex("why", *DATA)
    assert code == 2
    assert "Missing argument 'A'" in err


def test_why_as_json() -> None:
    code, out, err = passex("why", "JMSDF", "SNMG1", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    [occasion] = found["occasions"]
    assert found["a"]["label"] == "Japan Maritime Self-Defense Force"
    assert occasion["levels"] == ["service"]
    assert occasion["happening"]["iri"] == "https://w3id.org/passex/id/passex-2018-08"
    assert occasion["happening"]["domains"] == ["naval"]
    assert occasion["basis"] == "stated"
    [route] = occasion["routes_b"]
    anchor = route["claims"][0]["evidence"][0]
    assert (anchor["zone"], anchor["start"], anchor["end"]) == ("body", 0, 53)


def test_json_of_one_node_has_its_claims() -> None:
    code, out, err = passex("why", "nara", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["node"]["iri"] == "https://w3id.org/passex/id/nara"
    labels = [claim["label"] for claim in found["claims"]]
    assert labels[0] == "Nara: part of Japan"
    assert found["claims"] == json.loads(passex("show", "nara", "--format", "json")[1])["claims"]


def test_a_person_is_named_by_what_it_said_and_did() -> None:
    code, out, err = passex("why", "Valery Gerasimov")
    assert (code, err) == (0, "")
    heads = [line for line in out.splitlines() if line[:1] not in ("", " ")]
    assert heads == [
        "Valery Gerasimov (Person, id:valery-gerasimov): 0 claims, named by 21 others",
        "Named by statements: 5",
        "Named by events: 3",
        "Named by tenures of posts: 1",
        "Named by claims that it makes, reports or is counted in: 12",
    ]
    assert out.endswith("  and 7 more (--all)\n")
    assert "more" not in passex("why", "Valery Gerasimov", "--all")[1].splitlines()[-1]


def test_a_ship_rests_on_what_names_it() -> None:
    assert passex("why", "Ville de Québec")[1].splitlines()[:5] == [
        "HMCS Ville de Québec (Ship, id:hmcs-ville-de-quebec): 0 claims, named by 2 others",
        "",
        "Named by events: 1",
        "  The JMSDF training squadron and HMCS Ville de Québec sailing together off Spain, "
        "August 2018 (2018-08-01 to 2018-08-20, has participant)",
        "    - The squadron sailed with HMCS Ville de Québec of SNMG2, as a training together",
    ]
    found = json.loads(passex("why", "Ville de Québec", "--format", "json")[1])
    named = [
        (
            group["kind"],
            group["number"],
            [m["node"]["iri"][len(ID.iri) :] for m in group["mentions"]],
        )
        for group in found["named_in"]
    ]
    assert named == [
        ("events", 1, ["sailing-off-spain-2018-08"]),
        ("affiliations", 1, ["affiliation-hmcs-ville-de-quebec-snmg2-2018-08"]),
    ]


def test_why_not_is_said_beside_what_ties() -> None:
    out = passex("why", "Japan", "Russia")[1]
    assert out.startswith(
        """\
Japan and Russia: 0 exercises, 2 plans

Why no tie is counted:
  - Submarine search and rescue exercises that Russia and Japan are to hold in 2018: \
only planned (announced).
  - The joint exercises that Russia and Japan are to hold in 2018: only planned (announced).

1. Submarine"""
    )
    planned = passex("why", "Japan", "Russia", "--level", "state", "--include", "planned")[1]
    assert "Why" not in planned
    found = json.loads(passex("why", "Japan", "Russia", "--format", "json")[1])
    assert (found["exercises"], found["plans"], len(found["occasions"])) == (0, 2, 2)
    assert [reason["kind"] for reason in found["why_not"]] == ["planned", "planned"]


def test_the_latest_of_many_occasions(tmp_path: Path) -> None:
    data = tmp_path / "many.ttl"
    days = range(1, 26)
    data.write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> ."
        "@prefix nrc: <https://w3id.org/passex/concept/> ."
        "@prefix id: <https://w3id.org/passex/id/> ."
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
        'id:a a nr:State ; rdfs:label "A" . id:b a nr:State ; rdfs:label "B" .'
        + "".join(
            f'id:e{day:02} a nr:Exercise ; rdfs:label "E{day:02}" ; nr:hasParticipant id:a, id:b ;'
            f'nr:hasDomain nrc:naval ; nr:earliest "2030-01-{day:02}"^^xsd:date ;'
            f'nr:latest "2030-01-{day:02}"^^xsd:date .'
            for day in days
        ),
        encoding="utf-8",
    )
    lines = passex("why", "A", "B", "--data", str(data))[1].splitlines()
    assert lines[:4] == [
        "A and B: 25 exercises, 0 plans",
        "These are the latest 20; there are 5 more (--all).",
        "",
        "1. E06 (exercise, held; naval)",
    ]
    assert [line for line in lines if ". E" in line][-1] == "20. E25 (exercise, held; naval)"
    every = passex("why", "A", "B", "--all", "--data", str(data))[1]
    assert every.startswith("A and B: 25 exercises, 0 plans\n\n1. E01 (")
    assert "25. E25 (" in every
    found = json.loads(passex("why", "A", "B", "--format", "json", "--data", str(data))[1])
    assert (found["exercises"], len(found["occasions"])) == (25, 20)
    node = passex("why", "A", "--data", str(data))[1].splitlines()
    assert node[0] == "A (State, id:a): 0 claims, named by 25 others"
    assert node[2:4] == ["Named by events: 25", "  E25 (2030-01-25, has participant; no claim)"]
    assert node[-1] == "  and 20 more (--all)"
