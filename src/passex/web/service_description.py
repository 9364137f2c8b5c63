"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ..graph.terms import INTERNAL, RDF
from ..query import formats

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_PREFIXES: Final = {
    "sd": _SD,
    "rdf": RDF.iri,
    "formats": "http://www.w3.org/ns/formats/",
}
#: A store may have any number of named graphs; so many are listed.
_GRAPHS: Final = 1000


def write(engine: ox.Store, about: Mapping[str, Any], form: formats.Format) -> bytes:
    """Describe an endpoint.

    Args:
        engine: The store that it answers from.
        about: ``endpoint`` (its address), ``writable``, and whether it calls others (``service``).
        form: A format of graphs.

    Returns:
        The description.
    """
    assert isinstance(form.engine, ox.RdfFormat)
    written = ox.serialize(_triples(engine, about), format=form.engine, prefixes=_PREFIXES)
    assert written is not None
    return written


def _triples(engine: ox.Store, about: Mapping[str, Any]) -> Iterator[ox.Triple]:
    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    a = ox.NamedNode(RDF.type)
    service, dataset, default = ox.BlankNode("service"), ox.BlankNode("data"), ox.BlankNode("graph")
    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(about["endpoint"]))
    languages = ["SPARQL10Query", "SPARQL11Query"]
    languages += ["SPARQL11Update"] if about["writable"] else []
    for language in languages:
        yield ox.Triple(service, sd("supportedLanguage"), sd(language))
    features = ["EmptyGraphs"] + (["BasicFederatedQuery"] if about["service"] else [])
    for feature in features:
        yield ox.Triple(service, sd("feature"), sd(feature))
    forms = [*formats.SOLUTIONS.values(), *formats.GRAPHS.values()]
    for each in forms:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(each.iri))
    if about["writable"]:
        for each in formats.GRAPHS.values():
            yield ox.Triple(service, sd("inputFormat"), ox.NamedNode(each.iri))
    simple = ox.NamedNode("http://www.w3.org/ns/entailment/Simple")
    yield ox.Triple(service, sd("defaultEntailmentRegime"), simple)
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    names = (name for name in engine.named_graphs() if isinstance(name, ox.NamedNode))
    shown = (name for name in names if name.value not in INTERNAL)
    for number, name in enumerate(islice(shown, _GRAPHS)):
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, a, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), name)
        yield ox.Triple(named, sd("graph"), graph)
        yield ox.Triple(graph, a, sd("Graph"))
