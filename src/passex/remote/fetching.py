"""Reading a whole graph from an endpoint, also where the server cuts its answers.

Servers cut silently: Virtuoso gives 10,000 rows of however many there are. So triples are counted
first; what does not come in one answer is read property by property, each in the order of its
subjects; and what has come in the end is counted again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pyoxigraph as ox

from ..errors import EndpointError
from .client import Client


def triples(client: Client, graph: str | None) -> ox.Store:
    """Read a graph.

    What comes goes through an engine of our own, which writes numbers and truth values in one way:
    Virtuoso gives back ``"1"^^xsd:boolean`` for ``"true"^^xsd:boolean``.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.

    Returns:
        A store with its triples in the default graph.

    Raises:
        EndpointError: The graph cannot be read, or not whole.
    """
    total = count(client, graph)
    found = ox.Store()
    cut = 0

    def at_once() -> Iterator[ox.Quad]:
        nonlocal cut
        with closing(
            client.select(f"SELECT ?s ?p ?o {{ {pattern(graph)} }}", "s", "p", "o")
        ) as rows:
            for subject, predicate, value in rows:
                yield _quad(client, subject, predicate, value)
                cut += 1
                if cut > total:
                    break

    found.bulk_extend(at_once())
    if 0 < cut < total:
        found.bulk_extend(_in_pages(client, graph, cut))
        cut = len(found)
    if cut != total:
        raise EndpointError(
            f"{client.where}: gives {'more than' if cut > total else f'{cut} of'} the {total} "
            f"triples of "
            f"{f'<{graph}>' if graph else 'its default graph'}",
            "raise the server's limit of rows, or try again if the graph was being written",
        )
    return found


def count(client: Client, graph: str | None) -> int:
    """Count the triples of a graph.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.

    Returns:
        The number that the server gives.

    Raises:
        EndpointError: The server does not say.
    """
    rows = list(client.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern(graph)} }}", "n"))
    if len(rows) != 1 or not isinstance(rows[0][0], ox.Literal):
        raise EndpointError(f"{client.where}: does not count its triples", "is it SPARQL 1.1?")
    try:
        return int(float(rows[0][0].value))
    except (ValueError, OverflowError):
        raise EndpointError(
            f"{client.where}: counts '{rows[0][0].value[:40]}' triples", "is it SPARQL 1.1?"
        ) from None


def pattern(graph: str | None, triple: str = "?s ?p ?o") -> str:
    """Write a graph pattern for one graph.

    Example:
        >>> pattern("urn:g")
        'GRAPH <urn:g> { ?s ?p ?o }'
    """
    return f"GRAPH <{graph}> {{ {triple} }}" if graph else triple


def _in_pages(client: Client, graph: str | None, size: int) -> Iterator[ox.Quad]:
    listed = f"SELECT DISTINCT ?p {{ {pattern(graph)} }}"
    for (predicate,) in list(client.select(listed, "p")):
        last: str | None = None
        while True:
            # From the last subject on, which may not have been read to its end.
            after = "" if last is None else f"FILTER(STR(?s) >= {ox.Literal(last)}) "
            rows = 0
            here = last
            for subject, value in client.select(
                f"SELECT ?s ?o {{ {pattern(graph, f'?s {predicate} ?o')} {after}}} "
                f"ORDER BY STR(?s) LIMIT {size}",
                "s",
                "o",
            ):
                yield _quad(client, subject, predicate, value)
                here = subject.value
                rows += 1
            if rows < size or here == last:
                break
            last = here


def _quad(client: Client, subject: Any, predicate: Any, value: Any) -> ox.Quad:
    try:
        return ox.Quad(subject, predicate, value)
    except TypeError:
        raise EndpointError(
            f"{client.where}: gives what is no triple", "is it SPARQL 1.1?"
        ) from None
