"""One order for results, so that two engines write the same report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from ..results import Result, path_text

Key: TypeAlias = tuple[object, ...]


def key(result: Result) -> Key:
    """Give the key by which results are sorted: everything that they say."""
    return (
        str(result.focus),
        path_text(result.path, str) if result.path else "",
        result.component,
        str(result.shape),
        str(result.value or ""),
        str(result.constraint or ""),
        result.severity,
        tuple(map(str, result.messages)),
        tuple(key(detail) for detail in result.details),
    )


def in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    """Sort results, and the details within each.

    Args:
        results: Results of any engine.

    Returns:
        The same results; two that say the same stay two.
    """
    sorted_within = (
        replace(result, details=in_order(result.details)) if result.details else result
        for result in results
    )
    return tuple(sorted(sorted_within, key=key))
