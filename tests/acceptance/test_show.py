"""`passex show`, `passex stats`, and `passex why` for one node, as a person meets them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

import passex as library
from passex.cli import cli
from passex.graph import statistics

AZURE = str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def test_show() -> None:
    assert passex("show", "nara") == (
        0,
        """\
Nara (Place, id:nara)

facts:
  latitude: 34.68505
  longitude: 135.80485
  part of: Japan
  what the coordinates stand for: one point for the whole city

mentioned as:
  has place: Prime Minister Takaichi and President Lee meeting in Nara, January 2026

claims:
- Nara: part of Japan
  said by Article on the talks in Yokosuka, 2026; certain; stated; on dcterms:isPartOf
  “in Nara, Japan” (Article on the talks in Yokosuka, 2026, body 3334 to 3348)
- Nara: latitude 34.68505
  said by the curators of this graph; certain; background; on wgs84:lat
  source: GeoNames (https://www.geonames.org/1855612), CC BY 4.0
- Nara: longitude 135.80485
  said by the curators of this graph; certain; background; on wgs84:long
  source: GeoNames (https://www.geonames.org/1855612), CC BY 4.0
""",
        "",
    )


def test_show_says_for_how_long_a_ship_belonged_to_a_group() -> None:
    code, out, _ = passex("show", "Ville de Quebec")
    of = "Standing NATO Maritime Group Two (between 2018-08-01 and 2018-08-20)"
    assert (code, out.splitlines()[3]) == (0, f"  belongs to: {of}")


def test_show_says_what_is_not_stated() -> None:
    code, out, _ = passex("show", "id:plan-sar-south-korea-japan")
    assert code == 0
    assert "\nnot stated: earliest, has place, latest, realised by\n" in out


def test_why_of_one_node() -> None:
    code, out, err = passex("why", "nara")
    assert (code, err) == (0, "")
    head = "Nara (Place, id:nara): 3 claims, named by 1 other\n- Nara: part of Japan\n"
    assert out.startswith(head)


def test_why_of_a_node_that_nothing_is_about_or_names() -> None:
    data = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"
    none = "No claim in this graph is about June sailing (Exercise, id:june-sailing), and nothing "
    assert passex("why", "June sailing", "--data", str(data)) == (0, f"{none}names it.\n", "")


def test_unknown_node() -> None:
    code, out, err = passex("show", "Kuala Lumpor")
    assert (code, out) == (2, "")
    assert err == (
        "passex: 'Kuala Lumpor': no node of this graph has that name; "
        "did you mean 'Kuala Lumpur'?\n"
    )


def test_stats_of_a_graph_of_ones_own() -> None:
    code, out, _ = passex("stats", "--data", AZURE)
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert ["files", "1"] in lines
    assert ["articles", "1"] in lines


def test_show_as_json() -> None:
    code, out, err = passex("show", "JS Makinami", "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert list(found) == ["node", "facts", "open", "mentions", "claims", "story", "standing"]
    assert found["node"] == {
        "label": "JS Makinami",
        "iri": "https://w3id.org/passex/id/js-makinami",
        "kind": "Ship",
    }
    [kinds] = [fact for fact in found["facts"] if fact["property"]["label"] == "has kind"]
    assert kinds["values"] == [
        {"label": "destroyer", "iri": "https://w3id.org/passex/concept/destroyer"}
    ]


def test_show_tells_the_story_of_a_plan() -> None:
    name = "id:plan-joint-exercises-russia-japan-2018"
    out = passex("show", name)[1]
    assert (
        """
standing: overdue: its last day was 2018-12-31, before the newest article (Article on the talks in \
Yokosuka, 2026)

story:
  2017-12-11 to 2017-12-17: Article on the visit to Tokyo, 2017
    has participant: Japan; Russia
    has kind: exercises lumped together
    has domain: naval
    has status: announced
    quantity: more than 24 exercises, “joint naval exercises”
    dates: 2018 (probable, inferred)
    quantity: 27 exercises, “joint military exercises” (said by Valery Gerasimov)

claims:
"""
        in out
    )
    found = json.loads(passex("show", name, "--format", "json")[1])
    assert found["standing"]["state"] == "overdue"
    assert found["standing"]["when"] == "2018-12-31"
    [step] = found["story"]
    assert step["article"]["label"] == "Article on the visit to Tokyo, 2017"
    assert step["news"][0]["property"]["label"] == "has participant"
    assert [value["label"] for value in step["news"][0]["values"]] == ["Japan", "Russia"]
    assert step["news"][0]["claim"]["evidence"][0]["zone"] == "body"
    steps = passex("show", name, "--format", "csv")[1].splitlines()
    assert [line[:30] for line in steps if line.startswith("standing")] == [
        'standing,2018-12-31,,,"overdue'
    ]


def test_stats_describe_the_graph_as_a_data_set() -> None:
    code, out, err = passex("stats", "--format", "void")
    assert (code, err) == (0, "")
    assert out == library.load().void()
    assert "<https://w3id.org/passex/graph> a void:Dataset, dcat:Dataset ;" in out
    assert "void:vocabulary" in out


def test_stats_as_json() -> None:
    code, out, _ = passex("stats", "--format", "json")
    assert code == 0
    assert json.loads(out) == asdict(statistics.count(library.load().store))


def test_json_has_the_sentences() -> None:
    texts = ("--data", AZURE, "--texts", str(Path(AZURE).parent / "texts"))
    code, out, err = passex("show", "id:rescue-2029", "--format", "json", *texts)
    assert (code, err) == (0, "")
    [claim] = json.loads(out)["claims"]
    assert claim["evidence"][0]["sentence"] == [
        "In 2029 ",
        "Azure and Cobalt held a rescue exercise",
        ".",
    ]
    without = json.loads(passex("show", "id:rescue-2029", "--format", "json", *texts[:2])[1])
    assert without["claims"][0]["evidence"][0]["sentence"] is None


def test_texts_that_are_not_there_are_missed(tmp_path: Path) -> None:
    code, out, err = passex("show", "nara", "--texts", str(tmp_path))
    assert code == 0
    assert out == passex("show", "nara")[1]
    assert err == f"passex: {tmp_path}: no text of an article of this graph is there\n"


HOSTILE = "A\\n::add-mask::Japan\\n\\u001b]0;title\\u0007\\u001b[31mred \\u202eod"


@pytest.mark.parametrize(
    "arguments",
    [
        ["show", "id:a"],
        ["why", "id:a"],
        ["query", "SELECT ?l { id:a rdfs:label ?l }"],
        ["query", "--format", "markdown", "SELECT ?l { id:a rdfs:label ?l }"],
        ["network", "--level", "state"],
        ["ask", "belongs-to", "id:a"],
        ["ask", "actors", "--all"],
        ["ask", "plans"],
        ["why", "id:a", "id:b"],
        # What is no row is said on standard error.
        ["why", "id:a", "id:b", "--format", "csv"],
    ],
)
def test_a_label_cannot_steer_the_terminal_or_the_log(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "d.ttl").write_text(
        "@prefix nr: <https://w3id.org/passex/ontology#> .\n"
        "@prefix id: <https://w3id.org/passex/id/> ."
        " @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        f'id:a a nr:State ; rdfs:label "{HOSTILE}"@en . id:b a nr:State ; rdfs:label "B"@en .'
        f'id:p a nr:ExercisePlan ; rdfs:label "{HOSTILE}"@en ; nr:hasParticipant id:a, id:b .'
    )
    done = CliRunner().invoke(cli, [*arguments, "--data", str(tmp_path / "d.ttl"), "--no-cache"])
    said = done.output + done.stderr
    assert done.exit_code == 0
    if "csv" in arguments:
        said = done.stderr  # a program gets the label as it is
        assert "\u202e" in done.stdout
    assert not any(line.startswith("::") for line in said.splitlines())
    assert not any(mark in said for mark in ("\x1b", "\x07", "\u202e"))
