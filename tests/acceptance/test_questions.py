"""Questions of graphs that say little, or have many in one exercise."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex import KnowledgeGraph, load
from passex.graph.store import Term
from passex.graph.terms import PREFIXES
from passex.network.policy import Policy

HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())


def graph(folder: Path, text: str) -> KnowledgeGraph:
    path = folder / "graph.ttl"
    path.write_text(f"{HEAD}@prefix : <https://example.org/> .\n{text}", encoding="utf-8")
    return load(path)


def local(term: Term | None) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value.rpartition("/")[2]


SPARSE = """
:azure a nr:State . :cobalt a nr:State . :dun a nr:State .
:held a nr:Exercise ; nr:hasParticipant :azure, :cobalt ; nr:latest "2001-06-30"^^xsd:date .
:begun a nr:Exercise ; nr:earliest "2003-01-01"^^xsd:date .
:undated a nr:Exercise .
:planned a nr:ExercisePlan ; nr:hasParticipant :azure, :dun .
:meeting a nr:Meeting . :event a nr:Event . :said a nr:Statement . :article a schema:NewsArticle .
:relation a nr:Relation ; nr:hasParty :azure, :dun .
:talks a nr:Relation . :visit a nr:Visit . :test a nr:MissileTest . :deal a nr:Agreement .
:row a nr:Tension . :blame a nr:Statement ; nr:hasKind nrc:criticism .
"""


@pytest.mark.parametrize(
    ("question", "values", "column", "found"),
    [
        ("exercises", (), "exercise", ["held", "held", "undated", "begun"]),
        ("exercises-in-year", ("2001",), "exercise", ["held"]),
        ("exercises-in-year", ("2002",), "exercise", []),
        ("exercises-in-year", ("2004",), "exercise", ["begun"]),
        ("partners", (":azure",), "partner", ["cobalt"]),
        ("only-planned-partners", (":azure",), "partner", ["dun"]),
        ("plans", (), "plan", ["planned"]),
        ("meetings", (), "meeting", ["meeting"]),
        ("other-events", (), "event", ["event"]),
        ("statements", (), "statement", ["blame", "said"]),
        ("criticism", (), "criticism", ["blame"]),
        ("visits", (), "visit", ["visit"]),
        ("missile-tests", (), "test", ["test"]),
        ("agreements", (), "agreement", ["deal"]),
        ("tensions", (), "tension", ["row"]),
        ("articles", (), "article", ["article"]),
        ("relations", (), "relation", ["relation", "relation", "talks"]),
    ],
)
def test_what_is_not_said_takes_no_row_away(
    tmp_path: Path, question: str, values: tuple[str, ...], column: str, found: list[str]
) -> None:
    kg = graph(tmp_path, SPARSE)
    given = [value.replace(":", "https://example.org/") for value in values]
    answer = kg.ask(question, *given)
    place = answer.columns.index(column)
    assert [local(row[place]) for row in answer.rows] == found


@pytest.fixture(scope="module")
def crowd() -> list[list[str]]:
    """Sixty exercises among forty states, some of them with a dozen participants."""
    chance = random.Random(1)
    states = [f"s{number:02}" for number in range(40)]
    return [sorted(chance.sample(states, chance.choice([2, 2, 3, 12]))) for _ in range(60)]


@pytest.fixture(scope="module")
def crowded(crowd: list[list[str]], tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    text = "".join(f":s{number:02} a nr:State .\n" for number in range(40))
    for number, states in enumerate(crowd):
        named = ", ".join(f":{state}" for state in states)
        text += f":e{number} a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant {named} .\n"
        for article in range(number % 3):
            place = f"{(number + article) % 5}#char={number},{number + 5}"
            quote = f"<https://example.org/article{place}>"
            text += (
                f":c{number}-{article} nr:about :e{number} ; nr:onProperty nr:hasParticipant ; "
                f'nr:hasValue {named} ; nr:hasEvidence {quote} . {quote} oa:exact "words" .\n'
            )
    return graph(tmp_path_factory.mktemp("crowded"), text)


def pairs(crowd: list[list[str]]) -> dict[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for number, states in enumerate(crowd):
        for pair in itertools.combinations(states, 2):
            found.setdefault(pair, set()).add(number)
    return found


def rows(kg: KnowledgeGraph, question: str) -> list[tuple[str, ...]]:
    answer = kg.ask(question)
    return [tuple(map(local, row)) for row in answer.rows]


def test_open_triads_are_all_that_are_open(crowd: list[list[str]], crowded: KnowledgeGraph) -> None:
    tied = pairs(crowd)
    near: dict[str, set[str]] = {}
    for a, b in tied:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    number = {frozenset(pair): len(exercises) for pair, exercises in tied.items()}
    open_ = [
        (a, through, b, "state", min(number[frozenset({through, end})] for end in (a, b)))
        for through in near
        for a, b in itertools.combinations(sorted(near[through]), 2)
        if (a, b) not in tied
    ]
    # The strongest come first.
    open_.sort(key=lambda row: (-row[4], row[1], row[0], row[2]))
    assert rows(crowded, "open-triads") == [(*row[:4], str(row[4])) for row in open_]
    assert len({row[4] for row in open_}) > 1


def test_ties_of_one_article_are_all_of_them(
    crowd: list[list[str]], crowded: KnowledgeGraph
) -> None:
    expected = []
    for (a, b), exercises in sorted(pairs(crowd).items()):
        articles = {(n + article) % 5 for n in exercises for article in range(n % 3)}
        if len(articles) == 1:
            expected.append((a, b, "state", f"article{articles.pop()}"))
    assert rows(crowded, "single-source-ties") == expected
    assert len(expected) > 20


TALE = """
:old a schema:NewsArticle ; nr:latest "2030-05-03"^^xsd:date .
:new a schema:NewsArticle ; nr:latest "2031-01-09"^^xsd:date .
<https://example.org/old#char=0,9> oa:exact "the words" .
<https://example.org/new#char=0,9> oa:exact "the words" .
:azure a nr:State . :cobalt a nr:State . :dun a nr:State . :gone a nr:State .
:port a nr:Place ; dcterms:isPartOf :bay . :bay a nr:Place ; dcterms:isPartOf :azure, :gone .
:a1 a nr:Ship ; nr:inContingent :side . :a2 a nr:Ship ; nr:inContingent :side . :c1 a nr:Ship .
:side a nr:Contingent ; dcterms:isPartOf :games .
:games a nr:Exercise ; nr:hasParticipant :a1, :a2, :c1 ; nr:hasObserver :dun .
:phase a nr:Exercise ; dcterms:isPartOf :games ; nr:hasKind nrc:passing-exercise .
:phase nr:hasWithdrawn :cobalt .
:c4 nr:about :games ; nr:onProperty nr:hasObserver ; nr:hasValue :dun ;
    nr:hasEvidence <https://example.org/old#char=0,9> .
