"""Briefings: two pages about a network, for whoever opens no browser.

What they say is in `contents`; `markdown` and `word` write it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...graph.store import Store
    from ...network.model import Network
    from ...network.record import Record
    from ..model import Picture


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a briefing is made of.

    Attributes:
        store: A store with its derived triples.
        network: The network that it is about.
        picture: The same, as it is drawn.
        record: All exercises and plans, as they are at its level, where they were read already.
    """

    store: Store
    network: Network
    picture: Picture
    record: Record | None = None
