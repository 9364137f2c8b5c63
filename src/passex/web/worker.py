"""A process that answers queries: one at a time, on a graph that it only reads.

The engine cannot stop a query. A process can be ended at any time, and with it its query.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyoxigraph as ox

from ..graph import store
from ..graph.engine import prefixes
from ..graph.terms import FILLED, INTERNAL, NR, RDF, WORKINGS
from ..query import formats
from ..query.errors import silent_service
from ..query.lexer import words_of
from ..query.mending import mended
from ..query.merging import merged
from ..query.prefixes import naming, sources
from . import guard
from .copies import await_copies
from .errors import HTTPError
from .frames import (
    Output,
    Request,
    answer_pipe,
    end_with_parent,
    limit_memory,
    serve,
    unlimited_memory,
)
from .negotiation import GRAPHS, SOLUTIONS, Written, bare

#: What any graph has with which our ontology is mixed in.
_ACTOR: Final = ox.NamedNode(NR.Actor)
#: Those of the service description.
_PREFIXES: Final = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "rdf": RDF.iri,
    "formats": "http://www.w3.org/ns/formats/",
}
#: A store may have any number of named graphs; so many are listed.
_LISTED: Final = 1000
#: What named questions, networks and pages need, which most SPARQL does not.
_LATER: Final = (
    *("passex.web.resources", "passex.questions.answers", "passex.web.pages.answer"),
    *("passex.network.communities", "passex.api.exportable", "passex.web.pages.network"),
    *("passex.exports.rdf", "passex.web.pages.ontology"),
)
_LANGUAGES: Final = ("sd:SPARQL10Query", "sd:SPARQL11Query")


@dataclass(slots=True)
class Graph:
    """The graph that a worker reads, as it was last asked for.

    Attributes:
        memory: How many bytes queries may take beyond it; 0 for no limit.
        source: A file of N-Quads, which is loaded into memory, or the folder of a store.
        in_memory: Whether queries read no files.
        named: The named graphs that queries see; None for all.
        limited: Whether the limit on memory is in force.
        lookup: The engine, for who looks up nodes in it.
    """

    memory: int = 0
    source: str = ""
    engine: ox.Store = field(default_factory=ox.Store)
    in_memory: bool = True
    named: list[ox.NamedNode | ox.BlankNode] | None = None
    limited: bool = False
    lookup: store.Store = field(default_factory=lambda: store.Store(ox.Store()))

    def open(self, source: str) -> None:
        """Open a graph, unless it is open already."""
        if source == self.source:
            return
        self.in_memory = not os.path.isdir(source)
        # The engine opens a store with a crowd of threads, and aborts where it cannot start one.
        with unlimited_memory():
            self.engine = ox.Store() if self.in_memory else ox.Store.read_only(source)
            if self.in_memory:
                store.restore(self.engine, Path(source).read_bytes())
        self.source = source
        self.lookup = store.Store(self.engine)
        names = list(self.engine.named_graphs())
        shown = [one for one in names if one.value not in INTERNAL]
        # None is every graph: a list is gone through by each query.
        self.named = shown if len(shown) < len(names) else None

    def limit(self) -> None:
        """Limit the memory of queries, from the first graph on: it does not count."""
        if self.source and not self.limited:
            limit_memory(self.memory)
            self.limited = True


def query(graph: Graph, request: Request, output: Output) -> None:
    """Answer a SPARQL query; raises `SyntaxError` where it is none."""
    text: str = request["text"]
    if not request["service"]:
        guard.forbid(text, "service")
    guard.refuse_large(text)
    default, named = request["default"], request["named"]
    protocol = bool(default or named)
    clauses = not protocol and guard.has_dataset(text)
    shown = graph.named
    if shown is not None:
        # Of the internal graphs those that are named: by another Passex, to tell what facts there
        # are, and by the named questions.
        shown = [*shown, *(ox.NamedNode(one) for one in (FILLED, WORKINGS) if one in text)]
    engine = graph.engine
    merge: Any = _graphs(default) if protocol else None
    if clauses and (chosen := sources(text)) is not None and len(chosen[0]) > 1:
        merge, shown, clauses = _graphs(chosen[0]), _graphs(chosen[1]), False
    elif protocol:
        shown = _graphs(named)
    if merge is not None:
        engine, merge = merged(engine, merge, shown or [])
    result = engine.query(
        mended(text, graph.lookup, protocol),
        base_iri=request["base"],
        prefixes=_prefixes(text) if len(text) < guard.SHORT else prefixes(text),
        default_graph=merge,
        named_graphs=None if clauses else shown,
    )
    stream = cast("BinaryIO", output)
    offers: Mapping[str, formats.Format | Written]
    if isinstance(result, ox.QueryTriples):
        wanted, offers = request["graphs"], GRAPHS
    else:
        wanted, offers = request["solutions"], SOLUTIONS
    if wanted is None:
        offered = ", ".join(bare(form.media_type) for form in offers.values())
        raise HTTPError(406, f"the answer to this query comes as {offered}")
    form = offers[wanted]
    output.head["type"] = form.media_type
    if isinstance(form, Written):
        assert not isinstance(result, ox.QueryTriples)
        form.write(result, stream)
    else:
        made = isinstance(result, ox.QueryTriples) and len(text) < guard.SHORT
        formats.write(result, stream, form, *([naming(words_of(text))] if made else ()))


#: The same queries come again and again.
_prefixes = lru_cache(maxsize=512)(prefixes)


def _graphs(names: list[str]) -> list[Any]:
    return [ox.NamedNode(name) for name in names if name not in INTERNAL]


def dump(graph: Graph, request: Request, output: Output) -> None:
    """Write a graph of the store, or the default graph."""
    name = request["name"]
    place = ox.DefaultGraph() if name is None else ox.NamedNode(name)
    if name in INTERNAL or not graph.engine.contains_named_graph(place):
        raise HTTPError(404, f"no graph <{name}> in this store")
    form = formats.GRAPHS[request["graphs"]]
    output.head["type"] = form.media_type
    quads = graph.engine.quads_for_pattern(None, None, None, place)
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    formats.write_triples(triples, cast("BinaryIO", output), form)


def describe(graph: Graph, request: Request, output: Output) -> None:
    """Write the service description (https://www.w3.org/TR/sparql11-service-description/)."""
    form = formats.GRAPHS[request["graphs"]]
    output.head["type"] = form.media_type
    description = _description(graph.engine, **request["description"])
    triples = (quad.triple for quad in ox.parse(description, ox.RdfFormat.TURTLE))
    assert isinstance(form.engine, ox.RdfFormat)
    ox.serialize(triples, cast("BinaryIO", output), form.engine, prefixes=_PREFIXES)


def resource(graph: Graph, request: Request, output: Output) -> None:
    """Write what a resource such as a named question has to say."""
    from . import resources

    # What the server began with may have changed since.
    ours = graph.engine.quads_for_pattern(_ACTOR, None, None, ox.DefaultGraph())
    asked = store.Store(graph.engine, plain=next(ours, None) is None)
    status, media_type, body = resources.answer(
        asked, request["resource"], request["parameters"], request["type"]
    )
    output.head["status"] = status
    output.head["type"] = media_type
    if own := resources.policy(request["resource"], media_type, body):
        output.head["policy"] = own
    output.write(body)


_HANDLERS: Final[dict[str, Callable[[Graph, Request, Output], None]]] = {
    "query": query,
    "dump": dump,
    "describe": describe,
    "resource": resource,
}


class _Files:
    """Whether this process can open files: not while a query runs that needs none.

    So there is no connection either, should a call to another server ever slip through the guard.
    """

    open = True

    def let(self, wanted: bool) -> None:
        """Allow files and connections, or no more than are open."""
        if wanted == self.open or sys.platform == "win32":
            return
        import resource as limits

        _, most = limits.getrlimit(limits.RLIMIT_NOFILE)
        limits.setrlimit(limits.RLIMIT_NOFILE, (most if wanted else 0, most))
        self.open = wanted


def _answer(graph: Graph, files: _Files, request: Request, output: Output) -> None:
    needed = request["op"] != "query" or request["service"]
    files.let(needed or not graph.in_memory or request["graph"] != graph.source)
    graph.open(request["graph"])
    graph.limit()
    files.let(needed or not graph.in_memory)
    try:
        _HANDLERS[request["op"]](graph, request, output)
    except SyntaxError as error:
        files.let(True)  # no query runs
        raise HTTPError.not_sparql(request["text"], error) from None
    except OSError as error:
        refusal = silent_service(error, request.get("text", ""))
        if refusal is None:
            raise
        raise refusal from None


def _description(engine: ox.Store, endpoint: str, writable: bool, service: bool) -> str:
    """Describe an endpoint, by its address, in Turtle."""

    def named(iris: Iterable[str]) -> str:
        return ", ".join(str(ox.NamedNode(iri)) for iri in iris)

    languages = [*_LANGUAGES, *(["sd:SPARQL11Update"] if writable else [])]
    features = ["sd:EmptyGraphs", *(["sd:BasicFederatedQuery"] if service else [])]
    graphs = [one.iri for one in formats.GRAPHS.values()]
    results = [one.iri for one in formats.SOLUTIONS.values()]
    inputs = f"sd:inputFormat {named(graphs)} ;" if writable else ""
    names = (name.value for name in engine.named_graphs() if isinstance(name, ox.NamedNode))
    shown = islice((name for name in names if name not in INTERNAL), _LISTED)
    datasets = "".join(
        f"""
        _:data sd:namedGraph _:named{n} .
        _:named{n} a sd:NamedGraph ; sd:name {named([name])} ; sd:graph _:graph{n} .
        _:graph{n} a sd:Graph ."""
        for n, name in enumerate(shown)
    )
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
    return f"""{prefixes}
        _:service a sd:Service ;
            sd:endpoint {named([endpoint])} ;
            sd:supportedLanguage {", ".join(languages)} ;
            sd:feature {", ".join(features)} ;
            sd:resultFormat {named([*results, *graphs])} ;
            {inputs}
            sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
            sd:defaultDataset _:data .
        _:data a sd:Dataset ; sd:defaultGraph _:graph .
        _:graph a sd:Graph .{datasets}"""


def main() -> None:
    """Be a worker, or the process that they are copied from."""
    setup = json.loads(sys.argv[1])
    end_with_parent(setup["parent"])
    # What few queries need is imported late, and while one runs no file can be opened.
    import_module("passex.query.parser")
    graph = Graph(setup["memory"])
    # A store on the disk is each worker's own: its threads are not copied.
    shared = os.path.isfile(setup["graph"])
    if shared:
        # In a thread of its own: each thread has its own random numbers in the engine, and what was
        # begun here would go on alike in all copies.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(graph.open, setup["graph"]).result()
    if setup.get("copied"):
        await_copies(_LATER)
    pipe = answer_pipe()
    if setup["graph"] and not shared:
        graph.open(setup["graph"])
    graph.limit()
    files = _Files()
    serve(lambda *sent: _answer(graph, files, *sent), pipe)


if __name__ == "__main__":
    main()
