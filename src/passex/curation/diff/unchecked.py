"""New evidence that no text was at hand to compare with."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable

from ...evidence.texts import read_texts
from ...graph.claimed import place
from ...graph.rows import Named
from ...graph.store import Store
from ...graph.terms import OA
from .changes import Unchecked
from .values import newest_labels


def evidence(
    old: Store, new: Store, touched: Iterable[str], texts: str | os.PathLike[str] | None
) -> tuple[Unchecked, ...]:
    """Count the new quotes of each article whose text is not at hand.

    Args:
        touched: The nodes of which only one graph has some triple.
        texts: The folder with the articles' texts, if there is one.

    Raises:
        InputError: The folder cannot be read.
    """
    at_hand = {} if texts is None else read_texts(new, texts)
    quotes = Counter[str]()
    for iri in touched:
        article = place(iri)[0]
        if article and "#row=" not in iri and article not in at_hand:
            words = new.objects(iri, OA.exact)
            quotes[article] += bool(words) and words != old.objects(iri, OA.exact)
    label = newest_labels(old, new, quotes)
    found = (Unchecked(Named(label[iri], iri), number) for iri, number in quotes.items() if number)
    return tuple(sorted(found, key=lambda one: one.article))
