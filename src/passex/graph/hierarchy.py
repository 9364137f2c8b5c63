"""Look-ups in hierarchies: what lies above and below a class or a property.

They walk over the triples of a `pyoxigraph.Store`, whatever it holds (a graph, an ontology apart,
shapes), so nothing is kept between calls: whoever asks again for the same may put `functools.cache`
around them.
"""

from __future__ import annotations

import pyoxigraph as ox

from .terms import RDFS


def superclasses(engine: ox.Store, *start: str, by: str = RDFS.subClassOf) -> list[str]:
    """List classes and all that is above them.

    Args:
        start: IRIs of classes.
        by: The property that leads upwards, such as ``rdfs:subPropertyOf`` for properties.

    Returns:
        The IRIs, without blank nodes: the classes themselves, then what is one step above them, and
        so on; what is as near in alphabetical order. A cycle does no harm.

    Example:
        >>> engine, sub = ox.Store(), ox.NamedNode(RDFS.subClassOf)
        >>> a, b, c = (ox.NamedNode(f"http://e/{name}") for name in "abc")
        >>> engine.extend(ox.Quad(*link) for link in ((a, sub, b), (b, sub, c), (c, sub, a)))
        >>> superclasses(engine, "http://e/a")
        ['http://e/a', 'http://e/b', 'http://e/c']
        >>> subclasses(engine, "http://e/a")
        ['http://e/a', 'http://e/c', 'http://e/b']
    """
    return _reached(engine, start, by, upwards=True)


def subclasses(engine: ox.Store, *start: str, by: str = RDFS.subClassOf) -> list[str]:
    """List classes and all that is below them, otherwise as `superclasses` does.

    Args:
        start: IRIs of classes.
        by: The property that leads upwards.

    Returns:
        The IRIs, the nearest first.
    """
    return _reached(engine, start, by, upwards=False)


def _reached(engine: ox.Store, start: tuple[str, ...], by: str, upwards: bool) -> list[str]:
    link, reached = ox.NamedNode(by), [*dict.fromkeys(start)]
    seen = set(reached)
    for iri in reached:  # grows while it is gone through
        node = ox.NamedNode(iri)
        pattern = (node, link, None) if upwards else (None, link, node)
        ends = (q.object if upwards else q.subject for q in engine.quads_for_pattern(*pattern))
        new = sorted({end.value for end in ends if isinstance(end, ox.NamedNode)} - seen)
        reached += new
        seen.update(new)
    return reached
