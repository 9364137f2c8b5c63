"""Measure the exports beside what else could write them, and print the ratios as a table.

Each side runs in a process of its own, in turns, several times. Both begin with what they write in
memory, ours with a picture, the other with a graph of networkx or rdflib, and end with a file.
Both write the same attributes of the same 100,000 ties, or the same triples; ours also colours and
sizes. Processor time counts, the least of the runs, since other work on the machine only adds to
it; and memory beyond what was there before writing began.

Example:
    python benchmarks/export.py
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

#: Writes a source into a file.
Writer: TypeAlias = Callable[[Any, Path], object]
_TIES: Final = 100_000
_NODES: Final = 5_000
_ROUNDS: Final = 3
NAMES: Final = ("nodelink", "nodelink, no orjson", "turtle", "graphml", "gexf")


def _picture() -> Any:
    from passex.exports.model import Edge, Field, Picture, Vertex

    nodes = tuple(
        Vertex(f"https://example.org/id/{n}", f"Navy {n} & co", "Navy", (n, n / 7), 1.0 * n)
        for n in range(_NODES)
    )
    edges = tuple(
        Edge(
            source=nodes[n % _NODES].iri,
            target=nodes[(n % _NODES + n // _NODES + 1) % _NODES].iri,
            label="trained with",
            kind="trainedWith",
            iri="https://w3id.org/passex/ontology#trainedWith",
            attributes=(n % 9, "stated", "2017-01-01", "2017-12-31"),
            weight=n / 3,
        )
        for n in range(_TIES)
    )
    return Picture(
        what="network",
        title="Ties",
        directed=False,
        measure="strength",
        node_fields=(Field("degree", "integer", ""), Field("strength", "number", "")),
        edge_fields=(
            Field("events", "integer", ""),
            *(Field(name, "text", "") for name in ("basis", "first", "last")),
        ),
        nodes=nodes,
        edges=edges,
        parallel=False,
    )


def _networkx() -> Any:
    import networkx

    graph: Any = networkx.Graph()
    picture = _picture()
    for node in picture.nodes:
        graph.add_node(node.iri, **picture.node(node))
    for edge in picture.edges:
        graph.add_edge(edge.source, edge.target, line=edge.line, **picture.edge(edge))
    return graph


def _write(name: str) -> Writer:
    from passex import exports
    from passex.exports.columns import Report
    from passex.graph.files import write_whole

    return lambda given, path: write_whole(path, exports.find(name).pieces(given, Report()))


def _their_json(graph: Any, path: Path) -> None:
    import networkx
    import orjson

    path.write_bytes(orjson.dumps(networkx.node_link_data(graph, edges="edges")))


def _their_xml(function: str) -> Writer:
    import networkx

    return lambda graph, path: getattr(networkx, function)(graph, path)


def _triples() -> bytes:
    def value(n: int) -> str:
        return f"<https://w3id.org/passex/id/{n % 999}>" if n % 2 else f'"text {n}"'

    return "".join(
        f"<https://w3id.org/passex/id/e{n // 5}> <https://w3id.org/passex/ontology#p{n % 5}> "
        f"{value(n)} .\n"
        for n in range(_TIES)
    ).encode()


def _our_triples() -> Any:
    from passex.exports.triples import Triples

    return Triples("x", tuple(sorted(_triples().splitlines())))


def _rdflib() -> Any:
    import rdflib

    return rdflib.Graph().parse(data=_triples(), format="nt")


def _prepared(side: str, name: str) -> tuple[Callable[[], Any], Writer]:
    """Give what makes the source, and what writes it."""
    if side == "ours":
        if name == "nodelink, no orjson":
            sys.modules["orjson"] = None  # type: ignore[assignment]
        return _our_triples if name == "turtle" else _picture, _write(name.partition(",")[0])
    if name == "turtle":
        return _rdflib, lambda graph, path: graph.serialize(path, "turtle", encoding="utf-8")
    if name.startswith("nodelink"):
        return _networkx, _their_json
    return _networkx, _their_xml(f"write_{name}")


def _memory(what: str) -> float:
    """Read the memory of this process, now (VmRSS) or at most (VmHWM), in MB; Linux only."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    raise KeyError(what)


def _run(side: str, name: str) -> None:
    source, write = _prepared(side, name)
    given = source()
    gc.collect()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "written"
        # From here on the most is counted anew (proc(5), clear_refs).
        Path("/proc/self/clear_refs").write_text("5")
        before = _memory("VmRSS")
        start = time.process_time()
        write(given, path)
        seconds = time.process_time() - start
        extra = _memory("VmHWM") - before
    print(json.dumps({"seconds": seconds, "extra": extra}))


def main() -> None:
    """Measure both sides in turns and print a line a format."""
    if len(sys.argv) == 3:
        _run(*sys.argv[1:])
        return
    print("format               ours s  theirs s  ratio  ours MB  theirs MB")
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
            f"{name:20} {ours['seconds']:6.2f} {theirs['seconds']:9.2f} {ratio:5.1f}x "
            f"{ours['extra']:8.0f} {theirs['extra']:10.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
