"""Questions of graphs that say little, or have many in one exercise."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex import KnowledgeGraph, load
from passex.graph.store import Term
from passex.graph.terms import PREFIXES

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def graph(folder: Path, text: str) -> KnowledgeGraph:
    path = folder / "graph.ttl"
    path.write_text(f"{HEAD}@prefix : <https://example.org/> .\n{text}", encoding="utf-8")
    return load(path)


def local(term: Term | None) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("/")[2]


SPARSE = """
:azure a nr:State . :cobalt a nr:State . :dun a nr:State .
:held a nr:Exercise ; nr:hasParticipant :azure, :cobalt ; nr:latest "2001-06-30"^^xsd:date .
:begun a nr:Exercise ; nr:earliest "2003-01-01"^^xsd:date .
:undated a nr:Exercise .
:planned a nr:ExercisePlan ; nr:hasParticipant :azure, :dun .
:meeting a nr:Meeting . :event a nr:Event . :said a nr:Statement . :article a schema:NewsArticle .
:relation a nr:Relation ; nr:hasParty :azure, :dun .
"""


@pytest.mark.parametrize(
    ("question", "values", "column", "found"),
    [
        ("exercises", (), "exercise", ["held", "held", "undated", "begun"]),
        ("exercises-in-year", ("2001",), "exercise", ["held"]),
        ("exercises-in-year", ("2002",), "exercise", []),
        ("exercises-in-year", ("2004",), "exercise", ["begun"]),
        ("partners", (":azure",), "partner", ["cobalt"]),
        ("only-planned-partners", (":azure",), "partner", ["dun"]),
        ("plans", (), "plan", ["planned"]),
        ("meetings", (), "meeting", ["meeting"]),
        ("other-events", (), "event", ["event"]),
        ("statements", (), "statement", ["said"]),
        ("articles", (), "article", ["article"]),
        ("relations", (), "relation", ["relation", "relation"]),
    ],
)
def test_what_is_not_said_takes_no_row_away(
    tmp_path: Path, question: str, values: tuple[str, ...], column: str, found: list[str]
) -> None:
    kg = graph(tmp_path, SPARSE)
    given = [value.replace(":", "https://example.org/") for value in values]
    answer = kg.ask(question, *given)
    place = answer.columns.index(column)
    assert [local(row[place]) for row in answer.rows] == found


@pytest.fixture(scope="module")
def crowd() -> list[list[str]]:
    """Sixty exercises among forty states, some of them with a dozen participants."""
    chance = random.Random(1)
    states = [f"s{number:02}" for number in range(40)]
    return [sorted(chance.sample(states, chance.choice([2, 2, 3, 12]))) for _ in range(60)]


@pytest.fixture(scope="module")
def crowded(crowd: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    text = "".join(f":s{number:02} a nr:State .\n" for number in range(40))
    for number, states in enumerate(crowd):
        named = ", ".join(f":{state}" for state in states)
        text += f":e{number} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant {named} .\n"
        for article in range(number % 3):
            place = f"{(number + article) % 5}#char={number},{number + 5}"
            quote = f"<https://example.org/article{place}>"
            text += (
                f":c{number}-{article} nr:about :e{number} ; nr:onProperty nr:hasParticipant ; "
                f'nr:hasValue {named} ; nr:hasEvidence {quote} . {quote} oa:exact "words" .\n'
            )
    return graph(tmp_path_factory.mktemp("crowded"), text)


def pairs(crowd: list[list[str]]) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for number, states in enumerate(crowd):
        for pair in itertools.combinations(states, 2):
            found.setdefault(pair, set()).add(number)
    return found


def rows(kg: KnowledgeGraph, question: str) -> list[tuple[str, ...]]:
    answer = kg.ask(question)
    return [tuple(map(local, row)) for row in answer.rows]


def test_open_triads_are_all_that_are_open(crowd: list[list[str]], crowded: KnowledgeGraph) -> None:
    tied = pairs(crowd)
    near: dict[str, set[str]] = {}
    for a, b in tied:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    assert rows(crowded, "open-triads") == sorted(
        (a, through, b)
        for through in near
        for a, b in itertools.combinations(sorted(near[through]), 2)
        if (a, b) not in tied
    )


def test_ties_of_one_article_are_all_of_them(
    crowd: list[list[str]], crowded: KnowledgeGraph
) -> None:
    expected = []
    for (a, b), exercises in sorted(pairs(crowd).items()):
        articles = {(n + article) % 5 for n in exercises for article in range(n % 3)}
        if len(articles) == 1:
            expected.append((a, b, f"article{articles.pop()}"))
    assert rows(crowded, "single-source-ties") == expected
    assert len(expected) > 20
