"""What a query of a graph that is here looks at, where it says so itself."""

from __future__ import annotations

from itertools import pairwise

import pyoxigraph as ox

from ..graph.store import Graph
from ..graph.terms import GRAPH, PREFIXES


def default_graph(sparql: str) -> ox.DefaultGraph | list[Graph] | None:
    """Choose what a query of a graph that is here looks at.

    There is one graph, and FROM can name it as it is called on a server; whatever else FROM names
    is not there. So the rules' intermediate results cannot be read by their name either.

    Args:
        sparql: The query.

    Returns:
        The graph; no graph at all, if FROM names others only.

    Example:
        >>> default_graph("ASK FROM <urn:other> { ?s ?p ?o }")
        []
    """
    if "from" not in sparql.lower():
        return None
    named = sources(sparql)
    return ox.DefaultGraph() if named is None or GRAPH in named else []


def sources(sparql: str) -> list[str] | None:
    """List the graphs that a query names by FROM.

    Args:
        sparql: The query.

    Returns:
        Their IRIs; None if the query leaves it open what it looks at.

    Example:
        >>> sources("SELECT * FROM id:g FROM NAMED <urn:h> { ?s ?p ?o }"), sources("ASK {}")
        (['https://w3id.org/passex/id/g'], None)
    """
    from . import lexer as tokens  # of use to few queries

    words = list(tokens.tokens(sparql))
    spaces = {**PREFIXES, **tokens.prefixes(words)}
    clauses = [
        word
        for before, word in pairwise(words)
        if before.kind == "word" and before.text.upper() == "FROM"
    ]
    if not clauses:
        return None
    found = []
    for word in clauses:
        prefix, _, local = word.text.partition(":")
        if word.kind == "name":
            found.append(spaces.get(prefix, f"{prefix}:") + local)
        elif word.kind == "iri":
            found.append(word.text[1:-1])
    return found
