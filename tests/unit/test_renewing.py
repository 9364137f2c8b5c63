"""What a change reaches is derived again as if everything were."""

from __future__ import annotations

import re
from functools import partial

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from thorough import examples

from passex.graph import background, belonging, dataset, folding, renewing, rules
from passex.graph.reach import Reach
from passex.graph.renewing import renew
from passex.graph.store import Store
from passex.graph.terms import DERIVED, FILLED, NAMES, PREFIXES, RDFS, W
from passex.web.delta import written
from passex.web.deriving import Pending

from .worlds import lines, turtle

ONTOLOGY = [quad for path in dataset.ontology_files() for quad in ox.parse(path=str(path))]

#: What a full derivation begins with.
KEPT = (ox.DefaultGraph(), ox.NamedNode(FILLED))


def facts(statements: list[str]) -> set[ox.Quad]:
    return set(ox.parse(turtle(statements), ox.RdfFormat.TURTLE))


def complete(engine: ox.Store) -> None:
    """Derive everything, after forgetting what was derived before."""
    rules.forget(engine)
    for name in DERIVED:
        engine.update(f"DELETE WHERE {{ ?s <{name}> ?o }}")
    engine.clear_graph(ox.NamedNode(NAMES))
    engine.extend(list(background.missing(engine)))
    rules.derive(Store(engine))
    folding.index(engine)


def change_and_compare(
    engine: ox.Store,
    now: set[ox.Quad],
    changed: list[ox.Quad],
    deleted: list[ox.Quad],
    reasons: tuple[str, ...] = (),
) -> None:
    """Add what is not in the facts, and remove what is; renew, and compare.

    Args:
        reasons: Why everything may have to be derived.
    """
    reach = Reach()
    reach.follow(engine, changed + deleted)
    for quad in deleted:
        engine.remove(quad)
    for quad in changed:
        now ^= {quad}
        (engine.add if quad in now else engine.remove)(quad)
    reach.follow(engine, changed + deleted)
    if reach.everything:
        assert reach.everything in reasons
        complete(engine)
        return
    expected = ox.Store()
    expected.extend(quad for quad in engine if quad.graph_name in KEPT)
    complete(expected)
    renew(engine, reach)
    # Only what differs: to show two whole graphs takes minutes.
    one, other = set(engine), set(expected)
    assert sorted(map(str, one - other)) == sorted(map(str, other - one))


@settings(max_examples=examples(10), deadline=None)
@given(lines(), lines(), st.data())
def test_random_changes(first: list[str], second: list[str], data: st.DataObject) -> None:
    random_changes(first, second, data, ())


def random_changes(
    first: list[str],
    second: list[str],
    data: st.DataObject,
    reasons: tuple[str, ...],
    changes: str = "",
) -> None:
    """Change a graph twice by some facts of another one.

    Args:
        changes: What the IRIs begin with of whatever these facts are of.
    """
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(first)
    engine.extend(now)
    complete(engine)
    pool = sorted(facts(first) ^ facts(second), key=str)
    pool = [quad for quad in pool if changes in str(quad.subject)] or sorted(facts(first), key=str)
    for _ in range(2):
        # What rules derive can be deleted as well, and comes again.
        derived = sorted((q for q in engine if q.graph_name == ox.DefaultGraph()), key=str)
        derived = [quad for quad in derived if quad not in now] or [pool[0]]
        deleted = data.draw(st.lists(st.sampled_from(derived), max_size=2, unique=True))
        deleted = [quad for quad in deleted if quad not in pool]
        changed = data.draw(st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True))
        change_and_compare(engine, now, changed, deleted, reasons)


@settings(max_examples=examples(10), deadline=None)
@given(lines(proved=True), lines(proved=True), st.data())
def test_random_changes_of_affiliations(
    first: list[str], second: list[str], data: st.DataObject
) -> None:
    random_changes(first, second, data, WIDE, "org/x")


#: What some changes of the world with claims and zones come to.
WIDE = (
    "the vocabulary or the zones of an article changed",
    "what a kind means was changed",
)


@settings(max_examples=examples(8), deadline=None)
@given(lines(proved=True), lines(proved=True), st.data())
def test_random_changes_of_what_is_proved(
    first: list[str], second: list[str], data: st.DataObject
) -> None:
    random_changes(first, second, data, WIDE)


