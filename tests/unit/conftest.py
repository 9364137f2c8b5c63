from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from passex.graph import dataset, rules
from passex.graph.store import Store
from passex.graph.terms import FILLED, PREFIXES, WORKINGS, shorten

DATA = Path(__file__).resolve().parents[1] / "data"
HEAD = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
HEAD += "@prefix : <https://example.org/> .\n"


def build(facts: str, workings: str = "") -> Store:
    """A store with the ontology's OWL, some facts, and intermediate results made by hand."""
    engine = ox.Store()
    engine.load(path=str(dataset.root() / "ontology" / "naval.ttl"))
    text = f"{HEAD}{facts}\nGRAPH <{WORKINGS}> {{ {workings} }}"
    engine.load(text.encode(), ox.RdfFormat.TRIG)
    return Store(engine)


def name(term: object) -> str:
    if isinstance(term, ox.NamedNode):
        short = shorten(term.value)
        return short if ":" in short and not short.startswith("<") else ":" + short[21:-1]
    if isinstance(term, ox.Literal):
        return term.value
    return str(term)


Apply = Callable[..., set[str]]


@pytest.fixture
def apply() -> Apply:
    """Apply one rule, and no other, and give the triples that it adds."""

    def run(rule: str, facts: str = "", workings: str = "") -> set[str]:
        store = build(facts, workings)
        before = set(store.engine)
        [path] = [path for path in dataset.rule_files() if path.stem == rule]
        read = rules.read(path)
        rules.apply(store, read)
        new = set(store.engine) - before
        places: dict[str, set[ox.DefaultGraph | ox.NamedNode]] = {
            "": {ox.DefaultGraph()},
            "workings": {ox.NamedNode(WORKINGS)},
            "filled": {ox.DefaultGraph(), ox.NamedNode(FILLED)},
        }
        graphs = places[read.graph]
        assert {quad.graph_name for quad in new} in (set(), graphs)
        # What is filled in is in both graphs.
        triples = {quad.triple for quad in new}
        assert len(new) == len(triples) * len(graphs)
        return {f"{name(t.subject)} {name(t.predicate)} {name(t.object)}" for t in triples}

    return run


@pytest.fixture
def make() -> Callable[..., Store]:
    """Build a store from Turtle, with all rules applied."""

    def run(facts: str) -> Store:
        store = build(facts)
        rules.derive(store)
        return store

    return run


@pytest.fixture(scope="session")
def azure() -> Store:
    """The fictional graph of tests/data, with all rules applied."""
    from passex.graph.store import load

    store = load([DATA / "azure.ttl"])
    rules.derive(store)
    return store
