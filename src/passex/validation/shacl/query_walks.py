"""What a query of a shape looks at, pattern by pattern from its focus node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

import pyoxigraph as ox

from ...graph.terms import RDF
from ...query.lexer import Token, prefixes
from ...query.prefixes import iri_of
from ...query.tree import Item, Node, Tree, triples
from ..results import Compound, Path
from .model import Query
from .walks import ANY, DOCUMENT, NO_NODE, UntoldError, Walk, along

_OF_DOCUMENT: Final = re.compile(
    r'IRI\s*\(\s*STRBEFORE\s*\(\s*STR\s*\(\s*[?$](\w+)\s*\)\s*,\s*"#"\s*\)\s*\)', re.IGNORECASE
)
#: What changes which solutions there are, all together, or asks elsewhere.
_WHOLE: Final = ("SubSelect", "Graph", "Limit", "Offset", "Dataset", "Lateral", "Minus", "Values",
                 "Service", "Grouping", "Having")  # fmt: skip


class QueryWalk:
    """A query, of which it is told what it looks at, pattern by pattern.

    A solution binds the variables of patterns that hang together. So all of it lies on walks that
    begin at the focus node, and go along each pattern in one direction: forwards where one may.
    """

    def __init__(self, query: Query, found: Walk, plain: bool = True) -> None:
        self._tree: Tree = query.tree
        self._found = found
        self._plain = plain
        self._spaces = prefixes(self._tree.words)

    def walk(self, after: Set[str]) -> None:
        """Tell it where the focus node has been reached in some ways."""
        group = self._tree.pattern
        if group is None or self._tree.error is not None:
            raise UntoldError("has a query that cannot be read")
        for node in self._tree.root.walk(*_WHOLE):
            raise UntoldError(f"has a query with {node.rule.upper()}")
        for clause in self._tree.root.walk("SelectClause", "Ordering"):
            if any(clause.walk("Exists")):
                raise UntoldError("has a query that asks beside its pattern")
        self._group(group, {"this": set(after)}, False)

    def _group(self, group: Node, known: dict[str, set[str]], denied: bool) -> dict[str, set[str]]:
        """Walk along the patterns of a group; give how its variables are reached then."""
        known = dict(known)
        waiting: list[Node | tuple[Item, Item, Item]] = []
        later: list[Node] = []
        for child in group.nodes():
            if child.rule == "Triples":
                waiting += triples(child)
            elif child.rule in ("Optional", "Filter"):
                later.append(child)
            else:
                waiting.append(child)
        given = [item for item in waiting if not isinstance(item, Node)]
        failed: set[int] = set()
        while waiting:
            costs = [6 if id(item) in failed else self._cost(item, known) for item in waiting]
            chosen = waiting[costs.index(min(costs))]
            if not isinstance(chosen, Node):
                if min(costs) > 3:
                    raise UntoldError(
                        "has a query with a pattern that isn't joined to its focus node"
                    )
                self._triple(*chosen, known, denied, given)
                failed.clear()
            elif chosen.rule == "Bind":
                self._bind(chosen, known)
            else:
                try:
                    self._branches(chosen, known, denied)
                except UntoldError:
                    # It may hang together with what comes after it.
                    if id(chosen) in failed:
                        raise
                    failed.add(id(chosen))
                    continue
            waiting.remove(chosen)
        for part in later:
            for inner in part.nodes("Group") if part.rule == "Optional" else ():
                self._group(inner, known, False)
            if part.rule == "Filter":
                self._exists(part, known, denied)
        return known

    def _exists(self, part: Node, known: dict[str, set[str]], denied: bool) -> None:
        """Walk along the patterns of which a filter or a value asks whether they are there."""
        plain = {id(node) for node in _alternatives(part) if node.keyword("NOT")}
        for exists in part.walk("Exists", stop=("Exists",)):
            # Within what is denied already, a step may take a result away or let it come.
            for inner in exists.nodes("Group"):
                self._group(inner, known, self._plain and id(exists) in plain and not denied)

    def _branches(self, node: Node, known: dict[str, set[str]], denied: bool) -> None:
        inner = node.nodes("Group") if node.rule == "Union" else [node]
        ends = [self._group(one, known, denied) for one in inner]
        for name in set.intersection(*(set(end) for end in ends)):
            known[name] = set().union(*(end[name] for end in ends))

    def _bind(self, node: Node, known: dict[str, set[str]]) -> None:
        name = node.tokens("variable")[-1].text[1:]
        self._exists(node, known, True)
        text = self._tree.source(node)
        document = _OF_DOCUMENT.search(text)
        first = node.children[2]
        if document and document[1] in known:
            known[name] = {DOCUMENT}
        elif isinstance(first, Token) and first.kind == "variable":
            known[name] = known.get(first.text[1:], {NO_NODE})
        else:
            known[name] = {NO_NODE}

    def _cost(self, item: Node | tuple[Item, Item, Item], known: dict[str, set[str]]) -> int:
        """Tell which of some patterns is next: those that lead forwards before the others."""
        if isinstance(item, Node):
            if item.rule == "Bind":
                words = {w.text[1:] for w in item.words() if w.kind == "variable"}
                made = item.tokens("variable")[-1].text[1:]
                return 1 if words - {made} <= known.keys() else 3
            return 2
        subject, _, value = item
        if self._is_known(subject, known):
            return 0
        return 3 if self._is_known(value, known) else 5

    def _is_known(self, item: Item, known: dict[str, set[str]]) -> bool:
        return isinstance(item, Token) and item.kind == "variable" and item.text[1:] in known

    def _iri(self, word: Token) -> str | None:
        return RDF.type if word.text == "a" else iri_of(word, self._spaces)

    def _triple(
        self,
        subject: Item,
        verb: Item,
        value: Item,
        known: dict[str, set[str]],
        denied: bool,
        beside: list[tuple[Item, Item, Item]],
    ) -> None:
        """Walk along a pattern, which stands beside some others."""
        if isinstance(value, Node) and value.rule not in ("Literal",):
            raise UntoldError("has a query with brackets in a pattern")
        variable = isinstance(verb, Token) and verb.kind == "variable"
        if self._is_known(subject, known):
            assert isinstance(subject, Token)
            after = known[subject.text[1:]]
            if NO_NODE in after:
                raise UntoldError("has a query that works out a node")
            if variable:
                assert isinstance(verb, Token)
                known.setdefault(verb.text[1:], {ANY})
                ends = {ANY}
            else:
                ends = along(self._read(verb), after, self._found, denied)
            if isinstance(value, Token) and value.kind == "variable":
                known.setdefault(value.text[1:], ends)
            return
        if variable:
            raise UntoldError("has a query that looks for whatever names a node")
        if not isinstance(subject, Token) or subject.kind != "variable":
            raise UntoldError("has a query that begins at a node of its own")
        path = self._read(verb)
        assert isinstance(value, Token)
        after = known[value.text[1:]]
        if NO_NODE in after:
            raise UntoldError("has a query that looks for whatever has a value that it works out")
        needs: set[str] = set()
        if isinstance(verb, Token):
            same = [v for s, v, _ in beside if isinstance(s, Token) and s.text == subject.text]
            needs = {iri for v in same if isinstance(v, Token) and (iri := self._iri(v))}
        known[subject.text[1:]] = along(
            path, after, self._found, denied, backwards=True, needs=tuple(sorted(needs))
        )

    def _read(self, item: Item) -> Path:
        """Read a verb as a path."""
        if isinstance(item, Token):
            iri = self._iri(item)
            if iri is None:
                raise UntoldError("has a query with a property that cannot be read")
            return ox.NamedNode(iri)
        parts = [child for child in item.children if not _is_sign(child, "|", "/", "(", ")")]
        if item.rule == "Path":
            return Compound("alternative", tuple(map(self._read, parts)))
        if item.rule == "Sequence":
            return Compound("sequence", tuple(map(self._read, parts)))
        if item.rule == "PathBrackets":
            return self._read(parts[0])
        if item.rule != "Step":
            raise UntoldError("has a query with a path of all properties but some")
        [inner] = [child for child in parts if not _is_sign(child, "^", "*", "+", "?")]
        path = self._read(inner)
        for sign, kind in (("*", "zeroOrMore"), ("+", "oneOrMore"), ("?", "zeroOrOne")):
            if any(_is_sign(child, sign) for child in parts):
                path = Compound(kind, (path,))
        if any(_is_sign(child, "^") for child in parts):
            path = Compound("inverse", (path,))
        return path


def _alternatives(part: Node) -> Iterator[Node]:
    """List what a filter asks for, all of it or something of it, and not the contrary."""
    for node in part.nodes():
        if node.rule == "Exists":
            yield node
        elif node.rule in ("Brackets", "Or", "And"):
            yield from _alternatives(node)


def _is_sign(item: Item, *signs: str) -> bool:
    return isinstance(item, Token) and item.text in signs
