"""Warnings of patterns that nothing joins, and of variables used where they have no value."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final, NamedTuple

from ..text.nearest import did_you_mean, nearest
from .errors import Remark
from .lexer import Token
from .scope import computed, visible
from .tree import Item, Node, Tree, triples, variables

#: Each group is looked at with all that is around it: queries of more groups are left alone.
_GROUPS: Final = 200


def joins(query: Tree, bound: Collection[str] = ()) -> list[Remark]:
    """Find variables that have no value where they are used, and patterns that nothing joins.

    Args:
        bound: Variables that are given a value from outside.

    Example:
        >>> from passex.query.parser import parse
        >>> [r.message for r in joins(parse("SELECT ?a { ?a ?p 1 FILTER(?b > 1) }"))]
        ['?b has no value here']
        >>> [r.message for r in joins(parse("SELECT ?a ?b { ?a ?p 1 . ?b ?q 2 }"))]
        ['nothing joins ?b and ?a: each of one goes with every other']
    """
    groups = islice(query.root.walk("Group"), _GROUPS + 1)
    if query.query is None or sum(1 for _ in groups) > _GROUPS:
        return []
    # What has a value somewhere, though not where it is used.
    somewhere = {word.text[1:] for word in computed(query.query)}
    for part in query.query.walk("Triples", "Values", "Graph"):
        somewhere |= variables(part, stop=("Group",))
    found: dict[tuple[int, str], Remark] = {}
    for scope in _scopes(query.query, set(bound)):
        for remark in (*_uses(scope, somewhere), *_products(query, scope)):
            found.setdefault((remark.start, remark.message), remark)
    return sorted(found.values(), key=lambda remark: remark.start)


class _Scope(NamedTuple):
    """A form, sub-SELECT or group, with the variables that have a value in it from around it.

    Attributes:
        outer: Those for all that is in it: EXISTS looks at one solution of the pattern around.
        left: Those for its own conditions alone: what OPTIONAL adds to.
        tests: Whether it is within EXISTS or MINUS, whose solutions nobody sees.
    """

    node: Node
    outer: set[str]
    left: set[str]
    tests: bool = False


def _scopes(form: Node, bound: set[str]) -> Iterator[_Scope]:
    rest = [_Scope(form, bound, set())]
    while rest:
        scope = rest.pop()
        yield scope
        node, outer, _, tests = scope
        here = visible(node) | outer if node.rule == "Group" else outer
        for part in node.nodes():
            inside, left, hidden = outer, set[str](), tests or part.rule == "Minus"
            if part.rule == "Optional":
                left = here
            elif part.rule == "Graph":
                inside = outer | variables(part.children[1], stop=("Group",))
            elif part.rule == "Lateral":
                inside = here
            elif part.rule == "SubSelect":
                rest.append(_Scope(part, outer, left, tests))
                continue
            elif part.rule not in ("Group", "Union", "Minus", "Service"):
                inside, hidden = here, True  # EXISTS, in whatever expression
            groups = [part] if part.rule == "Group" else part.walk("Group", stop=("Group",))
            rest += [_Scope(group, inside, left, hidden) for group in groups]


def _uses(scope: _Scope, somewhere: set[str]) -> Iterator[Remark]:
    """Find what is used before it has a value, or where it has none."""
    node, outer, left, _ = scope
    if node.rule != "Group":
        group = node.node("Group")
        given = outer | (visible(group) if group else somewhere)
        for part in node.nodes("SelectClause", "Grouping", "Having", "Ordering"):
            given |= {word.text[1:] for word in computed(part)}
        for part in node.nodes("SelectClause", "Grouping", "Having", "Ordering"):
            columns = part.nodes("Column") if part.rule == "SelectClause" else [part]
            for column in columns:
                yield from _missing(column, given, somewhere, "nothing within this SELECT binds it")
        return
    before = outer | left
    for part in node.nodes():
        if part.rule == "Bind":
            behind = "write BIND behind the pattern that binds it"
            yield from _missing(part, before | _targets(part), somewhere, behind)
        elif part.rule == "Minus" and not visible(part) & before:
            word = part.children[0]
            yield Remark(
                *(word.start, word.end),
                "MINUS takes nothing away: it has no variable of the pattern before it",
                "name one in it, or write FILTER NOT EXISTS",
            )
        before |= _given(part)
    for part in node.nodes("Filter"):
        within = "write the condition in the group that binds it"
        yield from _missing(part, before, somewhere, within)


def _missing(part: Node, given: set[str], somewhere: set[str], hint: str) -> Iterator[Remark]:
    """Say of each variable of an expression that has no value, or may be misspelt."""
    for word in part.words(stop=("Group",)):
        name = word.text[1:]
        if word.kind == "variable" and name not in given:
            near = nearest(name, given & somewhere, most=1)
            said = f"{word.text} has no value here"
            meant = did_you_mean(f"?{other}" for other in near)
            unbound = "" if name in somewhere else "nothing in the query binds it"
            yield Remark(word.start, word.end, said, meant or unbound or hint)


def _given(part: Node) -> set[str]:
    """Name the variables that a part of a group gives a value."""
    if part.rule in ("Filter", "Minus"):
        return set()
    return _targets(part) if part.rule == "Bind" else visible(part)


def _targets(part: Node) -> set[str]:
    return {word.text[1:] for word in computed(part)}


class _Part(NamedTuple):
    """Patterns of a group that are joined: by what, the first of them, and if it finds triples."""

    keys: set[str]
    first: Node
    finds: bool


def _products(query: Tree, scope: _Scope) -> Iterator[Remark]:
    """Patterns of a group that share nothing, so that each combination is a solution."""
    group = scope.node
    if group.rule != "Group" or scope.tests or query.form == "ASK":
        return
    pattern = query.pattern
    around = set[str]()
    if pattern is not None:
        # What stands outside of a group can join what is in it.
        words = pattern.words()
        around = {w.text for w in words if not group.start <= w.start < group.end}
    joined = [_Part({w for w in around if w[0] in "?$"}, group, False)]
    for part in _parts(query, group):
        near = [other for other in joined if other.keys & part.keys]
        joined = [other for other in joined if not other.keys & part.keys]
        together = [*near, part]
        finding = [one.first for one in together if one.finds]
        joined.append(
            _Part(
                set[str]().union(*(one.keys for one in together)),
                min(finding or [part.first], key=lambda node: node.start),
                bool(finding),
            )
        )
    lone = sorted((one for one in joined if one.finds), key=lambda one: one.first.start)
    names = [_first_variable(one.first) for one in lone]
    words_of = [word for word in names if word is not None]
    if len(words_of) > 1:
        one, other = words_of[:2]
        yield Remark(
            *(other.start, other.end),
            f"nothing joins {other.text} and {one.text}: each of one goes with every other",
            "let a triple or a FILTER name both",
        )


def _first_variable(node: Node) -> Token | None:
    return next((word for word in node.words() if word.kind == "variable"), None)


def _parts(query: Tree, group: Node) -> Iterator[_Part]:
    """Take a group apart: its triples, by their variables and nodes, and all else."""
    blocks = group.nodes("Triples")
    patterns = [pattern for block in blocks for pattern in triples(block)]
    subjects = {query.source(pattern.subject) for pattern in patterns}
    for subject, verb, value in patterns:
        keys = set[str]()
        for item in (subject, verb, value):
            keys |= {f"?{name}" for name in variables(item)}
            # Two of one class, or of one participant, are not joined by that.
            if item is not verb and query.source(item) in subjects:
                keys.add(_key(query, item))
        whole = Node("Triple", subject.start, value.end, [subject, verb, value])
        yield _Part(keys, whole, True)
    for part in group.nodes():
        if part.rule != "Triples":
            keys = {f"?{name}" for name in variables(part)}
            finds = part.rule in ("Group", "Union", "Optional", "Graph")
            selects = next(part.walk("SubSelect", "Values", "Service"), None) is not None
            yield _Part(keys, part, finds and not selects)


def _key(query: Tree, item: Item) -> str:
    # Two blank nodes that look alike are two.
    return f"{item.start}" if isinstance(item, Node) else query.source(item)
