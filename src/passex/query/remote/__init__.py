"""A graph on a SPARQL 1.1 server, taken from there.

A query that a person writes is the server's to answer (`sparql.endpoint`). What Passex makes of a
graph is made here: engines differ in what they answer to one and the same query, and some are wrong
without saying so (Virtuoso 7.2.5 gives one of five rows where a path is optional). So every command
gives on an endpoint what it gives on files. What was fetched is kept in the cache; as long as the
note on the server stays the same, it is not fetched again.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ...errors import CacheError, EndpointError, VocabularyError
from ...graph import cache, cache_keys, folding, normalise
from ...graph import opening as knowledge
from ...graph import store as stores
from ...graph.store import Store
from ...graph.terms import DERIVED, GRAPH, NR, OWL, RDF, WORKINGS
from ...text.wording import say

try:
    import httpx as _  # noqa: F401
except ImportError:
    raise EndpointError(
        "endpoints need httpx, which is not installed", "pip install 'passex[endpoint]'"
    ) from None
from . import choosing, fetching, layout
from .client import Client
from .fetching import Progress
from .layout import Note
from .wholeness import Digest, nameless

_WORKINGS: Final = ox.NamedNode(WORKINGS)
_TYPE: Final = ox.NamedNode(RDF.type)
#: In triples: a graph that was not pushed and is larger is not read whole.
_WHOLE: Final = 100_000
#: What was not pushed has to fit into memory, with what is derived from it.
_MANY: Final = 3_000_000


def open_store(
    url: str,
    cached: bool,
    warn: Callable[[str], None],
    timeout: float | None = None,
    progress: Progress = lambda read: None,
) -> Store:
    """Fetch a graph from a server and derive its relations, or take them from there or the cache.

    Args:
        url: The URL of the endpoint. With ``default-graph-uri`` in its query, that graph is read;
            else the one that ``passex push`` writes, or the default graph where it is not there.
        cached: Whether the cache is read and written.
        warn: Is told, in a line, what is no reason to stop.
        timeout: Seconds in which something has to come.
        progress: Is told now and then how many triples have come.

    Returns:
        The store with its derived triples.

    Raises:
        EndpointError: The server cannot be reached, refuses, or does not give the whole graph.
        VocabularyError: The graph has nothing of our ontology in it.
    """
    with Client(url, timeout) as client:
        return _open(client, cached, warn, progress)


def _open(client: Client, cached: bool, warn: Callable[[str], None], progress: Progress) -> Store:
    graph = client.graph or GRAPH
    # Once more, if it is pushed anew while it is being read.
    for last in (False, True):
        said = layout.read(client, graph)
        if said is None:
            return _unpushed(client, client.graph, cached, warn, progress)
        number = fetching.count(client, graph)
        if number == said.triples:
            found = _pushed(client, graph, said, cached, warn, progress)
            if found is not None:
                return found
        elif last:
            warn(
                f"{client.where}: <{graph}> was changed since it was pushed "
                f"({said.triples} triples then, {number} now); its relations are derived anew"
            )
            return _unpushed(client, graph, cached, warn, progress)
    raise EndpointError(
        f"{client.where}: <{graph}> is not what was pushed", "run 'passex push' again"
    )


def _pushed(
    client: Client,
    graph: str,
    said: Note,
    cached: bool,
    warn: Callable[[str], None],
    progress: Progress,
) -> Store | None:
    """Take a graph that was pushed from the cache or the server; None if it is another."""
    own = cache_keys.own_key()
    if said.made != own:
        warn(
            f"{client.where}: <{graph}> was pushed by another version of Passex; "
            "'passex push' again derives its relations as this one does"
        )
    files = (Path(client.where),) * said.files
    name = hashlib.sha256(f"{own} {client.url} {graph} {said}".encode()).hexdigest()
    if cached and (kept := cache.fetch(name, files)) is not None:
        return kept
    digest = Digest()
    engine = ox.Store()
    for source, target in (
        (graph, ox.DefaultGraph()),
        (layout.workings(graph), _WORKINGS),
    ):
        for quad in fetching.triples(client, source, progress=progress):
            digest.add(quad.triple)
            engine.add(
                ox.Quad(nameless(quad.subject), quad.predicate, nameless(quad.object), target)
            )
    if str(digest) != said.digest:
        return None
    folding.index(engine)
    store = Store(engine, files, said.ignored)
    if cached:
        try:
            cache.keep(name, store)
        except CacheError as error:
            warn(str(error))
    return store


def _unpushed(
    client: Client,
    graph: str | None,
    cached: bool,
    warn: Callable[[str], None],
    progress: Progress,
) -> Store:
    """Take facts from a server, and derive their relations here."""
    if fetching.count(client, graph, most=_WHOLE) > _WHOLE:
        found = _ours(client, graph, progress)
        lines = _facts(found)
        what = f"of more than {_WHOLE} triples {len(lines)} facts of our ontology"
        if lost := choosing.left_out(found):
            what += f", without {say(lost, 'node')} that have no IRI,"
    else:
        lines = facts(client, graph, progress)
        what = f"{len(lines)} facts"
    warn(
        f"{client.where}: {what} fetched and their relations derived here; "
        "'passex push' puts a graph on a server with them"
    )
    with tempfile.TemporaryDirectory(prefix="passex-") as folder:
        path = Path(folder, "facts.nt")
        path.write_text("".join(lines), encoding="utf-8")
        try:
            store = knowledge.open_store([path], cached, warn)
        except VocabularyError as error:
            message = error.message.replace(str(path), client.where)
            raise VocabularyError(message, error.hint) from None
    return Store(store.engine, (Path(client.where),), store.ignored)


def _ours(client: Client, graph: str | None, progress: Progress) -> ox.Store:
    ontology = stores.ontology().engine
    classes = normalise.classes(ontology)
    found = choosing.ours(client, graph, ontology, classes, _MANY, progress)
    if not normalise.has_instance(found, classes):
        raise VocabularyError(
            f"{client.where}: no node of a class of the Passex ontology in the {_called(graph)}",
            "name another graph (URL?default-graph-uri=IRI), or ask with 'passex query'",
        )
    return found


def _called(graph: str | None) -> str:
    return f"graph <{graph}>" if graph else "default graph"


def facts(client: Client, graph: str | None, progress: Progress = lambda read: None) -> list[str]:
    """Fetch the facts of a graph, without what is derived and without our ontology's own axioms.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.
        progress: Is told now and then how many triples have come.

    Returns:
        Lines of N-Triples, sorted.

    Raises:
        EndpointError: No triples, too many, or not all of them.
    """
    number = fetching.count(client, graph, most=_MANY)
    if not number:
        raise EndpointError(
            f"{client.where}: no triples in the {_called(graph)}",
            "put a graph there with 'passex push', or name one: URL?default-graph-uri=IRI",
        )
    if number > _MANY:
        raise EndpointError(
            f"{client.where}: more than {_MANY} triples in the {_called(graph)}, too many to be "
            "read whole",
            "name a smaller graph: URL?default-graph-uri=IRI",
        )
    return _facts(fetching.triples(client, graph, progress=progress))


def _facts(quads: ox.Store) -> list[str]:
    # Of what was pushed, the names of blank nodes are not their own.
    found = [
        ox.Triple(nameless(quad.subject), quad.predicate, nameless(quad.object)) for quad in quads
    ]
    derived = set(DERIVED)
    own = _axioms(found)
    return sorted(
        f"{triple} .\n"
        for triple in found
        if triple.predicate.value not in derived and own.isdisjoint((triple.subject, triple.object))
    )


def _axioms(found: list[ox.Triple]) -> set[object]:
    """Find the blank nodes of the ontology, where it lies among the facts: it is added here."""
    about = ox.NamedNode(NR.iri.rstrip("#"))
    near: dict[object, list[object]] = {}
    axioms: set[object] = set()
    declared = False
    for triple in found:
        declared = declared or triple.subject == about
        if isinstance(triple.subject, ox.BlankNode):
            near.setdefault(triple.subject, []).append(triple.object)
            if (
                triple.predicate == _TYPE
                and isinstance(triple.object, ox.NamedNode)
                and triple.object.value.startswith(OWL.iri)
            ):
                axioms.add(triple.subject)
    waiting = list(axioms)
    while waiting:
        more = [node for node in near[waiting.pop()] if node in near and node not in axioms]
        axioms.update(more)
        waiting += more
    return axioms if declared else set()
