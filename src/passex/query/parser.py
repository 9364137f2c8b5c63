"""Parse SPARQL into a tree with places.

The grammar is read with one word of lookahead and a stack of its own, so that no query is nested
too deeply to be parsed, and each takes a time in proportion to its length.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .grammar import of_word
from .lexer import Token, token
from .rules import Part, rule
from .tree import Mismatch, Node, Tree

_KINDS: Final = {
    "variable": "VAR",
    "iri": "IRI",
    "blank": "BLANK",
    "string": "STRING",
    "open": "OPEN",
    "number": "NUMBER",
    "language": "LANGUAGE",
}
#: No keyword has more letters.
_LONGEST: Final = 14
#: Stands on the stack where a node ends.
_CLOSE: Final = Part("close")
_END: Final = Part("word", "END")


#: Texts of fewer characters are worth remembering: more than one check looks at a query.
_SHORT: Final = 8192


def parse(text: str, start: str = "Query") -> Tree:
    """Parse a text.

    Args:
        start: ``Query``, ``Update``, or the name of another rule of the grammar, for part of one.

    Returns:
        Its tree: all of it, or up to where the text leaves the grammar, which its `error` tells.

    Example:
        >>> tree = parse("SELECT ?s { ?s a ?c }")
        >>> [str(node) for node in tree.root.walk()]  # doctest: +NORMALIZE_WHITESPACE
        ['Query 0-21', 'Select 0-21', 'SelectClause 0-9', 'Group 10-21', 'Triples 12-19',
         'Same 12-19', 'Properties 15-19', 'Property 15-19']
        >>> parse("SELECT ?s { ?s a }").error.word.text
        '}'
    """
    return _remembered(text, start) if len(text) < _SHORT else _parse(text, start)


def _parse(text: str, start: str) -> Tree:
    reader = _Reader(text)
    error = reader.read(start)
    doubt = reader.doubt
    if error and error.word and doubt and error.word.start < doubt.end:
        # It was no comparison: what can't be there is the IRI.
        reader = _Reader(text, doubt)
        error = reader.read(start)
    if error and error.word and of_word(error.word.text) == "NONE":
        glued = _Reader(text, glued=True)
        if not glued.read(start):
            reader, error = glued, None
    return Tree(text, reader.root, tuple(reader.words), error)


_remembered = lru_cache(maxsize=32)(_parse)


class _Reader:
    """Reads a text.

    Args:
        sure: A word that is an IRI, though none can be there.
        glued: Whether keywords may stand together, as in ``LIMIT5``.
    """

    def __init__(self, text: str, sure: Token | None = None, glued: bool = False) -> None:
        self.text = text
        self.sure = sure
        self.glued = glued
        #: What was last taken for a comparison, though it looks like an IRI.
        self.doubt: Token | None = None
        self.words: list[Token] = []
        self.end = 0
        self.root = Node("", 0)
        self.word: Token | None
        self.kind: str
        self._look(True)

    def _look(self, iris: bool) -> None:
        """Look at the next word."""
        self.word = word = token(self.text, self.end, iris)
        if word is None:
            self.kind = "END"
        elif word.kind == "word":
            self.kind = of_word(word.text)
            if self.glued and self.kind == "NONE":
                parts = (word.text[:length] for length in range(_LONGEST, 0, -1))
                part = next((part for part in parts if of_word(part) != "NONE"), word.text)
                self.word, self.kind = Token("word", part, word.start), of_word(part)
        elif word.kind == "name":
            self.kind = "NS" if word.text.find(":") == len(word.text) - 1 else "NAME"
        else:
            self.kind = _KINDS.get(word.kind, word.text)

    def read(self, start: str) -> Mismatch | None:
        nodes = [self.root]
        self.root.rule = rule(start).node
        first = rule(start).part if start in ("Query", "Update") else Part("rule", start)
        stack = [_END, first]
        #: What could have begun at the next word, and did not.
        declined: list[Part] = []
        while stack:
            part = stack.pop()
            if part is _CLOSE:
                self._close(nodes)
                continue
            if part.kind == "word":
                if part.name == self.kind:
                    if self.word is not None:
                        nodes[-1].children.append(self.word)
                        self.words.append(self.word)
                        self.end = self.word.end
                        self._look(True)
                    declined.clear()
                    continue
                parts = None
            else:
                parts = part.expanded(self.kind)
            if not parts and self._may_compare(part):
                # An operand ends here, and no IRI can follow: it is a comparison.
                self.doubt = self.word
                self._look(False)
                parts = part.expanded(self.kind)
            if parts is None:
                while len(nodes) > 1:
                    self._close(nodes)
                self.root.end = self.end
                kinds = part.first.union(*(other.first for other in declined))
                return Mismatch(self.word, kinds)
            if not parts:
                declined.append(part)
            elif part.kind == "rule" and part.rule.how != ":":
                assert self.word is not None  # a rule begins with a word
                nodes.append(Node(part.rule.node, self.word.start, part.rule.how == "~"))
                stack.append(_CLOSE)
            stack.extend(parts)
        self.root.end = self.end
        return None

    def _may_compare(self, part: Part) -> bool:
        """Tell whether what looks like an IRI may be a comparison with what follows."""
        return (
            self.kind == "IRI" and self.word != self.sure and not part.first.isdisjoint(("<", "<="))
        )

    def _close(self, nodes: list[Node]) -> None:
        node = nodes.pop()
        node.end = max(self.end, node.start)
        thin = node.thin and len(node.children) == 1
        nodes[-1].children.append(node.children[0] if thin else node)
