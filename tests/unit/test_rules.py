"""Each rule alone: from facts and intermediate results made by hand to its exact triples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import dataset, rules
from passex.graph.store import Store, load
from passex.graph.terms import DERIVED, FILLED, NR, OA, PROV, RDF, RDFS

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
        assert rule.scope in ("shared", "article", "node", "exercise")
        assert reason


def test_rules_derive_only_derived_properties(azure: Store) -> None:
    plain = Store(ox.Store())
    for path in dataset.ontology_files():
        plain.engine.load(path=str(path))
    plain.engine.load(path=str(azure.files[0]))
    default = {q for q in azure.engine if isinstance(q.graph_name, ox.DefaultGraph)}
    marked = azure.engine.quads_for_pattern(None, None, None, ox.NamedNode(FILLED))
    filled = {ox.Quad(q.subject, q.predicate, q.object) for q in marked}
    assert filled
    assert filled <= default
    assert filled.isdisjoint(plain.engine)
    added = default - filled
    terms = {q.predicate.value for q in added} - {q.predicate.value for q in plain.engine}
    assert terms == set(DERIVED)


def test_deriving_again_changes_nothing(make: Callable[[str], Store]) -> None:
    store = make(f"{NAVIES} :e a nr:Exercise ; nr:hasParticipant :s1, :b1 . :c nr:about :e .")
    before = set(store.engine)
    rules.derive(store)
    assert set(store.engine) == before


def test_what_was_filled_in_goes_when_its_reason_goes(make: Callable[[str], Store]) -> None:
    store = make(":c nr:about :e ; nr:hasBasis nrc:inferred . :n a nr:Navy .")
    claim = ox.NamedNode(f"{IRI}c")
    assert len(list(store.engine.quads_for_pattern(claim, None, None, ox.DefaultGraph()))) == 6
    store.engine.update(f"DELETE WHERE {{ <{IRI}c> <{NR.about}> ?node }}")
    rules.derive(store)
    [left] = store.engine.quads_for_pattern(claim, None, None, None)
    assert left.predicate.value == NR.hasBasis


# ---------------------------------------------------------------------------- what is filled in


def test_superclasses(apply: Apply) -> None:
    facts = """:Fleet rdfs:subClassOf nr:Navy . :f a :Fleet . :n a nr:Navy, nr:Actor .
        :a a nr:Affiliation . :q a nr:Quote . :p a nr:ExercisePlan ."""
    assert apply("00-superclasses", facts) == {
        ":f rdf:type nr:Navy",
        ":f rdf:type nr:Service",
        ":f rdf:type nr:Actor",
        ":n rdf:type nr:Service",
        ":p rdf:type nr:Plan",
    }


def test_a_domain_that_is_left_open_stays_open(apply: Apply) -> None:
    facts = """:a a nr:Exercise ; nr:hasParticipant :n . :n a nr:Navy .
        :b a nr:Exercise ; nr:hasParticipant :n ; nr:leavesOpen nr:hasDomain ."""
    assert apply("06-naval-by-parties", facts) == {":a nr:hasDomain nrc:naval"}


def test_quotes(apply: Apply) -> None:
    facts = """<https://example.org/a#char=3,12> oa:exact "nine words" .
        <https://example.org/t#row=17> oa:exact "key" ; oa:hasSource :t .
        <https://example.org/a#char=3> oa:exact "x" . <https://example.org/a#c1> oa:exact "x" .
        :a oa:exact "x" . [] oa:exact "x" ."""
    assert apply("01-quotes", facts) == {
        ":a#char=3,12 rdf:type nr:Quote",
        ":a#char=3,12 oa:hasSource :a",
        ":a#char=3,12 oa:start 3",
        ":a#char=3,12 oa:end 12",
        ":t#row=17 rdf:type nr:Quote",
    }


def test_zones(apply: Apply) -> None:
    facts = """:a nr:hasZone <https://example.org/a#char=0,90>, :old .
        <https://example.org/a#char=0,90> oa:start 0 . <https://example.org/a#char=1,2> a nr:Zone .
        """
    assert apply("02-zones", facts) == {
        ":a#char=0,90 rdf:type nr:Zone",
        ":a#char=0,90 oa:hasSource :a",
        ":a#char=0,90 oa:end 90",
    }


def test_in_zone(apply: Apply) -> None:
    def place(name: str, start: int, end: int, of: str = "a") -> str:
        return f":{name} oa:hasSource :{of} ; oa:start {start} ; oa:end {end} . "

    facts = (
        ":a nr:hasZone :head, :body, :caption . :b nr:hasZone :other . "
        + place("head", 0, 9)
        + place("body", 10, 99)
        + place("caption", 20, 40)
        + place("other", 0, 200, "b")
        + place("q1", 0, 9)
        + place("q2", 10, 20)
        + place("q3", 20, 40)
        + place("q4", 30, 41)
        + place("q5", 9, 12)
        + place("q6", 50, 60)
        + ":q1 a nr:Quote . :q2 a nr:Quote . :q3 a nr:Quote . :q4 a nr:Quote . :q5 a nr:Quote . "
        + ":q6 a nr:Quote ; nr:inZone :caption ."
    )
    assert apply("03-in-zone", facts) == {
        ":q1 nr:inZone :head",
        ":q2 nr:inZone :body",
        ":q3 nr:inZone :caption",
        ":q4 nr:inZone :body",
    }


def test_two_zones_of_one_size_are_two_answers(apply: Apply) -> None:
    facts = """:a nr:hasZone :x, :y . :x oa:start 0 ; oa:end 9 . :y oa:start 1 ; oa:end 10 .
        :q a nr:Quote ; oa:hasSource :a ; oa:start 2 ; oa:end 3 ."""
    assert apply("03-in-zone", facts) == {":q nr:inZone :x", ":q nr:inZone :y"}


def filled(apply: Apply, facts: str, *properties: str) -> set[str]:
    found = apply("04-claims", facts)
    return {line for line in found if line.split()[1] in properties}


def test_claims(apply: Apply) -> None:
    facts = """:c nr:about :e . :d a nr:Claim ; nr:about :e ; nr:hasCertainty nrc:possible .
        :f nr:about :e ; nr:onProperty nr:hasQuantity . :x nr:hasValue 3 .
        :g nr:about :e ; nr:onProperty nr:hasQuantity ; nr:hasQuantifier nrc:nearly ."""
    properties = ("rdf:type", "nr:hasCertainty", "nr:hasQuantifier")
    assert filled(apply, facts, *properties) == {
        ":c rdf:type nr:Claim",
        ":c nr:hasCertainty nrc:certain",
        ":f rdf:type nr:Claim",
        ":f nr:hasCertainty nrc:certain",
        ":f nr:hasQuantifier nrc:exactly",
        ":g rdf:type nr:Claim",
        ":g nr:hasCertainty nrc:certain",
    }


def test_what_has_a_number_of_something_is_on_quantities(apply: Apply) -> None:
    facts = """:c nr:about :e ; nr:quantityOf nrc:ships . :d nr:about :e ; nr:hasValue 3 .
        :f nr:about :e ; nr:onProperty nr:hasPlace ; nr:quantityOf nrc:ships ."""
    assert filled(apply, facts, "nr:onProperty", "nr:hasQuantifier") == {
        ":c nr:onProperty nr:hasQuantity",
        ":c nr:hasQuantifier nrc:exactly",
    }


def test_basis(apply: Apply) -> None:
    facts = """:c nr:about :e . :d nr:about :e ; nr:hasBasis nrc:inferred .
        :f nr:about :e ; dcterms:source "A book" .
        :g nr:about :e ; dcterms:source "A book" ; nr:hasEvidence :q ."""
    assert filled(apply, facts, "nr:hasBasis") == {
        ":c nr:hasBasis nrc:stated",
        ":f nr:hasBasis nrc:background",
        ":g nr:hasBasis nrc:stated",
    }


def test_speakers(apply: Apply) -> None:
    facts = """:q oa:hasSource :a . :r oa:hasSource :b .
        :c nr:about :e ; nr:hasEvidence :q, :r .
        :d nr:about :e ; nr:hasBasis nrc:inferred ; nr:hasEvidence :q .
        :f nr:about :e ; dcterms:source "A book" .
        :g nr:about :e ; nr:hasEvidence :q ; prov:wasAttributedTo :who .
        :h nr:about :e ; nr:hasBasis nrc:stated .
        :s oa:hasSource :a ; prov:wasAttributedTo :she . :t prov:wasAttributedTo :they .
        :i nr:about :e ; nr:hasEvidence :q, :s .
        :j nr:about :e ; nr:hasEvidence :s ; prov:wasAttributedTo :a .
        :k nr:about :e ; nr:hasEvidence :s ; nr:hasBasis nrc:inferred ."""
    assert filled(apply, facts, "prov:wasAttributedTo") == {
        ":i prov:wasAttributedTo :she",
        ":k prov:wasAttributedTo id:curators",
        ":c prov:wasAttributedTo :a",
        ":c prov:wasAttributedTo :b",
        ":d prov:wasAttributedTo id:curators",
        ":f prov:wasAttributedTo id:curators",
    }


def test_what_a_file_says_is_never_filled_in(azure: Store, tmp_path: Path) -> None:
    short = azure.engine
    marks = ox.NamedNode(FILLED)
    assert {q.predicate.value for q in short.quads_for_pattern(None, None, None, marks)} >= {
        *(RDF.type, RDFS.label, NR.hasCertainty, NR.hasBasis, NR.inZone),
        *(OA.hasSource, OA.start, OA.end, PROV.wasAttributedTo),
    }
    written = tmp_path / "written.nt"
    short.dump(written, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    long = load([written])
    rules.derive(long)
    assert list(long.engine.quads_for_pattern(None, None, None, marks)) == []


def test_labels_of_memberships(apply: Apply) -> None:
    facts = """:n rdfs:label "The Navy"@en, "Die Marine"@de . :s rdfs:label "Land"@de, "Erde"@de .
        :p rdfs:label "Pat" . :post rdfs:label "minister"@en-GB, "abc"@fr .
        :a org:member :n ; org:organization :s . :t org:member :p ; nr:inPost :post .
        :b org:member :n ; org:organization :s ; rdfs:label "given"@en .
        :c org:member :n ; org:organization :unnamed ."""
    assert apply("07-labels-of-memberships", facts) == {
        ":a rdfs:label The Navy belongs to Erde",
        ":t rdfs:label Pat: minister",
    }


def test_an_affiliation_for_a_time_says_so(apply: Apply) -> None:
    facts = """:n rdfs:label "N" . :s rdfs:label "S" .
        :p rdfs:label "Pat" . :post rdfs:label "minister" .
        :a org:member :n ; org:organization :s ; nr:latest "2034-06-30"^^xsd:date .
        :b org:member :n ; org:organization :s ; nr:earliest "2034-06-01"^^xsd:date .
        :c org:member :n ; org:organization :s ; nr:earliest "2034-06-01"^^xsd:date ;
            nr:latest "2034-06-30"^^xsd:date .
        :d org:member :n ; org:organization :s ; nr:earliest "2034-06-01"^^xsd:date ;
            nr:latest "2034-06-01"^^xsd:date .
        :t org:member :p ; nr:inPost :post ; nr:earliest "2034-06-01"^^xsd:date ."""
    assert apply("07-labels-of-memberships", facts) == {
        ":a rdfs:label N belongs to S, until 2034-06-30 at the latest",
        ":b rdfs:label N belongs to S, from 2034-06-01 at the earliest",
        ":c rdfs:label N belongs to S, between 2034-06-01 and 2034-06-30",
        ":d rdfs:label N belongs to S, on 2034-06-01",
        ":t rdfs:label Pat: minister",
    }


def test_an_affiliation_ends_with_what_it_is_to(apply: Apply) -> None:
    facts = """:s nr:earliest "1970-01-01"^^xsd:date ; nr:latest "1991-12-25"^^xsd:date .
        :a a nr:Affiliation ; org:member :n ; org:organization :s .
        :b a nr:Affiliation ; org:member :n ; org:organization :s ;
            nr:latest "1980-01-01"^^xsd:date .
        :c a nr:Affiliation ; org:member :s ; org:organization :t .
        :d org:member :p ; org:organization :s ; nr:inPost :post ."""
    assert apply("09-ends-of-affiliations", facts) == {":a nr:latest 1991-12-25"}


def test_labels_of_claims(apply: Apply) -> None:
    facts = """:e rdfs:label "The drill"@en, "Die Übung"@de . :a rdfs:label "Zeta"@en .
        nrc:air skos:prefLabel "air"@en .
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a, :beta .
        :c2 nr:about :e ; nr:onProperty nr:latest, nr:earliest ;
            nr:hasValue "2030-05-02"^^xsd:date, "2030-05-01"^^xsd:date .
        :c3 nr:about :unnamed ; nr:onProperty nr:hasDomain ; nr:hasValue nrc:air .
        :c4 nr:about :e ; nr:onProperty nr:hasKind ; rdfs:label "given"@en ."""
    assert apply("08-labels-of-claims", facts) == {
        ":c1 rdfs:label The drill: has participant Zeta, beta",
        ":c2 rdfs:label The drill: earliest, latest 2030-05-01, 2030-05-02",
        ":c3 rdfs:label unnamed: has domain air",
    }


def test_phases(apply: Apply) -> None:
    facts = """:e a nr:Exercise . :p a nr:ExercisePlan ; dcterms:isPartOf :e .
        :q a nr:ExercisePlan ; dcterms:isPartOf :p . :review a nr:Event .
        :f a nr:Exercise ; dcterms:isPartOf :review . :k a nr:Contingent ; dcterms:isPartOf :e .
        :x a nr:Exercise ; dcterms:isPartOf :y . :y a nr:Exercise ; dcterms:isPartOf :x ."""
    assert apply("09-phases", facts) == {":p w:phaseOf :e", ":q w:phaseOf :e"}


#: Two articles and a table tell of :b, :c and :a, which are one; and two nodes are no exercises.
ACCOUNTS = """:a a nr:Exercise ; owl:sameAs :b . :c a nr:Exercise ; owl:sameAs :b .
    :b a nr:Exercise . :x a nr:Exercise ; owl:differentFrom :a . :state a nr:State ;
    owl:sameAs :q . :claim nr:about :a ; nr:hasEvidence :quote . :quote oa:hasSource :table .
    :table a dcat:Dataset ."""


def test_accounts(apply: Apply) -> None:
    pairs = {("a", "b"), ("a", "c"), ("b", "a"), ("b", "c"), ("c", "a"), ("c", "b")}
    # An article's comes before a table's, and then the first by its IRI.
    assert apply("05-accounts", ACCOUNTS) == {
        ":a w:accountOf :b",
        ":c w:accountOf :b",
        *(f":{one} w:toldWith :{other}" for one, other in pairs),
    }
    assert apply("05-accounts", ":a owl:sameAs :b . :b a nr:Exercise ; owl:sameAs :b .") == set()


def test_accounts_whichever_way_round(apply: Apply) -> None:
    turned = ACCOUNTS.replace(
        ":a a nr:Exercise ; owl:sameAs :b", ":b owl:sameAs :a . :a a nr:Exercise"
    )
    assert turned != ACCOUNTS
    assert apply("05-accounts", turned) == apply("05-accounts", ACCOUNTS)


def test_phases_of_accounts(apply: Apply) -> None:
    facts = """:a a nr:Exercise . :b a nr:Exercise ; dcterms:isPartOf :whole .
        :whole a nr:Exercise . :p a nr:Exercise ; dcterms:isPartOf :a ."""
    assert apply("09-phases", facts, ":a w:accountOf :b .") == {
        ":a w:phaseOf :whole",
        ":b w:phaseOf :whole",
        ":p w:phaseOf :whole",
    }


def test_of_accounts(apply: Apply) -> None:
    facts = f""":a nr:hasDomain nrc:air ; {days("2030-01-01", "2030-01-02")} ; nr:hasPlace :port .
        :b nr:hasDomain nrc:naval ; {days("2030-01-05", "2030-01-06")} .
        :first nr:hasDomain nrc:naval .
        :c {days("2030-01-01", "2030-01-02")} ; nr:hasPlace :port .
        :other nr:latest "2030-05-01"^^xsd:date ; nr:hasPlace :bay ."""
    workings = ":a w:accountOf :first . :b w:accountOf :first . :c w:accountOf :other ."
    assert apply("12-of-accounts", facts, workings) == {
        ":first nr:hasDomain nrc:air",
        ":first nr:earliest 2030-01-01",
        ":first nr:latest 2030-01-02",
        ":first nr:hasPlace :port",
    }


def test_of_the_whole(apply: Apply) -> None:
    facts = """:e a nr:Exercise ; nr:hasStatus nrc:held ; nr:hasDomain nrc:naval, nrc:air .
        :f a nr:Exercise . :g a nr:Exercise ; nr:hasStatus nrc:under-way ; nr:hasDomain nrc:air .
        :p a nr:ExercisePlan ."""
    workings = ":f w:phaseOf :e . :g w:phaseOf :e . :p w:phaseOf :e ."
    assert apply("12-of-the-whole", facts, workings) == {
        ":f nr:hasStatus nrc:held",
        ":f nr:hasDomain nrc:naval",
        ":f nr:hasDomain nrc:air",
        ":p nr:hasStatus nrc:planned",
        ":p nr:hasDomain nrc:naval",
        ":p nr:hasDomain nrc:air",
    }


def test_navies_and_ships_alone_train_at_sea(apply: Apply) -> None:
    facts = """:n a nr:Navy . :s a nr:Ship . :j a nr:State .
        :a a nr:Exercise ; nr:hasParticipant :n, :s . :b a nr:ExercisePlan ; nr:hasParticipant :n .
        :c a nr:Exercise ; nr:hasParticipant :n, :j . :d a nr:Exercise .
        :e a nr:Exercise ; nr:hasParticipant :n ; nr:hasDomain nrc:air .
        :f a nr:Exercise ; nr:hasParticipant :n ; dcterms:isPartOf :e .
        :g a nr:Meeting ; nr:hasParticipant :n ."""
    assert apply("06-naval-by-parties", facts) == {
        ":a nr:hasDomain nrc:naval",
        ":b nr:hasDomain nrc:naval",
    }


def test_what_is_of_the_sea_by_its_kind_or_by_whose_it_is_is_naval(apply: Apply) -> None:
    facts = """nrc:mines skos:broader nrc:mine . nrc:mine skos:related nrc:naval .
        nrc:fleet skos:related nrc:naval .
        :n a nr:Navy . :f a nr:Formation . :g a nr:Formation ; nr:hasKind nrc:fleet .
        :h a nr:Formation .
        :of-f org:member :f ; org:organization :n .
        :of-h org:member :h ; org:organization :j . :j a nr:State .
        :a a nr:Exercise ; nr:hasKind nrc:mines ; nr:hasParticipant :j .
        :b a nr:ExercisePlan ; nr:hasKind nrc:mines .
        :c a nr:Exercise ; nr:hasParticipant :f, :g . :d a nr:Exercise ; nr:hasParticipant :g, :h .
        :e a nr:Exercise ; nr:hasKind nrc:mines ; nr:hasDomain nrc:land ."""
    assert apply("06-naval-by-parties", facts) == {
        ":a nr:hasDomain nrc:naval",
        ":b nr:hasDomain nrc:naval",
        ":c nr:hasDomain nrc:naval",
    }


def test_quotes_of_a_node_s_own(apply: Apply) -> None:
    """One claim a property; none of what has a claim of its own, and none of claims."""
    facts = """:s a nr:Ship ; nr:hasKind nrc:frigate ; rdfs:label "S"@en ; nr:hasEvidence :q, :r .
        :m org:member :s ; org:organization :n ; nr:hasEvidence :q .
        :e nr:hasPlace :p ; nr:hasKind nrc:fire ; nr:hasEvidence :q ; nr:leavesOpen nr:hasHost .
        :c nr:about :e ; nr:onProperty nr:hasPlace ; nr:hasValue :p ; nr:hasEvidence :q ."""
    about = {
        ":s#kind": ("s", {"hasKind"}, {"nrc:frigate"}, {":q", ":r"}),
        ":m#shown": ("m", {"org:member", "org:organization"}, {":s", ":n"}, {":q"}),
        ":e#kind": ("e", {"hasKind"}, {"nrc:fire"}, {":q"}),
    }
    assert apply("03-own-evidence", facts) == {
        f"{claim} nr:{term} {value}"
        for claim, (node, properties, values, quotes) in about.items()
        for term, found in (
            ("about", {f":{node}"}),
            ("onProperty", {p if ":" in p else f"nr:{p}" for p in properties}),
            ("hasValue", values),
            ("hasEvidence", quotes),
        )
        for value in found
    }


def open_plans(apply: Apply, facts: str, workings: str = "") -> set[str]:
    found = apply("13-open-plans", facts, workings)
    return {line.removesuffix(" rdf:type nr:OpenPlan") for line in found}


def test_open_plans(apply: Apply) -> None:
    facts = """:a a nr:Plan . :b a nr:Plan ; nr:hasStatus nrc:postponed .
        :c a nr:Plan ; nr:hasStatus nrc:cancelled . :d a nr:Plan ; nr:hasStatus nrc:carried-out .
        :e a nr:Plan ; nr:realisedBy :x . :f a nr:Plan . :g a nr:Exercise ."""
    assert open_plans(apply, facts, ":f w:phaseOf :g .") == {":a", ":b"}


@pytest.mark.parametrize(
    ("realised", "is_open"), [("", True), (":x", True), (":x, :y", True), (":x, :y, :z", False)]
)
def test_a_plan_of_many_exercises_is_open_until_as_many_are_held(
    apply: Apply, realised: str, is_open: bool
) -> None:
    count = "nr:onProperty nr:hasQuantity ; nr:quantityOf nrc"
    facts = f""":p a nr:Plan {f"; nr:realisedBy {realised}" if realised else ""} .
        :c1 nr:about :p ; {count}:exercises ; nr:hasValue 3 .
        :c2 nr:about :p ; {count}:exercises ; nr:hasValue 2 .
        :c3 nr:about :p ; {count}:ships ; nr:hasValue 9 ."""
    assert open_plans(apply, facts) == ({":p"} if is_open else set())


def test_lumped_exercises_are_open_until_they_are_said_to_be_carried_out(apply: Apply) -> None:
    facts = """:p a nr:Plan ; nr:hasKind nrc:exercises-lumped-together ; nr:realisedBy :x, :y .
        :q a nr:Plan ; nr:hasKind nrc:exercises-lumped-together ; nr:hasStatus nrc:carried-out .
        :r a nr:Plan ; nr:hasKind nrc:exercises-lumped-together ; nr:realisedBy :x, :y .
        :c nr:about :r ; nr:onProperty nr:hasQuantity ; nr:quantityOf nrc:exercises ;
            nr:hasValue 2 ."""
    assert open_plans(apply, facts) == {":p"}


def test_belongs_to(apply: Apply) -> None:
    workings = ":ship w:by :a . :a w:to :squadron . :squadron w:by :b . :b w:to :navy ."
    assert apply("14-belongs-to", "", workings) == {
        ":ship nr:belongsTo :squadron",
        ":squadron nr:belongsTo :navy",
    }


def test_coming_phases(apply: Apply) -> None:
    facts = """:e a nr:Exercise . :z a nr:ExercisePlan . :a a nr:ExercisePlan . :h a nr:Exercise .
        :b a nr:ExercisePlan ; nr:hasStatus nrc:cancelled . :d a nr:ExercisePlan .
        :c a nr:ExercisePlan ; nr:realisedBy :h . :x a nr:ExercisePlan ;
            nr:hasStatus nrc:carried-out ."""
    workings = """:a w:phaseOf :e . :b w:phaseOf :e . :c w:phaseOf :e . :h w:phaseOf :e .
        :d w:phaseOf :z . :x w:phaseOf :e ."""
    assert apply("15-coming-phases", facts, workings) == {":a w:comesIn :e"}


# ---------------------------------------------------------------------------- who was in what


def test_affiliations(apply: Apply) -> None:
    facts = """
        :a1 a nr:Affiliation ; org:member :ship ; org:organization :navy .
        :a2 a nr:Affiliation ; org:member :navy ; org:organization :state .
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
        :p w:of :state ; w:in :x ; w:phase :x . :q w:of :land ; w:in :x ; w:phase :x .
        :guard w:by :guard .
        :guard w:to :state . :other w:by :other . :other w:to :land ."""
    assert apply("54-navies", facts, workings) == {":p w:navyBy :guard"}


def participations(found: set[str]) -> set[tuple[str, str, str]]:
    """Give exercise, phase and participant of each participation."""
    lines = [tuple(line.split()) for line in found]
    node = {o: s for s, p, o in lines if p == "w:participation"}
    values = {(s, p): o for s, p, o in lines if p != "w:participation"}
    for part, exercise in node.items():
        assert values[part, "w:in"] == exercise
        assert values[part, "w:of"] == values[part, "w:carries"]
    assert len(lines) == 5 * len(node)
    return {(e, values[part, "w:phase"], values[part, "w:of"]) for part, e in node.items()}


def test_participations(apply: Apply) -> None:
    facts = """:e a nr:Exercise ; nr:hasParticipant :a, :b, :c ; nr:hasWithdrawn :c ;
            nr:hasObserver :x ; nr:hasInvited :y ; nr:hasSupporter :z .
        :p a nr:ExercisePlan ; nr:hasParticipant :a . :v a nr:Visit ; nr:hasParticipant :b ."""
    assert participations(apply("11-participations", facts)) == {
        (":e", ":e", ":a"),
        (":e", ":e", ":b"),
        (":p", ":p", ":a"),
    }


def test_participations_by_accounts(apply: Apply) -> None:
    facts = """:e a nr:Exercise ; nr:hasParticipant :a, :b . :f a nr:Exercise ;
        nr:hasParticipant :b, :c ; nr:hasWithdrawn :a ."""
    workings = ":f w:accountOf :e ; w:phaseOf :e ; w:toldWith :e . :e w:toldWith :f ."
    found = apply("11-participations", facts, workings)
    told = {line for line in found if "w:told" in line}
    assert {line.rpartition(" ")[2] for line in told} == {":f"}
    assert len(told) == 2
    assert {(e, phase, of) for e, phase, of in participations(found - told)} == {
        (":e", ":e", ":b"),
        (":e", ":e", ":c"),
    }


def test_participations_have_iris_made_of_phase_and_participant(apply: Apply) -> None:
    found = apply("11-participations", ":e a nr:Exercise ; nr:hasParticipant :a .")
    name = "/https%3A%2F%2Fexample.org%2Fe/https%3A%2F%2Fexample.org%2Fa"
    assert {line.split()[0].partition("#")[2] for line in found} == {"", name[1:]}


def test_participations_of_phases(apply: Apply) -> None:
    facts = """:e a nr:Exercise ; nr:hasParticipant :a . :f a nr:Exercise ; nr:hasParticipant :a .
        :p a nr:ExercisePlan ; nr:hasParticipant :b . :q a nr:ExercisePlan .
        :r a nr:ExercisePlan ; nr:hasParticipant :c . :s a nr:ExercisePlan ;
            nr:hasParticipant :d ; nr:hasStatus nrc:cancelled ."""
    workings = ":f w:phaseOf :e . :p w:phaseOf :e . :r w:phaseOf :q . :s w:phaseOf :q ."
    assert participations(apply("11-participations", facts, workings)) == {
        (":e", ":e", ":a"),
        (":e", ":f", ":a"),
        (":p", ":p", ":b"),
        (":q", ":r", ":c"),
    }


def test_blank_nodes_have_participations(apply: Apply) -> None:
    found = apply("11-participations", "[] a nr:Exercise ; nr:hasParticipant :a, :b .")
    assert len(participations(found)) == 2


def test_national(apply: Apply) -> None:
    facts = f""":navy a nr:Navy, nr:Service . :guard a nr:Service .
        :china a nr:State . :island a nr:Territory . :group a nr:Formation .
        :a {days("2030-01-01", "2030-12-31")} ."""
    workings = """
        :fleet w:by :a . :a w:to :command . :command w:by :b . :b w:to :navy .
        :boat w:by :c . :c w:to :guard . :navy w:by :d . :d w:to :state .
        :group w:by :x . :x w:to :league .
        :flotilla w:by :y . :y w:to :china . :seventh w:by :z . :z w:to :island ."""
    assert apply("20-national", facts, workings) == {
        ":fleet rdf:type w:National",
        ":command rdf:type w:National",
        ":boat rdf:type w:National",
        ":flotilla rdf:type w:National",
        ":seventh rdf:type w:National",
    }


def test_multinational(apply: Apply) -> None:
    facts = """:group a nr:Formation . :wing a nr:Formation .
        :squadron a nr:Formation . :ship a nr:Ship ."""
    assert apply("21-multinational", facts, ":squadron a w:National .") == {
        ":group rdf:type w:Multinational",
        ":wing rdf:type w:Multinational",
    }


def test_sails_for(apply: Apply) -> None:
    facts = ":ship a nr:Ship . :unit a nr:Formation ."
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
        ":a w:to :g . :x w:by :a . :k w:of :g ; w:in :e ; w:phase :e .",
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
        :k w:phase :e ; w:of :ship ; w:carries :ship, :squadron .
        :j w:phase :e ; w:of :squadron ; w:carries :squadron .
        :other w:phase :e ; w:of :x ; w:carries :x .
        :away w:phase :f ; w:of :ship2 ; w:carries :ship2, :squadron ."""
    assert apply("40-counts-with", "", workings) == {":k w:countsWith :j"}