CLAIMED = [
    ":e0 a nr:Exercise ; nr:hasParticipant :navy0, :navy1 ; nr:hasDomain nrc:naval ; "
    "nr:hasStatus nrc:under-way .",
    ":p nr:about :e0 ; nr:onProperty nr:hasParticipant ; nr:hasValue :navy0, :navy1 ; "
    "nr:hasEvidence <https://example.org/a#char=1,5> ; nr:hasBasis nrc:inferred .",
    ":s nr:about :e0 ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:under-way ; "
    "nr:hasEvidence <https://example.org/a#char=6,9> .",
    '<https://example.org/a> nr:earliest "2030-01-01"^^xsd:date .',
    '<https://example.org/a> nr:latest "2030-01-01"^^xsd:date .',
    '<https://example.org/a#char=1,5> oa:exact "both" .',
    '<https://example.org/a#char=6,9> oa:exact "now" .',
]


@pytest.mark.parametrize("fact", sorted(facts(CLAIMED) - facts([]), key=str), ids=str)
def test_each_fact_that_claims_rest_on(fact: ox.Quad) -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(CLAIMED)
    engine.extend(now)
    complete(engine)
    for _ in range(2):  # away, and there again
        change_and_compare(engine, now, [fact], [])


#: Two accounts of one exercise, of which the first is that of the article.
ACCOUNTS = [
    ":e0 a nr:Exercise ; nr:hasParticipant :navy0, :navy1 ; nr:hasStatus nrc:held .",
    ":e1 a nr:Exercise ; nr:hasParticipant :navy1, :state0 ; nr:hasDomain nrc:naval .",
    ":e0 owl:sameAs :e1 .",
    ":d nr:about :e0 ; nr:onProperty nr:hasStatus ; nr:hasEvidence <https://example.org/t#row=2> .",
    '<https://example.org/t#row=2> oa:exact "two" .',
    "<https://example.org/t> a <http://www.w3.org/ns/dcat#Dataset> .",
]


@pytest.mark.parametrize("fact", sorted(facts(ACCOUNTS) - facts([]), key=str), ids=str)
def test_each_fact_of_accounts(fact: ox.Quad) -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(ACCOUNTS)
    engine.extend(now)
    complete(engine)
    first = ox.NamedNode("https://w3id.org/passex/workings#accountOf")
    (quad,) = engine.quads_for_pattern(None, first, None)
    assert quad.object == ox.NamedNode("https://example.org/e1")
    for _ in range(2):
        change_and_compare(engine, now, [fact], [])


#: A claim that names an affiliation whose end is filled in, and another one.
NAMED = [
    ":x0 a nr:Affiliation ; org:member :navy0 ; org:organization :state0 .",
    ":x1 a nr:Affiliation ; org:member :ship0 ; org:organization :squadron0 .",
    ':squadron0 nr:latest "2030-01-01"^^xsd:date .',
    ":c a nr:Claim ; nr:about :talk ; nr:onProperty nr:concerns ; nr:hasValue :x0, :x1 .",
    ":e0 a nr:Exercise ; nr:hasParticipant :ship0, :navy1 ; nr:hasDomain nrc:naval ; "
    'nr:earliest "2031-01-01"^^xsd:date ; nr:latest "2031-01-01"^^xsd:date .',
]


def test_labels_name_affiliations_by_what_the_facts_say() -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(NAMED)
    engine.extend(now)
    complete(engine)
    (label,) = engine.quads_for_pattern(
        ox.NamedNode("https://example.org/c"), ox.NamedNode(RDFS.label), None, ox.DefaultGraph()
    )
    assert str(label.object).endswith('ship 0 belongs to squadron 0"@en')
    for changed in (":x0 org:organization :state0 .", NAMED[2]):
        for _ in range(2):  # away, and there again
            change_and_compare(engine, now, list(facts([changed]) - facts([])), [])


#: Accounts of an exercise without a whole of its class: it is a part of one of them, or of a plan.
WITHOUT_A_WHOLE = [
    ":e0 a nr:Exercise ; nr:hasParticipant :navy0, :ship1 ; nr:hasDomain nrc:naval ; "
    "owl:sameAs :e1 ; dcterms:isPartOf :e1 .",
    ":e1 a nr:Exercise ; nr:hasParticipant :navy0, :group1 .",
    ":h0 a nr:Exercise ; nr:hasParticipant :ship0 ; dcterms:isPartOf :e0 .",
]


