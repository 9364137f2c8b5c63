"""What changes for a reader, case by case, on small graphs."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import asdict
from pathlib import Path

import pytest
import rdflib
import reviewed
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, RDFS
from thorough import examples

import passex
from passex.curation.diff.changes import PlanChange, Stage, Strength, TieChange
from passex.errors import InputError, QueryError
from passex.evidence.claims import label_of
from passex.graph.dataset import root
from passex.graph.rows import Named
from passex.graph.terms import PREFIXES
from passex.text.nearest import almost

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
ARTICLE = "https://example.org/article"
#: An exercise of two navies, of which an article tells.
EXERCISE = f"""{HEAD}
id:red-navy a nr:Navy ; rdfs:label "Red Navy"@en .
id:blue-navy a nr:Navy ; rdfs:label "Blue Navy"@en .
<{ARTICLE}> a schema:NewsArticle ; rdfs:label "An article"@en ; nr:hasZone <{ARTICLE}#char=0,99> .
<{ARTICLE}#char=0,99> nr:hasKind nrc:body .
<{ARTICLE}#char=3,9> oa:exact "navies" .
id:drill a nr:Exercise ; rdfs:label "Drill"@en ; nr:hasParticipant id:red-navy, id:blue-navy ;
    nr:hasDomain nrc:naval ; nr:hasStatus nrc:held .
<{ARTICLE}#c1> nr:about id:drill ; nr:onProperty nr:hasParticipant ;
    nr:hasValue id:red-navy, id:blue-navy ; nr:hasEvidence <{ARTICLE}#char=3,9> .
"""
PLAN = f"""{HEAD}
id:red-navy a nr:Navy ; rdfs:label "Red Navy"@en .
id:blue-navy a nr:Navy ; rdfs:label "Blue Navy"@en .
id:drill a nr:ExercisePlan ; rdfs:label "Drill"@en ; nr:hasParticipant id:red-navy, id:blue-navy ;
    nr:hasDomain nrc:naval ; nr:hasStatus nrc:announced ; nr:earliest "2031-06-01"^^xsd:date ;
    nr:latest "2031-06-30"^^xsd:date .
