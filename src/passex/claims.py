"""The claims of the graph: who says what, how certain, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from . import vocabulary
from .names import labels
from .store import Store, node
from .vocabulary import NR, PREFIXES, local_name, shorten

_OA = PREFIXES["oa"]


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
    """

    iri: str
    article: str
    label: str
    zone: str
    start: int
    end: int
    exact: str


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
        attributed_to: Who makes it, as (IRI, label), sorted by label.
        reported_via: Labels of the outlets through which the article has it, sorted.
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
    attributed_to: tuple[tuple[str, str], ...]
    reported_via: tuple[str, ...]
    certainty: str
    basis: str
    evidence: tuple[Anchor, ...]
    source: str


def claims_about(store: Store, about: str) -> tuple[Claim, ...]:
    """Read the claims about a node.

    Args:
        store: The graph.
        about: The node's IRI.

    Returns:
        Its claims: first what is stated, then what is inferred, then background; in the order of
        their IRIs.

    Example:
        >>> from passex.store import load
        >>> claims_about(load(), "https://w3id.org/passex/id/japan")[0].basis
        'background'
    """
    order = {"stated": 0, "inferred": 1, "background": 2}
    claims = [_read(store, iri, about) for iri in store.subjects(NR + "about", about)]
    return tuple(sorted(claims, key=lambda claim: (order.get(claim.basis, 3), claim.iri)))


def _read(store: Store, iri: str, about: str) -> Claim:
    def values(term: str) -> list[str]:
        return store.objects(iri, term)

    speakers = values(PREFIXES["prov"] + "wasAttributedTo")
    via = values(NR + "reportedVia")
    called = labels(store, [iri, *speakers, *via])
    anchors = (anchor(store, evidence) for evidence in values(NR + "hasEvidence"))
    return Claim(
        iri=iri,
        label=called[iri],
        about=about,
        on_properties=tuple(sorted(shorten(term) for term in values(NR + "onProperty"))),
        value=", ".join(_values(store, iri)),
        quantity=_quantity(store, iri),
        attributed_to=tuple(sorted(((s, called[s]) for s in speakers), key=lambda s: s[1])),
        reported_via=tuple(sorted(called[outlet] for outlet in via)),
        certainty=", ".join(local_name(v) for v in values(NR + "hasCertainty")),
        basis=", ".join(local_name(v) for v in values(NR + "hasBasis")),
        evidence=tuple(sorted(anchors, key=lambda a: (a.article, a.start, a.end, a.iri))),
        source="; ".join(values(PREFIXES["dcterms"] + "source")),
    )


def _values(store: Store, iri: str) -> list[str]:
    quads = store.engine.quads_for_pattern(node(iri), ox.NamedNode(NR + "hasValue"), None, None)
    values = [quad.object for quad in quads]
    called = labels(store, (value.value for value in values if isinstance(value, ox.NamedNode)))
    return sorted(
        called[value.value] if isinstance(value, ox.NamedNode) else value.value
        for value in values
        if not isinstance(value, ox.Triple)
    )


def _quantity(store: Store, iri: str) -> str:
    words = [
        *(
            local_name(v).replace("-", " ")
            for v in store.objects(iri, NR + "hasQuantifier")
            if local_name(v) != "exactly"
        ),
        *store.objects(iri, NR + "hasQuantity"),
        *store.objects(iri, NR + "quantityOf"),
    ]
    return " ".join(words)


def anchor(store: Store, evidence: str) -> Anchor:
    """Read one piece of evidence.

    Args:
        store: The graph.
        evidence: Its IRI.

    Returns:
        The place. What the graph leaves out is empty, and -1 for a position.
    """
    selectors = store.objects(evidence, _OA + "hasSelector")
    article = _first(store.objects(evidence, _OA + "hasSource"))
    zone = _first(store.objects(evidence, NR + "inZone"))
    found = {
        name: _first([v for s in selectors for v in store.objects(s, _OA + name)])
        for name in ("start", "end", "exact")
    }
    return Anchor(
        iri=evidence,
        article=article,
        label=labels(store, [article])[article] if article else "",
        zone=local_name(_first(store.objects(zone, vocabulary.NR + "hasKind"))) if zone else "",
        start=number(found["start"]),
        end=number(found["end"]),
        exact=found["exact"],
    )


def number(text: str) -> int:
    """Read a position.

    Args:
        text: The digits.

    Returns:
        The number, or -1 where the text is none.

    Example:
        >>> number("12"), number("")
        (12, -1)
    """
    return int(text) if text.isdecimal() else -1


def _first(values: list[str]) -> str:
    return values[0] if values else ""
