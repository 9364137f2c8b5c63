"""What stands in a Turtle text outside of strings, IRIs and comments."""

from __future__ import annotations

import re
from typing import Final

# Unrolled: one repetition for each escape, and not for each character, is kept in memory. Each way
# begins with a character, so that those are found quickest.
_OPAQUE: Final = re.compile(
    rb"""
    \"\"\" [^"\\]* (?: (?:\\.|"(?!"")) [^"\\]* )* \"\"\"
    | ''' [^'\\]* (?: (?:\\.|'(?!'')) [^'\\]* )* '''
    | " [^"\\\r\n]* (?: \\. [^"\\\r\n]* )* "
    | ' [^'\\\r\n]* (?: \\. [^'\\\r\n]* )* '
    | <[^<>\s]*> | \#[^\r\n]* | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


def outside(text: bytes) -> bytes:
    r"""Leave out strings, IRIs and comments, and what is escaped in a name.

    Args:
        text: The bytes of a Turtle text that can be parsed; of another, nothing is certain.

    Returns:
        The rest, with an empty string in place of each.

    Example:
        >>> outside(b"<u:a> :p '[1]' , [] . # x")
        b'"" :p "" , [] . ""'
    """
    return _OPAQUE.sub(b'""', text)
