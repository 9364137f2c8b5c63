"""`passex query`: its formats by bytes, its exit codes, and what it says of what goes wrong."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import warnings
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from processes import started, works
from rdflib import Graph, Literal, URIRef, Variable
from rdflib.query import Result as Read

import passex
from passex.cli import cli
from passex.errors import QueryError
from passex.query import formats

AZURE = str(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")
ROOT = Path(__file__).resolve().parents[2]
PASSEX = [sys.executable, "-m", "passex", "query"]
SHIPS = "SELECT ?ship ?name { ?ship a nr:Ship ; rdfs:label ?name } ORDER BY ?name LIMIT 2"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d && ?d != ?g) }"
QUEBEC = "https://w3id.org/passex/id/hmcs-ville-de-quebec"
KASHIMA = "https://w3id.org/passex/id/js-kashima"


def query(*arguments: str, text: str | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(
        cli, ["query", *arguments], prog_name="passex", input=text
    )


def written(*arguments: str, text: str | None = None) -> str:
    """What stands on standard output, with its line ends."""
    return query(*arguments, text=text).stdout_bytes.decode()


FORMATS = {
    "table": (
        "ship                     name\n"
        "id:hmcs-ville-de-quebec  HMCS Ville de Québec\n"
        "id:js-kashima            JS Kashima\n"
    ),
    "csv": f"ship,name\r\n{QUEBEC},HMCS Ville de Québec\r\n{KASHIMA},JS Kashima\r\n",
    "tsv": (f'?ship\t?name\n<{QUEBEC}>\t"HMCS Ville de Québec"@en\n<{KASHIMA}>\t"JS Kashima"@en\n'),
    "json": (
        '{"head":{"vars":["ship","name"]},"results":{"bindings":['
        f'{{"ship":{{"type":"uri","value":"{QUEBEC}"}},'
        '"name":{"type":"literal","value":"HMCS Ville de Québec","xml:lang":"en"}},'
        f'{{"ship":{{"type":"uri","value":"{KASHIMA}"}},'
        '"name":{"type":"literal","value":"JS Kashima","xml:lang":"en"}}]}}'
    ),
    "xml": (
        '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
        '<variable name="ship"/><variable name="name"/></head><results>'
        f'<result><binding name="ship"><uri>{QUEBEC}</uri></binding><binding name="name">'
        '<literal xml:lang="en">HMCS Ville de Québec</literal></binding></result>'
        f'<result><binding name="ship"><uri>{KASHIMA}</uri></binding><binding name="name">'
        '<literal xml:lang="en">JS Kashima</literal></binding></result></results></sparql>'
    ),
    "jsonl": (
        f'{{"ship": {{"type": "uri", "value": "{QUEBEC}"}}, '
        '"name": {"type": "literal", "value": "HMCS Ville de Québec", "xml:lang": "en"}}\n'
        f'{{"ship": {{"type": "uri", "value": "{KASHIMA}"}}, '
        '"name": {"type": "literal", "value": "JS Kashima", "xml:lang": "en"}}\n'
    ),
    "markdown": (
        "| ship | name |\n| --- | --- |\n"
        "| id:hmcs-ville-de-quebec | HMCS Ville de Québec |\n| id:js-kashima | JS Kashima |\n"
    ),
}


@pytest.mark.parametrize("form", FORMATS)
def test_solutions_by_bytes(form: str) -> None:
    found = query(SHIPS, "--format", form)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout_bytes.decode() == FORMATS[form]


def test_the_table_is_the_default_and_has_labels() -> None:
    assert query(SHIPS).stdout == FORMATS["table"]
    assert query("SELECT ?x { VALUES ?x { id:japan foaf:name <urn:x> } }", "--labels").stdout == (
        "x\nJapan\nfoaf:name\n<urn:x>\n"
    )
    assert query("SELECT ?n ?t { VALUES (?n ?t) { (5 'a\\nb') (10 UNDEF) } }").stdout == (
        " n  t\n 5  a b\n10\n"
    )


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("table", "true\n"),
        ("markdown", "true\n"),
        ("csv", "true"),
        ("tsv", "true"),
        ("json", '{"head":{},"boolean":true}'),
        (
            "xml",
            '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
            "<head></head><boolean>true</boolean></sparql>",
        ),
        ("jsonl", '{"boolean": true}\n'),
    ],
)
def test_truth_by_bytes(form: str, expected: str) -> None:
    assert query("ASK { id:japan a nr:State }", "--format", form).stdout == expected


def test_false_is_an_answer() -> None:
    found = query("ASK { id:nara a nr:State }")
    assert (found.exit_code, found.stdout) == (0, "false\n")


GRAPH = "CONSTRUCT { id:nara a nr:Place } WHERE { }"
NARA, PLACE = "https://w3id.org/passex/id/nara", "https://w3id.org/passex/ontology#Place"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("turtle", "id:nara a nr:Place .\n"),
        ("trig", "id:nara a nr:Place .\n"),
        ("ntriples", f"<{NARA}> <{TYPE}> <{PLACE}> .\n"),
        ("nquads", f"<{NARA}> <{TYPE}> <{PLACE}> .\n"),
        ("jsonld", f'[{{"@id":"{NARA}","{TYPE}":[{{"@id":"{PLACE}"}}]}}]'),
        (
            "rdfxml",
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:its="http://www.w3.org/2005/11/its">\n'
            f'\t<Place xmlns="https://w3id.org/passex/ontology#" rdf:about="{NARA}">\n'
            "\t</Place>\n</rdf:RDF>",
        ),
    ],
)
def test_graphs_by_bytes(form: str, expected: str) -> None:
    shown = query(GRAPH, "--format", form).stdout
    assert "".join(x for x in shown.splitlines(True) if not x.startswith("@prefix")) == expected
    if form == "turtle":
        assert query(GRAPH).stdout == shown


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (GRAPH, "--format", "csv"),
            "CONSTRUCT gives a graph, which csv does not write; use turtle, ",
        ),
        (
            (SHIPS, "--format", "turtle"),
            "SELECT gives solutions, which turtle does not write; use table, ",
        ),
        (
            ("ASK {}", "--format", "trig"),
            "ASK gives true or false, which trig does not write; use table, ",
        ),
        (
            (SHIPS, "--labels", "--format", "csv"),
            "no labels in csv; use --labels with table or markdown",
        ),
        (("ASK {}", "--why"), "no claims for ASK: it has no rows; use --why with SELECT"),
        ((), "no query; give one, a FILE.rq, - for standard input, or --interactive"),
        (("",), "query: nothing in it; give a SELECT, ASK, CONSTRUCT or DESCRIBE"),
        (("nothing.rq",), "nothing.rq: no such file; give a file, '-', or a query such as "),
        (
            ("queries/parners.rq",),
            "queries/parners.rq: no such file; did you mean queries/partners.rq?",
        ),
        (("queries",), "queries: cannot be read (Is a directory); check the path"),
        (("-i",), "--interactive needs a terminal; give a query, a FILE.rq or -"),
        ((SHIPS, "--bind", "ship=Titanic"), "'Titanic': no node of this graph has that name; "),
        (("-", "--data", "-"), "standard input cannot be both the query and the facts; give "),
        (("-i", "--data", "-"), "the shell reads standard input itself; give the facts as a file"),
        ((SHIPS, "--timeout", "nan"), "Invalid value for '--timeout': nan is no number"),
        ((SHIPS, "--limit", "-1"), "Invalid value for '--limit'"),
        ((SHIPS, "--timeout", "0"), "Invalid value for '--timeout'"),
        ((SHIPS, "--data", "/nowhere.ttl"), "/nowhere.ttl: no such file or folder"),
        (
            ("SELECT ?start { ?start a nr:Ship }", "--why", "--format", "csv"),
            "--why adds a column start",
        ),
        (
            ("SELECT * FROM <https://w3id.org/passex/graph> {}", "--why", "--format", "csv"),
            "no claims for a query with FROM",
        ),
    ],
)
def test_one_line_and_exit_code_2(arguments: tuple[str, ...], message: str) -> None:
    done = subprocess.run(
        [*PASSEX, *arguments], capture_output=True, check=False, text=True, cwd=ROOT
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"passex: {message}")
    assert done.stderr.count("\n") == 1


def test_errors_show_the_place() -> None:
    found = query("SELECT ?s {\n  ?s a rdff:X }")
    assert (found.exit_code, found.stdout) == (2, "")
    first, *rest = found.stderr.splitlines()
    assert first.startswith(
        "passex: query:2:8: the prefix 'rdff:' is not declared; did you mean rdf:"
    )
    assert rest == ["  2 |   ?s a rdff:X }", "    |        ^^^^^"]


def test_the_page_shows_what_is_said() -> None:
    page = (ROOT / "docs" / "query.md").read_text(encoding="utf-8")
    blocks = re.findall(r'```text\n\$ passex query "(.*?)"\n(.*?)```', page, re.DOTALL)
    assert len(blocks) == 3
    for text, shown in blocks:
        found = query(text)
        assert found.stderr + found.stdout == shown


def test_text_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"ASK { ?s ?p '\xff' }")
    found = query(str(tmp_path / "q.rq"))
    assert found.exit_code == 2
    assert found.stderr == f"passex: {tmp_path}/q.rq: not UTF-8 at byte 13; save it as UTF-8\n"


def test_warnings_come_before_the_answer() -> None:
    found = query("SELECT ?s { ?s nr:hasParticipent ?x }")
    assert (found.exit_code, found.stdout) == (0, "No solutions.\n")
    assert found.stderr == (
        "passex: warning: query:1:16: nr:hasParticipent is not in the ontology; "
        "did you mean nr:hasParticipant?\n"
        "  1 | SELECT ?s { ?s nr:hasParticipent ?x }\n"
        "    |                ^^^^^^^^^^^^^^^^^\n"
    )


WHOLE = "leave it out: all facts are in one graph, which FROM can call "
WHOLE += "<https://w3id.org/passex/graph>"


@pytest.mark.parametrize(
    ("text", "answer", "warned"),
    [
        ("FROM <https://w3id.org/passex/graph> { id:japan a nr:State }", "true", []),
        (
            "FROM <https://w3id.org/passex/workings> { ?s ?p ?o }",
            "false",
            [f"1:10: <https://w3id.org/passex/workings> is no graph here; {WHOLE}"],
        ),
        (
            "from named <https://w3id.org/passex/workings> { ?s ?p ?o }",
            "false",
            [f"1:5: FROM looks at named graphs, and here are none; {WHOLE}"],
        ),
        (
            "{ GRAPH ?g { ?s ?p ?o } }",
            "false",
            [f"1:7: GRAPH looks at named graphs, and here are none; {WHOLE}"],
        ),
        (
            "FROM id:x FROM <https://w3id.org/passex/names> { ?s ?p ?o }",
            "false",
            [
                f"1:10: id:x is no graph here; {WHOLE}",
                f"1:20: <https://w3id.org/passex/names> is no graph here; {WHOLE}",
            ],
        ),
    ],
)
def test_there_is_one_graph(text: str, answer: str, warned: list[str]) -> None:
    found = query(f"ASK {text}", "--format", "csv")
    assert (found.exit_code, found.stdout) == (0, answer)
    lines = [line for line in found.stderr.splitlines() if line.startswith("passex: ")]
    assert sorted(lines) == sorted(f"passex: warning: query:{line}" for line in warned)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert passex.load().ask_query(f"ASK {text}") is (answer == "true")
    said = [str(warning.message).splitlines()[0] for warning in caught]
    assert said == [f"query:{line}" for line in warned]


def test_a_service_that_does_not_answer(tmp_path: Path) -> None:
    found = query("SELECT * { SERVICE <http://127.0.0.1:2/sparql> { ?s ?p ?o } }")
    assert (found.exit_code, found.stdout) == (2, "")
    assert re.fullmatch(
        r"passex: SERVICE does not answer \(.+\); check its URL, or write SERVICE SILENT to go on "
        r"without it\n",
        found.stderr,
    )
    silent = query("SELECT (1 AS ?n) { SERVICE SILENT <http://127.0.0.1:2/sparql> { ?s ?p ?o } }")
    assert (silent.exit_code, silent.stdout) == (0, "n\n1\n")


def test_functions_that_nobody_has() -> None:
    found = query("SELECT (<urn:f>(1) AS ?x) {}")
    message = (
        "there is no function <urn:f> here; use one of SPARQL 1.1, or ask a server that has it"
    )
    assert (found.exit_code, found.stdout, found.stderr) == (2, "", f"passex: {message}\n")
    with pytest.raises(QueryError) as caught:
        passex.load().query("ASK { FILTER(<urn:f>(1)) }")
    assert str(caught.value) == message


def test_directions_of_writing() -> None:
    text = 'SELECT ?x { BIND("x"@ar--rtl AS ?x) }'
    term = {"type": "literal", "value": "x", "xml:lang": "ar", "its:dir": "rtl"}
    assert json.loads(written(text, "--format", "jsonl")) == {"x": term}
    assert json.loads(written(text, "--format", "json"))["results"]["bindings"] == [{"x": term}]


def test_files_standard_input_and_own_prefixes(tmp_path: Path) -> None:
    path = tmp_path / "a b.rq"
    path.write_bytes(b"\xef\xbb\xbfPREFIX nr: <urn:own:> SELECT (nr:x AS ?x) { }")
    assert written(str(path), "--format", "csv") == "x\r\nurn:own:x\r\n"
    assert written("-", "--format", "csv", text="SELECT (sh:x AS ?x) { }") == (
        "x\r\nhttp://www.w3.org/ns/shacl#x\r\n"
    )


def test_values_from_outside() -> None:
    found = query(str(ROOT / "queries" / "partners.rq"), "--bind", "actor=Japan", "--labels")
    assert found.stdout.splitlines()[0].split() == [
        *("actor", "partner", "level", "basis", "domain", "exercise"),
        *("status", "reported", "earliest", "latest"),
    ]
    assert {line.split("  ")[0] for line in found.stdout.splitlines()[1:]} == {"Japan"}
    assert found.stderr == ""
    hostile = query("SELECT ?x { }", "--bind", 'x="\\" } } ; DROP ALL #"', "--format", "tsv")
    assert hostile.stdout == '?x\n"\\" } } ; DROP ALL #"\n'


def test_cut_is_not_empty_and_not_whole() -> None:
    for form in ("table", "csv", "tsv", "json", "xml", "jsonl", "markdown"):
        cut = query(SHIPS, "--limit", "1", "--format", form)
        assert cut.exit_code == 3
        assert cut.stderr == "passex: cut at 1 row; there are more\n"
        own = query(SHIPS.replace("LIMIT 2", "LIMIT 1"), "--format", form)
        assert cut.stdout == own.stdout
        whole = query(SHIPS, "--limit", "2", "--format", form)
        assert (whole.exit_code, whole.stderr) == (0, "")
        assert whole.stdout_bytes.decode() == FORMATS[form]
    none = query("SELECT ?x { ?x a nr:Ship, nr:State }", "--limit", "1", "--format", "csv")
    assert (none.exit_code, none.stdout_bytes, none.stderr) == (0, b"x\r\n", "")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("limit", ["0", "1"])
def test_true_and_false_are_never_cut(form: str, limit: str) -> None:
    for text in ("ASK {}", "ASK { FILTER(false) }", "ASK { ?s a nr:Ship } LIMIT 5"):
        whole, cut = query(text, "--format", form), query(text, "--format", form, "--limit", limit)
        assert (cut.exit_code, cut.stderr, cut.stdout_bytes) == (0, "", whole.stdout_bytes)


def test_of_a_cut_to_nothing_it_is_not_said_that_there_is_nothing() -> None:
    note = "passex: cut at 0 rows; there are more\n"
    for more in ((), ("--labels",), ("--why",)):
        cut = query(SHIPS, "--limit", "0", *more)
        assert (cut.exit_code, cut.stdout, cut.stderr) == (3, "ship  name\n", note)
    none = query("SELECT ?x { ?x a nr:Ship, nr:State }", "--limit", "0")
    assert (none.exit_code, none.stdout, none.stderr) == (0, "No solutions.\n", "")


def test_graphs_are_cut() -> None:
    text = "CONSTRUCT { id:nara a nr:Place ; a nr:Ship } WHERE { }"
    cut = query(text, "--limit", "1", "--format", "ntriples")
    assert (cut.exit_code, cut.stdout.count("\n")) == (3, 1)
    assert cut.stderr == "passex: cut at 1 triple; there are more\n"
    whole = query(text, "--limit", "2", "--format", "ntriples")
    assert (whole.exit_code, whole.stdout.count("\n"), whole.stderr) == (0, 2, "")


def test_timed_out() -> None:
    command = [*PASSEX, SLOW, "--timeout", "0.5"]
    done = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (124, "")
    assert done.stderr == "passex: timed out after 0.5 s; the answer is not whole\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no signals of this kind")
def test_ctrl_c_stops_a_running_query() -> None:
    with started([*PASSEX, SLOW]) as process:
        works(process.pid, 2)  # to start takes less
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == (b"", b"passex: interrupted\n")
        assert process.returncode == 130


TRAINED = "SELECT ?b { id:jmsdf nr:trainedWith ?b } ORDER BY ?b"


def test_behind_a_derived_triple_is_its_chain_and_nothing_else() -> None:
    told = query(TRAINED, "--why").stdout.splitlines()
    assert [line for line in told if line[:1] != " " and line] == [
        *("b: id:navy-of-south-korea", "b: id:navy-of-united-states", "b: id:snmg1", "b: id:snmg2"),
    ]
    at = told.index("b: id:snmg1")
    assert told[at + 1 : at + 7] == [
        "  Japan Maritime Self-Defense Force trained with Standing NATO Maritime Group One:",
        "  1. Passing exercise of SNMG1 and a JMSDF training squadron, August 2018 "
        "(exercise, held; naval)",
        "     when: 2018-08-21 ('today'; from outside knowledge)",
        "     named: JMSDF Training Squadron, JS Kashima, JS Makinami, "
        "Standing NATO Maritime Group One",
        "     tied at: service level, stated",
        "     Japan Maritime Self-Defense Force: through JMSDF Training Squadron (JMSDF Training "
        "Squadron belongs to Japan Maritime Self-Defense Force)",
    ]
    assert not any("claims about" in line for line in told)


def test_claims_of_a_chain_in_the_other_formats() -> None:
    told = query(TRAINED, "--why", "--format", "tsv").stdout.splitlines()
    cells = [line.split("\t") for line in told[1:]]
    on = {(b[1:-1].rpartition("/")[2], about[1:-1].rpartition("/")[2]) for b, about, *_ in cells}
    assert {about for b, about in on if b == "snmg1"} == {
        "passex-2018-08",
        "affiliation-jmsdf-training-squadron-jmsdf",
    }
    # Only the exercise that is a step to each.
    assert ("snmg1", "sailing-off-spain-2018-08") not in on
    assert ("snmg2", "sailing-off-spain-2018-08") in on
    shown = query(TRAINED, "--why", "--format", "tsv", "--show").stdout
    assert sorted(query(shown, "--format", "tsv").stdout.splitlines()) == sorted(told)


@pytest.mark.parametrize(
    ("text", "arguments", "line"),
    [
        (
            "SELECT ?b { ?a nr:plansToTrainWith ?b }",
            ("--bind", "a=Russia"),
            "  Russia plans to train with Japan:",
        ),
        (
            "SELECT ?s ?p ?o { VALUES (?s ?p) { (id:jmsdf nr:belongsTo) } ?s ?p ?o }",
            (),
            "  Japan Maritime Self-Defense Force belongs to Japan:",
        ),
        (
            "SELECT ?x { BIND(1 AS ?x) id:passex-2018-08 nr:involvesState id:japan }",
            (),
            "  Passing exercise of SNMG1 and a JMSDF training squadron, August 2018 "
            "involves state Japan:",
        ),
    ],
)
def test_every_derived_property_has_a_chain(
    text: str, arguments: tuple[str, ...], line: str
) -> None:
    told = query(text, "--why", *arguments).stdout.splitlines()
    assert line in told
    assert any(part.strip().startswith("“") for part in told[told.index(line) :])


def test_claims_behind_rows() -> None:
    text = "SELECT ?e { ?e a nr:Exercise ; nr:hasParticipant id:snmg1 } ORDER BY ?e"
    told = query(text, "--why").stdout.splitlines()
    event = "id:passex-2018-08"
    assert f"e: {event}" in told
    at = told.index(f"  claims about {event}:")
    says = "Passing exercise of SNMG1 and a JMSDF training squadron, August 2018: has participant "
    says += "Standing NATO Maritime Group One"
    assert told[at + 1] == f"  - {says}"
    header, *rows = written(text, "--why", "--format", "csv").split("\r\n")
    assert header == "e,about,claim,says,article,start,end,exact"
    assert any(re.search(rf',"{says}",[^,]+,0,53,', r) for r in rows)
    plain = query("SELECT ?l { id:nara rdfs:label ?l }", "--why", "--format", "tsv").stdout
    assert (
        plain
        == '?l\t?about\t?claim\t?says\t?article\t?start\t?end\t?exact\n"Nara"@en\t\t\t\t\t\t\t\n'
    )
    assert (
        query("SELECT ?l { id:nara rdfs:label ?l }", "--why").stdout == "l: Nara\n  claims: none\n"
    )


def test_claims_keep_the_rows_and_their_order() -> None:
    text = "SELECT ?e ?l { ?e a nr:Event OPTIONAL { ?e nr:follows ?l } } ORDER BY DESC(?e)"
    plain = query(text, "--format", "tsv").stdout.splitlines()[1:]
    told = query(text, "--why", "--format", "tsv").stdout.splitlines()[1:]
    assert list(dict.fromkeys("\t".join(row.split("\t")[:2]) for row in told)) == plain
    # Where nothing is bound, the claims are not about everything.
    assert any(row.endswith("\t") for row in plain)
    for row in told:
        event, last, about, *_ = row.split("\t")
        assert about in (event, last, "")


def test_show_prints_a_query_that_runs_anywhere(tmp_path: Path) -> None:
    shown = query("SELECT ?s { ?s a ?k }", "--bind", "k=nr:Ship", "--limit", "1", "--show").stdout
    assert shown == (
        "SELECT ?s { VALUES ?k { <https://w3id.org/passex/ontology#Ship> } ?s a ?k } LIMIT 1\n"
    )
    text = query(SHIPS, "--why", "--format", "csv", "--show").stdout
    engine = ox.Store()
    assert isinstance(engine.query(text), ox.QuerySolutions)
    Graph().query(text)


def test_explain_prints_the_algebra() -> None:
    found = query("SELECT ?s { ?s a nr:Ship FILTER(?s != id:x) } LIMIT 1", "--explain")
    assert found.stdout == (
        "(SelectQuery\n"
        "  (Slice\n"
        "    (Project\n"
        "      (Filter\n"
        "        expr=(RelationalExpression expr=?s op=!= other=id:x)\n"
        "        (BGP\n"
        "          ?s rdf:type nr:Ship))\n"
        "      PV=[?s])\n"
        "    start=0\n"
        "    length=1)\n"
        "  PV=[?s])\n"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SELECT ?s { VALUES (?s ?o) { (1 UNDEF) ('a' id:x) } }", '(?o=UNDEF ?s="1"^^xsd:integer)'),
        ("SELECT ?s { ?s !(rdf:type|^nr:about) ?o }", "Path(!"),
        (r"SELECT ?p { id:js\-kashima ?p ?o }", r"js\-kashima"),
        ("SELECT ?s { ?s a nr:Ship OPTIONAL { ?s ?p ?o } }", "(LeftJoin"),
    ],
)
def test_explain_prints_whatever_rdflib_reads(text: str, shown: str) -> None:
    found = query(text, "--explain")
    assert found.exit_code == 0, found.stderr
    assert shown in found.stdout
    assert "TrueFilter" not in found.stdout


def test_explain_with_values_and_of_every_question() -> None:
    bound = query("SELECT ?s { ?s a ?k }", "--bind", "k=nr:Ship", "--explain").stdout
    assert bound == (
        "(SelectQuery\n  (Project\n    (Join\n      (ToMultiSet\n        (values\n"
        "          res=(?k=nr:Ship)))\n      (BGP\n        ?s rdf:type ?k))\n    PV=[?s])\n"
        "  PV=[?s])\n"
    )
    for path in sorted((ROOT / "queries").glob("*.rq")):
        assert query(str(path), "--explain").stdout.startswith("(SelectQuery\n")


def test_a_graph_of_ones_own() -> None:
    found = query("SELECT (COUNT(*) AS ?n) { ?s a nr:State }", "--data", AZURE, "--no-cache")
    assert found.stdout.splitlines()[0] == "n"
    assert query("ASK { GRAPH ?g { ?s ?p ?o } }").stdout == "false\n"


def test_the_plain_path_imports_no_large_library() -> None:
    script = (
        "import sys; from passex.cli import cli\n"
        "cli(['query', 'ASK { ?s a nr:Ship }', '--format', 'json'], standalone_mode=False)\n"
        "large = ('rdflib', 'networkx', 'prompt_toolkit', 'pyshacl')\n"
        "print([name for name in large if name in sys.modules])"
    )
    query("ASK {}")  # the cache
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout == '{"head":{},"boolean":true}[]\n'


def test_closed_pipes_and_full_disks() -> None:
    command = [*PASSEX, "SELECT * { ?s ?p ?o . ?a ?b ?c FILTER(?a != ?s) }", "--format", "csv"]
    with started(command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0
    if os.path.exists("/dev/full"):
        with open("/dev/full", "wb") as full:
            done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert done.stderr == b"passex: cannot write the answer (No space left on device)\n"


def test_memory_does_not_grow_with_the_answer() -> None:
    script = (
        "import sys, resource; from passex.cli import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )

    def peak(limit: int) -> int:
        text = f"SELECT * {{ ?s ?p ?o . ?a ?b ?c FILTER(?a != ?s) }} LIMIT {limit}"
        command = [sys.executable, "-c", script, "query", text, "--format", "json"]
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True
        )
        return int(done.stderr)

    assert peak(200_000) < peak(1) * 1.3


TERMS = st.one_of(
    st.integers().map(ox.Literal),
    st.text(st.characters(exclude_categories=["Cs", "Cc"])).map(ox.Literal),
    st.text("a\"'\\\t\n,;<>&é𝄞").map(ox.Literal),
    st.text("ab").map(lambda t: ox.Literal(t, language="en-gb")),
    st.text("a1.").map(lambda t: ox.Literal(t, datatype=ox.NamedNode("urn:type"))),
    st.sampled_from(["urn:a", "http://e.org/é?x=1&y#z"]).map(ox.NamedNode),
)
ROWS = st.lists(st.tuples(st.none() | TERMS, TERMS), max_size=4)


def read_by_rdflib(data: bytes, form: str) -> list[tuple[object, ...]]:
    if form == "jsonl":
        rows = [json.loads(line) for line in data.decode().split("\n") if line]
        document = {"head": {"vars": ["a", "b"]}, "results": {"bindings": rows}}
        data, form = json.dumps(document).encode(), "json"
    found = Read.parse(io.BytesIO(data), format=form)
    names = (Variable("a"), Variable("b"))
    return [tuple(row.get(name) for name in names) for row in found.bindings]


def as_rdflib(term: object) -> object:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value.endswith("#string")
        return Literal(term.value, datatype=None if plain else URIRef(term.datatype.value))
    return term


def solutions_in(
    form: str, rows: list[tuple[ox.NamedNode | ox.Literal | None, ox.NamedNode | ox.Literal]]
) -> bytes:
    # Apart from where they are read: the parser's errors keep what stands there, for any thread to
    # clear away, and the engine's object has to end in its own.
    values = " ".join(f"({'UNDEF' if a is None else a} {b})" for a, b in rows)
    found = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {values} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    out = io.BytesIO()
    if form == "jsonl":
        formats.write_lines(found, out)
    else:
        formats.write(found, out, formats.SOLUTIONS[form])
    return out.getvalue()


@pytest.mark.parametrize("form", ["json", "xml", "tsv", "csv", "jsonl"])
@given(rows=ROWS)
def test_rdflib_reads_back_what_is_written(
    form: str, rows: list[tuple[ox.NamedNode | ox.Literal | None, ox.NamedNode | ox.Literal]]
) -> None:
    data = solutions_in(form, rows)
    expected = [tuple(map(as_rdflib, row)) for row in rows]
    if form == "csv":
        # CSV tells no IRI from a text, and nothing from an empty text.
        text = [[str(t) if t is not None else "" for t in row] for row in expected]
        read = [["" if t is None else str(t) for t in r] for r in read_by_rdflib(data, form)]
        assert read == text
    else:
        assert read_by_rdflib(data, form) == expected
