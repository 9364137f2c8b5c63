from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner

from passex import load
from passex.cli import cli
from passex.graph.terms import PREFIXES
from passex.network import centralities, projection, ranking, sample
from passex.network.policy import STATUSES, Policy


def quote(article: object, number: int) -> str:
    """The IRI of a quote of an article."""
    return f"<https://example.org/article{article}#char={number},{number + 5}>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Azure and Cobalt train eight times (article 1), Cobalt and Dun four times (article 2)."""
    lines = [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
    lines += ["@prefix : <https://example.org/> ."]
    lines += [
        f':{name.lower()} a nr:State ; rdfs:label "{name}"@en .'
        for name in ("Azure", "Cobalt", "Dun")
    ]
    for number in (1, 2):
        lines.append(f':article{number} a schema:NewsArticle ; rdfs:label "Article {number}"@en .')
    for number in range(12):
        pair, article = (":azure, :cobalt", 1) if number < 8 else (":cobalt, :dun", 2)
        lines.append(
            f':e{number} a nr:Exercise ; rdfs:label "Exercise {number}"@en ; '
            f"nr:hasParticipant {pair} ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ."
            f":c{number} nr:about :e{number} ; nr:onProperty nr:hasParticipant ; "
            f"nr:hasValue {pair} ; nr:hasEvidence {quote(article, number)} ."
            f'{quote(article, number)} oa:exact "words" .'
        )
    path = tmp_path_factory.mktemp("ranked") / "graph.ttl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_places_scores_and_what_one_article_less_makes_of_them(folder: Path) -> None:
    store = load(folder).store
    found = ranking.rank(
        store, projection.build(store, Policy(level="state")), "strength", "weight"
    )
    assert (found.events, found.articles) == (12, 2)
    assert [
        (p.node.label, p.place, p.score, p.best, p.worst, p.articles) for p in found.places
    ] == [("Cobalt", 1, 12, 1, 1, 2), ("Azure", 2, 8, 1, None, 1), ("Dun", 3, 4, 1, None, 1)]
    assert found.warnings == (
        "Cobalt is named in 2 of 2 articles: the choice of articles alone puts it in the middle.",
        "Computed by networkx.",
    )


def test_little_constraint_comes_first(folder: Path) -> None:
    store = load(folder).store
    network = projection.build(store, Policy(level="state"))
    found = ranking.rank(store, network, "constraint", "count")
    assert [p.node.label for p in found.places] == ["Cobalt", "Azure", "Dun"]


def test_too_few_are_not_ranked(folder: Path) -> None:
    store = load(folder).store
    network = projection.build(store, Policy(level="state"))
    found = ranking.rank(store, network, "strength", "weight", enough=13)
    assert found.places == ()
    assert found.warnings[0] == (
        "No ranking: 12 of the 13 exercises that it would take to rank 3 actors."
    )


def test_the_command_prints_groups_and_json_has_both(folder: Path) -> None:
    arguments = ["network", "--level", "state", "--data", str(folder), "--communities"]
    result = CliRunner().invoke(cli, arguments)
    assert result.stdout.splitlines()[8:12] == [
        "",
        "Groups by greedy modularity, of modularity 0.000:",
        "  1. Azure; Cobalt; Dun",
        "",
    ]
    found = json.loads(CliRunner().invoke(cli, [*arguments, "--format", "json"]).stdout)
    assert found["ranking"]["places"][1] == {
        "place": 2,
        "actor": {"label": "Azure", "iri": "https://example.org/azure"},
        "score": 8.0,
        "best": 1,
        "worst": None,
        "articles": 1,
    }
    groups = [(row["group"], row["actor"]["label"]) for row in found["communities"]["groups"]]
    assert groups == [(1, "Azure"), (1, "Cobalt"), (1, "Dun")]
    assert found["communities"]["modularity"] == 0


def test_articles_that_share_a_label_are_two(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "alike.ttl"
    text = folder.read_text(encoding="utf-8")
    path.write_text(text.replace('"Article 2"', '"Article 1"'), encoding="utf-8")
    store = load(path).store
    network = projection.build(store, Policy(level="state"))
    assert [source.iri for tie in network.ties for source in tie.sources] == [
        "https://example.org/article1",
        "https://example.org/article2",
    ]
    places = ranking.rank(store, network, "strength", "weight").places
    assert [p.worst for p in places] == [1, None, None]


def test_exercises_without_an_article_are_said(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bare.ttl"
    text = folder.read_text(encoding="utf-8")
    path.write_text(text.replace("/article2#char=", "/nowhere/"), encoding="utf-8")
    store = load(path).store
    network = projection.build(store, Policy(level="state"))
    assert ranking.rank(store, network, "strength", "weight").warnings == (
        "4 of 12 exercises have no article behind them: places without one article say nothing "
        "of what these rest on.",
        "Computed by networkx.",
    )


def test_a_graph_without_articles_has_no_columns_for_them(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "bare.ttl"
    lines = folder.read_text(encoding="utf-8").splitlines()
    kept = [re.sub(r"\.:c.*", ".", line) for line in lines if ":article" not in line[:10]]
    path.write_text("\n".join(kept), encoding="utf-8")
    result = CliRunner().invoke(cli, ["network", "--level", "state", "--data", str(path)])
    assert result.stdout.splitlines()[3:5] == [
        "place  actor   degree  strength  betweenness",
        "    1  Cobalt       2    12.000        1.000",
    ]


def test_a_table_of_exercises_is_a_source_and_no_article(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "mixed.ttl"
    text = folder.read_text(encoding="utf-8")
    path.write_text(text.replace(":article2 a schema:NewsArticle", ":article2 a dcat:Dataset"))
    result = CliRunner().invoke(cli, ["network", "--level", "state", "--data", str(path)])
    assert [" ".join(line.split()) for line in result.stdout.splitlines()[3:7]] == [
        "place actor degree strength betweenness places without one source articles",
        "1 Cobalt 2 12.000 1.000 1 1 of 1",
        "2 Azure 1 8.000 0.000 1 to none 1 of 1",
        "3 Dun 1 4.000 0.000 1 to none 0 of 1",
    ]
    store = load(path).store
    network = projection.build(store, Policy(level="state", backbone="disparity", alpha=0.99))
    found = ranking.rank(store, network, "strength", "weight", enough=1)
    assert found.warnings == (
        "The backbone is that of all sources: places without one source are among its ties.",
        "Computed by networkx.",
    )


def test_an_actor_is_named_where_it_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "told.ttl"
    path.write_text(
        "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
        + """@prefix : <https://example.org/> .
        :one a schema:NewsArticle . :two a schema:NewsArticle .
        :azure a nr:State . :cobalt a nr:State . :dun a nr:State .
        :e a nr:Exercise ; nr:hasParticipant :azure, :cobalt .
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :azure, :cobalt ;
            nr:hasEvidence <https://example.org/one#char=0,5>, <https://example.org/two#char=0,5> .
        :c2 nr:about :dun ; nr:onProperty nr:hasKind ; nr:hasValue :x ;
            nr:hasEvidence <https://example.org/two#char=0,5> .
        :c3 nr:about :azure ; nr:onProperty nr:hasKind ; nr:hasValue :dun .
        <https://example.org/one#char=0,5> oa:exact "words" .
        <https://example.org/two#char=0,5> oa:exact "words" .""",
        encoding="utf-8",
    )
    naming, total = sample.articles(load(path).store)
    assert {actor[20:]: {article[20:] for article in by} for actor, by in naming.items()} == {
        "azure": {"one", "two"},
        "cobalt": {"one", "two"},
        "dun": {"two"},
    }
    assert total == 2


def named_in(files: list[Path]) -> dict[str, set[str]]:
    """Find which articles name which nodes in files as written, in plain Python."""
    triples = rdflib.Graph()
    for file in files:
        triples.parse(file)
    nr = rdflib.Namespace(PREFIXES["nr"])
    weak = {rdflib.URIRef(PREFIXES["nrc"] + basis) for basis in ("inferred", "background")}
    found: dict[str, set[str]] = defaultdict(set)
    for claim, about in triples.subject_objects(nr.about):
        if weak.intersection(triples.objects(claim, nr.hasBasis)):
            continue
        for place in triples.objects(claim, nr.hasEvidence):
            for node in (about, *triples.objects(claim, nr.hasValue)):
                found[str(node)].add(str(place).partition("#")[0])
    return found


@pytest.mark.parametrize("level", ["unit", "service", "state", "organisation"])
def test_what_is_said_to_be_named_is_named_in_the_files(level: str) -> None:
    kg = load()
    expected = named_in(list(kg.store.files))
    naming, total = sample.articles(kg.store)
    assert total == 3
    network = kg.ties(Policy(level=level, include=STATUSES, domain="all"))
    assert network.nodes
    for node in network.nodes:
        assert naming.get(node.iri, set()) == expected.get(node.iri, set()), node
    places = ranking.rank(kg.store, network, "degree", "count", enough=1).places
    assert {p.node.iri: p.articles for p in places} == {
        node.iri: len(expected.get(node.iri, ())) for node in network.nodes
    }


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("unit", ()),
        (
            "service",
            (
                "Japan Maritime Self-Defense Force is named in 1 of 3 articles, and counted "
                "through Japan in the other 2: the choice of articles alone puts it in the middle.",
            ),
        ),
        (
            "state",
            (
                "Japan is named in 3 of 3 articles: the choice of articles alone puts it in the "
                "middle.",
            ),
        ),
    ],
)
def test_being_counted_is_not_being_named(level: str, said: tuple[str, ...]) -> None:
    kg = load()
    assert kg.rank(kg.ties(Policy(level=level))).warnings[1:] == said


#: The fleet of Azure: named once, and else counted through its state, ships or nobody.
FLEET = """
:one a schema:NewsArticle . :two a schema:NewsArticle . :three a schema:NewsArticle .
:azure a nr:State ; rdfs:label "Azure"@en .
:fleet a nr:Navy ; rdfs:label "Fleet of Azure"@en .
:navy a nr:Navy ; rdfs:label "Navy of Cobalt"@en .
:dawn a nr:Ship ; rdfs:label "Dawn"@en . :dusk a nr:Ship ; rdfs:label "Dusk"@en .
:m1 a nr:Affiliation ; org:member :fleet ; org:organization :azure .
:m2 a nr:Affiliation ; org:member :dawn ; org:organization :fleet .
:mist a nr:Ship ; rdfs:label "Mist"@en . :reef a nr:Ship ; rdfs:label "Reef"@en .
:shoal a nr:Ship ; rdfs:label "Shoal"@en .
:m4 a nr:Affiliation ; org:member :mist, :reef, :shoal ; org:organization :fleet .
:m3 a nr:Affiliation ; org:member :dusk ; org:organization :fleet .
:other a nr:Navy ; rdfs:label "Navy of Dun"@en .
:e1 a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :fleet, :other .
:e2 a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant FIRST, :navy .
:e3 a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant SECOND, :navy .
:c1 nr:about :e1 ; nr:onProperty nr:hasParticipant ; nr:hasValue :fleet, :other ;
    nr:hasEvidence <https://example.org/one#char=0,5> .
:c2 nr:about :e2 ; nr:onProperty nr:hasParticipant ; nr:hasValue FIRST, :navy ;
    nr:hasEvidence <https://example.org/two#char=0,5> .
:c3 nr:about :e3 ; nr:onProperty CLAIMED ; nr:hasEvidence <https://example.org/three#char=0,5> .
<https://example.org/one#char=0,5> oa:exact "words" .
<https://example.org/two#char=0,5> oa:exact "words" .
<https://example.org/three#char=0,5> oa:exact "words" .
"""


@pytest.mark.parametrize(
    ("first", "second", "claimed", "said"),
    [
        (":azure", ":azure", "nr:hasParticipant", "1 of 3 articles|Azure in the other 2"),
        (":azure", ":dawn", "nr:hasParticipant", "1 of 3 articles|Azure and Dawn in the other 2"),
        (
            ":fleet",
            ":dawn, :dusk",
            "nr:hasParticipant",
            "2 of 3 articles|Dawn and Dusk in the other",
        ),
        (
            ":fleet",
            ":dawn, :dusk, :mist, :reef, :shoal",
            "nr:hasParticipant",
            "2 of 3 articles|Dawn, Dusk, Mist and 2 more in the other",
        ),
    ],
)
def test_who_is_not_named_is_counted_through_whom_the_article_names(
    tmp_path: Path, first: str, second: str, claimed: str, said: str
) -> None:
    path = tmp_path / "fleet.ttl"
    facts = FLEET.replace("FIRST", first).replace("SECOND", second)
    value = f"{second}, :navy" if claimed == "nr:hasParticipant" else '"2030-01-01"^^xsd:date'
    facts = facts.replace("CLAIMED", f"{claimed} ; nr:hasValue {value}")
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    path.write_text(f"{head}@prefix : <https://example.org/> .\n{facts}", encoding="utf-8")
    kg = load(path)
    named, through = said.split("|")
    assert kg.rank(kg.ties()).warnings[1:] == (
        f"Fleet of Azure is named in {named}, and counted through {through}: "
        "the choice of articles alone puts it in the middle.",
    )


def test_one_article_is_no_choice(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "one.ttl"
    text = folder.read_text(encoding="utf-8")
    # Azure is in no article, and the others in the only one.
    text = text.replace("/article1#char=", "/nowhere/").replace("article2", "article1")
    path.write_text(text, encoding="utf-8")
    kg = load(path)
    found = kg.rank(kg.ties(Policy(level="state")))
    assert {p.node.label: p.articles for p in found.places} == {"Azure": 0, "Cobalt": 1, "Dun": 1}
    assert found.articles == 1
    assert not [said for said in found.warnings if "in the middle" in said]


def test_an_article_less_leaves_ties_out_too(folder: Path) -> None:
    # With both articles Cobalt and Dun have five exercises; without the second, one.
    more = folder.parent / "more"
    more.mkdir()
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    (more / "more.ttl").write_text(
        head
        + """@prefix : <https://example.org/> .
        :x a nr:Exercise ; nr:hasParticipant :cobalt, :dun ; nr:hasDomain nrc:naval .
        :cx nr:about :x ; nr:onProperty nr:hasParticipant ; nr:hasValue :cobalt, :dun ;
            nr:hasEvidence <https://example.org/article1#char=90,95> .
        <https://example.org/article1#char=90,95> oa:exact "words" .""",
        encoding="utf-8",
    )
    store = load(folder, more).store

    def bounds(least: int) -> dict[str, tuple[int, int | None]]:
        network = projection.build(store, Policy(level="state", min_events=least))
        places = ranking.rank(store, network, "strength", "weight").places
        return {p.node.label: (p.best, p.worst) for p in places}

    assert bounds(1) == {"Cobalt": (1, 1), "Azure": (2, None), "Dun": (1, 3)}
    assert bounds(2) == {"Cobalt": (1, 1), "Azure": (1, None), "Dun": (1, None)}


def test_the_command_prints_it(folder: Path) -> None:
    arguments = ["network", "--level", "state", "--data", str(folder), "--weight", "count"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[2:8] == [
        "3 actors, 2 ties, density 0.667; centralities in this network:",
        "place  actor   degree  strength  betweenness  places without one article  articles",
        "    1  Cobalt       2    12.000        1.000  1                           2 of 2",
        "    2  Azure        1     8.000        0.000  1 to none                   1 of 2",
        "    3  Dun          1     4.000        0.000  1 to none                   1 of 2",
        "",
    ]


def test_a_large_network_leaves_out_only_the_articles_behind_most(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = load(folder).store
    network = projection.build(store, Policy(level="state"))
    monkeypatch.setattr(ranking, "_STEPS", 2)
    found = ranking.rank(store, network, "strength", "weight")
    assert found.warnings[1:] == (
        "Of 2 articles only the 1 that most ties rest on were left out, one at a time.",
        "Computed by networkx.",
    )
    assert found.computed_by == "networkx"
    assert [(p.node.label, p.worst) for p in found.places] == [
        ("Cobalt", 1),
        ("Azure", None),
        ("Dun", 1),
    ]


def test_what_will_take_minutes_is_said_before(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = load(folder).store
    network = projection.build(store, Policy(level="state"))
    monkeypatch.setattr(centralities, "_MINUTES", 5)
    monkeypatch.setattr(centralities, "_STEPS", 5)
    told: list[str] = []
    ranking.rank(store, network, "betweenness", "weight", warn=told.append)
    found = ranking.rank(store, network, "strength", "weight", warn=told.append)
    assert found.centralities.measures == ("degree", "strength")
    assert found.centralities.notes[1:] == (
        "Left out, since betweenness of 3 actors and 2 ties takes long: --measure betweenness "
        "gives it.",
    )
    assert told == [
        "betweenness of 3 actors and 2 ties takes networkx minutes, unless SciPy "
        "computes it: pip install --editable '.[fast]' in a checkout of Passex"
    ]
