"""Counts of what a graph holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from ..text.wording import say
from .labelling import labels
from .rows import Table, Tabular
from .store import Store
from .terms import DERIVED, DERIVED_CLASSES, FILLED, NR, SCHEMA, local_name, shorten

_COUNTS: Final = f"""# How many triples, derived triples, articles and quotes there are.
SELECT ?what ?number {{
    {{ SELECT ("triples" AS ?what) (COUNT(*) AS ?number) {{ ?s ?p ?o }} }}
    UNION
    {{ SELECT ("derived triples" AS ?what) (COUNT(*) AS ?number) {{
        {{ VALUES ?p {{ {" ".join(f"<{term}>" for term in DERIVED)} }} ?s ?p ?o }}
        UNION {{ GRAPH <{FILLED}> {{ ?s ?p ?o }} }} }} }}
    UNION
    {{ SELECT ("articles" AS ?what) (COUNT(*) AS ?number) {{ ?s a <{SCHEMA.NewsArticle}> }} }}
    UNION
    {{ SELECT ("evidence" AS ?what) (COUNT(*) AS ?number) {{ ?s a nr:Quote }} }}
}}"""
_CLASSES: Final = f"""# How many nodes of each class of our ontology there are, and what is above.
SELECT ?class ?above (COUNT(?node) AS ?number) {{
    ?class a owl:Class FILTER(STRSTARTS(STR(?class), "{NR}"))
    OPTIONAL {{ ?class rdfs:subClassOf ?above FILTER(STRSTARTS(STR(?above), "{NR}")) }}
    ?node a ?class
}} GROUP BY ?class ?above"""
_ANY_CLASS: Final = """# How many nodes of each class there are.
SELECT ?class (COUNT(DISTINCT ?node) AS ?number) { ?node a ?class FILTER(isIRI(?class)) }
GROUP BY ?class ORDER BY DESC(?number) STR(?class)"""
_QUOTED: Final = """# How many quotes there are, whose class the facts leave to the rules.
SELECT (COUNT(DISTINCT ?quote) AS ?number) { ?quote oa:exact ?text }"""
_CLAIMS: Final = """# How many claims there are on each basis.
SELECT ?basis (COUNT(?claim) AS ?number) { ?claim nr:hasBasis ?basis }
GROUP BY ?basis ORDER BY DESC(?number) ?basis"""


@dataclass(frozen=True, slots=True)
class Census(Tabular):
    """Counts of what a graph holds.

    Attributes:
        triples: All triples, derived ones too.
        derived: How many of them the rules added.
        files: How many files the facts came from.
        articles: How many articles there are.
        evidence: How many quotes.
        classes: The number of nodes of each class of our ontology (subclasses apart), by label.
        claims: The number of claims on each basis, by the local name of the basis.
        graphs: How many named graphs the files have.
    """

    triples: int
    derived: int
    files: int
    articles: int
    evidence: int
    classes: dict[str, int]
    claims: dict[str, int]
    graphs: int = 0

    def __repr__(self) -> str:
        """Say the size of the graph, in a line."""
        return f"<Census: {self.triples} triples, {say(self.articles, 'article')}>"

    def table(self) -> Table:
        """Give a row a count."""
        rows = (
            ("triples", self.triples),
            ("derived triples", self.derived),
            ("files", self.files),
            *([("named graphs", self.graphs)] if self.graphs else ()),
            ("articles", self.articles),
            ("quotes", self.evidence),
            *((f"claims, {basis}", number) for basis, number in self.claims.items()),
            *((f"nodes of class {label}", number) for label, number in self.classes.items()),
        )
        return Table(("what", "number"), rows, caption="What the graph holds")


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
    if store.plain:
        return _of_files(store)

    def numbers(query: str) -> dict[str, int]:
        return {str(name): int(str(number)) for name, number in store.rows(query)}

    counts = numbers(_COUNTS)
    found = instances(store)
    label = labels(store, found)
    labelled = {label[iri]: found[iri] for iri in sorted(found, key=label.__getitem__)}
    return Census(
        triples=counts["triples"],
        derived=counts["derived triples"],
        files=len(store.files),
        articles=counts["articles"],
        evidence=counts["evidence"],
        classes=labelled,
        claims={local_name(basis): number for basis, number in numbers(_CLAIMS).items()},
        graphs=len(store.graphs),
    )


def _of_files(store: Store) -> Census:
    """Count what files of whatever vocabulary hold: classes are of any, by prefixed name or IRI."""
    counted = {str(name): int(str(number)) for name, number in store.rows(_ANY_CLASS) if name}
    [[quotes]] = store.rows(_QUOTED)
    return Census(
        triples=len(store),
        derived=0,
        files=len(store.files),
        articles=counted.get(SCHEMA.NewsArticle, 0),
        evidence=int(str(quotes)),
        classes={shorten(name): number for name, number in counted.items()},
        claims={},
        graphs=len(store.graphs),
    )


def instances(store: Store) -> dict[str, int]:
    """Count the nodes of each class of our ontology, each node in its most special class.

    By the IRI of the class, without those that have none; what rules give is counted as well.
    """
    number: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for name, above, nodes in store.rows(_CLASSES):
        number[str(name)] = int(str(nodes))
        if above and name not in DERIVED_CLASSES:
            # Each node of a class is one of the class above as well, which the rules filled in.
            below[above] += int(str(nodes))
    return {name: number[name] - below[name] for name in number if number[name] > below[name]}
