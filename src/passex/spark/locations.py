"""Files that lie where a cluster can read them: which there are, and what is wrong in one."""

from __future__ import annotations

import glob
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from ..errors import InputError
from ..text.places import Place
from . import imported, lines, parquet
from .installed import checked
from .session import table

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What N-Triples and N-Quads end in, as they are or packed.
ENDINGS: Final = re.compile(r"\.(nt|nq)(\.(gz|bz2|zst))?$", re.IGNORECASE)
_QUADS: Final = re.compile(r"\.nq(\.|$)", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
#: What an engine takes for a pattern, in the name of a file.
_PATTERN: Final = re.compile(r"[*?\[\]{}]")
#: Files of so many bytes an executor reads at once, and so many characters of a line are shown.
_WHOLE: Final = 1 << 30
_SHOWN: Final = 120
_HINT: Final = "convert it, as with passex export ntriples"


def find(session: SparkSession, data: Sequence[str], tables: bool = False) -> list[str]:
    """Find the files of facts.

    Args:
        tables: Whether there may be tables among them.
        data: Paths and ``file:`` URLs, which have to lead to the same files here and on the
            executors, or URLs of what the cluster reads (``s3a:``, ``hdfs:``), each of a file, of a
            folder or with ``*``.

    Returns:
        Their URLs, sorted, each once.

    Raises:
        InputError: Nothing is there, or something is of another kind.
    """
    if not data:
        raise InputError("no files for the cluster", "name them with --data, such as 'facts/*.nt'")
    found: set[str] = set()
    for given in data:
        scheme = urlsplit(given).scheme if "://" in given or given.startswith("file:") else ""
        here = scheme in ("", "file")
        urls = _here(given, tables) if here else _there(session, given, tables)
        if not urls:
            raise InputError("no such file", "check the path", Place(given))
        found.update(urls)
    for url in sorted(found):
        if not _is_read(url, tables):
            message = "neither N-Triples, N-Quads nor Parquet by its name"
            hint = "say with --mapping what its columns mean" if _is_read(url, True) else _HINT
            raise InputError(message, hint, Place(url))
        if _PATTERN.search(url):
            message = "a name with * ? [ ] { or }, which an engine takes for a pattern"
            raise InputError(message, "rename the file", Place(url))
    return sorted(found)


def _is_read(url: str, tables: bool) -> bool:
    endings = [ENDINGS, parquet.ENDING, *([imported.ENDINGS] if tables else [])]
    return any(ending.search(url) for ending in endings)


def _here(given: str, tables: bool) -> list[str]:
    path = re.sub(r"^file:(//)?", "", given)
    if Path(path).is_dir():
        return [
            f"file://{found.absolute()}"
            for found in Path(path).rglob("*.*")
            if found.is_file() and _is_read(found.name, tables)
        ]
    matches = [path] if Path(path).exists() else glob.glob(path, recursive=True)
    return [f"file://{Path(match).absolute()}" for match in matches if Path(match).is_file()]


def _there(session: SparkSession, given: str, tables: bool) -> list[str]:
    """Ask the cluster, which has the keys to where they are."""
    found = session.read.format("binaryFile").option("recursiveFileLookup", True).load(given)
    frame = found.select("path").distinct()
    parts = urlsplit(given)
    whole = f"{parts.scheme}://{parts.netloc}/"
    # Sail leaves out what is before the path.
    paths = [str(row["path"]) for row in table(frame)]
    urls = [path if _SCHEME.match(path) else whole + path.lstrip("/") for path in paths]
    # Of a folder, files of other kinds are passed over, as they are here.
    named = urls == [given] or _PATTERN.search(given)
    return urls if named else [url for url in urls if _is_read(url, tables)]


def broken(session: SparkSession, url: str) -> InputError:
    """Say where the first line of a file is that doesn't parse.

    One executor reads the file as a whole; of a larger one than `_WHOLE`, what is in the line is
    said, and not its number.
    """
    files = session.read.format("binaryFile").load(url).filter(f"length <= {_WHOLE}")
    name = url.rpartition("/")[2]
    work = checked(lines.fault(name))
    for row in table(files.select("content").mapInArrow(work, lines.FAULT)):
        place = Place(url, row["line"], row["column"])
        form = "N-Quads" if _QUADS.search(name) else "N-Triples"
        return InputError(f"not {form}: {row['reason']}", "correct the file there", place)
    numbered = session.read.text(url).selectExpr("0 AS file", "value")
    rows = numbered.mapInArrow(checked(lines.statements()), lines.STATEMENTS)
    for row in table(rows.filter(rows["kind"] == lines.BROKEN).select("line").limit(1)):
        said = " ".join(row["line"].split())[:_SHOWN]
        return InputError(f"a line that doesn't parse: {said}", "correct the file", Place(url))
    return InputError("changed while it was read", "try again", Place(url))
