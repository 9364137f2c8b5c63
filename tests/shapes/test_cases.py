"""Stories as articles tell them: what is honest conforms, and what is wrong breaks the right shape.

Each case is two articles of 60 characters, of 3 and 20 May, and what one or both say.
"""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
import pytest
from harness import ARTICLE, PREFIXES, ROOT

from passex.validation.inputs import load
from passex.validation.shacl import fast, read_shapes

HEAD = f"@base <{ARTICLE}> .\n" + "".join(
    f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items()
)


def _article(name: str, day: int, quote: str) -> str:
    at = f"<{name}#char=3,{3 + len(quote)}>"
    return f"""
    <{name}> a schema:NewsArticle ; rdfs:label "Article of {day} May"@en ; dcterms:language "en" ;
        nr:sha256 "aec871d0bb422c6ce0257591d5a50ca861cd72de1a87f19cc17b531e15d5{day:04}" ;
        nr:textLength 60 ; nr:leavesOpen dcterms:title, dcterms:publisher, dcterms:contributor ;
        nr:latest "2030-05-{day:02}"^^xsd:date ; nr:dateBasis nrc:date-from-background ;
        nr:hasZone <{name}#char=0,60> .
    <{name}#char=0,60> nr:hasKind nrc:body .
    <{name}#day> nr:about <{name}> ; nr:onProperty nr:latest ;
        nr:hasValue "2030-05-{day:02}"^^xsd:date ; dcterms:source "known" .
    {at} oa:exact "{quote}" .
    <{name}#read> nr:about <{name}> ; nr:onProperty dcterms:title ; nr:hasValue "X" ;
        nr:hasCertainty nrc:possible ; nr:hasEvidence {at} .
"""


A, B = "training with N2 from 1 to 10 May", "drill ended on 10 May"
FROM_A, FROM_B = "nr:hasEvidence <a#char=3,36>", "nr:hasEvidence <b#char=3,24>"
STATES = 'id:n1 a nr:Navy ; rdfs:label "N1"@en . id:n2 a nr:Navy ; rdfs:label "N2"@en .'


def claim(name: str, node: str, path: str, values: str, rest: str = FROM_A) -> str:
    """A claim in the short form."""
    return f"<#{name}> nr:about {node} ; nr:onProperty {path} ; nr:hasValue {values} ; {rest} .\n"


def exercise(
    status: str, rest: str = "", kind: str = "nr:Exercise", who: str = "id:n1, id:n2"
) -> str:
    """An exercise or plan of some parties, which article a tells of, but for its status."""
    return (
        f'{STATES} id:x a {kind} ; rdfs:label "X"@en ; nr:hasParticipant {who} ; '
        f"nr:hasDomain nrc:naval ; nr:hasStatus {status} {rest} .\n"
        + claim("who", "id:x", "nr:hasParticipant", who)
        + claim("domain", "id:x", "nr:hasDomain", "nrc:naval")
    )


MAY = """; nr:earliest "2030-05-01"^^xsd:date ; nr:latest "2030-05-10"^^xsd:date ;
    nr:dateBasis nrc:date-from-calendar ; nr:dateWords "from 1 to 10 May" """
DAYS = claim(
    "days", "id:x", "nr:earliest, nr:latest", '"2030-05-01"^^xsd:date, "2030-05-10"^^xsd:date'
)
UNDER_WAY = claim("under-way", "id:x", "nr:hasStatus", "nrc:under-way")
ENDED = claim("ended", "id:x", "nr:hasStatus", "nrc:held", FROM_B)
HELD = claim("held", "id:x", "nr:hasStatus", "nrc:held")
PLANNED = claim("planned", "id:x", "nr:hasStatus", "nrc:planned")
CANCELLED = claim("off", "id:x", "nr:hasStatus", "nrc:cancelled", FROM_B)
SHIPS = "".join(f'id:s{n} a nr:Ship ; rdfs:label "Ship {n}"@en .\n' for n in (1, 2, 3))
SIDES = """id:pair a nr:Contingent ; rdfs:label "Ships 1 and 2"@en ; dcterms:isPartOf id:x .
id:s1 nr:inContingent id:pair . id:s2 nr:inContingent id:pair .
""" + "".join(claim(f"side{n}", f"id:s{n}", "nr:inContingent", "id:pair") for n in (1, 2))
OWN = """id:state a nr:State ; rdfs:label "State One"@en .
id:own a nr:Affiliation ; org:member id:n1 ; org:organization id:state .
"""
SERIES = 'id:kakadu a nr:Series ; rdfs:label "Kakadu"@en ; nr:hasParty id:n1 '
KAKADU = claim("kakadu", "id:kakadu", "nr:hasParty", "id:n1")
COUNT = "; nr:quantityOf nrc:ships ; " + FROM_A

