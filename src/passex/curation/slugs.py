"""Slugs: the names of articles' files, a year and a few words, such as ``2027-some-drill``."""

from __future__ import annotations

import re
from typing import Final

SLUG: Final = re.compile(r"(?:19|20)\d\d(?:-[a-z0-9]+)+")
