"""Three invented articles, written as docs/encoding.md says: short, valid, exact in answers."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

import passex
from passex import evidence
from passex.cli import cli
from passex.query.solutions import Solutions

FOLDER = Path(__file__).resolve().parents[1] / "data" / "encoding"
#: The articles, and who trains or is to train with whom, all with all.
TIES = {
    "amber-shield": [
        "Denmark", "Estonia", "Finland", "Germany", "Latvia", "Lithuania", "Poland", "Sweden",
    ],
    "colombo-call": ["India", "Sri Lanka"],
    "palawan-collision": ["Australia", "Philippines", "United States"],
}  # fmt: skip


@pytest.mark.parametrize("name", TIES)
def test_an_article_is_valid_and_its_anchors_stand_in_its_text(name: str) -> None:
    turtle, texts = FOLDER / f"2031-{name}.ttl", FOLDER / "texts"
    arguments = ["validate", str(turtle), "--texts", str(texts), "--fail-on", "warning"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    report = evidence.check(passex.load(turtle).store, texts)
    assert (report.articles, report.findings) == (1, ())


@pytest.mark.parametrize("name", TIES)
def test_an_article_takes_at_most_eighteen_lines_a_sentence(name: str) -> None:
    """Twenty are allowed; what has a line for each sentence is its text, below the headline."""
    turtle = (FOLDER / f"2031-{name}.ttl").read_text(encoding="utf-8")
    assert max(map(len, turtle.splitlines())) <= 120
    _, facts = turtle.split("\n# 1. ")
    lines = [line for line in facts.splitlines()[1:] if line and not line.startswith("#")]
    text = (FOLDER / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    sentences = text.splitlines()[2:]
    assert facts.count("\n# ") + 1 == len(sentences) >= 7
    assert len(lines) <= 18 * len(sentences)


@pytest.mark.parametrize("name", TIES)
def test_ties_of_an_article(name: str) -> None:
    graph = passex.load(FOLDER / f"2031-{name}.ttl")
    ties = graph.ties(passex.Policy(level="state", include=("held", "under-way", "planned"))).ties
    found = {(tie.source.label, tie.target.label) for tie in ties}
    assert found == set(combinations(TIES[name], 2))


def test_whose_words_are_quoted_goes_for_the_claims_of_a_node() -> None:
    """The collision is as the navy told it, and its day is proved by the quotes of the node."""
    graph = passex.load(FOLDER / "2031-palawan-collision.ttl")
    rows = graph.query(
        "SELECT ?property ?who ?basis ?certainty (COUNT(?quote) AS ?quotes) WHERE { "
        "?claim nr:about id:collision ; nr:onProperty ?property ; nr:hasBasis ?basis ; "
        "nr:hasCertainty ?certainty ; prov:wasAttributedTo ?who ; nr:hasEvidence ?quote . "
        "FILTER(?property IN (nr:hasKind, nr:latest)) "
        "} GROUP BY ?property ?who ?basis ?certainty"
    )
    assert isinstance(rows, Solutions)
    found = {
        tuple(term.value.rpartition("/")[2].rpartition("#")[2] for term in row) for row in rows
    }
    assert found == {
        ("hasKind", "philippine-navy", "stated", "certain", "4"),
        ("latest", "philippine-navy", "stated", "certain", "4"),
    }


def test_an_affiliation_with_its_quote_carries_a_ship_to_her_state() -> None:
    graph = passex.load(FOLDER / "2031-amber-shield.ttl")
    [tie] = [
        tie
        for tie in graph.ties(passex.Policy(level="unit")).ties
        if {tie.source.label, tie.target.label} == {"Greifswald", "Skarpö"}
    ]
    assert tie.basis == "stated"
    assert graph.query("ASK { id:greifswald nr:belongsTo id:germany }")
    assert graph.query("ASK { id:amber-31 nr:hasDomain nrc:naval }")
