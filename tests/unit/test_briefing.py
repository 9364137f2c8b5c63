"""Briefings: every sentence, in Markdown and in Word, and what becomes of hostile labels."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import DCTERMS, RDF
from stages import generated
from test_sentences import happenings

import passex
from passex import KnowledgeGraph, Policy, load
from passex.cli import cli
from passex.errors import PassexError, QueryError
from passex.evidence import best_quotes
from passex.exports import build, export
from passex.graph.store import Store
from passex.graph.terms import PREFIXES
from passex.network.finding import say_finding

docx = pytest.importorskip("docx", reason="pip install --editable '.[briefing]'")
pytest.importorskip("typst", reason="pip install --editable '.[briefing]'")

AZURE = Path(__file__).parents[1] / "data" / "azure.ttl"
EVERY = ("held", "under-way", "planned")
VERSION = passex.__version__
BASE = "https://w3id.org/passex/id/"
NR = rdflib.Namespace(PREFIXES["nr"])
TEXT = """\
# Who trains with whom

What counts: state level; exercises held and under way, and plans not yet realised; naval domain.

The network has 3 actors, 3 ties, 3 exercises and 1 plan.

## What it shows

Azure, Cobalt and Umber each trained with both others.

Most exercises in common, 3: Azure and Cobalt.

1 plan, not yet realised, ties 1 pair.
PICTURE
## 3 ties

- **Azure \N{EN DASH} Cobalt**: 3 exercises; Rescue exercise (2029; held); July sailing (2030-07; \
held); and 1 more
  > “Azure and Cobalt held a rescue exercise” (Article on the harbour · characters \
161\N{EN DASH}200)
- **Cobalt \N{EN DASH} Umber**: 1 exercise and 1 plan; Three-way drill (no date; under way when \
reported); Drill of Umber and Cobalt (no date; announced when reported)
- **Azure \N{EN DASH} Umber**: 1 exercise; Three-way drill (no date; under way when reported)

## What is planned

1 plan is open. It is not counted as an exercise.

- **Drill of Umber and Cobalt**: no date; announced when reported; Cobalt and Umber
  > “a drill with Cobalt” (Article on the harbour · characters 221\N{EN DASH}240 · probable)

## What is not known

This is what the sources tell of, and not all that took place: that two have no tie here does not \
mean that they never trained together.

No ranking: 4 of the 10 exercises or plans that it would take to rank 3 actors.

2 of 5 exercises have no pair at state level: June sailing (without CB Wren); Meeting at sea \
(without League Squadron One).

## Sources

- **Article on the harbour**: no date; https://w3id.org/passex/id/article-harbour
"""


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(cli, ["export", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


def read(made: bytes) -> list[str]:
    """The paragraphs of a document, as python-docx reads them."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]


def test_markdown_says_it_all_and_shows_the_picture(tmp_path: Path) -> None:
    given = ("--data", str(AZURE), "--level", "state", "--include", ",".join(EVERY))
    assert run("md", *given) == (0, TEXT.replace("PICTURE", ""), "")
    file = tmp_path / "the briefing.md"
    assert run(str(file), *given) == (0, "", "")
    title = (
        "Who trains with whom: state level; exercises held and under way, and plans not yet "
        "realised; naval domain"
    )
    shown = f"\n![{title}](the%20briefing.svg)\n"
    assert file.read_text(encoding="utf-8") == TEXT.replace("PICTURE", shown)
    drawn = load(AZURE).ties(Policy("state", EVERY)).export("svg")
    assert (tmp_path / "the briefing.svg").read_text(encoding="utf-8") == drawn
    # The same by -o, and from Python.
    assert run("-o", str(tmp_path / "b.md"), *given)[0] == 0
    load(AZURE).network(level="state", include=EVERY).save(tmp_path / "c.md")
    written = (tmp_path / "b.md").read_text(encoding="utf-8").replace("b.svg", "c.svg")
    assert (tmp_path / "c.md").read_text(encoding="utf-8") == written
    assert (tmp_path / "c.svg").is_file()


def test_word_says_the_same(tmp_path: Path) -> None:
    kg = load(AZURE)
    made = kg.ties(Policy("state", EVERY)).export("docx")
    lines = [line for line in TEXT.replace("PICTURE", "").splitlines() if line]
    expected: list[str] = []
    for line in lines:
        plain = line.lstrip("#- ").replace("**", "")
        if line.startswith("  > "):
            expected[-1] += "\n" + plain.removeprefix("> ")
        else:
            expected.append(plain)
    # The picture is a paragraph without words.
    assert [text for text in read(made) if text] == expected
    document = docx.Document(io.BytesIO(made))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr").startswith("Who trains with whom: state level; ")
    width = document.sections[0].page_width
    assert 0.3 < shape.width / width < 0.82
    assert shape.height.cm <= 9.51
    properties = document.core_properties
    assert (properties.title, properties.author) == ("Who trains with whom", f"Passex {VERSION}")
    assert (properties.created, properties.modified) == (None, None)
    # The same bytes, whenever they are written.
    assert load(AZURE).ties(Policy("state", EVERY)).export("docx") == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    file = tmp_path / "briefing.docx"
    assert run(str(file), "--data", str(AZURE), "--level", "state")[0] == 0
    assert file.read_bytes().startswith(b"PK")


