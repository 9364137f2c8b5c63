"""Rules of SHACL for SPARQL constraints, and what one means, told from its tree.

A constraint is written for one focus node, ``$this``, which is bound before the query is evaluated.
To ask it once for all focus nodes, a pattern that binds them is put first in its group. That means
the same only where every use of ``$this`` can see that binding: SPARQL evaluates nested groups on
their own, from the bottom up.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final

from ...query.parser import parse
from ...query.probing import calls
from ...query.tree import Node, Tree, variables

#: What a constraint must not have, by section 5.3.1 of the Recommendation, and what calls a server.
_FORBIDDEN: Final = {"Minus": "MINUS", "Values": "VALUES", "Service": "SERVICE", "Dataset": "FROM"}
_AGGREGATES: Final = ("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT")
#: What depends on all focus nodes together, or is left to pySHACL.
_NOT_BATCHED: Final = (
    *("SubSelect", "Graph", "Limit", "Offset", "Dataset", "Lateral"),
    *("Minus", "Values", "Service"),
)
#: Variables that pySHACL alone binds.
_OF_SHAPES: Final = frozenset({"currentShape", "shapesGraph"})


def forbidden(tree: Tree, bound: Collection[str] = ("this",)) -> str:
    """Name what a constraint must not have, by section 5.3.1 of the Recommendation; empty if fine.

    It must not bind the variables that have a value before it is asked.

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


def remote(tree: Tree) -> str:
    """Name what makes an engine call a server or fetch a file; empty if nothing does.

    Example:
        >>> remote(parse("SELECT ?this FROM <http://e/> { ?this ?p ?o }"))
        'FROM'
    """
    if calls(tree.text, "service"):
        return "SERVICE"
    return "FROM" if any(tree.root.walk("Dataset")) else ""


def named_graph(tree: Tree) -> str:
    """Name a graph into which a query looks, other than that of the shapes; empty if none.

    Example:
        >>> named_graph(parse("SELECT $this { GRAPH ?g { $this ?p ?o } }"))
        '?g'
    """
    names = (node.children[1] for node in tree.root.walk("Graph"))
    texts = (tree.text[name.start : name.end] for name in names)
    return next((text for text in texts if text[1:] != "shapesGraph"), "")


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


@dataclass(slots=True)
class Scope:
    """What a group in braces uses and binds.

    Attributes:
        kind: ``group``, ``optional`` or ``exists``.
        triples: The variables of its own triple patterns.
        filters: The variables of its own filters.
        binds: The variables of what it binds.
        made: The variables that it binds so.
        groups: The groups within it.
    """

    kind: str
    triples: set[str] = field(default_factory=set)
    filters: set[str] = field(default_factory=set)
    binds: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)
    groups: list[Scope] = field(default_factory=list)

    def mentioned(self) -> set[str]:
        """Name all variables in it."""
        own = self.triples | self.filters | self.binds | self.made
        return own.union(*(inner.mentioned() for inner in self.groups))

    def can_follow(self, bound: set[str]) -> bool:
        """Tell whether it has the same solutions that go with some bindings if it sees these.

        It does if each use of the variables that may be bound, other than in a triple pattern of
        its own, is one that its own triples bind in any case.
        """
        free = self.kind == "optional" and not self.made
        # The filter of an optional part sees what stands before it in any case.
        own = set() if free else self.filters | self.binds
        for inner in self.groups:
            if free and inner.kind == "exists":
                continue
            if inner.kind == "group":
                if not inner.can_follow(bound):
                    return False
            else:
                # Of an optional part, and of what exists, triples count as well: nothing found
                # for what is bound is another answer than nothing found at all.
                own = own | inner.mentioned()
                if any(not deeper.can_follow(bound) for deeper in inner.groups):
                    return False
        return not (own & bound) - self.triples and not self.made & bound


def scope(group: Node, kind: str = "group") -> Scope:
    """Look through a group and those within it."""
    found = Scope(kind)
    for node in group.nodes():
        if node.rule == "Triples":
            found.triples |= variables(node)
        elif node.rule in ("Group", "Union"):
            branches = [node] if node.rule == "Group" else node.nodes("Group")
            found.groups += map(scope, branches)
        elif node.rule == "Optional":
            found.groups += (scope(inner, "optional") for inner in node.nodes("Group"))
        else:
            # FILTER or BIND; what else there is can't be batched.
            names = variables(node, stop=("Exists",))
            if node.rule == "Bind":
                made = {word.text[1:] for word in node.tokens("variable")[-1:]}
                found.made |= made
                found.binds |= names - made
            else:
                found.filters |= names
            for exists in node.walk("Exists", stop=("Exists",)):
                found.groups += (scope(inner, "exists") for inner in exists.nodes("Group"))
    return found


def can_batch(tree: Tree) -> bool:
    """Tell whether a constraint means the same for each of many focus nodes if all are bound first.

    Example:
        >>> can_batch(parse("SELECT $this { $this ?p ?o }"))
        True
        >>> can_batch(parse("SELECT $this { $this ?p ?o { ?s ?p 1 FILTER(?s != $this) } }"))
        False
    """
    query, group = tree.query, tree.pattern
    if tree.form != "SELECT" or query is None or group is None or tree.error:
        return False
    nodes = list(tree.root.walk())
    selected = [word.text[1:] for node in query.nodes("SelectClause") for word in node.tokens()]
    if "this" not in selected or _is_apart(tree):
        return False
    if grouping := query.node("Grouping"):
        if "this" not in variables(grouping):
            return False
    elif query.node("Having") or any(
        node.rule == "Function" and node.tokens("word")[0].says(*_AGGREGATES) for node in nodes
    ):
        return False
    return _sees("this", scope(group), True, True)


def can_ask_at_once(tree: Tree) -> bool:
    """Tell whether an ASK means the same for each of many focus nodes and values if it is denied.

    It stands then within a `NOT EXISTS`, where all that is bound is seen by triples.

    Example:
        >>> can_ask_at_once(parse("ASK { $this ?p $value FILTER($value > 4) }"))
        True
        >>> can_ask_at_once(parse("ASK { $this ?p ?o { ?s ?p 1 FILTER(?s != $value) } }"))
        False
    """
    query, group = tree.query, tree.pattern
    if tree.form != "ASK" or query is None or group is None or tree.error or _is_apart(tree):
        return False
    if query.node("Grouping", "Having"):
        return False
    inside = scope(group, "exists")
    return all(_sees(name, inside, True, True) for name in ("this", "value"))


def _is_apart(tree: Tree) -> bool:
    """Tell whether a query has what is only right for one focus node, or only in pySHACL."""
    if any(True for _ in tree.root.walk(*_NOT_BATCHED)):
        return True
    return not _OF_SHAPES.isdisjoint(variables(tree.root))


def _sees(name: str, group: Scope, bound: bool, parent: bool) -> bool:
    """Tell whether each use of a variable in expressions sees what it is bound to beforehand."""
    bound = bound or name in group.triples
    if name in group.made or (name in group.binds and not bound):
        return False
    # The filter of an OPTIONAL also sees what stands before the OPTIONAL.
    if name in group.filters and not (bound or (group.kind == "optional" and parent)):
        return False
    for inner in group.groups:
        if inner.kind == "exists":
            if name in inner.mentioned() and not (bound and _sees(name, inner, True, True)):
                return False
        elif not _sees(name, inner, False, bound):
            return False
        elif inner.kind == "optional" and not bound and name in inner.mentioned():
            # Whether it finds nothing would depend on all focus nodes together.
            return False
    return True