HONEST = {
    "story": exercise("nrc:held", MAY) + DAYS + UNDER_WAY + ENDED,
    "story-before-it-ended": exercise("nrc:under-way", MAY) + DAYS + UNDER_WAY,
    "story-4": exercise("nrc:held", MAY) + DAYS + ENDED,
    "story-6": exercise("nrc:held", MAY) + DAYS + ENDED + UNDER_WAY.replace(
        FROM_A, "nr:hasCertainty nrc:probable ; " + FROM_A
    ),
    "cancelled": exercise("nrc:planned", kind="nr:ExercisePlan") + PLANNED,
    "cancelled-status": exercise("nrc:cancelled", kind="nr:ExercisePlan") + PLANNED + CANCELLED,
    "broken-off": exercise("nrc:broken-off") + HELD.replace("nrc:held", "nrc:broken-off"),
    "sides": exercise("nrc:held", who="id:s1, id:s2, id:s3") + HELD + SHIPS + SIDES,
    "basis": exercise("nrc:held") + HELD + OWN + claim(
        "own", "id:own", "org:member, org:organization", "id:n1, id:state",
        "nr:hasCertainty nrc:possible ; nr:hasBasis nrc:inferred ; " + FROM_A,
    ),
    "bg": exercise("nrc:held") + HELD + OWN + claim(
        "own", "id:own", "org:member, org:organization", "id:n1, id:state",
        'dcterms:source "Public knowledge"',
    ),
    "ser": STATES + SERIES + "; nr:leavesOpen nr:hasParty .\n" + KAKADU,
    "count": exercise("nrc:held") + HELD + claim("n", "id:x", "nr:hasQuantity", "5", COUNT[2:]),
    "dc": exercise("nrc:held") + HELD
    + claim("air", "id:x", "nr:hasQuantity", "18", "nr:quantityOf nrc:aircraft ; " + FROM_A)
    + claim("men", "id:x", "nr:hasQuantity", "3000",
            "nr:hasQuantifier nrc:about ; nr:quantityOf nrc:people ; " + FROM_A),
}  # fmt: skip
WRONG = {
    "story-2": (exercise("nrc:under-way", MAY) + DAYS + UNDER_WAY + ENDED, {"NewestValue"}),
    "story-3": (
        exercise("nrc:held, nrc:under-way", MAY) + DAYS + UNDER_WAY + ENDED,
        {"ExerciseStatus", "NewestValue"},
    ),
    "story-5": (
        exercise("nrc:under-way", MAY) + DAYS
        + f"<#c2> nr:about id:x ; nr:onProperty nr:hasStatus ; {FROM_A} .\n"
        + f"<#c3> nr:about id:x ; nr:onProperty nr:hasStatus ; {FROM_B} .\n",
        {"ClaimValue", "ClaimedProperty"},
    ),
    "held-too-soon": (exercise("nrc:held", MAY) + DAYS + HELD, {"HeldWhenPublished"}),
    "not-called-off": (
        exercise("nrc:planned", kind="nr:ExercisePlan") + PLANNED + CANCELLED, {"NewestValue"},
    ),
    "lost-participant": (
        exercise("nrc:held", who="id:s1, id:s2, id:s3").replace(
            "id:s1, id:s2, id:s3 ; nr:hasDomain", "id:s1, id:s2 ; nr:hasDomain"
        ) + HELD + SHIPS,
        {"StatedValue"},
    ),
    "one-side": (
        exercise("nrc:held", who="id:s1, id:s2") + HELD + SHIPS + SIDES, {"OtherContingent"},
    ),
    "kinds": (
        exercise("nrc:held", "; nr:hasKind nrc:destroyer, nrc:rear-admiral, nrc:probable") + HELD
        + claim("kind", "id:x", "nr:hasKind", "nrc:destroyer, nrc:rear-admiral, nrc:probable"),
        {"Kind"},
    ),
    "series-of-one": (STATES + SERIES + ".\n" + KAKADU, {"PartiesOfARelation"}),
    "count": (
        exercise("nrc:held") + HELD + claim("n", "id:x", "nr:hasParticipant", "5", COUNT[2:]),
        {"QuantityClaim", "StatedValue"},
    ),
    "count-in-the-old-form": (
        exercise("nrc:held") + HELD.replace("nr:onProperty", "nr:hasQuantity 5 ; nr:onProperty"),
        {"QuantityOfANode"},
    ),
    "two-nodes": (
        exercise("nrc:held") + HELD + claim("held", "id:n1", "nr:hasStatus", "nrc:held"),
        {"ClaimAbout", "StatedValue"},
    ),
    "own-namespace": ('nr:x a nr:Ship ; rdfs:label "X"@en .', {"OwnNamespace"}),
    "dup": (
        'id:us-navy a nr:Navy ; rdfs:label "US Navy"@en . '
        'id:japan-2 a nr:State ; rdfs:label "Japan"@en . '
        'id:js-kashima-ts a nr:Ship ; rdfs:label "JS Kashima"@en .',
        {"OneThingTwice"},
    ),
}  # fmt: skip


@cache
def bundled() -> ox.Store:
    """The bundled graph, to which cases are added, with all of the ontology."""
    ontology = [ROOT / "ontology" / f"{name}.ttl" for name in ("naval", "concepts", "gazetteer")]
    inputs, failures = load(sorted((ROOT / "graph").rglob("*.ttl")), [], ontology)
    assert not failures
    return inputs.graph


def broken(case: str) -> set[str]:
    """The shapes that a case breaks, by their local names."""
    text = HEAD + _article("a", 3, A) + _article("b", 20, B) + case
    added = [ox.Quad(*quad.triple) for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    store = bundled()
    inputs, _ = load([], [ROOT / "ontology" / "shapes.ttl"])
    shapes = read_shapes(inputs.shapes_graph)
    store.extend(added)
    engine = fast.Engine(store, shapes)
    try:
        return {
            shape.node.value.rpartition("/")[2]
            for shape in shapes.shapes.values()
            if shape.targets and any(True for _ in engine.validate(shape))
        }
    finally:
        engine.close()
        for quad in added:
            store.remove(quad)


@pytest.mark.parametrize("case", HONEST)
def test_what_is_honest_conforms(case: str) -> None:
    assert broken(HONEST[case]) == set()


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_breaks_its_shape(case: str) -> None:
    text, shapes = WRONG[case]
    assert broken(text) == shapes
