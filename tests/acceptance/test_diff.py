"""`passex diff` on the story in six articles: every pair of its stages, and what git has.

The sentences of each pair stand in the folder `differences`; ``python tests/acceptance/test_diff.py``
writes them anew, and what has changed is to be read. The counts are counted again from the files.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib import RDF
from test_story import ARTICLES, OPEN, PLANNED, STATUSES, TRAINED, Day

import passex
from passex.cli import cli
from passex.curation.diff.compare import compare
from passex.curation.diff.model import Comparison
from passex.curation.diff.sides import Side
from passex.graph.opening import open_store
from passex.graph.sources import Source, sources
from passex.graph.store import Store
from passex.graph.terms import PREFIXES
from passex.network.policy import Policy
from passex.reports.comparison import write
from passex.text.styles import unmarked

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
ROOT = HERE.parents[1]
TEXTS = DATA / "story" / "texts"
NR, OA = rdflib.Namespace(PREFIXES["nr"]), rdflib.Namespace(PREFIXES["oa"])
DCTERMS, ORG = rdflib.Namespace(PREFIXES["dcterms"]), rdflib.Namespace(PREFIXES["org"])
STAGES = range(1, len(ARTICLES) + 1)
PAIRS = [*combinations(STAGES, 2)]
#: The groups of nodes, each with the class by which the files have it.
GROUPS = {
    "article": rdflib.SDO.NewsArticle,
    "exercise": NR.Exercise,
    "meeting": NR.Meeting,
    "visit": NR.Visit,
    "statement": NR.Statement,
    "other event": NR.MissileTest,
    "tenure": NR.Tenure,
    "affiliation": NR.Affiliation,
    "series": NR.Series,
    "agreement": NR.Agreement,
    "relation": NR.Relation,
    "tension": NR.Tension,
}


class Stages:
    """The graph after each article, in a folder each."""

    def __init__(self, folder: Path) -> None:
        self.folders = {}
        for number in STAGES:
            self.folders[number] = folder / f"stage-{number}"
            self.folders[number].mkdir()
            Day(number, self.folders[number])
        self._stores: dict[tuple[str, ...], Store] = {}
        self._facts: dict[int, rdflib.Graph] = {}

    def load(self, found: Sequence[Source]) -> Store:
        """Load each graph once."""
        names = tuple(source.name for source in found)
        if names not in self._stores:
            self._stores[names] = open_store(found, False, lambda text: None)
        return self._stores[names]

    def side(self, number: int) -> Side:
        files = sources([self.folders[number]])
        return Side(f"stage {number}", tuple(files))

    def compare(self, old: int, new: int, policy: Policy | None = None) -> Comparison:
        return compare(self.side(old), self.side(new), self.load, policy or Policy())

    def text(self, old: int, new: int) -> str:
        lines = write("text", self.compare(old, new), whole=True)
        return "".join(f"{unmarked(line)}\n" for line in lines)

    def facts(self, number: int) -> rdflib.Graph:
        """The files as rdflib reads them."""
        if number not in self._facts:
            self._facts[number] = graph = rdflib.Graph()
            for path in self.folders[number].iterdir():
                graph.parse(path)
        return self._facts[number]


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return Stages(tmp_path_factory.mktemp("stages"))


def expected(old: int, new: int) -> Path:
    return HERE / "differences" / f"{old}-{new}.txt"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["diff", *map(str, arguments)])


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_exact_sentences(stages: Stages, old: int, new: int) -> None:
    assert stages.text(old, new) == expected(old, new).read_text(encoding="utf-8")


def summary(comparison: Comparison) -> dict[str, int]:
    """The counts that a comparison begins with, by what they are of; all as of one thing."""
    lines = [unmarked(line) for line in write("text", comparison)]
    counts = {}
    for part in lines[1].rstrip(".").split("; "):
        number, _, what = part.partition(" ")
        for many, one in (("ties", "tie"), ("plans", "plan"), ("claims", "claim")):
            what = what.replace(f"{many} ", f"{one} ")
        for group in GROUPS:
            what = what.replace(f"{group}s ", f"{group} ")
        counts[what.replace("phases ", "phase ").replace("quotes ", "quote ")] = int(number)
    return counts


def change_of_plan(plan: str, old: int, new: int, facts: tuple[rdflib.Graph, ...]) -> str | None:
    """What becomes of a plan, by what the story's own tests say of it."""
    status = [STATUSES[plan][number - 1] for number in (old, new)]
    is_open = [number in OPEN[plan] for number in (old, new)]
    by = [len({*graph.objects(rdflib.URIRef(PREFIXES["id"] + plan), NR.realisedBy)}) for graph in facts]
    # The drill of April that nobody hears of again is late from the second article on.
    late = [plan == "rescue-drill-2031" and number > 1 for number in (old, new)]
    if not status[0] and not status[1]:
        return None
    if not status[0]:
        return "opened" if is_open[1] else "new and closed"
    if not status[1]:
        return "gone"
    if is_open[0] and not is_open[1]:
        return "cancelled" if status[1] == "cancelled" else "realised"
    if is_open[1] and not is_open[0]:
        return "open again"
    if by[1] > by[0]:
        return "realised in part"
    if status[0] != status[1]:
        return "postponed" if status[1] == "postponed" else "of another status"
    if late[1] and not late[0]:
        return "overdue by now"
    return "changed otherwise" if by[0] > by[1] or late[0] != late[1] else None


