"""The controlled lists: every concept in one list, named, defined, and under what is above it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

ROOT: Final = Path(__file__).resolve().parents[2]
FILE: Final = ROOT / "ontology" / "concepts.ttl"

NR: Final = "https://w3id.org/passex/ontology#"
NRC: Final = "https://w3id.org/passex/concept/"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
TYPE: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
SUBCLASS: Final = "http://www.w3.org/2000/01/rdf-schema#subClassOf"
LIST, BROADER, TOP = SKOS + "inScheme", SKOS + "broader", SKOS + "hasTopConcept"
NAME, ALT, DEFINITION = SKOS + "prefLabel", SKOS + "altLabel", SKOS + "definition"

FORMS: Final = {NR + "hull-symbol": r"[A-Z]{2,4}", NR + "nato-rank-code": r"OF-([1-9]|10)"}

#: What a class says its kinds are taken from.
LISTS: Final = {
    "Agreement": "agreement-kind", "Event": "event-kind", "Exercise": "exercise-kind",
    "ExercisePlan": "exercise-kind", "Formation": "formation-kind",
    "Institution": "institution-kind", "Meeting": "meeting-kind",
    "Plan": "plan-kind event-kind meeting-kind visit-kind", "Relation": "relation-kind",
    "Series": "exercise-kind",
    "Ship": "ship-kind", "Statement": "statement-kind", "Tension": "tension-kind",
    "Visit": "visit-kind", "Zone": "zone", "http://www.w3.org/ns/org#Post": "post-kind",
}  # fmt: skip

#: Kinds in the graph that are of another class's list.
ASTRAY: Final[set[tuple[str, str]]] = set()

Values = dict[str, dict[str, list[ox.Literal | ox.NamedNode]]]


def read(*paths: Path) -> Values:
    """Predicate, subject, objects; blank nodes are left out."""
    found: Values = defaultdict(lambda: defaultdict(list))
    for path in paths:
        for quad in ox.parse(path=path):
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(quad.object, ox.BlankNode):
                assert isinstance(quad.object, ox.Literal | ox.NamedNode)
                found[quad.predicate.value][quad.subject.value].append(quad.object)
    return found


@cache
def concepts() -> Values:
    found = read(FILE)
    for by in found.values():
        for node in [node for node in by if not node.startswith(NRC)]:
            del by[node]  # the file's head
    return found


def links(predicate: str) -> dict[str, list[str]]:
    return {node: [v.value for v in values] for node, values in concepts()[predicate].items()}


def of_type(name: str) -> set[str]:
    return {node for node, types in links(TYPE).items() if types == [SKOS + name]}


def test_file_has_concepts_and_lists_and_no_more() -> None:
    assert of_type("Concept") | of_type("ConceptScheme") == set(links(TYPE))
    assert {n for by in concepts().values() for n in by} == set(links(TYPE))
    assert all(re.fullmatch(NRC + r"[a-z-]+", node) for node in links(TYPE))
    assert [line for line in FILE.read_text(encoding="utf-8").splitlines() if len(line) > 120] == []


def test_every_concept_is_named_and_defined() -> None:
    for node in links(TYPE):
        for predicate in (NAME, DEFINITION):
            [text] = concepts()[predicate][node]
            assert isinstance(text, ox.Literal)
            assert text.language == "en"
            assert text.value == text.value.strip() != ""
        assert concepts()[DEFINITION][node][0].value.endswith("."), node


def test_every_concept_is_in_one_list_and_under_its_top() -> None:
    above, tops = links(BROADER), links(TOP)
    heads = {concept: scheme for scheme, found in tops.items() for concept in found}
    assert set(tops) == of_type("ConceptScheme")
    assert sum(map(len, tops.values())) == len(heads)
    assert set(links(LIST)) == of_type("Concept")
    for concept, schemes in links(LIST).items():
        assert len(schemes) == 1
        assert (concept in heads) is (concept not in above), concept
        walked = [concept]
        while walked[-1] in above:
            [broader] = above[walked[-1]]
            assert broader not in walked, "a cycle"
            assert links(LIST)[broader] == schemes, concept
            walked.append(broader)
        assert heads[walked[-1]] == schemes[0]


def test_no_name_is_twice_in_a_list() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for predicate in (NAME, ALT):
        for concept, labels in concepts()[predicate].items():
            for scheme in links(LIST).get(concept, []):
                found.update((scheme, label.value.casefold()) for label in labels)
    assert [name for name, times in found.items() if times > 1] == []


def test_codes_have_their_form_and_a_symbol_is_one_kind_s() -> None:
    owners = defaultdict(set)
    for concept, codes in concepts()[SKOS + "notation"].items():
        for code in codes:
            assert isinstance(code, ox.Literal)
            assert re.fullmatch(FORMS[code.datatype.value], code.value), code
            owners[code.datatype.value, code.value].add(concept.removeprefix(NRC))
    symbols = {code: nodes for (kind, code), nodes in owners.items() if kind.endswith("symbol")}
    assert [code for code, nodes in symbols.items() if len(nodes) > 1] == []
    assert symbols["DDG"] == {"guided-missile-destroyer"}
    assert symbols["LHD"] == symbols["LHA"] == {"amphibious-assault-ship"}
    assert owners[NR + "nato-rank-code", "OF-7"] == {
        "rear-admiral",
        "major-general",
        "air-vice-marshal",
    }


def test_lists_of_navies_are_wide_enough_to_begin_with() -> None:
    counts = Counter(scheme.removeprefix(NRC + "scheme-") for [scheme] in links(LIST).values())
    least = {"ship-kind": 50, "aircraft-kind": 15, "rank": 25, "exercise-kind": 40, "topic": 40}
    assert [name for name, count in least.items() if counts[name] < count] == []


def test_classes_name_their_lists() -> None:
    ontology = read(ROOT / "ontology" / "naval.ttl")
    named = {
        node.removeprefix(NR): [v.value.removeprefix(NRC) for v in lists]
        for node, lists in ontology[NR + "takesKindsFrom"].items()
    }
    assert {name: set(lists) for name, lists in named.items()} == {
        name: {f"scheme-{scheme}" for scheme in schemes.split()} for name, schemes in LISTS.items()
    }
    assert {NRC + scheme for lists in named.values() for scheme in lists} <= of_type(
        "ConceptScheme"
    )


def test_graph_takes_kinds_from_the_lists_of_their_classes() -> None:
    ontology = read(ROOT / "ontology" / "naval.ttl")
    graph = read(*sorted((ROOT / "graph").rglob("*.ttl")))

    def schemes(name: str) -> str:
        above = ontology[SUBCLASS].get(NR + name, [])
        return LISTS.get(name) or next(
            (found for v in above if (found := schemes(v.value.removeprefix(NR)))), ""
        )

    astray = {
        (kind.value.removeprefix(NR), concept.value.removeprefix(NRC))
        for node, kinds in graph[NR + "hasKind"].items()
        for concept in kinds
        for kind in graph[TYPE][node]
        if links(LIST)[concept.value][0].removeprefix(NRC + "scheme-")
        not in schemes(kind.value.removeprefix(NR)).split()
    }
    assert astray <= ASTRAY