"""


def diff(old: str, new: str, **options: object) -> passex.Difference:
    # Kept in the cache of the tests, since most graphs are compared more than once.
    return passex.diff(old, new, **options)  # type: ignore[arg-type]


def lines(old: str, new: str) -> list[str]:
    """The sentences of the sections, without their titles."""
    return [line[2:] for line in str(diff(old, new)).splitlines() if line.startswith("  ")]


def test_a_tie_of_another_basis() -> None:
    inferred = EXERCISE.replace(
        "nr:onProperty nr:hasParticipant ;",
        "nr:onProperty nr:hasParticipant ; nr:hasBasis nrc:inferred ;",
    )
    found = diff(EXERCISE, inferred)
    assert [change.changes for change in found.ties] == [("basis",)]
    assert lines(EXERCISE, inferred) == [
        "Blue Navy and Red Navy are tied otherwise (of another basis): stated → inferred.",
        "Drill: has participant Blue Navy, Red Navy: said by An article → id:curators; "
        "stated → inferred",
    ]


def test_a_third_party_makes_a_tie_weaker() -> None:
    third = EXERCISE + (
        'id:grey-navy a nr:Navy ; rdfs:label "Grey Navy"@en . '
        "id:drill nr:hasParticipant id:grey-navy ."
    )
    assert lines(EXERCISE, third)[:2] == [
        "2 pairs are tied now: 1 exercise, stated (Drill): Blue Navy and Grey Navy; "
        "Grey Navy and Red Navy.",
        "Blue Navy and Red Navy are tied otherwise (weaker): weight 1.00 → 0.50.",
    ]


def test_another_exercise_makes_a_tie_stronger() -> None:
    second = EXERCISE + (
        'id:second a nr:Exercise ; rdfs:label "Second"@en ; nr:hasDomain nrc:naval ; '
        "nr:hasParticipant id:red-navy, id:blue-navy ; nr:hasStatus nrc:held ."
    )
    assert lines(EXERCISE, second) == [
        "Blue Navy and Red Navy are tied otherwise (stronger): 1 exercise → 2 exercises; "
        "weight 1.00 → 2.00; by Second.",
        "1 exercise new: Second.",
    ]
    other = second.replace(EXERCISE[EXERCISE.index("id:drill a") :], "")
    found = diff(EXERCISE, other)
    assert [change.changes for change in found.ties] == [("events",)]


def test_who_makes_a_claim_and_how_sure() -> None:
    new = EXERCISE.replace(
        "nr:onProperty nr:hasParticipant ;",
        "nr:onProperty nr:hasParticipant ; nr:hasCertainty nrc:probable ; "
        "prov:wasAttributedTo id:red-navy ; nr:reportedVia id:blue-navy ;",
    )
    assert lines(EXERCISE, new)[-1] == (
        "Drill: has participant Blue Navy, Red Navy: said by An article → Red Navy; "
        "via nobody → Blue Navy; certain → probable"
    )


def test_a_quote_may_say_whose_words_it_is() -> None:
    new = EXERCISE + f"<{ARTICLE}#char=3,9> prov:wasAttributedTo id:red-navy ."
    assert lines(EXERCISE, new) == [
        "Drill: has participant Blue Navy, Red Navy: said by An article → Red Navy"
    ]


def test_of_two_that_say_the_same_the_one_of_the_name_has_another_voice() -> None:
    def claim(name: str, by: str) -> str:
        return (
            f"<{ARTICLE}#{name}> nr:about id:drill ; nr:onProperty nr:hasParticipant ; "
            f"nr:hasValue id:red-navy, id:blue-navy ; nr:hasEvidence <{ARTICLE}#char=3,9> ; "
            f"prov:wasAttributedTo id:{by} .\n"
        )

    old = EXERCISE + claim("c0", "blue-navy") + claim("c2", "red-navy")
    new = EXERCISE + claim("c2", "grey-navy")
    assert [
        (change.claim.iri[-2:], change.old is not None, change.new is not None)
        for change in diff(old, new).claims
    ] == [("c0", True, False), ("c2", True, True)]


def test_rows_of_tables_have_no_text_at_hand() -> None:
    row = f'<{ARTICLE}#row=2> oa:exact "one" . <{ARTICLE}#char=12,15> oa:exact "two" .'
    assert [
        (one.article.label, one.quotes) for one in diff(EXERCISE, EXERCISE + row).unchecked
    ] == [("An article", 1)]


def test_what_facts_name_of_the_gazetteer() -> None:
    new = EXERCISE + "id:drill nr:hasObserver id:chile ."
    assert lines(EXERCISE, new) == [
        "1 gazetteer entry new: Chile (state).",
        "Drill: has observer: Chile (added)",
    ]
    more = new + "id:drill nr:hasObserver id:peru ."
    assert diff(EXERCISE, more).write().splitlines()[1] == (
        "2 gazetteer entries new; 1 value changed."
    )


def test_claims_that_are_only_numbered_anew_are_the_same() -> None:
    found = diff(EXERCISE, EXERCISE.replace("#c1", "#c7"))
    assert found.claims == ()
    assert str(found).splitlines()[1] == "Nothing has changed that a reader would see."
    assert len(found.triples.added) == len(found.triples.removed) == 5
    assert bool(found)


@pytest.mark.parametrize(
    ("new", "change", "sentence"),
    [
        ("nrc:cancelled", "cancelled", "Drill is cancelled: it was announced."),
        ("nrc:postponed", "postponed", "Drill is postponed: it was announced."),
        ("nrc:agreed", "status", "Drill: announced → agreed."),
        ("nrc:carried-out", "realised", "Drill is carried out: announced → carried out."),
    ],
)
def test_what_becomes_of_a_plan(new: str, change: str, sentence: str) -> None:
    after = PLAN.replace("nrc:announced", new)
    assert [one.change for one in diff(PLAN, after).plans] == [change]
    assert lines(PLAN, after) == [sentence]


def test_the_dates_of_a_plan() -> None:
    after = PLAN.replace("2031-06-", "2031-09-")
    assert lines(PLAN, after) == ["Drill: dates 2031-06 → 2031-09."]
    both = after.replace("nrc:announced", "nrc:postponed")
    assert lines(PLAN, both) == ["Drill is postponed: it was announced; dates 2031-06 → 2031-09."]


def test_a_plan_that_is_gone_new_or_open_again() -> None:
    none = PLAN[: PLAN.index("id:drill a")]
    assert lines(PLAN, none) == ["Drill is gone: it was announced, 2031-06, open."]
    assert lines(none, PLAN) == ["Drill is new: announced, 2031-06, open."]
    off = PLAN.replace("nrc:announced", "nrc:cancelled")
    assert lines(none, off) == ["Drill is new: 2031-06, cancelled."]
    assert lines(off, PLAN) == ["Drill is open again, and was cancelled: cancelled → announced."]


def test_a_plan_becomes_overdue_by_a_newer_article() -> None:
    article = (
        'id:late a schema:NewsArticle ; rdfs:label "Later"@en ; nr:latest "2031-08-01"^^xsd:date .'
    )
    assert lines(PLAN, PLAN + article) == [
        "Drill is overdue by the newest article (2031-06).",
        "1 article new: Later.",
    ]
    assert lines(PLAN + article, PLAN) == [
        "Drill is open, and was overdue.",
        "1 article gone: Later.",
    ]


SHIP = f'{HEAD}id:a a nr:Ship ; rdfs:label "HMS Alert"@en ; skos:notation "1" .'


def test_values_that_look_alike_are_told_apart() -> None:
    typed = SHIP.replace('notation "1"', "notation 1")
    [change] = diff(SHIP, typed).values
    assert (change.old, change.new) == (
        ('"1"',),
        ('"1"^^<http://www.w3.org/2001/XMLSchema#integer>',),
    )


def test_another_class_and_another_name() -> None:
    person = SHIP.replace("nr:Ship", "nr:Formation").replace("Alert", "Alarm")
    assert lines(SHIP, person) == [
        "HMS Alarm: class: ship → formation",
        "HMS Alarm: label: HMS Alert → HMS Alarm",
    ]


def test_names_near_to_others() -> None:
    new = SHIP + (
        'id:b a nr:Ship ; rdfs:label "HMS Alret"@en . id:c a nr:Ship ; rdfs:label "HMS ALERT"@en . '
        'id:d a nr:Ship ; rdfs:label "U 21"@en . id:e a nr:Ship ; rdfs:label "U 22"@en . '
        'id:f a nr:Navy ; rdfs:label "Chileean Navy"@en . '
        'id:g a nr:Place ; rdfs:label "HMS Alirt"@en .'
    )
    found = diff(SHIP, new)
    assert [(near.node.label, near.other.label, near.equal) for near in found.near] == [
        ("Chileean Navy", "Chilean Navy", False),
        ("HMS ALERT", "HMS Alert", True),
        ("HMS ALERT", "HMS Alret", False),
        ("HMS Alret", "HMS Alert", False),
    ]
    assert lines(SHIP, new)[-4:-1] == [
        "Chileean Navy is spelled almost as Chilean Navy.",
        "HMS ALERT has a name of HMS Alert: HMS ALERT.",
        "HMS ALERT is spelled almost as HMS Alret.",
    ]


def test_a_further_name_of_the_gazetteer_is_given_as_it_is_written() -> None:
    new = SHIP + 'id:asean a nr:Organisation ; rdfs:label "ASEAN"@en .'
    assert lines(SHIP, new)[-1] == (
        "ASEAN has a name almost like one of National Aeronaval Service of Panama: ASEAN; SENAN."
    )


@given(st.text("abc1", min_size=1, max_size=7), st.text("abc1", min_size=1, max_size=7))
def test_almost_finds_what_a_slow_search_finds(one: str, other: str) -> None:
    def shorter(text: str) -> set[str]:
        return {text, *(text[:n] + text[n + 1 :] for n in range(len(text)))}

    long = min(len(one), len(other)) >= 5
    near = one == other or (
        long and bool(shorter(one) & shorter(other)) and one.count("1") == other.count("1")
    )
    assert almost([one], [other]) == ({one: [other]} if near else {})


def test_a_new_concept() -> None:
    new = SHIP + 'nrc:mine-drill a skos:Concept ; skos:prefLabel "mine drill"@en .'
    assert lines(SHIP, new) == ["1 concept new: mine drill."]


def test_an_ontology_that_is_compared_is_that_of_the_files(tmp_path: Path) -> None:
    """And not that of the installation, which is mixed into both graphs."""
    old, new = tmp_path / "old", tmp_path / "new"
    ontology = root() / "ontology"
    for folder in (old, new):
        folder.mkdir()
        for name in ("concepts.ttl", "naval.ttl"):
            text = (ontology / name).read_text(encoding="utf-8")
            if folder == old:
                text = re.sub(r"(?m)^nrc:frigate a (.|\n)*? \.\n", "", text)
                text = text.replace('skos:prefLabel "corvette"', 'skos:prefLabel "small frigate"')
                text += "nrc:galley a skos:Concept ; skos:prefLabel 'galley'@en .\n"
            else:
                text += "nr:Fleet a owl:Class ; rdfs:label 'fleet'@en .\n"
            (folder / name).write_text(text + HEAD, encoding="utf-8")
        (folder / "ship.ttl").write_text(SHIP, encoding="utf-8")
    found = passex.diff(old, new)
    assert found.write().splitlines()[1].split("; ")[:4] == [
        "1 concept new",
        "1 concept gone",
        "1 class new",
        "1 value changed.",
    ]


def test_nodes_without_an_iri_are_compared_as_triples() -> None:
    old = SHIP + ' [] a nr:Ship ; rdfs:label "A"@en .'
    found = diff(old, old.replace('"A"', '"B"'))
    assert not found.is_seen
    assert len(found.triples.added) == len(found.triples.removed) == 1
    assert found.notes == (
        "Nodes without an IRI have no name that lasts: only their triples are compared.",
    )


def test_weights_that_only_rounding_tells_apart_are_the_same() -> None:
    def strength(weight: float) -> Strength:
        return Strength(3, weight, 0, 0.0, "stated", ())

    ends = Named("A", "urn:a"), Named("B", "urn:b")
    assert TieChange(*ends, strength(0.1 + 0.2), strength(0.3)).changes == ("events",)


def test_what_a_plan_is_now_realised_by() -> None:
    plan = Named("Plan", "urn:p")
    old = Stage("open", "planned", "2031")
    new = Stage("open", "planned", "2031", (Named("Drill", "urn:d"),))
    assert PlanChange(plan, old, new).change == "part"
    assert PlanChange(plan, new, old).change == "other"


def test_graphs_of_libraries_and_texts() -> None:
    graph = rdflib.Graph()
    node = rdflib.URIRef(PREFIXES["id"] + "a")
    graph.add((node, RDF.type, rdflib.URIRef(PREFIXES["nr"] + "Ship")))
    graph.add((node, RDFS.label, rdflib.Literal("HMS Alert", lang="en")))
    found = passex.diff(graph, SHIP)
    assert [asdict(change) for change in found.values] == [
        {
            "node": {"label": "HMS Alert", "iri": str(node)},
            "property": {"label": "code", "iri": PREFIXES["skos"] + "notation"},
            "old": (),
            "new": ("1",),
        }
    ]
    assert repr(found) == "<Difference: 1 value changed. 1 triple added, 0 removed.>"
    assert found.write("markdown").splitlines()[0] == "### **old** (1 file) → **new** (1 file)"


def test_what_is_no_graph_or_no_format() -> None:
    with pytest.raises(QueryError, match="int is no graph"):
        passex.diff(1, 2)  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="is no path"):
        passex.diff("a\0b", "c")
    with pytest.raises(QueryError, match="the new graph is missing"):
        passex.diff(SHIP)
    with pytest.raises(QueryError, match="'docx' is no format"):
        diff(SHIP, SHIP).write("docx")
    with pytest.raises(InputError, match="not Turtle"):
        diff(SHIP, "<urn:a> <urn:b> \n")


#: Facts that may be in a graph or not; any of them make a graph.
FACTS = (
    "id:drill nr:hasObserver id:grey-navy .",
    "id:drill nr:hasParticipant id:grey-navy .",
    'id:grey-navy a nr:Navy ; rdfs:label "Grey Navy"@en .',
    'id:other a nr:Exercise ; rdfs:label "Other"@en ; nr:hasParticipant id:red-navy .',
    "id:other nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ; nr:hasParticipant id:blue-navy .",
    'id:plan a nr:ExercisePlan ; rdfs:label "Plan"@en ; nr:hasStatus nrc:planned .',
    "id:plan nr:realisedBy id:drill .",
    "<urn:c2> nr:about id:drill ; nr:onProperty nr:hasPlace ; nr:hasValue id:port .",
    'id:port a nr:Place ; rdfs:label "Port"@en .',
    "[] a nr:Ship .",
)


@given(st.sets(st.sampled_from(FACTS)), st.sets(st.sampled_from(FACTS)))
@settings(max_examples=examples(8))
def test_what_is_gained_one_way_is_lost_the_other(some: set[str], others: set[str]) -> None:
    old, new = (EXERCISE + "\n".join(sorted(facts)) for facts in (some, others))
    there, back = diff(old, new), diff(new, old)
    assert not diff(old, old)
    turned = {"gained": "lost", "lost": "gained", "stronger": "weaker", "weaker": "stronger"}
    assert [(c.source, c.target, c.old, c.new) for c in there.ties] == sorted(
        ((c.source, c.target, c.new, c.old) for c in back.ties),
        key=lambda c: [(t.source, t.target) for t in there.ties].index(c[:2]),
    )
    for one in there.ties:
        [other] = [c for c in back.ties if (c.source, c.target) == (one.source, one.target)]
        assert {turned.get(word, word) for word in one.changes} == {*other.changes}
    assert {(p.plan, p.old, p.new) for p in there.plans} == {
        (p.plan, p.new, p.old) for p in back.plans
    }
    assert {(n.node, n.new) for n in there.nodes} == {(n.node, not n.new) for n in back.nodes}
    assert bool(there) == (some != others)


def test_facts_of_a_node_with_what_proves_them() -> None:
    """Values that differ, and values that are proved otherwise; not what is only numbered anew."""
    before = reviewed.turtle()
    after = (
        before.replace("nr:hasParticipant id:marn, id:lyr ;", "nr:hasParticipant id:marn ;")
        .replace("<#c4> nr:about", "<#c9> nr:about")
        .replace("nr:hasCertainty nrc:possible ;", "")
    )
    found = passex.diff(before, after)
    [node] = found.facts
    assert (node.node.label, node.group, node.change) == (
        *("Drill off Port Lumen", "exercise"),
        "changed",
    )
    assert [fact.property.label for fact in node.facts] == ["has kind", "has participant"]
    kind, participant = node.facts
    for side, certainty in ((kind.old, "possible"), (kind.new, "certain")):
        assert [(label_of(one.value), one.stands) for one in side] == [
            ("passing exercise (PASSEX)", False)
        ]
        assert [claim.certainty for claim in side[0].claims] == [certainty]
    # The claim of both stays: what it gives no longer stands on the node.
    assert [(label_of(one.value), one.stands) for one in participant.old] == [("Navy of Lyr", True)]
    assert [(label_of(one.value), one.stands) for one in participant.new] == [
        ("Navy of Lyr", False)
    ]
    quotes = [place.exact for place in participant.old[0].claims[0].evidence]
    assert quotes == ["The navies of Marn and Lyr", "Marn and Lyr trained"]
    assert passex.diff(before, before.replace("<#c4> nr:about", "<#c9> nr:about")).facts == ()


def test_page_has_old_beside_new() -> None:
    before = reviewed.turtle()
    page = passex.diff(before, before.replace('"Drill off Port Lumen"', '"<i>\ufdd0Drill"')).write(
        "html"
    )
    assert (
        '<tr><th scope="row">label</th>\n'
        '<td class="old" data-when="Before"><ul><li><span class="value" dir="auto">'
        "Drill off Port Lumen</span></li></ul></td>\n"
        '<td class="new" data-when="After"><ul><li><span class="value" dir="auto">'
        "&lt;i&gt;Drill</span></li></ul></td>\n</tr>"
    ) in page
    assert '<h3><bdi>&lt;i&gt;Drill</bdi> <span class="tag">exercise</span>' in page
    gone = passex.diff(before, before.partition("id:drill")[0]).write("html")
    assert '<th scope="col">Property</th><th scope="col">Before</th></tr>' in gone
    at = f"characters {45}\N{EN DASH}{65}"
    assert (
        '<q dir="auto">Marn and Lyr trained</q> <span class="by"><bdi>Article on a drill off '
        f"Port Lumen</bdi>, {at}</span>"
    ) in gone
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in page