@pytest.mark.parametrize(("old", "new"), [*permutations(STAGES, 2)])
def test_counts_are_those_of_the_files(stages: Stages, old: int, new: int) -> None:
    told = summary(stages.compare(old, new))
    before, after = facts = stages.facts(old), stages.facts(new)
    counts: Counter[str] = Counter()
    for tie, (numbers, _) in TRAINED["service"].items():
        # Not of the sea alone is what only these train in; the policy asks for naval exercises.
        was, now = numbers[old - 1], numbers[new - 1]
        if tie in NAVAL and bool(was) != bool(now):
            counts["tie gained" if now else "tie lost"] += 1
    for plan in OPEN:
        if change := change_of_plan(plan, old, new, facts):
            counts[f"plan {change}"] += 1
    phases = {
        node
        for graph in facts
        for node in graph.subjects(DCTERMS.isPartOf)
        if {*graph.objects(node, RDF.type)} & {NR.Exercise, NR.ExercisePlan}
    }
    for group, kind in GROUPS.items():
        here, there = ({*graph.subjects(RDF.type, kind)} - phases for graph in facts)
        counts[f"{group} new"], counts[f"{group} gone"] = len(there - here), len(here - there)
    here, there = ({n for n in phases if (n, None, None) in graph} for graph in facts)
    counts["phase new"], counts["phase gone"] = len(there - here), len(here - there)
    claims = [{*graph.subjects(NR.about)} for graph in facts]
    counts["claim new"] = len(claims[1] - claims[0])
    counts["claim gone"] = len(claims[0] - claims[1])
    quotes = [{*graph.subjects(OA.exact)} for graph in facts]
    counts["new quote without a text at hand"] = len(quotes[1] - quotes[0])
    values = {key: number for key, number in told.items() if key.startswith("value")}
    assert {k: n for k, n in told.items() if k not in values} == +counts
    assert sum(values.values()) == number_of_values(before, after)
    triples = [*write("text", stages.compare(old, new))][-1]
    assert triples == (
        f"{len(after - before)} triple{'s' * (len(after - before) != 1)} added, "
        f"{len(before - after)} removed (--triples)."
    )


#: Of the ties of services, those of naval exercises.
NAVAL = {*TRAINED["service"]}
#: What is told of plans as a whole, of evidence, or of nothing.
NOT_VALUES = {RDF.type, NR.hasZone, NR.hasEvidence}
DATES = {NR[name] for name in ("earliest", "latest", "dateWords", "dateBasis", "weekday")}
OF_PLANS = {NR.hasStatus, NR.realisedBy, *DATES}


