"""Measure Passex beside what it could be compared with, and print the ratios as a table.

Times depend on the machine and on what else it does; ratios of runs that take turns depend on them
less. So the sides of a comparison run one after the other, several times, each in a process of its
own, and the medians are compared. Peak memory is that of such a process.

Example:
    python benchmarks/run.py --size bundled --size 100k
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Final

#: The parent imports no library: a child's peak memory begins at its parent's size.
_HERE: Final = Path(__file__).resolve()
_PASSEX: Final = str(Path(sys.executable).parent / "passex")
_NR: Final = "https://w3id.org/passex/ontology#"
_SERVICE: Final = _NR + "involvesService"
_SELECT: Final = f"""SELECT ?event ?label ?actor {{
    ?event a <{_NR}Exercise> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label ;
        <{_NR}involvesState> ?actor
}}"""
_PROJECTION: Final = f"""SELECT ?a ?b (COUNT(DISTINCT ?event) AS ?n) {{
    ?event <{_SERVICE}> ?a, ?b FILTER(STR(?a) < STR(?b))
}} GROUP BY ?a ?b"""
#: A short task is repeated in its process until this much time has gone by.
_LONG_ENOUGH: Final = 0.2

Result = dict[str, float]


def _timed(task: Callable[[], object]) -> float:
    times: list[float] = []
    while sum(times) < _LONG_ENOUGH:
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return median(times)


def _once(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def _load(files: list[str]) -> Result:
    from passex import store

    return {"seconds": _once(lambda: store.load(files))}


def _rdflib_load(files: list[str]) -> Result:
    import rdflib

    from passex import dataset

    def parse() -> None:
        graph = rdflib.Graph()
        for path in (*dataset.ontology_files(), *dataset.data_files(files)):
            graph.parse(path)

    return {"seconds": _once(parse)}


def _derive(files: list[str]) -> Result:
    from passex import rules, store

    loaded = store.load(files)
    return {"seconds": _once(lambda: rules.derive(loaded))}


def _fresh(files: list[str]) -> Result:
    # All that loading imports, so that no import is timed.
    from passex import cache, knowledge, rules, store  # noqa: F401

    return {"seconds": _once(lambda: knowledge.load(*files, cached=False))}


def _cached(files: list[str]) -> Result:
    # All that loading imports, so that no import is timed.
    from passex import cache, knowledge, rules, store  # noqa: F401

    return {"seconds": _once(lambda: knowledge.load(*files))}


def _network(files: list[str]) -> Result:
    from passex import knowledge, network, projection

    graph = knowledge.load(*files).store
    policy = network.Policy("service", ("held", "under-way"), "naval")
    ties = len(projection.build(graph, policy).ties)
    return {"seconds": _timed(lambda: projection.build(graph, policy)), "ties": ties}


def _select(files: list[str]) -> Result:
    """Ask both sides in turns in one process: they differ by less than two processes do."""
    import pyoxigraph

    from passex import knowledge
    from passex.solutions import Solutions

    kg = knowledge.load(*files)
    engine = pyoxigraph.Store()
    engine.bulk_extend(kg.store.engine)

    def read(answer: object) -> int:
        assert isinstance(answer, pyoxigraph.QuerySolutions | Solutions)
        return sum(1 for row in answer if row[2] is not None)

    assert read(kg.query(_SELECT)) == read(engine.query(_SELECT))
    ours: list[float] = []
    bare: list[float] = []
    while sum(ours) < 4 * _LONG_ENOUGH or len(ours) < 5:
        ours.append(_once(lambda: read(kg.query(_SELECT))))
        bare.append(_once(lambda: read(engine.query(_SELECT))))
    return {"seconds": median(ours), "bare": median(bare)}


def _project(files: list[str]) -> Result:
    from passex import knowledge, projection

    graph = knowledge.load(*files).store

    def project() -> int:
        ties: Counter[tuple[str, str]] = Counter()
        for members in projection.memberships(graph, "service").values():
            ties.update(projection.pairs(members)[0])
        return len(ties)

    return {"ties": project(), "seconds": _timed(project)}


def _rdflib_project(files: list[str]) -> Result:
    import pyoxigraph
    import rdflib

    from passex import knowledge

    # Only the query is timed. The triples are handed over one by one, which takes rdflib's time
    # but no second copy on the disk.
    terms: dict[object, rdflib.term.Identifier] = {}
    graph = rdflib.Graph()
    engine = knowledge.load(*files).store.engine
    for quad in engine.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph()):
        triple: list[rdflib.term.Identifier] = []
        for term in (quad.subject, quad.predicate, quad.object):
            if term not in terms:
                if isinstance(term, pyoxigraph.NamedNode):
                    terms[term] = rdflib.URIRef(term.value)
                elif isinstance(term, pyoxigraph.Literal):
                    language = term.language
                    kind = None if language else rdflib.URIRef(term.datatype.value)
                    terms[term] = rdflib.Literal(term.value, lang=language, datatype=kind)
                else:
                    terms[term] = rdflib.BNode(str(term)[2:])
            triple.append(terms[term])
        graph.add((triple[0], triple[1], triple[2]))
    rows: list[object] = []
    seconds = _once(lambda: rows.extend(graph.query(_PROJECTION)))
    return {"ties": len(rows), "seconds": seconds}


def _memberships(files: list[str]) -> dict[str, dict[str, frozenset[str]]]:
    from passex import knowledge, projection

    return projection.memberships(knowledge.load(*files).store, "service")


def _pairs(files: list[str]) -> Result:
    from passex import projection

    members = _memberships(files)

    def project() -> int:
        ties: Counter[tuple[str, str]] = Counter()
        for parties in members.values():
            ties.update(projection.pairs(parties)[0])
        return len(ties)

    return {"ties": project(), "seconds": _timed(project)}


def _networkx_project(files: list[str]) -> Result:
    import networkx
    from networkx.algorithms.bipartite import weighted_projected_graph

    members = _memberships(files)
    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_edges_from((event, actor) for event, some in members.items() for actor in some)
    actors = sorted({actor for some in members.values() for actor in some})
    ties = weighted_projected_graph(graph, actors).number_of_edges()
    return {"ties": ties, "seconds": _timed(lambda: weighted_projected_graph(graph, actors))}


def _scipy_project(files: list[str]) -> Result:
    # By name: a type checker need not have them.
    numpy, sparse = import_module("numpy"), import_module("scipy.sparse")

    members = _memberships(files)
    places = {a: n for n, a in enumerate(sorted({a for some in members.values() for a in some}))}
    rows, columns = [], []
    for column, some in enumerate(members.values()):
        for actor in some:
            rows.append(places[actor])
            columns.append(column)
    shape = (len(places), len(members))
    incidence = sparse.csr_array(
        (numpy.ones(len(rows), dtype=numpy.int64), (rows, columns)), shape=shape
    )
    ties = sparse.triu(incidence @ incidence.T, k=1).nnz
    return {
        "ties": ties,
        "seconds": _timed(lambda: sparse.triu(incidence @ incidence.T, k=1)),
    }


TASKS: Final[dict[str, Callable[[list[str]], Result]]] = {
    "load": _load,
    "rdflib-load": _rdflib_load,
    "derive": _derive,
    "fresh": _fresh,
    "cached": _cached,
    "network": _network,
    "select": _select,
    "project": _project,
    "rdflib-project": _rdflib_project,
    "pairs": _pairs,
    "networkx-project": _networkx_project,
    "scipy-project": _scipy_project,
}


def _child(task: str, files: list[str]) -> Result:
    command = [sys.executable, str(_HERE), "--task", task, *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: Result = json.loads(done.stdout)
    return result


def _process(command: Sequence[str]) -> Result:
    def run() -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    return {"seconds": _once(run)}


def turns(sides: Sequence[Callable[[], Result]], rounds: int) -> list[Result]:
    """Run the sides of a comparison in turns.

    Args:
        sides: What to run.
        rounds: How many times each.

    Returns:
        The medians of what each side reports.
    """
    found: list[list[Result]] = [[] for _ in sides]
    for number in range(rounds):
        # Every other round backwards: none always follows the same one.
        order = range(len(sides)) if number % 2 == 0 else reversed(range(len(sides)))
        for side in order:
            found[side].append(sides[side]())
    return [{key: median(run[key] for run in runs) for key in runs[0]} for runs in found]


class Table:
    """A Markdown table that is printed as it grows: a long run shows how far it is."""

    def __init__(self) -> None:
        print("| size | what | Passex | beside it | ratio | peak memory |")
        print("| --- | --- | --- | --- | --- | --- |")

    def row(self, size: str, what: str, sides: Sequence[Result], faster: bool = False) -> None:
        """Print a comparison.

        Args:
            size: The size of the graph.
            what: What was compared.
            sides: What Passex took, and what the other side took.
            faster: Whether the ratio is how many times faster Passex is; else it is how many
                times longer it takes.
        """
        ours, other = sides
        a, b = ours["seconds"], other["seconds"]
        ratio = f"{b / a:.1f} x faster" if faster else f"{a / b:.2f} x"
        if ours.get("ties") != other.get("ties") and "ties" in ours and "ties" in other:
            what += f" ({ours['ties']:.0f} and {other['ties']:.0f} ties)"
        memory = " / ".join(f"{r['peak'] / 1024:.0f} MB" for r in (ours, other) if "peak" in r)
        print(f"| {size} | {what} | {_ms(a)} | {_ms(b)} | {ratio} | {memory} |", flush=True)


def _ms(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"


def compare(size: str, files: list[str], options: argparse.Namespace, table: Table) -> None:
    """Make all comparisons on one graph.

    Args:
        size: What to call it.
        files: Its files; none for the bundled graph.
        options: The command line.
        table: Where the results go.
    """
    rounds = options.rounds
    data = [part for path in files for part in ("--data", path)]
    name = "id:state-0" if files else "Japan"
    _child("cached", files)  # fills the cache
    click = [sys.executable, "-c", "import click"]
    both = [sys.executable, "-c", "import click, networkx"]
    ask = [_PASSEX, "ask", "partners", name, *data]
    if files:
        whole = turns([lambda: _process(ask), lambda: _process(click)], max(rounds, 5))
        table.row(size, "`passex ask partners`, `import click`", whole)
    else:
        network = [_PASSEX, "network"]
        sides = [
            lambda command=command: _process(command) for command in (ask, click, network, both)
        ]
        whole = turns(sides, 4 * rounds)
        table.row(size, "`passex ask partners`, `import click`", whole[:2])
        table.row(size, "`passex network`, `import click, networkx`", whole[2:])

    def task(name: str) -> Callable[[], Result]:
        return lambda: _child(name, files)

    select = turns([task("select")], rounds)[0]
    table.row(size, "SELECT, bare pyoxigraph", [select, {"seconds": select["bare"]}])
    slow = options.rdflib and not (options.rdflib_up_to < _triples(size))
    load, derive, fresh, cached = turns(
        [task("load"), task("derive"), task("fresh"), task("cached")], rounds
    )
    if slow:
        pair = turns([task("load"), task("rdflib-load")], rounds)
        table.row(size, "load, rdflib", pair, faster=True)
    table.row(size, "derive, load", [derive, load])
    table.row(size, "cached load, fresh load with derive", [cached, fresh], faster=True)
    table.row(size, "network, cached load", [turns([task("network")], rounds)[0], cached])
    project = turns([task("project")], rounds)[0]
    if slow:
        pair = turns([task("project"), task("rdflib-project")], rounds)
        table.row(size, "projection from the store, SPARQL in rdflib", pair, faster=True)
    else:
        table.row(size, "projection from the store, cached load", [project, cached])
    pair = turns([task("pairs"), task("networkx-project")], rounds)
    table.row(size, "projection of memberships, networkx", pair, faster=True)
    if find_spec("scipy"):
        pair = turns([task("pairs"), task("scipy-project")], rounds)
        table.row(size, "projection of memberships, scipy B·Bᵀ", pair)
    else:
        print(f"| {size} | projection of memberships, scipy B·Bᵀ | | | not measured: no scipy | |")


def _triples(size: str) -> int:
    units = {"k": 1000, "M": 1_000_000}
    if size == "bundled":
        return 0
    return int(size[:-1]) * units[size[-1]] if size[-1] in units else int(size)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: The arguments; without them, those of the process.

    Returns:
        The exit code.
    """
    parser = argparse.ArgumentParser(description="Measure Passex beside other libraries.")
    parser.add_argument(
        "--size",
        action="append",
        help="bundled, or a number of triples such as 10k, 100k or 1M; may be repeated",
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument("--no-rdflib", dest="rdflib", action="store_false", help="leave rdflib out")
    parser.add_argument(
        "--rdflib-up-to",
        type=_triples,
        default="100k",
        help="the largest graph that rdflib is given (default: 100k)",
    )
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.task:
        result = TASKS[options.task](options.files)
        # Kilobytes on Linux, bytes on macOS.
        unit = 1024 if sys.platform == "darwin" else 1
        result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
        json.dump(result, sys.stdout)
        return 0
    sizes = options.size or ["bundled", "100k"]
    try:
        wanted = {size: _triples(size) for size in sizes}
    except ValueError:
        parser.error("a size is 'bundled' or a number such as 100k or 1M")
    with tempfile.TemporaryDirectory() as folder:
        # A cache of its own: what was kept by another run must not be measured.
        os.environ["PASSEX_CACHE_DIR"] = str(Path(folder) / "cache")
        table = Table()
        for size, number in wanted.items():
            files = []
            if number:
                path = Path(folder) / f"{number}.ttl"
                script = str(_HERE.with_name("generate.py"))
                command = [sys.executable, script, str(number), "-o", str(path)]
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
                files = [str(path)]
            compare(size, files, options, table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
