"""Rules of SHACL for SPARQL constraints, and what one depends on, told from its tree."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ...graph.terms import RDF
from ...query.lexer import prefixes
from ...query.parser import parse
from ...query.probing import calls
from ...query.tree import Tree, triples, variables

#: What a constraint must not have, by section 5.3.1 of the Recommendation, and what calls a server.
_FORBIDDEN: Final = {
    "Minus": "MINUS",
    "Values": "VALUES",
    "Service": "SERVICE",
    "Dataset": "FROM",
}
#: Functions that say the same of a literal however it is stored.
_BLIND: Final = ("STR", "ISIRI", "ISURI", "ISLITERAL", "ISBLANK", "LANG", "BOUND")
#: Of these a list in brackets speaks without naming them.
_OF_LISTS: Final = frozenset({RDF.first, RDF.rest, RDF.type})
#: What may have a variable beside its nodes without looking at its value.
_WITHOUT_VALUE: Final = ("Same", "Property", "SelectClause", "Grouping", "Ordering", "Graph")


def forbidden(tree: Tree, bound: Collection[str] = ("this",)) -> str:
    """Name what a constraint must not have, by section 5.3.1 of the Recommendation; empty if fine.

    Args:
        tree: The query.
        bound: The variables that have a value before it is asked.

    Example:
        >>> forbidden(parse("SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }"))
        'MINUS'
    """
    if calls(tree.text, "service"):
        return "SERVICE"
    for node in tree.root.walk():
        if node.rule in _FORBIDDEN:
            return _FORBIDDEN[node.rule]
        if node.rule in ("Column", "Key", "Bind") and node.keyword("AS"):
            made = node.tokens("variable")[-1].text[1:]
            if made in bound:
                return f"AS ${made}"
        if node.rule == "SubSelect" and "this" not in variables(node.children[0]):
            return "a nested SELECT without $this"
    return ""


def uncommented(text: str) -> str:
    r"""Write a query without its comments, which for rdflib end at a line feed alone.

    Example:
        >>> uncommented("SELECT '#' # none\rWHERE {}")
        "SELECT '#'\nWHERE {}"
    """
    parts, at = list[str](), 0
    for word in parse(text).words:
        space = text[at : word.start]
        parts += ["\n" if "#" in space else space, word.text]
        at = word.end
    return "".join(parts)


def reads_values(tree: Tree, predicates: set[str]) -> bool:
    """Tell whether a query may depend on how the values of some predicates, by IRI, are stored."""
    spaces = prefixes(tree.words)
    named = {word.text[1:-1] for word in tree.words if word.kind == "iri"}
    for word in tree.words:
        prefix, _, local = word.text.partition(":")
        if word.kind == "name" and prefix in spaces:
            named.add(spaces[prefix] + local)
    if tree.error or named & predicates or predicates & _OF_LISTS:
        return True
    if not _any_predicate(tree):
        return False
    # Any predicate: harmless if no expression looks at the value of a literal.
    harmless = {
        arguments
        for function in tree.root.walk("Function")
        if function.tokens("word")[0].says(*_BLIND)
        for arguments in function.nodes("Arguments")
    }
    return any(
        word.text[1:] not in ("this", "path")
        for node in tree.root.walk()
        if node.rule not in _WITHOUT_VALUE and node not in harmless
        for word in node.tokens("variable")
    )


def _any_predicate(tree: Tree) -> bool:
    """Tell whether a query may have a variable for a predicate, or a path past some predicates."""
    return any(variables(triple.verb) for triple in triples(tree.root)) or any(
        tree.root.walk("Negated", "Reified", "TripleTerm")
    )
