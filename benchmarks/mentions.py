"""Measure how much of what the encoded articles rest on a draft finds, and how much of it is right.

    PASSEX_TEXTS=../shared/articles python benchmarks/mentions.py

The files in graph/articles are what people wrote. From them come, as what is to be found,

- *named*: an actor or a place, and a quote of a claim or node that has to do with it, where a name
  of it stands in the quote as it stands in the graph;
- *quoted*: the same, whether it is named there or meant ("the two countries", "his counterpart");
- *times*: the words for a time that stand on a node, and its days.

A draft finds an actor if one of its mentions lies in the quote and has the node's IRI or a name of
it. It is *right* if a mention that isn't asked about, wherever in the body, is of a node that the
article's file has. Once, the draft knows the whole graph; once, the gazetteer alone, as for an
article about actors that nobody has encoded yet.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from passex.curation.draft.drafting import Draft, draft
from passex.curation.draft.mentions import Actor, Date, Person, Place, Ship
from passex.evidence.texts import read_texts
from passex.graph import store
from passex.graph.claimed import place
from passex.graph.folding import fold
from passex.graph.store import Store
from passex.graph.terms import NR, OA, PREFIXES, RDF, RDFS, SKOS

#: The days of the articles, as docs/articles.md has them.
_DAYS = {"2017-tokyo-visit": "2017-12-14", "2018-passex": "2018-08-21", "2026-yokosuka-talks": None}
_CLASSES = {
    "states": ("State", "Territory"),
    "services, formations, bodies": ("Navy", "Service", "Formation", "Institution", "Organisation"),
    "ships": ("Ship",),
    "persons": ("Person",),
    "places": ("Place",),
}
_WHO = Actor, Ship, Person, Place


def main() -> None:
    """Print a table for each of the two graphs."""
    whole = store.load()
    texts = read_texts(whole, os.environ["PASSEX_TEXTS"])
    for what, known in (("the whole graph", whole), ("the gazetteer alone", store.ontology())):
        counts: Counter[tuple[str, str]] = Counter()
        for slug, day in _DAYS.items():
            article = f"{PREFIXES['id']}article-{slug}"
            text = texts[article]
            given = date.fromisoformat(day) if day else None
            # Another name: the graph has an article of this one.
            made = draft(text, f"{slug}-again", known, given)
            _measure(whole, article, made, counts)
        print(f"With {what}:\n")
        print("| what | named: found | quoted: found | mentions: right | asked about |")
        print("| --- | --- | --- | --- | --- |")
        for kind in _CLASSES:
            cells = [_share(counts, kind, part) for part in ("named", "quoted", "right")]
            print(f"| {kind} | {' | '.join(cells)} | {counts[kind, 'asked']} |")
        found, right = _share(counts, "times", "named"), _share(counts, "times", "right")
        print(f"| times | {found} | | {right} | {counts['times', 'asked']} |\n")


def _share(counts: Counter[tuple[str, str]], kind: str, part: str) -> str:
    return f"{counts[kind, part]} of {counts[kind, part + ' all']}"


def _measure(whole: Store, article: str, made: Draft, counts: Counter[tuple[str, str]]) -> None:
    [body] = [zone for zone in made.zones if zone.kind == "body"]
    kinds = {name: kind for kind, names in _CLASSES.items() for name in names}
    nodes = {iri: kinds[of] for iri, of in _classes(whole) if of in kinds}
    names = {iri: _names(whole, iri) for iri in nodes}
    quoted = sorted({pair for pair in _quoted(whole, article) if pair[1] in nodes})
    mentions = [mention for mention in made.mentions if isinstance(mention, _WHO)]
    for quote, iri in quoted:
        _, start, end = place(quote)
        if not body.start <= start < end <= body.end:
            continue
        kind = nodes[iri]
        inside = [m for m in mentions if m.start < end and start < m.end]
        found = any(m.iri == iri or fold(m.label) in names[iri] for m in inside)
        counts[kind, "quoted all"] += 1
        counts[kind, "quoted"] += found
        text = " ".join(whole.objects(quote, OA.exact))
        if any(re.search(rf"\b{re.escape(name)}\b", fold(text)) for name in names[iri]):
            counts[kind, "named all"] += 1
            counts[kind, "named"] += found
    there = {iri for _, iri in quoted}
    called = {name for iri in there for name in names[iri]}
    for mention in mentions:
        of = mention.of if isinstance(mention, Actor) else type(mention).__name__
        if of not in kinds:
            continue
        if mention.ask:
            counts[kinds[of], "asked"] += 1
            continue
        counts[kinds[of], "right all"] += 1
        counts[kinds[of], "right"] += mention.iri in there or fold(mention.label) in called
    _times(whole, article, made, counts)


def _times(whole: Store, article: str, made: Draft, counts: Counter[tuple[str, str]]) -> None:
    dates = [mention for mention in made.mentions if isinstance(mention, Date)]
    counts["times", "asked"] += sum(bool(d.ask) for d in dates)
    rows = whole.rows(
        f"""SELECT DISTINCT ?node ?words ?first ?last {{
            ?node nr:dateWords ?words . ?claim nr:about ?node ; nr:hasEvidence ?quote .
            FILTER(STRSTARTS(STR(?quote), "{article}#")) FILTER(?node != <{article}>)
            OPTIONAL {{ ?node nr:earliest ?first }} OPTIONAL {{ ?node nr:latest ?last }}
        }}"""
    )
    for _, words, first, last in rows:
        same = [
            d for d in dates if str(words).lower() in d.text.lower() or d.text.lower() in str(words)
        ]
        counts["times", "named all"] += 1
        counts["times", "named"] += bool(same)
        if same:
            days = {(d.earliest, d.latest) for d in same if not d.ask}
            counts["times", "right all"] += bool(days)
            counts["times", "right"] += (str(first or ""), str(last or "")) in days


def _quoted(whole: Store, article: str) -> Iterator[tuple[str, str]]:
    """Pair each quote of an article with the nodes that what rests on it is about."""
    rows = whole.rows(
        f"""SELECT DISTINCT ?quote ?node {{
            ?by nr:hasEvidence ?quote . FILTER(STRSTARTS(STR(?quote), "{article}#"))
            {{ ?by nr:about|nr:hasValue|prov:wasAttributedTo|org:member|org:organization ?node }}
            UNION {{ ?by nr:about/(org:member|org:organization|nr:hasParticipant) ?node }}
            FILTER(isIRI(?node))
        }}"""
    )
    for quote, node in rows:
        yield str(quote), str(node)


def _classes(whole: Store) -> Iterator[tuple[str, str]]:
    # The most special class that is counted: a navy is a service too.
    for of in (
        "Service",
        "Institution",
        "Organisation",
        "Formation",
        "Navy",
        "Ship",
        "Person",
        "Place",
    ):
        for iri in whole.subjects(RDF.type, NR[of]):
            yield iri, of
    for of in ("State", "Territory"):
        for iri in whole.subjects(RDF.type, NR[of]):
            yield iri, of


def _names(whole: Store, iri: str) -> set[str]:
    listed = [*whole.objects(iri, RDFS.label), *whole.objects(iri, SKOS.altLabel)]
    return {fold(name) for name in listed}


if __name__ == "__main__":
    main()
