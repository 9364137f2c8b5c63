"""Tables of exercises that become this graph: a mapping a data set, and one mechanism for all.

A mapping says what the columns of a table mean (`mapping`, `mapping_files`). Rows are read as text
(`graph.cells`) and become records (`records`), names and codes actors (`actors`), records triples
(`facts`). What is odd is asked (`ledger`) before anything is written (`run`, `report`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from .mapping import TableMapping
from .mapping_files import parse

#: Data sets whose mapping is known, each a file in `mappings`.
DATA_SETS: Final = {"mme": "Multinational Military Exercises, 1980-2010"}


def known(name: str) -> TableMapping:
    """Read the mapping of a data set of `DATA_SETS`.

    Example:
        >>> known("mme").key
        'MMEID'
    """
    path = Path(__file__).with_name("mappings") / f"{name}.toml"
    return parse(path.read_text(encoding="utf-8"), str(path), name)
