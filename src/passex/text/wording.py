"""Small parts of sentences."""

from __future__ import annotations


def say(number: int, word: str) -> str:
    """Say a number of things.

    Args:
        number: How many.
        word: What they are, in the singular; its plural ends in s.

    Returns:
        Number and word.

    Example:
        >>> say(1, "plan"), say(2, "plan")
        ('1 plan', '2 plans')
    """
    return f"{number} {word}" + ("" if number == 1 else "s")
