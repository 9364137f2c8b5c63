"""Each rule alone: from facts and intermediate results made by hand to its exact triples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from passex.graph import dataset, rules
from passex.graph.store import Store
from passex.graph.terms import DERIVED

Apply = Callable[..., set[str]]
IRI = "https://example.org/"


def days(first: str, last: str) -> str:
    return f'nr:earliest "{first}"^^xsd:date ; nr:latest "{last}"^^xsd:date'


def test_every_rule_has_a_test() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    assert [p.stem for p in dataset.rule_files() if f'"{p.stem}"' not in source] == []


def test_rules_say_what_they_derive_and_why() -> None:
    for path in dataset.rule_files():
        rule = rules.read(path)
        lines = rule.query.splitlines()
        reason = [line for line in lines if line.startswith("# ")]
        assert lines[0] == f"#+ summary: {rule.summary}"
        assert rule.summary.endswith(".")
        assert reason


def test_rules_derive_only_derived_properties(azure: Store) -> None:
    import pyoxigraph as ox

    plain = Store(ox.Store())
    for path in dataset.ontology_files():
        plain.engine.load(path=str(path))
    plain.engine.load(path=str(azure.files[0]))
    added = {q for q in azure.engine if isinstance(q.graph_name, ox.DefaultGraph)}
    terms = {q.predicate.value for q in added} - {q.predicate.value for q in plain.engine}
    assert terms == set(DERIVED)


def test_affiliations(apply: Apply) -> None:
    facts = """
        :own rdfs:subClassOf nr:Affiliation .
        :a1 a nr:Affiliation ; org:member :ship ; org:organization :navy .
        :a2 a :own ; org:member :navy ; org:organization :state .
        :t a nr:Tenure ; org:member :person ; org:organization :navy .
        :self a nr:Affiliation ; org:member :navy ; org:organization :navy ."""
    assert apply("10-affiliations", facts) == {
        ":ship w:by :a1",
        ":a1 w:to :navy",
        ":navy w:by :a2",
        ":a2 w:to :state",
    }


LEVELS = ["involvesUnit", "involvesService", "involvesState", "involvesOrganisation"]


def test_a_service_is_of_its_state_by_the_gazetteer(apply: Apply) -> None:
    facts = """
        :navy org:subOrganizationOf :state ; rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> .
        :other org:subOrganizationOf :state .
        :known org:subOrganizationOf :land ; rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> .
        :a a nr:Affiliation ; org:member :known ; org:organization :land ."""
    assert apply("10-affiliations", facts) == {
        ":navy w:by :navy",
        ":navy w:to :state",
        ":known w:by :a",
        ":a w:to :land",
    }


def test_a_coast_guard_of_the_gazetteer_stands_for_a_navy(apply: Apply) -> None:
    facts = """
        :x a nr:Exercise ; nr:hasDomain nrc:naval . :state a nr:State . :land a nr:State .
        :guard a nr:Service ; org:subOrganizationOf :state ;
            rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> .
        :other a nr:Service ; org:subOrganizationOf :land ."""
    workings = """
        :p w:of :state ; w:in :x . :q w:of :land ; w:in :x . :guard w:by :guard .
        :guard w:to :state . :other w:by :other . :other w:to :land ."""
    assert apply("54-navies", facts, workings) == {":p w:navyBy :guard"}


def test_participations(apply: Apply) -> None:
    facts = """:Drill rdfs:subClassOf nr:Exercise .
        :e a :Drill, nr:Exercise ; nr:hasParticipant :a, :b .
        :p a nr:ExercisePlan ; nr:hasParticipant :a . :v a nr:Visit ; nr:hasParticipant :b ."""
    found = [tuple(line.split()) for line in apply("11-participations", facts)]
    assert len(found) == 12
    node = {o: s for s, p, o in found if p == "w:participation"}
    assert len(node) == 3
    parts = {
        (event, actor)
        for k, event in node.items()
        for s, p, actor in found
        if p == "w:of" and s == k
    }
    assert parts == {(":e", ":a"), (":e", ":b"), (":p", ":a")}
    assert set(node.items()) == {(s, o) for s, p, o in found if p == "w:in"}
    assert {(s, o) for s, p, o in found if p == "w:carries"} == {
        (s, o) for s, p, o in found if p == "w:of"
    }


def test_national(apply: Apply) -> None:
    facts = f""":Guard rdfs:subClassOf nr:Service . :navy a nr:Navy . :guard a :Guard .
        :group a nr:Formation . :a {days("2030-01-01", "2030-12-31")} ."""
    workings = """
        :fleet w:by :a . :a w:to :command . :command w:by :b . :b w:to :navy .
        :boat w:by :c . :c w:to :guard . :navy w:by :d . :d w:to :state .
        :group w:by :x . :x w:to :league ."""
    assert apply("20-national", facts, workings) == {
        ":fleet rdf:type w:National",
        ":command rdf:type w:National",
        ":boat rdf:type w:National",
    }


def test_multinational(apply: Apply) -> None:
    facts = """:Wing rdfs:subClassOf nr:Formation . :group a nr:Formation . :wing a :Wing .
        :squadron a nr:Formation . :ship a nr:Ship ."""
    assert apply("21-multinational", facts, ":squadron a w:National .") == {
        ":group rdf:type w:Multinational",
        ":wing rdf:type w:Multinational",
    }


def test_sails_for(apply: Apply) -> None:
    facts = """:Corvette rdfs:subClassOf nr:Ship . :ship a :Corvette . :unit a nr:Formation ."""
    workings = """
        :k w:of :ship ; w:in :e . :ship w:by :a, :b, :c .
        :a w:to :group . :b w:to :squadron . :c w:to :navy .
        :group a w:Multinational . :squadron a w:National .
        :j w:of :unit ; w:in :e . :unit w:by :d . :d w:to :group ."""
    assert apply("30-sails-for", facts, workings) == {":k w:sailsFor :group"}


def test_carries(apply: Apply) -> None:
    workings = """
        :k w:carries :ship ; w:of :ship ; w:in :e . :ship w:by :a . :a w:to :squadron .
        :squadron w:by :b . :b w:to :navy . :navy w:by :c . :c w:to :state .
        :state w:by :d . :d w:to :squadron . :other w:by :x . :x w:to :navy ."""
    assert apply("31-carries", "", workings) == {
        ":k w:carries :squadron",
        ":k w:carries :navy",
        ":k w:carries :state",
        ":k w:through :a",
        ":k w:through :b",
        ":k w:through :c",
        ":k w:through :d",
    }


def test_carries_a_ship_through_the_formation_for_which_she_sails(apply: Apply) -> None:
    workings = """
        :k w:carries :ship ; w:of :ship ; w:in :e ; w:sailsFor :group . :ship w:by :a, :b, :c .
        :a w:to :group . :b w:to :squadron . :c w:to :navy . :group w:by :d . :d w:to :league .
        :j w:carries :ship ; w:of :ship ; w:in :f ."""
    assert apply("31-carries", "", workings) == {
        ":k w:carries :group",
        ":k w:carries :league",
        ":k w:through :a",
        ":k w:through :d",
        ":j w:carries :group",
        ":j w:carries :league",
        ":j w:carries :squadron",
        ":j w:carries :navy",
        ":j w:through :a",
        ":j w:through :b",
        ":j w:through :c",
        ":j w:through :d",
    }


#: A rule that looks at dates, prerequisites that hold for :x by :a in :e, and what it then derives.
DATED = [
    (
        "30-sails-for",
        ":x a nr:Ship .",
        ":g a w:Multinational . :a w:to :g . :x w:by :a . :k w:of :x ; w:in :e .",
        {":k w:sailsFor :g"},
    ),
    (
        "31-carries",
        "",
        ":a w:to :g . :x w:by :a . :k w:of :x ; w:carries :x ; w:in :e .",
        {":k w:carries :g", ":k w:through :a"},
    ),
    (
        "54-navies",
        ":g a nr:State . :x a nr:Navy . :e nr:hasDomain nrc:naval .",
        ":a w:to :g . :x w:by :a . :k w:of :g ; w:in :e .",
        {":k w:navyBy :a"},
    ),
]
dated = pytest.mark.parametrize(("rule", "facts", "workings", "derived"), DATED)


@dated
@pytest.mark.parametrize(
    ("event", "lapsed"),
    [
        (days("2030-05-31", "2030-06-02"), False),
        (days("2030-06-01", "2030-06-02"), True),
        (days("2030-04-29", "2030-04-30"), True),
        (days("2030-04-30", "2030-05-01"), False),
        (days("2030-01-01", "2030-12-31"), False),
        ('nr:earliest "2030-06-01"^^xsd:date', True),
        ('nr:earliest "2030-01-01"^^xsd:date', False),
        ('nr:latest "2030-04-01"^^xsd:date', True),
        ('nr:latest "2030-12-01"^^xsd:date', False),
        ("a nr:Exercise", False),
    ],
)
def test_lapsed(
    apply: Apply,
    rule: str,
    facts: str,
    workings: str,
    derived: set[str],
    event: str,
    lapsed: bool,
) -> None:
    dates = f":e {event} . :a {days('2030-05-01', '2030-05-31')} ."
    assert apply(rule, facts + dates, workings) == (set() if lapsed else derived)


@dated
@pytest.mark.parametrize(
    ("affiliation", "lapsed"),
    [
        ('nr:earliest "2030-06-01"^^xsd:date', True),
        ('nr:latest "2030-04-30"^^xsd:date', True),
        ('nr:earliest "2030-05-31"^^xsd:date', False),
        ('nr:latest "2030-05-01"^^xsd:date', False),
    ],
)
def test_lapsed_leaves_a_missing_bound_of_an_affiliation_open(
    apply: Apply,
    rule: str,
    facts: str,
    workings: str,
    derived: set[str],
    affiliation: str,
    lapsed: bool,
) -> None:
    dates = f":e {days('2030-05-01', '2030-05-31')} . :a {affiliation} ."
    assert apply(rule, facts + dates, workings) == (set() if lapsed else derived)


def test_counts_with(apply: Apply) -> None:
    workings = """
        :e w:participation :k, :j, :other . :f w:participation :away .
        :k w:of :ship ; w:carries :ship, :squadron . :j w:of :squadron ; w:carries :squadron .
        :other w:of :x ; w:carries :x . :away w:of :ship2 ; w:carries :ship2, :squadron ."""
    assert apply("40-counts-with", "", workings) == {":k w:countsWith :j"}


def test_what_belongs_to_each_other_stays_two(apply: Apply) -> None:
    workings = """:e w:participation :k, :j . :k w:of :a ; w:carries :a, :b .
        :j w:of :b ; w:carries :a, :b ."""
    assert apply("40-counts-with", "", workings) == set()


def test_parties(apply: Apply) -> None:
    workings = ":e w:participation :k, :j . :k w:countsWith :j ."
    assert apply("41-parties", "", workings) == {":e w:party :j"}


def test_unit(apply: Apply) -> None:
    facts = """:Corvette rdfs:subClassOf nr:Ship . :ship a :Corvette .
        :squadron a nr:Formation . :navy a nr:Navy ."""
    workings = ":k w:of :ship ; w:carries :ship, :squadron . :j w:of :squadron . :n w:of :navy ."
    assert apply("50-unit", facts, workings) == {
        ":k nr:involvesUnit :ship",
        ":j nr:involvesUnit :squadron",
    }


def test_levels(apply: Apply) -> None:
    facts = """:Pact rdfs:subClassOf nr:Organisation . :ship a nr:Ship . :group a nr:Formation .
        :navy a nr:Navy . :army a nr:Service . :state a nr:State . :league a nr:Organisation .
        :pact a :Pact . :news a nr:Institution . :away a nr:State ."""
    workings = """:k w:carries :ship, :group, :navy, :state, :league, :news .
        :j w:carries :army, :pact ."""
    assert apply("51-levels", facts, workings) == {
        ":k nr:involvesService :navy",
        ":k nr:involvesState :state",
        ":k nr:involvesOrganisation :league",
        ":j nr:involvesService :army",
        ":j nr:involvesOrganisation :pact",
    }


def test_formations_as_services(apply: Apply) -> None:
    workings = ":k w:carries :ship, :group, :squadron . :group a w:Multinational ."
    assert apply("52-formations-as-services", "", workings) == {":k nr:involvesService :group"}


def test_states_as_organisations(apply: Apply) -> None:
    workings = """:k nr:involvesState :state ; nr:involvesOrganisation :league .
        :j nr:involvesState :state ; nr:involvesService :navy ."""
    assert apply("53-states-as-organisations", "", workings) == {
        ":j nr:involvesOrganisation :state"
    }


def test_navies(apply: Apply) -> None:
    facts = """:Realm rdfs:subClassOf nr:State . :Fleet rdfs:subClassOf nr:Navy .
        :s a :Realm . :n a :Fleet . :m a nr:Navy . :army a nr:Service . :league a nr:Organisation .
        :e nr:hasDomain nrc:naval, nrc:air . :air nr:hasDomain nrc:air ."""
    workings = """:a w:to :s . :b w:to :s . :c w:to :s . :d w:to :league .
        :n w:by :a . :m w:by :b . :army w:by :c . :m w:by :d .
        :k w:of :s ; w:in :e . :j w:of :s ; w:in :air . :l w:of :league ; w:in :e .
        :i w:of :n ; w:carries :s ; w:in :e ."""
    assert apply("54-navies", facts, workings) == {":k w:navyBy :a", ":k w:navyBy :b"}


def test_infers_service(apply: Apply) -> None:
    workings = """
        :n1 w:by :a1, :b1 . :n2 w:by :a2 . :n3 w:by :a3 .
        :e w:participation :one, :two . :one w:in :e ; w:navyBy :a1, :b1 .
        :two w:in :e ; w:navyBy :a2, :a3 .
        :f w:participation :named, :other . :named w:in :f ; w:navyBy :a1 .
        :other w:in :f ; nr:involvesService :n1 ."""
    assert apply("55-infers-service", "", workings) == {
        ":one nr:infersService :n1",
        ":one nr:involvesService :n1",
    }


def test_involves(apply: Apply) -> None:
    workings = """:k w:in :e ; w:of :ship ; w:carries :ship, :navy ; nr:infersService :other ;
        nr:involvesUnit :u ; nr:involvesService :v ; nr:involvesState :s ;
        nr:involvesOrganisation :o ; w:sailsFor :x ."""
    assert apply("60-involves", "", workings) == {
        ":e nr:involves :ship",
        ":e nr:involves :navy",
        ":e nr:infersService :other",
        ":e nr:involvesUnit :u",
        ":e nr:involvesService :v",
        ":e nr:involvesState :s",
        ":e nr:involvesOrganisation :o",
    }


@pytest.mark.parametrize("level", LEVELS)
def test_party_stands_for(apply: Apply, level: str) -> None:
    workings = f""":e w:party :squadron . :ship w:countsWith :squadron, :middle ; nr:{level} :x ;
        w:carries :y . :alone nr:{level} :z ."""
    assert apply("61-party-stands-for", "", workings) == {f":squadron nr:{level} :x"}


@pytest.mark.parametrize("level", LEVELS)
def test_doubles(apply: Apply, level: str) -> None:
    workings = f""":e w:party :k, :j . :k nr:{level} :a, :b ; w:carries :a, :b .
        :j nr:{level} :c . :f w:party :j . :no nr:{level} :a, :b ."""
    assert apply("62-doubles", "", workings) == {f":e w:doubles nr:{level}"}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("rule", "kind", "other", "term"),
    [
        ("70-trained-with", "Exercise", "ExercisePlan", "trainedWith"),
        ("71-plans-to-train-with", "ExercisePlan", "Exercise", "plansToTrainWith"),
    ],
)
def test_ties(apply: Apply, rule: str, kind: str, other: str, term: str, level: str) -> None:
    facts = f":Own rdfs:subClassOf nr:{kind} . :e a :Own . :f a nr:{kind} . :g a nr:{other} ."
    # :d takes part through both parties, so that it is apart from none.
    workings = f"""
        :e w:party :k, :j . :k nr:{level} :a, :b, :d . :j nr:{level} :c, :d .
        :f w:party :l, :m . :l nr:{level} :u . :m nr:{level} :v ; w:carries :x .
        :g w:party :n, :o . :n nr:{level} :x . :o nr:{level} :y ."""
    pairs = {("a", "c"), ("b", "c"), ("u", "v")}
    assert apply(rule, facts, workings) == {
        f":{x} nr:{term} :{y}" for pair in pairs for x, y in (pair, pair[::-1])
    }


def test_a_plan_that_was_realised_gives_no_tie(apply: Apply) -> None:
    facts = ":p a nr:ExercisePlan ; nr:realisedBy :e ."
    workings = ":p w:party :k, :j . :k nr:involvesState :a . :j nr:involvesState :b ."
    assert apply("71-plans-to-train-with", facts, workings) == set()


def test_levels_are_not_mixed(apply: Apply) -> None:
    workings = ":e w:party :k, :j . :k nr:involvesState :a . :j nr:involvesService :b ."
    assert apply("70-trained-with", ":e a nr:Exercise .", workings) == set()


# ------------------------------------------------------------------------ all rules in their order

NAVIES = """
    :A a nr:State . :B a nr:State . :L a nr:Organisation .
    :an a nr:Navy . :bn a nr:Navy . :g a nr:Formation . :sq a nr:Formation .
    :s1 a nr:Ship . :s2 a nr:Ship . :b1 a nr:Ship .
    :x1 a nr:Affiliation ; org:member :an ; org:organization :A .
    :x2 a nr:Affiliation ; org:member :bn ; org:organization :B .
    :x3 a nr:Affiliation ; org:member :g ; org:organization :L .
    :x4 a nr:Affiliation ; org:member :sq ; org:organization :an .
    :x5 a nr:Affiliation ; org:member :s1 ; org:organization :sq .
    :x6 a nr:Affiliation ; org:member :s2 ; org:organization :an .
    :x7 a nr:Affiliation ; org:member :b1 ; org:organization :bn ."""


def trained(store: Store, term: str = "trainedWith") -> set[str]:
    rows = store.rows(f"SELECT ?a ?b {{ ?a nr:{term} ?b }}")
    pairs = {tuple(str(v).removeprefix(IRI) for v in row) for row in rows}
    assert pairs == {(b, a) for a, b in pairs}
    assert all(a != b for a, b in pairs)
    return {f"{a}-{b}" for a, b in pairs if a < b}


def test_an_organisation_is_not_expanded(make: Callable[[str], Store]) -> None:
    more = """:x8 a nr:Affiliation ; org:member :B ; org:organization :L .
        :e a nr:Exercise ; nr:hasParticipant :L, :an ; nr:hasDomain nrc:naval ."""
    assert trained(make(NAVIES + more)) == {"A-L"}


def test_a_ship_that_sails_for_a_group_leaves_her_navy_out(make: Callable[[str], Store]) -> None:
    more = f""":x8 a nr:Affiliation ; org:member :b1 ; org:organization :g ;
            {days("2030-05-01", "2030-05-31")} .
        :e a nr:Exercise ; nr:hasParticipant :b1, :sq ; {days("2030-05-31", "2030-06-01")} ."""
    assert trained(make(NAVIES + more)) == {"b1-sq", "an-g", "A-L"}
    later = more.replace("2030-05-31", "2030-05-30", 1)
    assert trained(make(NAVIES + later)) == {"b1-sq", "an-bn", "A-B"}


def test_ships_of_one_squadron_are_one_party_only_if_it_is_named(
    make: Callable[[str], Store],
) -> None:
    event = ":e a nr:Exercise ; nr:hasParticipant :s1, :s2, :b1"
    assert trained(make(f"{NAVIES} {event} .")) == {"b1-s1", "b1-s2", "s1-s2", "an-bn", "A-B"}
    named = f"{NAVIES} {event}, :an ."
    assert trained(make(named)) == {"b1-s1", "b1-s2", "an-bn", "A-B"}


def test_two_navies_reached_through_one_formation_are_no_two_parties(
    make: Callable[[str], Store],
) -> None:
    more = """:x8 a nr:Affiliation ; org:member :sq ; org:organization :bn .
        :C a nr:State . :e a nr:Exercise ; nr:hasParticipant :sq, :C ; nr:hasDomain nrc:naval ."""
    assert trained(make(NAVIES + more)) == {"A-C", "B-C"}


def test_a_state_stands_for_its_one_navy(make: Callable[[str], Store]) -> None:
    event = ":e a nr:Exercise ; nr:hasParticipant :A, :bn ; nr:hasDomain nrc:naval"
    assert trained(make(f"{NAVIES} {event} .")) == {"A-B", "an-bn"}
    second = f""":a2 a nr:Navy .
        :x8 a nr:Affiliation ; org:member :a2 ; org:organization :A ;
            {days("2030-01-01", "2030-12-31")} . {event} ;"""
    assert trained(make(f"{NAVIES} {second} {days('2030-05-01', '2030-05-02')} .")) == {"A-B"}
    later = f"{NAVIES} {second} {days('2031-05-01', '2031-05-02')} ."
    assert trained(make(later)) == {"A-B", "an-bn"}


def test_a_realised_plan_is_no_plan(make: Callable[[str], Store]) -> None:
    more = ":p a nr:ExercisePlan ; nr:hasParticipant :A, :B ."
    assert trained(make(NAVIES + more), "plansToTrainWith") == {"A-B"}
    assert trained(make(NAVIES + more)) == set()
    done = more + ":p nr:realisedBy :e . :e a nr:Exercise ; nr:hasParticipant :A, :B ."
    assert trained(make(NAVIES + done), "plansToTrainWith") == set()
    assert trained(make(NAVIES + done)) == {"A-B"}


def test_a_circle_of_affiliations_ends(make: Callable[[str], Store]) -> None:
    more = """:x8 a nr:Affiliation ; org:member :A ; org:organization :sq .
        :e a nr:Exercise ; nr:hasParticipant :sq, :b1 ."""
    assert trained(make(NAVIES + more)) == {"b1-sq", "an-bn", "A-B"}


def test_read_takes_the_header(tmp_path: Path) -> None:
    path = tmp_path / "99-x.rq"
    path.write_text(
        "#+ summary: S.\n#+ graph: workings\n#+ fixpoint: true\n#+ scope: node\n"
        "\nCONSTRUCT WHERE {}\n"
    )
    rule = rules.read(path)
    assert (rule.name, rule.summary, rule.graph, rule.scope) == ("99-x", "S.", "workings", "node")
    assert rule.fixpoint
