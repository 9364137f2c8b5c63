"""The triple patterns of a SPARQL group, one by one, and the order in which they are quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...query.lexer import Token
from ...query.tree import Item, Node, triples


class Unclear(Exception):
    """Part of a query that is better left as it is."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern, as text: variables, terms, or as its verb a path that isn't a sequence."""

    subject: str
    verb: str
    value: str

    def __str__(self) -> str:
        return f"{self.subject} {self.verb} {self.value}"

    def variables(self) -> set[str]:
        """Name its variables."""
        return {part[1:] for part in (self.subject, self.verb, self.value) if part[0] in "?$"}

    def is_closure(self) -> bool:
        """Tell whether it follows a path as far as it goes."""
        return self.verb[-1] in "*+"

    def cost(self, bound: set[str]) -> tuple[bool, int]:
        """Tell how much there is to look at when some variables are bound: more sorts higher."""
        parts = (self.subject, self.verb, self.value)
        unknown = [part[0] in "?$" and part[1:] not in bound for part in parts]
        names = self.variables()
        apart = bool(names) and not names & bound
        far = self.is_closure() and (unknown[0] or unknown[2])
        return apart, 2 * unknown[0] + unknown[1] + unknown[2] + far


def in_order(patterns: Iterable[Pattern], bound: set[str]) -> Iterator[Pattern]:
    """Give patterns in an order in which each is quick when those before are known, and `bound`."""
    left, known = list(patterns), set(bound)
    while left:
        best = min(left, key=lambda pattern: pattern.cost(known))
        left.remove(best)
        known |= best.variables()
        yield best


def read(block: Node, fresh: Iterator[int]) -> Iterator[Pattern]:
    """Read triples that stand together one by one, those of a sequence path step by step.

    The variables between the steps get fresh numbers. What isn't a variable, an IRI or a plain
    literal is `Unclear`.
    """
    for same in block.nodes("Same"):
        _text(same.children[0])  # a list or node in brackets may be all that there is
    for triple in triples(block):
        subject, value = _text(triple.subject), _text(triple.value)
        steps = [triple.verb]
        if isinstance(triple.verb, Node) and triple.verb.rule == "Sequence":
            steps = triple.verb.children[::2]
        for i, step in enumerate(steps):
            target = value if i == len(steps) - 1 else f"?_n{next(fresh)}"
            if predicate := _inverted(step):
                yield Pattern(target, predicate, subject)
            else:
                yield Pattern(subject, _joined(step), target)
            subject = target


def _inverted(step: Item) -> str:
    """Give the predicate of a step that only goes against it; empty for others."""
    if isinstance(step, Token) or step.rule != "Step" or len(step.children) != 2:
        return ""
    sign, predicate = step.children
    inverse = isinstance(sign, Token) and sign.text == "^"
    return predicate.text if inverse and isinstance(predicate, Token) else ""


def _joined(item: Item) -> str:
    """Give the words of a path or a literal without space and comments between them."""
    return item.text if isinstance(item, Token) else "".join(word.text for word in item.words())


def _text(item: Item) -> str:
    """Give the text of a variable or a plain term."""
    plain = item.kind != "blank" if isinstance(item, Token) else item.rule == "Literal"
    if not plain:
        raise Unclear
    return _joined(item)
