from __future__ import annotations

from collections.abc import Callable

import passex
from passex.evidence.portraits import Line, portrait
from passex.graph import names, statistics
from passex.graph.rows import Named
from passex.graph.store import Store
from passex.graph.terms import DCTERMS, DWC, ID, NR, ORG, SKOS, WGS84


def test_everything_about_a_ship() -> None:
    kg = passex.load()
    found = portrait(kg.store, kg.resolve("Ville de Quebec"))
    assert found.facts == (
        Line(
            Named("belongs to", NR.belongsTo),
            (Named("Standing NATO Maritime Group Two", ID.snmg2),),
            ("between 2018-08-01 and 2018-08-20",),
        ),
        Line(Named("further name", SKOS.altLabel), ("Ville de Québec",)),
        Line(
            Named("trained with", NR.trainedWith),
            (Named("JMSDF Training Squadron", ID["jmsdf-training-squadron"]),),
        ),
    )
    assert found.open == (Named("has kind", NR.hasKind),)
    assert found.mentions == (
        Line(
            Named("has participant", NR.hasParticipant),
            (
                Named(
                    "The JMSDF training squadron and HMCS Ville de Québec sailing together off "
                    "Spain, August 2018",
                    ID["sailing-off-spain-2018-08"],
                ),
            ),
        ),
        Line(
            Named("member", ORG.member),
            (
                Named(
                    "HMCS Ville de Québec sailing for SNMG2, August 2018",
                    ID["affiliation-hmcs-ville-de-quebec-snmg2-2018-08"],
                ),
            ),
        ),
    )
    assert found.claims == ()


def test_what_a_ship_belongs_to_for_a_time_says_so(make: Callable[[str], Store]) -> None:
    store = make(
        """id:a a nr:Navy ; rdfs:label "Navy A"@en . id:b a nr:Navy ; rdfs:label "Navy B"@en .
        id:c a nr:Formation ; rdfs:label "Squadron C"@en .
        id:s a nr:Ship ; rdfs:label "Ship"@en .
        id:s1 a nr:Affiliation ; org:member id:s ; org:organization id:a ;
            nr:latest "2019-12-31"^^xsd:date .
        id:s2 a nr:Affiliation ; org:member id:s ; org:organization id:b ;
            nr:earliest "2020-01-01"^^xsd:date .
        id:s3 a nr:Affiliation ; org:member id:s ; org:organization id:b ;
            nr:earliest "2017-05-04"^^xsd:date ; nr:latest "2017-05-04"^^xsd:date .
        id:s4 a nr:Affiliation ; org:member id:s ; org:organization id:c ;
            nr:latest "2018-12-31"^^xsd:date .
        id:s5 a nr:Affiliation ; org:member id:s ; org:organization id:c ."""
    )
    found = portrait(store, names.resolve(store, "Ship"))
    [line] = [line for line in found.facts if line.property.iri == NR.belongsTo]
    assert [*line.timed()] == [
        (Named("Navy A", ID.a), "until 2019-12-31 at the latest"),
        (Named("Navy B", ID.b), "from 2020-01-01 at the earliest; on 2017-05-04"),
        (Named("Squadron C", ID.c), ""),  # by one of the two at any time
    ]
    rows = [row for row in found.records() if row["property"] == "belongs to"]
    assert [(row["when"], row["given"]) for row in rows] == [
        ("until 2019-12-31 at the latest", "Navy A"),
        ("from 2020-01-01 at the earliest; on 2017-05-04", "Navy B"),
        ("", "Squadron C"),
    ]


def test_claims_and_literals() -> None:
    kg = passex.load()
    node = names.resolve(kg.store, "id:yokosuka", "https://w3id.org/passex/ontology#Place")
    found = portrait(kg.store, node)
    assert found.facts == (
        Line(Named("latitude", WGS84.lat), ("35.28361",)),
        Line(Named("longitude", WGS84.long), ("139.66722",)),
        Line(Named("part of", DCTERMS.isPartOf), (Named("Japan", ID.japan),)),
        Line(
            Named("what the coordinates stand for", DWC.georeferenceRemarks),
            ("one point for the whole city",),
        ),
    )
    labels = [
        "Yokosuka: part of Japan",
        "Yokosuka: latitude 35.28361",
        "Yokosuka: longitude 139.66722",
    ]
    assert [claim.label for claim in found.claims] == labels


def test_census_counts_what_the_files_say() -> None:
    kg = passex.load()
    found = statistics.count(kg.store)
    text = "".join(path.read_text(encoding="utf-8") for path in kg.store.files)
    assert found.articles == 3
    assert found.files == len(kg.store.files) == 5
    assert found.evidence == found.classes["quote"] == text.count("oa:exact")
    assert sum(found.claims.values()) == found.classes["claim"] == text.count("nr:about ")
    # A node is counted once, in its own class.
    plans = [text.count(f"a nr:{name} ") for name in ("Plan", "ExercisePlan")]
    assert [found.classes["plan"], found.classes["exercise plan"]] == plans
    assert found.classes["exercise"] == text.count("a nr:Exercise ")
    assert found.classes["ship"] == text.count("a nr:Ship") == 3
    assert "actor" not in found.classes
    assert 0 < found.derived < found.triples == len(kg.store)


def test_quotes_that_are_somebodys_are_not_mentions(make: Callable[[str], Store]) -> None:
    store = make(
        """@base <https://w3id.org/passex/id/article-a> .
        id:ann a nr:Person ; rdfs:label "Ann"@en .
        <#char=0,3> oa:exact "Off" ; prov:wasAttributedTo id:ann .
        id:said a nr:Statement ; rdfs:label "What Ann said"@en ; prov:wasAttributedTo id:ann ."""
    )
    [line] = portrait(store, names.resolve(store, "Ann")).mentions
    assert line.values == (Named("What Ann said", ID.said),)
