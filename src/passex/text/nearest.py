"""Names that somebody may have meant by one that isn't there."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(name: str, names: Iterable[str], most: int = 3, cutoff: float = 0.6) -> list[str]:
    """Find the names that are spelled most like another.

    Args:
        name: The name that isn't there.
        most: How many are given at the most.
        cutoff: How alike they have to be, from 0 to 1 (`difflib.SequenceMatcher.ratio`).

    Returns:
        The names, the nearest first.

    Example:
        >>> nearest("partner", ["partners", "posts-of"])
        ['partners']
    """
    import difflib  # of use to few calls, and slow to import

    return difflib.get_close_matches(name, sorted(set(names)), n=most, cutoff=cutoff)


def did_you_mean(near: Iterable[str]) -> str:
    """Ask whether one of some names was meant.

    Args:
        near: The names, the nearest first, as they are to be written.

    Returns:
        A question for a hint; an empty text where there are no names.

    Example:
        >>> did_you_mean(["nr:Ship", "nr:Shipyard"]), did_you_mean([])
        ('did you mean nr:Ship or nr:Shipyard?', '')
    """
    joined = " or ".join(near)
    return f"did you mean {joined}?" if joined else ""
