"""`passex merge`: what it writes, what it refuses, and that nothing else changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations, count
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD

import passex as library
from passex.cli import cli
from passex.curation import file_edits, layout, merging
from passex.curation.statements import Statement
from passex.errors import QueryError
from passex.graph.terms import PREFIXES
from passex.text.edits import apply

DATA = Path(__file__).resolve().parents[1] / "data"
NR, ID = (rdflib.Namespace(PREFIXES[name]) for name in ("nr", "id"))
NAMING = (RDFS.label, SKOS.altLabel)
GRAPH = DATA / "merge" / "graph"
ACTORS, ARTICLE = (
    (GRAPH / name).read_text(encoding="utf-8") for name in ("actors.ttl", "2031-x.ttl")
)
DIFF = (DATA / "merge" / "merge.diff").read_text(encoding="utf-8")
LATITUDE = "<http://www.w3.org/2003/01/geo/wgs84_pos#lat>"
ORG, OWL = "http://www.w3.org/ns/org#", "http://www.w3.org/2002/07/owl#"
FIRST = "correct that first, or leave the two as they are"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph/actors.ttl").write_text(ACTORS, encoding="utf-8")
    (tmp_path / "graph/2031-x.ttl").write_text(ARTICLE, encoding="utf-8")
    return tmp_path


def passex(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in Path("graph").iterdir()}


def test_what_is_shown_is_what_is_written() -> None:
    before = texts()
    code, diff, err = passex("merge", "Aurora", "awrora", "--diff")
    # The claim that says the same as another one now is gone.
    assert (code, diff, err) == (0, DIFF, "")
    assert texts() == before
    assert passex("merge", "Aurora", "id:awrora") == (0, "graph/2031-x.ttl\ngraph/actors.ttl\n", "")
    after = texts()
    assert all("awrora" not in text for text in after.values())
    assert '; skos:altLabel "Awrora"@en . # the frigate\n' in after["actors.ttl"]
    code, out, _ = passex("show", "Awrora", "--data", "graph")
    assert (code, "  has kind: frigate\n" in out) == (0, True)


def test_line_ends_and_byte_order_mark_stay(here: Path) -> None:
    path = here / "graph/2031-x.ttl"
    path.write_bytes(b"\xef\xbb\xbf" + ARTICLE.replace("\n", "\r\n").encode())
    assert passex("merge", "Aurora", "Awrora")[0] == 0
    written = path.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf@base")
    assert written.count(b"\n") == written.count(b"\r\n") == ARTICLE.count("\n") - 1


@pytest.mark.parametrize(
    ("more", "names", "says"),
    [
        ("id:aurora nr:concerns id:zeta .", ("Aurora", "Zeta"),
         f"id:aurora and id:zeta are two: nr:concerns leads from one to the other; {FIRST}"),
        ("", ("Aurora", "aurora"),
         "'Aurora' and 'aurora' are one node already: Aurora (Ship, id:aurora)"),
        ("", ("Aurora", "Drill"),
         "id:aurora is of class nr:Ship, and id:drill of class nr:Exercise; "
         "one thing has one class: correct it, or they differ"),
        ("", ("frigate", "nrc:destroyer"),
         "nrc:frigate is of class skos:Concept, and only what facts tell of can be merged; "
         "give two actors, happenings, plans, posts or places"),
        (f"id:own a <{SKOS}Concept> ; rdfs:label 'own'@en .", ("id:own", "frigate"),
         "id:own is of class skos:Concept, and only what facts tell of can be merged; "
         "give two actors, happenings, plans, posts or places"),
        (f'id:cg a nr:Service ; rdfs:label "Guard"@en . id:of a nr:Affiliation ; '
         f"<{ORG}member> id:cg ; <{ORG}organization> id:china .", ("Royal Navy", "Guard"),
         f"id:royal-navy and id:cg are of two states, United Kingdom and China; {FIRST}"),
        # Ports of two states, the one in a bay of its state.
        ("".join(f'id:{port} a nr:Place ; rdfs:label "{port}"@en ; '
                 f"<{DCTERMS.isPartOf}> {whole} ." for port, whole in
                 (("lume", "id:bay"), ("lumé", "id:china")))
         + f'id:bay a nr:Place ; rdfs:label "Bay"@en ; <{DCTERMS.isPartOf}> id:peru .',
         ("id:lume", "id:lumé"),
         f"id:lume and id:lumé are of two states, Peru and China; {FIRST}"),
        # The one until a day, the other from it on: a ship that was sold is named so.
        (f"id:of a nr:Affiliation ; <{ORG}member> id:aurora ; <{ORG}organization> id:peru ; "
         f"nr:latest '2001-01-01'^^<{XSD}date> . "
         f"id:of2 a nr:Affiliation ; <{ORG}member> id:awrora ; "
         f"nr:earliest '2001-01-02'^^<{XSD}date> ; <{ORG}organization> id:royal-navy .",
         ("Aurora", "Awrora"),
         f"id:aurora and id:awrora are of two states, Peru and United Kingdom; {FIRST}"),
        # Two persons are of the states in whose posts they are.
        ("".join(
            f'id:{who} a nr:Person ; rdfs:label "{who}"@en . id:of-{who} a nr:Tenure ; '
            f"<{ORG}member> id:{who} ; nr:inPost id:{state}-mod . id:{state}-mod a <{ORG}Post> ; "
            f'rdfs:label "minister of {state}"@en ; <{ORG}postIn> id:{state} .'
            for who, state in (("ann", "peru"), ("bo", "china"))
         ),
         ("ann", "bo"), f"id:ann and id:bo are of two states, Peru and China; {FIRST}"),
        ("", ("Aurora", "X"),
         "an article is a file, and two files are two; merge what they tell of"),
        ('id:rn a nr:Navy ; rdfs:label "RN"@en .', ("RN", "Royal Navy"),
         "Royal Navy (Navy, id:royal-navy) is an entry of the gazetteer, which stays; "
         "turn them round: passex merge id:royal-navy id:rn"),
        ('id:n a nr:Navy ; rdfs:label "N"@en . id:s a nr:Service ; rdfs:label "S"@en .',
         ("S", "N"),
         "id:s is of class nr:Service, and id:n of class nr:Navy; "
         "turn them round: passex merge id:n id:s"),
        (f"id:aurora <{OWL}differentFrom> id:awrora .", ("Aurora", "Awrora"),
         f"id:aurora and id:awrora are said to differ (owl:differentFrom); {FIRST}"),
        (f"id:of a nr:Affiliation ; <{ORG}member> id:aurora ; <{ORG}organization> id:awrora .",
         ("Aurora", "Awrora"),
         f"id:aurora and id:awrora are two: nr:belongsTo leads from one to the other; {FIRST}"),
        (f'id:a a nr:Place ; rdfs:label "A"@en ; {LATITUDE} 1.5 .'
         f'id:b a nr:Place ; rdfs:label "B"@en ; {LATITUDE} 2.5 .',
         ("A", "B"), "id:a and id:b differ in wgs84:lat (1.5 and 2.5); correct one of them first"),
        ("id:awrora nr:hasPlace [ a nr:Place ] .", ("Aurora", "Awrora"),
         "graph/actors.ttl: id:awrora has a blank node as a value; give that node an IRI first"),
        ("id:awrora nr:hasPlace _:x .", ("Aurora", "Awrora"),
         "graph/actors.ttl: id:awrora has a blank node as a value; give that node an IRI first"),
        ("", ("Aurora", "Nobody"),
         "'Nobody': no node of this graph has that name; did you mean 'body'?"),
    ],
)  # fmt: skip
def test_what_is_no_one_thing(more: str, names: tuple[str, str], says: str) -> None:
    path = Path("graph/actors.ttl")
    path.write_text(f"{ACTORS}{more}\n", encoding="utf-8")
    before = texts()
    assert passex("merge", *names) == (2, "", f"passex: {says}\n")
    assert texts() == before


def test_two_that_took_part_in_one_exercise_take_part_once() -> None:
    path = Path("graph/2031-x.ttl")
    both = "ex:zeta, ex:aurora, ex:awrora"
    path.write_text(ARTICLE.replace("ex:zeta", both), encoding="utf-8")
    says = (
        "passex: id:drill has both with nr:hasParticipant: id:aurora and id:awrora become one there"
    )
    for arguments in (["--diff"], []):
        code, _, err = passex("merge", "Aurora", "Awrora", *arguments)
        assert (code, err) == (0, f"{says}\n")
    assert "nr:hasParticipant ex:zeta, ex:aurora ;" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", ["", ", ex:aurora", "; nr:hasPlace ex:aurora"])
def test_every_comment_stays(more: str) -> None:
    """A comment behind each word, and one above it, in all files."""
    numbers = count()
    actors = ACTORS.replace(" a nr:Ship ;", f" a nr:Ship ; nr:hasKind <{PREFIXES['nrc']}frigate> ;")
    article = ARTICLE.replace("nr:hasPlace ex:awrora .", f"nr:hasPlace ex:awrora {more} .")

    def noted(match: re.Match[str]) -> str:
        between = match[0].isspace()
        return f" # <{next(numbers)}>\n  # <{next(numbers)}>\n" if between else match[0]

    for name, text in (("actors.ttl", actors), ("2031-x.ttl", article)):
        text = re.sub(r'#[^\n<]*\n|"[^"]*"|<[^>]*>|[ \n]+', noted, text)
        Path("graph", name).write_text(text, encoding="utf-8")
    assert passex("merge", "Aurora", "Awrora")[0] == 0
    kept = [int(n) for text in texts().values() for n in re.findall(r"# <(\d+)>", text)]
    assert sorted(kept) == [*range(next(numbers))]


def test_a_comment_on_what_goes_stays_where_it_stood() -> None:
    path = Path("graph/actors.ttl")
    told = "id:awrora a nr:Ship ; # TO DO: check the hull number\n    rdfs:label"
    path.write_text(ACTORS.replace("id:awrora a nr:Ship ; rdfs:label", told), encoding="utf-8")
    assert passex("merge", "Aurora", "Awrora")[0] == 0
    assert "# The other spelling.\n# TO DO: check the hull number\n\nid:zeta" in path.read_text()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("bundled", "the graph that comes along is not changed; name files of your own"),
        ("-", "standard input cannot be changed; name a file"),
        ("graph", "graph/actors.ttl: read-only, so that it was not changed; let it be written"),
    ],
)
def test_what_must_not_be_changed(data: str, says: str) -> None:
    Path("graph/actors.ttl").chmod(0o444)
    before = texts()
    for arguments in (["--diff"], []):
        done = passex("merge", "Aurora", "Awrora", "--data", data, *arguments)
        assert done == (2, "", f"passex: {says}\n")
    assert texts() == before


def test_without_a_folder_graph(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert passex("merge", "Aurora", "Awrora", "--data", "graph/2031-x.ttl")[0] == 2
    assert passex("merge", "Aurora", "Awrora", "--data", "graph/actors.ttl")[:2] == (
        0, "graph/actors.ttl\n"
    )  # fmt: skip
    monkeypatch.chdir(here / "graph")
    says = "passex: no folder graph/ here; give files or folders with --data\n"
    assert passex("merge", "Aurora", "Awrora") == (2, "", says)


def test_a_file_that_names_the_node_and_is_no_turtle() -> None:
    path = Path("graph/more.nt")
    path.write_text("<urn:x> <urn:p> <https://w3id.org/passex/id/awrora> .\n", encoding="utf-8")
    assert passex("merge", "Aurora", "Awrora")[::2] == (
        2,
        "passex: graph/more.nt: names id:awrora too, and isn't a file of Turtle; "
        "change it there first\n",
    )
    path.write_text("<urn:x> <urn:p> <https://w3id.org/passex/id/zeta> .\n", encoding="utf-8")
    assert passex("merge", "Aurora", "Awrora")[0] == 0


def test_an_entry_of_the_gazetteer_gets_the_name_where_the_other_node_stood() -> None:
    path = Path("graph/actors.ttl")
    path.write_text(f'{ACTORS}id:rn a nr:Navy ; rdfs:label "His Navy"@en .\n', encoding="utf-8")
    assert passex("merge", "id:royal-navy", "His Navy") == (0, "graph/actors.ttl\n", "")
    assert path.read_text(encoding="utf-8").endswith(
        'id:royal-navy skos:altLabel "His Navy"@en .\n'
    )


def test_quotes_that_prove_a_node_alone_prove_its_name() -> None:
    path = Path("graph/2031-x.ttl")
    text = ARTICLE.replace("ex:awrora nr:hasKind nrc:frigate ;", "ex:awrora")
    path.write_text(text, encoding="utf-8")
    assert passex("merge", "Aurora", "Awrora")[0] == 0
    assert (
        f'<#c6> nr:about ex:aurora ; nr:onProperty <{SKOS.altLabel}> ; nr:hasValue "Awrora"@en ;\n'
        "    nr:hasEvidence <#char=10,20> . # why\n"
    ) in path.read_text(encoding="utf-8")


def test_what_would_say_something_else_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    def spoilt(statement: Statement) -> list[str]:
        return [line.replace("nr:hasHost", "nr:hasPlace") for line in layout.laid_out(statement)]

    monkeypatch.setattr(file_edits, "laid_out", spoilt)
    before = texts()
    says = "the files would say something else after the merge; nothing was written"
    assert passex("merge", "Aurora", "Awrora")[2].startswith(f"passex: {says}; ")
    assert texts() == before


@pytest.mark.parametrize(
    ("facts", "hints"),
    [
        # Of two entries with one name, that of the gazetteer stays, or else what is named more.
        ('id:rn a nr:Navy ; rdfs:label "Royal Navy"@en .',
         {"if they are one: passex merge id:royal-navy id:rn"}),
        ('id:a a nr:Ship ; rdfs:label "Heron"@en . id:b a nr:Ship ; rdfs:label "Heron"@en .',
         {"if they are one: passex merge id:a id:b"}),
        ('id:a a nr:Ship ; rdfs:label "Heron"@en . id:b a nr:Ship ; rdfs:label "Heron"@en .'
         "id:zeta nr:concerns id:b .", {"if they are one: passex merge id:b id:a"}),
        ('id:a a nr:Ship ; rdfs:label "Sea-A"@en . id:b a nr:Ship ; rdfs:label "Sea a"@en .',
         {"if they are one: passex merge id:a id:b; else give both a larger body of their own, or "
          "say owl:differentFrom"}),
    ],
)  # fmt: skip
def test_the_problem_one_thing_twice_gives_the_command(facts: str, hints: set[str]) -> None:
    Path("graph/actors.ttl").write_text(f"{ACTORS}{facts}\n", encoding="utf-8")
    out = passex("validate", "graph", "--report", "json")[1]
    found = [problem["hint"] for problem in json.loads(out)["problems"]]
    assert {hint for hint in found if hint and "if they are one" in hint} == hints


def pairs(graph: rdflib.Graph) -> Iterator[tuple[rdflib.URIRef, rdflib.URIRef]]:
    """Nodes of one class, taken for one thing: some of each class."""
    for name in (
        "Ship",
        "Place",
        "Person",
        "Formation",
        "Series",
        "Event",
        "Meeting",
        "Institution",
    ):
        nodes = set(graph.subjects(RDF.type, NR[name]))
        found = sorted(node for node in nodes if isinstance(node, rdflib.URIRef))
        yield from list(combinations(found, 2))[:3]


@pytest.mark.parametrize("folder", ["story", "encoding"])
def test_any_two_of_a_class_and_nothing_else_changes(folder: str) -> None:
    files = sorted((DATA / folder).glob("*.ttl"))
    parsed = {path: rdflib.Graph().parse(path) for path in files}
    before = rdflib.Graph()
    for graph in parsed.values():
        before += graph
    store, done = library.load(*files).store, 0
    for kept, gone in pairs(before):
        try:
            merge = merging.merge(store, f"<{kept}>", f"<{gone}>", files)
        except QueryError:
            continue  # they are two: they differ in a value, or one leads to the other
        done += 1
        after = rdflib.Graph()
        changed = {path: apply(text, edits) for path, text, edits in merge.changes}
        for path in files:
            if path in changed:
                after.parse(data=changed[path], format="turtle")
            else:
                after += parsed[path]
        assert gone not in after.all_nodes()
        wanted = {tuple(kept if part == gone else part for part in t) for t in before}
        lost, more = wanted - set(after), set(after) - wanted
        claims = set(after.subjects(NR.about, kept))
        for subject, verb, value in lost:
            if subject != kept:
                # A claim that another one repeats.
                assert (subject, NR.about, None) in before
                assert (subject, None, None) not in after
                continue
            assert verb in (RDF.type, RDFS.label, NR.hasEvidence)
            if verb == NR.hasEvidence:
                assert any((claim, verb, value) in after for claim in claims)
        assert {subject for subject, *_ in more} <= {kept} | claims
        named = {value for verb in NAMING for value in before.objects(gone, verb)}
        assert named <= {value for verb in NAMING for value in after.objects(kept, verb)}
        assert len(set(after.objects(kept, RDFS.label))) == 1
    assert done > 7
