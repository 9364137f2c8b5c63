"""Classes where a shape asks for a datatype, and datatypes where it asks for a class."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from ...graph.terms import OWL, RDF, RDFS, SH, XSD
from .ontologies import is_class

_DATATYPE: Final = ox.NamedNode(RDFS.Datatype)
_TYPE: Final = ox.NamedNode(RDF.type)
#: What stands for all values of a kind, and is easily taken for a datatype or a class of them.
_KINDS: Final = {
    **dict.fromkeys((RDFS.Literal, RDFS.Datatype), "sh:nodeKind sh:Literal"),
    RDFS.Resource: "sh:nodeKind sh:BlankNodeOrIRI",
    OWL.Thing: "sh:nodeKind sh:BlankNodeOrIRI",
}
#: Those that literals have for pySHACL, and so for us, though they are no datatypes.
TAKEN: Final = frozenset({RDFS.Literal, RDFS.Datatype})


def meant(parameter: str, asked: ox.NamedNode, *graphs: ox.Store) -> tuple[str, str] | None:
    """Tell what is wrong with a value of ``sh:datatype`` or ``sh:class``, and what was meant.

    Args:
        parameter: The parameter's IRI.
        asked: Its value.
        graphs: Where classes and datatypes may be declared.

    Returns:
        A sentence and a cure; None where nothing is known to be wrong.

    Example:
        >>> meant(SH["class"], ox.NamedNode(XSD.string))[1]
        'write sh:datatype <http://www.w3.org/2001/XMLSchema#string>'
    """
    is_datatype = asked.value.startswith(XSD.iri) or any(
        next(graph.quads_for_pattern(asked, _TYPE, _DATATYPE), None) for graph in graphs
    )
    kind = _KINDS.get(asked.value)
    if parameter == SH.datatype and not is_datatype:
        if kind or any(is_class(asked, graph) for graph in graphs):
            wrong = f"{asked} is a class and no datatype, so no value has it"
            if asked.value in TAKEN:
                wrong += "; here, as in pySHACL, literals are taken for it, elsewhere they may not"
            return wrong, f"write {'' if kind else 'sh:class '}{kind or asked}"
    elif parameter == SH["class"] and (is_datatype or asked.value == RDFS.Literal):
        wrong = f"{asked} is of literals, and no literal is an instance of a class"
        return wrong, f"write {'' if kind else 'sh:datatype '}{kind or asked}"
    return None