:cancelled a nr:ExercisePlan ; nr:hasStatus nrc:cancelled ; nr:latest "2030-06-01"^^xsd:date .
:overdue a nr:ExercisePlan ; nr:hasStatus nrc:announced ; nr:latest "2030-06-01"^^xsd:date .
:open a nr:ExercisePlan ; nr:hasStatus nrc:announced ; nr:latest "2031-06-01"^^xsd:date .
:came a nr:ExercisePlan ; nr:hasStatus nrc:announced ; nr:realisedBy :games .
:all a nr:ExercisePlan ; nr:hasStatus nrc:carried-out ; nr:hasKind nrc:exercises-lumped-together .
:silent a nr:Plan .
:coming a nr:ExercisePlan ; dcterms:isPartOf :games .
:c1-announced nr:about :cancelled ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:announced ;
    nr:hasEvidence <https://example.org/old#char=0,9> .
:c1-cancelled nr:about :cancelled ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:cancelled ;
    prov:wasAttributedTo :azure ; nr:hasEvidence <https://example.org/new#char=0,9> .
:talks a nr:Meeting ; nr:hasPlace :port .
:c2 nr:about :games ; nr:onProperty nr:hasPlace ; nr:hasValue :port ; nr:hasCertainty nrc:probable ;
    prov:wasAttributedTo :cobalt ; nr:hasEvidence <https://example.org/old#char=0,9> .
