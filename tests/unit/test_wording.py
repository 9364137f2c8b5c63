"""Quantities as sentences have them, in claims' labels and in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import passex
from passex import load
from passex.evidence.claims import claims_about
from passex.evidence.portraits import portrait
from passex.graph.labelling import Node
from passex.graph.store import Store
from passex.graph.terms import PREFIXES

IRI = "https://example.org/"
HEAD = "".join(f"@prefix {n}: <{iri}> .\n" for n, iri in {**PREFIXES, "": IRI}.items())


@pytest.mark.parametrize(
    ("number", "concept", "label", "words"),
    [
        (1, "days", "quantity exactly 1 day", "1 day"),
        (2, "days", "quantity exactly 2 days", "2 days"),
        (1, "navies", "quantity exactly 1 navy", "1 navy"),
        (1, "people", "quantity exactly 1 person", "1 person"),
        (21, "people", "quantity exactly 21 people", "21 people"),
        (1, "aircraft", "quantity exactly 1 aircraft", "1 aircraft"),
        (3, "aircraft", "quantity exactly 3 aircraft", "3 aircraft"),
        (2, "frigate", "quantity exactly 2 frigates", "2 frigates"),
        (7, "edition", "edition 7", "edition 7"),
        (1, "edition", "edition 1", "edition 1"),
    ],
)
def test_quantities_are_worded(
    tmp_path: Path, number: int, concept: str, label: str, words: str
) -> None:
    path = tmp_path / "drill.ttl"
    path.write_text(
        HEAD
        + f""":e a nr:Exercise ; rdfs:label "Drill"@en . :c nr:about :e ;
        nr:onProperty nr:hasQuantity ; nr:hasValue {number} ; nr:quantityOf nrc:{concept} ."""
    )
    [claim] = claims_about(load(path).store, f"{IRI}e")
    assert (claim.label, claim.quantity) == (f"Drill: {label}", words)


def test_who_else_took_part_is_left_open(make: Callable[[str], Store]) -> None:
    store = make(
        """:e a nr:Exercise ; nr:leavesOpen nr:hasParticipant, nr:hasParty, nr:hasPlace ;
        nr:hasParticipant :a . :f a nr:Exercise ; nr:leavesOpen nr:hasParticipant ."""
    )
    found = portrait(store, Node("e", f"{IRI}e", "Exercise")).open
    assert [one.label for one in found] == ["further participants", "has party", "has place"]
    [nobody_yet] = portrait(store, Node("f", f"{IRI}f", "Exercise")).open
    assert nobody_yet.label == "has participant"


def test_no_plural_is_made_by_hand() -> None:
    """A number with its thing goes through `say`: by hand, one of them is "1 files"."""
    by_hand = re.compile(r"""\{(''|"") if [^{}]* == 1 else ('s'|"s")\}|"1 \w+" if \w+ == 1""")
    source = Path(passex.__file__).parent
    found = {
        f"{path.relative_to(source)}: {match[0]}"
        for path in source.rglob("*.py")
        for match in by_hand.finditer(path.read_text(encoding="utf-8"))
    }
    assert found == set()
