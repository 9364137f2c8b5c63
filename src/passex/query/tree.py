"""Trees of SPARQL: what a query or update is made of, and where each part of it is.

A `Tree` has a root `Node`; a node has a rule of the grammar (see `passex.query.grammar`, where they
are listed) and children: nodes, and the words themselves (`Token`). Each has a ``start`` and an
``end`` in the text, in code points, so that a query is rewritten by places: look for nodes with
`Node.walk`, collect ``(start, end, new text)``, and hand them to `rewritten`.

The main rules, with their children:

- ``Select``, ``Construct``, ``Describe``, ``Ask`` (the form) and ``SubSelect`` hold a
  ``SelectClause`` (of variables, and a ``Column`` for each ``(... AS ?x)``), ``Dataset`` (FROM), a
  ``Group``, ``Grouping``, ``Having``, ``Ordering``, ``Limit``, ``Offset``.
- A ``Group`` ``{ }`` holds a ``SubSelect``, or side by side ``Triples``, ``Group``, ``Union``,
  ``Optional``, ``Minus``, ``Graph``, ``Service``, ``Lateral``, ``Filter``, ``Bind``, ``Values``.
- ``Triples`` is a block of ``Same`` (triples of one subject): the subject, then ``Properties`` of
  ``Property``, each a verb and its objects; see `triples`. A term is a word alone, or a ``Literal``
  with a tag, a type or a sign, a ``List`` ``( )`` or a ``BlankNode`` ``[ ]``.
- A path is a word alone, or ``Path`` (``|``), ``Sequence`` (``/``), ``Step`` (``^ * + ?``),
  ``Negated`` or ``PathBrackets``.
- An expression is a word, or ``Or``, ``And``, ``Relation`` (also IN), ``Sum``, ``Product``,
  ``Unary``, ``Brackets``, ``Function`` (built in), ``Call`` (of an IRI) or ``Exists``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias, Union

from .lexer import Token, tokens

#: A node, or a word.
Item: TypeAlias = Union["Node", Token]


class Node:
    """Part of a query: a rule of the grammar, and the nodes and words in it, in order.

    It goes from its first code point to the one after its last word.
    """

    __slots__ = ("children", "end", "rule", "start")

    def __init__(self, rule: str, start: int, end: int, children: list[Item]) -> None:
        self.rule = rule
        self.start = start
        self.end = end
        self.children = children

    def __str__(self) -> str:
        return f"{self.rule} {self.start}-{self.end}"

    def walk(self, *rules: str, stop: Collection[str] = ()) -> Iterator[Node]:
        """Go through a node and all nodes in it (of some rules), in the order of the text.

        Nodes in it of the rules of ``stop`` are not gone into, and are given themselves.
        """
        rest: list[Node] = [self]
        while rest:
            node = rest.pop()
            if not rules or node.rule in rules:
                yield node
            if node is self or node.rule not in stop:
                rest += [c for c in reversed(node.children) if isinstance(c, Node)]

    def words(self, stop: Collection[str] = ()) -> Iterator[Token]:
        """Go through all words in a node, in order; but not into nodes of some rules in it."""
        rest: list[Item] = [self]
        while rest:
            item = rest.pop()
            if isinstance(item, Token):
                yield item
            elif item is self or item.rule not in stop:
                rest += reversed(item.children)

    def nodes(self, *rules: str) -> list[Node]:
        """List the nodes of some rules among its children; all nodes without a rule."""
        return [
            child
            for child in self.children
            if isinstance(child, Node) and (not rules or child.rule in rules)
        ]

    def node(self, *rules: str) -> Node | None:
        """Find the first node of some rules among its children."""
        return next(iter(self.nodes(*rules)), None)

    def tokens(self, *kinds: str) -> list[Token]:
        """List the words of some kinds (`Token`) among its children; all without a kind."""
        return [
            child
            for child in self.children
            if isinstance(child, Token) and (not kinds or child.kind in kinds)
        ]

    def keyword(self, *names: str) -> Token | None:
        """Find the first of some keywords, in capitals, among its children."""
        return next((word for word in self.tokens("word") if word.says(*names)), None)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Where a text leaves the grammar.

    Attributes:
        word: The word that cannot stand there; None at the end of the text.
        expected: The kinds of words that could, as the grammar calls them.
    """

    word: Token | None
    expected: frozenset[str]