:c3 nr:about :talks ; nr:onProperty nr:hasPlace ; nr:hasValue :port ;
    nr:hasEvidence <https://example.org/old#char=0,9> .
"""


def number(name: str, value: int, concept: str, more: str = "") -> str:
    return (
        f":{name} nr:about :games ; nr:onProperty nr:hasQuantity ; nr:hasValue {value} ;"
        f" nr:quantityOf nrc:{concept} ; {more}"
        " nr:hasEvidence <https://example.org/old#char=0,9> .\n"
    )


@pytest.fixture(scope="module")
def tale(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    text = TALE + "".join(
        (
            number("n1", 18, "aircraft"),
            number("n2", 3000, "people", "nr:hasQuantifier nrc:about ;"),
            number("n3", 5, "ships", "nr:suppliedBy :azure ;"),
            number("n4", 7, "ships", "nr:suppliedBy :cobalt ;"),
            number("n5", 9, "ships"),
            number("n6", 12, "ships", 'nr:quantityWords "a dozen" ;'),
            number("n7", 6, "ships", "nr:suppliedBy :azure ; prov:wasAttributedTo :dun ;"),
            # One voice gives a range, which another one's bound is no part of.
            number("n8", 30, "submarines", "nr:hasQuantifier nrc:at-least ;"),
            number("n9", 40, "submarines", "nr:hasQuantifier nrc:up-to ;"),
            number(
                *("n10", 50, "submarines"),
                "nr:hasQuantifier nrc:up-to ; prov:wasAttributedTo :dun ;",
            ),
        )
    )
    return graph(tmp_path_factory.mktemp("tale"), text)


def told(kg: KnowledgeGraph, question: str, *values: str) -> list[tuple[str, ...]]:
    """Rows of an answer: names and texts, a dash for nothing."""
    rows = kg.ask(question, *(f"https://example.org/{value}" for value in values)).rows
    return [
        tuple(
            "-" if term is None else str(getattr(term, "value", term)).rpartition("/")[2]
            for term in row
        )
        for row in rows
    ]


def test_plans_say_who_says_so_and_what_became_of_them(tale: KnowledgeGraph) -> None:
    assert [(row[0], row[2], *row[4:9]) for row in told(tale, "plans")] == [
        ("all", "carried-out", "-", "-", "-", "-", "carried out"),
        ("came", "announced", "-", "-", "-", "-", "realised"),
        ("cancelled", "cancelled", "certain", "azure", "new", "2031-01-09", "cancelled"),
        ("open", "announced", "-", "-", "-", "-", "open"),
        ("overdue", "announced", "-", "-", "-", "-", "overdue"),
        ("silent", "-", "-", "-", "-", "-", "open"),
    ]


HEDGED = """
@base <https://example.org/article> .
<> a schema:NewsArticle ; nr:earliest "2031-05-01"^^xsd:date ; nr:latest "2031-05-01"^^xsd:date .
<#char=0,5> oa:exact "quote" .
:azure a nr:State ; rdfs:label "Azure" . :cobalt a nr:State ; rdfs:label "Cobalt" .
""" + "".join(
    f""":{plan} a nr:{kind} ; rdfs:label "{plan.title()}" ; nr:hasStatus nrc:announced ;
        nr:hasKind nrc:{drill} ; nr:hasDomain nrc:naval ; nr:hasParticipant :azure, :cobalt .
    """
    + "".join(
        f"""<#{plan}{number}> nr:about :{plan} ; nr:onProperty nr:hasStatus ;
            nr:hasValue nrc:announced ; nr:hasEvidence <#char=0,5> ; nr:hasCertainty nrc:{how} ;
            prov:wasAttributedTo :{speaker} .
        """
        for number, (how, speaker) in enumerate(claims)
    )
    for plan, kind, drill, claims in (
        ("maybe", "ExercisePlan", "boarding-exercise", [("possible", "azure")]),
        (
            "likely",
            "ExercisePlan",
            "boarding-exercise",
            [("possible", "azure"), ("probable", "cobalt")],
        ),
        (
            "surely",
            "ExercisePlan",
            "boarding-exercise",
            [("possible", "azure"), ("certain", "cobalt")],
        ),
        ("visit", "Plan", "port-call", [("possible", "azure")]),
    )
)


def test_plans_that_are_only_possible_are_told_from_certain_ones(tmp_path: Path) -> None:
    hedged = graph(tmp_path, HEDGED)
    assert [(row[0], row[5], row[4]) for row in told(hedged, "plans")] == [
        ("likely", "azure", "possible"),
        ("likely", "cobalt", "probable"),
        ("maybe", "azure", "possible"),
        ("surely", "azure", "possible"),
        ("surely", "cobalt", "certain"),
        ("visit", "azure", "possible"),
    ]
    words = {
        "Maybe": "only possible, announced when reported, May 2031",
        "Likely": "only probable, announced when reported, May 2031",
        "Surely": "announced when reported, May 2031",
    }
    plans = {row["plan"]: row["status"] for row in hedged.ask("plans").records()}
    assert plans == {**words, "Visit": words["Maybe"]}
    for question, value, column in (
        ("exercises-of-kind", "boarding exercise", "exercise"),
        ("only-planned-partners", "Azure", "plan"),
    ):
        rows = hedged.ask(question, value).records()
        assert {row[column]: row["status"] for row in rows} == words


def test_only_numbers_of_one_concept_and_one_supplier_differ(tale: KnowledgeGraph) -> None:
    assert [(row[3], row[7], row[8]) for row in told(tale, "differing-counts")] == [
        ("5", "6", "-"),
        ("9", "12", "a dozen"),
        ("30", "50", "-"),
        ("40", "50", "-"),
    ]
    assert [row[1:4] for row in told(tale, "counts") if row[2] in ("18", "3000")] == [
        ("exactly", "18", "aircraft"),
        ("about", "3000", "people"),
    ]


def test_a_place_is_in_what_is_around_it_and_a_mere_claim_says_whose_it_is(
    tale: KnowledgeGraph,
) -> None:
    expected = [
        ("games", "port", "-", "-", "-", "-", "probable", "cobalt"),
        ("talks", "port", "-", "-", "-", "-", "-", "-"),
    ]
    assert told(tale, "happened-at", "port") == expected
    assert told(tale, "happened-at", "azure") == expected


def test_roles_and_sides_of_an_exercise(tale: KnowledgeGraph) -> None:
    assert told(tale, "who-was-in", "games") == [
        ("a1", "ontology#Ship", "-", "side"),
        ("a2", "ontology#Ship", "-", "side"),
        ("c1", "ontology#Ship", "-", "-"),
        ("cobalt", "ontology#State", "ontology#hasWithdrawn", "-"),
        ("dun", "ontology#State", "ontology#hasObserver", "-"),
    ]
    assert told(tale, "ships-in", "games") == [("a1", "-"), ("a2", "-"), ("c1", "-")]
    assert told(tale, "partners", "a1") == [
        ("c1", "unit", "stated", "naval", "games", "-", "-", "-", "-")
    ]


def test_a_phase_is_no_exercise_of_its_own_and_lends_its_kind(tale: KnowledgeGraph) -> None:
    assert {row[0] for row in told(tale, "exercises")} == {"games"}
    kind = "https://w3id.org/passex/concept/passing-exercise"
    assert [local(row[0]) for row in tale.ask("exercises-of-kind", kind).rows] == ["games"]


PHASES = """
:games a nr:Exercise ; nr:hasParticipant :a, :b, :gone ; nr:hasWithdrawn :gone .
:first a nr:Exercise ; dcterms:isPartOf :games ; nr:hasParticipant :a, :c .
:off a nr:ExercisePlan ; dcterms:isPartOf :games ; nr:hasStatus nrc:cancelled ;
    nr:hasKind nrc:live-fire-exercise ; nr:hasParticipant :d .
