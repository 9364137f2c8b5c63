"""Annotations: the quotes of articles, with what they prove, for tools that show and keep such.

W3C Web Annotation Data Model (2017) as JSON-LD: one page of a collection, an annotation a quote.
Its target is the place in the article, by three selectors; its bodies are the claims that the quote
bears, each with its text and with all that the graph says of it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from ..evidence.claims import Anchor, anchor
from ..graph.labelling import labels
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import NR, NRC, ORG, PROV, RDF, RDFS, shorten

_COLLECTION: Final = "https://w3id.org/passex/annotations"
_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
#: Beside those of that context, in which `id` is a word of its own.
_PREFIXES: Final = {
    "nr": NR.iri,
    "nrc": NRC.iri,
    "org": ORG.iri,
    "prov": PROV.iri,
}
_KNOWN: Final = (*_PREFIXES, "dcterms", "rdfs", "xsd")
#: Said of an annotation in other words.
_SAID: Final = frozenset({NR.hasEvidence, RDF.type, RDFS.label})
#: By the kind of fragment: what it conforms to, as the data model lists it.
_RFC: Final = {
    "char": "http://tools.ietf.org/rfc/rfc5147",
    "row": "http://tools.ietf.org/rfc/rfc7111",
}


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotes of a graph.

    Attributes:
        store: The graph.
        about: The nodes that the quotes are to say something about; None for all quotes.
    """

    store: Store
    about: Collection[str] | None = None


def write(quotes: Quotes) -> Iterator[str]:
    """Write an annotation a quote, in the order of articles and places."""
    store = quotes.store
    claims: defaultdict[str, list[str]] = defaultdict(list)
    rows = store.rows(
        """# Which claims each quote bears.
        SELECT ?quote ?claim ?node {
            ?quote oa:exact ?words OPTIONAL { ?claim nr:hasEvidence ?quote ; nr:about ?node }
        }"""
    )
    for quote, claim, node in rows:
        if quotes.about is None or node in quotes.about:
            claims[str(quote)] += [claim] if claim else []
    found = sorted(
        (anchor(store, quote) for quote in claims),
        key=lambda place: (place.article, place.start, place.end, place.iri),
    )
    head = {
        "@context": [_CONTEXT, _PREFIXES],
        "id": _COLLECTION,
        "type": "AnnotationCollection",
        "total": len(found),
    }
    page = {
        "id": f"{_COLLECTION}/1",
        "type": "AnnotationPage",
        "partOf": _COLLECTION,
        "startIndex": 0,
    }
    # An array that is written item by item, inside of two objects.
    yield f'{_text(head)[:-1]},\n"first": {_text(page)[:-1]},\n"items": ['
    comma = "\n"
    for place in found:
        yield comma + _text(_annotation(store, place, sorted(set(claims[place.iri]))))
        comma = ",\n"
    yield "\n]}}\n"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _annotation(store: Store, place: Anchor, claims: list[str]) -> dict[str, Any]:
    fragment = place.iri.removeprefix(f"{place.article}#")
    selectors: list[dict[str, Any]] = [
        {
            "type": "FragmentSelector",
            "conformsTo": _RFC["row" if place.zone == "row" else "char"],
            "value": fragment,
        },
        {"type": "TextQuoteSelector", "exact": place.exact},
    ]
    if place.zone != "row":
        position = {"type": "TextPositionSelector", "start": place.start, "end": place.end}
        selectors.insert(0, position)
    called = labels(store, claims)
    bodies = [_body(store, claim, called[claim]) for claim in claims]
    return {
        "id": f"{place.article}#annotation-{fragment}",
        "type": "Annotation",
        "motivation": "describing",
        **({"body": bodies} if bodies else {}),
        "target": {
            "id": place.iri,
            "type": "SpecificResource",
            "source": place.article,
            "selector": selectors,
        },
    }


def _body(store: Store, claim: str, label: str) -> dict[str, Any]:
    """Describe a claim: a text for people, and its triples as they are."""
    body: dict[str, Any] = {
        "id": claim,
        "type": ["TextualBody", "nr:Claim"],
        "value": label,
        "format": "text/plain",
        "language": "en",
        "purpose": "describing",
    }
    said: defaultdict[str, list[Any]] = defaultdict(list)
    for quad in store.engine.quads_for_pattern(term_of(claim), None, None, ox.DefaultGraph()):
        if quad.predicate.value not in _SAID:
            said[_name(quad.predicate.value)].append(_value(quad.object))
    for name in sorted(said):
        body[name] = sorted(said[name], key=_text)
    return body


def _name(iri: str) -> str:
    short = shorten(iri)
    return short if short.partition(":")[0] in _KNOWN else iri


def _value(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"id": _name(term.value) if isinstance(term, ox.NamedNode) else str(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    return {"@value": term.value, "@type": _name(term.datatype.value)}
