"""The graphs that a query looks at, where it says so itself (FROM)."""

from __future__ import annotations

import pyoxigraph as ox

from ..graph.store import Graph
from ..graph.terms import GRAPH, PREFIXES


def default_graph(sparql: str) -> ox.DefaultGraph | list[Graph] | None:
    """Choose what a query of a graph that is here looks at.

    There is one graph, and FROM can name it as it is called on a server; whatever else FROM names
    is not there. So the rules' intermediate results cannot be read by their name either.

    Returns:
        The graph; no graph at all, if FROM names others only; None if the query has no FROM.

    Example:
        >>> default_graph("ASK FROM <urn:other> { ?s ?p ?o }")
        []
    """
    names = sources(sparql)
    if names is None:
        return None
    return ox.DefaultGraph() if GRAPH in names else []


def sources(sparql: str) -> list[str] | None:
    """List the graphs that a query names by FROM.

    Returns:
        Their IRIs, without those of FROM NAMED; None if the query leaves it open what it looks at.

    Example:
        >>> sources("SELECT * FROM id:g FROM NAMED <urn:h> { ?s ?p ?o }"), sources("ASK {}")
        (['https://w3id.org/passex/id/g'], None)
    """
    if "from" not in sparql.lower():
        return None
    # Of use to few queries; those of our own commands name no graph.
    from .lexer import Token, prefixes
    from .parser import parse
    from .prefixes import iri_of

    query = parse(sparql)
    spaces = {**PREFIXES, **prefixes(query.words)}
    clauses = query.query.nodes("Dataset") if query.query else []
    graphs = [clause.children[-1] for clause in clauses if not clause.keyword("NAMED")]
    iris = [iri_of(word, spaces) for word in graphs if isinstance(word, Token)]
    return [iri for iri in iris if iri is not None] if clauses else None
