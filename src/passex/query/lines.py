"""Solutions as JSON lines: an object a solution, of terms as SPARQL 1.1 JSON writes them."""

from __future__ import annotations

from typing import IO, Final

import pyoxigraph as ox

from ..graph.store import Term
from ..graph.terms import XSD

_STRING: Final = XSD.string


def write(found: ox.QuerySolutions | ox.QueryBoolean, output: IO[bytes]) -> None:
    r"""Write solutions while they are found; or a truth value, as ``{"boolean": true}``.

    Args:
        found: What the engine gives.
        output: Where to.

    Example:
        >>> import io
        >>> out = io.BytesIO()
        >>> write(ox.Store().query("SELECT * { VALUES (?n ?x) { (1 UNDEF) } }"), out)
        >>> out.getvalue().decode()  # doctest: +ELLIPSIS
        '{"n": {"type": "literal", "value": "1", "datatype": "http://...#integer"}}\n'
    """
    import json

    encode = json.JSONEncoder(ensure_ascii=False).encode
    if isinstance(found, ox.QueryBoolean):
        output.write(encode({"boolean": bool(found)}).encode() + b"\n")
        return
    names = [variable.value for variable in found.variables]
    for solution in found:
        row = {
            name: term_object(term)
            for name, term in zip(names, solution, strict=True)
            if term is not None
        }
        output.write(encode(row).encode() + b"\n")


def term_object(term: Term) -> dict[str, object]:
    """Write a term as SPARQL 1.1 Query Results JSON Format has it (W3C, 2013, section 3.2.2).

    Returns:
        An object with ``type`` and ``value``, and for a literal its language or datatype.

    Example:
        >>> term_object(ox.Literal("Québec", language="fr"))
        {'type': 'literal', 'value': 'Québec', 'xml:lang': 'fr'}
    """
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = ("subject", "predicate", "object")
        return {
            "type": "triple",
            "value": {part: term_object(getattr(term, part)) for part in parts},
        }
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
        if term.direction is not None:  # of RDF 1.2
            found["its:dir"] = str(term.direction)
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found
