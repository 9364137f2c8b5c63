"""What makes an article's file fit its text again: hash, length, quotes and zones."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from ...evidence.corrected import Correction, Quote, correct, likely
from ...evidence.texts import Finding, digest, unclaimed
from ...graph.claimed import place, values_of
from ...graph.labelling import nodes
from ...graph.store import Store
from ...graph.terms import NR, OA, SCHEMA
from ...text.wording import say
from ..cures import Restatement, Value


@dataclass(frozen=True, slots=True)
class _Article:
    """An article and its text.

    Attributes:
        quotes: Its quotes, without those that have no words or several.
        correction: What of its quotes and zones is to be changed.
        cure: What changes them, with hash and length; None where something is in doubt.
        file: The file with the text, where only the quotes tell that it is this article's.
        digest: The SHA-256 of the text.
        has: How many of the quotes it has.
    """

    quotes: list[Quote]
    correction: Correction
    cure: Restatement | None
    file: Path | None
    digest: str
    has: int


class Corrections:
    """What makes the files of articles fit the texts at hand.

    Args:
        store: The graph.
        folder: The folder with the texts.
        texts: Those that are an article's by their hash, by its IRI.
    """

    def __init__(self, store: Store, folder: Path, texts: Mapping[str, str]) -> None:
        self._store = store
        self._folder = folder
        self._texts = texts
        self._known: dict[str, _Article | None] = {}

    @property
    def has_free_texts(self) -> bool:
        """Whether the folder has a text that is no article's by its hash, and no table."""
        rows = self._store.rows("SELECT ?hash { ?source nr:sha256 ?hash }")
        tables = {str(value).lower() for (value,) in rows}
        return any(
            hashlib.sha256(file.read_bytes()).hexdigest() not in tables for file in self._unclaimed
        )

    def advice(self, found: Finding, hint: str) -> tuple[str, Restatement | None]:
        """Say what mends a finding about an article, one of its quotes or of its zones.

        Args:
            found: The finding.
            hint: What is said already.

        Returns:
            The hint, with what has to be known beside it, and what mends it for certain.
        """
        if found.article and found.article not in self._known:
            self._known[found.article] = self._corrected(found.article)
        of = self._known.get(found.article)
        if of is None:
            return hint, None
        zones = [f"<#char={start},{end}>" for start, end in of.correction.doubtful]
        doubts = f"; first write where {' and '.join(zones)} begins and ends now" if zones else ""
        if not found.evidence:
            if found.what == "text" and of.file is not None:
                all_of = of.has == len(of.quotes)
                number = f"{'all' if all_of else of.has} of its {say(len(of.quotes), 'anchor')}"
                hint = f'{of.file.name} has {number}: write nr:sha256 "{of.digest}"'
            return hint + doubts, of.cure
        span = place(found.evidence)[1:]
        if found.what == "anchor" and of.correction.left.get(span):
            return f"{hint}; {of.correction.left[span]}", None
        if span in of.correction.moved or span in of.correction.spelled:
            return hint + doubts, of.cure
        meant = [old for old, new in of.correction.moved.items() if new == span]
        if found.what == "anchor" and meant:
            # Nothing has words there, and the text has there, and nowhere else, those of a quote.
            old, new = ("<#char={},{}>".format(*ends) for ends in (meant[0], span))
            return f"the words of {old} stand there: write {new} for it{doubts}", of.cure
        return hint, None

    def _corrected(self, article: str) -> _Article | None:
        store = self._store
        quotes = self._quotes(article)
        zones = [place(zone) for zone in store.objects(article, NR.hasZone)]
        spans = [(start, end) for of, start, end in zones if of == article]
        text, file = self._texts.get(article), None
        if text is None:
            file = self._likely.get(article)
            if file is None:
                return None
            text = self._unclaimed[file]
        lengths = self._values(article, NR.textLength)
        # How long the old text was: if the hash is of this one, the length may be just wrong.
        known = [int(value.value) for value in lengths if value.value.isdecimal()]
        old = known[0] if file is not None and len(known) == 1 else None
        if old is not None and any(end > old for _, end in spans):
            old = None
        correction = correct(text, quotes, spans, old)
        hashed = digest(text)
        values: list[tuple[ox.NamedNode, str, Value, Value]] = []
        node = ox.NamedNode(article)
        hashes = self._values(article, NR.sha256) if file is not None else []
        values += [(node, NR.sha256, value, ox.Literal(hashed)) for value in hashes]
        if len(lengths) == 1 and lengths[0].value != str(len(text)):
            values.append((node, NR.textLength, lengths[0], ox.Literal(len(text))))
        for (start, end), words in correction.spelled.items():
            quote = ox.NamedNode(f"{article}#char={start},{end}")
            exact = self._values(quote.value, OA.exact)
            values += [(quote, OA.exact, value, ox.Literal(words)) for value in exact]
        names = tuple(
            (f"{article}#char={old[0]},{old[1]}", f"{article}#char={new[0]},{new[1]}")
            for old, new in correction.moved.items()
        )
        cure = Restatement("text", tuple(values), names) if values or names else None
        doubtful = correction.doubtful or (file is not None and len(hashes) != 1)
        return _Article(
            quotes,
            correction,
            None if doubtful else cure,
            file,
            hashed,
            sum(quote.exact in text for quote in quotes),
        )

    @cached_property
    def _likely(self) -> dict[str, Path]:
        """The files that are likely the texts of articles without one, each of one article."""
        articles = set(nodes(self._store, SCHEMA.NewsArticle)) - self._texts.keys()
        found = {one: likely(self._unclaimed, self._quotes(one)) for one in sorted(articles)}
        # Of two that have one agency's text, nobody knows whose file it is.
        taken = Counter(found.values())
        return {one: file for one, file in found.items() if file is not None and taken[file] == 1}

    @cached_property
    def _unclaimed(self) -> dict[Path, str]:
        return unclaimed(self._store, self._folder)

    def _quotes(self, article: str) -> list[Quote]:
        found: list[Quote] = []
        for iri in self._all_quotes.get(article, ()):
            words = self._values(iri, OA.exact)
            if len(words) == 1:
                found.append(Quote(place(iri)[1:], words[0].value))
        return found

    @cached_property
    def _all_quotes(self) -> dict[str, list[str]]:
        """The IRIs of the quotes of texts, sorted, by their articles."""
        found: dict[str, list[str]] = {}
        quads = self._store.engine.quads_for_pattern(None, ox.NamedNode(OA.exact), None)
        quoted = (quad.subject for quad in quads)
        for iri in sorted({node.value for node in quoted if isinstance(node, ox.NamedNode)}):
            if "#char=" in iri:
                found.setdefault(place(iri)[0], []).append(iri)
        return found

    def _values(self, node: str, name: str) -> list[ox.Literal]:
        found = values_of(self._store.engine, ox.NamedNode(node), name)
        return [value for value in found if isinstance(value, ox.Literal)]
