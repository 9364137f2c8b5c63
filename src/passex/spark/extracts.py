"""Extracts of files of N-Triples: some of their lines, each where it stands in the file.

A line that is left out is left empty, so that what is found in an extract has the line and the
column that it has in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from ..graph.sources import Source
from ..graph.terms import BLANK
from .lines import CONTINGENT, goes_by

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow
    from pyspark.sql import SparkSession

    Batches = Iterator["pyarrow.RecordBatch"]

_STATEMENT: Final = re.compile(
    rb"[ \t]*(<[^>]*>|_:[^\s<]+)[ \t]*<([^>]*)>[ \t]*(<[^>]*>|_:[^\s<]+)?", re.DOTALL
)
_NOTHING: Final = re.compile(rb"\s*(?:#.*)?", re.DOTALL)
_CONTINGENT: Final = CONTINGENT.encode()
_MARK: Final = b"\xef\xbb\xbf"
#: The columns of what a cluster extracts.
_COLUMNS: Final = "number long, line binary"


def of_lines(lines: Iterable[bytes], keys: Collection[bytes]) -> Iterator[tuple[int, bytes]]:
    """Choose lines, each with its number from 0 on.

    Args:
        lines: Each with its end.
        keys: What the statements go by, as N-Triples write it: their subjects, but for who is in a
            contingent the contingent (see `lines.statements`). What has a blank node is chosen,
            too: only so do those that follow have the names that they have in the whole file.
    """
    for number, line in enumerate(lines):
        if number == 0 and line.startswith(_MARK):
            line = line.removeprefix(_MARK)
        if b"_:" in line or b"\\" in line[: line.find(b'"')]:
            if _is_wanted(line, keys):
                yield number, line
            continue
        found = _STATEMENT.match(line)
        if found is None:
            if not _NOTHING.fullmatch(line):
                yield number, line
        elif (found[3] if found[2] == _CONTINGENT else found[1]) in keys:
            yield number, line


def _is_wanted(line: bytes, keys: Collection[bytes]) -> bool:
    """Tell whether a line is chosen that has a blank node, or what is written with escapes."""
    try:
        quads = list(ox.parse(line, ox.RdfFormat.N_QUADS))
    except SyntaxError:
        return True
    return any(
        isinstance(quad.subject, ox.BlankNode)
        or isinstance(quad.object, ox.BlankNode)
        or str(goes_by(quad)).encode() in keys
        for quad in quads
    )


def joined(lines: Iterable[tuple[int, bytes]]) -> bytes:
    r"""Put lines where they belong, with nothing where others are.

    Args:
        lines: In their order, each with its number from 0 on.

    Example:
        >>> joined([(1, b"one\n"), (3, b"three")])
        b'\none\n\nthree'
    """
    parts: list[bytes] = []
    at = 0
    for number, line in lines:
        parts += (b"\n" * (number - at), line)
        at = number + 1
    return b"".join(parts)


def of_file(path: Path, keys: Collection[bytes]) -> bytes:
    """Extract lines of a file that is here, packed or not.

    Raises:
        InputError: It cannot be read.
    """
    with closing(Source(path).open()) as file:
        return joined(of_lines(file, keys))


def elsewhere(session: SparkSession, url: str, keys: frozenset[bytes]) -> bytes:
    """Extract lines of a file that only the cluster can read: all of it on one executor."""
    from .installed import checked
    from .session import table

    work = checked(_extracting(keys))
    frame = session.read.format("binaryFile").load(url).select("content")
    return joined(
        (row["number"], row["line"])
        for row in sorted(table(frame.mapInArrow(work, _COLUMNS)), key=lambda row: row["number"])
    )


def _extracting(keys: frozenset[bytes]) -> Callable[[Batches], Batches]:
    def work(batches: Batches) -> Batches:
        import io
        from pathlib import Path

        import pyarrow

        from ..graph.unpacking import unpacked

        for batch in batches:
            rows: list[tuple[int, bytes]] = []
            for content in batch.column(0).to_pylist():
                rows += of_lines(unpacked(io.BytesIO(content), Path("file.nt")), keys)
            columns = [list(column) for column in zip(*rows, strict=True)] or [[], []]
            arrays = [
                pyarrow.array(columns[0], pyarrow.int64()),
                pyarrow.array(columns[1], pyarrow.binary()),
            ]
            yield pyarrow.record_batch(arrays, names=["number", "line"])

    return work


def keys_of(nodes: Iterable[str]) -> frozenset[bytes]:
    """Write nodes as they stand in files; blank ones are chosen anyway."""
    return frozenset(node.encode() for node in nodes if not node.startswith(f"<{BLANK}"))
