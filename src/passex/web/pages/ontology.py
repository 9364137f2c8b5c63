"""The page of the ontology: each term with its definition, examples, use and questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ...graph.terms import shorten
from ..vocabulary import PARTS, SAID, Term, Vocabulary
from .frame import Child, Html, address, el, formats, join, page, several
from .tables import pairs

#: What is counted of a term, by the part of the page that it is in.
_COUNTED: Final = {
    "Classes": ("node", "nodes"),
    "Properties": ("statement", "statements"),
    "Concepts": ("use", "uses"),
}


def ontology_page(found: Vocabulary, given: Mapping[str, str]) -> str:
    """Write the page of all terms, with a list of them before each part."""
    parts = []
    for name in PARTS:
        terms = [term for term in found.terms if term.part == name]
        index = several(el("a", term.label, href=f"#{_anchor(term.iri)}") for term in terms)
        parts += [el("h2", name, f" ({len(terms)})"), el("p", index)]
        parts += [_term(term, found) for term in terms]
    return page("The ontology", *parts, formats("/ontology", {}, ("turtle", "jsonld", "rdfxml")))


def _anchor(iri: str) -> str:
    return shorten(iri).strip("<>")


def _term(term: Term, found: Vocabulary) -> Html:
    known = {one.iri for one in found.terms}

    def value(text: str) -> Child:
        if text in known:
            return el("a", found.labels.get(text, shorten(text)), href=f"#{_anchor(text)}")
        return shorten(text) if "://" in text and " " not in text else text

    lines: list[tuple[Child, Child]] = [
        (name, several((value(text) for text in term.said[iri]), "; "))
        for name, iri in SAID.items()
        if iri in term.said
    ]
    one, more = _COUNTED[term.part]
    lines.append(("In the graph", f"{term.used} {one if term.used == 1 else more}"))
    if term.questions:
        links = (el("a", name, href=f"/ask/{name}") for name in term.questions)
        lines.append(("Questions", several(links)))
    heading = el("a", term.label, href=address(term.iri))
    code = el("code", shorten(term.iri))
    return join(el("h3", heading, " ", code, id=_anchor(term.iri)), pairs(lines))
