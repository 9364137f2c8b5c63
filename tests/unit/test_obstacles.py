"""Why not: every pair of actors gets an answer that agrees with the network."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

import passex
from passex.api.knowledge import KnowledgeGraph
from passex.evidence.why import why
from passex.graph import labelling, names
from passex.graph.store import Store
from passex.graph.terms import LEVELS, NR
from passex.network.policy import Policy

DATA = Path(__file__).resolve().parents[1] / "data"
BY = ":by{0} a nr:Affiliation ; org:member :{0} ; org:organization :{1} ."
LABEL = 'rdfs:label "{}"'


def fleet(*ships: str) -> str:
    """Write the navy of each state, and a ship of each: State A, Navy A, Ship A."""
    return "".join(
        f':S{x} a nr:State ; rdfs:label "State {x}" . :N{x} a nr:Navy ; rdfs:label "Navy {x}" .'
        f':V{x} a nr:Ship ; rdfs:label "Ship {x}" .'
        + BY.format(f"N{x}", f"S{x}")
        + BY.format(f"V{x}", f"N{x}")
        for x in ships
    )


def event(name: str, rest: str, kind: str = "Exercise", domain: str = "nrc:naval") -> str:
    return f':{name} a nr:{kind} ; rdfs:label "{name}" ; nr:hasDomain {domain} ; {rest} .'


def claims(*said: tuple[str, str, str, str]) -> str:
    """Write claims about X: the day of the article, the role, who is in it, more."""
    facts = ""
    for n, (day, role, who, more) in enumerate(said):
        facts += (
            f':article{n} a schema:NewsArticle ; rdfs:label "Article {n}" . '
            f':article{n} nr:latest "{day}"^^xsd:date . '
            f":quote{n} oa:hasSource :article{n} . "
            f":claim{n} nr:about :X ; nr:onProperty nr:{role} ; nr:hasValue :{who} ; "
            f"nr:hasEvidence :quote{n} {more} . "
        )
    return facts


CASES = [
    (
        "apart",
        "",
        "State A",
        "State B",
        "No exercise or plan in this graph names State A or State B.",
    ),
    (
        "apart",
        event("X", "nr:hasParticipant :SA, :SC") + event("Y", "nr:hasParticipant :SB, :SC"),
        *("State A", "State B"),
        "No exercise or plan in this graph names both.",
    ),
    (
        "planned",
        event("P", "nr:hasParticipant :SA, :SB ; nr:hasStatus nrc:agreed", "ExercisePlan"),
        *("State A", "State B"),
        "P: only planned (agreed).",
    ),
    (
        "planned",
        event("P", "nr:hasParticipant :SA, :SB ; nr:hasStatus nrc:planned", "ExercisePlan"),
        *("State A", "State B"),
        "P: only planned.",
    ),
    (
        "planned",
        event("P", "nr:hasParticipant :SA, :SB ; nr:hasStatus nrc:cancelled", "ExercisePlan"),
        *("State A", "State B"),
        "P: only planned (cancelled).",
    ),
    (
        "planned",
        event("P", "nr:hasParticipant :SA, :SB ; nr:realisedBy :X", "ExercisePlan")
        + event("X", "nr:hasParticipant :SA, :SC"),
        *("State A", "State B"),
        "P: only planned (realised by X).",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasObserver :SB"),
        *("Navy A", "State B"),
        "X: State B is only an observer.",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasObserver :SB")
        + claims(
            ("2030-05-03", "hasObserver", "SB", ""),
            ("2030-05-03", "hasParticipant", "SB", "; prov:wasAttributedTo :SC"),
        ),
        *("Navy A", "State B"),
        "X: State B is only an observer; by a claim of State C it takes part.",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasObserver :SB")
        + claims(
            ("2030-05-03", "hasObserver", "SB", ""),
            ("2030-06-01", "hasParticipant", "NB", "; nr:hasCertainty nrc:possible"),
        ),
        *("Navy A", "State B"),
        "X: State B is only an observer; by a claim of Article 1 (possible) Navy B (part of State "
        "B) takes part.",
    ),
    (
        "role",  # what an older article said has been overtaken
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasWithdrawn :SB")
        + claims(
            ("2030-05-03", "hasParticipant", "SB", ""), ("2030-05-09", "hasWithdrawn", "SB", "")
        ),
        *("Navy A", "State B"),
        "X: State B withdrew.",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasInvited :SB"),
        *("Navy A", "Navy B"),
        "X: State B (of which Navy B is part) is only invited.",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC, :NB ; nr:hasWithdrawn :NB"),
        *("State A", "State B"),
        "X: Navy B (part of State B) withdrew.",
    ),
    (
        "role",
        event("X", "nr:hasParticipant :NA, :NC ; nr:hasSupporter :NB"),
        *("Navy A", "Navy B"),
        "X: Navy B is only a supporter.",
    ),
    (
        "contingent",
        event("X", "nr:hasParticipant :VA, :VB, :VC")
        + ':K a nr:Contingent ; rdfs:label "K" ; dcterms:isPartOf :X .'
        + ":VA nr:inContingent :K . :VB nr:inContingent :K .",
        *("Navy A", "Navy B"),
        "X: the two are of one contingent (K).",
    ),
    (
        "phases",
        event("X", "nr:hasParticipant :NC")
        + event("Y", "dcterms:isPartOf :X ; nr:hasParticipant :NA, :ND")
        + event("Z", "dcterms:isPartOf :X ; nr:hasParticipant :NB, :ND"),
        *("Navy A", "Navy B"),
        "X: the two are in different phases only.",
    ),
    (
        "domain",
        event("X", "nr:hasParticipant :SA, :SB", domain="nrc:air"),
        *("State A", "State B"),
        "X: of air domain, where only the naval domain counts.",
    ),
    (
        "below",
        event("X", "nr:hasParticipant :SA, :SB", domain="nrc:air"),
        *("State A", "Navy B"),
        "X: it names State B, and not Navy B.",
    ),
    (
        "below",
        ':N2 a nr:Navy ; rdfs:label "River Fleet A" .'
        + BY.format("N2", "SA")
        + event("X", "nr:hasParticipant :SA, :SB"),
        *("Navy A", "Navy B"),
        "X: it names State A, and not Navy A; "
        "State A may stand for Navy A or River Fleet A, and it isn't said which.",
    ),
    (
        "level",
        ':N2 a nr:Navy ; rdfs:label "River Fleet A" .'
        + BY.format("N2", "SA")
        + event("X", "nr:hasParticipant :SA, :SB"),
        *("State A", "Navy B"),
        "X: State A is in it at state and organisation level; Navy B is in it at service level; "
        "State A may stand for Navy A or River Fleet A, and it isn't said which.",
    ),
    (
        "level",
        event("X", "nr:hasParticipant :NA, :NB"),
        *("Navy A", "State B"),
        "X: Navy A is in it at service level; State B is in it at state and organisation level.",
    ),
    (
        "formation",
        ':G a nr:Formation ; rdfs:label "Group" .' + event("X", "nr:hasParticipant :G, :NB"),
        *("Group", "State B"),
        "X: Group is in it at unit and service level; State B is in it at state and organisation "
        "level; Group is a formation of no single service.",
    ),
    (
        "formation",
        ':G a nr:Formation ; rdfs:label "Group" . :m a nr:Affiliation ; org:member :VA ; '
        "org:organization :G ." + event("X", "nr:hasParticipant :VA, :NB"),
        *("Navy A", "Navy B"),
        "X: Ship A took part for Group, a formation of no single service, and not for Navy A.",
    ),
    (
        "time",
        ':G a nr:Formation ; rdfs:label "Group" . :m a nr:Affiliation ; org:member :VA ; '
        'org:organization :G ; nr:latest "2020-01-01"^^xsd:date .'
        + event("X", 'nr:hasParticipant :VA, :NB ; nr:earliest "2021-01-01"^^xsd:date'),
        *("Group", "Navy B"),
        "X: Ship A didn't belong to Group at that time.",
    ),
    (
        "part",
        event("X", "nr:hasParticipant :NA, :NB"),
        *("State A", "Ship A"),
        "Ship A belongs to State A: nobody trains with what it is part of.",
    ),
    (
        "party",
        ':VE a nr:Ship ; rdfs:label "Ship E" .'
        + BY.format("VE", "Q")
        + ':Q a nr:Formation ; rdfs:label "Squadron" . :q a nr:Affiliation ; org:member :VA ; '
        "org:organization :Q ." + event("X", "nr:hasParticipant :Q, :VA, :VE, :NB"),
        *("Ship A", "Ship E"),
        "X: Ship A and Ship E are one party in it.",
    ),
    (
        "claim",
        event("X", "nr:hasParticipant :SA, :SC")
        + ":said nr:about :X ; nr:onProperty nr:hasParticipant ; nr:hasValue :SB ; "
        "nr:hasCertainty nrc:probable ; prov:wasAttributedTo :SC .",
        *("State A", "Navy B"),
        "X: State B (of which Navy B is part) is in it by a claim of State C alone (probable).",
    ),
]


@pytest.mark.parametrize(("kind", "facts", "a", "b", "sentence"), CASES)
def test_a_reason_is_one_clear_sentence(
    make: Callable[[str], Store], kind: str, facts: str, a: str, b: str, sentence: str
) -> None:
    other = event("W", "nr:hasParticipant :SC, :SD")  # so that naval is a domain of the graph
    store = make(fleet(*"ABCD") + facts + other)
    found = why(store, names.resolve(store, a), names.resolve(store, b)).why_not
    assert [(reason.kind, reason.sentence) for reason in found] == [(kind, sentence)]
    agrees(KnowledgeGraph(store))


def test_who_is_in_anything_by_a_claim_alone_is_not_said_to_be_named_nowhere(
    make: Callable[[str], Store],
) -> None:
    facts = event("P", "nr:hasParticipant :SC ; nr:hasStatus nrc:planned", "ExercisePlan")
    facts += (
        ":said nr:about :P ; nr:onProperty nr:hasParticipant ; nr:hasValue :SB ; "
        "nr:hasCertainty nrc:probable ; prov:wasAttributedTo :SC ."
    )
    store = make(fleet(*"ABC") + facts + event("W", "nr:hasParticipant :SA, :SC"))
    a, b = (names.resolve(store, name) for name in ("State A", "State B"))
    found = why(store, a, b).why_not
    assert [reason.sentence for reason in found] == [
        "No exercise or plan in this graph names State B, but by a claim alone.",
        "P: State B is in it by a claim of State C alone (probable).",
    ]


LIFETIMES = """
:SO a nr:State ; rdfs:label "Old" ; nr:latest "1992-12-31"^^xsd:date .
:SN a nr:State ; rdfs:label "New" ; nr:earliest "1993-01-01"^^xsd:date .
:NO a nr:Navy ; rdfs:label "Old Navy" ; org:subOrganizationOf :SO .
:NN a nr:Navy ; rdfs:label "New Navy" ; org:subOrganizationOf :SN ;
    nr:latest "2020-05-01"^^xsd:date .
