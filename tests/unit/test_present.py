"""What a node has by the newest article that speaks of it."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.evidence.present import PresentValues
from passex.graph.terms import NR

STORY = Path(__file__).resolve().parents[1] / "data" / "story"
THINGS = "https://w3id.org/passex/id/"


@pytest.fixture(scope="module")
def engine() -> ox.Store:
    store = ox.Store()
    for path in sorted(STORY.glob("*.ttl")):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    ("node", "name", "value", "claim"),
    [
        ("iron-gull", "hasStatus", "cancelled", "article-2031-iron-gull-cancelled#c2"),
        ("grey-heron-2031", "hasStatus", "held", "article-2031-grey-heron-ends#c2"),
        ("grey-heron-2031-plan", "hasStatus", "announced", "article-2031-grey-heron-announced#c4"),
        ("iron-gull", "earliest", "2031-09-01", "article-2031-grey-heron-begins#c21"),
        ("iron-gull", "latest", "2031-09-30", "article-2031-grey-heron-begins#c21"),
    ],
)
def test_the_newest_claim_gives_it(
    engine: ox.Store, node: str, name: str, value: str, claim: str
) -> None:
    found = PresentValues(engine).of(ox.NamedNode(THINGS + node), NR[name])
    assert found is not None
    assert found.value.value.rpartition("/")[2] == value
    assert found.claim == ox.NamedNode(THINGS + claim)
    assert found.words is None


def test_what_nobody_claims_has_none(engine: ox.Store) -> None:
    assert PresentValues(engine).of(ox.NamedNode(THINGS + "aldria"), NR.hasStatus) is None


def changed(engine: ox.Store, update: str) -> PresentValues:
    copy = ox.Store()
    copy.extend(engine)
    copy.update(f"PREFIX nr: <{NR.iri}> PREFIX id: <{THINGS}> {update}")
    return PresentValues(copy)


def test_two_claims_of_one_article_that_differ_give_none(engine: ox.Store) -> None:
    base = f"<{THINGS}article-2031-iron-gull-cancelled#"
    values = changed(
        engine,
        f"INSERT {{ {base}x> nr:about id:iron-gull ; nr:onProperty nr:hasStatus ; nr:hasValue 1 ;"
        f" nr:hasEvidence ?quote }} WHERE {{ {base}c2> nr:hasEvidence ?quote }}",
    )
    assert values.of(ox.NamedNode(THINGS + "iron-gull"), NR.hasStatus) is None


@pytest.mark.parametrize(
    "weak",
    [
        "nr:hasCertainty <https://w3id.org/passex/concept/probable>",
        "nr:hasBasis <https://w3id.org/passex/concept/inferred>",
        f"nr:hasEvidence <{THINGS}article-2031-iron-gull-cancelled#char=0,5>",
    ],
)
def test_a_weak_claim_gives_nothing(engine: ox.Store, weak: str) -> None:
    claim = f"<{THINGS}article-2031-iron-gull-cancelled#c2>"
    values = changed(
        engine,
        f"DELETE {{ {claim} nr:hasEvidence ?q }} INSERT {{ {claim} {weak} }}"
        f" WHERE {{ {claim} nr:hasEvidence ?q FILTER(CONTAINS('{weak}', 'hasEvidence')) }};"
        f" INSERT DATA {{ {claim} {weak} }}",
    )
    found = values.of(ox.NamedNode(THINGS + "iron-gull"), NR.hasStatus)
    assert found is not None
    assert found.value.value.endswith("postponed")


def test_words_of_other_dates_are_told(engine: ox.Store) -> None:
    values = changed(
        engine,
        "DELETE { id:iron-gull nr:dateWords ?w } INSERT { id:iron-gull nr:dateWords 'in June' }"
        " WHERE { id:iron-gull nr:dateWords ?w }",
    )
    gull = ox.NamedNode(THINGS + "iron-gull")
    found = values.of(gull, NR.earliest)
    assert found is not None
    assert found.words == ox.Literal("in June")
    status = values.of(gull, NR.hasStatus)
    assert status is not None
    assert status.words is None
