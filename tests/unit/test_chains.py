"""A tie is as strong as the weakest step of the chains that lead to its two ends."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from thorough import examples

from passex.evidence.why import why
from passex.graph import dataset, names, rules
from passex.graph.store import Store
from passex.graph.terms import LEVELS, NAMED
from passex.network import brief, chains, steps
from passex.network.policy import Policy
from passex.network.projection import build

from .worlds import lines, turtle

Make = Callable[[str], Store]
IRI = "https://example.org/"
#: A ship of a navy of a state trains with another navy; all of it is claimed.
FACTS = """
    :A a nr:State . :n1 a nr:Navy . :n2 a nr:Navy . :ship a nr:Ship .
    :of-n1 a nr:Affiliation ; org:member :ship ; org:organization :n1 .
    :of-a a nr:Affiliation ; org:member :n1 ; org:organization :A .
    :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :ship, :n2 .
    :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :n2 .
    :c2 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :ship .
    :c3 nr:about :of-n1 ; nr:onProperty org:member, org:organization ; nr:hasValue :ship, :n1 .
    :c4 nr:about :of-a ; nr:onProperty org:member, org:organization ; nr:hasValue :n1, :A .
"""
GAZETTEER = ":n1 org:subOrganizationOf :A ; rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> ."


def said(store: Store, member: str, level: str) -> list[tuple[str, ...]]:
    found = chains.Chains(store, f"{IRI}e").to(IRI + member, level)
    # The same where the claims were read for all events at once.
    assert chains.Chains(store, f"{IRI}e", steps.known(store)).to(IRI + member, level) == found
    return [
        tuple(
            part.removeprefix(IRI)
            for part in (step.kind, step.subject, step.value, step.basis, *step.claims)
        )
        for step in found
    ]


def weak(store: Store, level: str) -> set[str]:
    pairs = chains.inferred(store, level)
    members = set()
    # Both ways of asking agree.
    for event, member in store.rows(f"SELECT ?e ?m {{ ?e nr:involves{level.title()} ?m }}"):
        steps = chains.Chains(store, str(event)).to(str(member), level)
        assert steps
        assert ((event, member) in pairs) is any(step.basis != "stated" for step in steps)
        members |= {member} if (event, member) in pairs else set()
    return {str(member).removeprefix(IRI) for member in members}


def test_steps_lead_from_the_words_to_the_actor(make: Make) -> None:
    store = make(FACTS)
    assert said(store, "ship", "unit") == [("participation", "e", "ship", "stated", "c2")]
    assert said(store, "A", "state") == [
        ("participation", "e", "ship", "stated", "c2"),
        ("affiliation", "of-n1", "n1", "stated", "c3"),
        ("affiliation", "of-a", "A", "stated", "c4"),
    ]
    assert said(store, "A", "service") == []
    assert said(store, "n2", "service") == [("participation", "e", "n2", "stated", "c1")]
    assert weak(store, "service") == weak(store, "state") == weak(store, "unit") == set()


@pytest.mark.parametrize(
    ("claim", "basis", "inferred"),
    [
        ("c2", "inferred", {"unit": {"ship"}, "service": {"n1"}, "state": {"A"}}),
        ("c3", "inferred", {"unit": set(), "service": {"n1"}, "state": {"A"}}),
        ("c3", "background", {"unit": set(), "service": {"n1"}, "state": {"A"}}),
        ("c4", "inferred", {"unit": set(), "service": set(), "state": {"A"}}),
        ("c1", "background", {"unit": set(), "service": {"n2"}, "state": set()}),
    ],
)
def test_the_weakest_step_counts(
    make: Make, claim: str, basis: str, inferred: dict[str, set[str]]
) -> None:
    store = make(f"{FACTS} :{claim} nr:hasBasis nrc:{basis} .")
    assert {level: weak(store, level) for level in inferred} == inferred
    [tie] = build(store, Policy()).ties
    assert tie.basis == ("inferred" if inferred["service"] else "stated")
    better = f"{FACTS} :{claim} nr:hasBasis nrc:{basis} . :d nr:about :of-n1, :of-a, :e ; "
    terms = "nr:onProperty nr:hasParticipant, org:member ; nr:hasValue :ship, :n1, :n2 ."
    assert {level: weak(make(better + terms), level) for level in inferred} == {
        level: set() for level in inferred
    }


def test_a_claim_of_another_value_is_on_no_step(make: Make) -> None:
    more = ":c3 nr:hasBasis nrc:inferred . :d nr:about :of-n1 ; nr:onProperty org:organization ;"
    assert weak(make(f"{FACTS} {more} nr:hasValue :n2 ."), "service") == {"n1"}
    assert weak(make(f"{FACTS} {more} nr:hasValue :n1 ."), "service") == set()


def test_a_step_without_claims_is_what_the_graph_states(make: Make) -> None:
    bare = FACTS[: FACTS.index(":c1")]
    assert said(make(bare), "n1", "service") == [
        ("participation", "e", "ship", "stated"),
        ("affiliation", "of-n1", "n1", "stated"),
    ]
    assert weak(make(bare), "state") == set()


def test_whose_a_service_is_by_the_gazetteer_weakens_nothing(make: Make) -> None:
    store = make(f"{FACTS} {GAZETTEER} :c4 nr:hasBasis nrc:inferred .")
    assert said(store, "A", "state")[2] == ("gazetteer", "of-a", "A", "stated", "c4")
    assert weak(store, "state") == set()
    without = FACTS.replace(":of-a a nr:Affiliation ; org:member :n1 ; org:organization :A .", "")
    assert said(make(without + GAZETTEER), "A", "state")[2] == ("gazetteer", "n1", "A", "stated")


def test_the_navy_of_a_state_that_is_named_is_inferred(make: Make) -> None:
    store = make(FACTS.replace(":hasParticipant :ship", ":hasParticipant :A"))
    assert said(store, "n1", "service") == [
        ("participation", "e", "A", "stated"),
        ("navy", "of-a", "n1", "inferred", "c4"),
    ]
    assert weak(store, "service") == {"n1"}
    assert weak(store, "state") == set()


def test_the_strongest_of_several_chains_counts(make: Make) -> None:
    more = """:c2 nr:hasBasis nrc:inferred . :e nr:hasParticipant :boat . :boat a nr:Ship .
        :fleet a nr:Formation . :y1 a nr:Affiliation ; org:member :boat ; org:organization :fleet .
        :y2 a nr:Affiliation ; org:member :fleet ; org:organization :n1 ."""
    store = make(FACTS + more)
    assert said(store, "n1", "service") == [
        ("participation", "e", "boat", "stated"),
        ("affiliation", "y1", "fleet", "stated"),
        ("affiliation", "y2", "n1", "stated"),
    ]
    assert weak(store, "unit") == {"ship"}
    assert weak(store, "service") == set()


def test_a_chain_passes_by_a_weak_affiliation(make: Make) -> None:
    more = """:c3 nr:hasBasis nrc:inferred . :fleet a nr:Formation .
        :y1 a nr:Affiliation ; org:member :ship ; org:organization :fleet .
        :y2 a nr:Affiliation ; org:member :fleet ; org:organization :n1 ."""
    store = make(FACTS + more)
    assert [step[1] for step in said(store, "n1", "service")] == ["e", "y1", "y2"]
    assert weak(store, "service") == set()


def test_a_phase_has_steps_of_its_own(make: Make) -> None:
    more = """:h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :n3 . :n3 a nr:Navy .
        :p nr:about :h ; nr:onProperty nr:hasParticipant ; nr:hasValue :n3 ;
            nr:hasBasis nrc:inferred ."""
    store = make(FACTS + more)
    assert said(store, "n3", "service") == [("participation", "h", "n3", "inferred", "p")]
    assert weak(store, "service") == {"n3"}


#: Of a harbour phase the text names the state, of a phase at sea its navy.
PHASES = """:A a nr:State . :B a nr:State . :C a nr:State . :an a nr:Navy . :bn a nr:Navy .
    :cn a nr:Navy .
    :xa a nr:Affiliation ; org:member :an ; org:organization :A .
    :xb a nr:Affiliation ; org:member :bn ; org:organization :B .
    :xc a nr:Affiliation ; org:member :cn ; org:organization :C .
    :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held .
    :h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :bn .
    :p a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :an, :cn .