def test_what_belongs_to_each_other_stays_two(apply: Apply) -> None:
    workings = """:k w:phase :e ; w:of :a ; w:carries :a, :b .
        :j w:phase :e ; w:of :b ; w:carries :a, :b ."""
    assert apply("40-counts-with", "", workings) == set()


def test_parties(apply: Apply) -> None:
    workings = ":k w:phase :e ; w:countsWith :j . :j w:phase :e ."
    assert apply("41-parties", "", workings) == {":e w:party :j"}


def test_contingents(apply: Apply) -> None:
    facts = """:s1 nr:inContingent :k . :s2 nr:inContingent :k . :s3 nr:inContingent :l .
        :k dcterms:isPartOf :e . :l dcterms:isPartOf :harbour . :m dcterms:isPartOf :f ."""
    workings = """:e w:party :p1, :r1 . :harbour w:party :squadron, :p3 . :sea w:party :p4 .
        :f w:party :q1 . :r1 w:of :s1 ; w:phase :e ; w:in :e ; w:told :f .
        :p1 w:of :s1 ; w:phase :e ; w:in :e . :q1 w:of :s1 ; w:phase :f ; w:in :f .
        :p2 w:of :s2 ; w:phase :harbour ; w:in :e ; w:countsWith :squadron .
        :p3 w:of :s3 ; w:phase :harbour ; w:in :e . :p4 w:of :s3 ; w:phase :sea ; w:in :e ."""
    assert apply("42-contingents", facts, workings) == {
        ":p1 w:contingent :k",
        ":r1 w:contingent :k",
        ":squadron w:contingent :k",
        ":p3 w:contingent :l",
    }
    # A contingent of an account is one in the exercise.
    facts = ":s1 nr:inContingent :k . :k dcterms:isPartOf :f ."
    assert apply("42-contingents", facts, workings) == {
        ":q1 w:contingent :k",
        ":r1 w:contingent :k",
    }


