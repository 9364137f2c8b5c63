"""Reading of a whole graph from an endpoint, also where the server cuts its answers.

Servers cut silently: Virtuoso gives 10,000 rows of however many there are. So triples are counted
first; what does not come in one answer is read property by property, each in the order of its
subjects; and what has come in the end is counted again. What is missing is an EndpointError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from typing import Any, Final, TypeAlias, TypeVar

import pyoxigraph as ox

from ...text.wording import say
from .client import Client

#: Is told how many triples have come.
Progress: TypeAlias = Callable[[int], None]
Item = TypeVar("Item")
#: In triples: how many come between two reports of progress.
_REPORTED: Final = 5000


def triples(
    client: Client, graph: str | None, subjects: str = "", progress: Progress = lambda read: None
) -> ox.Store:
    """Read a graph, or a part of it.

    What comes goes through an engine of our own, which writes numbers and truth values in one way:
    Virtuoso gives back ``"1"^^xsd:boolean`` for ``"true"^^xsd:boolean``.

    Args:
        graph: The IRI of the graph; the default graph without it.
        subjects: A pattern for ``?s`` that ends in a full stop; without it, all subjects.

    Returns:
        A store with the triples in its default graph.
    """
    total = count(client, graph, subjects)
    fetched = ox.Store()
    if not total:
        return fetched
    number = 0

    def at_once() -> Iterator[ox.Quad]:
        nonlocal number
        query = f"SELECT ?s ?p ?o {{ {pattern(graph, f'{subjects} ?s ?p ?o')} }}"
        with closing(client.select(query, "s", "p", "o", cut=True)) as rows:
            for subject, predicate, value in rows:
                yield _quad(client, subject, predicate, value)
                number += 1
                if number % _REPORTED == 0:
                    progress(number)
                if number > total:
                    break

    fetched.bulk_extend(at_once())
    if 0 < number < total:
        fetched.bulk_extend(_in_pages(client, graph, subjects, number, progress))
        number = len(fetched)
    if number != total:
        part = "more than" if number > total else f"{number} of"
        whole = f"<{graph}>" if graph else "its default graph"
        raise client.failure(
            f"gives {part} the {say(total, 'triple')} of {whole}",
            "raise the server's limit of rows, or try again if the graph was being written",
        )
    return fetched


def count(client: Client, graph: str | None, subjects: str = "", most: int | None = None) -> int:
    """Count what `triples` reads.

    Args:
        most: Where to stop counting: a server may need long for all it has.

    Returns:
        The number that the server gives; one more than ``most`` where there are more.
    """
    counted = pattern(graph, f"{subjects} ?s ?p ?o")
    if most is not None:
        counted = f"{{ SELECT ?s {{ {counted} }} LIMIT {most + 1} }}"
    with closing(client.select(f"SELECT (COUNT(*) AS ?n) {{ {counted} }}", "n")) as solutions:
        rows = list(islice(solutions, 2))
    if len(rows) != 1 or not isinstance(rows[0][0], ox.Literal):
        raise client.failure("does not count its triples", "is it SPARQL 1.1?")
    number = rows[0][0].value
    try:
        return int(float(number))
    except (ValueError, OverflowError):
        raise client.failure(f"counts '{number[:40]}' triples", "is it SPARQL 1.1?") from None


def pattern(graph: str | None, triple: str = "?s ?p ?o") -> str:
    """Write a graph pattern for one graph.

    Example:
        >>> pattern("urn:g")
        'GRAPH <urn:g> { ?s ?p ?o }'
    """
    return f"GRAPH <{graph}> {{ {triple} }}" if graph else triple


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Cut what there is into lists of one size, the last of which may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


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
            query = f"SELECT ?s ?o {{ {page} {after}}} ORDER BY STR(?s) LIMIT {size}"
            for subject, value in client.select(query, "s", "o", cut=True):
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
        raise client.failure("gives what is no triple", "is it SPARQL 1.1?") from None