@dataclass(frozen=True, eq=False)
class Tree:
    """The tree of a query or update.

    Attributes:
        root: The node of all of it; its rule is ``Query`` or ``Update``.
        parsed: The words in the tree.
        error: Where the text leaves the grammar; None if all of it is in the tree.
    """

    text: str
    root: Node
    parsed: tuple[Token, ...]
    error: Mismatch | None

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """All words of the text, also those after an error."""
        rest = tokens(self.text, self.parsed[-1].end if self.parsed else 0)
        return self.parsed if self.error is None else (*self.parsed, *rest)

    @cached_property
    def query(self) -> Node | None:
        """The node of the form; None where there is none, or in an update."""
        return self.root.node("Select", "Construct", "Describe", "Ask")

    @property
    def form(self) -> str:
        """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; empty if it is none of them."""
        return self.query.rule.upper() if self.query else ""

    @property
    def pattern(self) -> Node | None:
        """The pattern of the query; of ``CONSTRUCT WHERE`` its template; None if there is none."""
        return self.query and (self.query.node("Group") or self.query.node("Template"))

    @property
    def end(self) -> int:
        """The code point after the last word: what follows it are spaces and comments."""
        return self.words[-1].end if self.words else 0

    def source(self, item: Item) -> str:
        """Give the text of a node or word."""
        return self.text[item.start : item.end]


def variables(item: Item, stop: Collection[str] = ()) -> set[str]:
    """Name the variables of a part of a query, without those in nodes of some rules in it.

    Example:
        >>> from passex.query.parser import parse
        >>> root = parse("ASK { ?s ?p 1 FILTER EXISTS { ?s ?q $this } }").root
        >>> sorted(variables(root)), sorted(variables(root, stop=("Exists",)))
        (['p', 'q', 's', 'this'], ['p', 's'])
    """
    words = [item] if isinstance(item, Token) else item.words(stop)
    return {word.text[1:] for word in words if word.kind == "variable"}


class Triple(NamedTuple):
    """A triple pattern: its subject (of ``[ ]`` the node itself), verb and object."""

    subject: Item
    verb: Item
    value: Item


def triples(node: Node) -> Iterator[Triple]:
    """List the triple patterns in a part of a query, those in brackets after what holds them.

    Lists ``( )`` stand for triples that are not given.

    Example:
        >>> from passex.query.parser import parse
        >>> tree = parse("ASK { ?s a ex:A, ex:B ; ex:p/ex:q [ ex:r 1 ] }")
        >>> [" ".join(map(tree.source, triple)) for triple in triples(tree.root)][1:]
        ['?s a ex:B', '?s ex:p/ex:q [ ex:r 1 ]', '[ ex:r 1 ] ex:r 1']
    """
    for owner in node.walk("Same", "BlankNode"):
        for properties in owner.nodes("Properties"):
            subject = owner if owner.rule == "BlankNode" else owner.children[0]
            for part in properties.nodes("Property"):
                verb, *values = part.children
                for value in values:
                    if isinstance(value, Node) or value.text != ",":
                        yield Triple(subject, verb, value)


def looked_for(query: Tree) -> Iterator[Triple]:
    """List the triple patterns that a query looks for: not those of a template, which it makes.

    Example:
        >>> from passex.query.parser import parse
        >>> tree = parse("CONSTRUCT { ?s ex:made ?o } WHERE { ?s ex:there ?o }")
        >>> [tree.source(triple.verb) for triple in looked_for(tree)]
        ['ex:there']
    """
    made = query.query.node("Template") if query.query else None
    if made is None or made is query.pattern:
        return triples(query.root)
    first, last = made.start, made.end
    return (one for one in triples(query.root) if not first <= one.verb.start < last)


def rewritten(
    text: str, changes: Iterable[tuple[int, int, str]], start: int = 0, end: int | None = None
) -> str:
    """Write a text, or a part of it, with changes that do not overlap.

    A change has its first code point, the one after its last, and what takes its place. What is put
    in at one place stands in the order in which it is given.

    Example:
        >>> rewritten("ask { ?s ?p 1 }", [(12, 13, "2"), (0, 3, "ASK")])
        'ASK { ?s ?p 2 }'
    """
    parts, at = list[str](), start
    for first, last, new in sorted(changes, key=lambda change: change[:2]):
        parts += [text[at:first], new]
        at = last
    return "".join([*parts, text[at:end]])