@pytest.mark.parametrize("whole", ["Exercise", "ExercisePlan"])
def test_accounts_of_an_exercise_without_a_whole(whole: str) -> None:
    engine = ox.Store()
    other = "dcterms:isPartOf :e1" if whole == "Exercise" else "dcterms:isPartOf :p0"
    told = [line.replace("dcterms:isPartOf :e1", other) for line in WITHOUT_A_WHOLE]
    now = set(ONTOLOGY) | facts([*told, ":p0 a nr:ExercisePlan ."])
    engine.extend(now)
    complete(engine)
    # Who is in an account was in the exercise itself.
    first = ox.NamedNode("https://example.org/e0")
    participations = engine.quads_for_pattern(None, ox.NamedNode(W["in"]), first)
    assert sum(1 for _ in participations) == 4
    (joined,) = facts([f":e0 {other} ."]) - facts([])
    (same,) = facts([":e0 owl:sameAs :e1 ."]) - facts([])
    for changed in ([joined, same], [joined, same], [same], [joined]):
        change_and_compare(engine, now, changed, [])


#: Exercises of a state that is no more, one of them after its navy was.
ENDED = [
    f":e{number} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :navy0, "
    f"<https://w3id.org/passex/id/soviet-union> ; "
    f'nr:earliest "{year}-01-01"^^xsd:date ; nr:latest "{year}-02-01"^^xsd:date .'
    for number, year in enumerate((1985, 1995))
]


def test_the_gazetteer_says_when_there_was_a_navy() -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(ENDED)
    engine.extend(now)
    complete(engine)
    navy = ox.NamedNode("https://w3id.org/passex/ontology#infersService")
    assert len(list(engine.quads_for_pattern(None, navy, None, ox.DefaultGraph()))) == 1
    label = ox.Literal("Drill")
    for number in range(2):
        quad = ox.Quad(
            ox.NamedNode(f"https://example.org/e{number}"), ox.NamedNode(RDFS.label), label
        )
        change_and_compare(engine, now, [quad], [])


PAIR = [
    f":e{number} a nr:Exercise ; nr:hasParticipant :navy0, :navy1 ; nr:hasStatus nrc:held ."
    for number in range(2)
]


#: Exercises of every kind, in which rules look at what their participants are and belong to.
WORLD = [
    # Naval by a formation's kind, and by affiliation; a squadron beside its ship; a contingent.
    ":e0 a nr:Exercise ; nr:hasParticipant :group0, :ship0 ; "
    'nr:latest "2030-06-01"^^xsd:date ; nr:earliest "2030-06-01"^^xsd:date .',
    ":group0 nr:hasKind :fleet . :fleet skos:broader :sea . :sea skos:related nrc:naval .",
    ":e1 a nr:Exercise ; nr:hasParticipant :squadron0, :ship0, :navy1, :state1 ; "
    "nr:hasDomain nrc:naval .",
    ":k a nr:Contingent ; dcterms:isPartOf :e1 . :ship0 nr:inContingent :k . "
    ":navy1 nr:inContingent :k .",
    # A phase with the domain of its whole, one that is to come, a plan, two accounts.
    ":h0 a nr:Exercise ; dcterms:isPartOf :e1 ; nr:hasParticipant :state0, :group1 .",
    ":h1 a nr:ExercisePlan ; dcterms:isPartOf :e1 ; nr:hasParticipant :ship0, :ship1 .",
    ":e2 a nr:ExercisePlan ; nr:hasParticipant :ship0, :pact0 .",
    ":e3 a nr:Exercise ; nr:hasParticipant :ship1, :guard0 ; owl:sameAs :e4 .",
    ":e4 a nr:Exercise ; nr:hasParticipant :ship0, :navy1 .",
    # Who took part is inferred.
    ":c a nr:Claim ; nr:about :e1 ; nr:onProperty nr:hasParticipant ; nr:hasValue :ship0 ; "
    "nr:hasBasis nrc:inferred .",
]
#: What participants are, and belong to.
BELONGING = [
    ":x0 a nr:Affiliation ; org:member :ship0 ; org:organization :squadron0 .",
    ":x1 a nr:Affiliation ; org:member :squadron0 ; org:organization :navy0 ; "
    'nr:latest "2030-01-01"^^xsd:date .',
    ":x2 a nr:Affiliation ; org:member :navy0 ; org:organization :state0 .",
    ":x3 a nr:Affiliation ; org:member :ship1 ; org:organization :group0 .",
    ":x4 a nr:Affiliation ; org:member :group0 ; org:organization :pact0 .",
    ":x5 a nr:Affiliation ; org:member :guard0 ; org:organization :state1 .",
    ":l nr:about :x0 ; nr:onProperty org:member, org:organization ; "
    "nr:hasValue :ship0, :squadron0 ; nr:hasBasis nrc:inferred .",
    ":squadron0 nr:hasKind :fleet . :guard0 a nr:Navy .",
]


