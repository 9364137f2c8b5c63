"""Small graphs at random: every kind of actor, affiliation, exercise, phase and contingent."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

HEAD = """@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://example.org/> .
"""
KINDS = {
    "state": "nr:State",
    "navy": "nr:Navy",
    "guard": "nr:Service",
    "group": "nr:Formation",
    "squadron": "nr:Formation",
    "ship": "nr:Ship",
    "pact": "nr:Organisation",
}
ACTORS = [f":{name}{number}" for name in KINDS for number in range(2)]
EXERCISES = [f":e{number}" for number in range(4)]
#: What there is without a draw, so that random links are between things of a kind.
ACTOR_FACTS = " ".join(
    f':{name}{number} a {kind} ; rdfs:label "{name} {number}"@en .'
    for name, kind in KINDS.items()
    for number in range(2)
)
#: Phases, contingents, a plan that is realised in part, two exercises that share a ship, and one
#: of them with a second account.
STORY = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix : <https://example.org/> .
:A a nr:State . :B a nr:State . :C a nr:State . :an a nr:Navy . :s1 a nr:Ship . :s2 a nr:Ship .
:x1 a nr:Affiliation ; org:member :an ; org:organization :A .
:x2 a nr:Affiliation ; org:member :s1 ; org:organization :an .
:e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :B, :C, :s1 .
:h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :B .
:z a nr:ExercisePlan ; dcterms:isPartOf :e ; nr:hasParticipant :A, :s2 .
:k a nr:Contingent ; dcterms:isPartOf :e . :B nr:inContingent :k . :C nr:inContingent :k .
:f a nr:Exercise ; nr:hasParticipant :s1, :s2 .
:g a nr:Exercise ; nr:hasParticipant :B, :C ; owl:sameAs :f .
:y a nr:Exercise ; dcterms:isPartOf :g ; nr:hasParticipant :A, :C .
:p a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:realisedBy :e .
:c nr:about :p ; nr:onProperty nr:hasQuantity ; nr:hasValue 2 ; nr:quantityOf nrc:exercises ;
    nr:hasEvidence <https://example.org/a#char=1,5> .
:d nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :B, :C .
<https://example.org/a#char=1,5> oa:exact "both" . :a nr:hasZone <https://example.org/a#char=0,9> .
"""
DAYS = ["2030-01-01", "2030-06-01", "2031-01-01"]

_actor = st.sampled_from(ACTORS)
_exercise = st.sampled_from(EXERCISES)
_day = st.sampled_from(["", *DAYS])


def _bounds(earliest: str, latest: str) -> str:
    return "".join(
        f' ; nr:{term} "{day}"^^xsd:date'
        for term, day in (("earliest", earliest), ("latest", latest))
        if day
    )


def _affiliation(number: int, drawn: tuple[str, str, str, str]) -> str:
    member, whole, *days = drawn
    return (
        f":x{number} a nr:Affiliation ; org:member {member} ; org:organization {whole}"
        f"{_bounds(*days)} ."
    )


def _described(node: str, drawn: tuple[str, Sequence[str], str, str, str, str, str]) -> str:
    kind, participants, withdrawn, whole, rest, *days = drawn
    said = f"{node} a nr:{kind}"
    said += "".join(f" ; nr:hasParticipant {actor}" for actor in participants)
    said += f" ; nr:hasWithdrawn {withdrawn}" if withdrawn else ""
    said += f" ; dcterms:isPartOf {whole}" if whole and whole != node else ""
    return f"{said}{rest}{_bounds(*days)} ."


