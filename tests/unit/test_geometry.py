"""Where places lie: what is read, and the true reason for what is not."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from passex import load
from passex.cli import cli
from passex.exports.geo import _wound
from passex.exports.geometry import Location, Unreadable, locate, read
from passex.graph.terms import ID

CRS84 = "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
HEAD = """
@prefix nr: <https://w3id.org/passex/ontology#> .
@prefix nrc: <https://w3id.org/passex/concept/> .
@prefix id: <https://w3id.org/passex/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix wgs84: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
id:a a nr:Navy ; rdfs:label "A"@en .
id:b a nr:Navy ; rdfs:label "B"@en .
"""
SQUARE = "POLYGON((20 10, 21 10, 21 11, 20 11, 20 10))"
RING = ((10.0, 20.0), (10.0, 21.0), (11.0, 21.0), (11.0, 20.0), (10.0, 20.0))
HOLE = "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1))"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("POINT(20 10)", Location(point=(10.0, 20.0))),
        (f" {CRS84} point ( 2e1 +10. ) ", Location(point=(10.0, 20.0))),
        ("POINT Z (20 10 -5)", Location(point=(10.0, 20.0))),
        ("POINTZM(20 10 -5 1)", Location(point=(10.0, 20.0))),
        ("POINT(20 10 5)", Location(point=(10.0, 20.0))),
        (SQUARE, Location(area=((RING,),))),
        ("POLYGON Z ((20 10 1, 21 10 1, 21 11 1, 20 11 1, 20 10 1))", Location(area=((RING,),))),
        (
            f"MULTIPOLYGON(({SQUARE[8:-1]}), ({SQUARE[8:-1]}))",
            Location(area=((RING,), (RING,))),
        ),
    ],
)
def test_points_and_areas_are_read(text: str, found: Location) -> None:
    assert read(text) == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("LINESTRING(1 2, 3 4)", "a linestring, which is neither a point nor an area"),
        ("POINT EMPTY", "an empty geometry"),
        ("POINT(200 95)", "coordinates off the globe: latitude 95.0, longitude 200.0"),
        ("POINT(1e999 0)", "coordinates off the globe: latitude 0.0, longitude inf"),
        ("POINT(1)", "a position of 1 number"),
        ("POINT(1 2, 3 4)", "coordinates that are no well-known text"),
        ("POINT((1 2))", "coordinates that are no well-known text"),
        ("POLYGON(1 2)", "coordinates that are no well-known text"),
        ("POLYGON()", "coordinates that are no well-known text"),
        ("MULTIPOLYGON(())", "coordinates that are no well-known text"),
        ("POLYGON((1 2, 3 4, 5 6, 1 2)", "coordinates that are no well-known text"),
        ("POINT(1 2))", "coordinates that are no well-known text"),
        ("35.3, 139.7", "coordinates that are no well-known text"),
        ("POLYGON((1 2, 3 4, 5 6, 7 8))", "an outline that isn't closed"),
        (
            "<http://www.opengis.net/def/crs/EPSG/0/3857> POINT(1 2)",
            "coordinates in another reference system than CRS 84: "
            "http://www.opengis.net/def/crs/EPSG/0/3857",
        ),
    ],
)
def test_what_is_not_read_says_why(text: str, why: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(text)
    assert str(caught.value) == why


@given(st.text("POINTLYGEM()<>, .-+0123456789eEzZ", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with suppress(Unreadable):
        found = read(text)
        assert bool(found.point) != bool(found.area)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_what_is_written_is_read(latitude: float, longitude: float) -> None:
    assert read(f"POINT({longitude!r} {latitude!r})").point == (latitude, longitude)


def test_outer_rings_turn_left_and_holes_right() -> None:
    (polygon,) = read(HOLE).area
    turned = tuple(ring[::-1] for ring in polygon)
    assert list(_wound(polygon)) == list(_wound(turned))
    outer, hole = _wound(turned)
    assert (outer, hole) == (polygon[0], polygon[1][::-1])


PLACES = {
    "area": (f'geo:asWKT "{SQUARE}"^^geo:wktLiteral', ""),
    "height": ("geo:hasGeometry <urn:g>", ""),
    "none": ('rdfs:comment "x"', "no coordinates"),
    "bad": (
        "wgs84:lat 95.0 ; wgs84:long 200.0",
        "coordinates off the globe: latitude 95, longitude 200",
    ),
    "half": ("wgs84:lat 95.0", "a latitude without a longitude"),
    "word": ('wgs84:lat "north" ; wgs84:long 2.0', "coordinates that are no numbers: north, 2"),
    "two": ("wgs84:lat 1.0, 2.0 ; wgs84:long 2.0", "coordinates that differ"),
}


def test_a_map_gives_the_true_reason_for_each_place(tmp_path: Path) -> None:
    data = tmp_path / "places.ttl"
    text = HEAD + '<urn:g> geo:asWKT "POINT Z (2 1 9)" .\n'
    for name, (given_, _) in PLACES.items():
        text += f'id:{name} a nr:Place ; rdfs:label "{name}"@en ; {given_} .\n'
        text += (
            f'id:at-{name} a nr:Exercise ; rdfs:label "at {name}"@en ; nr:hasDomain nrc:naval ; '
            f"nr:hasStatus nrc:held ; nr:hasParticipant id:a, id:b ; nr:hasPlace id:{name} .\n"
        )
    # A second place, which the first doesn't stand in for.
    text += "id:at-area nr:hasPlace id:none, id:height .\n"
    data.write_text(text, encoding="utf-8")
    store = load(str(data)).store
    assert {n: locate(store, ID[n]).reason for n in PLACES} == {
        name: reason for name, (_, reason) in PLACES.items()
    }
    result = CliRunner().invoke(cli, ["export", "geojson", "--data", str(data)])
    assert result.exit_code == 0
    assert result.stderr == (
        "passex: GeoJSON: 5 events are not on the map: "
        "at bad (bad: coordinates off the globe: latitude 95, longitude 200); "
        "at half (half: a latitude without a longitude); at none (none: no coordinates); "
        "at two (two: coordinates that differ); "
        "at word (word: coordinates that are no numbers: north, 2)\n"
        "passex: GeoJSON: 1 event is on the map at some places only: "
        "at area (none: no coordinates)\n"
    )
    found = json.loads(result.stdout)
    assert [(f["properties"]["name"], f["geometry"]["type"]) for f in found["features"]] == [
        ("at area", "Polygon"),
        ("at area", "Point"),
        ("at height", "Point"),
    ]
    assert {gap["name"]: gap["why"] for gap in found["places_not_on_the_map"]} == {
        name: reason for name, (_, reason) in PLACES.items() if reason
    }
