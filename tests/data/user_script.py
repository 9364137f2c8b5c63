"""Who trains with whom: to pandas, rdflib, networkx and files, as an analyst writes it."""

from __future__ import annotations

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import networkx as nx
import pandas as pd
import rdflib

import passex
from passex import KnowledgeGraph, Policy
from passex.errors import AmbiguousNameError, PassexError, UnknownNameError


def ships(kg: KnowledgeGraph) -> pd.DataFrame:
    found = kg.select("SELECT ?ship ?name { ?ship a nr:Ship ; rdfs:label ?name }", timeout=60)
    names: list[str] = [row["name"].value for row in found]
    frame = found.to_pandas()
    assert sorted(frame["name"]) == sorted(names)
    return frame


def picture(kg: KnowledgeGraph, out: Path) -> nx.Graph[str]:
    network = kg.network(level="state", include="held,planned")
    nx.set_node_attributes(network, nx.betweenness_centrality(network), "betweenness")
    nx.write_graphml(network, out / "mine.graphml")
    (out / "ties.gexf").write_text(network.to_gexf(), encoding="utf-8")
    page: str = network.to_html(out / "page.html")
    assert page.startswith("<!doctype html>")
    return network


def centre(kg: KnowledgeGraph) -> list[tuple[str, float]]:
    ranking = kg.rank(kg.ties(Policy(level="state")), measure="degree")
    return [(place.node.label, place.score) for place in ranking.places]


def reasons(kg: KnowledgeGraph, a: str, b: str) -> list[str]:
    try:
        why = kg.why(kg.resolve(a), kg.resolve(b))
    except (UnknownNameError, AmbiguousNameError) as error:
        return [error.message, error.hint]
    return [claim.label for occasion in why.occasions for claim in occasion.claims]


def to_rdflib_and_back(kg: KnowledgeGraph) -> int:
    graph: rdflib.Graph = kg.to_rdflib()
    graph.parse(data=kg.construct("CONSTRUCT WHERE { ?s a nr:Ship }").serialize("turtle"))
    return len(passex.load(graph).select("SELECT ?ship { ?ship a nr:Ship }"))


def main() -> int:
    try:
        kg = passex.load()
    except PassexError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    with ThreadPoolExecutor(4) as pool, tempfile.TemporaryDirectory() as folder:
        frame = pool.submit(ships, kg)
        network = pool.submit(picture, kg, Path(folder))
        claims = pool.submit(reasons, kg, "JMSDF", "SNMG1")
        back = pool.submit(to_rdflib_and_back, kg)
        print(len(frame.result()), network.result().number_of_edges(), back.result(), centre(kg))
        print(len(claims.result()), kg.ask_query("ASK { id:japan a nr:State }"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
