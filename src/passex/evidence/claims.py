"""The claims of the graph: who says what, how certain, and where it stands.

The rules fill in what a claim leaves out, so that everything is read from the graph as it is; only
where a quote is, its IRI says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from ..graph.claimed import place
from ..graph.labelling import label_among, labels
from ..graph.rows import Cell, Named
from ..graph.store import Store, Term, node, text
from ..graph.terms import DCTERMS, NR, OA, PROV, local_name, shorten
from ..text.wording import quantity
from ..text.words import sentence

#: No article's text is at hand.
NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})
_ORDER: Final = {"stated": 0, "inferred": 1, "background": 2}
#: Of these, nodes are called by their labels.
_LABELLED: Final = (
    PROV.wasAttributedTo,
    NR.reportedVia,
    NR.hasValue,
    NR.quantityOf,
    NR.suppliedBy,
)

#: The columns of a claim, and of a place that proves it.
COLUMNS: Final = (
    *("claim", "on_properties", "value", "quantity", "said_by", "via", "certainty", "basis"),
    *("source", "article", "zone", "start", "end", "exact", "sentence"),
)
#: Those of them that hold nodes.
NODES: Final = frozenset({"claim", "value", "said_by", "via", "article"})
#: What stands there where no claim is.
NOTHING: Final[tuple[Cell, ...]] = (None,) * len(COLUMNS)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote: a place in an article.

    Attributes:
        iri: The IRI of the quote.
        article: The IRI of the article.
        label: The article's label: unlike a headline, it says no more than the article does.
        zone: The kind of the zone in which it stands, such as ``body``; ``row`` in a table.
        start: The first code point; the number of a row.
        end: The code point after the last; the number of a row.
        exact: The anchor phrase.
        sentence: What the article's text has before the place in its sentence, there, and after it;
            None where the text is not at hand.
    """

    iri: str
    article: str
    label: str
    zone: str
    start: int
    end: int
    exact: str
    sentence: tuple[str, str, str] | None = None

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table, whose key is no words of anybody."""
        return self.zone == "row"

    @property
    def row(self) -> str:
        """Which row of a table it is.

        Example:
            >>> Anchor("urn:t#row=17", "urn:t", "MME", "row", 17, 17, "mme87").row
            'row 17 of MME, key mme87'
        """
        return f"row {self.start} of {self.label}" + (f", key {self.exact}" if self.exact else "")


@dataclass(frozen=True, slots=True)
class Claim:
    """What someone says about a node.

    Attributes:
        iri: Its IRI.
        label: What it says, in words.
        about: The node's IRI.
        on_properties: The properties that it supports, as prefixed names, sorted.
        values: The values that it gives them, by label: nodes and texts.
        quantity: A number with its quantifier and what it counts, or an empty text.
        attributed_to: Who makes it, sorted by label.
        reported_via: The outlets through which the article has it, sorted by label.
        certainty: ``certain``, ``probable`` or ``possible``.
        basis: ``stated``, ``inferred`` or ``background``.
        evidence: Where it stands, in the order of the text.
        source: Where background knowledge comes from, or an empty text.
    """

    iri: str
    label: str
    about: str
    on_properties: tuple[str, ...]
    values: tuple[Named | str, ...]
    quantity: str
    attributed_to: tuple[Named, ...]
    reported_via: tuple[Named, ...]
    certainty: str
    basis: str
    evidence: tuple[Anchor, ...]
    source: str

    @property
    def says(self) -> str:
        """What it gives in words: its values, or the quantity."""
        return self.quantity or ", ".join(label_of(value) for value in self.values)


def label_of(value: Named | str) -> str:
    """Give the label of a node, or a text as it is."""
    return value if isinstance(value, str) else value.label


def _order(claim: Claim) -> tuple[int, list[tuple[str, int, str]]]:
    """Order claims by basis and IRI, whose numbers count as such: the longer one is the greater."""
    parts = re.findall("([^0-9]*)0*([0-9]*)", claim.iri)
    ranked = [(words, len(number), number) for words, number in parts]
    return _ORDER.get(claim.basis, 3), ranked


def claims_about(
    store: Store, about: str, texts: Mapping[str, str] = NO_TEXTS
) -> tuple[Claim, ...]:
    """Read the claims about a node, with the texts at hand by their article's IRI.

    First comes what is stated, then what is inferred, then background; in the order of their IRIs,
    the tenth claim of a file behind its second.

    Example:
        >>> from passex import load
        >>> store = load().store
        >>> [claim.basis for claim in claims_about(store, "https://w3id.org/passex/id/yokosuka")]
        ['stated', 'background', 'background']
    """
    return Claims(store, texts).about(about)


def read(store: Store, iri: str, texts: Mapping[str, str] = NO_TEXTS) -> Claim:
    """Read a claim, by its IRI."""
    return Claims(store, texts).read(iri)


class Claims:
    """Claims of a graph that stays as it is: what many of them share is read once.

    Args:
        texts: The texts at hand, by their article's IRI.

    Example:
        >>> from passex import load
        >>> claims = Claims(load().store)
        >>> [one] = [c for c in claims.about("https://w3id.org/passex/id/yokosuka") if c.evidence]
        >>> claims.read(one.iri) is one
        True
    """

    def __init__(self, store: Store, texts: Mapping[str, str] = NO_TEXTS) -> None:
        self._store, self._texts = store, texts
        self._claims: dict[str, Claim] = {}
        self._labels: dict[str, str] = {}
        self._anchors: dict[str, Anchor] = {}

    def about(self, about: str) -> tuple[Claim, ...]:
        """Read the claims about a node, as `claims_about` does."""
        claims = [self.read(iri) for iri in self._store.subjects(NR.about, about)]
        return tuple(sorted(claims, key=_order))

    def read(self, iri: str) -> Claim:
        """Read a claim, by its IRI."""
        if iri not in self._claims:
            self._claims[iri] = self._read(iri)
        return self._claims[iri]

    def _read(self, iri: str) -> Claim:
        said: dict[str, list[Term]] = {}
        for quad in self._store.engine.quads_for_pattern(node(iri), None, None, ox.DefaultGraph()):
            said.setdefault(quad.predicate.value, []).append(quad.object)

        def values(name: str) -> list[str]:
            return sorted(map(text, said.get(name, ())))

        nodes = {text(t) for p in _LABELLED for t in said.get(p, ()) if isinstance(t, ox.NamedNode)}
        label = self._called(nodes) | {iri: label_among(self._store, iri, said)}

        def named(name: str) -> tuple[Named, ...]:
            return tuple(sorted(Named(label.get(iri, iri), iri) for iri in values(name)))

        def value(term: Term) -> Named | str:
            name = text(term)
            return Named(label[name], name) if isinstance(term, ox.NamedNode) else name

        anchors = map(self._anchor, values(NR.hasEvidence))
        return Claim(
            iri=iri,
            label=label[iri],
            about="".join(values(NR.about)[:1]),
            on_properties=tuple(sorted(map(shorten, values(NR.onProperty)))),
            values=tuple(
                sorted(map(value, said.get(NR.hasValue, ())), key=lambda v: (label_of(v), str(v)))
            ),
            quantity=_quantity(values, label),
            attributed_to=named(PROV.wasAttributedTo),
            reported_via=named(NR.reportedVia),
            certainty=", ".join(map(local_name, values(NR.hasCertainty))),
            basis=", ".join(map(local_name, values(NR.hasBasis))),
            evidence=tuple(sorted(anchors, key=lambda a: (a.article, a.start, a.end, a.iri))),
            source="; ".join(values(DCTERMS.source)),
        )

    def _called(self, iris: set[str]) -> dict[str, str]:
        # A difference of the two would go through all labels that are known, for each claim.
        if missing := {iri for iri in iris if iri not in self._labels}:
            self._labels |= labels(self._store, missing)
        return {iri: self._labels[iri] for iri in iris}

    def _anchor(self, quote: str) -> Anchor:
        if quote not in self._anchors:
            self._anchors[quote] = anchor(self._store, quote, self._texts)
        return self._anchors[quote]


def _quantity(values: Callable[[str], list[str]], label: Mapping[str, str]) -> str:
    """Say a quantity: ``about 2 ships of Japan, “a group of warships”``."""
    if NR.hasQuantity not in values(NR.onProperty):
        return ""
    about = " ".join(local_name(value).replace("-", " ") for value in values(NR.hasQuantifier))
    things = " ".join(label.get(things, things) for things in values(NR.quantityOf))
    number = [quantity(about, " ".join(values(NR.hasValue)), things)]
    number += [f"of {label.get(actor, actor)}" for actor in values(NR.suppliedBy)]
    return ", ".join([" ".join(number), *(f"“{words}”" for words in values(NR.quantityWords))])


def anchor(store: Store, quote: str, texts: Mapping[str, str] = NO_TEXTS) -> Anchor:
    """Read a quote, by its IRI, which says where it is.

    What cannot be known is empty, and -1 for a position.
    """
    article, start, end = place(quote)
    zones = store.objects(quote, NR.inZone)
    kinds = [local_name(kind) for zone in zones for kind in store.objects(zone, NR.hasKind)]
    if "#row=" in quote:
        kinds = ["row"]
    text = texts.get(article)
    return Anchor(
        iri=quote,
        article=article,
        label=labels(store, [article])[article] if article else "",
        zone=kinds[0] if kinds else "",
        start=start,
        end=end,
        exact="".join(store.objects(quote, OA.exact)[:1]),
        sentence=None if text is None else sentence(text, start, end),
    )


def claim_rows(claims: Iterable[Claim]) -> Iterator[tuple[Cell, ...]]:
    """Give a row of `COLUMNS` a claim and place; `NOTHING`, once, if there is no claim."""
    claim = None
    for claim in claims:
        claimed: tuple[Cell, ...] = (
            Named(claim.label, claim.iri),
            claim.on_properties,
            claim.values or None,
            claim.quantity or None,
            claim.attributed_to,
            claim.reported_via,
            claim.certainty or None,
            claim.basis or None,
            claim.source or None,
        )
        for anchor in claim.evidence:
            yield (
                *claimed,
                Named(anchor.label, anchor.article) if anchor.article else None,
                anchor.zone or None,
                anchor.start,
                anchor.end,
                anchor.exact,
                None if anchor.sentence is None else "".join(anchor.sentence),
            )
        if not claim.evidence:
            yield (*claimed, *NOTHING[len(claimed) :])
    if claim is None:
        yield NOTHING
