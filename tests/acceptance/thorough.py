"""Whether everything is tried, however long it takes, and not only enough to prove each kind."""

from __future__ import annotations

import os
from typing import Final

#: The run that .github/workflows/thorough.yml starts each week: more examples of everything.
THOROUGH: Final = bool(os.environ.get("PASSEX_THOROUGH"))

#: So many times as many examples are tried of each property.
_MORE: Final = 12


def examples(few: int = 25) -> int:
    """Tell how many examples of a property are tried, where a run for a change tries a few."""
    return few * _MORE if THOROUGH else few
