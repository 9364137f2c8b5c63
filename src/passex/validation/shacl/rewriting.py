"""Rewriting of queries into the order in which Oxigraph is quick.

Oxigraph plans the joins of a group, but neither those within `EXISTS` nor those of groups within
groups: there each triple pattern is evaluated on its own, and a second one means a walk through all
its triples for each row. What it does not plan is planned here, one triple pattern at a time, the
known ends first:

- One pattern in an `EXISTS` sees what is bound outside it, and so does an `EXISTS` within an
  `EXISTS`. So ``EXISTS { A B FILTER(C) }`` is asked as ``EXISTS { A FILTER EXISTS { B FILTER(C) }
  }``: both have a solution just if some solution of A goes with one of B. Groups with more in them
  than triples, filters and plain `OPTIONAL` are left as they are.
- In other groups, the parts are put one behind the other with `LATERAL`: for each solution of those
  before, the solutions that go with it. That is what a join means, as long as no part looks at a
  variable that it does not bind itself; and the joins within each part are then planned.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Final

from ...query.parser import parse
from ...query.tree import Node, Tree, rewritten, variables
from .patterns import Pattern, Unclear, in_order, read
from .query_rules import can_ask_at_once, can_batch, scope

#: Nodes whose variables are no part of what surrounds them.
_EXISTS: Final = ("Exists",)


def nested(query: str) -> str:
    """Write a query that parses so that every `EXISTS` in it is quick.

    Example:
        >>> nested("ASK { ?s :p ?o FILTER NOT EXISTS { ?x :q/:r ?s FILTER(?x != 1) } }")
        'ASK { ?s :p ?o FILTER NOT EXISTS { ?_n0 :r ?s FILTER EXISTS { ?x :q ?_n0 FILTER(?x != 1) } } }'
    """  # noqa: E501
    rewriter = Rewriter(parse(query))
    return rewriter.copied(rewriter.tree.root, set())


def for_all(query: Tree, focus: str) -> str | None:
    """Write a constraint so that it is asked for all nodes that a pattern binds ``?this`` to.

    The answer is None if it has to be asked for each focus node, or if a group within looks at what
    it does not bind: the store's own planning is not to be trusted with that.

    Example:
        >>> query = parse("SELECT $this { { $this :p 1 } UNION { $this :r 3 } }")
        >>> for_all(query, "?this a :C")
        'SELECT $this { ?this a :C LATERAL { { $this :p 1 } UNION { $this :r 3 } } }'
    """
    parts = around_focus(query)
    return focus.join(parts) if parts else None


def around_focus(tree: Tree) -> tuple[str, str] | None:
    """Give what stands before the pattern of focus nodes, and after it; None as for `for_all`."""
    if not can_batch(tree):
        return None
    group = tree.pattern
    assert group is not None
    rewriter = Rewriter(tree)
    try:
        first = rewriter.of_focus(group)
        body = rewriter.group(group, {"this"}, first)
    except Unclear:
        return None
    conditions = " ".join(rewriter.copied(node, {"this"}) for node in first)
    body = f"{f'LATERAL {{ {conditions} }} ' if conditions else ''}LATERAL {{ {body} }}"
    return f"{tree.text[: group.start + 1]} ", f" {body} }}{rewriter.tail()}"


def around_values(tree: Tree) -> tuple[str, str] | None:
    """Give what stands before the pattern of focus nodes and their values, and after it.

    Those for which the answer of an ASK is no are what is asked for. What comes after is left open,
    for what keeps the focus nodes apart. None as for `for_all`.

    Example:
        >>> around_values(parse("ASK { FILTER($value < 5) }"))
        ('SELECT ?this ?value { {', '} FILTER(!COALESCE((($value < 5)) && true, false))')
        >>> around_values(parse("ASK { $value :p ?x }"))[1]
        '} FILTER NOT EXISTS { $value :p ?x }'
    """
    group, query = tree.pattern, tree.query
    if not can_ask_at_once(tree) or group is None or query is None:
        return None
    parts = group.nodes()
    if all(part.rule == "Filter" for part in parts):
        # What has no solution because of an error is a no as well.
        tests = [f"({tree.text[part.children[1].start : part.end]})" for part in parts]
        condition = f"(!COALESCE({' && '.join([*tests, 'true'])}, false))"
    else:
        condition = f" NOT EXISTS {tree.source(group)}"
    before = f"{tree.text[: query.start]}SELECT ?this ?value {{ {{"
    asked = parse(f"{before} }} FILTER{condition} }}")
    assert asked.pattern is not None
    condition = Rewriter(asked).copied(asked.pattern.nodes()[-1], {"this", "value"})
    return before, f"}} {condition}"


class Rewriter:
    """Writes the groups of a query anew."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        #: Numbers for the variables between the steps of sequence paths.
        self._fresh = count()

    def patterns(self, block: Node) -> list[Pattern]:
        """Read triples one by one: see `patterns.read`."""
        return list(read(block, self._fresh))

    def copied(self, node: Node, bound: set[str]) -> str:
        """Copy part of a query, with each `EXISTS` in it written anew."""
        bound = bound | variables(node, _EXISTS)
        groups = map(_group, node.walk("Exists", stop=_EXISTS))
        changes = [(group.start, group.end, self._existing(group, bound)) for group in groups]
        return rewritten(self.tree.text, changes, node.start, node.end)

    def tail(self) -> str:
        """Copy what follows the pattern of the query."""
        query, group = self.tree.query, self.tree.pattern
        assert query
        assert group
        after = (node for node in query.nodes() if node.start > group.start)
        return "".join(f" {self.copied(node, set())}" for node in after)

    def of_focus(self, group: Node) -> list[Node]:
        """List filters on the focus node alone where any triple of it comes first.

        It has several, of which each would be tested.
        """
        nodes = group.nodes()
        if not nodes or nodes[0].rule != "Triples":
            return []
        try:
            lead = self.patterns(nodes[0])[0]
        except Unclear:
            return []
        if lead.verb[0] not in "?$":
            return []
        others = [node for node in nodes if node.rule != "Filter"]
        bound = set[str]().union(*(variables(node, _EXISTS) for node in others))
        filters = (node for node in nodes if node.rule == "Filter")
        return [node for node in filters if variables(node) & bound == {"this"}]

    def _existing(self, group: Node, bound: set[str]) -> str:
        """Write a group of an `EXISTS`."""
        try:
            patterns, filters, optionals = self._elements(group)
        except Unclear:
            return self._chained(group, bound)
        if len(patterns) + bool(optionals) < 2:
            return self.copied(group, bound)
        own = set[str]().union(*(pattern.variables() for pattern in patterns))
        bound_later = set[str]().union(*(variables(node, _EXISTS) for node in optionals)) - own
        placed = set[str]()
        pending = [(node, variables(node)) for node in filters]
        steps: list[list[str]] = []
        for pattern in in_order(patterns, bound):
            placed |= pattern.variables()
            final = len(steps) == len(patterns) - 1 and not optionals
            step = [str(pattern)]
            # A filter goes with the first pattern after which all that it looks at is known.
            for node, names in tuple(pending):
                if final or not names & (bound_later | (own - placed)):
                    pending.remove((node, names))
                    step.append(self.copied(node, bound | own))
            steps.append(step)
        if optionals:
            last = optionals + [node for node, _ in pending]
            steps.append([self.copied(node, bound | own) for node in last])
        text = ""
        for step in reversed(steps):
            text = f"{{ {' '.join(step)}{f' FILTER EXISTS {text}' if text else ''} }}"
        return text

    def _chained(self, group: Node, bound: set[str]) -> str:
        """Write a group that binds variables so that each part follows those before, if it may.

        The store would find the solutions of what stands after a `BIND` without what it bound.
        """
        nodes, parts = group.nodes(), list[str]()
        if any(node.rule not in ("Triples", "Filter", "Bind") for node in nodes):
            return self.copied(group, bound)
        inside = bound | variables(group, _EXISTS)
        for node in nodes:
            if node.rule != "Triples":
                parts.append(self.copied(node, inside))
                if node.rule == "Bind":
                    bound = bound | variables(node)
                continue
            try:
                texts = [str(pattern) for pattern in in_order(self.patterns(node), bound)]
            except Unclear:
                return self.copied(group, bound)
            parts += [
                f"LATERAL {{ {text} }}" if parts or i else text for i, text in enumerate(texts)
            ]
            bound = bound | variables(node)
        return f"{{ {' '.join(parts)} }}"

    def _elements(self, group: Node) -> tuple[list[Pattern], list[Node], list[Node]]:
        """Read the triple patterns of a group, its filters and its optional parts."""
        patterns, filters, optionals = list[Pattern](), list[Node](), list[Node]()
        for node in group.nodes():
            if node.rule == "Triples":
                patterns += self.patterns(node)
            elif node.rule == "Filter":
                filters.append(node)
            elif node.rule == "Optional":
                # Nothing may stand in it that would see more of the group than it does now.
                if self._elements(_group(node))[2]:
                    raise Unclear
                optionals.append(node)
            else:
                raise Unclear
        return patterns, filters, optionals

    def group(self, group: Node, bound: set[str], left_out: Collection[Node] = ()) -> str:
        """Write what is in a group, without some filters, so that each part follows those before.

        It is `Unclear` if a part would see more than it may of the variables that are `bound`.
        """
        inside = bound | variables(group, _EXISTS)
        nodes, parts = group.nodes(), list[str]()
        certain, filtered = set[str](), set[str]()

        def follow(text: str) -> None:
            parts.append(f"LATERAL {{ {text} }}" if parts else text)

        for i, node in enumerate(nodes):
            if node.rule == "Filter" and node not in left_out:
                filtered |= variables(node)
            elif filtered and node.rule != "Filter":
                later = set[str]().union(*(variables(n) for n in nodes[i:] if n.rule != "Filter"))
                if filtered & later <= certain:
                    # What is filtered out here isn't joined with all that follows.
                    parts, filtered = [f"{{ {' '.join(parts)} }}"], set()
            if node.rule == "Triples":
                certain |= variables(node)
            if node.rule in ("Filter", "Bind"):
                if node not in left_out:
                    parts.append(self.copied(node, inside))
            elif node.rule == "Optional":
                follow(f"OPTIONAL {self._inner(_group(node), bound, 'optional')}")
            elif node.rule in ("Group", "Union"):
                branches = [node] if node.rule == "Group" else node.nodes("Group")
                follow(" UNION ".join(self._inner(branch, bound) for branch in branches))
            elif node.rule == "Triples":
                for text in self._block(node, bound):
                    follow(text)
            else:
                raise Unclear
            bound = bound | variables(node)
        return " ".join(parts)

    def _inner(self, group: Node, bound: set[str], kind: str = "group") -> str:
        """Write a group within another one."""
        if not scope(group, kind).can_follow(bound):
            raise Unclear
        return f"{{ {self.group(group, bound)} }}"

    def _block(self, block: Node, bound: set[str]) -> list[str]:
        """Write triples that stand together.

        Oxigraph plans them well but for closures, which it takes for large and puts last.
        """
        try:
            patterns = self.patterns(block)
        except Unclear:
            patterns = []
        if not bound and not any(pattern.is_closure() for pattern in patterns):
            return [self.tree.source(block)]
        return [str(pattern) for pattern in in_order(patterns, bound)]


def _group(node: Node) -> Node:
    group = node.node("Group")
    assert group is not None
    return group
