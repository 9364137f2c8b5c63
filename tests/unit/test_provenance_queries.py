"""What `--show` prints: queries that any engine runs, and that find what the command prints."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
import rdflib

from passex.cli import _provenance_queries as shown
from passex.evidence import naming, portraits, why
from passex.graph import names, statistics
from passex.graph.store import Store
from passex.graph.terms import ID, LEVELS, NR, NRC, THINGS
from passex.network import projection, twomode
from passex.network.policy import AT, Policy

# rdflib uses what it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")

Rows = set[tuple[str, ...]]
AZURE_NAVY, COBALT_NAVY = ID["azure-navy"], ID["cobalt-navy"]
EVENT = ID["meeting-at-sea"]
SHOWN: dict[str, list[str]] = {
    **{f"network {level}": shown.network(Policy(level)) for level in AT},
    "show": shown.portrait(EVENT),
    "stats": shown.stats(),
    "why A": shown.claims_of(EVENT),
    "why A B": shown.reasons(AZURE_NAVY, COBALT_NAVY),
}
QUERIES = [query for queries in SHOWN.values() for query in queries]


@pytest.fixture(scope="module")
def dump(azure: Store) -> bytes:
    data = azure.engine.dump(format=ox.RdfFormat.N_QUADS)
    assert data is not None
    return data


def text(term: object) -> str:
    if term is None:
        return ""
    # Each engine has names of its own for blank nodes.
    if isinstance(term, ox.BlankNode | rdflib.BNode):
        return "_:"
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


@pytest.fixture(scope="module")
def oxigraph(dump: bytes) -> Callable[[str], Rows]:
    """Ask a bare Oxigraph that holds the dumped graph, without any prefix declared."""
    store = ox.Store()
    store.load(dump, ox.RdfFormat.N_QUADS)

    def ask(query: str) -> Rows:
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions)
        return {tuple(map(text, row)) for row in found}

    return ask


@pytest.fixture(scope="module")
def rdf(dump: bytes) -> Callable[[str], Rows]:
    """The same for rdflib."""
    graph = rdflib.Dataset()
    graph.parse(io.BytesIO(dump), format="nquads")

    def ask(query: str) -> Rows:
        found = graph.query(query)
        names = found.vars or []
        return {tuple(text(row.get(name, "")) for name in names) for row in found.bindings}

    return ask


@pytest.mark.parametrize("query", sorted(set(QUERIES)), ids=lambda query: query.splitlines()[0])
def test_every_query_says_what_for_and_runs_in_both_engines(
    query: str, oxigraph: Callable[[str], Rows], rdf: Callable[[str], Rows]
) -> None:
    first = query.splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")
    assert oxigraph(query) == rdf(query)


def find(name: str, comment: str) -> str:
    [query] = [query for query in SHOWN[name] if query.startswith(f"# {comment}")]
    return query


@pytest.mark.parametrize("level", AT)
def test_the_query_for_the_members_finds_them(
    level: str, azure: Store, oxigraph: Callable[[str], Rows]
) -> None:
    found = oxigraph(find(f"network {level}", "Who took part in what"))
    two = twomode.read(azure, level)
    pairs = zip(two.event_of, two.member_of, strict=True)
    assert found == {(two.events[event], two.members[member]) for event, member in pairs}
    assert found


def test_what_is_shown_is_what_runs(azure: Store) -> None:
    asked: set[str] = set()

    class Listener(Store):
        def rows(self, sparql: str) -> Iterator[tuple[str | None, ...]]:
            asked.add(" ".join(sparql.split()))
            return super().rows(sparql)

    projection.build(Listener(azure.engine), Policy())
    assert len(asked) > 8
    # The prefixes, and the IRIs that they make shorter, apart.
    bare = {shape(query) for query in SHOWN["network service"]}
    assert {shape(query) for query in asked} <= bare


def shape(query: str) -> str:
    text = re.sub(r"PREFIX \w+: <[^>]*>", "", query)
    text = re.sub(r"<[^<>\s]*[#/]([\w-]+)>|\b[a-z]+:([\w-]+)", r"\1\2", text)
    return " ".join(text.split())


def test_claims_and_places(azure: Store, oxigraph: Callable[[str], Rows]) -> None:
    node = names.resolve(azure, EVENT, *THINGS)
    claims = naming.claims_of(azure, node).claims
    said = oxigraph(find("why A", "What the claims"))
    assert {row[1] for row in said} == {claim.iri for claim in claims}
    assert {row[3] for row in said if row[2] == NR.hasEvidence} == {
        anchor.iri for claim in claims for anchor in claim.evidence
    }
    assert oxigraph(find("why A", "Where the claims")) == {
        (
            claim.iri,
            a.article,
            NRC.body,
            str(a.start),
            str(a.end),
            a.exact,
        )
        for claim in claims
        for a in claim.evidence
    }
    assert SHOWN["show"][3:] == [*SHOWN["why A"][:2], *SHOWN["why A"][3:]]


def test_what_names_a_node(azure: Store, oxigraph: Callable[[str], Rows]) -> None:
    found = naming.claims_of(azure, names.resolve(azure, AZURE_NAVY), everything=True)
    query = find("why A", "What names").replace("id:meeting-at-sea", "id:azure-navy")
    shown = {(row[0], row[1]) for row in oxigraph(query)}
    mentions = [m for group in found.named_in for m in group.mentions]
    assert {(m.node.iri, by.iri) for m in mentions for by in m.properties} <= shown
    assert len(mentions) == 6


def test_facts_and_mentions(azure: Store, oxigraph: Callable[[str], Rows]) -> None:
    found = portraits.portrait(azure, names.resolve(azure, EVENT, *THINGS))
    facts = oxigraph(find("show", "What the graph says"))
    for line in found.facts:
        for value in line.values:
            given = value if isinstance(value, str) else value.iri
            assert (line.property.iri, given) in facts
    assert oxigraph(find("show", "What points")) == {
        (claim.iri, NR.about) for claim in found.claims
    }


def test_ties_routes_and_levels(azure: Store, oxigraph: Callable[[str], Rows]) -> None:
    a, b = (names.resolve(azure, iri) for iri in (AZURE_NAVY, COBALT_NAVY))
    found = why.why(azure, a, b)
    events = {reason.happening.iri for reason in found.occasions}
    both = oxigraph(find("why A B", "In which events both are"))
    assert events == {event for event, _ in both}
    counts = oxigraph(find("why A B", "In how many"))
    for node, levels in ((a, found.levels_a), (b, found.levels_b)):
        for level, number in levels.items():
            assert (node.iri, LEVELS[level], str(number)) in counts
    for node, routes in ((a, "routes_a"), (b, "routes_b")):
        steps = oxigraph(find("why A B", f"How id:{node.iri.removeprefix(ID.iri)} comes"))
        shown_steps = {(row[0], row[3]) for row in steps if row[0] in events}
        walked = {
            (reason.happening.iri, link.iri)
            for reason in found.occasions
            for route in getattr(reason, routes)
            for link in route.links
        }
        assert walked <= shown_steps
        assert walked


def test_counts(azure: Store, oxigraph: Callable[[str], Rows]) -> None:
    found = statistics.count(azure)
    assert oxigraph(SHOWN["stats"][0]) == {
        ("triples", str(len(azure))),
        ("derived triples", str(found.derived)),
        ("articles", "1"),
        ("evidence", "5"),
    }
    assert found.triples == len(azure)
