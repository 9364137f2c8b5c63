"""Measure the exports beside what else could write them, and print the ratios as a table.

Each side runs in a process of its own, in turns, several times; the least time and the least peak
of memory count. Both write the same attributes of the same 100,000 ties, or the same triples.

Example:
    python benchmarks/export.py
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any, Final

_TIES: Final = 100_000
_NODES: Final = 5_000
_ROUNDS: Final = 2
NAMES: Final = ("nodelink", "turtle", "graphml", "gexf")


def _picture() -> Any:
    from passex.exports.model import Edge, Field, Picture, Vertex

    nodes = tuple(
        Vertex(f"https://example.org/id/{n}", f"Navy {n} & co", "Navy", (n, n / 7), 1.0 * n)
        for n in range(_NODES)
    )
    edges = tuple(
        Edge(
            nodes[n % _NODES].iri,
            nodes[(n % _NODES + n // _NODES + 1) % _NODES].iri,
            "trained with",
            "trainedWith",
            "https://w3id.org/passex/ontology#trainedWith",
            (n % 9, "stated", "2017-01-01", "2017-12-31"),
            n / 3,
        )
        for n in range(_TIES)
    )
    node_fields = (Field("degree", "integer", ""), Field("strength", "number", ""))
    edge_fields = (
        Field("events", "integer", ""),
        *(Field(name, "text", "") for name in ("basis", "first", "last")),
    )
    return Picture("network", "Ties", False, "strength", node_fields, edge_fields, nodes, edges)


def _networkx() -> Any:
    import networkx

    graph: Any = networkx.Graph()
    picture = _picture()
    for node in picture.nodes:
        graph.add_node(node.iri, **picture.node(node))
    for edge in picture.edges:
        graph.add_edge(edge.source, edge.target, **picture.edge(edge))
    return graph


def _ours(name: str) -> tuple[Callable[[], Any], Callable[[Any], object]]:
    from passex import exports
    from passex.exports.text import Report

    def write(picture: Any) -> None:
        out = io.BytesIO()
        for piece in exports.find(name).pieces(picture, Report()):
            out.write(piece.encode())

    return _picture, write


def _theirs(name: str) -> tuple[Callable[[], Any], Callable[[Any], object]]:
    import networkx

    def dumped(graph: Any) -> object:
        import orjson

        return orjson.dumps(networkx.node_link_data(graph, edges="edges"))

    writers: dict[str, Callable[[Any], object]] = {
        "gexf": lambda graph: networkx.write_gexf(graph, io.BytesIO(), version="1.2draft"),
        "graphml": lambda graph: networkx.write_graphml_xml(graph, io.BytesIO()),
        "nodelink": dumped,
    }
    return _networkx, writers[name]


def _triples() -> bytes:
    def value(n: int) -> str:
        return f"<https://w3id.org/passex/id/{n % 999}>" if n % 2 else f'"text {n}"'

    return "".join(
        f"<https://w3id.org/passex/id/e{n // 5}> <https://w3id.org/passex/ontology#p{n % 5}> "
        f"{value(n)} .\n"
        for n in range(_TIES)
    ).encode()


def _our_turtle() -> tuple[Callable[[], Any], Callable[[Any], object]]:
    from passex.exports import rdf, triples

    def source() -> Any:
        return triples.Triples("x", tuple(sorted(_triples().splitlines())))

    def write(found: Any) -> None:
        out = io.BytesIO()
        for piece in rdf.turtle(found):
            out.write(piece.encode())

    return source, write


def _their_turtle() -> tuple[Callable[[], Any], Callable[[Any], object]]:
    import rdflib

    return (
        lambda: rdflib.Graph().parse(data=_triples(), format="nt"),
        lambda graph: graph.serialize(format="turtle", encoding="utf-8"),
    )


def _run(side: str, name: str) -> None:
    turtle = {"ours": _our_turtle, "theirs": _their_turtle}[side]
    others = {"ours": _ours, "theirs": _theirs}[side]
    source, write = turtle() if name == "turtle" else others(name)
    given = source()
    start = time.perf_counter()
    write(given)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


def main() -> None:
    """Measure both sides in turns and print a line a format."""
    if len(sys.argv) == 3:
        _run(*sys.argv[1:])
        return
    print("format    ours s  theirs s  ratio  ours MB  theirs MB")
    for name in NAMES:
        least: dict[str, dict[str, float]] = {}
        for _ in range(_ROUNDS):
            for side in ("ours", "theirs"):
                command = [sys.executable, __file__, side, name]
                found = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
                before = least.setdefault(side, found)
                least[side] = {key: min(before[key], found[key]) for key in found}
        ours, theirs = least["ours"], least["theirs"]
        ratio = theirs["seconds"] / ours["seconds"]
        print(
            f"{name:9} {ours['seconds']:6.2f} {theirs['seconds']:9.2f} {ratio:5.1f}x "
            f"{ours['peak']:8.0f} {theirs['peak']:10.0f}"
        )


if __name__ == "__main__":
    main()
