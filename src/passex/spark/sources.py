"""Files of a graph on a cluster as lines of N-Triples and N-Quads, of whatever kind they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Final

from ..errors import InputError
from ..text.places import Place
from . import imported, locations, parquet

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from ..importers.carried import MappingText

_COLUMNS: Final = ", ".join(parquet.COLUMNS)


class Sources:
    """The lines of files.

    Args:
        session: A session of `session.connect`.
        files: Of `locations.find`.
        mapping: What the columns of those mean that are tables.
        keep: Has the cluster keep what is needed more than once.

    Attributes:
        lines: Rows of (file, value), with the number of the file.

    Raises:
        InputError: A file has columns of which nothing says what they mean, or two tables would be
            one data set.
    """

    def __init__(
        self,
        session: SparkSession,
        files: Sequence[str],
        mapping: MappingText | None,
        keep: Callable[[DataFrame], DataFrame],
    ) -> None:
        self._session, self._files, self._mapping = session, files, mapping
        self._imports: DataFrame | None = None
        frames = []
        self._tables = {}
        for number, url in enumerate(files):
            if locations.ENDINGS.search(url):
                frames.append(_numbered(number, session.read.text(url)))
            elif parquet.ENDING.search(url) and parquet.has_facts(session, url):
                frames.append(_numbered(number, parquet.read(session, url)))
            elif mapping is None:
                hint = "say with --mapping what its columns mean"
                raise InputError(f"Parquet without the columns {_COLUMNS}", hint, Place(url))
            else:
                self._tables[number] = url
        if mapping and self._tables:
            imported.refuse_alike(self._tables.values(), mapping)
            self._imports = keep(imported.frame(session, self._tables, mapping))
            frames.append(self._imports.filter("not report").select("file", "value"))
        # One after the other, since not every engine tells which file a line is of, or reads
        # packed files and others together.
        self.lines = reduce(lambda one, other: one.unionAll(other), frames)

    def look(self, warn: Callable[[str], None]) -> None:
        """Have executors import what are tables.

        Args:
            warn: Is told, in a line, how much is odd about them.

        Raises:
            InputError: One can't be imported.
        """
        if self._mapping and self._imports:
            imported.look(self._imports, self._tables, self._mapping, warn)

    def broken(self, number: int) -> InputError:
        """Say where the first line of a file is that doesn't parse."""
        url = self._files[number]
        if locations.ENDINGS.search(url):
            return locations.broken(self._session, url)
        return parquet.broken(self._session, url)


def _numbered(number: int, values: DataFrame) -> DataFrame:
    from pyspark.sql import functions

    return values.select(functions.lit(number).alias("file"), "value")
