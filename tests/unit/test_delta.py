"""What a SPARQL update is going to write."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.web.delta import written

HERE = "INSERT DATA { <a:s> <a:p> <a:o>, <a:q> . <a:t> <a:p> <a:o> }"


@pytest.mark.parametrize(
    ("update", "quads"),
    [
        ("PREFIX x: <a:> INSERT DATA { x:n x:p 1 }", {"<a:n> <a:p> 1"}),
        ("DELETE DATA { <a:s> <a:p> <a:o> }", {"<a:s> <a:p> <a:o>"}),
        (
            "INSERT DATA { <a:n> <a:p> 1 } ; PREFIX x: <a:> DELETE DATA { x:s x:p x:o } ;",
            {"<a:n> <a:p> 1", "<a:s> <a:p> <a:o>"},
        ),
        (
            "DELETE { ?s <a:p> ?o } INSERT { ?s <a:new> ?o } WHERE { ?s <a:p> ?o . <a:t> ?p ?o }",
            {f"<a:{s}> <a:{p}> <a:o>" for s in "st" for p in ("p", "new")},
        ),
        ("DELETE WHERE { <a:s> ?p ?o }", {"<a:s> <a:p> <a:o>", "<a:s> <a:p> <a:q>"}),
        ("INSERT DATA { GRAPH <a:g> { <a:s> <a:p> 1 } }", {"<a:s> <a:p> 1 <a:g>"}),
        ("INSERT DATA { <n> <a:p> 1 }", {"<a:/n> <a:p> 1"}),
        # What only the update itself would tell.
        ("CLEAR DEFAULT", None),
        ("COPY <a:g> TO DEFAULT", None),
        ("WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", None),
        ("INSERT { ?s ?p ?o } USING <a:g> WHERE { ?s ?p ?o }", None),
        ("INSERT { GRAPH <a:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }", None),
        ("INSERT DATA { <a:n> <a:p> 1 } ; DELETE WHERE { <a:n> ?p ?o }", None),
        ("no update", None),
    ],
)
def test_written(update: str, quads: set[str] | None) -> None:
    engine = ox.Store()
    engine.update(HERE)
    found = written(engine, update, "a:/base")
    integer = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    told = None if found is None else {str(quad).replace(integer, "1") for quad in found}
    assert told == quads
    assert len(engine) == 3
