"""The concepts of the lists of the ontology, by which mappings name them."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox

from ..graph import dataset
from ..graph.terms import NRC, SKOS, local_name


@cache
def concepts(scheme: str) -> tuple[str, ...]:
    """List the local names of the concepts of a list, such as ``domain``.

    Example:
        >>> "naval" in concepts("domain")
        True
    """
    found = []
    for path in dataset.ontology_files():
        for quad in ox.parse(path=path):
            if quad.predicate.value == SKOS.inScheme and quad.object == ox.NamedNode(
                NRC[f"scheme-{scheme}"]
            ):
                assert isinstance(quad.subject, ox.NamedNode)
                found.append(local_name(quad.subject.value))
    return tuple(sorted(found))
