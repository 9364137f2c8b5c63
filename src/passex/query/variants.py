"""Variants of a query: with fewer solutions, with values for variables, with claims."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypeAlias

import pyoxigraph as ox

from ..errors import QueryError
from ..graph.terms import NR, OA, RDFS
from .tree import Node, Tree, rewritten, variables

#: What a variable can be bound to.
Value: TypeAlias = ox.NamedNode | ox.Literal

#: What `with_claims` adds to each row.
COLUMNS: Final = ("about", "claim", "says", "article", "start", "end", "exact")

#: Stands where a row has no node, so that nothing is looked for.
_NOTHING: Final = "urn:passex:nothing"
_PLACE: Final = f"""    OPTIONAL {{ ?claim <{RDFS.label}> ?says }}
    OPTIONAL {{
      ?claim <{NR}hasEvidence> ?passex_quote .
      ?passex_quote <{OA}hasSource> ?article ; <{OA}exact> ?exact
      OPTIONAL {{ ?passex_quote <{OA}start> ?start ; <{OA}end> ?end }}
    }}"""


def limited(query: Tree, limit: int, skip: int = 0) -> str:
    """Ask a SELECT for as many solutions, after as many of those that it has.

    Returns:
        The query with another LIMIT and OFFSET, so that the engine stops where enough are found.

    Example:
        >>> from passex.query.parser import parse
        >>> limited(parse("SELECT * { ?s a ?c } OFFSET 2"), 5, 10)
        'SELECT * { ?s a ?c } OFFSET 12 LIMIT 5'
    """
    changes: list[tuple[int, int, str]] = []
    values = query.root.node("Values")
    for name, number in (("Limit", limit), ("Offset", skip + own(query, "Offset", 0))):
        clause = _clause(query, name)
        if clause is not None:
            word = clause.children[-1]
            changes.append((word.start, word.end, str(number)))
        elif name == "Limit" or number:
            at = values.start if values else query.end
            new = f" {name.upper()} {number}" + (" " if values else "")
            changes.append((at, at, new))
    return rewritten(query.text, changes)


def own(query: Tree, name: str, default: int) -> int:
    """Read the ``Limit`` or ``Offset`` that a query gives itself."""
    clause = _clause(query, name)
    return int(query.source(clause.children[-1])) if clause else default


def _clause(query: Tree, name: str) -> Node | None:
    return query.query and query.query.node(name)


def bind(query: Tree, values: Mapping[str, Value]) -> str:
    """Give variables of a query a value each.

    The values stand in a VALUES clause at the top of every group that mentions the variable,
    subqueries included, so that the query means what it would if the term stood in the place of the
    variable, and the variable can still be selected.

    Example:
        >>> from passex.query.parser import parse
        >>> bind(parse("SELECT * { ?s a ?c }"), {"c": ox.NamedNode("urn:c")})
        'SELECT * { VALUES ?c { <urn:c> } ?s a ?c }'
    """
    main, form = query.pattern, query.query
    assert form is not None  # the engine takes the query
    # What stands around the group of a sub-SELECT is about the same variables.
    around = {
        group: variables(select, stop=("Group",))
        for select in query.root.walk("SubSelect")
        for group in select.nodes("Group")
    }
    changes = []
    for group in query.root.walk("Group"):
        if group is not main and group.node("SubSelect") is None:
            mentions = variables(group, stop=("Group",)) | around.get(group, set())
            changes.append((group.start + 1, group.start + 1, _clauses(values, mentions)))
    if main is None:
        # A DESCRIBE without a pattern.
        after = form.node("Grouping", "Having", "Ordering", "Limit", "Offset")
        after = after or query.root.node("Values")
        at = after.start if after else query.end
        changes.append((at, at, f" WHERE {{{_clauses(values, values)} }} "))
    elif main.node("SubSelect") is None:
        at = main.start + 1
        mentions = variables(main, stop=("Group",)) | values.keys()
        changes.append((at, at, _clauses(values, mentions)))
        if main.rule == "Template":
            # CONSTRUCT WHERE: the pattern is the template too, which has no VALUES: they part.
            at = form.children[0].end
            changes.append((at, at, f" {query.source(main)}"))
    return rewritten(query.text, changes)


def _clauses(values: Mapping[str, Value], mentions: Collection[str]) -> str:
    return "".join(
        f" VALUES ?{name} {{ {term} }}" for name, term in values.items() if name in mentions
    )


def with_claims(
    query: Tree, columns: Sequence[str], chosen: Sequence[tuple[Mapping[str, Value], str]] = ()
) -> str:
    """Ask a SELECT of some columns for the claims behind its rows as well.

    Args:
        chosen: Which claims these are, by their IRIs, each with the values of the columns in whose
            rows it stands; without any, the claims about the nodes of each row.

    Returns:
        A query for its rows with `COLUMNS` after them: a row once for each claim about a node of it
        and place that proves it, and once, with nothing there, if no claim is about its nodes.

    Raises:
        QueryError: It is no SELECT, one of `COLUMNS` is a column of it already, or it names its
            graphs with FROM.

    Example:
        >>> from passex.query.parser import parse
        >>> text = with_claims(parse("SELECT ?e { ?e a nr:Event }"), ["e"])
        >>> print("".join(text.splitlines(True)[:3]), end="")
        SELECT ?e ?about ?claim ?says ?article ?start ?end ?exact WHERE {
          { SELECT ?e { ?e a nr:Event }
          }
    """
    form = query.query
    if form is None or query.form != "SELECT":
        raise QueryError(f"no claims for {query.form}: it has no rows", "use --why with SELECT")
    taken = [name for name in COLUMNS if name in columns]
    if taken:
        raise QueryError(
            f"--why adds a column {taken[0]}, and the query has one", f"call ?{taken[0]} otherwise"
        )
    if form.node("Dataset"):
        raise QueryError("no claims for a query with FROM", "leave out FROM or --why")
    body = query.text[form.start :].rstrip()
    nodes = [f"?passex_{name}" for name in columns]
    # What is unbound in a row would else be joined with every claim.
    guards = [
        f"  BIND(IF(BOUND(?{name}), ?{name}, <{_NOTHING}>) AS {node})"
        for name, node in zip(columns, nodes, strict=True)
    ]
    parts = [f"{{ ?claim <{NR}about> {n} BIND({n} AS ?about) }}" for n in nodes]
    about = " UNION\n".join(f"    {part}" for part in _chosen(chosen) or parts)
    names = " ".join(f"?{name}" for name in (*columns, *COLUMNS))
    lines = [
        f"{query.text[: form.start]}SELECT {names} WHERE {{",
        # The line ends before the brace: the query may end in a comment.
        f"  {{ {body}\n  }}",
        *guards,
        "  OPTIONAL {",
        about,
        _PLACE,
        "  }",
        "}",
    ]
    return "\n".join(lines)


def _chosen(chosen: Sequence[tuple[Mapping[str, Value], str]]) -> list[str]:
    """Write which claims stand in which rows, a group for all that hang on the same columns."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for values, claim in chosen:
        names = tuple(sorted(values))
        row = " ".join([*(str(values[name]) for name in names), f"<{claim}>"])
        groups.setdefault(names, []).append(f"({row})")
    return [
        f"{{ VALUES ({' '.join(f'?passex_{name}' for name in names)} ?claim) "
        f"{{ {' '.join(dict.fromkeys(rows))} }} ?claim <{NR}about> ?about }}"
        for names, rows in groups.items()
    ]