def test_unit(apply: Apply) -> None:
    facts = ":ship a nr:Ship . :squadron a nr:Formation . :navy a nr:Navy ."
    workings = ":k w:of :ship ; w:carries :ship, :squadron . :j w:of :squadron . :n w:of :navy ."
    assert apply("50-unit", facts, workings) == {
        ":k nr:involvesUnit :ship",
        ":j nr:involvesUnit :squadron",
    }


def test_levels(apply: Apply) -> None:
    facts = """:ship a nr:Ship . :group a nr:Formation .
        :navy a nr:Service . :army a nr:Service . :state a nr:State . :league a nr:Organisation .
        :pact a nr:Organisation . :news a nr:Institution . :away a nr:State ."""
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
    facts = """:s a nr:State . :n a nr:Navy . :m a nr:Navy . :army a nr:Service .
        :league a nr:Organisation .
        :e nr:hasDomain nrc:naval, nrc:air . :air nr:hasDomain nrc:air ."""
    workings = """:a w:to :s . :b w:to :s . :c w:to :s . :d w:to :league .
        :n w:by :a . :m w:by :b . :army w:by :c . :m w:by :d .
        :k w:of :s ; w:in :e ; w:phase :e . :j w:of :s ; w:in :air ; w:phase :air .
        :l w:of :league ; w:in :e ; w:phase :e .
        :i w:of :n ; w:carries :s ; w:in :e ; w:phase :e .
        :h w:of :s ; w:in :air ; w:phase :e ."""
    assert apply("54-navies", facts, workings) == {
        ":k w:navyBy :a",
        ":k w:navyBy :b",
        ":h w:navyBy :a",
        ":h w:navyBy :b",
    }


