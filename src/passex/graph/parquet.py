"""Parquet files as rows of text (https://parquet.apache.org/docs/file-format/), read by pyarrow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from ..errors import EXTRA, InputError
from ..text.places import Place
from .cell_text import cell_text

#: The first bytes of a file.
SIGNATURE: Final = b"PAR1"
#: So many rows are in memory at a time.
_ROWS: Final = 2048


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Read the header, which is row 1, and all rows, with their numbers.

    A number that is missing, also as NaN, is an empty text, and the members of a list are parted by
    semicolons.

    Raises:
        InputError: It cannot be read, or what reads it isn't installed.
    """
    try:
        arrow: Any = import_module("pyarrow")
        library: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        message = "Parquet needs pyarrow, which is not installed"
        raise InputError(message, EXTRA.format("tables")) from error
    with _guarded(path, arrow):
        file = library.ParquetFile(path)
    with file:
        yield 1, list(file.schema_arrow.names)
        number = 1
        batches = file.iter_batches(batch_size=_ROWS)
        while True:
            with _guarded(path, arrow):
                batch = next(batches, None)
                columns = [_texts(arrow, column) for column in batch.columns] if batch else []
            if batch is None:
                return
            for at in range(batch.num_rows):
                number += 1
                yield number, [column[at] for column in columns]


def _texts(arrow: Any, column: Any) -> list[str]:
    kind = column.type
    if arrow.types.is_binary(kind) or arrow.types.is_large_binary(kind):
        column = column.cast(arrow.large_string())  # texts, of which the file doesn't say so
    elif arrow.types.is_timestamp(kind):
        # Nanoseconds would come as values of another library, which may not be there.
        column = column.cast(arrow.timestamp("us", kind.tz), safe=False)
    return [cell_text(value) for value in column.to_pylist()]


@contextmanager
def _guarded(path: Path, arrow: Any) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, arrow.ArrowException) as error:
        said = " ".join(str(error).split())[:80]
        hint = "save it as that again, or as CSV"
        raise InputError(f"no Parquet that can be read ({said})", hint, Place(str(path))) from error
