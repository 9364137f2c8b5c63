"""The levels in the document of a page: places, groups, findings, and who belongs to whom."""

from __future__ import annotations

from typing import Any

import pytest

from passex import Policy, load
from passex.exports.page import data as page_data
from passex.exports.page import levels
from passex.graph.names import Node
from passex.network.communities import Communities
from passex.network.finding import say_finding

EVERYTHING = ("held", "under-way", "planned")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return page_data.document(load().store, Policy(include=EVERYTHING))


def test_findings_are_of_what_is_shown_first_at_each_level(document: dict[str, Any]) -> None:
    kg = load()
    for level, shown in document["levels"].items():
        assert shown["finding"] == say_finding(kg.ties(Policy(level, EVERYTHING)))
    assert document["levels"]["state"]["finding"][0].startswith("Japan, South Korea and United")


def test_actors_have_all_their_names_and_what_they_are_part_of(document: dict[str, Any]) -> None:
    actors = {actor["label"]: actor for actor in document["actors"]}
    assert "ROK" in actors["South Korea"]["names"]
    assert actors["South Korea"]["within"] == []
    of = [document["actors"][n]["label"] for n in actors["Republic of Korea Navy"]["within"]]
    assert of == ["South Korea"]


def test_sources_say_whether_they_are_articles(document: dict[str, Any]) -> None:
    assert [source["article"] for source in document["articles"]] == [True] * 3


def test_too_few_exercises_make_no_groups(document: dict[str, Any]) -> None:
    assert [level["groups"] for level in document["levels"].values()] == [[], [], [], []]


def test_groups_are_numbers_of_actors_and_hold_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    nodes = load().ties(Policy("service", EVERYTHING, "all")).nodes

    def divide(network: Any, *_: Any, **__: Any) -> Communities:
        found: list[tuple[Node, ...]] = [network.nodes[:2], network.nodes[2:4], network.nodes[4:5]]
        return Communities(tuple(group for group in found if group), 0.1, ())

    before = page_data.document(load().store, Policy())["levels"]["service"]
    monkeypatch.setattr(levels.communities, "divide", divide)
    found = page_data.document(load().store, Policy())
    shown = found["levels"]["service"]
    assert [[found["actors"][n]["label"] for n in group] for group in shown["groups"]] == [
        sorted((node.label for node in nodes[:2]), key=_order(found)),
        sorted((node.label for node in nodes[2:4]), key=_order(found)),
    ]
    # A sparse network is laid out by its ties alone.
    assert shown["layout"] == before["layout"]


def _order(document: dict[str, Any]) -> Any:
    return {actor["label"]: n for n, actor in enumerate(document["actors"])}.__getitem__
