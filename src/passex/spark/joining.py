"""Groups of what is joined by pairs: union-find by path halving (Tarjan, van Leeuwen 1984)."""

from __future__ import annotations

from typing import TypeVar

Thing = TypeVar("Thing")


def top(above: dict[Thing, Thing], thing: Thing) -> Thing:
    """Give what stands for the group of a thing, and shorten the way there.

    Args:
        above: By each thing another one of its group, nearer to what stands for it, which has
            itself.

    Example:
        >>> above = {1: 2, 2: 3, 3: 3}
        >>> top(above, 1), above[1]
        (3, 3)
    """
    while above[thing] != thing:
        above[thing] = above[above[thing]]
        thing = above[thing]
    return thing