def number_of_values(before: rdflib.Graph, after: rdflib.Graph) -> int:
    """Count, for the nodes of both, the properties that have other values, dates as one."""
    kinds = {*GROUPS.values(), NR.ExercisePlan, NR.Plan, NR.Place, ORG.Post, NR.Person, NR.Ship}
    kinds |= {NR[name] for name in ("State", "Navy", "Service", "Formation", "Institution")}
    kinds |= {NR.Organisation, rdflib.SKOS.Concept}
    number = 0
    for node in {*before.subjects(RDF.type)} & {*after.subjects(RDF.type)}:
        types = {*after.objects(node, RDF.type)}
        if not types & kinds:
            continue
        is_plan = bool(types & {NR.ExercisePlan, NR.Plan}) and not [*after[node : DCTERMS.isPartOf]]
        names = {*before.predicates(node), *after.predicates(node)} - NOT_VALUES
        names -= OF_PLANS if is_plan else set()
        changed = {n for n in names if {*before[node:n]} != {*after[node:n]}}
        dated = bool(changed & {NR.earliest, NR.latest})
        number += len(changed - DATES) + dated if dated else len(changed)
    return number


@pytest.mark.parametrize("level", TRAINED)
@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_ties_of_every_level(stages: Stages, level: str, old: int, new: int) -> None:
    policy = Policy(level, ("held", "under-way", "planned"), "all")
    found = {
        f"{change.source.label} - {change.target.label}": change
        for change in stages.compare(old, new, policy).ties
    }
    for name in {*TRAINED[level], *PLANNED[level]}:
        exercises, plans = (
            table[level].get(name, ((0,) * 6, ""))[0] for table in (TRAINED, PLANNED)
        )
        was, now = ((exercises[n - 1], plans[n - 1]) for n in (old, new))
        change = found.pop(name, None)
        if change is None:
            assert was == now
            continue
        sides = (
            (side.exercises, side.plans) if side else (0, 0) for side in (change.old, change.new)
        )
        assert [*sides] == [was, now]
    assert found == {}


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_the_way_back_is_the_way_there_turned_round(stages: Stages, old: int, new: int) -> None:
    there, back = stages.compare(old, new), stages.compare(new, old)
    assert {(t.source, t.target, t.old, t.new) for t in there.ties} == {
        (t.source, t.target, t.new, t.old) for t in back.ties
    }
    assert {(n.node, n.new) for n in there.nodes} == {(n.node, not n.new) for n in back.nodes}
    assert {(v.node, v.property, v.old, v.new) for v in there.values} == {
        (v.node, v.property, v.new, v.old) for v in back.values
    }
    assert {(c.claim, c.old, c.new) for c in there.claims} == {
        (c.claim, c.new, c.old) for c in back.claims
    }
    assert (there.triples.removed, there.triples.added) == (
        back.triples.added,
        back.triples.removed,
    )


@pytest.mark.parametrize("number", STAGES)
def test_a_graph_does_not_differ_from_itself(stages: Stages, number: int) -> None:
    folder = stages.folders[number]
    found = run(folder, folder)
    size = len([*folder.iterdir()])
    head = f"{folder} ({size} files) → {folder} ({size} files)"
    assert (found.exit_code, found.output) == (0, f"{head}\nNo difference.\n")
    assert not stages.compare(number, number)


