"""What each article adds to an event or a plan, and how a plan stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from passex.evidence.portraits import Portrait, portrait
from passex.graph import rules
from passex.graph.names import resolve
from passex.graph.rows import Named
from passex.graph.store import load
from passex.graph.terms import PREFIXES, THINGS

EXAMPLE = "https://example.org/"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += f"@prefix : <{EXAMPLE}> .\n"
ARTICLES = "".join(
    f"""<urn:{name}> a schema:NewsArticle ; rdfs:label "Article {name.upper()}"@en ;
        nr:latest "2030-{day}"^^xsd:date ;
        nr:hasZone <urn:{name}#char=0,20>, <urn:{name}#char=20,900> .
    <urn:{name}#char=0,20> nr:hasKind nrc:headline .
    <urn:{name}#char=20,900> nr:hasKind nrc:body .
    """
    # Not in the order of their names.
    for name, day in (("c", "05-03"), ("a", "05-10"), ("b", "05-20"))
)
ACTORS = "".join(f':{name} a nr:State ; rdfs:label "{name}"@en .\n' for name in ("A", "B", "C"))


def claim(name: str, at: int, said: str, about: str = ":e") -> str:
    quote = f"<urn:{name}#char={at},{at + 5}>"
    return f"""<urn:{name}#c{at}> nr:about {about} ; nr:hasEvidence {quote} ; {said} .
        {quote} oa:exact "words" .\n"""


def on(term: str, *values: str) -> str:
    return f"nr:onProperty nr:{term} ; nr:hasValue {', '.join(values)}"


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., Portrait]:
    """Write a node with claims about it, and give its portrait."""

    def run(node: str, *claims: str) -> Portrait:
        drill = f':e rdfs:label "The drill"@en ; {node} .'
        (tmp_path / "facts.ttl").write_text("".join([HEAD, ARTICLES, ACTORS, drill, *claims]))
        store = load([tmp_path])
        rules.derive(store)
        return portrait(store, resolve(store, f"{EXAMPLE}e", *THINGS))

    return run


def told(found: Portrait) -> list[tuple[str, str, list[str]]]:
    return [(s.when, s.article.label, s.lines()) for s in found.story]


def test_an_exercise_that_goes_on(tell: Callable[..., Portrait]) -> None:
    found = tell(
        "a nr:Exercise ; nr:hasParticipant :A, :B ; nr:hasObserver :C ; nr:hasStatus nrc:held",
        claim("c", 30, on("hasStatus", "nrc:under-way")),
        claim("c", 40, on("hasParticipant", ":A", ":B")),
        claim("c", 50, on("hasParticipant", ":C") + " ; nr:hasCertainty nrc:possible"),
        claim("a", 30, on("hasParticipant", ":A", ":B")),
        claim("a", 40, on("hasObserver", ":C") + " ; prov:wasAttributedTo :B"),
        claim("b", 30, on("hasStatus", "nrc:held")),
        claim("b", 5, on("hasKind", "nrc:passing-exercise")),
    )
    assert told(found) == [
        (
            "by 2030-05-03",
            "Article C",
            ["has status: under way", "has participant: A; B", "has participant: C (possible)"],
        ),
        ("by 2030-05-10", "Article A", ["has observer: C (said by B)"]),
        (
            "by 2030-05-20",
            "Article B",
            ["has kind: passing exercise (PASSEX) (headline)", "has status: held"],
        ),
    ]
    assert found.standing is None


def test_dates_are_told_as_bounds_and_again_when_they_change_back(
    tell: Callable[..., Portrait],
) -> None:
    days = '"2030-06-01"^^xsd:date', '"2030-06-30"^^xsd:date'
    both = f"nr:onProperty nr:earliest, nr:latest ; nr:hasValue {', '.join(days)}"
    found = tell(
        "a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:hasStatus nrc:announced",
        claim("c", 30, both),
        claim("a", 30, on("latest", '"2030-07-04"^^xsd:date')),
        claim("b", 30, both),
    )
    assert [news for _, _, news in told(found)] == [
        ["dates: 2030-06"],
        ["dates: until 2030-07-04"],
        ["dates: 2030-06"],
    ]
    assert found.story[0].news[0].property.label == "dates"


def test_a_number_is_told_with_what_it_counts(tell: Callable[..., Portrait]) -> None:
    number = "nr:hasQuantifier nrc:more-than ; nr:quantityOf nrc:ships"
    found = tell("a nr:Exercise", claim("c", 30, f"{on('hasQuantity', '20')} ; {number}"))
    assert told(found)[0][2] == ["quantity: more than 20 ships"]


def test_what_is_cancelled_says_by_whom_and_when(tell: Callable[..., Portrait]) -> None:
    found = tell(
        "a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:hasStatus nrc:cancelled",
        claim("c", 30, on("hasStatus", "nrc:announced")),
        claim("a", 30, on("hasStatus", "nrc:postponed")),
        claim("b", 30, on("hasStatus", "nrc:cancelled") + " ; prov:wasAttributedTo :B"),
    )
    assert [news for _, _, news in told(found)] == [
        ["has status: announced"],
        ["has status: postponed"],
        ["has status: cancelled (said by B)"],
    ]
    standing = found.standing
    assert standing is not None
    assert (standing.state, standing.by) == ("cancelled", (Named("B", f"{EXAMPLE}B"),))
    assert standing.article == Named("Article B", "urn:b")
    assert str(standing) == "cancelled, said by B (Article B, by 2030-05-20)"


@pytest.mark.parametrize(
    ("node", "words"),
    [
        ("nr:hasStatus nrc:announced", "open"),
        ('nr:latest "2030-05-20"^^xsd:date', "open"),
        (
            'nr:latest "2030-05-19"^^xsd:date',
            "overdue: its last day was 2030-05-19, before the newest article (Article B)",
        ),
        ("nr:realisedBy :x", "realised by X"),
        (
            "nr:realisedBy :x ; nr:hasKind nrc:exercises-lumped-together",
            "open; realised so far by X",
        ),
        ("nr:hasStatus nrc:carried-out", "carried out"),
        ("nr:hasStatus nrc:cancelled", "cancelled"),
        ("dcterms:isPartOf :x", "part of X"),
    ],
)
def test_how_a_plan_stands(node: str, words: str, tell: Callable[..., Portrait]) -> None:
    event = ':x a nr:Exercise ; rdfs:label "X"@en .'
    found = tell(f"a nr:ExercisePlan ; nr:hasParticipant :A, :B ; {node}", event)
    assert str(found.standing) == words
    assert found.node.kind == "ExercisePlan"


def test_rows_have_every_step_with_its_quote(tell: Callable[..., Portrait]) -> None:
    found = tell(
        "a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:hasStatus nrc:announced",
        claim("c", 30, on("hasStatus", "nrc:announced")),
    )
    rows = {row["part"]: row for row in found.records()}
    assert rows["standing"]["given"] == "open"
    step = rows["step"]
    assert (step["when"], step["property"], step["given"]) == (
        "by 2030-05-03",
        "has status",
        "announced",
    )
    assert (step["article"], step["start"], step["exact"]) == ("Article C", "30", "words")


def test_only_events_and_plans_have_a_story(tell: Callable[..., Portrait]) -> None:
    found = tell("a nr:Place", claim("c", 30, on("hasKind", '"x"')))
    assert (found.story, found.standing, len(found.claims)) == ((), None, 1)
