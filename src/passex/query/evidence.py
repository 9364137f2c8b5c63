"""The claims behind the rows of a SELECT: as further columns of the query itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..errors import QueryError
from ..graph.terms import NR, OA, RDFS
from .tree import Tree

#: What `with_claims` adds to each row.
COLUMNS: Final = ("about", "claim", "says", "article", "start", "end", "exact")

#: Stands where a row has no node, so that nothing is looked for.
_NOTHING: Final = "urn:passex:nothing"
_PLACE: Final = f"""    OPTIONAL {{ ?claim <{RDFS.label}> ?says }}
    OPTIONAL {{
      ?claim <{NR}hasEvidence> ?passex_evidence .
      ?passex_evidence <{OA}hasSource> ?article ;
        <{OA}hasSelector> ?passex_position, ?passex_quote .
      ?passex_position <{OA}start> ?start ; <{OA}end> ?end .
      ?passex_quote <{OA}exact> ?exact
    }}"""


def with_claims(query: Tree, columns: Sequence[str]) -> str:
    """Ask a SELECT for the claims behind its rows as well.

    Args:
        columns: Its columns.

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
    about = " UNION\n".join(f"    {{ ?claim <{NR}about> {n} BIND({n} AS ?about) }}" for n in nodes)
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
