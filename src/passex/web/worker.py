"""A process that answers queries: one at a time, on a graph that it only reads.

The engine cannot stop a query. A process can be ended at any time, and with it its query.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

import pyoxigraph as ox

from ..graph import store
from ..graph.engine import prefixes
from ..graph.terms import INTERNAL
from ..query import formats
from . import frames, guard
from .errors import HTTPError
from .frames import HeadSent, Output
from .negotiation import GRAPHS, SOLUTIONS, Written, bare

#: If the server is gone and cannot end a worker, the worker ends itself this much later.
_GRACE: Final = 5.0

Request = Mapping[str, Any]
Handler = Callable[[Request, Output], None]


class Graph:
    """The graph that a worker reads, as it was last asked for.

    Attributes:
        source: A file of N-Quads, which is loaded into memory, or the folder of a store.
        engine: The store.
        in_memory: Whether queries read no files.
        named: The named graphs that queries see; None for all.
    """

    def __init__(self) -> None:
        self.source = ""
        self.engine = ox.Store()
        self.in_memory = True
        self.named: list[ox.NamedNode | ox.BlankNode] | None = None

    def open(self, source: str) -> None:
        """Open a graph, unless it is open already."""
        if source == self.source:
            return
        self.in_memory = not os.path.isdir(source)
        if not self.in_memory:
            self.engine = ox.Store.read_only(source)
        else:
            self.engine = ox.Store()
            self.engine.load(path=source, format=ox.RdfFormat.N_QUADS, lenient=True)
        self.source = source
        names = list(self.engine.named_graphs())
        shown = [one for one in names if one.value not in INTERNAL]
        # None is every graph: a list is gone through by each query.
        self.named = shown if len(shown) < len(names) else None


def query(graph: Graph, request: Request, output: Output) -> None:
    """Answer a SPARQL query; raises `SyntaxError` where it is none."""
    text: str = request["text"]
    if not request["service"]:
        guard.forbid(text, "service")
    default, named = request["default"], request["named"]
    protocol = bool(default or named)
    clauses = not protocol and guard.has_dataset(text)
    result = graph.engine.query(
        text,
        base_iri=request["base"],
        prefixes=_prefixes(text) if len(text) < guard.SHORT else prefixes(text),
        default_graph=_graphs(default) if protocol else None,
        named_graphs=_graphs(named) if protocol else None if clauses else graph.named,
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
        formats.write(result, stream, form)


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
    """Write the service description."""
    from . import service_description

    form = formats.GRAPHS[request["graphs"]]
    output.head["type"] = form.media_type
    output.write(service_description.write(graph.engine, request["description"], form))


def resource(graph: Graph, request: Request, output: Output) -> None:
    """Write what a resource such as a named question has to say."""
    from . import resources

    status, media_type, body = resources.answer(
        store.Store(graph.engine), request["resource"], request["parameters"], request["type"]
    )
    output.head["status"] = status
    output.head["type"] = media_type
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

    def __init__(self) -> None:
        self.open = True

    def let(self, wanted: bool) -> None:
        """Allow files and connections, or no more than are open."""
        if wanted == self.open or sys.platform == "win32":
            return
        import resource as limits

        _, most = limits.getrlimit(limits.RLIMIT_NOFILE)
        limits.setrlimit(limits.RLIMIT_NOFILE, (most if wanted else 0, most))
        self.open = wanted


def _answer(graph: Graph, files: _Files, request: Request, output: Output) -> None:
    needed = request["op"] != "query" or request["service"] or request["graph"] != graph.source
    files.let(needed or not graph.in_memory)
    graph.open(request["graph"])
    files.let(request["op"] != "query" or request["service"] or not graph.in_memory)
    try:
        _HANDLERS[request["op"]](graph, request, output)
    except SyntaxError as error:
        files.let(True)  # no query runs
        raise HTTPError.not_sparql(request["text"], error) from None


def serve(handle: Handler, requests: BinaryIO, pipe: BinaryIO) -> None:
    """Answer requests, each by `handle`, until the pipe that they come from is closed."""
    while (frame := frames.read(requests)) is not None:
        request = json.loads(frame[1])
        output = Output(pipe, request["limit"], request["gzip"], request["head"])
        _alarm(request["seconds"] + _GRACE)
        try:
            handle(request, output)
            output.finish()
        except HeadSent:
            pass
        except Exception as error:  # a client gets no traceback
            output.fail(HTTPError.of(error))
        _alarm(0)


def _alarm(seconds: float) -> None:
    # Nobody handles the signal: it ends the process, whatever the engine is doing.
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def limit_memory(size: int) -> None:
    """Let this process have so many bytes more than it has now, where the system can do that."""
    if not size or sys.platform == "win32":
        return
    import resource as limits

    with contextlib.suppress(OSError, ValueError):
        used = int(Path("/proc/self/statm").read_text().split()[0]) * limits.getpagesize()
        _, most = limits.getrlimit(limits.RLIMIT_AS)
        limits.setrlimit(limits.RLIMIT_AS, (used + size, most))


def answer_pipe() -> BinaryIO:
    """Take the standard output for answers; what a library prints goes to the standard error."""
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return pipe


def main() -> None:
    """Be a worker; the first request opens the graph."""
    graph = Graph()
    pipe = answer_pipe()
    setup = json.loads(sys.argv[1])
    if setup["graph"]:
        graph.open(setup["graph"])
    limit_memory(setup["memory"])
    pipe.write(frames.pack(frames.END, b""))
    pipe.flush()
    files = _Files()
    serve(lambda *sent: _answer(graph, files, *sent), sys.stdin.buffer, pipe)


if __name__ == "__main__":
    main()
