"""Four invented articles, written as docs/encoding.md says: short, valid, exact in answers."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from textwrap import dedent

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
    "dynamic-petrel": ["Canada", "Germany", "Netherlands", "Norway", "United Kingdom"],
}  # fmt: skip


def _file(name: str) -> Path:
    [file] = FOLDER.glob(f"*-{name}.ttl")
    return file


@pytest.mark.parametrize("name", TIES)
def test_an_article_is_valid_and_its_anchors_stand_in_its_text(name: str) -> None:
    turtle, texts = _file(name), FOLDER / "texts"
    arguments = ["validate", str(turtle), "--texts", str(texts), "--fail-on", "warning"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    report = evidence.check(passex.load(turtle).store, texts)
    assert (report.articles, report.findings) == (1, ())


@pytest.mark.parametrize("name", TIES)
def test_an_article_takes_at_most_twenty_lines_a_sentence(name: str) -> None:
    """The text below the headline has a line for each sentence."""
    turtle = _file(name).read_text(encoding="utf-8")
    assert max(map(len, turtle.splitlines())) <= 120
    _, facts = turtle.split("\n# 1. ")
    lines = [line for line in facts.splitlines()[1:] if line and not line.startswith("#")]
    text = (FOLDER / "texts" / f"{name}.txt").read_text(encoding="utf-8")
    sentences = text.splitlines()[2:]
    assert facts.count("\n# ") + 1 == len(sentences) >= 7
    assert len(lines) <= 20 * len(sentences)


@pytest.mark.parametrize("name", TIES)
def test_ties_of_an_article(name: str) -> None:
    graph = passex.load(_file(name))
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


def test_a_dense_article_leaves_out_what_goes_without_saying() -> None:
    """A fleet alone, who withdrew, a phase to come, a cancelled edition, a commander."""
    graph = passex.load(_file("dynamic-petrel"))
    for fact in (
        "id:nf-fire nr:hasDomain nrc:naval ; a nr:OpenPlan",
        "id:mines-31 nr:hasDomain nrc:naval",
        "id:dp-30-2 nr:hasStatus nrc:planned ; nr:hasDomain nrc:air",
        "id:dp-cmd nr:leavesOpen org:postIn",
    ):
        assert graph.query(f"ASK {{ {fact} }}"), fact
    assert not graph.query("ASK { ?any nr:trainedWith|nr:plansToTrainWith id:nfleet }")
    arguments = ["--data", str(_file("dynamic-petrel"))]
    lines = CliRunner().invoke(cli, ["ask", "series", *arguments]).output.splitlines()
    assert [line.split("  ")[0] for line in lines] == ["series", *["Dynamic Petrel"] * 2]
    assert (
        "cancelled when reported, October 2030"
        in CliRunner().invoke(cli, ["ask", "plans", *arguments]).output
    )
    lines = CliRunner().invoke(cli, ["show", "Denmark", *arguments]).output.splitlines()
    assert "  has withdrawn: Dynamic Petrel, October 2030" in lines
    assert lines[-1] == (
        "claims: none about it; it is a value in 1 claim about others (passex why)"
    )


def test_a_navy_that_is_not_in_the_gazetteer(tmp_path: Path) -> None:
    """As the page has it: valid, and the ties of its services are its states'."""
    page = (FOLDER.parents[2] / "docs" / "encoding.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("has an affiliation from background:\n\n  ```turtle\n")
    facts = dedent(rest.partition("  ```")[0])
    head = (FOLDER.parent / "story" / "actors.ttl").read_text(encoding="utf-8")
    prefixes = [line for line in head.splitlines() if line.startswith("@prefix")]
    file = tmp_path / "actors.ttl"
    curators = 'id:curators a prov:Agent ; rdfs:label "the curators of this graph"@en .'
    file.write_text("\n".join([*prefixes, curators, facts]), encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate", str(file), "--fail-on", "warning"])
    assert result.exit_code == 0, result.output
    assert passex.load(file).query("ASK { id:aldrian-navy nr:belongsTo id:aldria }")


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
