"""What the words of a query give away before it runs: calls to other servers, and datasets.

The engine calls other servers for SERVICE and LOAD, and cannot be told not to. So their keywords
are looked for in the text, in doubt on the safe side: no query that calls gets through, and the odd
one that does not (a prefix named ``service:``) has to be reworded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from .errors import HTTPError

_LOCAL: Final = r"%[0-9A-Fa-f]{2}|\\."
_TOKEN: Final = re.compile(
    rf"""
    (?P<string>
        \"\"\"(?:[^"\\]|\\.|"(?!\"\"))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<iri> <[^<>"{{}}|^`\x00-\x20]*> )
  | (?P<comment> \#[^\n\r]* )
  | (?P<variable> [?$]\w+ )
  | (?P<name> (?P<prefix>(?:[^\W\d_](?:[\w.-]*[\w-])?|_)?:)
        (?:(?:[\w:]|{_LOCAL})(?:[\w\u00b7.:-]|{_LOCAL})*)? )
  | (?P<word> [^\W\d_]\w* )
  | (?P<brace> [{{}}] )
  | (?P<space> \s+ )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
#: A text of fewer characters is worth remembering.
SHORT: Final = 8192
#: Functions whose value is another each time.
_VARYING: Final = re.compile(
    r"\b(?:rand|uuid|struuid|now|bnode)\s*(?:#[^\n\r]*\s*)*\(", re.IGNORECASE
)
_SURE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")


def tokens(text: str) -> Iterator[re.Match[str]]:
    """Take a query or update apart.

    Args:
        text: The text.

    Yields:
        One match a token; ``lastgroup`` is its kind. Together they are the whole text.
    """
    return _TOKEN.finditer(text)


def calls(text: str, keyword: str) -> bool:
    """Tell whether a text may have a keyword in it, outside strings, comments and names.

    Args:
        text: A query or update.
        keyword: ``service`` or ``load``.

    Returns:
        Whether it may.

    Example:
        >>> calls("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "service")
        True
        >>> calls("SELECT ?service { ?s nr:infersService ?service } # no SERVICE", "service")
        False
    """
    if keyword not in text.lower():
        return False
    return _short(text, keyword) if len(text) < SHORT else _calls(text, keyword)


def _calls(text: str, keyword: str) -> bool:
    for token in tokens(text):
        kind = token.lastgroup
        content = token["prefix"] if kind == "name" else token[0]
        if kind == "iri" and not _SURE.match(content) and re.search(r"['#)]", content):
            # It may as well be two comparisons with a string or comment between them.
            every = len(re.findall(keyword, text, re.IGNORECASE))
            return every != len(re.findall(rf"[:?$]\w*{keyword}", text, re.IGNORECASE))
        if kind in ("word", "name", "other") and keyword in content.lower():
            return True
    return False


#: The same queries come again and again.
_short = lru_cache(maxsize=512)(_calls)


def forbid(text: str, keyword: str) -> None:
    """Refuse a text that may call another server.

    Args:
        text: A query or update.
        keyword: ``service`` or ``load``.

    Raises:
        HTTPError: It has the keyword.
    """
    if calls(text, keyword):
        raise HTTPError(
            403, f"{keyword.upper()} is off: this server calls no other (also as a prefix's name)"
        )


def varies(text: str) -> bool:
    """Tell whether a query may have another answer each time on the same graph.

    Args:
        text: A query.

    Returns:
        Whether it calls a function such as RAND or NOW, or looks as if it did.

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

    Args:
        text: A query.

    Returns:
        Whether it has.

    Example:
        >>> has_dataset("SELECT * FROM NAMED <a:b> {}"), has_dataset("SELECT ?from { ?s ?p ?from }")
        (True, False)
    """
    return "from" in text.lower() and any(
        token.lastgroup == "word" and token[0].lower() == "from" for token in tokens(text)
    )


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """Give each operation of an update the dataset that the protocol names.

    Args:
        update: The update.
        default: The graphs of ``using-graph-uri``.
        named: The graphs of ``using-named-graph-uri``.

    Returns:
        The update with USING clauses; as it is where no graphs are given.

    Raises:
        HTTPError: The update names a dataset itself (USING or WITH), which the protocol forbids.

    Example:
        >>> with_dataset("DELETE WHERE { ?s ?p ?o }", ["a:g"], [])
        'DELETE { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }'
    """
    if not default and not named:
        return update
    clauses = [*(f"USING <{iri}>" for iri in default), *(f"USING NAMED <{iri}>" for iri in named)]
    using = " ".join(clauses) + " "
    written: list[str] = []
    depth = 0
    last = ""
    short: int | None = None  # where the pattern of a DELETE WHERE begins
    for token in tokens(update):
        kind, text = token.lastgroup, token[0]
        word = text.upper() if kind == "word" and depth == 0 else ""
        if word in ("USING", "WITH"):
            raise HTTPError(400, f"both the parameters and {word} in the update name a dataset")
        if word == "WHERE" and last == "DELETE":
            short = len(written)
        elif word == "WHERE":
            written.append(using + text)
        else:
            written.append(text)
        depth += {"{": 1, "}": -1}.get(text, 0) if kind == "brace" else 0
        if short is not None and kind == "brace" and depth == 0:
            pattern = "".join(written[short:]).strip()
            written[short:] = [f"{pattern} {using}WHERE {pattern}"]
            short = None
        if kind not in ("space", "comment"):
            last = word
    return "".join(written)


def clearing(update: str) -> str:
    """Let CLEAR succeed on a graph that is not there.

    The engine would refuse; the W3C's tests of the protocol (``update_base_uri``) want success.

    Args:
        update: The update.

    Returns:
        The update with SILENT where it clears a graph by its name.

    Example:
        >>> clearing("CLEAR GRAPH <a:g> ; DROP GRAPH <a:g> # CLEAR GRAPH")
        'CLEAR SILENT GRAPH <a:g> ; DROP GRAPH <a:g> # CLEAR GRAPH'
    """
    if "clear" not in update.lower():
        return update
    written: list[str] = []
    last = ""
    for token in tokens(update):
        kind, text = token.lastgroup, token[0]
        if kind in ("space", "comment"):
            written.append(text)
            continue
        word = text.upper() if kind == "word" else ""
        written.append(f"SILENT {text}" if (last, word) == ("CLEAR", "GRAPH") else text)
        last = word
    return "".join(written)
