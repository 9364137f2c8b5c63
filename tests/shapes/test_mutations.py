"""No kind of triple in the graph can be deleted or altered without validation turning red.

A kind is a predicate on nodes of one class. For each, instances are deleted, and altered, until one
of them breaks a shape. Kinds of which none does are listed in unguarded.txt, with the reason.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import pyoxigraph as ox
import pytest

from passex.graph.terms import RDF, shorten
from passex.validation.inputs import Inputs, load
from passex.validation.request import Request, sources
from passex.validation.shacl import Shape, fast, read_shapes

UNGUARDED = Path(__file__).with_name("unguarded.txt")
#: As many instances of a kind are tried, until one turns something red.
TRIED = 16
#: As many of a kind that is listed, of which none does: all are tried in a thorough run alone.
TRIED_LISTED = 2
#: Predicates that stand in more queries than spell them out.
EVERYWHERE = ("rdf:type", "rdfs:subClassOf")
MUTATIONS = ("deleted", "altered")

# rdflib compares ill-formed dates in a way that Python is going to refuse.
pytestmark = pytest.mark.filterwarnings("ignore:NotImplemented should not:DeprecationWarning")


@pytest.fixture(scope="module", autouse=True)
def _engine_is_closed() -> Iterator[None]:
    yield
    engine().close()


@cache
def inputs() -> Inputs:
    files = sources(Request())
    found, failures = load(files.data, files.shapes, files.ontology)
    assert not failures
    return found


@cache
def kinds() -> dict[tuple[str, str], list[ox.Quad]]:
    """The triples of the facts by class and predicate, both as prefixed names."""
    facts = load([document.source for document in inputs().data], [])[0].graph
    classes = defaultdict(set)
    for quad in facts.quads_for_pattern(None, ox.NamedNode(RDF.type), None):
        assert isinstance(quad.object, ox.NamedNode)
        classes[quad.subject].add(shorten(quad.object.value))
    found = defaultdict(list)
    for quad in sorted(facts, key=str):
        for name in sorted(classes[quad.subject]):
            found[name, shorten(quad.predicate.value)].append(quad)
    return found


@cache
def engine() -> fast.Engine:
    return fast.Engine(inputs().graph, read_shapes(inputs().shapes_graph))


@cache
def named(shape: Shape) -> str:
    """All that a shape names."""
    texts = [str(shape.path), str(shape.targets), str(shape.constraints)]
    return " ".join([*texts, *(query.tree.text for query in shape.queries)])


@cache
def looks_anywhere(shape: Shape) -> bool:
    """Whether a query of a shape has a variable in the place of a predicate."""
    bodies = (query.tree.text.partition("{")[2] for query in shape.queries)
    return any(re.search(r"[?$]\w+\s+[?$]\w+|;\s*[?$]\w+", body) for body in bodies)


@cache
def concerned(predicate: str) -> list[Shape]:
    """The shapes whose results may depend on a predicate: those that name it come first."""
    shapes = [shape for shape in inputs_shapes() if shape.targets]
    local = predicate.partition(":")[2]
    own = [shape for shape in shapes if local in named(shape)]
    if predicate in EVERYWHERE:
        return own + [shape for shape in shapes if shape not in own]
    return own + [shape for shape in shapes if shape not in own and looks_anywhere(shape)]


@cache
def inputs_shapes() -> tuple[Shape, ...]:
    return tuple(read_shapes(inputs().shapes_graph).shapes.values())


def red(predicate: str) -> bool:
    """Whether the graph as it is now breaks a shape that a change of a predicate concerns."""
    return any(True for shape in concerned(predicate) for _ in engine().validate(shape))


def altered(value: ox.NamedNode | ox.Literal) -> Iterator[ox.NamedNode | ox.Literal]:
    """Slips of the pen: an IRI misspelt, a text emptied, a literal of another type."""
    if isinstance(value, ox.NamedNode):
        yield ox.NamedNode(value.value + "x")
    elif value.language:
        yield ox.Literal("", language=value.language)
        yield ox.Literal(value.value, language="xx")
    else:
        yield ox.Literal("", datatype=value.datatype)
        yield ox.Literal(value.value, language="xx")


def guarded(predicate: str, quads: list[ox.Quad], mutation: str, tried: int) -> bool:
    store = inputs().graph
    for quad in Random(0).sample(quads, min(TRIED, len(quads)))[:tried]:
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        values = altered(quad.object) if mutation == "altered" else [None]
        for value in values:
            store.remove(quad)
            other = value and ox.Quad(quad.subject, quad.predicate, value)
            if other:
                store.add(other)
            try:
                if red(predicate):
                    return True
            finally:
                if other:
                    store.remove(other)
                store.add(quad)
    return False


def unguarded() -> dict[tuple[str, str, str], str]:
    """The exceptions by mutation, class and predicate, with their reasons."""
    found: dict[tuple[str, str, str], str] = {}
    reason = ""
    for line in UNGUARDED.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            reason = line.removeprefix("# ")
        elif line:
            mutation, predicate, *classes = line.split()
            for name in classes:
                assert (mutation, name, predicate) not in found, line
                found[mutation, name, predicate] = reason
    return found


def test_the_graph_is_whole_and_green() -> None:
    assert len(kinds()) > 200
    assert not red("rdf:type")


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_each_kind_of_triple_is_guarded_or_listed(mutation: str, thorough: bool) -> None:
    listed = {kind for kind in unguarded() if kind[0] == mutation}
    few = set() if thorough else listed
    bare = set()
    for (name, predicate), quads in kinds().items():
        kind = (mutation, name, predicate)
        if not guarded(predicate, quads, mutation, TRIED_LISTED if kind in few else TRIED):
            bare.add(kind)
    assert bare - listed == set(), "nothing turns red, and unguarded.txt does not say why"
    assert listed - bare == set(), "unguarded.txt lists what is guarded by now, or gone"


def test_exceptions_have_reasons() -> None:
    assert all(len(reason.split()) > 5 for reason in unguarded().values())