def test_infers_service(apply: Apply) -> None:
    workings = """
        :n1 w:by :a1, :b1 . :n2 w:by :a2 . :n3 w:by :a3 .
        :one w:phase :e ; w:navyBy :a1, :b1 . :two w:phase :e ; w:navyBy :a2, :a3 .
        :named w:phase :f ; w:navyBy :a1 . :other w:phase :f ; nr:involvesService :n1 ."""
    assert apply("55-infers-service", "", workings) == {
        ":one nr:infersService :n1",
        ":one nr:involvesService :n1",
    }


def test_unstated_affiliations(apply: Apply) -> None:
    facts = """
        :c1 nr:about :a1 ; nr:onProperty org:organization ;
            nr:hasValue :w1 ; nr:hasBasis nrc:inferred .
        :c2 nr:about :a2 ; nr:onProperty org:organization ;
            nr:hasValue :w2 ; nr:hasBasis nrc:background .
        :c3 nr:about :a3 ; nr:onProperty org:member ;
            nr:hasValue :m3 ; nr:hasBasis nrc:inferred .
        :d3 nr:about :a3 ; nr:onProperty org:organization ;
            nr:hasValue :w3 ; nr:hasBasis nrc:stated .
        :c4 nr:about :a4 ; nr:onProperty nr:earliest ; nr:hasBasis nrc:inferred .
        :c5 nr:about :a5 ; nr:onProperty org:organization ;
            nr:hasValue :w5 ; nr:hasBasis nrc:inferred .
        :m5 org:subOrganizationOf :w5 ; rdfs:isDefinedBy <https://w3id.org/passex/gazetteer> ."""
    links = "".join(f":m{n} w:by :a{n} . :a{n} w:to :w{n} . " for n in range(1, 7))
    assert apply("22-unstated", facts, links) == {
        ":a1 rdf:type w:Unstated",
        ":a2 rdf:type w:Unstated",
    }


