from __future__ import annotations

from collections.abc import Callable

from passex import load
from passex.evidence.claims import Anchor, anchor, claims_about
from passex.graph.rows import Named
from passex.graph.store import Store
from passex.graph.terms import ID

ARTICLE = ID["article-harbour"]


def test_claims_with_all_they_say(azure: Store) -> None:
    met, led, year = claims_about(azure, ID["meeting-at-sea"])
    assert met.label == "The squadrons met"
    assert met.on_properties == ("nr:hasParticipant",)
    assert met.values == (
        Named("Azure Training Squadron", ID["azure-squadron"]),
        Named("League Squadron One", ID["league-squadron"]),
    )
    assert met.says == "Azure Training Squadron, League Squadron One"
    assert met.attributed_to == (Named("Article on the harbour", ARTICLE),)
    assert (met.certainty, met.basis, met.quantity, met.source) == ("certain", "stated", "", "")
    assert met.evidence == (
        Anchor(
            iri=f"{ARTICLE}#char=28,73",
            article=ARTICLE,
            label="Article on the harbour",
            zone="body",
            start=28,
            end=73,
            exact="training squadron sailed with League Squadron",
        ),
    )
    assert led.attributed_to == (Named("Élan Moré", ID["elan-more"]),)
    assert led.reported_via == (Named("The Herald", ID.herald),)
    assert led.quantity == led.says == "about 2 ships of Azure Navy, “a pair”"
    assert (year.basis, year.source, year.evidence) == ("background", "The almanac of 2030", ())
    assert year.values == ("2030-05-06",)


def test_claims_are_in_the_order_of_their_numbers(make: Callable[[str], Store]) -> None:
    names = ("c2", "c09", "c10", "c10-a", "c100", "d")
    claims = "".join(f":{name} nr:about :e ; nr:hasBasis nrc:stated . " for name in names)
    found = claims_about(make(f"{claims} :a nr:about :e ."), "https://example.org/e")
    assert tuple(claim.iri.rpartition("/")[2] for claim in found) == ("a", *names)


def test_one_of_each_thing_and_several_are_called_alike_everywhere(
    make: Callable[[str], Store],
) -> None:
    """The rule that labels claims words a quantity as the evidence does."""
    rows = load().select(
        """SELECT ?thing ?label { ?thing skos:prefLabel ?label ; skos:inScheme ?list
        VALUES ?list { nrc:scheme-quantity nrc:scheme-ship-kind nrc:scheme-aircraft-kind } }"""
    )
    called = {row["thing"].value: row["label"].value for row in rows}
    assert len(called) > 100
    facts = "".join(
        f':{place} skos:prefLabel "{label}"@en . :c{place}-{number} nr:about :e ; '
        f"nr:onProperty nr:hasQuantity ; nr:hasValue {number} ; nr:quantityOf :{place} . "
        for place, label in enumerate(called.values())
        for number in (1, 3)
    )
    claims = claims_about(make(facts), "https://example.org/e")
    said = [claim.quantity for claim in claims]
    assert [c.label.replace("quantity exactly ", "").removeprefix("e: ") for c in claims] == said
    assert {"1 navy", "1 sortie", "3 sorties", "1 torpedo", "1 foot", "3 feet"} <= {*said}
    assert {"1 person", "3 people", "3 per cent", "3 money", "1 armed service"} <= {*said}


def test_values_that_are_nodes_are_called_by_their_labels(make: Callable[[str], Store]) -> None:
    store = make(
        """:x rdfs:label "X"@en . :c nr:about :e ; nr:onProperty nr:hasKind ;
        nr:hasValue :x, :y, "w" . :q nr:about :f ; nr:onProperty nr:hasQuantity ; nr:hasValue 3 ;
        nr:quantityOf "ships" ."""
    )
    [claim] = claims_about(store, "https://example.org/e")
    assert claim.says == "<https://example.org/y>, X, w"
    assert claim.label == "e: has kind X, w, y"
    [claim] = claims_about(store, "https://example.org/f")
    assert claim.quantity == "3 ships"


def test_a_quote_says_by_its_iri_where_it_is(make: Callable[[str], Store]) -> None:
    store = make(
        """<urn:a> a schema:NewsArticle ; rdfs:label "A" ; nr:hasZone <urn:a#char=0,9> .
        <urn:a#char=0,9> nr:hasKind nrc:headline . <urn:a#char=4,6> oa:exact "is" .
        <urn:t#row=17> oa:exact "key" . :other oa:exact "words" ."""
    )
    assert anchor(store, "urn:a#char=4,6") == Anchor(
        "urn:a#char=4,6", "urn:a", "A", "headline", 4, 6, "is"
    )
    row = anchor(store, "urn:t#row=17")
    assert (row.article, row.zone, row.start, row.end, row.exact) == ("urn:t", "row", 17, 17, "key")
    assert anchor(store, "https://example.org/other") == Anchor(
        "https://example.org/other", "", "", "", -1, -1, "words"
    )


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
