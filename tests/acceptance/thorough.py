"""Whether everything is tried, however long it takes, and not only enough to prove each kind."""

from __future__ import annotations

import os
from typing import Final

#: The run that .github/workflows/thorough.yml starts each week: more examples of everything.
THOROUGH: Final = bool(os.environ.get("PASSEX_THOROUGH"))