def test_doubtful_participations(apply: Apply) -> None:
    facts = """
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :m1, :m2 ;
            nr:hasBasis nrc:inferred .
        :c2 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :m2 ;
            nr:hasBasis nrc:stated .
        :c3 nr:about :f ; nr:onProperty nr:hasParticipant ; nr:hasValue :m3 ;
            nr:hasBasis nrc:background ."""
    workings = """:p1 w:phase :e ; w:of :m1 . :p2 w:phase :e ; w:of :m2 ; w:through :a, :b .
        :p3 w:phase :e ; w:of :m3 . :a a w:Unstated ."""
    assert apply("32-doubtful", facts, workings) == {":p1 w:doubtfulBy :m1", ":p2 w:doubtfulBy :a"}
    # What is told of an account is as firm as its own claims.
    workings = ":p w:phase :e ; w:told :g ; w:of :m1 . :q w:phase :g ; w:told :f ; w:of :m3 ."
    assert apply("32-doubtful", facts, workings) == {":q w:doubtfulBy :m3"}


def test_what_a_doubtful_participation_firmly_carries(apply: Apply) -> None:
    workings = """
        :p w:doubtfulBy :a2 ; w:of :ship ; w:through :a1, :a2, :a3 .
        :ship w:by :a1, :a2 . :a1 w:to :navy . :a2 w:to :group . :navy w:by :a3 . :a3 w:to :land .
        :q w:doubtfulBy :boat ; w:of :boat ; w:through :a4 . :boat w:by :a4 . :a4 w:to :navy .
        :r w:of :sound ; w:through :a5 . :sound w:by :a5 . :a5 w:to :navy ."""
    assert apply("33-firmly", "", workings) == {
        ":p w:firmly :ship",
        ":p w:firmly :navy",
        ":p w:firmly :land",
    }


