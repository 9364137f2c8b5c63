"""How much of what a graph holds."""

from __future__ import annotations

from dataclasses import dataclass

from . import vocabulary
from .store import Store
from .vocabulary import NR


@dataclass(frozen=True, slots=True)
class Census:
    """Counts of what a graph holds.

    Attributes:
        triples: All triples, derived ones too.
        derived: How many of them the rules added.
        files: How many files the facts came from.
        articles: How many articles there are.
        evidence: How many pieces of evidence.
        classes: The number of nodes of each class of our ontology (subclasses apart), by label.
        claims: The number of claims on each basis, by the local name of the basis.
    """

    triples: int
    derived: int
    files: int
    articles: int
    evidence: int
    classes: dict[str, int]
    claims: dict[str, int]


def count(store: Store) -> Census:
    """Count what a graph holds.

    Args:
        store: A store with its derived triples.

    Returns:
        The counts; what does not occur is left out of the dictionaries.

    Example:
        >>> from passex import load
        >>> count(load().store).articles
        3
    """

    def number(pattern: str) -> int:
        (row,) = store.rows(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(str(row[0]))

    classes = store.rows(
        f"""SELECT ?label (COUNT(?node) AS ?n) {{
            ?class a owl:Class ; rdfs:label ?label FILTER(STRSTARTS(STR(?class), "{NR}"))
            ?node a ?class
        }} GROUP BY ?label ORDER BY ?label"""
    )
    claims = store.rows(
        "SELECT ?basis (COUNT(?claim) AS ?n) { ?claim nr:hasBasis ?basis } "
        "GROUP BY ?basis ORDER BY DESC(?n)"
    )
    return Census(
        triples=len(store),
        derived=sum(number(f"?s <{term}> ?o") for term in vocabulary.DERIVED),
        files=len(store.files),
        articles=number(f"?a a <{vocabulary.ARTICLE}>"),
        evidence=number("?e a oa:SpecificResource"),
        classes={str(label): int(str(n)) for label, n in classes},
        claims={vocabulary.local_name(str(basis)): int(str(n)) for basis, n in claims},
    )
