"""Calls to other servers in the text of a query or update: SERVICE and LOAD.

The engine calls other servers for them, and cannot be told not to. So the keywords are looked for
in the words of the text, in doubt on the safe side. A tree would not do: the engine takes texts
that SPARQL does not, reads keywords that nothing parts from what stands before, and goes back to
another reading where one fails.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from .lexer import Token, tokens
from .sense import bad_escapes

#: An IRI that is no two comparisons with a string or comment between them.
_PLAIN_IRI: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://|<[^'#)]*>")
#: A name whose local part says nothing, whatever it is.
_PLAIN_NAME: Final = re.compile(r"(\w*):[^\W_]\w*")
_AFTER_NAME: Final = (";", ",", ")", "]", "}", "|", "/", "*", "+", "?", "(")


def calls(text: str, keyword: str) -> bool:
    """Tell whether a text may have a keyword in it, outside strings, comments and names.

    Args:
        text: A query or update, which need not be right.
        keyword: ``service`` or ``load``.

    Returns:
        Whether it has the keyword, or what an engine could take for it.

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
