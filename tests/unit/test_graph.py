"""The calls of Python give what the commands print."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from passex import Policy, exports
from passex.api.knowledge import KnowledgeGraph
from passex.cli import cli
from passex.errors import PassexError, QueryError
from passex.exports import build, page
from passex.exports.page import data as page_data
from passex.graph import tables
from passex.graph.store import Store

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture
def kg(azure: Store) -> KnowledgeGraph:
    return KnowledgeGraph(azure)


def command(*arguments: str) -> object:
    data = ["--data", str(DATA / "azure.ttl"), "--format", "json"]
    result = CliRunner().invoke(cli, [*arguments, *data])
    assert result.exception is None
    return json.loads(result.stdout)


def test_network_has_all_of_the_policy(kg: KnowledgeGraph) -> None:
    every = kg.network(level="state", include=["held", "under-way", "planned"])
    assert every.number_of_edges() == 3
    often = kg.network(level="state", include=["held", "under-way", "planned"], min_events=2)
    assert often.number_of_edges() == 2
    assert often.graph["policy"].endswith("ties of at least 2 exercises or plans")


def test_ranking_and_groups_are_those_of_the_command(kg: KnowledgeGraph) -> None:
    found = command("network", "--level", "state", "--weight", "count", "--communities")
    assert isinstance(found, dict)
    ties = kg.ties(Policy(level="state"))
    assert list(ties.notes) == found["notes"]
    assert list(tables.objects(ties.table())) == found["ties"]
    ranks, groups = kg.rank(ties, weight="count"), kg.communities(ties, weight="count")
    assert list(ranks.warnings) == found["ranking"]["warnings"] != []
    assert list(groups.warnings) == found["communities"]["warnings"] != []
    assert kg.ties() == kg.ties(Policy())


def test_the_other_commands(kg: KnowledgeGraph) -> None:
    for found, arguments in (
        (kg.why("Azure Navy", "Cobalt Navy"), ("why", "Azure Navy", "Cobalt Navy")),
        (kg.why("June sailing"), ("why", "June sailing")),
        (kg.show("June sailing"), ("show", "June sailing")),
        (kg.stats(), ("stats",)),
    ):
        assert json.loads(tables.plain(found)) == command(*arguments)


def test_sentences(kg: KnowledgeGraph) -> None:
    texts = str(DATA / "texts")
    [claim] = kg.show("id:rescue-2029", texts).claims
    sentence = ("In 2029 ", "Azure and Cobalt held a rescue exercise", ".")
    assert claim.evidence[0].sentence == sentence
    assert kg.why("id:rescue-2029", texts=texts).claims == (claim,)
    [route] = kg.why("Azure Navy", "Cobalt Navy", texts).occasions[0].routes_a
    assert route.claims[0] == claim
    with pytest.warns(UserWarning, match="no text of an article of this graph is there"):
        [without] = kg.show("id:rescue-2029", DATA.parent / "unit").claims
    assert without.evidence[0].sentence is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fame", "newman"), "'fame' is no measure; use one of degree, strength, "),
        (("degree", "mass"), "'mass' is no weight; use one of newman, count"),
    ],
)
def test_measures_and_weights_that_do_not_exist(
    kg: KnowledgeGraph, arguments: tuple[str, str], message: str
) -> None:
    with pytest.raises(QueryError) as error:
        kg.rank(kg.ties(), *arguments)
    assert str(error.value).startswith(message)


WRONG = (
    (("fame", "newman"), "'fame' is no measure; use one of degree, strength, "),
    (("strength", "newmann"), "'newmann' is no weight; use one of newman, count"),
)


@pytest.mark.parametrize("form", exports.FORMATS)
@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_no_format_is_written_by_a_measure_or_weight_that_does_not_exist(
    kg: KnowledgeGraph, form: str, arguments: tuple[str, str], message: str, tmp_path: Path
) -> None:
    for network in (kg.ties(), kg.network()):
        for write in (
            partial(network.export, form, *arguments),
            partial(network.save, tmp_path / "out", form, *arguments),
        ):
            with pytest.raises(PassexError) as error:
                write()
            assert str(error.value).startswith(message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("arguments", "message"), WRONG)
def test_nothing_is_drawn_by_a_measure_or_weight_that_does_not_exist(
    kg: KnowledgeGraph, arguments: tuple[str, str], message: str
) -> None:
    policy = Policy()
    for draw in (
        partial(kg.ties().picture, *arguments),
        partial(kg.network().picture, *arguments),
        partial(build.picture, kg.store, build.Choice("two-mode", policy, *arguments)),
        partial(build.picture, kg.store, build.Choice("network", policy, *arguments)),
        partial(page_data.document, kg.store, kg.ties(policy), *arguments),
        lambda: list(page.write(page.ReportPage(kg.store, policy, *arguments))),
    ):
        with pytest.raises(QueryError) as error:
            draw()
        assert str(error.value).startswith(message)


def test_neither_are_meetings_nor_communities(kg: KnowledgeGraph) -> None:
    with pytest.raises(QueryError, match="'fame' is no measure"):
        build.meetings(kg.store, build.Choice("meetings", measure="fame"))
    with pytest.raises(QueryError, match="'mass' is no weight"):
        kg.communities(kg.ties(), "mass")


def test_short_reprs(kg: KnowledgeGraph) -> None:
    ties = kg.ties(Policy(level="state"))
    said = "state level; exercises held and under way; naval domain"
    assert [
        repr(found)
        for found in (
            ties,
            kg.rank(ties),
            kg.communities(ties),
            kg.why("Azure", "Umber"),
            kg.why("June sailing"),
            kg.show("June sailing"),
            ties.table(),
        )
    ] == [
        f"<Network: {said}; 3 ties>",
        "<Ranking: strength of 0 actors>",
        "<Communities: 0 groups>",
        "<Reasons: Azure and Umber: 2 exercises, 0 plans>",
        "<NodeClaims: June sailing (Exercise, id:june-sailing): 0 claims>",
        "<Portrait: June sailing (Exercise, id:june-sailing); 0 claims>",
        "<Table: source, target, exercises, weight, plans, plan_weight, basis, first, last, "
        "sources, events, planned_events; 3 rows>",
    ]
    assert repr(kg.stats()).startswith("<Census: ")


def test_a_notebook_shows_the_caveats(kg: KnowledgeGraph) -> None:
    ties = kg.ties(Policy(level="state"))
    shown = ties._repr_html_()
    assert "<caption>Who trains with whom: state level; exercises" in shown
    assert shown.count("<p>") == len(ties.notes) > 0
    assert kg.rank(ties)._repr_html_() == (
        "<p>Actors by strength. Nobody is ranked.</p>\n"
        "<p>No ranking: 3 of the 10 exercises that it would take to rank 3 actors.</p>\n"
    )
    assert kg.why("June sailing")._repr_html_() == (
        "<p>June sailing (Exercise, id:june-sailing): 0 claims. "
        "No claim in this graph is about it, and nothing names it.</p>\n"
    )
