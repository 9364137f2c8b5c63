"""Tables on a cluster: each is imported by one executor, as `passex import` does it here.

A table is imported whole, since rows of one may be parts of others, name a place for the first
time, or show in which order its dates are; and since it alone knows the number of a row.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from hashlib import sha256
from itertools import chain, islice
from posixpath import basename
from threading import Lock
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from ..errors import InputError
from ..importers.carried import MappingText, looked_at
from ..importers.ledger import KINDS
from ..text.places import Place
from ..text.wording import listed, say
from .installed import checked
from .session import table

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    Batches = Iterator["pyarrow.RecordBatch"]

#: What tables end in.
ENDINGS: Final = re.compile(r"\.(csv|tsv|parquet|xlsx|xls)$", re.IGNORECASE)
#: The columns of `frame`: a line of N-Triples, or a report in JSON, which is the last of a file.
COLUMNS: Final = "file int, value string, report boolean"
#: So many bytes of a table are read by one executor.
LARGEST: Final = 128 << 20
#: So many lines go from Python to the engine at once.
_LINES: Final = 10_000
#: What this process imported last, packed: Sail keeps nothing, and asks for it some thirty times.
_KEPT: Final[dict[tuple[str, bytes, MappingText], list[bytes]]] = {}
#: So many bytes of it, of tables that have so many at the most.
_MOST: Final = 64 << 20
_SMALL: Final = 8 << 20
_IMPORTING: Final = Lock()
#: So many kinds of what is odd are named.
_KINDS: Final = 3


def frame(session: SparkSession, files: Mapping[int, str], mapping: MappingText) -> DataFrame:
    """Give the facts of tables, and a report on each.

    Args:
        files: The URLs of the tables, by their numbers.
    """
    from pyspark.sql import functions

    def bytes_of(number: int, url: str) -> DataFrame:
        found = session.read.format("binaryFile").load(url).filter(f"length <= {LARGEST}")
        named = functions.lit(number).alias("file"), functions.lit(_name(url)).alias("name")
        return found.select(*named, "content")

    frames = [bytes_of(number, url) for number, url in files.items()]
    every = reduce(lambda one, other: one.unionAll(other), frames)
    return every.mapInArrow(checked(importing(mapping)), COLUMNS)


def _name(url: str) -> str:
    return unquote(basename(url))


def importing(mapping: MappingText) -> Callable[[Batches], Batches]:
    """Make what imports rows of (file, name, content), on an executor: rows of `COLUMNS`."""

    def work(batches: Batches) -> Batches:
        for batch in batches:
            for row in batch.to_pylist():
                yield from rows(row["file"], row["name"], row["content"], mapping)

    return work


def rows(file: int, name: str, content: bytes, mapping: MappingText) -> Batches:
    """Do what `importing` says, with one table."""
    large = len(content) > _SMALL
    for piece in (_pieces if large else _kept)(name, content, mapping):
        values = zlib.decompress(piece).decode().split("\n")
        yield _batch(file, values, values[0][:1] == "{")


def _kept(name: str, content: bytes, mapping: MappingText) -> list[bytes]:
    """Do what `_pieces` does, once."""
    key = name, sha256(content).digest(), mapping
    with _IMPORTING:  # Sail asks for it in many threads at once
        pieces = _KEPT.pop(key, None) or list(_pieces(name, content, mapping))
        _KEPT[key] = pieces
        while sum(map(len, chain.from_iterable(_KEPT.values()))) > _MOST:
            del _KEPT[next(iter(_KEPT))]
    return pieces


def _pieces(name: str, content: bytes, mapping: MappingText) -> Iterator[bytes]:
    """Import a table: lines of N-Triples, packed, and a report in JSON."""
    try:
        with looked_at(content, name, mapping) as job:
            facts = iter(job.facts())
            while lines := "".join(islice(facts, _LINES)):
                yield _packed(lines[:-1])
            counts = {kind: number for kind, number in job.ledger.counts.items() if number}
            report: dict[str, Any] = {"odd": counts}
    except InputError as error:
        place = error.place or Place(name)
        where = [place.file, place.line, place.column]
        report = {"message": error.message, "hint": error.hint, "where": where}
    yield _packed(json.dumps(report))


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode(), 1)


def _batch(file: int, values: list[str], report: bool) -> pyarrow.RecordBatch:
    import pyarrow

    number = len(values)
    columns = [
        pyarrow.array([file] * number, pyarrow.int32()),
        pyarrow.array(values, pyarrow.string()),
        pyarrow.array([report] * number, pyarrow.bool_()),
    ]
    return pyarrow.record_batch(columns, names=["file", "value", "report"])


def refuse_alike(urls: Iterable[str], mapping: MappingText) -> None:
    """Refuse tables that would be one data set, so that their rows have the same names.

    Raises:
        InputError: Two would be; or the mapping means nothing for one.
    """
    seen: dict[str, str] = {}
    for url in urls:
        iri = mapping.of(_name(url)).source.iri
        other = seen.setdefault(iri, url)
        if other != url:
            message = f"would be the same data set as {other}: <{iri}>"
            hint = "give each table its own name, and take iri out of [source] in the mapping"
            raise InputError(message, hint, Place(url))


def look(
    reports: DataFrame, files: Mapping[int, str], mapping: MappingText, warn: Callable[[str], None]
) -> None:
    """Look at the reports on tables.

    Args:
        reports: Of `frame`.
        warn: Is told, in a line, how much is odd.

    Raises:
        InputError: A table can't be imported.
    """
    found = {row["file"]: json.loads(row["value"]) for row in table(reports.filter("report"))}
    odd: Counter[str] = Counter()
    for number, url in files.items():
        report = found.get(number)
        if report is None:
            raise _passed_over(reports.sparkSession, url)
        if "message" in report:
            file, *at = report["where"]
            place = Place(url, *at) if file == _name(url) else Place(file, *at)
            raise InputError(report["message"], report["hint"], place)
        odd.update(report["odd"])
    if odd:
        warn(_told(odd, len(files), mapping))


def _passed_over(session: SparkSession, url: str) -> InputError:
    """Say why a table has no report: it is too large, or empty, which Sail passes over."""
    sizes = table(session.read.format("binaryFile").load(url).select("length"))
    size = sizes[0]["length"] if sizes else 0
    if size > LARGEST:
        message = f"larger than {LARGEST >> 20} MiB, and a table is imported by one executor"
        return InputError(message, "part it into several, each with the header", Place(url))
    if size:
        return InputError("changed while it was read", "try again", Place(url))
    hint = "give a table with the names of its columns in the first row"
    return InputError("no header", hint, Place(url, 1))


def _told(odd: Counter[str], tables: int, mapping: MappingText) -> str:
    """Say how much is odd: what was kept out first, and what is most."""
    order = sorted(odd, key=lambda kind: (not KINDS[kind].kept_out, -odd[kind], kind))
    said: Sequence[str] = [f"{kind} {odd[kind]}" for kind in order]
    kept = sum(odd[kind] for kind in odd if KINDS[kind].kept_out)
    out = f", and something was kept out of what {kept} of them is about" if kept else ""
    return (
        f"{say(odd.total(), 'question')} about {say(tables, 'table')}{out} "
        f"({listed(said, _KINDS)}): {mapping.check} shows them"
    )
