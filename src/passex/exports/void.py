"""Description of a graph as a data set: VoID and DCAT, with the counts of its facts.

What the graph says of itself (a node of class dcat:Dataset or void:Dataset) is the beginning; a
table whose rows it quotes is another data set. The counts are made when they are asked for, so that
none can be out of date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from ..graph import statistics
from ..graph.store import Store
from ..graph.store import node as term_of
from ..graph.terms import DCAT, DERIVED_CLASSES, NR, RDF, VOID, XSD, namespace, shorten
from . import triples
from .triples import Triples

#: What a graph is called that doesn't describe itself.
_NAMELESS: Final = "urn:passex:dataset"
_DATASETS: Final = frozenset({DCAT.Dataset, VOID.Dataset})
_QUOTED: Final = "# What is quoted.\nSELECT DISTINCT ?it { ?quote oa:hasSource ?it }"
_TYPE: Final = f"<{RDF.type}>"


def describe(store: Store) -> Triples:
    """Describe the facts of a graph: its triples without the ontology and what rules derive.

    Example:
        >>> from passex import load
        >>> from passex.exports.rdf import turtle
        >>> text = "".join(turtle(describe(load().store)))
        >>> "void:classPartition" in text
        True
    """
    facts = [line.decode().split(" ", 2) for line in triples.whole(store).facts]
    named = {s[1:-1] for s, name, value in facts if name == _TYPE and value[1:-3] in _DATASETS}
    quoted = {str(source) for (source,) in store.rows(_QUOTED)}
    dataset = min(named - quoted, default=_NAMELESS)
    made = [*_said(store, dataset), *_counted(store, dataset, facts)]
    return Triples("The graph as a data set", triples.lines(made))


def _said(store: Store, dataset: str) -> Iterator[ox.Triple]:
    for node in (dataset, *store.objects(dataset, DCAT.distribution)):
        for quad in store.engine.quads_for_pattern(term_of(node), None, None, ox.DefaultGraph()):
            yield quad.triple


def _counted(store: Store, dataset: str, facts: list[list[str]]) -> Iterator[ox.Triple]:
    properties = Counter(name[1:-1] for _, name, _ in facts)
    classes = Counter(value[1:-3] for _, name, value in facts if name == _TYPE)
    # Of the files, claims and quotes need no class.
    classes = Counter({iri: n for iri, n in classes.items() if not iri.startswith(NR.iri)})
    classes.update(statistics.instances(store))
    for derived in DERIVED_CLASSES:
        del classes[derived]
    subjects = {subject for subject, _, _ in facts}
    about = ox.NamedNode(dataset)

    def number(node: ox.NamedNode, name: str, count: int) -> ox.Triple:
        value = ox.Literal(str(count), datatype=ox.NamedNode(XSD.integer))
        return ox.Triple(node, ox.NamedNode(VOID[name]), value)

    yield ox.Triple(about, ox.NamedNode(RDF.type), ox.NamedNode(VOID.Dataset))
    yield number(about, "triples", len(facts))
    yield number(about, "entities", sum(not subject.startswith("_:") for subject in subjects))
    yield number(about, "distinctSubjects", len(subjects))
    yield number(about, "distinctObjects", len({value for _, _, value in facts}))
    yield number(about, "properties", len(properties))
    yield number(about, "classes", len(classes))
    for space in sorted({namespace(iri) for iri in (*properties, *classes)}):
        yield ox.Triple(about, ox.NamedNode(VOID.vocabulary), ox.NamedNode(space))
    for what, unit, counts in (("class", "entities", classes), ("property", "triples", properties)):
        for iri, count in counts.items():
            short = quote(shorten(iri).replace(":", "-", 1), safe="")
            part = ox.NamedNode(f"{dataset}#{what}-{short}")
            yield ox.Triple(about, ox.NamedNode(VOID[f"{what}Partition"]), part)
            yield ox.Triple(part, ox.NamedNode(VOID[what]), ox.NamedNode(iri))
            yield number(part, unit, count)
