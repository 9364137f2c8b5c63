"""Look-ups on a server beside an answer: the nodes that names mean, labels, and claims."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final

import pyoxigraph as ox

from ..errors import AmbiguousNameError, UnknownNameError
from ..graph import names
from ..graph.store import Store, ontology
from ..graph.terms import LABELLING, NAMING, NR, OA, THINGS, shorten
from .remote.client import Client

#: So many nodes are asked for at once.
_BATCH: Final = 100
#: So many nodes of one name are looked at.
_NAMESAKES: Final = 20
_NAMING: Final = " ".join(f"<{term}>" for term in NAMING)
_LABELLING: Final = " ".join(f"<{term}>" for term in LABELLING)
#: What leads from a node to the claims about it, and from there to all that is shown of them.
_CLAIMS: Final = (
    f"?s <{NR}about> ?node .",
    f"?claim <{NR}about> ?node . ?claim <{NR}hasEvidence> ?s .",
    f"?claim <{NR}about> ?node . ?claim <{NR}hasEvidence> ?e . ?e <{OA}hasSelector> ?s .",
    f"?claim <{NR}about> ?node . ?claim <{NR}hasEvidence> ?e . ?e <{NR}inZone> ?s .",
)


def resolve(client: Client, graph: str | None, name: str) -> str:
    """Find the node that a name means.

    Args:
        client: The server.
        graph: The graph; the default graph without it.
        name: A label or a further name, as it is written there; if nothing has it, case and
            language do not matter.

    Returns:
        The node's IRI. Nodes that a person would name come first, where there are some of ours.

    Raises:
        UnknownNameError: Nothing has that name.
        AmbiguousNameError: More than one has it.
        EndpointError: No answer.
    """
    exact = f"VALUES ?name {{ {ox.Literal(name)} {ox.Literal(name, language='en')} }}"
    alike = f"FILTER(LCASE(STR(?name)) = {ox.Literal(name.lower())})"
    found: list[str] = []
    for how in (f"{exact} {{triple}}", f"{{triple}} {alike}"):
        pattern = how.replace("{triple}", f"VALUES ?p {{ {_NAMING} }} ?s ?p ?name .")
        asked = f"SELECT DISTINCT ?s {{ {pattern} }} LIMIT {_NAMESAKES}"
        rows = client.select(asked, "s", graph=graph)
        found = sorted(term.value for (term,) in rows if isinstance(term, ox.NamedNode))
        if found:
            break
    else:
        raise UnknownNameError(f"'{name}': nothing on {client.where} is called so", "give its IRI")
    store = ontology()
    _add(store, client, graph, f"VALUES ?s {{ {_listed(found)} }}")
    try:
        return names.resolve(store, name, *THINGS).iri
    except UnknownNameError:
        if len(found) == 1:
            return found[0]
    called = names.labels(store, found)
    listed = ", ".join(f"{called[iri]} ({shorten(iri)})" for iri in found)
    raise AmbiguousNameError(
        f"'{name}' is the name of {len(found)} nodes: {listed}",
        "give one of the names in brackets instead",
    )


def described(client: Client, graph: str | None, nodes: Collection[str], claims: bool) -> Store:
    """Fetch the labels of nodes and, if they are wanted, the claims about them.

    Args:
        graph: The graph; the default graph without it.
        nodes: The nodes' IRIs.
        claims: Whether claims, their evidence and the labels of whom they name are wanted.

    Raises:
        EndpointError: No answer, or not all of it.
    """
    store = Store(ox.Store())
    wanted = sorted(nodes)
    for batch in _batches(wanted) if claims else ():
        for path in _CLAIMS:
            _add(store, client, graph, f"VALUES ?node {{ {_listed(batch)} }} {path}")
    said = {
        quad.object.value
        for quad in store.engine.quads_for_pattern(None, None, None, ox.DefaultGraph())
        if isinstance(quad.object, ox.NamedNode)
    }
    for batch in _batches(sorted({*wanted, *said})):
        values = f"VALUES ?s {{ {_listed(batch)} }} VALUES ?p {{ {_LABELLING} }}"
        _add(store, client, graph, values)
    return store


def _add(store: Store, client: Client, graph: str | None, pattern: str) -> None:
    """Add what the subjects of a pattern say."""
    asked = f"SELECT ?s ?p ?o {{ {pattern} ?s ?p ?o }}"
    for subject, predicate, value in client.select(asked, "s", "p", "o", graph=graph):
        store.engine.add(ox.Quad(subject, predicate, value))


def _listed(iris: Iterable[str]) -> str:
    return " ".join(f"<{iri}>" for iri in iris)


def _batches(iris: list[str]) -> Iterator[list[str]]:
    rest = iter(iris)
    while batch := list(islice(rest, _BATCH)):
        yield batch
