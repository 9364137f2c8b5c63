from __future__ import annotations

import pytest

from passex.web.errors import HTTPError
from passex.web.sparql import FORM, QUERY, UPDATE, Operation, read


def test_get() -> None:
    query = b"query=ASK%20%7B%7D&default-graph-uri=a%3Ab&named-graph-uri=a%3Ac"
    assert read("GET", query, None, b"") == Operation("query", "ASK {}", ("a:b",), ("a:c",))


def test_a_form_and_a_dataset_in_the_address() -> None:
    found = read("POST", b"default-graph-uri=a:b", FORM, b"query=ASK+%7B%7D&named-graph-uri=a:c")
    assert found == Operation("query", "ASK {}", ("a:b",), ("a:c",))


def test_direct() -> None:
    text = "ASK { ?s ?p 'é' }"
    found = read("POST", b"", f"{QUERY}; charset=UTF-8", text.encode())
    assert found == Operation("query", text)
    assert read("POST", b"using-graph-uri=a:b", UPDATE, b"CLEAR ALL") == Operation(
        "update", "CLEAR ALL", ("a:b",)
    )


def test_no_parameters_ask_for_the_description() -> None:
    assert read("HEAD", b"", None, b"") == Operation("description")


@pytest.mark.parametrize(
    ("request_", "status", "words"),
    [
        (("GET", b"query=ASK%7B%7D&query=ASK%7B%7D", None, b""), 400, "more than one"),
        (("GET", b"update=CLEAR%20ALL", None, b""), 400, "with POST"),
        (("GET", b"default-graph-uri=a:b", None, b""), 400, "no query"),
        (("GET", b"query=%FF", None, b""), 400, "UTF-8"),
        (("GET", b"query=ASK%7B%7D&default-graph-uri=b", None, b""), 400, "absolute IRI: b"),
        (("GET", b"query=ASK%7B%7D&using-graph-uri=a:b", None, b""), 400, "does not belong"),
        (("POST", b"", None, b"query=ASK%7B%7D"), 415, "without Content-Type"),
        (("POST", b"", "text/plain", b"ASK {}"), 415, "not text/plain"),
        (("POST", b"", FORM, b"query=ASK%7B%7D&update=CLEAR+ALL"), 400, "more than one"),
        (("POST", b"", FORM, b"update=CLEAR+ALL&update=CLEAR+ALL"), 400, "more than one"),
        (("POST", b"", FORM, "query=é".encode()), 400, "percent-encoded"),
        (("POST", b"", FORM, b""), 400, "no query"),
        (("POST", b"query=ASK%7B%7D", QUERY, b"ASK {}"), 400, "another one in the address"),
        (("POST", b"", QUERY, "ASK {}".encode("utf-16")), 400, "not UTF-8"),
        (("POST", b"", QUERY, "ASK {}".encode("utf-16-le")), 400, "zero bytes"),
        (("POST", b"", f"{QUERY}; charset=UTF-16", b"ASK {}"), 415, "not utf-16"),
        (("POST", b"", UPDATE, "CLEAR ALL".encode("utf-16")), 400, "not UTF-8"),
        (("POST", b"default-graph-uri=a:b", UPDATE, b"CLEAR ALL"), 400, "belong to an update"),
    ],
)
def test_what_is_not_of_the_protocol(
    request_: tuple[str, bytes, str | None, bytes], status: int, words: str
) -> None:
    with pytest.raises(HTTPError, match=words) as refused:
        read(*request_)
    assert refused.value.status == status
