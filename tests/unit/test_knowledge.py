from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import passex
from passex.errors import QueryError, UnknownNameError

DATA = Path(__file__).resolve().parents[1] / "data" / "azure.ttl"


@pytest.fixture(scope="module")
def kg() -> passex.KnowledgeGraph:
    return passex.load(DATA)


def test_the_graph_as_one_object(kg: passex.KnowledgeGraph) -> None:
    assert repr(kg) == f"<KnowledgeGraph: {len(kg.store)} triples, 1 file>"
    assert kg.resolve("ls1").kind == "Formation"
    assert kg.network(level="state", include=["planned"]).size() == 1
    assert len(kg.why("Azure", "Cobalt").occasions) == 3
    assert bool(kg.query("ASK { id:azure nr:trainedWith id:cobalt }"))


def test_errors_come_through(kg: passex.KnowledgeGraph) -> None:
    with pytest.raises(QueryError):
        kg.query("SELECT")
    with pytest.raises(QueryError):
        kg.network(level="x")
    with pytest.raises(UnknownNameError):
        kg.why("Azure", "Nowhere")


def test_names_that_the_package_has_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        passex.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import passex", "click networkx pyoxigraph rdflib pyshacl dataclasses"),
        ("import passex.cli", "networkx pyoxigraph rdflib pyshacl"),
        ("import passex; passex.load().why('Japan', 'Russia')", "networkx rdflib pyshacl"),
        ("import passex; passex.load().network()", "rdflib pyshacl"),
    ],
)
def test_nothing_is_imported_before_it_is_needed(code: str, absent: str) -> None:
    check = f"{code}\nimport sys\nprint([m for m in {absent.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
