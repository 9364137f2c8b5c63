"""Whatever a person gives a public method, it answers, or raises a PassexError."""

from __future__ import annotations

import contextlib
import datetime
import inspect
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import hypothesis
import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import strategies as st

import passex
from passex.errors import PassexError

#: Texts that mean something to some method, and such as people get wrong.
_TEXTS: Final = (
    *(
        "Japan",
        "id:japan",
        "Jpan",
        "",
        " ",
        "\0",
        "\ud800",
        "a b",
        "<urn:a",
        "urn:",
        "://",
        "%",
        "?x",
    ),
    *(
        "partners",
        "state",
        "naval",
        "held",
        "planned",
        "2017",
        "2017-13-45",
        "gexf",
        "svg",
        "edges",
    ),
    *("strength", "count", "newman", "disparity", "stated", "louvain", "graph", "ntriples", "fast"),
    *("ASK {}", "SELECT", "SELECT * { ?s a nr:Ship } LIMIT 2", "CONSTRUCT WHERE { ?s a nr:Ship }"),
    "<urn:a> <urn:b> 1 .",
)
_VALUES: Final = st.one_of(
    st.sampled_from(_TEXTS),
    st.text(max_size=8),
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([10**400, -(2**70), float("nan"), float("inf"), 0.5, 1j]),
    st.binary(max_size=3),
    st.sampled_from(
        [
            *([], (), {}, set(), ["x"], [None], {"x": 1}, {"s": "Japan"}, {3: object()}),
            *(object(), len, passex, datetime.date(2018, 8, 21), Path("nowhere"), Path("a\0")),
            *(ox.NamedNode("urn:a"), ox.BlankNode("b"), ox.Literal("x"), ox.Store()),
            *(rdflib.URIRef("a b"), rdflib.Literal("x", lang="en"), rdflib.BNode(), rdflib.Graph()),
            *(nx.Graph([("a", "b")]), passex.Policy()),
        ]
    ),
)


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load(Path(__file__).resolve().parents[1] / "data" / "azure.ttl")


def methods(thing: object) -> dict[str, Callable[..., Any]]:
    """The public methods of a thing, by name."""
    names = [name for name in dir(type(thing)) if not name.startswith("_")]
    # What pushes goes to a server; a graph of networkx has methods of its own.
    own = [n for n in names if n not in ("push", "save") and (n not in dir(nx.Graph))]
    return {n: getattr(thing, n) for n in own if callable(getattr(thing, n))}


def things(kg: passex.KnowledgeGraph) -> dict[str, Callable[..., Any]]:
    """All public functions, and the methods of what they give."""
    found: dict[str, Callable[..., Any]] = {
        "load": lambda *a, **k: passex.load(*a, cached=False, **k),
        "Policy": passex.Policy,
        "names.resolve": lambda name, *kinds: passex.names.resolve(kg.store, name, *kinds),
    }
    given: dict[str, object] = {
        "kg": kg,
        "network": kg.network(),
        "ties": kg.ties(),
        "rows": kg.select("SELECT ?s ?n { ?s a nr:Ship ; rdfs:label ?n }"),
        "triples": kg.construct("DESCRIBE id:azure"),
    }
    for name, thing in given.items():
        found |= {f"{name}.{method}": call for method, call in methods(thing).items()}
    rows = kg.select("SELECT ?s ?n { ?s a nr:Ship ; rdfs:label ?n }")
    found["rows[]"], found["row[]"] = rows.__getitem__, rows[0].__getitem__
    return found


def arguments(call: Callable[..., Any], data: st.DataObject) -> tuple[list[Any], dict[str, Any]]:
    """Values for the parameters of a function, most of them those that it has by default."""
    parameters = inspect.signature(call).parameters.values()
    values, named = [], {}
    for parameter in parameters:
        if parameter.kind is parameter.VAR_POSITIONAL:
            values += data.draw(st.lists(_VALUES, max_size=2))
        elif parameter.kind is parameter.KEYWORD_ONLY:
            if data.draw(st.integers(0, 3)) == 0:
                named[parameter.name] = data.draw(_VALUES)
        elif parameter.kind is parameter.VAR_KEYWORD:
            continue
        elif parameter.default is parameter.empty:
            values.append(data.draw(_VALUES))
        else:
            strange = data.draw(st.integers(0, 2)) == 0
            values.append(data.draw(_VALUES) if strange else parameter.default)
    return values, named


@hypothesis.settings(suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(st.data())
def test_nothing_but_errors_of_ours(
    kg: passex.KnowledgeGraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    # What is written goes there.
    monkeypatch.chdir(tmp_path)
    calls = things(kg)
    name = data.draw(st.sampled_from(sorted(calls)))
    values, named = arguments(calls[name], data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with contextlib.suppress(PassexError):
            calls[name](*values, **named)
