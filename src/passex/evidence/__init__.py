"""What proves a fact: claims and where they stand in the articles, and why actors are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .texts import Check, Finding, check, read_texts

__all__ = ["Check", "Finding", "check", "read_texts"]


def __getattr__(name: str) -> Any:
    # On first use only: claims are read without the texts, too.
    if name in __all__:
        from . import texts

        return getattr(texts, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
