"""Maps: where events were, and GeoJSON (RFC 7946) and KML of that.

There is a feature for each event at each of its places that the graph has coordinates for, and for
no others: nothing is guessed. What has none is not on the map, and a note says how many that are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from ..graph.names import labels
from ..graph.store import Store
from ..graph.terms import DWC, WGS84
from .columns import Report
from .model import Event, MapPlace, Picture

_KML: Final = "http://www.opengis.net/kml/2.2"
#: OGC GeoSPARQL.
_GEO: Final = "http://www.opengis.net/ont/geosparql#"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_NUMBER: Final = r"([-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?)"
#: GeoSPARQL's well-known text; another reference system than CRS 84 is not read.
_POINT: Final = re.compile(
    rf"\s*(?:<{re.escape(_CRS84)}>)?\s*POINT\s*\(\s*{_NUMBER}\s+{_NUMBER}\s*\)\s*", re.IGNORECASE
)


def on_map(store: Store, events: Iterable[Event]) -> tuple[MapPlace, ...]:
    """Find the places of events that can be put on a map, by label.

    A place is where the graph says that the event was (nr:hasPlace), not what a claim alone makes
    of it. A place without coordinates is left out: nothing is guessed from its name.
    """
    iris = {event.iri for event in events}
    at: dict[str, list[str]] = {}
    query = "# Where events were.\nSELECT ?event ?place { ?event nr:hasPlace ?place }"
    for event, place in store.rows(query):
        # A blank node without a type is no place that anything could be said of.
        if event in iris and not str(place).startswith("_:"):
            at.setdefault(str(place), []).append(str(event))
    called, sources = labels(store, at), _sources(store)
    places = []
    for place, where in at.items():
        if point := coordinates(store, place):
            places.append(
                MapPlace(
                    iri=place,
                    label=called[place],
                    latitude=point[0],
                    longitude=point[1],
                    precision=precision(store, place),
                    source="; ".join(sorted(sources.get(place, ()))),
                    events=tuple(sorted(where)),
                )
            )
    return tuple(sorted(places, key=lambda place: (place.label, place.iri)))


def coordinates(store: Store, place: str) -> tuple[float, float] | None:
    """Read a place's latitude and longitude in degrees (WGS 84).

    They are geo:lat and geo:long (W3C Basic Geo), or a point as well-known text (geo:asWKT of
    GeoSPARQL), its own or its geometry's. None where there are none, or several that differ, or
    none that lies on the globe.
    """
    points = {
        point
        for latitude in store.objects(place, WGS84.lat)
        for longitude in store.objects(place, WGS84.long)
        if (point := _point(latitude, longitude))
    }
    geometries = (
        geometry
        for term in ("hasGeometry", "hasDefaultGeometry", "hasCentroid")
        for geometry in store.objects(place, _GEO + term)
        if ":" in geometry
    )
    for node in (place, *geometries):
        for text in store.objects(node, _GEO + "asWKT"):
            match = _POINT.fullmatch(text)
            # Well-known text has the longitude first.
            if match and (point := _point(match[2], match[1])):
                points.add(point)
    return points.pop() if len(points) == 1 else None


def _point(latitude: str, longitude: str) -> tuple[float, float] | None:
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 else None


def precision(store: Store, place: str) -> str:
    """Say what a place's coordinates stand for (Darwin Core); ``not stated`` if nothing does."""
    metres = [f"within {m} m" for m in store.objects(place, DWC.coordinateUncertaintyInMeters)]
    remarks = store.objects(place, DWC.georeferenceRemarks)
    return "; ".join([*remarks, *metres]) or "not stated"


def _sources(store: Store) -> dict[str, set[str]]:
    """Read where coordinates come from, by place: asked for each alone it takes a while."""
    rows = store.rows(
        f"""# Where the coordinates of places come from.
        SELECT ?place ?source {{
            VALUES ?property {{ <{WGS84}lat> <{_GEO}asWKT> <{_GEO}hasGeometry> }}
            ?claim nr:onProperty ?property ; nr:about ?place ; dcterms:source ?source
        }}"""
    )
    found: dict[str, set[str]] = {}
    for place, source in rows:
        found.setdefault(str(place), set()).add(str(source))
    return found


def _features(picture: Picture) -> Iterator[tuple[MapPlace, Event]]:
    events = {event.iri: event for event in picture.events}
    for place in picture.places:
        for iri in place.events:
            yield place, events[iri]


def _properties(place: MapPlace, event: Event) -> dict[str, object]:
    properties: dict[str, object] = {
        "name": event.label,
        "iri": event.iri,
        "kind": event.kind,
        "status": event.status,
        "when": event.when,
        "first": event.earliest,
        "last": event.latest,
        "place": place.label,
        "place_iri": place.iri,
        "precision": place.precision,
        "coordinates_from": place.source,
        "participants": list(event.participants),
        "sources": len(event.articles),
        "articles": list(event.articles),
        "claims": list(event.claims),
    }
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def geojson(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as GeoJSON."""
    # RFC 7946, 6.1: members of one's own are allowed.
    head = {
        "type": "FeatureCollection",
        "title": picture.title,
        "not_on_the_map": [
            {"name": event.label, "iri": event.iri, "when": event.when} for event in picture.nowhere
        ],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    comma = "\n"
    for place, event in _features(picture):
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": _properties(place, event),
        }
        yield comma + json.dumps(feature, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}\n"


def kml(picture: Picture, report: Report) -> Iterator[str]:
    """Write the places of a picture's events as KML."""
    xml = report.xml
    # A description is HTML (OGC 07-147r2, 9.1.3.10).
    yield (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{_KML}">\n<Document>\n'
        f"<name>{xml(picture.title)}</name>\n"
        f"<description>{xml(escape(_left_out(picture), quote=False))}</description>\n"
    )
    for place, event in _features(picture):
        begin = f"<begin>{event.earliest}</begin>" if event.earliest else ""
        end = f"<end>{event.latest}</end>" if event.latest else ""
        span = f"<TimeSpan>{begin}{end}</TimeSpan>" if begin or end else ""
        about, data = f"{place.label} ({place.precision}); {event.when}", ""
        for name, value in _properties(place, event).items():
            text = report.flat(tuple(value)) if isinstance(value, list) else str(value)
            data += f'<Data name="{name}"><value>{xml(text)}</value></Data>'
        yield (
            f"<Placemark><name>{xml(event.label)}</name>"
            f"<description>{xml(escape(about, quote=False))}</description>{span}"
            f"<ExtendedData>{data}</ExtendedData>"
            f"<Point><coordinates>{place.longitude!r},{place.latitude!r}</coordinates></Point>"
            "</Placemark>\n"
        )
    yield "</Document>\n</kml>\n"


def _left_out(picture: Picture) -> str:
    if not picture.nowhere:
        return "Every event is on the map."
    named = "; ".join(f"{event.label} ({event.when})" for event in picture.nowhere)
    return (
        f"{len(picture.nowhere)} of {len(picture.events)} events are not on the map, since the "
        f"graph has no coordinates for where they were: {named}"
    )
