"""What the documentation shows is what the commands do."""

from __future__ import annotations

import doctest
import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import click
import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import passex
from passex import evidence
from passex.cli import cli
from passex.graph.terms import PREFIXES
from passex.query.solutions import Solutions

ROOT = Path(__file__).resolve().parents[2]
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
HEAD = "@base <https://w3id.org/passex/id/article-2031-example> .\n"
HEAD += "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(page: Path, language: str) -> list[str]:
    """What stands in the blocks of a language on a page, in order."""
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", ROOT / "docs" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_print_what_the_page_shows(
    page: Path, update: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    text = page.read_text(encoding="utf-8")
    assert update.filled(text) == text


def test_a_changed_output_is_noticed(update: ModuleType) -> None:
    assert "nonsense" not in update.filled("```console\n$ passex --version\nnonsense\n```\n")


def test_a_story_goes_on_from_block_to_block(
    update: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = [
        "<!-- file texts/a.txt -->\n```text\nTwo navies met.\n```\n",
        "```console\n$ passex cite texts/a.txt 'Three navies'\n```\n",
        "```diff\n+++ texts/a.txt\n@@\n-Two navies met.\n+Three navies met.\n```\n",
    ]
    told = update.filled("\n".join([update.STORY, *blocks, blocks[1]]))
    assert told.count("passex: the text does not have") == 1
    assert told.endswith(
        '<#char=0,12> oa:exact "Three navies" .\n  line 1: [Three navies] met.\n```\n'
    )
    assert list(tmp_path.iterdir()) == []  # it has a folder of its own
    part = "<!-- part a.ttl: b -->\n```turtle\nold\n```\n"
    shown = update.filled(
        f"{update.STORY}<!-- file a.ttl -->\n```turtle\na\n\nb 1\nc\n\nd\n```\n{part}"
    )
    assert shown.endswith(part.replace("old", "b 1\nc"))
    with pytest.raises(AssertionError):  # the change is of what isn't there
        update.filled("\n".join([update.STORY, *blocks, blocks[2]]))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_blocks_run(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    # A page is one run: what one block names, the blocks after it use.
    names: dict[str, object] = {}
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), 0)
        assert test.examples
        assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
        names = test.globs


def test_every_command_is_on_the_page_of_commands() -> None:
    text = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    with click.Context(cli) as context:
        names = cli.list_commands(context)
    assert names == re.findall(r"^## passex (\S+)$", text, re.MULTILINE)
    for name in names:
        assert f"```console\n$ passex {name} --help\nUsage: passex {name} [OPTIONS]" in text


def test_python_page_has_examples() -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    for call in (
        *("load", "query", "ask", "network", "ties", "rank", "communities"),
        *("why", "show", "stats", "resolve", "check"),
    ):
        assert re.search(rf"^>>> .*\b{call}\(", text, re.MULTILINE), call


@pytest.mark.usefixtures("folder")
def test_picture_is_drawn_from_the_graph(update: ModuleType) -> None:
    kept = update.PICTURE.read_text(encoding="utf-8")
    assert kept == update.picture()
    # It turns dark where its reader has chosen that.
    assert "@media (prefers-color-scheme: dark)" in kept


def test_rules_page_is_written_from_the_rules(update: ModuleType) -> None:
    assert update.RULES.read_text(encoding="utf-8") == update.rules()
    page = (ROOT / "docs" / "validate.md").read_text(encoding="utf-8")
    (listed,) = re.findall(r"for all its rules: (.*?);", page, re.DOTALL)
    assert re.findall(r"`(\w+)`", listed) == [check.name for check in update.CHECKS]


def test_readme_opens_with_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    assert len(text.splitlines()) <= 120
    assert len(commands) == 2
    assert commands[1] == "python3 tests/run.py\n"
    assert "exec python3 tests/run.py" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    links = re.findall(r"\]\(([\w./-]+)(?:#[\w-]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_contents_list_every_page() -> None:
    text = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([a-z0-9-]+\.md)\)", text)) == pages


