"""A query as the algebra of SPARQL, to be read."""

from __future__ import annotations

from typing import Any, Final

from ..errors import QueryError
from .prefixes import KNOWN, needed
from .tree import Tree

#: What of the algebra says nothing to a reader.
_LEFT_OUT: Final = frozenset({"_vars", "lazy", "datasetClause", "orderable"})
#: An expression of so many characters stands on one line.
_SHORT: Final = 80


def algebra(query: Tree) -> str:
    """Write a query as an expression of the SPARQL 1.1 algebra (chapter 18), as rdflib reads it.

    It is an indented S-expression: operators with their parts, patterns first to last.

    Raises:
        QueryError: rdflib does not take it.
    """
    from rdflib import Graph
    from rdflib.namespace import NamespaceManager
    from rdflib.plugins.sparql import prepareQuery

    spaces = needed(query.words)
    try:
        prepared = prepareQuery(query.text, initNs=spaces)
    except Exception as error:
        # Of whatever class: rdflib's parser raises what its own parts raise.
        raise QueryError(
            f"rdflib cannot read this query ({' '.join(str(error).split())})",
            "leave out --explain, and the engine will answer it",
        ) from None
    graph = Graph(bind_namespaces="none")
    manager = NamespaceManager(graph, bind_namespaces="none")
    for prefix, iri in [*KNOWN.items(), *prepared.prologue.namespace_manager.namespaces()]:
        manager.bind(prefix, iri)
    try:
        return "\n".join(_lines(prepared.algebra, manager, 0))
    except RecursionError:
        raise QueryError(
            "the query is nested too deeply to be printed", "leave out --explain"
        ) from None


def _lines(part: Any, manager: Any, depth: int) -> list[str]:
    indent = "  " * depth
    name = getattr(part, "name", None)
    if isinstance(part, dict) and name:
        lines = [f"{indent}({name}"]
        for key, value in part.items():
            if key in _LEFT_OUT or value is None or value == [] or value == {}:
                continue
            if getattr(value, "name", "") == "TrueFilter":
                continue
            if key in ("p", "p1", "p2", "triples", "part", "arg"):
                lines += _lines(value, manager, depth + 1)
            else:
                inner = _lines(value, manager, 0)
                whole = " ".join(line.strip() for line in inner)
                if len(inner) == 1 or (len(whole) <= _SHORT and "(BGP" not in whole):
                    lines.append(f"{indent}  {key}={whole}")
                else:
                    lines += [f"{indent}  {key}=", *_lines(value, manager, depth + 2)]
        lines[-1] += ")"
        return lines
    if isinstance(part, dict):
        # A row of VALUES.
        row = (f"{_term(key, manager)}={_term(value, manager)}" for key, value in part.items())
        return [f"{indent}({' '.join(sorted(row))})"]
    if isinstance(part, tuple) and len(part) == 3:
        return [f"{indent}{' '.join(_term(term, manager) for term in part)}"]
    if isinstance(part, list | tuple | set | frozenset):
        items = sorted(part, key=str) if isinstance(part, set | frozenset) else part
        if all(not isinstance(item, dict | tuple | list) for item in items):
            return [f"{indent}[{', '.join(_term(item, manager) for item in items)}]"]
        return [line for item in items for line in _lines(item, manager, depth)]
    return [indent + _term(part, manager)]


def _term(term: Any, manager: Any) -> str:
    if isinstance(term, dict):
        return " ".join(line.strip() for line in _lines(term, manager, 0))
    try:
        return str(term.n3(manager))
    except Exception:
        # Of whatever class: rdflib cannot write every term and path that it reads.
        return str(term)
