"""Read the heads of SPARQL files: first lines that begin with ``#+``, in the manner of grlc.

See https://grlc.io. Questions (`catalogue`) and the checks of ontologies say so what they are::

    #+ summary: Whom did a person meet, where and when?
    #+ params:
    #+   person:
    #+     type: nr:Person
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..errors import QueryError
from ..text.places import Place


class Entry(NamedTuple):
    """A line of a head.

    Attributes:
        line: Its number, from 1.
        depth: How many spaces follow the sign.
        key: What stands before the colon.
        value: What stands after it.
    """

    line: int
    depth: int
    key: str
    value: str


def entries(text: str, file: str) -> Iterator[Entry]:
    r"""Read a head.

    Args:
        text: What a file holds, or a part of it that begins with a head.
        file: The file's name, for errors.

    Raises:
        QueryError: A line has no colon; the error has its place.

    Example:
        >>> list(entries("#+ summary: Who?\nSELECT * {}", "who.rq"))
        [Entry(line=1, depth=1, key='summary', value='Who?')]
    """
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#+"):
            return
        entry = line[2:].rstrip()
        key, colon, value = (part.strip() for part in entry.partition(":"))
        if not colon:
            message = "no colon in the header"
            raise QueryError(message, "write 'key: value'", Place(file, number))
        yield Entry(number, len(entry) - len(entry.lstrip()), key, value)
