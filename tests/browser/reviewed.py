"""An invented article under review: overlapping quotes, weak zones, comments, many letters."""

from __future__ import annotations

import hashlib
from pathlib import Path

HEADLINE = "Marn and Lyr train \N{SHIP} together"
SENTENCES = (
    "The navies of Marn and Lyr trained off Port Lumen on Monday.",
    "Two Marnish frigates \N{SHIP} led the line.",
    "It rained.",
    "שני הציים התאמנו בים.",
    '"We shall meet again," said Admiral <Ada> Élan & her staff.',
    "Nobody knows when.",
)
COMMENTS = "Reader comments\n\nUmber was there too."
BODY = f"{SENTENCES[0]} {SENTENCES[1]}\n\n{' '.join(SENTENCES[2:5])}\n{SENTENCES[5]}"
TEXT = f"{HEADLINE}\n\n{BODY}\n\n{COMMENTS}\n"

TRAIN = "train \N{SHIP} together"
TWO = "Two Marnish frigates \N{SHIP} led"

#: A label that wants to be markup, to turn the writing round, and to steer a terminal.
HOSTILE = "</h1><script>alert(1)</script>\N{RIGHT-TO-LEFT OVERRIDE}\x1b[31m\x00 & co."


def place(words: str) -> tuple[int, int]:
    """Where words stand in the text, for the first time."""
    at = TEXT.index(words)
    return at, at + len(words)


def quote(words: str) -> str:
    """The name of the quote of some words."""
    return "<#char={},{}>".format(*place(words))


def turtle(label: str = "Article on a drill off Port Lumen", text: str = TEXT) -> str:
    """The article's file."""
    escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x20 else c for c in label)
    quotes = (
        *(TRAIN, "The navies of Marn and Lyr", "Marn and Lyr trained"),
        *("trained off Port Lumen", TWO, "הציים התאמנו"),
        *("Admiral <Ada> Élan", "Umber was there"),
    )
    lines = "".join(f'{quote(words)} oa:exact "{words}" .\n' for words in quotes)
    return f"""\
@base <https://w3id.org/passex/id/article-2031-lumen> .
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix schema: <https://schema.org/> .
<> a schema:NewsArticle ; rdfs:label "{escaped}"@en ; dcterms:title "{HEADLINE}" ;
    nr:sha256 "{hashlib.sha256(text.encode()).hexdigest()}" ; nr:textLength {len(text)} ;
    nr:earliest "2031-06-02"^^xsd:date ; nr:latest "2031-06-02"^^xsd:date ;
    nr:hasZone {quote(HEADLINE)}, {quote(BODY)}, {quote(COMMENTS)} .
{quote(HEADLINE)} nr:hasKind nrc:headline .
{quote(BODY)} nr:hasKind nrc:body .
{quote(COMMENTS)} nr:hasKind nrc:comments .
{lines}
id:marn a nr:Navy ; rdfs:label "Navy of Marn"@en .
id:lyr a nr:Navy ; rdfs:label "Navy of Lyr"@en .
id:ada a nr:Person ; rdfs:label "Ada <b>Élan</b>"@en .
id:drill a nr:Exercise ; rdfs:label "Drill off Port Lumen"@en ; nr:hasStatus nrc:held ;
    nr:hasParticipant id:marn, id:lyr ; nr:hasDomain nrc:naval .
<#c0> nr:about <> ; nr:onProperty nr:earliest, nr:latest ; nr:hasValue "2031-06-02"^^xsd:date ;
    dcterms:source "The agency's archive" .
<#c1> nr:about id:drill ; nr:onProperty nr:hasParticipant ; nr:hasValue id:marn, id:lyr ;
    nr:hasEvidence {quote("The navies of Marn and Lyr")}, {quote("Marn and Lyr trained")} .
<#c2> nr:about id:drill ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:held ;
    nr:hasEvidence {quote("Marn and Lyr trained")}, {quote("trained off Port Lumen")} .
<#c3> nr:about id:drill ; nr:onProperty nr:hasDomain ; nr:hasValue nrc:naval ;
    nr:hasBasis nrc:inferred ; nr:hasCertainty nrc:probable ;
    nr:hasEvidence {quote("The navies of Marn and Lyr")} ; rdfs:label "Navies train at sea"@en .
<#c4> nr:about id:drill ; nr:hasValue 2 ; nr:quantityOf nrc:ships ;
    nr:hasEvidence {quote(TWO)} .
<#c5> nr:about id:drill ; nr:onProperty nr:hasStatus ; nr:hasValue nrc:held ;
    prov:wasAttributedTo id:ada ; nr:hasEvidence {quote("Admiral <Ada> Élan")} .
<#c6> nr:about id:drill ; nr:onProperty nr:hasKind ; nr:hasValue nrc:passing-exercise ;
    nr:hasCertainty nrc:possible ; nr:hasEvidence {quote(TRAIN)} .
"""


def write(folder: Path, label: str = "Article on a drill off Port Lumen") -> tuple[Path, Path]:
    """Write the article's file and a folder with its text, and give their paths."""
    file, texts = folder / "2031-lumen.ttl", folder / "texts"
    texts.mkdir()
    file.write_text(turtle(label), encoding="utf-8")
    (texts / "lumen.txt").write_text(TEXT, encoding="utf-8", newline="")
    return file, texts
