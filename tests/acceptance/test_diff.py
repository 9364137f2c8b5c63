"""`passex diff` on the story in six articles: every pair of its stages, and what git has.

The sentences of each pair stand in the folder `differences`, and are to be read where they change:
``python tests/acceptance/test_diff.py`` writes them anew. Counts are counted again from the files.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from pathlib import Path

import jsonschema
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib import RDF
from test_story import ARTICLES, OPEN, PLANNED, STATUSES, TRAINED, Day

from passex.cli import cli
from passex.curation.diff.compare import compare
from passex.curation.diff.model import Comparison
from passex.curation.diff.sides import Side
from passex.graph.opening import open_store
from passex.graph.sources import Source, sources
from passex.graph.store import Store
from passex.graph.terms import PREFIXES
from passex.network.policy import DEFAULT, Policy
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
STEPS = [*pairwise(STAGES)]
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
        self._compared: dict[tuple[int, int, Policy], Comparison] = {}
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

    def compare(self, old: int, new: int, policy: Policy = DEFAULT) -> Comparison:
        """Compare two stages, once."""
        key = old, new, policy
        if key not in self._compared:
            self._compared[key] = compare(self.side(old), self.side(new), self.load, policy)
        return self._compared[key]

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
    by = [
        len({*graph.objects(rdflib.URIRef(PREFIXES["id"] + plan), NR.realisedBy)})
        for graph in facts
    ]
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


@pytest.mark.parametrize(("old", "new"), [*PAIRS, *((new, old) for old, new in STEPS)])
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
    lines = [*write("text", stages.compare(old, new), whole=True)]
    # Of the claims, some have a line of their own, and one line counts the others.
    own = [line for line in lines if ": new (" in line or ": gone (" in line]
    [rest] = [line.split() for line in lines if ": about what is itself new or gone" in line]
    assert len(own) + int(rest[0]) == counts["claim new"] + counts["claim gone"]
    *_, triples = (line for line in lines if "Note: " not in line)
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
@pytest.mark.parametrize(("old", "new"), STEPS)
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


@pytest.mark.parametrize(("old", "new"), STEPS)
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


def test_long_parts_are_cut_unless_all_is_asked_for(tmp_path: Path) -> None:
    """Of 25 ships that get another name, and 25 new ones."""
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    head, ship = SHIP.rsplit("\n", 2)[0], 'id:{} a nr:Ship ; rdfs:label "{}"@en .'
    before = [ship.format(f"s{n}", f"Alpha{n:02}") for n in range(25)]
    after = [ship.format(f"s{n}", f"Bravo{n:02}") for n in range(25)]
    more = [ship.format(f"t{n}", f"Delta{n:02}") for n in range(25)]
    old.write_text("\n".join([head, *before]))
    new.write_text("\n".join([head, *after, *more]))
    values = [f"  Bravo{n:02}: label: Alpha{n:02} → Bravo{n:02}" for n in range(25)]
    names = [f"Delta{n:02} (ship)" for n in range(25)]
    lines = run(old, new).output.splitlines()
    assert lines[1] == "25 actors new; 25 values changed."
    assert lines[4] == f"  25 actors new: {'; '.join(names[:20])}; 5 more (--all)."
    assert lines[7:28] == [*values[:20], "  5 more (--all)"]
    lines = run(old, new, "--all").output.splitlines()
    assert lines[4] == f"  25 actors new: {'; '.join(names)}."
    assert lines[7:32] == values


def test_new_quotes_of_texts_at_hand_are_no_matter(stages: Stages) -> None:
    found = run(stages.folders[1], stages.folders[2], "--texts", TEXTS)
    assert found.exit_code == 1
    assert "without a text" not in found.output


def test_the_policy_is_that_of_the_network(stages: Stages) -> None:
    found = run(stages.folders[1], stages.folders[2], "--level", "state", "--domain", "all")
    assert "Ties (state level; exercises held and under way; every domain)" in found.output
    assert (
        "Aldria and Dunmark are tied now: 1 exercise, stated (Marn One, April 2031)."
        in found.output
    )
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
        r"a\|b \`c\` \*d\* \_e\_ \~\~&#8203;f\~\~ \<b\>g\</b\> @&#8203;navy #&#8203;12 !&#8203;3 "
        r"GH-&#8203;4 \&lt; \[h\](http://i) \\ $&#8203;j$"
    )
    assert line == f"- **{safe}**: label: HMS Alert → {safe}"


def test_a_label_has_no_marks_of_style(
    ships: Callable[[str, str], tuple[Path, Path]],
) -> None:
    paths = ships("HMS Alert", "HMS\ufdd0 \ufdd1Alarm")
    for form, line in (
        ("markdown", "- **HMS Alarm**: label: HMS Alert → HMS Alarm"),
        ("html", "<li><b>HMS Alarm</b>: label: HMS Alert → HMS Alarm</li>"),
    ):
        assert line in run(*paths, "--format", form).output.splitlines()


def test_html_takes_nothing_of_a_graph_for_markup(
    ships: Callable[[str, str], tuple[Path, Path]],
) -> None:
    found = run(*ships("HMS Alert", "<script>x</script>"), "--format", "html")
    assert (
        "<li><b>&lt;script&gt;x&lt;/script&gt;</b>: label: HMS Alert → &lt;script" in found.output
    )
    # The page has a script of its own.
    assert found.output.count("<script") == 1


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
    assert (found.exit_code, found.stdout) == (
        1,
        "- _:b1 <urn:q> <urn:b> .\n+ _:b1 <urn:q> <urn:c> .\n",
    )
    strange = f"Nothing in {old} and {new} is of a class of the Passex ontology"
    assert found.stderr == f"passex: {strange}: triples are compared.\n"
    assert run(old, old, "--triples").exit_code == 0


BROKEN = "broken.ttl:2:1: not Turtle: Unexpected end; correct the file there"


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (
            ("nowhere.ttl", "x.ttl"),
            "nowhere.ttl: no such file or folder, and there is no git repository here; "
            "check the path, or go to the repository",
        ),
        (
            ("a.ttl",),
            "nothing to compare a.ttl with; give what is new after it, or a revision before",
        ),
        (("a.ttl", "broken.ttl"), BROKEN),
        (("broken.ttl", "a.ttl"), BROKEN),
        (("broken.ttl", "broken.ttl", "--triples"), BROKEN),
        (
            ("a.ttl", "a.ttl", "--triples", "--level", "state"),
            "--triples lists all triples, and nothing else; leave out what chooses more than those",
        ),
        (
            ("a.ttl", "latin.ttl"),
            "latin.ttl:1:12: not UTF-8 (byte 0xe9 at offset 11); save the file as UTF-8",
        ),
        (
            ("a.ttl", "a.ttl", "--texts", "no"),
            "no: no such folder; give the folder that holds the articles' texts",
        ),
    ],
)
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


def test_line_ends_are_no_change_of_a_value(tmp_path: Path) -> None:
    """A note of two lines, as a checkout on another system has it, is the same to a reader."""
    old, new = tmp_path / "old.ttl", tmp_path / "new.ttl"
    skos = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    facts = skos + SHIP.format("HMS Alert").strip()
    facts = facts.removesuffix(".") + '; skos:scopeNote """One.\nTwo."""@en .\n'
    old.write_bytes(facts.encode())
    new.write_bytes(facts.replace("\n", "\r\n").encode())
    found = run(old, new)
    assert found.exit_code == 1
    assert found.output.splitlines()[1:] == [
        "Nothing has changed that a reader would see.",
        "",
        "1 triple added, 1 removed (--triples).",
    ]
    new.write_bytes(facts.replace("Two", "Three").replace("\n", "\r\n").encode())
    assert "  HMS Alert: note: One.␊Two. → One.␊Three." in run(old, new).output.splitlines()


def main() -> None:
    """Write the sentences of every pair anew."""
    with tempfile.TemporaryDirectory() as folder:
        stages = Stages(Path(folder))
        (HERE / "differences").mkdir(exist_ok=True)
        for old, new in PAIRS:
            expected(old, new).write_text(stages.text(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()


def test_many_files_of_one_side_are_counted(tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.ttl" for n in range(5)]
    for path in files:
        path.write_text(SHIP)
    first = run(*files).output.splitlines()[0]
    assert first == f"{files[0]} (1 file) → {files[1]} and 3 more (4 files)"
    first = run(*files[:4]).output.splitlines()[0]
    assert first == f"{files[0]} (1 file) → {files[1]} and {files[2]} and {files[3]} (3 files)"