:SL a nr:State ; rdfs:label "Late" ; nr:earliest "1992-12-31"^^xsd:date .
"""
APART = "No exercise or plan in this graph names "
NEVER = "The two never existed at the same time: "


@pytest.mark.parametrize(
    ("a", "b", "sentences"),
    [
        (
            *("Old", "New"),
            [NEVER + "Old until 1992-12-31; New from 1993-01-01.", APART + "both."],
        ),
        (
            *("New Navy", "Old"),
            [
                NEVER + "New Navy 1993-01-01 to 2020-05-01; Old until 1992-12-31.",
                APART + "New Navy.",
            ],
        ),
        (
            *("Old Navy", "New"),
            [NEVER + "Old Navy until 1992-12-31; New from 1993-01-01.", APART + "Old Navy."],
        ),
        ("Old", "Late", [APART + "Late."]),  # one day
        ("New", "Late", [APART + "Late."]),
        ("Old", "State A", [APART + "both."]),
    ],
)
def test_who_never_existed_at_the_same_time_is_said_when_each_did(
    make: Callable[[str], Store], a: str, b: str, sentences: list[str]
) -> None:
    facts = event("X", "nr:hasParticipant :SO, :SC") + event("Y", "nr:hasParticipant :SN, :SA")
    store = make(fleet(*"AC") + LIFETIMES + facts)
    found = why(store, names.resolve(store, a), names.resolve(store, b)).why_not
    assert [reason.sentence for reason in found] == sentences
    kinds = ["lifetime", "apart"] if len(sentences) == 2 else ["apart"]
    assert [reason.kind for reason in found] == kinds
    agrees(KnowledgeGraph(store))


POLICIES = [
    (
        {"level": "service"},
        "level",
        "X: it ties the two at state and organisation level, not at service level.",
    ),
    (
        {"level": "state", "since": 2032},
        "period",
        "X: 2031, where only what took place since 2032 counts.",
    ),
    (
        {"level": "state", "since": 2029, "until": "2030-02-01"},
        "period",
        "X: 2031, where only what took place since 2029 until 2030-02-01 counts.",
    ),
    (
        {"level": "state", "domain": "land"},
        "domain",
        "X: of air and naval domain, where only the land domain counts.",
    ),
    ({"level": "state", "include": ("held",)}, "status", "X: under way, where only held counts."),
    (
        {"level": "state", "min_events": 2},
        "number",
        "X: one of fewer than 2 exercises that a tie needs here.",
    ),
]


@pytest.mark.parametrize(("options", "kind", "sentence"), POLICIES)
def test_another_policy(
    make: Callable[[str], Store], options: dict[str, object], kind: str, sentence: str
) -> None:
    rest = 'nr:hasParticipant :SA, :SB ; nr:earliest "2031-01-01"^^xsd:date ; '
    rest += 'nr:latest "2031-12-31"^^xsd:date ; nr:hasStatus nrc:under-way'
    x = event("X", rest, domain="nrc:air, nrc:naval")
    x += event("W", "nr:hasParticipant :SA", domain="nrc:land")
    store = make(':SA a nr:State ; rdfs:label "A" . :SB a nr:State ; rdfs:label "B" .' + x)
    a, b = names.resolve(store, "A"), names.resolve(store, "B")
    policy = Policy(**options)  # type: ignore[arg-type]
    found = why(store, a, b, policy=policy)
    assert [(reason.kind, reason.sentence) for reason in found.why_not] == [(kind, sentence)]
    assert len(found.occasions) == 1
    assert why(store, a, b).why_not == ()


def agrees(kg: KnowledgeGraph, policy: Policy | None = None) -> None:
    """Assert of every pair that the network has a tie of it, or that it is said why not."""
    policies = [policy] if policy else [Policy(level=level) for level in LEVELS]
    tied = {
        frozenset((tie.source.iri, tie.target.iri)) for one in policies for tie in kg.ties(one).ties
    }
    actors = sorted(labelling.nodes(kg.store, NR.Actor).values())
    assert tied <= {frozenset((a.iri, b.iri)) for a, b in combinations(actors, 2)}
    for a, b in combinations(actors, 2):
        found = why(kg.store, a, b, policy=policy)
        assert (not found.why_not) == (frozenset((a.iri, b.iri)) in tied), (a, b, found.why_not)
        assert all(reason.sentence.endswith(".") for reason in found.why_not)


@pytest.mark.parametrize("data", [[], [str(DATA / "story")], [str(DATA / "azure.ttl")]])
def test_every_pair_has_an_answer_that_agrees_with_the_network(data: list[str]) -> None:
    agrees(passex.load(*data))


@pytest.mark.parametrize(
    "policy",
    [
        Policy(level="state", include=("planned",)),
        Policy(domain="all", min_events=2),
        Policy(level="organisation", include=("held", "planned"), until="2031-06-01"),
    ],
)
def test_every_pair_agrees_with_the_network_of_a_policy(policy: Policy) -> None:
    agrees(passex.load(str(DATA / "story")), policy)
