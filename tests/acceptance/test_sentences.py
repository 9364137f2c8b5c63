"""Every sentence with a number that `passex network` prints, against a count in plain Python."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
import rdflib
from click.testing import CliRunner
from rdflib import RDF, RDFS
from stages import STAGES, files_at

from passex.cli import cli
from passex.graph.terms import PREFIXES

ROOT = Path(__file__).resolve().parents[2]
NR, NRC = (rdflib.Namespace(PREFIXES[name]) for name in ("nr", "nrc"))
DCTERMS, OA = (rdflib.Namespace(PREFIXES[name]) for name in ("dcterms", "oa"))
#: Policies, as options.
POLICIES = (
    (),
    ("--level", "state"),
    ("--level", "organisation", "--domain", "all"),
    ("--level", "unit", "--measure", "closeness"),
    ("--level", "state", "--include", "held,under-way,planned"),
    ("--level", "state", "--include", "planned", "--domain", "all"),
    ("--since", "2018-08-10", "--until", "2031-06-15"),
    ("--level", "state", "--until", "2031-06-06", "--include", "held,under-way,planned"),
    ("--level", "state", "--min-events", "2", "--measure", "all"),
    ("--domain", "all", "--weight", "count"),
    ("--basis", "stated", "--include", "held,under-way,planned"),
    ("--level", "named", "--domain", "all"),
    ("--level", "state", "--backbone", "disparity", "--alpha", "0.45", "--weight", "count"),
    ("--level", "state", "--backbone", "sdsm", "--alpha", "0.6", "--domain", "all"),
)
#: What takes ties away, of the options.
FEWER = ("--min-events", "--basis", "--backbone", "--alpha")


@dataclass(frozen=True)
class Happening:
    """An exercise or an open plan, as the files have it."""

    planned: bool
    status: str
    domains: set[str]
    first: str | None
    last: str | None
    open: bool
    named: bool


class Counted:
    """What there is to count: the files, read by rdflib, and the ties of the same policy as JSON.

    Who is tied with whom has tests of its own; here it is taken from the ties.
    """

    def __init__(self, files: list[Path], options: tuple[str, ...], run: Callable[..., str]):
        given = dict(zip(options[::2], options[1::2], strict=True))
        self.include = given.get("--include", "held,under-way").split(",")
        self.domain = given.get("--domain", "naval")
        self.least = int(given.get("--min-events", 1))
        since, until = given.get("--since"), given.get("--until")
        self.since, self.until = since or "0000", until or "9999"
        self.limited = bool(since or until)
        self.newman = given.get("--weight") != "count"
        self.answer = json.loads(run(*options, "--format", "json"))
        self.ties = self.answer["ties"]
        self.stated = given.get("--basis") == "stated"
        self.alpha = float(given.get("--alpha", 0))
        pairs = [o for o in zip(options[::2], options[1::2], strict=True) if o[0] not in FEWER]
        self.every = self.ties
        if len(pairs) < len(given):
            self.every = json.loads(run(*(w for o in pairs for w in o), "--format", "json"))["ties"]
        self.weak = len(self.every) - len(self.ties)
        self.paired = {iri for tie in self.every for iri in events(tie)}
        self.happenings, self.articles, self.behind = read(*files)

    def of(self, word: str) -> dict[str, Happening]:
        """The exercises or plans that count."""
        planned = word.startswith("plan")
        own = {iri: h for iri, h in self.happenings.items() if h.planned is planned}
        return {iri: h for iri, h in own.items() if self.counts(h) and self.within(h)}

    def counts(self, h: Happening) -> bool:
        return h.status in self.include and (self.domain == "all" or self.domain in h.domains)

    def within(self, h: Happening) -> bool:
        if not self.limited:
            return True
        if h.first is h.last is None:
            return False
        return (h.last or "9999") >= self.since and (h.first or "0000") <= f"{self.until}~"

    def surely(self, h: Happening) -> bool:
        if not self.limited:
            return True
        begins = self.since == "0000" or (h.first is not None and h.first >= self.since)
        return begins and (self.until == "9999" or (h.last is not None and h.last <= self.until))

    def graph(self, ties: Any = None) -> nx.Graph[str]:
        made: nx.Graph[str] = nx.Graph()
        for tie in self.ties if ties is None else ties:
            strength = tie["weight"] + tie["plan_weight"] if self.newman else len(events(tie))
            ends = tie["source"]["iri"], tie["target"]["iri"]
            made.add_edge(*ends, weight=strength, distance=1 / strength)
        return made


@lru_cache(maxsize=1)
def read(*files: Path) -> tuple[dict[str, Happening], set[str], dict[str, set[str]]]:
    """What happened, the articles, and those behind what happened, by IRI."""
    facts = rdflib.Graph()
    for path in [*files, ROOT / "ontology" / "naval.ttl"]:
        facts.parse(path)
    behind: dict[str, set[str]] = defaultdict(set)
    for claim, about in facts.subject_objects(NR.about):
        wholes = {str(about), *map(str, facts.objects(about, DCTERMS.isPartOf))}
        for quote in facts.objects(claim, NR.hasEvidence):
            for whole in wholes:
                behind[whole].add(str(quote).partition("#")[0])
    articles = set(map(str, facts.subjects(RDF.type, rdflib.SDO.NewsArticle)))
    return dict(happenings(facts)), articles, behind


def events(tie: Any) -> set[str]:
    return {event["iri"] for event in (*tie["events"], *tie["planned_events"])}


def ends(tie: Any) -> frozenset[str]:
    return frozenset(tie[end]["iri"] for end in ("source", "target"))


def happenings(facts: rdflib.Graph) -> Any:
    """The exercises and the plans that are still open, by IRI."""
    kinds = {
        kind: set(facts.transitive_subjects(RDFS.subClassOf, kind))
        for kind in (NR.Exercise, NR.ExercisePlan)
    }
    for planned, kind in enumerate(kinds):
        for node in {node for one in kinds[kind] for node in facts.subjects(RDF.type, one)}:
            wholes = set(facts.objects(node, DCTERMS.isPartOf))
            status = {str(value).rpartition("/")[2] for value in facts.objects(node, NR.hasStatus)}
            realised = len(set(facts.objects(node, NR.realisedBy)))
            counts = [
                int(str(value))
                for claim in facts.subjects(NR.about, node)
                if (claim, NR.quantityOf, NRC.exercises) in facts
                for value in facts.objects(claim, NR.hasValue)
            ]
            lumped = (node, NR.hasKind, NRC["exercises-lumped-together"]) in facts
            due = max(counts, default=realised + 1 if lumped else 1)
            # A phase is no exercise or plan of its own.
            over = {"cancelled", "carried-out"} & status or realised >= due
            if wholes or (planned and over):
                continue
            first, last = (facts.value(node, bound) for bound in (NR.earliest, NR.latest))
            phases = {node, *facts.subjects(DCTERMS.isPartOf, node)}
            yield (
                str(node),
                Happening(
                    bool(planned),
                    "planned" if planned else "under-way" if "under-way" in status else "held",
                    {str(d).rpartition("/")[2] for d in facts.objects(node, NR.hasDomain)},
                    None if first is None else str(first),
                    None if last is None else str(last),
                    any((phase, NR.leavesOpen, NR.hasParticipant) in facts for phase in phases),
                    any((phase, NR.hasParticipant, None) in facts for phase in phases),
                ),
            )


def no_pair(c: Counted, number: str, of: str, word: str) -> None:
    every = c.of(word)
    assert (int(number), int(of)) == (len(every.keys() - c.paired), len(every))


def only_may(c: Counted, number: str, of: str, word: str) -> None:
    every = c.of(word)
    vague = [h for h in every.values() if not c.surely(h)]
    assert (int(number), int(of)) == (len(vague), len(every))


def open_lists(c: Counted, number: str, of: str, word: str) -> None:
    paired = {iri for tie in c.ties for iri in events(tie)} if c.stated else c.paired
    tied = [h for iri, h in c.of(word).items() if iri in paired]
    assert (int(number), int(of)) == (sum(h.open for h in tied), len(tied))


def undated(c: Counted, number: str) -> None:
    bare = [h for h in c.happenings.values() if h.first is h.last is None]
    assert c.limited
    assert int(number) == sum(map(c.counts, bare))


def plans(c: Counted, number: str) -> None:
    every = [h for h in c.happenings.values() if h.planned and c.within(h)]
    assert int(number) == sum(c.domain in ("all", *h.domains) for h in every)


def domainless(c: Counted, number: str) -> None:
    bare = [h for h in c.happenings.values() if not h.domains and c.within(h)]
    bare = [h for h in bare if h.named or not h.planned]
    assert int(number) == len(bare)


def left_out(c: Counted, number: str, least: str) -> None:
    assert (int(number), int(least)) == (c.weak, c.least)


def inferred(c: Counted, number: str | None, fewer: str | None) -> None:
    assert c.stated
    weak = {ends(tie) for tie in c.every if tie["basis"] == "inferred"}
    assert int(number or 0) == len(weak) == len(c.every) - len(c.ties)
    less = {ends(tie): events(tie) for tie in c.every if ends(tie) not in weak}
    assert int(fewer or 0) == sum(events(tie) < less[ends(tie)] for tie in c.ties)


def backbone(c: Counted, ties: str, of: str, actors: str, of_actors: str, way: str) -> None:
    assert (int(ties), int(of)) == (len(c.ties), len(c.every))
    whole = c.graph(c.every)
    assert (int(actors), int(of_actors)) == (c.graph().order(), whole.order())
    if way == "disparity filter":
        # The formula of 2009: at either end, by the share of the strength there.
        strength = dict(whole.degree(weight="weight"))
        kept = {
            frozenset(pair): p
            for *pair, tie in whole.edges(data=True)
            if (p := min((1 - tie["weight"] / strength[n]) ** (whole.degree[n] - 1) for n in pair))
            < c.alpha
        }
        assert {ends(tie) for tie in c.ties} == kept.keys()
        for tie in c.ties:
            assert tie["p"] == pytest.approx(kept[ends(tie)])
    assert all(tie["p"] < c.alpha for tie in c.ties)


def none_by_chance(c: Counted, alpha: str) -> None:
    assert (c.ties, float(alpha)) == ([], c.alpha)


def none_so_strong(c: Counted, least: str) -> None:
    assert (c.ties, int(least)) == ([], c.least)


def refused(c: Counted, number: str, actors: str) -> None:
    assert int(number) == len({iri for tie in c.ties for iri in events(tie)}) < 10
    assert int(actors) == c.graph().order()


def size(c: Counted, actors: str, ties: str, density: str) -> None:
    graph = c.graph()
    assert (int(actors), int(ties)) == (graph.order(), graph.size())
    assert density == f"{nx.density(graph):.3f}"


def strengths(c: Counted, _: str, but: str | None, of: str | None) -> None:
    own: dict[str, set[str]] = defaultdict(set)
    for tie in c.ties:
        for end in ("source", "target"):
            own[tie[end]["iri"]] |= events(tie)
    found = dict(c.graph().degree(weight="weight"))
    assert c.newman
    others = sum(abs(found[iri] - len(mine)) > 1e-9 for iri, mine in own.items())
    assert (int(but or 0), int(of or len(own))) == (others, len(own))


def unproved(c: Counted, number: str, of: str) -> None:
    every = {iri for tie in c.ties for iri in events(tie)}
    assert (int(number), int(of)) == (sum(not c.behind[iri] for iri in every), len(every))


def more(c: Counted, number: str) -> None:
    left = int(number.replace(",", "")) + 20
    assert left in (len(c.ties), c.graph().order())


def articles(c: Counted, _: str, of: str) -> None:
    # How many name it is counted where rankings are tested.
    assert int(of) == len(c.articles)


def weighty(c: Counted, of: str, number: str) -> None:
    every = {source["iri"] for tie in c.ties for source in tie["sources"]}
    assert 1 <= int(number) < int(of) == len(every)


def nothing(c: Counted, *_: str) -> None:
    """For a count of names that are printed in the same sentence."""


#: Every kind of sentence with a number, and what counts it anew.
SENTENCES: dict[str, Callable[..., None]] = {
    r"(\d+) actors?, (\d+) ties?, density (\d\.\d{3}); centralities in this network:": size,
    r"With Newman's weights an actor's strength is the number of (?:its|the) ([a-z ]+) of two or "
    r"more parties(?: that its ties rest on)? \(Newman 2001\)"
    r"(?:\.|, but for (\d+) of (\d+) actors?: .*\.)": strengths,
    r"([\d,]+) more \(--all\)": more,
    r"(\d+) of (\d+) (exercise|plan)s? (?:has|have) no pair "
    r"(?:at \w+ level|among parties as named): .*": no_pair,
    r"(\d+) of (\d+) (exercise|plan)s? only may (?:have taken|take) place then: .*": only_may,
    r"(\d+) of (\d+) (exercise|plan)s? with (?:stated )?pairs leaves? (?:its list|their lists) of "
    r"parties open, so that .*": open_lists,
    r"(?:(\d+) ties? (?:is|are) left out, since (?:it is|they are) inferred)?(?:; )?"
    r"(?:(\d+) ties? counts? fewer [a-z ]+ than with those that are inferred)?\.": inferred,
    r"(\d+) of (\d+) ties? (?:is|are) kept, and (\d+) of (\d+) actors?: the backbone by the "
    r"([a-z ]+) at alpha .*": backbone,
    r"(\d+) (?:exercise|plan)s? with pairs (?:has|have) participants that do not .*": nothing,
    r"(\d+) without dates (?:is|are) not counted: .*": undated,
    r"(\d+) plans? (?:is|are) not counted, since planned is not included\.": plans,
    r"(\d+) without a domain (?:is|are) not counted: .*": domainless,
    r"(\d+) ties? (?:is|are) left out, of fewer than (\d+) .*": left_out,
    r"No tie is in the backbone at alpha (.*)\.": none_by_chance,
    r"No tie is of at least (\d+) .* at this level\.": none_so_strong,
    r"No ranking: (\d+) of the 10 [a-z ]+ that it would take to rank (\d+) actors\.": refused,
    r"(\d+) of (\d+) (?:exercises|plans|exercises or plans) have no article behind .*": unproved,
    r".* (?:is|are) named in (\d+) of (\d+) articles[:,] .*": articles,
    r"Of (\d+) articles only the (\d+) that most ties rest on were left out, .*": weighty,
}


@pytest.fixture(scope="module", params=STAGES)
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return files_at(request.param, tmp_path_factory.mktemp("stage"))


@pytest.mark.parametrize("options", POLICIES, ids=" ".join)
def test_each_number_is_what_a_count_gives(files: list[Path], options: tuple[str, ...]) -> None:
    def run(*more: str) -> str:
        data = [word for path in files for word in ("--data", str(path))]
        result = CliRunner().invoke(cli, ["network", *more, *data])
        assert result.exit_code == 0, result.output
        return result.stdout

    counted = Counted(files, options, run)
    lines = run(*options).splitlines()[1:]
    # Of tables and lists the numbers are those of JSON, and the figures are compared below.
    said = [line.removeprefix("Note: ") for line in lines if re.search(r"[.:)]$", line)]
    said = [line for line in said if re.search(r"\d", line) and not line.startswith("  ")]
    for line in said:
        (pattern,) = [pattern for pattern in SENTENCES if re.fullmatch(pattern, line)]
        match = re.fullmatch(pattern, line)
        assert match is not None
        SENTENCES[pattern](counted, *match.groups())
    graph = counted.graph()
    expected: dict[str, Any] = {
        "degree": dict(graph.degree),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph, weight="distance"),
        "closeness": nx.closeness_centrality(graph, distance="distance"),
    }
    figures = counted.answer["centralities"]
    assert len(figures["actors"]) == graph.order()
    assert figures["density"] == pytest.approx(nx.density(graph) if graph else 0)
    for row in figures["actors"]:
        for name in expected.keys() & row.keys():
            assert row[name] == pytest.approx(expected[name][row["actor"]["iri"]], abs=1e-9), name