def test_infers(apply: Apply) -> None:
    workings = """
        :e w:participation :p, :q, :r . :f w:participation :s .
        :p w:in :e ; w:doubtfulBy :x ; w:carries :ship, :navy, :land ; w:firmly :ship .
        :q w:in :e ; w:carries :land .
        :r w:in :e ; w:carries :state ; nr:infersService :fleet, :land .
        :s w:in :f ; w:doubtfulBy :boat ; w:carries :boat ."""
    assert apply("63-infers", "", workings) == {
        ":e w:infers :navy",
        ":e w:infers :fleet",
        ":f w:infers :boat",
    }


def test_infers_by_party(apply: Apply) -> None:
    workings = """
        :e w:doubles nr:involvesState . :h w:party :p . :k w:party :r .
        :p w:in :e ; w:carries :state ; nr:infersService :navy .
        :q w:in :e ; w:countsWith :p ; w:doubtfulBy :x ; w:carries :ship, :land ; w:firmly :ship .
        :r w:in :e ; w:carries :navy, :land .
        :s w:in :f ; w:doubtfulBy :boat ; w:carries :boat . :f w:party :s ."""
    assert apply("63-infers-by-party", "", workings) == {
        ":p w:infers :navy",
        ":p w:infers :land",
    }


def test_named_in(apply: Apply) -> None:
    facts = """
        :c1 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a ; nr:hasEvidence :q1 .
        :c2 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :a, :x ;
            nr:hasEvidence :q2 .
        :c3 nr:about :e ; nr:onProperty nr:hasStatus ; nr:hasValue :a ; nr:hasEvidence :q3 .
        :c4 nr:about :f ; nr:onProperty nr:hasParticipant ; nr:hasValue :a ; nr:hasEvidence :q3 .
        :c5 nr:about :e ; nr:onProperty nr:hasParticipant ; nr:hasValue :b .
        :q1 oa:hasSource :one . :q2 oa:hasSource :two . :q3 oa:hasSource :three ."""
    workings = ":p w:phase :e ; w:of :a . :r w:phase :e ; w:of :b ."
    account = ":s w:phase :e ; w:told :f ; w:of :a ."
    assert apply("64-named-in", facts, account) == {":s w:namedIn :three"}
    assert apply("64-named-in", facts, workings) == {":p w:namedIn :one", ":p w:namedIn :two"}