"""
#: Two ships of one state, of which only one is surely hers, are on two sides.
SIDES = """:A a nr:State . :B a nr:State . :s1 a nr:Ship . :s2 a nr:Ship . :s3 a nr:Ship .
    :x1 a nr:Affiliation ; org:member :s1 ; org:organization :A .
    :x2 a nr:Affiliation ; org:member :s2 ; org:organization :A .
    :x3 a nr:Affiliation ; org:member :s3 ; org:organization :B .
    :c nr:about :x2 ; nr:onProperty org:organization ; nr:hasValue :A ; nr:hasBasis nrc:inferred .
    :k a nr:Contingent ; dcterms:isPartOf :e . :s1 nr:inContingent :k . :s3 nr:inContingent :k .
    :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasStatus nrc:held ;
        nr:hasParticipant :s1, :s2, :s3 .
"""


@pytest.mark.parametrize(
    ("facts", "level", "bases"),
    [
        (PHASES, "service", {("an", "bn"): "inferred", ("an", "cn"): "stated"}),
        (PHASES, "state", {("A", "B"): "stated", ("A", "C"): "stated"}),
        (PHASES, "named", {("A", "bn"): "stated", ("an", "cn"): "stated"}),
        (SIDES, "state", {("A", "B"): "inferred"}),
        (SIDES, "unit", {("s1", "s2"): "stated", ("s2", "s3"): "stated"}),
    ],
)
def test_what_is_stated_elsewhere_in_an_exercise_states_no_tie(
    make: Make, facts: str, level: str, bases: dict[tuple[str, str], str]
) -> None:
    store = make(facts)
    found = {
        (tie.source.iri.removeprefix(IRI), tie.target.iri.removeprefix(IRI)): tie.basis
        for tie in build(store, Policy(level=level)).ties
    }
    assert found == bases
    stated = {ends for ends, basis in bases.items() if basis == "stated"}
    policy = Policy(level=level, basis="stated")
    assert len(build(store, policy).ties) == len(brief.build(store, policy).ties) == len(stated)
    for (one, other), basis in bases.items():
        ends = names.resolve(store, f"<{IRI}{one}>"), names.resolve(store, f"<{IRI}{other}>")
        reasons = why(store, *ends, policy=policy)
        assert [occasion.basis for occasion in reasons.occasions] == [basis]
        assert [reason.kind for reason in reasons.why_not] == ["basis"] * (basis == "inferred")


def test_the_chains_of_a_tie_lead_through_parties_that_face_each_other(make: Make) -> None:
    ways = chains.Chains(make(PHASES), f"{IRI}e").between(f"{IRI}an", f"{IRI}bn", "service")
    assert [[(step.subject, step.value) for step in way] for way in ways] == [
        [(f"{IRI}h", f"{IRI}A"), (f"{IRI}xa", f"{IRI}an")],
        [(f"{IRI}h", f"{IRI}bn")],
    ]
    ways = chains.Chains(make(SIDES), f"{IRI}e").between(f"{IRI}A", f"{IRI}B", "state")
    assert [way[0].value for way in ways] == [f"{IRI}s2", f"{IRI}s3"]


@settings(max_examples=examples(15))
@given(lines(proved=True))
def test_a_tie_is_stated_where_its_chains_are(facts: list[str]) -> None:
    store = Store(ox.Store())
    store.engine.extend(quad for path in dataset.ontology_files() for quad in ox.parse(path=path))
    store.engine.extend(ox.parse(turtle(facts), ox.RdfFormat.TURTLE))
    rules.derive(store)
    for level in (*LEVELS, NAMED):
        policy = Policy(level=level, include=("held", "under-way", "planned"), domain="all")
        for tie in build(store, policy).ties:
            for occasion in tie.occasions:
                ways = chains.Chains(store, occasion.activity.iri)
                both = ways.between(tie.source.iri, tie.target.iri, level)
                assert all(both)
                weak = any(step.basis != "stated" for way in both for step in way)
                assert occasion.inferred is weak, (level, tie)


def test_blank_nodes_have_steps(make: Make) -> None:
    store = make("[] a nr:Exercise ; nr:hasParticipant :n1, :n2 . :n1 a nr:Navy . :n2 a nr:Navy .")
    [(event,)] = set(store.rows("SELECT ?e { ?e nr:involvesService ?n }"))
    [step] = chains.Chains(store, str(event)).to(f"{IRI}n1", "service")
    assert (step.kind, step.subject) == ("participation", event)


def test_who_is_at_a_level_is_looked_up_once_for_all(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ships = [f":s{number}" for number in range(20)]
    typed = " ".join(f"{ship} a nr:Ship ." for ship in ships)
    store = make(f"{typed} :e a nr:Exercise ; nr:hasParticipant {', '.join(ships)} .")
    asked, objects = [], Store.objects

    def counted(store: Store, subject: str, term: str) -> list[str]:
        asked.append(subject)
        return objects(store, subject, term)

    monkeypatch.setattr(Store, "objects", counted)
    ways = chains.Chains(store, f"{IRI}e")
    assert all(ways.to(IRI + ship[1:], "unit") for ship in ships)
    assert asked.count(f"{IRI}e") == 1
