"""The service description (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from ..graph.terms import INTERNAL, RDF
from ..query import formats

_PREFIXES: Final = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "rdf": RDF.iri,
    "formats": "http://www.w3.org/ns/formats/",
}
#: A store may have any number of named graphs; so many are listed.
_GRAPHS: Final = 1000
_LANGUAGES: Final = ("sd:SPARQL10Query", "sd:SPARQL11Query")


def write(engine: ox.Store, about: Mapping[str, Any], form: formats.Format) -> bytes:
    """Describe an endpoint.

    Args:
        about: ``endpoint`` (its address), ``writable``, and whether it calls others (``service``).
    """
    assert isinstance(form.engine, ox.RdfFormat)
    triples = (quad.triple for quad in ox.parse(_turtle(engine, about), ox.RdfFormat.TURTLE))
    written = ox.serialize(triples, format=form.engine, prefixes=_PREFIXES)
    assert written is not None
    return written


def _turtle(engine: ox.Store, about: Mapping[str, Any]) -> str:
    def named(iris: Iterable[str]) -> str:
        return ", ".join(str(ox.NamedNode(iri)) for iri in iris)

    writable = about["writable"]
    languages = [*_LANGUAGES, *(["sd:SPARQL11Update"] if writable else [])]
    features = ["sd:EmptyGraphs", *(["sd:BasicFederatedQuery"] if about["service"] else [])]
    graphs = [one.iri for one in formats.GRAPHS.values()]
    results = [one.iri for one in formats.SOLUTIONS.values()]
    inputs = f"sd:inputFormat {named(graphs)} ;" if writable else ""
    names = (name.value for name in engine.named_graphs() if isinstance(name, ox.NamedNode))
    shown = islice((name for name in names if name not in INTERNAL), _GRAPHS)
    datasets = "".join(
        f"""
        _:data sd:namedGraph _:named{n} .
        _:named{n} a sd:NamedGraph ; sd:name {named([name])} ; sd:graph _:graph{n} .
        _:graph{n} a sd:Graph ."""
        for n, name in enumerate(shown)
    )
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _PREFIXES.items())
    return f"""{prefixes}
        _:service a sd:Service ;
            sd:endpoint {named([about["endpoint"]])} ;
            sd:supportedLanguage {", ".join(languages)} ;
            sd:feature {", ".join(features)} ;
            sd:resultFormat {named([*results, *graphs])} ;
            {inputs}
            sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
            sd:defaultDataset _:data .
        _:data a sd:Dataset ; sd:defaultGraph _:graph .
        _:graph a sd:Graph .{datasets}"""
