"""Shapes made for many data sets, on data that conform to them: nothing is red without a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

import passex
from passex.api.validation import Level, ValidationReport
from passex.validation.results import EngineName, Severity

SPACES = {
    "sh": "http://www.w3.org/ns/shacl#",
    "ex": "https://example.org/v#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "schema": "http://schema.org/",
    "nr": "https://w3id.org/passex/ontology#",
    "id": "https://w3id.org/passex/id/",
}
FOLDER = Path(__file__).parents[1] / "data" / "profiles"
SELECTED = "sh:target [ a sh:SPARQLTarget ; sh:select"
PREFIXES = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in SPACES.items())
FLEET = """ex:BoatShape a sh:NodeShape ; sh:targetClass ex:Boat ;
    sh:property [ sh:path ex:name ; sh:minCount 1 ] .
ex:HarbourShape a sh:NodeShape ; sh:targetClass ex:Harbour ; sh:nodeKind sh:IRI .
ex:PierShape a sh:NodeShape ; sh:targetClass ex:Pier ; sh:nodeKind sh:IRI .
"""
#: Like profiles that are published: of catalogues, people, vocabularies, and of shapes that are
#: classes; each with data that have some of it.
PROFILES = {
    "fleet": (FLEET, "ex:a a ex:Boat ; ex:name 'A' ."),
    "catalogue": (
        """ex:D a sh:NodeShape ; sh:targetClass dcat:Dataset ;
            sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:nodeKind sh:Literal ],
                [ sh:path dct:publisher ; sh:class foaf:Agent ; sh:maxCount 1 ] .
        ex:C a sh:NodeShape ; sh:targetClass dcat:Catalog ;
            sh:property [ sh:path dcat:record ; sh:class dcat:CatalogRecord ] .
        ex:R a sh:NodeShape ; sh:targetClass dcat:CatalogRecord ; sh:nodeKind sh:IRI .
        ex:S a sh:NodeShape ; sh:targetClass dcat:DataService ; sh:nodeKind sh:IRI .
        ex:Helper a sh:NodeShape ; sh:nodeKind sh:IRI .""",
        "ex:d a dcat:Dataset ; dct:title 'D' .",
    ),
    "people": (
        """ex:P a sh:NodeShape ; sh:targetSubjectsOf foaf:name ; sh:nodeKind sh:IRI .
        ex:K a sh:NodeShape ; sh:targetObjectsOf foaf:knows ; sh:class foaf:Person .
        ex:M a sh:NodeShape ; sh:targetSubjectsOf foaf:mbox ; sh:nodeKind sh:IRI .
        ex:N a sh:NodeShape ; sh:targetSubjectsOf foaf:nick ; sh:nodeKind sh:IRI .""",
        "ex:a foaf:name 'A' .",
    ),
    "vocabulary": (
        """ex:C a sh:NodeShape ; sh:targetClass skos:Concept ;
            sh:property [ sh:path skos:prefLabel ; sh:uniqueLang true ] .
        ex:S a sh:NodeShape ; sh:targetClass skos:ConceptScheme ; sh:nodeKind sh:IRI .
        ex:L a sh:NodeShape ; sh:targetClass skos:Collection ; sh:nodeKind sh:IRI .""",
        "ex:c a skos:Concept ; skos:prefLabel 'c'@en .",
    ),
    "classes": (
        """schema:Thing a rdfs:Class, sh:NodeShape .
        schema:Person a rdfs:Class, sh:NodeShape ; rdfs:subClassOf schema:Thing ;
            sh:property [ sh:path schema:name ; sh:minCount 1 ] .
        schema:Place a rdfs:Class, sh:NodeShape ; rdfs:subClassOf schema:Thing .
        schema:Play a rdfs:Class, sh:NodeShape ; rdfs:subClassOf schema:Thing .""",
        "ex:p a schema:Person ; schema:name 'P' .",
    ),
}


def checked(
    folder: Path, shapes: str, data: str, ontology: str = "", **options: object
) -> ValidationReport:
    for name, text in (("s.ttl", shapes), ("d.ttl", data), ("o.ttl", ontology)):
        (folder / name).write_text(PREFIXES + text)
    extra = [folder / "o.ttl"] if ontology else []
    return passex.validate(folder / "d.ttl", folder / "s.ttl", extra, **options)  # type: ignore[arg-type]


def told(report: ValidationReport) -> list[tuple[str, str]]:
    return [(problem.rule, problem.severity.value) for problem in report]


@pytest.mark.parametrize("name", PROFILES)
def test_one_line_of_information_on_data_that_conform(name: str, tmp_path: Path) -> None:
    report = checked(tmp_path, *PROFILES[name])
    assert report.conforms, report
    assert told(report) == [("target-matches-nothing", "info")]


@pytest.mark.parametrize("engine", ["fast", "pyshacl"])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("catalogues", "10 of 13 shapes with targets: spdx:Checksum, dcat:Distribution, "
         "adms:Identifier and 7 more."),
        ("things", "3 of 8 shapes with targets: <http://schema.org/Event>, "
         "<http://schema.org/Offer>, <http://schema.org/Organization>."),
        ("vocabularies", "5 of 9 shapes with targets: sh:target of :Lost, skos:exactMatch, "
         "skos:member and 2 more."),
        ("provenance", "5 of 7 shapes with targets: prov:Bundle, prov:actedOnBehalfOf, "
         "prov:invalidatedAtTime and 2 more."),
        ("buildings", "3 of 10 shapes with targets: brick:Chiller, brick:area, brick:Weather."),
    ],
)  # fmt: skip
def test_whole_profiles(name: str, message: str, engine: EngineName) -> None:
    shapes, data = (FOLDER / f"{name}.{part}.ttl" for part in ("shapes", "data"))
    # Shapes that are classes say what is below them.
    ontology = [shapes] if "a owl:Class" in shapes.read_text() or name == "things" else []
    report = passex.validate(data, shapes, ontology, engine=engine)
    assert report.conforms, report
    assert [(p.rule, p.severity, p.message) for p in report] == [
        ("target-matches-nothing", Severity.INFO, f"The data have nothing for {message}")
    ]


def test_it_names_what_is_not_there(tmp_path: Path) -> None:
    [problem] = checked(tmp_path, *PROFILES["fleet"])
    assert problem.message == (
        "The data have nothing for 2 of 3 shapes with targets: ex:Harbour, ex:Pier."
    )
    assert problem.place is not None
    assert problem.place.line == 14


def test_none_that_matches_is_a_violation(tmp_path: Path) -> None:
    report = checked(tmp_path, FLEET, "ex:a a ex:Car .")
    assert told(report) == [("target-matches-nothing", "violation")]
    [problem] = report
    assert problem.hint == "nothing was checked: are these the shapes for these data?"
    idle = f"ex:New a sh:NodeShape ; {SELECTED} 'SELECT ?this {{ ?this a ex:Buoy }}' ] ."
    for shapes in (idle, idle + FLEET):
        report = checked(tmp_path, shapes, "ex:a a ex:Car .")
        found = [one for one in told(report) if one[0] == "target-matches-nothing"]
        assert found == [("target-matches-nothing", "violation")]


TARGET_TYPE = """ex:Of a sh:SPARQLTargetType ; rdfs:subClassOf sh:Target ;
    sh:parameter [ sh:path ex:kind ] ; sh:select "SELECT ?this { ?this a $kind }" """


@pytest.mark.parametrize(
    ("target", "data", "hint"),
    [
        ("sh:targetClass ex:Haven", "ex:h a ex:Havn .", "did you mean ex:Havn?"),
        # Also where another shape has the right name.
        ("sh:targetClass ex:Baot", "", "did you mean ex:Boat?"),
        ("sh:targetSubjectsOf ex:nmae", "", "did you mean ex:name?"),
        ("sh:targetClass <http://example.org/v#Boat>", "", "did you mean ex:Boat?"),
        ("sh:targetClass <http://example.org/other/Boat>", "", ""),
        ("sh:targetClass ex:Boathouse", "", ""),
        # What a target in SPARQL names, in its query or as the value of a parameter.
        (f"{SELECTED} 'SELECT ?this {{ ?this a ex:Haven }}' ]", "", ""),
        (
            f"{SELECTED} 'SELECT ?this {{ ?this a ex:Haven }}' ]",
            "ex:h a ex:Havn .",
            "did you mean ex:Havn?",
        ),
        (
            f"{SELECTED} 'SELECT ?this {{ ?this <https://example.org/v#nmae> ?n }}' ]",
            "",
            "did you mean ex:name?",
        ),
        (f"sh:target [ a ex:Of ; ex:kind ex:Haven ] . {TARGET_TYPE}", "", ""),
        (
            f"sh:target [ a ex:Of ; ex:kind ex:Haven ] . {TARGET_TYPE}",
            "ex:h a ex:Havn .",
            "did you mean ex:Havn?",
        ),
    ],
)
def test_a_near_name_is_a_violation(target: str, data: str, hint: str, tmp_path: Path) -> None:
    shapes = FLEET + f"ex:New a sh:NodeShape ; sh:nodeKind sh:IRI ; {target} ."
    report = checked(tmp_path, shapes, "ex:a a ex:Boat ; ex:name 'A' . " + data)
    violations = [problem.hint for problem in report if problem.severity is Severity.VIOLATION]
    assert violations == [hint] * bool(hint)
    # What is no fault is in the one line for all.
    line = f"The data have nothing for {2 if hint else 3} of 4 shapes with targets: "
    assert sum(problem.message.startswith(line) for problem in report) == 1


ONTOLOGY = """<https://example.org/v> a owl:Ontology .
ex:Boat a owl:Class . ex:Harbour a owl:Class ; rdfs:subClassOf ex:Nowhere .
ex:b a ex:Boat . ex:b owl:nonsense 1 ."""


@pytest.mark.parametrize(
    ("term", "rule", "now"),
    [
        ("sh:shape", "shacl-unsupported", "sh:node"),
        ("sh:valueShape", "unknown-shacl-term", "sh:node"),
        ("sh:scopeClass", "unknown-shacl-term", "sh:targetClass"),
    ],
)
def test_what_a_term_of_drafts_is_called_since(
    term: str, rule: str, now: str, tmp_path: Path
) -> None:
    shapes = f"{FLEET} ex:BoatShape sh:property [ sh:path ex:name ; {term} ex:HarbourShape ] ."
    report = checked(tmp_path, shapes, "ex:a a ex:Boat ; ex:name 'A' .")
    (problem,) = (p for p in report.problems if p.rule == rule)
    assert problem.hint == f"write {now}: in drafts of SHACL it was called so"


def test_an_ontology_is_mixed_in_and_not_judged(tmp_path: Path) -> None:
    data = "ex:a a ex:Boat ; ex:name 'A' . ex:s rdfs:subClassOf ex:Boat . "
    data += "ex:t a ex:s ; ex:name 'T' ."
    report = checked(tmp_path, FLEET, data, ONTOLOGY)
    # What it does not declare, and data and shapes use, is theirs.
    used = [("undeclared-property", "violation")] * 2 + [("undeclared-term", "violation")]
    assert [one for one in told(report) if one[1] != "info"] == used
    report = checked(tmp_path, FLEET, data, ONTOLOGY, check_ontology=True)
    # A term without a label, one that OWL has not, a boat in it without a name.
    judged = {"missing-label", "unknown-standard-term", "https://example.org/v#BoatShape"}
    assert judged <= {rule for rule, _ in told(report)}


def test_what_the_data_say_of_a_node_of_the_ontology_is_judged(tmp_path: Path) -> None:
    shapes = "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:at ; sh:class ex:Harbour ."
    report = checked(tmp_path, shapes, "ex:a ex:at ex:b .", "ex:b a ex:Boat . ex:c ex:at ex:b .")
    assert ("https://example.org/v#S", "violation") in told(report)


def test_groups_of_rules_are_switched(tmp_path: Path) -> None:
    data = "ex:a a ex:Boat ; ex:name 'A' ."
    assert told(checked(tmp_path, FLEET, data, levels={"vacuous": None})) == []
    levels = {"vacuous": None, "target-matches-nothing": "warning"}
    report = checked(tmp_path, FLEET, data, levels=levels)
    assert told(report) == [("target-matches-nothing", "warning")]
    report = checked(
        tmp_path, FLEET, data, ONTOLOGY, levels={"ontology": "info"}, check_ontology=True
    )
    assert {level for rule, level in told(report) if rule == "missing-label"} == {"info"}
    with pytest.raises(passex.errors.QueryError, match="did you mean 'vacuous'"):
        checked(tmp_path, FLEET, data, levels={"vacuos": None})


def test_imports(tmp_path: Path) -> None:
    (tmp_path / "more.ttl").write_text(PREFIXES + "ex:Tug rdfs:subClassOf ex:Boat .")
    data = "<> owl:imports <more.ttl>, <http://127.0.0.1:9/x> . ex:t a ex:Tug ."
    report = checked(tmp_path, FLEET, data)
    assert ("import-not-read", "info") in told(report)
    assert "https://example.org/v#BoatShape" not in dict(told(report))
    report = checked(tmp_path, FLEET, data, imports=True)
    [said] = [problem.message for problem in report if problem.rule == "import-not-read"]
    assert said == "What is imported was not read: <http://127.0.0.1:9/x>."
    # Who imports itself has been read.
    own = "ex:all owl:imports ex:all . ex:a a ex:Boat ; ex:name 'A' ."
    assert "import-not-read" not in dict(told(checked(tmp_path, FLEET, own)))
    # The tug is a boat, which has to have a name.
    assert ("https://example.org/v#BoatShape", "violation") in told(report)


def test_a_copy_beside_the_data_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    base = "@base <https://w3id.org/passex/id/article-x> .\n"
    space = "@prefix oa: <http://www.w3.org/ns/oa#> . @prefix s: <https://schema.org/> .\n"
    article = (
        f'{base}{PREFIXES}{space}<> a s:NewsArticle . <#char=1,4> oa:exact "ab" .\n'
        "<#c1> nr:about id:tern ; nr:hasEvidence <#char=1,3> ."
    )
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "x.ttl").write_text(article)
    alone = [problem.rule for problem in passex.validate("facts/x.ttl")]
    for copy in (tmp_path / "copy.ttl", tmp_path / "facts" / "copy.ttl"):
        copy.write_text(article.replace("1,4", "1,3"))
    assert [problem.rule for problem in passex.validate("facts/x.ttl")] == alone
    assert "https://w3id.org/passex/shape/AnchorLength" in alone
    # What another file does describe is all that isn't judged.
    (tmp_path / "facts" / "ships.ttl").write_text(PREFIXES + "id:tern a nr:Ship .")
    (tmp_path / "ships.ttl").write_text(PREFIXES + "id:tern a nr:Ship .")
    found = {problem.rule: problem.hint for problem in passex.validate("facts/x.ttl")}
    assert "https://w3id.org/passex/shape/AnchorLength" in found
    assert "https://w3id.org/passex/shape/KnownNode" not in found
    assert found["described-elsewhere"] == (
        "validate the files together: passex validate facts/x.ttl facts/ships.ttl"
    )


def test_a_node_of_which_more_is_said_here_is_described_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new.ttl").write_text(PREFIXES + 'id:tern rdfs:label "Tern"@en .')
    (tmp_path / "ships.ttl").write_text(PREFIXES + "id:tern a nr:Ship .")
    told = [(problem.rule, problem.message) for problem in passex.validate("new.ttl")]
    assert told == [
        ("described-elsewhere", "Another file describes id:tern, so the shapes cannot judge it.")
    ]


def test_a_file_that_needs_another_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    drill = "id:drill a nr:Exercise ; nr:hasParticipant id:tern, id:gull ."
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "new.ttl").write_text(PREFIXES + drill)
    (tmp_path / "ships.ttl").write_text(PREFIXES + "id:tern a nr:Ship . id:gull a nr:Ship .")
    report = passex.validate("facts/new.ttl")
    assert not report.conforms
    [problem] = [one for one in report if one.rule == "described-elsewhere"]
    assert not {"id:tern", "id:gull"} & {one.focus for one in report if one is not problem}
    assert problem.hint == "validate the files together: passex validate facts/new.ttl ships.ttl"
    assert len(passex.validate(["facts/new.ttl", "ships.ttl"]).problems) > 1
    # Where that line is switched off or lowered, what it stands for is told.
    lowered: list[dict[str, Level | None]]
    lowered = [{"described-elsewhere": None}, {"files": None}, {"files": "info"}]
    for levels in lowered:
        assert not passex.validate("facts/new.ttl", levels=levels).conforms
        assert len(passex.validate("facts/new.ttl", levels=levels).problems) > 1
