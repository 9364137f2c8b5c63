"""Each rule alone: from facts and intermediate results made by hand to its exact triples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from passex import dataset, rules, vocabulary
from passex.store import Store

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
    assert terms == set(vocabulary.DERIVED)


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


def test_classes(apply: Apply) -> None:
    facts = """
        :Corvette rdfs:subClassOf nr:Ship . :s a :Corvette . :n a nr:Navy . :p a nr:Person .
        :i a nr:Institution . :f a nr:Formation . :t a nr:State . :o a nr:Organisation ."""
    assert apply("11-classes", facts) == {
        ":s w:is nr:Ship",
        ":n w:is nr:Navy",
        ":n w:is nr:Service",
        ":f w:is nr:Formation",
        ":t w:is nr:State",
        ":o w:is nr:Organisation",
    }


def test_under(apply: Apply) -> None:
    workings = ":s w:by :a . :a w:to :n . :n w:by :b . :b w:to :t . :t w:by :c . :c w:to :s ."
    assert apply("12-under", "", workings) == {
        ":s w:under :n",
        ":s w:under :t",
        ":n w:under :t",
        ":n w:under :s",
        ":t w:under :s",
        ":t w:under :n",
    }


def test_dated(apply: Apply) -> None:
    facts = f""":a {days("2030-01-01", "2030-12-31")} .
        :c nr:latest "2030-12-31"^^xsd:date .
        :e {days("2030-01-01", "2030-12-31")} ."""
    workings = """
        :s w:by :a ; w:under :f , :n . :a w:to :f . :f w:by :b ; w:under :n . :b w:to :n .
        :x w:under :s .
        :n w:by :c ; w:is nr:Navy . :c w:to :t . :t w:is nr:State ."""
    assert apply("13-dated", facts, workings) == {
        ":s w:dependsOn :a",
        ":x w:dependsOn :a",
        ":n w:dependsOn :c",
        ":s w:dependsOn :c",
        ":f w:dependsOn :c",
        ":t w:dependsOn :c",
    }


def test_nested(apply: Apply) -> None:
    facts = """:e a nr:Exercise ; nr:hasParticipant :ship, :squadron, :other .
        :m a nr:Meeting ; nr:hasParticipant :ship, :squadron ."""
    workings = ":ship w:under :squadron, :navy . :other w:under :navy ."
    assert apply("20-nested", facts, workings) == {
        ":e w:nests :ship",
        ":e w:nests :squadron",
    }


def test_through_actors(apply: Apply) -> None:
    facts = """:Drill rdfs:subClassOf nr:Exercise .
        :e a :Drill ; nr:hasParticipant :a, :dated, :nested .
        :p a nr:ExercisePlan ; nr:hasParticipant :a . :v a nr:Visit ; nr:hasParticipant :b ."""
    workings = ":dated w:dependsOn :x . :e w:nests :nested ."
    assert apply("21-through-actors", facts, workings) == {
        ":e w:through :a",
        ":p w:through :a",
        ":a w:of :a",
        ":a w:carries :a",
    }


def test_through_participations(apply: Apply) -> None:
    facts = """:Drill rdfs:subClassOf nr:Exercise .
        :e a :Drill, nr:Exercise ; nr:hasParticipant :a, :dated, :nested ."""
    workings = ":dated w:dependsOn :x . :e w:nests :nested ."
    found = {tuple(line.split()) for line in apply("22-through-participations", facts, workings)}
    nodes = {o for s, p, o in found if p == "w:through"}
    assert len(nodes) == 2
    assert {(p, o) for s, p, o in found if s in nodes} == {
        ("w:of", ":dated"),
        ("w:of", ":nested"),
        ("w:at", ":e"),
        ("w:carries", ":dated"),
        ("w:carries", ":nested"),
    }
    assert len(found) == 8


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
def test_lapsed(apply: Apply, event: str, lapsed: bool) -> None:
    facts = f":e {event} . :a {days('2030-05-01', '2030-05-31')} ."
    workings = ":k w:at :e ; w:of :ship . :ship w:dependsOn :a ."
    assert apply("23-lapsed", facts, workings) == ({":k w:lapsed :a"} if lapsed else set())


def test_lapsed_leaves_a_missing_bound_of_an_affiliation_open(apply: Apply) -> None:
    facts = f""":e {days("2030-05-01", "2030-05-31")} .
        :since nr:earliest "2030-06-01"^^xsd:date . :until nr:latest "2030-04-30"^^xsd:date .
        :from nr:earliest "2030-05-31"^^xsd:date . :to nr:latest "2030-05-01"^^xsd:date ."""
    workings = ":k w:at :e ; w:of :s . :s w:dependsOn :since, :until, :from, :to ."
    assert apply("23-lapsed", facts, workings) == {":k w:lapsed :since", ":k w:lapsed :until"}


def test_national(apply: Apply) -> None:
    workings = """
        :k w:of :ship . :ship w:under :group, :fleet, :command, :navy, :out, :league .
        :ship w:by :a . :a w:to :navy . :navy w:is nr:Service . :ship w:is nr:Ship .
        :group w:by :b . :b w:to :league .
        :fleet w:by :c . :c w:to :command . :command w:by :d . :d w:to :navy .
        :out w:by :x . :x w:to :navy . :k w:lapsed :x .
        :elsewhere w:by :y . :y w:to :navy ."""
    assert apply("24-national", "", workings) == {
        ":k w:national :fleet",
        ":k w:national :command",
    }


def test_sails_for(apply: Apply) -> None:
    workings = """
        :k w:of :ship . :ship w:is nr:Ship ; w:by :a, :b, :c, :d .
        :a w:to :group . :b w:to :squadron . :c w:to :old . :d w:to :navy .
        :group w:is nr:Formation . :squadron w:is nr:Formation . :old w:is nr:Formation .
        :navy w:is nr:Service . :k w:national :squadron ; w:lapsed :c .
        :j w:of :unit . :unit w:is nr:Formation ; w:by :e . :e w:to :group ."""
    assert apply("25-sails-for", "", workings) == {":k w:sailsFor :group"}


def test_passed_over(apply: Apply) -> None:
    workings = """
        :k w:of :ship ; w:sailsFor :group . :ship w:by :a, :b, :c .
        :a w:to :group . :b w:to :squadron . :c w:to :navy .
        :j w:of :other . :other w:by :d . :d w:to :navy ."""
    assert apply("26-passed-over", "", workings) == {
        ":k w:passesOver :b",
        ":k w:passesOver :c",
    }


def test_carries(apply: Apply) -> None:
    workings = """
        :k w:carries :ship . :ship w:by :a, :b, :c . :a w:to :squadron . :b w:to :old .
        :c w:to :own . :squadron w:by :d . :d w:to :navy . :navy w:by :e . :e w:to :state .
        :state w:by :f . :f w:to :squadron . :k w:lapsed :b ; w:passesOver :c ."""
    assert apply("30-carries", "", workings) == {
        ":k w:carries :squadron",
        ":k w:carries :navy",
        ":k w:carries :state",
    }


def test_counts_with(apply: Apply) -> None:
    workings = """
        :e w:nests :ship, :squadron ; w:through :k, :j, :other .
        :k w:of :ship ; w:carries :ship, :squadron . :j w:of :squadron ; w:carries :squadron .
        :other w:of :x ; w:carries :x ."""
    assert apply("31-counts-with", "", workings) == {":k w:countsWith :j"}


def test_party(apply: Apply) -> None:
    workings = ":e w:through :k, :j . :k w:countsWith :j ."
    assert apply("32-party", "", workings) == {":e w:party :j"}


def test_as_unit(apply: Apply) -> None:
    workings = """:k w:of :ship ; w:carries :ship, :squadron . :ship w:is nr:Ship .
        :squadron w:is nr:Formation . :j w:of :squadron . :n w:of :navy . :navy w:is nr:Service ."""
    assert apply("40-as-unit", "", workings) == {":k w:asUnit :ship", ":j w:asUnit :squadron"}


def test_as_service(apply: Apply) -> None:
    workings = """:k w:carries :ship, :squadron, :group, :navy, :state ; w:national :squadron .
        :squadron w:is nr:Formation . :group w:is nr:Formation . :navy w:is nr:Service .
        :ship w:is nr:Ship . :state w:is nr:State ."""
    assert apply("41-as-service", "", workings) == {
        ":k w:asService :group",
        ":k w:asService :navy",
    }


def test_infers(apply: Apply) -> None:
    workings = """
        :one w:is nr:State . :k1 w:of :one . :a w:to :one . :n1 w:by :a ; w:is nr:Navy .
        :army w:by :b ; w:is nr:Service . :b w:to :one .
        :two w:is nr:State . :k2 w:of :two . :c w:to :two . :d w:to :two .
        :n2 w:by :c ; w:is nr:Navy . :n3 w:by :d ; w:is nr:Navy .
        :k3 w:of :two ; w:lapsed :c .
        :none w:is nr:State . :k4 w:of :none .
        :k5 w:of :n1 ; w:carries :one ."""
    assert apply("42-infers", "", workings) == {":k1 w:infers :n1", ":k3 w:infers :n3"}


def test_infers_a_navy_that_is_affiliated_twice(apply: Apply) -> None:
    workings = """:s w:is nr:State . :k w:of :s . :a w:to :s . :b w:to :s .
        :n w:by :a, :b ; w:is nr:Navy ."""
    assert apply("42-infers", "", workings) == {":k w:infers :n"}


def test_as_state(apply: Apply) -> None:
    workings = ":k w:carries :ship, :state . :state w:is nr:State . :other w:is nr:State ."
    assert apply("43-as-state", "", workings) == {":k w:asState :state"}


def test_as_organisation(apply: Apply) -> None:
    workings = """:k w:carries :state, :league . :j w:carries :state . :m w:carries :league .
        :state w:is nr:State . :league w:is nr:Organisation ."""
    assert apply("44-as-organisation", "", workings) == {
        ":k w:asOrganisation :league",
        ":j w:asOrganisation :state",
        ":m w:asOrganisation :league",
    }


def test_involves(apply: Apply) -> None:
    workings = ":e w:through :k . :k w:carries :ship, :navy ; w:of :ship . :j w:carries :x ."
    assert apply("50-involves", "", workings) == {
        ":e nr:involves :ship",
        ":e nr:involves :navy",
    }


@pytest.mark.parametrize(
    ("rule", "part", "term"),
    [
        ("51-involves-unit", "asUnit", "involvesUnit"),
        ("52-involves-service", "asService", "involvesService"),
        ("54-involves-state", "asState", "involvesState"),
        ("55-involves-organisation", "asOrganisation", "involvesOrganisation"),
    ],
)
def test_involves_at_a_level(apply: Apply, rule: str, part: str, term: str) -> None:
    workings = f":e w:through :k . :k w:{part} :x ; w:infers :n . :j w:{part} :y ."
    assert apply(rule, "", workings) == {f":e nr:{term} :x"}


def test_infers_service(apply: Apply) -> None:
    facts = """:e nr:hasDomain nrc:naval . :air nr:hasDomain nrc:air .
        :both nr:hasDomain nrc:naval ; nr:involvesService :n ."""
    workings = ":e w:through :k . :air w:through :k . :both w:through :k . :k w:infers :n ."
    assert apply("53-infers-service", facts, workings) == {
        ":e nr:infersService :n",
        ":e nr:involvesService :n",
    }


def test_parties_by_level(apply: Apply) -> None:
    workings = """:squadron w:asUnit :sq ; w:asService :n ; w:asState :s ; w:asOrganisation :s .
        :ship w:countsWith :squadron ; w:asUnit :sh ; w:asService :n . :state w:infers :m ."""
    assert apply("60-parties-by-level", "", workings) == {
        ":squadron nr:involvesUnit :sq",
        ":squadron nr:involvesUnit :sh",
        ":squadron nr:involvesService :n",
        ":squadron nr:involvesState :s",
        ":squadron nr:involvesOrganisation :s",
        ":state nr:involvesService :m",
    }


def test_doubles(apply: Apply) -> None:
    workings = """:e w:party :k, :j . :k nr:involvesUnit :a, :b ; nr:involvesState :s .
        :j nr:involvesUnit :c ."""
    assert apply("61-doubles", "", workings) == {":e w:doubles nr:involvesUnit"}


@pytest.mark.parametrize(
    "level", ["involvesUnit", "involvesService", "involvesState", "involvesOrganisation"]
)
def test_apart(apply: Apply, level: str) -> None:
    facts = f":e nr:{level} :a, :b, :c, :d . :f nr:{level} :x, :y ."
    # :d takes part through both parties, so that it is apart from none; :out is no member of :e.
    workings = f"""
        :e w:doubles nr:{level} ; w:party :k, :j . :k nr:{level} :a, :b, :d, :out .
        :j nr:{level} :c, :d . :f w:party :k, :m . :m nr:{level} :x, :y ."""
    found = [line.split() for line in apply("62-apart", facts, workings)]
    one = {s: o for s, p, o in found if p == "w:one"}
    other = {s: o for s, p, o in found if p == "w:other"}
    assert {(one[s], other[s]) for s in one} == {
        (":a", ":c"),
        (":b", ":c"),
        (":c", ":a"),
        (":c", ":b"),
    }
    assert sorted(o for s, p, o in found if p == "w:sets" and s == ":e") == sorted(one)


TIES = """:Drill rdfs:subClassOf nr:Exercise . :Idea rdfs:subClassOf nr:ExercisePlan .
    :e a :Drill ; nr:involvesState :a, :b . :f a nr:Exercise ; nr:involvesUnit :u, :v, :w .
    :p a :Idea ; nr:involvesService :a, :c .
    :r a nr:ExercisePlan ; nr:involvesUnit :u, :v, :w .
    :q a nr:ExercisePlan ; nr:involvesState :a, :d ; nr:realisedBy :e ."""
APART = """:f w:doubles nr:involvesUnit ; w:sets :s1, :s2 .
    :r w:doubles nr:involvesUnit ; w:sets :s1, :s2 .
    :s1 w:one :u ; w:other :w . :s2 w:one :w ; w:other :u ."""


def test_trained_with(apply: Apply) -> None:
    assert apply("70-trained-with", TIES, APART) == {
        ":a nr:trainedWith :b",
        ":b nr:trainedWith :a",
        ":u nr:trainedWith :w",
        ":w nr:trainedWith :u",
    }


def test_plans_to_train_with(apply: Apply) -> None:
    assert apply("71-plans-to-train-with", TIES, APART) == {
        ":a nr:plansToTrainWith :c",
        ":c nr:plansToTrainWith :a",
        ":u nr:plansToTrainWith :w",
        ":w nr:plansToTrainWith :u",
    }


@pytest.mark.parametrize(
    "level", ["involvesUnit", "involvesService", "involvesState", "involvesOrganisation"]
)
@pytest.mark.parametrize(
    ("rule", "kind", "term"),
    [
        ("70-trained-with", "Exercise", "trainedWith"),
        ("71-plans-to-train-with", "ExercisePlan", "plansToTrainWith"),
    ],
)
def test_ties_at_every_level(apply: Apply, rule: str, kind: str, term: str, level: str) -> None:
    facts = f":e a nr:{kind} ; nr:{level} :a, :b . :f a nr:{kind} ; nr:{level} :u, :v ."
    workings = f":f w:doubles nr:{level} ."
    assert apply(rule, facts, workings) == {f":a nr:{term} :b", f":b nr:{term} :a"}


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
    path.write_text("#+ summary: S.\n#+ graph: workings\n#+ fixpoint: true\n\nCONSTRUCT WHERE {}\n")
    rule = rules.read(path)
    assert (rule.name, rule.summary, rule.workings, rule.fixpoint) == ("99-x", "S.", True, True)
