"""Comparison of the rows that a graph quotes with the tables, where these are at hand."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from ..errors import InputError
from ..graph.cells import Table, open_all
from ..graph.claimed import place
from ..graph.store import Store
from ..graph.terms import DCAT, NR, OA, RDF
from ..text.places import Place
from .folders import files

#: Source, quote, what was looked at, what the graph says, and what is there.
Found: TypeAlias = tuple[str, str, str, str, str]


def check(
    store: Store, folder: str | os.PathLike[str], quotes: Iterable[str]
) -> tuple[list[Found], int]:
    """Compare the keys of rows with the tables, which are recognised by their SHA-256.

    The column of the keys is the one in which most of them are found. A data set without a SHA-256
    is not looked for.

    Args:
        quotes: The IRIs of all quotes.

    Returns:
        What is wrong, and how many rows were compared.

    Raises:
        InputError: A file cannot be read.
    """
    by_source: dict[str, dict[int, str]] = {}
    for iri in quotes:
        if "#row=" in iri:
            source, row, _ = place(iri)
            by_source.setdefault(source, {})[row] = "".join(store.objects(iri, OA.exact)[:1])
    digests = {
        source: "".join(store.objects(source, NR.sha256)[:1]).lower()
        for source in by_source
        if DCAT.Dataset in store.objects(source, RDF.type)
    }
    wanted = {digest for digest in digests.values() if digest}
    tables = _tables(Path(folder), wanted) if wanted else {}
    found, compared = list[Found](), 0
    for source, digest in sorted(digests.items()):
        if digest in tables:
            compared += len(by_source[source])
            found += _check_tables(source, by_source[source], open_all(tables[digest]))
        elif digest:
            found.append((source, "", "text", f"a file with SHA-256 {digest}", "none"))
    return found, compared


def _tables(root: Path, wanted: set[str]) -> dict[str, Path]:
    tables = {}
    for path in files(root):
        try:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            hint = "check its permissions"
            raise InputError("not readable", hint, Place(str(path))) from error
        if digest in wanted:
            tables[digest] = path
    return tables


def _check_tables(source: str, keys: dict[int, str], tables: list[Table]) -> Iterator[Found]:
    """Compare with the table of a file, and the column, in which most keys are found."""
    within: Counter[tuple[int, int]] = Counter()
    for number, table in enumerate(tables):
        for row in table.rows():
            if key := keys.get(row.number):
                at = (at for at, cell in enumerate(row.cells) if _holds(cell, key))
                within.update((number, column) for column in at)
    best = max(within, key=lambda at: (within[at], -at[0], -at[1]), default=(0, 0))
    left = dict(keys)
    for row in tables[best[0]].rows() if tables else ():
        key = left.pop(row.number, None)
        cell = row.cells[best[1]]
        if key is not None and not (key and _holds(cell, key)):
            expected = f"{key!r} in row {row.number}"
            yield source, f"{source}#row={row.number}", "row", expected, repr(cell)
    for number, key in sorted(left.items()):
        yield source, f"{source}#row={number}", "row", f"{key!r} in row {number}", "no such row"


def _holds(cell: str, key: str) -> bool:
    """Tell whether a key is a cell's, or as much of it as an anchor takes."""
    return " ".join(cell.split()).startswith(key)