def test_each_fact_of_what_participants_are_and_belong_to() -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(WORLD) | facts(BELONGING)
    engine.extend(now)
    complete(engine)
    there = set(engine)
    for fact in sorted(facts(BELONGING) - facts([]), key=str):
        reach = Reach()
        reach.follow(engine, [fact])
        assert len(reach.exercises) > 1
        change_and_compare(engine, now, [fact], [])
        # And there again.
        reach = Reach()
        reach.follow(engine, [fact])
        engine.add(fact)
        now.add(fact)
        reach.follow(engine, [fact])
        renew(engine, reach)
        assert sorted(map(str, set(engine) ^ there)) == []


#: An exercise that carries its evidence itself, with a phase.
EVIDENCED = [
    ":e0 a nr:Exercise ; nr:hasParticipant :navy0, :navy1 ; nr:hasPlace :sea ; "
    "nr:hasEvidence <https://example.org/a#char=1,5> .",
    ":h0 a nr:Exercise ; dcterms:isPartOf :e0 ; nr:hasParticipant :navy1, :ship0 .",
    '<https://example.org/a#char=1,5> oa:exact "both" . :sea a nr:Place .',
]


def test_a_label_reaches_an_exercise_with_its_phases() -> None:
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(EVIDENCED)
    engine.extend(now)
    complete(engine)
    for fact in facts([':sea rdfs:label "Sea" .']) - facts([]):
        change_and_compare(engine, now, [fact], [])


#: A ship with a phase, and others that are busy with her navy.
BUSY = [
    *PAIR[1:],
    ":e0 a nr:Exercise ; nr:hasParticipant :ship0, :navy1 ; nr:hasStatus nrc:held .",
    ":h0 a nr:Exercise ; dcterms:isPartOf :e0 ; nr:hasParticipant :ship0 .",
    ":e2 a nr:Exercise ; nr:hasParticipant :navy0, :state1 ; nr:hasDomain nrc:naval .",
]


def change(pending: Pending, engine: ox.Store, update: str) -> str:
    """Make an update and derive what follows; give the reason where that is everything."""
    text = f"PREFIX : <https://example.org/> {update}"
    changed = written(engine, text)
    pending.write(engine, changed, lambda: engine.update(text, prefixes=PREFIXES))
    return pending.derive(engine, 0)


def test_a_tie_goes_with_its_last_exercise() -> None:
    engine = ox.Store()
    engine.extend(set(ONTOLOGY) | facts(PAIR))
    pending = Pending()
    tie = "ASK { <https://example.org/navy0> nr:trainedWith <https://example.org/navy1> }"
    assert change(pending, engine, "INSERT DATA { :navy0 rdfs:label 'One' }") == "the server began"
    for number, there in ((0, True), (1, False)):
        assert change(pending, engine, f"DELETE WHERE {{ :e{number} ?p ?o }}") == ""
        assert bool(engine.query(tie, prefixes=PREFIXES)) == there


def test_an_affiliation_reaches_the_exercises_of_its_member_alone() -> None:
    engine = ox.Store()
    engine.extend(set(ONTOLOGY) | facts(BUSY))
    complete(engine)
    nodes = {ox.NamedNode(f"https://example.org/{name}") for name in ("x", "ship0")}
    exercises = {ox.NamedNode(f"https://example.org/{name}") for name in ("e0", "h0")}
    affiliation = "{ :x a nr:Affiliation ; org:member :ship0 ; org:organization :navy0 }"
    for update in (f"INSERT DATA {affiliation}", f"DELETE DATA {affiliation}"):
        pending = Pending()
        pending.reach.everything = ""
        text = f"PREFIX : <https://example.org/> {update}"
        pending.write(
            engine, written(engine, text), partial(engine.update, text, prefixes=PREFIXES)
        )
        assert (pending.reach.nodes, pending.reach.exercises) == (nodes, exercises)
        assert pending.derive(engine, 0) == ""
        assert pending.derived == len(nodes | exercises)


@pytest.mark.parametrize("again", [False, True])
def test_all_that_is_derived_of_exercises_is_looked_at(again: bool) -> None:
    looked_at = (
        (belonging._CARRIED, belonging._THROUGH, belonging._STANDING, belonging._OF_PARTIES)
        if again
        else (belonging._GIVEN, belonging._GIVEN_OF_EXERCISES, {W.carries, *NOT_LOOKED_AT})
    )
    derived: set[str] = set()
    for rule in map(rules.read, dataset.rule_files()):
        if rule.scope == "exercise" and rule.belonging is again and rule.graph == "workings":
            head = rule.query.partition("CONSTRUCT")[2].partition("WHERE")[0]
            derived.update(W[name] for name in re.findall(r"\bw:(\w+)", head))
    assert derived
    assert derived - set().union(*looked_at) == set()


