from __future__ import annotations

import pytest

from passex.web.negotiation import acceptable, choose, takes_gzip

OFFERS = {"turtle": ["text/turtle"], "json": ["application/ld+json", "application/json"]}


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, "turtle"),
        ("", "turtle"),
        ("*/*", "turtle"),
        ("application/*", "json"),
        ("application/json", "json"),
        ("APPLICATION/LD+JSON", "json"),
        ("text/turtle;q=0.3, application/json;q=0.4", "json"),
        ("text/turtle;q=0, */*", "json"),
        ("*/*, application/ld+json", "json"),
        ("text/*;q=0.2, text/turtle;q=0.9, application/json;q=0.5", "turtle"),
        ("text/turtle;charset=utf-8", "turtle"),
        ("text/html", None),
        ("*/*;q=0", None),
        ("text/turtle;q=much", None),
        (",,text/turtle,", "turtle"),
    ],
)
def test_the_best_that_is_accepted(header: str | None, chosen: str | None) -> None:
    assert choose(header, OFFERS) == chosen


@pytest.mark.parametrize(
    ("header", "both"),
    [
        (None, ("json", "turtle")),
        ("application/sparql-results+xml", ("xml", None)),
        ("text/csv", ("csv", None)),
        ("text/tab-separated-values", ("tsv", None)),
        ("application/n-triples", (None, "ntriples")),
        ("application/trig", (None, "trig")),
        ("application/n-quads", (None, "nquads")),
        ("application/ld+json", (None, "jsonld")),
        ("application/json", ("json", "jsonld")),
        ("application/xml", ("xml", "rdfxml")),
        ("text/*", ("csv", "turtle")),
        ("text/xml", ("xml", "rdfxml")),
        ("image/png", (None, None)),
    ],
)
def test_formats_of_both_kinds(header: str | None, both: tuple[str | None, str | None]) -> None:
    assert acceptable(header) == both


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (None, False),
        ("", False),
        ("identity", False),
        ("gzip", True),
        ("br, gzip;q=0.1", True),
        ("*", True),
        ("gzip;q=0", False),
        ("*;q=0", False),
    ],
)
def test_gzip(header: str | None, taken: bool) -> None:
    assert takes_gzip(header) is taken
