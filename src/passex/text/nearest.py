"""Names that somebody may have meant by one that isn't there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Shorter names are a letter or two apart by chance.
_SHORTEST: Final = 5


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


def almost(names: Iterable[str], others: Iterable[str]) -> dict[str, list[str]]:
    """Find, of many names, those that are others but for a letter or two.

    A letter is missing, too much, another one, or swapped with its neighbour; what two names share
    is found without comparing each with each (the deletions of SymSpell, W. Garbe 2012). Names with
    other digits are meant to differ, and very short ones differ by chance.

    Returns:
        The others that come near to each of the names, or are equal to it, sorted; names that
        nothing comes near to are left out.

    Example:
        >>> almost(["js kashma", "snmg 1"], ["js kashima", "js makinami", "snmg 2"])
        {'js kashma': ['js kashima']}
    """
    index: dict[str, set[str]] = {}
    lengths = set()
    for name in {*names}:
        lengths.add(len(name))
        for form in _shortened(name):
            index.setdefault(form, set()).add(name)
    found: dict[str, set[str]] = {}
    for other in {*others}:
        if lengths.isdisjoint(range(len(other) - 1, len(other) + 2)):
            continue
        near = {name for form in _shortened(other) for name in index.get(form, ())}
        for name in near:
            if name == other or (
                len(name) >= _SHORTEST <= len(other) and _digits(name) == _digits(other)
            ):
                found.setdefault(name, set()).add(other)
    return {name: sorted(found[name]) for name in sorted(found)}


def _shortened(name: str) -> set[str]:
    """Give a name, and what is left of it without one of its letters."""
    return {name, *(name[:place] + name[place + 1 :] for place in range(len(name)))}


def _digits(name: str) -> list[str]:
    return [character for character in name if character.isdecimal()]


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
