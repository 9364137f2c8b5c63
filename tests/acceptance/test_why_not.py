"""*Why* and *why not* of every pair of actors, against the facts as plain Python reads them.

What a reader of the articles finds is looked up with rdflib in the files alone: who is named in
what, in which role, and who belongs to whom. No rule of ours has a part in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from itertools import combinations, product
from pathlib import Path

import pytest
import rdflib
from click.testing import CliRunner
from rdflib import ORG, RDF, RDFS
from stages import STAGES, files_at, files_of

import passex
from passex.api.knowledge import KnowledgeGraph
from passex.cli import cli
from passex.evidence.obstacles import Obstacle
from passex.evidence.why import Reasons
from passex.graph.terms import LEVELS, PREFIXES

ROOT = Path(__file__).resolve().parents[2]
NR, NRC = (rdflib.Namespace(PREFIXES[name]) for name in ("nr", "nrc"))
DCTERMS = rdflib.Namespace(PREFIXES["dcterms"])
ROLES = {
    NR.hasWithdrawn: "withdrew",
    NR.hasObserver: "is only an observer",
    NR.hasSupporter: "is only a supporter",
    NR.hasInvited: "is only invited",
}
#: So many pairs of the generated graph are asked, of thousands.
SOME = 250


class Facts:
    """Facts of files, with what a reader needs to know of them."""

    def __init__(self, files: list[Path]) -> None:
        self.graph = graph = rdflib.Graph()
        for path in [*files, ROOT / "ontology" / "naval.ttl", ROOT / "ontology" / "gazetteer.ttl"]:
            graph.parse(path)
        self.exercises, self.plans = (self._all(NR[n]) for n in ("Exercise", "ExercisePlan"))
        self.above: dict[rdflib.term.Node, set[rdflib.term.Node]] = defaultdict(set)
        for link in graph.subjects(RDF.type, NR.Affiliation):
            for member, whole in product(
                graph.objects(link, ORG.member), graph.objects(link, ORG.organization)
            ):
                self.above[member].add(whole)
        for service, state in graph.subject_objects(ORG.subOrganizationOf):
            self.above[service].add(state)
        self.wholes = cache(self._wholes)
        self.below = cache(lambda node: {n for n in self.above if node in self.wholes(n)})
        self.formations = self._all(NR.Formation)
        self.within: dict[rdflib.term.Node, set[rdflib.term.Node]] = defaultdict(set)
        for part in (*self.exercises, *self.plans):
            self.within[self.top(part)].add(part)
        self.named = self._named()
        self.near, self.mentions = cache(self._near), cache(self._mentions)

    def _all(self, kind: rdflib.URIRef) -> set[rdflib.term.Node]:
        kinds = self.graph.transitive_subjects(RDFS.subClassOf, kind)
        return {node for one in kinds for node in self.graph.subjects(RDF.type, one)}

    def _wholes(self, node: rdflib.term.Node) -> set[rdflib.term.Node]:
        reached: set[rdflib.term.Node] = set()
        rest = [node]
        while rest:
            new = self.above.get(rest.pop(), set()) - reached
            reached |= new
            rest += new
        return reached

    def _near(self, iri: str) -> set[rdflib.term.Node]:
        """An actor, what it is part of and what is part of it."""
        node = rdflib.URIRef(iri)
        return {node, *self.wholes(node), *self.below(node)}

    def top(self, node: rdflib.term.Node) -> rdflib.term.Node:
        whole = self.graph.value(node, DCTERMS.isPartOf)
        return node if whole is None else self.top(whole)

    def parts(self, node: rdflib.term.Node) -> set[rdflib.term.Node]:
        return self.within[self.top(node)]

    def _named(self) -> dict[rdflib.term.Node, dict[rdflib.term.Node, set[rdflib.term.Node]]]:
        """By exercise or plan as a whole: who is named in it, in which roles."""
        named: dict[rdflib.term.Node, dict[rdflib.term.Node, set[rdflib.term.Node]]] = {}
        for node in (*self.exercises, *self.plans):
            for role in (*ROLES, NR.hasParticipant):
                for actor in self.graph.objects(node, role):
                    named.setdefault(self.top(node), {}).setdefault(actor, set()).add(role)
        return named

    def both(self, a: str, b: str) -> set[rdflib.term.Node]:
        """Exercises and plans that name both: the two, what they are part of, or their parts.

        Who is above both is not two who are named.
        """
        left, right = self.mentions(a), self.mentions(b)
        return {top for top in left.keys() & right.keys() if len(left[top] | right[top]) > 1}

    def _mentions(self, iri: str) -> dict[rdflib.term.Node, set[rdflib.term.Node]]:
        """By exercise or plan: who is named in it of an actor's own."""
        near = self.near(iri)
        own = ((top, near & actors.keys()) for top, actors in self.named.items())
        return {top: actors for top, actors in own if actors}

    def roles(self, event: str, actor: str) -> set[rdflib.term.Node]:
        """In which roles an actor, or what belongs together with it, is named."""
        actors = self.named[self.top(rdflib.URIRef(event))]
        return {role for who in self.near(actor) & {*actors} for role in actors[who]}

    def words(self, node: rdflib.term.Node, term: rdflib.URIRef) -> set[str]:
        values = self.graph.objects(node, term)
        return {str(value).rpartition("/")[2].replace("-", " ") for value in values}

    def label(self, iri: rdflib.term.Node | str) -> str:
        return str(self.graph.value(rdflib.URIRef(str(iri)), RDFS.label))


