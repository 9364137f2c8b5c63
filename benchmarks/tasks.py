"""The tasks that are timed on the files of a graph, each in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import two_mode
from timing import LONG_ENOUGH, Result, once, report, timed

if TYPE_CHECKING:
    from passex.network.ties import TwoMode

_NR: Final = "https://w3id.org/passex/ontology#"
_SERVICE: Final = _NR + "involvesService"
_SELECT: Final = f"""SELECT ?event ?label ?actor {{
    ?event a <{_NR}Exercise> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label ;
        <{_NR}involvesState> ?actor
}}"""
_EXERCISES: Final = f"""SELECT ?state (COUNT(DISTINCT ?event) AS ?n) {{
    ?state a <{_NR}State> . ?event <{_NR}involvesState> ?state
}} GROUP BY ?state ORDER BY ?n ?state"""
_PROJECTION: Final = f"""SELECT ?a ?b (COUNT(DISTINCT ?event) AS ?n) {{
    ?event <{_SERVICE}> ?a, ?b FILTER(STR(?a) < STR(?b))
}} GROUP BY ?a ?b"""


def _load(files: list[str]) -> Result:
    from passex.graph import store

    return {"seconds": once(lambda: store.load(files))}


def _rdflib_load(files: list[str]) -> Result:
    import rdflib

    from passex.graph import dataset

    def parse() -> None:
        graph = rdflib.Graph()
        for path in (*dataset.ontology_files(), *dataset.data_files(files)):
            graph.parse(path)

    return {"seconds": once(parse)}


def _derive(files: list[str]) -> Result:
    from passex.graph import rules, store

    loaded = store.load(files)
    return {"seconds": once(lambda: rules.derive(loaded))}


def _fresh(files: list[str]) -> Result:
    # All that loading imports, so that no import is timed.
    import passex
    from passex.graph import cache, rules, store  # noqa: F401

    return {"seconds": once(lambda: passex.load(*files, cached=False))}


def _cached(files: list[str]) -> Result:
    # All that loading imports, so that no import is timed.
    import passex
    from passex.graph import cache, rules, store  # noqa: F401

    return {"seconds": once(lambda: passex.load(*files))}


def _actors(files: list[str]) -> Result:
    """Find the states with the fewest, a median number and the most exercises.

    Returns:
        How many rows `partners` gives, by their prefixed names.
    """
    import passex
    from passex.graph.terms import shorten

    kg = passex.load(*files)
    states = [shorten(row[0] or "") for row in kg.store.rows(_EXERCISES)]
    chosen = (states[0], states[len(states) // 2], states[-1])
    return {name: len(kg.ask("partners", name)) for name in chosen}


def _network(files: list[str]) -> Result:
    import passex
    from passex import Policy
    from passex.network import projection

    graph = passex.load(*files).store
    policy = Policy("service", ("held", "under-way"), "naval")
    ties = len(projection.build(graph, policy).ties)
    return {"seconds": timed(lambda: projection.build(graph, policy)), "ties": ties}


def _select(files: list[str]) -> Result:
    """Ask both sides in turns in one process: they differ by less than two processes do."""
    import pyoxigraph

    import passex
    from passex.query.solutions import Solutions

    kg = passex.load(*files)
    engine = pyoxigraph.Store()
    engine.bulk_extend(kg.store.engine)

    def read(answer: object) -> int:
        assert isinstance(answer, pyoxigraph.QuerySolutions | Solutions)
        return sum(1 for row in answer if row[2] is not None)

    assert read(kg.query(_SELECT)) == read(engine.query(_SELECT))
    ours: list[float] = []
    bare: list[float] = []
    while sum(ours) < 4 * LONG_ENOUGH or len(ours) < 5:
        ours.append(once(lambda: read(kg.query(_SELECT))))
        bare.append(once(lambda: read(engine.query(_SELECT))))
    return {"seconds": min(ours), "bare": min(bare)}


def _project(files: list[str]) -> Result:
    import passex
    from passex.network import twomode

    graph = passex.load(*files).store

    def project() -> int:
        return len(twomode.project(twomode.read(graph, "service"), newman=False))

    return {"ties": project(), "seconds": timed(project)}


def _rdflib_project(files: list[str]) -> Result:
    import pyoxigraph
    import rdflib

    import passex

    # Only the query is timed. The triples are handed over one by one, which takes rdflib's time
    # but no second copy on the disk.
    terms: dict[object, rdflib.term.Identifier] = {}
    graph = rdflib.Graph()
    engine = passex.load(*files).store.engine
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
    seconds = once(lambda: rows.extend(graph.query(_PROJECTION)))
    return {"ties": len(rows), "seconds": seconds}


def _memberships(files: list[str]) -> TwoMode:
    import passex
    from passex.network import twomode

    return twomode.read(passex.load(*files).store, "service")


def _ties(files: list[str]) -> Result:
    return two_mode.ours(_memberships(files))


def _networkx_ties(files: list[str]) -> Result:
    return two_mode.networkx(_memberships(files))


def _scipy_ties(files: list[str]) -> Result:
    return two_mode.scipy(_memberships(files))


if __name__ == "__main__":
    report(
        {
            "load": _load,
            "rdflib-load": _rdflib_load,
            "derive": _derive,
            "fresh": _fresh,
            "cached": _cached,
            "actors": _actors,
            "network": _network,
            "select": _select,
            "project": _project,
            "rdflib-project": _rdflib_project,
            "ties": _ties,
            "networkx-ties": _networkx_ties,
            "scipy-ties": _scipy_ties,
        }
    )