def test_json_is_as_its_schema_says(stages: Stages) -> None:
    schema = json.loads((ROOT / "docs" / "diff.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for old, new in ((1, 6), (6, 1)):
        found = run(stages.folders[old], stages.folders[new], "--format", "json")
        document = json.loads(found.stdout)
        jsonschema.validate(document, schema)
        compared = stages.compare(old, new)
        assert found.exit_code == 1
        assert document["differs"] is True
        parts = ("ties", "plans", "nodes", "values", "claims", "near", "unchecked")
        assert [len(document[part]) for part in parts] == [
            len(getattr(compared, part)) for part in parts
        ]
        assert document["triples"] == {
            "removed": len(compared.triples.removed),
            "added": len(compared.triples.added),
            "lines": None,
        }
    plain = run(stages.folders[1], stages.folders[2], "--format", "json", "--triples")
    document = json.loads(plain.stdout)
    jsonschema.validate(document, schema)
    assert document["ties"] is None
    assert document["triples"]["lines"] == [*stages.compare(1, 2).triples.lines()]


def test_long_parts_are_cut_unless_all_is_asked_for(stages: Stages) -> None:
    short, whole = (run(stages.folders[1], DATA / "azure.ttl", *more) for more in ((), ("--all",)))
    [cut] = [line for line in short.output.splitlines() if line.startswith("  11 statements") or "more (--all)" in line][:1]
    assert cut in short.output
    assert "more (--all)" not in whole.output


def test_new_quotes_of_texts_at_hand_are_no_matter(stages: Stages) -> None:
    found = run(stages.folders[1], stages.folders[2], "--texts", TEXTS)
    assert found.exit_code == 1
    assert "without a text" not in found.output


def test_the_policy_is_that_of_the_network(stages: Stages) -> None:
    found = run(stages.folders[1], stages.folders[2], "--level", "state", "--domain", "all")
    assert "Ties (state level; exercises held and under way; every domain)" in found.output
    assert "Aldria and Dunmark are tied now: 1 exercise, stated (Marn One, April 2031)." in found.output
    nothing = run(stages.folders[1], stages.folders[2], "--domain", "nowhere")
    assert (nothing.exit_code, nothing.stdout) == (2, "")
    assert nothing.stderr.startswith("passex: no exercise or plan of this graph is in the domain")


SHIP = """@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:ship a nr:Ship ; rdfs:label "{}"@en .
"""


@pytest.fixture
def ships(tmp_path: Path) -> Callable[[str, str], tuple[Path, Path]]:
    def written(old: str, new: str) -> tuple[Path, Path]:
        paths = tmp_path / "old.ttl", tmp_path / "new.ttl"
        for path, label in zip(paths, (old, new), strict=True):
            path.write_text(SHIP.format(label), encoding="utf-8")
        return paths

    return written


HOSTILE = r"a|b `c` *d* _e_ ~~f~~ <b>g</b> @navy #12 !3 GH-4 &lt; [h](http://i) \\ $j$"


def test_markdown_takes_nothing_of_a_graph_for_markup(
    ships: Callable[[str, str], tuple[Path, Path]],
) -> None:
    found = run(*ships("HMS Alert", HOSTILE), "--format", "markdown")
    [line] = [line for line in found.output.splitlines() if line.startswith("- ")]
    safe = (
        r"a\|b \`c\` \*d\* \_e\_ \~\~f\~\~ \<b\>g\</b\> @&#8203;navy #&#8203;12 !&#8203;3 "
        r"GH-&#8203;4 &amp;lt; \[h\](http://i) \\ $&#8203;j$"
    )
    assert line == f"- **{safe}**: label: HMS Alert → {safe}"


def test_html_takes_nothing_of_a_graph_for_markup(
    ships: Callable[[str, str], tuple[Path, Path]],
) -> None:
    found = run(*ships("HMS Alert", "<script>x</script>"), "--format", "html")
    assert "<li><b>&lt;script&gt;x&lt;/script&gt;</b>: label: HMS Alert → &lt;script" in found.output
    assert "<script" not in found.output


def test_a_fence_is_longer_than_what_a_triple_has(
    ships: Callable[[str, str], tuple[Path, Path]],
) -> None:
    found = run(*ships("HMS Alert", "a ```` b"), "--format", "markdown", "--triples")
    assert found.output.splitlines()[2] == "`````diff"
    assert found.output.splitlines()[-1] == "`````"


def test_what_steers_a_terminal_is_shown(ships: Callable[[str, str], tuple[Path, Path]]) -> None:
    found = run(*ships("HMS Alert", r"a\u001b[31m\nb"))
    assert "a␛[31m b: label: HMS Alert → a␛[31m␊b" in found.output


def test_graphs_of_others_are_compared_by_triples(tmp_path: Path) -> None:
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    old.write_text("<urn:a> <urn:p> [ <urn:q> <urn:b> ] .")
    new.write_text("<urn:a> <urn:p> [ <urn:q> <urn:c> ] .")
    found = run(old, new)
    assert (found.exit_code, found.stdout) == (1, "- _:b1 <urn:q> <urn:b> .\n+ _:b1 <urn:q> <urn:c> .\n")
    assert found.stderr == (
        f"passex: Nothing in {old} and {new} is of a class of the Passex ontology: triples are compared.\n"
    )
    assert run(old, old, "--triples").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nowhere.ttl", "x.ttl"), "nowhere.ttl: no such file or folder, and there is no git repository here; check the path, or go to the repository"),
        (("a.ttl",), "nothing to compare a.ttl with; give what is new after it, or a revision before"),
        (("a.ttl", "broken.ttl"), "broken.ttl:2:1: not Turtle: Unexpected end; correct the file there"),
        (("broken.ttl", "a.ttl"), "broken.ttl:2:1: not Turtle: Unexpected end; correct the file there"),
        (("broken.ttl", "broken.ttl", "--triples"), "broken.ttl:2:1: not Turtle: Unexpected end; correct the file there"),
        (("a.ttl", "latin.ttl"), "latin.ttl:1:12: not UTF-8 (byte 0xe9 at offset 11); save the file as UTF-8"),
        (("a.ttl", "a.ttl", "--texts", "no"), "no: no such folder; give the folder that holds the articles' texts"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_said_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], complaint: str
) -> None:
    monkeypatch.chdir(tmp_path)
    # A repository around the folder for temporary files is none of this test's.
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    Path("a.ttl").write_text(SHIP.format("HMS Alert"))
    Path("broken.ttl").write_text("<urn:a>\n")
    Path("latin.ttl").write_bytes(b'<urn:a> a "\xe9" .')
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == f"passex: {complaint}\n"


class Repository:
    """A git repository whose graph is the story after some of its articles.

    The branch ``main`` has the graph after the second article and, one commit before, after the
    first; ``topic`` has parted there, and has the graph after the third.
    """

    def __init__(self, folder: Path, stages: Stages) -> None:
        self.folder, self.stages = folder, stages
        self.git("init", "--quiet", "--initial-branch=main")
        self.commit(1)
        self.git("branch", "topic")
        self.commit(2)
        self.git("checkout", "--quiet", "topic")
        self.commit(3)

    def git(self, *arguments: str) -> None:
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(
            ["git", *who, *arguments], cwd=self.folder, check=True, env={**os.environ, **own},
            capture_output=True,
        )  # fmt: skip

    def commit(self, number: int) -> None:
        graph = self.folder / "graph"
        graph.mkdir(exist_ok=True)
        for path in self.stages.folders[number].iterdir():
            (graph / path.name).write_bytes(path.read_bytes())
        self.git("add", ".")
        self.git("commit", "--quiet", "-m", str(number))


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory, stages: Stages) -> Repository:
    try:
        return Repository(tmp_path_factory.mktemp("repository"), stages)
    except FileNotFoundError:
        pytest.skip("no git here")


