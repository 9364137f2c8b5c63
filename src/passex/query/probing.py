"""Probes of what the engine makes of a text that it does not run."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from ..errors import QueryError
from .lexer import Token, bad_escapes, tokens

#: An IRI that is no two comparisons with a string or comment between them.
_PLAIN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://|<[^'#)]*>")
#: A name whose local part says nothing, whatever it is.
_PLAIN_NAME: Final = re.compile(r"(\w*):[^\W_]\w*")
_AFTER_NAME: Final = (";", ",", ")", "]", "}", "|", "/", "*", "+", "?", "(")


class UnsupportedError(QueryError):
    """A query that can be parsed, and that the engine cannot run."""


def dry_run(
    text: str, prefixes: Mapping[str, str] | None = None, functions: Collection[str] = ()
) -> None:
    """Have the engine parse a query and not run it: no row is looked for, and no server is called.

    Functions by these IRIs count as known.

    Raises:
        SyntaxError: It is not SPARQL.
        UnsupportedError: It calls a function that the engine does not know.

    Example:
        >>> dry_run("ASK { SERVICE <http://example.org/> { ?s ?p ?o } }")
    """
    # A value for a variable that the query does not have is refused once the query is parsed and
    # planned, and before any part of it runs. ASK and much of SELECT would run at once.
    name = "unasked"
    while name in text:
        name += "_"
    known = None if prefixes is None else dict(prefixes)
    try:
        _empty().query(
            text,
            prefixes=known,
            substitutions={ox.Variable(name): ox.NamedNode("urn:none")},
            custom_functions={ox.NamedNode(iri): _nothing for iri in functions},
        )
    except RuntimeError as error:
        if f"?{name} " in str(error):
            return
        said = str(error).splitlines()[0]
        raise UnsupportedError(said[:1].lower() + said[1:], kind="function") from None
    raise AssertionError("the engine ran a query that was only to be parsed")


def _nothing(*_: object) -> None:
    """Stand for a function that is never called."""


@cache
def _empty() -> ox.Store:
    return ox.Store()


def calls(text: str, keyword: str) -> bool:
    """Tell whether a query or update may have ``service`` or ``load`` in it as a keyword.

    The engine calls other servers for them, and cannot be told not to. So the keywords are looked
    for in the words of the text, outside strings, comments and names, in doubt on the safe side. A
    tree would not do: the engine takes texts that SPARQL does not, reads keywords that nothing
    parts from what stands before, and goes back to another reading where one fails.

    Example:
        >>> calls("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "service")
        True
        >>> calls("SELECT ?service { ?s nr:infersService ?service } # no SERVICE", "service")
        False
    """
    if keyword not in text.lower():
        return False
    words = [*tokens(text), Token("", "", len(text))]
    for word, after in pairwise(words):
        if word.kind == "open":
            # Two quotation marks of three, or one, may be a string of their own.
            if keyword in text[word.start : after.start].lower():
                return True
        elif word.kind == "iri":
            if not _PLAIN_IRI.match(word.text):
                return True
        elif word.kind == "string":
            # The engine tries another reading where an escape is none.
            if keyword in word.text.lower() and any(bad_escapes(word)):
                return True
        elif word.kind != "variable" and keyword in word.text.lower():
            # The keyword may be what looks like a prefix, before a name that has none.
            name = _PLAIN_NAME.fullmatch(word.text)
            if name is not None and keyword not in name[1].lower():
                continue
            ends = after.start > word.end or after.text in _AFTER_NAME
            declared = word.text.endswith(":") and after.kind == "iri"
            if not declared and (name is None or after.text == "{" or not ends):
                return True
    return False
