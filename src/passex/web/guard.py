"""Guard the engine: calls to other servers, and the datasets that the protocol names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from ..query.prefixes import sources
from ..query.probing import calls
from ..query.size import text_too_large
from .errors import HTTPError

#: A text of fewer characters is worth remembering.
SHORT: Final = 8192
#: Functions whose value is another each time.
_VARYING: Final = re.compile(
    r"\b(?:rand|uuid|struuid|now|bnode)\s*(?:#[^\n\r]*\s*)*\(", re.IGNORECASE
)
#: The same queries come again and again.
_short_calls = lru_cache(maxsize=512)(calls)


def forbid(text: str, keyword: str) -> None:
    """Refuse what has a keyword, ``service`` or ``load``, or what the engine could take for it.

    Raises:
        HTTPError: A query or update may call another server.
    """
    if (_short_calls if len(text) < SHORT else calls)(text, keyword):
        raise HTTPError(403, f"{keyword.upper()} is off: this server calls no other")


def refuse_large(text: str, what: str = "query") -> None:
    """Refuse what the engine would plan for minutes: its time would be over before it began.

    Args:
        what: ``query`` or ``update``.

    Raises:
        HTTPError: It is too large.
    """
    if large := text_too_large(text, what.capitalize()):
        error = large.located(what, text)
        assert error.place is not None
        where = f"{error.place.line}:{error.place.column}"
        raise HTTPError(400, f"the {what} is too large at {where}: {error.message}", error.hint)


def varies(text: str) -> bool:
    """Tell whether a query calls a function such as RAND or NOW, or looks as if it did.

    Example:
        >>> varies("SELECT (RAND() AS ?x) {}"), varies("SELECT ?now {}")
        (True, False)
    """
    return _short_varies(text) if len(text) < SHORT else _varies(text)


def _varies(text: str) -> bool:
    return _VARYING.search(text) is not None


_short_varies = lru_cache(maxsize=512)(_varies)


def has_dataset(text: str) -> bool:
    """Tell whether a query has a FROM clause of its own.

    Example:
        >>> has_dataset("SELECT * FROM NAMED <a:b> {}"), has_dataset("SELECT ?from { ?s ?p ?from }")
        (True, False)
    """
    return sources(text) is not None


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Give each operation of an update the dataset that the protocol names, in USING clauses.

    Args:
        default: The graphs of ``using-graph-uri``.
        named: The graphs of ``using-named-graph-uri``.

    Raises:
        HTTPError: The update names a dataset itself (USING or WITH), which the protocol forbids; or
            it is none.

    Example:
        >>> with_dataset("DELETE WHERE { ?s ?p ?o }", ["a:g"], [])
        'DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    from ..query.parser import parse
    from ..query.tree import rewritten

    clauses = [*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)]
    using = " ".join(clauses)
    tree = parse(update, "Update")
    if tree.error is not None:
        raise HTTPError.not_sparql(update, None, "update")
    changes = []
    for node in tree.root.walk("With", "Using", "Insert", "Delete", stop=("Quads", "Group")):
        if node.rule in ("With", "Using"):
            both = f"both the parameters and {node.rule.upper()} in the update name a dataset"
            raise HTTPError(400, both)
        where_word, pattern = node.keyword("WHERE"), node.node("Group")
        if where_word is None:
            continue
        if pattern is not None:
            changes.append((where_word.start, where_word.start, f"{using} "))
        elif (quads := node.node("Quads")) is not None:
            # DELETE WHERE: what is deleted is the pattern too.
            changes.append((where_word.start, quads.start, ""))
            changes.append((quads.end, quads.end, f" {using} WHERE {tree.source(quads)}"))
    return rewritten(update, changes)


def clearing(update: str) -> str:
    """Let CLEAR succeed on a graph that is not there: with SILENT.

    The engine would refuse; the W3C's tests of the protocol (``update_base_uri``) want success.

    Example:
        >>> clearing("CLEAR GRAPH <a:g> ; DROP GRAPH <a:g> # CLEAR GRAPH")
        'CLEAR SILENT GRAPH <a:g> ; DROP GRAPH <a:g> # CLEAR GRAPH'
    """
    if "clear" not in update.lower():
        return update
    from ..query.parser import parse
    from ..query.tree import rewritten

    clears = parse(update, "Update").root.walk("Clear", stop=("Quads", "Group"))
    loud = [node.keyword("GRAPH") for node in clears if not node.keyword("SILENT")]
    return rewritten(update, [(word.start, word.start, "SILENT ") for word in loud if word])
