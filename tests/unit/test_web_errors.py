"""What is said of an update that is none: as of a query, with its place and what may be meant."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.graph.terms import PREFIXES
from passex.web.errors import HTTPError


def refusal(text: str) -> str:
    with pytest.raises(SyntaxError) as refused:
        ox.Store().update(text, prefixes=PREFIXES)
    error = HTTPError.not_sparql(text, refused.value, "update")
    assert error.status == 400
    begin, _, said = str(error).partition("error at ")
    assert begin == "not a SPARQL update: "
    return said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "INSERT DATA {\n  <a:s> <a:p> 1 ",
            "2:16: expected '}', '.', ';', ',' or GRAPH, found the end of the update; "
            "the '{' of 1:13 is not closed",
        ),
        (
            "INSRT DATA { <a:s> <a:p> 1 }",
            "1:1: expected ADD, BASE, CLEAR, COPY, CREATE, DELETE or something else, found "
            "'INSRT'; did you mean INSERT?",
        ),
        (
            "DELETE WHERE { ?s ?p ?o } INSERT DATA { <a:s> <a:p> 1 }",
            "1:27: expected ';' or the end of the update, found 'INSERT'",
        ),
        (
            "INSERT DATA { <a:s> zzzz9:p 1 }",
            "1:21: the prefix 'zzzz9:' is not declared; begin the update with PREFIX zzzz9: <…>",
        ),
        (
            "INSERT DATA { <a:s> <a:p> <b> }",
            "1:27: <b> is not an absolute IRI; "
            "give the whole IRI, or begin the update with BASE <…>",
        ),
        ("SELECT * { ?s ?p ?o }", "1:1: SELECT is a query; send it as 'query'"),
        (
            "INSERT DATA { GRAPH ?g { <a:s> <a:p> 1 } }",
            "1:21: ?g is a variable, and INSERT DATA has none; "
            "give a value, or write INSERT { … } WHERE { … }",
        ),
        (
            "WITH <a:g> DELETE { ?s ?p [] } INSERT { _:b ?p 1 } WHERE { ?s ?p ?o }",
            "1:27: a blank node is no particular one, and cannot be deleted by its name; "
            "use a variable, and find it with WHERE",
        ),
        (
            "DELETE DATA { _:b <a:p> 1 }",
            "1:15: a blank node is no particular one, and cannot be deleted by its name; "
            "use a variable, and find it with WHERE",
        ),
    ],
)
def test_an_update_that_is_none(text: str, said: str) -> None:
    assert refusal(text) == said


def test_prefixes_that_the_server_does_not_declare() -> None:
    # Others are known to `passex query`, which declares them where a file does.
    assert refusal("INSERT DATA { <a:s> foaf:name 1 }").startswith(
        "1:21: the prefix 'foaf:' is not declared"
    )


def test_of_a_long_update_the_engine_tells() -> None:
    text = "INSERT DATA { " + "<a:s> <a:p> 1 . " * 5000 + "?x }"
    assert refusal(text).endswith("; correct the update")
