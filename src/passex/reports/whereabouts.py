"""Places of evidence in words, for pages."""

from __future__ import annotations

from ..evidence.claims import Anchor


def characters(start: int, end: int) -> str:
    """Say a place in a text, by its first code point and the one after its last."""
    return f"characters {start}\N{EN DASH}{end}"


def where(place: Anchor) -> str:
    """Say where a quote stands: its characters, or its row in a table.

    Example:
        >>> where(Anchor("urn:a#row=17", "urn:a", "A table", "row", 17, 17, "key"))
        'row 17'
    """
    return f"row {place.start}" if place.zone == "row" else characters(place.start, place.end)
