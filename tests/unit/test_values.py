"""Lexical and value spaces, as XML Schema has them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from passex.graph.terms import RDF, XSD
from passex.validation.ordering import compare
from passex.validation.values import has_datatype, is_well_formed

WELL_FORMED = {
    "date": "-0012-11-29 12018-08-21 0000-01-01 2018-08-21+14:00 2018-08-21Z 2016-02-29",
    "dateTime": "2018-08-21T24:00:00 -0044-03-15T12:00:00 2018-08-21T09:00:00.5-05:00",
    "dateTimeStamp": "2018-08-21T09:00:00Z",
    "time": "24:00:00 23:59:59.999 10:00:00+01:00",
    "gYear": "2018 -0044 12018 2018Z",
    "gYearMonth": "2018-08 -0044-03",
    "gMonthDay": "--02-29 --12-31Z",
    "gMonth": "--12",
    "gDay": "---31",
    "duration": "P1Y2M3DT4H5M6.7S -P1D PT0S",
    "dayTimeDuration": "P1DT2H -PT5M",
    "yearMonthDuration": "P1Y -P13M",
    "integer": "01 +5 -0 123456789012345678901234567890",
    "nonNegativeInteger": "0 +5 -0",
    "positiveInteger": "1",
    "negativeInteger": "-1",
    "byte": "127 -128",
    "unsignedByte": "255",
    "long": "9223372036854775807",
    "decimal": "1 1. .5 -0.50 +1.0",
    "double": "1e400 INF -INF +INF NaN 1E3 .5e-3",
    "float": "1 -INF",
    "boolean": "true 0",
    "hexBinary": "0aF4",
    "base64Binary": "YWI=",
    "language": "en-GB x-klingon",
    "NCName": "_a-b.c",
    "Name": "a:b",
    "NMTOKEN": "1-a",
    "anyURI": "http://e/a relative",
}
ILL_FORMED = {
    "date": "2018-02-29 2018-1-1 02018-01-01 2018-08-21+14:01 18-08-21",
    "dateTime": "2018-08-21 2018-08-21T24:00:01 2018-08-21T25:00:00 2018-08-21T09:00",
    "dateTimeStamp": "2018-08-21T09:00:00",
    "time": "24:00:01 9:00:00",
    "gYear": "18 02018",
    "gYearMonth": "2018-13",
    "gMonthDay": "--02-30",
    "gMonth": "--13 --12--",
    "gDay": "---32",
    "duration": "P P1DT 1D P1S",
    "dayTimeDuration": "P1Y",
    "yearMonthDuration": "P1D",
    "integer": "1.0 five 1e3 \u0663",
    "nonNegativeInteger": "-1",
    "positiveInteger": "0",
    "byte": "128",
    "unsignedByte": "256 -1",
    "decimal": "1e3 . INF",
    "double": "inf nan 1e Infinity",
    "boolean": "True yes",
    "hexBinary": "0aF",
    "base64Binary": "YQ=",
    "language": "en- toolongtag",
    "NCName": "a:b 1a",
}


@pytest.mark.parametrize(("name", "texts"), WELL_FORMED.items())
def test_what_is_well_formed(name: str, texts: str) -> None:
    assert [t for t in texts.split() if not is_well_formed(t, XSD[name])] == []


@pytest.mark.parametrize(("name", "texts"), ILL_FORMED.items())
def test_what_is_not(name: str, texts: str) -> None:
    assert [t for t in texts.split() if is_well_formed(t, XSD[name])] == []


@pytest.mark.parametrize(
    "name", ["date", "integer", "decimal", "double", "boolean", "time", "gYear"]
)
def test_no_white_space_is_taken_off(name: str) -> None:
    text = WELL_FORMED[name].split()[0]
    assert not any(is_well_formed(form, XSD[name]) for form in (f" {text}", f"{text}\n"))


def test_texts() -> None:
    assert is_well_formed("<b>x", f"{RDF}HTML")
    assert is_well_formed("<b>x</b>", f"{RDF}XMLLiteral")
    assert not is_well_formed("<b>x", f"{RDF}XMLLiteral")
    assert is_well_formed('{"a": 1}', f"{RDF}JSON")
    assert not is_well_formed("{a}", f"{RDF}JSON")
    assert is_well_formed("a b", XSD.token)
    assert not is_well_formed("a  b", XSD.token)
    assert is_well_formed(" a", XSD.normalizedString)
    assert not is_well_formed("a\tb", XSD.normalizedString)
    assert is_well_formed("anything", "http://e/own")
    assert has_datatype(ox.Literal("a", language="en"), f"{RDF}langString")
    assert not has_datatype(ox.Literal("a"), f"{RDF}langString")
    assert not has_datatype(ox.NamedNode("http://e/a"), XSD.string)


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("1 integer", "1.0 decimal", 0),
        ("1 byte", "1.5 double", -1),
        ("INF double", "1 integer", 1),
        ("NaN double", "1 integer", None),
        ("NaN double", "NaN double", None),
        ("-0044-03-15 date", "0001-01-01 date", -1),
        ("12018-08-21 date", "9999-12-31 date", 1),
        ("2018-08-21 date", "2018-08-21T00:00:00 dateTime", None),
        ("2018-08-21T24:00:00 dateTime", "2018-08-22T00:00:00 dateTime", 0),
        ("2018-08-21T12:00:00Z dateTime", "2018-08-21T13:00:00+01:00 dateTime", 0),
        ("2018-08-21T12:00:00Z dateTime", "2018-08-21T13:00:00Z dateTimeStamp", -1),
        # With an unknown zone it may be before or after.
        ("2018-08-21T12:00:00 dateTime", "2018-08-21T13:00:00Z dateTime", None),
        ("2018-08-20T12:00:00 dateTime", "2018-08-21T13:00:00Z dateTime", -1),
        ("10:00:00 time", "09:59:59.5 time", 1),
        ("2017 gYear", "2018 gYear", -1),
        ("2018-08 gYearMonth", "2018-07 gYearMonth", 1),
        ("P1Y yearMonthDuration", "P12M yearMonthDuration", 0),
        ("P1D dayTimeDuration", "PT25H dayTimeDuration", -1),
        ("P1M duration", "P30D duration", None),
        ("P1M duration", "P27D duration", 1),
        # Of different kinds, too.
        ("PT1H dayTimeDuration", "P30D duration", -1),
        ("P1Y yearMonthDuration", "P365D dayTimeDuration", None),
        ("P1Y yearMonthDuration", "P364DT23H59M59.5S dayTimeDuration", 1),
        ("-P1M duration", "-PT720H dayTimeDuration", None),
        ("-P1Y yearMonthDuration", "-P2Y duration", 1),
        ("PT60S dayTimeDuration", "PT1M duration", 0),
        (f"P{'9' * 5000}Y duration", f"P{'9' * 5001}Y duration", -1),
        # A day's end is its beginning where there is no date.
        ("24:00:00 time", "00:00:00 time", 0),
        ("24:00:00 time", "12:00:00 time", -1),
        (f"{'9' * 5000}-01-01 date", f"{'9' * 5000}-01-02 date", -1),
        ("true boolean", "0 boolean", 1),
        ("a string", "b string", -1),
        ("7 string", "5 integer", None),
        ("four integer", "5 integer", None),
        ("2018-02-30 date", "2018-02-30 date", 0),
    ],
)
def test_comparisons(one: str, other: str, order: int | None) -> None:
    literals = [
        ox.Literal(text, datatype=ox.NamedNode(XSD[name]))
        for text, name in (one.split(), other.split())
    ]
    assert compare(*literals) == order
    back = None if order is None else -order
    assert compare(*reversed(literals)) == back