#: What says by which articles somebody took part, or which is the last.
NOT_LOOKED_AT = (W.namedIn, W.lastReportedIn)


def test_exercises_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "_PORTION", 1)
    engine = ox.Store()
    now = set(ONTOLOGY) | facts(WORLD) | facts(BELONGING)
    engine.extend(now)
    complete(engine)
    changed = facts(BELONGING[:1]) - facts([])
    change_and_compare(engine, now, sorted(changed, key=str), [])


@pytest.mark.parametrize("exercise", ["_:e", ":e"])
def test_an_affiliation_of_who_trained_with_somebody_without_a_name(exercise: str) -> None:
    engine = ox.Store()
    unnamed = f"{exercise} a nr:Exercise ; nr:hasParticipant :ship0, _:b . _:b a nr:Ship ."
    engine.extend(set(ONTOLOGY) | facts([*BUSY, unnamed]))
    complete(engine)
    pending = Pending()
    pending.trust(500)
    affiliation = (
        "INSERT DATA { :x a nr:Affiliation ; org:member :ship0 ; org:organization :navy0 }"
    )
    reason = "the change reaches a node without a name of its own"
    assert change(pending, engine, affiliation) == reason


@pytest.mark.parametrize(
    "whole",
    [
        "nr:hasParticipant :navy0, :navy1",
        "nr:hasKind nrc:passing-exercise",
        "nr:hasDomain nrc:naval",
    ],
)
def test_a_state_that_joins_has_the_navy_that_it_would_have_had(whole: str) -> None:
    base = "https://w3id.org/passex/id/"
    statements = [
        ":navy0 a nr:Navy . :navy1 a nr:Navy .",
        f":w a nr:Exercise ; {whole} .",
        f":p a nr:Exercise ; dcterms:isPartOf :w ; nr:hasParticipant <{base}france>, :navy0 .",
    ]
    engine = ox.Store()
    engine.extend(set(ONTOLOGY) | facts(statements))
    complete(engine)
    joins = facts([f":p nr:hasParticipant <{base}peru> ."])
    change_and_compare(engine, facts(statements), [*joins], [])


def test_a_ship_of_a_state_has_the_navy_that_it_would_have_had() -> None:
    base = "https://w3id.org/passex/id/"
    ships = [
        f":x{number} a nr:Affiliation ; org:member :ship{number} ; "
        f"org:organization <{base}{state}> ."
        for number, state in enumerate(("france", "peru"))
    ]
    statements = [
        ":ship0 a nr:Ship . :ship1 a nr:Ship .",
        ":e a nr:Exercise ; nr:hasParticipant :ship0, :ship1 .",
    ]
    for before, after in (([*ships, statements[0]], statements[1:]), (statements, ships)):
        engine = ox.Store()
        engine.extend(set(ONTOLOGY) | facts(before))
        complete(engine)
        change_and_compare(engine, facts(before), [*facts(after)], [])


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ("INSERT DATA { :e0 rdfs:label 'Drill' }", ""),
        ("INSERT DATA { [] a nr:Exercise }", "a node without a name of its own was changed"),
        (
            "INSERT DATA { nr:Navy rdfs:label 'fleet' }",
            "the vocabulary or the zones of an article changed",
        ),
        (
            f"INSERT DATA {{ GRAPH <{FILLED}> {{ :e0 a nr:Event }} }}",
            "what the rules keep for themselves was changed",
        ),
        ("INSERT DATA { GRAPH <a:other> { :e0 a nr:Event } }", ""),
        ("CLEAR DEFAULT", "what the change would write could not be told before"),
    ],
)
def test_what_has_everything_derived_again(update: str, reason: str) -> None:
    engine = ox.Store()
    engine.extend(set(ONTOLOGY) | facts(PAIR))
    complete(engine)
    pending = Pending()
    pending.reach.everything = ""
    assert change(pending, engine, update) == reason


def test_what_reaches_much_has_everything_derived_again() -> None:
    engine = ox.Store()
    engine.extend(set(ONTOLOGY) | facts(BUSY))
    complete(engine)
    pending = Pending()
    pending.trust(1)
    affiliation = "INSERT DATA { :x org:member :ship0 ; org:organization :navy0 }"
    assert change(pending, engine, affiliation) == "the change reaches more than 1 node"
    # Exercises that only have somebody who belongs elsewhere now are not many so soon.
    pending.trust(2)
    undone = affiliation.replace("INSERT", "DELETE")
    assert change(pending, engine, undone) == ""
    assert pending.derived == 4