@pytest.fixture
def inside(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    monkeypatch.chdir(repository.folder)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(repository.folder.parent))
    return repository


READ_BY = f"Note: Both are read by the ontology and the rules of this Passex ({passex.__version__})."


@pytest.mark.parametrize(
    ("arguments", "old", "new"),
    [
        (("main~1..main",), 1, 2),
        (("main..topic",), 2, 3),
        (("main...topic",), 1, 3),
        (("main", "topic"), 2, 3),
        (("topic", "main", "graph"), 3, 2),
        (("topic~1..",), 1, 3),
        (("main",), 2, 3),
        (("HEAD~1", "graph"), 1, 3),
        (("graph", "main"), 3, 2),
        (("main:graph", "topic:graph"), 2, 3),
        (("main:./graph", "graph"), 2, 3),
    ],
)
def test_revisions(inside: Repository, arguments: tuple[str, ...], old: int, new: int) -> None:
    found = run(*arguments, "--all")
    _, *lines = found.output.splitlines()
    assert (found.exit_code, lines.pop()) == (1, READ_BY)
    assert lines == expected_between(inside.stages, old, new)


def expected_between(stages: Stages, old: int, new: int) -> list[str]:
    return stages.text(old, new).splitlines()[1:]


def test_what_is_compared_is_named(inside: Repository) -> None:
    heads = {
        ("main..topic",): "main (3 files) → topic (4 files)",
        ("main",): "main (3 files) → the working tree (4 files)",
        ("main:graph/actors.ttl", "graph/actors.ttl"): "main:graph/actors.ttl (1 file) → graph/actors.ttl (1 file)",
    }  # fmt: skip
    for arguments, head in heads.items():
        assert run(*arguments).output.splitlines()[0] == head
    parted = run("main...topic").output.splitlines()[0]
    assert parted[12:] == " (where main and topic have parted) (2 files) → topic (4 files)"


