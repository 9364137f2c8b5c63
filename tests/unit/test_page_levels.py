"""The levels in the document of a page: places, groups, findings, and who belongs to whom."""

from __future__ import annotations

from typing import Any

import pytest

from passex import Policy, load
from passex.exports import page
from passex.exports.page import data as page_data
from passex.graph.store import Store
from passex.network import communities, projection
from passex.network.finding import say_finding
from passex.network.model import Network
from passex.network.record import Record

EVERYTHING = ("held", "under-way", "planned")


def _document(policy: Policy) -> dict[str, Any]:
    kg = load()
    return page_data.document(kg.store, kg.ties(policy))


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return _document(Policy(include=EVERYTHING))


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

    def of_record(_: Record, level: str) -> dict[str, int]:
        return {node.iri: n // 2 for n, node in enumerate(nodes[:5])} if level == "service" else {}

    before = _document(Policy())["levels"]["service"]
    monkeypatch.setattr(communities, "of_record", of_record)
    found = _document(Policy())
    shown = found["levels"]["service"]
    assert [[found["actors"][n]["label"] for n in group] for group in shown["groups"]] == [
        sorted((node.label for node in nodes[:2]), key=_order(found)),
        sorted((node.label for node in nodes[2:4]), key=_order(found)),
        [nodes[4].label],
    ]
    # A sparse network is laid out by its ties alone.
    assert shown["layout"] == before["layout"]


def test_the_first_view_is_built_once(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    build = projection.build

    def counted(store: Store, policy: Policy, record: Record | None = None) -> Network:
        built.append(policy)
        return build(store, policy, record=record)

    monkeypatch.setattr(projection, "build", counted)
    assert "".join(page.write(page.ReportPage(load().store, Policy())))
    assert built == [Policy()]


def _order(document: dict[str, Any]) -> Any:
    return {actor["label"]: n for n, actor in enumerate(document["actors"])}.__getitem__