#: What claims there are about affiliations, and about what: background, inferred, stated.
_CLAIMED = [
    " ; nr:hasBasis nrc:inferred",
    ' ; dcterms:source "a register"',
    " ; nr:hasEvidence <https://example.org/b#char=1,5>",
    " ; nr:hasEvidence <https://example.org/b#char=30,34>, :b ; nr:hasBasis nrc:stated",
]
_links = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(_CLAIMED), _actor, st.booleans()), max_size=4
)
#: An article in zones, a quote in another's mouth, one of no form of ours, and kinds of our own.
ARTICLE = [
    "<https://example.org/b> a schema:NewsArticle ; nr:hasZone <https://example.org/b#char=0,20>, "
    "<https://example.org/b#char=0,9> .",
    '<https://example.org/b#char=1,5> oa:exact "both" ; prov:wasAttributedTo :navy0 .',
    '<https://example.org/b#char=30,34> oa:exact "late" ; oa:hasSource :other .',
    ':b oa:exact "other" ; oa:hasSource <https://example.org/b> ; oa:start 3 ; oa:end 5 .',
    ':sail rdfs:label "sail" ; skos:broader :sea . :sea skos:related nrc:naval .',
    ":Frigate rdfs:subClassOf nr:Ship . :ship1 a :Frigate . :Emirate rdfs:subClassOf nr:State .",
    ":emirate a :Emirate . :own a nr:Navy . :y a nr:Affiliation ; org:member :own ; "
    "org:organization :emirate . :e3 nr:hasParticipant :emirate, :none .",
    ":z a nr:Affiliation ; org:member :none ; org:organization :navy1 .",
    ":talk a nr:Statement ; nr:concerns :e1, :x0 ; nr:hasEvidence :b .",
    ":odd nr:about :odd, :c0 ; nr:onProperty nr:concerns ; nr:hasValue :x0, :x1, :e0 .",
    ':c9 nr:about "words" ; nr:hasEvidence :c9 .',
]

_happening = st.tuples(
    st.sampled_from(["Exercise", "Exercise", "ExercisePlan"]),
    st.lists(_actor, max_size=4, unique=True),
    st.one_of(st.just(""), st.just(""), _actor),
    st.one_of(st.just(""), _exercise),
    st.sampled_from(
        [
            " ; nr:hasDomain nrc:naval",
            " ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held",
            " ; nr:hasStatus nrc:cancelled",
            " ; nr:realisedBy :e0",
            "",
        ]
    ),
    _day,
    _day,
)


@st.composite
def lines(draw: st.DrawFn, proved: bool = False) -> list[str]:
    """Draw the statements of a graph, each of one node, without the actors'.

    Args:
        proved: Whether affiliations are claimed, too, and what has evidence of its own, zones,
            kinds and classes of our own.
    """
    affiliations = draw(st.lists(st.tuples(_actor, _actor, _day, _day), max_size=10))
    found = [_affiliation(number, drawn) for number, drawn in enumerate(affiliations)]
    for actor, day in draw(st.lists(st.tuples(_actor, st.sampled_from(DAYS)), max_size=2)):
        found.append(f'{actor} nr:latest "{day}"^^xsd:date .')
    for node in EXERCISES:
        found.append(_described(node, draw(_happening)))
    for number in range(draw(st.integers(0, 2))):
        whole = draw(_exercise)
        found.append(f":k{number} a nr:Contingent ; dcterms:isPartOf {whole} .")
        for actor in draw(st.lists(_actor, max_size=2, unique=True)):
            found.append(f"{actor} nr:inContingent :k{number} .")
    for one, other in draw(st.lists(st.tuples(_exercise, _exercise), max_size=1)):
        found.append(f"{one} owl:sameAs {other} .")
    for number in range(draw(st.integers(0, 2))):
        value = draw(_actor)
        basis = draw(st.sampled_from(["", " ; nr:hasBasis nrc:inferred"]))
        found.append(
            f":c{number} nr:about {draw(_exercise)} ; nr:onProperty nr:hasParticipant ; "
            f"nr:hasValue {value} ; nr:hasEvidence <https://example.org/a#char=1,{number + 3}>"
            f"{basis} ."
        )
        found.append(f'<https://example.org/a#char=1,{number + 3}> oa:exact "both" .')
    if not proved:
        return found
    for number, (link, rest, value, own) in enumerate(draw(_links)):
        found.append(
            f":l{number} nr:about :x{link} ; nr:onProperty org:member, org:organization ; "
            f"nr:hasValue {value}{rest} ."
        )
        if own:
            found.append(f":x{link} nr:hasEvidence <https://example.org/b#char=1,5> .")
            found.append(f":e{link % 4} nr:hasEvidence :b ; nr:hasKind :sail .")
    found += draw(st.lists(st.sampled_from(ARTICLE), unique=True))
    return found


def turtle(statements: Sequence[str]) -> str:
    """Write a graph of some statements, with all actors."""
    return HEAD + ACTOR_FACTS + "\n" + "\n".join(statements)
