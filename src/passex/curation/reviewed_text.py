"""The text of an article under review: the very one that the graph describes, and its zones."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..errors import InputError, QueryError
from ..evidence.corrected import Quote, likely
from ..evidence.texts import Texts, digest, read_texts, unclaimed
from ..graph.claimed import place
from ..graph.labelling import Node
from ..graph.store import Store
from ..graph.terms import NR, OA, local_name
from ..text.places import Place
from .draft.zones import Zone


def text_of(store: Store, source: Node, texts: Texts) -> str:
    """Give the text of an article, or say why it is not the one.

    Args:
        source: The article or data set.
        texts: The folder with the articles' texts, or the texts by the article's IRI.

    Raises:
        InputError: No text there has the SHA-256 that the graph gives, or it can't be read.
        QueryError: The graph gives no SHA-256, it is a data set, or a text given has another.
    """
    if source.kind == "Dataset":
        raise QueryError(
            f"{source.label} is a data set: its evidence is rows of a table, and it has no text",
            "leave --texts out",
        )
    known = store.objects(source.iri, NR.sha256)
    if not known:
        raise QueryError(
            f"the graph gives no SHA-256 of {source.label}, so that no text can be told to be its",
            "write nr:sha256 into its file; 'passex cite TEXT' prints it",
        )
    if isinstance(texts, Mapping):
        text = texts.get(source.iri)
        if text is not None and digest(text) in known:
            return text
        has = "none was given" if text is None else f"that which was given has {digest(text)}"
        raise QueryError(
            f"the text of {source.label} has the SHA-256 {', '.join(known)}, and {has}",
            "give the very text that the graph describes",
        )
    if (text := read_texts(store, texts).get(source.iri)) is not None:
        return text
    quotes = [
        Quote(place(iri)[1:], words)
        for iri in store.subjects(OA.hasSource, source.iri)
        for words in store.objects(iri, OA.exact)
    ]
    file = likely(unclaimed(store, texts), quotes)
    hint = "give the folder that has it, or leave --texts out for a page without it"
    if file is not None:
        hint = (
            f"{file.name} has its quotes and another SHA-256: "
            f"'passex validate --texts {os.fspath(texts)}' says what to write"
        )
    raise InputError(
        f"no text of {source.label} is there, which has the SHA-256 {', '.join(known)}",
        hint,
        Place(os.fspath(texts)),
    )


def stretches(store: Store, source: str, length: int) -> Iterator[Zone]:
    """Divide a text from begin to end by its zones, of which the smallest counts.

    Args:
        source: The IRI of the article.
        length: How long the text is.

    Yields:
        Stretches without a gap; one that is in no zone has no kind.
    """
    zones = []
    for iri in store.objects(source, NR.hasZone):
        of, start, end = place(iri)
        kinds = sorted(map(local_name, store.objects(iri, NR.hasKind)))
        if of == source and start < min(end, length):
            zones.append((end - start, start, min(end, length), iri, kinds[0] if kinds else ""))
    zones.sort()
    bounds = sorted({0, length, *(at for zone in zones for at in zone[1:3])})
    last = None
    for start, end in pairwise(bounds):
        around = next((zone for zone in zones if zone[1] <= start and end <= zone[2]), None)
        kind, iri = ("", "") if around is None else (around[4], around[3])
        if last is not None and last[1] == iri:
            last = Zone(last[0].start, end, kind), iri
            continue
        if last is not None:
            yield last[0]
        last = Zone(start, end, kind), iri
    if last is not None:
        yield last[0]
