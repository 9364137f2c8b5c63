"""Property paths: read from the shapes graph, and written as SPARQL."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from ...graph.terms import RDF, SH
from ..results import Compound, Path, Term, path_text
from .shapes_graph import Triples

_UNARY: Final = {
    SH.inversePath: "inverse",
    SH.zeroOrMorePath: "zeroOrMore",
    SH.oneOrMorePath: "oneOrMore",
    SH.zeroOrOnePath: "zeroOrOne",
}
_DEEPEST: Final = 60


def read_path(triples: Triples, node: Term, depth: int = 0) -> Path:
    """Read a path.

    Args:
        triples: The shapes graph.
        node: The node that stands for the path.
        depth: How deep it lies in another.

    Returns:
        The path.

    Raises:
        ValueError: It is ill-formed; says how.
    """
    if isinstance(node, ox.NamedNode) and not triples.of(node).keys() & _UNARY.keys():
        return node
    if isinstance(node, ox.Literal):
        raise ValueError(f"{node} is no property path")
    if depth > _DEEPEST:
        raise ValueError("a property path within itself, or very deep")
    said = triples.of(node)
    kinds = [key for key in (*_UNARY, SH.alternativePath) if key in said]
    # What is a list is taken for one, whatever else is said of it: the W3C's tests have it so.
    listed = RDF.first in said
    if not listed and len(kinds) != 1:
        raise ValueError("a property path must be an IRI, a list or one kind of path")
    if listed or kinds[0] not in _UNARY:
        heads = [node] if listed else triples.values(node, kinds[0])
        members = triples.items(heads[0]) if len(heads) == 1 else None
        if members is None or len(members) < 2:
            raise ValueError("a path of several parts needs one well-formed list of two or more")
        parts = tuple(read_path(triples, member, depth + 1) for member in members)
        return Compound("sequence" if listed else "alternative", parts)
    values = triples.values(node, kinds[0])
    if len(values) != 1:
        raise ValueError(f"a path has more than one sh:{kinds[0].removeprefix(SH.iri)}")
    return Compound(_UNARY[kinds[0]], (read_path(triples, values[0], depth + 1),))


def sparql(path: Path) -> str:
    """Write a path in SPARQL, with full IRIs."""
    return path_text(path, lambda iri: f"<{iri}>")


def nullable(path: Path) -> bool:
    """Tell whether a path leads from every node to itself, whatever the graph."""
    if isinstance(path, ox.NamedNode):
        return False
    inner = [nullable(part) for part in path.parts]
    if path.kind in ("zeroOrMore", "zeroOrOne"):
        return True
    return any(inner) if path.kind == "alternative" else all(inner)


def repeats(path: Path) -> bool:
    """Tell whether a path can lead to the same value more than once."""
    if isinstance(path, ox.NamedNode):
        return False
    if path.kind == "inverse":
        return repeats(path.parts[0])
    return path.kind in ("sequence", "alternative", "zeroOrOne")


def reverses_a_sequence(path: Path, inverse: bool = False) -> bool:
    """Tell whether a sequence stands under an inverse, which pySHACL walks in the wrong order."""
    if isinstance(path, ox.NamedNode):
        return False
    if path.kind == "inverse":
        return reverses_a_sequence(path.parts[0], not inverse)
    if path.kind == "sequence" and inverse:
        return True
    return any(reverses_a_sequence(part, inverse) for part in path.parts)
