"""Every sentence with a number, wherever it is printed, against a count in plain Python.

What `passex network` says beside its ties is counted in `test_sentences`. `PLACES` lists where the
source makes a sentence of a number, and says which test has it; a new one has to be added there.
"""

from __future__ import annotations

import ast
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import networkx as nx
import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF
from stages import STAGES, files_at
from test_sentences import happenings

import passex
from passex.api.knowledge import KnowledgeGraph
from passex.cli import cli
from passex.exports.columns import Report
from passex.graph.terms import DERIVED, LEVELS, PREFIXES
from passex.text.wording import FIRST
from passex.web import resources

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "passex"
NR, NRC, OA = (rdflib.Namespace(PREFIXES[name]) for name in ("nr", "nrc", "oa"))
DCTERMS, ORG = (rdflib.Namespace(PREFIXES[name]) for name in ("dcterms", "org"))
#: So many of each kind that name a node are given without ``--all``.
FEW = 5


@cache
def gazetteer() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "gazetteer.ttl")


class Graph:
    """A graph as the product has it, and its files as rdflib reads them."""

    def __init__(self, files: list[Path], kg: KnowledgeGraph) -> None:
        self.files, self.kg = files, kg
        self.facts = rdflib.Graph()
        for path in files:
            self.facts.parse(path)

    def run(self, *arguments: str) -> str:
        data = [word for path in self.files for word in ("--data", str(path))]
        result = CliRunner().invoke(cli, [*arguments, *data])
        assert result.exit_code == 0, result.output
        return result.stdout

    def html(self, name: str, **given: str) -> str:
        status, _, body = resources.answer(self.kg.store, name, given, resources.FORMATS["html"])
        assert status == 200
        return body.decode()

    def some(self, query: str, number: int = 40) -> list[str]:
        found = sorted(str(row[0]) for row in self.kg.store.rows(query))
        return found[:: max(1, len(found) // number)]


@pytest.fixture(scope="module", params=STAGES)
def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    files = files_at(request.param, tmp_path_factory.mktemp("stage"))
    return Graph(files, passex.load(*files))


def test_how_much_the_graph_holds(graph: Graph) -> None:
    facts, shown = graph.facts, dict(re.findall(r"(.+?) {2,}(\d+)", graph.run("stats")))
    bases: Counter[str] = Counter()
    for claim in set(facts.subjects(NR.about)):
        given = facts.value(claim, NR.hasBasis)
        bare = (claim, NR.hasEvidence, None) not in facts
        source = (claim, DCTERMS.source, None) in facts
        default = "background" if source and bare else "stated"
        bases[default if given is None else str(given).rpartition("/")[2]] += 1
    assert {k: int(n) for k, n in shown.items() if k.startswith("claims, ")} == {
        f"claims, {basis}": number for basis, number in bases.items()
    }
    articles = set(facts.subjects(RDF.type, rdflib.SDO.NewsArticle))
    assert int(shown["articles"]) == len(articles)
    assert int(shown["quotes"]) == len(set(facts.subjects(OA.exact)))
    assert int(shown["files"]) == len(graph.files)
    census = graph.kg.stats()
    said = f"{len(articles)} article{'' if len(articles) == 1 else 's'}"
    assert repr(census) == f"<Census: {shown['triples']} triples, {said}>"
    derived = sum(len(list(graph.kg.store.rows(f"SELECT * {{ ?a <{d}> ?b }}"))) for d in DERIVED)
    assert 0 < derived <= int(shown["derived triples"])


def test_how_much_is_behind_a_node(graph: Graph) -> None:
    facts = graph.facts
    every = graph.some("SELECT DISTINCT ?n { { ?n a nr:Actor } UNION { ?n a nr:Exercise } }")
    for iri in every:
        node = rdflib.URIRef(iri)
        claims = set(facts.subjects(NR.about, node))
        # Those who name it: in a triple of their own, or in a claim about them.
        naming = {
            who
            for who, name in facts.subject_predicates(node)
            if name not in (NR.about, NR.hasValue, NR.onProperty, OA.hasSource)
            and not (isinstance(who, rdflib.BNode) or who in claims)
        }
        entries = set(gazetteer().subjects(None, node))
        naming |= {who for who in entries if graph.kg.store.objects(str(who), str(RDF.type))}
        for claim in facts.subjects(NR.hasValue, node):
            naming |= {who for who in facts.objects(claim, NR.about) if who != node}
        found = graph.kg.why(f"<{iri}>")
        number, *others = map(int, re.findall(r"(\d+) (?:claims?|others?)", str(found)))
        assert number == len(claims)
        assert others == ([len(naming)] if naming else []), iri
        assert sum(group.number for group in found.named_in) == len(naming)
        page, text = graph.html("why", a=f"<{iri}>"), graph.run("why", f"<{iri}>")
        for group in found.named_in:
            left = max(0, group.number - FEW)
            assert f"Named by {group.kind}: {group.number}\n" in text
            assert f"Named by {group.kind}: {group.number}<" in page
            assert len(group.mentions) == group.number - left
            assert not left or f"  and {left:,} more (--all)\n" in text
            assert not left or f"and {left:,} more" in page
        rest = max(0, len(claims) - FIRST)
        assert (f"\nand {rest:,} more (--all)\n" in text) == bool(rest)


def test_how_often_a_tie_was_seen(graph: Graph) -> None:
    """Ends, exercises, parties and weights: of each tie, and the tally of its evidence."""
    for level in ("service", "state"):
        options = ("--level", level, "--include", "held,under-way,planned", "--domain", "all")
        answer = json.loads(graph.run("network", *options, "--format", "json", "--all"))
        text = graph.run("network", *options, "--all", "--events")
        members: dict[str, set[str]] = defaultdict(set)
        for tie in answer["ties"]:
            for event in (*tie["events"], *tie["planned_events"]):
                members[event["iri"]] |= {tie["source"]["iri"], tie["target"]["iri"]}
        said = defaultdict(set)
        for label, parties in re.findall(r"^  - (.*?) \(.*; (\d+) parties[;)]", text, re.MULTILINE):
            said[label].add(int(parties))
        for iri in members:
            if _is_simple(graph.facts, node := rdflib.URIRef(iri)):
                label = str(graph.facts.value(node, rdflib.RDFS.label))
                assert said[label] == {len(members[iri])}, iri
        known = dict(happenings(graph.facts))
        for tie in answer["ties"][:: max(1, len(answer["ties"]) // 8)]:
            ends = tie["source"]["iri"], tie["target"]["iri"]
            found = graph.kg.why(f"<{ends[0]}>", f"<{ends[1]}>")
            numbers = [int(n) for n in re.findall(r"\d+", found.tally)]
            # At any level, in which the two may be tied as well.
            assert numbers[0] >= len(tie["events"])
            assert sum(numbers) == len(found.occasions) + int(
                re.findall(r"there are (\d+) more", found.rest or "there are 0 more")[0]
            )
            assert {o.happening.iri for o in found.occasions} <= known.keys() | _phases(graph.facts)


def _is_simple(facts: rdflib.Graph, event: rdflib.URIRef) -> bool:
    """Whether all who take part are tied, each a party: without phases, sides and squadrons."""
    return (
        (None, DCTERMS.isPartOf, event) not in facts
        and (None, NR.contingentOf, event) not in facts
        and not any(facts.objects(event, NR.hasObserver))
        and all(
            (actor, RDF.type, NR.State) in facts or (actor, RDF.type, NR.Navy) in facts
            for actor in facts.objects(event, NR.hasParticipant)
        )
    )


def _phases(facts: rdflib.Graph) -> set[str]:
    return set(map(str, facts.subjects(DCTERMS.isPartOf)))


def test_how_many_articles_name_an_actor(graph: Graph) -> None:
    """As stated in words: in a claim about the actor, or in one that gives it as a value."""
    facts = graph.facts
    naming: dict[str, set[str]] = defaultdict(set)
    for claim in set(facts.subjects(NR.about)):
        if (facts.value(claim, NR.hasBasis) or NRC.stated) != NRC.stated:
            continue
        articles = {str(q).partition("#")[0] for q in facts.objects(claim, NR.hasEvidence)}
        for term in (NR.about, NR.hasValue):
            for node in facts.objects(claim, term):
                naming[str(node)] |= articles
    total = len(set(facts.subjects(RDF.type, rdflib.SDO.NewsArticle)))
    for level in LEVELS:
        built = graph.kg.ties(passex.Policy(level=level, domain="all"))
        ranks = graph.kg.rank(built)
        for place in ranks.places:
            assert place.articles == len(naming[place.node.iri]), place
        assert ranks.articles == total
        for warning in ranks.warnings:
            if match := re.match(r"(.*) (?:is|are) named in (\d+) of (\d+) articles", warning):
                by_name = {node.label: node.iri for node in built.nodes}
                assert int(match[3]) == total
                # Several names are those of actors that every article names.
                for name in [match[1]] if match[1] in by_name else match[1].split(" and "):
                    assert int(match[2]) == len(naming[by_name[name]]), warning
            if match := re.search(
                r"(\d+) of (\d+) articles, and .* in the other(?: (\d+))?:", warning
            ):
                assert int(match[3] or 1) == int(match[2]) - int(match[1])


def test_the_modularity_of_groups(graph: Graph) -> None:
    for weight in ("newman", "count"):
        built = graph.kg.ties(passex.Policy(level="state", domain="all"))
        found = graph.kg.communities(built, weight)
        if found.modularity is None:
            assert not found.groups
            continue
        made: nx.Graph[str] = nx.Graph()
        for tie in built.ties:
            strength = tie.weight if weight == "newman" else tie.count
            made.add_edge(tie.source.iri, tie.target.iri, weight=strength)
        groups = [{node.iri for node in group} for group in found.groups]
        assert found.modularity == pytest.approx(nx.community.modularity(made, groups))
        assert (
            found.table().caption
            == f"Groups by greedy modularity, of modularity {found.modularity:.3f}"
        )


def test_how_many_events_are_not_on_the_map(graph: Graph) -> None:
    picture = graph.kg.ties(passex.Policy(domain="all")).picture()
    facts = graph.facts
    located = set(facts.subjects(rdflib.URIRef("http://www.w3.org/2003/01/geo/wgs84_pos#lat")))

    def placed(event: rdflib.term.Node) -> bool:
        parts = {event, *facts.subjects(DCTERMS.isPartOf, event)}
        return any(set(facts.objects(part, NR.hasPlace)) & located for part in parts)

    nowhere = {event.iri for event, _ in picture.nowhere}
    assert nowhere == {e.iri for e in picture.events if not placed(rdflib.URIRef(e.iri))}


def test_what_the_report_of_a_validation_sums_up(graph: Graph) -> None:
    result = CliRunner().invoke(cli, ["validate", *map(str, graph.files)])
    *_, last = result.stdout.splitlines()
    match = re.fullmatch(
        r"(No problems|([\d,]+) problems? \((.*?)\)) in ([\d,]+) files? \(([\d,]+) triples, "
        r"([\d,]+) focus nodes, ([\d,]+) shapes\)\.",
        last,
    )
    assert match is not None, last
    number = [int(text.replace(",", "")) for text in match.groups("0")[3:]]
    assert number[0] == len(graph.files)
    # Each file is read for itself: what two of them say counts twice.
    assert number[1] == sum(len(rdflib.Graph().parse(path)) for path in graph.files)
    kinds = Counter(re.findall(r"^(?:\S+: )?(violation|warning|info)\[", result.stdout, re.M))
    assert int((match[2] or "0").replace(",", "")) == kinds.total()
    told = re.findall(r"([\d,]+) (violation|warning|info)s?", match[3] or "")
    assert {kind: f"{n:,}" for kind, n in kinds.items()} == {kind: n for n, kind in told}


def test_solutions_without_columns_and_triples_cut() -> None:
    def told(*arguments: str) -> str:
        return CliRunner().invoke(cli, ["query", *arguments]).output

    assert told("SELECT * { VALUES () { () () } }") == "2 solutions without columns.\n"
    cut = told("SELECT ?a { ?a a nr:Actor }", "--limit", "3")
    assert len(cut.splitlines()) == 1 + 3 + 1
    assert "cut at 3 rows; there are more" in cut


def test_what_a_format_could_not_hold() -> None:
    report = Report()
    assert [report.cell(text) for text in ("=1", "+1", "one")] == ["'=1", "'+1", "one"]
    assert report.line("CSV") == "CSV: 2 texts that look like a formula got an apostrophe"


def test_problems_for_which_the_report_of_the_w3c_has_no_words(tmp_path: Path) -> None:
    for n in range(14):
        (tmp_path / f"{n:02}.ttl").write_text("no Turtle", encoding="utf-8")
    text, w3c = (
        CliRunner().invoke(cli, ["validate", str(tmp_path), "--report", form])
        for form in ("text", "turtle")
    )
    number = text.stdout.count("violation[")
    named = [line for line in w3c.stderr.splitlines() if re.match(r"passex: .*\.ttl:", line)]
    assert (number, len(named)) == (14, 10)
    more = "passex: 4 more problems that are not of shapes; --report text has them"
    assert more in w3c.stderr.splitlines()


#: Where the source makes a sentence of a number, and the test that has it: by a count anew in this
#: file and two others, else by its words on a small example. What a check finds and what an error
#: says have such tests; the time that something takes has none.
HERE, NETWORK, LONG = "test_counts", "test_sentences", "test_long_answers"
PLACES = {
    "cli/_rows.py Writer.lines": HERE,
    "cli/_rows.py _chain": LONG,
    "cli/_series.py lines": "test_network",
    "cli/_validation_run.py ValidationRun._fixed": "test_fix",
    "cli/_validation_run.py _tell_what_has_no_words": HERE,
    "cli/cite.py _report": "test_cite",
    "cli/draft.py draft": "test_draft",
    "cli/export.py _notes": "test_export",
    "cli/network.py _figures": NETWORK,
    "cli/network.py _occasion": HERE,
    "cli/why.py _appears": "test_why_not",
    "cli/why.py _claims": HERE,
    "cli/why.py _nothing": "test_why",
    "cli/show.py _lines": "test_encoding",
    "curation/diff/sides.py _new_side": "test_diff",
    "curation/draft/drafting.py _proposals": "test_draft",
    "curation/judgements.py Judgements.caption": "test_match",
    "curation/review.py Review.coverage": "test_review",
    "evidence/anchoring.py faults": "test_anchoring",
    "evidence/best_quotes.py BestQuote.where": "test_briefing",
    "evidence/naming.py NodeClaims.__str__": HERE,
    "evidence/naming.py NodeClaims.table": HERE,
    "evidence/obstacles.py _Both._not_counted": "test_obstacles",
    "evidence/obstacles.py _Both._planned": "test_why_not",
    "evidence/rows.py _check_tables": "test_import",
    "evidence/texts.py _check_article": "test_checks_evidence",
    "evidence/why.py Reasons.against": LONG,
    "evidence/why.py Reasons.rest": LONG,
    "exports/briefing/contents.py _Plans.section": "test_briefing",
    "exports/briefing/contents.py _rest": "test_briefing",
    "exports/briefing/contents.py _tie": "test_briefing",
    "exports/briefing/contents.py _unknown": "test_briefing",
    "exports/columns.py Report.line": HERE,
    "exports/drawing/classes.py _Drawing._rows": "test_export",
    "exports/drawing/grammar.py Grammar._groups": "test_exports",
    "exports/drawing/grammar.py Grammar._kinds": "test_exports",
    "exports/drawing/grammar.py number": "test_exports",
    "exports/drawing/strongest.py of": "test_exports",
    "exports/drawing/svg.py _Drawing._below": "test_exports",
    "exports/geo.py _left_out": HERE,
    "exports/neighbourhood.py draw": "test_web_pages",
    "graph/as_of.py cut": "test_as_of",
    "graph/cache.py _description": "test_cache",
    "graph/cells.py Table._row": "test_importers",
    "graph/cells.py Table._where": "test_cells",
    "graph/folders.py passed_over": "test_dataset",
    "graph/names.py _ambiguous": "test_names",
    "graph/opening.py ignoring": "test_cache",
    "graph/reach.py Reach._reason": "test_renewing",
    "graph/rows.py few": LONG,
    "graph/store.py Store.changed": "test_any_rdf",
    "importers/facts.py _label": "test_importers",
    "importers/records.py Reader._compare": "test_importers",
    "importers/report.py _counts": "test_import",
    "importers/report.py lines": "test_import",
    "importers/row_values.py point": "test_importers",
    "importers/survey.py orders_of": "test_importers",
    "importers/run.py Import.write": "test_import",
    "importers/survey.py see": "test_importers",
    "network/backbone.py keep": NETWORK,
    "network/centralities.py Centralities.__str__": NETWORK,
    "network/centralities.py _strength": NETWORK,
    "network/centralities.py compute": "test_compiled",
    "network/communities.py Communities.__str__": HERE,
    "network/linkage.py _days": "test_linkage",
    "network/linkage.py _where": "test_linkage",
    "network/finding.py _alone": "test_finding",
    "network/finding.py _common": "test_finding",
    "network/finding.py _partners": "test_finding",
    "network/finding.py _planned": "test_finding",
    "network/finding.py say_to_come": "test_finding",
    "network/model.py Network.table": NETWORK,
    "network/notes.py alike": "test_match",
    "network/notes.py _doubtful": NETWORK,
    "network/notes.py _open": NETWORK,
    "network/notes.py joined": NETWORK,
    "network/notes.py not_counted": NETWORK,
    "network/notes.py of_ties": NETWORK,
    "network/notes.py uncertain": NETWORK,
    "network/notes.py unstated": NETWORK,
    "network/ranking.py rank": NETWORK,
    "network/ranking.py too_few": NETWORK,
    "network/sample.py _parties": HERE,
    "network/sample.py read": HERE,
    "network/series.py _notes": "test_series",
    "reports/comparison/html.py _claim": "test_comparison",
    "reports/comparison/sentences.py _tie": "test_diff",
    "reports/comparison/sentences.py _ties": "test_diff",
    "reports/comparison/sentences.py _unchecked": "test_diff",
    "reports/comparison/summary.py counts": "test_diff",
    "reports/comparison/summary.py triples": "test_diff",
    "reports/review/__init__.py _notes": "test_review",
    "reports/review/__init__.py _sub": "test_review",
    "reports/review/cards.py Cards._of_sentence": "test_review",
    "reports/sarif.py left_out_text": "test_reports",
    "reports/text.py summary": HERE,
    "text/wording.py listed": "test_finding",
    "text/wording.py more": LONG,
    "text/wording.py quantity": "test_wording",
    "web/frames.py Output.write": "test_serve",
    "web/graphs.py Changing": "test_serve_writes",
    "web/pool.py Pool._look_at": "test_web_pool",
    "web/request.py _too_long": "test_serve_http",
    "web/pages/answer.py _group": HERE,
    "web/pages/answer.py evidence_page": LONG,
    "web/pages/home.py _questions": "test_web_pages",
    "web/pages/network.py _count": LONG,
    "web/pages/questions.py _all": "test_web_pages",
    "web/pages/questions.py questions_page": "test_web_pages",
    "web/pages/tables.py Pages.of": LONG,
}
#: Rooms whose sentences are answers.
ROOMS = (
    "cli",
    "curation",
    "evidence",
    "exports",
    "graph",
    "importers",
    "network",
    "questions",
    "reports",
    "text",
    "web",
)


def sentences() -> Iterator[str]:
    """Find where the source makes a sentence of a number, as ``file name``."""
    number = re.compile(
        r"\b(len|sum|say|_count)\(|\b(number|left|total|count|rest|more|least|most|times|others"
        r"|exercises|plans|parties|articles|triples)\b"
    )

    def walk(node: ast.AST, path: str, within: str) -> Iterator[str]:
        for child in ast.iter_child_nodes(node):
            # An error names what was given; a line of progress is gone when the work is done.
            called = child.func if isinstance(child, ast.Call) else None
            if isinstance(child, ast.Raise) or (
                isinstance(called, ast.Name) and called.id in ("tell", "_show")
            ):
                continue
            name = within
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                name = f"{within}.{child.name}" if within else child.name
            if isinstance(child, ast.JoinedStr):
                values = [v for v in child.values if isinstance(v, ast.FormattedValue)]
                words = "".join(str(v.value) for v in child.values if isinstance(v, ast.Constant))
                formats = [ast.unparse(v.format_spec)[2:-1] for v in values if v.format_spec]
                counted = any(number.search(ast.unparse(value.value)) for value in values)
                counted = counted or any(re.search(r"[,df]$", given) for given in formats)
                told = re.search(r"[a-z]{2,}[ :]| [a-z]{2,}", words)
                if counted and told and not re.search(r"[<>{}?=\\\r\n]", words):
                    yield f"{path} {name}"
            yield from walk(child, path, name)

    for path in sorted(path for room in ROOMS for path in (SOURCE / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from walk(tree, path.relative_to(SOURCE).as_posix(), "")


def test_every_sentence_with_a_number_has_its_test() -> None:
    assert sorted(set(sentences())) == sorted(PLACES)
    # Each has its test; the tests above fail where a sentence is of no known kind.
    tests = {path.stem for path in (ROOT / "tests").rglob("test_*.py")}
    assert set(PLACES.values()) <= tests
