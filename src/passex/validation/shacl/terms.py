"""The terms of SHACL, as plain strings."""

from __future__ import annotations

from typing import Final, Protocol

from ...graph.terms import OWL, RDF, RDFS, XSD

TYPE: Final = RDF.type
FIRST: Final = RDF.first
REST: Final = RDF.rest
NIL: Final = RDF.nil
SUBCLASS: Final = RDFS.subClassOf
STRING: Final = XSD.string
LANG_STRING: Final = RDF.langString
INTEGER: Final = XSD.integer
BOOLEAN: Final = XSD.boolean
IMPORTS: Final = OWL.imports


class _HasText(Protocol):
    @property
    def value(self) -> str: ...


def is_true(term: _HasText) -> bool:
    """Tell whether a parameter is switched on: by ``true``; ``1`` does not, say the W3C's tests."""
    return term.value.lower() == "true"