def test_every_number_is_counted_again(tmp_path: Path) -> None:
    (path,) = generated(tmp_path, 16_000)
    kg = load(path)
    graph: Any = kg.network()
    text = str(graph.export("md"))
    events = {event for *_, on in graph.edges(data="events") for event in on.split(" | ")}
    assert (
        f"\nThe network has {len(graph)} actors, {graph.number_of_edges()} ties and "
        f"{len(events)} exercises.\n"
    ) in text
    assert f"\n## The 6 strongest of {graph.number_of_edges():,} ties\n" in text
    for sentence in say_finding(kg.ties()):
        assert sentence in text
    # The ties of most exercises come first, each with two of them at most.
    part = text.split("strongest of")[1].split("\n## ")[0]
    counts = [int(n) for n in re.findall(r"^- .*?\*\*: (\d+) exercises?[;,]", part, re.M)]
    assert counts == sorted((n for *_, n in graph.edges(data="count")), reverse=True)[:6]
    more = [int(n) for n in re.findall(r"; and (\d+) more$", part, re.M)]
    assert more == [n - 2 for n in counts if n > 2]
    inferred = sum(basis == "inferred" for *_, basis in graph.edges(data="basis"))
    (said,) = re.findall(r"^(\d+) of (\d+) ties are inferred", text, re.M)
    assert tuple(map(int, said)) == (inferred, graph.number_of_edges())
    open_plans = sum(
        one.planned and ("naval" in one.domains or not (one.domains or one.parties))
        for _, one in happenings(rdflib.Graph().parse(path))
    )
    planned = text.split("## What is planned")[1].split("\n## ")[0]
    facts = rdflib.Graph().parse(path)
    coming = [
        whole
        for phase in facts.subjects(RDF.type, NR.ExercisePlan)
        for whole in facts.objects(phase, DCTERMS.isPartOf)
        if (whole, RDF.type, NR.Exercise) in facts
    ]
    phases, wholes = len(coming), len(set(coming))
    assert wholes > 1
    every = open_plans + phases
    assert (
        f"\n{open_plans} plans are open, and there are {phases} phases to come in {wholes} "
        "exercises. They are not counted as exercises.\n"
    ) in planned
    # What ties nobody is among these, too.
    tying: Any = kg.network(include=("planned",)).edges(data="plans")
    assert len({plan for *_, on in tying for plan in on.split(" | ")}) == every
    assert len(re.findall(r"^- ", planned, re.M)) == 5
    assert f"\n{every - 5:,} more are not listed here.\n" in planned


@pytest.mark.parametrize("domain", ["naval", "air", "all"])
@pytest.mark.parametrize("include", [("held", "under-way"), ("planned",)])
def test_a_plan_of_nobody_is_there_whatever_its_domain(
    make: Callable[[str], Store], domain: str, include: tuple[str, ...]
) -> None:
    store = make(
        """:A a nr:State ; rdfs:label "A" . :B a nr:State ; rdfs:label "B" .
        :bare a nr:ExercisePlan ; rdfs:label "Bare" ; nr:hasStatus nrc:announced .
        :dated a nr:ExercisePlan ; rdfs:label "Dated" ; nr:earliest "2031-05-01"^^xsd:date .
        :sea a nr:ExercisePlan ; rdfs:label "Sea" ; nr:hasDomain nrc:naval .
        :air a nr:ExercisePlan ; rdfs:label "Air" ; nr:hasDomain nrc:air .
        :off a nr:ExercisePlan ; rdfs:label "Off" ; nr:hasStatus nrc:cancelled ."""
    )

    def planned(**policy: Any) -> list[str]:
        chosen = Policy("state", include, domain, **policy)
        text = str(KnowledgeGraph(store).ties(chosen).export("md"))
        part = text.split("## What is planned")[1].split("\n## ")[0]
        return re.findall(r"^- \*\*(.*)\*\*", part, re.M)

    own = {"naval": ["Sea"], "air": ["Air"], "all": ["Air", "Sea"]}[domain]
    assert planned() == ["Dated", *sorted(["Bare", *own])]
    assert planned(since="2031") == ["Dated"]
    assert planned(until="2030") == []


def test_nothing_is_said_of_nothing() -> None:
    text = load(AZURE).ties(Policy("state", EVERY, since="2099")).export("md")
    for line in (
        "The network has 0 actors, 0 ties and 0 exercises.",
        "No exercise or plan that counts has a pair at this level.",
        "## No ties",
        "No open plan that these rules admit is known.",
        "No source is behind this.",
    ):
        assert f"\n{line}\n" in text
    assert "No ties" in read(load(AZURE).ties(Policy("state", since="2099")).export("docx"))