def test_last_reported(apply: Apply) -> None:
    def claim(name: str, article: str, status: str = "under-way") -> str:
        return (
            f":{name}-{article} nr:about :{name} ; nr:onProperty nr:hasStatus ;"
            f" nr:hasValue nrc:{status} ; nr:hasEvidence :q-{article} . "
            f":q-{article} oa:hasSource :{article} . "
        )

    facts = (
        f":old {days('2030-05-01', '2030-05-31')} . :new {days('2030-05-20', '2030-05-31')} . "
        ":e a nr:Exercise ; nr:hasStatus nrc:under-way . :f a nr:Exercise ; nr:hasStatus nrc:held ."
        ":p a nr:OpenPlan ; nr:hasStatus nrc:agreed . :o a nr:Plan ; nr:hasStatus nrc:agreed . "
        + "".join(claim("e", article) for article in ("old", "new", "undated"))
        + claim("f", "new", "held")
        + claim("p", "old", "agreed")
        + claim("p", "new", "planned")
        + claim("o", "new", "agreed")
    )
    assert apply("65-last-reported", facts) == {
        ":e w:lastReportedIn :new",
        ":p w:lastReportedIn :old",
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
    workings = f""":e w:party :k, :j . :k nr:{level} :a, :b ; w:carries :a, :b ; w:in :e .
        :j nr:{level} :c ; w:in :e . :no nr:{level} :a, :b ; w:in :f ."""
    assert apply("62-doubles", "", workings) == {f":e w:doubles nr:{level}"}


def test_phases_and_contingents_are_told_apart_at_all_levels(apply: Apply) -> None:
    workings = """:p w:in :e . :harbour w:phaseOf :e ; w:party :p .
        :f w:party :q . :q w:in :f ; w:contingent :k . :g w:party :r . :r w:in :g .
        :coming w:phaseOf :g ; w:party :s . :s w:in :coming ."""
    assert apply("62-doubles", "", workings) == {
        f":{exercise} w:doubles nr:{level}" for exercise in "ef" for level in LEVELS
    }


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("rule", "kind", "other", "term"),
    [
        ("70-trained-with", "Exercise", "ExercisePlan", "trainedWith"),
        ("71-plans-to-train-with", "ExercisePlan", "Exercise", "plansToTrainWith"),
    ],
)
def test_ties(apply: Apply, rule: str, kind: str, other: str, term: str, level: str) -> None:
    more = ", nr:OpenPlan" if kind == "ExercisePlan" else ""
    facts = f":e a nr:{kind} {more} . :f a nr:{kind} {more} . :g a nr:{other} . :f2 a nr:{kind} ."
    # :d takes part through both parties, so that it is apart from none; :t with :u in one
    # contingent; :z in another phase. Those of :h are told apart by nothing but the exercise.
    facts += f":h a nr:{kind} {more} ; nr:{level} :p, :q ."
    workings = f"""
        :e w:party :k, :j . :k nr:{level} :a, :b, :d . :j nr:{level} :c, :d .
        :k w:in :e . :j w:in :e . :e w:doubles nr:{level} .
        :f w:party :l, :m, :i . :l nr:{level} :u . :m nr:{level} :v ; w:carries :x .
        :i nr:{level} :t . :l w:contingent :c1 . :i w:contingent :c1, :c2 .
        :l w:in :f . :m w:in :f . :i w:in :f . :f w:doubles nr:{level} .
        :f2 w:party :r . :r nr:{level} :z ; w:in :f .
        :g w:party :n, :o . :n nr:{level} :x . :o nr:{level} :y .
        :h w:party :s, :w . :s nr:{level} :p . :w nr:{level} :q ."""
    pairs = {("a", "c"), ("b", "c"), ("u", "v"), ("t", "v"), ("p", "q")}
    assert apply(rule, facts, workings) == {
        f":{x} nr:{term} :{y}" for pair in pairs for x, y in (pair, pair[::-1])
    }


def test_a_plan_gives_ties_while_it_is_open_or_comes_in_an_exercise(apply: Apply) -> None:
    workings = ":p w:party :k, :j . :k nr:involvesState :a . :j nr:involvesState :b ."
    rule, ties = (
        "71-plans-to-train-with",
        {f":{x} nr:plansToTrainWith :{y}" for x, y in ("ab", "ba")},
    )
    assert apply(rule, ":p a nr:ExercisePlan .", workings) == set()
    assert apply(rule, ":p a nr:ExercisePlan, nr:OpenPlan .", workings) == ties
    assert apply(rule, ":p a nr:ExercisePlan .", workings + ":p w:comesIn :e .") == ties
    whole = ":p a nr:ExercisePlan . :q a nr:OpenPlan ."
    assert apply(rule, whole, workings + ":p w:phaseOf :q .") == ties


