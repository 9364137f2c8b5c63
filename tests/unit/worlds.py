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
def lines(draw: st.DrawFn) -> list[str]:
    """Draw the statements of a graph, each of one node, without the actors'."""
    affiliations = draw(st.lists(st.tuples(_actor, _actor, _day, _day), max_size=10))
    found = [_affiliation(number, drawn) for number, drawn in enumerate(affiliations)]
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
    return found


def turtle(statements: Sequence[str]) -> str:
    """Write a graph of some statements, with all actors."""
    return HEAD + ACTOR_FACTS + "\n" + "\n".join(statements)