def apart(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    return reason.event is None and not facts.both(a, b)


def part(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    low, high = (a, b) if rdflib.URIRef(b) in facts.wholes(rdflib.URIRef(a)) else (b, a)
    said = f"{facts.label(low)} belongs to {facts.label(high)}"
    within = rdflib.URIRef(low) in facts.below(rdflib.URIRef(high))
    # Where it is so for a time, that follows in brackets.
    return within and reason.sentence.startswith((f"{said}: ", f"{said} ("))


def planned(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    assert reason.event is not None
    event = rdflib.URIRef(reason.event.iri)
    plans = facts.parts(event) & facts.plans
    told = reason.sentence.partition("(")[2].rpartition(")")[0].split("; ")
    known = {words for plan in plans for words in facts.words(plan, NR.hasStatus)}
    became = {facts.label(e) for plan in plans for e in facts.graph.objects(plan, NR.realisedBy)}
    known |= {f"realised by {label}" for label in became}
    if event in facts.exercises:  # one of the two is only in what is still to come in it
        return bool(plans) and any(words in reason.sentence for words in known)
    return event in facts.plans and {*filter(None, told)} <= known


def role(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    assert reason.event is not None
    actors = facts.named[facts.top(rdflib.URIRef(reason.event.iri))]
    return any(
        f": {facts.label(who)}" in reason.sentence
        and reason.sentence.partition(";")[0].rstrip(".").endswith(f" {words}")
        for who in facts.near(a) | facts.near(b)
        for one, words in ROLES.items()
        if one in actors.get(who, ())
    )


def domain(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    assert reason.event is not None
    own = facts.words(rdflib.URIRef(reason.event.iri), NR.hasDomain)
    said = " and ".join(sorted(own)) or "no"
    return "naval" not in own and f": of {said} domain, where only the naval" in reason.sentence


def contingent(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    def sides(actor: str) -> set[rdflib.term.Node]:
        return {c for n in facts.near(actor) for c in facts.graph.objects(n, NR.inContingent)}

    common = [facts.label(side) for side in sides(a) & sides(b)]
    return any(label in reason.sentence for label in common)


def formation(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    return bool(facts.formations & (facts.near(a) | facts.near(b)))


def below(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    assert reason.event is not None
    actors = facts.named[facts.top(rdflib.URIRef(reason.event.iri))]
    for actor in (a, b):
        node = rdflib.URIRef(actor)
        if not {*actors} & {node, *facts.below(node)} and any(
            f": it names {facts.label(who)}, and not {facts.label(node)}" in reason.sentence
            for who in {*actors} & facts.wholes(node)
        ):
            return True
    return False


def level(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    """Both take part, at levels that are not the same, or not the one that was asked for."""
    assert reason.event is not None
    return all(NR.hasParticipant in facts.roles(reason.event.iri, actor) for actor in (a, b))


def phases(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    """No phase, nor the whole, names both."""
    assert reason.event is not None
    own = [facts.near(actor) for actor in (a, b)]
    return len(facts.parts(rdflib.URIRef(reason.event.iri))) > 1 and not any(
        all({*facts.graph.objects(place, NR.hasParticipant)} & near for near in own)
        for place in facts.parts(rdflib.URIRef(reason.event.iri)) & facts.exercises
    )


def time(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    """A membership on the way had ended before, or began after."""
    assert reason.event is not None
    event, graph = rdflib.URIRef(reason.event.iri), facts.graph

    def days(node: rdflib.term.Node) -> tuple[str, str]:
        first, last = (graph.value(node, term) for term in (NR.earliest, NR.latest))
        return str(first or "0000"), str(last or "9999")

    begin, end = days(event)
    actors = {*facts.named[facts.top(event)]}
    over = {
        member
        for link in graph.subjects(RDF.type, NR.Affiliation)
        for member in graph.objects(link, ORG.member)
        if days(link)[1] < begin or days(link)[0] > end
    }
    return any(
        reason.sentence.endswith(
            f": {facts.label(who)} didn't belong to {facts.label(actor)} at that time."
        )
        for actor in (a, b)
        for who in actors & facts.below(rdflib.URIRef(actor))
        if over & {who, *facts.wholes(who)}
    )


def claim(facts: Facts, a: str, b: str, reason: Obstacle) -> bool:
    """Somebody has one of them in it, and the node doesn't; the other one is in it, or the same."""
    assert reason.event is not None
    graph, parts = facts.graph, facts.parts(rdflib.URIRef(reason.event.iri))
    alone = {
        (actor, said)
        for place in parts
        for said in graph.subjects(NR.about, place)
        if (said, NR.onProperty, NR.hasParticipant) in graph
        for actor in graph.objects(said, NR.hasValue)
        if (place, NR.hasParticipant, actor) not in graph
    }
    found = [(who, said) for actor in (a, b) for who, said in alone if who in facts.near(actor)]
    return any(
        f": {facts.label(who)}" in reason.sentence
        and "is in it by a claim of " in reason.sentence
        and all(f"({word})" in reason.sentence for word in facts.words(said, NR.hasCertainty))
        for who, said in found
    )


#: What the facts have to be for a reason of each kind.
KINDS: dict[str, Callable[[Facts, str, str, Obstacle], bool]] = {
    "apart": apart,
    "part": part,
    "planned": planned,
    "role": role,
    "domain": domain,
    "contingent": contingent,
    "formation": formation,
    "below": below,
    "level": level,
    "phases": phases,
    "party": level,
    "time": time,
    "claim": claim,
}


def pairs(facts: Facts, kg: KnowledgeGraph) -> Iterator[tuple[str, str]]:
    rows = kg.store.rows("SELECT DISTINCT ?a { ?a a nr:Actor }")
    actors = sorted(str(row[0]) for row in rows)
    every = list(combinations(actors, 2))
    # Of many pairs, some.
    yield from every[:: max(1, len(every) // SOME)] if len(every) > 1000 else every


def check(facts: Facts, kg: KnowledgeGraph, a: str, b: str) -> None:
    found = kg.why(f"<{a}>", f"<{b}>")
    tops = facts.both(a, b)
    tied = {facts.top(rdflib.URIRef(o.happening.iri)) for o in found.occasions}
    # What ties the two names both.
    assert tied <= tops, found
    for reason in found.why_not:
        assert reason.kind in KINDS, reason
        assert KINDS[reason.kind](facts, a, b, reason), (facts.label(a), facts.label(b), reason)
    naval = [o for o in found.occasions if not o.happening.planned]
    naval = [o for o in naval if "naval" in o.happening.domains]
    # There are reasons where nothing ties the two that counts, and only there.
    assert bool(found.why_not) != bool(naval), found
    if not naval and not any(reason.kind == "part" for reason in found.why_not):
        told = {facts.top(rdflib.URIRef(r.event.iri)) for r in found.why_not if r.event}
        became = {top for top in tops if set(facts.graph.objects(top, NR.realisedBy)) & tops}
        assert told >= tops - became, (facts.label(a), facts.label(b), tops - told)
    levels(facts, kg, found)


def levels(facts: Facts, kg: KnowledgeGraph, found: Reasons) -> None:
    """In as many as it says does an actor appear: through itself or what is part of it."""
    for actor, own in ((found.a, found.levels_a), (found.b, found.levels_b)):
        node = rdflib.URIRef(actor.iri)
        within = {node, *facts.below(node)}
        if any((w, RDF.type, NR.State) in facts.graph for w in facts.wholes(node)):
            within |= facts.wholes(node)  # its state may stand for a navy
        most = sum(
            any(NR.hasParticipant in actors.get(who, ()) for who in within)
            for actors in facts.named.values()
        )
        assert set(own) <= set(LEVELS)
        assert all(1 <= number <= most + len(facts.plans) for number in own.values())


@pytest.mark.parametrize("stage", STAGES)
def test_every_pair_has_an_answer_that_a_reader_would_give(
    stage: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files = files_at(stage, tmp_path_factory.mktemp("stage"))
    kg = passex.load(*files)
    facts = Facts(files)
    for a, b in pairs(facts, kg):
        check(facts, kg, a, b)


@pytest.mark.parametrize("data", ["bundled", "story"])
def test_every_actor_has_evidence_at_every_level(data: str) -> None:
    files = files_of(data)
    kg = passex.load(*files)
    for row in kg.store.rows("SELECT DISTINCT ?a { ?a a nr:Actor }"):
        found = kg.why(f"<{row[0]}>")
        assert found.claims or found.named_in, row
    facts = Facts(files)
    together = [pair for pair in pairs(facts, kg) if facts.both(*pair)]
    for (a, b), level in product(together[::9], LEVELS):
        options = ["--level", level, *(w for path in files for w in ("--data", str(path)))]
        result = CliRunner().invoke(cli, ["why", f"<{a}>", f"<{b}>", *options])
        assert result.exit_code == 0, result.output
        assert result.stderr == ""
        assert "No claim" not in result.stdout