def test_levels_are_not_mixed(apply: Apply) -> None:
    workings = ":e w:party :k, :j . :k nr:involvesState :a . :j nr:involvesService :b ."
    # Of :e the members are looked at, of :f the parties.
    workings += """ :f w:doubles nr:involvesState, nr:involvesService ; w:party :l, :m .
        :l w:in :f ; nr:involvesState :a . :m w:in :f ; nr:involvesService :b ."""
    facts = ":f a nr:Exercise . :e a nr:Exercise ; nr:involvesState :a ; nr:involvesService :b ."
    assert apply("70-trained-with", facts, workings) == set()


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


def test_a_formation_of_a_state_stands_for_its_one_navy(make: Callable[[str], Store]) -> None:
    more = """:flotilla a nr:Formation .
        :x8 a nr:Affiliation ; org:member :flotilla ; org:organization :A .
        :e a nr:Exercise ; nr:hasParticipant :flotilla, :bn """
    ties = {"A-B", "an-bn"}
    assert trained(make(f"{NAVIES} {more} ; nr:hasDomain nrc:naval .")) == ties
    assert trained(make(f"{NAVIES} {more} ; nr:hasDomain nrc:air .")) == {"A-B"}


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


def test_roles_tie_nobody(make: Callable[[str], Store]) -> None:
    more = """:C a nr:State . :D a nr:State . :E a nr:State . :F a nr:State .
        :e a nr:Exercise ; nr:hasParticipant :A, :B, :F ; nr:hasObserver :C ; nr:hasInvited :D ;
            nr:hasSupporter :E ; nr:hasWithdrawn :F ."""
    assert trained(make(NAVIES + more)) == {"A-B"}


def test_those_of_one_contingent_train_with_the_others(make: Callable[[str], Store]) -> None:
    event = ":e a nr:Exercise ; nr:hasParticipant :s2, :b1, :s1 . :k dcterms:isPartOf :e ."
    assert trained(make(NAVIES + event)) == {"b1-s1", "b1-s2", "s1-s2", "an-bn", "A-B"}
    with_a = ":s1 nr:inContingent :k . :b1 nr:inContingent :k ."
    assert trained(make(NAVIES + event + with_a)) == {"b1-s2", "s1-s2", "an-bn", "A-B"}
    alone = ":s1 nr:inContingent :k . :s2 nr:inContingent :k ."
    assert trained(make(NAVIES + event + alone)) == {"b1-s1", "b1-s2", "an-bn", "A-B"}


HARBOUR_AND_SEA = """:A a nr:State . :B a nr:State . :C a nr:State .
    :e a nr:Exercise . :h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :B .
    :s a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :B, :C ."""


def test_ties_run_within_phases(make: Callable[[str], Store]) -> None:
    store = make(HARBOUR_AND_SEA)
    assert trained(store) == {"A-B", "B-C"}
    rows = store.rows("SELECT ?e ?a { ?e nr:involvesState ?a }")
    assert sorted("".join(str(iri)[-1] for iri in row) for row in rows) == ["eA", "eB", "eC"]
    whole = HARBOUR_AND_SEA + ":e nr:hasParticipant :A, :C ."
    assert trained(make(whole)) == {"A-B", "A-C", "B-C"}


def test_a_coming_phase_is_planned(make: Callable[[str], Store]) -> None:
    store = make(HARBOUR_AND_SEA.replace(":s a nr:Exercise", ":s a nr:ExercisePlan"))
    assert trained(store) == {"A-B"}
    assert trained(store, "plansToTrainWith") == {"B-C"}
    assert not store.query("ASK { ?plan a nr:OpenPlan }")


def test_phases_of_a_plan_are_planned(make: Callable[[str], Store]) -> None:
    plan = HARBOUR_AND_SEA.replace("nr:Exercise", "nr:ExercisePlan")
    store = make(plan)
    assert trained(store) == set()
    assert trained(store, "plansToTrainWith") == {"A-B", "B-C"}
    assert list(store.rows("SELECT ?plan { ?plan a nr:OpenPlan }")) == [(f"{IRI}e",)]
    off = make(plan + ":e nr:hasStatus nrc:cancelled .")
    assert trained(off, "plansToTrainWith") == set()


def test_a_state_stands_for_its_navy_in_a_phase(make: Callable[[str], Store]) -> None:
    more = """:e a nr:Exercise ; nr:hasDomain nrc:naval .
        :h a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :A, :bn .
        :s a nr:Exercise ; dcterms:isPartOf :e ; nr:hasParticipant :an, :B ."""
    assert trained(make(NAVIES + more)) == {"A-B", "an-bn"}


def test_armed_forces_count_for_their_state_and_no_navy(make: Callable[[str], Store]) -> None:
    more = """:forces a nr:Institution ; nr:hasKind nrc:armed-forces .
        :x8 a nr:Affiliation ; org:member :forces ; org:organization :A .
        :e a nr:Exercise ; nr:hasDomain nrc:naval ; nr:hasParticipant :forces, :b1 ."""
    assert trained(make(NAVIES + more)) == {"A-B"}


def test_a_plan_that_is_realised_in_part_is_still_planned(make: Callable[[str], Store]) -> None:
    more = """:p a nr:ExercisePlan ; nr:hasParticipant :A, :B ; nr:realisedBy :e .
        :e a nr:Exercise ; nr:hasParticipant :A, :B .
        :c nr:about :p ; nr:onProperty nr:hasQuantity ; nr:quantityOf nrc:exercises ;
            nr:hasValue 2 ."""
    assert trained(make(NAVIES + more), "plansToTrainWith") == {"A-B"}
    second = ":p nr:realisedBy :f . :f a nr:Exercise ; nr:hasParticipant :A, :B ."
    assert trained(make(NAVIES + more + second), "plansToTrainWith") == set()


def test_read_takes_the_header(tmp_path: Path) -> None:
    path = tmp_path / "99-x.rq"
    path.write_text(
        "#+ summary: S.\n#+ graph: workings\n#+ fixpoint: true\n#+ scope: node\n"
        "\nCONSTRUCT WHERE {}\n"
    )
    rule = rules.read(path)
    assert (rule.name, rule.summary, rule.graph, rule.scope) == ("99-x", "S.", "workings", "node")
    assert rule.fixpoint
