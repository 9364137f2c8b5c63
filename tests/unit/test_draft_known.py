"""What the graph has already gets no second node: its exercises, plans, waters and bodies."""

# ruff: noqa: E501 (lines of files, as they are)
from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from passex.curation.draft import known
from passex.graph.store import Store, load

from .drafts import remarks, statements

STORY = Path(__file__).parents[1] / "data" / "story"
OFF = """\
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
id:off-sorrow a nr:Place ; rdfs:label "waters off Cape Sorrow"@en .
id:calm-sea a nr:ExercisePlan ; rdfs:label "Drill of Peru, July 2031"@en ; skos:altLabel "Calm Sea"@en ;
    nr:hasStatus nrc:planned .
id:calm-sea-two a nr:ExercisePlan ; rdfs:label "Deep Bell (plan)"@en ; nr:hasStatus nrc:planned .
id:aldrian-ministry a nr:Institution ; rdfs:label "Aldrian defence ministry"@en .
"""


@cache
def story() -> Store:
    """The story up to its first article: plans of Grey Heron, Iron Gull and 27 exercises."""
    return load(
        [
            STORY / "actors.ttl",
            STORY / "2031-grey-heron-announced.ttl",
            STORY / "2031-grey-heron-ends.ttl",
        ]
    )


@pytest.fixture(scope="module")
def off(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("graph") / "off.ttl"
    path.write_text(OFF, encoding="utf-8")
    return load([path, STORY / "actors.ttl"])


def claims(text: str, store: Store) -> list[str]:
    """The claims and statements of events, without quotes."""
    found = [line for line in statements(text, "", store) if " oa:exact " not in line]
    return [line.partition(" ; nr:hasEvidence")[0] for line in found]


def test_the_names_of_exercises_and_plans() -> None:
    names = known.read(story())
    assert [event.iri.rpartition("/")[2] for event in names["iron gull"]] == ["iron-gull"]
    assert [event.iri.rpartition("/")[2] for event in names["clear path"]] == ["clear-path"]
    [plan] = names["grey heron"]
    assert (plan.label, plan.of) == ("Grey Heron 2031, as announced", "ExercisePlan")
    assert plan.names == ("Grey Heron",)
    assert (plan.earliest, plan.latest) == ("2031-05-01", "2031-05-10")


@pytest.mark.parametrize(
    ("when", "fits"),
    [(("", ""), True), (("2031-05-10", ""), True), (("2031-05-11", ""), False),
     (("", "2031-04-30"), False), (("2031-01-01", "2031-12-31"), True)],
)  # fmt: skip
def test_what_is_of_another_time_is_another_one(when: tuple[str, str], fits: bool) -> None:
    [plan] = known.read(story())["grey heron"]
    assert plan.fits(when) is fits


def test_a_plan_of_the_graph_is_gone_on_with() -> None:
    text = "The Deep Bell drill of Aldria and Chile was postponed to December, Peru said."
    assert claims(text, story()) == [
        "<#c1> nr:about id:deep-bell ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:postponed",
        '<#c2> nr:about id:deep-bell ; nr:onProperty nr:earliest, nr:latest ; nr:hasValue "2031-12-01"^^xsd:date, "2031-12-31"^^xsd:date',
        "id:deep-bell nr:hasParticipant id:chile .",
        "<#c3> nr:about id:deep-bell ; nr:onProperty nr:hasParticipant ; nr:hasValue id:chile",
    ]
    assert remarks(text, story()) == [
        "goes on with id:deep-bell (Deep Bell, November 2031)",
    ]


def test_what_is_held_under_the_name_of_a_plan_realises_it() -> None:
    text = "Corvia and Dunmark held the minehunting drill planned as Clear Path last week, under the name Quiet Water."
    found = claims(text.replace("last week", "on 14 July"), story())
    assert "id:clear-path nr:realisedBy id:quiet-31 ." in found
    assert (
        "<#c5> nr:about id:clear-path ; nr:onProperty nr:realisedBy ; nr:hasValue id:quiet-31"
        in found
    )
    assert "goes on with id:clear-path (Clear Path, July 2031)" in remarks(
        text.replace("last week", "on 14 July"), story()
    )
    # Another day, another one: which plan it was is asked.
    assert not [line for line in claims(text, story()) if "realisedBy" in line]
    assert '? "Clear Path": the plan that id:quiet-31 realises (nr:realisedBy)?' in remarks(
        text, story()
    )


def test_an_exercise_of_the_series_of_a_plan_realises_it_and_is_no_new_plan() -> None:
    text = "Grey Heron, the exercise of the Aldrian and Borland navies, is under way."
    found = claims(text, story())
    assert "id:grey-heron-2031-plan nr:realisedBy id:grey-31 ." in found
    assert [line for line in found if " a nr:Series" in line] == []
    next_one = "Castria will host the next Grey Heron in spring 2032."
    assert [line for line in claims(next_one, story()) if "grey-heron-2031-plan" in line] == []


def test_a_further_name_is_one(off: Store) -> None:
    text = "Chile has cancelled the drill that was called Calm Sea."
    assert claims(text, off) == [
        "<#c1> nr:about id:calm-sea ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:cancelled",
        "id:calm-sea nr:hasParticipant id:chile .",
        "<#c2> nr:about id:calm-sea ; nr:onProperty nr:hasParticipant ; nr:hasValue id:chile",
    ]


def test_waters_and_ministries_of_the_graph_get_no_second_node(off: Store) -> None:
    text = "Chile and Peru held a drill off Cape Sorrow, Aldria's defence ministry said."
    found = claims(text, off)
    assert [line for line in found if "hasPlace ; nr:hasValue id:off-sorrow" in line]
    assert [line for line in found if " a nr:Place" in line or " a nr:Institution" in line] == []
    assert '? "Aldria\'s defence ministry": Aldrian defence ministry?' in remarks(text, off)