def test_hostile_labels_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    label = "# <script>*Az*ure\\u0007\\u202E [x](y) & \\uFFFE" + 40 * "long "
    source = AZURE.read_text(encoding="utf-8")
    file.write_text(source.replace('rdfs:label "Azure"@en', f'rdfs:label "{label}"@en'), "utf-8")
    ties = load(file).ties(Policy("state"))
    text = str(ties.export("md"))
    assert not re.search(r"(?<!\\)<script", text)
    assert "\\[x\\](y)" in text.replace("\\\\", "")
    assert not set(text) & {"\x07", "\u202e"}
    # A sentence that begins with the label is no heading.
    assert re.findall(r"^#+ .*script.*", text, re.M) == []
    assert "\\# \\<script\\>\\*Az\\*ure" in text
    paragraphs = read(ties.export("docx"))
    assert any(p.startswith("# <script>*Az*ure␇� [x](y) & �long") for p in paragraphs)


def test_what_cannot_be_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ("--data", str(AZURE))
    for arguments, message in (
        (("b.md", "-o", "c.md"), "b.md and c.md are two files; name one of them"),
        (("md", "--what", "graph"), "the briefing shows the network, whatever --what says"),
        (("docx", "--around", "Azure"), "the briefing shows the network, whatever --what says"),
        (("md", "--scale", "3"), "--scale changes nothing in Markdown with --what network"),
        (("b.mdd",), "Invalid value for '[FORMAT]': 'b.mdd' is not one of 'gexf', "),
        (("none/b.md",), "none"),
    ):
        code, out, error = run(*arguments, *data)
        assert (code, out) == (2, "") if arguments != ("none/b.md",) else code != 0
        assert message in error
        assert "Traceback" not in error
    kg = load(AZURE)
    with pytest.raises(QueryError, match="a briefing is made of a network with its graph"):
        export(kg.ties().picture(), "md")
    part = kg.network().copy()
    part.remove_node(next(iter(part)))
    with pytest.raises(QueryError, match="pages and briefings show whole networks"):
        part.export("md")
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(PassexError, match="DOCX is written by python-docx, which is not installed"):
        kg.ties().export("docx")
    file = tmp_path / "briefing.docx"
    assert run(str(file), *data)[0] != 0
    assert not file.exists()


def test_the_quote_is_the_best_one() -> None:
    store = load().store
    exercise = BASE + "passex-2018-08"
    quote = best_quotes.best(store, [exercise], [BASE + "jmsdf", BASE + "snmg1"], "service")
    assert quote is not None
    assert quote.where == "Article on the passing exercise, 2018 · characters 0\N{EN DASH}53"
    # What names both comes first; without any chain, what is claimed of the event; else nothing.
    both = [BASE + "jmsdf", BASE + "navy-of-united-states"]
    quote = best_quotes.best(store, [BASE + "missile-tracking-2017-12"], both, "service")
    assert quote is None or "nr:hasParticipant" in quote.claim.on_properties
    alone = best_quotes.best(store, [exercise], [], "service")
    assert alone is not None
    assert alone.claim.about == exercise
    assert best_quotes.best(store, [BASE + "nowhere"], [], "service") is None


def test_a_row_of_a_table_is_no_quotation(tmp_path: Path) -> None:
    prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in PREFIXES)
    table = tmp_path / "table.ttl"
    table.write_text(
        f"@base <{BASE}yards> .\n{prefixes}"
        '<> a dcat:Dataset ; rdfs:label "Yards" ; nr:sha256 "0" .\n'
        'id:a a nr:State ; rdfs:label "Azure" . id:b a nr:State ; rdfs:label "Buff" .\n'
        'id:x a nr:Exercise ; rdfs:label "X" ; nr:hasDomain nrc:naval ; '
        "nr:hasParticipant id:a, id:b .\n"
        "<#c> a nr:Claim ; nr:about id:x ; nr:onProperty nr:hasParticipant ; "
        'nr:hasValue id:a, id:b ; nr:hasEvidence <#row=7> . <#row=7> oa:exact "y*9" .\n'
    )
    ties = load(table).ties(Policy("state"))
    said = "row 7 of Yards, key y"
    markdown = ties.export("md")
    assert f"\n  > {said}\\*9\n" in markdown
    assert "“" not in markdown.split("## 1 tie")[1].split("\n## ")[0]
    lines = [line.strip() for text in read(bytes(ties.export("docx"))) for line in text.split("\n")]
    assert f"{said}*9" in lines


def test_the_source_is_what_the_command_makes() -> None:
    kg = load(AZURE)
    made = build.source(kg.store, build.Choice(policy=Policy("state")), "briefing")
    assert export(made, "md") == kg.ties(Policy("state")).export("md")
