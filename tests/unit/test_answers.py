"""Questions whose answer was empty, or too much, where articles of other kinds were encoded."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from passex.graph.store import Store
from passex.questions import answers, catalogue

Make = Callable[[str], Store]
STATES = ':A a nr:State ; rdfs:label "A"@en . :B a nr:State ; rdfs:label "B"@en .\n'


def ask(store: Store, question: str, *values: str) -> list[dict[str, object]]:
    rows = answers.ask(store, catalogue.find(question), values).records()
    return [{key: value for key, value in row.items() if value is not None} for row in rows]


@pytest.mark.parametrize("kind", ["criticism", "accusation", "condemnation", "protest"])
def test_who_protests_or_accuses_criticises(make: Make, kind: str) -> None:
    store = make(
        f"""{STATES} {"" if kind == "criticism" else f"nrc:{kind} skos:broader nrc:criticism ."}
        :s a nr:Statement ; rdfs:label "S"@en ; nr:hasKind nrc:{kind} ;
        prov:wasAttributedTo :A ; nr:concerns :B ."""
    )
    [row] = ask(store, "criticism")
    assert {row["speaker"], row["subject"]} == {"A", "B"}


def test_who_agreed_may_be_left_open(make: Make) -> None:
    store = make(
        """:c a nr:Agreement ; rdfs:label "Convention"@en ; nr:hasStatus nrc:agreed ;
        nr:leavesOpen nr:hasParty ."""
    )
    [row] = ask(store, "agreements")
    assert row["agreement"] == "Convention"


def test_what_is_said_is_no_quote(make: Make) -> None:
    store = make(
        f"""{STATES} :s a nr:Statement ; rdfs:label "S"@en ; prov:wasAttributedTo :A .
        :q oa:exact "words" ; prov:wasAttributedTo :A ."""
    )
    assert [row["what"] for row in ask(store, "said-by", "A")] == ["S"]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (("2001 2001", "2003 2003", "2004 2004"), {"e2"}),
        (("2001 2003", "2003 2003"), {"e0", "e1"}),  # which one was later is not known
        (("2001 ", "2004 2004"), {"e1"}),
        ((" 2002", "2004 2004"), {"e1"}),
        ((" ", "2004 2004"), {"e0", "e1"}),
        (("2001 2001",), {"e0"}),
    ],
)
def test_the_last_exercise_of_a_stalled_series(
    make: Make, days: tuple[str, ...], last: set[str]
) -> None:
    told = ""
    for number, bounds in enumerate(days):
        start, end = bounds.split(" ")
        told += f':e{number} a nr:Exercise ; rdfs:label "e{number}"@en ; nr:inSeries :r .\n'
        told += f':e{number} nr:earliest "{start}-01-01"^^xsd:date .\n' if start else ""
        told += f':e{number} nr:latest "{end}-12-31"^^xsd:date .\n' if end else ""
    store = make(
        f"""{told} :r a nr:Series ; rdfs:label "R"@en .
        :stop a nr:Suspension ; rdfs:label "Stop"@en ; nr:concerns :r ."""
    )
    assert {row["last"] for row in ask(store, "stalled-series")} == last