:next a nr:ExercisePlan ; dcterms:isPartOf :games ; nr:hasParticipant :e .
:a a nr:Ship . :b a nr:Ship . :c a nr:Ship . :d a nr:Ship . :e a nr:Ship . :gone a nr:Ship .
"""


@pytest.mark.parametrize(
    ("question", "value", "column", "found"),
    [
        ("exercises", "", "participant", "a b c"),
        ("who-was-in", "games", "actor", "a b c gone"),
        ("who-was-in", "first", "actor", "a c"),
        ("who-was-in", "off", "actor", "d"),  # who was to be, as of any plan
        ("ships-in", "games", "ship", "a b c e"),  # or are to
        ("ships-in", "first", "ship", "a c"),
        ("ships-in", "next", "ship", "e"),
        ("exercises-of-kind", "nrc:live-fire-exercise", "exercise", ""),
    ],
)
def test_who_is_in_a_phase_is_in_it_alone_and_in_a_cancelled_one_nobody(
    tmp_path: Path, question: str, value: str, column: str, found: str
) -> None:
    iri = value if ":" in value else f"https://example.org/{value}"
    answer = graph(tmp_path, PHASES).ask(question, *([iri] if value else []))
    place = answer.columns.index(column)
    assert [local(row[place]) for row in answer.rows] == found.split()


def test_a_state_that_only_has_a_place_does_not_occur(tale: KnowledgeGraph) -> None:
    assert [row[0] for row in told(tale, "states-not-training")] == ["dun"]
    assert told(tale, "spokespersons") == [
        ("azure", "ontology#State", "0", "1", "1"),
        ("cobalt", "ontology#State", "0", "1", "1"),
        ("dun", "ontology#State", "0", "2", "1"),
    ]


def test_a_post_without_dates_is_held_on_the_day_of_its_article() -> None:
    article = Path(__file__).resolve().parents[1] / "data/encoding/2030-dynamic-petrel.ttl"
    petrel = load(article)
    day = "2030-10-14"
    held = [
        (local(row[0]), local(row[-2]), local(row[-1])) for row in petrel.ask("posts-at", day).rows
    ]
    assert held == [("solheim", day, day), ("solvang", day, day), ("ashley", day, day)]
    assert petrel.ask("posts-at", "2030-10-13").rows == ()


@pytest.mark.parametrize("basis", ["any", "stated"])
def test_partners_on_a_basis_are_those_of_the_network_on_it(basis: str) -> None:
    """Each actor of each level has the partners and exercises that the network has."""
    kg = load()
    tied: dict[str, set[tuple[str, str]]] = {}
    for level in ("unit", "service", "state", "organisation"):
        for tie in kg.ties(Policy(level, domain="all", basis=basis)).ties:
            both = tie.source.iri, tie.target.iri
            for actor, partner in (both, both[::-1]):
                drills = {(partner, one.activity.iri) for one in tie.occasions}
                tied.setdefault(actor, set()).update(drills)
    assert len(tied) == {"any": 13, "stated": 9}[basis]
    for actor, expected in tied.items():
        answer = kg.ask("partners", actor, basis=basis)
        places = [answer.columns.index(name) for name in ("partner", "exercise")]
        assert {tuple(row[at].value for at in places) for row in answer.rows} == expected, actor
    assert (
        len(kg.ask("partners", "Republic of Korea Navy", basis=basis))
        == {
            "any": 3,
            "stated": 0,
        }[basis]
    )
