"""Reading a whole graph from an endpoint, also where the server cuts its answers.

Servers cut silently: Virtuoso gives 10,000 rows of however many there are. So triples are counted
first; what does not come in one answer is read property by property, each in the order of its
subjects; and what has come in the end is counted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final, TypeAlias

import pyoxigraph as ox

from ...errors import EndpointError
from .client import Client

#: Is told how many triples have come.
Progress: TypeAlias = Callable[[int], None]
#: So many triples are between two times.
_TOLD: Final = 5000


def triples(
    client: Client, graph: str | None, subjects: str = "", progress: Progress = lambda read: None
) -> ox.Store:
    """Read a graph, or a part of it.

    What comes goes through an engine of our own, which writes numbers and truth values in one way:
    Virtuoso gives back ``"1"^^xsd:boolean`` for ``"true"^^xsd:boolean``.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.
        subjects: A pattern for ``?s`` that ends in a full stop; without it, all subjects.
        progress: Is told now and then how many triples have come.

    Returns:
        A store with its triples in the default graph.

    Raises:
        EndpointError: The graph cannot be read, or not whole.
    """
    total = count(client, graph, subjects)
    found = ox.Store()
    if not total:
        return found
    cut = 0

    def at_once() -> Iterator[ox.Quad]:
        nonlocal cut
        asked = f"SELECT ?s ?p ?o {{ {pattern(graph, f'{subjects} ?s ?p ?o')} }}"
        with closing(client.select(asked, "s", "p", "o", cut=True)) as rows:
            for subject, predicate, value in rows:
                yield _quad(client, subject, predicate, value)
                cut += 1
                if cut % _TOLD == 0:
                    progress(cut)
                if cut > total:
                    break

    found.bulk_extend(at_once())
    if 0 < cut < total:
        found.bulk_extend(_in_pages(client, graph, subjects, cut, progress))
        cut = len(found)
    if cut != total:
        raise EndpointError(
            f"{client.where}: gives {'more than' if cut > total else f'{cut} of'} the {total} "
            f"triples of "
            f"{f'<{graph}>' if graph else 'its default graph'}",
            "raise the server's limit of rows, or try again if the graph was being written",
        )
    return found


def count(client: Client, graph: str | None, subjects: str = "", most: int | None = None) -> int:
    """Count the triples of a graph.

    Args:
        client: The endpoint.
        graph: The IRI of the graph; the default graph without it.
        subjects: A pattern for ``?s``, as `triples` takes it.
        most: Where to stop counting: a server may need long for all it has.

    Returns:
        The number that the server gives; one more than ``most`` where there are more.

    Raises:
        EndpointError: The server does not say.
    """
    counted = pattern(graph, f"{subjects} ?s ?p ?o")
    if most is not None:
        counted = f"{{ SELECT ?s {{ {counted} }} LIMIT {most + 1} }}"
    with closing(client.select(f"SELECT (COUNT(*) AS ?n) {{ {counted} }}", "n")) as found:
        rows = list(islice(found, 2))
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


def _in_pages(
    client: Client, graph: str | None, subjects: str, size: int, progress: Progress
) -> Iterator[ox.Quad]:
    listed = f"SELECT DISTINCT ?p {{ {pattern(graph, f'{subjects} ?s ?p ?o')} }}"
    read = 0
    for (predicate,) in list(client.select(listed, "p")):
        last: str | None = None
        while True:
            # From the last subject on, which may not have been read to its end.
            after = "" if last is None else f"FILTER(STR(?s) >= {ox.Literal(last)}) "
            rows = 0
            here = last
            page = pattern(graph, f"{subjects} ?s {predicate} ?o")
            asked = f"SELECT ?s ?o {{ {page} {after}}} ORDER BY STR(?s) LIMIT {size}"
            for subject, value in client.select(asked, "s", "o", cut=True):
                yield _quad(client, subject, predicate, value)
                here = subject.value
                rows += 1
            read += rows
            progress(read)
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
