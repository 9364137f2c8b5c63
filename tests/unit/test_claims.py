from __future__ import annotations

from collections.abc import Callable

from passex.evidence.claims import Anchor, anchor, claims_about, number
from passex.graph.rows import Named
from passex.graph.store import Store
from passex.graph.terms import ID


def test_claims_with_all_they_say(azure: Store) -> None:
    met, led, year = claims_about(azure, ID["meeting-at-sea"])
    assert met.label == "The squadrons met"
    assert met.on_properties == ("nr:hasKind", "nr:hasParticipant")
    assert met.attributed_to == (Named("Article on the harbour", ID["article-harbour"]),)
    assert (met.certainty, met.basis, met.value, met.quantity, met.source) == (
        "certain",
        "stated",
        "",
        "",
        "",
    )
    assert met.evidence == (
        Anchor(
            iri=ID["ev-1"],
            article=ID["article-harbour"],
            label="Article on the harbour",
            zone="body",
            start=28,
            end=73,
            exact="training squadron sailed with League Squadron",
        ),
    )
    assert led.attributed_to == (Named("Élan Moré", ID["elan-more"]),)
    assert led.reported_via == (Named("The Herald", ID.herald),)
    assert led.quantity == "about 2 ships"
    assert (year.basis, year.source, year.evidence) == ("background", "The almanac of 2030", ())
    assert year.value == "2030"


def test_values_that_are_nodes_are_called_by_their_labels(make: Callable[[str], Store]) -> None:
    store = make(
        """:x rdfs:label "X"@en . :c a nr:Claim ; nr:about :e ; nr:hasValue :x, :y, _:z, "w" ;
        nr:hasQuantity 3 ; nr:hasQuantifier nrc:exactly ."""
    )
    [claim] = claims_about(store, "https://example.org/e")
    values = claim.value.split(", ")
    assert [value for value in values if len(value) < 30] == ["X", "w"] or "w" in values
    assert "<https://example.org/y>" in values
    assert claim.quantity == "3"
    assert claim.label == "<https://example.org/c>"


def test_evidence_that_says_nothing(make: Callable[[str], Store]) -> None:
    store = make(":ev a oa:SpecificResource .")
    assert anchor(store, "https://example.org/ev") == Anchor(
        "https://example.org/ev", "", "", "", -1, -1, ""
    )


def test_numbers() -> None:
    assert [number(text) for text in ("0", "12", "", "-1", "x")] == [0, 12, -1, -1, -1]


def test_what_is_stated_comes_before_what_is_inferred_and_background(
    make: Callable[[str], Store],
) -> None:
    bases = ("background", "inferred", "stated", "background", "inferred", "stated")
    store = make(
        ":e a nr:Exercise ."
        + "".join(
            f":c{n} a nr:Claim ; nr:about :e ; nr:hasBasis nrc:{basis} ."
            for n, basis in enumerate(bases)
        )
    )
    found = [claim.iri[-2:] for claim in claims_about(store, "https://example.org/e")]
    assert found == ["c2", "c5", "c1", "c4", "c0", "c3"]
