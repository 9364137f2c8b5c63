"""A table whose bytes are carried to where it is imported: its facts as lines, and what is odd."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..text.places import Place
from . import DATA_SETS
from .actors import STATES
from .mapping import TableMapping
from .mapping_files import parse, text_of
from .run import Import


class MappingText(NamedTuple):
    """A mapping that goes to other machines.

    Attributes:
        text: Its TOML.
        name: Of the file, for errors; or of the data set, if it is known.
    """

    text: str
    name: str

    @property
    def check(self) -> str:
        """The command that shows what is odd about a table."""
        what = self.name if self.name in DATA_SETS else "table"
        mapping = "" if self.name in DATA_SETS else f" --mapping {self.name}"
        return f"passex import {what} FILE{mapping} --check"

    def of(self, table: str) -> TableMapping:
        """Read it for a table.

        Args:
            table: The name of its file, by which the data set is called if the mapping doesn't.

        Raises:
            InputError: It means nothing.
        """
        return parse(self.text, self.name, table.partition(".")[0])


def mapping_text(given: str) -> MappingText:
    """Fetch a mapping, and see that it means something.

    Args:
        given: One of `DATA_SETS`, or a file.

    Raises:
        InputError: It cannot be read, or means nothing.
    """
    path = Path(given)
    if given in DATA_SETS:
        path = Path(__file__).with_name("mappings") / f"{given}.toml"
    found = MappingText(text_of(path), given)
    found.of("table")
    return found


@contextmanager
def looked_at(content: bytes, name: str, mapping: MappingText) -> Iterator[Import]:
    """Have an import look at a table that is at hand as bytes.

    Args:
        name: Of its file.

    Yields:
        The import, which has looked at the table.

    Raises:
        InputError: It cannot be read, or has not what the mapping names; also while its facts are
            made. The place has the name for its file.
    """
    with tempfile.TemporaryDirectory(prefix="passex-table-") as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            job = Import(path, mapping.of(name), Path(folder) / "none", STATES[0], "ntriples")
            try:
                job.look()
                yield job
            finally:
                job.ledger.close()
        except InputError as error:
            if error.place is None or error.place.file != str(path):
                raise
            place = Place(name, error.place.line, error.place.column)
            raise InputError(error.message, error.hint, place) from error