def test_every_node_of_the_table_of_sentences_is_in_the_graph() -> None:
    store = ox.Store()
    for path in (ROOT / "graph").rglob("*.ttl"):
        store.load(path=path)
    text = (ROOT / "docs" / "articles.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| ") and "`id:" in line]
    assert len(rows) > 36
    for name in {name for row in rows for name in re.findall(r"`id:([a-z0-9-]+)`", row)}:
        node = ox.NamedNode(f"https://w3id.org/passex/id/{name}")
        assert next(store.quads_for_pattern(node, None, None), None) is not None, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_turtle_blocks_parse_and_use_declared_terms_only(page: Path) -> None:
    declared = ox.Store()
    for name in ("naval.ttl", "concepts.ttl"):
        declared.load(path=str(ROOT / "ontology" / name))
    for block in blocks(page, "turtle"):
        # A snippet goes without its head.
        text = block if "@prefix" in block else HEAD + block
        assert max(map(len, block.splitlines())) <= 120
        for triple in ox.parse(text.encode(), ox.RdfFormat.TURTLE):
            for term in (triple.predicate, triple.object):
                if isinstance(term, ox.NamedNode) and "/passex/id/" not in term.value:
                    known = declared.quads_for_pattern(term, RDF_TYPE, None)
                    standard = term.value.startswith("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
                    standard |= term.value.startswith("http://www.w3.org/2000/01/rdf-schema#")
                    assert standard or next(known, None) is not None, term


def test_every_term_that_the_page_on_encoding_names_is_declared() -> None:
    declared = ox.Store()
    for name in ("naval.ttl", "concepts.ttl", "gazetteer.ttl"):
        declared.load(path=str(ROOT / "ontology" / name))
    text = (ROOT / "docs" / "encoding.md").read_text(encoding="utf-8")
    names = set(re.findall(r"\b(nrc?|org|dcterms|prov|oa|skos):([A-Za-z][\w-]*)", text))
    assert len(names) > 120
    for prefix, name in names:
        term = ox.NamedNode(PREFIXES[prefix] + name)
        assert next(declared.quads_for_pattern(term, None, None), None) is not None, term


@pytest.mark.parametrize("number", range(len(blocks(ROOT / "docs" / "data-model.md", "sparql"))))
def test_queries_of_the_data_model_have_answers(number: int) -> None:
    graph = passex.load("bundled", ROOT / "tests" / "data" / "story")
    answer = graph.query(blocks(ROOT / "docs" / "data-model.md", "sparql")[number])
    assert isinstance(answer, Solutions)
    assert len(answer) > 0


def test_the_example_of_the_data_model_is_valid_and_complete(tmp_path: Path) -> None:
    page = ROOT / "docs" / "data-model.md"
    (text,), (turtle,) = blocks(page, "text"), blocks(page, "turtle")
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "strait.txt").write_text(text, encoding="utf-8")
    path = tmp_path / "2030-strait-drill.ttl"
    path.write_text(turtle, encoding="utf-8")
    arguments = ["validate", str(path), "--texts", str(tmp_path / "text"), "--fail-on", "info"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    graph = passex.load(path)
    report = evidence.check(graph.store, tmp_path / "text")
    assert (report.articles, report.anchors, report.findings) == (1, 5, ())
    # As the page says: a number is on a property that no node has, and a claim joins with its fact.
    assert graph.ask_query("ASK { ?c nr:quantityOf nrc:frigate ; nr:onProperty nr:hasQuantity }")
    assert not graph.ask_query("ASK { ?any nr:hasQuantity ?number }")
    unproved = """SELECT ?p ?o { id:strait-30 ?p ?o
        FILTER(?p IN (nr:hasParticipant, nr:hasStatus, nr:hasPlace, nr:earliest, nr:latest))
        FILTER NOT EXISTS { ?c nr:about id:strait-30 ; nr:onProperty ?p ; nr:hasValue ?o } }"""
    assert list(graph.select(unproved)) == []


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The article that the page on encoding begins with: its text and its Turtle in a folder."""
    page = ROOT / "docs" / "encoding.md"
    (tmp_path / "text").mkdir()
    (tmp_path / "text" / "salt-road.txt").write_text(blocks(page, "text")[0], encoding="utf-8")
    (tmp_path / "2031-salt-road.ttl").write_text(blocks(page, "turtle")[0], encoding="utf-8")
    return tmp_path


def test_the_article_of_the_page_on_encoding_is_valid(example: Path) -> None:
    turtle = str(example / "2031-salt-road.ttl")
    arguments = ["validate", turtle, "--texts", str(example / "text"), "--fail-on", "warning"]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 0, result.output
    report = evidence.check(passex.load(turtle).store, example / "text")
    assert (report.articles, report.findings) == (1, ())
    ties = passex.load(turtle).ties(passex.Policy(level="state")).ties
    assert [(tie.source.label, tie.target.label) for tie in ties] == [("Chile", "Portugal")]


def test_the_command_of_the_page_on_encoding_finds_its_quotes(
    example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(example / "text")
    page = ROOT / "docs" / "encoding.md"
    head, quotes = (
        CliRunner().invoke(cli, shlex.split(line.removeprefix("passex "))).stdout.splitlines()
        for line in blocks(page, "sh")[0].splitlines()
    )
    turtle = blocks(page, "turtle")[0]
    assert (len(head), len(quotes)) == (1, 2)
    assert all(line in turtle for line in head + quotes)


#: What goes wrong with the example, by an edit, and what is said.
BROKEN = [
    (
        "@base <https://w3id.org/passex/id/article-2031-salt-road> .\n",
        "",
        "The article has the IRI of a file: give @base",
    ),
    (
        'oa:exact "began a six-day exercise"',
        'oa:exact "began a six-day"',
        "The anchor is longer or shorter than its position spans",
    ),
    (
        'oa:exact "The navies of Portugal and Chile"',
        'oa:exact "The navies of Portugal and Chile began an exercise"',
        "exactly one phrase (oa:exact) of one to eight words",
    ),
    (
        "<#char=46,57> oa:exact",
        "<#char=36,57> oa:exact",
        "This quote lies within no zone of its article",
    ),
    ("<#char=46,57> oa:exact", "<#char=47,57> oa:exact", "No claim rests on this quote"),
    (
        "nr:hasDomain nrc:naval ; nr:leavesOpen",
        "nr:hasDomain nrc:naval, nrc:air ; nr:leavesOpen",
        "No claim supports nr:hasDomain nrc:air",
    ),
    (
        "; nr:hasPlace id:off-madeira ;\n",
        ";\n",
        "for certain, and the node does not have it",
    ),
    (
        "; nr:onProperty nr:hasStatus ;",
        "; nr:onProperty nr:hasStatus, nr:hasDomain ;",
        "A claim is on exactly one property",
    ),
    ("<#c3> nr:about", "<#c3> nr:about id:aurora,", "about exactly one node"),
    (
        "nr:onProperty nr:hasStatus ; nr:hasValue nrc:under-way ;",
        "nr:onProperty nr:hasStatus ;",
        "A claim gives the value that it supports",
    ),
    (
        "nr:hasValue nrc:under-way ; nr:hasEvidence <#char=93,117> .",
        "nr:hasValue nrc:under-way .",
        "A claim that is stated or inferred needs evidence",
    ),
    (
        "nr:hasEvidence <#char=398,438> .",
        'nr:hasEvidence <#char=0,36> .\n<#char=0,36> oa:exact "Portugal and Chile drill" .',
        "The evidence stands outside the body",
    ),
    ("nr:leavesOpen nr:hasParticipant ; ", "", "needs at least two different participants"),
    (
        "nr:hasParticipant id:aurora ;",
        "nr:hasParticipant id:aurora, id:chile-mod ;",
        "A person or an institution is no participant of an exercise",
    ),
    (
        "id:salt-32 a nr:ExercisePlan",
        "id:salt-32 a nr:Exercise, nr:ExercisePlan",
        "This node is an event and a plan at once",
    ),
    (
        "nr:hasStatus nrc:under-way ;\n",
        "nr:hasStatus nrc:under-way, nrc:held ;\n",
        "An exercise has exactly one status",
    ),
    (
        'nr:earliest "2031-06-02"^^xsd:date ; nr:latest "2031-06-07"',
        'nr:earliest "2031-06-06"^^xsd:date ; nr:latest "2031-06-07"',
        "it is a plan, or a date is wrong",
    ),
    (
        'nr:dateWords "on Monday"',
        'nr:dateWords "last Monday"',
        "No anchor of a claim about this node has the date words",
    ),
    (
        'nr:dateWords "5 June 2031" ;',
        'nr:dateWords "5 June 2031" ; nr:weekday "Monday" ;',
        "was no Monday",
    ),
    (
        "nr:dateBasis nrc:date-from-calendar .",
        "nr:dateBasis nrc:date-from-calendar ; nr:hasEvidence <#char=60,92> .",
        "goes with a claim, or with a node whose quotes are in the body",
    ),
    ("nr:hasObserver id:norway .", "nr:hasObserver id:norwey .", "Nothing in the graph describes"),
    ("nr:hasKind nrc:frigate ;", "nr:hasKind nrc:ministry ;", "A kind is a concept of the list"),
    (
        "id:off-madeira a nr:Place ;",
        'id:m a nr:Place ; rdfs:label "waters off Madeira"@en .\nid:off-madeira a nr:Place ;',
        "has the same name",
    ),
]


@pytest.mark.parametrize(("old", "new", "words"), BROKEN, ids=[words for *_, words in BROKEN])
def test_the_page_on_encoding_says_what_is_said(
    old: str, new: str, words: str, example: Path
) -> None:
    turtle = example / "2031-salt-road.ttl"
    text = turtle.read_text(encoding="utf-8")
    assert old in text
    turtle.write_text(text.replace(old, new, 1), encoding="utf-8")
    result = CliRunner().invoke(cli, ["validate", str(turtle)])
    assert result.exit_code == 1
    assert words in result.output
    assert words in (ROOT / "docs" / "encoding.md").read_text(encoding="utf-8")
