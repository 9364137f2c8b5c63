"""The claims of the graph: who says what, how certain, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import pyoxigraph as ox

from ..graph.names import labels
from ..graph.rows import Cell, Named
from ..graph.store import Store, node
from ..graph.terms import DCTERMS, NR, OA, PROV, local_name, shorten

#: No article's text is at hand.
NO_TEXTS: Final[Mapping[str, str]] = MappingProxyType({})
_ORDER: Final = {"stated": 0, "inferred": 1, "background": 2}
#: Closing quotation marks may stand between a full stop and the space after it.
_CLOSING: Final = "['\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]*"
_BREAK: Final = re.compile(rf"[.!?]{_CLOSING}\s+|\n")
_STOP: Final = re.compile(rf"[.!?]{_CLOSING}(?=\s|$)|(?=\n)|$")

#: The columns of a claim, and of a place that proves it.
COLUMNS: Final = (
    *("claim", "on_properties", "value", "quantity", "said_by", "via", "certainty", "basis"),
    *("source", "article", "zone", "start", "end", "exact", "sentence"),
)
#: Those of them that hold nodes.
NODES: Final = frozenset({"claim", "said_by", "via", "article"})
#: What stands there where no claim is.
NOTHING: Final[tuple[Cell, ...]] = (None,) * len(COLUMNS)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in an article.

    Attributes:
        iri: The IRI of the piece of evidence.
        article: The IRI of the article.
        label: The article's label: unlike a headline, it says no more than the article does.
        zone: The kind of the zone in which it stands, such as ``body``.
        start: The first code point.
        end: The code point after the last.
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


@dataclass(frozen=True, slots=True)
class Claim:
    """What someone says about a node.

    Attributes:
        iri: Its IRI.
        label: What it says, in words.
        about: The node's IRI.
        on_properties: The properties that it supports, as prefixed names, sorted.
        value: The value that it gives, where the node does not have it: a label or text.
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
    value: str
    quantity: str
    attributed_to: tuple[Named, ...]
    reported_via: tuple[Named, ...]
    certainty: str
    basis: str
    evidence: tuple[Anchor, ...]
    source: str


def claims_about(
    store: Store, about: str, texts: Mapping[str, str] = NO_TEXTS
) -> tuple[Claim, ...]:
    """Read the claims about a node, with the texts at hand by their article's IRI.

    First comes what is stated, then what is inferred, then background; in the order of their IRIs.

    Example:
        >>> from passex.graph.store import load
        >>> [claim.basis for claim in claims_about(load(), "https://w3id.org/passex/id/yokosuka")]
        ['stated', 'background']
    """
    claims = [_read(store, iri, about, texts) for iri in store.subjects(NR.about, about)]
    return tuple(sorted(claims, key=lambda claim: (_ORDER.get(claim.basis, 3), claim.iri)))


def _read(store: Store, iri: str, about: str, texts: Mapping[str, str]) -> Claim:
    def values(term: str) -> list[str]:
        return store.objects(iri, term)

    speakers = values(PROV.wasAttributedTo)
    via = values(NR.reportedVia)
    label = labels(store, [iri, *speakers, *via])
    anchors = (anchor(store, evidence, texts) for evidence in values(NR.hasEvidence))
    return Claim(
        iri=iri,
        label=label[iri],
        about=about,
        on_properties=tuple(sorted(shorten(term) for term in values(NR.onProperty))),
        value=", ".join(_values(store, iri)),
        quantity=_quantity(store, iri),
        attributed_to=tuple(sorted(Named(label[speaker], speaker) for speaker in speakers)),
        reported_via=tuple(sorted(Named(label[outlet], outlet) for outlet in via)),
        certainty=", ".join(local_name(v) for v in values(NR.hasCertainty)),
        basis=", ".join(local_name(v) for v in values(NR.hasBasis)),
        evidence=tuple(sorted(anchors, key=lambda a: (a.article, a.start, a.end, a.iri))),
        source="; ".join(values(DCTERMS.source)),
    )


def _values(store: Store, iri: str) -> list[str]:
    quads = store.engine.quads_for_pattern(node(iri), ox.NamedNode(NR.hasValue), None, None)
    values = [quad.object for quad in quads]
    label = labels(store, (value.value for value in values if isinstance(value, ox.NamedNode)))
    return sorted(
        label[value.value] if isinstance(value, ox.NamedNode) else value.value
        for value in values
        if not isinstance(value, ox.Triple)
    )


def _quantity(store: Store, iri: str) -> str:
    about = (local_name(value) for value in store.objects(iri, NR.hasQuantifier))
    about = (word.replace("-", " ") for word in about if word != "exactly")
    number, things = store.objects(iri, NR.hasQuantity), store.objects(iri, NR.quantityOf)
    return " ".join([*about, *number, *things])


def anchor(store: Store, evidence: str, texts: Mapping[str, str] = NO_TEXTS) -> Anchor:
    """Read one piece of evidence, by its IRI.

    What the graph leaves out is empty, and -1 for a position.
    """
    selectors = store.objects(evidence, OA.hasSelector)
    article = _first(store.objects(evidence, OA.hasSource))
    zone = _first(store.objects(evidence, NR.inZone))
    first, last, exact = (
        _first([value for selector in selectors for value in store.objects(selector, OA[name])])
        for name in ("start", "end", "exact")
    )
    start, end = number(first), number(last)
    text = texts.get(article)
    return Anchor(
        iri=evidence,
        article=article,
        label=labels(store, [article])[article] if article else "",
        zone=local_name(_first(store.objects(zone, NR.hasKind))) if zone else "",
        start=start,
        end=end,
        exact=exact,
        sentence=None if text is None else sentence(text, start, end),
    )


def number(text: str) -> int:
    """Read a position; what is no number is -1.

    Example:
        >>> number("12"), number("")
        (12, -1)
    """
    return int(text) if text.isdecimal() else -1


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def sentence(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Find the sentence around an anchor.

    A sentence ends with a full stop, a question or an exclamation mark before a space, or with a
    line. Abbreviations are not known: a sentence may come out too short, never wrong.

    What is returned stands before the anchor in its sentence, is the anchor, and stands after it.

    Example:
        >>> sentence("Ships met. Two navies trained at sea. It rained.", 15, 21)
        ('Two ', 'navies', ' trained at sea.')
    """
    before = max((match.end() for match in _BREAK.finditer(text[:start])), default=0)
    stop = _STOP.search(text, end)
    after = stop.end() if stop else len(text)
    return text[before:start].lstrip(), text[start:end], text[end:after]


def claim_rows(claims: Iterable[Claim]) -> Iterator[tuple[Cell, ...]]:
    """Give a row of `COLUMNS` a claim and place; `NOTHING`, once, if there is no claim."""
    claim = None
    for claim in claims:
        claimed: tuple[Cell, ...] = (
            Named(claim.label, claim.iri),
            claim.on_properties,
            claim.value or None,
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