def test_a_folder_below_the_top(inside: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("graph")
    assert run("main").output.splitlines()[0] == "main (3 files) → the working tree (4 files)"
    assert run("main", "actors.ttl").output.splitlines()[1] == "No difference."
    outside = run("main", "../../x")
    assert outside.exit_code == 2
    assert "is outside of the git repository" in outside.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("nowhere",), "'nowhere' is no revision of this git repository; "),
        (("main..nowhere",), "'nowhere' is no revision of this git repository; "),
        (("--", "--all"), "'--all' is no revision of this git repository; "),
        (("graph", "nowhere"), "nowhere: no such file or folder, and no revision of this git repository; "),
        (("main", "nowhere"), "main has no RDF files under nowhere; "),
        (("main:nowhere", "graph"), "main has no RDF files under nowhere; "),
        (("main:graph",), "nothing to compare main:graph with; "),
    ],
)  # fmt: skip
def test_what_git_does_not_have(
    inside: Repository, arguments: tuple[str, ...], complaint: str
) -> None:
    found = run(*arguments)
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith(f"passex: {complaint}")
    assert found.stderr.count("\n") == 1


def test_a_broken_file_of_a_revision_has_its_place(inside: Repository) -> None:
    path = inside.folder / "graph" / "actors.ttl"
    whole = path.read_text(encoding="utf-8")
    inside.git("checkout", "--quiet", "-b", "broken")
    path.write_text("<urn:a>\n", encoding="utf-8")
    inside.git("commit", "--quiet", "-am", "broken")
    inside.git("checkout", "--quiet", "topic")
    assert path.read_text(encoding="utf-8") == whole
    found = run("main..broken")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr == (
        "passex: broken:graph/actors.ttl:2:1: not Turtle: Unexpected end; correct the file there\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="a hook is a script of the shell")
def test_git_runs_nothing_of_the_repository(inside: Repository, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    inside.git("config", "filter.evil.smudge", f"touch {mark}; cat")
    inside.git("config", "filter.evil.clean", f"touch {mark}; cat")
    inside.git("config", "core.fsmonitor", f"touch {mark}")
    inside.git("config", "diff.evil.textconv", f"touch {mark}; cat")
    attributes = inside.folder / ".git" / "info" / "attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text("*.ttl filter=evil diff=evil\n")
    for name in ("post-checkout", "pre-commit", "reference-transaction"):
        hook = inside.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {mark}\n")
        hook.chmod(0o755)
    head = (inside.folder / ".git" / "HEAD").read_text()
    for arguments in (("main..topic",), ("main",)):
        assert run(*arguments).exit_code == 1
    assert not mark.exists()
    assert (inside.folder / ".git" / "HEAD").read_text() == head
    for name in ("filter.evil", "diff.evil", "core.fsmonitor"):
        section = name if name.startswith("core") else None
        inside.git("config", *(["--unset", section] if section else ["--remove-section", name]))


def test_files_that_git_keeps_elsewhere(inside: Repository) -> None:
    folder = inside.folder / "lfs"
    folder.mkdir()
    (folder / "a.ttl").write_text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n")
    inside.git("add", "lfs")
    inside.git("commit", "--quiet", "-m", "pointer")
    found = run("HEAD:lfs", "graph")
    inside.git("reset", "--quiet", "--hard", "HEAD~1")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("passex: HEAD:lfs/a.ttl: kept in Git LFS, ")


def test_an_ontology_that_is_another_is_told_of(inside: Repository) -> None:
    inside.git("checkout", "--quiet", "-b", "ontology")
    folder = inside.folder / "ontology"
    folder.mkdir()
    (folder / "naval.ttl").write_text("# another one\n")
    inside.git("add", "ontology")
    inside.git("commit", "--quiet", "-m", "ontology")
    note = run("main..ontology").output.splitlines()[-1]
    inside.git("checkout", "--quiet", "topic")
    assert note == f"{READ_BY[:-1]}; ontology has others."


def test_without_git(inside: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    found = run("main")
    assert (found.exit_code, found.stdout) == (2, "")
    assert found.stderr.startswith("passex: main: no such file or folder, and git is not installed")


def main() -> None:
    """Write the sentences of every pair anew."""
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(Path(folder))
        (HERE / "differences").mkdir(exist_ok=True)
        for old, new in PAIRS:
            expected(old, new).write_text(stages.text(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()
