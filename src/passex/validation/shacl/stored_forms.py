"""Queries that may depend on how the store keeps a literal: ``1.50``, which it would make ``1.5``.

Such a literal is kept under a marked datatype (`passex.graph.lexical`). For joining, selecting and
grouping that is the same; an expression that looks at its value or datatype would go wrong.
Which variables may hold one is followed from the triple patterns.
"""

from __future__ import annotations

from collections.abc import Collection, Set
from typing import Final

from ...graph.terms import RDF
from ...query.lexer import Token, prefixes
from ...query.tree import Item, Node, Tree, triples

#: Functions that say the same of a literal however it is stored.
_BLIND: Final = ("STR", "ISIRI", "ISURI", "ISLITERAL", "ISBLANK", "LANG", "BOUND", "SAMETERM")
#: Of these a list in brackets, and ``a``, speak without naming them.
_UNNAMED: Final = frozenset({RDF.first, RDF.rest, RDF.type})
#: What may have a variable beside its nodes without looking at its value.
_WITHOUT_VALUE: Final = (
    *("Same", "Property", "List", "SelectClause", "Grouping", "Ordering", "Graph"),
)
#: What speaks of triples as terms: left to pySHACL.
_OF_TRIPLES: Final = ("Reified", "TripleTerm", "TripleTerm1", "Reifier", "Annotation")
_IRIS: Final = ("iri", "name")


def reads_values(
    tree: Tree, predicates: Collection[str], bound: Collection[str] = ("this",)
) -> bool:
    """Tell whether a query may depend on how the values of some predicates, by IRI, are stored.

    A no is certain. What is bound beforehand, such as ``$this``, may be such a value itself.

    Example:
        >>> from passex.query.parser import parse
        >>> query = "SELECT $this { $this <urn:p> ?v FILTER(?v != <urn:a> && STR(?v) != '') }"
        >>> reads_values(parse(query), {"urn:p"})
        False
        >>> reads_values(parse("SELECT $this { $this <urn:p> ?v FILTER(?v > 1) }"), {"urn:p"})
        True
    """
    if tree.error or _UNNAMED & set(predicates) or any(tree.root.walk(*_OF_TRIPLES)):
        return True
    verbs = _Verbs(tree, predicates)
    held = set(bound)
    for triple in triples(tree.root):
        if verbs.may_end_in_one(triple.verb):
            if _is_typed(triple.value):
                return True
            # A path may be gone backwards, or be empty: then its beginning is its end.
            ends = (triple.value,) if isinstance(triple.verb, Token) else triple
            held |= _variables(*ends)
    return any(_reads(node, held, verbs) for node in tree.root.nodes())


class _Verbs:
    """The predicates and paths of a query, by what may stand at their ends."""

    def __init__(self, tree: Tree, predicates: Collection[str]) -> None:
        self._spaces, self._predicates = prefixes(tree.words), predicates
        self._relative = any(tree.root.walk("Base"))

    def may_end_in_one(self, verb: Item) -> bool:
        """Tell whether a value of one of the predicates may stand at an end."""
        if isinstance(verb, Token):
            return verb.kind == "variable" or self._is_one(verb)
        negated = any(verb.walk("Negated"))
        return negated or _may_be_empty(verb) or any(map(self._is_one, verb.words()))

    def never_one(self, group: Node) -> set[str]:
        """Name the variables for which the triples of a group itself have no such value."""
        found: set[str] = set()
        for block in group.nodes("Triples"):
            for triple in triples(block):
                if not self.may_end_in_one(triple.verb):
                    found |= _variables(*triple)
                elif isinstance(triple.verb, Token):
                    # No literal is a subject or a predicate.
                    found |= _variables(triple.subject, triple.verb)
        return found

    def _is_one(self, word: Token) -> bool:
        if word.kind not in _IRIS:
            return False
        # An IRI with an escape, or a relative one, may be any.
        if "\\" in word.text or (self._relative and word.kind == "iri"):
            return True
        if word.kind == "iri":
            return word.text[1:-1] in self._predicates
        prefix, _, local = word.text.partition(":")
        return self._spaces.get(prefix, "") + local in self._predicates


def _may_be_empty(path: Item) -> bool:
    """Tell whether a path may lead from a node to itself without a triple."""
    if isinstance(path, Token):
        return False
    if any(sign.text in ("*", "?") for sign in path.tokens("sign")):
        return True
    parts = [part for part in path.children if isinstance(part, Node) or part.kind != "sign"]
    return (all if path.rule == "Sequence" else any)(map(_may_be_empty, parts))


def _reads(node: Node, held: Set[str], verbs: _Verbs) -> bool:
    """Tell whether an expression in a part of a query looks at a variable that may hold one."""
    group = node if node.rule == "Group" else node.node("Group")
    if group is not None and node.rule in ("Group", "Select"):
        # A solution that has one where the group's own triples can't have any is dropped, whatever
        # an expression of this group, or of one within it, makes of it.
        held = held - verbs.never_one(group)
    indifferent = node.rule in _WITHOUT_VALUE or _compares_with_iris(node)
    if not indifferent and not held.isdisjoint(_variables(*node.children)):
        return True
    inner = node.nodes()
    if node.rule == "Function" and node.tokens("word")[0].says(*_BLIND):
        inner = [part for arguments in inner for part in arguments.nodes()]
    return any(_reads(part, held, verbs) for part in inner)


def _compares_with_iris(node: Node) -> bool:
    """Tell whether it tells one variable from IRIs alone: of literals, all differ from these."""
    if node.rule != "Relation":
        return False
    parts = [
        *node.children,
        *(part for listed in node.nodes("Choices") for part in listed.children),
    ]
    words = [part for part in parts if isinstance(part, Token)]
    others = [part for part in parts if isinstance(part, Node) and part.rule != "Choices"]
    return (
        not others
        and sum(word.kind == "variable" for word in words) == 1
        and all(
            word.kind in ("variable", *_IRIS)
            or word.says("NOT", "IN")
            or word.text in ("=", "!=", "(", ",", ")")
            for word in words
        )
    )


def _variables(*items: Item) -> set[str]:
    """Name those of some items that are variables."""
    words = (item for item in items if isinstance(item, Token) and item.kind == "variable")
    return {word.text[1:] for word in words}


def _is_typed(item: Item) -> bool:
    """Tell whether it is a literal of a datatype: in the query, the store rewrites it as well."""
    if isinstance(item, Token):
        return item.kind in ("number", "word")
    return item.rule == "Literal" and not item.tokens("language")
